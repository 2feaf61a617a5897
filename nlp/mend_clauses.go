package nlp

import "strings"

// kid returns the first word that hangs on h by a relation, with or without subtype, at or after from; -1 for none.
func (m *mender) kid(h, from int, deprel string) int {
	for k := max(from, 0); k < len(m.toks); k++ {
		if rest, ok := strings.CutPrefix(m.toks[k].Deprel, deprel); ok && m.toks[k].Head == h && (rest == "" || rest[0] == ':') {
			return k
		}
	}
	return -1
}

// marked reports whether i has this word as its marker or preposition.
func (m *mender) marked(i int, word string) bool {
	for k := range m.toks {
		if t := m.toks[k]; t.Head == i && (t.Deprel == "mark" || t.Deprel == "case") && strings.EqualFold(t.Form, word) {
			return true
		}
	}
	return false
}

// clauses mends what hangs on the wrong one of several clauses.
func (m *mender) clauses(i int) {
	m.ofGerund(i)
	m.relativeOfDate(i)
	m.strayRelative(i)
	m.conjunctOfDate(i)
	m.conjunctOfRelative(i)
	m.bareOblique(i)
	m.describedPlace(i)
	m.whoOfName(i)
	m.reportedRelative(i)
	m.frontedObject(i)
	m.allegation(i)
	m.agentOfPassive(i)
	m.triedTo(i)
	m.nearestHolder(i)
	m.appositiveOfConjunct(i)
	m.whoOfHolder(i)
	m.whoseRelative(i)
	m.whoseClause(i)
	m.semicolon(i)
	m.bodyOfName(i)
	m.whereOfPlace(i)
	m.attorneyGeneral(i)
	m.thatOfSpeech(i)
	m.subjectAfter(i)
	m.isTo(i)
	m.dueTo(i)
	m.eachOther(i)
	m.nearestConjunct(i)
	m.atLeast(i)
}

// ofGerund: in "accused Lula, who ruled for years, of taking bribes" the charge is the accuser's, not the relative clause's.
func (m *mender) ofGerund(i int) {
	t := m.toks
	if t[i].Head < 0 || t[i].Deprel != "advcl" && t[i].Deprel != "obl" || !m.marked(i, "of") {
		return
	}
	for r, n := t[i].Head, 0; r >= 0 && n < len(t); r, n = t[r].Head, n+1 {
		o := t[r].Head
		if t[r].Deprel != "acl:relcl" || o < 0 || r > i {
			continue
		}
		v := t[o].Head
		if v >= 0 && v < o && (t[o].Deprel == "obj" || t[o].Deprel == "iobj") && ofVerbs[t[v].Lemma] && m.commaBefore(i) {
			m.set(i, v, t[i].Deprel)
		}
		return
	}
}

// commaBefore reports whether a comma stands before the marker of i.
func (m *mender) commaBefore(i int) bool {
	first := i
	for k := i - 1; k >= 0 && m.toks[k].Head == i; k-- {
		if m.toks[k].Form == "," {
			return true
		}
		first = k
	}
	return first > 0 && m.toks[first-1].Form == ","
}

var relativeWords = wordSet(`that which who whom`)

// frontedObject: in "Moi, whom the constitution barred, was booed" the pronoun is the object of the finite verb that was read as a
// participle of the noun before it.
func (m *mender) frontedObject(v int) {
	t := m.toks
	n := t[v].Head
	if t[v].Deprel != "acl" || n < 0 || n > v || !finite(t[v]) || m.kid(v, v, "obj") >= 0 {
		return
	}
	first := n
	for first > 0 && t[first-1].Head == n && t[first-1].Deprel != "punct" {
		first--
	}
	for first > 0 && t[first].Head == n && strings.HasPrefix(t[first].XPOS, "W") {
		first++
	}
	p := first - 1
	if p < 1 || t[p].XPOS != "WP" && t[p].XPOS != "WDT" || !relativeWords[strings.ToLower(t[p].Form)] {
		return
	}
	a := p - 1
	for a > 0 && (t[a].UPOS == "PUNCT" || t[a].Deprel == "flat") {
		a--
	}
	if t[a].UPOS != "NOUN" && t[a].UPOS != "PROPN" {
		return
	}
	m.set(v, a, "acl:relcl")
	m.set(n, v, "nsubj")
	m.set(p, v, "obj")
}

