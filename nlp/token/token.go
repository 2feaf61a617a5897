// Package token finds sentences and words in raw English text by rule, as UD English EWT divides words: "don't" is
// do n't, "well-known" is well - known, "Putin's" is Putin 's, "$1.5billion" is $ 1.5 billion.
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
	d := &divider{text: text}
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
	glued bool // no white space before it
	kind  kind
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
	words []word
	out   [][]Span
}

// paragraph divides one run of text without hard breaks.
func (d *divider) paragraph(from, to int) {
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
	d.sentences()
}

// sentences cuts the words of a paragraph.
func (d *divider) sentences() {
	begin := 0
	for i := 0; i < len(d.words); i++ {
		end := d.closers(i)
		if i-begin+1 >= MaxWords || (d.ends(i, end) && !d.number(begin, i)) {
			d.emit(begin, end)
			begin, i = end, end-1
		}
	}
	d.emit(begin, len(d.words))
}

func (d *divider) emit(begin, end int) {
	if begin == end {
		return
	}
	s := make([]Span, 0, end-begin)
	for _, w := range d.words[begin:end] {
		s = append(s, w.Span)
	}
	d.out = append(d.out, s)
}

// closers returns where the quotes and brackets that close after word i end.
func (d *divider) closers(i int) int {
	k := i + 1
	if d.words[i].kind == plain {
		return k
	}
	for k < len(d.words) {
		w := &d.words[k]
		c := d.text[w.Start]
		isQuote := c == '"' || c == '\'' || c == '’' || c == '‘' || c == '\u201d' || c == '»'
		openNext := k+1 < len(d.words) && d.words[k+1].glued
		if w.End != w.Start+1 || !(c == ')' || c == ']' || c == '”' || isQuote && w.glued || isQuote && !openNext) {
			break
		}
		k++
	}
	return k
}

// ends tells whether a sentence ends with word i, next being the word after what closes.
func (d *divider) ends(i, next int) bool {
	w := &d.words[i]
	if w.kind == plain || w.kind == honorific || next >= len(d.words) {
		return false
	}
	n := d.opened(next)
	if n >= len(d.words) {
		return true
	}
	first := d.text[d.words[n].Start]
	big := unicode.IsUpper(first) || unicode.IsDigit(first) || unicode.IsTitle(first)
	switch w.kind {
	case abbrev:
		return unicode.IsUpper(first) && starters[string(d.text[d.words[n].Start:d.words[n].End])]
	case dots:
		return unicode.IsUpper(first)
	}
	if next > i+1 && d.text[w.Start] != '.' && d.speech(next) {
		return false
	}
	if d.words[next].glued && next == i+1 {
		return unicode.IsUpper(first)
	}
	return big || n > next && !unicode.IsLower(first) || !unicode.IsLetter(first) && !closing(first)
}

// opened skips quotes and brackets that open.
func (d *divider) opened(i int) int {
	for i < len(d.words) && d.words[i].End == d.words[i].Start+1 {
		switch d.text[d.words[i].Start] {
		case '"', '\'', '“', '‘', '(', '[', '«', '`', '„':
			i++
			continue
		}
		break
	}
	return i
}

func closing(r rune) bool {
	switch r {
	case ',', ';', ':', '.', '!', '?', '%', ')', ']', '-', '–', '—', '…', '/', '&':
		return true
	}
	return false
}

// speech tells whether one of the next words is a verb of saying: after "Why?" it goes on with the sentence.
func (d *divider) speech(i int) bool {
	for k := i; k < len(d.words) && k < i+4; k++ {
		if sayings[string(d.text[d.words[k].Start:d.words[k].End])] {
			return true
		}
	}
	return false
}

// number tells whether the sentence so far is the number of a list: "1."
func (d *divider) number(begin, i int) bool {
	if i != begin+1 {
		return false
	}
	for _, r := range d.text[d.words[begin].Start:d.words[begin].End] {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return d.text[d.words[i].Start] == '.'
}
