package claim

import (
	"slices"
	"strconv"
	"strings"

	"newsgraph/ingest/entity"
	"newsgraph/ingest/when"
)

// relational gives what a noun says by standing beside another: whose forces they are, between whom a treaty is, until
// when an exercise goes on, in what state a vote is, how long somebody has been in power.
func (v *view) relational(i int) []candidate {
	out := v.belongs(i)
	out = append(out, v.parties(i)...)
	out = append(out, v.until(i)...)
	out = append(out, v.capitalName(i)...)
	out = append(out, v.aged(i)...)
	out = append(out, v.undertakes(i)...)
	return append(out, v.state(i)...)
}

// nounClaim is a claim that noun i carries.
func (v *view) nounClaim(i int, subj, obj party, predicate, relation, rule string, weight float64) candidate {
	p, _ := v.vocabulary.Predicate(predicate)
	return candidate{
		subj: subj, obj: obj, predicate: predicate, event: p.Event, relation: relation, head: i, noun: true,
		status: v.presupposed(i), rule: rule, weight: weight,
	}
}

// belongs gives ("Lukashenko's riot police"; belongs_to; Lukashenko): a body or people without a name of its own, and its
// owner.
func (v *view) belongs(i int) []candidate {
	owner := v.kid(i, "nmod:poss")
	if owner < 0 || v.upos(i) != "NOUN" || v.upos(owner) == "PRON" {
		return nil
	}
	whole, whose := v.party(i), v.party(v.antecedent(owner))
	if whole.entity < 0 || whose.entity < 0 || !v.vocabulary.IsA(whose.class, "Agent") {
		return nil
	}
	if !v.vocabulary.IsA(whole.class, "Group") && !v.vocabulary.IsA(whole.class, "Organization") {
		return nil
	}
	return []candidate{v.nounClaim(i, whole, whose, "belongs_to", v.text(v.shortNoun(i))+" of", "possessive", 0.7)}
}

// parties gives (Russia; party_to; "union treaty") for "a union treaty between Russia and Belarus".
func (v *view) parties(i int) []candidate {
	e := v.actor(i)
	if e < 0 || !v.vocabulary.IsA(v.local(e).Type, "Agreement") {
		return nil
	}
	var out []candidate
	for _, k := range v.all(i, "nmod", "obl") {
		if prep := v.prepRole(v.preposition(k)); prep != "between" {
			continue
		}
		for _, m := range v.conjuncts(k) {
			if who := v.party(m); who.entity >= 0 && v.vocabulary.IsA(who.class, "Agent") {
				out = append(out, v.nounClaim(i, who, v.party(i), "party_to", v.text(v.shortNoun(i))+" between", "between", 0.75))
			}
		}
	}
	return out
}

// until gives (drills; lasts; "September 25") for an event with its end.
func (v *view) until(i int) []candidate {
	e := v.actor(i)
	if e < 0 || !v.vocabulary.IsA(v.local(e).Type, "Event") {
		return nil
	}
	for _, x := range v.times {
		lead := v.form(x.Start)
		if x.Duration() || lead != "until" && lead != "till" && lead != "through" {
			continue
		}
		if x.Start == i+1 || slices.ContainsFunc(indexes(x.Start, x.End), func(k int) bool { return v.head(k) == i }) {
			end := party{entity: -1, literal: v.text(indexes(x.Start+1, x.End)), head: x.End - 1}
			c := v.nounClaim(i, v.party(i), end, "lasts", v.form(x.Start), "until", 0.75)
			c.status = v.nounStatus(i)
			t := x.Plain().Resolve(v.art.doc.Published, when.Future)
			t.Text = v.text(indexes(x.Start, x.End))
			c.time = &t
			return []candidate{c}
		}
	}
	return nil
}

// state gives (election; has_status; disputed) for a participle before an event, a document or a body.
func (v *view) state(i int) []candidate {
	thing := v.party(i)
	if thing.entity < 0 || v.upos(i) != "NOUN" {
		return nil
	}
	if c := thing.class; !v.vocabulary.IsA(c, "Event") && !v.vocabulary.IsA(c, "Work") {
		return nil
	}
	var out []candidate
	for _, k := range v.all(i, "amod") {
		if v.toks[k].XPOS != "VBN" && !(v.upos(k) == "ADJ" && strings.HasSuffix(v.form(k), "ed")) || k > i || len(v.kids[k]) > 0 {
			continue
		}
		if _, cue := v.cues.governs("ADJ", v.form(k), "amod"); cue {
			continue
		}
		out = append(out, v.nounClaim(i, thing, party{entity: -1, literal: v.toks[k].Form, head: k}, "has_status", v.toks[k].Form, "state", 0.65))
	}
	return out
}

