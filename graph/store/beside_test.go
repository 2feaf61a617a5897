package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"newsgraph/schema"
)

// Readers beside each other, and beside a writer that goes on writing: each sees the store as it was after some batch, none older
// than the last that was done when it opened.
func TestReadersBesideWriter(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]vfs.FS{"memory": vfs.NewMem(), "disk": vfs.Default} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "db")
			if err := files.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			h := newHistory(41, 60)
			w, err := Open(dir, Options{fs: files})
			if err != nil {
				t.Fatal(err)
			}
			done := 0
			var wg sync.WaitGroup
			var mu sync.Mutex
			now := func() int { mu.Lock(); defer mu.Unlock(); return done }
			for range 2 {
				wg.Go(func() {
					for now() < len(h.batches) {
						readBeside(t, files, dir, h, now())
					}
				})
			}
			for i, b := range h.batches {
				apply(t, w, b)
				if i%20 == 10 {
					if err := errors.Join(w.db.Flush(), w.Compact(t.Context())); err != nil {
						t.Error(err)
					}
				}
				mu.Lock()
				done++
				mu.Unlock()
			}
			wg.Wait()
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			readBeside(t, files, dir, h, len(h.batches))
			names, err := files.List(dir)
			for _, n := range names {
				if err != nil || copyDir.MatchString(n) {
					t.Errorf("%s is left, %v", n, err)
				}
			}
		})
	}
}

func readBeside(t *testing.T, files vfs.FS, dir string, h history, atLeast int) {
	s, err := Open(dir, Options{fs: files, ReadOnly: true})
	if errors.Is(err, ErrLocked) {
		return // it changed too fast
	}
	if err != nil {
		t.Error(err)
		return
	}
	k, err := h.reached(s)
	if err != nil || k < atLeast {
		t.Errorf("a reader sees %d batches, at least %d were done; %v", k, atLeast, err)
	}
	if err := errors.Join(s.Verify(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
}

// The locks hold between processes and within one: readers share a store, a writer has it alone.
func TestLocks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if os.Getenv("STORE_LOCK_DIR") != "" {
		s, err := Open(os.Getenv("STORE_LOCK_DIR"), Options{ReadOnly: os.Getenv("STORE_LOCK_READ") != ""})
		if errors.Is(err, ErrLocked) {
			os.Exit(9)
		}
		if err != nil {
			os.Exit(8)
		}
		if s.own != "" {
			os.Exit(7)
		}
		os.Exit(6)
	}
	other := func(read string) int {
		cmd := exec.Command(os.Args[0], "-test.run=^TestLocks$")
		cmd.Env = append(os.Environ(), "STORE_LOCK_DIR="+dir, "STORE_LOCK_READ="+read)
		err := cmd.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return exit.ExitCode()
	}
	w, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, w, sample())
	if code := other(""); code != 9 {
		t.Errorf("a second writer: %d, want locked", code)
	}
	if code := other("1"); code != 7 {
		t.Errorf("a reader beside the writer: %d, want a copy", code)
	}
	r, err := Open(dir, Options{ReadOnly: true})
	if err != nil || r.own == "" {
		t.Fatalf("a reader in the same process: %v", err)
	}
	if err := errors.Join(r.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	if r, err = Open(dir, Options{ReadOnly: true}); err != nil || r.own != "" {
		t.Fatalf("a reader alone: %v", err)
	}
	if code := other("1"); code != 6 {
		t.Errorf("a second reader: %d, want the store itself", code)
	}
	if code := other(""); code != 9 {
		t.Errorf("a writer beside a reader: %d, want locked", code)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("a writer beside a reader in the same process: %v, want ErrLocked", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	// The child that read a copy ended without closing it.
	if w, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for name := range listing(t, dir) {
		if copyDir.MatchString(name) {
			t.Errorf("%s is left", name)
		}
	}
	if got := match(t, w, schema.Quad{}); len(got) != len(sample().Add) {
		t.Errorf("%d quads", len(got))
	}
}
