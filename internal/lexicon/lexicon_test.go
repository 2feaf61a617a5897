// Package lexicon_test checks the files of data/lexicon.
package lexicon_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsgraph/data"
	"newsgraph/schema"
)

// forms of irregular words that the examples use.
var irregular = map[string]string{
	"said": "say", "told": "tell", "swore": "swear", "began": "begin", "led": "lead", "made": "make", "knew": "know", "wrote": "write",
	"went": "go", "sent": "send", "held": "hold", "cries": "cry", "lied": "lie", "forgot": "forget", "forbade": "forbid", "tried": "try",
	"fled": "flee", "denied": "deny",
}

func TestFactuality(t *testing.T) {
	t.Parallel()
	b, err := fs.ReadFile(data.FS, "lexicon/factuality.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	cues := 0
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			t.Fatalf("line %d: %d fields, want 6", n+1, len(f))
		}
		if !slices.Contains([]string{"V", "N", "ADJ", "ADV", "AUX", "MARK"}, f[1]) {
			t.Errorf("line %d: part of speech %q", n+1, f[1])
		}
		if _, ok := schema.ParseFactuality(f[3]); !ok {
			t.Errorf("line %d: effect %q", n+1, f[3])
		}
		if !slices.Contains([]string{"subj", "obj", "none"}, f[4]) {
			t.Errorf("line %d: source %q", n+1, f[4])
		}
		if !mentions(f[5], strings.Split(f[0], "|")) {
			t.Errorf("line %d: example %q has none of %s", n+1, f[5], f[0])
		}
		for _, lemma := range strings.Split(f[0], "|") {
			for _, slot := range strings.Split(f[2], ",") {
				key := f[1] + " " + lemma + " " + slot
				if first, dup := seen[key]; dup || lemma == "" || slot == "" {
					t.Errorf("line %d: %q stands in line %d too", n+1, key, first)
				}
				seen[key] = n + 1
				cues++
			}
		}
	}
	if cues < 1000 {
		t.Errorf("%d cues, want 1000", cues)
	}
}

var word = regexp.MustCompile(`[a-z']+`)

// mentions says whether a word of the example looks like a form of one of the lemmas.
func mentions(example string, lemmas []string) bool {
	for _, w := range word.FindAllString(strings.ToLower(example), -1) {
		for _, l := range lemmas {
			first, _, _ := strings.Cut(l, "_")
			stem := first[:min(len(first), max(2, len(first)-2))]
			if strings.HasPrefix(w, stem) || irregular[w] == first {
				return true
			}
		}
	}
	return false
}
