package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"newsgraph/schema"
)

// What an IDs finds is what Match finds, for every mask of known terms, over and over with one reader.
func TestIDs(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	r := rand.New(rand.NewPCG(6, 6))
	var all []schema.Quad
	for range 300 {
		all = append(all, randomQuad(r))
	}
	apply(t, s, Batch{Add: all})
	v := s.Snapshot()
	defer v.Close()
	ids := v.IDs()
	defer ids.Close()
	var buf []QuadID
	for i := range 400 {
		p := masked(all[r.IntN(len(all))], i%16)
		var want QuadID
		for pos, term := range terms(p) {
			if term.Kind == schema.NoTerm {
				continue
			}
			id, ok, err := ids.Find(term)
			if !ok || err != nil {
				t.Fatal(term, ok, err)
			}
			want[pos] = id
		}
		var err error
		if buf, err = ids.Match(t.Context(), buf[:0], want); err != nil {
			t.Fatal(err)
		}
		var got []schema.Quad
		for _, q := range buf {
			got = append(got, quadTerms(t, ids, q))
		}
		if !slices.Equal(sorted(got), sorted(match(t, s, p))) {
			t.Fatalf("%v: %d quads, want %d", p, len(got), len(match(t, s, p)))
		}
	}
	if _, ok, err := ids.Find(iri("nobody")); ok || err != nil {
		t.Error("found nobody", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ids.Match(ctx, nil, QuadID{buf[0].Subject()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want Canceled", err)
	}
}

func quadTerms(t *testing.T, r IDs, q QuadID) (out schema.Quad) {
	t.Helper()
	for pos, at := range [4]*schema.Term{&out.Subject, &out.Predicate, &out.Object, &out.Graph} {
		term, err := r.Term(q[pos])
		if err != nil {
			t.Fatal(err)
		}
		*at = term
	}
	return out
}
