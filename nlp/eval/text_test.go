package eval_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp"
	"newsgraph/nlp/eval"
)

// letter is two documents; the first sentence has no text of its own.
const letter = `# newdoc id = email-1
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

# text = I saw du
1	I	I	PRON	PRP	_	2	nsubj	_	_
2	saw	see	VERB	VBD	_	0	root	_	_
3-4	du	_	_	_	_	_	_	_	_
3	de	de	ADP	IN	_	4	case	_	_
4	le	le	DET	DT	_	2	obl:x	_	_

# newdoc id = email-2
# text = No
1	No	no	INTJ	UH	_	0	root	_	_
`

// parse finds one sentence of words between spaces, each hanging from the one before.
func parse(text string, _ []nlp.Block) []nlp.Sentence {
	s := nlp.Sentence{}
	at := 0
	for _, f := range strings.Split(text, " ") {
		end := at + len([]rune(f))
		s.Tokens = append(s.Tokens, nlp.Token{Form: f, UPOS: "VERB", XPOS: "VB", Head: len(s.Tokens) - 1, Deprel: "obl", Start: at, End: end})
		s.End = end
		at = end + 1
	}
	return []nlp.Sentence{s}
}

func TestScoreText(t *testing.T) {
	t.Parallel()
	got, err := eval.ScoreText(t.Context(), strings.NewReader(letter), parse)
	if err != nil {
		t.Fatal(err)
	}
	// The texts are "Don't go. I saw du" and "No": five words of ours and one, seven of gold and one. Right are
	// I, saw, du and No; of heads I's is not, saw's is I and ought to be none, du's and No's are.
	want := row("all", 2, 8, "76.92 57.14 40.00 14.29 0.00 28.57 0.00 14.29")
	if diff := cmp.Diff([][]any{want, append([]any{"email"}, want[1:]...)}, got.Table().Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if x := got.F1("email", "words"); math.Abs(x-8.0/14) > 1e-9 {
		t.Errorf("words %v", x)
	}
	if x := got.F1("news", "words") + got.F1("", "length"); x != 0 {
		t.Errorf("scores of nothing: %v", x)
	}
}

func TestScoreTextErrors(t *testing.T) {
	t.Parallel()
	_, err := eval.ScoreText(t.Context(), strings.NewReader(strings.Replace(letter, "text = No", "text = Yes", 1)), parse)
	var at *eval.LineError
	if !errors.As(err, &at) || at.Line != 15 {
		t.Errorf("words that are not in the text: %v", err)
	}
	if _, err := eval.ScoreText(t.Context(), strings.NewReader(""), parse); !errors.Is(err, eval.ErrEmpty) {
		t.Errorf("nothing: %v", err)
	}
}

// FuzzScoreText holds that scores are shares, whatever the treebank.
func FuzzScoreText(f *testing.F) {
	f.Add(letter)
	f.Add(trees)
	f.Add("1-9223372036854775807\tx\t_\t_\t_\t_\t_\t_\t_\t_\n1\tx\t_\t_\t_\t_\t0\troot\t_\t_\n")
	f.Fuzz(func(t *testing.T, in string) {
		got, err := eval.ScoreText(t.Context(), strings.NewReader(in), parse)
		if err != nil {
			return
		}
		for _, m := range []string{"tokens", "words", "sentences", "las"} {
			if x := got.F1("", m); x < 0 || x > 1 {
				t.Fatalf("%s: %v", m, x)
			}
		}
	})
}
