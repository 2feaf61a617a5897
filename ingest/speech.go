package ingest

import (
	"slices"

	"newsgraph/nlp"
)

// minSpeech is how many words a quotation has that is parsed by itself.
const minSpeech = 5

// splitSpeech parses a sentence such as «"We shall see," she told reporters in Geneva.» again in its two parts:
// no word inside the quotation marks depends on one outside but the head of what is said, which the parser
// knows only by chance. Any other sentence is returned as it is.
func (p *Pipeline) splitSpeech(s nlp.Sentence) nlp.Sentence {
	cut := speechEnd(s.Tokens)
	if cut < minSpeech || len(s.Tokens)-cut < 3 {
		return s
	}
	said, rest := part(s, 0, cut), part(s, cut, len(s.Tokens))
	p.language.Annotate(&rest)
	verb := rest.Root()
	if verb < 0 || !p.claims.Speaks(rest.Tokens[verb].Lemma) {
		return s
	}
	p.language.Annotate(&said)
	return join(s, said, rest, cut, verb)
}

// speechEnd returns the index after the mark that ends a quotation in which the sentence begins, or 0.
func speechEnd(toks []nlp.Token) int {
	for i := 1; i < len(toks); i++ {
		if !closes(toks[i].Form) || !ends(toks[i-1].Form) {
			continue
		}
		for k := 1; k < i; k++ { // a quotation that opens inside the sentence is not where it begins
			if opens(toks[k].Form) {
				return 0
			}
		}
		return i + 1
	}
	return 0
}

func closes(w string) bool { return slices.Contains([]string{"”", "’", "''", "\"", "'"}, w) }
func opens(w string) bool  { return slices.Contains([]string{"“", "‘", "``"}, w) }
func ends(w string) bool   { return slices.Contains([]string{",", "?", "!", "—", "–"}, w) }

func part(s nlp.Sentence, from, to int) nlp.Sentence {
	toks := slices.Clone(s.Tokens[from:to])
	return nlp.Sentence{Tokens: toks, Start: toks[0].Start, End: toks[len(toks)-1].End}
}

// join hangs what is said on the verb of saying, as its clausal complement.
func join(s, said, rest nlp.Sentence, cut, verb int) nlp.Sentence {
	out := s
	out.Tokens = append(said.Tokens, rest.Tokens...)
	for i := range out.Tokens {
		t := &out.Tokens[i]
		switch {
		case i < cut && t.Head < 0:
			t.Head, t.Deprel = cut+verb, "ccomp"
		case i >= cut && t.Head >= 0:
			t.Head += cut
		}
	}
	out.Margin = min(said.Margin, rest.Margin)
	return out
}