// capitalName gives (Minsk; capital_of; Belarus) for "the capital Minsk": the words say that it is a capital, the gazetteer of
// which country.
func (v *view) capitalName(i int) []candidate {
	if v.lemma(i) != "capital" {
		return nil
	}
	for _, k := range append([]int{v.head(i)}, v.kids[i]...) {
		if k < 0 || v.upos(k) != "PROPN" || !v.isPlace(k) || !v.is(k, "appos", "nmod:desc", "compound", "flat") && !v.is(i, "appos", "nmod:desc", "compound") {
			continue
		}
		e := v.art.ents.At(v.index, k)
		of := slices.IndexFunc(v.art.ents.Entities, func(l entity.Local) bool { return l.Gazetteer && l.ID == v.local(e).Country })
		if of < 0 || !v.local(e).Gazetteer {
			continue
		}
		return []candidate{v.nounClaim(i, party{entity: e, head: k}, party{entity: of, head: i}, "capital_of", "is capital of", "capital", 0.7)}
	}
	return nil
}

// aged gives (economist; aged; 71) for "the 71-year-old economist".
func (v *view) aged(i int) []candidate {
	who := v.party(i)
	if who.entity < 0 || !v.vocabulary.IsA(who.class, "Person") {
		return nil
	}
	for _, k := range v.all(i, "amod", "compound") {
		if n := v.yearsOld(k); n >= 0 {
			return []candidate{v.nounClaim(i, who, party{entity: -1, literal: v.toks[n].Form, class: "Value", head: k}, "aged", "year-old", "age", 0.8)}
		}
	}
	return nil
}

// ageBehind gives (Hasina; aged; 76) for "Hasina, 76, ...".
func (v *view) ageBehind(i int) []candidate {
	who := v.party(i)
	for k := i + 1; k < v.real && who.entity >= 0 && v.vocabulary.IsA(who.class, "Person"); k++ {
		if v.head(k) == i && v.age(k) {
			return []candidate{v.nounClaim(i, who, party{entity: -1, literal: v.toks[k].Form, class: "Value", head: k}, "aged", v.toks[k].Form, "age", 0.8)}
		}
	}
	return nil
}

// age is true of a number of years that stands between commas behind a name.
func (v *view) age(k int) bool {
	n, err := strconv.Atoi(v.toks[k].Form)
	return err == nil && n > 0 && n < 120 && v.form(k-1) == "," && k+1 < v.real && v.form(k+1) == ","
}

// yearsOld returns the number before "-year-old" that ends at token k, -1 for none.
func (v *view) yearsOld(k int) int {
	if v.form(k) != "old" || k < 4 || v.form(k-2) != "year" || v.upos(k-4) != "NUM" {
		return -1
	}
	return k - 4
}

// resolves maps nouns for what somebody means to do, or not to do, to what he does with it.
var resolves = map[string]string{
	"plan": "plans", "intention": "plans", "promise": "promises", "pledge": "promises", "vow": "promises", "proposal": "proposes", "offer": "offers",
	"threat": "threatens", "refusal": "refuses", "demand": "calls_for", "decision": "decide", "attempt": "attempt", "bid": "attempt", "agreement": "agrees_to",
}

// undertakes gives (Trump; proposes; "to keep Muslims out") for "Trump's proposal to keep Muslims out".
func (v *view) undertakes(i int) []candidate {
	predicate, ok := resolves[v.lemma(i)]
	deed := v.kid(i, "acl")
	if !ok || deed < i || v.kid(deed, "mark") < 0 || v.form(v.kid(deed, "mark")) != "to" || v.kid(i, "cop") >= 0 {
		return nil
	}
	owner := v.kid(i, "nmod:poss")
	for _, k := range v.all(i, "nmod") {
		if owner < 0 && v.prepRole(v.preposition(k)) == "by" {
			owner = k
		}
	}
	if owner < 0 {
		return nil
	}
	who := v.party(v.antecedent(owner))
	if who.entity < 0 || !v.vocabulary.IsA(who.class, "Agent") {
		return nil
	}
	o := party{entity: -1, literal: v.text(v.deed(deed)), head: deed}
	x := v.nounClaim(i, who, o, predicate, v.text(v.shortNoun(i)), "undertaking", 0.65)
	x.status = v.nounStatus(i)
	return []candidate{x}
}

