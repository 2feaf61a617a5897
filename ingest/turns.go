package ingest

import (
	"regexp"
	"strings"
	"unicode"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// editorial are words that a newsroom puts before a colon; nobody speaks there, and what follows is a text of its own.
var editorial = wordSet(`analysis breaking caption comment contact contacts correction credit editorial exclusive explained explainer feature
	file interview image live note notes opinion photo photograph picture pictures profile report review source sources summary timeline
	update updated video watch`)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// turn is what somebody says in a transcript or an interview.
type turn struct {
	label nlp.Block // with its colon; empty where a turn goes on in a new paragraph
	said  nlp.Block
	*nlp.Speech
}

// label is who speaks, before a colon: "Q: ", "TR: ", "Ann Lee: ", "Ann Lee (BBC): ".
var label = regexp.MustCompile(`^(\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){0,3})(?: \([^)\n]{1,40}\))? ?: +["“‘']?[\p{Lu}\p{N}]`)

// longestLabel is how many code points a label has, at the most.
const longestLabel = 90

// findTurns finds the turns of a transcript, in order; none in any other text. A transcript has questions and answers, or two
// labels of which one comes twice. A paragraph without a label between two with one goes on with the first.
func findTurns(text []rune, blocks []schema.Block) []turn {
	var all []turn
	count, turns := map[string]int{}, 0 // turns with a label
	last := -1                          // the last turn with a label
	for _, b := range blocks {
		starts := labels(text, b)
		if (len(starts) == 0 || starts[0][0] > b.Start) && len(all) > 0 {
			end := b.End
			if len(starts) > 0 {
				end = starts[0][0]
			}
			all = append(all, turn{label: nlp.Block{Start: b.Start, End: b.Start}, said: nlp.Block{Start: b.Start, End: end}, Speech: all[len(all)-1].Speech})
		}
		for n, at := range starts {
			end := b.End
			if n+1 < len(starts) {
				end = starts[n+1][0]
			}
			name := string(text[at[0]:at[1]])
			count[name]++
			turns++
			last = len(all)
			all = append(all, turn{label: nlp.Block{Start: at[0], End: at[2]}, said: nlp.Block{Start: at[2], End: end},
				Speech: &nlp.Speech{Speaker: speaker(text, name, at[0])}})
		}
	}
	if count["Q"] > 0 && count["A"] > 0 || len(count) > 1 && turns > len(count) {
		return all[:last+1]
	}
	return nil
}

// labels are the labels at the beginnings of lines: start, end of the name, end with the colon.
func labels(text []rune, b schema.Block) [][3]int {
	var out [][3]int
	for i := b.Start; i < b.End; i++ {
		if i > b.Start && text[i-1] != '\n' {
			continue
		}
		line := string(text[i:min(b.End, i+longestLabel)])
		m := label.FindStringSubmatch(line)
		if m == nil || editorial[strings.ToLower(strings.Fields(m[1])[0])] {
			continue
		}
		name := i + len([]rune(m[1]))
		out = append(out, [3]int{i, name, name + len([]rune(line[len(m[1]):len(m[1])+strings.Index(line[len(m[1]):], ":")])) + 1})
	}
	return out
}

// speaker is where the text names who speaks: the label, or for initials the first name that has them. It is empty for "Q" and "A".
func speaker(text []rune, name string, at int) nlp.Block {
	n := len([]rune(name))
	if n == 1 {
		return nlp.Block{}
	}
	if n <= 3 && strings.ToUpper(name) == name {
		if b, ok := withInitials(text, []rune(name)); ok {
			return b
		}
	}
	return nlp.Block{Start: at, End: at + n}
}

// withInitials finds the first run of words with capitals that has the initials.
func withInitials(text, initials []rune) (nlp.Block, bool) {
	for i := range text {
		at, k := i, 0
		for ; k < len(initials) && at < len(text) && text[at] == initials[k] && (at == 0 || !unicode.IsLetter(text[at-1])); k++ {
			end := at + 1
			for end < len(text) && (unicode.IsLower(text[end]) || text[end] == '-') {
				end++
			}
			if end-at < 2 {
				break
			}
			if k == len(initials)-1 {
				return nlp.Block{Start: i, End: end}, true
			}
			if end == len(text) || text[end] != ' ' {
				break
			}
			at = end + 1
		}
	}
	return nlp.Block{}, false
}

// partTurns cuts blocks where turns begin. A label that names who speaks is a block of its own, any other is left out.
func partTurns(blocks []schema.Block, turns []turn) []schema.Block {
	if turns == nil {
		return blocks
	}
	var out []schema.Block
	for _, b := range blocks {
		at := b.Start
		keep := func(end int) {
			if end > at {
				out = append(out, schema.Block{Start: at, End: end, Kind: b.Kind})
				at = end
			}
		}
		for len(turns) > 0 && turns[0].label.Start < b.End {
			t := turns[0]
			turns = turns[1:]
			keep(t.label.Start)
			if t.Speaker != (nlp.Block{}) && t.Speaker.Start == t.label.Start {
				keep(t.label.End)
			}
			at = t.said.Start
			keep(t.said.End)
		}
		keep(b.End)
	}
	return out
}

// giveSpeech tells the sentences within turns whose words they are.
func giveSpeech(sents []nlp.Sentence, turns []turn) {
	for i := range sents {
		for len(turns) > 0 && turns[0].said.End <= sents[i].Start {
			turns = turns[1:]
		}
		if len(turns) > 0 && sents[i].Start >= turns[0].said.Start {
			sents[i].Speech = turns[0].Speech
		}
	}
}
