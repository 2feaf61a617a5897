package depparse_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/depparse"
	"newsgraph/nlp/words"
)

// toy makes sentences of a small language: determiners hang on the next noun, nouns and the full stop on the verb.
func toy() []*depparse.Sentence {
	var out []*depparse.Sentence
	for _, noun := range []string{"dog", "cat", "bird", "fish"} {
		for _, verb := range []string{"sees", "eats"} {
			s := sentence("the", noun, verb, "a", "worm", ".")
			s.Heads = []int{2, 3, 0, 5, 3, 3}
			s.Labels = []uint16{1, 2, 0, 1, 3, 4}
			out = append(out, s)
		}
	}
	return out
}

var kinds = map[string]string{"the": "DET DT", "a": "DET DT", "sees": "VERB VBZ", "eats": "VERB VBZ", ".": "PUNCT ."}

func sentence(forms ...string) *depparse.Sentence {
	var table *words.Table
	infos := make([]words.Info, len(forms))
	tags := make([]string, len(forms))
	for i, f := range forms {
		infos[i], tags[i] = table.Look(f), kinds[f]
		if tags[i] == "" {
			tags[i] = "NOUN NN"
		}
	}
	return depparse.NewSentence(infos, forms, tags)
}

func TestTrainAndParse(t *testing.T) {
	t.Parallel()
	o := depparse.Options{Cells: 1 << 14, Epochs: 5, Beam: 4, Seed: 1}
	var files [2]bytes.Buffer
	for i := range files {
		if err := depparse.Train(toy(), o).Write(&files[i], 0, 4, 100); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("two trainings differ")
	}
	p, err := depparse.Read(&files[0])
	if err != nil {
		t.Fatal(err)
	}
	heads, margin := p.Parse(sentence("a", "snake", "sees", "the", "frog", "."))
	if diff := cmp.Diff([]int{2, 3, 0, 5, 3, 3}, heads); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if margin <= 0 || margin > 1 {
		t.Errorf("margin %v", margin)
	}
	if heads, _ := p.Parse(sentence()); len(heads) != 0 {
		t.Error("heads from nothing")
	}
}

func TestLabeler(t *testing.T) {
	t.Parallel()
	m := depparse.TrainLabeler(toy(), depparse.LabelOptions{Names: []string{"root", "det", "nsubj", "obj", "punct"}, Cells: 1 << 14, Epochs: 5, Seed: 1})
	var buf bytes.Buffer
	if err := m.Write(&buf, 0); err != nil {
		t.Fatal(err)
	}
	l, err := depparse.ReadLabeler(&buf)
	if err != nil {
		t.Fatal(err)
	}
	got := l.Label(sentence("a", "snake", "eats", "the", "frog", "."), []int{2, 3, 0, 5, 3, 3})
	if diff := cmp.Diff([]string{"det", "nsubj", "root", "det", "obj", "punct"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestProjective(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, want []int }{
		{[]int{2, 0, 2}, []int{2, 0, 2}},
		{[]int{0, 4, 1, 1}, []int{0, 1, 1, 1}}, // 2 <- 4 crosses 1 -> 3
		{[]int{}, []int{}},
	} {
		if diff := cmp.Diff(tc.want, append([]int{}, depparse.Projective(tc.in)...)); diff != "" {
			t.Errorf("%v (-want +got)\n%s", tc.in, diff)
		}
	}
}
