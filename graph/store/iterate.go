package store

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
)

// wholeQuad as the result of a quadShape means the quad itself.
const wholeQuad = -1

// quadShape is the quads that fit a pattern, or the terms at one position of them: one prefix scan.
type quadShape struct {
	qs     *QuadStore
	want   QuadID      // 0 fits anything
	result int         // position of the result, or wholeQuad
	save   [4][]string // tags that the terms at each position get; a quad that has none there is left out

	costs *graph.IteratorCosts // once they are known
}

var _ graph.IteratorShape = (*quadShape)(nil)

// String names the iterator for Cayley's explanations.
func (s *quadShape) String() string { return fmt.Sprintf("Quads(%x, %d)", s.want, s.result) }

// Iterate starts a scan.
func (s *quadShape) Iterate() graph.Scanner { return &quadScan{quadRun: quadRun{shape: s}} }

// Lookup starts a search for single results.
func (s *quadShape) Lookup() graph.Index { return &quadLookup{quadRun: quadRun{shape: s}} }

// Optimize returns the shape as it is.
func (s *quadShape) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

// SubIterators returns nil: there are none.
func (s *quadShape) SubIterators() []graph.IteratorShape { return nil }

// Stats returns what reading costs, and how much there is.
func (s *quadShape) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	if s.costs != nil {
		return *s.costs, nil
	}
	size, err := s.qs.size(ctx, s.want)
	if err != nil {
		return graph.IteratorCosts{}, err
	}
	size.Exact = size.Exact && !s.skips()
	s.costs = &graph.IteratorCosts{NextCost: 1, ContainsCost: 1, Size: size}
	if s.result != wholeQuad {
		s.costs.ContainsCost = 5 // a seek
	}
	return *s.costs, nil
}

// skips says whether quads of the default graph may be left out.
func (s *quadShape) skips() bool { return s.result == label || len(s.save[label]) > 0 }

// quadRun is what a scan and a lookup have in common. It reads quads in chunks and holds nothing of the store between them.
type quadRun struct {
	shape *quadShape
	want  QuadID
	now   QuadID
	ok    bool // now is a result
	err   error

	begun bool
	chunk []QuadID // read ahead
	pos   int
	size  int
	last  QuadID // read
	done  bool   // nothing is left to read
}

// start begins to read the quads that fit.
func (r *quadRun) start(want QuadID) {
	r.begun, r.want, r.chunk, r.pos, r.size, r.last, r.done = true, want, r.chunk[:0], 0, firstChunk, QuadID{}, false
}

// step moves to the next quad.
func (r *quadRun) step(ctx context.Context) bool {
	for {
		if r.ok = r.pos < len(r.chunk) || r.read(ctx); !r.ok {
			return false
		}
		r.now = r.chunk[r.pos]
		r.pos++
		if !r.shape.skips() || r.now[label] != 0 {
			return true
		}
	}
}

// read fills the chunk, and says whether there is anything in it.
func (r *quadRun) read(ctx context.Context) bool {
	if r.done || r.err != nil {
		return false
	}
	r.err = r.shape.qs.read(func(s Source) (err error) {
		r.chunk, err = s.Quads(ctx, r.chunk[:0], r.want, r.last, r.size)
		return err
	})
	if r.err != nil {
		return false
	}
	r.pos, r.done = 0, len(r.chunk) < r.size
	r.size = min(2*r.size, lastChunk)
	if len(r.chunk) == 0 {
		return false
	}
	r.last = r.chunk[len(r.chunk)-1]
	return true
}

// String names the iterator for Cayley's explanations.
func (r *quadRun) String() string { return r.shape.String() }

// Result returns the present result.
func (r *quadRun) Result() graph.Ref {
	switch {
	case !r.ok:
		return nil
	case r.shape.result == wholeQuad:
		return quadRef(r.now)
	}
	return ref(r.now[r.shape.result])
}

// TagResults puts the tagged terms of the present quad into dst.
func (r *quadRun) TagResults(dst map[string]graph.Ref) {
	if !r.ok {
		return
	}
	for pos, tags := range r.shape.save {
		for _, tag := range tags {
			dst[tag] = ref(r.now[pos])
		}
	}
}

// Err returns the error that ended the iteration, if one did.
func (r *quadRun) Err() error { return r.err }

// Close does nothing: nothing is held.
func (r *quadRun) Close() error { return nil }

type quadScan struct{ quadRun }

