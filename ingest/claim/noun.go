package claim

import (
	"slices"
	"strings"

	"newsgraph/ingest/entity"
	"newsgraph/schema"
)

// ofNouns gives the claims that nouns carry: titles, appositions, copular descriptions, names that an
// unnamed mention stands for, event nouns with their participants, and places inside places.
func (v *view) ofNouns() []candidate {
	var out []candidate
	for i := range v.real {
		if v.nominal(i) && v.dated[i] {
			out = append(out, v.lengthOfOffice(i)...)
		}
		if !v.nominal(i) || v.dated[i] {
			continue
		}
		out = append(out, v.described(i)...)
		out = append(out, v.memberOffice(i)...)
		if v.upos(i) == "NOUN" {
			out = append(out, v.eventNoun(i)...)
			out = append(out, v.relational(i)...)
			out = append(out, v.among(i)...)
		}
		out = append(out, v.ageBehind(i)...)
		out = append(out, v.placeInPlace(i)...)
		out = append(out, v.eventPlace(i)...)
	}
	return out
}

// described gives what noun i says of somebody named elsewhere in its sentence or article.
func (v *view) described(i int) []candidate {
	switch {
	case v.kid(i, "cop") >= 0:
		if len(v.preposition(i)) > 0 {
			return nil
		}
		c := v.clause(i)
		if c.subj < 0 {
			return nil
		}
		return v.role(v.oneOf(i), c.subj, v.status(i), "svo", 0.86)
	case v.is(i, "conj") && v.kid(i, "nsubj") < 0 && v.kid(v.head(i), "cop") >= 0 && v.nominal(v.head(i)): // "was a judge and then head of the court"
		c := v.clause(v.head(i))
		if c.subj < 0 || v.upos(i) != "NOUN" {
			return nil
		}
		return v.role(i, c.subj, v.status(c.head), "svo", 0.8)
	case v.is(i, "xcomp") && v.head(i) >= 0 && v.upos(v.head(i)) == "VERB":
		who, _, _ := v.controller(i, v.head(i), 0)
		if who < 0 {
			return nil
		}
		said := v.called(v.clause(v.head(i)), v.status(v.head(i))) // who calls her a spy says so
		return v.role(i, who, said, "svo", 0.8)
	case v.toks[i].Deprel == "nmod:desc":
		h := v.head(i)
		if m := v.art.ents.Find(v.index, i); m >= 0 && m == v.art.ents.Find(v.index, h) {
			return nil // "Lakshmi" is no title of Mittal
		}
		out := append(v.role(i, h, v.presupposed(h), "title", 0.86), v.officeByTitle(i, h)...)
		return append(out, v.isA(h, i, "title")...)
	case v.is(i, "appos") && v.nominal(v.head(i)):
		return v.appositive(i)
	}
	if out := v.asOffice(i); len(out) > 0 {
		return out
	}
	m := v.art.ents.Find(v.index, i)
	if m < 0 || v.art.ents.Mentions[m].Kind != entity.Nominal || v.art.ents.Mentions[m].Head != i {
		return nil
	}
	if e := v.art.ents.Mentions[m].Entity; e < 0 || !v.local(e).Named {
		return nil
	}
	return v.role(i, i, v.presupposed(i), "nominal", 0.7)
}

// summing are nouns that sum up the clause before them ("accused them of theft, a charge that they deny").
var summing = map[string]bool{
	"charge": true, "claim": true, "allegation": true, "accusation": true, "move": true, "step": true, "decision": true,
	"sign": true, "fact": true, "thing": true, "act": true, "development": true, "assertion": true, "suggestion": true,
	"practice": true, "tactic": true, "gesture": true, "result": true, "feat": true, "first": true, "setback": true,
	"blow": true,
}

func (v *view) appositive(i int) []candidate {
	h := v.head(i)
	if len(v.preposition(i)) > 0 { // "partners, including Turkey"
		return nil
	}
	if d := v.kid(i, "det"); d >= 0 && (v.form(d) == "a" || v.form(d) == "an") && summing[v.lemma(i)] && v.kid(i, "acl") >= 0 {
		return nil
	}
	st := v.presupposed(h)
	for _, k := range v.all(i, "advmod") {
		if c, ok := v.cues.governs("ADV", v.lemma(k), "-"); ok {
			st.flag(c.effect)
		}
	}
	named, desc := h, i
	if v.upos(i) == "PROPN" && v.upos(h) == "NOUN" { // "the opposition leader Svetlana Tikhanovskaya"
		named, desc = i, h
	}
	if v.measure(desc) {
		return v.farFrom(desc, named, st)
	}
	if first := v.span(desc, nil); v.quoteMark(first[0]) || first[0] > 0 && v.quoteMark(first[0]-1) { // "the mayor, "a liar"": what somebody calls him
		return nil
	}
	return append(v.role(v.oneOf(desc), named, st, "appos", 0.84), v.isA(named, desc, "appos")...)
}

