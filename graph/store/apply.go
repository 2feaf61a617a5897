package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/cockroachdb/pebble/v2"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// Batch is one change. Removing comes before adding: a quad in both lists is there afterwards, and so is a record that is
// both deleted and put. To add what is there, or to remove what is not, is no error.
type Batch struct {
	Add, Remove []schema.Quad
	// Put are side records, by key: any non-empty UTF-8 text.
	Put    map[string][]byte
	Delete []string
}

// Apply makes the change, the whole of it or nothing; when it returns nil the change is on disk. Quads to add must be ones
// that rdf.Check accepts, or the error is an *rdf.TermError. Language tags are stored in lower case. A term that no quad
// uses any more goes with the last one that did.
//
// An error of the disk ends all writing until the store is opened again; the change may then be there or not.
func (s *Store) Apply(ctx context.Context, b Batch) error {
	if err := b.check(); err != nil {
		return err
	}
	return s.update(ctx, func(c *change) error { return c.batch(ctx, b) })
}

func (b Batch) check() error {
	for _, q := range b.Add {
		if err := rdf.Check(q); err != nil {
			return fmt.Errorf("add quad: %w", err)
		}
	}
	for key := range b.Put {
		if key == "" || !utf8.ValidString(key) {
			return fmt.Errorf("put record: bad key %q", key)
		}
	}
	return nil
}

