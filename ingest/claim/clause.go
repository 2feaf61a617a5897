package claim

import (
	"slices"
	"strings"
)

// clause is a predicate with its subject and arguments, after what the tree leaves implicit has been
// put in: subjects of infinitives, participles and conjuncts, antecedents of relative pronouns.
type clause struct {
	head    int    // the predicate: a verb, or a nominal or adjective with a copula
	cop     int    // the copula, -1 for verbs
	lemma   string // with its particle: "set_up"
	rel     []int  // auxiliaries, negation, copula, verb and particle, in order
	subj    int    // head of the subject, -1 for none
	passive bool   // subj undergoes what the verb says
	agent   int    // of a passive, -1 for none
	args    []argument
	rule    string // the construction that gave the subject: "svo", "conj", "relcl", ...
}

// argument is one dependent of a predicate that fills a slot.
type argument struct {
	head int
	role string // "obj", "iobj", "comp" (predicative), "clause", "adv", or a preposition ("to", "out_of")
	prep []int  // the words of the preposition or marker
	rel  string // the relation in the tree
}

// clauses lists the clauses of a sentence in order of their predicates.
func (t *tree) clauses() []clause {
	var out []clause
	for i := range t.toks {
		if t.predicate(i) {
			out = append(out, t.clause(i))
		}
	}
	return out
}

// predicate reports whether i heads a clause: a verb that is no mere modifier or auxiliary, or a word
// with a copula.
func (t *tree) predicate(i int) bool {
	if t.kid(i, "cop") >= 0 {
		return true
	}
	if t.is(i, "reparandum", "goeswith", "case", "fixed", "flat", "mark", "discourse") || t.according(i) {
		return false
	}
	if t.upos(i) == "AUX" && !t.is(i, "aux", "cop") {
		return t.kid(i, "nsubj", "obj", "ccomp") >= 0
	}
	if t.upos(i) != "VERB" {
		return false
	}
	return !t.is(i, "amod", "compound", "aux", "cop", "det", "case", "nmod")
}

func (t *tree) clause(i int) clause {
	c := clause{head: i, cop: t.kid(i, "cop"), subj: -1, agent: -1, lemma: t.lemma(i)}
	if p := t.particle(i); p >= 0 {
		c.lemma += "_" + t.lemma(p)
	}
	c.rel = t.relation(i)
	c.subj, c.passive, c.rule = t.subject(i, 0)
	c.args = t.arguments(i, c)
	switch a := t.kid(i, "obl:agent"); {
	case a >= 0 && (c.passive || c.subj < 0):
		c.agent = a
	case a >= 0: // "has stood by him" is no passive
		prep := t.preposition(a)
		c.args = append(c.args, argument{head: t.antecedent(a), role: t.prepRole(prep), prep: prep, rel: "obl"})
	case c.passive:
		c.agent = t.byAgent(i)
	}
	return c
}

// particles are adverbs that make a verb of its own with the verb that they stand behind.
var particles = map[string]bool{"back": true, "away": true, "off": true, "out": true, "up": true, "down": true, "apart": true, "aside": true, "over": true}

// particle is the particle of verb i, -1 for none; parsers have that of "roll back the tax" as an adverb.
func (t *tree) particle(i int) int {
	if p := t.kid(i, "compound:prt"); p >= 0 {
		return p
	}
	if k := i + 1; k < len(t.toks) && t.head(k) == i && t.is(k, "advmod") && particles[t.form(k)] {
		return k
	}
	return -1
}

// byAgent finds the agent of a passive whose "by" phrase the parser took for a plain oblique.
func (t *tree) byAgent(i int) int {
	for _, k := range t.all(i, "obl") {
		if c := t.kid(k, "case"); c >= 0 && t.lemma(c) == "by" && t.nominal(k) && !isTimeWord(t.lemma(k)) {
			return k
		}
	}
	return -1
}

