package rdf_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func readLD(text string) ([]schema.Quad, error) {
	return readAll(strings.NewReader(text), rdf.Options{Format: rdf.JSONLD})
}

// What is written as JSON-LD is read back, whatever it is.
func TestJSONLDBack(t *testing.T) {
	t.Parallel()
	for _, o := range []rdf.WriteOptions{{}, {Prefixes: prefixes}} {
		want := sampleQuads()
		got, err := readLD(write(t, rdf.JSONLD, o, want))
		if err != nil {
			t.Fatal(err)
		}
		if !isomorphic(t, got, want) {
			rdf.Sort(got)
			rdf.Sort(want)
			t.Errorf("other quads:\n%s", cmp.Diff(nq(t, want), nq(t, got)))
		}
	}
}

// JSON-LD of others, as far as it is read.
func TestJSONLDForeign(t *testing.T) {
	t.Parallel()
	const context = `"@context": {"ex": "http://a.example/", "name": "http://b.example/name", "odd": "http://b.example/odd"}`
	tests := map[string]struct{ text, want string }{
		"nothing": {`[]`, ""},
		"one node": {`{` + context + `, "@id": "ex:s", "name": ["a", "b"], "ex:p": {"@id": "ex:o", "@type": "name"}}`,
			"<http://a.example/s> <http://b.example/name> \"a\" .\n<http://a.example/s> <http://b.example/name> \"b\" .\n" +
				"<http://a.example/o> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://b.example/name> .\n<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n"},
		"a list, no context": {`[{"@id": "x:s", "x:p": true}, {"@id": "x:s", "x:p": [1, -20, {"@value": "1.0", "@type": "x:t"}, {"@value": "y", "@language": "EN-gb"}]}]`,
			"<x:s> <x:p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n<x:s> <x:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n" +
				"<x:s> <x:p> \"-20\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<x:s> <x:p> \"1.0\"^^<x:t> .\n<x:s> <x:p> \"y\"@en-gb .\n"},
		"no @id":           {`{"x:p": {"@id": "_:anon0"}, "x:q": {}}`, "_:anon0 <x:p> _:anon_anon0 .\n_:anon0 <x:q> _:anon1 .\n"},
		"a graph":          {`{"@id": "x:g", "@graph": [{"@id": "x:s", "x:p": "o"}], "x:p": "of the graph"}`, "<x:s> <x:p> \"o\" <x:g> .\n<x:g> <x:p> \"of the graph\" .\n"},
		"a prefix and not": {`{` + context + `, "@graph": [{"@id": "odd:s", "ex://p": {"@id": "ex:"}}]}`, "<odd:s> <ex://p> <http://a.example/> .\n"},
		"more context": {`{"@context": {"a": "x:a/"}, "@graph": [{"@context": {"b": "x:b/"}, "@id": "a:s", "b:p": "o"}, {"@id": "b:s", "a:p": "o"}]}`,
			"<x:a/s> <x:b/p> \"o\" .\n<b:s> <x:a/p> \"o\" .\n"},
		"another context": {`{` + context + `, "@graph": [{"@context": null, "@id": "ex:s", "ex:p": "\ud83d\ude00\u0000\ufffd"}]}`, "<ex:s> <ex:p> \"\U0001F600\\u0000\ufffd\" .\n"},
	}
	for name, tt := range tests {
		got, err := readLD(tt.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, nq(t, got)); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", name, diff)
		}
	}
}

