package token

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	if c.lettersOnly(a, b) {
		return c.joined(a, b, out)
	}
	if c.face(a, b) {
		return append(out, word{Span: Span{a, b}})
	}
	if c.symbols(a, b) {
		return append(out, c.mark(a, b))
	}
	if n := c.shorthand(a, b); n > 0 {
		return c.split(a+n, b, append(out, word{Span: Span{a, a + n}}))
	}
	if c.link(a, b) {
		end := c.linkEnd(a, b)
		return c.split(end, b, append(out, word{Span: Span{a, end}}))
	}
	if n := c.faceBefore(a, b); n > 0 {
		return c.split(a+n, b, append(out, word{Span: Span{a, a + n}}))
	}
	if n := c.leading(a, b); n > 0 {
		return c.split(a+n, b, append(out, c.mark(a, a+n)))
	}
	if n := c.endFace(a, b); n > 0 {
		return append(c.split(a, b-n, out), word{Span: Span{b - n, b}})
	}
	if n := c.trailing(a, b); n > 0 {
		if c.abbreviation(a, b) {
			return append(out, word{Span: Span{a, b}, kind: c.abbrevKind(a, b)})
		}
		if i := c.lastPart(a, b); i > a && c.abbreviation(i, b) {
			return c.core(a, b, out)
		}
		out = c.split(a, b-n, out)
		return append(out, c.mark(b-n, b))
	}
	return c.core(a, b, out)
}

// shorthand is the length of "w/", "w/o" or "b/c" at the beginning of text[a:b], 0 for none.
func (c *chunk) shorthand(a, b int) int {
	if b-a < 2 || c.text[a+1] != '/' {
		return 0
	}
	n := 2
	for a+n < b && unicode.IsLetter(c.text[a+n]) {
		n++
	}
	low := c.lower(a, a+n)
	if shorthands[low] {
		return n
	}
	if n > 2 && strings.HasPrefix(low, "w/") {
		return 2
	}
	return 0
}

// face tells a smiley.
func (c *chunk) face(a, b int) bool { return b-a <= maxFace && faces[string(c.text[a:b])] }

// endFace is the length of the smiley that text[a:b] ends with, 0 for none.
func (c *chunk) endFace(a, b int) int {
	if unicode.IsLetter(c.text[b-1]) {
		return 0
	}
	for n := min(maxFace, b-a-1); n > 1; n-- {
		if c.face(b-n, b) {
			return n
		}
	}
	return 0
}

// faceBefore is the length of a smiley that stands before other marks, 0 for none.
func (c *chunk) faceBefore(a, b int) int {
	for n := min(maxFace, b-a-1); n > 1; n-- {
		if c.face(a, a+n) && !wordRune(c.text[a+n]) {
			return n
		}
	}
	return 0
}

// symbols tells whether text[a:b] is a drawn line, an arrow or a heap of marks: one word.
func (c *chunk) symbols(a, b int) bool {
	if b-a < 2 {
		return false
	}
	lines, stops := 0, 0
	for _, r := range c.text[a:b] {
		switch {
		case strings.ContainsRune(`-=*_~+<>|/\^`, r):
			lines++
		case strings.ContainsRune(".…!?", r):
			stops++
		}
	}
	return lines == b-a && !(b-a == 2 && c.text[a] == '<' && c.text[b-1] == '>') || stops == b-a && c.cries(a, b) == stops
}

// lastPart is where what follows the last hyphen, dash or slash of text[a:b] begins, a where there is none.
func (c *chunk) lastPart(a, b int) int {
	for i := b - 1; i > a; i-- {
		if strings.ContainsRune("-–—/", c.text[i-1]) {
			return i
		}
	}
	return a
}

// lettersOnly tells the commonest of words.
func (c *chunk) lettersOnly(a, b int) bool {
	for _, r := range c.text[a:b] {
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return false
		}
	}
	return true
}

