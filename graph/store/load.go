package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"newsgraph/schema"
)

// Load adds all quads of a sequence in one atomic and durable step, many times faster than Apply and in memory that does not
// grow with them: it sorts them on disk, beside the store's own files, and hands the engine finished tables. It returns how
// many were not there before. An error of the sequence, and one of the quads (an *rdf.TermError), leaves the store as it was.
// Other writers may go on until the tables are built; Load then has their result in view.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[schema.Quad, error]) (added int64, err error) {
	if s.readOnly {
		return 0, ErrReadOnly
	}
	l, err := s.newLoad(ctx)
	if err != nil {
		return 0, fmt.Errorf("load into store %s: %w", s.dir, err)
	}
	defer func() { err = errors.Join(err, l.end()) }()
	if err := l.collect(quads); err != nil {
		return 0, err
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.life.enter(); err != nil {
		return 0, err
	}
	defer s.life.leave()
	if added, err = l.finish(); err != nil {
		return 0, fmt.Errorf("load into store %s: %w", s.dir, classify(err))
	}
	return added, nil
}

// load is a Load on its way.
type load struct {
	*building
	ctx  context.Context
	sort *sorter
}

func (s *Store) newLoad(ctx context.Context) (*load, error) {
	b, err := s.newBuilding()
	if err != nil {
		return nil, err
	}
	l := &load{building: b, ctx: ctx}
	l.sort = l.newSorter("")
	return l, nil
}

// newSorter returns a sorter whose files have the prefix.
func (l *load) newSorter(prefix string) *sorter {
	s := newSorter(l.s.fs, l.dir, prefix)
	if l.s.runQuads > 0 {
		s.maxQuads, s.maxTerms = l.s.runQuads, 20*l.s.runQuads
	}
	return s
}

// end removes all files that the store did not take over.
func (l *load) end() error {
	l.sort.stop()
	return l.remove()
}

// handful is how many quads go from the sequence to the sorter at once.
const handful = 256

// collect sorts the quads into runs. The sequence and the sorter work side by side.
func (l *load) collect(quads iter.Seq2[schema.Quad, error]) error {
	ctx, cancel := context.WithCancelCause(l.ctx)
	defer cancel(nil)
	full, empty := make(chan []schema.Quad, 2), make(chan []schema.Quad, 3)
	for range cap(empty) {
		empty <- make([]schema.Quad, 0, handful)
	}
	sorted := make(chan error, 1)
	go func() {
		err := l.encode(full, empty)
		if err != nil {
			cancel(err)
		}
		sorted <- err
	}()
	err := feed(ctx, quads, full, empty)
	close(full)
	if sortErr := <-sorted; sortErr != nil {
		return sortErr
	}
	if err != nil {
		return err
	}
	return l.sort.end()
}

// feed moves the quads of the sequence into full slices.
func feed(ctx context.Context, quads iter.Seq2[schema.Quad, error], full chan<- []schema.Quad, empty <-chan []schema.Quad) error {
	some := <-empty
	for q, err := range quads {
		if err != nil {
			return err
		}
		if some = append(some, q); len(some) < handful {
			continue
		}
		select {
		case full <- some:
			some = <-empty
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	full <- some
	return ctx.Err()
}

// encode hands quads to the sorter. After an error it only empties the channel.
func (l *load) encode(full <-chan []schema.Quad, empty chan<- []schema.Quad) (err error) {
	h := newHasher(l.s.hash, l.sort)
	for some := range full {
		for i := range some {
			if err == nil {
				err = h.add(&some[i])
			}
		}
		empty <- some[:0]
	}
	return err
}

// finish builds the tables and gives them to the store. The caller holds the write lock.
func (l *load) finish() (added int64, err error) {
	added, fresh, err := l.build()
	if err != nil || added == 0 {
		return 0, err
	}
	stats := l.s.stats
	stats.Quads += added
	stats.Terms += fresh
	if err := l.buildCounts(stats); err != nil {
		return 0, err
	}
	if err := l.add(l.ctx); err != nil {
		return 0, err
	}
	l.s.stats = stats
	return added, nil
}

// build writes the tables of terms and quads, and counts those that the store lacks.
func (l *load) build() (added, fresh int64, err error) {
	fresh, moved, err := l.buildTerms()
	if err != nil {
		return 0, 0, err
	}
	if len(moved) > 0 {
		if err := l.move(moved); err != nil {
			return 0, 0, err
		}
	}
	added, err = l.buildIndexes()
	return added, fresh, err
}

// move gives terms other ids and sorts the quads again: it happens when two terms share a slot, so once in some
// hundred million terms.
func (l *load) move(moved map[uint64]ID) error {
	again := l.newSorter("moved-")
	from, err := l.sort.quads(spog)
	if err != nil {
		return err
	}
	defer from.close()
	for {
		q, ok, err := from.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		for pos, h := range q {
			if id, is := moved[h]; is && h != 0 {
				q[pos] = uint64(id)<<16 | 0xffff
			}
		}
		if err := again.addQuad(q); err != nil {
			return err
		}
	}
	l.sort.stop()
	l.sort = again
	return again.end()
}

// buildIndexes writes the tables of the four indexes, two at a time, and counts the quads that the store lacks.
func (l *load) buildIndexes() (added int64, err error) {
	var wg sync.WaitGroup
	errs := make(chan error, 4)
	turn := make(chan struct{}, 2)
	for _, x := range indexes() {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			n, err := l.buildIndex(x)
			if x.tag == spog.tag {
				added = n
			}
			errs <- err
		})
	}
	wg.Wait()
	close(errs)
	for e := range errs {
		err = errors.Join(err, e)
	}
	return added, err
}

