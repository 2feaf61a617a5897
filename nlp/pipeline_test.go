package nlp_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/internal/shared"
	"newsgraph/nlp"
	"newsgraph/nlp/eval"
)

var pipeline = sync.OnceValues(func() (*nlp.Pipeline, error) { return nlp.Load(data.FS) })

func load(t testing.TB) *nlp.Pipeline {
	t.Helper()
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// render writes "form/XPOS/head-form:deprel" for each word.
func render(s nlp.Sentence) string {
	var out []string
	for _, t := range s.Tokens {
		head := "ROOT"
		if t.Head >= 0 {
			head = s.Tokens[t.Head].Form
		}
		out = append(out, t.Form+"/"+t.XPOS+"/"+head+":"+t.Deprel)
	}
	return strings.Join(out, " ")
}

func TestParse(t *testing.T) {
	t.Parallel()
	p := load(t)
	got := p.Parse("Norway sent aid.\n\nThe minister resigned.", nil)
	if len(got) != 2 {
		t.Fatalf("%d sentences, want 2", len(got))
	}
	want := "Norway/NNP/sent:nsubj sent/VBD/ROOT:root aid/NN/sent:obj ././sent:punct"
	if diff := cmp.Diff(want, render(got[0])); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got[1].Start != 18 || got[1].End != 40 {
		t.Errorf("bounds %d:%d, want 18:40", got[1].Start, got[1].End)
	}
	if n := got[0].Tokens[0].NER; n != "B-LOC" {
		t.Errorf("Norway is %q, want B-LOC", n)
	}
	if l := got[0].Tokens[1].Lemma; l != "send" {
		t.Errorf("lemma of sent is %q", l)
	}
}

func TestParseBlocks(t *testing.T) {
	t.Parallel()
	got := load(t).Parse("Ministers meet today in Oslo", []nlp.Block{{Start: 0, End: 14}, {Start: 21, End: 28}})
	if len(got) != 2 || len(got[0].Tokens) != 2 || len(got[1].Tokens) != 2 {
		t.Errorf("got %v", got)
	}
}

func TestParseTokens(t *testing.T) {
	t.Parallel()
	p := load(t)
	forms := strings.Fields("`` We won , '' said Smith -LRB- the coach -RRB- .")
	s := p.ParseTokens(forms)
	for i, tok := range s.Tokens {
		if tok.Form != forms[i] {
			t.Errorf("form %d is %q, want %q", i, tok.Form, forms[i])
		}
	}
	for i, want := range map[int]string{0: "``", 4: "''", 7: "-LRB-", 10: "-RRB-"} {
		if s.Tokens[i].XPOS != want || s.Tokens[i].UPOS != "PUNCT" {
			t.Errorf("%q is %s, want %s", forms[i], s.Tokens[i].XPOS, want)
		}
	}
	if s.End != len([]rune(strings.Join(forms, " "))) {
		t.Errorf("end %d", s.End)
	}
}

func TestQuantities(t *testing.T) {
	t.Parallel()
	p := load(t)
	for _, tc := range []struct{ text, phrase, kind string }{
		{"They paid $2.5 billion for it.", "$ 2.5 billion", "MONEY"},
		{"Turnout was 80% on the day.", "80 %", "PERCENT"},
		{"He left on 3 March 1998.", "3 March 1998", "DATE"},
		{"She arrived on Tuesday.", "Tuesday", "DATE"},
		{"Norwegian troops left.", "Norwegian", "NORP"},
		{"Some 300 people left.", "300", "CARDINAL"},
	} {
		t.Run(tc.kind, func(t *testing.T) {
			t.Parallel()
			if got := phrase(p.Parse(tc.text, nil)[0], tc.kind); got != tc.phrase {
				t.Errorf("got %q, want %q", got, tc.phrase)
			}
		})
	}
}

func phrase(s nlp.Sentence, kind string) string {
	var out []string
	for _, t := range s.Tokens {
		if strings.HasSuffix(t.NER, "-"+kind) {
			out = append(out, t.Form)
		}
	}
	return strings.Join(out, " ")
}

// TestNewsForms holds that a sentence as newspapers write it is one sentence with the right root.
func TestNewsForms(t *testing.T) {
	t.Parallel()
	p := load(t)
	for _, tc := range []struct{ text, root string }{
		{"PUTIN OFFERS LOAN TO BELARUS", "OFFERS"},
		{"Ministers agree to send more aid to Kenya", "agree"},
		{"OSLO (Reuters) - The minister resigned on Monday.", "resigned"},
		{"\"We will not leave,\" said Ann Lee, a farmer from St. Ives, Cornwall.", "said"},
		{"Dr. J. P. Smith of the U.S. State Dept. met Gov. Brown at 3 p.m. on Jan. 5.", "met"},
		{"The bank, which employs 3,000 people in the E.U., lost $2.5 billion last year.", "lost"},
	} {
		t.Run(tc.root, func(t *testing.T) {
			t.Parallel()
			got := p.Parse(tc.text, nil)
			if len(got) != 1 {
				t.Fatalf("%d sentences, want 1", len(got))
			}
			if r := got[0].Tokens[got[0].Root()].Form; r != tc.root {
				t.Errorf("root %q, want %q: %s", r, tc.root, render(got[0]))
			}
		})
	}
}

// TestTree holds that every sentence is one tree, however long or odd.
func TestTree(t *testing.T) {
	t.Parallel()
	p := load(t)
	for _, text := range []string{"x", "?!", strings.Repeat("and ", 900), "\u200b\ufeff a", strings.Repeat("(", 300), "日本語 のテキスト"} {
		for _, s := range append(p.Parse(text, nil), p.ParseTokens(strings.Fields(text))) {
			checkTree(t, &s)
		}
	}
	if s := p.ParseTokens(nil); len(s.Tokens) != 0 {
		t.Error("tokens from nothing")
	}
}

func checkTree(t *testing.T, s *nlp.Sentence) {
	t.Helper()
	roots := 0
	for i := range s.Tokens {
		if s.Tokens[i].Head < 0 {
			roots++
		}
		at, steps := i, 0
		for ; at >= 0 && steps <= len(s.Tokens); steps++ {
			at = s.Tokens[at].Head
		}
		if at >= 0 {
			t.Fatalf("a cycle holds word %d of %d", i, len(s.Tokens))
		}
	}
	if roots != 1 || s.Margin < 0 || s.Margin > 1 {
		t.Fatalf("%d roots, margin %v", roots, s.Margin)
	}
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	if _, err := nlp.Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "models/") {
		t.Errorf("no models: %v", err)
	}
	for _, name := range []string{"models/network.bin", "models/words.gz", "models/lemmas.gz", "gazetteer/titles.tsv", "gazetteer/entities.tsv"} {
		bad := fstest.MapFS{}
		for _, n := range []string{"models/network.bin", "models/words.gz", "models/lemmas.gz", "gazetteer/titles.tsv", "gazetteer/entities.tsv"} {
			file, err := data.FS.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			if n == name {
				file = []byte("no model")
			}
			bad[n] = &fstest.MapFile{Data: file}
		}
		if _, err := nlp.Load(bad); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("bad %s: %v", name, err)
		}
	}
}