// claimNouns take a clause with "that" which says what is claimed.
var claimNouns = wordSet(`allegation claim accusation report suspicion rumour rumor charge complaint assertion suggestion speculation fear concern evidence finding`)

// allegation: in "tried over allegations, brought by the prosecutor, that he took bribes" the clause is what is alleged.
func (m *mender) allegation(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "ccomp" && t[i].Deprel != "advcl" && t[i].Deprel != "acl:relcl" || v < 0 || v > i || !m.marked(i, "that") {
		return
	}
	that := m.kid(i, v, "mark")
	if that < 1 || t[that-1].Form != "," {
		return
	}
	for k := that - 2; k >= 0; k-- { // "allegations, brought last month, that"
		if claimNouns[strings.ToLower(t[k].Lemma)] && t[k].UPOS == "NOUN" && t[k+1].Form == "," {
			m.set(i, k, "acl")
			return
		}
	}
	other := m.kid(v, 0, "ccomp")
	if other < 0 || other == i {
		if other = m.kid(v, v, "obj"); other < 0 && t[i].Deprel == "ccomp" {
			return
		}
	}
	for k := that - 1; k > v; k-- {
		if claimNouns[strings.ToLower(t[k].Lemma)] && t[k].UPOS == "NOUN" {
			m.set(i, k, "acl")
			return
		}
	}
}

// holders are nouns of kin and office whose holder a name after a comma tells.
var holders = wordSet(`wife husband son daughter brother sister mother father widow partner cousin uncle aunt nephew niece grandson granddaughter
	leader president minister spokesman spokeswoman chief head deputy lawyer adviser aide commander ambassador envoy successor predecessor rival
	ally founder chairman chairwoman director secretary governor mayor general colonel judge prosecutor counterpart colleague opponent host strongman
	premier chancellor king queen`)

// nearestHolder: in "for him and his late wife, Marisa Letícia" the name is the wife's.
func (m *mender) nearestHolder(i int) {
	t := m.toks
	h := t[i].Head
	p := i - 2
	if h < 0 || h > i || i < 2 || t[i-1].Form != "," || !person(t[i]) {
		return
	}
	if t[i].Deprel == "conj" { // "Humala and his wife, Nadine Heredia, are": no list goes on
		if m.kid(i, 0, "cc") >= 0 || t[p].Head != h || t[p].Deprel != "conj" || m.kid(h, i+1, "conj") >= 0 {
			return
		}
	} else if t[i].Deprel != "appos" {
		return
	}
	if p <= h || t[p].UPOS != "NOUN" || !holders[strings.ToLower(t[p].Lemma)] || holders[strings.ToLower(t[h].Lemma)] && t[p].Deprel == "nmod" {
		return
	}
	m.set(i, p, "appos")
}

// semicolon parts what a semicolon parts: the clauses of "Brazil offered help; Argentina's minister said she was ready" and "the
// ministry said the alliance was firm; Blinken spoke" stand beside each other.
func (m *mender) semicolon(i int) {
	t := m.toks
	h := t[i].Head
	switch t[i].Deprel {
	case "ccomp", "conj", "parataxis", "advcl":
	default:
		return
	}
	if h < 0 {
		return
	}
	at := m.semicolonBetween(min(i, h), max(i, h))
	if at < 0 || t[i].UPOS != "VERB" && m.kid(i, 0, "cop") < 0 || m.kid(i, 0, "nsubj") < 0 {
		return
	}
	top := h
	for t[top].Head >= 0 && (h < i) == (t[top].Head < at) {
		top = t[top].Head
	}
	if h < i {
		m.set(i, top, "parataxis")
		return
	}
	if t[h].Head < 0 && m.kid(h, at, "nsubj") > at { // the first clause is the root
		m.set(h, i, "parataxis")
		m.set(i, -1, "root")
	}
}

