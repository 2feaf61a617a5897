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

// addGroups gives "the two countries" its members, the last two named before it, as conjuncts after the
// sentence's own words: what the two do each does, and they do it with each other.
func (v *view) addGroups() {
	for i := range v.real {
		class, ok := groupNouns[v.lemma(i)]
		var members []int
		switch {
		case ok && v.pair(i):
			members = v.lastNamed(i, class)
		case v.theLeaders(i):
			members = v.holdersOfOffice()
		}
		if len(members) != 2 {
			continue
		}
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
	return two && definite && v.kid(i, "conj", "nmod", "acl") < 0
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

// sameGroup is true of a pair and one of its members.
func (v *view) sameGroup(a, b int) bool {
	return a >= v.real && v.head(a) == b || b >= v.real && v.head(b) == a
}
