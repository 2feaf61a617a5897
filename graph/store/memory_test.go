package store

import (
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"newsgraph/schema"
)

// logWatch counts the logs that are begun, and those begun while the store does not expect it.
type logWatch struct {
	vfs.FS
	store       atomic.Pointer[Store]
	logs, wrong atomic.Int64
}

func (w *logWatch) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	w.watch(name)
	return w.FS.Create(name, category)
}

func (w *logWatch) ReuseForWrite(old, name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	w.watch(name)
	return w.FS.ReuseForWrite(old, name, category)
}

func (w *logWatch) watch(name string) {
	s := w.store.Load()
	if s == nil || !strings.HasSuffix(name, ".log") {
		return
	}
	w.logs.Add(1)
	if !s.fatal.rotating.Load() {
		w.wrong.Add(1)
	}
}

// The engine goes on to a new log only when the store knows that it may: it would panic there on a full disk. Batches of all
// sizes come, so that its memory grows from the first to the largest, and some have one of their own.
func TestLogsBeginWhenExpected(t *testing.T) {
	t.Parallel()
	files := &logWatch{FS: vfs.NewMem()}
	s := memory(t, Options{fs: files})
	files.store.Store(s)
	const seed = 9
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, seed))
	sizes := []int{1, 30, 300, 3000, 10_000, 11_400, 11_600, 11_800, 12_000, 20_000}
	for i := range 24 {
		apply(t, s, Batch{Add: someQuads(r, i, sizes[r.IntN(min(len(sizes), 2+i/2))])})
	}
	if files.wrong.Load() > 0 {
		t.Errorf("%d of %d logs were begun while the store did not expect it", files.wrong.Load(), files.logs.Load())
	}
	if files.logs.Load() < 4 {
		t.Errorf("only %d logs were begun: the batches are too small for a test", files.logs.Load())
	}
}

// someQuads are n quads, each in a graph of its own.
func someQuads(r *rand.Rand, batch, n int) (quads []schema.Quad) {
	for i := range n {
		quads = append(quads, mkQuad(iri("s%d", r.IntN(1000)), iri("p%d", r.IntN(9)), iri("o%d", r.IntN(10_000)), iri("g%d-%d", batch, i)))
	}
	return quads
}

// A large batch shares the engine's memory with others: each in a table of its own would have all tables written anew over and over.
func TestBatchesGather(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	quads := newsQuads(8000)
	for ; len(quads) > 0; quads = quads[5000:] {
		apply(t, s, Batch{Add: quads[:5000]})
	}
	if n := s.db.Metrics().Flush.Count; n > 2 {
		t.Errorf("8 batches of 5,000 quads made %d tables", n)
	}
}
