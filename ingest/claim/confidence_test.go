package claim

import (
	"strings"
	"testing"
	"testing/fstest"

	"newsgraph/data"
)

func shippedModel(t *testing.T) Model {
	t.Helper()
	m, err := loadModel(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plainTraits are those of a short sentence with one verb between two names.
var plainTraits = Traits{Rule: "svo", Weight: 0.86, Canonical: true, Margin: 0.97, Words: 12, Gap: 3, Factuality: "asserted"}

// TestConfidenceOrder holds what a reader would say of claims that differ in one thing.
func TestConfidenceOrder(t *testing.T) {
	t.Parallel()
	m := shippedModel(t)
	tests := []struct {
		name  string
		worse func(*Traits)
	}{
		{"two pronouns in an open claim of nouns", func(t *Traits) {
			t.Rule, t.Weight, t.Canonical, t.Noun, t.Pronouns = "nominal", 0.7, false, true, 2
		}},
		{"a pronoun", func(t *Traits) { t.Pronouns = 1 }},
		{"an unsure parse", func(t *Traits) { t.Margin = 0.6 }},
		{"a long sentence", func(t *Traits) { t.Words = 45 }},
		{"a clause in a clause", func(t *Traits) { t.Depth = 2 }},
		{"a complement left out", func(t *Traits) { t.Unsaid = 1 }},
		{"reported by nobody", func(t *Traits) { t.Factuality = "reported" }},
	}
	sure := m.Confidence(plainTraits)
	for _, tt := range tests {
		other := plainTraits
		tt.worse(&other)
		if p := m.Confidence(other); p >= sure {
			t.Errorf("%s: %v, without it %v", tt.name, p, sure)
		}
	}
}

// TestConfidenceBounds holds that no claim is certain, however odd its sentence.
func TestConfidenceBounds(t *testing.T) {
	t.Parallel()
	m := shippedModel(t)
	for _, x := range []Traits{{}, {Rule: "never seen", Factuality: "negated", Words: 10000, Depth: 500, Gap: 9000, Literal: 9000, Unsaid: 100, Conjuncts: 2, Pronouns: 2}, {Rule: "speech", Margin: 1, Factuality: "asserted", Sources: 40}} {
		if p := m.Confidence(x); p <= 0 || p >= 1 {
			t.Errorf("%+v: %v", x, p)
		}
	}
	if p := (Model{"bias": 1000}).Confidence(Traits{}); p != 0.9999 {
		t.Errorf("a huge weight gives %v", p)
	}
	if p := (Model{"bias": -1000}).Confidence(Traits{}); p != 0.0001 {
		t.Errorf("a huge negative weight gives %v", p)
	}
}

func TestLoadModelErrors(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"bias\tone\n", "bias 1\n", "bias\tNaN\n", "bias\t+Inf\n", "bias\t1\t2\n"} {
		_, err := loadModel(fstest.MapFS{ConfidenceFile: {Data: []byte("# terms\n" + text)}})
		if err == nil || !strings.Contains(err.Error(), ConfidenceFile+":2") {
			t.Errorf("%q: error %v, want one that names the line", text, err)
		}
	}
	if _, err := loadModel(fstest.MapFS{}); err == nil {
		t.Error("no error without the file")
	}
}
