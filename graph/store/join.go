package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

// A path of Cayley's (.Out, .In, .LabelContext and the like, one after another) enumerates every way through the graph, and
// looks at the edges of a node once for each way that leads there. A join does the same hop by hop on ids: it merges equal
// nodes after each hop and keeps how many ways lead to each, so that it gives the same nodes the same number of times. The
// last hop is read as results are asked for. Where only distinct nodes are wanted it forgets the numbers.

// hop leads from the terms at one position of quads to those at another.
type hop struct {
	from, to int
	only     [4][]ID // what may stand at the other positions; nil: anything
}

// plain says whether the hop goes from subject to object or back, through whatever graph.
func (h *hop) plain() bool {
	return h.from+h.to == subj+obj && h.from != h.to && h.only[label] == nil
}

// fits says whether the quad is one of the hop's. A quad of the default graph has no graph to lead to.
func (h *hop) fits(q QuadID) bool {
	for pos, only := range h.only {
		if only != nil && !slices.Contains(only, q[pos]) {
			return false
		}
	}
	return q[h.to] != 0
}

// want returns the pattern of the quads that have the node at pos, as narrow as the hop allows.
func (h *hop) want(pos int, node ID) (q QuadID) {
	for i, only := range h.only {
		if len(only) == 1 {
			q[i] = only[0]
		}
	}
	q[pos] = node
	return q
}

// join is hops that begin at the results of a shape.
type join struct {
	qs       *QuadStore
	outer    graph.QuadStore // qs, or what wraps it
	start    shape.Shape
	hops     []hop
	distinct bool // every result once

	front *front               // the nodes before the last hop, once they are known; only of snapshots
	costs *graph.IteratorCosts // once they are known
}

var _ graph.IteratorShape = (*join)(nil)

// joined is a join as a shape of Cayley's.
type joined struct{ j *join }

// BuildIterator returns the join. It reads the store that made it, under whatever Cayley has wrapped that by now; its beginning
// is read through what qs is.
func (s joined) BuildIterator(qs graph.QuadStore) graph.Iterator {
	j := *s.j
	j.outer = qs
	return graph.NewLegacy(&j, nil)
}

// Optimize returns the shape as it is.
func (s joined) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// joinOf turns nodes at one direction of quads into a join, when what selects the quads is plain: known terms, and at
// one direction the results of a shape without tags.
func (q *QuadStore) joinOf(s shape.NodesFrom) (*join, bool) {
	quads, ok := s.Quads.(shape.Quads)
	if !ok {
		return nil, false
	}
	h := hop{from: -1, to: position(s.Dir)}
	var start shape.Shape
	var seen [4]bool
	for _, f := range quads {
		pos := position(f.Dir)
		if seen[pos] || pos == h.to {
			return nil, false
		}
		seen[pos] = true
		fixed, isFixed := f.Values.(shape.Fixed)
		switch {
		case isFixed && (pos == pred || pos == label || h.from >= 0):
			if h.only[pos], ok = q.ids(fixed); !ok {
				return nil, false
			}
		case h.from < 0 && (pos == subj || pos == obj) && withoutTags(f.Values):
			h.from, start = pos, f.Values
		default:
			return nil, false
		}
	}
	if h.from < 0 {
		return nil, false
	}
	if before, ok := start.(joined); ok && !before.j.distinct {
		return &join{qs: q, start: before.j.start, hops: append(slices.Clone(before.j.hops), h)}, true
	}
	return &join{qs: q, start: start, hops: []hop{h}}, true
}

