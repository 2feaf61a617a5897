package claim

import (
	"slices"
	"strings"

	"newsgraph/schema"
)

// open gives a claim for each subject and argument that no frame has claimed, named by the words.
func (v *view) open(c clause, st status, taken map[[2]int]bool) []candidate {
	if c.subj < 0 {
		return v.subjectless(c, st, taken)
	}
	out := v.together(c, st)
	for _, s := range v.sameSide(v.members(c.subj), c) {
		subj := v.party(s)
		if v.dated[s] {
			continue
		}
		if subj.entity < 0 {
			out = append(out, v.doneBy(c, subj, st, taken)...)
			out = append(out, v.deedOf(c, s, st, taken)...)
			continue
		}
		out = append(out, v.openArgs(c, subj, st, taken)...)
	}
	return out
}

// mutual verbs tell what two do with each other when both are their subject.
var mutual = map[string]bool{"discuss": true, "debate": true, "exchange": true, "negotiate": true, "swap": true, "trade": true}

// together gives (Lukashenko; discuss_partnership_with; Putin) for "the leaders discussed their partnership".
func (v *view) together(c clause, st status) []candidate {
	if !mutual[c.lemma] || c.passive {
		return nil
	}
	var two []party
	for _, k := range v.sameSide(v.members(c.subj), c) {
		if p := v.party(k); p.entity >= 0 && !v.spelt(k) && v.vocabulary.IsA(p.class, "Agent") {
			two = append(two, p)
		}
	}
	if len(two) != 2 || two[0].entity == two[1].entity {
		return nil
	}
	var out []candidate
	for _, a := range c.args {
		if a.rel != "obj" {
			continue
		}
		for _, k := range v.conjuncts(a.head) {
			x := v.openClaim(c, two[0], two[1], snake(c.lemma, v.lemma(k), "with"), v.phrase(c.rel, v.shortSpan(k))+" with", st)
			out = append(out, x)
		}
	}
	return out
}

// doneBy gives a passive whose subject is no entity of the graph to its agent: "his car was pelted by young men".
func (v *view) doneBy(c clause, subj party, st status, taken map[[2]int]bool) []candidate {
	if c.agent < 0 || subj.literal == "" {
		return nil
	}
	var out []candidate
	for _, k := range v.conjuncts(c.agent) {
		if who := v.party(k); who.entity >= 0 && !taken[[2]int{k, subj.head}] {
			out = append(out, v.openClaim(c, who, subj, snake(c.lemma), v.text(c.rel)+" by", st))
		}
	}
	return out
}

// deedNouns name what somebody does; what a deed brings about, the one who did it brings about.
var deedNouns = map[string]bool{
	"decision": true, "move": true, "refusal": true, "failure": true, "order": true, "resignation": true, "departure": true, "death": true, "arrest": true,
	"victory": true, "defeat": true, "attack": true, "speech": true, "remark": true, "comment": true, "statement": true, "visit": true, "announcement": true,
	"election": true, "appointment": true, "dismissal": true, "promise": true, "threat": true, "offer": true, "support": true, "policy": true, "action": true,
	"invasion": true, "withdrawal": true, "testimony": true, "choice": true,
}

// deedOf gives what somebody's deed does to its doer: "Moi's decision split Kanu".
func (v *view) deedOf(c clause, s int, st status, taken map[[2]int]bool) []candidate {
	owner := v.kid(s, "nmod:poss")
	if owner < 0 || !deedNouns[v.lemma(s)] || c.passive || c.cop >= 0 || len(taken) > 0 {
		return nil
	}
	who := v.party(v.antecedent(owner))
	if who.entity < 0 || !v.vocabulary.IsA(who.class, "Agent") {
		return nil
	}
	var out []candidate
	for _, a := range c.args {
		if a.rel != "obj" {
			continue
		}
		for _, k := range v.conjuncts(a.head) {
			if o := v.party(k); o.entity >= 0 && o.entity != who.entity {
				x := v.openClaim(c, who, o, v.openName(c), v.toks[s].Form+" "+v.relationText(c, k), st)
				x.weight = 0.55
				out = append(out, x)
			}
		}
	}
	return out
}

