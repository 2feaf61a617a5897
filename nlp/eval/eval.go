// Package eval scores the program's analyses against gold: trees of given words, words and sentences found in raw
// text, and names; and it measures speed. It reads CoNLL-U and the common forms of name files, within limits.
package eval

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"newsgraph/nlp"
)

// Scores are shares of words, 0..1, punctuation counted.
type Scores struct {
	Words                              int
	UPOS, XPOS, Feats, Lemma, UAS, LAS float64
	LASBase                            float64 // LAS without subtypes of relations
}

// measures are what is compared of a word, in the order of Scores.
var measures = []struct {
	name string
	same func(gold, own *nlp.Token) bool
}{
	{"upos", func(g, x *nlp.Token) bool { return g.UPOS == x.UPOS }},
	{"xpos", func(g, x *nlp.Token) bool { return g.XPOS == x.XPOS }},
	{"feats", func(g, x *nlp.Token) bool { return none(g.Feats) == none(x.Feats) }},
	{"lemma", func(g, x *nlp.Token) bool { return strings.EqualFold(g.Lemma, x.Lemma) }},
	{"uas", func(g, x *nlp.Token) bool { return g.Head == x.Head }},
	{"las", func(g, x *nlp.Token) bool { return g.Head == x.Head && g.Deprel == x.Deprel }},
	{"las_base", func(g, x *nlp.Token) bool { return g.Head == x.Head && base(g.Deprel) == base(x.Deprel) }},
}

// none writes no features in one way.
func none(feats string) string {
	if feats == "_" {
		return ""
	}
	return feats
}

// base is a relation without its subtype.
func base(deprel string) string {
	rel, _, _ := strings.Cut(deprel, ":")
	return rel
}

// Trees counts how trees of gold words agree with gold.
type Trees struct {
	genres    map[string]*treeCount
	relations map[string]*agreement
	errors    map[confusion]*occurrence
}

// treeCount counts sentences, words, and words that are right by each measure.
type treeCount struct {
	sentences, words int
	hits             []int
}

// confusion is a pair of labels that ought to be one.
type confusion struct{ kind, gold, ours string }

// occurrence says how often a confusion was seen, and where first.
type occurrence struct {
	words int
	word  string
	line  int
}

// ScoreTrees lets annotate analyse the words of a treebank anew and compares. annotate fills in a sentence's tokens
// and leaves their forms and number alone, as nlp.Pipeline.Annotate does. An error of the treebank is a *LineError.
func ScoreTrees(ctx context.Context, gold io.Reader, annotate func(*nlp.Sentence)) (*Trees, error) {
	t := &Trees{map[string]*treeCount{}, map[string]*agreement{}, map[confusion]*occurrence{}}
	for in := newTreebank(gold); ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		own := bare(&s.Sentence.Sentence)
		annotate(&own)
		t.add(s, own.Tokens)
	}
	if len(t.genres) == 0 {
		return nil, ErrEmpty
	}
	return t, nil
}

// bare is a sentence's words without their annotation.
func bare(s *nlp.Sentence) nlp.Sentence {
	out := nlp.Sentence{Tokens: make([]nlp.Token, len(s.Tokens)), Start: s.Start, End: s.End}
	for i, t := range s.Tokens {
		out.Tokens[i] = nlp.Token{Form: t.Form, Start: t.Start, End: t.End, SpaceAfter: t.SpaceAfter}
	}
	return out
}

func (t *Trees) add(s sentence, own []nlp.Token) {
	for _, c := range both(t.genres, s.genre) {
		c.add(s.Tokens, own)
	}
	for i := range s.Tokens {
		g, x := &s.Tokens[i], &own[i]
		relation, ours := tallied(t.relations, g.Deprel), tallied(t.relations, x.Deprel)
		relation.gold++
		ours.system++
		if g.Head == x.Head && g.Deprel == x.Deprel {
			relation.both++
		}
		for _, c := range confusions(g, x) {
			o := tallied(t.errors, c)
			if o.words++; o.words == 1 {
				o.word, o.line = g.Form, s.lineOf(i)
			}
		}
	}
}

func (c *treeCount) add(gold, own []nlp.Token) {
	if c.hits == nil {
		c.hits = make([]int, len(measures))
	}
	c.sentences++
	c.words += len(gold)
	for i := range gold {
		for k, m := range measures {
			if m.same(&gold[i], &own[i]) {
				c.hits[k]++
			}
		}
	}
}

// confusions lists what is wrong with a word. A wrong head is one of its own only where the relation is right.
func confusions(g, x *nlp.Token) []confusion {
	var out []confusion
	for _, c := range []confusion{{"upos", g.UPOS, x.UPOS}, {"xpos", g.XPOS, x.XPOS}, {"deprel", g.Deprel, x.Deprel}} {
		if c.gold != c.ours {
			out = append(out, c)
		}
	}
	if g.Deprel == x.Deprel && g.Head != x.Head {
		out = append(out, confusion{"head", g.Deprel, x.Deprel})
	}
	return out
}

// Scores are those of a genre, of the whole for "".
func (t *Trees) Scores(genre string) Scores {
	c := t.genres[genre]
	if c == nil {
		return Scores{}
	}
	share := func(k int) float64 { return float64(c.hits[k]) / float64(max(c.words, 1)) }
	return Scores{c.words, share(0), share(1), share(2), share(3), share(4), share(5), share(6)}
}

// Table has a row for the whole and one for each genre, in per cent.
func (t *Trees) Table() Table {
	out := Table{Name: "trees", Columns: []string{"genre", "sentences", "words"}}
	for _, m := range measures {
		out.Columns = append(out.Columns, m.name)
	}
	for _, genre := range genres(t.genres) {
		c := t.genres[genre]
		row := []any{genreLabel(genre), c.sentences, c.words}
		for _, n := range c.hits {
			row = append(row, percent(n, c.words))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Relations has a row for each relation, the most frequent first. A word counts for one when head and relation are
// right.
func (t *Trees) Relations() Table {
	out := Table{Name: "relations", Columns: []string{"relation", "gold", "ours", "p", "r", "f1"}}
	names := slices.SortedFunc(maps.Keys(t.relations), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.relations[b].gold, t.relations[a].gold), cmp.Compare(a, b))
	})
	for _, name := range names {
		a := t.relations[name]
		out.Rows = append(out.Rows, append([]any{name, a.gold, a.system}, a.prf().cells()...))
	}
	return out
}

// Errors has the n most frequent confusions of each kind: tags, relations whatever the head, and right relations at
// a wrong head. It gives the first word that was seen, and its line.
func (t *Trees) Errors(n int) Table {
	out := Table{Name: "errors", Columns: []string{"kind", "gold", "ours", "words", "first", "line"}}
	byKind := map[string][]confusion{}
	for c := range t.errors {
		byKind[c.kind] = append(byKind[c.kind], c)
	}
	for _, kind := range []string{"upos", "xpos", "deprel", "head"} {
		list := byKind[kind]
		slices.SortFunc(list, func(a, b confusion) int {
			return cmp.Or(cmp.Compare(t.errors[b].words, t.errors[a].words), cmp.Compare(a.gold, b.gold), cmp.Compare(a.ours, b.ours))
		})
		for _, c := range list[:min(max(n, 0), len(list))] {
			o := t.errors[c]
			out.Rows = append(out.Rows, []any{kind, c.gold, c.ours, o.words, o.word, o.line})
		}
	}
	return out
}
