package rdf_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

var prefixes = []rdf.Prefix{{"ex", "http://a.example/"}, {"long", "http://a.example/long/"}, {"xsd", schema.XSD}, {"rdf", schema.RDF}, {"x.y", "x:y/"}}

func write(t *testing.T, f rdf.Format, o rdf.WriteOptions, quads []schema.Quad) string {
	t.Helper()
	var b bytes.Buffer
	w, err := rdf.NewQuadWriter(&b, f, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sampleQuads has every kind of term, and what may be taken for something else.
func sampleQuads() []schema.Quad {
	typ := schema.NewIRI(schema.RDF + "type")
	quads := []schema.Quad{
		quad(s, p, schema.NewString("first"), none), quad(s, p, o, none), quad(s, typ, schema.NewIRI("http://a.example/long/C"), none),
		quad(blank(1), p, blank(2), blank(3)), quad(s, p, schema.NewString("two\nlines \"\"\" and \" \\ \r\t\x00\ufffe\""), g),
		quad(schema.Term{Kind: schema.Blank, Value: "anon0"}, p, schema.Term{Kind: schema.Literal, Value: "x\n\"", Lang: "en-gb"}, g),
	}
	for _, x := range [][2]string{{"integer", "007"}, {"integer", "-1"}, {"integer", "--1"}, {"integer", "1.0"}, {"integer", ""}, {"decimal", "1."}, {"decimal", ".5"},
		{"decimal", "5"}, {"double", "1e5"}, {"double", "1.E-5"}, {"double", ".E5"}, {"double", "INF"}, {"boolean", "true"}, {"boolean", "1"}, {"string", "x"}} {
		quads = append(quads, quad(s, p, schema.NewLiteral(x[1], schema.XSD+x[0]), none))
	}
	for _, iri := range []string{"http://a.example/", "http://a.example/a.", "http://a.example/a.b", "http://a.example/-a", "http://a.example/9%41é·", "http://a.example/%4",
		"http://a.example/a(b)", "http://a.example/a#b=1,2", "http://a.example/../b/./c", "x:y/", "ex:a", "ex://a", "long:x", "http://a.example//x", "urn:a:b", "mailto:a@b"} {
		i := schema.NewIRI(iri)
		quads = append(quads, quad(i, i, i, i), quad(i, i, schema.NewLiteral("x", iri), none))
	}
	return append(quads, hostile(200)...)
}

// What is written comes back the same, sorted or not.
func TestPrettyRoundTrip(t *testing.T) {
	t.Parallel()
	quads := sampleQuads()
	sorted := append([]schema.Quad{}, quads...)
	rdf.SortReadable(sorted)
	for _, list := range [][]schema.Quad{quads, sorted} {
		for _, f := range []rdf.Format{rdf.TriG, rdf.NQuads, rdf.Turtle, rdf.NTriples} {
			o := rdf.WriteOptions{Prefixes: prefixes, MergeGraphs: !f.Graphs()}
			text := write(t, f, o, list)
			back, err := readAll(strings.NewReader(text), rdf.Options{Format: f})
			if err != nil {
				t.Fatalf("%s: %v\n%s", f, err, text)
			}
			want := append([]schema.Quad{}, list...)
			for i := range want {
				if o.MergeGraphs {
					want[i].Graph = none
				}
			}
			if len(back) != len(want) {
				t.Errorf("%s: %d quads come back of %d", f, len(back), len(want))
			}
			if !isomorphic(t, back, want) {
				t.Errorf("%s: other quads come back:\n%s", f, cmp.Diff(want, back))
			}
		}
	}
}

func TestTriGReadable(t *testing.T) {
	t.Parallel()
	quads := []schema.Quad{
		quad(s, p, schema.NewString("b"), g), quad(s, p, o, none), quad(s, schema.NewIRI(schema.RDF+"type"), o, none),
		quad(s, p, schema.NewString("a\n\"b\""), g), quad(o, p, schema.NewLiteral("0.87", schema.XSD+"decimal"), g), quad(s, o, schema.NewLiteral("2020", schema.XSD+"gYear"), g),
	}
	rdf.SortReadable(quads)
	want := `@prefix ex: <http://a.example/> .
@prefix long: <http://a.example/long/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix x.y: <x:y/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:s a ex:o ;
    ex:p ex:o .

ex:g {
    ex:o ex:p 0.87 .

    ex:s ex:o "2020"^^xsd:gYear ;
        ex:p """a
"b\"""", "b" .
}
`
	if diff := cmp.Diff(want, write(t, rdf.TriG, rdf.WriteOptions{Prefixes: prefixes}, quads)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJSONLD(t *testing.T) {
	t.Parallel()
	quads := []schema.Quad{
		quad(s, schema.NewIRI(schema.RDF+"type"), o, none), quad(s, p, schema.NewString("<a>"), none), quad(s, p, schema.NewLiteral("1", schema.XSD+"integer"), none),
		quad(s, p, o, g), quad(schema.NewIRI("ex:a"), p, o, g), quad(blank(1), p, schema.Term{Kind: schema.Literal, Value: "x", Lang: "en"}, none),
	}
	want := `{"@context":{"ex":"http://a.example/"},"@graph":[
{"@id":"ex:s","@type":"ex:o","ex:p":["<a>",{"@value":"1","@type":"http://www.w3.org/2001/XMLSchema#integer"}]},
{"@id":"ex:g","@graph":[
{"@id":"ex:s","ex:p":{"@id":"ex:o"}}
]},
{"@context":null,"@id":"http://a.example/g","@graph":[{"@id":"ex:a","http://a.example/p":{"@id":"http://a.example/o"}}]},
{"@id":"_:n1","ex:p":{"@value":"x","@language":"en"}}
]}
`
	if diff := cmp.Diff(want, write(t, rdf.JSONLD, rdf.WriteOptions{Prefixes: prefixes[:1]}, quads)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("{\"@context\":{},\"@graph\":[\n]}\n", write(t, rdf.JSONLD, rdf.WriteOptions{}, nil)); diff != "" {
		t.Errorf("nothing (-want +got):\n%s", diff)
	}
}

// A foreign reader gets the same quads from every format.
func TestPrettyOxigraph(t *testing.T) {
	t.Parallel()
	quads := sampleQuads()
	var valid []schema.Quad
	for _, q := range quads {
		if !strings.HasSuffix(q.Object.Value, "%4") && !strings.HasSuffix(q.Object.Datatype, "%4") { // RDF's grammar has it, oxigraph does not
			valid = append(valid, q)
		}
	}
	for _, f := range []rdf.Format{rdf.TriG, rdf.NQuads, rdf.Turtle, rdf.NTriples, rdf.JSONLD} {
		o := rdf.WriteOptions{Prefixes: prefixes, MergeGraphs: !f.Graphs()}
		back, err := readAll(strings.NewReader(oxigraph(t, f, write(t, f, o, valid))), rdf.Options{})
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		want := append([]schema.Quad{}, valid...)
		for i := range want {
			if o.MergeGraphs {
				want[i].Graph = none
			}
		}
		if !isomorphic(t, back, want) {
			rdf.Sort(back)
			rdf.Sort(want)
			t.Errorf("%s: oxigraph has other quads:\n%s", f, cmp.Diff(nq(t, want), nq(t, back)))
		}
	}
}

// oxigraph reads a text with the npm package of that name and returns it as N-Quads; the test is skipped without it.
func oxigraph(t *testing.T, f rdf.Format, text string) string {
	t.Helper()
	folder := filepath.Join("testdata", "npm")
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "oxigraph")); err != nil {
		t.Skip("no oxigraph (npm ci --prefix graph/rdf/testdata/npm)")
	}
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(folder, "oxigraph.js"), f.MIME())
	cmd.Stdin = strings.NewReader(text)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("oxigraph and %s: %v: %.2000s", f, err, said.String())
	}
	return string(out)
}

// Serd and Raptor, which many programs read RDF with, take what is written.
func TestPrettyForeign(t *testing.T) {
	t.Parallel()
	var quads []schema.Quad
	for _, q := range sampleQuads() {
		if !strings.ContainsAny(q.Object.Value, "\x00") && !strings.Contains(q.Object.Datatype, "..") {
			quads = append(quads, q)
		}
	}
	dir := t.TempDir()
	for _, c := range []struct {
		f    rdf.Format
		args []string
	}{
		{rdf.Turtle, []string{"serdi", "-q", "-i", "turtle", "-o", "ntriples"}}, {rdf.TriG, []string{"serdi", "-q", "-i", "trig", "-o", "nquads"}},
		{rdf.Turtle, []string{"rapper", "-q", "-c", "-i", "turtle"}},
	} {
		if _, err := exec.LookPath(c.args[0]); err != nil {
			t.Logf("%s is not installed", c.args[0])
			continue
		}
		path := filepath.Join(dir, "x."+c.f.String())
		if err := os.WriteFile(path, []byte(write(t, c.f, rdf.WriteOptions{Prefixes: prefixes, MergeGraphs: !c.f.Graphs()}, quads)), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), c.args[0], append(c.args[1:], path)...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v: %.2000s", c.args, err, out)
		}
	}
}