func (v *view) openArgs(c clause, subj party, st status, taken map[[2]int]bool) []candidate {
	if c.cop >= 0 {
		out := v.openCopula(c, subj, st, taken)
		if len(taken) > 0 && len(v.preposition(c.head)) > 0 { // a frame has said it of the whole; whose it is stays
			out = out[:len(out)-1]
		}
		return out
	}
	var out []candidate
	base := v.openName(c)
	object := ""
	if c.agent >= 0 {
		for _, k := range v.conjuncts(c.agent) {
			if !taken[[2]int{k, subj.head}] {
				out = append(out, v.openClaim(c, v.party(k), subj, snake(c.lemma), v.text(c.rel)+" by", st))
			}
		}
	}
	for _, a := range c.args {
		if a.rel != "obj" && a.rel != "iobj" {
			continue
		}
		for _, k := range v.conjuncts(a.head) {
			if !v.pairTaken(taken, subj.head, k) && !v.lightObject(k, taken) {
				out = append(out, v.openClaim(c, subj, v.party(k), base, v.relationText(c, k), st))
			}
			out = append(out, v.lifted(c, subj, k, base, st, taken)...)
		}
		if a.rel == "obj" && v.upos(a.head) == "NOUN" { // a name or a pronoun is no part of a predicate
			object = v.lemma(a.head)
		}
	}
	out = append(out, v.openComplement(c, subj, st)...)
	for _, a := range c.args {
		out = append(out, v.openOblique(c, a, subj, base, object, st, taken)...)
	}
	out = append(out, v.undertakings(c, subj, st)...)
	out = append(out, v.speech(c, subj, st)...)
	if len(out) > 0 || len(taken) > 0 || v.hasContent(c.head) {
		return out
	}
	if c.passive {
		return v.onlyUndergone(c, subj, st)
	}
	if out = v.onlyDated(c, subj, st); len(out) == 0 {
		out = v.onlyCounted(c, subj, st)
	}
	return out
}

// onlyUndergone gives a passive that has nothing else to say ("the vote was postponed") what was done as the state
// of its subject. Who did it is left open, as the article leaves it.
func (v *view) onlyUndergone(c clause, subj party, st status) []candidate {
	if c.agent >= 0 || v.is(c.head, "acl") && !v.is(c.head, "acl:relcl") {
		return nil
	}
	o := party{entity: -1, literal: strings.ToLower(v.toks[c.head].Form), head: c.head}
	if p := v.particle(c.head); p >= 0 {
		o.literal += " " + v.form(p)
	}
	return []candidate{v.openClaim(c, subj, o, "has_status", v.text(c.rel), st)}
}

// onlyCounted gives a clause that has nothing but a number to say of its subject ("At least 23 people were
// killed") that number as its object.
func (v *view) onlyCounted(c clause, subj party, st status) []candidate {
	if subj.head < 0 || subj.head >= v.real || v.upos(c.head) != "VERB" {
		return nil
	}
	q := v.quantities(subj.head)
	if len(q) == 0 || q[0].Unit == "" || q[0].Value == 1 {
		return nil
	}
	o := party{entity: -1, literal: q[0].Text, head: subj.head}
	return []candidate{v.openClaim(c, subj, o, v.openName(c), v.text(c.rel), st)}
}

// hasContent is true of a predicate with a complement clause or a purpose: that says more of it than its date.
func (v *view) hasContent(i int) bool {
	for _, k := range v.all(i, "xcomp", "ccomp", "advcl") {
		if m := v.kid(k, "mark"); !v.is(k, "advcl") || m >= 0 && v.form(m) == "to" {
			return true
		}
	}
	return false
}