// oneOf is what "one of his advisers" says that somebody is: the noun behind, or i itself.
func (v *view) oneOf(i int) int {
	if v.lemma(i) != "one" {
		return i
	}
	for _, k := range v.all(i, "nmod") {
		if v.prepRole(v.preposition(k)) == "of" && v.toks[k].XPOS == "NNS" {
			return k
		}
	}
	return i
}

func (v *view) quoteMark(i int) bool {
	switch v.toks[i].Form {
	case "\"", "“", "‘", "``":
		return true
	}
	return false
}

// among gives (Oxfam; be_among; "aid groups") for "aid groups, among them Oxfam".
func (v *view) among(i int) []candidate {
	group := v.party(i)
	if group.entity < 0 {
		return nil
	}
	var out []candidate
	for _, k := range v.included(i) {
		if who := v.party(k); who.entity >= 0 && v.local(who.entity).Named {
			out = append(out, v.nounClaim(i, who, group, "be_among", "is among", "including", 0.75))
		}
	}
	return out
}

// farFrom gives (Kati; located_near; Bamako) for "Kati, 15 km from Bamako": the distance is among its quantities.
func (v *view) farFrom(i, place int, st status) []candidate {
	e := v.art.ents.At(v.index, place)
	if e < 0 || !v.isPlace(place) {
		return nil
	}
	var out []candidate
	for _, k := range v.all(i, "nmod", "obl") {
		to := v.party(k)
		if role := v.prepRole(v.preposition(k)); role != "from" && role != "of" || to.entity < 0 {
			continue
		}
		x := v.nounClaim(i, party{entity: e, head: place}, to, "located_near", v.text(v.shortSpan(i)), "appos", 0.75)
		x.obj.head, x.status = i, st
		out = append(out, x)
	}
	return out
}

// role matches description i, said of token who, against the noun frames.
func (v *view) role(i, who int, st status, rule string, weight float64) []candidate {
	slots := []schema.Slot{}
	holders := []int{who} // "ministers A and B" are both, "minister A and B" is not
	if v.toks[i].XPOS == "NNS" || v.kid(i, "cop") >= 0 {
		holders = v.conjuncts(who)
	}
	for _, k := range holders {
		if k != i {
			slots = append(slots, schema.Slot{Role: "subj", Head: v.lemma(k), Class: v.class(k), Ref: k})
		}
	}
	if who == i {
		slots = append(slots, schema.Slot{Role: "subj", Head: v.lemma(i), Class: v.class(i), Ref: i})
	}
	slots = append(slots, v.nounSlots(i, 0)...)
	if who != i && v.toks[i].Deprel == "nmod:desc" { // "President Lukashenko of Belarus"
		for _, s := range v.nounSlots(who, 0) {
			if s.Role == "of" || s.Role == "poss" || s.Role == "demonym" || s.Role == "compound" {
				slots = append(slots, s)
			}
		}
	}
	var out []candidate
	for _, lemma := range v.nounLemmas(i) {
		for _, m := range v.vocabulary.Match(schema.Clause{Kind: "noun", Lemma: lemma, Slots: slots}) {
			p, _ := v.vocabulary.Predicate(m.Predicate)
			obj := v.party(m.Y)
			if obj.entity < 0 && v.is(m.Y, "compound", "amod") && !bodies[v.lemma(m.Y)] { // "finance minister": of no country that is named
				continue
			}
			out = append(out, candidate{
				subj: v.subjectParty(m.X), obj: obj, predicate: m.Predicate, event: p.Event,
				relation: v.roleText(i, m.Y), head: i, noun: true, status: st, rule: rule, weight: weight,
			})
		}
		if len(out) > 0 {
			break
		}
	}
	out = append(out, v.counterpart(i, who, st, rule, weight)...)
	if len(out) == 0 && who != i {
		return v.openRole(i, who, st, rule, weight)
	}
	return out
}

// bodies are led without a name: "opposition leader".
var bodies = map[string]bool{
	"opposition": true, "rebel": true, "army": true, "police": true, "union": true, "party": true, "government": true, "parliament": true, "junta": true,
	"militia": true, "guerrilla": true, "military": true, "navy": true,
}

