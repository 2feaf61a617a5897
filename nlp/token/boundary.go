package token

import (
	_ "embed" // the weights
	"unicode"
)

// weights are those of the features of a boundary, by hash. `go run ./internal/train/sentences` makes the file.
//
//go:embed boundary.bin
var weights string

// tableBits is the base-2 logarithm of the number of weights.
const tableBits = 17

// class says what a word looks like; words of the same looks behave alike at the end of a sentence.
type class uint8

const (
	edge class = iota // before the first word, after the last
	small
	capital
	upper
	initial
	digital
	mixed
	fullStop
	cry
	question
	ellipsis
	comma
	colon
	dash
	openQuote
	closeQuote
	openBracket
	closeBracket
	drawing
	address
	shortened
	honoured
	other
)

// gap is a place between two words of a paragraph, with what its features are made of.
type gap struct {
	around [6]*word // three words before it, three after
	glued  bool     // no white space there
	since  int      // words of the sentence so far
	left   int      // words to the end of the paragraph
	depth  int      // brackets that are open in the sentence
	quoted bool     // a quotation is open in the sentence
	text   uint32   // style of the text
	style  uint32   // style of the paragraph
	seen   uint32   // kinds of words in the sentence so far
	first  uint32   // first word of the sentence
	named  int      // words with a capital right before the gap
	ahead  int      // such words right after it
}

// maxFeatures is the greatest number of features of a gap.
const maxFeatures = 52

// features appends where in the table the weights of a gap are.
func (g *gap) features(out []uint32) []uint32 {
	p2, p1, p0, n0, n1, n2 := g.around[0], g.around[1], g.around[2], g.around[3], g.around[4], g.around[5]
	cp2, cp1, cp0, cn0, cn1, cn2 := uint32(p2.class), uint32(p1.class), uint32(p0.class), uint32(n0.class), uint32(n1.class), uint32(n2.class)
	sides := cp0<<5 | cn0
	if g.glued {
		sides |= 1 << 10
	}
	state := uint32(min(g.depth, 1)) << 1
	if g.quoted {
		state |= 1
	}
	since, left := bucket(g.since), bucket(g.left)
	seen := g.seen
	add := func(kind, a, b uint32) { out = append(out, mix(kind, a, b)) }
	add(1, sides, 0)
	add(2, p0.id, sides)
	add(3, n0.id, sides)
	add(4, p0.id, n0.id)
	add(5, sides, cp1)
	add(6, sides, cn1)
	add(7, sides, cp1<<5|cn1)
	add(8, sides, cn1<<5|cn2)
	add(9, sides, cp2<<5|cp1)
	add(10, p1.id, sides)
	add(11, n1.id, sides)
	add(12, p1.id, p0.id^cn0)
	add(13, n0.id, n1.id)
	add(14, p0.suffix, sides)
	add(15, n0.suffix, sides)
	add(16, sides, since)
	add(17, sides, left)
	add(18, sides, since<<5|left)
	add(19, sides, state)
	add(20, sides<<2|state, cn1)
	add(21, sides, g.style)
	add(43, sides, g.text)
	add(44, sides<<8|g.text, since)
	add(45, n0.id, g.text)
	add(46, sides<<8|g.text, seen)
	add(22, p0.id, g.style)
	add(23, n0.id, g.style)
	add(24, sides<<5|since, g.style)
	add(25, n2.id, sides)
	add(26, n0.id, sides<<5|cp1)
	add(27, n0.id, sides<<5|cn1)
	add(28, sides<<5|cn1, n2.id)
	add(29, p0.id, since)
	add(30, n0.id, since)
	add(31, sides<<5|cp1, cn1<<5|cn2)
	add(32, uint32(min(p0.End-p0.Start, 12)), sides)
	add(33, n0.id, cp1<<5|since)
	runs := bucket(g.named)<<5 | bucket(g.ahead)
	add(34, sides, seen)
	add(35, sides<<8|seen, cn1)
	add(36, sides, runs)
	add(37, g.first, sides)
	add(38, sides<<8|seen, left)
	add(39, sides<<8|seen, runs)
	if n0.opens || n0.class == openQuote && n1.opens {
		add(47, sides, cp1)
		add(48, sides, 0)
	}
	if p0.id == n0.id || p1.id == n0.id || g.first == n0.id {
		add(40, sides, 0)
	}
	if p0.id == n1.id {
		add(41, sides, 0)
	}
	add(42, g.style<<8|seen, sides)
	return out
}

// hopeless tells gaps where sentences as good as never end; most gaps are so.
func (g *gap) hopeless() bool {
	switch g.around[3].class {
	case comma, fullStop, closeBracket:
		return true
	case small:
		p := g.around[2].class
		return p == small || p == comma || p == openBracket || p == openQuote || p == dash
	}
	return g.glued && g.around[2].class == small
}

