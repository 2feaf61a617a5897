package nlp

import (
	"fmt"
	"strings"
	"testing"
)

func TestPhraseMarks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{`He had " misled residents " badly`, "[[2 5]]"},
		{`He would “ not work ” or “ not pay ” here`, "[[2 5]]"},
		{`He had " misled " Oslo and was " deeply sorry " now`, "[[2 4] [8 11]]"},
		{`It was " a disaster " here`, "[]"},
		{`He said " we won " here`, "[]"},
		{`He had " misled . Then " left`, "[]"},
		{`He had " misled residents here`, "[]"},
		{`" had " said`, "[]"},
	} {
		ts := tagged(strings.ReplaceAll(tc.text, " ", "/X ") + "/X")
		for i := range ts {
			ts[i].SpaceAfter = true
		}
		if got := fmt.Sprint(phraseMarks(ts)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.text, got, tc.want)
		}
	}
}
