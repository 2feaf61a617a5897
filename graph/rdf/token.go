package rdf

import (
	"strings"
	"unicode/utf8"

	"newsgraph/schema"
)

// iri parses an IRI in brackets or a prefixed name; want names it for the error.
func (p *turtle) iri(want string) schema.Term {
	if p.peek() == '<' {
		return schema.NewIRI(p.iriRef())
	}
	line, col := p.line, p.col
	name, ok := p.prefixName()
	if !ok {
		p.failAt(line, col, "expected %s", want)
	}
	ns, ok := p.prefixes[name]
	if !ok {
		p.failAt(line, col, "prefix %q is not declared", name+":")
	}
	iri := ns + p.localName()
	if msg := checkIRI(iri); msg != "" {
		p.failAt(line, col, "%s", msg)
	}
	return schema.NewIRI(iri)
}

// localName parses PN_LOCAL, which may be empty.
func (p *turtle) localName() string {
	p.token = p.token[:0]
	for {
		switch c := p.peek(); {
		case c == ':', isNameStart(c), isDigitRune(c), c == '_', len(p.token) > 0 && isNameChar(c),
			c == '.' && len(p.token) > 0 && p.dotsInside(true):
			p.keep(p.next())
		case c == '%':
			p.percent()
		case c == '\\':
			p.next()
			if c = p.peek(); c < 0 || c >= 0x80 || !strings.ContainsRune("_~.-!$&'()*+,;=/?#@%", c) {
				p.fail("this character cannot be escaped in a name")
			}
			p.keep(p.next())
		default:
			return string(p.token)
		}
	}
}

// percent keeps a % and two hexadecimal digits as they are.
func (p *turtle) percent() {
	if hexValue(p.byteAt(1)) < 0 || hexValue(p.byteAt(2)) < 0 {
		p.fail(`expected two hexadecimal digits after "%%"`)
	}
	for range 3 {
		p.keep(p.next())
	}
}

// iriRef parses IRIREF and resolves it.
func (p *turtle) iriRef() string {
	if p.peek() != '<' {
		p.fail("expected an IRI in <>")
	}
	line, col := p.line, p.col+1
	p.next()
	p.token = p.token[:0]
	for c := p.peek(); c != '>'; c = p.peek() {
		switch {
		case c == eof || c == '\n' || c == '\r':
			p.failAt(line, col, "an IRI is not closed")
		case c == '\\':
			p.escape(false)
		default:
			p.keep(p.next())
		}
	}
	for i, c := range p.token {
		if !iriByte[c] {
			p.failAt(line, col+utf8.RuneCount(p.token[:i]), "IRI holds the character U+%04X", c)
		}
	}
	p.next()
	iri := string(p.token)
	if p.hasBase {
		iri = resolve(p.base, iri)
	}
	if msg := checkIRI(iri); msg != "" {
		p.failAt(line, col, "%s, and there is no base to resolve it", msg)
	}
	return iri
}

// escape parses UCHAR, and ECHAR where short ones are allowed, and keeps the character.
func (p *turtle) escape(short bool) {
	c := p.byteAt(1)
	switch {
	case c == 'u':
		p.unicode(4)
	case c == 'U':
		p.unicode(8)
	case short && c != 0 && strings.IndexByte(shortEscapes, c) >= 0:
		p.skip(2)
		p.keep(rune("\t\b\n\r\f\"'\\"[strings.IndexByte(shortEscapes, c)]))
	default:
		p.fail("unknown escape")
	}
}

func (p *turtle) unicode(digits int) {
	var c rune
	for i := range digits {
		v := hexValue(p.byteAt(2 + i))
		if v < 0 || c > utf8.MaxRune {
			p.fail("escape is no code point")
		}
		c = c<<4 | rune(v)
	}
	if !utf8.ValidRune(c) {
		p.fail("escape is no code point")
	}
	p.skip(2 + digits)
	p.keep(c)
}

