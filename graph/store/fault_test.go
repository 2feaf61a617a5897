package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	cayley "github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"newsgraph/schema"
)

// history is a sequence of batches and the states that they lead through, as sorted text.
type history struct {
	batches []Batch
	states  []string // states[k] after k batches
}

func newHistory(seed uint64, batches int) history {
	r := rand.New(rand.NewPCG(seed, 1))
	quads, records := map[schema.Quad]bool{}, map[string]string{}
	h := history{states: []string{""}}
	for i := range batches {
		b := Batch{Put: map[string][]byte{"last": fmt.Append(nil, i)}}
		for j := range 5 + r.IntN(20) {
			b.Add = append(b.Add, mkQuad(iri("s%d", r.IntN(9)), iri("p%d", r.IntN(3)), schema.NewString(fmt.Sprintf("text %d %d", i, j)), iri("g%d", i)))
		}
		for _, q := range sorted(slices.Collect(maps.Keys(quads))) { // so that the seed alone says which
			if strings.HasSuffix(q.Object.Value, fmt.Sprint(r.IntN(9))) {
				b.Remove = append(b.Remove, q)
			}
		}
		model(quads, records, b)
		h.batches = append(h.batches, b)
		h.states = append(h.states, stateText(quads, records["last"]))
	}
	return h
}

func stateText(quads map[schema.Quad]bool, last string) string {
	var lines []string
	for q := range quads {
		lines = append(lines, fmt.Sprint(q))
	}
	slices.Sort(lines)
	return strings.Join(append(lines, last), "\n")
}

// state reads the store as text.
func state(s *Store) (string, error) {
	quads := map[schema.Quad]bool{}
	v := s.Snapshot()
	err := v.Match(context.Background(), schema.Quad{}, func(q schema.Quad) error {
		quads[q] = true
		return nil
	})
	last, _, err2 := v.Record(context.Background(), "last")
	return stateText(quads, string(last)), errors.Join(err, err2, v.Close())
}

// reached returns how many batches lead to what the store holds; -1 when no number does.
func (h history) reached(s *Store) (int, error) {
	text, err := state(s)
	if err != nil {
		return 0, err
	}
	return slices.Index(h.states, text), nil
}

