package depparse

import (
	"strings"

	"newsgraph/nlp/linear"
	"newsgraph/nlp/words"
)

// NewSentence makes a sentence from what is known of its words, their forms and their tags ("VERB VBD": universal
// and fine tag).
func NewSentence(infos []words.Info, forms, tags []string) *Sentence {
	s := &Sentence{Words: infos, Tags: make([]uint32, len(tags)), UPOS: make([]uint32, len(tags)), Class: make([]Class, len(tags))}
	for i, t := range tags {
		upos, _, _ := strings.Cut(t, " ")
		s.Tags[i], s.UPOS[i], s.Class[i] = linear.String(t), linear.String(upos), ClassOf(t, forms[i])
	}
	return s
}
