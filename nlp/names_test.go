package nlp

import (
	"strings"
	"testing"

	"newsgraph/nlp/words"
)

// tagged makes tokens of "form/UPOS" or "form/UPOS/NER".
func tagged(text string) []Token {
	var out []Token
	for _, w := range strings.Fields(text) {
		c := strings.Split(w, "/")
		t := Token{Form: c[0], UPOS: c[1], NER: "O"}
		if len(c) > 2 {
			t.NER = c[2]
		}
		out = append(out, t)
	}
	return out
}

func ners(ts []Token) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.NER)
	}
	return strings.Join(out, " ")
}

func TestEvent(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"World/PROPN War/PROPN II/PROPN began/VERB", "World War II"},
		{"Winter/PROPN Olympics/PROPN 2014/NUM", "Winter Olympics 2014"},
		{"Gulf/PROPN War/PROPN I/PRON served/VERB", "Gulf War"},
		{"Hurricane/PROPN Sandy/PROPN Tuesday/PROPN", "Hurricane Sandy"},
		{"Battle/PROPN of/ADP the/DET Somme/PROPN was/AUX", "Battle of the Somme"},
		{"Geneva/PROPN Conference/PROPN", "Geneva Conference"},
		{"War/PROPN is/AUX", ""},
		{"Operation/PROPN of/ADP", ""},
		{"the/DET summit/NOUN", ""},
		{"Christmas/PROPN", "Christmas"},
	} {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			ts := tagged(tc.text)
			var got []string
			for _, tok := range ts[:event(ts, 0)] {
				got = append(got, tok.Form)
			}
			if g := strings.Join(got, " "); g != tc.want {
				t.Errorf("got %q, want %q", g, tc.want)
			}
		})
	}
}

// TestMarkEvent holds that an event's name goes before what the model found inside it, not over what reaches out of it.
func TestMarkEvent(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"Vietnam/PROPN/B-LOC War/PROPN ended/VERB", "B-EVENT I-EVENT O"},
		{"Memorial/PROPN/B-ORG Day/PROPN/I-ORG Foundation/PROPN/I-ORG paid/VERB", "B-ORG I-ORG I-ORG O"},
	} {
		ts := tagged(tc.text)
		mark(ts, make([]words.Info, len(ts)))
		if got := ners(ts); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.text, got, tc.want)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	list, err := readTitles(strings.NewReader("# title\tclass\twhat\nprime minister\tPerson\tCountry\nlt. gen.\tPerson\t-\nministry\tGovernment\t-\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ text, want string }{
		{"Prime/PROPN Minister/PROPN Solberg/PROPN/B-PER said/VERB", "B-PER I-PER I-PER O"},
		{"Lt./PROPN Gen./PROPN Riley/PROPN/B-PER", "B-PER I-PER I-PER"},
		{"the/DET prime/ADJ minister/NOUN Solberg/PROPN/B-PER", "O O O B-PER"},
		{"Ministry/PROPN Riley/PROPN/B-PER", "O B-PER"},
		{"Oslo/PROPN/B-LOC Dr./PROPN Ek/PROPN/B-PER", "B-LOC B-PER I-PER"},
		{"Mr./PROPN Oslo/PROPN/B-LOC", "O B-LOC"},
	} {
		ts := tagged(tc.text)
		list.join(ts)
		if got := ners(ts); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.text, got, tc.want)
		}
	}
	if _, err := readTitles(strings.NewReader("prime minister\n")); err == nil {
		t.Error("a line of one column is taken")
	}
}

// TestPlacesSideBySide holds that a town and what it lies in are two places, and that a name that only ends like one stays whole.
func TestPlacesSideBySide(t *testing.T) {
	t.Parallel()
	known := places{"texas": true, "france": true, "ontario": true, "new york": true, "new south wales": true, "wales": true, "washington dc": false, "phoenix": false}
	table := map[string]uint32{"lake": words.Noun | words.Place, "phoenix": words.Noun, "new": words.Adj, "south": words.Noun | words.Adj, "bay": words.Noun}
	for _, tc := range []struct{ text, want string }{
		{"Austin Texas", "B B"},
		{"san rafael ca", "B I B"},
		{"Albany New York", "B B I"},
		{"phoenix Texas", "B B"},
		{"New South Wales", "B I I"},
		{"South Wales", "B I"},
		{"Washington DC", "B I"},
		{"Bay of France", "B I I"},
		{"Lake View Ontario", "B I B"},
	} {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			var ts []Token
			var infos []words.Info
			for _, w := range strings.Fields(tc.text) {
				tok := Token{Form: w, UPOS: "PROPN", NER: "I-LOC"}
				if w == "of" {
					tok.UPOS = "ADP"
				}
				ts, infos = append(ts, tok), append(infos, words.Info{Flags: table[strings.ToLower(w)]})
			}
			ts[0].NER = "B-LOC"
			known.part(ts, infos)
			if got := strings.ReplaceAll(ners(ts), "-LOC", ""); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestOwners holds that a person's name ends where its owner's does.
func TestOwners(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"Labour/PROPN/B-PER 's/PART/I-PER Ann/PROPN/I-PER Lee/PROPN/I-PER left/VERB/O", "B-ORG O B-PER I-PER O"},
		{"Thad/PROPN/B-PER 's/PART/I-PER World/PROPN/I-PER", "B-PER I-PER I-PER"},
		{"Oslo/PROPN/B-LOC 's/PART/O Ann/PROPN/B-PER", "B-LOC O B-PER"},
	} {
		ts := tagged(tc.text)
		infos := make([]words.Info, len(ts))
		for i := range ts {
			switch ts[i].Form {
			case "'s":
				ts[i].XPOS = "POS"
			case "Ann":
				infos[i].Flags = words.Female
			}
		}
		owners(ts, infos)
		if got := ners(ts); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

// TestContinental holds that "European" belongs to the name of a body, not of a single word.
func TestContinental(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"the/DET European/ADJ Data/PROPN/B-ORG Board/PROPN/I-ORG": "O B-ORG I-ORG I-ORG",
		"European/ADJ Airbus/PROPN/B-ORG flew/VERB":               "O B-ORG O",
		"Russian/ADJ Data/PROPN/B-ORG Board/PROPN/I-ORG":          "O B-ORG I-ORG",
	} {
		ts := tagged(text)
		continental(ts)
		if got := ners(ts); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestReadPlaces(t *testing.T) {
	t.Parallel()
	got, err := readPlaces(strings.NewReader("# id\tlabel\tclass\taliases\nTexas\tTexas\tRegion\t-\nWashington\tWashington\tCity\tWashington, D.C.|DC\nNATO\tNATO\tOrganization\t-\n"))
	if err != nil || !got["texas"] || got["washington d.c."] || len(got) != 4 {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := readPlaces(strings.NewReader("Texas\tTexas\n")); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("short line: %v", err)
	}
}
