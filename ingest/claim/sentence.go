package claim

import (
	"newsgraph/nlp"
)

// sentence is a tree with the lexicon that reads it.
type sentence struct {
	*tree
	*Extractor
	margin   float64
	question bool
}

func (e *Extractor) sentence(s *nlp.Sentence) *sentence {
	x := &sentence{tree: newTree(s), Extractor: e, margin: s.Margin}
	for _, t := range s.Tokens {
		if t.Form == "?" {
			x.question = true
		}
	}
	return x
}

// isTimeWord is true of lemmas that name a time rather than a thing.
func isTimeWord(lemma string) bool {
	switch lemma {
	case "today", "yesterday", "tomorrow", "tonight", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"week", "month", "year", "day", "weekend", "morning", "evening", "afternoon", "night", "hour", "minute", "decade", "century",
		"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "moment", "time", "now", "then", "recently", "later", "earlier", "ago", "once", "soon":
		return true
	}
	return false
}
