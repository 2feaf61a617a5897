package nlp

import (
	"slices"
	"strings"
)

// Mend puts right what no English tree can be, so that the readers of trees need not. The tokens
// given stay as they are; a copy is changed.
func Mend(toks []Token) []Token {
	m := mender{toks: toks}
	for i := range toks {
		if h := toks[i].Head; (h < 0 || h >= len(toks) || h == i) && toks[i].Deprel != "root" {
			m.set(i, -1, "root")
		}
	}
	m.verblessSentence()
	m.toFound()
	for i := range toks {
		m.accordingTo(i)
		m.wholeName(i)
		m.titleChain(i)
	}
	for i := range toks {
		m.gerundSubject(i)
		m.prepositionalSubject(i)
		m.activeVoice(i)
		m.ofComplement(i)
		m.titleWithOf(i)
		m.dayBeforeSubject(i)
		m.nameOfHolder(i)
		m.contentClause(i)
		m.looseClause(i)
		m.placeBeforeWeek(i)
		m.infinitiveOfNoun(i)
		m.loneRecipient(i)
		m.secondObject(i)
		m.coordinator(i)
		m.stolenSubject(i)
		m.conditionalComplement(i)
		m.halves(i)
		m.compoundConjunct(i)
		m.listOfNames(i)
		m.complements(i)
		m.clauses(i)
		m.joined(i)
		m.phrases(i)
	}
	return m.toks
}

type mender struct {
	toks   []Token
	copied bool
}

func (m *mender) set(i, head int, deprel string) {
	if !m.copied {
		m.toks, m.copied = slices.Clone(m.toks), true
	}
	m.toks[i].Head, m.toks[i].Deprel = head, deprel
}

// toFound: "to found" is no form of "find".
func (m *mender) toFound() {
	for i, t := range m.toks {
		if t.XPOS == "VB" && t.Lemma == "find" && strings.EqualFold(t.Form, "found") {
			m.set(i, t.Head, t.Deprel)
			m.toks[i].Lemma = "found"
		}
	}
}

// verblessSentence: a sentence with a full stop whose only verb was read as a participle of its root noun has
// that verb as its root ("Thousands of people protested in Minsk.").
func (m *mender) verblessSentence() {
	t := m.toks
	root, verb := -1, -1
	for i := range t {
		switch {
		case t[i].Head < 0:
			root = i
		case t[i].UPOS == "AUX":
			return
		case t[i].UPOS == "VERB" && (t[i].XPOS == "VBD" || t[i].XPOS == "VBN" || t[i].XPOS == "VBZ" || t[i].XPOS == "VBP"):
			if verb >= 0 {
				return
			}
			verb = i
		}
	}
	if root < 0 || verb < root || t[len(t)-1].Form != "." || t[verb].Deprel != "acl" || t[root].UPOS != "NOUN" && t[root].UPOS != "PROPN" {
		return
	}
	for h, n := t[verb].Head, 0; h != root; h, n = t[h].Head, n+1 {
		if h < 0 || n > len(t) || t[h].Deprel != "nmod" { // it may hang on a noun inside the subject
			return
		}
	}
	if t[verb].XPOS == "VBN" && strings.EqualFold(t[min(verb+1, len(t)-1)].Form, "by") {
		return // a real participle
	}
	m.set(verb, -1, "root")
	m.set(root, verb, "nsubj")
	m.toks[verb].XPOS = "VBD"
	for k := verb + 1; k < len(t); k++ {
		if m.toks[k].Head == root {
			m.set(k, verb, m.toks[k].Deprel)
		}
	}
}

// accordingTo: "according to X" is X with a preposition of two words, whatever else was made of it.
func (m *mender) accordingTo(i int) {
	t := m.toks
	if !strings.EqualFold(t[i].Form, "according") || i+2 >= len(t) || !strings.EqualFold(t[i+1].Form, "to") || t[i].Deprel == "case" || t[i].Head < 0 {
		return
	}
	source := t[i+1].Head
	if source <= i || t[source].Head != i {
		return
	}
	m.set(source, t[i].Head, "obl")
	m.set(i, source, "case")
	m.set(i+1, i, "fixed")
	for k := range t {
		if t[k].Head == i && k != i+1 && k != source {
			m.set(k, source, m.toks[k].Deprel)
		}
	}
}

