package rdf

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"newsgraph/schema"
)

// Prefix is a short name for the IRIs that begin with a namespace.
type Prefix struct{ Name, IRI string }

// WriteOptions say how to write. The zero value works.
type WriteOptions struct {
	// Prefixes shorten IRIs in Turtle, TriG and JSON-LD. They are declared at the top, used or not.
	Prefixes []Prefix
	// MergeGraphs leaves the names of graphs out, where a quad with one is an error in N-Triples and Turtle.
	MergeGraphs bool
}

// ErrGraph says that a quad is in a named graph, which the format cannot tell.
var ErrGraph = errors.New("the format has no named graphs")

// QuadWriter writes quads in the order given; it ends with Flush, once. A term that RDF cannot hold is a *TermError, and
// nothing of its quad is written.
type QuadWriter interface {
	Write(q schema.Quad) error
	Flush() error
}

// NewQuadWriter returns a writer of the format to w. Turtle, TriG and JSON-LD put together what comes one after the other:
// quads of one graph, of one subject, of one predicate; SortReadable brings them into such an order.
func NewQuadWriter(w io.Writer, f Format, o WriteOptions) (QuadWriter, error) {
	o.Prefixes = slices.Clone(o.Prefixes)
	slices.SortFunc(o.Prefixes, func(a, b Prefix) int { return cmp.Compare(a.Name, b.Name) })
	for _, p := range o.Prefixes {
		if err := CheckTerm(schema.NewIRI(p.IRI)); err != nil {
			return nil, err
		}
	}
	graphs := graphFilter{keep: f.Graphs(), merge: o.MergeGraphs}
	switch f {
	case Turtle, TriG:
		return newPretty(w, o, graphs), nil
	case JSONLD:
		return newJSONLD(w, o, graphs), nil
	}
	return lineWriter{NewWriter(w), graphs}, nil
}

// graphFilter takes the graph of a quad away, or refuses it.
type graphFilter struct{ keep, merge bool }

func (g graphFilter) apply(q *schema.Quad) error {
	if g.merge {
		q.Graph = schema.Term{}
	}
	if q.Graph.Kind != schema.NoTerm && !g.keep {
		return ErrGraph
	}
	return Check(*q)
}

// lineWriter is a Writer of N-Quads or N-Triples.
type lineWriter struct {
	*Writer
	graphs graphFilter
}

func (w lineWriter) Write(q schema.Quad) error {
	if err := w.graphs.apply(&q); err != nil {
		return err
	}
	return w.Writer.Write(q)
}

