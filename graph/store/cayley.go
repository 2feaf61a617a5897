package store

import (
	"context"
	"fmt"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"newsgraph/schema"
)

// QuadStore is the store, or one snapshot of it, as Cayley's query engines see it. It is registered nowhere: give it to
// them with graph.Handle or as it is. It is safe for concurrent use.
//
// Much of Cayley's interface has no way to return an error: after a query, ask Err.
type QuadStore struct {
	s    *Store
	snap *Snapshot // nil: the store as it is at each call

	mu  sync.Mutex
	err error
}

var _ graph.QuadStore = (*QuadStore)(nil)

// QuadStore returns the living store for Cayley: each iterator sees the store as it is while it runs. Queries that must see
// one state take Snapshot.QuadStore.
func (s *Store) QuadStore() *QuadStore { return &QuadStore{s: s} }

// QuadStore returns the snapshot for Cayley, for reading only. It lives as long as the snapshot.
func (v *Snapshot) QuadStore() *QuadStore { return &QuadStore{s: v.s, snap: v} }

// Err returns the first error that a call on q met and could not return.
func (q *QuadStore) Err() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err
}

func (q *QuadStore) keep(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.err = err
	}
}

// Close does nothing: the store is closed with Store.Close, the snapshot with Snapshot.Close.
func (q *QuadStore) Close() error { return nil }

// read calls f with the state to read.
func (q *QuadStore) read(f func(v *Snapshot) error) error {
	if q.snap != nil {
		return f(q.snap)
	}
	return q.s.read(f)
}

// nodeRef is Cayley's reference to a term. It stays good when the store is opened again.
type nodeRef ID

// Key returns the reference itself.
func (n nodeRef) Key() interface{} { return n }

// quadRef is Cayley's reference to a quad.
type quadRef QuadID

// Key returns the reference itself.
func (q quadRef) Key() interface{} { return q }

// ref returns the reference to the term with the id, nil for none.
func ref(id ID) graph.Ref {
	if id == 0 {
		return nil
	}
	return nodeRef(id)
}

// id returns the id behind a reference; 0 when it is no term of the store.
func (q *QuadStore) id(r graph.Ref) ID {
	switch r := r.(type) {
	case nodeRef:
		return ID(r)
	case graph.PreFetchedValue:
		if n, ok := q.ValueOf(r.NameOf()).(nodeRef); ok {
			return ID(n)
		}
	}
	return 0
}

// ValueOf returns the reference to a value, nil when no quad has it. A native value, such as quad.Int(5), that was not
// stored as such stands for the RDF literal of that value.
func (q *QuadStore) ValueOf(val quad.Value) graph.Ref {
	var found graph.Ref
	err := q.read(func(v *Snapshot) error {
		for _, t := range termsOf(val) {
			at, err := v.s.find(v.db, encodeTerm(canonical(t)), nil)
			if err != nil {
				return err
			}
			if at.found {
				found = nodeRef(at.id)
				return nil
			}
		}
		return nil
	})
	q.keep(err)
	return found
}

// NameOf returns the value behind a reference, nil when it is not in the store.
func (q *QuadStore) NameOf(r graph.Ref) quad.Value {
	if p, ok := r.(graph.PreFetchedValue); ok {
		return p.NameOf()
	}
	n, ok := r.(nodeRef)
	if !ok {
		return nil
	}
	return q.name(ID(n))
}

func (q *QuadStore) name(id ID) quad.Value {
	if q.snap != nil {
		t, err := q.snap.term(id)
		q.keep(err)
		return valueOf(t)
	}
	t, err := q.s.liveTerm(id)
	q.keep(err)
	return valueOf(t)
}

// liveTerm returns the term that has the id now, NoTerm when none has: it may have gone since the id was read.
func (s *Store) liveTerm(id ID) (schema.Term, error) {
	if err := s.life.enter(); err != nil {
		return schema.Term{}, err
	}
	defer s.life.leave()
	gen := s.cache.generation()
	if t, ok := s.cache.get(gen, id); ok {
		return t, nil
	}
	t, ok, err := s.term(s.db, id)
	if err == nil && ok {
		s.cache.put(gen, id, t)
	}
	return t, err
}

// Quad returns the quad behind a reference.
func (q *QuadStore) Quad(r graph.Ref) quad.Quad {
	id, ok := r.(quadRef)
	if !ok {
		return quad.Quad{}
	}
	out := quad.Quad{Subject: q.name(id[subj]), Predicate: q.name(id[pred]), Object: q.name(id[obj])}
	if id[label] != 0 {
		out.Label = q.name(id[label])
	}
	return out
}

// QuadDirection returns the reference to one term of a quad, nil for the default graph.
func (q *QuadStore) QuadDirection(r graph.Ref, d quad.Direction) graph.Ref {
	id, ok := r.(quadRef)
	if !ok {
		return nil
	}
	return ref(id[position(d)])
}

func position(d quad.Direction) int {
	switch d {
	case quad.Subject:
		return subj
	case quad.Predicate:
		return pred
	case quad.Object:
		return obj
	}
	return label
}

// QuadIterator returns the quads that have the term at the direction.
func (q *QuadStore) QuadIterator(d quad.Direction, r graph.Ref) graph.Iterator {
	id := q.id(r)
	if id == 0 {
		return iterator.NewNull()
	}
	scan := &quadShape{qs: q, result: wholeQuad}
	scan.p.fix(position(d), id)
	return graph.NewLegacy(scan, nil)
}

