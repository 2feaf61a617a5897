package graph

import (
	"testing"

	"newsgraph/schema"
)

// Every word of newsgraph's own that quads use is in the vocabulary, so that the ontology says what it means.
func TestVocabularyHasOwnTerms(t *testing.T) {
	t.Parallel()
	v := newVocab(schema.NewNames(""))
	known := map[string]bool{}
	for _, x := range schema.Default().Terms() {
		known[x.Name] = true
	}
	n := 0
	for term := range v.own {
		name, ours := local(term, v.nsNG)
		if !ours {
			continue
		}
		n++
		if !known[name] {
			t.Errorf("ng:%s is not in schema/terms.tsv", name)
		}
	}
	if n == 0 {
		t.Error("no words of our own")
	}
	for f := schema.Asserted; f <= schema.Negated; f++ {
		if !known[f.String()] {
			t.Errorf("ng:%s is not in schema/terms.tsv", f)
		}
	}
}