// relation collects auxiliaries, negation, copula, verb and particle.
func (t *tree) relation(i int) []int {
	out := []int{}
	particle := t.particle(i)
	for _, k := range t.kids[i] {
		switch {
		case t.is(k, "aux", "cop", "compound:prt"), t.negator(k), k == particle:
			out = append(out, k)
		case t.is(k, "mark") && t.form(k) == "to" && k > 0 && t.lemma(k-1) == "be" && t.head(k-1) == i: // "is to be replaced"
			out = append(out, k)
		}
	}
	if t.kid(i, "cop") < 0 || !t.nominal(i) {
		out = append(out, i)
	}
	out = append(out, t.innerAdverbs(i, out)...)
	if t.kid(i, "aux", "cop") < 0 { // "and would help": the conjunct shares the auxiliaries
		out = append(out, t.sharedAux(i)...)
	}
	slices.Sort(out)
	return out
}

// innerAdverbs are the adverbs that stand among the words of the verb phrase: "have sharply improved".
func (t *tree) innerAdverbs(i int, phrase []int) []int {
	var out []int
	for j := i - 1; j >= 0; j-- {
		switch {
		case slices.Contains(phrase, j):
		case t.is(j, "advmod") && t.head(j) == i && t.toks[j].XPOS == "RB":
			out = append(out, j)
		default:
			return out
		}
	}
	return out
}

// sharedAux returns the auxiliaries that a bare conjunct takes from the first verb.
func (t *tree) sharedAux(i int) []int {
	h := t.head(i)
	if !t.is(i, "conj") || h < 0 || t.kid(i, "nsubj", "csubj") >= 0 || t.toks[h].XPOS != t.toks[i].XPOS {
		return nil
	}
	if x := t.toks[i].XPOS; x != "VB" && x != "VBN" && x != "VBG" {
		return nil
	}
	var out []int
	for _, k := range t.kids[h] {
		if t.is(k, "aux") || t.negator(k) {
			out = append(out, k)
		}
	}
	return out
}

func (t *tree) negator(i int) bool {
	switch t.form(i) {
	case "not", "n't", "n’t", "never", "nt":
		return t.is(i, "advmod", "neg", "det")
	}
	return false
}

// relative reports whether i is a relative pronoun.
func (t *tree) relative(i int) bool {
	if t.is(i, "mark") {
		return false
	}
	switch t.toks[i].XPOS {
	case "WP", "WDT", "WP$":
	default:
		h := t.head(i)
		return t.form(i) == "that" && t.upos(i) == "PRON" && h > i && (t.is(h, "acl:relcl") || strings.Contains(t.toks[i].Feats, "PronType=Rel"))
	}
	return true
}

func (t *tree) reflexive(i int) bool {
	return t.upos(i) == "PRON" && (strings.HasSuffix(t.form(i), "self") || strings.HasSuffix(t.form(i), "selves"))
}

// antecedent resolves a relative pronoun to the noun whose relative clause it stands in; any other
// word stays.
func (t *tree) antecedent(i int) int {
	if i < 0 || !t.relative(i) {
		return i
	}
	for j, n := t.head(i), 0; j >= 0 && n < 6; j, n = t.head(j), n+1 {
		if t.is(j, "acl:relcl") && t.head(j) >= 0 {
			return t.head(j)
		}
	}
	return i
}

// subjectControl holds verbs whose infinitive's subject is their own subject even when they have an object.
var subjectControl = map[string]bool{"promise": true, "vow": true, "pledge": true, "threaten": true, "offer": true, "use": true, "take": true, "need": true, "spend": true,
	"telephone": true, "phone": true, "ring": true, "visit": true, "meet": true, "contact": true, "email": true, "join": true, "leave": true,
	"cross": true, "quit": true, "enter": true, "borrow": true, "raise": true, "earn": true, "travel": true}

// sendVerbs set their object to do what the infinitive after it says.
var sendVerbs = map[string]bool{
	"send": true, "dispatch": true, "deploy": true, "nominate": true, "appoint": true, "hire": true, "name": true, "elect": true, "train": true,
	"assign": true, "commission": true, "bring": true, "recruit": true, "pick": true, "choose": true, "urge": true, "order": true, "summon": true,
}

