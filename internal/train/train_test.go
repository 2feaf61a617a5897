package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/token"
	"newsgraph/nlp/words"
)

func TestAddProper(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		line string
		want lexicon
	}{
		"place":       {"08766988 15 n 02 Oslo 0 Christiania 0 001 @ 0 n 0 | the capital", lexicon{"oslo": words.Place, "christiania": words.Place}},
		"long place":  {"08766988 15 n 01 New_Town 0 000 | a town", lexicon{}},
		"person":      {"10000000 18 n 02 Nansen 0 Fridtjof_Nansen 0 000 | explorer", lexicon{"nansen": words.Surname}},
		"common noun": {"10000000 18 n 01 sailor 0 000 | someone at sea", lexicon{}},
		"other file":  {"00001740 03 n 01 Entity 0 000 | what is", lexicon{}},
		"cut":         {"00001740 15 n ff Oslo 0", lexicon{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lexicon{}
			l.addProper(tc.line)
			if diff := cmp.Diff(tc.want, l); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	it := &item{Text: "The mayor of Bergen quit.", Links: [][4]any{
		{13.0, 19.0, "Bergen", "Bergen"}, {4.0, 9.0, "mayor", "Mayor"}, {13.0, 18.0, "Berge", "Berge"}, {"x", 1.0, "T", "T"},
	}}
	text := []rune(it.Text)
	got := within(token.Sentences(text, 0, len(text))[0], it)
	if diff := cmp.Diff([]link{{3, 4, "Bergen"}}, got, cmp.AllowUnexported(link{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTitled(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"quits": "Quits", "of": "of", "Oslo": "Oslo", "élan": "Élan", "": ""} {
		if got := titled(in); got != want {
			t.Errorf("titled(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestLend(t *testing.T) {
	t.Parallel()
	from := []*sentence{{forms: []string{"Oslo", "won"}, names: []string{"B-ORG", "O"}}}
	to := []*sentence{{forms: []string{"Oslo", "won"}}, {forms: []string{"Oslo", "lost"}}}
	if n := lend(from, to); n != 1 || to[1].names != nil || cmp.Diff(from[0].names, to[0].names) != "" {
		t.Errorf("lent to %d: %v %v", n, to[0].names, to[1].names)
	}
}