// officeByTitle gives ("Mahinda Rajapaksa"; head_of_state_of; "Sri Lanka") for "President Mahinda Rajapaksa": the words say the
// office, the gazetteer of what country, which the article speaks of.
func (v *view) officeByTitle(i, h int) []candidate {
	e := v.actor(h)
	if e < 0 || v.local(e).Office == "" || !slices.Contains(v.nounLemmas(i), strings.ReplaceAll(v.local(e).Office, " ", "_")) {
		return nil
	}
	of := slices.IndexFunc(v.art.ents.Entities, func(l entity.Local) bool { return l.Gazetteer && l.ID == v.local(e).OfficeOf })
	if of < 0 || slices.ContainsFunc(v.nounSlots(i, 0), func(s schema.Slot) bool { return s.Role != "amod" }) {
		return nil
	}
	const held = -2 // stands for the country, which is no word of the sentence
	for _, lemma := range v.nounLemmas(i) {
		slots := []schema.Slot{{Role: "subj", Head: v.lemma(h), Class: "Person", Ref: h}, {Role: "of", Head: "country", Class: v.local(of).Type, Ref: held}}
		for _, m := range v.vocabulary.Match(schema.Clause{Kind: "noun", Lemma: lemma, Slots: slots}) {
			if m.Y == held {
				x := v.nounClaim(i, party{entity: e, head: h}, party{entity: of, head: i}, m.Predicate, v.text(v.shortNoun(i)), "title", 0.78)
				return []candidate{x}
			}
		}
	}
	return nil
}

// openRole ties somebody to the one whose something he or she is, where no frame knows the noun: "his prime minister".
func (v *view) openRole(i, who int, st status, rule string, weight float64) []candidate {
	subj := v.party(who)
	if subj.entity < 0 || v.measure(i) {
		return nil
	}
	var out []candidate
	for _, s := range v.nounSlots(i, 0) {
		o := v.party(s.Ref)
		role := s.Role
		switch role {
		case "poss", "demonym":
			role = "of"
		case "of", "for", "to":
		default:
			continue
		}
		if o.entity < 0 || o.entity == subj.entity || v.isPlace(s.Ref) && !v.vocabulary.IsA(o.class, "Agent") {
			continue
		}
		words := v.text(v.shortNoun(i))
		if v.negativeDeterminer(i) { // "is no relation of the minister's"
			st.flags = slices.Clone(st.flags)
			st.flag(schema.Negated)
		}
		x := v.nounClaim(i, subj, o, snake("be", words, role), "is "+words+" "+role, rule, weight-0.2)
		x.status = st
		out = append(out, x)
	}
	return out
}

// roleText is "is president of" from a description and what it is of.
func (v *view) roleText(i, of int) string {
	words := v.span(i, func(k int) bool {
		return v.head(k) == i && !v.is(k, "amod", "compound", "nummod") || v.descends(of, k)
	})
	prep := "of"
	if p := v.preposition(of); len(p) > 0 && v.head(of) == i {
		prep = v.text(p)
	}
	copula := "is"
	if k := v.kid(i, "cop"); k >= 0 {
		copula = v.text(v.order(slices.DeleteFunc(v.relation(i), func(j int) bool { return j == i })))
	}
	return copula + " " + v.text(words) + " " + prep
}

// isA gives (name; is; description).
func (v *view) isA(named, desc int, rule string) []candidate {
	subj := v.party(named)
	if subj.entity < 0 || v.upos(desc) == "PROPN" && rule == "appos" || v.age(desc) || v.figure(desc) {
		return nil
	}
	words := v.span(desc, func(k int) bool {
		return v.is(k, "appos", "acl:relcl", "parataxis", "conj", "cc", "punct", "advcl", "case") && v.head(k) == desc || k == named
	})
	for len(words) > 1 && v.upos(words[0]) == "ADV" && v.head(words[0]) == desc { // "then the party's secretary", "together with his wife"
		words = words[1:]
	}
	if len(words) > 1 && v.is(words[0], "nmod:poss") && v.upos(words[0]) == "PRON" { // "its chief executive": whose, another claim tells
		words = words[1:]
	}
	if rule == "title" && honorific[v.form(desc)] || v.measure(desc) {
		return nil
	}
	st := v.presupposed(named)
	if len(words) > 1 && v.form(words[0]) == "no" { // "Washington, itself no party to the statute"
		words = words[1:]
		st.flag(schema.Negated)
	}
	o := party{entity: -1, literal: v.text(v.dropDeterminer(words)), head: desc}
	return []candidate{{
		subj: subj, obj: o, predicate: v.describes(subj, desc), relation: "is " + v.text(v.shortNoun(desc)), head: desc, noun: true, status: st, rule: rule, weight: 0.75,
	}}
}