// mark makes a word of punctuation.
func (c *chunk) mark(a, b int) word {
	w := word{Span: Span{a, b}}
	switch r, last := c.text[a], c.text[b-1]; {
	case last == '!' || last == '?':
		w.kind = stop
	case r == '…' || r == '.' && b-a > 1:
		w.kind = dots
	case r == '.' || r == '!' || r == '?' || r == '‽' || r == '。':
		w.kind = stop
	}
	return w
}

// lower is text[a:b] in lower case with straight apostrophes.
func (c *chunk) lower(a, b int) string {
	var buffer [24]byte
	low := buffer[:0]
	for _, r := range c.text[a:b] {
		if 'A' <= r && r <= 'Z' {
			r |= 0x20
		} else if apostrophe(r) {
			r = '\''
		} else if r > 127 {
			r = unicode.ToLower(r)
		}
		low = utf8.AppendRune(low, r)
	}
	return string(low)
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
		if r == '‘' && c.text[a+1] == '’' {
			return 2
		}
		return c.run(a, b, 2)
	case c.headMark(a, b):
		return 0
	case r == '#' || r == '@':
		if unicode.IsDigit(c.text[a+1]) {
			return 1
		}
		return 0
	case r == '-':
		if n := c.run(a, b, b); n > 1 || !unicode.IsDigit(c.text[a+1]) {
			return n
		}
		return 0
	case repeats(r):
		return c.run(a, b, b)
	case wordRune(r):
		return 0
	}
	return 1
}

// headMark tells a mark that a word begins with: ".com", ".5", "+44".
func (c *chunk) headMark(a, b int) bool {
	if unicode.IsDigit(c.text[a+1]) {
		return c.text[a] == '.' || c.text[a] == '+'
	}
	if c.text[a] != '.' || !unicode.IsLower(c.text[a+1]) {
		return false
	}
	low := c.lower(a+1, b)
	return a > 0 && !space(c.text[a-1]) || extensions[low] || domains[low]
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// repeats tells the marks of which several in a row are one word.
func repeats(r rune) bool { return strings.ContainsRune("-.!?*=_~<>$+…", r) }

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
	if b-a == 1 || wordRune(r) {
		return 0
	}
	if n := c.cries(a, b); n > 0 {
		return n
	}
	if r == '$' && c.dollar(a, b) || r == '-' && c.brokenOff(a, b) {
		return 0
	}
	if repeats(r) || apostrophe(r) {
		n := 0
		for b-n > a && c.text[b-n-1] == r {
			n++
		}
		return n
	}
	return 1
}

// cries is the length of the full stops, exclamation and question marks that text[a:b] ends with: "?!", ".?".
// The full stop of an abbreviation is not among them.
func (c *chunk) cries(a, b int) int {
	n, loud := 0, false
	for b-n > a && strings.ContainsRune(".!?", c.text[b-n-1]) {
		loud = loud || c.text[b-n-1] != '.'
		n++
	}
	if n > 1 && c.text[b-n] == '.' && (n == 2 || c.text[b-n+1] != '.') && c.abbreviation(a, b-n+1) {
		return n - 1
	}
	if !loud {
		return 0
	}
	if dots := c.run(b-n, b, b); dots >= 3 && dots < n && c.text[b-n] == '.' {
		return n - dots
	}
	return n
}

// brokenOff tells the beginning of a word that is not finished: "th-".
func (c *chunk) brokenOff(a, b int) bool {
	return b-a <= 3 && unicode.IsLetter(c.text[a]) && (b-a == 2 || unicode.IsLetter(c.text[a+1]))
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
	if b-a < 5 || !wordRune(c.text[a]) || !slices.ContainsFunc(c.text[a:b], func(r rune) bool { return r == '.' || r == '@' || r == ':' }) {
		return false
	}
	s := string(c.text[a:b])
	if i := strings.Index(s, "://"); i > 0 {
		return !strings.ContainsAny(s[:i], `<>:"()`)
	}
	if strings.HasPrefix(s, "www.") {
		return true
	}
	if at := strings.IndexByte(s, '@'); at > 0 {
		return !strings.ContainsAny(strings.TrimPrefix(s[:at], "mailto:"), `<>:"()[]/,;`)
	}
	return c.file(s)
}

