//go:build !linux

package sandbox

import "syscall"

// apart changes nothing here: a worker ends when its input does.
func apart() *syscall.SysProcAttr { return nil }