// update lets fill make up a change, and commits it. One update runs at a time.
func (s *Store) update(ctx context.Context, fill func(*change) error) error {
	if s.readOnly {
		return ErrReadOnly
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.life.enter(); err != nil {
		return err
	}
	defer s.life.leave()
	c := &change{
		s: s, ids: map[schema.Term]ID{}, fresh: map[ID][]byte{}, quads: map[QuadID]*presence{},
		out: s.db.NewBatch(), stats: s.stats,
	}
	if err := fill(c); err != nil {
		return c.drop(err)
	}
	return c.commit(ctx)
}

// change is an update being made up. It reads the store as it was before, which nobody else changes meanwhile.
type change struct {
	s     *Store
	ids   map[schema.Term]ID   // of the terms met so far; 0: not in the store
	fresh map[ID][]byte        // slots given to new terms, with their values
	quads map[QuadID]*presence // the quads met so far
	out   *pebble.Batch
	stats Stats
}

type presence struct{ before, after bool }

func (c *change) batch(ctx context.Context, b Batch) error {
	for i, q := range b.Remove {
		if _, err := c.remove(q); err != nil {
			return err
		}
		if err := every1024(ctx, i); err != nil {
			return err
		}
	}
	for i, q := range b.Add {
		if _, err := c.add(q); err != nil {
			return err
		}
		if err := every1024(ctx, i); err != nil {
			return err
		}
	}
	return c.records(b)
}

// every1024 asks ctx now and then.
func every1024(ctx context.Context, i int) error {
	if i%1024 == 0 {
		return ctx.Err()
	}
	return nil
}

// add says whether the quad was missing so far.
func (c *change) add(q schema.Quad) (bool, error) {
	id, _, err := c.resolve(q, true)
	if err != nil {
		return false, err
	}
	p, err := c.presence(id)
	if err != nil || p.after {
		return false, err
	}
	p.after = true
	return true, nil
}

// remove says whether the quad was there so far.
func (c *change) remove(q schema.Quad) (bool, error) {
	id, ok, err := c.resolve(q, false)
	if err != nil || !ok {
		return false, err
	}
	p, err := c.presence(id)
	if err != nil || !p.after {
		return false, err
	}
	p.after = false
	return true, nil
}

// resolve returns the quad as ids; ok is false when one of its terms is not there and none is to be made.
func (c *change) resolve(q schema.Quad, create bool) (id QuadID, ok bool, err error) {
	for pos, t := range terms(q) {
		if t.Kind == schema.NoTerm {
			continue
		}
		if id[pos], err = c.resolveTerm(canonical(t), create); err != nil || id[pos] == 0 {
			return id, false, err
		}
	}
	return id, true, nil
}

func (c *change) resolveTerm(t schema.Term, create bool) (ID, error) {
	id, met := c.ids[t]
	if met && (id != 0 || !create) {
		return id, nil
	}
	enc := encodeTerm(t)
	at, err := c.s.find(c.s.db, enc, c.fresh)
	switch {
	case err != nil:
		return 0, err
	case at.found:
		id = at.id
	case create:
		id = at.id
		c.fresh[id] = enc
	}
	c.ids[t] = id
	return id, nil
}

func (c *change) presence(q QuadID) (*presence, error) {
	if p := c.quads[q]; p != nil {
		return p, nil
	}
	p := &presence{}
	if !c.anyFresh(q) {
		_, ok, err := c.s.get(c.s.db, spog.key(q))
		if err != nil {
			return nil, err
		}
		p.before, p.after = ok, ok
	}
	c.quads[q] = p
	return p, nil
}

func (c *change) anyFresh(q QuadID) bool {
	for _, id := range q {
		if c.fresh[id] != nil {
			return true
		}
	}
	return false
}

func (c *change) records(b Batch) error {
	deleted := map[string]bool{}
	for _, key := range b.Delete {
		if _, put := b.Put[key]; put || deleted[key] {
			continue
		}
		deleted[key] = true
		_, ok, err := c.s.get(c.s.db, recordKey(key))
		if err != nil {
			return err
		}
		if ok {
			c.stats.Records--
			err = c.out.Delete(recordKey(key), nil)
		}
		if err != nil {
			return err
		}
	}
	for key, val := range b.Put {
		_, ok, err := c.s.get(c.s.db, recordKey(key))
		if err != nil {
			return err
		}
		if !ok {
			c.stats.Records++
		}
		if err := c.out.Set(recordKey(key), val, nil); err != nil {
			return err
		}
	}
	return nil
}

// commit writes the change with all that follows from it: indexes, new terms, terms no longer used, counts.
func (c *change) commit(ctx context.Context) error {
	gone, err := c.write(ctx)
	if err == nil && !c.out.Empty() {
		err = c.out.Set(metaKey(metaCounts), encodeStats(c.stats), nil)
	}
	if err != nil || c.out.Empty() {
		return c.drop(err)
	}
	if err := c.s.cache.removing(gone, func() error { return c.s.commit(c.out) }); err != nil {
		return err
	}
	c.s.stats = c.stats
	return nil
}

// drop gives the change up and returns err.
func (c *change) drop(err error) error {
	if closeErr := c.out.Close(); closeErr != nil {
		return errors.Join(err, closeErr)
	}
	return err
}

// commit writes the batch to disk.
func (s *Store) commit(b *pebble.Batch) error {
	s.dirty = true
	err := s.edges.changing(func() error { return s.applyBatch(b) })
	if err != nil {
		return fmt.Errorf("write store %s: %w", s.dir, classify(err))
	}
	return b.Close()
}

// applyBatch hands the batch to the engine, on a log that it fits into where there can be one.
func (s *Store) applyBatch(b *pebble.Batch) error {
	n := s.memory.needs(b)
	if s.memory.full(n) && s.memory.used > 0 {
		if err := s.rotate(func() error { _, err := s.db.AsyncFlush(); return err }); err != nil {
			return err
		}
		s.memory.rotated()
	}
	apply := func() error { return s.db.Apply(b, pebble.Sync) }
	if s.memory.full(n) {
		return s.rotate(apply)
	}
	s.memory.used += n
	return s.fatal.run(apply)
}

// write puts quads and terms into the batch and returns the ids of the terms that go.
func (c *change) write(ctx context.Context) (gone []ID, err error) {
	used := map[ID]bool{} // the ids in changed quads; true: in one that was added
	for q, p := range c.quads {
		if p.before == p.after {
			continue
		}
		for _, id := range q {
			used[id] = used[id] || p.after
		}
		if err := c.writeQuad(q, p.after); err != nil {
			return nil, err
		}
	}
	if err := c.writeTerms(used); err != nil {
		return nil, err
	}
	return c.collect(ctx, used)
}

func (c *change) writeQuad(q QuadID, add bool) error {
	write := func(key []byte) error { return c.out.Set(key, nil, nil) }
	c.stats.Quads++
	if !add {
		write = func(key []byte) error { return c.out.Delete(key, nil) }
		c.stats.Quads -= 2
	}
	for _, x := range indexes() {
		if err := write(x.key(q)); err != nil {
			return err
		}
	}
	return nil
}

// writeTerms writes the new terms that are used. One that is not, since its quad was removed again, leaves its slot empty,
// or marked when the next slot was given out as well.
func (c *change) writeTerms(used map[ID]bool) error {
	for id, enc := range c.fresh {
		if used[id] {
			c.stats.Terms++
		} else if enc = nil; c.fresh[next(id)] == nil {
			continue
		}
		if err := c.out.Set(termKey(id), enc, nil); err != nil {
			return err
		}
	}
	return nil
}

// collect removes the terms of removed quads that no quad uses any more.
func (c *change) collect(ctx context.Context, used map[ID]bool) (gone []ID, err error) {
	it, err := c.s.db.NewIter(nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for id, added := range used {
		if id == 0 || added || c.fresh[id] != nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		left, err := c.left(it, id)
		if err != nil {
			return nil, fmt.Errorf("read store %s: %w", c.s.dir, classify(err))
		}
		if left {
			continue
		}
		if err := c.free(id); err != nil {
			return nil, err
		}
		gone = append(gone, id)
	}
	return gone, nil
}

// left says whether a quad that stays has the term at any position.
func (c *change) left(it *pebble.Iterator, id ID) (left bool, err error) {
	err = guard(func() error {
		for _, x := range indexes() {
			prefix := x.prefix(QuadID{id, id, id, id}, 1)
			for ok := it.SeekGE(prefix); ok && bytes.HasPrefix(it.Key(), prefix); ok = it.Next() {
				if len(it.Key()) != quadKeyLen {
					return fmt.Errorf("%w: key %x has the wrong length", ErrCorrupt, it.Key())
				}
				if p := c.quads[x.quad(it.Key())]; p == nil || p.after {
					left = true
					return nil
				}
			}
		}
		return it.Error()
	})
	return left, err
}

// free empties the slot of a term, leaving a mark when the next slot is not empty.
func (c *change) free(id ID) error {
	c.stats.Terms--
	above := next(id)
	_, taken, err := c.s.get(c.s.db, termKey(above))
	if err != nil {
		return err
	}
	if taken || c.fresh[above] != nil {
		return c.out.Set(termKey(id), nil, nil)
	}
	return c.out.Delete(termKey(id), nil)
}
