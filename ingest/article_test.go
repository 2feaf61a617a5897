package ingest_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"newsgraph/data"
	"newsgraph/ingest"
	"newsgraph/ingest/source"
	"newsgraph/schema"
)

// pipeline loads the models once for all tests.
var pipeline = sync.OnceValues(func() (*ingest.Pipeline, error) {
	return ingest.New(ingest.Options{Data: data.FS})
})

func load(t testing.TB) *ingest.Pipeline {
	t.Helper()
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func analyse(t testing.TB, path string) *ingest.Result {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := source.Read(context.Background(), path, bytes.NewReader(b), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := load(t).Analyse(context.Background(), docs[0])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// minRecall is the share of the wanted facts that the dispatches of testdata must give.
const minRecall = 0.75

// TestDispatches reads dispatches written for newsgraph and compares their claims with hand-made facts;
// what the facts forbid must not be claimed at all.
func TestDispatches(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dispatches: %v", err)
	}
	found, wanted := 0, 0
	for _, f := range files {
		r := analyse(t, f)
		for _, g := range readFacts(t, strings.TrimSuffix(f, ".txt")+".tsv") {
			hit := g.in(r.Analysis.Claims)
			switch {
			case g.forbidden && hit:
				t.Errorf("%s: claims what it must not: %s", f, g)
			case g.forbidden:
			case hit:
				found, wanted = found+1, wanted+1
			default:
				wanted++
				t.Logf("%s: misses %s", f, g)
			}
		}
	}
	if recall := float64(found) / float64(wanted); recall < minRecall {
		t.Errorf("found %d of %d facts, want %.0f %%", found, wanted, 100*minRecall)
	}
}

// fact is a line of a gold file.
type fact struct {
	subject, object string
	predicate       *regexp.Regexp
	factuality      string
	forbidden       bool
}

func (f fact) String() string {
	return strings.Join([]string{f.subject, f.predicate.String(), f.object, f.factuality}, " | ")
}

func readFacts(t *testing.T, path string) []fact {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []fact
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 4 {
			t.Fatalf("%s: %q has %d columns, want 4", path, line, len(col))
		}
		subject, forbidden := strings.CutPrefix(col[0], "!")
		out = append(out, fact{subject, col[2], regexp.MustCompile(col[1]), col[3], forbidden})
	}
	return out
}

func (f fact) in(claims []schema.Claim) bool {
	for _, c := range claims {
		if f.factuality != "*" && c.Factuality.String() != f.factuality || !f.predicate.MatchString(c.Predicate+" "+c.Relation) {
			continue
		}
		object := schema.Entity{Label: c.Object.Literal}
		if c.Object.Entity != nil {
			object = *c.Object.Entity
		}
		if names(c.Subject, f.subject) && names(object, f.object) {
			return true
		}
	}
	return false
}

// names reports whether an entity goes by one of the alternatives of want.
func names(e schema.Entity, want string) bool {
	if want == "*" {
		return true
	}
	for w := range strings.SplitSeq(want, "|") {
		for _, n := range append([]string{e.Label}, e.Aliases...) {
			if strings.Contains(strings.ToLower(n), strings.ToLower(w)) {
				return true
			}
		}
	}
	return false
}

// TestQuotesAreInTheText holds the promise that every piece of evidence is the words of the article.
func TestQuotesAreInTheText(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		r := analyse(t, f)
		text := []rune(r.Analysis.Document.Text)
		for _, c := range r.Analysis.Claims {
			if len(c.Evidence) == 0 {
				t.Errorf("%s: claim %s without evidence", f, c.ID)
			}
			for _, e := range c.Evidence {
				if e.Start < 0 || e.End > len(text) || string(text[e.Start:e.End]) != e.Quote {
					t.Errorf("%s: quote %q is not at [%d, %d)", f, e.Quote, e.Start, e.End)
				}
			}
			if c.Confidence <= 0 || c.Confidence > 1 {
				t.Errorf("%s: confidence %v of %s", f, c.Confidence, c.Predicate)
			}
		}
	}
}
