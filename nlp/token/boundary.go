package token

import _ "embed" // the weights

// weights are those of the features of a boundary, by hash. `go run ./internal/train/sentences` makes the file.
//
//go:embed boundary.bin
var weights string

// tableBits is the base-2 logarithm of the number of weights.
const tableBits = 17

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

// ends tells whether a sentence ends at g.
func ends(g *gap, buffer []uint32) bool {
	if g.hopeless() {
		return false
	}
	if end, sure := g.rule(); sure {
		return end
	}
	sum := 0
	for _, f := range g.features(buffer) {
		sum += int(int8(weights[f]))
	}
	if g.marked() {
		return sum > afterMark
	}
	return sum > afterWord
}

// How much must speak for the end of a sentence after a mark that ends sentences, and elsewhere.
const (
	afterMark = -16
	afterWord = -8
)

// marked tells whether a mark that ends sentences stands before the gap, perhaps with quotes and brackets after it.
func (g *gap) marked() bool {
	for i := 2; i >= 0; i-- {
		switch g.around[i].class {
		case fullStop, cry, question, ellipsis:
			return true
		case closeQuote, closeBracket:
		default:
			return false
		}
	}
	return false
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
	case p0.class == fullStop && (n0.class == honoured || n0.class == shortened) && !g.glued && p1.class != digital:
		return true, true
	case p0.class == cry && p1.class == capital && n0.class == small && g.text%6 == 0:
		return false, true
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
		g.read(words, i)
		for k := range g.around {
			g.around[k] = at(i - 2 + k)
		}
		if ends(i, &g) {
			g.since, g.depth, g.seen, g.quoted = 0, 0, 0, false
		}
	}
}

// read moves the gap behind word i.
func (g *gap) read(words []word, i int) {
	w := &words[i]
	switch w.class {
	case openBracket:
		g.depth++
	case closeBracket:
		g.depth = max(0, g.depth-1)
	case openQuote, closeQuote:
		g.quoted = w.class == openQuote
	}
	if g.since == 0 {
		g.first = w.id
	}
	g.since++
	g.seen |= 1 << groups[w.class]
	g.left, g.glued = len(words)-1-i, words[i+1].glued
	g.countNames(words, i)
}

// maxAhead is how many words with a capital are counted after a gap.
const maxAhead = 6

func (g *gap) countNames(words []word, i int) {
	g.named++
	if !named(words[i].class) {
		g.named = 0
	}
	if g.ahead--; g.ahead > 0 {
		return
	}
	for g.ahead = 0; g.ahead < maxAhead && i+1+g.ahead < len(words) && named(words[i+1+g.ahead].class); {
		g.ahead++
	}
}
