package token_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"newsgraph/internal/shared"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/token"
)

// treebank is a treebank as raw text: paragraphs apart, sentences of one paragraph a space apart.
type treebank struct {
	text      []rune
	words     map[token.Span]bool
	sentences map[token.Span]bool
}

func readTreebank(t *testing.T, name string) *treebank {
	t.Helper()
	f, err := os.Open(filepath.Join(shared.Dir(t), "ud", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	list, err := conllu.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	b := &treebank{words: map[token.Span]bool{}, sentences: map[token.Span]bool{}}
	for _, s := range list {
		b.add(s)
	}
	return b
}

func (b *treebank) add(s *conllu.Sentence) {
	gap := " "
	text := ""
	for _, c := range s.Comments {
		if strings.HasPrefix(c, "# newpar") || strings.HasPrefix(c, "# newdoc") {
			gap = "\n\n"
		}
		if v, ok := strings.CutPrefix(c, "# text = "); ok {
			text = v
		}
	}
	b.text = append(b.text, []rune(gap)...)
	start, at := len(b.text), len(b.text)
	b.text = append(b.text, []rune(text)...)
	for _, t := range s.Tokens {
		for at < len(b.text) && unicode.IsSpace(b.text[at]) {
			at++
		}
		n := len([]rune(t.Form))
		b.words[token.Span{Start: at, End: at + n}] = true
		at += n
	}
	b.sentences[token.Span{Start: start, End: at}] = true
}

// TestTreebanks holds what the rules reach on raw text of the dev sets, in F1.
func TestTreebanks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		file             string
		words, sentences float64
	}{
		{"en_ewt-dev.conllu.gz", 0.987, 0.80},
		{"en_gum_nonnc-dev.conllu.gz", 0.996, 0.93},
	} {
		b := readTreebank(t, tc.file)
		words, sents := map[token.Span]bool{}, map[token.Span]bool{}
		for _, s := range token.Sentences(b.text, 0, len(b.text)) {
			sents[token.Span{Start: s[0].Start, End: s[len(s)-1].End}] = true
			for _, w := range s {
				words[w] = true
			}
		}
		w, s := f1(b.words, words), f1(b.sentences, sents)
		t.Logf("%s: words %.4f, sentences %.4f", tc.file, w, s)
		if w < tc.words || s < tc.sentences {
			t.Errorf("%s: words %.4f, want %.3f; sentences %.4f, want %.2f", tc.file, w, tc.words, s, tc.sentences)
		}
	}
}

func f1(gold, got map[token.Span]bool) float64 {
	hit := 0
	for x := range got {
		if gold[x] {
			hit++
		}
	}
	return 2 * float64(hit) / float64(len(gold)+len(got))
}
