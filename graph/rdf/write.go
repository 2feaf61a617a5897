package rdf

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Writer writes quads in canonical form, one a line, in the order given.
type Writer struct {
	w   *bufio.Writer
	buf []byte
}

// NewWriter returns a Writer to w; the caller ends with Flush.
func NewWriter(w io.Writer) *Writer { return &Writer{w: bufio.NewWriterSize(w, 64<<10)} }

// Write writes one quad. A quad that N-Quads cannot hold is a *TermError, and nothing of it is written.
func (w *Writer) Write(q schema.Quad) error {
	var err error
	if w.buf, err = AppendQuad(w.buf[:0], q); err != nil {
		return err
	}
	_, err = w.w.Write(w.buf)
	return err
}

// Flush writes what is buffered.
func (w *Writer) Flush() error { return w.w.Flush() }

// WriteSorted writes quads in byte order of their canonical lines, each line once: the same set gives the same bytes.
// It leaves quads as they are, and writes nothing when one of them is a *TermError.
func WriteSorted(w io.Writer, quads []schema.Quad) error {
	lines := make([][]byte, 0, len(quads))
	for _, q := range quads {
		line, err := AppendQuad(nil, q)
		if err != nil {
			return err
		}
		lines = append(lines, line)
	}
	slices.SortFunc(lines, bytes.Compare)
	lines = slices.CompactFunc(lines, bytes.Equal)
	out := bufio.NewWriterSize(w, 64<<10)
	for _, line := range lines {
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// AppendQuad appends the canonical line of q, its line feed included. The error is a *TermError, and dst then comes back as
// it was.
func AppendQuad(dst []byte, q schema.Quad) ([]byte, error) {
	if err := Check(q); err != nil {
		return dst, err
	}
	return appendQuad(dst, q), nil
}

// AppendTerm appends the canonical form of t. The error is a *TermError, and dst then comes back as it was.
func AppendTerm(dst []byte, t schema.Term) ([]byte, error) {
	if err := CheckTerm(t); err != nil {
		return dst, err
	}
	return appendTerm(dst, t), nil
}

// Compare orders quads as their canonical lines are ordered byte by byte. Quads that Check refuses have a place too, an
// arbitrary one.
func Compare(a, b schema.Quad) int {
	if a == b {
		return 0
	}
	return bytes.Compare(appendQuad(nil, a), appendQuad(nil, b))
}

// Sort sorts quads by Compare, in place.
func Sort(quads []schema.Quad) {
	type keyed struct {
		key  string
		quad schema.Quad
	}
	keys := make([]keyed, len(quads))
	for i, q := range quads {
		keys[i] = keyed{string(appendQuad(nil, q)), q}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i := range keys {
		quads[i] = keys[i].quad
	}
}

func appendQuad(dst []byte, q schema.Quad) []byte {
	for _, t := range [...]schema.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		if t.Kind != schema.NoTerm {
			dst = append(appendTerm(dst, t), ' ')
		}
	}
	return append(dst, '.', '\n')
}

func appendTerm(dst []byte, t schema.Term) []byte {
	switch t.Kind {
	case schema.IRI:
		return appendIRI(dst, t.Value)
	case schema.Blank:
		return append(append(dst, "_:"...), t.Value...)
	}
	dst = append(appendEscaped(append(dst, '"'), t.Value), '"')
	switch {
	case t.Lang != "":
		return append(append(dst, '@'), strings.ToLower(t.Lang)...)
	case t.Datatype != "" && t.Datatype != schema.XSDString:
		return appendIRI(append(dst, "^^"...), t.Datatype)
	}
	return dst
}

func appendIRI(dst []byte, iri string) []byte {
	return append(append(append(dst, '<'), iri...), '>')
}

// appendEscaped writes a literal as the canonical form asks: the short escapes where there is one, \u for the other
// controls, DEL, U+FFFE and U+FFFF, and everything else as it is.
func appendEscaped(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && c != 0xEF {
			continue
		}
		size := 1
		if c == 0xEF {
			if i+3 > len(s) || s[i:i+3] != "\uFFFE" && s[i:i+3] != "\uFFFF" {
				continue
			}
			size = 3
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, s[i:i+size])
		i += size - 1
		start = i + 1
	}
	return append(dst, s[start:]...)
}

func appendEscape(dst []byte, char string) []byte {
	const hex = "0123456789ABCDEF"
	c := char[0]
	if k := strings.IndexByte("\t\b\n\r\f\"\\", c); k >= 0 {
		return append(dst, '\\', "tbnrf\"\\"[k])
	}
	if len(char) == 3 {
		return append(append(dst, `\uFFF`...), hex[char[2]&0xF])
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xF])
}
