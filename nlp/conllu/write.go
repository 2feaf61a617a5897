package conllu

import (
	"fmt"
	"io"
	"strings"

	"newsgraph/nlp"
)

// Write writes one sentence and the blank line after it. Columns that are empty become "_". A word whose NER is
// not empty carries NER= in MISC.
func Write(w io.Writer, s *Sentence) error {
	var b strings.Builder
	for _, c := range s.Comments {
		b.WriteString(c)
		b.WriteByte('\n')
	}
	extra := s.Extra
	for i := range s.Tokens {
		for len(extra) > 0 && extra[0].Before <= i {
			b.WriteString(extra[0].Line + "\n")
			extra = extra[1:]
		}
		t := &s.Tokens[i]
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n", i+1, column(t.Form), column(t.Lemma), column(t.UPOS),
			column(t.XPOS), column(t.Feats), t.Head+1, column(t.Deprel), column(at(s.Deps, i)), misc(at(s.Misc, i), t.NER))
	}
	for _, e := range extra {
		b.WriteString(e.Line + "\n")
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// FromText makes a Sentence of one that Parse found in text, with "# text" and TokenRange in MISC.
func FromText(s nlp.Sentence, text []rune) *Sentence {
	out := &Sentence{Sentence: s, Comments: []string{"# text = " + oneLine(string(text[s.Start:s.End]))}}
	for i, t := range s.Tokens {
		m := fmt.Sprintf("TokenRange=%d:%d", t.Start, t.End)
		glued := i+1 < len(s.Tokens) && s.Tokens[i+1].Start == t.End
		if glued || (i+1 == len(s.Tokens) && !t.SpaceAfter) {
			m = "SpaceAfter=No|" + m
		}
		out.Misc = append(out.Misc, m)
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "_"
}

func column(s string) string {
	if s == "" {
		return "_"
	}
	if strings.ContainsAny(s, "\t\r\n") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

func misc(m, ner string) string {
	m = column(m)
	switch {
	case ner == "":
		return m
	case m == "_":
		return "NER=" + ner
	}
	return m + "|NER=" + ner
}
