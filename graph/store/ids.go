package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"

	"newsgraph/schema"
)

// Subject returns the id of the subject.
func (q QuadID) Subject() ID { return q[subj] }

// Predicate returns the id of the predicate.
func (q QuadID) Predicate() ID { return q[pred] }

// Object returns the id of the object.
func (q QuadID) Object() ID { return q[obj] }

// Graph returns the id of the graph, 0 for the default graph.
func (q QuadID) Graph() ID { return q[label] }

// idReader reads the quads of a snapshot as ids, for searches that visit many of them: it never looks at terms unless asked,
// and keeps one iterator of the engine for each index, so that a scan costs a seek and then some 50 ns a quad. Seeks in
// ascending order of ids are the cheapest: a search that sorts the nodes of each step before it visits them reads the disk
// in order.
//
// The methods append to dst and return it, so a caller can use one slice over and over. It is for one goroutine (take one
// for each); Close it before its snapshot. Terms turned into ids once stay good for the whole snapshot.
type idReader struct {
	v   *Snapshot
	its [4]*pebble.Iterator // as indexes() lists them; nil until used
	key []byte

	quads []QuadID // read last, for targets
}

// IDs returns a reader of the snapshot's quads as ids.
func (v *Snapshot) IDs() IDs { return &idReader{v: v} }

// Close lets the reader's iterators go.
func (r *idReader) Close() error {
	return guard(func() (err error) {
		for i, it := range r.its {
			if it != nil {
				err = errors.Join(err, r.v.done(it))
			}
			r.its[i] = nil
		}
		return err
	})
}

// Find returns the id of a term; ok is false when no quad has it.
func (r *idReader) Find(t schema.Term) (id ID, ok bool, err error) {
	return r.v.Find(t)
}

// Term returns the term with the id, which came from this snapshot; the zero Term for 0.
func (r *idReader) Term(id ID) (schema.Term, error) {
	if id == 0 {
		return schema.Term{}, nil
	}
	return r.v.term(id)
}

// Match appends the quads that fit want, where 0 fits anything, the default graph and every named one included. They are
// sorted by the ids in the order of the index that begins with the most known positions.
func (r *idReader) Match(ctx context.Context, dst []QuadID, want QuadID) ([]QuadID, error) {
	p := want.pattern()
	x, n := p.plan()
	r.key = x.appendPrefix(r.key[:0], want, n)
	err := guard(func() (err error) {
		dst, err = r.scan(ctx, dst, x, &p)
		return err
	})
	if err != nil {
		return dst, fmt.Errorf("read store %s: %w", r.v.s.dir, classify(err))
	}
	return dst, nil
}

// scan appends the quads under the prefix in r.key that fit the pattern.
func (r *idReader) scan(ctx context.Context, dst []QuadID, x index, p *pattern) ([]QuadID, error) {
	it, err := r.iterator(x)
	if err != nil {
		return dst, err
	}
	n := 0
	for ok := it.SeekGE(r.key); ok && bytes.HasPrefix(it.Key(), r.key); ok = it.Next() {
		if len(it.Key()) != quadKeyLen {
			return dst, corrupt("key %x has the wrong length", it.Key())
		}
		if q := x.quad(it.Key()); p.fits(q) {
			dst = append(dst, q)
		}
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return dst, ctx.Err()
		}
	}
	return dst, errors.Join(it.Error(), ctx.Err())
}

// iterator returns the reader's iterator over an index.
func (r *idReader) iterator(x index) (*pebble.Iterator, error) {
	at := 0
	for i, y := range indexes() {
		if y.tag == x.tag {
			at = i
		}
	}
	if r.its[at] == nil {
		it, err := r.v.iterator(keyRange{[]byte{x.tag}, []byte{x.tag + 1}})
		if err != nil {
			return nil, err
		}
		r.its[at] = it
	}
	return r.its[at], nil
}
