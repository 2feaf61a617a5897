package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"newsgraph/schema"
)

// Snapshot is a store as it was at one moment, for several reads that must agree. It is safe for concurrent use; Close it,
// and before the store.
type Snapshot struct {
	s   *Store
	db  pebble.Reader
	gen uint64 // of the term cache; odd: read without it
	// edgeGen is the same of the cache of edges.
	edgeGen uint64

	mu   sync.Mutex
	idle []*pebble.Iterator // to be used again: a new one costs more than a short scan
}

// iterator returns an iterator over the range.
func (v *Snapshot) iterator(k keyRange) (*pebble.Iterator, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if n := len(v.idle); n > 0 {
		it := v.idle[n-1]
		v.idle = v.idle[:n-1]
		it.SetBounds(k.lower, k.upper)
		return it, nil
	}
	return v.db.NewIter(&pebble.IterOptions{LowerBound: k.lower, UpperBound: k.upper})
}

// done takes an iterator back, unless it failed.
func (v *Snapshot) done(it *pebble.Iterator) error {
	if it.Error() != nil {
		return it.Close()
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.idle = append(v.idle, it)
	return nil
}

// end closes what the snapshot holds of the engine.
func (v *Snapshot) end() error {
	return guard(func() (err error) {
		v.mu.Lock()
		defer v.mu.Unlock()
		for _, it := range v.idle {
			err = errors.Join(err, it.Close())
		}
		v.idle = nil
		return errors.Join(err, v.db.Close())
	})
}

// Snapshot returns the store as it is now. Of a closed store it returns one whose methods all return ErrClosed.
func (s *Store) Snapshot() Reader {
	if err := s.life.enter(); err != nil {
		return &Snapshot{s: s, db: closedReader{}}
	}
	defer s.life.leave()
	s.life.hold(+1)
	return s.snapshot()
}

// closedReader is what a snapshot of a closed store reads.
type closedReader struct{}

func (closedReader) Get([]byte) ([]byte, io.Closer, error)                 { return nil, nil, ErrClosed }
func (closedReader) NewIter(*pebble.IterOptions) (*pebble.Iterator, error) { return nil, ErrClosed }
func (closedReader) NewIterWithContext(context.Context, *pebble.IterOptions) (*pebble.Iterator, error) {
	return nil, ErrClosed
}
func (closedReader) Close() error { return ErrClosed }

func (s *Store) snapshot() *Snapshot {
	v := &Snapshot{s: s, gen: s.cache.generation(), edgeGen: s.edges.generation()}
	v.db = s.db.NewSnapshot()
	if s.cache.generation() != v.gen {
		v.gen = 1 // a removal came between: no generation is known to fit
	}
	if s.edges.generation() != v.edgeGen {
		v.edgeGen = 1
	}
	return v
}

// Close lets the snapshot go. It must not be used any more; a second Close is ErrClosed.
func (v *Snapshot) Close() error {
	err := v.end()
	if err == nil {
		v.s.life.hold(-1)
	}
	return err
}

// read calls f with a snapshot that lives as long as the call.
func (s *Store) read(f func(*Snapshot) error) error {
	if err := s.life.enter(); err != nil {
		return err
	}
	defer s.life.leave()
	v := s.snapshot()
	defer func() { _ = v.end() }() // what failed there has come out of f
	return f(v)
}

// Match calls f for every quad that fits p, where NoTerm fits anything: in the place of the graph the default graph and
// every named one. It sees one state of the store, whatever is written meanwhile, f included. The order is fixed by the
// quads alone, but is that of hashes: callers that show it sort it. An error of f ends the call and comes back as it is.
func (s *Store) Match(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return s.read(func(v *Snapshot) error { return v.Match(ctx, p, f) })
}

// MatchGraph is Match for one graph: NoTerm in p.Graph is the default graph.
func (s *Store) MatchGraph(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return s.read(func(v *Snapshot) error { return v.MatchGraph(ctx, p, f) })
}

// Has says whether the quad is there; NoTerm in q.Graph is the default graph.
func (s *Store) Has(ctx context.Context, q schema.Quad) (ok bool, err error) {
	err = s.read(func(v *Snapshot) error {
		ok, err = v.Has(ctx, q)
		return err
	})
	return ok, err
}

// Record returns the side record under key; ok is false when there is none. The bytes are the caller's.
func (s *Store) Record(ctx context.Context, key string) (val []byte, ok bool, err error) {
	err = s.read(func(v *Snapshot) error {
		val, ok, err = v.Record(ctx, key)
		return err
	})
	return val, ok, err
}

// Records calls f for every side record whose key begins with prefix, in byte order of the keys. It sees one state of the
// store. The bytes are the caller's; an error of f ends the call and comes back as it is.
func (s *Store) Records(ctx context.Context, prefix string, f func(key string, val []byte) error) error {
	return s.read(func(v *Snapshot) error { return v.Records(ctx, prefix, f) })
}

// Stats returns the exact sizes.
func (s *Store) Stats(ctx context.Context) (st Stats, err error) {
	err = s.read(func(v *Snapshot) error {
		st, err = v.Stats(ctx)
		return err
	})
	return st, err
}

// Match is Store.Match on the snapshot.
func (v *Snapshot) Match(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return v.match(ctx, p, false, f)
}

// MatchGraph is Store.MatchGraph on the snapshot.
func (v *Snapshot) MatchGraph(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return v.match(ctx, p, true, f)
}

// Has is Store.Has on the snapshot.
func (v *Snapshot) Has(ctx context.Context, q schema.Quad) (bool, error) {
	if q.Subject.Kind == schema.NoTerm || q.Predicate.Kind == schema.NoTerm || q.Object.Kind == schema.NoTerm {
		return false, nil
	}
	found := false
	err := v.match(ctx, q, true, func(schema.Quad) error {
		found = true
		return nil
	})
	return found, err
}

func (v *Snapshot) match(ctx context.Context, q schema.Quad, oneGraph bool, f func(schema.Quad) error) error {
	var p pattern
	for pos, t := range terms(q) {
		if t.Kind == schema.NoTerm {
			continue
		}
		at, err := v.s.find(v.db, encodeTerm(canonical(t)), nil)
		if err != nil || !at.found {
			return err
		}
		p.fix(pos, at.id)
	}
	p.fixed[label] = p.fixed[label] || oneGraph
	c := newCursor(v, p)
	c.most = manyQuads
	var quad schema.Quad
	var known glossary
	for last := (QuadID{}); ; {
		id, ok := c.next(ctx)
		if !ok {
			return c.err
		}
		if c.pos == 1 {
			var err error
			if known, err = v.glossary(ctx, c.chunk); err != nil {
				return err
			}
		}
		if err := v.resolve(&quad, id, last, known); err != nil {
			return err
		}
		if err := f(quad); err != nil {
			return err
		}
		last = id
	}
}

// resolve turns q, which is the quad last, into the quad id. Neighbours in an index share most of their terms.
func (v *Snapshot) resolve(q *schema.Quad, id, last QuadID, known glossary) (err error) {
	for pos, t := range [4]*schema.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		switch {
		case id[pos] == last[pos]:
		case id[pos] == 0 && pos == label:
			*t = schema.Term{}
		default:
			if at, ok := slices.BinarySearch(known.ids, id[pos]); ok && known.terms[at].Kind != schema.NoTerm {
				*t = known.terms[at]
			} else if *t, err = v.term(id[pos]); err != nil {
				return err
			}
		}
	}
	return nil
}

