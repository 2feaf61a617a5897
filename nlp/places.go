package nlp

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"newsgraph/nlp/words"
)

// places are the gazetteer's names of places in lower case; true: a country, or a part of one, that holds towns.
type places map[string]bool

// postal are short forms of states and provinces, which stand after a town.
var postal = wordSet(`al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn
	tx ut vt va wa wv wi wy dc on qc bc ab ala ariz ark calif colo conn del fla ill ind kan mass mich minn miss mont neb nev okla ont
	ore penn que tenn tex vt wash wis wyo uk usa us u.s u.k u.s.a d.c n.y n.j n.c s.c`)

// readPlaces reads the gazetteer's entities: ID, label, class, aliases.
func readPlaces(r io.Reader) (places, error) {
	p := places{}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		if strings.HasPrefix(in.Text(), "#") {
			continue
		}
		c := strings.Split(in.Text(), "\t")
		if len(c) < 4 {
			return nil, fmt.Errorf("entities: line %d: %d columns, want 4", n, len(c))
		}
		wide := c[2] == "Country" || c[2] == "Region"
		if !wide && c[2] != "City" && c[2] != "Place" {
			continue
		}
		for _, name := range append(strings.Split(c[3], "|"), c[1]) {
			if name == "-" {
				continue
			}
			name = strings.ReplaceAll(strings.ToLower(name), ",", "")
			p[name] = p[name] || wide
		}
	}
	return p, in.Err()
}

// part cuts a place's name in two where a town and its country, state or province stand side by side: "Austin Texas".
func (p places) part(ts []Token, infos []words.Info) {
	for from := 0; from < len(ts); from++ {
		if ts[from].NER != "B-LOC" {
			continue
		}
		end := from + 1
		for end < len(ts) && ts[end].NER == "I-LOC" {
			end++
		}
		if _, known := p[lower(ts[from:end])]; known {
			continue
		}
		for i := from + 1; i < end; i++ {
			if p.holder(ts[i:end]) && p.town(ts[from:i], infos[from:i]) {
				ts[i].NER = "B-LOC"
				break
			}
		}
	}
}

// holder tells whether the words name what holds towns.
func (p places) holder(ts []Token) bool {
	name := lower(ts)
	return p[name] || len(ts) == 1 && postal[strings.TrimSuffix(name, ".")]
}

// town tells whether the words may name a place by themselves. They end in a name: "Lake Ontario" and "South Texas" are one place.
func (p places) town(ts []Token, infos []words.Info) bool {
	if _, known := p[lower(ts)]; known {
		return true
	}
	for i := range ts {
		if ts[i].UPOS == "PUNCT" || ts[i].UPOS == "ADP" || ts[i].UPOS == "CCONJ" {
			return false
		}
	}
	const common = words.Noun | words.Adj | words.Adv | words.Verb
	last := infos[len(ts)-1].Flags
	return last&common == 0 || last&words.Place != 0 && last&(words.Adj|words.Verb) == 0
}

func lower(ts []Token) string {
	forms := make([]string, len(ts))
	for i := range ts {
		forms[i] = strings.ToLower(ts[i].Form)
	}
	return strings.Join(forms, " ")
}
