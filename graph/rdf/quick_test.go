package rdf

import (
	"testing"
	"unicode/utf8"

	"newsgraph/schema"
)

// FuzzQuick: what the quick way reads, after any line before it, is what the careful parser reads.
func FuzzQuick(f *testing.F) {
	for _, seed := range [][2]string{
		{"<http://a.example/s> <http://a.example/p> <http://a.example/o> <http://a.example/g> .", "<http://a.example/s2> <http://a.example/p> \"x\" ."},
		{"<x:s> <x:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#string> .", "<x:s> <x:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#stringy> ."},
		{"<abcdefgh:> <abcdefgh:i> <abcdefghi> .", "<abcdefghij> <abcdefgh:i> <abcdefghi> ."},
		{"<a:é>  <b:c>\t\"é\\n\"@en .", "<a:\\u0041> <b:c> <a b> ."},
		{"<a:b><c:d>\"\"<e:f>.", "<a:b> <c:d> \"\". "},
	} {
		f.Add(seed[0], seed[1], false)
		f.Add(seed[1], seed[0], true)
	}
	f.Fuzz(func(t *testing.T, before, line string, triples bool) {
		if !utf8.ValidString(before) || !utf8.ValidString(line) {
			t.Skip()
		}
		var k quick
		var got schema.Quad
		k.statement(before, triples, &got)
		if !k.statement(line, triples, &got) {
			return
		}
		p := parser{s: line, triples: triples}
		want, ok := p.statement()
		if !ok || p.msg != "" || got != want {
			t.Fatalf("%q: quick reads %v, the parser %v, %v %s", line, got, want, ok, p.msg)
		}
	})
}

// The plain lines that make up a file take the quick way.
func TestQuick(t *testing.T) {
	t.Parallel()
	var k quick
	var q schema.Quad
	for _, line := range []string{
		"<https://example.org/a> <https://example.org/p> <https://example.org/b> <https://example.org/g> .",
		"<https://example.org/a> <https://example.org/p> \"Łódź\" .",
		"<https://example.org/ab> <https://example.org/p> \"0.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> <https://example.org/g> .",
	} {
		if !k.statement(line, false, &q) {
			t.Errorf("the quick way refuses %s", line)
		}
	}
	if q.Subject.Value != "https://example.org/ab" || q.Object != schema.NewLiteral("0.5", schema.XSD+"decimal") {
		t.Errorf("got %v", q)
	}
}
