package nlp

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"unicode"

	"newsgraph/nlp/lemma"
	"newsgraph/nlp/neural"
	"newsgraph/nlp/token"
	"newsgraph/nlp/words"
)

// Pipeline analyses text with the models that ship with the program. Safe for concurrent use: what it holds is
// only read.
type Pipeline struct {
	words   *words.Table
	network *neural.Network
	lemmas  *lemma.Model
	titles  titles
	places  places
}

// Load reads the models below models/ in fsys, and titles and places below gazetteer/.
func Load(fsys fs.FS) (*Pipeline, error) {
	p := &Pipeline{}
	parts := []struct {
		name string
		read func([]byte) error
	}{
		{"models/network.bin", reader(&p.network, neural.Read)},
		{"models/words.gz", reader(&p.words, stream(words.Read))},
		{"models/lemmas.gz", reader(&p.lemmas, stream(lemma.Read))},
		{"gazetteer/titles.tsv", reader(&p.titles, stream(readTitles))},
		{"gazetteer/entities.tsv", reader(&p.places, stream(readPlaces))},
	}
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() {
			file, err := fs.ReadFile(fsys, part.name)
			if err == nil {
				err = part.read(file)
			}
			if err != nil {
				errs[i] = fmt.Errorf("load model %s: %w", part.name, err)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// reader makes a reader of a file one that stores what it read.
func reader[T any](to *T, read func([]byte) (T, error)) func([]byte) error {
	return func(file []byte) (err error) {
		*to, err = read(file)
		return err
	}
}

// stream makes a reader of a stream one of a file.
func stream[T any](read func(io.Reader) (T, error)) func([]byte) (T, error) {
	return func(file []byte) (T, error) { return read(bytes.NewReader(file)) }
}

// Parse finds and analyses the sentences of text. No sentence crosses a blank line or the bounds of a block;
// text outside all blocks is left out. No blocks stand for the whole text.
func (p *Pipeline) Parse(text string, blocks []Block) []Sentence {
	runes := []rune(text)
	if blocks == nil {
		blocks = []Block{{0, len(runes)}}
	}
	var out []Sentence
	for _, b := range blocks {
		for _, spans := range token.Sentences(runes, b.Start, b.End) {
			s := fromSpans(runes, spans)
			p.Annotate(&s)
			out = append(out, s)
		}
	}
	return out
}

func fromSpans(text []rune, spans []token.Span) Sentence {
	s := Sentence{Tokens: make([]Token, len(spans)), Start: spans[0].Start, End: spans[len(spans)-1].End}
	for i, sp := range spans {
		s.Tokens[i] = Token{Form: string(text[sp.Start:sp.End]), Start: sp.Start, End: sp.End,
			SpaceAfter: sp.End < len(text) && unicode.IsSpace(text[sp.End])}
	}
	return s
}

// ParseTokens analyses one sentence of given words, whose offsets are those of the words joined by single
// spaces. Penn Treebank names of marks ("-LRB-", "“") are understood and kept.
func (p *Pipeline) ParseTokens(forms []string) Sentence {
	s := Sentence{Tokens: make([]Token, len(forms))}
	at := 0
	for i, f := range forms {
		end := at + len([]rune(f))
		s.Tokens[i] = Token{Form: f, Start: at, End: end, SpaceAfter: i+1 < len(forms)}
		s.End = end
		at = end + 1
	}
	p.Annotate(&s)
	return s
}

// longest is the greatest number of words parsed as one piece.
const longest = 300

// Annotate fills in tags, lemmas, names, tree and margin for the forms of a sentence. What was there is overwritten.
func (p *Pipeline) Annotate(s *Sentence) {
	s.Margin = 1
	for from := 0; from < len(s.Tokens); from += longest {
		piece := s.Tokens[from:min(from+longest, len(s.Tokens))]
		root, margin := p.annotate(piece, from)
		s.Margin = min(s.Margin, margin)
		if from > 0 {
			s.Tokens[root].Head, s.Tokens[root].Deprel = s.Root(), "parataxis"
		}
	}
}

// Root returns the index of the root, -1 when no token is one.
func (s *Sentence) Root() int {
	for i := range s.Tokens {
		if s.Tokens[i].Head < 0 && s.Tokens[i].Deprel == "root" {
			return i
		}
	}
	return -1
}

// annotate analyses words that stand from the given place in their sentence; it returns their root's place there.
func (p *Pipeline) annotate(ts []Token, from int) (root int, margin float64) {
	infos := make([]words.Info, len(ts))
	for i := range ts {
		infos[i] = p.words.Look(ts[i].Form)
	}
	marks := phraseMarks(ts)
	left, at := without(infos, marks)
	a := p.network.Analyse(left)
	for k, i := range at {
		t := &ts[i]
		tag := p.network.Tags[a.Tags[k]]
		t.UPOS, t.XPOS, _ = strings.Cut(tag, " ")
		form := words.Normal(t.Form)
		t.Lemma, t.Feats = p.lemmas.Lemma(form, tag), p.lemmas.Feats(form, tag)
		t.NER, t.Deprel = p.network.Names[a.Names[k]], p.network.Rels[a.Rels[k]]
		if h := a.Heads[k]; h > 0 {
			t.Head = at[h-1] + from
		} else {
			t.Head, root = -1, from+i
		}
	}
	hangMarks(ts, from, marks)
	owners(ts, infos)
	continental(ts)
	p.places.part(ts, infos)
	p.titles.join(ts)
	mark(ts, infos)
	return root, a.Margin
}
