package graph_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"newsgraph/graph"
	"newsgraph/graph/postgres/pgtest"
	"newsgraph/schema"
)

// outline is what Outlines ought to say of a claim.
func outline(c schema.Claim) graph.Outline {
	o := graph.Outline{ID: c.ID, Subject: c.Subject.ID, Predicate: c.Predicate, Literal: c.Object.Literal,
		Factuality: c.Factuality, Event: c.Event, Confidence: c.Confidence}
	if c.Object.Entity != nil {
		o.Object = c.Object.Entity.ID
	}
	if c.Time != nil {
		o.Time = c.Time.Value
	}
	for _, e := range c.Attribution {
		o.Sources = append(o.Sources, e.ID)
	}
	for _, e := range c.Evidence {
		o.Documents = append(o.Documents, e.Document)
	}
	for _, list := range []*[]string{&o.Sources, &o.Documents} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return o
}

// Outlines say the same of every claim as Claims, also of those that several documents tell.
func TestOutlines(t *testing.T) {
	t.Parallel()
	for seed := range pgtest.Rounds(20) {
		m := newMaker(seed)
		m.table = m.table[:4] // few entities: documents share claims
		g, _ := open(t)
		docs := []schema.Analysis{m.document("a", 40), m.document("b", 40), m.document("c/ü", 40)}
		if err := g.Update(t.Context(), graph.Change{Entities: m.table, Put: docs}); err != nil {
			t.Fatal(err)
		}
		var want []graph.Outline
		for _, c := range collect(t, g, graph.Filter{}) {
			want = append(want, outline(c))
		}
		v := g.View()
		got, err := v.Outlines(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d (-claims +outlines):\n%s", seed, diff)
		}
	}
}

// Headers are the documents without text and layout.
func TestHeaders(t *testing.T) {
	t.Parallel()
	m := newMaker(7)
	g, _ := open(t)
	docs := []schema.Analysis{m.document("b", 3), m.document("a/ü", 3), m.document("c", 0)}
	if err := g.Update(t.Context(), graph.Change{Entities: m.table, Put: docs}); err != nil {
		t.Fatal(err)
	}
	var want []schema.Document
	for d, err := range g.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		d.Text, d.Blocks = "", nil
		want = append(want, d)
	}
	v := g.View()
	defer v.Close()
	got, err := v.Headers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-documents +headers):\n%s", diff)
	}
}
