package claim

import (
	"unicode"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// quotation is direct speech: a half-open range of code points, and who speaks (an index into the
// document's entities, -1 for unknown).
type quotation struct {
	start, end int
	speaker    int
}

// turns are the turns of a transcript as quotations, each with who the text says speaks.
func (a *article) turns(sents []nlp.Sentence) []quotation {
	var out []quotation
	var last *nlp.Speech
	for n := range sents {
		switch s := &sents[n]; {
		case s.Speech == nil:
		case s.Speech == last:
			out[len(out)-1].end = s.End
		default:
			out = append(out, quotation{start: s.Start, end: s.End, speaker: a.named(s.Speech.Speaker, sents)})
		}
		last = sents[n].Speech
	}
	return out
}

// named is the entity that the text names at the place, -1 for none.
func (a *article) named(at nlp.Block, sents []nlp.Sentence) int {
	for n := range sents {
		for i, t := range sents[n].Tokens {
			if t.Start >= at.Start && t.End <= at.End {
				if m := a.ents.Find(n, i); m >= 0 {
					return a.ents.Mentions[m].Actor
				}
			}
		}
	}
	return -1
}

// minQuote is the length in code points from which words in quotation marks are somebody's speech
// rather than a name or a doubted word.
const minQuote = 25

// findQuotes lists the quotations of a text, block by block; one that is not closed runs to the end of
// its block, as the first paragraphs of a long speech do.
func findQuotes(text []rune, blocks []schema.Block) []quotation {
	if len(blocks) == 0 {
		blocks = []schema.Block{{Start: 0, End: len(text)}}
	}
	var out []quotation
	for _, b := range blocks {
		out = append(out, blockQuotes(text, b.Start, b.End)...)
	}
	return out
}

func blockQuotes(text []rune, start, end int) []quotation {
	var out []quotation
	for i := start; i < end; i++ {
		closing := closer(text, i, start)
		if closing == 0 {
			continue
		}
		j := closeQuote(text, i+1, end, closing)
		if j-i >= minQuote {
			out = append(out, quotation{start: i + 1, end: j, speaker: -1})
		}
		if j < end || j-i >= minQuote {
			i = j
		}
	}
	return out
}

// closer returns the mark that closes a quotation opened at i, or 0 when none is opened there.
func closer(text []rune, i, start int) rune {
	before := i == start || unicode.IsSpace(text[i-1]) || text[i-1] == '(' || text[i-1] == '—' || text[i-1] == '–' || text[i-1] == '-'
	after := i+1 < len(text) && !unicode.IsSpace(text[i+1])
	if !before || !after {
		return 0
	}
	switch text[i] {
	case '“':
		return '”'
	case '"':
		return '"'
	case '‘':
		return '’'
	case '\'':
		return '\''
	}
	return 0
}

// closeQuote finds where a quotation ends. A single mark after a letter closes only when nothing
// better follows: it may be an apostrophe.
func closeQuote(text []rune, i, end int, mark rune) int {
	fallback := -1
	for j := i; j < end; j++ {
		if fallback >= 0 && closer(text, j, i) == mark { // the next quotation opens: the doubtful mark closed this one
			return fallback
		}
		if text[j] != mark {
			continue
		}
		next := j+1 >= end || unicode.IsSpace(text[j+1]) || unicode.IsPunct(text[j+1])
		if !next {
			continue
		}
		if mark == '”' || mark == '"' || unicode.IsPunct(text[j-1]) || j+1 < end && unicode.IsPunct(text[j+1]) || j+1 >= end {
			return j
		}
		if fallback < 0 {
			fallback = j
		}
	}
	if fallback >= 0 {
		return fallback
	}
	return end
}

// quoteAt returns the index of the quotation that holds position p, or -1.
func (a *article) quoteAt(p int) int {
	for n, q := range a.quotes {
		if p >= q.start && p < q.end {
			return n
		}
	}
	return -1
}

// findSpeakers gives each quotation its speaker: the subject of a verb of saying that stands outside
// quotations in the same block, the nearest first; a block that is all quotation takes the speaker
// of the block before.
func (a *article) findSpeakers(sents []nlp.Sentence, views []*view) {
	type speech struct{ at, block, speaker int }
	var said []speech
	for n := range sents {
		v := views[n]
		for i := range v.toks {
			if _, ok := a.cues.speaks(v.lemma(i)); !ok || v.upos(i) != "VERB" || a.quoteAt(v.toks[i].Start) >= 0 {
				continue
			}
			s, passive, _ := v.subject(i, 0)
			if s < 0 || passive {
				continue
			}
			if e := v.actor(s); e >= 0 {
				said = append(said, speech{v.toks[i].Start, a.block(v.toks[i].Start), e})
			}
		}
	}
	last, lastBlock := -1, -2
	for n := range a.quotes {
		q := &a.quotes[n]
		block, best := a.block(q.start), -1
		for _, s := range said {
			d := max(q.start-s.at, s.at-q.end)
			if s.block == block && (best < 0 || d < best) {
				best, q.speaker = d, s.speaker
			}
		}
		if q.speaker < 0 && block == lastBlock+1 {
			q.speaker = last
		}
		last, lastBlock = q.speaker, block
	}
	a.quotes = append(a.quotes, a.turns(sents)...)
}

func (a *article) block(p int) int {
	for n, b := range a.doc.Blocks {
		if p < b.End {
			return n
		}
	}
	return len(a.doc.Blocks)
}
