package tagger_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/tagger"
	"newsgraph/nlp/words"
)

func sentence(text string) *tagger.Sentence {
	var table *words.Table
	s := &tagger.Sentence{}
	for _, f := range strings.Fields(text) {
		s.Words = append(s.Words, table.Look(f))
		s.Tags = append(s.Tags, 1)
	}
	return s
}

func examples(labels []string, lines ...string) []*tagger.Sentence {
	var out []*tagger.Sentence
	for i := 0; i < len(lines); i += 2 {
		s := sentence(lines[i])
		for _, l := range strings.Fields(lines[i+1]) {
			for k, name := range labels {
				if name == l {
					s.Gold = append(s.Gold, uint16(k))
				}
			}
		}
		out = append(out, s)
	}
	return out
}

func label(t *testing.T, o tagger.Options, data []*tagger.Sentence, text string) string {
	t.Helper()
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := tagger.Train(data, o).Write(w, 0); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two trainings differ")
	}
	m, err := tagger.Read(&a)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range m.Label(sentence(text)) {
		out = append(out, m.Labels()[l])
	}
	return strings.Join(out, " ")
}

func TestTags(t *testing.T) {
	t.Parallel()
	o := tagger.Options{Task: tagger.Tags, Labels: []string{"D", "N", "V"}, Cells: 1 << 14, Epochs: 5, Beam: 3, Seed: 1, Often: 3}
	data := examples(o.Labels, "the dog runs", "D N V", "the cat walks", "D N V", "a dog walks the cat", "D N V D N", "the walks", "D N")
	if diff := cmp.Diff("D N V", label(t, o, data, "the cat runs")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestNames holds that no name begins with I-.
func TestNames(t *testing.T) {
	t.Parallel()
	o := tagger.Options{Task: tagger.Names, Labels: []string{"O", "B-X", "I-X"}, Cells: 1 << 14, Epochs: 5, Beam: 3, Seed: 1}
	data := examples(o.Labels, "we met Anna Berg today", "O O B-X I-X O", "Carl Berg left", "B-X I-X O", "they left", "O O")
	if diff := cmp.Diff("O O B-X I-X", label(t, o, data, "they met Carl Berg")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got := label(t, o, data, "Berg Berg Berg")
	if strings.HasPrefix(got, "I-") || strings.Contains(got, "O I-") {
		t.Errorf("got %s", got)
	}
}
