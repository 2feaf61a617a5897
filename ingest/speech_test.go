package ingest

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/nlp"
)

func TestSpeechEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, words, want string // want is what the quotation holds
	}{
		{"comma", "“ We shall see , ” she said .", "“ We shall see , ”"},
		{"single marks", "‘ We shall see , ’ she said .", "‘ We shall see , ’"},
		{"Penn marks", "`` We shall see , '' she said .", "`` We shall see , ''"},
		{"straight marks", `" We shall see , " she said .`, `" We shall see , "`},
		{"question", "“ Shall we see ? ” she asked .", "“ Shall we see ? ”"},
		{"exclamation", "“ See ! ” she said .", "“ See ! ”"},
		{"opened in a sentence before", "We shall see , ” she said .", "We shall see , ”"},
		{"two parts", "“ We shall see , ” she said , “ and wait . ”", "“ We shall see , ”"},
		{"no end of speech before the mark", "“ Greens ” won .", ""},
		{"opened inside", "She said , “ We shall see , ” and left .", ""},
		{"opened inside, straight", `The minister of finance said ,_ " We shall see , " and left .`, ""},
		{"apostrophe", "The workers ' strike ended .", ""},
		{"no mark", "We shall see , she said .", ""},
		{"mark first", "” she said .", ""},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			words := strings.Fields(c.words)
			toks := make([]nlp.Token, len(words))
			for i, w := range words {
				toks[i].Form, toks[i].SpaceAfter = strings.CutSuffix(w, "_") // "_" for a blank that counts
			}
			got := strings.Join(words[:speechEnd(toks)], " ")
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

var speechPipeline = sync.OnceValues(func() (*Pipeline, error) { return New(Options{Data: data.FS}) })

// TestSplitSpeech parses speech with the models: the words and offsets stay, and nothing but the head of what
// is said hangs on a word of the other part.
func TestSplitSpeech(t *testing.T) {
	t.Parallel()
	p, err := speechPipeline()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text, verb string
		split            bool
	}{
		{"said", "“We shall never leave our land,” the minister said on Friday.", "said", true},
		{"told somebody", "‘Our army will stay in the north,’ she told reporters in Geneva.", "told", true},
		{"no verb of saying", "“We shall never leave our land,” and the minister left Geneva.", "", false},
		{"too short", "“Never,” the minister said on Friday.", "", false},
		{"no quotation", "The minister left Geneva on Friday.", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, s := range p.language.Parse(c.text, nil) {
				got := p.splitSpeech(s)
				if diff := cmp.Diff(places(s), places(got)); diff != "" || got.Start != s.Start || got.End != s.End {
					t.Fatalf("other words: %s", diff)
				}
				if !c.split {
					if diff := cmp.Diff(s, got); diff != "" {
						t.Errorf("changed: %s", diff)
					}
					continue
				}
				checkSplit(t, got, speechEnd(s.Tokens), c.verb)
			}
		})
	}
}

// places are the tokens without what a parser adds.
func places(s nlp.Sentence) []nlp.Token {
	var out []nlp.Token
	for _, t := range s.Tokens {
		out = append(out, nlp.Token{Form: t.Form, Start: t.Start, End: t.End, SpaceAfter: t.SpaceAfter})
	}
	return out
}

func checkSplit(t *testing.T, s nlp.Sentence, cut int, verb string) {
	t.Helper()
	roots, links := 0, 0
	for i, tok := range s.Tokens {
		switch {
		case tok.Head < 0:
			roots++
			if i < cut || tok.Form != verb {
				t.Errorf("the root is %q, want %q", tok.Form, verb)
			}
		case i < cut && tok.Head >= cut:
			links++
			if tok.Deprel != "ccomp" || s.Tokens[tok.Head].Form != verb {
				t.Errorf("%q is %s of %q", tok.Form, tok.Deprel, s.Tokens[tok.Head].Form)
			}
		case i >= cut && tok.Head < cut:
			t.Errorf("%q hangs on %q, a word of the quotation", tok.Form, s.Tokens[tok.Head].Form)
		}
	}
	if roots != 1 || links != 1 {
		t.Errorf("%d roots and %d links, want 1 and 1", roots, links)
	}
}