// wholeName: the words of a person's name hang together, on the first.
func (m *mender) wholeName(i int) {
	t := m.toks
	if t[i].NER != "I-PER" || t[i].UPOS != "PROPN" || t[i].Head < 0 {
		return
	}
	first := i
	for first > 0 && t[first].NER == "I-PER" {
		first--
	}
	if t[first].NER != "B-PER" || t[first].UPOS != "PROPN" || t[i].Head >= first && t[i].Head <= i || t[first].Head >= first && t[first].Head <= i {
		return
	}
	for k := i + 1; k < len(t) && t[k].NER == "I-PER"; k++ {
		if t[i].Head == k || t[first].Head == k {
			return // the name hangs together on a later word
		}
	}
	m.set(i, first, "flat")
}

// titleChain: in "Russian President Vladimir Putin" read as one flat name the person is the head, the office
// a description of him, and what stands before the office belongs to the office.
func (m *mender) titleChain(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].NER != "B-PER" || t[i].Deprel != "flat" || h < 0 || h >= i || strings.HasSuffix(t[h].NER, "-PER") {
		return
	}
	for k := h + 1; k < i; k++ {
		if t[k].Head != h || t[k].Deprel != "flat" {
			return
		}
	}
	office := i - 1
	up, rel := t[h].Head, t[h].Deprel
	for k := range t {
		switch {
		case t[k].Head == h && k < h && t[k].Deprel != "amod" && t[k].Deprel != "compound", t[k].Head == h && k > i:
			m.set(k, i, m.toks[k].Deprel) // prepositions before, the rest of the name and what follows it
		case t[k].Head == h && k < h:
			m.set(k, office, m.toks[k].Deprel)
		}
	}
	for k := h; k < office; k++ {
		deprel := "compound"
		if t[k].UPOS == "ADJ" || strings.HasSuffix(t[k].NER, "-NORP") {
			deprel = "amod"
		}
		m.set(k, office, deprel)
	}
	m.set(i, up, rel)
	m.set(office, i, "nmod:desc")
}

// gerundSubject: a subject before the preposition of its own gerund ("accuses him of rigging") is the
// object of the verb before.
func (m *mender) gerundSubject(i int) {
	t := m.toks
	g := t[i].Head
	if t[i].Deprel != "nsubj" || g < 0 || t[g].XPOS != "VBG" || t[g].Head < 0 {
		return
	}
	v := t[g].Head
	for k := i + 1; k < g; k++ {
		if t[k].Head == g && t[k].Deprel == "mark" && t[k].UPOS == "SCONJ" && v < i && t[v].UPOS == "VERB" {
			m.set(i, v, "obj")
			return
		}
	}
}

// prepositionalSubject: of two subjects the one with a preposition is an oblique ("According to the
// ministry, the army ...").
func (m *mender) prepositionalSubject(i int) {
	t := m.toks
	if !strings.HasPrefix(t[i].Deprel, "nsubj") {
		return
	}
	other, preposition := false, false
	for k := range t {
		other = other || k != i && t[k].Head == t[i].Head && strings.HasPrefix(t[k].Deprel, "nsubj")
		preposition = preposition || t[k].Head == i && t[k].Deprel == "case" && t[k].XPOS != "POS"
	}
	if other && preposition {
		m.set(i, t[i].Head, "obl")
	}
}

// activeVoice: a verb with "have" and without "be" or "get" is no passive ("troops have entered"), nor is one without any
// auxiliary in a sentence with a full stop ("the leader called for talks"); headlines have no full stop.
func (m *mender) activeVoice(i int) {
	t := m.toks
	if t[i].Deprel != "nsubj:pass" || t[i].Head < 0 {
		return
	}
	have, bare := false, true
	for k := range t {
		if t[k].Head != t[i].Head || !strings.HasPrefix(t[k].Deprel, "aux") {
			continue
		}
		bare = false
		switch t[k].Lemma {
		case "be", "get":
			return
		case "have":
			have = true
		}
	}
	v := t[t[i].Head]
	switch {
	case have || v.XPOS == "VBZ" || v.XPOS == "VBP" || bare && v.XPOS == "VBD":
		m.set(i, t[i].Head, "nsubj")
	case bare && v.XPOS == "VBN" && strings.HasSuffix(v.Form, "ed") && (v.Deprel == "root" || v.Deprel == "ccomp") && t[len(t)-1].Form == ".":
		m.set(i, t[i].Head, "nsubj")
		m.toks[t[i].Head].XPOS = "VBD"
	}
}

