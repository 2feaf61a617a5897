// Package token finds sentences and words in raw English text. Words are found by rule, as UD English EWT divides
// them: "don't" is do n't, "well-known" is well - known, "Putin's" is Putin 's, "$1.5billion" is $ 1.5 billion. Where
// sentences end is for a linear model to say, learned from treebanks by internal/train/sentences, and for a few rules.
package token

import "unicode"

// Span is a word: a half-open range of code points.
type Span struct{ Start, End int }

// MaxWords is the greatest number of words of a sentence; a longer one is cut.
const MaxWords = 200

// maxChunk is the greatest length of what stands between two white spaces; the work grows with its square.
const maxChunk = 500

// Sentences divides text[from:to]. Each sentence has at least one word; white space is in none, all else in
// exactly one word. Blank lines end sentences.
func Sentences(text []rune, from, to int) [][]Span {
	from, to = max(from, 0), min(to, len(text))
	d := &divider{text: text, style: textStyle(text[from:max(from, to)])}
	for _, p := range paragraphs(text, from, to) {
		d.paragraph(p.Start, p.End)
	}
	return d.out
}

// space tells white space, no-break and zero-width ones too.
func space(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// word is a token while sentences are being looked for.
type word struct {
	Span
	glued      bool // no white space before it
	kind       kind
	class      class
	opens      bool   // begins with a capital and is a word that sentences often begin with
	id, suffix uint32 // hashes of the form and its end
}

type kind uint8

const (
	plain     kind = iota
	stop           // . ! ? and runs of them
	dots           // ...
	abbrev         // ends in a full stop of its own
	honorific      // the same, and a name follows
)

// divider collects sentences.
type divider struct {
	text  []rune
	style uint32
	words []word
	out   [][]Span
}

// paragraph divides one run of text without hard breaks.
func (d *divider) paragraph(from, to int) {
	d.read(from, to)
	d.sentences()
}

// read finds the words of text[from:to].
func (d *divider) read(from, to int) {
	d.words = d.words[:0]
	for i := from; i < to; {
		if space(d.text[i]) {
			i++
			continue
		}
		end := i
		for end < to && end-i < maxChunk && !space(d.text[end]) {
			end++
		}
		next := end
		for next < to && space(d.text[next]) {
			next++
		}
		n := len(d.words)
		d.words = (&chunk{text: d.text, next: next, to: to}).split(i, end, d.words)
		for k := n; k < len(d.words); k++ {
			d.words[k].glued = k > n
		}
		i = end
	}
	describe(d.text, d.words)
}

// sentences cuts the words of a paragraph.
func (d *divider) sentences() {
	begin := 0
	var buffer [maxFeatures]uint32
	scan(d.words, d.style, func(i int, g *gap) bool {
		if i-begin+1 < MaxWords && !ends(g, buffer[:0]) {
			return false
		}
		d.emit(begin, i+1)
		begin = i + 1
		return true
	})
	d.emit(begin, len(d.words))
}

// emit appends words as a sentence. The full stop of an abbreviation that ends it is a word of its own.
func (d *divider) emit(begin, end int) {
	if begin == end {
		return
	}
	s := make([]Span, 0, end-begin+1)
	for _, w := range d.words[begin:end] {
		s = append(s, w.Span)
	}
	if last := &s[len(s)-1]; len(s) > 1 && len(s) < MaxWords && d.words[end-1].kind != plain && d.stopApart(*last) {
		last.End--
		s = append(s, Span{last.End, last.End + 1})
	}
	d.out = append(d.out, s)
}

// stopApart tells an abbreviation with one full stop, which serves the sentence too.
func (d *divider) stopApart(w Span) bool {
	for i := w.Start; i < w.End-1; i++ {
		if !unicode.IsLetter(d.text[i]) {
			return false
		}
	}
	return w.End-w.Start > 2 && d.text[w.End-1] == '.'
}