// figure is true of a number in figures, which describes nobody: "beat Pegula 6-3, 6-4".
func (v *view) figure(i int) bool {
	f := v.form(i)
	return v.upos(i) == "NUM" && f[0] >= '0' && f[0] <= '9'
}

// honorific titles say nothing of what somebody is.
var honorific = map[string]bool{
	"mr": true, "mr.": true, "mrs": true, "mrs.": true, "ms": true, "ms.": true, "miss": true, "sir": true, "madam": true, "mister": true, "mme": true,
}

// measure is true of "15 km" in "Kati, 15 km from the capital", and of an age.
func (v *view) measure(i int) bool {
	k := v.kid(i, "nummod")
	d := v.kid(i, "det")
	return k >= 0 && k < i && (d < 0 || v.form(d) == "some") && v.kid(i, "nmod:poss") < 0 && len(v.form(i)) <= 3
}

// presupposed is the status of what a noun phrase takes for granted: whose voice it stands in, and
// whether the voice doubts it.
func (x *sentence) presupposed(i int) status {
	st := status{}
	for _, k := range x.all(i, "advmod", "amod") {
		if c, ok := x.cues.governs("ADV", x.lemma(k), "-"); ok {
			st.flag(c.effect)
		}
		if c, ok := x.cues.governs("ADJ", x.form(k), "amod"); ok {
			st.flag(c.effect)
		}
	}
	return st
}