// onlyDated gives a clause that has nothing but a time to say of its subject ("was arrested in June") that time as
// its object.
func (v *view) onlyDated(c clause, subj party, st status) []candidate {
	for _, a := range c.args {
		if e, ok := v.timeAt(a.head); ok && !e.Duration() && strings.HasPrefix(a.rel, "obl") {
			o := party{entity: -1, literal: v.text(indexes(e.Start, e.End)), head: a.head}
			return []candidate{v.openClaim(c, subj, o, snake(v.openName(c), strings.TrimSuffix(a.role, "bare")), v.phrase(c.rel, a.prep), st)}
		}
	}
	return nil
}

// openComplement gives what somebody becomes, remains or is made: "became its chief executive", "elected him
// president".
func (v *view) openComplement(c clause, subj party, st status) []candidate {
	for _, a := range c.args {
		if a.rel != "xcomp" || a.role != "comp" {
			continue
		}
		who := subj
		predicate, relation := snake(c.lemma), v.phrase(c.rel, a.prep)
		if o := v.kid(c.head, "obj"); o >= 0 {
			st = v.called(c, st)
			who = v.party(o)
			predicate, relation = snake("be", v.toks[c.head].Form), "was "+v.toks[c.head].Form
			if who.entity < 0 {
				return nil
			}
		}
		if v.adjective(a.head) && (who.head != subj.head || linking[c.lemma]) {
			predicate = "has_status"
		}
		o := party{entity: -1, literal: v.text(v.dropDeterminer(v.span(a.head, func(k int) bool { return v.head(k) == a.head && v.is(k, "case", "mark", "obl", "advcl") }))), head: a.head}
		return []candidate{v.openClaim(c, who, o, predicate, relation, st)}
	}
	return nil
}

// called is the status of what somebody is called: the one who calls him so vouches for it.
func (v *view) called(c clause, st status) status {
	x, ok := v.cues.governs("V", c.lemma, "pred")
	if !ok || x.effect == schema.Asserted {
		return st
	}
	st.flags, st.sources = slices.Clone(st.flags), slices.Clone(st.sources)
	st.flag(x.effect)
	if s := v.source(c.head, x); s != noSource {
		st.sources = append(st.sources, s)
	}
	return st
}

// undertakings gives what somebody offers, plans or tries to do as a claim of its own, with the deed as
// its words: the offer is a fact where the deed is not.
func (v *view) undertakings(c clause, subj party, st status) []candidate {
	cue, ok := v.verbCue(c.head, "xcomp")
	denied := ok && cue.effect == schema.Negated && (cue.source == "subj" || acts[c.lemma] != "")
	if !ok || c.passive || cue.effect == schema.Asserted || cue.effect == schema.Negated && !denied || v.kid(c.head, "obj") >= 0 {
		return nil
	}
	for _, a := range c.args {
		if a.rel != "xcomp" || v.upos(a.head) != "VERB" {
			continue
		}
		var out []candidate
		for _, k := range v.conjuncts(a.head) {
			o := party{entity: -1, literal: v.text(v.deed(k)), head: k}
			x := v.openClaim(c, subj, o, v.act(c.lemma), v.text(c.rel), st)
			x.rule = "undertaking"
			out = append(out, x)
			out = append(out, v.undertaken(c, k, subj, st)...)
		}
		return out
	}
	return nil
}

// undertaken gives (court; refuses; genocide) for "the court refused to add genocide": the act of speech or will is a fact and has
// an object, whatever becomes of the deed. The relation leaves the deed out, which is not a fact.
func (v *view) undertaken(c clause, deed int, subj party, st status) []candidate {
	predicate := v.act(c.lemma)
	against, known := objectOfAct[predicate]
	if !known {
		return nil
	}
	var out []candidate
	for _, a := range v.clause(deed).args {
		if a.rel != "obj" {
			continue
		}
		for _, k := range v.conjuncts(a.head) {
			o := v.party(k)
			if v.upos(k) == "PRON" && o.entity < 0 || v.vocabulary.IsA(o.class, "Agent") && !against {
				continue
			}
			x := v.openClaim(c, subj, o, predicate, v.text(c.rel), st)
			x.rule, x.weight = "undertaking", 0.6
			out = append(out, x)
		}
	}
	return out
}

