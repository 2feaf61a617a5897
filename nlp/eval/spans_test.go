package eval_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
	"newsgraph/nlp/token"
)

// bank has two documents; "du" is one word in the text though two in the tree.
const bank = `# newdoc id = a
# newpar
# text = We don't.
1	We	_	_	_	_	0	root	_	_
2-3	don't	_	_	_	_	_	_	_	SpaceAfter=No
2	do	_	_	_	_	1	dep	_	_
3	n't	_	_	_	_	1	dep	_	_
4	.	_	_	_	_	1	dep	_	SpaceAfter=No

# text = Why du?
1	Why	_	_	_	_	0	root	_	_
2-3	du	_	_	_	_	_	_	_	SpaceAfter=No
2	de	_	_	_	_	1	dep	_	_
3	le	_	_	_	_	1	dep	_	_
3.1	x	_	_	_	_	_	_	_	_
4	?	_	_	_	_	1	dep	_	_

# newpar id = 2
# text = End
1	End	_	_	_	_	0	root	_	_

# newdoc id = b
# text = One
1	One	_	_	_	_	0	root	_	_

# text = two
1	two	_	_	_	_	0	root	_	_
`

// bounds are spans, two numbers each.
func bounds(at ...int) []token.Span {
	var out []token.Span
	for i := 0; i < len(at); i += 2 {
		out = append(out, token.Span{Start: at[i], End: at[i+1]})
	}
	return out
}

func documents(t *testing.T, text string) ([]eval.Document, error) {
	t.Helper()
	list, err := conllu.ReadAll(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return eval.Documents(list)
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	docs, err := documents(t, bank)
	if err != nil {
		t.Fatal(err)
	}
	want := []eval.Document{
		{ID: "a", Text: []rune("We don't.Why du?\n\nEnd"),
			Words:     bounds(0, 2, 3, 5, 5, 8, 8, 9, 9, 12, 13, 15, 15, 16, 18, 21),
			Sentences: bounds(0, 9, 9, 16, 18, 21)},
		{ID: "b", Text: []rune("One two"), Words: bounds(0, 3, 4, 7), Sentences: bounds(0, 3, 4, 7)},
	}
	if diff := cmp.Diff(want, docs); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, err := documents(t, strings.Replace(bank, "text = End", "text = Ends not", 1)); err != nil {
		t.Errorf("text that goes on after the words: %v", err)
	}
	if _, err := documents(t, strings.Replace(bank, "text = End", "text = Start", 1)); err == nil {
		t.Error("words that are not in the text")
	}
}

func TestSegmentation(t *testing.T) {
	t.Parallel()
	docs, err := documents(t, bank)
	if err != nil {
		t.Fatal(err)
	}
	perDocument := func(text []rune, from, to int) [][]token.Span {
		if string(text) == "One two" {
			return [][]token.Span{bounds(0, 3, 4, 7)}
		}
		return [][]token.Span{bounds(0, 2, 3, 8, 8, 9), bounds(9, 12, 13, 15, 15, 16), bounds(18, 21)}
	}
	words, sentences := eval.Segmentation(docs, perDocument)
	if words.P != 8.0/9 || words.R != 0.8 {
		t.Errorf("words %+v", words)
	}
	if sentences.P != 0.75 || sentences.R != 0.6 {
		t.Errorf("sentences %+v", sentences)
	}
}