// file tells the name of a file.
func (c *chunk) file(s string) bool {
	s = strings.TrimRight(s, ".,;:!?")
	i := strings.LastIndexByte(s, '.')
	return i > 0 && extensions[strings.ToLower(s[i+1:])] && !strings.ContainsAny(s, `<>:"()[]/,;`)
}

// linkEnd leaves punctuation after an address out of it.
func (c *chunk) linkEnd(a, b int) int {
	for b > a+1 && strings.ContainsRune(".,;:!?)]}'\"’”>|", c.text[b-1]) {
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
	if b-a == 2 && unicode.IsLetter(c.text[a]) {
		return c.initial(a)
	}
	low := c.lower(a, b-1)
	if i := strings.LastIndexAny(low, "-/("); i >= 0 {
		return false
	}
	follow := rune(0)
	if c.next < c.to {
		follow = c.text[c.next]
	}
	switch abbreviations[low] {
	case always, title:
		return true
	case beforeDigit:
		return unicode.IsDigit(follow)
	case day:
		return unicode.IsUpper(c.text[a]) && (unicode.IsDigit(follow) || strings.HasSuffix(c.following(), "."))
	case smallOnly:
		return unicode.IsLower(c.text[a])
	case unlessStart:
		return unicode.IsDigit(follow) || unicode.IsLower(follow)
	case beforeName:
		return unicode.IsUpper(follow)
	}
	return false
}

// initial tells whether the letter at a keeps the full stop after it: "J. Smith", "S. and I", "c. 1640".
func (c *chunk) initial(a int) bool {
	if c.next >= c.to {
		return false
	}
	follow := c.text[c.next]
	if !unicode.IsUpper(c.text[a]) {
		return unicode.IsDigit(follow) && strings.ContainsRune("cbdmpr", c.text[a])
	}
	if c.text[a] == 'I' && !unicode.IsUpper(follow) {
		return false
	}
	return unicode.IsUpper(follow) && !starters[c.following()] || unicode.IsLower(follow) || unicode.IsDigit(follow)
}

// following is what stands after the next white space.
func (c *chunk) following() string {
	end := c.next
	for end < c.to && unicode.IsLetter(c.text[end]) {
		end++
	}
	if end < c.to && (c.text[end] == '.' || c.text[end] == '-') {
		end++
	}
	return string(c.text[c.next:end])
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
	if n := c.separator(a, b); n > 0 && !(b-a > 1 && c.headMark(a, b)) {
		return c.split(a+n, b, append(out, c.mark(a, a+n)))
	}
	if i := c.clitic(a, b); i > a {
		out = c.core(a, i, out)
		return append(out, word{Span: Span{i, b}})
	}
	return c.joined(a, b, out)
}

// joined divides words that are written as one: "cannot", "dont".
func (c *chunk) joined(a, b int, out []word) []word {
	if b-a > maxMerged {
		return append(out, word{Span: Span{a, b}})
	}
	low := c.lower(a, b)
	from := a
	for _, n := range merged[low] {
		out = append(out, word{Span: Span{from, a + n}})
		from = a + n
	}
	if after := halves[low]; after != nil && c.next < c.to && space(c.text[b]) && after[strings.ToLower(c.following())] {
		out = append(out, word{Span: Span{a, b - 1}})
		from = b - 1
	}
	return append(out, word{Span: Span{from, b}})
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
	case '-', '.', '$', '<', '>', '+':
		return c.run(i, b, b)
	case '–', '—', '/', ',', ':', ';', '!', '?', '(', ')', '[', ']', '{', '}', '"', '“', '”', '«', '»', '…', '%', '=', '|', '~', '•', '€', '£', '¥', '−', '°', '×', '‒', '―':
		return 1
	}
	return 0
}

