package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// A reader that finds the store locked by a writer in another process reads a copy of it, as it is at that moment. The copy takes
// neither time nor room to speak of: tables never change, so they are linked, and only the log and the list of tables are copied.

// copyDir matches the names of the folders of copies, inside the store's own. Each is locked by its reader; one that is not was
// left by a crash and goes when a writer opens the store.
var copyDir = regexp.MustCompile(`^reading-\d+-\d+$`)

// copies numbers the copies that this process makes.
var copies atomic.Int64

// copyTries is how often a copy is begun again because the writer changed the list of tables meanwhile.
const copyTries = 20

// copyBeside copies the store in dir while a writer has it open, and returns the folder of the copy, locked.
func copyBeside(files vfs.FS, dir string) (string, *pebble.Lock, error) {
	to := files.PathJoin(dir, fmt.Sprintf("reading-%d-%d", os.Getpid(), copies.Add(1)))
	if err := files.MkdirAll(to, 0o755); err != nil {
		return "", nil, err
	}
	lock, err := pebble.LockDirectory(to, lockFiles(files, false))
	if err != nil {
		return "", nil, errors.Join(err, files.RemoveAll(to))
	}
	for range copyTries {
		var same bool
		if same, err = tryCopy(files, dir, to); same && err == nil {
			return to, lock, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w, and changes faster than it can be read", ErrLocked)
	}
	return "", nil, errors.Join(err, lock.Close(), files.RemoveAll(to))
}

// tryCopy makes one try, and says whether the store kept to its list of tables and its logs meanwhile: only then does
// the copy hang together.
func tryCopy(files vfs.FS, dir, to string) (same bool, err error) {
	before, err := storeFiles(files, dir)
	if err != nil {
		return false, err
	}
	for _, name := range before.names {
		if err := copyFile(files, files.PathJoin(dir, name), files.PathJoin(to, name)); err != nil {
			return false, err
		}
	}
	after, err := storeFiles(files, dir)
	return err == nil && before.state == after.state, err
}

// copyFile links what never changes, and copies the rest, in place of what an earlier try left.
func copyFile(files vfs.FS, from, to string) error {
	if strings.HasSuffix(from, ".sst") || strings.HasSuffix(from, ".blob") {
		if err := files.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) {
			return nil
		}
	}
	return vfs.Copy(files, from, to)
}

// list is the files that make up a store, and a text that changes when the engine goes on to other tables or logs.
type list struct {
	names []string
	state string
}

func storeFiles(files vfs.FS, dir string) (list, error) {
	names, err := files.List(dir)
	if err != nil {
		return list{}, err
	}
	slices.Sort(names)
	var out list
	for _, name := range names {
		info, err := files.Stat(files.PathJoin(dir, name))
		switch {
		case err != nil:
			return list{}, err
		case info.IsDir() || name == "LOCK":
			continue
		}
		out.names = append(out.names, name)
		switch {
		case strings.HasPrefix(name, "MANIFEST"):
			out.state += fmt.Sprintln(name, info.Size())
		case strings.HasPrefix(name, "marker"), strings.HasSuffix(name, ".log"):
			out.state += fmt.Sprintln(name)
		}
	}
	return out, nil
}

// removeCopies removes the copies that no reader holds any more.
func removeCopies(files vfs.FS, dir string) error {
	names, err := files.List(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !copyDir.MatchString(name) {
			continue
		}
		path := files.PathJoin(dir, name)
		lock, err := pebble.LockDirectory(path, lockFiles(files, false))
		if err != nil {
			continue // its reader is alive
		}
		if err := errors.Join(files.RemoveAll(path), lock.Close()); err != nil {
			return err
		}
	}
	return nil
}