// SortReadable sorts quads by graph, the default graph first, then by subject, predicate and object as N-Quads write them,
// but that what names the graph comes first of the subjects and rdf:type first of the predicates.
func SortReadable(quads []schema.Quad) {
	type keyed struct {
		key  string
		quad schema.Quad
	}
	keys := make([]keyed, len(quads))
	for at, q := range quads {
		var key []byte
		for i, t := range [...]schema.Term{q.Graph, q.Subject, q.Predicate, q.Object} {
			if t.Kind != schema.NoTerm && t != typeTerm && !(i == 1 && t == q.Graph) {
				key = appendTerm(key, t)
			}
			key = append(key, ' ')
		}
		keys[at] = keyed{string(key), q}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i := range keys {
		quads[i] = keys[i].quad
	}
}

var typeTerm = schema.NewIRI(schema.RDF + "type")

// pretty writes Turtle and TriG.
type pretty struct {
	w      *bufio.Writer
	o      WriteOptions
	graphs graphFilter
	buf    []byte
	last   schema.Quad // the quad before; its subject is NoTerm when no statement is open
	begun  bool
}

func newPretty(w io.Writer, o WriteOptions, graphs graphFilter) *pretty {
	return &pretty{w: bufio.NewWriterSize(w, 64<<10), o: o, graphs: graphs}
}

// begin writes the prefixes.
func (p *pretty) begin() {
	for _, x := range p.o.Prefixes {
		p.buf = append(p.buf, "@prefix "+x.Name+": <"+x.IRI+"> .\n"...)
	}
	p.begun = true
}

// Write writes a quad.
func (p *pretty) Write(q schema.Quad) error {
	if err := p.graphs.apply(&q); err != nil {
		return err
	}
	p.buf = p.buf[:0]
	if !p.begun {
		p.begin()
	}
	p.place(q)
	p.object(q.Object)
	p.last = q
	_, err := p.w.Write(p.buf)
	return err
}

// place writes what leads from the quad before to the object of q.
func (p *pretty) place(q schema.Quad) {
	first := p.last.Subject.Kind == schema.NoTerm
	indent := ""
	if q.Graph.Kind != schema.NoTerm {
		indent = "    "
	}
	switch {
	case !first && q.Graph == p.last.Graph && q.Subject == p.last.Subject && q.Predicate == p.last.Predicate:
		p.buf = append(p.buf, ", "...)
		return
	case !first && q.Graph == p.last.Graph && q.Subject == p.last.Subject:
		p.buf = append(p.buf, " ;\n    "+indent...)
		p.predicate(q.Predicate)
		return
	}
	if !first {
		p.buf = append(p.buf, " .\n"...)
	}
	if first || q.Graph != p.last.Graph {
		p.closeGraph()
		p.openGraph(q.Graph)
	} else {
		p.buf = append(p.buf, '\n')
	}
	p.buf = append(p.buf, indent...)
	p.term(q.Subject)
	p.buf = append(p.buf, ' ')
	p.predicate(q.Predicate)
}

func (p *pretty) closeGraph() {
	if p.last.Graph.Kind != schema.NoTerm {
		p.buf = append(p.buf, "}\n"...)
	}
}

func (p *pretty) openGraph(graph schema.Term) {
	p.buf = append(p.buf, '\n')
	if graph.Kind != schema.NoTerm {
		p.term(graph)
		p.buf = append(p.buf, " {\n"...)
	}
}

func (p *pretty) predicate(t schema.Term) {
	if t == typeTerm {
		p.buf = append(p.buf, 'a')
	} else {
		p.term(t)
	}
	p.buf = append(p.buf, ' ')
}

// Flush ends the last statement and writes what is buffered.
func (p *pretty) Flush() error {
	p.buf = p.buf[:0]
	if !p.begun {
		p.begin()
	}
	if p.last.Subject.Kind != schema.NoTerm {
		p.buf = append(p.buf, " .\n"...)
		p.closeGraph()
	}
	if _, err := p.w.Write(p.buf); err != nil {
		return err
	}
	return p.w.Flush()
}

// term writes an IRI, shortened where a prefix allows it, or a blank node.
func (p *pretty) term(t schema.Term) {
	if t.Kind == schema.IRI {
		if x, local, ok := shorten(p.o.Prefixes, t.Value); ok && plainName(local) {
			p.buf = append(append(append(p.buf, x.Name...), ':'), local...)
			return
		}
	}
	p.buf = appendTerm(p.buf, t)
}

// shorten finds the prefix with the longest namespace that the IRI begins with.
func shorten(prefixes []Prefix, iri string) (best Prefix, local string, ok bool) {
	for _, x := range prefixes {
		if len(x.IRI) > len(best.IRI) && strings.HasPrefix(iri, x.IRI) {
			best, local, ok = x, iri[len(x.IRI):], true
		}
	}
	return best, local, ok
}

// plainName says whether s can stand behind a prefix without escapes, and without a colon, which not every reader takes there.
func plainName(s string) bool {
	for i, c := range s {
		switch {
		case isNameStart(c), isDigitRune(c), c == '_':
		case i > 0 && (isNameChar(c) || c == '.' && i < len(s)-1):
		case c == '%' && i+2 < len(s) && hexValue(s[i+1]) >= 0 && hexValue(s[i+2]) >= 0:
		default:
			return false
		}
	}
	return true
}

func (p *pretty) object(t schema.Term) {
	switch {
	case t.Kind != schema.Literal:
		p.term(t)
		return
	case t.Lang == "" && bareLiteral(t):
		p.buf = append(p.buf, t.Value...)
		return
	case strings.Contains(t.Value, "\n"):
		p.buf = appendLong(p.buf, t.Value)
	default:
		p.buf = append(appendEscaped(append(p.buf, '"'), t.Value), '"')
	}
	switch {
	case t.Lang != "":
		p.buf = append(append(p.buf, '@'), strings.ToLower(t.Lang)...)
	case t.Datatype != "" && t.Datatype != schema.XSDString:
		p.buf = append(p.buf, "^^"...)
		p.term(schema.NewIRI(t.Datatype))
	}
}

// bareLiteral says whether the literal can stand without quotes: a number or truth value in the form that the grammar has.
func bareLiteral(t schema.Term) bool {
	switch t.Datatype {
	case schema.XSD + "boolean":
		return t.Value == "true" || t.Value == "false"
	case schema.XSD + "integer", schema.XSD + "decimal", schema.XSD + "double":
		s := strings.TrimLeft(t.Value, "+-")
		whole := span(s, isDigit)
		rest, fraction, point := s[whole:], 0, false
		if rest, point = strings.CutPrefix(rest, "."); point {
			fraction = span(rest, isDigit)
			rest = rest[fraction:]
		}
		if len(t.Value)-len(s) > 1 {
			return false
		}
		switch t.Datatype[len(schema.XSD):] {
		case "integer":
			return whole > 0 && !point && rest == ""
		case "decimal":
			return point && fraction > 0 && rest == ""
		}
		return whole+fraction > 0 && exponent(rest)
	}
	return false
}

func exponent(s string) bool {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && span(s, isDigit) == len(s)
}

// appendLong writes a string of several lines in triple quotes. Line feeds stand as they are; a quotation mark is escaped
// where it might be taken for a part of the end.
func appendLong(dst []byte, s string) []byte {
	dst = append(dst, `"""`...)
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch c := s[i]; {
		case c == '\n', c == '"' && i+1 < len(s) && s[i+1] != '"':
			dst = append(dst, c)
		default:
			dst = appendEscaped(dst, s[i:i+n])
		}
		i += n
	}
	return append(dst, `"""`...)
}
