package nlp

import "strings"

// joined mends what is joined to the wrong verb or noun.
func (m *mender) joined(i int) {
	m.perCent(i)
	m.joinedPassive(i)
	m.cleft(i)
	m.crimePair(i)
	m.sentenceFor(i)
	m.finiteConjunct(i)
	m.participleOfNoun(i)
	m.secondOfTwo(i)
	m.inPrison(i)
	m.twoSubjects(i)
	m.preposedVerb(i)
	m.courtesyHead(i)
}

var courtesies = wordSet(`mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady`)

// courtesyHead: "Ms de Wit" is a de Wit.
func (m *mender) courtesyHead(i int) {
	t := m.toks
	if i+1 >= len(t) || !courtesies[strings.ToLower(t[i].Form)] || t[i+1].Head != i || t[i+1].Deprel != "flat" {
		return
	}
	up, deprel := t[i].Head, t[i].Deprel
	for k := range t {
		if m.toks[k].Head == i && k != i+1 {
			m.set(k, i+1, m.toks[k].Deprel)
		}
	}
	m.set(i+1, up, deprel)
	m.set(i, i+1, "nmod:desc")
}

// inPrison: in "sentenced to 20 years in prison" the years are in prison.
func (m *mender) inPrison(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "obl" || v < 0 || v > i || !sentencing[t[v].Lemma] || !terms[strings.ToLower(t[i].Lemma)] || !m.marked(i, "in") || i < 2 || t[i-1].Deprel != "case" {
		return
	}
	if n := i - 2; t[n].Head == v && strings.HasPrefix(t[n].Deprel, "ob") && terms[strings.ToLower(t[n].Lemma)] {
		m.set(i, n, "nmod")
	}
}

// twoSubjects: in "The son of a farmer, Ekdahl joined the bank" what is said before the name describes its bearer.
func (m *mender) twoSubjects(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "nsubj" && t[i].Deprel != "nsubj:pass" || v < i || t[i].UPOS != "NOUN" {
		return
	}
	name := m.kid(v, i+1, "nsubj")
	if name < 0 || name > v || t[name].UPOS != "PROPN" || m.kid(name, 0, "case") >= 0 || !m.commaBefore(name) {
		return
	}
	m.set(i, name, "appos")
}

// preposedVerb: in "named Ek, succeeding Holm" the participle is a verb and no preposition.
func (m *mender) preposedVerb(i int) {
	t := m.toks
	n := t[i].Head
	if t[i].Deprel != "case" || t[i].XPOS != "VBG" || i < 1 || t[i-1].Form != "," || n < i || !takingOver[t[i].Lemma] {
		return
	}
	v := t[n].Head
	for k := 0; v >= 0 && k < len(t) && t[v].UPOS != "VERB"; k++ {
		v = t[v].Head
	}
	if v < 0 || v > i {
		return
	}
	m.set(i, v, "advcl")
	m.set(n, i, "obj")
	m.toks[i].UPOS = "VERB"
}

// takingOver are verbs whose participle is read as a preposition.
var takingOver = wordSet(`succeed replace join defeat beat overtake follow leave kill injure wound cite accuse defy ignore surprise`)

// perCent: in "14 per cent" the preposition is a part of the noun.
func (m *mender) perCent(i int) {
	t := m.toks
	if i+1 < len(t) && strings.EqualFold(t[i].Form, "per") && strings.EqualFold(t[i+1].Form, "cent") && t[i].Head == i+1 && t[i].Deprel == "case" {
		m.set(i, i+1, "compound")
	}
}

// undergone are verbs of which nobody is the subject without an object, so that one joined to a passive is a passive too.
var undergone = wordSet(`order ban bar strip fine jail sentence convict charge arrest detain imprison deport acquit suspend evict execute tell force require
	sack dismiss disqualify extradite censure rob oust name elect appoint award deprive exile expel banish`)

// joinedPassive: in "was found guilty and ordered to pay" the second verb is as passive as the first.
func (m *mender) joinedPassive(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || t[i].XPOS != "VBD" || h < 0 || h > i || !undergone[t[i].Lemma] || m.kid(h, 0, "aux:pass") < 0 {
		return
	}
	for k := range t {
		if t[k].Head == i && (strings.HasPrefix(t[k].Deprel, "nsubj") || strings.HasPrefix(t[k].Deprel, "aux") || t[k].Deprel == "obj" && t[k].UPOS != "NUM" && !hasNumber(t, k)) {
			return
		}
	}
	m.set(i, h, "conj")
	m.toks[i].XPOS, m.toks[i].Feats = "VBN", "Tense=Past|VerbForm=Part|Voice=Pass"
}

// hasNumber reports whether a number hangs on word i ("fined $500", "jailed three years").
func hasNumber(toks []Token, i int) bool {
	for _, t := range toks {
		if t.Head == i && t.Deprel == "nummod" {
			return true
		}
	}
	return false
}

