package rdf

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// Limits of Turtle and TriG beyond that of a token (Options.MaxLine): how deep lists and blank nodes in brackets may stand
// in each other, and how many prefixes a file may declare.
const (
	maxNesting  = 1000
	maxPrefixes = 1 << 16
)

// turtle parses Turtle and TriG by recursive descent (https://www.w3.org/TR/turtle/, section 6.5;
// https://www.w3.org/TR/trig/, section 4.5) and hands on each quad as soon as it is complete, so that a statement of any
// length takes no more memory than its nesting. A fault is a panic with a stop, which run recovers.
type turtle struct {
	*scanner
	opts     Options
	trig     bool
	prefixes map[string]string
	base     reference
	hasBase  bool
	graph    schema.Term // of the block, NoTerm outside
	inBlock  bool
	depth    int
	anon     int // blank nodes made so far
	token    []byte
	emit     func(schema.Quad) bool
}

// turtleQuads is Quads of Turtle and TriG.
func turtleQuads(r io.Reader, o Options) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		if err := parseTurtle(r, o.withDefaults(), func(q schema.Quad) bool { return yield(q, nil) }); err != nil {
			yield(schema.Quad{}, err)
		}
	}
}

// errEnough ends a parse whose quads nobody wants any more.
var errEnough = errors.New("enough")

// parseTurtle calls emit for every quad until it returns false. The error is a *ParseError, or that of r.
func parseTurtle(r io.Reader, o Options, emit func(schema.Quad) bool) (err error) {
	p := &turtle{scanner: newScanner(r), opts: o, trig: o.Format == TriG, prefixes: map[string]string{}, emit: emit}
	defer func() {
		switch x := recover().(type) {
		case nil:
		case stop:
			if x.err != errEnough {
				err = x.err
			}
		default:
			panic(x)
		}
	}()
	if o.Base != "" {
		p.setBase(o.Base)
	}
	p.document()
	return nil
}

func (p *turtle) setBase(iri string) {
	if msg := checkIRI(iri); msg != "" {
		p.fail("base: %s", msg)
	}
	p.base, p.hasBase = splitReference(iri), true
}

// document parses statements until the end.
func (p *turtle) document() {
	for p.space(); p.peek() != eof; p.space() {
		if p.trig {
			p.block()
		} else {
			p.statement()
		}
	}
}

// statement parses a directive, or triples with their full stop.
func (p *turtle) statement() {
	if p.directive() {
		return
	}
	p.triples()
	p.expect('.', `"." at the end of the statement`)
}

// directive parses @prefix, @base, PREFIX or BASE, if one is next.
func (p *turtle) directive() bool {
	if p.peek() == '@' {
		p.atDirective()
		return true
	}
	switch word := p.word(); {
	case strings.EqualFold(word, "PREFIX"):
		p.skip(len(word))
		p.prefix()
	case strings.EqualFold(word, "BASE"):
		p.skip(len(word))
		p.baseIRI()
	default:
		return false
	}
	return true
}

// atDirective parses @prefix or @base with its full stop.
func (p *turtle) atDirective() {
	line, col := p.line, p.col
	p.next()
	p.token = p.token[:0]
	for len(p.token) < len("prefix") && isAlpha(p.byteAt(0)) {
		p.keep(p.next())
	}
	switch string(p.token) {
	case "prefix":
		p.prefix()
	case "base":
		p.baseIRI()
	default:
		p.failAt(line, col, `expected "@prefix" or "@base"`)
	}
	p.expect('.', `"." at the end of the directive`)
}

func (p *turtle) baseIRI() {
	p.space()
	p.setBase(p.iriRef())
}

// word returns the ASCII letters that come next, if they are a word of their own and not the beginning of a name; it
// consumes nothing.
func (p *turtle) word() string {
	n := 0
	for n < 8 && isAlpha(p.byteAt(n)) {
		n++
	}
	if n == 0 {
		return ""
	}
	switch c := p.byteAt(n); {
	case isAlpha(c), isDigit(c), c == ':', c == '_', c == '-', c >= 0x80:
		return ""
	case c == '.' && nameGoesOn(p.byteAt(n+1)):
		return ""
	}
	return string(p.buf[p.start : p.start+n])
}

// nameGoesOn says whether a name that c follows after a dot may go on.
func nameGoesOn(c byte) bool {
	return isAlpha(c) || isDigit(c) || c == '_' || c == '-' || c == ':' || c == '.' || c == '%' || c == '\\' || c >= 0x80
}

