package token_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/token"
)

// render writes sentences as words between spaces, one sentence a line.
func render(text string) string {
	runes := []rune(text)
	var lines []string
	for _, s := range token.Sentences(runes, 0, len(runes)) {
		var ws []string
		for _, w := range s {
			ws = append(ws, string(runes[w.Start:w.End]))
		}
		lines = append(lines, strings.Join(ws, " "))
	}
	return strings.Join(lines, "\n")
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, want string }{
		{"empty", " \n\n ", ""},
		{"contractions", "They don't, can't and won’t; she'll say it's ours.", "They do n't , ca n't and wo n’t ; she 'll say it 's ours ."},
		{"possessives", "Merkel's party, the workers’ union and Orban‘s aides", "Merkel 's party , the workers ’ union and Orban ‘s aides"},
		{"hyphens", "A well-known, pro-Western ex-minister re-elected in 2019-2020", "A well - known , pro-Western ex-minister re-elected in 2019 - 2020"},
		{"money", "a $2.4billion loan, £3m, €1,500 and US$20", "a $ 2.4 billion loan , £ 3 m , € 1,500 and US$ 20"},
		{"percent", "80% of voters", "80 % of voters"},
		{"abbreviations", "Mr. Kovac met Dr. Adu at 5 p.m. in the U.S. The talks failed.", "Mr. Kovac met Dr. Adu at 5 p.m. in the U.S.\nThe talks failed ."},
		{"initials", "J. R. Smith spoke.", "J. R. Smith spoke ."},
		{"compound abbreviation", "a U.S.-backed plan", "a U.S. - backed plan"},
		{"no-break space", "10\u00a0million people", "10 million people"},
		{"quotes", "“We will go.” He left. 'Stop!' she said.", "“ We will go . ”\nHe left .\n' Stop ! ' she said ."},
		{"missing space", "They reached Riga.The train left.", "They reached Riga .\nThe train left ."},
		{"headline", "Minister quits over leak\n\nThe minister quit.", "Minister quits over leak\nThe minister quit ."},
		{"headline, one line end", "Minister quits over leak\nThe minister quit on Friday after a leak.", "Minister quits over leak\nThe minister quit on Friday after a leak ."},
		{"wrapped", "The minister of finance quit on Friday after\na leak to a newspaper, which printed letters in\nfull.",
			"The minister of finance quit on Friday after a leak to a newspaper , which printed letters in full ."},
		{"ellipsis", "He paused... then spoke... They left.", "He paused ... then spoke ...\nThey left ."},
		{"address", "See https://example.org/a?b=c, or mail a.b@example.org.", "See https://example.org/a?b=c , or mail a.b@example.org ."},
		{"dash", "the deal—signed today—holds", "the deal — signed today — holds"},
		{"list number", "1. Peace now", "1 . Peace now"},
		{"decades", "the 1990s and 21st century at 10:30", "the 1990s and 21st century at 10:30"},
		{"brackets", "He (the prime minister) left [sic].", "He ( the prime minister ) left [ sic ] ."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, render(tc.in)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLongSentenceIsCut(t *testing.T) {
	t.Parallel()
	text := []rune(strings.Repeat("word ", 1000))
	for _, s := range token.Sentences(text, 0, len(text)) {
		if len(s) > token.MaxWords {
			t.Fatalf("sentence of %d words", len(s))
		}
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	text := []rune("one two three")
	got := token.Sentences(text, 4, 7)
	if diff := cmp.Diff([][]token.Span{{{Start: 4, End: 7}}}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"Don't.", "a.b.c.", "$1.5bn—gone…", "‘’“”", "U.S.-led\r\n\r\nx", "can't've", "...", "\u200b\ufeff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		at := 0
		for _, s := range token.Sentences(runes, 0, len(runes)) {
			if len(s) == 0 {
				t.Fatal("empty sentence")
			}
			for _, w := range s {
				if w.Start < at || w.End <= w.Start || w.End > len(runes) {
					t.Fatalf("bad span %v after %d", w, at)
				}
				if lost := strings.TrimFunc(string(runes[at:w.Start]), blank); lost != "" {
					t.Fatalf("lost %q", lost)
				}
				at = w.End
			}
		}
		if lost := strings.TrimFunc(string(runes[at:]), blank); lost != "" {
			t.Fatalf("lost %q", lost)
		}
	})
}

func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// BenchmarkSentences divides the text of a treebank, else made-up text; it reports words a second.
func BenchmarkSentences(b *testing.B) {
	text := []rune(strings.Repeat("The minister said on Friday that Mr. Kovac's aides hadn't met U.S. envoys in Riga. \"We will,\" he added.\n\n", 200))
	words := 0
	for _, s := range token.Sentences(text, 0, len(text)) {
		words += len(s)
	}
	b.ReportAllocs()
	for b.Loop() {
		token.Sentences(text, 0, len(text))
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
