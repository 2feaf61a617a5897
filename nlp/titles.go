package nlp

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// titles are what people are called by before their names, in lower case and without full stops: "prime minister", "dr".
type titles map[string]bool

// courtesy are titles that the gazetteer lacks, most of them short forms.
var courtesy = wordSet(`mr mrs ms miss mx dr prof sir dame lord lady gen lt col maj capt cpt sgt cpl adm cmdr sen rep gov pres rev fr hon judge
	justice sheikh shaikh imam rabbi ayatollah saint st sister brother father congressman congresswoman general colonel major captain lieutenant
	sergeant admiral commander professor doctor senator governor mayor officer detective inspector`)

// longestTitle is the greatest number of words of a title that is looked for.
const longestTitle = 6

// readTitles reads the gazetteer's titles of people: title, class of the holder, class of what is held.
func readTitles(r io.Reader) (titles, error) {
	t := titles{}
	for w := range courtesy {
		t[w] = true
	}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		c := strings.Split(in.Text(), "\t")
		switch {
		case strings.HasPrefix(in.Text(), "#"):
		case len(c) < 3:
			return nil, fmt.Errorf("titles: line %d: %d columns, want 3", n, len(c))
		case c[1] == "Person":
			t[strings.ReplaceAll(c[0], ".", "")] = true
		}
	}
	return t, in.Err()
}

// join makes a title that stands before a person's name part of the name, as the GUM treebank has it.
func (t titles) join(ts []Token) {
	for i := range ts {
		if ts[i].NER != "B-PER" {
			continue
		}
		from := i
		for n := t.before(ts, from); n > 0; n = t.before(ts, from) {
			from -= n
		}
		for k := from; k < i; k++ {
			ts[k].NER, ts[k+1].NER = "I-PER", "I-PER"
		}
		ts[from].NER = "B-PER"
	}
}

// before returns the number of words of the longest title that ends before word i, 0 for none.
func (t titles) before(ts []Token, i int) int {
	for n := min(longestTitle, i); n > 0; n-- {
		words := make([]string, n)
		for k := range words {
			tok := &ts[i-n+k]
			if r, _ := utf8.DecodeRuneInString(tok.Form); tok.NER != "O" || k == 0 && !unicode.IsUpper(r) {
				words = nil
				break
			}
			words[k] = strings.ToLower(strings.TrimSuffix(tok.Form, "."))
		}
		if words != nil && t[strings.ReplaceAll(strings.Join(words, " "), " - ", "-")] {
			return n
		}
	}
	return 0
}
