package claim

import (
	"slices"
	"strings"

	"newsgraph/nlp"
)

// tree is a dependency tree with its edges turned downwards.
type tree struct {
	toks []nlp.Token
	kids [][]int // in order of the words
	real int     // how many of toks are words of the sentence; members of groups follow
}

func newTree(s *nlp.Sentence) *tree {
	t := &tree{toks: nlp.Mend(s.Tokens), kids: make([][]int, len(s.Tokens)), real: len(s.Tokens)}
	for i := range t.toks {
		if h := t.toks[i].Head; h >= 0 && h < len(t.toks) && h != i {
			t.kids[h] = append(t.kids[h], i)
		}
	}
	return t
}

// base is the relation of i to its head, without subtype.
func (t *tree) base(i int) string {
	rel, _, _ := strings.Cut(t.toks[i].Deprel, ":")
	return rel
}

// is reports whether the relation of i to its head is one of rels, which are whole ("acl:relcl") or
// without subtype ("acl").
func (t *tree) is(i int, rels ...string) bool {
	return slices.Contains(rels, t.toks[i].Deprel) || slices.Contains(rels, t.base(i))
}

// kid returns the first dependent of i with one of rels, or -1.
func (t *tree) kid(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		if t.is(k, rels...) {
			return k
		}
	}
	return -1
}

// all returns the dependents of i with one of rels.
func (t *tree) all(i int, rels ...string) []int {
	var out []int
	for _, k := range t.kids[i] {
		if t.is(k, rels...) {
			out = append(out, k)
		}
	}
	return out
}

func (t *tree) lemma(i int) string { return strings.ToLower(t.toks[i].Lemma) }
func (t *tree) form(i int) string  { return strings.ToLower(t.toks[i].Form) }
func (t *tree) upos(i int) string  { return t.toks[i].UPOS }
func (t *tree) head(i int) int     { return t.toks[i].Head }

func (t *tree) nominal(i int) bool {
	switch t.upos(i) {
	case "NOUN", "PROPN", "PRON", "NUM", "SYM":
		return true
	}
	return false
}

func (t *tree) finite(i int) bool { return strings.Contains(t.toks[i].Feats, "VerbForm=Fin") }

// span collects the subtree of i in order of the words, without the subtrees that skip refuses, and
// without punctuation at its edges.
func (t *tree) span(i int, skip func(int) bool) []int {
	var out []int
	t.walk(i, skip, 0, &out)
	slices.Sort(out)
	return t.trim(out)
}

func (t *tree) walk(i int, skip func(int) bool, depth int, out *[]int) {
	if depth > len(t.toks) || i >= t.real { // a damaged tree may hold a cycle
		return
	}
	*out = append(*out, i)
	for _, k := range t.kids[i] {
		if skip == nil || !skip(k) {
			t.walk(k, skip, depth+1, out)
		}
	}
}

// trim drops punctuation at the edges, except brackets and quotes that have their partner inside.
func (t *tree) trim(toks []int) []int {
	for len(toks) > 0 && t.loose(toks[0], toks) {
		toks = toks[1:]
	}
	for len(toks) > 0 && t.loose(toks[len(toks)-1], toks) {
		toks = toks[:len(toks)-1]
	}
	return toks
}

var partner = map[string]string{
	"(": ")", ")": "(", "[": "]", "]": "[", "“": "”", "”": "“", "‘": "’", "’": "‘",
	"``": "''", "''": "``", "-LRB-": "-RRB-", "-RRB-": "-LRB-", "\"": "\"", "'": "'",
}

func (t *tree) loose(i int, within []int) bool {
	if t.upos(i) != "PUNCT" {
		return false
	}
	p, ok := partner[t.toks[i].Form]
	if !ok {
		return true
	}
	for _, k := range within {
		if k != i && t.toks[k].Form == p {
			return false
		}
	}
	return true
}

// descends reports whether i is j or below it.
func (t *tree) descends(i, j int) bool {
	for n := 0; i >= 0 && n <= len(t.toks); n++ {
		if i == j {
			return true
		}
		i = t.head(i)
	}
	return false
}

// conjuncts returns i, the nominals coordinated with it, also those that hang on one another ("fraud, theft and perjury"), and
// those that are named as being among them.
func (t *tree) conjuncts(i int) []int {
	out := []int{i}
	for n := 0; n < len(out) && len(out) <= len(t.toks); n++ {
		for _, k := range t.all(out[n], "conj") {
			if (t.nominal(k) || t.upos(k) == t.upos(i)) && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	slices.Sort(out[1:])
	return append(out, t.included(i)...)
}

// included are those that "groups, among them Oxfam and Caritas" or "groups, including Oxfam" names of a plural noun.
func (t *tree) included(i int) []int {
	if t.upos(i) != "NOUN" {
		return nil
	}
	var out []int
	for _, k := range t.all(i, "nmod", "obl", "appos") {
		if t.exemplifies(k) {
			out = append(out, t.conjuncts(k)...)
		}
	}
	return out
}

// exemplifies is true of "France" in "five countries, including France".
func (t *tree) exemplifies(k int) bool {
	switch t.prepRole(t.preposition(k)) {
	case "including", "among_them", "such_as":
		return true
	}
	return false
}

// words gives the forms of toks joined by single blanks.
func (t *tree) words(toks []int) string {
	var b strings.Builder
	for n, i := range toks {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.toks[i].Form)
	}
	return b.String()
}

// text gives the forms of toks spaced as in the article where they are neighbours.
func (t *tree) text(toks []int) string {
	var b strings.Builder
	for n, i := range toks {
		if n > 0 && (toks[n-1] != i-1 || t.toks[i-1].SpaceAfter) {
			b.WriteByte(' ')
		}
		b.WriteString(t.toks[i].Form)
	}
	return b.String()
}
