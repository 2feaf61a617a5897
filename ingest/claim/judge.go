package claim

import (
	"slices"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// Judgement is what a sentence makes of one of its predicates.
type Judgement struct {
	// Token is the index of the predicate's head word.
	Token int
	// Flags are the values of factuality that apply, sorted, without Asserted.
	Flags []schema.Factuality
	// Sources are the head words of those who vouch for it, the nearest to the article first.
	Sources []int
}

// Judge tells for each verbal, nominal and adjectival predicate of a sentence, in order, how far it is from
// a fact and according to whom.
func (e *Extractor) Judge(s nlp.Sentence) []Judgement {
	x := e.sentence(&s)
	var out []Judgement
	for i := range x.toks {
		var st status
		switch {
		case x.predicate(i):
			st = x.status(i)
		case x.upos(i) == "NOUN":
			st = x.nounStatus(i)
		default:
			continue
		}
		slices.Sort(st.flags)
		out = append(out, Judgement{Token: i, Flags: st.flags, Sources: st.sources})
	}
	return out
}