// semicolonBetween is where a semicolon stands between two words, outside of quotation marks; -1 for nowhere.
func (m *mender) semicolonBetween(from, to int) int {
	for k := from + 1; k < to; k++ {
		if m.toks[k].Form == ";" && m.quoted(k)%2 == 0 {
			return k
		}
	}
	return -1
}

// quoted counts the quotation marks before word k.
func (m *mender) quoted(k int) (n int) {
	for _, t := range m.toks[:k] {
		if strings.ContainsAny(t.Form, "\"“”") || t.Form == "''" || t.Form == "``" {
			n++
		}
	}
	return n
}

// bodies are nouns for what people belong to, and no person is.
var bodies = wordSet(`gang party company group firm bank agency union movement organisation organization newspaper club league militia cartel network
	broadcaster charity faction coalition alliance subsidiary insurer airline carmaker retailer lender utility`)

// bodyOfName: in "Adolfo Macías, the leader of Los Choneros, the country's most powerful gang" the gang is the one named last.
func (m *mender) bodyOfName(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "appos" || !bodies[strings.ToLower(t[i].Lemma)] || h < 0 || h > i || !person(t[h]) {
		return
	}
	role := m.kid(h, h, "appos")
	if role < 0 || role >= i {
		return
	}
	name := m.kid(role, role, "nmod")
	if name < 0 || name > i || !named(t[name]) || person(t[name]) {
		return
	}
	m.set(i, name, "appos")
	if who := m.kid(i, i, "acl:relcl"); who >= 0 { // "who" is no gang
		if s := m.kid(who, i, "nsubj"); s >= 0 && strings.EqualFold(t[s].Form, "who") {
			m.set(who, h, "acl:relcl")
		}
	}
}

// generals are offices with "general" behind their noun.
var generals = wordSet(`attorney prosecutor solicitor secretary director consul governor inspector surgeon auditor procurator`)

// attorneyGeneral: "the attorney general's office" is that of one holder.
func (m *mender) attorneyGeneral(i int) {
	t := m.toks
	if i < 1 || !strings.EqualFold(t[i].Form, "general") || t[i].Deprel != "nmod:poss" || !generals[strings.ToLower(t[i-1].Form)] || t[i-1].Head == i {
		return
	}
	m.set(i-1, i, "compound")
	for k := range i - 1 {
		if m.toks[k].Head == i-1 {
			m.set(k, i, m.toks[k].Deprel)
		}
	}
}

// appositiveOfConjunct: in "the general and Dagalo, his former deputy, fell out" the deputy is the one named last.
func (m *mender) appositiveOfConjunct(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "appos" || t[i].XPOS != "NN" || h < 0 || h > i {
		return
	}
	c := -1
	for k := h + 1; k < i; k++ {
		if t[k].Deprel == "conj" && t[k].Head == h {
			c = k
		}
	}
	if c < 0 || !named(t[c]) {
		return
	}
	end := c + 1
	for end < i && (t[end].Deprel == "flat" || t[end].Deprel == "compound" || strings.HasPrefix(t[end].NER, "I-")) {
		end++
	}
	for k := end + 1; k < i; k++ {
		if t[k].Head != i { // the appositive's own words alone stand between
			return
		}
	}
	if end < i && t[end].Form == "," {
		m.set(i, c, "appos")
	}
}

// named tells whether a word is part of a name.
func named(t Token) bool {
	return strings.HasSuffix(t.NER, "-PER") || strings.HasSuffix(t.NER, "-ORG") || strings.HasSuffix(t.NER, "-LOC")
}

