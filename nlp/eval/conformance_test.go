package eval_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/internal/shared"
	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
)

var pipeline = sync.OnceValues(func() (*nlp.Pipeline, error) { return nlp.Load(data.FS) })

// subject is the shipped pipeline and a file of the evaluation data.
func subject(t *testing.T, folder, file string) (p *nlp.Pipeline, path string) {
	t.Helper()
	path = filepath.Join(shared.Dir(t), folder, file)
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	return p, path
}

func open(t *testing.T, path string) io.Reader {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	r, err := eval.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// scorer runs a scorer of the evaluation data, whose last argument is a file of the given text.
func scorer(t *testing.T, text []byte, name string, args ...string) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: the scorers of the evaluation data need it")
	}
	file := filepath.Join(t.TempDir(), "own.conllu")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	args = append(append([]string{filepath.Join(shared.Dir(t), "eval", name)}, args...), file)
	out, err := exec.Command(python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// TestTreesConform holds that the scores of trees are those of the data's own scorer.
func TestTreesConform(t *testing.T) {
	t.Parallel()
	for file, genres := range map[string]map[string]string{ // genre and what its sentences' ids begin with
		"en_ewt-dev.conllu.gz":       {"all": "", "weblog": "weblog-", "email": "email-"},
		"en_gum_nonnc-dev.conllu.gz": {"all": "", "news": "GUM_news_", "speech": "GUM_speech_"},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			p, path := subject(t, "ud", file)
			var own bytes.Buffer
			scores, err := eval.ScoreTrees(t.Context(), open(t, path), func(s *nlp.Sentence) {
				p.Annotate(s)
				if err := conllu.Write(&own, &conllu.Sentence{Sentence: *s}); err != nil {
					t.Error(err)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			rows := byLabel(scores.Table())
			for genre, prefix := range genres {
				r := rows[genre]
				got := fmt.Sprintf("words\t%v\nUPOS\t%v\nXPOS\t%v\nLEMMA\t%v\nUAS\t%v\nLAS\t%v\nLAS-base\t%v\n", r[2], r[3], r[4], r[6], r[7], r[8], r[9])
				want := scorer(t, own.Bytes(), "ud.py", "--sents", prefix, path)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-scorer +ours)\n%s", genre, diff)
				}
			}
		})
	}
}

// byLabel finds the rows of a table by their first cell.
func byLabel(t eval.Table) map[any][]any {
	rows := map[any][]any{}
	for _, r := range t.Rows {
		rows[r[0]] = r
	}
	return rows
}

// TestNamesConform holds that the scores of names are those of the data's own scorer.
func TestNamesConform(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"uner_ewt-dev.iob2.gz", "gum_nonnc-dev.conll.gz"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			p, path := subject(t, "ner", file)
			var own bytes.Buffer
			scores, err := eval.ScoreNames(t.Context(), open(t, path), func(forms []string) nlp.Sentence {
				s := p.ParseTokens(forms)
				if err := conllu.Write(&own, &conllu.Sentence{Sentence: s}); err != nil {
					t.Error(err)
				}
				return s
			})
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, r := range scores.Table().Rows {
				fmt.Fprintf(&got, "%v\tP %v\tR %v\tF1 %v\tgold %v\n", r[0], r[3], r[4], r[5], r[1])
			}
			if diff := cmp.Diff(scorer(t, own.Bytes(), "ner.py", path), got.String()); diff != "" {
				t.Errorf("(-scorer +ours)\n%s", diff)
			}
		})
	}
}

// TestTextConforms holds that the words found in raw text are as right as given words where all of them are found.
func TestTextConforms(t *testing.T) {
	t.Parallel()
	p, path := subject(t, "ud", "en_gum_nonnc-dev.conllu.gz")
	text, err := eval.ScoreText(t.Context(), open(t, path), p.Parse)
	if err != nil {
		t.Fatal(err)
	}
	given, err := eval.ScoreTrees(t.Context(), open(t, path), p.Annotate)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range text.Table().Rows {
		genre := strings.TrimSuffix(fmt.Sprint(r[0]), "all")
		g := given.Scores(genre)
		words, sentences, las := text.F1(genre, "words"), text.F1(genre, "sentences"), text.F1(genre, "las")
		if las > g.LAS+0.01 || las < g.LAS-0.1 || text.F1(genre, "tokens") > words {
			t.Errorf("%v: LAS %.4f from text, %.4f of given words", r[0], las, g.LAS)
		}
		if words == 1 && sentences == 1 && (las-g.LAS > 1e-9 || g.LAS-las > 1e-9) {
			t.Errorf("%v: LAS %.4f from text, %.4f of the same words", r[0], las, g.LAS)
		}
	}
}
