package export_test

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/path"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// loan is a claim with every field.
func loan() schema.Claim {
	c := graphtest.Claim("Russia loans Belarus", schema.Planned)
	c.Relation, c.Event, c.Rule, c.Confidence = "would <lend> 1,500 µ", "AGREE", "svo", 0.87
	c.Attribution = []schema.Entity{{ID: "RIA"}, {ID: "Vladimir_Putin"}}
	c.Time = &schema.Time{Value: "2020-09-14", Precision: "day", Text: "on Monday"}
	c.Place = &schema.Entity{ID: "Sochi"}
	c.Quantities = []schema.Quantity{{Value: 1.5e9, Unit: "USD", Bound: "about", Text: "$1.5billion"}}
	return c
}

func table() []schema.Entity {
	return []schema.Entity{{ID: "Russia", Label: "Russia", Type: "Country", Aliases: []string{"Moscow"}}, {ID: "AC/DC \"<x>\"", Label: "AC\nDC"}}
}

func docs() []schema.Analysis {
	literal := graphtest.Claim("Belarus counts x", schema.Reported)
	literal.Object = schema.Value{Literal: "007", Datatype: schema.XSD + "integer"}
	odd := graphtest.Claim("Russia knows x", schema.Asserted)
	odd.Object = schema.Value{Entity: &schema.Entity{ID: "AC/DC \"<x>\""}}
	return []schema.Analysis{graphtest.Doc("mail", loan(), literal), graphtest.Doc("two", odd, loan()), graphtest.Doc("ünï code/x", odd)}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	g := graphtest.Open(t, table(), graphtest.Doc("mail", loan()))
	var b bytes.Buffer
	if err := export.Claims(t.Context(), g, graph.Filter{}, &b); err != nil {
		t.Fatal(err)
	}
	c := loan()
	want := strings.ReplaceAll(`{"id":"BASEid/`+c.Key()+`","subject":{"id":"BASEentity/Russia","label":"Russia","type":"Country","aliases":["Moscow"]},`+
		`"predicate":"loans","relation":"would <lend> 1,500 µ","object":{"id":"BASEentity/Belarus","label":"Belarus"},"factuality":"planned",`+
		`"attribution":[{"id":"BASEentity/RIA","label":"RIA"},{"id":"BASEentity/Vladimir_Putin","label":"Vladimir Putin"}],"event":"AGREE",`+
		`"time":{"value":"2020-09-14","precision":"day","text":"on Monday"},"place":{"id":"BASEentity/Sochi","label":"Sochi"},`+
		`"quantities":[{"value":1500000000,"unit":"USD","text":"$1.5billion"}],"confidence":0.87,`+
		`"evidence":[{"document":"BASEdoc/mail","start":0,"end":20,"quote":"would <lend> 1,500 µ"}]}`+"\n", "BASE", schema.DefaultBase)
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestClaimsAbsentWhenEmpty(t *testing.T) {
	t.Parallel()
	bare := graphtest.Claim("A counts B", schema.Asserted)
	bare.Object, bare.Confidence = schema.Value{Literal: "7"}, 0
	a := graphtest.Doc("d", bare)
	a.Claims[0].Relation = ""
	g := graphtest.Open(t, nil, a)
	var b bytes.Buffer
	if err := export.Claims(t.Context(), g, graph.Filter{}, &b); err != nil {
		t.Fatal(err)
	}
	want := `"predicate":"counts","object":{"value":"7"},"factuality":"asserted","confidence":0,"evidence":[`
	if !strings.Contains(b.String(), want) {
		t.Errorf("%s\nwants %s", b.String(), want)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	g := graphtest.Open(t, nil, graphtest.Doc("d", graphtest.Claim("A loans B", schema.Alleged)))
	paths, err := path.Search(t.Context(), g, []string{"B"}, []string{"A"}, path.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := export.Paths(g, paths, &b); err != nil {
		t.Fatal(err)
	}
	var claim bytes.Buffer
	if err := export.Claim(g, &paths[0].Hops[0].Claims[0], &claim); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`{"length":1,"weakest":1,"hops":[{"from":{"id":"BASEentity/B","label":"B"},"predicate":"loans","to":{"id":"BASEentity/A","label":"A"},`+
		`"direction":"backward","claim":"BASEid/`+paths[0].Hops[0].Claims[0].ID+`","factuality":"alleged",`+
		`"evidence":[{"document":"BASEdoc/d","start":0,"end":9,"quote":"A loans B"}],"independent":1,"claims":[`+strings.TrimSpace(claim.String())+`]}]}`+"\n", "BASE", schema.DefaultBase)
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func nquads(t *testing.T, g *graph.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.NQuads(t.Context(), g, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The export is sorted, the same in any order of ingestion, and our own strict reader takes it.
func TestNQuads(t *testing.T) {
	t.Parallel()
	all := docs()
	first := nquads(t, graphtest.Open(t, table(), all...))
	lines := strings.SplitAfter(strings.TrimSuffix(first, "\n"), "\n")
	if !slices.IsSorted(lines) {
		t.Error("not sorted")
	}
	slices.Reverse(all)
	g := graphtest.Open(t, table())
	for i := range all {
		names := append(table(), schema.Entity{ID: "Belarus"}, schema.Entity{ID: "RIA"}, schema.Entity{ID: "Vladimir_Putin"}, schema.Entity{ID: "Sochi"})
		if err := g.Update(t.Context(), graph.Change{Entities: names, Put: all[i : i+1]}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(first, nquads(t, g)); diff != "" {
		t.Errorf("another order gives another export:\n%s", diff)
	}
	r := rdf.NewReader(strings.NewReader(first), rdf.Options{})
	n := 0
	for ; ; n++ {
		_, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if n != len(lines) {
		t.Errorf("%d quads in %d lines", n, len(lines))
	}
}

// Other programs' strict parsers take the export too.
func TestNQuadsForeign(t *testing.T) {
	t.Parallel()
	text := nquads(t, graphtest.Open(t, table(), docs()...))
	for _, args := range [][]string{{"serdi", "-i", "nquads", "-o", "nquads", "-"}, {"rapper", "-q", "-c", "-i", "nquads", "-", "https://example.org/"}} {
		t.Run(args[0], func(t *testing.T) {
			if _, err := exec.LookPath(args[0]); err != nil {
				t.Skipf("%s is not installed", args[0])
			}
			cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
			cmd.Stdin = strings.NewReader(text)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