// sayVerbs take a clause with "that" which says what is said.
var sayVerbs = wordSet(`say tell admit acknowledge announce declare warn argue insist state confirm write testify predict promise vow claim deny concede
	disclose reveal report add complain explain maintain stress assert swear pledge`)

// thatOfSpeech: in "admitted in an agreement with the ministry that it had paid" what is admitted is the verb's.
func (m *mender) thatOfSpeech(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "acl" && t[i].Deprel != "acl:relcl" || h < 0 || h > i || !m.marked(i, "that") || m.kid(i, h, "nsubj") < 0 {
		return
	}
	for n := h; n >= 0 && t[n].UPOS != "VERB"; n = t[n].Head {
		if claimNouns[strings.ToLower(t[n].Lemma)] {
			return
		}
		v := t[n].Head
		oblique := t[n].Deprel == "obl" || t[n].Deprel == "obl:unmarked" || t[n].Deprel == "iobj" || t[n].Deprel == "obj" && t[max(v, 0)].Lemma == "tell"
		if oblique && v >= 0 && v < n && sayVerbs[t[v].Lemma] && m.kid(v, 0, "ccomp") < 0 && (t[n].Deprel != "obl" || m.kid(v, 0, "obj") < 0) {
			m.set(i, v, "ccomp")
			return
		}
		if t[n].Deprel != "nmod" {
			return
		}
	}
}

// subjectAfter: in "a day after the earthquake sent a wave" the noun before the finite verb is its subject.
func (m *mender) subjectAfter(v int) {
	t := m.toks
	if !finite(t[v]) || m.kid(v, 0, "nsubj") >= 0 || m.kid(v, 0, "aux") >= 0 || t[v].Deprel == "conj" && m.kid(v, 0, "cc") >= 0 {
		return
	}
	if k := v - 1; k > 0 && t[k].UPOS == "NOUN" && t[k].Deprel == "obl" && t[k].Head >= 0 && t[k].Head < k && m.kid(v, 0, "cc") < 0 {
		for c := k - 1; c > t[k].Head; c-- { // the same, the noun hung on the verb before
			if w := strings.ToLower(t[c].Form); t[c].Head == k && t[c].Deprel == "case" && (w == "after" || w == "before" || w == "until" || w == "since") {
				m.set(v, t[k].Head, "advcl")
				m.set(k, v, "nsubj")
				m.set(c, v, "mark")
				return
			}
		}
	}
	for k := v - 1; k >= 0; k-- {
		if t[k].Head != v || t[k].Deprel != "obl" || t[k].UPOS != "NOUN" && t[k].UPOS != "PROPN" && t[k].UPOS != "PRON" {
			continue
		}
		for c := k - 1; c >= 0; c-- {
			if w := strings.ToLower(t[c].Form); t[c].Head == k && t[c].Deprel == "case" && (w == "after" || w == "before" || w == "until" || w == "since") {
				m.set(k, v, "nsubj")
				m.set(c, v, "mark")
				return
			}
		}
		return
	}
}

// atLeast: in "killed at least 41 people" the people are killed, not killed at.
func (m *mender) atLeast(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "obl" || v < 0 || v > i || t[v].UPOS != "VERB" || m.kid(i, v, "nummod") < 0 || m.kid(v, v, "obj") >= 0 || m.kid(v, 0, "aux:pass") >= 0 {
		return
	}
	at := m.kid(i, v, "case")
	if at != v+1 || !strings.EqualFold(t[at].Form, "at") || at+1 >= len(t) || !strings.EqualFold(t[at+1].Form, "least") && !strings.EqualFold(t[at+1].Form, "most") {
		return
	}
	m.set(i, v, "obj")
	m.set(at, at+1, "case")
	m.set(at+1, i, "nmod")
}