// QuadIteratorSize returns how many quads have the term at the direction: exact for small numbers, else an estimate.
func (q *QuadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, r graph.Ref) (graph.Size, error) {
	id := q.id(r)
	if id == 0 {
		return graph.Size{Size: 0, Exact: true}, nil
	}
	var p pattern
	p.fix(position(d), id)
	return q.size(ctx, p)
}

// NodesAllIterator returns all terms that quads use.
func (q *QuadStore) NodesAllIterator() graph.Iterator {
	return graph.NewLegacy(&nodeShape{q}, nil)
}

// QuadsAllIterator returns all quads.
func (q *QuadStore) QuadsAllIterator() graph.Iterator {
	return graph.NewLegacy(&quadShape{qs: q, result: wholeQuad}, nil)
}

// Stats returns the exact numbers of terms and quads.
func (q *QuadStore) Stats(ctx context.Context, _ bool) (graph.Stats, error) {
	var st Stats
	err := q.read(func(v *Snapshot) (err error) {
		st, err = v.Stats(ctx)
		return err
	})
	return graph.Stats{
		Nodes: graph.Size{Size: st.Terms, Exact: true},
		Quads: graph.Size{Size: st.Quads, Exact: true},
	}, err
}

// ApplyDeltas makes the changes one after another, all of them or none. Cayley's rules hold: adding what is there and
// removing what is not are errors (*graph.DeltaError) unless o ignores them. Unlike Store.Apply it takes any value at any
// position, since Cayley does.
func (q *QuadStore) ApplyDeltas(in []graph.Delta, o graph.IgnoreOpts) error {
	if q.snap != nil {
		return ErrReadOnly
	}
	return q.s.update(context.Background(), func(c *change) error {
		for _, d := range in {
			if err := c.delta(d, o); err != nil {
				return &graph.DeltaError{Delta: d, Err: err}
			}
		}
		return nil
	})
}

func (c *change) delta(d graph.Delta, o graph.IgnoreOpts) error {
	t, err := quadOf(d.Quad)
	if err != nil {
		return err
	}
	switch d.Action {
	case graph.Add:
		changed, err := c.add(t)
		if err == nil && !changed && !o.IgnoreDup {
			return graph.ErrQuadExists
		}
		return err
	case graph.Delete:
		changed, err := c.remove(t)
		if err == nil && !changed && !o.IgnoreMissing {
			return graph.ErrQuadNotExist
		}
		return err
	}
	return graph.ErrInvalidAction
}

// NewQuadWriter returns a writer that adds quads in large batches; what is there already stays. Close writes the last one.
func (q *QuadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if q.snap != nil || q.s.readOnly {
		return nil, ErrReadOnly
	}
	return &quadWriter{qs: q}, nil
}

const writerBatch = 10000 // quads

type quadWriter struct {
	qs  *QuadStore
	buf []graph.Delta
}

// WriteQuad adds a quad, some time before Close.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	w.buf = append(w.buf, graph.Delta{Quad: q, Action: graph.Add})
	if len(w.buf) < writerBatch {
		return nil
	}
	return w.flush()
}

// WriteQuads adds quads, some time before Close, and returns how many it took.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	for i, q := range quads {
		if err := w.WriteQuad(q); err != nil {
			return i, err
		}
	}
	return len(quads), nil
}

// Close writes what is left.
func (w *quadWriter) Close() error { return w.flush() }

func (w *quadWriter) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	err := w.qs.ApplyDeltas(w.buf, graph.IgnoreOpts{IgnoreDup: true})
	w.buf = w.buf[:0]
	return err
}

// sizeLimit is how many quads size counts before it estimates.
const sizeLimit = 512

// size returns how many quads fit the pattern.
func (q *QuadStore) size(ctx context.Context, p pattern) (size graph.Size, err error) {
	err = q.read(func(v *Snapshot) error {
		st, err := v.Stats(ctx)
		if err != nil {
			return err
		}
		x, n := p.plan()
		if n == 0 && p.prefixLen(spog) == 0 && p.fixed == [4]bool{} {
			size = graph.Size{Size: st.Quads, Exact: true}
			return nil
		}
		c := newCursor(v.s, v, p)
		for size.Size < sizeLimit {
			if _, ok := c.next(ctx); !ok {
				size.Exact = c.err == nil
				return c.err
			}
			size.Size++
		}
		size.Size, err = q.s.estimate(x.prefix(p.want, n), x.tag, st.Quads)
		return err
	})
	return size, err
}

// estimate guesses from the bytes on disk how many of all quads are under the prefix; at least sizeLimit.
func (s *Store) estimate(prefix []byte, tag byte, all int64) (n int64, err error) {
	err = guard(func() error {
		part, err := s.db.EstimateDiskUsage(prefix, after(prefix))
		if err != nil {
			return err
		}
		whole, err := s.db.EstimateDiskUsage([]byte{tag}, []byte{tag + 1})
		if err != nil {
			return err
		}
		n = max(sizeLimit, int64(float64(all)*float64(part)/float64(max(whole, 1))))
		return nil
	})
	return n, classify(err)
}

// quadOf turns a Cayley quad into ours. Subject, predicate and object must be there.
func quadOf(q quad.Quad) (out schema.Quad, err error) {
	if !q.IsValid() {
		return out, fmt.Errorf("quad %v lacks a term", q)
	}
	out.Subject, out.Predicate, out.Object = termsOf(q.Subject)[0], termsOf(q.Predicate)[0], termsOf(q.Object)[0]
	if q.Label != nil {
		out.Graph = termsOf(q.Label)[0]
	}
	return out, nil
}
