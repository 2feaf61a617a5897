package rdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

var (
	none schema.Term
	s    = schema.NewIRI("http://a.example/s")
	p    = schema.NewIRI("http://a.example/p")
	o    = schema.NewIRI("http://a.example/o")
	g    = schema.NewIRI("http://a.example/g")
)

func quad(s, p, o, g schema.Term) schema.Quad {
	return schema.Quad{Subject: s, Predicate: p, Object: o, Graph: g}
}

func TestRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     []schema.Quad
	}{
		{"default graph", "<http://a.example/s> <http://a.example/p> <http://a.example/o> .", []schema.Quad{quad(s, p, o, none)}},
		{"graph", "<http://a.example/s> <http://a.example/p> <http://a.example/o> <http://a.example/g> .\n", []schema.Quad{quad(s, p, o, g)}},
		{"line ends", "\r\n<x:s> <x:p> _:a .\r<x:s> <x:p> _:b .\n\r\r\n", []schema.Quad{
			quad(schema.NewIRI("x:s"), schema.NewIRI("x:p"), schema.Term{Kind: schema.Blank, Value: "a"}, none),
			quad(schema.NewIRI("x:s"), schema.NewIRI("x:p"), schema.Term{Kind: schema.Blank, Value: "b"}, none),
		}},
		{"lexical form stays", `<x:s> <x:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> . # comment`, []schema.Quad{
			quad(schema.NewIRI("x:s"), schema.NewIRI("x:p"), schema.NewLiteral("007", schema.XSD+"integer"), none),
		}},
		{"label ends before the full stop", `_:a.b <x:p> _:c..`, nil},
		{"language in lower case", `<x:s> <x:p> "x"@en-GB.`, []schema.Quad{
			quad(schema.NewIRI("x:s"), schema.NewIRI("x:p"), schema.Term{Kind: schema.Literal, Value: "x", Lang: "en-gb"}, none),
		}},
	}
	for _, c := range tests {
		got, err := readAll(iotest.OneByteReader(strings.NewReader(c.in)), rdf.Options{})
		if (err != nil) != (c.want == nil) {
			t.Errorf("%s: error %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" && c.want != nil {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		opts rdf.Options
		want string
	}{
		{"<x:s> <x:p> <x:o> .\n\n<x:é> <x:p> oops .", rdf.Options{}, "line 3, column 13: expected an object: an IRI, a blank node or a literal"},
		{"<x:s> <x:p> \"\xff\" .", rdf.Options{}, "line 1, column 14: not UTF-8"},
		{"# \xff", rdf.Options{}, "line 1, column 3: not UTF-8"},
		{`<x:s> <x:p> "a" .` + "\r\r\n" + `"x"`, rdf.Options{}, "line 3, column 1: expected a subject: an IRI or a blank node"},
		{`<x:s> <x:p> "a" <x:g> .`, rdf.Options{Format: rdf.NTriples}, `line 1, column 17: expected "." at the end of the statement`},
		{`<x:s> <x:p> "a"@en--ltr .`, rdf.Options{}, "line 1, column 17: language tag is wrong"},
		{`<x:s> <x:p> "a"@en- .`, rdf.Options{}, "line 1, column 17: language tag is wrong"},
		{`<x:s> <x:p> "\ud800" .`, rdf.Options{}, "line 1, column 14: escape is no code point"},
		{`<x:s> <x:p> "\Uffffffff" .`, rdf.Options{}, "line 1, column 14: escape is no code point"},
		{`<x:s> <x:p> "\u12"`, rdf.Options{}, "line 1, column 14: escape is cut short"},
		{`<x:s\u0020> <x:p> "" .`, rdf.Options{}, "line 1, column 2: IRI holds the character U+0020"},
		{`<x:s> <x:p> "a" .`, rdf.Options{MaxLine: 16}, "line 1, column 1: line is longer than the limit"},
		{`<x:s> <x:p> "a" . <x:s> <x:p> "a" .`, rdf.Options{}, `line 1, column 19: expected the end of the line after "."`},
		{`<> <x:p> "a" .`, rdf.Options{}, "line 1, column 2: IRI is not absolute"},
		{`<1:x> <x:p> "a" .`, rdf.Options{}, "line 1, column 2: IRI is not absolute"},
	}
	for _, c := range tests {
		_, err := readAll(strings.NewReader(c.in), c.opts)
		var perr *rdf.ParseError
		if !errors.As(err, &perr) || err.Error() != c.want {
			t.Errorf("%q: got %v, want %s", c.in, err, c.want)
		}
	}
}

// A reader that fails is no end of the data, and a line without end takes no more memory than the limit.
func TestReadForeign(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	r := rdf.NewReader(io.MultiReader(strings.NewReader("<x:s> <x:p> <x:o> ."), iotest.ErrReader(broken)), rdf.Options{})
	if _, err := r.Read(); err != broken {
		t.Errorf("got %v, want the reader's error", err)
	}
	r = rdf.NewReader(endless{}, rdf.Options{MaxLine: 1 << 20})
	var perr *rdf.ParseError
	if _, err := r.Read(); !errors.As(err, &perr) {
		t.Errorf("got %v, want a *ParseError", err)
	}
	if _, again := r.Read(); again != error(perr) {
		t.Errorf("the error after the error is %v", again)
	}
	bad := strings.Repeat("<> <p> <o> .\n", 1<<20)
	if _, err := readAll(strings.NewReader(bad), rdf.Options{}); !errors.As(err, &perr) || perr.Line != 1 {
		t.Errorf("got %v, want an error in line 1", err)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func TestParseTerm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]schema.Term{
		`<http://a.example/s>`: s,
		`_:b1`:                 {Kind: schema.Blank, Value: "b1"},
		`"a\n\"b"@en`:          {Kind: schema.Literal, Value: "a\n\"b", Lang: "en"},
		`"1"^^<x:y>`:           schema.NewLiteral("1", "x:y"),
	} {
		got, err := rdf.ParseTerm(in)
		if err != nil || got != want {
			t.Errorf("%s: got %v, %v", in, got, err)
		}
		back, err := rdf.AppendTerm(nil, got)
		if err != nil || string(back) != in {
			t.Errorf("%s comes back as %s, %v", in, back, err)
		}
	}
	for _, in := range []string{"", " <x:a>", "<x:a> ", "x", "\"\xff\"", `"a`} {
		if _, err := rdf.ParseTerm(in); err == nil {
			t.Errorf("%q: no error", in)
		}
	}
}

// What the formats cannot hold is refused whole: an IRI must not be able to end its brackets.
func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	bad := []schema.Quad{
		quad(schema.NewIRI("x:a> <x:p> <x:o> .\n<x:evil"), p, o, g),
		quad(s, schema.NewIRI("x:a b"), o, g),
		quad(s, p, schema.NewIRI("relative"), g),
		quad(s, p, schema.NewIRI("x:\xff"), g),
		quad(s, p, schema.NewString("\xff"), g),
		quad(s, p, schema.NewLiteral("1", "x:> ."), g),
		quad(s, p, schema.Term{Kind: schema.Literal, Value: "x", Lang: "en .\n"}, g),
		quad(s, p, schema.Term{Kind: schema.Blank, Value: "a b"}, g),
		quad(s, p, schema.Term{Kind: schema.Blank}, g),
		quad(s, p, schema.Term{}, g),
		quad(schema.NewString("x"), p, o, g),
		quad(s, schema.Term{Kind: schema.Blank, Value: "b"}, o, g),
		quad(s, p, o, schema.NewString("x")),
	}
	for _, q := range bad {
		var out bytes.Buffer
		w := rdf.NewWriter(&out)
		var terr *rdf.TermError
		if err := w.Write(q); !errors.As(err, &terr) {
			t.Errorf("%v: got %v, want a *TermError", q, err)
		}
		if err := w.Flush(); err != nil || out.Len() != 0 {
			t.Errorf("%v: wrote %q, %v", q, out.String(), err)
		}
		if err := rdf.WriteSorted(&out, []schema.Quad{quad(s, p, o, g), q}); !errors.As(err, &terr) || out.Len() != 0 {
			t.Errorf("%v: WriteSorted wrote %q, %v", q, out.String(), err)
		}
	}
}

func TestCleanIRI(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://a.example/é?q=1%20#x":   "https://a.example/é?q=1%20#x",
		"https://a.example/a b<c>\"\xff": "https://a.example/a%20b%3Cc%3E%22%FF",
	} {
		if got := rdf.CleanIRI(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestWriteSorted(t *testing.T) {
	t.Parallel()
	quads := hostile(300)
	var want bytes.Buffer
	if err := rdf.WriteSorted(&want, quads); err != nil {
		t.Fatal(err)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
	var got bytes.Buffer
	if err := rdf.WriteSorted(&got, append(quads, quads[:20]...)); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		t.Error("the order of the quads shows in the output")
	}
	rdf.Sort(quads)
	for i := range quads[1:] {
		if rdf.Compare(quads[i], quads[i+1]) > 0 {
			t.Fatalf("quads %d and %d are out of order", i, i+1)
		}
	}
	back, err := readAll(&got, rdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(quads, back); diff != "" {
		t.Error(diff)
	}
}

// hostile returns n different quads with every character class in their literals.
func hostile(n int) []schema.Quad {
	r := rand.New(rand.NewPCG(7, 7))
	var quads []schema.Quad
	for i := range n {
		text := fmt.Sprint(i)
		for range r.IntN(12) {
			c := rune(r.IntN(0x110000))
			if r.IntN(2) == 0 {
				c = rune(r.IntN(0x80))
			}
			text += string(c) // a surrogate becomes U+FFFD
		}
		object := schema.NewLiteral(text, []string{"", "x:dt", schema.XSD + "integer"}[r.IntN(3)])
		if r.IntN(4) == 0 {
			object = schema.Term{Kind: schema.Literal, Value: text, Lang: "en-gb"}
		}
		quads = append(quads, schema.Quad{Subject: s, Predicate: p, Object: object})
	}
	return quads
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n",
		"_:a <x:p> \"\\u0041\\U0001F600\\t\\\"\"@en-GB _:g . # c\r\n",
		"<x:\\u0053><x:p>\"1\" ^^ <x:dt>.\r_:x.y <x:p> \"\" .", "<> <p> <o> .", "\"", "_:", "<x:s> <x:p> \"\ufffe\x7f\" .",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, dirs bool) {
		opts := rdf.Options{Directions: dirs, MaxLine: 1 << 12}
		quads, err := readAll(bytes.NewReader(data), opts)
		var perr *rdf.ParseError
		if err != nil && !errors.As(err, &perr) {
			t.Fatalf("error of another kind: %v", err)
		}
		var out bytes.Buffer
		w := rdf.NewWriter(&out)
		for _, q := range quads {
			if err := w.Write(q); err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		back, err := readAll(bytes.NewReader(out.Bytes()), rdf.Options{Directions: dirs})
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, out.Bytes())
		}
		if diff := cmp.Diff(quads, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzWrite(f *testing.F) {
	f.Add("x:s", "a", "en", "x:dt", "b0")
	f.Add("x:a> .\n<x:b", "\"\\\n\x00\uffff", "en--ltr", "", "b.")
	f.Fuzz(func(t *testing.T, iri, value, lang, dt, label string) {
		literal := schema.NewLiteral(value, dt)
		if lang != "" {
			literal = schema.Term{Kind: schema.Literal, Value: value, Lang: strings.ToLower(lang)}
		}
		want := schema.Quad{
			Subject: schema.Term{Kind: schema.Blank, Value: label}, Predicate: schema.NewIRI(iri), Object: literal, Graph: schema.NewIRI(iri),
		}
		line, err := rdf.AppendQuad(nil, want)
		if err != nil {
			return
		}
		got, err := readAll(bytes.NewReader(line), rdf.Options{Directions: true})
		if err != nil || len(got) != 1 || got[0] != want {
			t.Fatalf("%q comes back as %v, %v", line, got, err)
		}
	})
}

func benchmarkData() []byte {
	var b bytes.Buffer
	for i := range 20000 {
		fmt.Fprintf(&b, "<https://example.org/newsgraph/entity/E%d> <https://example.org/newsgraph/claim/met> <https://example.org/newsgraph/entity/E%d> <https://example.org/newsgraph/id/%08x> .\n", i, i*7%20000, i)
		fmt.Fprintf(&b, "<https://example.org/newsgraph/id/%08x> <https://example.org/newsgraph/ns#relation> \"would meet with \\\"%d\\\"\" <https://example.org/newsgraph/doc/d> .\n", i, i)
	}
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	data := benchmarkData()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, err := range rdf.NewReader(bytes.NewReader(data), rdf.Options{}).All() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkWrite(b *testing.B) {
	data := benchmarkData()
	quads, err := readAll(bytes.NewReader(data), rdf.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		w := rdf.NewWriter(io.Discard)
		for _, q := range quads {
			if err := w.Write(q); err != nil {
				b.Fatal(err)
			}
		}
		n += len(quads)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}