// eachOther: in "accused each other of theft" the two words are one pronoun, and the charge is the verb's.
func (m *mender) eachOther(i int) {
	t := m.toks
	if i+1 >= len(t) || t[i].Head < 0 || !strings.EqualFold(t[i].Form+" "+t[i+1].Form, "each other") && !strings.EqualFold(t[i].Form+" "+t[i+1].Form, "one another") {
		return
	}
	if t[i].Head == i+1 { // the first hangs on the second
		m.set(i, t[i+1].Head, t[i+1].Deprel)
	}
	v := m.toks[i].Head
	if v == i+1 || v < 0 {
		return
	}
	if m.toks[i].Deprel == "det" || m.toks[i].Deprel == "nummod" {
		m.toks[i].Deprel = "obj"
	}
	for k := range m.toks {
		if m.toks[k].Head != i+1 && m.toks[k].Head != i || k == i+1 {
			continue
		}
		deprel := m.toks[k].Deprel
		switch {
		case deprel == "acl" || deprel == "advcl":
			m.set(k, v, "advcl")
		case deprel == "nmod" && k > i && m.toks[v].UPOS == "VERB":
			m.set(k, v, "obl")
		default:
			m.set(k, i, deprel)
		}
	}
	m.set(i+1, i, "fixed")
	m.toks[i].UPOS, m.toks[i].XPOS = "PRON", "PRP"
}

// nearestConjunct: in "thousands were arrested and leaders were detained, deported or forced out" the last verbs are joined to the
// second, which has a subject of its own.
func (m *mender) nearestConjunct(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || h < 0 || h > i || t[i].UPOS != "VERB" || t[h].UPOS != "VERB" || m.kid(i, 0, "nsubj") >= 0 || m.kid(i, 0, "aux") >= 0 {
		return
	}
	for v := i - 1; v > h; v-- {
		if t[v].Head == h && t[v].Deprel == "conj" && t[v].XPOS == t[i].XPOS && m.kid(v, h, "nsubj") >= 0 {
			m.set(i, v, "conj")
			return
		}
	}
}

// dueVerbs are verbs that are often read as nouns behind "due to".
var dueVerbs = wordSet(`vote rule report return visit meet start end open leave speak play debate decide review resume`)

// dueTo: in "are due to vote" the verb is the complement of "due", which is no preposition there.
func (m *mender) dueTo(i int) {
	t := m.toks
	v := t[i].Head
	if !strings.EqualFold(t[i].Form, "due") || i < 1 || v != i+2 || !strings.EqualFold(t[i+1].Form, "to") || t[i].Deprel != "case" && t[i].Deprel != "mark" {
		return
	}
	cop := m.kid(v, 0, "cop")
	if cop < 0 || cop > i || t[v].XPOS != "VB" && !dueVerbs[strings.ToLower(t[v].Form)] {
		return
	}
	head, deprel := t[v].Head, t[v].Deprel
	m.set(i, head, deprel)
	m.set(i+1, v, "mark")
	m.set(v, i, "xcomp")
	for k := range t {
		if m.toks[k].Head == v && k != i+1 && (k < i || m.toks[k].UPOS == "PUNCT" && k > v) {
			m.set(k, i, m.toks[k].Deprel)
		}
	}
	m.toks[i].UPOS, m.toks[i].XPOS = "ADJ", "JJ"
	m.toks[i+1].UPOS, m.toks[i+1].XPOS = "PART", "TO"
	m.toks[v].UPOS, m.toks[v].XPOS, m.toks[v].Lemma = "VERB", "VB", strings.ToLower(t[v].Form)
}

// isTo: in "is to succeed him" the form of "be" is no copula.
func (m *mender) isTo(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "cop" || h < i+2 || t[h].XPOS != "VB" || t[h].UPOS != "VERB" || !strings.EqualFold(t[i+1].Form, "to") {
		return
	}
	m.set(i, h, "aux")
	m.set(i+1, h, "mark")
}

