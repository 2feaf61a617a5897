package export_test

import (
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/schema"
)

type passage struct {
	ID, Document, Kind, Text, Publisher string
	Start, End                          int
	Entities                            []struct{ ID, Label string }
	Claims                              []struct {
		ID, Text, Factuality, Quote string
		Start, End                  int
	}
}

func readPassages(t testing.TB, g *graph.Graph, o export.Options) (list []passage) {
	t.Helper()
	files, _ := written(t, g, "passages", o)
	for line := range strings.Lines(files[""]) {
		list = append(list, decoded[passage](t, []byte(line)))
	}
	return list
}

// A passage is a block of the article with the claims in it, words and all; a choice leaves the passages that carry one.
func TestPassages(t *testing.T) {
	t.Parallel()
	first, second, third := graphtest.Claim("Zoë meets Bob", schema.Asserted), graphtest.Claim("Bob owns Acme", schema.Alleged), graphtest.Claim("Bob pays Acme", schema.Negated)
	second.Attribution = []schema.Entity{{ID: "Ann"}}
	a := graphtest.Doc("doc", first, second, third)
	a.Document.Publisher = "Wire"
	a.Document.Blocks = []schema.Block{{Start: 0, End: 13, Kind: schema.Headline}, {Start: 14, End: 41}, {Start: 0, End: 999}}
	g := graphtest.Open(t, nil, a, graphtest.Doc("empty"), schema.Analysis{Document: schema.Document{ID: "plain", Text: "No claim here."}})
	all := readPassages(t, g, export.Options{})
	if len(all) != 3 {
		t.Fatalf("%d passages: %v", len(all), all)
	}
	if p := all[0]; p.ID != schema.DefaultBase+"doc/doc#char=0,13" || p.Kind != "headline" || p.Text != "Zoë meets Bob" || len(p.Claims) != 1 || len(p.Entities) != 2 || p.Publisher != "Wire" {
		t.Errorf("the first is %+v", p)
	}
	p := all[1]
	if len(p.Claims) != 2 || p.Claims[0].Text != "Bob owns Acme (alleged, according to Ann)" || p.Claims[1].Factuality != "negated" || len(p.Entities) != 3 {
		t.Fatalf("the second is %+v", p)
	}
	for _, c := range p.Claims {
		if got := string([]rune(p.Text)[c.Start-p.Start : c.End-p.Start]); got != c.Quote {
			t.Errorf("at %d the passage has %q, not %q", c.Start, got, c.Quote)
		}
	}
	if all[2].Text != "No claim here." || all[2].Claims != nil {
		t.Errorf("the third is %+v", all[2])
	}
	chosen := readPassages(t, g, export.Options{Filter: graph.Filter{Predicates: []string{"owns"}}})
	if len(chosen) != 1 || len(chosen[0].Claims) != 1 || chosen[0].Start != 14 {
		t.Errorf("chosen: %+v", chosen)
	}
}

// Every piece of evidence is in one passage of its article.
func TestPassagesHostile(t *testing.T) {
	t.Parallel()
	g := hostile(t)
	found := 0
	for _, p := range readPassages(t, g, export.Options{}) {
		found += len(p.Claims)
	}
	want := 0
	for c, err := range g.Claims(t.Context(), graph.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		want += len(c.Evidence)
	}
	if found != want {
		t.Errorf("%d claims in passages, %d pieces of evidence", found, want)
	}
}