// hexValue returns the value of a hexadecimal digit, or -1.
func hexValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// literal parses a string in single or triple quotes, with its language or datatype.
func (p *turtle) literal(quote byte) schema.Term {
	line, col := p.line, p.col
	long := p.byteAt(1) == quote && p.byteAt(2) == quote
	if long {
		p.skip(3)
		p.longString(quote, line, col)
	} else {
		p.next()
		p.shortString(rune(quote), line, col)
	}
	t := schema.NewString(string(p.token))
	p.space()
	switch p.peek() {
	case '@':
		p.next()
		t.Lang = p.lang()
	case '^':
		if p.byteAt(1) != '^' {
			p.fail(`expected "^^"`)
		}
		p.skip(2)
		p.space()
		return schema.NewLiteral(t.Value, p.iri("a datatype: an IRI").Value)
	}
	return t
}

func (p *turtle) shortString(quote rune, line, col int) {
	p.token = p.token[:0]
	for {
		switch c := p.peek(); c {
		case quote:
			p.next()
			return
		case eof, '\n', '\r':
			p.failAt(line, col, "a literal is not closed")
		case '\\':
			p.escape(true)
		default:
			p.keep(p.next())
		}
	}
}

func (p *turtle) longString(quote byte, line, col int) {
	p.token = p.token[:0]
	for {
		switch c := p.peek(); {
		case c == rune(quote) && p.byteAt(1) == quote && p.byteAt(2) == quote:
			p.skip(3)
			return
		case c == eof:
			p.failAt(line, col, "a literal is not closed")
		case c == '\\':
			p.escape(true)
		default:
			p.keep(p.next())
		}
	}
}

// lang parses what follows the "@" of LANGTAG; tags travel in lower case.
func (p *turtle) lang() string {
	line, col := p.line, p.col
	p.token = p.token[:0]
	for c := p.peek(); c == '-' || 0 <= c && c < 0x80 && (isAlpha(byte(c)) || isDigit(byte(c))); c = p.peek() {
		p.keep(p.next())
	}
	tag := string(p.token)
	if n := langLen(tag, p.opts.Directions); n == 0 || n < len(tag) {
		p.failAt(line, col, "language tag is wrong")
	}
	return strings.ToLower(tag)
}

// number parses INTEGER, DECIMAL or DOUBLE and keeps it as it is written.
func (p *turtle) number() schema.Term {
	line, col := p.line, p.col
	p.token = p.token[:0]
	if c := p.peek(); c == '+' || c == '-' {
		p.keep(p.next())
	}
	whole := p.digits()
	datatype, fraction := "integer", 0
	if p.peek() == '.' && (isDigit(p.byteAt(1)) || whole > 0 && p.exponentAt(1)) {
		p.keep(p.next())
		fraction = p.digits()
		datatype = "decimal"
	}
	if p.exponentAt(0) && whole+fraction > 0 {
		p.keep(p.next())
		if c := p.peek(); c == '+' || c == '-' {
			p.keep(p.next())
		}
		p.digits()
		datatype = "double"
	}
	if whole+fraction == 0 {
		p.failAt(line, col, "expected an object: an IRI, a blank node, a literal or a list")
	}
	return schema.NewLiteral(string(p.token), schema.XSD+datatype)
}

func (p *turtle) digits() (n int) {
	for isDigitRune(p.peek()) {
		p.keep(p.next())
		n++
	}
	return n
}

// exponentAt says whether EXPONENT stands i bytes after the next.
func (p *turtle) exponentAt(i int) bool {
	if c := p.byteAt(i); c != 'e' && c != 'E' {
		return false
	}
	if c := p.byteAt(i + 1); c == '+' || c == '-' {
		i++
	}
	return isDigit(p.byteAt(i + 1))
}

// nameCharAt says whether the character that begins n bytes after the next is in PN_CHARS.
func (p *turtle) nameCharAt(n int) bool {
	p.have(n + utf8.UTFMax)
	c, _ := utf8.DecodeRune(p.buf[p.start+n : p.end])
	return isNameChar(c)
}

// isNameStart says whether c is in PN_CHARS_BASE.
func isNameStart(c rune) bool {
	return 0 <= c && c < 0x80 && isAlpha(byte(c)) || c >= 0x80 && isNameBase(c)
}

// isNameChar says whether c is in PN_CHARS.
func isNameChar(c rune) bool {
	return isNameStart(c) || isDigitRune(c) || c == '_' || isLabelRest(c)
}

func isDigitRune(c rune) bool { return '0' <= c && c <= '9' }
