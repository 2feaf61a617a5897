package eval_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
)

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

func TestNameReader(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, in    string
		forms, tags string // words of a sentence, sentences apart by |
	}{
		{"Universal NER", "# text = Ada left\n1\tAda\tB-PER\t-\tx\n2\tleft\tO\n\n1\t7\tO\t-\t-\n", "Ada left|7", "B-PER O|O"},
		{"columns", "7\tCD\tO\t_\n\nAda\tNNP\tB-PER\tAda_Lovelace\nI-X\tNNP\tI-PER\t_\n", "7|Ada I-X", "O|B-PER I-PER"},
		{"spaces", "-DOCSTART- O\n\nin O\nOslo I-LOC\n# O\n\n-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\n", "in Oslo #|EU", "O I-LOC O|I-ORG"},
		{"line ends", "\r\n\r\nOslo\tB-LOC\r\n \r\nis O", "Oslo|is", "B-LOC|O"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var forms, tags []string
			for in := eval.NewNameReader(strings.NewReader(tc.in)); ; {
				f, x, err := in.Read()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				forms, tags = append(forms, strings.Join(f, " ")), append(tags, strings.Join(x, " "))
			}
			if diff := cmp.Diff([]string{tc.forms, tc.tags}, []string{strings.Join(forms, "|"), strings.Join(tags, "|")}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// capital says that every word with a capital is a person's.
func capital(forms []string) nlp.Sentence {
	s := nlp.Sentence{}
	for _, f := range forms {
		tag := "O"
		if f != strings.ToLower(f) {
			tag = "B-PER"
		}
		s.Tokens = append(s.Tokens, nlp.Token{Form: f, NER: tag})
	}
	return s
}

func TestScoreNames(t *testing.T) {
	t.Parallel()
	got, err := eval.ScoreNames(t.Context(), strings.NewReader("Ada I-PER\nmet O\nBo I-PER\nFo I-PER\n\nOslo I-LOC\n\nAda I-PER\n\nBo I-PER\n"), capital)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]any{row("PER", 4, 6, "50.00 75.00 60.00"), row("LOC", 1, 0, "0.00 0.00 0.00"), row("ORG", 0, 0, "0.00 0.00 0.00"), row("all", 5, 6, "50.00 60.00 54.55")}
	if diff := cmp.Diff(want, got.Table().Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if x := got.Score("PER"); x.P != 0.5 || x.R != 0.75 {
		t.Errorf("got %+v", x)
	}
}

func TestScoreNamesErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, in string
		line     int // 0 for an error without one
	}{
		{"no tag", "Ada B-PER\n\nBo\n", 3},
		{"a tree", "1\tBo\tBo\tPROPN\tNNP\t_\t0\troot\t_\t_\n", 1},
		{"long sentence", strings.Repeat("Bo O\n", conllu.MaxWords+1), conllu.MaxWords + 1},
		{"nothing", "\n# text\n\n", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := eval.ScoreNames(t.Context(), strings.NewReader(tc.in), capital)
			var at *eval.LineError
			if err == nil || errors.As(err, &at) != (tc.line > 0) || at != nil && at.Line != tc.line {
				t.Errorf("got %v, want an error at line %d", err, tc.line)
			}
		})
	}
}

// FuzzNameReader holds that every sentence has a tag for each word, and that it reads again as it was.
func FuzzNameReader(f *testing.F) {
	f.Add("# text = Ada left\n1\tAda\tB-PER\t-\tx\n2\tleft\tO\n\n-DOCSTART- O\n")
	f.Add("7\tCD\tO\t_\n\n# O\nEU NNP I-NP I-ORG\r\n\t\n")
	f.Fuzz(func(t *testing.T, in string) {
		for r := eval.NewNameReader(strings.NewReader(in)); ; {
			forms, tags, err := r.Read()
			if err != nil {
				return
			}
			var again strings.Builder
			for i, form := range forms {
				again.WriteString(form + "\tX\t_\t" + tags[i] + "\n")
			}
			f, x, err := eval.NewNameReader(strings.NewReader(again.String())).Read()
			if strings.HasPrefix(forms[0], "#") || strings.Contains(again.String(), "-DOCSTART-") {
				continue // a comment, or left out
			}
			if diff := cmp.Diff([][]string{forms, tags}, [][]string{f, x}); err != nil || diff != "" {
				t.Fatalf("%v (-first +again)\n%s", err, diff)
			}
		}
	})
}
