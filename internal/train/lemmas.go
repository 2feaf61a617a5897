package main

import (
	"log"
	"strings"

	"newsgraph/nlp/lemma"
)

// lemmas learns the lemmas of the treebanks and of WordNet's irregular forms.
func (t *trainer) lemmas() error {
	dictionary, err := inflections(t.wordnet)
	if err != nil {
		return err
	}
	var examples []lemma.Example
	for _, s := range t.data {
		for i, f := range s.forms {
			examples = append(examples, lemma.Example{Form: f, Tag: s.tags[i], Lemma: s.lemmas[i], Feats: s.feats[i]})
		}
	}
	m := lemma.Train(examples, dictionary)
	for _, name := range devSets {
		hit, n := 0, 0
		for _, s := range t.dev[name] {
			for i, f := range s.forms {
				n++
				if strings.EqualFold(m.Lemma(f, s.tags[i]), s.lemmas[i]) {
					hit++
				}
			}
		}
		log.Printf("%s: lemmas with right tags %.2f", name, 100*float64(hit)/float64(n))
	}
	return t.save("lemmas.gz", m.Write)
}
