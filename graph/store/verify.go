package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Verify reads the whole store and checks that its parts agree: the four indexes hold the same quads, every term that a quad
// names is in the dictionary, where a search finds it, every term there is used, the counts are right, and the filters that
// searches ask can be read. The error wraps
// ErrCorrupt and says what is wrong first. It sees one state of the store and changes nothing.
func (s *Store) Verify(ctx context.Context) error {
	return s.read(func(v *Snapshot) error {
		c := &checker{v: v, used: map[ID]bool{}}
		for _, check := range []func(context.Context) error{c.tags, c.quads, c.terms, c.counts, c.filters} {
			if err := check(ctx); err != nil {
				return fmt.Errorf("verify store %s: %w", s.dir, err)
			}
		}
		return nil
	})
}

type checker struct {
	v     *Snapshot
	used  map[ID]bool
	found Stats
}

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrCorrupt}, args...)...)
}

func (c *checker) each(ctx context.Context, tag byte, f func(key, val []byte) error) error {
	return keyRange{[]byte{tag}, []byte{tag + 1}}.each(ctx, c.v, f)
}

// tags looks for keys that the format does not know, and counts the records.
func (c *checker) tags(ctx context.Context) error {
	known := []byte{tagMeta, tagRecord, tagTerm}
	for _, x := range indexes() {
		known = append(known, x.tag)
	}
	err := keyRange{}.each(ctx, c.v, func(key, _ []byte) error {
		if len(key) == 0 || !bytes.Contains(known, key[:1]) {
			return corrupt("unknown key %x", key)
		}
		if key[0] == tagRecord {
			c.found.Records++
		}
		return nil
	})
	return err
}

// quads reads the first index, and compares the others with it.
func (c *checker) quads(ctx context.Context) error {
	first, err := c.digest(ctx, spog, func(q QuadID) error {
		for pos, id := range q {
			if id == 0 && pos != label {
				return corrupt("quad %x lacks a term", q)
			}
			c.used[id] = true
		}
		c.found.Quads++
		return nil
	})
	if err != nil {
		return err
	}
	for _, x := range []index{posg, ospg, gspo} {
		other, err := c.digest(ctx, x, func(QuadID) error { return nil })
		if err != nil {
			return err
		}
		if other != first {
			return corrupt("the indexes %q and %q hold different quads: %d and %d", spog.tag, x.tag, first.n, other.n)
		}
	}
	return nil
}

// digest is the same for the same set of quads, in whatever order they come.
type digest struct {
	n    int64
	a, b uint64 // sums of hashes of the quads
}

// digest reads an index and calls f for its quads.
func (c *checker) digest(ctx context.Context, x index, f func(QuadID) error) (d digest, err error) {
	err = c.each(ctx, x.tag, func(key, val []byte) error {
		if len(key) != quadKeyLen || len(val) != 0 {
			return corrupt("bad quad %x", key)
		}
		q := x.quad(key)
		sum := sha256.Sum256(spog.key(q))
		d.n++
		d.a += binary.BigEndian.Uint64(sum[:])
		d.b += binary.BigEndian.Uint64(sum[8:])
		return f(q)
	})
	return d, err
}

// terms reads the dictionary.
func (c *checker) terms(ctx context.Context) error {
	delete(c.used, 0)
	err := c.each(ctx, tagTerm, func(key, val []byte) error {
		if len(key) != termKeyLen {
			return corrupt("bad term key %x", key)
		}
		if len(val) == 0 {
			return nil // the mark of an emptied slot
		}
		c.found.Terms++
		return c.term(readID(key[1:]), val)
	})
	if err == nil && len(c.used) > 0 {
		err = corrupt("%d terms of quads are not in the dictionary", len(c.used))
	}
	return err
}

func (c *checker) term(id ID, val []byte) error {
	t, err := decodeTerm(val)
	if err != nil {
		return err
	}
	if !bytes.Equal(encodeTerm(canonical(t)), val) {
		return corrupt("term %x is not in its canonical form", uint64(id))
	}
	if id != c.v.s.home(val) { // else a search begins, and ends, here
		at, err := c.v.s.find(c.v.db, val, nil)
		if err != nil {
			return err
		}
		if !at.found || at.id != id {
			return corrupt("term %x is not where a search finds it", uint64(id))
		}
	}
	if !c.used[id] {
		return corrupt("term %x is in no quad", uint64(id))
	}
	delete(c.used, id)
	return nil
}

func (c *checker) counts(ctx context.Context) error {
	said, err := c.v.Stats(ctx)
	if err == nil && said != c.found {
		err = corrupt("counts say %+v, the store holds %+v", said, c.found)
	}
	return err
}

// filters asks the filter of every table: scans do not.
func (c *checker) filters(ctx context.Context) error {
	return guard(func() (err error) {
		levels, err := c.v.s.db.SSTables()
		if err != nil {
			return err
		}
		it, err := c.v.db.NewIter(&pebble.IterOptions{UseL6Filters: true})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, it.Close()) }()
		for _, tables := range levels {
			for _, t := range tables {
				it.SeekPrefixGE(t.Smallest.UserKey)
				if err := errors.Join(it.Error(), ctx.Err()); err != nil {
					return classify(err)
				}
			}
		}
		return nil
	})
}
