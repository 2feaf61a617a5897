package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
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
	if err := b.Check(); err != nil {
		return err
	}
	return s.update(ctx, func(c *change) error { return c.batch(ctx, b) })
}

// Check finds what no store takes: quads to add that rdf.Check refuses, records without a key.
func (b Batch) Check() error {
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
	c := s.newChange()
	err := fill(c)
	if ended := c.endLookups(); err == nil { // Cayley compares errors
		err = ended
	}
	if err != nil {
		return c.drop(err)
	}
	return c.commit(ctx)
}

func (c *change) batch(ctx context.Context, b Batch) error {
	remove, err := c.meet(ctx, b.Remove, false)
	if err != nil {
		return err
	}
	add, err := c.meet(ctx, b.Add, true)
	if err != nil {
		return err
	}
	for _, q := range remove {
		c.remove(q)
	}
	for _, q := range add {
		c.add(q)
	}
	return c.records(ctx, b)
}

// every1024 asks ctx now and then.
func every1024(ctx context.Context, i int) error {
	if i%1024 == 0 {
		return ctx.Err()
	}
	return nil
}

// one returns functions that add or remove one quad, and say whether that changed anything.
func (c *change) one(ctx context.Context) (add, remove func(schema.Quad) (bool, error)) {
	change := func(create bool, do func(at int32) bool) func(schema.Quad) (bool, error) {
		return func(q schema.Quad) (bool, error) {
			at, err := c.meet(ctx, []schema.Quad{q}, create)
			return err == nil && do(at[0]), err
		}
	}
	return change(true, c.add), change(false, c.remove)
}

// add says whether the quad was missing so far.
func (c *change) add(at int32) bool {
	q := &c.quads[at]
	was := q.after
	q.after = true
	return !was
}

// remove says whether the quad was there so far.
func (c *change) remove(at int32) bool {
	if at == nowhere {
		return false
	}
	q := &c.quads[at]
	was := q.after
	q.after = false
	return was
}

// records writes the side records, in the order of their keys.
func (c *change) records(ctx context.Context, b Batch) error {
	keys := slices.AppendSeq(slices.Clone(b.Delete), maps.Keys(b.Put))
	slices.Sort(keys)
	for i, key := range slices.Compact(keys) {
		k := recordKey(key)
		_, there, err := c.s.look(&c.knownRecords, k)
		if err := errors.Join(every1024(ctx, i), err); err != nil {
			return err
		}
		val, put := b.Put[key]
		switch {
		case put:
			err = c.out.Set(k, val, nil)
		case there:
			err = c.out.Delete(k, nil)
		}
		if err != nil {
			return err
		}
		if put && !there {
			c.stats.Records++
		}
		if there && !put {
			c.stats.Records--
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
	own := perhapsOwn(b)
	if !own && s.memory.full(b) && s.memory.size == memoryMost {
		if err := s.rotate(func() error { _, err := s.db.AsyncFlush(); return err }); err != nil {
			return err
		}
		s.memory.rotated()
	}
	logs := s.fatal.logs.Load()
	defer func() { s.memory.added(b, s.fatal.logs.Load() > logs) }()
	apply := func() error { return s.db.Apply(b, pebble.Sync) }
	if own || s.memory.full(b) {
		return s.rotate(apply)
	}
	return s.fatal.run(apply)
}

// write puts quads and terms into the batch and returns the ids of the terms that go.
func (c *change) write(ctx context.Context) (gone []ID, err error) {
	changed := c.changed()
	for _, x := range indexes() {
		c.sortQuads(x, changed)
		for _, q := range changed {
			if err := c.writeQuad(x, &c.quads[q.at]); err != nil {
				return nil, err
			}
		}
	}
	if err := c.writeTerms(); err != nil {
		return nil, err
	}
	return c.collect(ctx)
}

// changed returns the quads that come or go, counts them and marks their terms.
func (c *change) changed() (changed []ranked) {
	for i := range c.quads {
		q := &c.quads[i]
		if q.before == q.after {
			continue
		}
		changed = append(changed, ranked{at: int32(i)})
		for _, t := range q.terms {
			c.terms[t].touched = true
			c.terms[t].used = c.terms[t].used || q.after
		}
		if c.stats.Quads++; q.before {
			c.stats.Quads -= 2
		}
	}
	return changed
}

func (c *change) writeQuad(x index, q *metQuad) error {
	var op *pebble.DeferredBatchOp
	if q.after {
		op = c.out.SetDeferred(quadKeyLen, 0)
	} else {
		op = c.out.DeleteDeferred(quadKeyLen)
	}
	x.appendPrefix(op.Key[:0], q.id, 4)
	return op.Finish()
}

// writeTerms writes the new terms that are used. One that is not, since its quad was removed again, leaves its slot empty,
// or marked when the next slot was given out as well.
func (c *change) writeTerms() error {
	for _, i := range c.sorted(func(t *metTerm) bool { return t.fresh }) {
		t := &c.terms[i]
		enc := t.enc
		if t.used {
			c.stats.Terms++
		} else if enc = nil; c.fresh[next(t.id)] == nil {
			continue
		}
		if err := c.out.Set(termKey(t.id), enc, nil); err != nil {
			return err
		}
	}
	return nil
}

// collect removes the terms of removed quads that no quad uses any more.
func (c *change) collect(ctx context.Context) (gone []ID, err error) {
	perhaps := c.sorted(func(t *metTerm) bool { return t.touched && !t.used && !t.fresh && t.id != 0 })
	if len(perhaps) == 0 {
		return nil, nil
	}
	it, err := c.s.db.NewIter(nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for _, i := range perhaps {
		id := c.terms[i].id
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
				if at, met := c.quadAt[x.quad(it.Key())]; !met || c.quads[at].after {
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