// What is not read is an error with its place, and nothing is left out in silence.
func TestJSONLDRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                                    "line 1, column 1: the JSON ends too early",
		"[{\"@id\": \"x:s\"},\n {\"x:p\":}]":  "line 1, column 17: behind here: invalid character '}'",
		"[{\"@id\": \"x:s\"},\n {\"x:p\": 1}": "ends too early",
		`[] []`:                               "behind the end",
		`"x"`:                                 "an object or a list",
		`{"@context": "http://a.example/c", "@graph": []}`:                            "is not fetched",
		`{"@context": ["http://a.example/c"], "@graph": []}`:                          "an object of short names",
		`{"@context": {"@vocab": "http://a.example/"}}`:                               `"@vocab" of a context is not read`,
		`{"@context": {"x": {"@id": "http://a.example/"}}}`:                           `"x" of a context is not read`,
		`{"@context": {"x": "relative"}}`:                                             "not absolute",
		`{"@graph": [], "x:p": "y"}`:                                                  "@graph is the last",
		`{"@graph": {"@id": "x:s"}}`:                                                  "a list of objects",
		`[{"@id": "s", "x:p": "y"}]`:                                                  `"s" is neither an IRI nor a short name`,
		`[{"@id": "x:s", "p": "y"}]`:                                                  `"p" is neither`,
		`[{"@id": "x:s", "x:p": 1.5}]`:                                                "the value 1.5 is not read",
		`[{"@id": "x:s", "x:p": null}]`:                                               "the value null is not read",
		`[{"@id": "x:s", "x:p": {"@list": ["a"]}}]`:                                   "@list is not read",
		`[{"@id": "x:s", "@reverse": {}}]`:                                            "@reverse is not read",
		`[{"@id": "x:s", "x:p": {"@value": 1}}]`:                                      "@value of a value is a string",
		`[{"@id": "x:s", "x:p": {"@value": "a", "x:y": "b"}}]`:                        "x:y of a value is not read",
		`[{"@id": "x:s", "x:p": {"@value": "a", "@language": "e n"}}]`:                "language tag",
		`[{"@id": "x:s", "x:p": {"@value": "a", "@language": "en", "@type": "x:t"}}]`: "@type and @language",
		`[{"@id": "x:s", "x:p": {"@value": "a", "@type": "_:b"}}]`:                    "a datatype is an IRI",
		`[{"@id": "x:s", "_:p": "a"}]`:                                                "predicate is not an IRI",
		`[{"@id": "x:s t", "x:p": "a"}]`:                                              "U+0020",
		`[{"@id": ["x:s"], "x:p": "a"}]`:                                              "@id is a string",
		`[{"@id": "x:s", "@type": {"@id": "x:t"}}]`:                                   "@type is a string",
		`[{"@id": "x:g", "@graph": {"@id": "x:h", "@graph": []}}]`:                    "a graph in a graph",
		`[{"@id": "x:s", "x:p": "a", "x:p": "b"}]`:                                    "twice",
		`[{"@id": "x:s", "x:p": "\ud800"}]`:                                           "surrogate",
		"[{\"@id\": \"x:s\", \"x:p\": \"\xff\"}]":                                     "not UTF-8",
		`["x"]`: "is no object",
		strings.Repeat(`{"x:p":`, 200) + `""` + strings.Repeat(`}`, 200): "deep",
	} {
		_, err := readLD(text)
		var at *rdf.ParseError
		if err == nil || !errors.As(err, &at) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %q", text, err, want)
		}
	}
	if _, err := readAll(iotest.ErrReader(io.ErrClosedPipe), rdf.Options{Format: rdf.JSONLD}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("an error of the source is %v", err)
	}
	long := `[{"@id": "x:s", "x:p": "` + strings.Repeat("a", 200) + `"}]`
	if _, err := readAll(strings.NewReader(long), rdf.Options{Format: rdf.JSONLD, MaxLine: 100}); err == nil {
		t.Error("an object longer than the limit is read")
	}
}

// FuzzJSONLD: what is read is written and read again the same.
func FuzzJSONLD(f *testing.F) {
	for _, seed := range []string{
		`{"@context":{"ex":"http://a.example/"},"@graph":[{"@id":"ex:s","@type":"ex:o","ex:p":["<a>",{"@value":"1","@type":"x:t"}]},{"@id":"ex:g","@graph":[{"@id":"ex:s"}]}]}`,
		`[{"@id":"x:s","x:p":[true,1,{"@value":"a","@language":"en"},{"@id":"_:b"},{}]}]`, `{"@id":"x:s","x:p":{"x:q":"\u0000\ud83d\ude00"}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readLD(text)
		if err != nil || len(got) > 30 {
			return
		}
		again, err := readLD(write(t, rdf.JSONLD, rdf.WriteOptions{Prefixes: prefixes}, got))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 0 && !isomorphic(t, got, again) {
			t.Fatalf("written and read again:\n%s\nnot\n%s", nq(t, again), nq(t, got))
		}
	})
}