// lengthOfOffice gives (Lukashenko; in_power_since; "26 years") for "his 26 years in power".
func (v *view) lengthOfOffice(i int) []candidate {
	x, ok := v.timeAt(i)
	owner := v.kid(i, "nmod:poss")
	if !ok || !x.Duration() || owner < 0 {
		return nil
	}
	held := v.all(i, "nmod")
	if i+2 < v.real && v.form(i+1) == "in" && v.upos(i+2) == "NOUN" && v.head(i+1) == i+2 {
		held = append(held, i+2) // wherever the phrase was hung
	}
	for _, k := range held {
		who := v.party(v.antecedent(owner))
		if who.entity < 0 || v.prepRole(v.preposition(k)) != "in" {
			continue
		}
		predicate := snake("be", "in", v.lemma(k))
		if v.lemma(k) == "power" || v.lemma(k) == "office" {
			predicate = "in_power_since"
		}
		return []candidate{v.nounClaim(i, who, party{entity: -1, literal: v.text(indexes(x.Start, x.End)), head: i}, predicate, "in "+v.toks[k].Form+" for", "possessive", 0.7)}
	}
	return nil
}

// requestNouns say that somebody asked for what a clause tells ("set up a force at his request"), and how.
var requestNouns = map[string]string{
	"request": "requests", "behest": "requests", "urging": "requests", "insistence": "requests", "order": "orders", "instruction": "orders",
	"command": "orders", "invitation": "invites",
}

// atRequest gives (Lukashenko; requests; force) for "set up a force at Lukashenko's request": who asked for a deed asked for its
// object, and who invited or ordered somebody did so to its subject.
func (v *view) atRequest(c clause, st status) []candidate {
	var out []candidate
	for _, a := range c.args {
		predicate, ok := requestNouns[v.lemma(a.head)]
		if !ok || !strings.HasPrefix(a.rel, "obl") || a.role != "at" && a.role != "on" && a.role != "under" && a.role != "by" {
			continue
		}
		target := c.subj
		if o := v.objectOf(c); predicate == "requests" && o >= 0 {
			target = o
		}
		if target < 0 {
			continue
		}
		for _, s := range v.nounSlots(a.head, 0) {
			who, what := v.party(s.Ref), v.party(target)
			if s.Role != "poss" && s.Role != "of" || who.entity < 0 || what.entity < 0 || who.entity == what.entity || !v.vocabulary.IsA(who.class, "Agent") {
				continue
			}
			p, _ := v.vocabulary.Predicate(predicate)
			out = append(out, candidate{
				subj: who, obj: what, predicate: predicate, event: p.Event, relation: v.text(append(slices.Clone(a.prep), a.head)) + " of",
				head: c.head, status: st, rule: "request", weight: 0.75,
			})
		}
	}
	return out
}

// objectOf is the head of a clause's object, of a passive its subject; -1 for none.
func (v *view) objectOf(c clause) int {
	if c.passive {
		return c.subj
	}
	for _, a := range c.args {
		if a.rel == "obj" {
			return a.head
		}
	}
	return -1
}

// speaksOf gives (Putin; speaks_of; Lukashenko) for what somebody says of somebody else: the subject of what is said.
func (v *view) speaksOf(subj party, content int, relation string, head int, st status) []candidate {
	s, _, _ := v.subject(content, 0)
	for inner := content; s >= 0 && v.party(s).entity < 0; s, _, _ = v.subject(inner, 0) { // "we have to show that he ..."
		if inner = v.kid(inner, "ccomp", "xcomp"); inner < 0 {
			return nil
		}
	}
	if s < 0 || !v.vocabulary.IsA(subj.class, "Agent") {
		return nil
	}
	var out []candidate
	for _, k := range v.conjuncts(s) {
		about := v.party(k)
		if v.upos(k) == "PRON" { // whom a pronoun means is too often wrong to tell twice
			continue
		}
		if about.entity < 0 || about.entity == subj.entity || !v.local(about.entity).Named || v.vocabulary.IsA(about.class, "Place") && !v.vocabulary.IsA(about.class, "Agent") {
			continue
		}
		out = append(out, candidate{
			subj: subj, obj: about, predicate: "speaks_of", relation: relation, head: head, status: st, rule: "speech-about", weight: 0.7,
		})
	}
	return out
}