// lightVerbs let the infinitive of their object noun take their own subject ("has plans to leave").
var lightVerbs = map[string]bool{
	"have": true, "make": true, "take": true, "launch": true, "announce": true, "unveil": true, "reveal": true, "drop": true,
	"abandon": true, "express": true, "declare": true, "lose": true, "lack": true, "seek": true, "win": true, "get": true,
	"show": true, "keep": true, "reiterate": true, "renew": true, "miss": true, "sign": true, "outline": true, "begin": true, "step_up": true,
	"reach": true, "strike": true, "enter": true, "conclude": true, "seal": true, "ink": true, "finalise": true, "finalize": true, "mount": true,
	"continue": true, "resume": true, "start": true, "intensify": true, "earn": true, "gain": true, "secure": true, "obtain": true, "receive": true,
	"need": true, "repeat": true, "retain": true, "reserve": true, "exercise": true, "honour": true, "honor": true, "break": true, "fulfil": true, "fulfill": true,
	"voice": true, "issue": true, "shelve": true, "scrap": true, "cancel": true, "devise": true, "hatch": true, "draw_up": true, "submit": true, "embark": true,
}

// subject finds the subject of predicate i: its own, or the one that the construction implies.
// passive says that it undergoes what the verb says; the rule names the construction. -1 means none.
func (t *tree) subject(i, depth int) (subj int, passive bool, rule string) {
	if depth > 8 {
		return -1, false, ""
	}
	for _, k := range t.kids[i] {
		if t.is(k, "nsubj", "csubj") && t.toks[k].Deprel != "nsubj:outer" {
			rule = "svo"
			passive := strings.HasSuffix(t.toks[k].Deprel, ":pass") || t.passiveVoice(i)
			if a := t.antecedent(k); a != k {
				return a, passive, "relcl"
			}
			return k, passive, rule
		}
	}
	g := t.head(i)
	if g < 0 {
		return -1, t.kid(i, "aux:pass") >= 0, ""
	}
	return t.implied(i, g, depth)
}

// passiveVoice is true of a past participle with a form of "be" or "get" and without an object of its own.
func (t *tree) passiveVoice(i int) bool {
	if t.toks[i].XPOS != "VBN" || t.kid(i, "obj") >= 0 {
		return false
	}
	for _, k := range t.all(i, "aux") {
		if l := t.lemma(k); l == "be" || l == "get" {
			return true
		}
	}
	return false
}

func (t *tree) implied(i, g, depth int) (int, bool, string) {
	pass := t.kid(i, "aux:pass") >= 0
	participle := t.toks[i].XPOS == "VBN" && t.kid(i, "aux") < 0
	switch {
	case t.is(i, "conj"):
		s, p, _ := t.subject(g, depth+1)
		if t.upos(i) == "VERB" && t.upos(g) == "VERB" {
			p = pass || p && t.toks[i].XPOS == "VBN" && len(t.all(i, "aux")) == 0
		}
		return s, p, "conj"
	case t.is(i, "xcomp"):
		s, _, _ := t.controller(i, g, depth)
		return s, pass || participle && t.kid(i, "mark") < 0, "xcomp"
	case t.is(i, "advcl"):
		s, _, _ := t.controllerOfAdverbial(i, g, depth)
		return s, pass || participle, "advcl"
	case t.is(i, "acl:relcl"):
		if t.bareRelative(i) {
			return g, pass || participle, "relcl"
		}
		return -1, pass, ""
	case t.is(i, "acl"):
		return t.nounSubject(i, g, pass || participle, depth)
	case t.is(i, "ccomp") && !t.finite(i) && t.toks[i].XPOS != "VB": // "showed a woman being led away"
		s, _, _ := t.controller(i, g, depth)
		return s, pass || participle, "xcomp"
	case t.is(i, "ccomp", "csubj") && !t.finite(i):
		s, _, _ := t.subject(g, depth+1)
		return s, pass, "xcomp"
	}
	return -1, pass, ""
}

// bareRelative is true of a relative clause that has no relative pronoun in another slot.
func (t *tree) bareRelative(i int) bool {
	for _, k := range t.kids[i] {
		if t.relative(k) || t.whose(k) {
			return false
		}
	}
	return true
}

