//go:build !linux

package main

import (
	"runtime/debug"
	"time"
)

// limitProcess limits the stack of this process; only Linux limits its memory too.
func limitProcess(time.Duration) error {
	debug.SetMaxStack(childStack)
	return nil
}