// objectOfAct are acts whose object may stand for the deed: who refuses to sign a treaty refuses a treaty. True are those that are
// also done to somebody: who threatens to bomb Iran threatens Iran, but who plans to meet the Pope plans no Pope.
var objectOfAct = map[string]bool{
	"refuses": true, "rejects": true, "threatens": true, "promises": false, "offers": false, "proposes": false, "plans": false,
}

// deed is the words of an infinitive or gerund as an object: without what is joined to it or added after a comma or dash.
func (v *view) deed(i int) []int {
	return v.span(i, func(k int) bool {
		if v.head(k) != i {
			return v.is(k, "acl:relcl", "parataxis") && v.commaBefore(k)
		}
		return v.is(k, "conj", "cc", "parataxis", "dep") || v.is(k, "advcl", "obl") && k > i && v.commaBefore(k)
	})
}

// acts maps verbs of speech and will to the canonical predicates for them.
var acts = map[string]string{
	"deny": "denies", "dispute": "disputes", "vow": "promises", "pledge": "promises", "promise": "promises", "swear": "promises", "undertake": "promises",
	"offer": "offers", "plan": "plans", "intend": "plans", "aim": "plans", "want": "wants", "wish": "wants", "seek": "wants", "refuse": "refuses", "decline": "refuses",
	"threaten": "threatens", "propose": "proposes", "announce": "announces", "declare": "declares", "agree": "agrees_to", "admit": "admits", "confess": "admits",
	"acknowledge": "admits", "warn": "warns_of", "demand": "calls_for", "urge": "calls_for", "rule_out": "rejects",
}

// act is the predicate for a verb of speech or will whose object is words: canonical where there is one.
func (v *view) act(lemma string) string {
	if p, ok := acts[lemma]; ok {
		if _, known := v.vocabulary.Predicate(p); known {
			return p
		}
	}
	return snake(lemma)
}

// pairTaken reports whether a frame has claimed this pair or anything below the argument.
func (v *view) pairTaken(taken map[[2]int]bool, s, o int) bool {
	for p := range taken {
		if p[0] == s && (p[1] == o || v.descends(p[1], o)) || p[1] == s && (p[0] == o || v.descends(p[0], o)) {
			return true
		}
	}
	return false
}

// lightObject is true of an object that a frame has read as part of the relation ("take part in").
func (v *view) lightObject(k int, taken map[[2]int]bool) bool {
	if len(taken) == 0 {
		return false
	}
	e := v.actor(k)
	return e < 0 || !v.local(e).Named
}

// openName is the open predicate of a clause: the lemma, with the governing infinitive chain in front
// ("offer_to_restructure") and "be" for a passive.
func (v *view) openName(c clause) string {
	if c.passive {
		return snake("be", v.toks[c.head].Form)
	}
	return snake(c.lemma)
}

func (v *view) openClaim(c clause, s, o party, predicate, relation string, st status) candidate {
	return candidate{subj: s, obj: o, predicate: predicate, relation: relation, head: c.head, status: st, rule: c.rule, weight: 0.7}
}

