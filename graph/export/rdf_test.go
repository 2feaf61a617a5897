package export_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func exported(t *testing.T, g *graph.Graph, name string) string {
	t.Helper()
	f, ok := export.FormatNamed(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var b bytes.Buffer
	if _, err := f.Write(t.Context(), g, export.Options{}, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sortedLines gives RDF as N-Quads in order.
func sortedLines(t *testing.T, text string, f rdf.Format) string {
	t.Helper()
	var quads []schema.Quad
	for q, err := range rdf.Quads(strings.NewReader(text), rdf.Options{Format: f}) {
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		quads = append(quads, q)
	}
	var b bytes.Buffer
	if err := rdf.WriteSorted(&b, quads); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The whole graph is in each RDF format, whatever the names in it, for us and for oxigraph.
func TestRDF(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]*graph.Graph{"ordinary": ordinary(t), "hostile": hostile(t)} {
		want := exported(t, g, "nq")
		merged := mergedGraphs(t, want)
		if got := sortedLines(t, exported(t, g, "trig"), rdf.TriG); got != want {
			t.Errorf("%s: TriG has other quads:\n%s", name, cmp.Diff(want, got))
		}
		if got := sortedLines(t, exported(t, g, "ttl"), rdf.Turtle); got != merged {
			t.Errorf("%s: Turtle has other triples:\n%s", name, cmp.Diff(merged, got))
		}
		for format, want := range map[rdf.Format]string{rdf.NQuads: want, rdf.TriG: want, rdf.JSONLD: want, rdf.Turtle: merged} {
			got := sortedLines(t, oxigraph(t, format, exported(t, g, format.String())), rdf.NQuads)
			if got != want {
				t.Errorf("%s: oxigraph reads other quads from %s:\n%s", name, format, cmp.Diff(want, got))
			}
		}
	}
}

func mergedGraphs(t *testing.T, nquads string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := rdf.NewQuadWriter(&b, rdf.NTriples, rdf.WriteOptions{MergeGraphs: true})
	if err != nil {
		t.Fatal(err)
	}
	for q, err := range rdf.Quads(strings.NewReader(nquads), rdf.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(b.String(), "\n")
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "")
}

// oxigraph reads a text as the tests of graph/rdf do.
func oxigraph(t *testing.T, f rdf.Format, text string) string {
	t.Helper()
	folder := filepath.Join("..", "rdf", "testdata", "npm")
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "oxigraph")); err != nil {
		t.Skip("no oxigraph (npm ci --prefix graph/rdf/testdata/npm)")
	}
	return string(output(t, "sh", "-c", `node "$0" "$1" < "$2"`, filepath.Join(folder, "oxigraph.js"), f.MIME(), saved(t, "in."+f.String(), text)))
}

// RDFLib, which Python's users read RDF with, finds the same quads in every format that it knows.
func TestRDFLib(t *testing.T) {
	t.Parallel()
	g := ordinary(t)
	all := exported(t, g, "nq")
	for format, want := range map[string]string{"nquads": all, "trig": all, "json-ld": all, "turtle": mergedGraphs(t, all)} {
		f, ok := rdf.ParseFormat(format)
		if !ok {
			t.Fatalf("no format %s", format)
		}
		out := python(t, "rdflib", "rdf.py", format, saved(t, "in."+f.String(), exported(t, g, f.String())))
		var got []schema.Quad
		for _, q := range decoded[[][4][4]string](t, out) {
			got = append(got, schema.Quad{Subject: plainTerm(q[0]), Predicate: plainTerm(q[1]), Object: plainTerm(q[2]), Graph: plainTerm(q[3])})
			if !f.Graphs() {
				got[len(got)-1].Graph = schema.Term{}
			}
		}
		var b bytes.Buffer
		if err := rdf.WriteSorted(&b, got); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("RDFLib reads other quads from %s:\n%s", format, cmp.Diff(want, b.String()))
		}
	}
}

// plainTerm is a term of kind, value, datatype and language.
func plainTerm(t [4]string) schema.Term {
	switch t[0] {
	case "iri":
		return schema.NewIRI(t[1])
	case "blank":
		return schema.Term{Kind: schema.Blank, Value: t[1]}
	case "literal":
		if t[3] != "" {
			return schema.Term{Kind: schema.Literal, Value: t[1], Lang: t[3]}
		}
		return schema.NewLiteral(t[1], t[2])
	}
	return schema.Term{}
}
