package entity

import (
	"os"
	"slices"
	"strings"
	"testing"

	"newsgraph/data"
	"newsgraph/nlp"
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

// genres are the kinds of GUM's documents that are nearest to news.
var genres = []string{"news", "interview", "speech", "bio"}

// TestGUM scores coreference on gold trees against GUM's annotation, mentions matched by their heads. The named
// entities come from the annotation too, for the trees have none. ENTITY_GUM=train scores the training part.
func TestGUM(t *testing.T) {
	r := testResolver(t)
	part := "dev"
	if p := os.Getenv("ENTITY_GUM"); p != "" {
		part = p
	}
	var all table
	for _, d := range gum(t, part, genres...) {
		markNER(&d)
		doc := r.Resolve(d.doc, d.sents)
		checkDoc(t, doc, d.sents)
		all.add(t, d, doc, d.sents)
	}
	all.log(t)
	if part == "dev" && all.all.mean() < 0.50 {
		t.Errorf("mean of MUC, B3 and CEAFe %.3f, want 0.50", all.all.mean())
	}
}

// TestGUMRaw does the same from raw text, with the models that ship.
func TestGUMRaw(t *testing.T) {
	r := testResolver(t)
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	var all table
	for _, d := range gum(t, "dev", "news", "interview", "speech") {
		sents := p.Parse(d.doc.Text, blocks(d.doc))
		doc := r.Resolve(d.doc, sents)
		checkDoc(t, doc, sents)
		all.add(t, d, doc, sents)
	}
	all.log(t)
	if all.all.mean() < 0.44 {
		t.Errorf("mean of MUC, B3 and CEAFe %.3f, want 0.44", all.all.mean())
	}
}

// table holds the scores of all mentions, and of those of one kind.
type table struct{ all, names, nominals, pronouns scores }

func (s *table) add(t testing.TB, d gumDoc, doc *Doc, sents []nlp.Sentence) {
	gold, kinds := goldChains(d)
	got := gotChains(doc, sents, gold)
	s.all.add(gold, got)
	s.names.add(only(gold, kinds, Name), only(got, kinds, Name))
	s.nominals.add(only(gold, kinds, Nominal), only(got, kinds, Nominal))
	s.pronouns.add(only(gold, kinds, Pronoun), only(got, kinds, Pronoun))
	var one scores
	one.add(gold, got)
	t.Logf("%-32s mean %.3f", d.doc.ID, one.mean())
}

func (s *table) log(t testing.TB) {
	for _, row := range []struct {
		name string
		s    scores
	}{{"all", s.all}, {"names", s.names}, {"nominals", s.nominals}, {"pronouns", s.pronouns}} {
		t.Logf("%-10s MUC %s B3 %s CEAFe %s mean %.3f", row.name, row.s.muc, row.s.b3, row.s.ceaf, row.s.mean())
	}
}

// only keeps the mentions of one kind.
func only(cs []chain, kinds map[int]Kind, k Kind) []chain {
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

// goldChains gives the chains of a document by the code point where each mention's head begins, and the kind
// of each head by its part of speech, so that both sides are cut the same way.
func goldChains(d gumDoc) (chains []chain, kinds map[int]Kind) {
	byID := map[string]chain{}
	var order []string
	for _, g := range d.gold {
		tr := newTree(d.sents[g.sent])
		if byID[g.id] == nil {
			byID[g.id] = chain{}
			order = append(order, g.id)
		}
		byID[g.id][d.sents[g.sent].Tokens[goldHead(&tr, g)].Start] = true
	}
	for _, id := range order {
		chains = append(chains, byID[id])
	}
	kinds = map[int]Kind{}
	for _, sent := range d.sents {
		for _, tok := range sent.Tokens {
			switch tok.UPOS {
			case "PROPN":
				kinds[tok.Start] = Name
			case "PRON", "DET":
				kinds[tok.Start] = Pronoun
			default:
				kinds[tok.Start] = Nominal
			}
		}
	}
	return chains, kinds
}

// gotChains gives the chains that were found. GUM does not mark relative pronouns. A name counts as the gold head
// that lies in it when its own head is none: parsers and treebanks do not agree on the heads of names.
func gotChains(doc *Doc, sents []nlp.Sentence, gold []chain) []chain {
	got := make([]chain, len(doc.Entities))
	for i := range got {
		got[i] = chain{}
	}
	heads := home(gold)
	for _, m := range doc.Mentions {
		relative := m.Kind == Pronoun && oneOf(strings.ToLower(m.Text), "who whom whose which that")
		if m.Entity < 0 || m.Kind == Demonym || relative {
			continue
		}
		toks := sents[m.Sent].Tokens
		at := toks[m.Head].Start
		for k := m.Start; k < m.End && heads[at] == 0 && m.Kind == Name; k++ {
			if heads[toks[k].Start] > 0 {
				at = toks[k].Start
			}
		}
		got[m.Entity][at] = true
	}
	return got
}
