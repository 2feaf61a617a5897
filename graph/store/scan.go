package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// keyRange is the keys from lower to upper, upper not among them (nil: to the end).
type keyRange struct{ lower, upper []byte }

// source hands out iterators of the engine, one to a user at a time.
type source interface {
	iterator(keyRange) (*pebble.Iterator, error)
	done(*pebble.Iterator) error
}

// live is the store as it is when an iterator is asked for.
type live struct{ db *pebble.DB }

func (l live) iterator(k keyRange) (*pebble.Iterator, error) {
	return l.db.NewIter(&pebble.IterOptions{LowerBound: k.lower, UpperBound: k.upper})
}

func (live) done(it *pebble.Iterator) error { return it.Close() }

// scan calls f for the keys of the range in order until f returns false. Key and value are valid during the call, and f
// must not panic.
func (k keyRange) scan(src source, f func(key, val []byte) bool) error {
	return guard(func() (err error) {
		it, err := src.iterator(k)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, src.done(it)) }()
		for ok := it.First(); ok; ok = it.Next() {
			val, err := it.ValueAndErr()
			if err != nil {
				return err
			}
			if !f(it.Key(), val) {
				break
			}
		}
		return it.Error()
	})
}

const (
	firstChunk = 16   // keys read at once at first: many ranges are short
	lastChunk  = 1024 // and at most
)

// each calls f for the keys of the range in order, outside the engine, so that f may do what it wants.
func (k keyRange) each(ctx context.Context, v *Snapshot, f func(key, val []byte) error) error {
	type pair struct{ key, val []byte }
	for size := firstChunk; ; size = min(2*size, lastChunk) {
		var pairs []pair
		err := k.scan(v, func(key, val []byte) bool {
			pairs = append(pairs, pair{append([]byte{}, key...), append([]byte{}, val...)})
			return len(pairs) < size
		})
		if err != nil {
			return fmt.Errorf("read store %s: %w", v.s.dir, classify(err))
		}
		for _, p := range pairs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := f(p.key, p.val); err != nil {
				return err
			}
		}
		if len(pairs) < size {
			return nil
		}
		k.lower = append(pairs[size-1].key, 0)
	}
}

// cursor reads the quads that fit a pattern, in key order of the index that serves it. It reads ahead in chunks and holds
// nothing of the engine between them, so it need not be closed.
type cursor struct {
	v     *Snapshot
	p     pattern
	index index
	left  keyRange // not read yet
	chunk []QuadID // read ahead
	pos   int
	size  int
	most  int  // that size grows to
	done  bool // nothing is left to read
	err   error
}

func newCursor(v *Snapshot, p pattern) *cursor {
	x, n := p.plan()
	lower := x.prefix(p.want, n)
	return &cursor{v: v, p: p, index: x, left: keyRange{lower, after(lower)}, size: firstChunk, most: lastChunk}
}

// next returns the next quad; ok is false at the end and after an error, which is in c.err.
func (c *cursor) next(ctx context.Context) (q QuadID, ok bool) {
	for c.pos == len(c.chunk) {
		if c.done || c.err != nil {
			return q, false
		}
		if c.err = ctx.Err(); c.err == nil {
			c.read()
		}
	}
	c.pos++
	return c.chunk[c.pos-1], true
}

// read fills the chunk. It ends after some keys even when none of them fits, for the context to be asked.
func (c *cursor) read() {
	c.chunk, c.pos = c.chunk[:0], 0
	n := 0
	var last []byte
	var bad error
	err := c.left.scan(c.v, func(key, _ []byte) bool {
		if len(key) != quadKeyLen {
			bad = fmt.Errorf("%w: key %x has the wrong length", ErrCorrupt, key)
			return false
		}
		if q := c.index.quad(key); c.p.fits(q) {
			c.chunk = append(c.chunk, q)
		}
		n++
		if n == c.size {
			last = append(last, key...)
		}
		return n < c.size
	})
	if err = errors.Join(err, bad); err != nil {
		c.err = fmt.Errorf("read store %s: %w", c.v.s.dir, classify(err))
		c.chunk = c.chunk[:0]
	}
	c.done = n < c.size
	c.left.lower = append(last, 0)
	c.size = min(2*c.size, c.most)
}
