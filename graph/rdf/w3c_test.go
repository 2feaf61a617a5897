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
	{"N-Quads 1.1", "rdf/rdf11/rdf-n-quads/manifest.ttl", rdf.Options{}, 87, nil},
	{"N-Triples 1.1", "rdf/rdf11/rdf-n-triples/manifest.ttl", rdf.Options{Triples: true}, 70, nil},
	{"canonical N-Quads 1.2", "rdf/rdf12/rdf-n-quads/c14n/manifest.ttl", rdf.Options{Directions: true}, 41, tripleTerms},
	{"canonical N-Triples 1.2", "rdf/rdf12/rdf-n-triples/c14n/manifest.ttl", rdf.Options{Directions: true, Triples: true}, 41, tripleTerms},
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
	quads, err := readAll(bytes.NewReader(input), o)
	switch {
	case strings.HasSuffix(c.Type, "NegativeSyntax"):
		var perr *rdf.ParseError
		if !errors.As(err, &perr) {
			t.Errorf("error %v, want a *ParseError", err)
		}
		return
	case err != nil:
		t.Fatal(err)
	case strings.HasSuffix(c.Type, "PositiveC14N"):
		compareC14N(t, c, quads)
	case !strings.HasSuffix(c.Type, "PositiveSyntax"):
		t.Fatalf("unknown type of test %s", c.Type)
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
	for q, err := range rdf.NewReader(r, o).All() {
		if err != nil {
			return quads, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}
