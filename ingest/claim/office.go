package claim

import (
	"slices"
	"strings"

	"newsgraph/schema"
)

// heldAs are verbs that say with "as" what office their subject held until then: to tell of the end is to take the office for granted.
var heldAs = words(`resign quit step_down stand_down step_aside bow_out retire abdicate`)

// holdsAs are verbs that say with "as" what office their subject holds.
var holdsAs = words(`serve work continue remain stay stay_on take_over`)

// lostAs and gainedAs say with "as" what office their object had, or has from now on.
var (
	lostAs   = words(`dismiss sack fire remove oust depose`)
	gainedAs = words(`appoint name swear swear_in inaugurate install elect confirm reappoint reinstate reelect re-elect`)
)

func words(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// asOffice gives (Ferrero; minister_of; Peru) for "Ferrero resigned as Peru's foreign minister" and "As the foreign minister of
// Peru, Ferrero was feared".
func (v *view) asOffice(i int) []candidate {
	g := v.head(i)
	if !v.is(i, "obl") || g < 0 || v.prepRole(v.preposition(i)) != "as" || !v.predicate(g) {
		return nil
	}
	c := v.clause(g)
	who, begins := c.subj, false
	switch {
	case heldAs[c.lemma]:
	case lostAs[c.lemma]:
		who = v.objectOf(c)
	case holdsAs[c.lemma]:
		begins = true
	case gainedAs[c.lemma]:
		who, begins = v.objectOf(c), true
	case v.preposition(i)[0] == 0 && who > i: // "As the former minister, ..."
	default:
		return nil
	}
	if who < 0 {
		return nil
	}
	out := v.role(i, who, v.presupposed(i), "as", 0.8)
	for k := range out {
		if begins { // the office is as sure, and as new, as what the verb says
			x := &out[k]
			x.head, x.noun, x.status, x.rule, x.relation = g, false, v.status(g), c.rule, v.relationText(c, who, x.obj.head)
		}
	}
	return out
}

// counterparts are nouns for who holds elsewhere what somebody holds here.
var counterparts = words(`counterpart colleague`)

// counterpart gives (Mahuad; head_of_state_of; Ecuador) for "Fujimori and his Ecuadorean counterpart, Mahuad": the other one's
// office, of the country that the adjective names.
func (v *view) counterpart(i, who int, st status, rule string, weight float64) []candidate {
	if !counterparts[v.lemma(i)] {
		return nil
	}
	owner, country := -1, -1
	for _, s := range v.nounSlots(i, 0) {
		switch s.Role {
		case "poss", "of":
			owner = v.actor(s.Ref)
		case "demonym":
			country = s.Ref
		}
	}
	if owner < 0 || country < 0 {
		return nil
	}
	slots := []schema.Slot{{Role: "subj", Head: v.lemma(who), Class: "Person", Ref: who}, {Role: "demonym", Head: v.lemma(country), Class: v.class(country), Ref: country}}
	for _, office := range v.offices(owner) {
		for _, m := range v.vocabulary.Match(schema.Clause{Kind: "noun", Lemma: office, Slots: slots}) {
			x := v.nounClaim(i, v.subjectParty(m.X), v.party(m.Y), m.Predicate, "is "+strings.ReplaceAll(office, "_", " ")+" of", rule, weight-0.05)
			x.status = st
			return []candidate{x}
		}
	}
	return nil
}

// offices are the keys under which frames may know what the article calls somebody, the fullest first: "foreign_minister",
// "minister".
func (v *view) offices(e int) []string {
	l := v.local(e)
	var out []string
	for _, text := range append(slices.Clone(l.Roles), l.Office) {
		for f := strings.Fields(strings.ToLower(text)); len(f) > 0; f = f[1:] {
			out = append(out, snake(f...))
		}
	}
	slices.SortStableFunc(out, func(x, y string) int { return strings.Count(y, "_") - strings.Count(x, "_") })
	return out
}

// memberOffice gives (Menem; head_of_state_of; Argentina) for "presidents of several countries, among them Carlos Menem of
// Argentina": each of those named holds what the plural says, of the country said with the name.
func (v *view) memberOffice(k int) []candidate {
	group := v.groupOf(k)
	if group < 0 || v.toks[group].XPOS != "NNS" || v.upos(k) != "PROPN" {
		return nil
	}
	slots := []schema.Slot{{Role: "subj", Head: v.lemma(k), Class: v.class(k), Ref: k}}
	for _, s := range v.nounSlots(k, 0) {
		if s.Role == "of" || s.Role == "poss" {
			slots = append(slots, s)
		}
	}
	if len(slots) < 2 {
		return nil
	}
	for _, m := range v.vocabulary.Match(schema.Clause{Kind: "noun", Lemma: v.lemma(group), Slots: slots}) {
		return []candidate{v.nounClaim(k, v.subjectParty(m.X), v.party(m.Y), m.Predicate, "is "+v.lemma(group)+" of", "member", 0.75)}
	}
	return nil
}

// groupOf is the noun whose members a name is one of ("leaders, including X", "ministers, among them X and Y"), -1 for none.
func (v *view) groupOf(k int) int {
	first := k
	if v.is(k, "conj") {
		first = v.head(k)
	}
	switch v.prepRole(v.preposition(first)) {
	case "including", "such_as", "like":
		if v.is(first, "nmod") {
			return v.head(first)
		}
	}
	start := first
	for start > 0 && v.head(start-1) == first && v.is(start-1, "nmod:desc", "nmod", "amod", "compound", "det") {
		start--
	}
	if start < 3 || v.form(start-1) != "them" || v.form(start-2) != "among" {
		return -1
	}
	for n := start - 3; n >= 0; n-- {
		if v.toks[n].XPOS == "NNS" && v.class(n) != "Country" {
			return n
		}
	}
	return -1
}
