package entity

import (
	"os"
	"slices"
	"strings"
	"testing"

	"newsgraph/data"
)

// testResolver is the resolver over the data that ships.
func testResolver(t testing.TB) *Resolver {
	t.Helper()
	r, err := New(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGUM scores coreference on gold trees against GUM's annotation, mentions matched by their heads. The named
// entities come from the annotation too, for the trees have none.
func TestGUM(t *testing.T) {
	r := testResolver(t)
	part := "dev"
	if p := os.Getenv("ENTITY_GUM"); p != "" {
		part = p
	}
	var s, n, nm, pr scores
	for _, d := range gum(t, part, "news", "interview", "speech", "bio") {
		markNER(&d)
		doc := r.Resolve(d.doc, d.sents)
		gold, got := chainsOf(t, d, doc)
		s.add(gold, got)
		kinds := kindsOf(d, doc)
		nm.add(only(gold, kinds, Name), only(got, kinds, Name))
		n.add(only(gold, kinds, Nominal), only(got, kinds, Nominal))
		pr.add(withPronoun(gold, kinds), withPronoun(got, kinds))
		var one scores
		one.add(gold, got)
		t.Logf("%-32s MUC %.3f B3 %.3f CEAFe %.3f mean %.3f", d.doc.ID, one.muc.f1(), one.b3.f1(), one.ceaf.f1(), one.mean())
	}
	row := func(what string, s scores) {
		t.Logf("%-10s MUC %.3f/%.3f/%.3f B3 %.3f/%.3f/%.3f CEAFe %.3f/%.3f/%.3f mean %.3f", what, s.muc.p(), s.muc.r(), s.muc.f1(),
			s.b3.p(), s.b3.r(), s.b3.f1(), s.ceaf.p(), s.ceaf.r(), s.ceaf.f1(), s.mean())
	}
	row("all", s)
	row("names", nm)
	row("nominals", n)
	row("pronouns", pr)
}

// only keeps the mentions of one kind.
func only(cs []chain, kinds map[[2]int]Kind, k Kind) []chain {
	var out []chain
	for _, c := range cs {
		o := chain{}
		for m := range c {
			if kinds[m] == k {
				o[m] = true
			}
		}
		out = append(out, o)
	}
	return out
}

// withPronoun keeps the chains that hold a pronoun.
func withPronoun(cs []chain, kinds map[[2]int]Kind) []chain {
	var out []chain
	for _, c := range cs {
		for m := range c {
			if kinds[m] == Pronoun {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

// kindsOf classes every head token by its part of speech, so that both sides are cut the same way.
func kindsOf(d gumDoc, doc *Doc) map[[2]int]Kind {
	kinds := map[[2]int]Kind{}
	for s, sent := range d.sents {
		for i, tok := range sent.Tokens {
			switch tok.UPOS {
			case "PROPN":
				kinds[[2]int{s, i}] = Name
			case "PRON", "DET":
				kinds[[2]int{s, i}] = Pronoun
			default:
				kinds[[2]int{s, i}] = Nominal
			}
		}
	}
	return kinds
}

// markNER gives proper-noun runs the entity type that the annotation gives the mention they head.
func markNER(d *gumDoc) {
	byLength := slices.Clone(d.gold)
	slices.SortStableFunc(byLength, func(x, y goldMention) int { return (y.end - y.start) - (x.end - x.start) })
	for _, g := range byLength {
		toks := d.sents[g.sent].Tokens
		tr := newTree(d.sents[g.sent])
		h := goldHead(&tr, g)
		class := map[string]string{"person": "PER", "organization": "ORG", "place": "LOC"}[g.kind]
		if toks[h].UPOS != "PROPN" || class == "" || toks[h].NER != "O" {
			continue
		}
		a, b := h, h+1
		for a > g.start && toks[a-1].UPOS == "PROPN" {
			a--
		}
		for b < g.end && toks[b].UPOS == "PROPN" {
			b++
		}
		for k := a; k < b; k++ {
			toks[k].NER = "I-" + class
		}
		toks[a].NER = "B-" + class
	}
}

// chainsOf gives the gold and the found chains of a document by sentence and head token.
func chainsOf(t testing.TB, d gumDoc, doc *Doc) (gold, got []chain) {
	byID := map[string]chain{}
	var order []string
	for _, g := range d.gold {
		tr := newTree(d.sents[g.sent])
		if byID[g.id] == nil {
			byID[g.id] = chain{}
			order = append(order, g.id)
		}
		byID[g.id][[2]int{g.sent, goldHead(&tr, g)}] = true
	}
	for _, id := range order {
		gold = append(gold, byID[id])
	}
	got = make([]chain, len(doc.Entities))
	for i := range got {
		got[i] = chain{}
	}
	for _, m := range doc.Mentions {
		if m.Entity >= 0 && m.Kind != Demonym && !(m.Kind == Pronoun && oneOf(strings.ToLower(m.Text), "who whom whose which that")) {
			got[m.Entity][[2]int{m.Sent, m.Head}] = true
		}
	}
	return gold, got
}