// joins tells whether the separator at i belongs to the word that begins at a.
func (c *chunk) joins(a, i, b int) bool {
	r := c.text[i]
	if i+1 >= b {
		return r == '$' && c.dollar(a, b) || r == '.' && c.initials(a, b) || r == '-' && c.brokenOff(a, b)
	}
	before, after := c.text[i-1], c.text[i+1]
	digits := unicode.IsDigit(before) && unicode.IsDigit(after)
	switch r {
	case ',':
		return digits && (a == 0 || c.text[a-1] != '[' && c.text[a-1] != ',' || c.thousands(i, b))
	case ':':
		return digits
	case '.':
		return after != '.' && !c.glued(a, i, b)
	case '/':
		return digits
	case '-':
		return after != '-' && (c.prefix(a, i) && unicode.IsLetter(after) || digits && c.phone(a, b) ||
			unicode.IsDigit(after) && c.lower(a, i) == "mid" || c.givenName(a, i, b))
	case '$':
		return c.dollar(a, i+1)
	}
	return false
}

// thousands tells whether three digits follow the comma at i.
func (c *chunk) thousands(i, b int) bool {
	n := 0
	for i++; i < b && unicode.IsDigit(c.text[i]); i++ {
		n++
	}
	return n == 3
}

// glued tells a full stop at i after which the space is missing: "Minsk.The".
func (c *chunk) glued(a, i, b int) bool {
	end := i + 1
	for end < b && unicode.IsLetter(c.text[end]) {
		end++
	}
	after := string(c.text[i+1 : end])
	if i-a < 2 || !unicode.IsLetter(c.text[i-2]) || !unicode.IsLower(c.text[i-1]) || after == "" || domains[strings.ToLower(after)] {
		return false
	}
	return after == "I" || end-i > 2 && unicode.IsUpper(c.text[i+1]) && (unicode.IsLower(c.text[i+2]) || starters[after])
}

// givenName tells Korean and Chinese given names of two syllables: "Jong-un", "Wai-ching".
func (c *chunk) givenName(a, i, b int) bool {
	end := i + 1
	for end < b && unicode.IsLetter(c.text[end]) {
		end++
	}
	if !unicode.IsUpper(c.text[a]) || !c.afterName(a) {
		return false
	}
	return syllable(c.lower(a, i)) && syllable(c.lower(i+1, end))
}

// afterName tells whether a capitalised word stands before a.
func (c *chunk) afterName(a int) bool {
	if a < 2 || c.text[a-1] != ' ' || !unicode.IsLower(c.text[a-2]) {
		return false
	}
	i := a - 2
	for i > 0 && unicode.IsLetter(c.text[i-1]) {
		i--
	}
	return unicode.IsUpper(c.text[i]) && syllable(c.lower(i, a-1))
}

// syllable tells what may be a syllable of a Korean or Chinese name in Latin letters.
func syllable(s string) bool {
	head := strings.IndexAny(s, "aeiou")
	if head < 0 {
		return false
	}
	tail := strings.LastIndexAny(s, "aeiou") + 1
	for _, r := range s[head:tail] {
		if !strings.ContainsRune("aeiou", r) {
			return false
		}
	}
	begin, end := s[:head], s[tail:]
	return (begin == "" || heads[begin]) && (end == "" || tails[end]) && tail-head <= 3
}

func (c *chunk) prefix(a, i int) bool { return prefixes[c.lower(a, i)] }

// phone tells digits with two hyphens or more, or four digits after the hyphen and another number of them before it.
func (c *chunk) phone(a, b int) bool {
	hyphens := 0
	for _, r := range c.text[a:b] {
		if r == '-' {
			hyphens++
		} else if !unicode.IsDigit(r) {
			return false
		}
	}
	return hyphens >= 2 || b-a != 9 && b-a > 5 && c.text[b-5] == '-'
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
	n := b - a
	if n > 3 && strings.HasSuffix(low, "n't") {
		return b - 3
	}
	for _, s := range [...]string{"'s", "'re", "'ve", "'ll", "'d", "'m"} {
		if k := len(s); n > k && strings.HasSuffix(low, s) && (unicode.IsLetter(c.text[b-k-1]) || s == "'s" && c.ordinal(b-k)) {
			return b - k
		}
	}
	return a
}

// ordinal tells a number before i that is no decade: "2003's", not "60's".
func (c *chunk) ordinal(i int) bool { return unicode.IsDigit(c.text[i-1]) && c.text[i-1] != '0' }
