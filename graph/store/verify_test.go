package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"
)

// Verify finds every kind of disagreement.
func TestVerify(t *testing.T) {
	t.Parallel()
	var q QuadID
	tests := []struct {
		name  string
		spoil func(s *Store, b *pebble.Batch) error
		want  string
	}{
		{"index lacks a quad", func(s *Store, b *pebble.Batch) error { return b.Delete(posg.key(q), nil) }, `'s' and 'p'`},
		{"first index lacks a quad", func(s *Store, b *pebble.Batch) error { return b.Delete(spog.key(q), nil) }, "different quads: 1 and 2"},
		{"index holds another quad", func(s *Store, b *pebble.Batch) error {
			other := q
			other[obj] = other[subj]
			return errors.Join(b.Delete(gspo.key(q), nil), b.Set(gspo.key(other), nil, nil))
		}, "different quads: 2 and 2"},
		{"term is missing", func(s *Store, b *pebble.Batch) error { return b.Delete(termKey(q[pred]), nil) }, "1 terms of quads are not in the dictionary"},
		{"term is another", func(s *Store, b *pebble.Batch) error {
			return b.Set(termKey(q[obj]), encodeTerm(iri("other")), nil)
		}, "not where a search finds it"},
		{"term is broken", func(s *Store, b *pebble.Batch) error { return b.Set(termKey(q[obj]), []byte{slotLang, 9}, nil) }, "cut short"},
		{"term is not canonical", func(s *Store, b *pebble.Batch) error {
			return b.Set(termKey(q[obj]), []byte("\x04\x02ENx"), nil)
		}, "canonical"},
		{"term is unused", func(s *Store, b *pebble.Batch) error {
			enc := encodeTerm(iri("unused"))
			return b.Set(termKey(s.home(enc)), enc, nil)
		}, "in no quad"},
		{"value in an index", func(s *Store, b *pebble.Batch) error { return b.Set(ospg.key(q), []byte("x"), nil) }, "bad quad"},
		{"short key in an index", func(s *Store, b *pebble.Batch) error { return b.Set(spog.key(q)[:20], nil, nil) }, "bad quad"},
		{"quad without a term", func(s *Store, b *pebble.Batch) error { return b.Set(spog.key(QuadID{1, 0, 1, 1}), nil, nil) }, "lacks a term"},
		{"unknown key", func(s *Store, b *pebble.Batch) error { return b.Set([]byte("x"), nil, nil) }, "unknown key"},
		{"wrong counts", func(s *Store, b *pebble.Batch) error {
			return b.Set(metaKey(metaCounts), encodeStats(Stats{Quads: 3}), nil)
		}, "counts say"},
		{"record that is not counted", func(s *Store, b *pebble.Batch) error { return b.Set(recordKey("r"), nil, nil) }, "counts say"},
	}
	for _, c := range tests {
		s, err := Open("db", Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		add := sample().Add[:2]
		apply(t, s, Batch{Add: add})
		for pos, term := range terms(add[0]) {
			at, err := s.find(s.db, encodeTerm(term), nil)
			if err != nil {
				t.Fatal(err)
			}
			q[pos] = at.id
		}
		b := s.db.NewBatch()
		if err := errors.Join(c.spoil(s, b), s.commit(b)); err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(t.Context()); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