// coordinator: "and" before the subject of the second of two clauses joins the clauses ("crowds came and police fired").
func (m *mender) coordinator(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "cc" || h <= i || t[h].Deprel != "nsubj" && t[h].Deprel != "nsubj:pass" {
		return
	}
	if g := t[h].Head; g > h && t[g].Deprel == "conj" && t[g].Head >= 0 && t[g].Head < i {
		m.set(i, g, "cc")
	}
}

// stolenSubject: a finite verb that is joined to another needs its own "and"; where the one before it joins a noun right
// before the verb to a noun of the first clause, the noun is the verb's subject ("entered the hall in Oslo and police fired").
func (m *mender) stolenSubject(v int) {
	t := m.toks
	if t[v].Deprel != "conj" || v < 2 || t[v].Head < 0 || t[v].Head > v || !finite(t[v]) {
		return
	}
	n := v - 1
	if t[n].Deprel != "conj" || t[n].UPOS != "NOUN" && t[n].UPOS != "PROPN" || t[n].Head < t[v].Head {
		return
	}
	and := -1
	for k := range t {
		if t[k].Head == v && (t[k].Deprel == "cc" || strings.HasPrefix(t[k].Deprel, "nsubj") || k < v && t[k].Deprel == "punct") {
			return
		}
		if t[k].Head == n && t[k].Deprel == "cc" {
			and = k
		}
	}
	if and < 0 {
		return
	}
	m.set(n, v, "nsubj")
	m.set(and, v, "cc")
}

// ofVerbs take a person and, with "of", what it is about.
var ofVerbs = map[string]bool{
	"accuse": true, "convict": true, "acquit": true, "suspect": true, "deprive": true, "rob": true, "strip": true, "inform": true,
	"warn": true, "remind": true, "notify": true, "assure": true, "absolve": true, "relieve": true, "cure": true, "rid": true, "clear": true,
}

// ofComplement: "accused the president of treason" has two complements, not a president of treason.
func (m *mender) ofComplement(i int) {
	t := m.toks
	o := t[i].Head
	if t[i].Deprel != "nmod" || o < 0 || t[o].Deprel != "obj" || t[o].Head < 0 || i < o || !ofVerbs[t[t[o].Head].Lemma] {
		return
	}
	for k := o + 1; k < i; k++ {
		if t[k].Head == i && t[k].Deprel == "case" && strings.EqualFold(t[k].Form, "of") {
			m.set(i, t[o].Head, "obl")
			return
		}
	}
}

// dayBeforeSubject: in "On Monday Russia sent troops" the preposition is the day's, and the day is no part of
// the subject's name.
func (m *mender) dayBeforeSubject(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "compound" || h <= i || !strings.HasSuffix(t[i].NER, "-DATE") || strings.HasSuffix(t[h].NER, "-DATE") || !strings.HasPrefix(t[h].Deprel, "nsubj") {
		return
	}
	for k := 0; k < i; k++ {
		if t[k].Head == h && t[k].Deprel == "case" {
			m.set(k, i, "case")
			m.set(i, t[h].Head, "obl")
			return
		}
	}
}

var timeNouns = map[string]bool{
	"week": true, "month": true, "year": true, "weekend": true, "monday": true, "tuesday": true, "wednesday": true, "thursday": true,
	"friday": true, "saturday": true, "sunday": true, "morning": true, "evening": true, "night": true, "afternoon": true,
}

// placeBeforeWeek: in "visit Washington next week" the place is no part of the week.
func (m *mender) placeBeforeWeek(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "compound" || t[i].UPOS != "PROPN" || h < i+2 || t[h].Deprel != "obl:unmarked" || t[h].Head < 0 || t[h].Head > i || !timeNouns[strings.ToLower(t[h].Lemma)] {
		return
	}
	deprel := "obj"
	for k := range t {
		switch {
		case t[k].Head == i && t[k].Deprel == "case":
			deprel = "obl"
		case t[k].Head == t[h].Head && t[k].Deprel == "obj":
			return
		}
	}
	m.set(i, t[h].Head, deprel)
}

