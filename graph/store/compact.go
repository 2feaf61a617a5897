package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Compact rewrites the whole store into tables that take as little room as can be: nothing replaced or removed is left, and
// they are packed more tightly than tables that writing leaves. Readers go on meanwhile, writers wait. It needs room for a
// second copy, and changes nothing unless it comes to its end.
func (s *Store) Compact(ctx context.Context) error {
	if s.readOnly {
		return ErrReadOnly
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.life.enter(); err != nil {
		return err
	}
	defer s.life.leave()
	if err := s.rewrite(ctx); err != nil {
		return fmt.Errorf("compact store %s: %w", s.dir, classify(err))
	}
	return nil
}

func (s *Store) rewrite(ctx context.Context) (err error) {
	b, err := s.newBuilding()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.remove()) }()
	it, err := s.db.NewIter(nil)
	if err != nil {
		return err
	}
	err = guard(func() error { return b.copy(ctx, it) })
	if err := errors.Join(err, it.Close()); err != nil {
		return err
	}
	return b.replace(ctx)
}

// copy writes all that the iterator gives, the keys of each kind to tables of their own.
func (b *building) copy(ctx context.Context, it *pebble.Iterator) (err error) {
	var out *tables
	var tag byte
	for ok, n := it.First(), 0; ok; ok, n = it.Next(), n+1 {
		if err := every1024(ctx, n); err != nil {
			return errors.Join(err, out.close())
		}
		if key := it.Key(); out == nil || key[0] != tag {
			if err := out.close(); err != nil {
				return err
			}
			tag = key[0]
			out = b.tables(string(rune(tag)), b.s.small())
		}
		val, err := it.ValueAndErr()
		if err == nil {
			err = out.set(it.Key(), val)
		}
		if err != nil {
			return errors.Join(err, out.close())
		}
	}
	return errors.Join(it.Error(), out.close())
}