// ids returns the ids of known terms.
func (q *QuadStore) ids(fixed shape.Fixed) (ids []ID, ok bool) {
	for _, r := range fixed {
		id := q.id(r)
		if id == 0 {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, true
}

// withoutTags says whether the results of a shape are nothing but nodes, so that equal ones can stand for each other, and are
// found without a look at every node of the store.
func withoutTags(s shape.Shape) bool {
	switch s := s.(type) {
	case shape.Fixed, joined:
		return true
	case scanned:
		return len(s.scan.save[subj])+len(s.scan.save[pred])+len(s.scan.save[obj])+len(s.scan.save[label]) == 0
	case uncounted:
		return withoutTags(s.shape)
	case shape.Intersect:
		return allWithoutTags(s)
	case shape.Union:
		return allWithoutTags(s)
	case shape.Unique:
		return withoutTags(s.From)
	case shape.Filter:
		return withoutTags(s.From)
	case shape.Page:
		return withoutTags(s.From)
	}
	return false
}

func allWithoutTags(shapes []shape.Shape) bool {
	return !slices.ContainsFunc(shapes, func(s shape.Shape) bool { return !withoutTags(s) })
}

// String names the iterator for Cayley's explanations.
func (j *join) String() string { return fmt.Sprintf("Join(%d hops)", len(j.hops)) }

// Optimize returns the join as it is.
func (j *join) Optimize(context.Context) (graph.IteratorShape, bool) { return j, false }

// SubIterators returns nil: there are none that Cayley could turn over.
func (j *join) SubIterators() []graph.IteratorShape { return nil }

// Iterate starts a scan.
func (j *join) Iterate() graph.Scanner { return &joinScan{joinRun: joinRun{j: j}, size: firstChunk} }

// Lookup starts a search for single results.
func (j *join) Lookup() graph.Index { return &joinLookup{joinRun: joinRun{j: j}} }

// countLimit is how many edges Stats looks at to give an exact number.
const countLimit = 1 << 17

// Stats returns what reading costs, and how much there is: the exact number, unless that takes long to find out.
func (j *join) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	if j.costs != nil {
		return *j.costs, nil
	}
	costs := graph.IteratorCosts{NextCost: 1, ContainsCost: 5, Size: graph.Size{Size: 10 * countLimit}}
	err := j.qs.read(func(v Source) error {
		w := walk{j: j, v: v, left: countLimit}
		n, ok, err := w.count(ctx)
		if ok {
			costs.Size = graph.Size{Size: n, Exact: true}
		}
		return err
	})
	if err == nil && j.qs.fixed {
		j.costs = &costs
	}
	return costs, err
}

// front is nodes, sorted, and how many ways lead to each.
type front struct {
	ids   []ID
	times []int64 // nil: one each
}

func (f *front) time(i int) int64 {
	if f.times == nil {
		return 1
	}
	return f.times[i]
}

// walk works a join out in one state of the store.
type walk struct {
	j    *join
	v    Source
	left int // edges it may still look at, where there is a limit
	buf  []ID
}

// count returns the number of results; ok is false when the limit came first.
func (w *walk) count(ctx context.Context) (n int64, ok bool, err error) {
	f, err := w.front(ctx, true)
	if f == nil || err != nil {
		return 0, false, err
	}
	r := w.v.IDs()
	defer r.Close()
	h, seen := &w.j.hops[len(w.j.hops)-1], tally{}
	for i, id := range f.ids {
		if w.buf, err = targets(ctx, r, w.buf[:0], h, id); err != nil {
			return 0, false, err
		}
		if w.left -= len(w.buf); w.left < 0 {
			return 0, false, nil
		}
		if !w.j.distinct {
			n += f.time(i) * int64(len(w.buf))
			continue
		}
		for _, to := range w.buf {
			if seen.add(to, 1) {
				n++
			}
		}
	}
	return n, true, nil
}

// front returns the nodes before the last hop; nil when it is limited and the limit came first.
func (w *walk) front(ctx context.Context, limited bool) (*front, error) {
	if w.j.front != nil {
		return w.j.front, nil
	}
	f, err := w.first(ctx)
	if err != nil {
		return nil, err
	}
	r := w.v.IDs()
	defer r.Close()
	for i := range w.j.hops[:len(w.j.hops)-1] {
		if f, err = w.step(ctx, r, f, &w.j.hops[i]); err != nil {
			return nil, err
		}
		if limited && w.left < 0 {
			return nil, nil
		}
	}
	if w.j.qs.fixed {
		w.j.front = f
	}
	return f, nil
}

// first returns the nodes that the join begins at.
func (w *walk) first(ctx context.Context) (*front, error) {
	var all tally
	if fixed, ok := w.j.start.(shape.Fixed); ok {
		for _, r := range fixed {
			all.add(w.j.qs.id(r), 1)
		}
		return all.front(w.j.distinct), nil
	}
	err := graph.Iterate(ctx, w.j.start.BuildIterator(w.j.outer)).Each(func(r graph.Ref) {
		if id := w.j.qs.id(r); id != 0 {
			all.add(id, 1)
		}
	})
	return all.front(w.j.distinct), err
}

// step takes one hop.
func (w *walk) step(ctx context.Context, r IDs, f *front, h *hop) (_ *front, err error) {
	var all tally
	for i, id := range f.ids {
		if w.buf, err = targets(ctx, r, w.buf[:0], h, id); err != nil {
			return nil, err
		}
		w.left -= len(w.buf)
		for _, to := range w.buf {
			all.add(to, f.time(i))
		}
	}
	return all.front(w.j.distinct), nil
}

// hopper is an IDs with a way of its own to take hops.
type hopper interface {
	targets(ctx context.Context, dst []ID, h *hop, node ID) ([]ID, error)
}

// targets appends where a hop leads from a node, as often as quads say so.
func targets(ctx context.Context, r IDs, dst []ID, h *hop, node ID) ([]ID, error) {
	if own, ok := r.(hopper); ok {
		return own.targets(ctx, dst, h, node)
	}
	quads, err := r.Match(ctx, nil, h.want(h.from, node))
	return h.follow(dst, quads), err
}

// follow appends where those of the quads lead that are the hop's.
func (h *hop) follow(dst []ID, quads []QuadID) []ID {
	for _, q := range quads {
		if h.fits(q) {
			dst = append(dst, q[h.to])
		}
	}
	return dst
}

func (r *idReader) targets(ctx context.Context, dst []ID, h *hop, node ID) ([]ID, error) {
	if h.plain() {
		if e := r.v.s.edges.get(r.v.edgeGen, h.from, node); e != nil {
			return e.targets(dst, h.only[pred]), ctx.Err()
		}
	}
	quads, err := r.Match(ctx, r.quads[:0], h.want(h.from, node))
	r.quads = quads
	if err != nil {
		return dst, err
	}
	if h.plain() && h.only[pred] == nil {
		r.v.s.edges.put(r.v.edgeGen, h.from, node, newEdges(quads, h.to))
	}
	return h.follow(dst, quads), nil
}

// joinRun is what a scan and a lookup have in common.
type joinRun struct {
	j   *join
	now ID
	err error
}

// String names the iterator for Cayley's explanations.
func (r *joinRun) String() string { return r.j.String() }

// Result returns the present result.
func (r *joinRun) Result() graph.Ref { return ref(r.now) }

// TagResults adds nothing.
func (r *joinRun) TagResults(map[string]graph.Ref) {}

// Err returns the error that ended the iteration, if one did.
func (r *joinRun) Err() error { return r.err }

// Close does nothing: nothing is held.
func (r *joinRun) Close() error { return nil }

// joinScan reads the last hop some nodes at a time.
type joinScan struct {
	joinRun
	front *front
	next  int // of the front
	buf   []ID
	times []int64 // how often each of buf is a result; nil: once
	pos   int
	again int64 // how often the present result comes again
	size  int
	seen  tally // of a distinct join
}

// Next moves to the next result.
func (s *joinScan) Next(ctx context.Context) bool {
	if s.again > 0 {
		s.again--
		return true
	}
	for s.pos == len(s.buf) {
		if s.err != nil || s.front != nil && s.next == len(s.front.ids) {
			s.now = 0
			return false
		}
		s.err = s.j.qs.read(func(v Source) error { return s.fill(ctx, v) })
	}
	s.now = s.buf[s.pos]
	if s.times != nil {
		s.again = s.times[s.pos] - 1
	}
	s.pos++
	return true
}

// NextPath is always false: a result that several ways lead to comes several times.
func (s *joinScan) NextPath(context.Context) bool { return false }

// fill reads where the next nodes of the front lead.
func (s *joinScan) fill(ctx context.Context, v Source) (err error) {
	s.pos, s.buf, s.times = 0, s.buf[:0], s.times[:0]
	if s.front == nil {
		w := walk{j: s.j, v: v}
		if s.front, err = w.front(ctx, false); err != nil {
			return err
		}
	}
	r := v.IDs()
	defer r.Close()
	h := &s.j.hops[len(s.j.hops)-1]
	for ; s.next < len(s.front.ids) && len(s.buf) < s.size; s.next++ {
		start := len(s.buf)
		if s.buf, err = targets(ctx, r, s.buf, h, s.front.ids[s.next]); err != nil {
			return err
		}
		s.keep(start)
	}
	s.size = min(2*s.size, lastChunk)
	return nil
}

// keep goes over what was read of one node: of a distinct join only what is new stays, else it notes how often each comes.
func (s *joinScan) keep(start int) {
	if s.j.distinct {
		s.buf = append(s.buf[:start], slices.DeleteFunc(s.buf[start:], func(id ID) bool { return !s.seen.add(id, 1) })...)
		return
	}
	if s.front.times == nil {
		return
	}
	for range s.buf[start:] {
		s.times = append(s.times, s.front.times[s.next])
	}
}

// joinLookup looks from a node back to the front.
type joinLookup struct {
	joinRun
	again int64
}

// Contains says whether v is a result, and makes it the present one.
func (l *joinLookup) Contains(ctx context.Context, v graph.Ref) bool {
	l.now, l.again = 0, 0
	id := l.j.qs.id(v)
	if id == 0 {
		return false
	}
	var n int64
	l.err = l.j.qs.read(func(v Source) (err error) {
		n, err = l.ways(ctx, v, id)
		return err
	})
	if n == 0 || l.err != nil {
		return false
	}
	l.now, l.again = id, n-1
	if l.j.distinct {
		l.again = 0
	}
	return true
}

// ways returns how many ways lead to the node.
func (l *joinLookup) ways(ctx context.Context, v Source, id ID) (n int64, err error) {
	w := walk{j: l.j, v: v}
	f, err := w.front(ctx, false)
	if err != nil {
		return 0, err
	}
	r := v.IDs()
	defer r.Close()
	h := &l.j.hops[len(l.j.hops)-1]
	quads, err := r.Match(ctx, nil, h.want(h.to, id))
	for _, q := range quads {
		if i, ok := slices.BinarySearch(f.ids, q[h.from]); ok && h.fits(q) {
			n += f.time(i)
		}
	}
	return n, err
}

// NextPath says whether another way leads to the present result.
func (l *joinLookup) NextPath(context.Context) bool {
	if l.again == 0 {
		return false
	}
	l.again--
	return true
}

// tally counts ids. It is a hash table that needs no hashing, as ids are hashes.
type tally struct {
	ids   []ID // 0: free
	times []int64
	n     int
}

// add counts an id n times more, and says whether it is the first time.
func (t *tally) add(id ID, n int64) (first bool) {
	if 4*t.n >= 3*len(t.ids) {
		t.grow()
	}
	mask := uint64(len(t.ids) - 1)
	for i := uint64(id) & mask; ; i = (i + 1) & mask {
		switch t.ids[i] {
		case id:
			t.times[i] += n
			return false
		case 0:
			t.ids[i], t.times[i] = id, n
			t.n++
			return true
		}
	}
}

func (t *tally) grow() {
	old := *t
	size := max(64, 2*len(old.ids))
	*t = tally{ids: make([]ID, size), times: make([]int64, size)}
	for i, id := range old.ids {
		if id != 0 {
			t.add(id, old.times[i])
		}
	}
}

// front returns the ids sorted; distinct leaves their numbers away.
func (t *tally) front(distinct bool) *front {
	type pair struct {
		id ID
		n  int64
	}
	pairs, one := make([]pair, 0, t.n), true
	for i, id := range t.ids {
		if id != 0 {
			pairs = append(pairs, pair{id, t.times[i]})
			one = one && t.times[i] == 1
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.id, b.id) })
	f := &front{ids: make([]ID, len(pairs))}
	if !one && !distinct {
		f.times = make([]int64, len(pairs))
	}
	for i, p := range pairs {
		f.ids[i] = p.id
		if f.times != nil {
			f.times[i] = p.n
		}
	}
	return f
}
