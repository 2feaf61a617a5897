// Package rdf reads and writes RDF, strictly and without loss: what enters is N-Quads, N-Triples, Turtle, TriG or
// schema.Quad, what leaves is schema.Quad, the canonical bytes of RDF 1.2 N-Quads, or readable Turtle, TriG and JSON-LD. A
// literal keeps its lexical form and its full datatype IRI. Readers return *ParseError for text outside the grammar, writers
// return *TermError for a term that the formats cannot hold; nothing is skipped and nothing is repaired.
//
// The grammars are those of RDF 1.1 (https://www.w3.org/TR/n-quads/, n-triples, turtle, trig), the canonical form that of
// RDF 1.2 N-Quads, section "A Canonical form of N-Quads". Language tags are compared without case in RDF, so they travel in
// lower case.
package rdf

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Format is a way to write RDF down.
type Format uint8

// The formats. The zero Format is N-Quads.
const (
	NQuads Format = iota
	NTriples
	Turtle
	TriG
	JSONLD // read as far as it is written like ours
)

// formats are the names of each format: that of the --format flag first, its MIME type, other names and file extensions.
var formats = [...]struct {
	name, mime string
	others     []string
	graphs     bool
}{
	NQuads:   {"nq", "application/n-quads", []string{"nquads", "nquad", "n-quads"}, true},
	NTriples: {"nt", "application/n-triples", []string{"ntriples", "n-triples", "ntriple"}, false},
	Turtle:   {"ttl", "text/turtle", []string{"turtle"}, false},
	TriG:     {"trig", "application/trig", nil, true},
	JSONLD:   {"jsonld", "application/ld+json", []string{"json-ld"}, true},
}

// String returns the name of the format, which is also the extension of its files: nq, nt, ttl, trig or jsonld.
func (f Format) String() string { return formats[f].name }

// MIME returns the media type of the format.
func (f Format) MIME() string { return formats[f].mime }

// Graphs says whether the format can hold named graphs.
func (f Format) Graphs() bool { return formats[f].graphs }

// ParseFormat finds a format by one of its names, a file extension or its MIME type, in any case.
func ParseFormat(s string) (f Format, ok bool) {
	s = strings.ToLower(strings.TrimPrefix(s, "."))
	for i, x := range formats {
		if s == x.name || s == x.mime || slices.Contains(x.others, s) {
			return Format(i), true
		}
	}
	return 0, false
}

// Options of reading. The zero value reads N-Quads 1.1.
type Options struct {
	// Format is how the input is written.
	Format Format
	// Base is the absolute IRI that relative ones in Turtle and TriG stand under until the file says otherwise; when it is
	// empty they are an error.
	Base string
	// Relative, if set, is put before IRIs of N-Quads and N-Triples that have no scheme, which are an error otherwise.
	Relative string
	// Directions accepts RDF 1.2 base directions ("..."@en--ltr), which stay part of Lang.
	Directions bool
	// MaxLine is the longest line of N-Quads and N-Triples in bytes, its end not counted, and the longest term of Turtle and
	// TriG; 0 means DefaultMaxLine.
	MaxLine int
	// Prefix, if set, is called for every prefix that Turtle and TriG declare, before the quads that follow.
	Prefix func(name, iri string)
}

// DefaultMaxLine is the longest line that a Reader takes when Options do not say, in bytes.
const DefaultMaxLine = 16 << 20

func (o Options) withDefaults() Options {
	if o.MaxLine <= 0 {
		o.MaxLine = DefaultMaxLine
	}
	return o
}

// Quads reads any of the formats in one pass: memory does not grow with the input. The last pair carries the
// error if there is one: a *ParseError where the input breaks the grammar, else that of r. Blank nodes keep their labels;
// those without one are called anon0, anon1 and so on, and labels that begin so get "anon_" in front.
func Quads(r io.Reader, o Options) iter.Seq2[schema.Quad, error] {
	switch o.Format {
	case NQuads, NTriples:
		return NewReader(r, o).All()
	case JSONLD:
		return jsonldQuads(r, o)
	}
	return turtleQuads(r, o)
}

// ParseError says where the input breaks the grammar. Line and Col count from 1, Col in code points.
type ParseError struct {
	Line, Col int
	Msg       string
}

// Error returns "line 3, column 14: what is wrong".
func (e *ParseError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Msg)
}

// TermError says why a term has no form in N-Quads.
type TermError struct {
	Term schema.Term
	Msg  string
}

// Error names the term, shortened, and what is wrong with it.
func (e *TermError) Error() string {
	v := e.Term.Value
	if len(v) > 80 {
		v = v[:80] + "..."
	}
	return fmt.Sprintf("term %q: %s", v, e.Msg)
}