// rule decides what newspapers write by rule and treebanks have too little of.
func (g *gap) rule() (end, sure bool) {
	p1, p0, n0 := g.around[1], g.around[2], g.around[3]
	switch {
	case p0.class == shortened && n0.opens && !g.glued:
		return true, true
	case p0.class == colon && sayingHashes[p1.id]:
		return false, true
	case n0.class == small && (p0.class == question || p0.class == cry || p0.class == closeQuote) && g.saying():
		return false, true
	case (p0.class == closeQuote || p0.class == closeBracket) && p1.class == fullStop && begins(n0.class) && !g.glued && !g.saying():
		return true, true
	case (p0.class == question || p0.class == cry) && n0.class == openQuote && begins(g.around[4].class) && !g.quoted:
		return true, true
	case p0.class == dash && g.since > 4, p0.class == colon && g.since > 6 && g.text == 0:
		return false, true
	}
	return false, false
}

// saying tells whether one of the next words is a verb of saying: after "Why?" it goes on with the sentence.
func (g *gap) saying() bool {
	for _, w := range g.around[3:] {
		if sayingHashes[w.id] {
			return true
		}
	}
	return false
}

// begins tells whether a sentence may well begin with a word of the class.
func begins(c class) bool {
	return c == capital || c == upper || c == initial || c == honoured || c == digital || c == mixed || c == openQuote
}

// bucket makes few of many lengths.
func bucket(n int) uint32 {
	switch {
	case n <= 6:
		return uint32(max(n, 0))
	case n <= 8:
		return 7
	case n <= 12:
		return 8
	case n <= 20:
		return 9
	case n <= 35:
		return 10
	case n <= 60:
		return 11
	}
	return 12
}

// mix hashes a feature to a place in the table.
func mix(kind, a, b uint32) uint32 {
	h := kind*0x9E3779B1 ^ a*0x85EBCA77
	h = (h ^ h>>15) * 0xC2B2AE3D
	h ^= b * 0x27D4EB2F
	h = (h ^ h>>13) * 0x165667B1
	return (h ^ h>>16) & (1<<tableBits - 1)
}

// describe fills in what the features of words are made of.
func describe(text []rune, words []word) {
	for i := range words {
		w := &words[i]
		form := text[w.Start:w.End]
		w.id, w.suffix = hash(form), hash(form[max(0, len(form)-3):])
		w.class = classify(form, w.kind)
		w.opens = (w.class == capital || w.class == initial) && starterHashes[w.id]
		if r := form[0]; len(form) <= 2 && (r == '"' || apostrophe(r)) {
			w.class = closeQuote
			if next := i+1 < len(words) && words[i+1].glued; next && !w.glued || r == '`' || r == '‘' && next {
				w.class = openQuote
			}
		}
		if w.class == openQuote || w.class == closeQuote {
			w.id = uint32(w.class)
		}
	}
}

var starterHashes, sayingHashes = hashes(starters), hashes(sayings)

func hashes(words map[string]bool) map[uint32]bool {
	m := map[uint32]bool{}
	for w := range words {
		m[hash([]rune(w))] = true
	}
	return m
}

// hash is that of a form without regard to case, all digits alike.
func hash(form []rune) uint32 {
	h := uint32(2166136261)
	for _, r := range form {
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case '0' <= r && r <= '9':
			r = '0'
		case r == '’' || r == '‘':
			r = '\''
		case r > 127:
			r = unicode.ToLower(r)
		}
		h = (h ^ uint32(r)) * 16777619
	}
	return h ^ h>>15
}

func classify(form []rune, k kind) class {
	switch k {
	case abbrev:
		return shortened
	case honorific:
		return honoured
	}
	r := form[0]
	switch {
	case unicode.IsLetter(r):
		return letters(form)
	case unicode.IsDigit(r):
		for _, r := range form {
			if unicode.IsLetter(r) {
				return mixed
			}
		}
		return digital
	}
	return punctuation(form)
}

func letters(form []rune) class {
	big, low := 0, 0
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			big++
		case unicode.IsLetter(r):
			low++
		case unicode.IsDigit(r):
			return mixed
		case r == '@' || r == '/' || r == '.':
			return address
		}
	}
	switch {
	case big == 1 && low == 0:
		return initial
	case low == 0:
		return upper
	case unicode.IsUpper(form[0]):
		return capital
	}
	return small
}

