package token

import (
	"strings"
	"unicode"
)

// chunk divides what stands between two white spaces.
type chunk struct {
	text     []rune
	next, to int // where the next chunk begins; end of the paragraph
}

// split appends the words of text[a:b].
func (c *chunk) split(a, b int, out []word) []word {
	if a >= b {
		return out
	}
	if faces[string(c.text[a:b])] {
		return append(out, word{Span: Span{a, b}})
	}
	if c.link(a, b) {
		end := c.linkEnd(a, b)
		return c.split(end, b, append(out, word{Span: Span{a, end}}))
	}
	if n := c.leading(a, b); n > 0 {
		return c.split(a+n, b, append(out, c.mark(a, a+n)))
	}
	if n := c.trailing(a, b); n > 0 {
		if c.abbreviation(a, b) {
			return append(out, word{Span: Span{a, b}, kind: c.abbrevKind(a, b)})
		}
		out = c.split(a, b-n, out)
		return append(out, c.mark(b-n, b))
	}
	return c.core(a, b, out)
}

// mark makes a word of punctuation.
func (c *chunk) mark(a, b int) word {
	w := word{Span: Span{a, b}}
	switch r := c.text[a]; {
	case r == '…' || r == '.' && b-a > 1:
		w.kind = dots
	case r == '.' || r == '!' || r == '?' || r == '‽' || r == '。':
		w.kind = stop
	}
	return w
}

func (c *chunk) lower(a, b int) string { return strings.ToLower(plainQuotes(string(c.text[a:b]))) }

func plainQuotes(s string) string {
	return strings.Map(func(r rune) rune {
		if apostrophe(r) {
			return '\''
		}
		return r
	}, s)
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' || r == 'ʼ' || r == '‛'
}

// leading is the length of the mark that text[a:b] begins with, 0 for none.
func (c *chunk) leading(a, b int) int {
	r := c.text[a]
	if b-a == 1 {
		return 0
	}
	switch {
	case apostrophe(r):
		if short[c.lower(a, b)] || unicode.IsDigit(c.text[a+1]) && b-a <= 4 {
			return 0
		}
		return c.run(a, b, 2)
	case r == '-':
		if n := c.run(a, b, b); n > 1 || !unicode.IsDigit(c.text[a+1]) {
			return n
		}
		return 0
	case r == '.', r == '!', r == '?', r == '*', r == '=', r == '_', r == '~':
		return c.run(a, b, b)
	case r == '@', r == '#':
		return 0
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return 0
	}
	return 1
}

// run is how often the first code point is repeated, at most limit.
func (c *chunk) run(a, b, limit int) int {
	n := 1
	for a+n < b && n < limit && c.text[a+n] == c.text[a] {
		n++
	}
	return n
}

// trailing is the length of the mark that text[a:b] ends with, 0 for none.
func (c *chunk) trailing(a, b int) int {
	r := c.text[b-1]
	if b-a == 1 || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
		return 0
	}
	if r == '!' || r == '?' {
		n := 0
		for b-n > a && (c.text[b-n-1] == '!' || c.text[b-n-1] == '?') {
			n++
		}
		return n
	}
	if r == '$' && c.dollar(a, b) {
		return 0
	}
	if r == '.' || r == '-' || r == '*' || r == '=' || r == '_' || apostrophe(r) {
		n := 0
		for b-n > a && c.text[b-n-1] == r {
			n++
		}
		return n
	}
	return 1
}

