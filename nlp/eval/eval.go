// Package eval scores analyses against a treebank: tags, lemmas, trees and names.
package eval

import (
	"fmt"
	"strings"

	"newsgraph/nlp"
)

// Scores are shares of words, 0..1, punctuation and subtypes of relations counted.
type Scores struct {
	Words                       int
	UPOS, XPOS, Lemma, UAS, LAS float64
}

// Trees compares sentences word for word. The error names the first sentence whose words differ.
func Trees(gold, system []nlp.Sentence) (Scores, error) {
	var s Scores
	if len(gold) != len(system) {
		return s, fmt.Errorf("%d gold sentences, %d system sentences", len(gold), len(system))
	}
	for i := range gold {
		g, x := gold[i].Tokens, system[i].Tokens
		if len(g) != len(x) {
			return s, fmt.Errorf("sentence %d: %d gold words, %d system words", i+1, len(g), len(x))
		}
		for k := range g {
			if g[k].Form != x[k].Form {
				return s, fmt.Errorf("sentence %d, word %d: gold %q, system %q", i+1, k+1, g[k].Form, x[k].Form)
			}
			s.add(&g[k], &x[k])
		}
	}
	n := float64(max(s.Words, 1))
	for _, v := range []*float64{&s.UPOS, &s.XPOS, &s.Lemma, &s.UAS, &s.LAS} {
		*v /= n
	}
	return s, nil
}

func (s *Scores) add(g, x *nlp.Token) {
	s.Words++
	s.UPOS += one(g.UPOS == x.UPOS)
	s.XPOS += one(g.XPOS == x.XPOS)
	s.Lemma += one(strings.EqualFold(g.Lemma, x.Lemma))
	s.UAS += one(g.Head == x.Head)
	s.LAS += one(g.Head == x.Head && g.Deprel == x.Deprel)
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// PRF are precision, recall and their harmonic mean, 0..1.
type PRF struct{ P, R, F1 float64 }

// span is a name in a sentence.
type span struct {
	sent, start, end int
	kind             string
}

// Names compares names of the given kinds by exact bounds and kind, as BIO tags of the same words.
func Names(gold, system [][]string, kinds ...string) PRF {
	g, s := spans(gold, kinds), spans(system, kinds)
	hit := 0
	for x := range s {
		if g[x] {
			hit++
		}
	}
	p, r := float64(hit)/float64(max(len(s), 1)), float64(hit)/float64(max(len(g), 1))
	return PRF{p, r, 2 * p * r / max(p+r, 1e-9)}
}

func spans(sents [][]string, kinds []string) map[span]bool {
	want := map[string]bool{}
	for _, k := range kinds {
		want[k] = true
	}
	out := map[span]bool{}
	for i, tags := range sents {
		start, kind := 0, ""
		for j := 0; j <= len(tags); j++ {
			t := "O"
			if j < len(tags) {
				t = tags[j]
			}
			b, k, _ := strings.Cut(t, "-")
			if kind != "" && (k != kind || b == "B") {
				out[span{i, start, j, kind}] = true
				kind = ""
			}
			if kind == "" && want[k] {
				start, kind = j, k
			}
		}
	}
	return out
}
