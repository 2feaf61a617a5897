package eval

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

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
	gap := ""
	for i, s := range list {
		c := comments(s)
		if c.newDoc || i == 0 {
			docs = append(docs, Document{ID: c.id})
			gap = ""
		} else if c.newPar {
			gap = "\n\n"
		}
		d := &docs[len(docs)-1]
		d.Text = append(d.Text, []rune(gap)...)
		if err := d.add(c.text, surface(s)); err != nil {
			return nil, fmt.Errorf("sentence %d: %w", i+1, err)
		}
		gap = " "
		if glued(s) {
			gap = ""
		}
	}
	return docs, nil
}

// add appends a sentence of the given forms.
func (d *Document) add(text string, forms []string) error {
	start := len(d.Text)
	d.Text = append(d.Text, []rune(text)...)
	at := start
	for _, f := range forms {
		for at < len(d.Text) && unicode.IsSpace(d.Text[at]) {
			at++
		}
		end := at + len([]rune(f))
		if end > len(d.Text) || string(d.Text[at:end]) != f {
			return fmt.Errorf("word %q is not in the text %q", f, text)
		}
		d.Words = append(d.Words, token.Span{Start: at, End: end})
		at = end
	}
	d.Sentences = append(d.Sentences, token.Span{Start: start, End: at})
	return nil
}

// heading is what the comments of a sentence say.
type heading struct {
	id, text       string
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
		case "text":
			h.text = strings.TrimSpace(value)
		}
	}
	return h
}

// surface returns the forms as they stand in the text.
func surface(s *conllu.Sentence) []string {
	var forms []string
	next := 0
	for _, e := range s.Extra {
		c := strings.Split(e.Line, "\t")
		n := rangeLen(c[0])
		if n == 0 || e.Before+n > len(s.Tokens) {
			continue
		}
		var parts []string
		for _, t := range s.Tokens[e.Before : e.Before+n] {
			parts = append(parts, t.Form)
		}
		if strings.Join(parts, "") == c[1] {
			continue
		}
		for ; next < e.Before; next++ {
			forms = append(forms, s.Tokens[next].Form)
		}
		forms = append(forms, c[1])
		next += n
	}
	for ; next < len(s.Tokens); next++ {
		forms = append(forms, s.Tokens[next].Form)
	}
	return forms
}

// rangeLen is the number of words of a multiword token "3-4", 0 for an empty node "3.1".
func rangeLen(id string) int {
	from, to, ok := strings.Cut(id, "-")
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if !ok || errA != nil || errB != nil || b < a {
		return 0
	}
	return b - a + 1
}

// glued tells whether no space follows the sentence.
func glued(s *conllu.Sentence) bool {
	last := len(s.Tokens) - 1
	if !s.Tokens[last].SpaceAfter {
		return true
	}
	for _, e := range s.Extra {
		c := strings.Split(e.Line, "\t")
		if n := rangeLen(c[0]); n > 0 && e.Before+n == last+1 {
			return strings.Contains(c[9], "SpaceAfter=No")
		}
	}
	return false
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
		w.add(d.Words, words)
		s.add(d.Sentences, sentences)
	}
	return w.prf(), s.prf()
}

// agreement counts spans.
type agreement struct{ gold, system, both int }

func (a *agreement) add(gold, system []token.Span) {
	a.gold += len(gold)
	a.system += len(system)
	known := make(map[token.Span]bool, len(gold))
	for _, s := range gold {
		known[s] = true
	}
	for _, s := range system {
		if known[s] {
			a.both++
		}
	}
}

func (a *agreement) prf() PRF {
	p, r := float64(a.both)/float64(max(a.system, 1)), float64(a.both)/float64(max(a.gold, 1))
	return PRF{p, r, 2 * p * r / max(p+r, 1e-9)}
}
