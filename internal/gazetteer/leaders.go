package gazetteer

import (
	"regexp"
	"strings"
	"time"
)

// leaders adds the terms of lists/leaders.tsv, and the Factbook's present holders where the list says nothing
// of that office of the country since then.
func (b *builder) leaders() error {
	err := each("leaders.tsv", 5, func(c []string) error {
		id := c[2]
		if known, ok := b.iso[c[2]]; ok {
			id = known
		}
		b.g.Leaders = append(b.g.Leaders, Term{Person: c[0], Office: c[1], Country: id, From: c[3], To: c[4]})
		return nil
	})
	if err != nil {
		return err
	}
	return each("countries.tsv", 8, func(c []string) error {
		f := b.facts[c[0]]
		for _, line := range []string{f.State, f.Government} {
			if t, ok := holder(line); ok {
				t.Country = ID(c[2])
				b.present(t)
			}
		}
		return nil
	})
}

// present adds a holder of today unless the list has the same family name in office in that country, or someone later.
func (b *builder) present(t Term) {
	family := t.Person[strings.LastIndexByte(t.Person, ' ')+1:]
	for _, k := range b.g.Leaders {
		if k.Country == t.Country && (k.To == "" && strings.HasSuffix(k.Person, family) || k.Office == t.Office && k.From >= t.From) {
			return
		}
	}
	b.g.Leaders = append(b.g.Leaders, t)
}

// holderLine is "President Abdelmadjid TEBBOUNE (since 12 December 2019)".
var holderLine = regexp.MustCompile(`^((?:Prime Minister|President|Chancellor|Premier|Taoiseach)) (\S+ \S+) \(since (\d{1,2} [A-Z][a-z]+ \d{4})\)`)

// holder reads a plain line of the Factbook; lines with titles, several people, or other than two names
// (whose family name comes first, or is not the last) are left out.
func holder(line string) (Term, bool) {
	m := holderLine.FindStringSubmatch(line)
	if m == nil {
		return Term{}, false
	}
	since, err := time.Parse("2 January 2006", m[3])
	if err != nil {
		return Term{}, false
	}
	var name []string
	for _, w := range strings.Fields(m[2]) { // given name, then FAMILY
		if w == strings.ToUpper(w) {
			w = w[:1] + strings.ToLower(w[1:])
		}
		if strings.ContainsAny(w, ".,\"-'") {
			return Term{}, false
		}
		name = append(name, w)
	}
	return Term{Person: strings.Join(name, " "), Office: strings.ToLower(m[1]), From: since.Format("2006-01-02")}, true
}
