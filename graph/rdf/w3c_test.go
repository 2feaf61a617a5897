package rdf_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph/rdf"
	"newsgraph/internal/w3c"
	"newsgraph/schema"
)

// suites are the W3C suites that the package passes, with the exact number of tests in each.
var suites = []struct {
	name, manifest string
	opts           rdf.Options
	tests          int
	// outside names the tests that are not run, each with its reason.
	outside map[string]string
}{
	{"Turtle 1.1", "rdf/rdf11/rdf-turtle/manifest.ttl", rdf.Options{Format: rdf.Turtle, Base: "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"}, 313, nil},
	{"TriG 1.1", "rdf/rdf11/rdf-trig/manifest.ttl", rdf.Options{Format: rdf.TriG, Base: "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-trig/"}, 356, nil},
	{"N-Quads 1.1", "rdf/rdf11/rdf-n-quads/manifest.ttl", rdf.Options{}, 87, nil},
	{"N-Triples 1.1", "rdf/rdf11/rdf-n-triples/manifest.ttl", rdf.Options{Format: rdf.NTriples}, 70, nil},
	{"canonical N-Quads 1.2", "rdf/rdf12/rdf-n-quads/c14n/manifest.ttl", rdf.Options{Directions: true}, 41, tripleTerms},
	{"canonical N-Triples 1.2", "rdf/rdf12/rdf-n-triples/c14n/manifest.ttl", rdf.Options{Directions: true, Format: rdf.NTriples}, 41, tripleTerms},
}

var tripleTerms = map[string]string{
	"triple-term-01": "triple terms are RDF 1.2; schema.Term is RDF 1.1",
	"triple-term-02": "triple terms are RDF 1.2; schema.Term is RDF 1.1",
	"triple-term-03": "triple terms are RDF 1.2; schema.Term is RDF 1.1",
	"triple-term-04": "triple terms are RDF 1.2; schema.Term is RDF 1.1",
}

func TestW3C(t *testing.T) {
	t.Parallel()
	dir := w3c.Dir(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			tests, err := w3c.Manifest(filepath.Join(dir, s.manifest))
			if err != nil {
				t.Fatal(err)
			}
			if len(tests) != s.tests {
				t.Errorf("the manifest has %d tests, want %d", len(tests), s.tests)
			}
			passed := 0
			for _, c := range tests {
				if s.outside[c.Name] != "" {
					continue
				}
				if t.Run(c.Name, func(t *testing.T) { conform(t, c, s.opts) }) {
					passed++
				}
			}
			if want := s.tests - len(s.outside); passed != want {
				t.Errorf("%d tests pass, want %d", passed, want)
			}
		})
	}
}

func conform(t *testing.T, c w3c.Test, o rdf.Options) {
	input, err := os.ReadFile(c.Action)
	if err != nil {
		t.Fatal(err)
	}
	if o.Base != "" {
		o.Base += filepath.Base(c.Action)
	}
	quads, err := readAll(bytes.NewReader(input), o)
	switch {
	case strings.HasSuffix(c.Type, "NegativeSyntax"), strings.HasSuffix(c.Type, "NegativeEval"):
		var perr *rdf.ParseError
		if !errors.As(err, &perr) {
			t.Errorf("error %v, want a *ParseError", err)
		}
		return
	case err != nil:
		t.Fatal(err)
	case strings.HasSuffix(c.Type, "PositiveC14N"):
		compareC14N(t, c, quads)
	case strings.HasSuffix(c.Type, "Eval"):
		compareEval(t, c, quads)
	case !strings.HasSuffix(c.Type, "PositiveSyntax"):
		t.Fatalf("unknown type of test %s", c.Type)
	}
}

// compareEval holds the quads against the N-Triples or N-Quads that the suite expects, up to the labels of blank nodes.
func compareEval(t *testing.T, c w3c.Test, quads []schema.Quad) {
	text, err := os.ReadFile(c.Result)
	if err != nil {
		t.Fatal(err)
	}
	want, err := readAll(bytes.NewReader(text), rdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	same, err := rdf.Isomorphic(quads, want)
	if err != nil {
		t.Fatal(err)
	}
	if !same {
		t.Errorf("got\n%v\nwant\n%v", quads, want)
	}
}

func compareC14N(t *testing.T, c w3c.Test, quads []schema.Quad) {
	want, err := os.ReadFile(c.Result)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	w := rdf.NewWriter(&got)
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func readAll(r io.Reader, o rdf.Options) ([]schema.Quad, error) {
	var quads []schema.Quad
	for q, err := range rdf.Quads(r, o) {
		if err != nil {
			return quads, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}
