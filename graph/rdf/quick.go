package rdf

import (
	"strings"

	"newsgraph/schema"
)

// quick reads the statements that make up nearly all of a file: one line, IRIs and literals without escapes, blanks
// between them. It says no to everything else, right or wrong, and the careful parser then has the word; so it needs no
// errors of its own. Terms of the lines before make it fast: what they share with the line in hand need not be looked at again.
type quick struct {
	last [4]string // the IRI read last at each position; sound
	dt   string    // the datatype read last; sound
}

// statement reads a line of valid UTF-8 into q; ok is false when the careful parser has to.
func (k *quick) statement(s string, triples bool, q *schema.Quad) (ok bool) {
	n := k.node(s, 0, &q.Subject)
	if n < 0 {
		return false
	}
	s = skipBlanks(s[n:])
	if n = k.node(s, 1, &q.Predicate); n < 0 {
		return false
	}
	s = skipBlanks(s[n:])
	if n = k.object(s, &q.Object); n < 0 {
		return false
	}
	s = skipBlanks(s[n:])
	if !triples && len(s) > 0 && s[0] == '<' {
		if n = k.node(s, 3, &q.Graph); n < 0 {
			return false
		}
		s = skipBlanks(s[n:])
	} else {
		q.Graph = schema.Term{}
	}
	return s == "."
}

func skipBlanks(s string) string {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// node reads the IRI that s begins with, and returns its length with the brackets, -1 when it is none.
func (k *quick) node(s string, pos int, t *schema.Term) int {
	n := quickIRI(s, &k.last[pos])
	if n >= 0 {
		*t = schema.Term{Kind: schema.IRI, Value: k.last[pos]}
	}
	return n
}

func (k *quick) object(s string, t *schema.Term) int {
	if len(s) == 0 || s[0] != '"' {
		return k.node(s, 2, t)
	}
	n := strings.IndexByte(s[1:], '"')
	if n < 0 || strings.IndexByte(s[1:1+n], '\\') >= 0 {
		return -1
	}
	*t = schema.Term{Kind: schema.Literal, Value: s[1 : 1+n]}
	n += 2
	if len(s) < n+3 || s[n] == ' ' {
		return n
	}
	if s[n] != '^' || s[n+1] != '^' {
		return -1
	}
	size := quickIRI(s[n+2:], &k.dt)
	if size < 0 {
		return -1
	}
	if k.dt != schema.XSDString {
		t.Datatype = k.dt
	}
	return n + 2 + size
}

// quickIRI is iri for an IRI without escapes, which it puts into last: that of the line before, or empty. It returns the length
// with the brackets, -1 when s begins with no such IRI.
func quickIRI(s string, last *string) int {
	if len(s) < 2 || s[0] != '<' {
		return -1
	}
	s = s[1:]
	n := commonPrefix(s, *last)
	colon := strings.IndexByte(s[:n], ':') >= 0 // the scheme is that of last
	for n < len(s) && iriByte[s[n]] {
		n++
	}
	if n == len(s) || s[n] != '>' || !colon && schemeLen(s[:n]) < 0 {
		return -1
	}
	*last = s[:n]
	return n + 2
}

// commonPrefix returns a length up to which a and b are equal, all but the last few bytes of it.
func commonPrefix(a, b string) int {
	n, most := 0, min(len(a), len(b))
	for n+8 <= most && word(a[n:]) == word(b[n:]) {
		n += 8
	}
	return n
}

// word returns the first 8 bytes of s as a number.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
