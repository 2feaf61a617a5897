package rdf_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// nq gives quads as N-Quads in their order.
func nq(t *testing.T, quads []schema.Quad) string {
	t.Helper()
	var b []byte
	for _, q := range quads {
		var err error
		if b, err = rdf.AppendQuad(b, q); err != nil {
			t.Fatal(err)
		}
	}
	return string(b)
}

func TestTurtle(t *testing.T) {
	t.Parallel()
	const base = "@prefix : <x:> .\n"
	tests := []struct{ name, in, want string }{
		{"base and relative IRIs", "BASE <http://a/b/c?d#e>\n<> <f> <../g#h> . @base <i/>. <j> <?k> <#l> .",
			"<http://a/b/c?d> <http://a/b/f> <http://a/g#h> .\n<http://a/b/i/j> <http://a/b/i/?k> <http://a/b/i/#l> .\n"},
		{"an absolute IRI stays", "BASE <http://a/> <http://b/c/../d> <x:p> <x:%7e> .", "<http://b/c/../d> <x:p> <x:%7e> .\n"},
		{"prefixes", "prefix a: <x:1> PrEfIx b.c: <x:2>\na: b.c:d a:e.f, b.c: .", "<x:1> <x:2d> <x:1e.f> .\n<x:1> <x:2d> <x:2> .\n"},
		{"prefix without a blank", "@prefix:<x:>.:a<x:b>:c.", "<x:a> <x:b> <x:c> .\n"},
		{"local names", base + `:%41 :a\,b\~ :a:b:-.c .`, "<x:%41> <x:a,b~> <x:a:b:-.c> .\n"},
		{"escapes", base + `:s :p "\t\u00e9\U0001F600\\", 'a"b', """a""b
c\"""", '''''' .`,
			`<x:s> <x:p> "\té😀\\" .` + "\n" + `<x:s> <x:p> "a\"b" .` + "\n" + `<x:s> <x:p> "a\"\"b\nc\"" .` + "\n" + `<x:s> <x:p> "" .` + "\n"},
		{"languages and datatypes", base + `:s :p "a"@en-GB, "b" ^^ :d, "c" @de .`, `<x:s> <x:p> "a"@en-gb .` + "\n" + `<x:s> <x:p> "b"^^<x:d> .` + "\n" + `<x:s> <x:p> "c"@de .` + "\n"},
		{"numbers", base + ":s :p 007,-.5,+1.5e3,1.E0,4.\n:t a true.", `<x:s> <x:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
<x:s> <x:p> "-.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<x:s> <x:p> "+1.5e3"^^<http://www.w3.org/2001/XMLSchema#double> .
<x:s> <x:p> "1.E0"^^<http://www.w3.org/2001/XMLSchema#double> .
<x:s> <x:p> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .
<x:t> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
`},
		{"brackets", base + "[ :p [ :q :o ] ; ; ] . ( :a () ) :p _:anon1 .", `_:anon1 <x:q> <x:o> .
_:anon0 <x:p> _:anon1 .
_:anon2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <x:a> .
_:anon2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:anon3 .
_:anon3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
_:anon3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
_:anon2 <x:p> _:anon_anon1 .
`},
		{"graphs", base + "{ :a :p 'x' } graph :g { :a :p :b. :c :p :d } :h { } [] { [] :p :o . } :e :p :f .", `<x:a> <x:p> "x" .
<x:a> <x:p> <x:b> <x:g> .
<x:c> <x:p> <x:d> <x:g> .
_:anon1 <x:p> <x:o> _:anon0 .
<x:e> <x:p> <x:f> .
`},
	}
	for _, c := range tests {
		quads, err := readAll(iotest.OneByteReader(strings.NewReader(c.in)), rdf.Options{Format: rdf.TriG})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, nq(t, quads)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestTurtleErrors(t *testing.T) {
	t.Parallel()
	const base = "@prefix : <x:> .\r\n"
	turtle, trig := rdf.Options{Format: rdf.Turtle}, rdf.Options{Format: rdf.TriG}
	tests := []struct {
		in   string
		opts rdf.Options
		want string
	}{
		{base + ":é :p oops .", turtle, "line 2, column 7: expected an object: an IRI, a blank node, a literal or a list"},
		{base + ":s :p \"\xff\" .", turtle, "line 2, column 8: not UTF-8"},
		{"#é\xff", turtle, "line 1, column 3: not UTF-8"},
		{base + ":s :p 'a\nb' .", turtle, "line 2, column 7: a literal is not closed"},
		{base + ":s :p '''a\nb' .", turtle, "line 2, column 7: a literal is not closed"},
		{base + ":s :p :o", turtle, `line 2, column 9: expected "." at the end of the statement`},
		{base + ":s :p '\\ud83d\\ude00' .", turtle, "line 2, column 8: escape is no code point"},
		{base + ":s :p <x:\\u0020> .", turtle, "line 2, column 10: IRI holds the character U+0020"},
		{"<s> <x:p> <x:o> .", turtle, "line 1, column 2: IRI is not absolute, and there is no base to resolve it"},
		{":s :p :o .", turtle, `line 1, column 1: prefix ":" is not declared`},
		{base + ":s :p 'a'@en- .", turtle, "line 2, column 11: language tag is wrong"},
		{base + ":s :p (1 2 .", turtle, "line 2, column 12: expected an object: an IRI, a blank node, a literal or a list"},
		{base + ":s :p [ :q 1 .", turtle, `line 2, column 14: expected "]"`},
		{base + ":g { :s :p :o }", turtle, "line 2, column 4: expected a predicate: an IRI or \"a\""},
		{base + ":g { :s :p :o ", trig, `line 2, column 15: expected "." or "}"`},
		{base + "() { :s :p :o }", trig, "line 2, column 4: expected a predicate: an IRI or \"a\""},
		{base + ":s :p " + strings.Repeat("(", 1001), turtle, "line 2, column 1007: more than 1000 brackets in each other"},
		{"<x:s> <x:p> 'abcdef' .", rdf.Options{Format: rdf.Turtle, MaxLine: 5}, "line 1, column 20: longer than the limit of 5 bytes"},
		{"", rdf.Options{Format: rdf.Turtle, Base: "a/b"}, "line 1, column 1: base: IRI is not absolute"},
	}
	for _, c := range tests {
		_, err := readAll(strings.NewReader(c.in), c.opts)
		var perr *rdf.ParseError
		if !errors.As(err, &perr) || err.Error() != c.want {
			t.Errorf("%.40q: got %v, want %s", c.in, err, c.want)
		}
	}
}

// The parse ends when nobody wants more, a source that fails is no end of the data, and memory stays where it is however long
// a single statement or comment goes on.
func TestTurtleStream(t *testing.T) {
	t.Parallel()
	many := io.MultiReader(strings.NewReader("<x:s> <x:p> "), strings.NewReader(strings.Repeat("<x:o>,", 1<<20)), iotest.ErrReader(io.ErrClosedPipe))
	n := 0
	var last error
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, err := range rdf.Quads(many, rdf.Options{Format: rdf.Turtle}) {
		n, last = n+1, err
	}
	runtime.ReadMemStats(&after)
	if n != 1<<20+1 || last != io.ErrClosedPipe {
		t.Errorf("%d quads, then %v", n, last)
	}
	if after.HeapAlloc > before.HeapAlloc+32<<20 {
		t.Errorf("the heap grew from %d to %d", before.HeapAlloc, after.HeapAlloc)
	}
	for range rdf.Quads(strings.NewReader("<x:s> <x:p> <x:o> . nonsense"), rdf.Options{Format: rdf.Turtle}) {
		break
	}
	var perr *rdf.ParseError
	if _, err := readAll(io.MultiReader(strings.NewReader("<x:s> <x:p> '"), endless{}), rdf.Options{Format: rdf.Turtle, MaxLine: 1 << 20}); !errors.As(err, &perr) {
		t.Errorf("a literal without end: %v", err)
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]rdf.Format{
		"nq": rdf.NQuads, ".nt": rdf.NTriples, "TTL": rdf.Turtle, "trig": rdf.TriG, "application/ld+json": rdf.JSONLD, "nquads": rdf.NQuads, "text/turtle": rdf.Turtle,
	} {
		if got, ok := rdf.ParseFormat(in); !ok || got != want {
			t.Errorf("%s: got %s, %v", in, got, ok)
		}
	}
	if f, ok := rdf.ParseFormat("rdf"); ok {
		t.Errorf("rdf is %s", f)
	}
}

// Turtle and TriG never panic, fail with a *ParseError alone, and what they give can be written.
func FuzzTurtle(f *testing.F) {
	for _, in := range []string{
		"@prefix : <x:> . :s :p ( 1 2.5 'a'@en \"\"\"b\"\"\" ) , [ a :c ; ] .",
		"BASE <http://a/b> GRAPH <g> { <s> <../p> true . [] <q> _:b }",
		"@base <http://a/b/../c>.<?d><#e><//f>.", "_:a.b <x:p> 1.e2.", "@prefix a.b:<x:>.a.b:c\\-%41 a a.b:d..",
	} {
		f.Add([]byte(in), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, trig bool) {
		o := rdf.Options{Format: rdf.Turtle, Base: "http://base.example/a/b?c#d", MaxLine: 1 << 12}
		if trig {
			o.Format = rdf.TriG
		}
		quads, err := readAll(bytes.NewReader(data), o)
		var perr *rdf.ParseError
		if err != nil && !errors.As(err, &perr) {
			t.Fatalf("error of another kind: %v", err)
		}
		for _, q := range quads {
			if err := rdf.Check(q); err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
		}
	})
}
