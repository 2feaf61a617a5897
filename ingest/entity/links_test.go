package entity

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"newsgraph/internal/shared"
	"newsgraph/schema"
)

// newsItem is a short news item whose names link to titles of an encyclopedia.
type newsItem struct {
	Date  string
	Text  string
	Links [][4]any // start, end, words, title
}

// newsItems reads the first n items; titles are told apart by name only, so redirects count as errors.
func newsItems(t testing.TB, n int) []newsItem {
	t.Helper()
	f, err := os.Open(filepath.Join(shared.Dir(t), "raw", "wp_current_events_links.jsonl.gz"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []newsItem
	for s := bufio.NewScanner(z); len(out) < n && s.Scan(); {
		var it newsItem
		if err := json.Unmarshal(s.Bytes(), &it); err != nil {
			t.Fatal(err)
		}
		out = append(out, it)
	}
	return out
}

// TestNamesAcrossArticles compares the canonical names of thousands of short articles with the titles that their
// names link to: B3 precision and recall over the linked names.
func TestNamesAcrossArticles(t *testing.T) {
	t.Parallel()
	items := newsItems(t, 3000)
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	r := testResolver(t)
	var sums []Summary
	type link struct{ doc, local, title string }
	var links []link
	for i, it := range items {
		doc := schema.Document{ID: fmt.Sprint("item", i), Text: it.Text, Published: it.Date}
		sents := p.Parse(it.Text, nil)
		d := r.Resolve(doc, sents)
		sums = append(sums, Summary{DocID: doc.ID, Entities: d.Entities})
		at := map[[2]int]int{}
		for _, m := range d.Mentions {
			if m.Kind == Name {
				at[[2]int{sents[m.Sent].Tokens[m.Start].Start, sents[m.Sent].Tokens[m.End-1].End}] = m.Entity
			}
		}
		for _, l := range it.Links {
			start, end := int(l[0].(float64)), int(l[1].(float64))
			if e, ok := at[[2]int{start, end}]; ok {
				links = append(links, link{doc.ID, d.Entities[e].ID, l[3].(string)})
			}
		}
	}
	canon := Canonicalize(sums)
	pair, ids, titles := map[[2]string]float64{}, map[string]float64{}, map[string]float64{}
	for _, l := range links {
		id := canon[l.doc][l.local].ID
		pair[[2]string{id, l.title}]++
		ids[id]++
		titles[l.title]++
	}
	var precision, recall float64
	for k, n := range pair {
		precision += n * n / ids[k[0]]
		recall += n * n / titles[k[1]]
	}
	precision, recall = precision/float64(len(links)), recall/float64(len(links))
	t.Logf("%d articles, %d linked names: B3 precision %.3f recall %.3f", len(items), len(links), precision, recall)
	if precision < 0.90 || recall < 0.94 {
		t.Errorf("B3 precision %.3f recall %.3f, want 0.90 and 0.94", precision, recall)
	}
}
