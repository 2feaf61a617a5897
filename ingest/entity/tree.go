package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/nlp"
)

// tree is a sentence with what the resolver asks of it again and again.
type tree struct {
	tokens []nlp.Token
	kids   [][]int
	depth  []int
	block  int   // which block of the document it is in
	quote  []int // the quotation each token is in, -1 for none
	speech *nlp.Speech
}

// newTree indexes a sentence. Heads that point outside it, or round in a circle, count as roots.
func newTree(s nlp.Sentence) tree {
	n := len(s.Tokens)
	t := tree{tokens: make([]nlp.Token, n), kids: make([][]int, n), depth: make([]int, n), quote: make([]int, n)}
	copy(t.tokens, s.Tokens)
	for i := range t.tokens {
		if h := t.tokens[i].Head; h < -1 || h >= n || h == i {
			t.tokens[i].Head = -1
		}
		t.quote[i] = -1
	}
	for i := range t.tokens {
		t.depth[i] = t.measure(i)
	}
	for i, tok := range t.tokens {
		if tok.Head >= 0 {
			t.kids[tok.Head] = append(t.kids[tok.Head], i)
		}
	}
	return t
}

// measure counts the steps to the root, and cuts a circle where it finds one.
func (t *tree) measure(i int) int {
	d := 0
	for j := i; t.tokens[j].Head >= 0; j = t.tokens[j].Head {
		if d++; d > len(t.tokens) {
			t.tokens[i].Head = -1
			return 0
		}
	}
	return d
}

// rel is the dependency relation without its subtype.
func (t *tree) rel(i int) string {
	r, _, _ := strings.Cut(t.tokens[i].Deprel, ":")
	return r
}

// lemma is the lower-case lemma, or the form where there is none.
func (t *tree) lemma(i int) string {
	if l := t.tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return strings.ToLower(t.tokens[i].Form)
}

func (t *tree) lower(i int) string { return strings.ToLower(t.tokens[i].Form) }

// kid returns the first dependent with one of the relations (subtypes count when named), or -1.
func (t *tree) kid(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		for _, r := range rels {
			if t.tokens[k].Deprel == r || t.rel(k) == r {
				return k
			}
		}
	}
	return -1
}

// preposition is the lower-case case marker before i, "" for none.
func (t *tree) preposition(i int) string {
	for _, k := range t.kids[i] {
		if t.rel(k) == "case" && k < i {
			return t.lower(k)
		}
	}
	return ""
}

// dateline tells whether a sentence is the place that a report comes from: "BRUSSELS -".
func (t *tree) dateline() bool {
	n := len(t.tokens)
	return n > 1 && n < 16 && oneOf(t.tokens[n-1].Form, "- – — --")
}

// within tells whether i is anc or a descendant of it.
func (t *tree) within(i, anc int) bool {
	for ; i >= 0; i = t.tokens[i].Head {
		if i == anc {
			return true
		}
	}
	return false
}

// top returns the token of [start, end) that is nearest to the root, the first of several.
func (t *tree) top(start, end int) int {
	best := start
	for i := start; i < end; i++ {
		h := t.tokens[i].Head
		outside := h < start || h >= end
		if outside && (t.depth[i] < t.depth[best] || t.tokens[best].Head >= start && t.tokens[best].Head < end) {
			best = i
		}
	}
	return best
}

// first follows conj back to the first conjunct, so that the part in the sentence shows.
func (t *tree) first(i int) int {
	for t.rel(i) == "conj" && t.tokens[i].Head >= 0 {
		i = t.tokens[i].Head
	}
	return i
}

// capital tells whether the token begins with a capital letter.
func (t *tree) capital(i int) bool {
	c, _ := utf8.DecodeRuneInString(t.tokens[i].Form)
	return unicode.IsUpper(c)
}

// text joins the tokens of [start, end) as they stand in the article, without quotation marks at
// the ends or inside.
func (t *tree) text(start, end int) string {
	var b strings.Builder
	for i := start; i < end; i++ {
		if !isQuote(t.tokens[i].Form) {
			b.WriteString(t.tokens[i].Form)
		}
		if i+1 < end && t.tokens[i].SpaceAfter {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// isQuote tells whether a token is a quotation mark; an apostrophe by itself counts.
func isQuote(form string) bool {
	switch form {
	case "\"", "''", "``", "“", "”", "„", "‘", "’", "'", "`", "«", "»":
		return true
	}
	return false
}