// Cayley's own stores keep the ids of a failed transaction in their caches and store facts that nobody asserted
// afterwards. Here the terms of a failed batch leave nothing behind.
func TestFailedBatch(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	qs := s.QuadStore()
	in := func(s, p, o string) cayley.Quad { return cayley.MakeIRI(s, p, o, "") }
	err := qs.ApplyDeltas([]graph.Delta{
		{Quad: in("new1", "p", "new2"), Action: graph.Add},
		{Quad: in("no", "such", "quad"), Action: graph.Delete},
	}, graph.IgnoreOpts{})
	if !graph.IsQuadNotExist(err) {
		t.Fatalf("got %v, want ErrQuadNotExist", err)
	}
	if ref := qs.ValueOf(cayley.IRI("new1")); ref != nil {
		t.Errorf("a term of the failed batch is there: %v", ref)
	}
	for _, q := range []cayley.Quad{in("other1", "p", "other2"), in("new1", "p", "b")} {
		if err := qs.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"new1 p b", "other1 p other2"}
	var got []string
	for _, q := range sorted(match(t, s, schema.Quad{})) {
		got = append(got, q.Subject.Value+" "+q.Predicate.Value+" "+q.Object.Value)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	reached, err := path.StartPath(qs, cayley.IRI("other1")).Out(cayley.IRI("p")).Iterate(t.Context()).AllValues(qs)
	if err != nil || len(reached) != 1 || reached[0] != cayley.IRI("other2") {
		t.Errorf("a path leads to %v, %v", reached, err)
	}
}

// One writer and many readers: each reader sees whole batches only.
func TestReadersAndWriter(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	const size = 10 // quads in a batch; the batch before the last is removed in the same breath
	batch := func(i int) (quads []schema.Quad) {
		for j := range size {
			quads = append(quads, mkQuad(iri("batch%d", i), iri("p"), iri("n%d", j), iri("g%d", i)))
		}
		return quads
	}
	apply(t, s, Batch{Add: batch(0)})
	var done atomic.Bool
	var wg sync.WaitGroup
	for n := range 6 {
		wg.Go(func() {
			for !done.Load() {
				readBatch(t, s, n, size)
			}
		})
	}
	for i := range 150 {
		apply(t, s, Batch{Remove: batch(i), Add: batch(i + 1)})
	}
	done.Store(true)
	wg.Wait()
}

func readBatch(t *testing.T, s *Store, n, size int) {
	v := s.Snapshot()
	defer func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	}()
	subjects, rows := map[string]bool{}, 0
	switch n % 2 {
	case 0:
		err := v.Match(context.Background(), schema.Quad{Predicate: iri("p")}, func(q schema.Quad) error {
			subjects[q.Subject.Value] = true
			rows++
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	case 1:
		qs := v.QuadStore()
		values, err := path.StartPath(qs).Has(cayley.IRI(iri("p").Value)).Iterate(t.Context()).AllValues(qs)
		for _, val := range values {
			subjects[val.String()] = true
			rows++
		}
		if err = errors.Join(err, qs.Err()); err != nil {
			t.Error(err)
		}
	}
	if len(subjects) != 1 || rows != size {
		t.Errorf("a reader sees %d rows of %v", rows, subjects)
	}
}

// A store cut off at any moment opens as it was after some batch, and after none that is older than the last that Apply
// returned from: 200 power cuts, at moments of their own, with any part of what was not synced on disk. In every second history the
// store is compacted now and then.
func TestCrash(t *testing.T) {
	t.Parallel()
	for seed := range uint64(25) {
		t.Logf("seed %d", seed)
		h := newHistory(seed, 12)
		mem := vfs.NewCrashableMem()
		s, err := Open("db", Options{fs: mem})
		if err != nil {
			t.Fatal(err)
		}
		var acked atomic.Int64
		var wg sync.WaitGroup
		wg.Go(func() {
			for i, b := range h.batches {
				apply(t, s, b)
				acked.Add(1)
				if seed%2 == 1 && i%4 == 2 {
					if err := s.Compact(t.Context()); err != nil {
						t.Error(err)
					}
				}
			}
		})
		r := rand.New(rand.NewPCG(seed, 2))
		for cut := range 8 {
			for target := int64(cut * 12 / 8); acked.Load() < target; {
				runtime.Gosched()
			}
			atLeast := acked.Load()
			crashed := mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(101), RNG: r})
			checkCut(t, fmt.Sprintf("seed %d, cut %d", seed, cut), h, crashed, int(atLeast))
		}
		wg.Wait()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func checkCut(t *testing.T, name string, h history, files vfs.FS, atLeast int) {
	t.Helper()
	s, err := Open("db", Options{fs: files})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	k, err := h.reached(s)
	if err != nil || k < atLeast {
		t.Errorf("%s: the store is as after %d batches, at least %d were done; %v", name, k, atLeast, err)
	}
	if err := errors.Join(s.Verify(t.Context()), s.Close()); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// A load that is cut off at any moment is there in whole or not at all, and in whole once Load has returned.
func TestCrashLoad(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Logf("seed %d", seed)
		h := newHistory(seed, 3)
		mem := vfs.NewCrashableMem()
		s, err := Open("db", Options{fs: mem, runQuads: 20})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range h.batches[:2] {
			apply(t, s, b)
		}
		quads := map[schema.Quad]bool{}
		for _, q := range match(t, s, schema.Quad{}) {
			quads[q] = true
		}
		added := newHistory(seed+100, 4).batches[3].Add
		model(quads, map[string]string{}, Batch{Add: added})
		h.states[3] = stateText(quads, "1") // in place of what the third batch would have led to
		var done atomic.Bool
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := s.Load(t.Context(), sequence(added, nil)); err != nil {
				t.Error(err)
			}
			done.Store(true)
		})
		r := rand.New(rand.NewPCG(seed, 3))
		for cut := range 6 {
			atLeast := 2
			if cut == 5 {
				wg.Wait()
			}
			if done.Load() {
				atLeast = 3
			}
			crashed := mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(101), RNG: r})
			checkCut(t, fmt.Sprintf("seed %d, cut %d of a load", seed, cut), h, crashed, atLeast)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// An upgrade that is cut off leaves the old store or the new one.
func TestCrashUpgrade(t *testing.T) {
	t.Parallel()
	mem := vfs.NewCrashableMem()
	if ok, err := vfs.Clone(vfs.Default, mem, filepath.Join("testdata", "stores", "1"), "db", vfs.CloneSync); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := errors.Join(syncDir(mem, "db"), syncDir(mem, "")); err != nil {
		t.Fatal(err)
	}
	const seed = 8
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, seed))
	var wg sync.WaitGroup
	wg.Go(func() {
		s, err := Open("db", Options{fs: mem})
		if err != nil {
			t.Error(err)
			return
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for cut := range 12 {
		crashed := mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: r.IntN(101), RNG: r})
		s, err := Open("db", Options{fs: crashed})
		if err != nil {
			t.Fatalf("cut %d: %v", cut, err)
		}
		if n := len(match(t, s, schema.Quad{})); n != len(sample().Add) {
			t.Errorf("cut %d: %d quads", cut, n)
		}
		if err := errors.Join(s.Verify(t.Context()), s.Close()); err != nil {
			t.Errorf("cut %d: %v", cut, err)
		}
	}
	wg.Wait()
}

