package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/nlp/words"
)

// longestPhrase is how many words in quotation marks are a part of the sentence around them, at the most.
const longestPhrase = 12

// auxiliaries are words whose verb may stand in quotation marks.
var auxiliaries = wordSet(`has have had having is are was were be been being will would shall should can could may might must to not never do does did
	cannot`)

// phraseMarks finds the marks around a verb that is quoted without its auxiliary (had "misled residents"), as pairs of places. The network
// parses such a sentence without them: they are rare in treebanks, and common in news.
func phraseMarks(ts []Token) [][2]int {
	var out [][2]int
	for i := 1; i+2 < len(ts); i++ {
		if !opensPhrase(ts, i) {
			continue
		}
		for k := i + 2; k < len(ts) && k <= i+1+longestPhrase; k++ {
			if f := ts[k].Form; f == "." || f == "!" || f == "?" || f == ":" || f == ";" {
				break
			}
			if closesPhrase(ts[i], ts[k], ts[k-1]) {
				out = append(out, [2]int{i, k})
				i = k
				break
			}
		}
	}
	return out
}

// opensPhrase is true of a mark behind an auxiliary and before what may be a verb. A single mark needs the blank that tells it from an
// apostrophe.
func opensPhrase(ts []Token, i int) bool {
	next := strings.ToLower(ts[i+1].Form)
	if !auxiliaries[strings.ToLower(ts[i-1].Form)] || !ts[i-1].SpaceAfter || next == "a" || next == "an" || next == "the" {
		return false
	}
	switch ts[i].Form {
	case "\"", "“", "``":
		return true
	case "'", "‘":
		return !ts[i].SpaceAfter
	}
	return false
}

func closesPhrase(open, t, before Token) bool {
	r, _ := utf8.DecodeLastRuneInString(before.Form)
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return false
	}
	switch open.Form {
	case "\"":
		return t.Form == "\""
	case "“", "``":
		return t.Form == "”" || t.Form == "''" || t.Form == "\""
	}
	return !before.SpaceAfter && (t.Form == "'" || t.Form == "’")
}

// without leaves the marks out of what is parsed; at has the place of each word that is left.
func without(infos []words.Info, marks [][2]int) (left []words.Info, at []int) {
	for i := range infos {
		if len(marks) > 0 && (i == marks[0][0] || i == marks[0][1]) {
			if i == marks[0][1] {
				marks = marks[1:]
			}
			continue
		}
		left, at = append(left, infos[i]), append(at, i)
	}
	return left, at
}

// hangMarks hangs the marks on the head of the words between them.
func hangMarks(ts []Token, from int, marks [][2]int) {
	for _, m := range marks {
		top := m[0] + 1
		for i := m[0] + 1; i < m[1]; i++ {
			if h := ts[i].Head - from; h < m[0] || h > m[1] {
				top = i
				break
			}
		}
		for n, k := range m {
			t := &ts[k]
			t.UPOS, t.XPOS, t.Lemma, t.Feats, t.NER = "PUNCT", "``", words.Normal(t.Form), "_", "O"
			if n == 1 {
				t.XPOS = "''"
			}
			t.Head, t.Deprel = top+from, "punct"
		}
	}
}
