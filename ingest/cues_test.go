package ingest_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"newsgraph/data"
	"newsgraph/schema"
)

// minCues is the share of the lexicon's examples that must give a predicate the factuality of their cue.
// The rest are lost to the parser.
const minCues = 0.8

// TestCueExamples reads the example sentence of every line of the lexicon of factuality as an article.
func TestCueExamples(t *testing.T) {
	b, err := fs.ReadFile(data.FS, "lexicon/factuality.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for line := range strings.Lines(string(b)) {
		col := strings.Split(strings.TrimSpace(line), "\t")
		if len(col) < 6 || strings.HasPrefix(line, "#") {
			continue
		}
		effect, ok := schema.ParseFactuality(col[3])
		if !ok {
			t.Fatalf("%q: no factuality", line)
		}
		all++
		if got, ok := hasFactuality(t, col[5], effect); ok {
			right++
		} else {
			t.Logf("%s %s %s: %q gives %v, want %s", col[0], col[1], col[2], col[5], got, effect)
		}
	}
	t.Logf("%d of %d examples", right, all)
	if float64(right) < minCues*float64(all) {
		t.Errorf("%d of %d examples, want %.0f %%", right, all, 100*minCues)
	}
}

// hasFactuality reports whether a predicate of the sentence carries the flag, or is asserted.
func hasFactuality(t *testing.T, sentence string, want schema.Factuality) (got []string, ok bool) {
	t.Helper()
	p := load(t)
	for _, s := range p.Language().Parse(sentence, nil) {
		for _, j := range p.Claims().Judge(s) {
			got = append(got, fmt.Sprintf("%s%v", s.Tokens[j.Token].Form, j.Flags))
			ok = ok || slices.Contains(j.Flags, want) || want == schema.Asserted && len(j.Flags) == 0
		}
	}
	return got, ok
}