// cleft: "It was Maria who taught him" says that Maria taught him.
func (m *mender) cleft(i int) {
	t := m.toks
	it, be := m.kid(i, 0, "nsubj"), m.kid(i, 0, "cop")
	if it < 0 || be != it+1 || !strings.EqualFold(t[it].Form, "it") || t[i].UPOS != "PROPN" && t[i].UPOS != "NOUN" || m.kid(i, 0, "case") >= 0 {
		return
	}
	v := m.kid(i, i, "acl:relcl")
	if v < 0 {
		v = m.kid(i, i, "advcl:relcl")
	}
	if v < 0 || t[v].UPOS != "VERB" {
		return
	}
	who, deprel := m.kid(v, i, "nsubj"), "nsubj"
	if who < 0 || who > v || !relativeWords[strings.ToLower(t[who].Form)] {
		who, deprel = m.kid(v, i, "obj"), "obj"
	}
	name := m.kid(i, i, "appos")
	if who < 1 || who > v || t[who-1].Form == "," && (name < 0 || name > who || !person(t[name])) || !relativeWords[strings.ToLower(t[who].Form)] || t[i].UPOS == "NOUN" && !strings.HasPrefix(strings.ToLower(t[who].Form), "who") {
		return
	}
	if deprel == "nsubj" {
		deprel = t[who].Deprel
	}
	m.set(v, t[i].Head, t[i].Deprel)
	m.set(i, v, deprel)
	m.set(it, v, "expl")
	m.set(be, v, "discourse")
	m.set(who, i, "discourse")
	for k := range t {
		if d := m.toks[k].Deprel; m.toks[k].Head == i && (d == "punct" || d == "parataxis" || d == "mark" || d == "advcl" || d == "obl" || d == "cc" || d == "advmod" && k < i) {
			m.set(k, v, d)
		}
	}
}

// sentencing are verbs with which a court gives somebody a sentence.
var sentencing = wordSet(`sentence condemn jail imprison give get receive serve hand`)

// terms are nouns for a sentence and its length.
var terms = wordSet(`prison jail imprisonment custody detention year month week day sentence term labour labor colony`)

// sentenceFor: in "sentenced to five years in prison for fraud" it is the sentence that fraud brought, not the prison.
func (m *mender) sentenceFor(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "nmod" || h < 0 || h > i || !m.marked(i, "for") || !terms[strings.ToLower(t[h].Lemma)] {
		return
	}
	v := t[h].Head
	for n := 0; v >= 0 && n < 3 && terms[strings.ToLower(t[v].Lemma)] && t[v].UPOS == "NOUN"; n++ {
		v = t[v].Head
	}
	if v >= 0 && v < i && sentencing[t[v].Lemma] && t[v].UPOS == "VERB" {
		m.set(i, v, "obl")
	}
}

// crimePair: in "jailed for bribery and money laundering" two crimes are joined, and nothing is laundered in bribery.
func (m *mender) crimePair(i int) {
	t := m.toks
	first := m.kid(i, 0, "compound")
	if first < 0 || i < 3 || t[i].XPOS != "VBG" || t[i-1].UPOS != "NOUN" || t[i-1].Head != first || t[i-1].Deprel != "conj" || t[first].UPOS != "NOUN" || m.kid(i-1, 0, "cc") != i-2 {
		return
	}
	up, deprel := t[i].Head, t[i].Deprel
	for k := range t {
		if t[k].Head == i && k < first {
			m.set(k, first, m.toks[k].Deprel)
		}
	}
	m.set(first, up, deprel)
	m.set(i, first, "conj")
	m.set(i-1, i, "compound")
	m.set(i-2, i, "cc")
	m.toks[i].UPOS, m.toks[i].XPOS = "NOUN", "NN"
	m.sentenceFor(first)
}

// finiteConjunct: in "won by beating Ann, and retired" the finite verb is joined to a finite one.
func (m *mender) finiteConjunct(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || h < 0 || h > i || t[i].XPOS != "VBD" && t[i].XPOS != "VBZ" || t[h].XPOS != "VBG" && t[h].XPOS != "VB" || m.kid(h, 0, "aux") >= 0 ||
		m.kid(i, 0, "nsubj") >= 0 {
		return
	}
	v := h
	for n := 0; v >= 0 && n < len(t) && !finite(t[v]) && m.kid(v, 0, "aux") < 0; n++ {
		v = t[v].Head
	}
	if v >= 0 && v < h && t[v].UPOS == "VERB" {
		m.set(i, v, "conj")
	}
}

// participleOfNoun: in "by winning the Rumble, staged in Zaire," the participle behind the comma is the noun's.
func (m *mender) participleOfNoun(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || t[i].XPOS != "VBN" || i < 2 || i+1 >= len(t) || h < 0 || h > i-3 || t[h].XPOS == "VBN" || t[i-1].Form != "," || t[i+1].UPOS != "ADP" {
		return
	}
	for k := range t {
		if t[k].Head == i && (t[k].Deprel == "cc" || t[k].Deprel == "obj" || strings.HasPrefix(t[k].Deprel, "aux") || strings.HasPrefix(t[k].Deprel, "nsubj") || t[k].Deprel == "conj") {
			return
		}
	}
	n := i - 2
	for n > h && t[n].Head > h && (t[n].Deprel == "flat" || t[n].Deprel == "compound" || t[n].Deprel == "nmod" && t[n].UPOS == "PROPN" && t[t[n].Head].UPOS == "PROPN") {
		n = t[n].Head
	}
	if t[n].UPOS == "NOUN" || t[n].UPOS == "PROPN" {
		m.set(i, n, "acl")
	}
}

// secondOfTwo: a verb that is no verb of giving has one object; what a comma parts from the first is said of the noun before it
// ("sentenced him to 20 years, the maximum, for fraud").
func (m *mender) secondOfTwo(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "obj" || v < 0 || v > i || giving[t[v].Lemma] || t[i].UPOS != "NOUN" || !m.commaBefore(i) || m.kid(i, 0, "cc") >= 0 {
		return
	}
	first := m.kid(v, v, "obj")
	if first < 0 || first >= i {
		return
	}
	n := i - 1
	for n > first && (t[n].Head == i || t[n].UPOS == "PUNCT") {
		n--
	}
	for n > first && t[n].Head != v {
		n = t[n].Head
	}
	if n > first && t[n].UPOS == "NOUN" {
		m.set(i, n, "appos")
	}
}
