package store

import (
	"errors"
	"fmt"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// The n-th write of a load or a compaction fails for want of room, for every n: the error says so, and the store is as it was
// or, once the tables were handed over, as it should be; after there is room again the same works.
func TestDiskFullLoad(t *testing.T) {
	t.Parallel()
	added := newHistory(104, 4).batches[3].Add
	for name, run := range map[string]func(*Store) error{
		"load":    func(s *Store) error { _, err := s.Load(t.Context(), sequence(added, nil)); return err },
		"compact": func(s *Store) error { return s.Compact(t.Context()) },
	} {
		failures := 0
		for n := int32(0); n < 2000; n++ {
			fault := &nthFault{n: n}
			fault.lifted.Store(true)
			failed, more := runFaultyLoad(t, fmt.Sprint(name, " fault ", n), fault, run)
			if failed {
				failures++
			}
			if !more {
				break
			}
		}
		if failures < 10 {
			t.Errorf("%s: only %d faults came out", name, failures)
		}
	}
}

// runFaultyLoad says whether an error came out, and whether the fault was met at all.
func runFaultyLoad(t *testing.T, name string, fault *nthFault, run func(*Store) error) (failed, more bool) {
	t.Helper()
	mem := vfs.NewMem()
	s, err := Open("db", Options{fs: errorfs.Wrap(mem, fault), runQuads: 20})
	if err != nil {
		t.Fatal(err)
	}
	h := newHistory(4, 2)
	for _, b := range h.batches {
		apply(t, s, b)
	}
	before, err := state(s)
	if err != nil {
		t.Fatal(err)
	}
	fault.lifted.Store(false)
	err = run(s)
	fault.lifted.Store(true)
	if err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%s: the error is %v", name, err)
	}
	if closeErr := s.Close(); closeErr != nil {
		t.Logf("%s: Close: %v", name, closeErr)
	}
	s, openErr := Open("db", Options{fs: copyFiles(t, mem), runQuads: 20}) // as another process would
	if openErr != nil {
		t.Fatalf("%s: %v", name, openErr)
	}
	middle, stateErr := state(s)
	runErr := run(s)
	after, stateErr2 := state(s)
	if middle != before && middle != after || err == nil && middle != after {
		t.Errorf("%s: the store is half done", name)
	}
	if err := errors.Join(stateErr, runErr, stateErr2, s.Verify(t.Context()), s.Close()); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return err != nil, fault.count.Load() > fault.n
}

// readFault fails the n-th read and no other.
type readFault struct {
	n     int32
	armed atomic.Bool
	count atomic.Int32
}

func (f *readFault) String() string { return fmt.Sprint("read fault ", f.n) }

func (f *readFault) MaybeError(op errorfs.Op) error {
	if f.armed.Load() && op.Kind.ReadOrWrite() == errorfs.OpIsRead && f.count.Add(1) == f.n {
		return syscall.EIO
	}
	return nil
}

// The n-th read of an open store fails, for every n: reading gives an error or the right rows.
func TestReadFaults(t *testing.T) {
	t.Parallel()
	files, h := filesOf(t, true)
	failures := 0
	for n := int32(1); n < 5000; n++ {
		fault := &readFault{n: n}
		s, err := Open("db", Options{fs: errorfs.Wrap(copyFiles(t, files), fault), ReadOnly: true, CacheBytes: 1})
		if err != nil {
			t.Fatal(err)
		}
		fault.armed.Store(true)
		k, readErr := h.reached(s)
		if readErr == nil && k != len(h.batches) {
			t.Errorf("read fault %d: the rows are those after %d batches", n, k)
		}
		if err := errors.Join(readErr, s.Verify(t.Context())); err != nil {
			failures++
		}
		if closeErr := s.Close(); closeErr != nil {
			t.Logf("read fault %d: Close: %v", n, closeErr)
		}
		if fault.count.Load() < n {
			break
		}
	}
	if failures < 10 {
		t.Errorf("only %d faults came out", failures)
	}
}
