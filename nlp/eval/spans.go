package eval

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/token"
)

// Document is raw text with the places of its words and sentences, in code points.
type Document struct {
	ID               string
	Text             []rune
	Words, Sentences []token.Span
}

// Documents rebuilds raw text from a treebank: a blank line before a paragraph, else a space between sentences
// unless SpaceAfter=No. Where the words of a multiword token do not make up its surface, the token is one word.
// The error names the sentence whose words are not in its text.
func Documents(list []*conllu.Sentence) ([]Document, error) {
	var docs []Document
	var b builder
	for i, s := range list {
		if len(docs) == 0 || comments(s).newDoc {
			docs = append(docs, Document{})
			b = builder{}
		}
		if err := b.add(s); err != nil {
			return nil, fmt.Errorf("sentence %d: %w", i+1, err)
		}
		docs[len(docs)-1] = b.Document
	}
	return docs, nil
}

// builder makes a document of its sentences.
type builder struct {
	Document
	gap string // what stands between the last sentence and the next
}

// add appends a sentence. A sentence without "# text" has the text that its words and SpaceAfter give.
func (b *builder) add(s *conllu.Sentence) error {
	c, pieces := comments(s), surface(s)
	if len(b.Sentences) == 0 {
		b.ID = c.id
	} else if c.newPar {
		b.gap = "\n\n"
	}
	if c.text == "" {
		c.text = joined(s, pieces)
	}
	b.Text = append(b.Text, []rune(b.gap)...)
	b.gap = " "
	if glued(s) {
		b.gap = ""
	}
	return b.Document.add(c.text, pieces)
}

// add appends a sentence of the given words.
func (d *Document) add(text string, words []piece) error {
	start := len(d.Text)
	d.Text = append(d.Text, []rune(text)...)
	at := start
	for _, w := range words {
		for at < len(d.Text) && unicode.IsSpace(d.Text[at]) {
			at++
		}
		end := at + len([]rune(w.form))
		if end > len(d.Text) || string(d.Text[at:end]) != w.form {
			return fmt.Errorf("word %q is not in the text %q", w.form, text)
		}
		d.Words = append(d.Words, token.Span{Start: at, End: end})
		at = end
	}
	d.Sentences = append(d.Sentences, token.Span{Start: start, End: at})
	return nil
}

// heading is what the comments of a sentence say.
type heading struct {
	id, text       string // id of the document
	sentence       string // id of the sentence
	newDoc, newPar bool
}

func comments(s *conllu.Sentence) heading {
	var h heading
	for _, c := range s.Comments {
		key, value, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(c, "#")), "=")
		switch strings.TrimSpace(key) {
		case "newdoc id", "newdoc":
			h.newDoc, h.id = true, strings.TrimSpace(value)
		case "newpar id", "newpar":
			h.newPar = true
		case "sent_id":
			h.sentence = strings.TrimSpace(value)
		case "text":
			h.text = strings.TrimSpace(value)
		}
	}
	return h
}

// piece is a word as it stands in the text: the tokens [from, to) of a sentence, mostly one.
type piece struct {
	form     string
	from, to int
}

// multiword is a piece of several tokens; glued tells whether no space follows it.
type multiword struct {
	piece
	glued bool
}

// surface returns the words as they stand in the text.
func surface(s *conllu.Sentence) []piece {
	var pieces []piece
	next := 0
	upTo := func(end int) {
		for ; next < end; next++ {
			pieces = append(pieces, piece{s.Tokens[next].Form, next, next + 1})
		}
	}
	for _, m := range multiwords(s) {
		if forms(s.Tokens[m.from:m.to]) == m.form {
			continue
		}
		upTo(m.from)
		pieces = append(pieces, m.piece)
		next = m.to
	}
	upTo(len(s.Tokens))
	return pieces
}

// multiwords lists the multiword tokens of a sentence, in order and apart from each other.
func multiwords(s *conllu.Sentence) []multiword {
	var out []multiword
	next := 0
	for _, e := range s.Extra {
		c := strings.Split(e.Line, "\t")
		n := rangeLen(c[0])
		if n == 0 || e.Before < next || n > len(s.Tokens)-e.Before {
			continue
		}
		next = e.Before + n
		out = append(out, multiword{piece{c[1], e.Before, next}, strings.Contains(c[9], "SpaceAfter=No")})
	}
	return out
}

func forms(tokens []nlp.Token) string {
	var b strings.Builder
	for i := range tokens {
		b.WriteString(tokens[i].Form)
	}
	return b.String()
}

// joined is the text of words that have no other.
func joined(s *conllu.Sentence, words []piece) string {
	space := make([]bool, len(s.Tokens)) // whether one follows the token
	for i, t := range s.Tokens {
		space[i] = t.SpaceAfter
	}
	for _, m := range multiwords(s) {
		clear(space[m.from:m.to])
		space[m.to-1] = !m.glued
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.form)
		if w.to < len(s.Tokens) && space[w.to-1] {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// rangeLen is the number of words of a multiword token "3-4", 0 for an empty node "3.1".
func rangeLen(id string) int {
	from, to, ok := strings.Cut(id, "-")
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if !ok || errA != nil || errB != nil || b < a {
		return 0
	}
	return max(b-a+1, 0) // a number too great is none
}

// glued tells whether no space follows the sentence.
func glued(s *conllu.Sentence) bool {
	last := len(s.Tokens) - 1
	for _, m := range multiwords(s) {
		if m.to == last+1 {
			return m.glued || !s.Tokens[last].SpaceAfter
		}
	}
	return !s.Tokens[last].SpaceAfter
}

// Segmentation scores a splitter on the raw text of documents, as the CoNLL 2018 shared task does: a word or a
// sentence counts when both its ends agree.
func Segmentation(docs []Document, split func(text []rune, from, to int) [][]token.Span) (words, sentences PRF) {
	var w, s agreement
	for _, d := range docs {
		var words, sentences []token.Span
		for _, x := range split(d.Text, 0, len(d.Text)) {
			words = append(words, x...)
			sentences = append(sentences, token.Span{Start: x[0].Start, End: x[len(x)-1].End})
		}
		w.add(compare(d.Words, words))
		s.add(compare(d.Sentences, sentences))
	}
	return w.prf(), s.prf()
}

// agreement counts what gold has, what the system has, and what both have.
type agreement struct{ gold, system, both int }

// compare counts the distinct items of two lists.
func compare[T comparable](gold, system []T) agreement {
	known, seen := set(gold), set(system)
	a := agreement{gold: len(known), system: len(seen)}
	for x := range seen {
		if known[x] {
			a.both++
		}
	}
	return a
}

func set[T comparable](items []T) map[T]bool {
	out := make(map[T]bool, len(items))
	for _, x := range items {
		out[x] = true
	}
	return out
}

func (a *agreement) add(b agreement) {
	a.gold += b.gold
	a.system += b.system
	a.both += b.both
}

func (a agreement) prf() PRF { return prf(a.gold, a.system, a.both) }
