package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Older formats. The first differs in the width of ids: 8 bytes, the first 8 of a term's hash. The second may have names of entities
// without records of them; it can be read as it is, but a program that knows only that one must not write to a store that has them.
const (
	format1 = "newsgraph 1"
	format2 = "newsgraph 2"
)

// upgrade turns a store of format 1 into one of the present format, in one atomic step.
func (s *Store) upgrade(ctx context.Context) (err error) {
	l, err := s.newLoad(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.end()) }()
	if err := l.collect1(); err != nil {
		return err
	}
	added, fresh, err := l.build()
	if err != nil {
		return err
	}
	records, err := l.copyRecords()
	if err != nil {
		return err
	}
	base, _, err := s.get(s.db, metaKey(metaBase))
	if err != nil {
		return err
	}
	if err := l.buildMeta(string(base), Stats{added, fresh, records}); err != nil {
		return err
	}
	return l.replace(ctx)
}

// collect1 sorts the quads of a store of format 1.
func (l *load) collect1() error {
	it, err := l.s.db.NewIter(&pebble.IterOptions{LowerBound: []byte{spog.tag}, UpperBound: []byte{spog.tag + 1}})
	if err != nil {
		return err
	}
	r := &reader1{l: l, hashes: map[uint64]uint64{}}
	err = guard(func() error {
		for ok, n := it.First(), 0; ok; ok, n = it.Next(), n+1 {
			if err := errors.Join(every1024(l.ctx, n), r.quad(it.Key())); err != nil {
				return err
			}
		}
		return it.Error()
	})
	if err := errors.Join(err, it.Close()); err != nil {
		return err
	}
	return l.sort.end()
}

// reader1 reads quads of format 1.
type reader1 struct {
	l      *load
	hashes map[uint64]uint64 // ids met lately, to hashes
}

// maxHashes is how many ids a reader1 remembers.
const maxHashes = 1 << 20

func (r *reader1) quad(key []byte) (err error) {
	if len(key) != 1+4*8 {
		return corrupt("key %x has the wrong length", key)
	}
	var q hashQuad
	for pos := range q {
		if q[pos], err = r.hash(binary.BigEndian.Uint64(key[1+8*pos:])); err != nil {
			return err
		}
	}
	return r.l.sort.addQuad(q)
}

// hash returns the hash of the term that has the id, 0 for 0.
func (r *reader1) hash(id uint64) (uint64, error) {
	if h, ok := r.hashes[id]; ok || id == 0 {
		return h, nil
	}
	enc, ok, err := r.l.s.get(r.l.s.db, binary.BigEndian.AppendUint64([]byte{tagTerm}, id))
	if err != nil {
		return 0, err
	}
	if !ok || len(enc) == 0 {
		return 0, corrupt("a quad names the term %x, which is not there", id)
	}
	h := max(1, r.l.s.hash(enc))
	if len(r.hashes) == maxHashes {
		clear(r.hashes)
	}
	r.hashes[id] = h
	return h, r.l.sort.addTerm(h, enc)
}

// copyRecords writes the side records as they are, and counts them.
func (l *load) copyRecords() (n int64, err error) {
	out := l.tables(string(rune(tagRecord)), l.s.fast())
	defer func() { err = errors.Join(err, out.close()) }()
	scanErr := keyRange{[]byte{tagRecord}, []byte{tagRecord + 1}}.scan(live{l.s.db}, func(key, val []byte) bool {
		n++
		err = out.set(key, val)
		return err == nil
	})
	return n, errors.Join(err, scanErr)
}

// buildMeta writes a table with all that the store says of itself.
func (l *load) buildMeta(base string, stats Stats) (err error) {
	out := l.tables(string(rune(tagMeta)), l.s.fast())
	defer func() { err = errors.Join(err, out.close()) }()
	return errors.Join( // in the order of the keys
		out.set(metaKey(metaBase), []byte(base)),
		out.set(metaKey(metaCounts), encodeStats(stats)),
		out.set(metaKey(metaFormat), []byte(FormatVersion)))
}

// checkFormat brings a store of an older format up to date, and refuses one of an unknown format.
func (s *Store) checkFormat(format string, readOnly bool) error {
	switch {
	case format == FormatVersion, format == format2 && readOnly:
		return nil
	case format == format2:
		b := s.db.NewBatch()
		return errors.Join(b.Set(metaKey(metaFormat), []byte(FormatVersion), nil), s.commit(b))
	case format != format1:
		return fmt.Errorf("%w: %q, this program reads %q", ErrVersion, format, FormatVersion)
	case readOnly:
		return fmt.Errorf("%w: %q is older than %q; compacting it brings it up to date", ErrVersion, format, FormatVersion)
	}
	if err := s.upgrade(context.Background()); err != nil {
		return fmt.Errorf("bring the store from %q up to %q: %w", format, FormatVersion, classify(err))
	}
	return nil
}
