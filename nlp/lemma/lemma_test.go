package lemma_test

import (
	"bytes"
	"testing"

	"newsgraph/nlp/lemma"
)

func TestModel(t *testing.T) {
	t.Parallel()
	data := []lemma.Example{
		{"walked", "VERB VBD", "walk", "Tense=Past"}, {"talked", "VERB VBD", "talk", "Tense=Past"}, {"baked", "VERB VBD", "bake", "Tense=Past"},
		{"ran", "VERB VBD", "run", "Tense=Past"}, {"Russia", "PROPN NNP", "Russia", "Number=Sing"}, {"Dogs", "NOUN NNS", "dog", "Number=Plur"},
		{"cats", "NOUN NNS", "cat", "Number=Plur"}, {"he", "PRON PRP", "he", "Person=3"}, {"I", "PRON PRP", "I", "Person=1"}, {"he", "PRON PRP", "he", "Person=3"},
	}
	dictionary := []lemma.Example{{"mice", "NOUN NNS", "mouse", ""}, {"ran", "VERB VBD", "wrong", ""}}
	var buf bytes.Buffer
	if err := lemma.Train(data, dictionary).Write(&buf); err != nil {
		t.Fatal(err)
	}
	m, err := lemma.Read(&buf)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ form, tag, lemma, feats string }{
		{"Ran", "VERB VBD", "run", "Tense=Past"}, {"Re-ran", "VERB VBD", "re-run", "Tense=Past"}, {"balked", "VERB VBD", "balk", "Tense=Past"}, {"birds", "NOUN NNS", "bird", "Number=Plur"},
		{"mice", "NOUN NNS", "mouse", "Number=Plur"}, {"Minsk", "PROPN NNP", "Minsk", "Number=Sing"}, {"I", "PRON PRP", "I", "Person=1"}, {"x", "X FW", "x", "_"},
		{"s", "NOUN NNS", "s", "Number=Plur"}, {"é", "NOUN NNS", "é", "Number=Plur"},
	} {
		if got := m.Lemma(tc.form, tc.tag); got != tc.lemma {
			t.Errorf("lemma of %s %s is %q, want %q", tc.form, tc.tag, got, tc.lemma)
		}
		if got := m.Feats(tc.form, tc.tag); got != tc.feats {
			t.Errorf("features of %s %s are %q, want %q", tc.form, tc.tag, got, tc.feats)
		}
	}
}
