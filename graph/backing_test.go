package graph_test

import (
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/schema"
)

func TestBackingOf(t *testing.T) {
	t.Parallel()
	const sentence = "Russia would provide a loan of 1.5 billion dollars to Belarus, Putin said."
	docs := map[string]schema.Document{
		"wire":    {Publisher: "Reuters", Agency: "Reuters"},
		"post":    {Publisher: "Post", Agency: "Reuters", CopyOf: "wire"},
		"times":   {Publisher: "Times", CopyOf: "wire"},
		"mail":    {Publisher: "Mail"},
		"mail2":   {Publisher: "Mail"},
		"sun":     {Publisher: "Sun"},
		"herald":  {Publisher: "Herald", Agency: "AFP"},
		"echo":    {Publisher: "Echo", Agency: "AFP"},
		"nobody":  {},
		"nobody2": {},
		"nobody3": {CopyOf: "mail"},
	}
	tests := []struct {
		name     string
		evidence []string // document, or document=quote
		want     graph.Backing
	}{
		{"one", []string{"mail"}, graph.Backing{Documents: 1, Publishers: 1, Independent: 1}},
		{"twice in one", []string{"mail", "mail"}, graph.Backing{Documents: 1, Publishers: 1, Independent: 1}},
		{"one publisher", []string{"mail", "mail2"}, graph.Backing{Documents: 2, Publishers: 1, Independent: 1}},
		{"two", []string{"mail", "sun"}, graph.Backing{Documents: 2, Publishers: 2, Independent: 2}},
		{"a copy", []string{"wire", "times"}, graph.Backing{Documents: 2, Publishers: 2, Independent: 1}},
		{"copies of one that does not tell it", []string{"post", "times"}, graph.Backing{Documents: 2, Publishers: 2, Independent: 1}},
		{"copies and another", []string{"wire", "times", "post", "sun"}, graph.Backing{Documents: 4, Publishers: 4, Independent: 2}},
		{"one agency, two texts", []string{"herald", "echo"}, graph.Backing{Documents: 2, Publishers: 2, Independent: 1}},
		{"two agencies", []string{"herald", "post"}, graph.Backing{Documents: 2, Publishers: 2, Independent: 2}},
		{"unknown publishers", []string{"nobody", "nobody2"}, graph.Backing{Documents: 2, Publishers: 1, Independent: 1}},
		{"an unknown beside a known", []string{"nobody", "mail"}, graph.Backing{Documents: 2, Publishers: 1, Independent: 1}},
		{"an unknown copy", []string{"nobody3", "mail", "sun"}, graph.Backing{Documents: 3, Publishers: 2, Independent: 2}},
		{"the same sentence", []string{"mail=" + sentence, "sun=" + sentence}, graph.Backing{Documents: 2, Publishers: 2, Independent: 1}},
		{"the same short sentence", []string{"mail=Putin met Lukashenko.", "sun=Putin met Lukashenko."}, graph.Backing{Documents: 2, Publishers: 2, Independent: 2}},
		{"none", nil, graph.Backing{}},
	}
	for _, tt := range tests {
		var evidence []schema.Evidence
		for _, e := range tt.evidence {
			doc, quote, _ := strings.Cut(e, "=")
			evidence = append(evidence, schema.Evidence{Document: doc, Quote: quote})
		}
		for range 2 {
			if got := graph.BackingOf(evidence, docs); got != tt.want {
				t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
			}
			for i, j := 0, len(evidence)-1; i < j; i, j = i+1, j-1 {
				evidence[i], evidence[j] = evidence[j], evidence[i]
			}
		}
	}
}
