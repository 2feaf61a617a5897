package sandbox

import "syscall"

// apart keeps the signals of a terminal from a worker, and ends it with the server.
func apart() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