// Next moves to the next result.
func (s *quadScan) Next(ctx context.Context) bool {
	if !s.begun {
		s.start(s.shape.want)
	}
	return s.step(ctx)
}

// NextPath is always false: every result has one path.
func (s *quadScan) NextPath(context.Context) bool { return false }

type quadLookup struct{ quadRun }

// Contains says whether v is a result, and makes it the present one.
func (l *quadLookup) Contains(ctx context.Context, v graph.Ref) bool {
	l.ok = false
	if l.shape.result == wholeQuad {
		q, is := v.(quadRef)
		l.now = QuadID(q)
		l.ok = is && l.shape.want.fits(l.now) && (!l.shape.skips() || q[label] != 0)
		return l.ok
	}
	id, want := l.shape.qs.id(v), l.shape.want
	if id == 0 || want[l.shape.result] != 0 && want[l.shape.result] != id {
		return false
	}
	want[l.shape.result] = id
	l.start(want)
	return l.step(ctx)
}

// NextPath moves to another quad with the same result. When there is none the last one stays: Cayley asks for its tags
// again, once for each result that it leads to.
func (l *quadLookup) NextPath(ctx context.Context) bool {
	if !l.begun || l.shape.result == wholeQuad || !l.ok {
		return false
	}
	last := l.now
	if l.step(ctx) {
		return true
	}
	l.now, l.ok = last, true
	return false
}

// nodeShape is all terms that quads use.
type nodeShape struct{ qs *QuadStore }

var _ graph.IteratorShape = (*nodeShape)(nil)

// String names the iterator for Cayley's explanations.
func (s *nodeShape) String() string { return "Nodes" }

// Iterate starts a scan of the dictionary.
func (s *nodeShape) Iterate() graph.Scanner {
	return &nodeScan{nodeRun: nodeRun{qs: s.qs}, size: firstChunk}
}

// Lookup starts a search for single terms.
func (s *nodeShape) Lookup() graph.Index { return &nodeLookup{nodeRun{qs: s.qs}} }

// Optimize returns the shape as it is.
func (s *nodeShape) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

// SubIterators returns nil: there are none.
func (s *nodeShape) SubIterators() []graph.IteratorShape { return nil }

// Stats returns what reading costs, and how much there is.
func (s *nodeShape) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	st, err := s.qs.Stats(ctx, true)
	return graph.IteratorCosts{NextCost: 1, ContainsCost: 1, Size: st.Nodes}, err
}

// nodeRun is what a scan and a lookup of terms have in common.
type nodeRun struct {
	qs  *QuadStore
	now ID
	err error
}

// String names the iterator for Cayley's explanations.
func (r *nodeRun) String() string { return "Nodes" }

// Result returns the present result.
func (r *nodeRun) Result() graph.Ref { return ref(r.now) }

// TagResults adds nothing.
func (r *nodeRun) TagResults(map[string]graph.Ref) {}

// NextPath is always false: every result has one path.
func (r *nodeRun) NextPath(context.Context) bool { return false }

// Err returns the error that ended the iteration, if one did.
func (r *nodeRun) Err() error { return r.err }

// Close does nothing: nothing is held.
func (r *nodeRun) Close() error { return nil }

type nodeScan struct {
	nodeRun
	chunk []ID
	pos   int
	size  int
	done  bool
}

// Next moves to the next term.
func (s *nodeScan) Next(ctx context.Context) bool {
	if s.pos == len(s.chunk) && !s.read(ctx) {
		s.now = 0
		return false
	}
	s.now = s.chunk[s.pos]
	s.pos++
	return true
}

// read fills the chunk, and says whether there is anything in it.
func (s *nodeScan) read(ctx context.Context) bool {
	if s.done || s.err != nil {
		return false
	}
	last := s.now
	s.err = s.qs.read(func(src Source) (err error) {
		s.chunk, err = src.Nodes(ctx, s.chunk[:0], last, s.size)
		return err
	})
	s.pos, s.done = 0, len(s.chunk) < s.size
	s.size = min(2*s.size, lastChunk)
	return s.err == nil && len(s.chunk) > 0
}

type nodeLookup struct{ nodeRun }

// Contains says whether v is a term of the store, and makes it the present result.
func (l *nodeLookup) Contains(_ context.Context, v graph.Ref) bool {
	l.now = 0
	id := l.qs.id(v)
	if id == 0 {
		return false
	}
	l.err = l.qs.read(func(s Source) error {
		_, ok, err := s.Lookup(id)
		if ok {
			l.now = id
		}
		return err
	})
	return l.now != 0
}
