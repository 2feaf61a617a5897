package claim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/schema"
)

// blocks splits a text at "|" into blocks that follow each other.
func blocks(marked string) ([]rune, []schema.Block) {
	var text []rune
	var out []schema.Block
	for part := range strings.SplitSeq(marked, "|") {
		r := []rune(part)
		out = append(out, schema.Block{Start: len(text), End: len(text) + len(r)})
		text = append(text, r...)
	}
	return text, out
}

func TestFindQuotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string // "|" parts blocks
		want       []string
		bug        string
	}{
		{"curly", "“We will never leave our land,” she said.", []string{"We will never leave our land,"}, ""},
		{"straight", `"We will never leave our land," she said.`, []string{"We will never leave our land,"}, ""},
		{"single curly", "‘We will never leave our land,’ she said.", []string{"We will never leave our land,"}, ""},
		{"single straight", "'We will never leave our land,' she said.", []string{"We will never leave our land,"}, ""},
		{"after the verb", "She said: “We will never leave our land.”", []string{"We will never leave our land."}, ""},
		{"two in a sentence", "“We will never leave our land,” she said, “and we will never give it up.”", []string{"We will never leave our land,", "and we will never give it up."}, ""},
		{"two of straight marks", `"We will never leave our land," she said, "and we will never give it up."`, []string{"We will never leave our land,", "and we will never give it up."}, ""},
		{"in brackets", "(“We will never leave our land.”)", []string{"We will never leave our land."}, ""},
		{"after a dash", "She said—“We will never leave our land.”", []string{"We will never leave our land."}, ""},

		{"apostrophes inside", "'We won't leave the people's land, it's ours,' she said.", []string{"We won't leave the people's land, it's ours,"}, ""},
		{"curly apostrophes inside", "‘We won’t leave the people’s land, it’s ours,’ she said.", []string{"We won’t leave the people’s land, it’s ours,"}, ""},
		{"a plural owner inside", "'We stand by the protesters' demands to the last,' she said.", []string{"We stand by the protesters' demands to the last,"}, ""},
		{"apostrophes alone", "The protesters' demands and the workers' strikes went on for weeks in the '90s.", nil, ""},
		{"nested", "“He told me ‘never leave our land’ and then he left,” she said.", []string{"He told me ‘never leave our land’ and then he left,"}, ""},
		{"single, closed after a word, then another", "He called it a 'great day for the people of Ruritania' and later: 'We shall see what comes,' he said.",
			[]string{"great day for the people of Ruritania", "We shall see what comes,"}, "a single mark after a word is passed over for a later quotation's"},

		{"scare quotes", "The “so-called” republic of the “people” voted.", nil, ""},
		{"scare quotes, straight", `The "so-called" republic of the "people" voted.`, nil, ""},
		{"scare quotes before speech", "The “so-called” republic: “We will never leave our land.”", []string{"We will never leave our land."}, ""},
		{"inches", `The gun is 5" wide and was found in the cellar of the house.`, nil, ""},

		{"open at the end", "She said: “We will never leave our land", []string{"We will never leave our land"}, ""},
		{"unclosed across blocks", "“We will never leave our land.|“We will never give it up.”|They left.", []string{"We will never leave our land.", "We will never give it up."}, ""},
		{"closed in a later block", "“We will never leave our land.|We stay,” he said.", []string{"We will never leave our land."}, ""},
		{"short and unclosed", "The “so|called republic of the people voted.", nil, ""},
		{"empty", "", nil, ""},
		{"mark at the very end", "We stay “", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, bl := blocks(c.text)
			var got []string
			for _, q := range findQuotes(text, bl) {
				got = append(got, string(text[q.start:q.end]))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				if c.bug != "" {
					t.Log("once wrong: " + c.bug)
				}
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestFindQuotesWithoutBlocks takes the whole text as one block.
func TestFindQuotesWithoutBlocks(t *testing.T) {
	t.Parallel()
	text := []rune("Ñandú: “We will never leave our land.”")
	want := []quotation{{start: 8, end: 37, speaker: -1}}
	if diff := cmp.Diff(want, findQuotes(text, nil), cmp.AllowUnexported(quotation{})); diff != "" {
		t.Error(diff)
	}
}

// TestSpeakers finds who speaks in quotation marks: the nearest subject of a verb of saying in the block, else
// the speaker of the block before.
func TestSpeakers(t *testing.T) {
	t.Parallel()
	const (
		attack = "“~/“/``/3/punct Russia/Russia/NNP/3/nsubj/B-LOC attacked/attack/VBD/0/root Poland/Poland/NNP/3/obj/B-LOC last/last/JJ/6/amod week~/week/NN/3/obl:unmarked .~/./PCT/3/punct ”/”/''/3/punct"
		open   = "“~/“/``/3/punct Russia/Russia/NNP/3/nsubj/B-LOC attacked/attack/VBD/0/root Poland/Poland/NNP/3/obj/B-LOC last/last/JJ/6/amod week~/week/NN/3/obl:unmarked ././PCT/3/punct"
		before = "Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER explained/explain/VBD/0/root it~/it/PRP/3/obj ././PCT/3/punct"
		after  = "Bob/Bob/NNP/3/nsubj/B-PER Cole/Cole/NNP/1/flat/I-PER added/add/VBD/0/root more~/more/JJ/3/obj ././PCT/3/punct"
		plain  = "Cy/Cy/NNP/3/nsubj/B-PER Orr/Orr/NNP/1/flat/I-PER left/leave/VBD/0/root Rome~/Rome/NNP/3/obj/B-LOC ././PCT/3/punct"
	)
	for _, c := range []struct {
		name   string
		blocks [][]string
		want   string // "label label": who is quoted, by quotation; "?" for nobody
	}{
		{"before", [][]string{{before, attack}}, "Ann Lee"},
		{"after", [][]string{{attack, after}}, "Bob Cole"},
		{"the nearest", [][]string{{before, plain, attack, after}}, "Bob Cole"},
		{"no verb of saying", [][]string{{plain, attack}}, "?"},
		{"another block", [][]string{{before}, {attack}}, "?"},
		{"a block that is all quotation", [][]string{{before, open}, {attack}}, "Ann Lee, Ann Lee"},
		{"one block between", [][]string{{before, open}, {plain}, {attack}}, "Ann Lee, ?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			doc, sents, ents := story(t, c.blocks...)
			a := &article{Extractor: reader(t), doc: doc, text: []rune(doc.Text), ents: ents}
			a.quotes = findQuotes(a.text, doc.Blocks)
			views := make([]*view, len(sents))
			for n := range sents {
				views[n] = a.view(&sents[n], n)
			}
			a.findSpeakers(sents, views)
			var got []string
			for _, q := range a.quotes {
				who := "?"
				if q.speaker >= 0 {
					who = ents.Entities[q.speaker].Label
				}
				got = append(got, who)
			}
			if g := strings.Join(got, ", "); g != c.want {
				t.Errorf("got %s, want %s", g, c.want)
			}
			for _, claim := range a.Extract(doc, sents, ents) {
				if claim.Predicate == "attacks" && claim.Factuality != schema.Reported {
					t.Errorf("what is quoted is %s", claim.Factuality)
				}
			}
		})
	}
}