func (v *view) openOblique(c clause, a argument, subj party, base, object string, st status, taken map[[2]int]bool) []candidate {
	if !strings.HasPrefix(a.rel, "obl") || a.head == c.agent || len(a.prep) == 0 || v.dated[a.head] || v.upos(a.head) == "ADV" {
		return nil
	}
	if requestNouns[v.lemma(a.head)] != "" && v.party(a.head).entity < 0 { // "at the request of France": told by a claim of its own
		return nil
	}
	if isTimeWord(v.lemma(a.head)) || directions[v.lemma(a.head)] && len(v.kids[a.head]) <= len(a.prep)+1 || setPhrase[v.lemma(a.head)] && len(v.kids[a.head]) == len(a.prep) {
		return nil
	}
	if v.isPlace(a.head) && (a.head < c.head || v.kid(c.head, "ccomp") >= 0) {
		return nil // "In Geneva she said": where, not what
	}
	if v.isPlace(a.head) && placePreposition(a.role) {
		if o := v.kid(c.head, "obj"); o >= 0 && v.party(o).entity >= 0 {
			return nil // told by the claim's place
		}
	}
	var out []candidate
	for _, k := range v.conjuncts(a.head) {
		if !v.pairTaken(taken, subj.head, k) {
			if o := v.party(k); object == "" || o.entity >= 0 || o.class == "Value" || len(v.quantities(k)) > 0 {
				out = append(out, v.openClaim(c, subj, o, snake(base, object, a.role), v.relationOblique(c, a), st))
			}
		}
		if object == "" || !isTimeWord(v.lemma(k)) && v.kid(k, "amod") < 0 { // not "lent the money at a bad time for the country"
			out = append(out, v.lifted(c, subj, k, snake(base, object, a.role), st, taken)...)
		}
	}
	return out
}

// directions, and words for not being there, say how and where to, not what.
var directions = map[string]bool{"north": true, "south": true, "east": true, "west": true, "north-east": true, "north-west": true, "south-east": true,
	"south-west": true, "absence": true}

// setPhrase are nouns that make an adverb with a preposition: "in vain", "at gunpoint", "by telephone".
var setPhrase = map[string]bool{
	"vain": true, "gunpoint": true, "knifepoint": true, "telephone": true, "phone": true, "part": true, "general": true, "particular": true, "addition": true,
	"fact": true, "person": true, "private": true, "public": true, "turn": true, "advance": true, "detail": true, "full": true, "return": true, "response": true,
	"example": true, "instance": true, "good": true, "appeal": true, "last": true, "least": true, "first": true, "once": true, "all": true, "contrast": true, "force": true, "place": true,
}

func (v *view) relationOblique(c clause, a argument) string {
	var toks []int
	for _, o := range c.args {
		if o.rel == "obj" && o.head < a.head {
			toks = append(toks, v.shortSpan(o.head)...)
		}
	}
	return v.phrase(c.rel, append(toks, a.prep...))
}

func placePreposition(role string) bool {
	switch role {
	case "in", "at", "near", "outside", "inside", "around", "across", "throughout":
		return true
	}
	return false
}

// lifted gives the claim about the owner of an argument that is no agent itself: who begs for the
// Kremlin's support begs for support of the Kremlin.
func (v *view) lifted(c clause, subj party, k int, base string, st status, taken map[[2]int]bool) []candidate {
	if v.predicate(k) && denying[c.lemma] { // what is denied is the deed
		return nil
	}
	if e := v.actor(k); e >= 0 && (v.local(e).Named || v.vocabulary.IsA(v.local(e).Type, "Agent")) {
		return nil
	}
	return v.owners(c, subj, v.nounSlots(k, 0), snake(base, v.lemma(k)), st, taken, 0)
}