// whose is true of a noun that belongs to what a relative clause describes: "a dam whose collapse killed 41".
func (t *tree) whose(i int) bool {
	k := t.kid(i, "nmod:poss")
	return k >= 0 && t.toks[k].XPOS == "WP$"
}

// controller finds the subject of an infinitive complement: the governor's object, else its subject.
func (t *tree) controller(i, g, depth int) (int, bool, string) {
	if o := t.kid(g, "obj", "iobj"); o >= 0 && o < i && t.nominal(o) && !subjectControl[t.lemma(g)] {
		return t.antecedent(o), false, "xcomp"
	}
	if o := t.calledOn(g); o >= 0 && o < i {
		return t.antecedent(o), false, "xcomp"
	}
	return t.subject(g, depth+1)
}

// giveVerbs let whom they give time, leave or power do what the infinitive says.
var giveVerbs = map[string]bool{
	"give": true, "grant": true, "offer": true, "allow": true, "hand": true, "award": true, "buy": true, "deny": true, "refuse": true,
}

// recipient is whom verb g gives something before word i, -1 for none: its indirect object, or the first of two objects.
func (t *tree) recipient(g, i int) int {
	if !giveVerbs[t.lemma(g)] {
		return -1
	}
	if o := t.kid(g, "iobj"); o >= 0 && o < i {
		return o
	}
	if o := t.all(g, "obj"); len(o) > 1 && o[1] <= i {
		return o[0]
	}
	return -1
}

// calledOn is whom a verb asks for what its infinitive says ("calling on officials to stay"), -1 for nobody.
func (t *tree) calledOn(g int) int {
	for _, k := range t.all(g, "obl") {
		switch p := t.kid(k, "case"); {
		case p < 0 || !t.nominal(k):
		case callVerbs[t.lemma(g)+" "+t.form(p)]:
			return k
		}
	}
	return -1
}

// callVerbs ask somebody, named after a preposition, to do what their infinitive says.
var callVerbs = map[string]bool{"call on": true, "call upon": true, "appeal to": true, "plead with": true, "rely on": true, "count on": true,
	"depend on": true, "look to": true, "wait for": true, "shout to": true, "signal to": true, "prevail on": true, "pray to": true}

// controllerOfAdverbial finds the subject of a participle or infinitive that modifies clause g; after
// "accuse X of", "stop X from", "force X into" it is the object, or the subject of their passives.
func (t *tree) controllerOfAdverbial(i, g, depth int) (int, bool, string) {
	s, passive, rule := t.subject(g, depth+1)
	if m := t.kid(i, "mark", "case"); m >= 0 && !(passive && s >= 0) {
		switch t.form(m) {
		case "as":
			if o := t.kid(g, "obj"); o >= 0 && quotes(t.lemma(g)) {
				return t.antecedent(o), false, "advcl"
			}
		case "of", "from", "into", "for": // "accuse X of", "stop X from", "force X into", "condemn X for"
			if o := t.kid(g, "obj"); o >= 0 {
				return t.antecedent(o), false, "advcl"
			}
		case "to":
			if o := t.kid(g, "obj"); o >= 0 && o < i && sendVerbs[t.lemma(g)] {
				return t.antecedent(o), false, "advcl"
			}
			if o := t.calledOn(g); o >= 0 && o < i {
				return t.antecedent(o), false, "advcl"
			}
			if o := t.recipient(g, i); o >= 0 {
				return t.antecedent(o), false, "advcl"
			}
		}
	}
	if s < 0 && t.toks[i].XPOS == "VBG" { // "fended off an attempt to deport her by tearing up her passport"
		for j := t.head(g); j >= 0 && depth < 8; j, depth = t.head(j), depth+1 {
			if t.predicate(j) {
				return t.subject(j, depth+1)
			}
		}
	}
	return s, passive, rule
}

