package claim

import (
	"slices"

	"newsgraph/ingest/entity"
	"newsgraph/nlp"
)

// groupNouns name a pair by what its members are: "the two countries", "both leaders". The value is the
// class of the members.
var groupNouns = map[string]string{
	"country": "Country", "nation": "Country", "state": "Country", "neighbour": "Country", "neighbor": "Country", "capital": "Country",
	"leader": "Person", "president": "Person", "minister": "Person", "man": "Person", "woman": "Person", "politician": "Person", "candidate": "Person", "rival": "Person",
	"company": "Organization", "firm": "Organization", "party": "Party", "organisation": "Organization", "organization": "Organization", "bank": "Organization",
}

// addGroups gives "the two countries" its members, the last two named before it, as conjuncts after the sentence's own words: what
// the two do each does, and they do it with each other. So it is with "they" after "Macron and Scholz met", and with "their countries".
func (v *view) addGroups() {
	for i := range v.real {
		members := v.groupMembers(i)
		if len(members) >= 2 {
			v.addMembers(i, members)
		}
		if len(members) == 0 {
			members = v.namedTogether(i)
		}
		if len(members) >= 2 && !v.is(i, "nmod") {
			v.art.together = append(v.art.together, company{v.index, i, members})
		}
	}
}

// company is two or more who were named in one breath.
type company struct {
	sent, tok int
	members   []int
}

// groupMembers are those whom noun or pronoun i means together; nil where it does not mean two or more who are named before it.
func (v *view) groupMembers(i int) []int {
	class, ok := groupNouns[v.lemma(i)]
	switch {
	case ok && v.pair(i):
		if out := v.lastNamed(i, class); len(out) == 2 {
			return out
		}
		if out := v.lastTogether(i, 3); len(out) == 2 && !slices.ContainsFunc(out, func(e int) bool { return !v.vocabulary.IsA(v.local(e).Type, class) }) {
			return out
		}
	case v.theLeaders(i):
		if out := v.holdersOfOffice(); len(out) == 2 {
			return out
		}
	case v.bothOf(i):
		return v.lastTogether(i, 3)
	case v.plural3(i):
		return v.meantByThey(i)
	case ok && class == "Country" && v.toks[i].XPOS == "NNS" && v.kid(i, "conj", "amod", "compound", "nummod") < 0:
		if owner := v.kid(i, "nmod:poss"); owner >= 0 && v.plural3(owner) {
			return v.homelands(v.meantByThey(owner))
		}
	}
	return nil
}

// addMembers hangs tokens for the members on token i.
func (v *view) addMembers(i int, members []int) {
	if len(v.virtual) == 0 {
		v.toks = slices.Clone(v.toks)
	}
	for _, e := range members {
		n := len(v.toks)
		label := v.local(e).Label
		v.toks = append(v.toks, nlp.Token{Form: label, Lemma: label, UPOS: "PROPN", XPOS: "NNP", Head: i, Deprel: "conj"})
		v.kids = append(v.kids, nil)
		v.kids[i] = append(v.kids[i], n)
		v.dated = append(v.dated, false)
		v.virtual = append(v.virtual, e)
	}
}

// bothOf is true of "both sides", "the two sides", "the pair".
func (v *view) bothOf(i int) bool {
	switch v.lemma(i) {
	case "side":
		return v.pair(i)
	case "pair", "duo":
		d := v.kid(i, "det")
		return d >= 0 && v.form(d) == "the" && v.kid(i, "nmod", "conj", "compound", "amod") < 0
	}
	return false
}

// plural3 is true of "they" in any form.
func (v *view) plural3(i int) bool {
	switch v.form(i) {
	case "they", "them", "their":
		return v.upos(i) == "PRON"
	}
	return false
}

// namedTogether are the two or more agents of one kind that a subject joins: "Macron and Scholz met".
func (v *view) namedTogether(i int) []int {
	if !v.nominal(i) || !v.is(i, "nsubj") || v.kid(i, "conj") < 0 {
		return nil
	}
	var out []int
	for _, k := range v.conjuncts(i) {
		e := v.actor(k)
		if e < 0 || !v.local(e).Named || slices.Contains(out, e) || v.person(e) != v.person(v.actor(i)) || !v.vocabulary.IsA(v.local(e).Type, "Agent") {
			return nil
		}
		out = append(out, e)
	}
	if len(out) < 2 || len(out) > 4 {
		return nil
	}
	return out
}

func (v *view) person(e int) bool { return v.vocabulary.IsA(v.local(e).Type, "Person") }

// lastTogether are those last named together before token i, in this sentence or one of the n before it.
func (v *view) lastTogether(i, n int) []int {
	for k := len(v.art.together) - 1; k >= 0; k-- {
		c := v.art.together[k]
		if c.sent < v.index-n {
			return nil
		}
		if c.sent < v.index || c.tok < i {
			return c.members
		}
	}
	return nil
}

