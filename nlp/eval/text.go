package eval

import (
	"context"
	"errors"
	"io"
	"slices"

	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/token"
)

// Text counts how an analysis from raw text agrees with gold, as the CoNLL 2018 shared task counts: a token, a word
// or a sentence is right when both its ends are, a tag when it is the same at a right word, an attachment when the
// head is a right word and the gold one's too.
type Text struct{ genres map[string]*textCount }

// textCount counts documents and agreements.
type textCount struct {
	documents int
	measures  [len(textMeasures)]agreement
}

// textMeasures are what is compared, in F1.
var textMeasures = [...]string{"tokens", "words", "sentences", "upos", "xpos", "uas", "las", "las_base"}

// analysed is a document with its annotation.
type analysed struct {
	Document
	tokens []token.Span // those of the surface: a multiword token is one
	words  []word       // one for each of Words
}

// word is a word's annotation; head is an index in the document, -1 for a root.
type word struct {
	upos, xpos, deprel string
	head               int
}

// ScoreText rebuilds the raw text of each document of a treebank (Documents), lets parse analyse it, as
// nlp.Pipeline.Parse does, and compares. An error of the treebank is a *LineError.
func ScoreText(ctx context.Context, gold io.Reader, parse func(text string, blocks []nlp.Block) []nlp.Sentence) (*Text, error) {
	t := &Text{map[string]*textCount{}}
	in := newTreebank(gold)
	next, failed := in.next()
	for failed == nil {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		doc, genre := goldDocument{}, next.genre
		for first := true; failed == nil && (first || !comments(next.Sentence).newDoc); first = false {
			if err := doc.add(next.Sentence); err != nil {
				return nil, &LineError{next.line, err}
			}
			next, failed = in.next()
		}
		t.add(genre, &analysed{doc.Document, doc.tokens, doc.words}, parsed(string(doc.Text), parse))
	}
	if !errors.Is(failed, io.EOF) {
		return nil, failed
	}
	if len(t.genres) == 0 {
		return nil, ErrEmpty
	}
	return t, nil
}

// goldDocument makes an analysed document of a treebank's sentences.
type goldDocument struct {
	builder
	tokens []token.Span
	words  []word
}

func (d *goldDocument) add(s *conllu.Sentence) error {
	from := len(d.Words)
	if err := d.builder.add(s); err != nil {
		return err
	}
	pieces := surface(s)
	place := make([]int, len(s.Tokens)) // of a token's word in the document
	for i, p := range pieces {
		for k := p.from; k < p.to; k++ {
			place[k] = from + i
		}
	}
	for i, p := range pieces {
		d.words = append(d.words, wordOf(s.Tokens[p.from:p.to], place, from+i))
	}
	d.tokens = append(d.tokens, surfaceTokens(s, d.Words, place)...)
	return nil
}

// wordOf is the annotation of a word at the given place: that of its token, or of the first of several whose head is
// another word.
func wordOf(tokens []nlp.Token, place []int, at int) word {
	for _, t := range tokens {
		head := -1
		if t.Head >= 0 {
			head = place[t.Head]
		}
		if head != at {
			return word{t.UPOS, t.XPOS, t.Deprel, head}
		}
	}
	return word{head: -1}
}

// surfaceTokens are the bounds of multiword tokens and of the words outside them.
func surfaceTokens(s *conllu.Sentence, words []token.Span, place []int) []token.Span {
	var out []token.Span
	next := 0
	upTo := func(end int) {
		for ; next < end; next++ {
			out = append(out, words[place[next]])
		}
	}
	for _, m := range multiwords(s) {
		upTo(m.from)
		out = append(out, token.Span{Start: words[place[m.from]].Start, End: words[place[m.to-1]].End})
		next = m.to
	}
	upTo(len(s.Tokens))
	return out
}

// parsed is the analysis of a text. Its tokens are its words: Parse tells of no multiword tokens.
func parsed(text string, parse func(text string, blocks []nlp.Block) []nlp.Sentence) *analysed {
	d := &analysed{}
	for _, s := range parse(text, nil) {
		from := len(d.Words)
		for _, t := range s.Tokens {
			d.Words = append(d.Words, token.Span{Start: t.Start, End: t.End})
			head := -1
			if t.Head >= 0 {
				head = from + t.Head
			}
			d.words = append(d.words, word{t.UPOS, t.XPOS, t.Deprel, head})
		}
		d.Sentences = append(d.Sentences, token.Span{Start: s.Start, End: s.End})
	}
	d.tokens = d.Words
	return d
}

func (t *Text) add(genre string, gold, own *analysed) {
	found := [len(textMeasures)]agreement{
		compare(gold.tokens, own.tokens), compare(gold.Words, own.Words), compare(gold.Sentences, own.Sentences),
	}
	for k, right := range annotations(gold, own) {
		found[3+k] = agreement{len(gold.Words), len(own.Words), right}
	}
	for _, c := range both(t.genres, genre) {
		c.documents++
		for k := range found {
			c.measures[k].add(found[k])
		}
	}
}

// annotations counts the right words that have the right UPOS, XPOS, head, relation, relation without subtype.
func annotations(gold, own *analysed) [5]int {
	places := make(map[token.Span]int, len(own.Words))
	for i, w := range own.Words {
		places[w] = i
	}
	var right [5]int
	for i, w := range gold.Words {
		k, ok := places[w]
		if !ok {
			continue
		}
		g, x := gold.words[i], own.words[k]
		head := sameHead(gold.Words, own.Words, g.head, x.head)
		for m, same := range []bool{g.upos == x.upos, g.xpos == x.xpos, head, head && g.deprel == x.deprel, head && base(g.deprel) == base(x.deprel)} {
			if same {
				right[m]++
			}
		}
	}
	return right
}

// sameHead tells whether two heads are the same word, or none both.
func sameHead(gold, own []token.Span, g, x int) bool {
	if g < 0 || x < 0 {
		return g < 0 && x < 0
	}
	return gold[g] == own[x]
}

// F1 gives the F1 of a measure (tokens, words, sentences, upos, xpos, uas, las, las_base) on a genre, on the whole
// for "".
func (t *Text) F1(genre, measure string) float64 {
	c, k := t.genres[genre], slices.Index(textMeasures[:], measure)
	if c == nil || k < 0 {
		return 0
	}
	return c.measures[k].prf().F1
}

// Table has a row for the whole and one for each genre: F1 in per cent.
func (t *Text) Table() Table {
	out := Table{Name: "text", Columns: append([]string{"genre", "documents", "gold_words"}, textMeasures[:]...)}
	for _, genre := range genres(t.genres) {
		c := t.genres[genre]
		row := []any{genreLabel(genre), c.documents, c.measures[1].gold}
		for _, a := range c.measures {
			row = append(row, fixed(100*a.prf().F1, 2))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