// nounSubject finds the subject of a clause that modifies noun g: the noun itself for participles; for
// an infinitive the noun's owner, or the subject of the light verb that governs the noun.
func (t *tree) nounSubject(i, g int, passive bool, depth int) (int, bool, string) {
	if m := t.kid(i, "mark"); m >= 0 && (t.form(m) == "to" || t.form(m) == "of" || t.form(m) == "for") {
		if t.kid(i, "aux:pass") >= 0 { // "the firm, to be called Arcelor Mittal"
			return g, true, "acl"
		}
		if p := t.kid(g, "nmod:poss"); p >= 0 {
			return t.antecedent(p), t.kid(i, "aux:pass") >= 0, "acl"
		}
		if t.kid(g, "cop") >= 0 { // "is in a position to speak", "is the man to ask"
			s, _, _ := t.subject(g, depth+1)
			return s, t.kid(i, "aux:pass") >= 0, "acl"
		}
		if v := t.head(g); v >= 0 && t.is(g, "obj") {
			if o := t.recipient(v, g); o >= 0 {
				return t.antecedent(o), t.kid(i, "aux:pass") >= 0, "acl"
			}
		}
		if v := t.head(g); v >= 0 && lightVerbs[t.lemma(v)] && (t.is(g, "obj") || t.is(g, "obl") && v < g && t.entered(g)) {
			s, _, _ := t.subject(v, depth+1)
			return s, t.kid(i, "aux:pass") >= 0, "acl"
		}
		return -1, t.kid(i, "aux:pass") >= 0, ""
	}
	return g, passive, "acl"
}

// entered is true of "entered into an agreement", "embarked on a campaign".
func (t *tree) entered(g int) bool {
	p := t.preposition(g)
	return len(p) > 0 && (t.form(p[0]) == "into" || t.form(p[0]) == "on")
}

// arguments collects what fills the slots of predicate i besides its subject.
func (t *tree) arguments(i int, c clause) []argument {
	var out []argument
	for _, k := range t.kids[i] {
		if a, ok := t.argument(k); ok {
			out = append(out, a)
		}
	}
	if a, ok := t.where(i); ok {
		out = append(out, a)
	}
	if t.upos(i) == "VERB" && t.kid(i, "obj", "ccomp", "xcomp") < 0 {
		if o := t.gap(i, c); o >= 0 {
			out = append(out, argument{head: o, role: "obj", rel: "obj"})
		} else if o := t.sharedObject(i); o >= 0 {
			out = append(out, argument{head: o, role: "obj", rel: "obj"})
		}
	}
	return out
}

// where finds the place of a relative clause with "where" ("Mullaitivu, where their leader is believed to hide"), also for
// the infinitive at its end.
func (t *tree) where(i int) (argument, bool) {
	if t.kid(i, "xcomp") >= 0 || t.upos(i) != "VERB" {
		return argument{}, false
	}
	for j, n := i, 0; j >= 0 && n < 4; j, n = t.head(j), n+1 {
		for _, k := range t.all(j, "advmod") {
			if t.form(k) == "where" && k < i {
				if a := t.clauseNoun(j); a >= 0 {
					return argument{head: a, role: "in", prep: []int{k}, rel: "obl"}, true
				}
			}
		}
		if !t.is(j, "xcomp") && !(t.is(j, "conj") && t.upos(j) == "VERB") {
			break
		}
	}
	return argument{}, false
}

// clauseNoun is the noun that a relative clause, or the one that i is joined to, describes; -1 for none.
func (t *tree) clauseNoun(i int) int {
	for j, n := i, 0; j >= 0 && n < 6; j, n = t.head(j), n+1 {
		if t.is(j, "acl:relcl", "advcl:relcl") {
			if h := t.head(j); h >= 0 && t.nominal(h) && h < i {
				return h
			}
		}
	}
	return -1
}