func (l *load) buildIndex(x index) (added int64, err error) {
	from, err := l.sort.quads(x)
	if err != nil {
		return 0, err
	}
	defer from.close()
	out := l.tables(string(x.tag), l.s.fast())
	defer func() { err = errors.Join(err, out.close()) }()
	var known *lookup
	if x.tag == spog.tag && l.s.stats.Quads > 0 {
		if known, err = l.s.newLookup(spog.tag); err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, known.close()) }()
	}
	key := make([]byte, 1, quadKeyLen)
	key[0] = x.tag
	for n := 0; ; n++ {
		q, ok, err := from.next()
		if err != nil || !ok {
			return added, err
		}
		if err := every1024(l.ctx, n); err != nil {
			return 0, err
		}
		key = key[:1]
		for _, h := range q {
			key = appendID(key, homeOf(h))
		}
		there := false
		if known != nil {
			if _, there, err = known.get(key); err != nil {
				return 0, err
			}
		}
		if !there {
			added++
		}
		if err := out.set(key, nil); err != nil {
			return 0, err
		}
	}
}

// buildTerms writes the table of the terms that the store lacks, and returns their number, and the ids of those that do not
// stand in the slot where their hash sends them.
func (l *load) buildTerms() (fresh int64, moved map[uint64]ID, err error) {
	from, err := l.sort.terms()
	if err != nil {
		return 0, nil, err
	}
	defer from.close()
	out := l.tables(string(rune(tagTerm)), l.s.fast())
	defer func() { err = errors.Join(err, out.close()) }()
	p := &placer{s: l.s, out: out, moved: map[uint64]ID{}}
	if l.s.stats.Terms > 0 {
		if p.known, err = l.s.newLookup(tagTerm); err != nil {
			return 0, nil, err
		}
		defer func() { err = errors.Join(err, p.known.close()) }()
	}
	for n := 0; ; n++ {
		h, enc, ok, err := from.next()
		if err != nil {
			return 0, nil, err
		}
		if !ok {
			break
		}
		if err := errors.Join(every1024(l.ctx, n), p.place(h, enc)); err != nil {
			return 0, nil, err
		}
	}
	return p.fresh, p.moved, p.end()
}

// buildCounts writes a table with nothing but the counts.
func (l *load) buildCounts(stats Stats) (err error) {
	out := l.tables(string(rune(tagMeta)), l.s.fast())
	defer func() { err = errors.Join(err, out.close()) }()
	return out.set(metaKey(metaCounts), encodeStats(stats))
}

// lookup finds keys of the store that come in ascending order.
type lookup struct{ it *pebble.Iterator }

func (s *Store) newLookup(tag byte) (*lookup, error) {
	it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: []byte{tag}, UpperBound: []byte{tag + 1}, UseL6Filters: true})
	return &lookup{it}, err
}

// look returns the value under key in a lookup of keys that begin as this one does, and opens it when it is nil.
func (s *Store) look(known **lookup, key []byte) (val []byte, ok bool, err error) {
	if *known == nil {
		opened, err := s.newLookup(key[0])
		if err != nil {
			return nil, false, err
		}
		*known = opened
	}
	if val, ok, err = (*known).get(key); err != nil {
		err = fmt.Errorf("read store %s: %w", s.dir, classify(err))
	}
	return val, ok, err
}

// get returns the value under key, valid until the next call. It asks the filters first.
func (k *lookup) get(key []byte) (val []byte, ok bool, err error) {
	err = guard(func() error {
		if !k.it.SeekPrefixGE(key) || string(k.it.Key()) != string(key) {
			return k.it.Error()
		}
		ok = true
		val, err = k.it.ValueAndErr()
		return err
	})
	return val, ok, err
}

func (k *lookup) close() error { return k.it.Close() }