// infinitiveNouns take an infinitive that says what they are for.
var infinitiveNouns = map[string]bool{
	"order": true, "plan": true, "attempt": true, "bid": true, "effort": true, "decision": true, "offer": true, "promise": true, "pledge": true,
	"proposal": true, "threat": true, "right": true, "need": true, "desire": true, "ability": true, "permission": true, "request": true, "call": true, "vow": true,
	"agreement": true, "deal": true, "intention": true, "refusal": true, "failure": true, "opportunity": true, "commitment": true, "willingness": true,
	"authority": true, "obligation": true, "motion": true, "resolution": true, "mandate": true, "bill": true, "law": true, "duty": true, "chance": true, "plot": true,
	"ground": true, "reason": true, "cause": true,
}

// infinitiveOfNoun: in "suspended an order to deploy troops" the infinitive is the order's.
func (m *mender) infinitiveOfNoun(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "advcl" || v < 0 || v > i || t[i].XPOS != "VB" {
		return
	}
	for k := v + 2; k < i; k++ {
		if t[k].Head == i && t[k].Deprel == "mark" && strings.EqualFold(t[k].Form, "to") {
			if o := k - 1; t[o].Head == v && t[o].Deprel == "obj" && infinitiveNouns[t[o].Lemma] {
				m.set(i, o, "acl")
			}
			return
		}
	}
}

// nameOfHolder: in "the foreign minister of Lithuania, Linas Linkevicius, said" the name is the minister's.
func (m *mender) nameOfHolder(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "appos" || h < 0 || i < h || t[h].Deprel != "nmod" || person(t[h]) || t[h].Head < 0 || t[h].Head > h {
		return
	}
	holder := t[h].Head
	if holders[strings.ToLower(t[h].Lemma)] { // "a son of the founding president, Jomo Kenyatta"
		return
	}
	if t[holder].UPOS != "NOUN" && t[holder].XPOS != "NNP" || person(t[holder]) || !m.names(i) {
		return
	}
	m.set(i, holder, "appos")
}

// names reports whether i is a person's name, or a description that one follows ("the lawyer Maxim Znak").
func (m *mender) names(i int) bool {
	if person(m.toks[i]) {
		return true
	}
	for k := i + 1; k < len(m.toks) && k <= i+2; k++ {
		if m.toks[k].Head == i && person(m.toks[k]) {
			return true
		}
	}
	return false
}

// contentClause: "that" is no object of a verb that has another one: "claims that he stole the vote".
func (m *mender) contentClause(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "obj" && t[i].Deprel != "obl:unmarked" && t[i].UPOS != "SCONJ" || v < i || !strings.EqualFold(t[i].Form, "that") || t[v].Deprel != "acl:relcl" {
		return
	}
	subject, object := false, false
	for k := i + 1; k < len(t); k++ {
		subject = subject || t[k].Head == v && strings.HasPrefix(t[k].Deprel, "nsubj")
		object = object || t[k].Head == v && t[k].Deprel == "obj"
	}
	if subject && object {
		m.set(i, v, "mark")
		m.set(v, t[v].Head, "acl")
	}
}

// looseClause: in "he looked calm, she said, but shook" the clause without a conjunction stands beside the others.
func (m *mender) looseClause(i int) {
	t := m.toks
	if t[i].Deprel != "conj" || t[i].UPOS != "VERB" {
		return
	}
	subject := -1
	for k := range t {
		if t[k].Head != i {
			continue
		}
		switch t[k].Deprel {
		case "nsubj":
			subject = k
		case "cc", "obj", "ccomp", "xcomp", "obl":
			return
		}
	}
	if subject > 0 && subject == i-1 && t[subject-1].Form == "," {
		m.set(i, t[i].Head, "parataxis")
	}
}

// loneRecipient: an indirect object needs something given; alone it is the object ("sent troops to guard").
func (m *mender) loneRecipient(i int) {
	t := m.toks
	if t[i].Deprel != "iobj" {
		return
	}
	for k := range t {
		if t[k].Head == t[i].Head && (t[k].Deprel == "obj" || t[k].Deprel == "ccomp" || t[k].Deprel == "xcomp") {
			return
		}
	}
	m.set(i, t[i].Head, "obj")
}

