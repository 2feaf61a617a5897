package entity

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"

	"newsgraph/data"
	"newsgraph/internal/shared"
	"newsgraph/nlp"
	"newsgraph/schema"
)

var pipeline = sync.OnceValues(func() (*nlp.Pipeline, error) { return nlp.Load(data.FS) })

// parseText analyses an article of paragraphs with the models that ship.
func parseText(t testing.TB, id, published, text string) (schema.Document, []nlp.Sentence) {
	t.Helper()
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	doc := schema.Document{ID: id, Published: published, Text: text}
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		n := len([]rune(line))
		if strings.TrimSpace(line) != "" {
			doc.Blocks = append(doc.Blocks, schema.Block{Start: at, End: at + n})
		}
		at += n
	}
	return doc, p.Parse(text, blocks(doc))
}

func blocks(doc schema.Document) []nlp.Block {
	var out []nlp.Block
	for _, b := range doc.Blocks {
		out = append(out, nlp.Block{Start: b.Start, End: b.End})
	}
	return out
}

type goldEntity struct {
	Canonical, Type string
	Mentions        []string
}

// plain folds quotes and blanks, keeping case and length in code points.
var plain = strings.NewReplacer("\u2018", "'", "\u2019", "'", "\u00a0", " ")

// TestSeed looks up each mention of the gold entities in the real article, and counts how many of those of one
// entity are led to the same entity, which holds most of them and no other's main name.
func TestSeed(t *testing.T) {
	dir := shared.Dir(t)
	text, err := os.ReadFile(filepath.Join(dir, "seed", "article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "gold", "belarus.json"))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct{ Entities []goldEntity }
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	doc, sents := parseText(t, "seed", "2020-09-14", strings.ReplaceAll(string(text), "\u00a0", " "))
	d := testResolver(t).Resolve(doc, sents)
	checkDoc(t, d, sents)
	if os.Getenv("ENTITY_DUMP") != "" {
		dump(d, sents)
	}
	right, all := 0, 0
	for _, g := range gold.Entities {
		r, n, lines := matchGold(d, sents, doc.Text, g)
		right, all = right+r, all+n
		t.Logf("%d/%d %s: %s", r, n, g.Canonical, strings.Join(lines, "; "))
	}
	t.Logf("mentions in the right entity: %d of %d", right, all)
	if float64(right) < 0.72*float64(all) {
		t.Errorf("mentions in the right entity: %d of %d, want 72 in 100", right, all)
	}
}

// matchGold counts the mentions of one gold entity that are in the entity that has most of them.
func matchGold(d *Doc, sents []nlp.Sentence, text string, g goldEntity) (right, all int, lines []string) {
	votes := map[int]int{}
	found := map[string]int{}
	hay := plain.Replace(text)
	for _, m := range g.Mentions {
		e := -2
		if at := strings.Index(hay, plain.Replace(m)); at >= 0 {
			start := len([]rune(hay[:at]))
			e = entityIn(d, sents, start, start+len([]rune(m)))
		}
		if e > -2 {
			found[m] = e
			all++
			votes[e]++
		}
	}
	best := -1
	for e, n := range votes {
		if e >= 0 && (best < 0 || n > votes[best] || n == votes[best] && e < best) {
			best = e
		}
	}
	for _, m := range g.Mentions {
		e, ok := found[m]
		switch {
		case !ok:
			lines = append(lines, fmt.Sprintf("%q absent", m))
		case e == best && best >= 0:
			right++
		case e < 0:
			lines = append(lines, fmt.Sprintf("%q none", m))
		default:
			lines = append(lines, fmt.Sprintf("%q is %q", m, d.Entities[e].Label))
		}
	}
	if best >= 0 {
		lines = append([]string{"[" + d.Entities[best].Label + "]"}, lines...)
	}
	return right, all, lines
}

// entityIn is the entity of the highest mention whose head lies in a range of code points; -2 when no sentence is there.
func entityIn(d *Doc, sents []nlp.Sentence, start, end int) int {
	best, deep := -2, 1<<30
	for s := range sents {
		tr := newTree(sents[s])
		for i, tok := range sents[s].Tokens {
			if tok.Start < start || tok.End > end {
				continue
			}
			if best == -2 {
				best = -1
			}
			if m := d.Find(s, i); m >= 0 && tr.depth[i] < deep && d.Mentions[m].Kind != Pronoun {
				best, deep = d.Mentions[m].Actor, tr.depth[i]
			}
		}
	}
	return best
}

// dump prints the entities with their mentions.
func dump(d *Doc, sents []nlp.Sentence) {
	by := map[int][]string{}
	for _, m := range d.Mentions {
		s := fmt.Sprintf("%d:%s", m.Sent, m.Text)
		if m.Actor != m.Entity {
			s += "->" + d.Entities[m.Actor].Label
		}
		by[m.Entity] = append(by[m.Entity], s)
	}
	for s := range sents {
		fmt.Printf("S%d", s)
		for i, tok := range sents[s].Tokens {
			fmt.Printf(" %s", tok.Form)
			if os.Getenv("ENTITY_DUMP") == "2" {
				fmt.Printf("/%d/%s/%d:%s", i, tok.UPOS, tok.Head, tok.Deprel)
			}
			if tok.NER != "O" && tok.NER != "" {
				fmt.Printf("[%s]", tok.NER)
			}
		}
		fmt.Println()
	}
	var keys []int
	for k := range by {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	for _, k := range keys {
		if k >= 0 {
			e := d.Entities[k]
			fmt.Printf("E %s %q %s named=%v g=%c pl=%v roles=%q country=%s owner=%s aliases=%q\n   ", e.ID, e.Label, e.Type, e.Named, max(e.Gender, '-'), e.Plural, e.Roles, e.Country, label(d, e.Owner), e.Aliases)
		}
		fmt.Println(strings.Join(by[k], " | "))
	}
}