// meantByThey are those last named together, where no other plural subject stands between them and the pronoun.
func (v *view) meantByThey(i int) []int {
	members := v.lastTogether(i, 1)
	if members == nil {
		return nil
	}
	c := v.art.together[len(v.art.together)-1]
	if c.sent == v.index && v.form(i) == "them" { // who acts on himself is not "them"
		return nil
	}
	for n := len(v.art.ents.Mentions) - 1; n >= 0; n-- {
		m := &v.art.ents.Mentions[n]
		if m.Sent > v.index || m.Sent == v.index && m.Start >= i {
			continue
		}
		if m.Sent < c.sent || m.Sent == c.sent && m.Start <= c.tok {
			break
		}
		if m.Kind != entity.Pronoun && m.Actor >= 0 && !slices.Contains(members, m.Actor) && v.rivals(m) {
			return nil
		}
	}
	return members
}

// rivals is true of a mention that "they" may mean as well: a plural noun phrase for people, or a body.
func (v *view) rivals(m *entity.Mention) bool {
	l := v.local(m.Actor)
	if l.Plural {
		return l.Type == "" || v.vocabulary.IsA(l.Type, "Agent")
	}
	return v.vocabulary.IsA(l.Type, "Organization") || v.vocabulary.IsA(l.Type, "Group")
}

// homelands are the countries that people are tied to, one each.
func (v *view) homelands(people []int) []int {
	var out []int
	for _, p := range people {
		of := slices.IndexFunc(v.art.ents.Entities, func(l entity.Local) bool {
			return l.Gazetteer && l.ID == v.local(p).Country && v.vocabulary.IsA(l.Type, "Country")
		})
		if of < 0 || slices.Contains(out, of) {
			return nil
		}
		out = append(out, of)
	}
	return out
}

// theLeaders is true of "the leaders", "the presidents" that nothing after them tells apart.
func (v *view) theLeaders(i int) bool {
	if l := v.lemma(i); l != "leader" && l != "president" || v.toks[i].XPOS != "NNS" || v.kid(i, "conj", "nmod", "acl", "amod", "compound", "nummod", "nmod:poss") >= 0 {
		return false
	}
	d := v.kid(i, "det")
	return d >= 0 && v.form(d) == "the"
}

// holdersOfOffice are the people of the article of whom the gazetteer knows that they led a country when it came out.
func (v *view) holdersOfOffice() []int {
	var out []int
	for e := range v.art.ents.Entities {
		l := v.local(e)
		led := func(o entity.Local) bool {
			return o.Gazetteer && o.ID == l.OfficeOf && v.vocabulary.IsA(o.Type, "Country")
		}
		if l.Office != "" && l.Type == "Person" && slices.ContainsFunc(v.art.ents.Entities, led) {
			out = append(out, e)
		}
	}
	return out
}

// spelt is true of a pair whose members are known.
func (v *view) spelt(i int) bool {
	if i < 0 || i >= v.real {
		return false
	}
	return slices.ContainsFunc(v.kids[i], func(k int) bool { return k >= v.real })
}

// pair reports whether noun i stands for two known things: "the two countries", "both leaders".
func (v *view) pair(i int) bool {
	two, definite := false, false
	for _, k := range v.kids[i] {
		switch v.form(k) {
		case "two":
			two = true
		case "both":
			two, definite = true, true
		case "the", "these", "those":
			definite = true
		}
	}
	if a := v.kid(i, "acl"); a >= 0 && !v.is(a, "acl:relcl") || a > i+1 && v.form(i+1) != "," { // "the two men who fled" are known by that
		return false
	}
	return two && definite && v.kid(i, "conj", "nmod") < 0
}

// lastNamed finds the last two different entities of a class that are named before token i of this sentence,
// in this sentence or the two before it; the one named first comes first.
func (v *view) lastNamed(i int, class string) []int {
	var out []int
	for n := len(v.art.ents.Mentions) - 1; n >= 0 && len(out) < 2; n-- {
		m := &v.art.ents.Mentions[n]
		if m.Sent > v.index || m.Sent == v.index && m.Start >= i || m.Sent < v.index-2 {
			continue
		}
		if m.Kind != entity.Name && m.Kind != entity.Pronoun && m.Kind != entity.Demonym || m.Actor < 0 || slices.Contains(out, m.Actor) {
			continue
		}
		if l := v.local(m.Actor); l.Named && v.vocabulary.IsA(l.Type, class) {
			out = append(out, m.Actor)
		}
	}
	slices.Reverse(out)
	return out
}

// eachOther puts the subjects of a clause where it says "each other": "Sudan and Chad accused each other".
func (v *view) eachOther(c clause) clause {
	var args []argument
	found := false
	for _, a := range c.args {
		if f := v.form(a.head); a.head+1 >= v.real || f != "each" && f != "one" || v.form(a.head+1) != "other" && v.form(a.head+1) != "another" {
			args = append(args, a)
			continue
		}
		found = true
		for _, k := range v.subjects(c) {
			b := a
			b.head = k
			args = append(args, b)
		}
	}
	if found {
		c.args = args
	}
	return c
}

// sameGroup is true of a pair and one of its members.
func (v *view) sameGroup(a, b int) bool {
	return a >= v.real && v.head(a) == b || b >= v.real && v.head(b) == a
}
