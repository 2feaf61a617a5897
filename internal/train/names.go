package main

import (
	"log"
	"os"
	"path/filepath"

	"newsgraph/nlp/eval"
	"newsgraph/nlp/tagger"
)

// kinds maps the kinds of names of the sources to ours; all others count as no name.
var kinds = map[string]string{"PER": "PER", "LOC": "LOC", "ORG": "ORG"}

func (t *trainer) trainNames() error {
	var data []*sentence
	for i, name := range []string{"uner_ewt-train.iob2.gz", "gum_nonnc-train.conll.gz", "wikigold.conll.gz"} {
		list, err := t.namesOf(name)
		if err != nil {
			return err
		}
		if i < 2 {
			log.Printf("%s: %d of %d sentences have jackknifed tags", name, t.borrowTags(list), len(list))
		}
		data = append(data, list...)
	}
	var labels names
	labels.add("O")
	train := forNames(data, &labels)
	m := tagger.Train(train, tagger.Options{Task: tagger.Names, Labels: labels.list, Cells: 1 << 21, Epochs: 10, Beam: 4, Seed: 1})
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
		log.Printf("%s: %.3f PER %.3f LOC %.3f ORG %.3f", name, eval.Names(gold, guess, "PER", "LOC", "ORG"), eval.Names(gold, guess, "PER").F1, eval.Names(gold, guess, "LOC").F1, eval.Names(gold, guess, "ORG").F1)
	}
	return t.save("names.gz", func(f *os.File) error { return m.Write(f, tagFloor) })
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