func (t *tree) argument(k int) (argument, bool) {
	a := argument{head: k, rel: t.toks[k].Deprel}
	switch {
	case a.rel == "obl:agent", t.according(k):
		return a, false
	case t.is(k, "obj", "iobj"):
		a.role = t.base(k)
		if t.reflexive(k) || t.relative(k) && t.kid(t.head(k), "ccomp") >= 0 {
			return a, false // "which he says he won": the gap is the inner verb's
		}
	case t.is(k, "obl", "nmod"):
		a.prep = t.preposition(k)
		a.role = t.prepRole(a.prep)
	case t.is(k, "xcomp"):
		a.role = "comp"
		if t.predicate(k) || t.upos(k) == "VERB" {
			a.role = "clause"
		}
		a.prep = t.markers(k)
	case t.is(k, "ccomp", "advcl"):
		a.role, a.prep = "clause", t.markers(k)
	case t.is(k, "advmod"):
		a.role = "adv"
	default:
		return a, false
	}
	if r := t.antecedent(k); r != k {
		a.head = r
	}
	if c := t.deniedClause(k); c >= 0 {
		a.head = c
	}
	return a, true
}

// denying verbs answer a charge.
var denying = map[string]bool{"deny": true, "dispute": true, "reject": true, "admit": true, "contest": true, "confirm": true, "acknowledge": true}

// deniedClause is the clause that "which he denies" answers, where it is more than a noun ("accused of taking bribes from a builder,
// which he denies"), -1 for none.
func (t *tree) deniedClause(k int) int {
	v := t.head(k)
	if t.form(k) != "which" || !t.is(k, "obj") || v < 0 || !denying[t.lemma(v)] || !t.is(v, "acl:relcl") {
		return -1
	}
	for p, n := t.head(v), 0; p >= 0 && n < len(t.toks); p, n = t.head(p), n+1 {
		if t.predicate(p) {
			if t.is(p, "advcl", "ccomp", "xcomp", "acl") && !t.is(p, "acl:relcl") {
				return p
			}
			return -1
		}
	}
	return -1
}

// gap finds the object that a relative clause leaves out ("the loan [that] Russia granted").
func (t *tree) gap(i int, c clause) int {
	if g := t.head(i); t.is(i, "ccomp") && g >= 0 && !c.passive {
		for _, k := range t.all(g, "obj") {
			if t.relative(k) {
				return t.antecedent(k)
			}
		}
	}
	if !t.is(i, "acl:relcl") || c.passive || c.subj == t.head(i) {
		return -1
	}
	for _, k := range t.kids[i] {
		if t.relative(k) || t.is(k, "advmod") && t.toks[k].XPOS == "WRB" || t.whose(k) {
			return -1
		}
	}
	return t.head(i)
}

// sharedObject finds the object of a coordinated verb that stands after the last of the verbs
// ("founded and led the party") and so belongs to each.
func (t *tree) sharedObject(i int) int {
	for _, k := range t.all(i, "conj") {
		if k <= i+2 && t.upos(k) == "VERB" && t.kid(k, "nsubj") < 0 { // "founded and led the party", read from the right
			return t.kid(k, "obj")
		}
	}
	g := t.head(i)
	if !t.is(i, "conj") || g < 0 || t.upos(g) != "VERB" || len(t.all(i, "obl", "advcl", "nsubj")) > 0 {
		return -1
	}
	if o := t.kid(g, "obj"); o > i {
		return o
	}
	return -1
}

// preposition returns the words of the case phrase of k: "according to", "in front of".
func (t *tree) preposition(k int) []int {
	var out []int
	for _, c := range t.all(k, "case") {
		if t.form(c) == "'s" || t.form(c) == "’s" || t.form(c) == "'" || t.form(c) == "’" {
			continue
		}
		out = append(out, c)
		out = append(out, t.all(c, "fixed")...)
	}
	slices.Sort(out)
	return out
}

func (t *tree) markers(k int) []int {
	var out []int
	for _, c := range t.all(k, "mark", "case") {
		out = append(out, c)
		out = append(out, t.all(c, "fixed")...)
	}
	slices.Sort(out)
	return out
}

func (t *tree) prepRole(prep []int) string {
	if len(prep) == 0 {
		return "bare"
	}
	parts := make([]string, len(prep))
	for n, p := range prep {
		parts[n] = t.form(p)
	}
	return strings.Join(parts, "_")
}

// according reports whether k is the source in "according to X".
func (t *tree) according(k int) bool {
	c := t.kid(k, "case")
	return c >= 0 && t.form(c) == "according"
}
