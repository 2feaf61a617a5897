package ingest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/schema"
)

func said(word string) bool { return word == "said" }

func TestSplitLabels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"caption", "Feeling the heat: Voters queue in Oslo", []string{"Feeling the heat:", " Voters queue in Oslo"}},
		{"owner's s is no word", "Oslo’s plea for help: Voters queue", []string{"Oslo’s plea for help:", " Voters queue"}},
		{"quotation after the label", "Plea for help: “Stay with us”", []string{"Plea for help:", " “Stay with us”"}},
		{"letters beyond ASCII", "Łódź asks twice: Élan wins", []string{"Łódź asks twice:", " Élan wins"}},
		{"two colons, the first counts", "Plea for help: Cities: Oslo", []string{"Plea for help:", " Cities: Oslo"}},

		{"dateline", "MANILA, Philippines (AP) — Rain fell", []string{"MANILA, Philippines (AP) —", " Rain fell"}},
		{"dateline with a short dash", "PARIS - Rain fell", []string{"PARIS -", " Rain fell"}},
		{"dateline with a date and a wire", "OSLO, Norway, March 3, 2021 /PRNewswire/ -- Rain fell", []string{"OSLO, Norway, March 3, 2021 /PRNewswire/ --", " Rain fell"}},
		{"dateline in small letters", "Oslo (Reuters) - Rain fell", []string{"Oslo (Reuters) -", " Rain fell"}},
		{"dateline with a date", "Oslo, 14 September – Rain fell", []string{"Oslo, 14 September –", " Rain fell"}},
		{"agency alone", "(Reuters) - Rain fell", []string{"(Reuters) -", " Rain fell"}},
		{"name with a dash", "Ann Lee - Mayor of Oslo", nil},
		{"compound in capitals", "COVID-19 deaths fell", nil},
		{"what a newsroom calls a piece", "EXCLUSIVE: Voters queue", []string{"EXCLUSIVE:", " Voters queue"}},
		{"capitals without a dash", "NATO said that rain fell", nil},
		{"a dash inside a sentence", "NATO - the alliance - met", nil},
		{"no capitals", "Manila — Rain fell", nil},
		{"no colon", "Voters queue in Oslo", nil},
		{"one word", "Oslo: Voters queue", nil},
		{"a name and what he says", "Ann Lee: We will help", nil},
		{"who said it", "The minister said: We will help", nil},
		{"lower case follows", "Plea for help: what now", nil},
		{"a number follows", "Votes by noon: 300 in Oslo", nil},
		{"a time", "The talks at 10:30 Moscow time", nil},
		{"no blank", "Plea for help:Now", nil},
		{"nothing follows", "Plea for help:", nil},
		{"only blanks follow", "Plea for help:  ", nil},
		{"a full stop before", "He left. The rest came: Ann", nil},
		{"too many words", "The leaders of all of the states of the north came: Ann and Bob", nil},
		{"empty", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			const before = "… " // the block does not begin the text
			text := []rune(before + c.text)
			start := len([]rune(before))
			if c.want == nil {
				c.want = []string{c.text}
			}
			var got []string
			end := start
			for _, b := range splitLabels(text, []schema.Block{{Start: start, End: len(text), Kind: schema.Caption}}, said) {
				if b.Start != end {
					t.Errorf("block at %d, the one before ends at %d", b.Start, end)
				}
				got, end = append(got, string(text[b.Start:b.End])), b.End
			}
			diff := cmp.Diff(c.want, got)
			if diff != "" || end != len(text) {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if got := splitLabels([]rune("Plea for help: Voters queue"), nil, said); got != nil {
		t.Errorf("no blocks: %v", got)
	}
}
