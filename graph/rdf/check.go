package rdf

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"newsgraph/schema"
)

// Check returns nil when q is an RDF quad that N-Quads can hold, else a *TermError: subject and graph IRI or blank node
// (the graph may be NoTerm), predicate an IRI, and every term sound as CheckTerm says.
func Check(q schema.Quad) error {
	if err := CheckPlaces(&q); err != nil {
		return err
	}
	for _, t := range []schema.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		if t.Kind == schema.NoTerm {
			continue
		}
		if err := CheckTerm(t); err != nil {
			return err
		}
	}
	return nil
}

// CheckPlaces is the part of Check that looks at the kinds of the terms only, for callers that check each term once.
func CheckPlaces(q *schema.Quad) error {
	switch {
	case q.Subject.Kind != schema.IRI && q.Subject.Kind != schema.Blank:
		return &TermError{q.Subject, "subject is neither an IRI nor a blank node"}
	case q.Predicate.Kind != schema.IRI:
		return &TermError{q.Predicate, "predicate is not an IRI"}
	case q.Object.Kind == schema.NoTerm:
		return &TermError{q.Object, "object is missing"}
	case q.Graph.Kind == schema.Literal:
		return &TermError{q.Graph, "graph is a literal"}
	}
	return nil
}

// CheckTerm returns nil when t is an absolute IRI of allowed characters, a blank node with a sound label, or a literal of
// valid UTF-8 with a sound language tag or datatype; else a *TermError.
func CheckTerm(t schema.Term) error {
	msg := ""
	switch t.Kind {
	case schema.IRI:
		msg = checkIRI(t.Value)
	case schema.Blank:
		if n := labelLen(t.Value); n == 0 || n < len(t.Value) || !utf8.ValidString(t.Value) {
			msg = "blank node label is wrong"
		}
	case schema.Literal:
		msg = checkLiteral(t)
	default:
		msg = "term is missing"
	}
	if msg != "" {
		return &TermError{t, msg}
	}
	return nil
}

func checkLiteral(t schema.Term) string {
	switch {
	case !utf8.ValidString(t.Value):
		return "literal is not UTF-8"
	case t.Lang != "":
		if n := langLen(t.Lang, true); n < len(t.Lang) {
			return "language tag is wrong"
		}
	case t.Datatype != "":
		return checkIRI(t.Datatype)
	}
	return ""
}

// checkIRI returns what is wrong with an IRI, or "". The characters are those of IRIREF in the grammar, and the scheme is
// that of RFC 3986, section 3.1.
func checkIRI(s string) string {
	colon := schemeLen(s)
	if colon < 0 {
		return "IRI is not absolute"
	}
	for i := colon; i < len(s); i++ {
		if !iriByte[s[i]] {
			return fmt.Sprintf("IRI holds the character U+%04X", s[i])
		}
	}
	if !utf8.ValidString(s) {
		return "IRI is not UTF-8"
	}
	return ""
}

// schemeLen returns the length of the scheme that s begins with, -1 when there is none.
func schemeLen(s string) int {
	colon := strings.IndexByte(s, ':')
	if colon < 1 || !isAlpha(s[0]) {
		return -1
	}
	for i := 1; i < colon; i++ {
		if c := s[i]; !isAlpha(c) && !isDigit(c) && c != '+' && c != '-' && c != '.' {
			return -1
		}
	}
	return colon
}

// CleanIRI percent-encodes the bytes that an IRI cannot hold, so that an address from outside can be written. An address
// without a scheme stays without one, and stays an error.
func CleanIRI(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if iriByte[s[i]] && (c != utf8.RuneError || n > 1) {
			b.WriteString(s[i : i+n])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
			n = 1
		}
		i += n
	}
	return b.String()
}

// iriByte says which bytes IRIREF takes as they are; bytes of multi-byte characters all may.
var iriByte = func() (ok [256]bool) {
	for c := range ok {
		ok[c] = c > 0x20 && !strings.ContainsRune("<>\"{}|^`\\", rune(c))
	}
	return ok
}()

// labelLen returns the length of the blank node label that s begins with, 0 for none:
// (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?
func labelLen(s string) int {
	n := 0
	for i, c := range s {
		switch {
		case isLabelStart(c), i > 0 && isLabelRest(c):
			n = i + utf8.RuneLen(c)
		case i > 0 && c == '.':
		default:
			return n
		}
	}
	return n
}

func isLabelStart(c rune) bool {
	return c < 0x80 && (isAlpha(byte(c)) || isDigit(byte(c)) || c == '_') || c >= 0x80 && isNameBase(c)
}

func isLabelRest(c rune) bool {
	return c == '-' || c == 0xB7 || 0x300 <= c && c <= 0x36F || c == 0x203F || c == 0x2040
}

// isNameBase says whether c is in PN_CHARS_BASE, beyond ASCII.
func isNameBase(c rune) bool {
	for _, r := range [...][2]rune{
		{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F},
		{0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFC}, {0x10000, 0xEFFFF},
	} {
		if r[0] <= c && c <= r[1] {
			return true
		}
	}
	return c == 0xFFFD
}

// langLen returns the length of the language tag that s begins with, without "@", 0 for none:
// [a-zA-Z]+ ('-' [a-zA-Z0-9]+)*, and with directions also the "--ltr" or "--rtl" of RDF 1.2.
func langLen(s string, directions bool) int {
	n := span(s, isAlpha)
	for n > 0 && n < len(s) && s[n] == '-' {
		k := span(s[n+1:], func(c byte) bool { return isAlpha(c) || isDigit(c) })
		if k == 0 {
			break
		}
		n += 1 + k
	}
	if n > 0 && directions && len(s) >= n+5 && (s[n:n+5] == "--ltr" || s[n:n+5] == "--rtl") {
		n += 5
	}
	if n < len(s) && s[n] == '-' {
		return 0
	}
	return n
}

func span(s string, in func(byte) bool) int {
	n := 0
	for n < len(s) && in(s[n]) {
		n++
	}
	return n
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
