package rdf

import (
	"strings"
	"unicode/utf8"

	"newsgraph/schema"
)

// parser reads terms from one line of valid UTF-8. The first thing wrong is in msg, at i.
type parser struct {
	s                   string
	i                   int
	msg                 string
	triples, directions bool
	relative            string
}

// ParseTerm reads one term as N-Quads writes it: <iri>, _:label or a literal, with nothing around it.
// The error is a *ParseError on line 1.
func ParseTerm(s string) (schema.Term, error) {
	if !utf8.ValidString(s) {
		return schema.Term{}, &ParseError{Line: 1, Col: 1, Msg: "not UTF-8"}
	}
	p := parser{s: s, directions: true}
	t := p.term("a term", schema.IRI, schema.Blank, schema.Literal)
	if p.msg == "" && p.i < len(s) {
		p.fail("text after the term")
	}
	if p.msg != "" {
		return schema.Term{}, &ParseError{Line: 1, Col: utf8.RuneCountInString(s[:p.i]) + 1, Msg: p.msg}
	}
	return t, nil
}

// statement parses a line; ok is false when it is blank or a comment.
func (p *parser) statement() (q schema.Quad, ok bool) {
	p.space()
	if p.end() {
		return q, false
	}
	q.Subject = p.term("a subject: an IRI or a blank node", schema.IRI, schema.Blank)
	p.space()
	q.Predicate = p.term("a predicate: an IRI", schema.IRI)
	p.space()
	q.Object = p.term("an object: an IRI, a blank node or a literal", schema.IRI, schema.Blank, schema.Literal)
	p.space()
	if !p.triples && p.peek() != '.' {
		q.Graph = p.term(`a graph (an IRI or a blank node) or "."`, schema.IRI, schema.Blank)
		p.space()
	}
	if p.peek() != '.' {
		p.fail(`expected "." at the end of the statement`)
		return q, false
	}
	p.i++
	p.space()
	if !p.end() {
		p.fail(`expected the end of the line after "."`)
	}
	return q, p.msg == ""
}

// term parses a term of one of the kinds; want names them for the error.
func (p *parser) term(want string, kinds ...schema.TermKind) (t schema.Term) {
	kind := schema.NoTerm
	switch p.peek() {
	case '<':
		kind = schema.IRI
	case '_':
		kind = schema.Blank
	case '"':
		kind = schema.Literal
	}
	for _, k := range kinds {
		if k != kind {
			continue
		}
		switch kind {
		case schema.IRI:
			return schema.NewIRI(p.iri())
		case schema.Blank:
			return p.blank()
		case schema.Literal:
			return p.literal()
		}
	}
	p.fail("expected " + want)
	return t
}

// iri parses IRIREF, which must be absolute.
func (p *parser) iri() string {
	p.i++
	start := p.i
	value := p.quoted('>', "", "an IRI")
	if p.msg != "" {
		return ""
	}
	if p.relative != "" && schemeLen(value) < 0 {
		value = p.relative + value
	}
	if msg := checkIRI(value); msg != "" {
		p.i = start
		p.fail(msg)
	}
	return value
}

// quoted parses up to and including the byte end, decoding escapes; short lists the escapes besides \u and \U.
func (p *parser) quoted(end byte, short, what string) string {
	start := p.i
	var b []byte // the text so far once an escape was met
	for p.msg == "" {
		n := strings.IndexByte(p.s[p.i:], end)
		if n < 0 {
			p.fail(what + " is not closed")
			break
		}
		k := strings.IndexByte(p.s[p.i:p.i+n], '\\')
		if k < 0 {
			p.i += n + 1
			if b == nil {
				return p.s[start : p.i-1]
			}
			return string(append(b, p.s[start:p.i-1]...))
		}
		p.i += k
		b = p.escape(append(b, p.s[start:p.i]...), short)
		start = p.i
	}
	return ""
}

const shortEscapes = "tbnrf\"'\\"

// escape parses ECHAR or UCHAR and appends the character.
func (p *parser) escape(b []byte, short string) []byte {
	var c byte
	if p.i+1 < len(p.s) {
		c = p.s[p.i+1]
	}
	switch {
	case c == 'u':
		return p.unicode(b, 4)
	case c == 'U':
		return p.unicode(b, 8)
	case c != 0 && strings.IndexByte(short, c) >= 0:
		p.i += 2
		return append(b, "\t\b\n\r\f\"'\\"[strings.IndexByte(shortEscapes, c)])
	}
	p.fail("unknown escape")
	return b
}

func (p *parser) unicode(b []byte, digits int) []byte {
	if p.i+2+digits > len(p.s) {
		p.fail("escape is cut short")
		return b
	}
	var c rune
	for _, d := range []byte(p.s[p.i+2 : p.i+2+digits]) {
		v := strings.IndexByte("0123456789abcdef", d|0x20)
		if v < 0 || d < '0' || c > utf8.MaxRune {
			p.fail("escape is no code point")
			return b
		}
		c = c<<4 | rune(v)
	}
	if !utf8.ValidRune(c) {
		p.fail("escape is no code point")
		return b
	}
	p.i += 2 + digits
	return utf8.AppendRune(b, c)
}

// blank parses BLANK_NODE_LABEL.
func (p *parser) blank() schema.Term {
	if !strings.HasPrefix(p.s[p.i:], "_:") {
		p.fail(`expected "_:"`)
		return schema.Term{}
	}
	n := labelLen(p.s[p.i+2:])
	if n == 0 {
		p.fail("blank node has no label")
		return schema.Term{}
	}
	t := schema.Term{Kind: schema.Blank, Value: p.s[p.i+2 : p.i+2+n]}
	p.i += 2 + n
	return t
}

// literal parses a string with its language or datatype; white space may stand between the parts.
func (p *parser) literal() schema.Term {
	p.i++
	value := p.quoted('"', shortEscapes, "a literal")
	t := schema.Term{Kind: schema.Literal, Value: value}
	after := p.i
	p.space()
	switch {
	case p.peek() == '@':
		p.i++
		t.Lang = p.lang()
	case strings.HasPrefix(p.s[p.i:], "^^"):
		p.i += 2
		p.space()
		dt := p.term("a datatype: an IRI", schema.IRI)
		return schema.NewLiteral(value, dt.Value)
	default:
		p.i = after
	}
	return t
}

// lang parses what follows the "@" of LANGTAG.
func (p *parser) lang() string {
	n := langLen(p.s[p.i:], p.directions)
	if n == 0 {
		p.fail("language tag is wrong")
	}
	p.i += n
	return strings.ToLower(p.s[p.i-n : p.i])
}

func (p *parser) space() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\t') {
		p.i++
	}
}

// end says whether nothing but a comment is left.
func (p *parser) end() bool { return p.i == len(p.s) || p.s[p.i] == '#' }

// peek returns the next byte, 0 at the end and after an error.
func (p *parser) peek() byte {
	if p.msg != "" || p.i >= len(p.s) {
		return 0
	}
	return p.s[p.i]
}

// fail keeps the first error.
func (p *parser) fail(msg string) {
	if p.msg == "" {
		p.msg = msg
	}
}
