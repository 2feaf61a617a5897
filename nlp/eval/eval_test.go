package eval_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
)

// trees has three sentences of two genres and one of none.
const trees = `# newdoc id = GUM_news_boat
# sent_id = GUM_news_boat-1
1	Boats	boat	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	Sank	sink	VERB	VBD	_	0	root	_	_

# sent_id = 7
1-2	Cannot	_	_	_	_	_	_	_	_
1	Can	can	AUX	MD	_	0	root	_	_
2	not	not	PART	RB	_	1	advmod	_	_

# newdoc id = weblog-example.org-1

# sent_id = weblog-example.org-1-1
1	Boats	boat	NOUN	NNS	Number=Plur	2	nsubj:pass	_	_
2	sunk	sink	VERB	VBN	_	0	root	_	_

# newdoc id = x
1	Yes	yes	INTJ	UH	_	0	root	_	_
`

// annotate gives every word the same annotation but for one subject.
func annotate(s *nlp.Sentence) {
	for i := range s.Tokens {
		t := &s.Tokens[i]
		t.UPOS, t.XPOS, t.Feats, t.Lemma, t.Head, t.Deprel = "NOUN", "NNS", "Number=Plur", strings.ToUpper(t.Form), i-1, "dep"
		if i == 0 {
			t.Deprel = "root"
		}
		if t.Form == "Boats" {
			t.Head, t.Deprel = 1, "nsubj"
		}
	}
}

func scoreTrees(t *testing.T, text string) *eval.Trees {
	t.Helper()
	got, err := eval.ScoreTrees(t.Context(), strings.NewReader(text), annotate)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestScoreTrees(t *testing.T) {
	t.Parallel()
	got := scoreTrees(t, trees)
	for genre, want := range map[string]eval.Scores{
		"":       {Words: 7, UPOS: 2. / 7, XPOS: 2. / 7, Feats: 2. / 7, Lemma: 3. / 7, UAS: 5. / 7, LAS: 3. / 7, LASBase: 4. / 7},
		"news":   {Words: 4, UPOS: 0.25, XPOS: 0.25, Feats: 0.25, Lemma: 0.5, UAS: 0.75, LAS: 0.5, LASBase: 0.5},
		"weblog": {Words: 2, UPOS: 0.5, XPOS: 0.5, Feats: 0.5, UAS: 0.5, LASBase: 0.5},
		"none":   {},
	} {
		if diff := cmp.Diff(want, got.Scores(genre)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", genre, diff)
		}
	}
	want := eval.Table{Name: "trees", Columns: []string{"genre", "sentences", "words", "upos", "xpos", "feats", "lemma", "uas", "las", "las_base"},
		Rows: [][]any{row("all", 4, 7, "28.57 28.57 28.57 42.86 71.43 42.86 57.14"),
			row("news", 2, 4, "25.00 25.00 25.00 50.00 75.00 50.00 50.00"), row("weblog", 1, 2, "50.00 50.00 50.00 0.00 50.00 0.00 50.00")}}
	if diff := cmp.Diff(want, got.Table()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// row is a row of a table: a label, two whole numbers, and numbers with decimals.
func row(label string, a, b int, numbers string) []any {
	out := []any{label, a, b}
	for _, n := range strings.Fields(numbers) {
		out = append(out, json.Number(n))
	}
	return out
}

func TestRelations(t *testing.T) {
	t.Parallel()
	got := scoreTrees(t, trees).Relations()
	want := [][]any{row("root", 4, 2, "100.00 50.00 66.67"), row("advmod", 1, 0, "0.00 0.00 0.00"),
		row("nsubj", 1, 2, "50.00 100.00 66.67"), row("nsubj:pass", 1, 0, "0.00 0.00 0.00"), row("dep", 0, 3, "0.00 0.00 0.00")}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	got := scoreTrees(t, trees).Errors(1)
	want := [][]any{{"upos", "VERB", "NOUN", 2, "Sank", 4}, {"xpos", "MD", "NNS", 1, "Can", 8}, {"deprel", "root", "dep", 2, "Sank", 4}}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	apart := "1\ta\tA\tNOUN\tNNS\tNumber=Plur\t0\troot\t_\t_\n2\tb\tB\tNOUN\tNNS\tNumber=Plur\t1\tdep\t_\t_\n3\tc\tC\tNOUN\tNNS\tNumber=Plur\t1\tdep\t_\t_\n"
	want = [][]any{{"head", "dep", "dep", 1, "c", 3}}
	if diff := cmp.Diff(want, scoreTrees(t, apart).Errors(5).Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestScoreTreesErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, in string
		line     int // 0 for an error without one
	}{
		{"columns", "\n# c\n\n" + trees + "\nx\ty\n", 23},
		{"head", "# c\n\n# d\n1\tx\t_\t_\t_\t_\t7\troot\t_\t_\n\n", 4},
		{"long line", "# c\n" + strings.Repeat("x", conllu.MaxLine+1), 2},
		{"long sentence", strings.Repeat("# c\n", 2*conllu.MaxWords+1), 2*conllu.MaxWords + 1},
		{"no sentence", "# c\n\n", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := eval.ScoreTrees(t.Context(), strings.NewReader(tc.in), annotate)
			var at *eval.LineError
			if err == nil || errors.As(err, &at) != (tc.line > 0) || at != nil && at.Line != tc.line {
				t.Errorf("got %v, want an error at line %d", err, tc.line)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := eval.ScoreTrees(ctx, strings.NewReader(trees), annotate); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestGenre(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"GUM_news_boat-3": "news", "GUM_interview_x": "interview", "GENTLE_poetry_x": "poetry", "weblog-a.com_b-0001": "weblog",
		"email-x-1": "email", "n01001011": "news", "w01001": "wikipedia", "n1": "", "x01001011": "", "en_lines-1": "", "doc 1-2": "", "": "", "7": "",
	} {
		if got := eval.Genre(id); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, trees)
	z.Close()
	for name, in := range map[string]io.Reader{"plain": strings.NewReader(trees), "gzip": &packed} {
		r, err := eval.Open(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != trees {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	if r, err := eval.Open(strings.NewReader("")); err != nil {
		t.Errorf("nothing: %v", err)
	} else if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("nothing: %d bytes, %v", n, err)
	}
	if _, err := eval.Open(strings.NewReader("\x1f\x8bno gzip")); err == nil {
		t.Error("no gzip read")
	}
	if r, err := eval.Open(endless{}); err != nil {
		t.Error(err)
	} else if n, err := io.Copy(io.Discard, r); n != eval.MaxBytes || !errors.Is(err, eval.ErrTooLarge) {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// endless gives zero bytes without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