// agentOfPassive: in "bundled into a vehicle by police" and "banned as a terrorist group by India" the one after "by" acts.
func (m *mender) agentOfPassive(i int) {
	t := m.toks
	n := t[i].Head
	if t[i].Deprel != "nmod" || n < 0 || n > i || t[n].Deprel != "obl" || t[n].Head < 0 || !m.marked(i, "by") || t[i].UPOS == "NUM" {
		return
	}
	v := t[n].Head
	if t[v].XPOS != "VBN" || m.kid(v, 0, "obl:agent") >= 0 || m.kid(v, 0, "aux:pass") < 0 && t[v].Deprel != "acl" || !m.marked(n, "into") && !m.marked(n, "as") && !m.marked(n, "to") && !m.marked(n, "from") {
		return
	}
	m.set(i, v, "obl:agent")
}

var tryVerbs = wordSet(`try attempt seek struggle strive manage fail refuse decide agree plan hope want`)

// triedTo: in "had tried in vain to broker a deal" the infinitive is what was tried, not what for.
func (m *mender) triedTo(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "advcl" || v < 0 || v > i || t[i].XPOS != "VB" || !tryVerbs[t[v].Lemma] || !m.marked(i, "to") || m.kid(v, v, "obj") >= 0 || m.kid(v, v, "xcomp") >= 0 {
		return
	}
	m.set(i, v, "xcomp")
}

// halves: in "nine and a half years" the years are counted, and nothing is joined to nine.
func (m *mender) halves(i int) {
	t := m.toks
	if i+4 >= len(t) || t[i].UPOS != "NUM" || t[i+1].Form != "and" || !strings.EqualFold(t[i+2].Form, "a") || !strings.EqualFold(t[i+3].Form, "half") {
		return
	}
	n := i + 4
	if t[n].UPOS != "NOUN" || t[n].Head != i && t[n].Head != t[i].Head {
		return
	}
	up, deprel := t[i].Head, t[i].Deprel
	for k := range t {
		if t[k].Head == i && k != n {
			m.set(k, n, t[k].Deprel)
		}
	}
	m.set(n, up, deprel)
	m.set(i, n, "nummod")
	m.set(i+1, i, "cc")
	m.set(i+2, i+3, "det")
	m.set(i+3, i, "conj")
}

// compoundConjunct: in "guilty of corruption and money laundering" one thing is joined to one, not two.
func (m *mender) compoundConjunct(i int) {
	t := m.toks
	if i < 2 || t[i].XPOS != "VBG" || t[i].Deprel != "conj" && t[i].Deprel != "nmod" && t[i].Deprel != "acl" || t[i-1].UPOS != "NOUN" || t[i-1].Deprel != "conj" {
		return
	}
	first := t[i-1].Head
	if h := t[i].Head; first < 0 || h != first && h != t[first].Head && h != i-1 || m.kid(i, i, "obj") >= 0 {
		return
	}
	and := m.kid(i-1, 0, "cc")
	if and != i-2 || and < 1 {
		return
	}
	if p := and - 1; t[p].UPOS == "NOUN" && t[p].Head == first && (t[p].Deprel == "nmod" || t[p].Deprel == "obl") {
		first = p
	}
	m.set(i, first, "conj")
	m.set(i-1, i, "compound")
	m.set(and, i, "cc")
	m.toks[i].UPOS, m.toks[i].XPOS = "NOUN", "NN"
}

// listOfNames: in "by the United States, the European Union and India" the second name is no name of the first.
func (m *mender) listOfNames(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "appos" || h < 0 || h > i || t[i].UPOS != "PROPN" || t[h].UPOS != "PROPN" || t[h].NER == "" || t[i].NER == "" || person(t[i]) != person(t[h]) {
		return
	}
	c := m.kid(i, i, "conj")
	if c < 0 || t[c].UPOS != "PROPN" || m.kid(c, i, "cc") < 0 {
		return
	}
	det := m.kid(i, h, "det") >= 0
	same := t[i].NER[1:] == t[h].NER[1:] && strings.HasSuffix(t[i].NER, "-LOC")
	if !det && same { // "Brest, Belarus and ..." may be a place in a place
		return
	}
	m.set(i, h, "conj")
	m.set(c, h, "conj")
}