// dollar tells a currency written with letters: US$, A$, HK$.
func (c *chunk) dollar(a, b int) bool {
	if b-a < 2 || b-a > 4 || c.text[b-1] != '$' {
		return false
	}
	for _, r := range c.text[a : b-1] {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// link tells web and mail addresses.
func (c *chunk) link(a, b int) bool {
	s := string(c.text[a:b])
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return unicode.IsLetter(c.text[a])
	}
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.Contains(s[at:], ".") && unicode.IsLetter(c.text[a])
}

// linkEnd leaves punctuation after an address out of it.
func (c *chunk) linkEnd(a, b int) int {
	for b > a+1 && strings.ContainsRune(".,;:!?)]}'\"’”>", c.text[b-1]) {
		b--
	}
	return b
}

// abbreviation tells whether text[a:b], which ends in one full stop, keeps it.
func (c *chunk) abbreviation(a, b int) bool {
	if c.text[b-1] != '.' || b-a >= 2 && c.text[b-2] == '.' {
		return false
	}
	if c.initials(a, b) {
		return true
	}
	low := c.lower(a, b-1)
	if i := strings.LastIndexAny(low, "-/("); i >= 0 {
		return false
	}
	follow := rune(0)
	if c.next < c.to {
		follow = c.text[c.next]
	}
	if b-a == 2 && unicode.IsUpper(c.text[a]) {
		return unicode.IsUpper(follow)
	}
	switch abbreviations[low] {
	case always, title:
		return true
	case beforeDigit:
		return unicode.IsDigit(follow)
	case beforeName:
		return unicode.IsUpper(follow)
	}
	return false
}

// initials tells U.S., a.m., J.R.R.: single letters, each with a full stop.
func (c *chunk) initials(a, b int) bool {
	if (b-a)%2 != 0 || b-a < 4 {
		return false
	}
	for i := a; i < b; i += 2 {
		if !unicode.IsLetter(c.text[i]) || c.text[i+1] != '.' {
			return false
		}
	}
	return true
}

func (c *chunk) abbrevKind(a, b int) kind {
	low := c.lower(a, b-1)
	if abbreviations[low] == title || b-a == 2 {
		return honorific
	}
	return abbrev
}

// core divides text[a:b], which neither begins nor ends with a mark.
func (c *chunk) core(a, b int, out []word) []word {
	if i := c.cut(a, b); i > a {
		return c.split(i, b, c.core(a, i, out))
	}
	if n := c.separator(a, b); n > 0 {
		return c.split(a+n, b, append(out, c.mark(a, a+n)))
	}
	if i := c.clitic(a, b); i > a {
		out = c.core(a, i, out)
		return append(out, word{Span: Span{i, b}})
	}
	return append(out, word{Span: Span{a, b}})
}

// cut returns where the first word of text[a:b] ends because a separator or a unit follows, a for nowhere.
func (c *chunk) cut(a, b int) int {
	for i := a + 1; i < b; i++ {
		if c.separator(i, b) > 0 && !c.joins(a, i, b) {
			return i
		}
		if c.unit(a, i, b) || c.dollar(a, i) && unicode.IsDigit(c.text[i]) {
			return i
		}
	}
	return a
}

// separator is the length of the separator at i, 0 for none.
func (c *chunk) separator(i, b int) int {
	switch r := c.text[i]; r {
	case '-', '.':
		return c.run(i, b, b)
	case '–', '—', '/', ',', ':', ';', '!', '?', '(', ')', '[', ']', '{', '}', '"', '“', '”', '«', '»', '…', '%', '=', '+', '<', '>', '|', '~', '•', '€', '£', '¥', '−', '°', '×', '‒', '―':
		return 1
	case '$':
		return 1
	}
	return 0
}

// joins tells whether the separator at i belongs to the word that begins at a.
func (c *chunk) joins(a, i, b int) bool {
	r := c.text[i]
	if i+1 >= b {
		return r == '$' && c.dollar(a, b) || r == '.' && c.initials(a, b)
	}
	before, after := c.text[i-1], c.text[i+1]
	digits := unicode.IsDigit(before) && unicode.IsDigit(after)
	switch r {
	case ',', ':', '+':
		return digits
	case '.':
		return after != '.' && !c.glued(a, i, b)
	case '/':
		return digits
	case '-':
		return after != '-' && (c.prefix(a, i) && unicode.IsLetter(after) || digits && c.phone(a, b))
	case '$':
		return c.dollar(a, i+1)
	}
	return false
}

// glued tells a full stop at i after which the space is missing: "Minsk.The".
func (c *chunk) glued(a, i, b int) bool {
	return i-a >= 2 && i+2 < b && unicode.IsLower(c.text[i-1]) && unicode.IsLetter(c.text[i-2]) &&
		unicode.IsUpper(c.text[i+1]) && unicode.IsLower(c.text[i+2])
}

func (c *chunk) prefix(a, i int) bool { return prefixes[c.lower(a, i)] }

// phone tells digits with two hyphens or more, or three and four digits.
func (c *chunk) phone(a, b int) bool {
	hyphens := 0
	for _, r := range c.text[a:b] {
		if r == '-' {
			hyphens++
		} else if !unicode.IsDigit(r) {
			return false
		}
	}
	return hyphens >= 2 || b-a == 8 && c.text[a+3] == '-'
}

// unit tells whether a number ends at i and a unit goes on to b: "1.5billion", "$3m", "20km".
func (c *chunk) unit(a, i, b int) bool {
	if !unicode.IsDigit(c.text[i-1]) || !unicode.IsLetter(c.text[i]) || !unicode.IsDigit(c.text[a]) {
		return false
	}
	for _, r := range c.text[a:i] {
		if !unicode.IsDigit(r) && r != '.' && r != ',' && r != ':' {
			return false
		}
	}
	end := i
	for end < b && unicode.IsLetter(c.text[end]) {
		end++
	}
	if end < b && c.separator(end, b) == 0 {
		return false
	}
	low := c.lower(i, end)
	money := a > 0 && strings.ContainsRune("$€£¥", c.text[a-1])
	return units[low] || money && moneyUnits[low]
}

// clitic returns where the clitic that text[a:b] ends with begins, a for none.
func (c *chunk) clitic(a, b int) int {
	low := c.lower(a, b)
	if n, ok := merged[low]; ok {
		return a + n
	}
	n := len([]rune(low))
	if n > 3 && strings.HasSuffix(low, "n't") {
		return b - 3
	}
	for _, s := range [...]string{"'s", "'re", "'ve", "'ll", "'d", "'m"} {
		if k := len(s); n > k && strings.HasSuffix(low, s) && unicode.IsLetter(c.text[b-k-1]) {
			return b - k
		}
	}
	return a
}
