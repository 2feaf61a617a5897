package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// replica is a copy of the store that workers read. The last one to leave removes it.
type replica struct {
	dir     string
	changes uint64

	mu     sync.Mutex
	users  int
	shares int // that were made
}

// newReplica makes a copy, with the pool as its one user.
func newReplica(o Options, changes uint64) (*replica, error) {
	dir, err := os.MkdirTemp(o.Dir, pattern(o))
	if err != nil && o.Dir != "" {
		dir, err = os.MkdirTemp("", pattern(o)) // the store's folder may be read-only
	}
	if err != nil {
		return nil, fmt.Errorf("copy the store for queries: %w", err)
	}
	r := &replica{dir: dir, changes: changes, users: 1}
	if err := o.Copy(r.store()); err != nil {
		r.leave()
		return nil, fmt.Errorf("copy the store for queries: %w", err)
	}
	return r, nil
}

// pattern is what the names of copies look like.
func pattern(o Options) string { return "." + o.Name + "-query-*" }

// removeLeft removes copies that an earlier server left when it was killed.
func removeLeft(o Options) {
	if o.Dir == "" || o.Name == "" {
		return
	}
	left, _ := filepath.Glob(filepath.Join(o.Dir, pattern(o))) // the pattern is well formed, or there is nothing to find
	for _, dir := range left {
		_ = os.RemoveAll(dir)
	}
}

// store is the folder of the copy. No worker opens it: a store has room for one, so each gets links of its own.
func (r *replica) store() string { return filepath.Join(r.dir, "store") }

// share makes a copy of the copy for one worker.
func (r *replica) share() (dir string, err error) {
	r.mu.Lock()
	r.shares++
	dir = filepath.Join(r.dir, "worker-"+strconv.Itoa(r.shares))
	r.mu.Unlock()
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	files, err := os.ReadDir(r.store())
	for _, f := range files {
		if err == nil && f.Type().IsRegular() && f.Name() != "LOCK" {
			err = os.Link(filepath.Join(r.store(), f.Name()), filepath.Join(dir, f.Name()))
		}
	}
	return dir, err
}

func (r *replica) enter() *replica {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.users++
	return r
}

func (r *replica) leave() {
	r.mu.Lock()
	r.users--
	last := r.users == 0
	r.mu.Unlock()
	if last {
		_ = os.RemoveAll(r.dir) // what stays is a folder of temporary files
	}
}
