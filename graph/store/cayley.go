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

// QuadStore is a store, or one moment of it, as Cayley's query engines see it. It is registered nowhere: give it to
// them with graph.Handle or as it is. It is safe for concurrent use.
//
// Much of Cayley's interface has no way to return an error: after a query, ask Err.
type QuadStore struct {
	read  func(f func(s Source) error) error // calls f with the state to read
	fixed bool                               // it is always the same state
	edit  Edit                               // nil for reading only

	mu  sync.Mutex
	err error
}

var _ graph.QuadStore = (*QuadStore)(nil)

// Edit lets fill make up a change of quads with functions that add or remove one, and say whether that changed anything, and
// makes it, the whole of it or nothing.
type Edit func(ctx context.Context, fill func(add, remove func(q schema.Quad) (changed bool, err error)) error) error

// NewQuadStore returns a store for Cayley whose every call, and every part of a long one, reads what read hands it. edit is nil
// where nothing can be written.
func NewQuadStore(read func(f func(s Source) error) error, edit Edit) *QuadStore {
	return &QuadStore{read: read, edit: edit}
}

// NewSnapshot returns one state of a store for Cayley, for reading only.
func NewSnapshot(s Source) *QuadStore {
	return &QuadStore{read: func(f func(Source) error) error { return f(s) }, fixed: true}
}

// QuadStore returns the living store for Cayley: each iterator sees the store as it is while it runs. Queries that must see
// one state take Snapshot.QuadStore.
func (s *Store) QuadStore() *QuadStore {
	read := func(f func(Source) error) error { return s.read(func(v *Snapshot) error { return f(v) }) }
	if s.readOnly {
		return NewQuadStore(read, nil)
	}
	return NewQuadStore(read, func(ctx context.Context, fill func(add, remove func(schema.Quad) (bool, error)) error) error {
		return s.update(ctx, func(c *change) error { return fill(c.one(ctx)) })
	})
}

// QuadStore returns the snapshot for Cayley, for reading only. It lives as long as the snapshot.
func (v *Snapshot) QuadStore() *QuadStore { return NewSnapshot(v) }

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

// Close does nothing: what the QuadStore came from is closed by itself.
func (q *QuadStore) Close() error { return nil }

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
	err := q.read(func(s Source) error {
		for _, t := range termsOf(val) {
			id, ok, err := s.Find(t)
			if err != nil {
				return err
			}
			if ok {
				found = nodeRef(id)
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

// name returns the value of a term, nil when it has gone since its id was read.
func (q *QuadStore) name(id ID) quad.Value {
	var t schema.Term
	q.keep(q.read(func(s Source) (err error) {
		t, _, err = s.Lookup(id)
		return err
	}))
	return valueOf(t)
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
	scan.want[position(d)] = id
	return graph.NewLegacy(scan, nil)
}

// QuadIteratorSize returns how many quads have the term at the direction: exact for small numbers, else an estimate.
func (q *QuadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, r graph.Ref) (graph.Size, error) {
	id := q.id(r)
	if id == 0 {
		return graph.Size{Size: 0, Exact: true}, nil
	}
	var want QuadID
	want[position(d)] = id
	return q.size(ctx, want)
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
	err := q.read(func(s Source) (err error) {
		st, err = s.Stats(ctx)
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
	if q.edit == nil {
		return ErrReadOnly
	}
	return q.edit(context.Background(), func(add, remove func(schema.Quad) (bool, error)) error {
		for _, d := range in {
			if err := applyDelta(d, o, add, remove); err != nil {
				return &graph.DeltaError{Delta: d, Err: err}
			}
		}
		return nil
	})
}

func applyDelta(d graph.Delta, o graph.IgnoreOpts, add, remove func(schema.Quad) (bool, error)) error {
	t, err := quadOf(d.Quad)
	if err != nil {
		return err
	}
	switch d.Action {
	case graph.Add:
		changed, err := add(t)
		if err == nil && !changed && !o.IgnoreDup {
			return graph.ErrQuadExists
		}
		return err
	case graph.Delete:
		changed, err := remove(t)
		if err == nil && !changed && !o.IgnoreMissing {
			return graph.ErrQuadNotExist
		}
		return err
	}
	return graph.ErrInvalidAction
}

// NewQuadWriter returns a writer that adds quads in large batches; what is there already stays. Close writes the last one.
func (q *QuadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if q.edit == nil {
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

// size returns how many quads fit.
func (q *QuadStore) size(ctx context.Context, want QuadID) (size graph.Size, err error) {
	err = q.read(func(s Source) (err error) {
		size.Size, size.Exact, err = s.Size(ctx, want)
		return err
	})
	return size, err
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
