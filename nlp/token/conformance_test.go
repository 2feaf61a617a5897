package token_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/internal/shared"
	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
	"newsgraph/nlp/token"
)

func readTreebank(t testing.TB, name string) []eval.Document {
	t.Helper()
	f, err := os.Open(filepath.Join(shared.Dir(t), "ud", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	list, err := conllu.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := eval.Documents(list)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// TestTreebanks holds what is reached on raw text of the dev sets, in F1.
func TestTreebanks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		file, genre      string
		words, sentences float64
	}{
		{"en_ewt-dev.conllu.gz", "", 0.9945, 0.885},
		{"en_gum_nonnc-dev.conllu.gz", "", 0.9985, 0.96},
		{"en_gum_nonnc-dev.conllu.gz", "GUM_news", 0.9995, 0.995},
		{"en_gum_nonnc-dev.conllu.gz", "GUM_interview", 0.996, 0.95},
		{"en_gum_nonnc-dev.conllu.gz", "GUM_speech", 0.9995, 0.98},
	} {
		var docs []eval.Document
		for _, d := range readTreebank(t, tc.file) {
			if strings.HasPrefix(d.ID, tc.genre) {
				docs = append(docs, d)
			}
		}
		w, s := eval.Segmentation(docs, token.Sentences)
		t.Logf("%s %s: words %.4f, sentences %.4f", tc.file, tc.genre, w.F1, s.F1)
		if w.F1 < tc.words || s.F1 < tc.sentences {
			t.Errorf("%s %s: words %.4f, want %.3f; sentences %.4f, want %.3f", tc.file, tc.genre, w.F1, tc.words, s.F1, tc.sentences)
		}
	}
}
