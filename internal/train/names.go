package main

import (
	"io"
	"log"
	"path/filepath"

	"newsgraph/nlp/eval"
	"newsgraph/nlp/tagger"
)

// kinds maps the kinds of names of the sources to ours; all others count as no name.
var kinds = map[string]string{"PER": "PER", "LOC": "LOC", "ORG": "ORG"}

// nameSeeds is the number of models of names averaged.
const nameSeeds = 3

// nameModel trains the model of names on all three sources.
func (t *trainer) nameModel() (*tagger.Trained, error) {
	var data []*sentence
	for i, name := range []string{"uner_ewt-train.iob2.gz", "gum_nonnc-train.conll.gz", "wikigold.conll.gz"} {
		list, err := t.namesOf(name)
		if err != nil {
			return nil, err
		}
		if i < 2 {
			log.Printf("%s: %d of %d sentences have jackknifed tags", name, t.borrowTags(list), len(list))
		}
		data = append(data, list...)
	}
	labels := &names{}
	labels.add("O")
	train := forNames(data, labels)
	all := make([]*tagger.Trained, nameSeeds)
	parallel(t.workers, nameSeeds, func(k int) {
		all[k] = tagger.Train(train, tagger.Options{Task: tagger.Names, Labels: labels.list, Cells: 1 << 21, Epochs: 8, Beam: 4, Seed: uint64(k + 1), Rare: 1})
	})
	return tagger.Merge(all...), nil
}

func (t *trainer) trainNames() error {
	m, err := t.nameModel()
	if err != nil {
		return err
	}
	model := m.Model(tagFloor)
	for _, name := range []string{"uner_ewt-dev.iob2.gz", "gum_nonnc-dev.conll.gz"} {
		dev, err := t.namesOf(name)
		if err != nil {
			return err
		}
		var gold, guess [][]string
		for _, s := range dev {
			gold = append(gold, s.names)
			guess = append(guess, tagsOf(model, &tagger.Sentence{Words: s.infos, Tags: tagAtoms(s.auto)}))
		}
		score := func(kinds ...string) float64 { return 100 * eval.Names(gold, guess, kinds...).F1 }
		log.Printf("%s: all %.2f PER %.2f LOC %.2f ORG %.2f", name, score("PER", "LOC", "ORG"), score("PER"), score("LOC"), score("ORG"))
	}
	return t.save("names.gz", func(w io.Writer) error { return m.Write(w, tagFloor) })
}

func (t *trainer) namesOf(file string) ([]*sentence, error) {
	list, err := readNames(filepath.Join(t.shared, "ner", file), kinds)
	if err != nil {
		return nil, err
	}
	look(list, t.table)
	for _, s := range list {
		s.auto = tagsOf(t.tags, &tagger.Sentence{Words: s.infos})
	}
	return list, nil
}

// borrowTags gives sentences of the treebanks the tags of models that did not see them.
func (t *trainer) borrowTags(list []*sentence) int {
	known := map[string][]string{}
	for _, s := range t.data {
		known[joined(s)] = s.auto
	}
	n := 0
	for _, s := range list {
		if a, ok := known[joined(s)]; ok {
			s.auto = a
			n++
		}
	}
	return n
}

func joined(s *sentence) string {
	b := []byte{}
	for _, f := range s.forms {
		b = append(append(b, f...), ' ')
	}
	return string(b)
}