// What a format cannot hold is refused: nothing can end its brackets or quotes.
func TestPrettyRefuses(t *testing.T) {
	t.Parallel()
	var terr *rdf.TermError
	for _, f := range []rdf.Format{rdf.TriG, rdf.Turtle, rdf.JSONLD, rdf.NTriples} {
		var b bytes.Buffer
		w, err := rdf.NewQuadWriter(&b, f, rdf.WriteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, iri := range []string{"x:a> <x:b> <x:c> .\n<x:d", "relative", "x:\xff", "http://a.example/s p"} {
			i := schema.NewIRI(iri)
			for _, q := range []schema.Quad{quad(i, p, o, none), quad(s, i, o, none), quad(s, p, i, none), quad(s, p, schema.NewLiteral("x", iri), none)} {
				if err := w.Write(q); !errors.As(err, &terr) {
					t.Errorf("%s: %v: %v", f, q, err)
				}
			}
		}
		if err := w.Write(quad(s, p, o, g)); !f.Graphs() && !errors.Is(err, rdf.ErrGraph) || f.Graphs() && err != nil {
			t.Errorf("%s: a named graph: %v", f, err)
		}
	}
	if _, err := rdf.NewQuadWriter(nil, rdf.Turtle, rdf.WriteOptions{Prefixes: []rdf.Prefix{{"a", "x:> ."}}}); !errors.As(err, &terr) {
		t.Errorf("a prefix: %v", err)
	}
}

// Whatever the terms hold, the statement that is read is the one that was written, and no other.
func FuzzPretty(f *testing.F) {
	f.Add("x:s", "a\n\"", "en", "x:dt", "b0")
	f.Add("ex:s", "1.0", "", schema.XSD+"decimal", "anon0")
	f.Add("http://a.example/a.b", `""" . <x:a> <x:b> <x:c> .`, "", "", "b.c")
	f.Fuzz(func(t *testing.T, iri, value, lang, dt, label string) {
		literal := schema.NewLiteral(value, dt)
		if lang != "" {
			literal = schema.Term{Kind: schema.Literal, Value: value, Lang: strings.ToLower(lang)}
		}
		i := schema.NewIRI(iri)
		want := schema.Quad{Subject: schema.Term{Kind: schema.Blank, Value: label}, Predicate: i, Object: literal, Graph: i}
		if rdf.Check(want) != nil {
			return
		}
		text := write(t, rdf.TriG, rdf.WriteOptions{Prefixes: prefixes}, []schema.Quad{want, want})
		back, err := readAll(strings.NewReader(text), rdf.Options{Format: rdf.TriG, Directions: true})
		if err != nil || len(back) != 2 || back[0] != back[1] || !isomorphic(t, back, []schema.Quad{want}) {
			t.Fatalf("%s\ncomes back as %v, %v", text, back, err)
		}
	})
}
