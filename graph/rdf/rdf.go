// Package rdf reads and writes N-Quads and N-Triples.
package rdf

import (
	"fmt"
	"io"
	"sort"

	"newsgraph/schema"
)

// Options of a Reader. The zero value reads N-Quads 1.1.
type Options struct {
	// Triples reads N-Triples: a fourth term is an error.
	Triples bool
	// Directions accepts RDF 1.2 base directions ("..."@en--ltr), kept as part of Lang.
	Directions bool
	// MaxLine is the longest line in bytes; 0 means DefaultMaxLine.
	MaxLine int
}

// DefaultMaxLine is the longest line that a Reader takes when Options do not say, in bytes.
const DefaultMaxLine = 16 << 20

// ParseError says where the input is not N-Quads. Line and Col count from 1; Col counts bytes.
type ParseError struct {
	Line, Col int
	Msg       string
}

// Error returns "line 3, column 14: what is wrong".
func (e *ParseError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Msg)
}

// Reader reads quads from a stream.
type Reader struct{}

// NewReader returns a Reader of r.
func NewReader(r io.Reader, o Options) *Reader { return &Reader{} }

// Read returns the next quad; io.EOF at the end; *ParseError where the input is wrong.
func (r *Reader) Read() (schema.Quad, error) { return schema.Quad{}, io.EOF }

// ParseTerm reads one term in N-Quads syntax: <iri>, _:label or a literal.
func ParseTerm(s string) (schema.Term, error) { return schema.Term{}, nil }

// Writer writes quads in canonical form.
type Writer struct{ w io.Writer }

// NewWriter returns a Writer to w; call Flush at the end.
func NewWriter(w io.Writer) *Writer { return &Writer{w} }

// Write writes one quad. A quad that N-Quads cannot hold is an error, and nothing of it is written.
func (w *Writer) Write(q schema.Quad) error { return nil }

// Flush writes what is buffered.
func (w *Writer) Flush() error { return nil }

// WriteSorted writes quads sorted by their canonical line, each once. It does not change quads.
func WriteSorted(w io.Writer, quads []schema.Quad) error { return nil }

// AppendQuad appends the canonical line of q, newline included.
func AppendQuad(dst []byte, q schema.Quad) ([]byte, error) { return dst, nil }

// AppendTerm appends the canonical form of t.
func AppendTerm(dst []byte, t schema.Term) ([]byte, error) { return dst, nil }

// Compare orders quads by their canonical lines.
func Compare(a, b schema.Quad) int { return 0 }

// Sort sorts quads by Compare.
func Sort(quads []schema.Quad) {
	sort.Slice(quads, func(i, j int) bool { return Compare(quads[i], quads[j]) < 0 })
}
