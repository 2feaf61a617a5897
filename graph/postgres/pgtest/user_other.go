//go:build !linux

package pgtest

import "syscall"

// unprivileged is for root of Linux; elsewhere the tests are not run as root.
func (s *server) unprivileged() (*syscall.SysProcAttr, error) { return nil, nil }
