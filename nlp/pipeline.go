package nlp

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"newsgraph/nlp/depparse"
	"newsgraph/nlp/lemma"
	"newsgraph/nlp/tagger"
	"newsgraph/nlp/token"
	"newsgraph/nlp/words"
)

// Pipeline analyses text with the models that ship with the program. Safe for concurrent use: what it holds is
// only read.
type Pipeline struct {
	words  *words.Table
	tags   *tagger.Model
	names  *tagger.Model
	parser *depparse.Parser
	labels *depparse.Labeler
	lemmas *lemma.Model
}

// Load reads the models below models/ in fsys.
func Load(fsys fs.FS) (*Pipeline, error) {
	p := &Pipeline{}
	parts := []struct {
		name string
		read func(io.Reader) error
	}{
		{"parser.gz", reader(&p.parser, depparse.Read)},
		{"labels.gz", reader(&p.labels, depparse.ReadLabeler)},
		{"tags.gz", reader(&p.tags, tagger.Read)},
		{"words.gz", reader(&p.words, words.Read)},
		{"names.gz", reader(&p.names, tagger.Read)},
		{"lemmas.gz", reader(&p.lemmas, lemma.Read)},
	}
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() { errs[i] = readFile(fsys, "models/"+part.name, part.read) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// reader makes a reader of a model one that stores it.
func reader[T any](to *T, read func(io.Reader) (T, error)) func(io.Reader) error {
	return func(r io.Reader) (err error) {
		*to, err = read(r)
		return err
	}
}

func readFile(fsys fs.FS, name string, read func(io.Reader) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("load model: %w", err)
	}
	defer f.Close()
	if err := read(f); err != nil {
		return fmt.Errorf("load model %s: %w", name, err)
	}
	return nil
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
		end := len(text)
		if i+1 < len(spans) {
			end = spans[i+1].Start
		}
		s.Tokens[i] = Token{Form: string(text[sp.Start:sp.End]), Start: sp.Start, End: sp.End,
			SpaceAfter: sp.End < len(text) && (end > sp.End)}
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
	in := p.input(ts)
	heads, margin := p.parser.Parse(in)
	rels := p.labels.Label(in, heads)
	for i := range ts {
		t := &ts[i]
		t.Head, t.Deprel = heads[i]-1+from, rels[i]
		if heads[i] == 0 {
			t.Head, root = -1, from+i
		}
	}
	p.nameTags(ts, in)
	return root, margin
}

// input tags words, lemmatises them and makes what the parser sees.
func (p *Pipeline) input(ts []Token) *depparse.Sentence {
	infos := make([]words.Info, len(ts))
	forms := make([]string, len(ts))
	for i := range ts {
		forms[i] = words.Normal(ts[i].Form)
		infos[i] = p.words.Look(forms[i])
	}
	tags := make([]string, len(ts))
	for i, l := range p.tags.Label(&tagger.Sentence{Words: infos}) {
		tag := p.tags.Labels()[l]
		tags[i] = tag
		t := &ts[i]
		t.UPOS, t.XPOS, _ = strings.Cut(tag, " ")
		t.Lemma, t.Feats = p.lemmas.Lemma(forms[i], tag), p.lemmas.Feats(forms[i], tag)
	}
	return depparse.NewSentence(infos, forms, tags)
}

func (p *Pipeline) nameTags(ts []Token, in *depparse.Sentence) {
	for i, l := range p.names.Label(&tagger.Sentence{Words: in.Words, Tags: in.Tags}) {
		ts[i].NER = p.names.Labels()[l]
	}
	mark(ts, in.Words)
}