// eventNoun matches a noun with its participants ("Russia's invasion of Ukraine", "a loan from Russia to
// Belarus"). What governs the noun may deny, plan or allege it.
func (v *view) eventNoun(i int) []candidate {
	slots := v.nounSlots(i, 0)
	if s, ok := v.takesPart(i, slots); ok {
		slots = append(slots, s)
	}
	if len(slots) < 2 {
		return nil
	}
	var out []candidate
	for _, lemma := range v.nounLemmas(i) {
		for _, m := range v.vocabulary.Match(schema.Clause{Kind: "noun", Lemma: lemma, Slots: slots}) {
			if v.coordinated(m.X, m.Y) {
				continue
			}
			p, _ := v.vocabulary.Predicate(m.Predicate)
			out = append(out, candidate{
				subj: v.subjectParty(m.X), obj: v.party(m.Y), predicate: m.Predicate, event: p.Event, relation: v.text(v.shortNoun(i)),
				head: i, noun: true, status: v.nounStatus(i), rule: "event-noun", weight: 0.65,
			})
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// sharedDeeds are nouns for what the subject of a clause did or went through, where the clause says that it was then: "resigned
// after talks with Kim", "retired after defeats by Holmes".
var sharedDeeds = map[string]bool{"talk": true, "meeting": true, "interview": true, "visit": true, "trip": true, "tour": true, "negotiation": true,
	"conversation": true, "call": true, "speech": true, "defeat": true, "discussion": true, "consultation": true, "audience": true}

// takesPart is the slot of the subject of the clause in which noun i stands after "after", "during" or the like, as the one whose
// deed it is.
func (v *view) takesPart(i int, slots []schema.Slot) (schema.Slot, bool) {
	verb := v.head(i)
	if !sharedDeeds[v.lemma(i)] || verb < 0 || !v.is(i, "obl") || v.upos(verb) != "VERB" {
		return schema.Slot{}, false
	}
	switch v.prepRole(v.preposition(i)) {
	case "after", "during", "following", "in", "at", "on":
	default:
		return schema.Slot{}, false
	}
	for _, s := range slots {
		if s.Role == "poss" || s.Role == "of" || s.Role == "demonym" || s.Role == "between" || s.Role == "by" && v.lemma(i) != "defeat" {
			return schema.Slot{}, false
		}
	}
	s, _, _ := v.subject(verb, 0)
	if s < 0 || !v.vocabulary.IsA(v.class(s), "Agent") {
		return schema.Slot{}, false
	}
	return v.slot("poss", s, 2), true
}

// coordinated is true of two conjuncts of one slot, which cannot be both ends of a claim.
func (v *view) coordinated(a, b int) bool {
	return slices.Contains(v.conjuncts(a), b) || slices.Contains(v.conjuncts(b), a) || v.is(a, "conj") && v.is(b, "conj") && v.head(a) == v.head(b)
}

func (v *view) shortNoun(i int) []int {
	return v.span(i, func(k int) bool { return v.head(k) == i && !v.is(k, "amod", "compound") })
}

// nounStatus judges an event noun by the words that govern it.
func (x *sentence) nounStatus(i int) status {
	st := x.presupposed(i)
	if x.negativeDeterminer(i) {
		st.flag(schema.Negated)
	}
	for j, n := i, 0; n < 4; n++ {
		g := x.head(j)
		if g < 0 {
			break
		}
		slot := x.prepRole(x.preposition(j))
		if x.is(j, "obj", "nsubj:pass") {
			slot = "obj"
		}
		pos := "N"
		if x.upos(g) == "VERB" {
			pos = "V"
		}
		if c, ok := x.cues.governs(pos, x.lemma(g), slot); ok {
			if c.effect == schema.Asserted { // who condemns an invasion takes it for granted
				return st.with(x.enclosing(g, 0).voice())
			}
			st.flag(c.effect)
			if s := x.source(g, c); s != noSource && pos == "V" && (c.effect == schema.Alleged || c.effect == schema.Reported) {
				st.sources = append(st.sources, s)
			}
		}
		if x.predicate(g) {
			return st.with(x.status(g))
		}
		j = g
	}
	return st
}

// placeInPlace gives (Brest; located_in; Belarus) for "Brest, Belarus".
func (v *view) placeInPlace(i int) []candidate {
	if v.upos(i) != "PROPN" || !v.isPlace(i) {
		return nil
	}
	var out []candidate
	for _, k := range v.all(i, "appos", "nmod:unmarked", "nmod:desc", "list", "dep") {
		if !v.isPlace(k) || v.upos(k) != "PROPN" || k < i || k > i+3 {
			continue
		}
		out = append(out, v.insideOf(i, k, 0.85)...)
	}
	return append(out, v.nextPlace(i)...)
}

// insideOf gives (place i; located_in; place k), unless a country or a city would lie in a city.
func (v *view) insideOf(i, k int, weight float64) []candidate {
	inner, outer := v.art.ents.At(v.index, i), v.art.ents.At(v.index, k)
	if inner == outer || v.vocabulary.IsA(v.local(inner).Type, "Country") || v.vocabulary.IsA(v.local(inner).Type, "City") && v.vocabulary.IsA(v.local(outer).Type, "City") {
		return nil
	}
	return []candidate{{
		subj: party{entity: inner, head: i}, obj: party{entity: outer, head: k}, predicate: "located_in", relation: "in",
		head: i, noun: true, rule: "place", weight: weight,
	}}
}

// nextPlace reads "at Uhuru Park in central Nairobi": a named place, and right behind it the one that it lies in, wherever the
// phrase was hung.
func (v *view) nextPlace(i int) []candidate {
	end := i
	for end+1 < v.real && (v.head(end+1) == i && v.is(end+1, "flat", "compound") || v.is(end+1, "flat") && v.upos(end+1) == "PROPN") {
		end++
	}
	in := end + 1
	if in >= v.real || v.form(in) != "in" || !v.is(in, "case") {
		return nil
	}
	k := v.head(in)
	if k <= in || k > in+4 || v.upos(k) != "PROPN" || !v.isPlace(k) {
		return nil
	}
	return v.insideOf(i, k, 0.75)
}

// placeStatus is the status of where an event is: that of the event, but what "did not announce the ceremony in Oslo" denies is not
// where the ceremony is.
func (v *view) placeStatus(i int) status {
	st := v.nounStatus(i)
	if d := v.kid(i, "det"); d >= 0 && v.form(d) == "the" && slices.Contains(st.flags, schema.Negated) {
		return v.presupposed(i)
	}
	return st
}

// eventPlace gives (summit; located_in; Sochi) for "the summit in Sochi".
func (v *view) eventPlace(i int) []candidate {
	e := v.actor(i)
	if e < 0 || !v.vocabulary.IsA(v.local(e).Type, "Event") {
		return nil
	}
	var out []candidate
	for _, k := range v.all(i, "nmod") {
		prep := v.preposition(k)
		if !placePreposition(v.prepRole(prep)) || !v.isPlace(k) {
			continue
		}
		out = append(out, candidate{
			subj: party{entity: e, head: i}, obj: party{entity: v.art.ents.At(v.index, k), head: k}, predicate: "located_in",
			relation: v.text(prep), head: i, noun: true, status: v.placeStatus(i), rule: "place", weight: 0.75,
		})
	}
	return out
}
