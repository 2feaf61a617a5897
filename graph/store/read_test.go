package store

import (
	"slices"
	"testing"

	"newsgraph/schema"
)

// Many quads have their terms read ahead, in the order of the dictionary: they are the same quads, in the same order, as few at a time.
func TestManyQuads(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	quads := newsQuads(2000)
	quads = append(quads, mkQuad(iri("a"), iri("b"), schema.NewLiteral("1", "x:y"), schema.Term{}))
	apply(t, s, Batch{Add: quads})
	apply(t, s, Batch{Remove: quads[:3000]})
	quads = quads[3000:]
	got := match(t, s, schema.Quad{})
	if !slices.Equal(sorted(got), sorted(quads)) {
		t.Errorf("%d quads are not those that were added, %d", len(got), len(quads))
	}
	var subject schema.Term
	var few []schema.Quad
	for _, q := range got {
		if q.Subject != subject {
			subject = q.Subject
			few = append(few, match(t, s, schema.Quad{Subject: subject})...)
		}
	}
	if !slices.Equal(got, few) {
		t.Error("many quads come in another order than few at a time")
	}
}
