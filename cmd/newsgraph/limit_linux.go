package main

import (
	"runtime/debug"
	"syscall"
	"time"
)

// limitProcess limits the memory of this process and the processor time to twice the timeout, 0 for none.
func limitProcess(timeout time.Duration) error {
	debug.SetMaxStack(childStack)
	memory := syscall.Rlimit{Cur: childMemory, Max: childMemory}
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &memory); err != nil {
		return err
	}
	if timeout <= 0 {
		return nil
	}
	seconds := uint64(2*timeout/time.Second) + 2
	return syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds})
}
