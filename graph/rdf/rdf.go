// Package rdf reads and writes N-Quads and N-Triples, strictly and without loss: what enters is bytes or
// schema.Quad, what leaves is schema.Quad or the canonical bytes of RDF 1.2 N-Quads. A literal keeps its lexical form and
// its full datatype IRI. Readers return *ParseError for text outside the grammar, writers return *TermError for a term
// that the formats cannot hold; nothing is skipped and nothing is repaired.
//
// The grammars are those of RDF 1.1 N-Quads (https://www.w3.org/TR/n-quads/) and RDF 1.1 N-Triples
// (https://www.w3.org/TR/n-triples/), the canonical form that of RDF 1.2 N-Quads, section "A Canonical form of N-Quads".
// Language tags are compared without case in RDF, so they travel in lower case.
package rdf

import (
	"fmt"

	"newsgraph/schema"
)

// Options of a Reader. The zero value reads N-Quads 1.1.
type Options struct {
	// Triples reads N-Triples: a fourth term is an error.
	Triples bool
	// Directions accepts RDF 1.2 base directions ("..."@en--ltr), which stay part of Lang.
	Directions bool
	// MaxLine is the longest line in bytes, its end not counted; 0 means DefaultMaxLine.
	MaxLine int
}

// DefaultMaxLine is the longest line that a Reader takes when Options do not say, in bytes.
const DefaultMaxLine = 16 << 20

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