func punctuation(form []rune) class {
	last := form[len(form)-1]
	switch r := form[0]; {
	case last == '?':
		return question
	case last == '!' || last == '‽':
		return cry
	case r == '…' || r == '.' && len(form) > 1 && last == '.':
		return ellipsis
	case r == '.' && len(form) == 1 || r == '。':
		return fullStop
	case r == ',':
		return comma
	case r == ':' || r == ';':
		if len(form) == 1 {
			return colon
		}
	case r == '-' || r == '–' || r == '—':
		if len(form) <= 3 {
			return dash
		}
		return drawing
	case r == '“' || r == '«' || r == '„':
		return openQuote
	case r == '”' || r == '»':
		return closeQuote
	case r == '(' || r == '[' || r == '{':
		return openBracket
	case r == ')' || r == ']' || r == '}':
		return closeBracket
	}
	if len(form) > 2 {
		return drawing
	}
	return other
}

// groups says to which of eight kinds a class belongs.
var groups = [other + 1]uint{
	small: 0, capital: 1, upper: 1, initial: 1, shortened: 1, honoured: 1, digital: 2, mixed: 2, fullStop: 3, cry: 3, question: 3,
	ellipsis: 3, comma: 4, colon: 5, dash: 6, drawing: 6, address: 7, other: 7, openQuote: 7, closeQuote: 7, openBracket: 7, closeBracket: 7,
}

// named tells what names are made of.
func named(c class) bool { return c == capital || c == upper || c == initial || c == honoured }

// nothing stands for the words outside a paragraph.
var nothing = &word{}

// scan walks over the gaps of a paragraph and asks for each whether a sentence ends there.
func scan(words []word, text uint32, ends func(i int, g *gap) bool) {
	g := gap{text: text, style: paragraphStyle(words)}
	at := func(i int) *word {
		if i < 0 || i >= len(words) {
			return nothing
		}
		return &words[i]
	}
	for i := 0; i+1 < len(words); i++ {
		switch words[i].class {
		case openBracket:
			g.depth++
		case closeBracket:
			g.depth = max(0, g.depth-1)
		case openQuote:
			g.quoted = true
		case closeQuote:
			g.quoted = false
		}
		if g.since == 0 {
			g.first = words[i].id
		}
		g.since++
		g.seen |= 1 << groups[words[i].class]
		g.named, g.ahead = g.named+1, max(0, g.ahead-1)
		if !named(words[i].class) {
			g.named = 0
		}
		if g.ahead == 0 {
			for g.ahead < 6 && i+1+g.ahead < len(words) && named(words[i+1+g.ahead].class) {
				g.ahead++
			}
		}
		g.left = len(words) - 1 - i
		g.glued = words[i+1].glued
		for k := range g.around {
			g.around[k] = at(i - 2 + k)
		}
		if ends(i, &g) {
			g.since, g.depth, g.seen, g.quoted = 0, 0, 0, false
		}
	}
}

// textStyle says how a text is written: how many capitals it has, whether sentences begin in lower case, whether it
// has addresses of the web.
func textStyle(text []rune) uint32 {
	big, small, stops, lows, addresses := 0, 0, 0, 0, 0
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || r > 127 && unicode.IsLower(r):
			small++
		case 'A' <= r && r <= 'Z' || r > 127 && unicode.IsUpper(r):
			big++
		case (r == '.' || r == '!' || r == '?') && i+2 < len(text) && text[i+1] == ' ':
			stops++
			if unicode.IsLower(text[i+2]) {
				lows++
			}
		case r == '@' || r == '/' && i > 0 && text[i-1] == '/':
			addresses++
		}
	}
	style := uint32(0)
	if big > small {
		style = 1
	} else if big*100 < small {
		style = 2
	}
	if lows*3 > stops+1 {
		style += 3
	}
	if addresses > 0 {
		style += 6
	}
	return style
}

// paragraphStyle says how a paragraph is written: whether sentences begin in lower case, whether the last ends in
// a mark, whether most words have capitals.
func paragraphStyle(words []word) uint32 {
	stops, lows, titles, uppers, named := 0, 0, 0, 0, 0
	for i := range words {
		switch words[i].class {
		case fullStop, cry, question:
			if i+1 < len(words) {
				stops++
				if words[i+1].class == small {
					lows++
				}
			}
		case capital:
			titles++
		case upper:
			uppers++
		case small:
			named++
		}
	}
	style := uint32(0)
	if lows > 0 {
		style = 1
	}
	if lows*2 > stops {
		style = 2
	}
	if stops == 0 {
		style = 3
	}
	if uppers > named {
		style |= 4
	} else if titles > named {
		style |= 8
	}
	if len(words) > 0 {
		switch words[len(words)-1].class {
		case fullStop, cry, question, ellipsis, closeQuote, closeBracket:
			style |= 16
		}
	}
	return style
}
