package workspace_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// chosen is an export of the claims that fit, in a format of RDF.
func chosen(t *testing.T, w *workspace.Workspace, format string, f graph.Filter) string {
	t.Helper()
	x, ok := export.FormatNamed(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var out bytes.Buffer
	if _, err := x.Write(t.Context(), w.Graph(), export.Options{Filter: f}, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// unnamed takes out what a store adds to loaded articles: what names follow from, and how sure they are.
func unnamed(text string) string {
	return regexp.MustCompile(`(?m)^.* <[^ ]*ns#(naming|sameness)> .*\n`).ReplaceAllString(text, "")
}

// Chosen claims leave with their articles and names and come back as they left, whatever they are chosen by.
func TestExcerptLoads(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, samples(t), workspace.IngestOptions{})
	published, err := graph.ParseSpan("2020-09", "2020-09-15")
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]graph.Filter{
		"entity":     {Entity: "Russia"},
		"predicate":  {Predicates: []string{"says", "supports"}},
		"factuality": {Factuality: []schema.Factuality{schema.Negated, schema.Alleged}},
		"sources":    {MinSources: 2},
		"articles":   {Published: published},
		"source":     {Source: "Alexander_Lukashenko"},
	} {
		text := chosen(t, w, "nq", f)
		if text == "" || text == quads(t, w) {
			t.Fatalf("%s: chosen %d bytes of %d", name, len(text), len(quads(t, w)))
		}
		to := open(t, t.TempDir())
		if sum := mustLoad(t, to, "a.nq", text); sum.Others != 0 || sum.New == 0 {
			t.Errorf("%s: loaded %+v", name, sum)
		}
		verified(t, to)
		if got, want := unnamed(quads(t, to)), unnamed(text); got != want {
			t.Errorf("%s: other quads: %s", name, firstDifference(want, got))
		}
		if a, b := claimsOf(t, w, f), claimsOf(t, to, graph.Filter{}); a != b {
			t.Errorf("%s: other claims: %s", name, firstDifference(a, b))
		}
		for _, format := range []string{"trig", "jsonld"} {
			again := open(t, t.TempDir())
			mustLoad(t, again, "a."+format, chosen(t, w, format, f))
			if got := unnamed(quads(t, again)); got != unnamed(text) {
				t.Errorf("%s as %s: other quads: %s", name, format, firstDifference(unnamed(text), got))
			}
		}
	}
	if got := chosen(t, w, "nq", graph.Filter{Predicates: []string{"nothing"}}); got != "" {
		t.Errorf("of no claims: %q", got)
	}
}

// claimsOf is the claims that fit as JSON lines, without how sure the names are.
func claimsOf(t *testing.T, w *workspace.Workspace, f graph.Filter) string {
	t.Helper()
	var out bytes.Buffer
	if err := export.Claims(t.Context(), w.Graph(), f, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Excerpts of one article add up, in any order, and never take the place of the whole.
func TestExcerptsJoin(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, samples(t), workspace.IngestOptions{})
	whole := quads(t, w)
	parts := []string{
		chosen(t, w, "nq", graph.Filter{Entity: "Russia"}), chosen(t, w, "nq", graph.Filter{Entity: "Alexander_Lukashenko"}),
		chosen(t, w, "nq", graph.Filter{Factuality: []schema.Factuality{schema.Negated}}),
	}
	want := ""
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}, {0, 1, 0, 2, 1}} {
		to := open(t, t.TempDir())
		for _, i := range order {
			mustLoad(t, to, "a.nq", parts[i])
		}
		verified(t, to)
		got := quads(t, to)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%v: other quads: %s", order, firstDifference(want, got))
		}
		for _, i := range order {
			for line := range strings.Lines(unnamed(parts[i])) {
				if !strings.Contains(got, line) {
					t.Fatalf("%v: lost: %s", order, line)
				}
			}
			if sum := mustLoad(t, to, "a.nq", parts[i]); sum.New+sum.Replaced+int(sum.Others) != 0 {
				t.Errorf("%v: loaded again: %+v", order, sum)
			}
		}
		mustLoad(t, to, "whole.nq", whole)
		if got := quads(t, to); got != whole {
			t.Errorf("%v: then the whole: %s", order, firstDifference(whole, got))
		}
	}
	for _, part := range parts {
		if sum := mustLoad(t, w, "a.nq", part); sum.New+sum.Replaced != 0 || quads(t, w) != whole {
			t.Errorf("an excerpt took the place of the whole: %+v", sum)
		}
	}
	ingested := open(t, t.TempDir())
	mustLoad(t, ingested, "a.nq", parts[0])
	ingest(t, ingested, samples(t), workspace.IngestOptions{})
	if got := quads(t, ingested); got != whole {
		t.Errorf("ingested after an excerpt: %s", firstDifference(whole, got))
	}
}
