package ingest

import (
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

// labelEnd returns the position after the colon that ends the label of a block, or 0. What follows must
// begin like a sentence; "Putin: We will help", a name and what he says, is no label, nor is a long
// sentence with a list.
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
			if words < 2 || capitals == words || !beginsSentence(text, i+1, end) {
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

// maxDateline is how many code points the dateline of a report has at the most ("MANILA, Philippines (AP) —").
const maxDateline = 60

// datelineEnd returns the position after the dash of a dateline at the start of a block, or 0: a place in
// capitals, perhaps with a country, an agency or a date, then a dash and a sentence.
func datelineEnd(text []rune, start, end int) int {
	word := start
	for word < end && unicode.IsUpper(text[word]) {
		word++
	}
	if word-start < 3 {
		return 0
	}
	for i := word; i+1 < end && i < start+maxDateline; i++ {
		switch r := text[i]; {
		case (r == '—' || r == '–' || r == '-') && unicode.IsSpace(text[i-1]) && beginsSentence(text, i+1, end):
			return i + 1
		case strings.ContainsRune("!?;:\n", r):
			return 0
		}
	}
	return 0
}