func (p *turtle) prefix() {
	p.space()
	line, col := p.line, p.col
	name, ok := p.prefixName()
	if !ok {
		p.failAt(line, col, `expected a prefix and ":"`)
	}
	p.space()
	if _, had := p.prefixes[name]; !had && len(p.prefixes) == maxPrefixes {
		p.failAt(line, col, "more than %d prefixes", maxPrefixes)
	}
	iri := p.iriRef()
	p.prefixes[name] = iri
	if p.opts.Prefix != nil {
		p.opts.Prefix(name, iri)
	}
}

// prefixName consumes PNAME_NS, its colon included; ok is false when what comes is none.
func (p *turtle) prefixName() (name string, ok bool) {
	p.token = p.token[:0]
	if c := p.peek(); c == ':' || isNameStart(c) {
		for c != ':' {
			if !isNameChar(c) && (c != '.' || !nameGoesOn(p.byteAt(1))) {
				return "", false
			}
			p.keep(p.next())
			c = p.peek()
		}
		p.next()
		return string(p.token), !bytes.HasSuffix(p.token, []byte{'.'})
	}
	return "", false
}

// keep appends a character to the token at hand.
func (p *turtle) keep(c rune) {
	if len(p.token) >= p.opts.MaxLine {
		p.fail("longer than the limit of %d bytes", p.opts.MaxLine)
	}
	if c < 0x80 {
		p.token = append(p.token, byte(c))
	} else {
		p.token = append(p.token, string(c)...)
	}
}

// block parses a statement of TriG: a directive, a graph with its braces, or triples of the default graph.
func (p *turtle) block() {
	if p.directive() {
		return
	}
	if strings.EqualFold(p.word(), "GRAPH") {
		p.skip(len("GRAPH"))
		p.space()
		p.wrapped(p.graphName())
		return
	}
	switch p.peek() {
	case '{':
		p.wrapped(schema.Term{})
		return
	case '(':
		p.triples()
	default:
		if p.subjectOrGraph() {
			return
		}
	}
	p.expect('.', `"." at the end of the statement`)
}

// graphName parses what may name a graph: an IRI, a label or [].
func (p *turtle) graphName() schema.Term {
	if p.peek() == '[' {
		p.next()
		p.space()
		if p.peek() != ']' {
			p.fail(`expected "]": a graph is named by an IRI, a label or []`)
		}
		p.next()
		return p.newBlank()
	}
	if p.peek() == '_' {
		return p.label()
	}
	return p.iri("the name of a graph: an IRI or a blank node")
}

// subjectOrGraph parses triples, or a graph and then says so: what comes first may be the subject or the name.
func (p *turtle) subjectOrGraph() (graph bool) {
	var first schema.Term
	if p.peek() == '[' {
		node, empty := p.properties()
		first = node
		if !empty {
			if p.space(); p.peek() != '.' {
				p.predicates(node)
			}
			return false
		}
	} else {
		first = p.subject()
	}
	if p.space(); p.peek() == '{' {
		p.wrapped(first)
		return true
	}
	p.predicates(first)
	return false
}

// wrapped parses the triples of a graph between braces.
func (p *turtle) wrapped(graph schema.Term) {
	p.expect('{', `"{"`)
	p.graph, p.inBlock = graph, true
	for {
		p.space()
		if p.peek() == '}' {
			break
		}
		p.triples()
		p.space()
		if p.peek() != '.' {
			break
		}
		p.next()
	}
	p.expect('}', `"." or "}"`)
	p.graph, p.inBlock = schema.Term{}, false
}

// triples parses a subject with what is said of it, without the full stop.
func (p *turtle) triples() {
	if p.peek() == '[' {
		node, empty := p.properties()
		p.space()
		if c := p.peek(); empty || c != '.' && (c != '}' || !p.inBlock) {
			p.predicates(node)
		}
		return
	}
	p.predicates(p.subject())
}

func (p *turtle) subject() schema.Term {
	switch p.peek() {
	case '(':
		return p.list()
	case '_':
		return p.label()
	}
	return p.iri("a subject: an IRI, a blank node or a list")
}

// predicates parses a predicateObjectList.
func (p *turtle) predicates(subject schema.Term) {
	for {
		p.space()
		verb := p.verb()
		for {
			p.space()
			p.quad(subject, verb, p.object())
			if p.space(); p.peek() != ',' {
				break
			}
			p.next()
		}
		if p.peek() != ';' {
			return
		}
		for p.peek() == ';' {
			p.next()
			p.space()
		}
		switch p.peek() {
		case '.', ']', '}', eof:
			return
		}
	}
}