// manyQuads is how many quads are read ahead, at most, where all of their terms are wanted.
const manyQuads = 1 << 17

// glossary is the terms of some quads, as far as they are known: ids in ascending order, and their terms beside them.
type glossary struct {
	ids   []ID
	terms []schema.Term
}

// glossary reads the terms of many quads in the order of the dictionary; of few none. One by one each would be in a block that was
// read and unpacked for it alone.
func (v *Snapshot) glossary(ctx context.Context, quads []QuadID) (g glossary, err error) {
	if len(quads) <= lastChunk {
		return g, nil
	}
	for _, q := range quads {
		g.ids = append(g.ids, q[:]...)
	}
	slices.Sort(g.ids)
	g.ids = slices.Compact(g.ids)
	g.terms = make([]schema.Term, len(g.ids))
	err = guard(func() (err error) {
		it, err := v.iterator(keyRange{[]byte{tagTerm}, []byte{tagTerm + 1}})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, v.done(it)) }()
		for i, id := range g.ids {
			if err := errors.Join(every1024(ctx, i), v.define(&g.terms[i], id, it)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		err = fmt.Errorf("read store %s: %w", v.s.dir, classify(err))
	}
	return g, err
}

// define sets t to the term with the id, if there is one.
func (v *Snapshot) define(t *schema.Term, id ID, it *pebble.Iterator) (err error) {
	var ok bool
	if *t, ok = v.s.cache.get(v.gen, id); ok {
		return nil
	}
	key := termKey(id)
	if !it.SeekGE(key) || !bytes.Equal(it.Key(), key) {
		return it.Error()
	}
	val, err := it.ValueAndErr()
	if err == nil && len(val) > 0 {
		*t, err = decodeTerm(val)
	}
	return err
}

// term returns the term that a quad of the snapshot names.
func (v *Snapshot) term(id ID) (schema.Term, error) {
	t, ok, err := v.Lookup(id)
	if err == nil && !ok {
		err = fmt.Errorf("read store %s: %w: a quad names the term %x, which is not there", v.s.dir, ErrCorrupt, uint64(id))
	}
	return t, err
}

// Record is Store.Record on the snapshot.
func (v *Snapshot) Record(ctx context.Context, key string) ([]byte, bool, error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	return v.s.get(v.db, recordKey(key))
}

// Records is Store.Records on the snapshot.
func (v *Snapshot) Records(ctx context.Context, prefix string, f func(key string, val []byte) error) error {
	lower := recordKey(prefix)
	r := keyRange{lower: lower, upper: after(lower)}
	return r.each(ctx, v, func(key, val []byte) error { return f(string(key[1:]), bytes.Clone(val)) })
}

// Stats is Store.Stats on the snapshot.
func (v *Snapshot) Stats(ctx context.Context) (Stats, error) {
	if err := ctx.Err(); err != nil {
		return Stats{}, err
	}
	val, ok, err := v.s.get(v.db, metaKey(metaCounts))
	if err == nil && (!ok || len(val) != 24) {
		err = fmt.Errorf("read store %s: %w: counts are missing", v.s.dir, ErrCorrupt)
	}
	if err != nil {
		return Stats{}, err
	}
	return decodeStats(val), nil
}
