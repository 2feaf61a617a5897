package store

import (
	"strings"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// logFS is the engine's file system. Where the engine goes on to a new log and cannot, it panics while it holds locks, which ends
// the process whatever one does; here such an error never reaches it. The goroutine that met it is parked, as after any fatal
// error of the engine, and whoever waits is told. Other errors of the log come back, so that the engine can still be closed.
type logFS struct {
	vfs.FS
	fatal *fatalLogger
}

// check parks the caller when the error came while the engine goes on to a new log.
func (l *fatalLogger) check(err error) error {
	if err != nil && l.rotating.Load() {
		l.Fatalf("write the log: %v", err)
	}
	return err
}

// Create makes a file.
func (f logFS) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	file, err := f.FS.Create(name, category)
	return f.watch(name, file, err)
}

// ReuseForWrite makes a file of an old one.
func (f logFS) ReuseForWrite(old, name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	file, err := f.FS.ReuseForWrite(old, name, category)
	return f.watch(name, file, err)
}

// OpenDir opens a folder, to make new files in it durable.
func (f logFS) OpenDir(name string) (vfs.File, error) {
	file, err := f.FS.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return logFile{file, f.fatal}, nil
}

func (f logFS) watch(name string, file vfs.File, err error) (vfs.File, error) {
	if !strings.HasSuffix(name, ".log") {
		return file, err
	}
	if err := f.fatal.check(err); err != nil {
		return nil, err
	}
	f.fatal.logs.Add(1)
	return logFile{file, f.fatal}, nil
}

// logFile is a log, or the folder of logs.
type logFile struct {
	vfs.File
	fatal *fatalLogger
}

// Write writes to the log.
func (f logFile) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	return n, f.fatal.check(err)
}

// Preallocate makes room for the log: less than the engine wants, which keeps some of its logs for later.
func (f logFile) Preallocate(offset, length int64) error {
	return f.fatal.check(f.File.Preallocate(offset, min(length, logRoom)))
}

// logRoom is how much room a log gets before it is written.
const logRoom = 1 << 20

// Sync makes what was written durable.
func (f logFile) Sync() error {
	return f.fatal.check(f.File.Sync())
}

// SyncData makes what was written durable.
func (f logFile) SyncData() error {
	return f.fatal.check(f.File.SyncData())
}

// SyncTo makes what was written durable, up to some length.
func (f logFile) SyncTo(length int64) (bool, error) {
	full, err := f.File.SyncTo(length)
	return full, f.fatal.check(err)
}