// askVerbs take a clause with "if" as what is asked.
var askVerbs = map[string]bool{
	"ask": true, "wonder": true, "know": true, "see": true, "check": true, "doubt": true, "say": true, "tell": true, "determine": true,
	"decide": true, "question": true, "investigate": true, "inquire": true, "find": true, "matter": true, "care": true, "remember": true, "learn": true,
	"clear": true, "sure": true, "certain": true, "unclear": true, "examine": true, "assess": true, "consider": true, "debate": true, "discuss": true, "reveal": true, "verify": true, "guess": true, "mind": true,
}

// giving are verbs that take two objects, the first of whom receives the second.
var giving = wordSet(`give award grant offer hand send lend owe pay sell show promise allocate cost deny teach tell bring earn win`)

// secondObject: after an apposition that a comma closes, a noun without a preposition is not of the noun before it, but the
// second object of a verb of giving ("gave his rival, Maria Ek, 10 per cent").
func (m *mender) secondObject(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "nmod" || h < 0 || h > i || t[h].Deprel != "obj" || t[h].Head < 0 || !giving[t[t[h].Head].Lemma] {
		return
	}
	first, apposition := i, false
	for k := range t {
		switch {
		case t[k].Head == i && (t[k].Deprel == "case" || t[k].Deprel == "cc"):
			return
		case t[k].Head == i && t[k].Deprel != "punct" && k < first:
			first = k
		case t[k].Head == h && t[k].Deprel == "appos" && k < i:
			apposition = true
		}
	}
	for k := range t { // words of words before it
		if d := t[k].Head; d >= 0 && d < i && t[d].Head == i && k < first && t[k].Deprel != "punct" {
			first = k
		}
	}
	if apposition && first > 0 && t[first-1].Form == "," {
		verb := t[h].Head
		m.set(h, verb, "iobj")
		m.set(i, verb, "obj")
	}
}

// conditionalComplement: a clause with "if" that nobody asks is a condition ("will end if he resigns").
func (m *mender) conditionalComplement(i int) {
	t := m.toks
	if t[i].Deprel != "ccomp" || t[i].Head < 0 || i < t[i].Head || askVerbs[t[t[i].Head].Lemma] {
		return
	}
	for k := t[i].Head + 1; k < i; k++ {
		if t[k].Head == i && t[k].Deprel == "mark" && (strings.EqualFold(t[k].Form, "if") || strings.EqualFold(t[k].Form, "unless")) {
			m.set(i, t[i].Head, "advcl")
			return
		}
	}
}

// titleWithOf: in "Secretary of State Antony Blinken" the name is the head and the office its title.
func (m *mender) titleWithOf(i int) {
	t := m.toks
	h := t[i].Head
	if h < 0 || i < h || t[i].Deprel != "nmod" || t[i].UPOS != "PROPN" || !person(t[i]) || !officeNouns[strings.ToLower(t[h].Form)] {
		return
	}
	of, inner, name := -1, -1, false
	for k := h + 1; k < len(t); k++ {
		switch {
		case t[k].Head != i:
		case t[k].Deprel == "case" && k < i && strings.EqualFold(t[k].Form, "of"):
			of = k
		case t[k].Deprel == "compound" && k < i:
			inner = k
		case t[k].Deprel == "flat":
			name = true
		}
	}
	if of < 0 || inner < 0 || !name {
		return
	}
	for k := range t {
		if t[k].Head == i && k < i && k != inner {
			m.set(k, inner, t[k].Deprel)
		}
		if t[k].Head == h && k > i { // what follows the name belongs to the name
			m.set(k, i, t[k].Deprel)
		}
	}
	m.set(i, t[h].Head, t[h].Deprel)
	m.set(h, i, "nmod:desc")
	m.set(inner, h, "nmod")
}

func person(t Token) bool { return strings.HasSuffix(t.NER, "-PER") }

// officeNouns head titles that hold an "of".
var officeNouns = map[string]bool{
	"secretary": true, "minister": true, "chancellor": true, "speaker": true, "attorney": true, "director": true, "chief": true, "head": true,
	"president": true, "commissioner": true, "chair": true, "chairman": true, "chairwoman": true, "governor": true, "mayor": true, "prince": true,
	"king": true, "queen": true, "archbishop": true, "bishop": true, "patriarch": true, "master": true, "leader": true, "commander": true, "minority": true,
}