// owners follows "support of", "integration with" from noun to noun until an entity that acts is reached.
func (v *view) owners(c clause, subj party, slots []schema.Slot, base string, st status, taken map[[2]int]bool, depth int) []candidate {
	var out []candidate
	for _, s := range slots {
		role := s.Role
		switch role {
		case "poss", "demonym":
			role = "of"
		case "of", "from", "with", "on", "for", "against", "between", "to", "over", "in", "about", "into":
		default:
			continue
		}
		o := v.party(s.Ref)
		if v.dated[s.Ref] || o.entity == subj.entity && o.entity >= 0 || taken[[2]int{subj.head, s.Ref}] || role == "in" && v.isPlace(s.Ref) {
			continue
		}
		named := o.entity >= 0 && (v.local(o.entity).Named || v.vocabulary.IsA(o.class, "Agent"))
		if !named {
			if depth == 0 {
				out = append(out, v.owners(c, subj, s.Slots, snake(base, role, s.Head), st, taken, 1)...)
			}
			if o.entity < 0 && (depth > 0 || role != "about" && role != "into" && role != "against" && role != "on") {
				continue
			}
		}
		x := v.openClaim(c, subj, o, snake(base, role), v.relationText(c, s.Ref), st)
		x.weight = 0.6 - 0.08*float64(depth)
		out = append(out, x)
	}
	return out
}

// members are the conjuncts of a subject or, of a group that is spelt out ("Three women - A, B and C -
// were"), the names.
func (v *view) members(i int) []int {
	out := v.conjuncts(i)
	if v.upos(i) != "NOUN" {
		return out
	}
	for _, k := range v.all(i, "appos") {
		if names := v.conjuncts(k); len(names) > 1 && v.upos(k) == "PROPN" {
			return names
		}
	}
	return out
}

// openCopula gives the claims of "X is Y": the description itself, and its complement.
func (v *view) openCopula(c clause, subj party, st status, taken map[[2]int]bool) []candidate {
	var out []candidate
	if v.adjective(c.head) {
		for _, a := range v.obliques(c) {
			if len(a.prep) == 0 || v.dated[a.head] {
				continue
			}
			o := v.party(a.head)
			rel := v.phrase(append(slices.Clone(c.rel), c.head), a.prep)
			out = append(out, v.openClaim(c, subj, o, snake("be", v.lemma(c.head), a.role), rel, st))
		}
	}
	out = append(out, v.asWhat(c, subj, st)...)
	if _, ok := v.infinitiveOf(c); ok && v.adjective(c.head) {
		return out // "is ready to help": the help is the claim
	}
	words := v.predicateNominal(c.head)
	o := party{entity: -1, literal: v.text(v.dropDeterminer(words)), head: c.head}
	rel := slices.DeleteFunc(slices.Clone(c.rel), func(k int) bool { return k == c.head || v.is(k, "advmod") && !v.negator(k) })
	x := v.openClaim(c, subj, o, v.describes(subj, c.head), v.text(rel), st)
	if prep := v.preposition(c.head); len(prep) > 0 { // "were at the forefront of"
		x.obj = v.party(c.head)
		if x.obj.entity < 0 {
			x.obj.literal = v.text(v.dropDeterminer(slices.DeleteFunc(slices.Clone(words), func(k int) bool { return slices.Contains(prep, k) })))
		}
		x.predicate = snake("be", v.prepRole(prep))
		x.relation = v.phrase(rel, prep)
		if x.obj.entity < 0 {
			c.rel = append(append(rel, prep...), c.head)
			out = append(out, v.owners(c, subj, v.nounSlots(c.head, 0), snake(x.predicate, v.lemma(c.head)), st, taken, 0)...)
		}
	}
	return append(out, x)
}

// asWhat reads "is important as a buffer zone against the EU": that it is a buffer zone, and against whom.
func (v *view) asWhat(c clause, subj party, st status) []candidate {
	var out []candidate
	for _, a := range v.obliques(c) {
		if a.role != "as" || !v.adjective(c.head) || v.upos(a.head) == "PRON" {
			continue
		}
		what := party{entity: -1, literal: v.text(v.dropDeterminer(v.shortNoun(a.head))), head: a.head}
		for _, to := range v.obliques(c) { // "is important to Russia as a buffer zone"
			if o := v.party(to.head); (to.role == "to" || to.role == "for") && o.entity >= 0 {
				words := v.text(v.shortNoun(a.head))
				out = append(out, v.openClaim(c, subj, o, snake("be", words, to.role), "is "+words+" "+to.role, st))
			}
		}
		out = append(out, v.openClaim(c, subj, what, v.describes(subj, a.head), "is", st))
		for _, s := range v.nounSlots(a.head, 0) {
			o := v.party(s.Ref)
			if o.entity < 0 || s.Role == "poss" || s.Role == "demonym" || s.Role == "compound" || s.Role == "amod" {
				continue
			}
			x := v.openClaim(c, subj, o, snake("be", v.text(v.shortNoun(a.head)), s.Role), "is "+v.text(v.shortNoun(a.head))+" "+strings.ReplaceAll(s.Role, "_", " "), st)
			out = append(out, x)
		}
	}
	return out
}

