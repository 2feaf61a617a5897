package ingest

import (
	"strings"
	"testing"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// paragraphs are the blocks of a text between blank lines.
func paragraphs(text string) []schema.Block {
	var out []schema.Block
	at := 0
	for _, p := range strings.Split(text, "\n\n") {
		n := len([]rune(p))
		out = append(out, schema.Block{Start: at, End: at + n})
		at += n + 2
	}
	return out
}

func TestFindTurns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"questions and answers", "Ann Lee spoke.\n\nQ: Why?\n\nA: Because. It is so.", "?: Why?|?: Because. It is so."},
		{"names", "Ann Lee: We won.\n\nBo Ek: We lost.\n\nAnn Lee: You did.", "Ann Lee: We won.|Bo Ek: We lost.|Ann Lee: You did."},
		{"initials of people named before", "Élan Šik met Ann Lee.\n\nAL: Why?\n\nÉŠ: 7 reasons.\n\nAL: Oh.", "Ann Lee: Why?|Élan Šik: 7 reasons.|Ann Lee: Oh."},
		{"initials of nobody", "XY: We won.\n\nQQ: No.\n\nXY: Yes.", "XY: We won.|QQ: No.|XY: Yes."},
		{"lines of one paragraph", "Q: Why?\nA: Because.\nIt is so.", "?: Why?|?: Because. It is so."},
		{"a paragraph without a label", "Q: Why?\n\nIt is odd.\n\nA: Because.\n\nThe talk was edited.", "?: Why?|?: It is odd.|?: Because."},
		{"a remark beside the name", "Ann Lee (BBC): Why?\n\nBo: No.\n\nBo: Never.", "Ann Lee: Why?|Bo: No.|Bo: Never."},
		{"a headline of one who speaks", "Ann Lee: We will win\n\nShe spoke in Oslo.", ""},
		{"a list", "Date: Monday\n\nPlace: Oslo\n\nLosses: Many", ""},
		{"captions", "Photo: Ann\n\nPhoto: Bo\n\nSource: Ek", ""},
		{"no blank after the colon", "Q:Why?\n\nA:Because.", ""},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := []rune(c.text)
			var got []string
			for _, turn := range findTurns(text, paragraphs(c.text)) {
				who := "?"
				if turn.Speaker != (nlp.Block{}) {
					who = string(text[turn.Speaker.Start:turn.Speaker.End])
				}
				got = append(got, who+": "+strings.Join(strings.Fields(string(text[turn.said.Start:turn.said.End])), " "))
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// TestPartTurns holds that nothing but labels that name nobody is left out of what is parsed.
func TestPartTurns(t *testing.T) {
	t.Parallel()
	text := "Ann Lee met Bo.\n\nQ: Why?\n\nAL: Because.\n\nAnn Lee: No.\n\nAL: Well."
	var got []string
	blocks := paragraphs(text)
	for _, b := range partTurns(blocks, findTurns([]rune(text), blocks)) {
		got = append(got, text[b.Start:b.End])
	}
	if s, want := strings.Join(got, "|"), "Ann Lee met Bo.| Why?| Because.|Ann Lee:| No.| Well."; s != want {
		t.Errorf("got %q, want %q", s, want)
	}
}
