package entity

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/ingest/when"
)

// Event is what is known of a vote or a summit without a name of its own, so that several articles can mean
// the same one.
type Event struct {
	// Key tells events of one kind and one country or body from others; Label names one, without its date.
	Key   string `json:"key"`
	Label string `json:"label"`
	// Date is the day, month or year that the article gives it, ISO 8601; empty where it gives none.
	Date string `json:"date,omitempty"`
	// Often is true for what one body has several times a year: a summit, not an election.
	Often bool `json:"often,omitempty"`
}

// Words for votes, and what makes another one of the one that is spoken of.
const (
	polls    = "election referendum by-election byelection plebiscite run-off runoff"
	synonyms = "vote poll ballot contest"
	offices  = "presidential parliamentary legislative general municipal local regional gubernatorial mayoral senate congressional constitutional federal state midterm mid-term primary"
	others   = "new next future free fair fresh last previous upcoming coming early repeat another first second earlier past subsequent " +
		"possible any later former open democratic honest genuine rerun re-run"
)

// eventOf describes the vote or summit that a group is; nil where the words do not tell which one it is.
func (a *article) eventOf(root int) *Event {
	g := &a.groups[root]
	if g.named || g.class != "Event" && g.class != "" {
		return nil
	}
	e := a.voteOf(g)
	if e == nil {
		e = a.summitOf(g)
	}
	if e != nil {
		e.Date = a.eventDate(g)
	}
	return e
}

// voteOf describes a group that is an election or a referendum of a country.
func (a *article) voteOf(g *group) *Event {
	kind, office, definite := "", "", false
	for _, i := range g.refs {
		r := &a.refs[i]
		if r.Kind != Nominal {
			continue
		}
		if !oneOf(r.head, polls) && !oneOf(r.head, synonyms) || slices.ContainsFunc(r.mods, func(m string) bool { return oneOf(m, others) }) {
			return nil
		}
		definite = definite || r.article == 'd' || r.article == 't' || r.article == 'p'
		if oneOf(r.head, polls) && (kind == "" || kind == "election") {
			kind = r.head
		}
		for _, m := range r.mods {
			if oneOf(m, offices) && office == "" {
				office = m
			}
		}
	}
	if kind == "" || !definite && office == "" {
		return nil
	}
	country := a.eventCountry(g)
	if country == "" {
		return nil
	}
	if office == "legislative" {
		office = "parliamentary"
	}
	words := strings.TrimSpace(office + " " + kind)
	return &Event{Key: words + "|" + country, Label: strings.TrimSpace(a.gaz.adjs[country] + " " + words)}
}

// eventCountry is the country whose vote it is: the one that its words name, else the one that most of the article
// is about.
func (a *article) eventCountry(g *group) string {
	for _, i := range g.refs {
		r := &a.refs[i]
		if r.Kind != Nominal {
			continue
		}
		if r.country != "" {
			return r.country
		}
		if r.owner >= 0 {
			if c := a.countryOf(r.owner); c != "" {
				return c
			}
		}
		for _, p := range []int{a.placeOf(i), a.ofPlace(i), a.clausePlace(i)} {
			if p >= 0 && a.group(p).thing >= 0 {
				th := a.gaz.things[a.group(p).thing]
				if th.class == "Country" {
					return th.id
				}
				return "" // a vote of a region or a city
			}
		}
	}
	return a.aboutCountry()
}

// clausePlace is the mention of the place that the clause of a mention says it is in, when the mention is subject or
// object of its verb: "won the election in Belarus"; -1 for none.
func (a *article) clausePlace(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	verb := t.tokens[r.Head].Head
	if rel := t.rel(r.Head); verb < 0 || rel != "obj" && rel != "nsubj" || t.tokens[verb].UPOS != "VERB" {
		return -1
	}
	for _, k := range t.kids[verb] {
		if t.rel(k) != "obl" || t.preposition(k) != "in" {
			continue
		}
		if m := a.at(r.Sent, k); m >= 0 && a.group(m).class == "Country" {
			return m
		}
	}
	return -1
}

