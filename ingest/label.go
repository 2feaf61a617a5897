package ingest

import (
	"regexp"
	"strings"
	"unicode"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// maxLabel is how many words may stand before the colon of a label ("Plea for help: ...").
const maxLabel = 9

// splitLabels gives the blocks of a document for the parser, with the label of a caption or headline as
// a block of its own: "Feeling the heat: Putin meets Lukashenko" is two sentences, not one. What ends in a
// verb of saying is no label.
func splitLabels(text []rune, blocks []schema.Block, saying func(word string) bool) []nlp.Block {
	if len(blocks) == 0 {
		return nil
	}
	out := make([]nlp.Block, 0, len(blocks))
	for _, b := range blocks {
		if d := datelineEnd(text, b.Start, b.End); d > 0 {
			out = append(out, nlp.Block{Start: b.Start, End: d})
			b.Start = d
		}
		if c := labelEnd(text, b.Start, b.End); c > 0 && !saying(lastWord(text, b.Start, c-1)) {
			out = append(out, nlp.Block{Start: b.Start, End: c})
			b.Start = c
		}
		out = append(out, nlp.Block{Start: b.Start, End: b.End})
	}
	return out
}

// labelEnd returns the position after the colon that ends the label of a block, or 0: some words, or what a newsroom calls a
// piece ("EXCLUSIVE: ..."). What follows must begin like a sentence; "Putin: We will help", a name and what he says, is no label,
// nor is a long sentence with a list.
func labelEnd(text []rune, start, end int) int {
	words, capitals := 0, 0
	for i := start; i < end && words <= maxLabel; i++ {
		switch r := text[i]; {
		case unicode.IsLetter(r) && (i == start || !unicode.IsLetter(text[i-1]) && text[i-1] != '\'' && text[i-1] != '’'):
			words++
			if unicode.IsUpper(r) {
				capitals++
			}
		case strings.ContainsRune(".!?;\n", r):
			return 0
		case r == ':':
			if title := editorial[strings.ToLower(string(text[start:i]))]; !title && (words < 2 || capitals == words) || !beginsSentence(text, i+1, end) {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

func beginsSentence(text []rune, i, end int) bool {
	if i >= end || !unicode.IsSpace(text[i]) {
		return false
	}
	for ; i < end; i++ {
		if unicode.IsLetter(text[i]) {
			return unicode.IsUpper(text[i])
		}
		if unicode.IsDigit(text[i]) {
			return false
		}
	}
	return false
}

func lastWord(text []rune, start, end int) string {
	i := end
	for i > start && unicode.IsLetter(text[i-1]) {
		i--
	}
	return strings.ToLower(string(text[i:end]))
}

// saying reports whether a word before a colon is a verb of saying: "The ministry said: We will help" is no
// label.
func (p *Pipeline) saying(word string) bool {
	if word == "" {
		return false
	}
	s := p.language.ParseTokens([]string{"They", word})
	return s.Tokens[1].UPOS == "VERB" && p.claims.Speaks(s.Tokens[1].Lemma)
}

// dateline is a place where a report begins, up to its dash: a word in capitals and perhaps a country, an agency or a date ("MANILA,
// Philippines (AP) —", "PARIS, March 3, 2021 /PRNewswire/ --"); or any name with an agency in brackets or a date ("Minsk (Interfax) -",
// "Minsk, 14 September -"); or an agency alone.
var dateline = regexp.MustCompile(`^(?:\p{Lu}{3,}[^!?;:\n]{0,90}?|\p{Lu}[^!?;:.\n]{1,50}?(?:\([^)\n]{2,40}\)|, (?:\d{1,2} \p{Lu}\p{Ll}{2,8}|\p{Lu}\p{Ll}{2,8}\.? \d{1,2})(?:,? \d{4})?)|\([\p{L} ]{2,20}\))` +
	`(?: ?/[^/\n]{2,30}/)? ?(?: (?:[-–]|--)|—|--|–)\s+["“‘']?\p{Lu}`)

// maxDateline is how many code points are looked at for a dateline.
const maxDateline = 130

// datelineEnd returns the position after the dash of a dateline at the start of a block, or 0.
func datelineEnd(text []rune, start, end int) int {
	if start >= end || !unicode.IsUpper(text[start]) && text[start] != '(' {
		return 0
	}
	m := dateline.FindString(string(text[start:min(end, start+maxDateline)]))
	if m == "" {
		return 0
	}
	return start + len([]rune(strings.TrimRightFunc(m, func(r rune) bool { return !strings.ContainsRune("-–—", r) })))
}
