package entity

import (
	"fmt"
	"os"
	"sort"
	"testing"
)

// TestPronounErrors lists what pronouns are led to, against GUM.
func TestPronounErrors(t *testing.T) {
	part := os.Getenv("ENTITY_DEBUG")
	if part == "" {
		t.Skip("set ENTITY_DEBUG=train for the list")
	}
	r := testResolver(t)
	count := map[string]map[string]int{}
	for _, d := range gum(t, part, "news", "interview", "speech", "bio") {
		markNER(&d)
		doc := r.Resolve(d.doc, d.sents)
		gold := map[[2]int]string{}
		size := map[string]int{}
		for _, g := range d.gold {
			tr := newTree(d.sents[g.sent])
			gold[[2]int{g.sent, goldHead(&tr, g)}] = g.id
			size[g.id]++
		}
		for mi, m := range doc.Mentions {
			id := gold[[2]int{m.Sent, m.Head}]
			word := m.Kind.String()
			if m.Kind == Pronoun {
				word = newTreeLower(d, m.Sent, m.Head)
			}
			// our antecedent: nearest previous non-pronoun mention of the same entity
			ante, anteID := -1, ""
			hasGold := false
			for k := mi - 1; k >= 0; k-- {
				o := doc.Mentions[k]
				if gold[[2]int{o.Sent, o.Head}] == id && id != "" {
					hasGold = true
				}
				if ante < 0 && m.Entity >= 0 && o.Entity == m.Entity {
					ante, anteID = k, gold[[2]int{o.Sent, o.Head}]
				}
			}
			verdict := ""
			switch {
			case m.Kind == Demonym:
				continue
			case ante < 0 && hasGold:
				verdict = "missed"
			case ante < 0:
				verdict = "ok-none"
			case anteID == id && id != "":
				verdict = "right"
			case id == "":
				verdict = "nogold"
			case hasGold:
				verdict = "wrong"
			default:
				verdict = "spurious"
			}
			if count[word] == nil {
				count[word] = map[string]int{}
			}
			count[word][verdict]++
			if word == os.Getenv("ENTITY_WORD") && verdict != "right" && verdict != "ok-none" && (os.Getenv("ENTITY_V") == "" || os.Getenv("ENTITY_V") == verdict) {
				line := ""
				for s := max(0, m.Sent-2); s <= m.Sent; s++ {
					for i, tok := range d.sents[s].Tokens {
						if s == m.Sent && i == m.Head {
							line += "**" + tok.Form + "** "
						} else {
							line += tok.Form + " "
						}
					}
					line += "| "
				}
				at := ""
				if ante >= 0 {
					at = fmt.Sprint(doc.Mentions[ante].Text, " s", doc.Mentions[ante].Sent)
				}
				gs := ""
				for k := mi - 1; k >= 0; k-- {
					o := doc.Mentions[k]
					if gold[[2]int{o.Sent, o.Head}] == id && id != "" {
						gs += o.Text + fmt.Sprint(" s", o.Sent, "; ")
						if len(gs) > 80 {
							break
						}
					}
				}
				fmt.Printf("%s %s s%d [%s] got=%q gold=%q\n   %s\n", verdict, d.doc.ID, m.Sent, m.Text, at, gs, line)
			}
		}
	}
	var ws []string
	for w := range count {
		ws = append(ws, w)
	}
	sort.Strings(ws)
	for _, w := range ws {
		fmt.Println(w, count[w])
	}
}

func newTreeLower(d gumDoc, s, i int) string {
	tr := newTree(d.sents[s])
	return tr.lower(i)
}
