package store

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/cockroachdb/pebble/v2/vfs"
	"golang.org/x/sys/unix"
)

// lockFS is the real file system, but that several readers can hold a lock together. Its locks belong to the open file, not to
// the process, so that they hold within a process too.
type lockFS struct {
	vfs.FS
	shared bool
}

// lockFiles returns the file system through which to lock a store, shared among readers or for one writer alone.
func lockFiles(files vfs.FS, shared bool) vfs.FS {
	if files != vfs.Default {
		return files
	}
	return lockFS{files, shared}
}

// Lock locks a file, and makes it where it is missing.
func (l lockFS) Lock(name string) (io.Closer, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if l.shared && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)) {
		f, err = os.Open(name)
	}
	if err != nil {
		return nil, err
	}
	how := unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart}
	if l.shared {
		how.Type = unix.F_RDLCK
	}
	if err := unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, &how); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
