package ingest

import (
	"slices"
	"strings"

	"newsgraph/nlp"
)

// minSpeech is how many words a quotation has that is parsed by itself, minReport a report without marks; both
// count the marks.
const (
	minSpeech = 5
	minReport = 4
)

// splitSpeech parses a sentence such as «"We shall see," she told reporters in Geneva.» or «Turnout was 84 per
// cent, officials said on Monday.» again in its two parts: no word of what is said depends on one outside but
// its head, which the parser knows only by chance. Any other sentence is returned as it is.
func (p *Pipeline) splitSpeech(s nlp.Sentence) nlp.Sentence {
	cut, least := speechEnd(s.Tokens), minSpeech
	if cut == 0 {
		cut, least = p.reportEnd(s.Tokens), minReport
	}
	if cut < least || len(s.Tokens)-cut < 2 {
		return s
	}
	said, rest := part(s, 0, cut), part(s, cut, len(s.Tokens))
	p.language.Annotate(&rest)
	verb := rest.Root()
	if verb < 0 || !p.claims.Speaks(rest.Tokens[verb].Lemma) || !hasSubject(rest, verb) {
		return s
	}
	p.language.Annotate(&said)
	if least == minReport && !hasClause(said) { // "In an interview with the BBC, he denied the charges"
		return s
	}
	return join(s, said, rest, cut, verb)
}

// maxReporter is how many words a clause of saying after what it reports has at the most.
const maxReporter = 14

// reportEnd returns the index after the comma that parts what is reported from the clause of saying at the end
// of the sentence, or 0.
func (p *Pipeline) reportEnd(toks []nlp.Token) int {
	verb := -1
	for i := len(toks) - 1; i > 0 && i >= len(toks)-maxReporter; i-- {
		if toks[i].UPOS != "VERB" || strings.EqualFold(toks[i-1].Form, "as") { // "quoted the ministry as saying"
			continue
		}
		if x := toks[i].XPOS; (x == "VBD" || x == "VBZ" || x == "VBP") && p.claims.Speaks(toks[i].Lemma) {
			verb = i
		}
		break
	}
	if verb < 0 {
		return 0
	}
	for i := verb - 1; i >= 0 && i >= verb-maxReporter; i-- {
		switch t := toks[i]; {
		case t.Form == ",":
			if verb == i+1 || startsNoun(toks[i+1]) {
				return i + 1
			}
			return 0
		case t.UPOS == "SCONJ", t.UPOS == "CCONJ" && i == verb-1, t.UPOS == "VERB", t.UPOS == "AUX", t.XPOS == "WP", t.XPOS == "WDT", t.XPOS == "WRB":
			return 0
		}
	}
	return 0
}

func startsNoun(t nlp.Token) bool {
	switch t.UPOS {
	case "DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM":
		return t.XPOS != "WDT" && t.XPOS != "WP"
	}
	return false
}

// hasSubject reports whether the verb has a subject and nothing said inside its own clause.
func hasSubject(s nlp.Sentence, verb int) bool {
	subject := false
	for _, t := range s.Tokens {
		if t.Head != verb {
			continue
		}
		switch t.Deprel {
		case "nsubj":
			subject = true
		case "ccomp", "xcomp", "nsubj:pass", "csubj":
			return false
		}
	}
	return subject
}

// hasClause reports whether a sentence has a verb that is not the modifier of a noun.
func hasClause(s nlp.Sentence) bool {
	return slices.ContainsFunc(s.Tokens, func(t nlp.Token) bool {
		return t.UPOS == "AUX" || t.UPOS == "VERB" && t.Deprel != "amod" && t.Deprel != "acl" && t.Deprel != "compound"
	})
}

// speechEnd returns the index after the mark that ends a quotation in which the sentence begins, or 0.
func speechEnd(toks []nlp.Token) int {
	for i := 1; i < len(toks); i++ {
		if !closes(toks[i].Form) || !ends(toks[i-1].Form) || toks[i-1].SpaceAfter {
			continue
		}
		for k := 1; k < i; k++ { // a quotation that opens inside the sentence is not where it begins
			if w := toks[k].Form; opens(w) || w == toks[i].Form && (w == "\"" || w == "'") {
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
