package entity

import (
	"newsgraph/nlp"
	"newsgraph/schema"
)

// ref is a mention at work: what shows about it before and while it finds its entity.
type ref struct {
	Mention
	class      string
	thing      int // of the gazetteer, -1 for none
	demonym    bool
	gender     byte // m, f, n or 0
	number     byte // s, p or 0
	key        string
	head       string   // lemma of the head
	bare       string   // of a noun phrase: its words without the owner
	mods       []string // lemmas of adjectives and nouns before the head
	article    byte     // d definite, t demonstrative, i indefinite, p possessed, 0 bare
	owner      int      // the mention of whom it belongs to, -1
	nation     bool     // all the people of country: "Belarusians"
	country    string   // by a demonym or a country's name beside it
	marked     string   // the class that the recogniser gives a name
	titles     []string // what stands before a name ("Belarusian opposition leader")
	titleStart int      // where that begins; Start when there is none
	person     byte     // of a pronoun: 1, 2, 3 or r for relative, x for reflexive
	same       int      // an earlier-found mention that it is by grammar (relative, title), -1
	acronym    bool
	waits      bool // an office without its country, to be led back in the order of the text
}

// article is one document at work.
type article struct {
	gaz   *gazetteer
	doc   schema.Document
	trees []tree
	refs  []ref
	heads [][]int // sentence, token: the mention it heads, -1
	cover [][]int // sentence, token: the mention whose name it helps to spell, -1

	parent   []int // union-find over refs
	groups   []group
	speakers []int // quotation: the mention of who speaks, -1
	byWord   map[string][]*named
	things   []*named // the things of the gazetteer, each by its first spelling here
	points   [features]int
	holders  []int // the people with offices, each by one mention
	hero     int   // a mention of the person whom the article is about, -1
}

func newArticle(g *gazetteer, doc schema.Document, sents []nlp.Sentence) *article {
	a := &article{gaz: g, doc: doc, points: points()}
	block := 0
	for _, s := range sents {
		t := newTree(s)
		for block < len(doc.Blocks) && s.Start >= doc.Blocks[block].End {
			block++
		}
		t.block, t.speech = block, s.Speech
		a.trees = append(a.trees, t)
		a.heads = append(a.heads, filled(len(s.Tokens)))
		a.cover = append(a.cover, filled(len(s.Tokens)))
	}
	return a
}

func filled(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

// add keeps a mention, unless its head already heads another.
func (a *article) add(r ref) int {
	if a.heads[r.Sent][r.Head] >= 0 {
		return -1
	}
	if r.Kind != Pronoun && oneOf(r.Text, personals) {
		return -1
	}
	t := &a.trees[r.Sent]
	if r.Text == "" {
		r.Text = t.text(r.Start, r.End)
	}
	i := len(a.refs)
	a.refs = append(a.refs, r)
	a.heads[r.Sent][r.Head] = i
	if r.Kind == Name || r.Kind == Demonym {
		for k := r.Start; k < r.End; k++ {
			if a.cover[r.Sent][k] < 0 {
				a.cover[r.Sent][k] = i
			}
		}
	}
	return i
}

// at is the mention that a token heads or, failing that, helps to name; -1 for none.
func (a *article) at(sent, tok int) int {
	if tok < 0 {
		return -1
	}
	if i := a.heads[sent][tok]; i >= 0 {
		return i
	}
	return a.cover[sent][tok]
}