// TestSameOutput holds that many workers over one pipeline give what one gives.
func TestSameOutput(t *testing.T) {
	t.Parallel()
	p := load(t)
	text := strings.Repeat("The court in Lagos, which met on Monday, found him guilty. He said he would appeal.\n\n", 5)
	want := p.Parse(text, nil)
	got := make([][]nlp.Sentence, 4)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i] = p.Parse(text, nil) })
	}
	wg.Wait()
	for _, g := range got {
		if diff := cmp.Diff(want, g); diff != "" {
			t.Fatalf("(-one +many)\n%s", diff)
		}
	}
}

// sharedFile opens a file of the evaluation data.
func sharedFile(t *testing.T, folder, name string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(shared.Dir(t), folder, name))
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

// TestTreebanks holds what the shipped models reach on the dev sets (docs/models.md).
func TestTreebanks(t *testing.T) {
	t.Parallel()
	p := load(t)
	for _, tc := range []struct {
		file string
		want eval.Scores
	}{
		{"en_ewt-dev.conllu.gz", eval.Scores{UPOS: 0.963, XPOS: 0.956, Lemma: 0.987, UAS: 0.893, LAS: 0.865}},
		{"en_gum_nonnc-dev.conllu.gz", eval.Scores{UPOS: 0.975, XPOS: 0.972, Lemma: 0.99, UAS: 0.902, LAS: 0.876}},
	} {
		trees, err := eval.ScoreTrees(t.Context(), sharedFile(t, "ud", tc.file), p.Annotate)
		if err != nil {
			t.Fatal(err)
		}
		got, w := trees.Scores(""), tc.want
		t.Logf("%s: %+v", tc.file, got)
		if got.UPOS < w.UPOS || got.XPOS < w.XPOS || got.Lemma < w.Lemma || got.UAS < w.UAS || got.LAS < w.LAS {
			t.Errorf("%s: got %+v, want at least %+v", tc.file, got, w)
		}
	}
}

// TestNames holds what the shipped model of names reaches on the dev sets.
func TestNames(t *testing.T) {
	t.Parallel()
	p := load(t)
	for _, tc := range []struct {
		file string
		want float64
	}{{"uner_ewt-dev.iob2.gz", 0.73}, {"gum_nonnc-dev.conll.gz", 0.755}} {
		names, err := eval.ScoreNames(t.Context(), sharedFile(t, "ner", tc.file), p.ParseTokens)
		if err != nil {
			t.Fatal(err)
		}
		f := names.Score(eval.Kinds...)
		t.Logf("%s: %+v", tc.file, f)
		if f.F1 < tc.want {
			t.Errorf("%s: F1 %.3f, want %.2f", tc.file, f.F1, tc.want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := nlp.Load(data.FS); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnnotate measures tags, lemmas, trees and names of news-like sentences in words a second on one core.
func BenchmarkAnnotate(b *testing.B) {
	p := load(b)
	s := p.Parse("The foreign ministers of the three countries, who met in Vienna on Monday, said that they would send observers to the border before the end of the month.", nil)[0]
	words := 0
	for b.Loop() {
		p.Annotate(&s)
		words += len(s.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}

// TestQuotedVerb holds that a verb in quotation marks is parsed with its auxiliary, and that the marks hang on it.
func TestQuotedVerb(t *testing.T) {
	t.Parallel()
	text := "Pike claimed Denise Farrow had \"misled residents\" about the cost."
	ts := load(t).Parse(text, nil)[0].Tokens
	want := map[string]string{"Denise": "misled", "had": "misled", "residents": "misled", "\"": "misled"}
	for _, tok := range ts {
		if w, ok := want[tok.Form]; ok && (tok.Head < 0 || ts[tok.Head].Form != w) {
			t.Errorf("%s hangs on %d, want %s", tok.Form, tok.Head, w)
		}
	}
}
