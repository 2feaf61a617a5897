package eval_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp"
	"newsgraph/nlp/eval"
)

func TestTrees(t *testing.T) {
	t.Parallel()
	gold := []nlp.Sentence{{Tokens: []nlp.Token{{Form: "a", UPOS: "X", XPOS: "Y", Lemma: "A", Head: -1, Deprel: "root"}, {Form: "b", UPOS: "X", XPOS: "Y", Lemma: "b", Head: 0, Deprel: "obj"}}}}
	sys := []nlp.Sentence{{Tokens: []nlp.Token{{Form: "a", UPOS: "X", XPOS: "Z", Lemma: "a", Head: -1, Deprel: "root"}, {Form: "b", UPOS: "W", XPOS: "Y", Lemma: "c", Head: 0, Deprel: "obl"}}}}
	got, err := eval.Trees(gold, sys)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(eval.Scores{Words: 2, UPOS: 0.5, XPOS: 0.5, Lemma: 0.5, UAS: 1, LAS: 0.5}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	sys[0].Tokens[1].Form = "x"
	if _, err := eval.Trees(gold, sys); err == nil {
		t.Error("other words scored")
	}
	if _, err := eval.Trees(gold, nil); err == nil {
		t.Error("no sentences scored")
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	gold := [][]string{{"B-PER", "I-PER", "O", "B-LOC"}, {"B-ORG", "B-ORG"}}
	sys := [][]string{{"B-PER", "I-PER", "O", "B-ORG"}, {"B-ORG", "I-ORG"}}
	got := eval.Names(gold, sys, "PER", "LOC", "ORG")
	if got.P != 1.0/3 || got.R != 0.25 {
		t.Errorf("got %+v", got)
	}
	if x := eval.Names(gold, gold, "PER"); x.F1 < 0.999 {
		t.Errorf("own score %+v", x)
	}
}