// ofPlace is the mention of the place after "of": "the parliament election of Georgia"; -1 for none.
func (a *article) ofPlace(i int) int {
	r := &a.refs[i]
	if of := a.ofNoun(&a.trees[r.Sent], r.Head); of >= 0 {
		if m := a.at(r.Sent, of); m >= 0 && m != i && isPlace(a.group(m).class) {
			return m
		}
	}
	return -1
}

// aboutCountry is the country that an article names in most of the places where it names one or its people, three
// times or more; empty for none.
func (a *article) aboutCountry() string {
	count := map[string]int{}
	all := 0
	for i := range a.refs {
		c := a.refs[i].country
		if th := a.refs[i].thing; th >= 0 {
			c = cmp.Or(a.gaz.things[th].country, c)
			if a.gaz.things[th].class == "Country" {
				c = a.gaz.things[th].id
			}
		}
		if c != "" {
			count[c]++
			all++
		}
	}
	for _, c := range sortedKeys(count) {
		if count[c] >= 3 && 2*count[c] > all {
			return c
		}
	}
	return ""
}

// summitOf describes a group that is the summit of a body: "the NATO summit".
func (a *article) summitOf(g *group) *Event {
	for _, i := range g.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || r.head != "summit" || slices.ContainsFunc(r.mods, func(m string) bool { return oneOf(m, others) }) {
			continue
		}
		t := &a.trees[r.Sent]
		for k := r.Start; k < r.Head; k++ {
			m := a.at(r.Sent, k)
			if m < 0 || m == i || a.group(m).thing < 0 || t.quote[k] != t.quote[r.Head] {
				continue
			}
			if th := a.gaz.things[a.group(m).thing]; isOrg(th.class) {
				return &Event{Key: "summit|" + th.id, Label: shortest(th) + " summit", Often: true}
			}
		}
	}
	return nil
}

// shortest is the acronym of a body, or its name.
func shortest(th thing) string {
	best := th.label
	for _, n := range th.aliases {
		if isAcronym(n) && (len(n) < len(best) || len(n) == len(best) && n < best) {
			best = n
		}
	}
	return best
}

// eventDate is the date that the words of a group's mentions give, the most precise; empty when they give none or
// different ones.
func (a *article) eventDate(g *group) string {
	best := ""
	for _, i := range g.refs {
		r := &a.refs[i]
		if r.Kind != Nominal {
			continue
		}
		d := a.dateIn(r)
		switch {
		case d == "" || best == d:
		case best == "" || strings.HasPrefix(d, best):
			best = d
		case strings.HasPrefix(best, d):
		default:
			return ""
		}
	}
	return best
}

// dateIn is the date among the words that hang on a mention's head.
func (a *article) dateIn(r *ref) string {
	t := &a.trees[r.Sent]
	words := make([]string, len(t.tokens))
	for k := range words {
		words[k] = t.tokens[k].Form
	}
	for _, e := range when.Find(words) {
		if e.Duration() || !a.hangsBy(t, e.Start, e.End, r.Head) {
			continue
		}
		if v := e.Resolve(a.doc.Published, a.tenseAt(t, r.Head)).Value; v != "" && !strings.Contains(v, "/") {
			return v
		}
	}
	return ""
}

// hangsBy tells whether the words [start, end) hang on the word at head, without a clause between.
func (a *article) hangsBy(t *tree, start, end, head int) bool {
	for k := start; k < end; k++ {
		for j, n := k, 0; j >= 0 && n < 4; j, n = t.tokens[j].Head, n+1 {
			if j == head {
				return true
			}
			if t.tokens[j].UPOS == "VERB" {
				break
			}
		}
	}
	return false
}

// tenseAt is the tense of the clause that a word stands in.
func (a *article) tenseAt(t *tree, i int) when.Tense {
	for n := 0; i >= 0 && n < 12; i, n = t.tokens[i].Head, n+1 {
		if t.tokens[i].UPOS != "VERB" {
			continue
		}
		for _, k := range t.kids[i] {
			if t.rel(k) == "aux" && oneOf(t.lower(k), "will would shall 'll") {
				return when.Future
			}
		}
		if oneOf(t.lemma(i), "plan schedule set expect prepare postpone call") || oneOf(t.lower(i), "due") {
			return when.Future
		}
		return when.Past
	}
	return when.Past
}