// Cayley's bulk writer stores a quad as often as it is written; here it is there once, and one removal takes it away.
func TestQuadWriterOnce(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	qs := s.QuadStore()
	q := cayley.MakeIRI("a", "p", "b", "g")
	w, err := qs.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := w.WriteQuads([]cayley.Quad{q, q}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(match(t, s, schema.Quad{})); n != 1 {
		t.Errorf("%d quads, want 1", n)
	}
	if err := qs.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Delete}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if n := len(match(t, s, schema.Quad{})); n != 0 {
		t.Errorf("%d quads after a removal, want none", n)
	}
}

// Cayley's bolt store hangs with one writer and four readers of paths, or when a reader writes in the middle of a query; its memory
// store dies. Here all come to their end, and what a reader writes is there.
func TestPathsAndWriter(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	qs := s.QuadStore()
	edge := func(i int) []graph.Delta {
		return []graph.Delta{{Quad: cayley.MakeIRI(fmt.Sprint("n", i%20), "p", fmt.Sprint("n", i*7%20), fmt.Sprint("g", i)), Action: graph.Add}}
	}
	add := func(i int) {
		if err := qs.ApplyDeltas(edge(i), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Error(err)
		}
	}
	add(0)
	var done atomic.Bool
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for !done.Load() {
				p := path.StartPath(qs, cayley.IRI("n0")).Out().Has(cayley.IRI("p")).Out()
				if err := p.Iterate(t.Context()).EachValue(qs, func(cayley.Value) {}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 200 {
		add(i)
	}
	done.Store(true)
	wg.Wait()
	writes := 0
	err := path.StartPath(qs, cayley.IRI("n0")).Out().Iterate(t.Context()).EachValue(qs, func(cayley.Value) {
		add(1000 + writes)
		writes++
	})
	if err != nil || writes == 0 {
		t.Fatal(writes, err)
	}
	ok, err := s.Has(t.Context(), mkQuad(schema.NewIRI("n0"), schema.NewIRI("p"), schema.NewIRI("n0"), schema.NewIRI("g1000")))
	if !ok || err != nil {
		t.Errorf("what was written in the middle of a query is not there, %v", err)
	}
}

// The n-th write, sync or rename fails, for every n: the error comes out, reads go on, the process lives, and after a new
// Open the store is as after some batch.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	h := newHistory(99, 4)
	failures := 0
	for n := int32(0); ; n++ {
		fault := &nthFault{n: n}
		mem := vfs.NewMem()
		failed := runFaulty(t, h, mem, fault)
		if fault.count.Load() <= n {
			break
		}
		if failed {
			failures++
		}
	}
	if failures < 10 {
		t.Errorf("only %d faults came out", failures)
	}
}

// nthFault fails the n-th writing operation and all after it until it is lifted.
type nthFault struct {
	n      int32
	count  atomic.Int32
	lifted atomic.Bool
}

func (f *nthFault) String() string { return fmt.Sprint("fault ", f.n) }

func (f *nthFault) MaybeError(op errorfs.Op) error {
	if op.Kind.ReadOrWrite() != errorfs.OpIsWrite || op.Kind == errorfs.OpLock || f.lifted.Load() {
		return nil
	}
	if f.count.Add(1) > f.n {
		return syscall.ENOSPC
	}
	return nil
}

// runFaulty plays the history on files that fail, and says whether an error came out.
func runFaulty(t *testing.T, h history, mem vfs.FS, fault *nthFault) (failed bool) {
	t.Helper()
	s, err := Open("db", Options{fs: errorfs.Wrap(mem, fault)})
	acked := 0
	if err == nil {
		for _, b := range h.batches {
			if err = s.Apply(t.Context(), b); err != nil {
				break
			}
			acked++
		}
		k, readErr := h.reached(s)
		if readErr != nil || k < acked {
			t.Errorf("fault %d: after %v the store reads as after %d batches of %d, %v", fault.n, err, k, acked, readErr)
		}
	}
	if err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("fault %d: the error is %v", fault.n, err)
	}
	fault.lifted.Store(true)
	if s != nil {
		closeErr := s.Close()
		if closeErr != nil {
			t.Logf("fault %d: Close: %v", fault.n, closeErr)
		}
	}
	checkCut(t, fmt.Sprint("fault ", fault.n), h, mem, acked)
	return err != nil
}