func (p *turtle) verb() schema.Term {
	if p.peek() == 'a' && p.word() == "a" {
		p.next()
		return schema.NewIRI(schema.RDF + "type")
	}
	return p.iri(`a predicate: an IRI or "a"`)
}

func (p *turtle) quad(s, v, o schema.Term) {
	if !p.emit(schema.Quad{Subject: s, Predicate: v, Object: o, Graph: p.graph}) {
		panic(stop{errEnough})
	}
}

func (p *turtle) object() schema.Term {
	switch c := p.peek(); {
	case c == '(':
		return p.list()
	case c == '[':
		node, _ := p.properties()
		return node
	case c == '_':
		return p.label()
	case c == '"' || c == '\'':
		return p.literal(byte(c))
	case isDigitRune(c), c == '+', c == '-', c == '.':
		return p.number()
	}
	if word := p.word(); word == "true" || word == "false" {
		p.skip(len(word))
		return schema.NewLiteral(word, schema.XSD+"boolean")
	}
	return p.iri("an object: an IRI, a blank node, a literal or a list")
}

// deeper counts the nesting; the caller undoes it.
func (p *turtle) deeper() {
	if p.depth++; p.depth > maxNesting {
		p.fail("more than %d brackets in each other", maxNesting)
	}
}

// properties parses [ ... ] and returns its node, and whether it says nothing of it.
func (p *turtle) properties() (node schema.Term, empty bool) {
	p.deeper()
	p.next()
	node = p.newBlank()
	if p.space(); p.peek() == ']' {
		empty = true
	} else {
		p.predicates(node)
	}
	p.expect(']', `"]"`)
	p.depth--
	return node, empty
}

// list parses ( ... ) and returns its first node, or rdf:nil.
func (p *turtle) list() schema.Term {
	p.deeper()
	p.next()
	first, last := schema.NewIRI(schema.RDF+"nil"), schema.Term{}
	for p.space(); p.peek() != ')'; p.space() {
		if p.peek() == eof {
			p.fail(`expected ")"`)
		}
		item := p.object()
		node := p.newBlank()
		if last.Kind == schema.NoTerm {
			first = node
		} else {
			p.quad(last, schema.NewIRI(schema.RDF+"rest"), node)
		}
		p.quad(node, schema.NewIRI(schema.RDF+"first"), item)
		last = node
	}
	p.next()
	if last.Kind != schema.NoTerm {
		p.quad(last, schema.NewIRI(schema.RDF+"rest"), schema.NewIRI(schema.RDF+"nil"))
	}
	p.depth--
	return first
}

// Blank nodes without a label are called anon0, anon1, ...; a label of the file that begins so gets "anon_" in front, so that
// no two nodes come to one label, however long the file is.
const anonymous = "anon"

func (p *turtle) newBlank() schema.Term {
	p.anon++
	return schema.Term{Kind: schema.Blank, Value: anonymous + strconv.Itoa(p.anon-1)}
}

// label parses BLANK_NODE_LABEL.
func (p *turtle) label() schema.Term {
	p.next()
	if p.peek() != ':' {
		p.fail(`expected ":" after "_"`)
	}
	p.next()
	p.token = p.token[:0]
	if c := p.peek(); !isNameStart(c) && c != '_' && !isDigitRune(c) {
		p.fail("blank node has no label")
	}
	for c := p.peek(); isNameChar(c) || c == '.' && p.dotsInside(false); c = p.peek() {
		p.keep(p.next())
	}
	label := string(p.token)
	if strings.HasPrefix(label, anonymous) {
		label = anonymous + "_" + label
	}
	return schema.Term{Kind: schema.Blank, Value: label}
}

// dotsInside says whether a name goes on behind the dots that come next.
func (p *turtle) dotsInside(local bool) bool {
	n := 1
	for p.byteAt(n) == '.' {
		if n++; n > p.opts.MaxLine {
			p.fail("longer than the limit of %d bytes", p.opts.MaxLine)
		}
	}
	c := p.byteAt(n)
	if c >= 0x80 {
		return p.nameCharAt(n)
	}
	return isNameChar(rune(c)) || local && (c == ':' || c == '%' || c == '\\')
}

// expect consumes the character, or says what was expected.
func (p *turtle) expect(c rune, what string) {
	if p.space(); p.peek() != c {
		p.fail("expected %s", what)
	}
	p.next()
}
