package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Decisions are read back in their order, whatever order they were given in, and go when they are no longer given.
func TestDecisions(t *testing.T) {
	t.Parallel()
	g, s := open(t)
	want := []schema.Decision{
		{Number: 1, Action: schema.Merge, Entity: "A", Other: "B"},
		{Number: 1, Action: schema.Split, Entity: "A", Document: "mail 2020/1", Name: "Ä \"x\""},
		{Number: 2, Action: schema.Merge, Entity: "C", Other: "A"},
		{Number: 7, Action: schema.Merge, Entity: "A", Other: "B"}, // again
		{Number: 9, Action: schema.Split, Entity: "A", Document: "d"},
	}
	given := slices.Clone(want)
	slices.Reverse(given)
	put := func(list []schema.Decision) {
		if err := g.Update(t.Context(), graph.Change{Decisions: list}); err != nil {
			t.Fatal(err)
		}
	}
	put(given)
	v := g.View()
	defer v.Close()
	got, err := v.Decisions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read back: %s", diff)
	}
	if r := verify(t, g); !r.OK() {
		t.Errorf("verify: %v", r.Problems)
	}
	before := g.Changes()
	if put(want); g.Changes() != before {
		t.Error("the same decisions again are a change")
	}
	wrong := schema.Quad{Subject: schema.NewIRI(schema.DefaultBase + "decision/00"), Predicate: schema.NewIRI(schema.DefaultBase + "ns#name"), Object: schema.NewString("x")}
	if err := s.Apply(t.Context(), store.Batch{Add: []schema.Quad{wrong}}); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, g); r.Count != 1 || !strings.Contains(r.Problems[0].Text, "no decision says") {
		t.Errorf("verify with a stray quad: %v", r.Problems)
	}
	if err := s.Apply(t.Context(), store.Batch{Remove: []schema.Quad{wrong}}); err != nil {
		t.Fatal(err)
	}
	if put(nil); len(quadsOf(t, s)) != 0 {
		t.Errorf("left behind: %v", quadsOf(t, s))
	}
}

func quadsOf(t *testing.T, from store.Backend) (all []schema.Quad) {
	t.Helper()
	s := from.Snapshot()
	defer s.Close()
	err := s.Match(t.Context(), schema.Quad{}, func(q schema.Quad) error {
		all = append(all, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