// describes is the predicate that ties somebody to the word for what he, she or it is.
func (v *view) describes(subj party, i int) string {
	switch {
	case v.adjective(i), v.upos(i) == "ADV":
		return "has_status"
	case v.vocabulary.IsA(subj.class, "Person") && v.vocabulary.InSet("trade", v.lemma(i)):
		return "occupation"
	}
	return "is"
}

// linking verbs say of their subject what it is, becomes or seems.
var linking = map[string]bool{
	"become": true, "remain": true, "stay": true, "seem": true, "appear": true, "look": true, "grow": true, "get": true, "turn": true,
	"prove": true, "sound": true, "feel": true, "fall": true, "go": true,
}

// speech gives the act of saying as a claim of its own, with what is said as its words.
func (v *view) speech(c clause, subj party, st status) []candidate {
	cue, ok := v.cues.speaks(v.lemma(c.head))
	if !ok || c.passive {
		return nil
	}
	for _, a := range c.args {
		if s := v.kid(a.head, "nsubj"); a.rel != "ccomp" || s >= 0 && v.relative(s) { // "a poll that they say was rigged"
			continue
		}
		predicate := v.act(c.lemma)
		if cue.effect == schema.Reported {
			predicate = "says"
		}
		o := party{entity: -1, literal: v.text(v.clauseSpan(a.head)), head: a.head}
		x := v.openClaim(c, subj, o, predicate, v.text(c.rel), st)
		x.rule = "speech"
		x.weight = 0.85
		return append([]candidate{x}, v.speaksOf(subj, a.head, x.relation, c.head, st)...)
	}
	return nil
}

// subjectless reads a transitive clause whose actor the sentence leaves out ("an attempt to deport her
// to Ukraine") as what befalls its object: nobody is made up to have done it.
func (v *view) subjectless(c clause, st status, taken map[[2]int]bool) []candidate {
	obj := -1
	for _, a := range c.args {
		if a.rel == "obj" {
			obj = a.head
		}
	}
	if obj < 0 || c.cop >= 0 || v.upos(c.head) != "VERB" {
		return nil
	}
	subj := v.party(obj)
	if subj.entity < 0 {
		return nil
	}
	var out []candidate
	for _, a := range c.args {
		if strings.HasPrefix(a.rel, "obl") && len(a.prep) > 0 && !v.dated[a.head] {
			for _, k := range v.conjuncts(a.head) {
				if o := v.party(k); o.entity >= 0 && !taken[[2]int{obj, k}] {
					out = append(out, v.openClaim(c, subj, o, snake("be", pastParticiple(v.lemma(c.head)), a.role), v.text(v.order(append(slices.Clone(c.rel), a.prep...))), st))
				}
			}
		}
	}
	return out
}

// pastParticiple forms the regular participle: open predicates only need one name for one thing.
func pastParticiple(lemma string) string {
	switch {
	case strings.HasSuffix(lemma, "e"):
		return lemma + "d"
	case strings.HasSuffix(lemma, "y") && len(lemma) > 1 && !strings.ContainsRune("aeiou", rune(lemma[len(lemma)-2])):
		return lemma[:len(lemma)-1] + "ied"
	}
	return lemma + "ed"
}
