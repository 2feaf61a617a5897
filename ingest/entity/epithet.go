package entity

import "slices"

// epithet tells whether a mention is a noun phrase that stands for somebody known without saying who: "the 41-year-old", "the
// former metalworker". It has the definite article, no owner and nothing after it that tells whose or which.
func (a *article) epithet(i int) bool {
	r := &a.refs[i]
	if r.Kind != Nominal || r.article != 'd' || r.number != 's' || r.class != "Person" || r.owner >= 0 || r.country != "" || r.waits {
		return false
	}
	t := &a.trees[r.Sent]
	if len(a.group(i).refs) > 1 || a.group(i).named || a.predicate(i) || t.rel(r.Head) == "appos" || t.rel(r.Head) == "xcomp" {
		return false
	}
	for _, k := range t.kids[r.Head] {
		if rel := t.rel(k); k > r.Head && (rel == "nmod" || rel == "acl" || rel == "appos" || rel == "conj") {
			return false
		}
	}
	return yearsOld(t, r.Head) || oneOf(r.head, epithets) || hasMod(r.mods, "former veteran embattled outgoing late disgraced")
}

// epithets are nouns by which news speaks of somebody again, for style.
const epithets = "politician businessman businesswoman billionaire millionaire tycoon magnate oligarch industrialist entrepreneur banker financier economist " +
	"lawyer academic writer novelist author poet singer actor actress musician footballer striker boxer athlete champion veteran statesman strongman " +
	"autocrat dictator populist firebrand reformer conservative liberal socialist centrist lawmaker mogul activist dissident campaigner fugitive outsider incumbent"

// hasMod tells whether one of the modifiers is in a list of words with blanks between.
func hasMod(mods []string, list string) bool {
	return slices.ContainsFunc(mods, func(m string) bool { return oneOf(m, list) })
}

// farEpithet is the reach of epithets in sentences.
const farEpithet = 6

// spokenOf is whom epithet i most likely means, of the people with names before it; -1 for none.
func (a *article) spokenOf(i int) int {
	r := &a.refs[i]
	best, top := -1, 0
	for j, n := i-1, 0; j >= 0 && n < mostSeen && r.Sent-a.refs[j].Sent <= farEpithet; j, n = j-1, n+1 {
		g := a.group(j)
		if !g.named || g.class != "Person" || g.number == 'p' || hasGender(r.gender) && hasGender(g.gender) && r.gender != g.gender || a.barred(i, j) {
			continue
		}
		if p := a.salience(i, j); best < 0 || p > top {
			best, top = j, p
		}
	}
	return best
}
