package store

import (
	"context"
	"fmt"

	"newsgraph/schema"
)

// What follows is the Source that a snapshot is.

// Find returns the id of a term; ok is false when no quad has it.
func (v *Snapshot) Find(t schema.Term) (id ID, ok bool, err error) {
	at, err := v.s.find(v.db, encodeTerm(canonical(t)), nil)
	return at.id, at.found, err
}

// Lookup returns the term with the id; ok is false when there is none.
func (v *Snapshot) Lookup(id ID) (t schema.Term, ok bool, err error) {
	if t, ok := v.s.cache.get(v.gen, id); ok {
		return t, true, nil
	}
	t, ok, err = v.s.term(v.db, id)
	if err == nil && ok {
		v.s.cache.put(v.gen, id, t)
	}
	return t, ok, err
}

// Quads appends to dst the next quads behind last that fit want, at most so many.
func (v *Snapshot) Quads(ctx context.Context, dst []QuadID, want, last QuadID, most int) ([]QuadID, error) {
	p := want.pattern()
	x, n := p.plan()
	prefix := x.prefix(want, n)
	left := keyRange{prefix, after(prefix)}
	if last != (QuadID{}) {
		left.lower = append(x.key(last), 0)
	}
	start, seen := len(dst), 0
	var bad error
	err := left.scan(v, func(key, _ []byte) bool {
		if len(key) != quadKeyLen {
			bad = corrupt("key %x has the wrong length", key)
			return false
		}
		if q := x.quad(key); want.fits(q) {
			dst = append(dst, q)
		}
		seen++
		bad = every1024(ctx, seen)
		return bad == nil && len(dst)-start < most
	})
	if err == nil {
		err = bad
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return dst[:start], fmt.Errorf("read store %s: %w", v.s.dir, classify(err))
	}
	return dst, nil
}

// Nodes appends to dst the next ids of terms behind last, at most so many.
func (v *Snapshot) Nodes(ctx context.Context, dst []ID, last ID, most int) ([]ID, error) {
	start := len(dst)
	left := keyRange{append(termKey(last), 0), []byte{tagTerm + 1}}
	err := left.scan(v, func(key, val []byte) bool {
		if len(val) > 0 && len(key) == termKeyLen {
			dst = append(dst, readID(key[1:]))
		}
		return len(dst)-start < most
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return dst[:start], fmt.Errorf("read store %s: %w", v.s.dir, classify(err))
	}
	return dst, nil
}

// sizeLimit is how many quads Size counts before it estimates.
const sizeLimit = 512

// Size returns how many quads fit want: exact for small numbers, else an estimate.
func (v *Snapshot) Size(ctx context.Context, want QuadID) (n int64, exact bool, err error) {
	st, err := v.Stats(ctx)
	if err != nil || want == (QuadID{}) {
		return st.Quads, err == nil, err
	}
	some, err := v.Quads(ctx, nil, want, QuadID{}, sizeLimit)
	if err != nil || len(some) < sizeLimit {
		return int64(len(some)), err == nil, err
	}
	p := want.pattern()
	x, length := p.plan()
	n, err = v.s.estimate(x.prefix(want, length), x.tag, st.Quads)
	return n, false, err
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
