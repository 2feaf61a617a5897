package nlp

import "strings"

// relativeOfDate: in "launched a coup in 2012 which toppled the president" the clause is the coup's.
func (m *mender) relativeOfDate(i int) {
	t := m.toks
	d := t[i].Head
	if t[i].Deprel != "acl:relcl" || d < 0 || d > i || !strings.HasSuffix(t[d].NER, "-DATE") || t[d].Head < 0 {
		return
	}
	for k := d - 1; k > t[d].Head; k-- {
		if t[k].Head == t[d].Head && (t[k].Deprel == "obj" || t[k].Deprel == "obl") && t[k].UPOS != "NUM" && !strings.HasSuffix(t[k].NER, "-DATE") {
			m.set(i, k, "acl:relcl")
			return
		}
	}
}

// abstract are endings of nouns that "who" cannot speak of.
var abstract = []string{"tion", "sion", "ment", "ity", "ness", "ance", "ence", "ism", "age", "ure", "dom", "ship", "acy"}

// acts are nouns for what somebody did, went through or has, which "who" cannot speak of either.
var acts = wordSet(`testimony death arrest trial murder killing release return visit account office home house speech letter book memoir diary
	rule reign campaign victory defeat departure resignation dismissal estate funeral legacy fate hearing meeting rally protest march ceremony
	conference summit inquiry case lawsuit complaint interview debate dinner event raid attack plot`)

// whoOfName: in "no claim of responsibility from the Tigers, who ..." the clause is the Tigers'.
func (m *mender) whoOfName(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "acl:relcl" || h < 0 || h > i || t[h].UPOS != "NOUN" {
		return
	}
	lemma := strings.ToLower(t[h].Lemma)
	thing := claimNouns[lemma] || acts[lemma]
	if p := m.kid(i, h, "nsubj") - 2; p > h && t[p+1].Form == "," && person(t[p]) {
		thing = true // "an official of the agency, Nils Aker, who"
	}
	for _, end := range abstract {
		thing = thing || strings.HasSuffix(lemma, end)
	}
	who := m.kid(i, h, "nsubj")
	if !thing || who < 0 || !strings.EqualFold(t[who].Form, "who") {
		return
	}
	p := who - 1
	for p > h && t[p].UPOS == "PUNCT" {
		p--
	}
	for p > h && (t[p].Deprel == "flat" || t[p].Deprel == "compound") && t[p].Head > h {
		p = t[p].Head
	}
	if p > h && p < who && t[p].UPOS == "PROPN" {
		m.set(i, p, "acl:relcl")
	}
}

// reportedRelative: in "a poll that her supporters say was rigged" the pronoun is the subject of what they say.
func (m *mender) reportedRelative(i int) {
	t := m.toks
	n := t[i].Head
	if t[i].Deprel != "acl:relcl" || n < 0 || m.kid(i, 0, "nsubj") >= 0 || m.kid(i, i, "ccomp") >= 0 {
		return
	}
	for v := n + 1; v < i; v++ {
		if t[v].Head != n || t[v].Deprel != "acl:relcl" || t[v].XPOS == "VBG" || t[v].XPOS == "VBN" || m.kid(v, v, "obj") >= 0 || m.kid(v, v, "ccomp") >= 0 {
			continue
		}
		p := m.kid(v, n, "obj")
		if p < 0 || p > v || !relativeWords[strings.ToLower(t[p].Form)] || m.kid(v, p, "nsubj") < 0 {
			continue
		}
		deprel := "nsubj"
		if m.kid(i, v, "aux:pass") >= 0 {
			deprel = "nsubj:pass"
		}
		m.set(i, v, "ccomp")
		m.set(p, i, deprel)
		m.toks[p].UPOS, m.toks[p].XPOS = "PRON", "WDT"
		return
	}
}

// settlements are nouns for places that "where" speaks of itself.
var settlements = wordSet(`city town village suburb district region province island port capital county state country valley resort camp base house home hotel
	hospital prison airport building square stadium school church mosque palace headquarters neighbourhood neighborhood area site place`)

// whereOfPlace: in "a video from Belgium, where he lives" he lives in Belgium.
func (m *mender) whereOfPlace(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "acl:relcl" || h < 0 || h > i || t[h].UPOS != "NOUN" || settlements[strings.ToLower(t[h].Lemma)] {
		return
	}
	where := m.kid(i, h, "advmod")
	if where < 2 || !strings.EqualFold(t[where].Form, "where") || t[where-1].Form != "," {
		return
	}
	p := where - 2
	for p > h && t[p].Deprel == "flat" {
		p = t[p].Head
	}
	if p > h && t[p].Head == h && t[p].Deprel == "nmod" && strings.HasSuffix(t[p].NER, "-LOC") {
		m.set(i, p, "acl:relcl")
	}
}

// whoseRelative: in "denied bias before the committee, whose chairman had subpoenaed documents" the clause with "whose" is no content.
func (m *mender) whoseRelative(i int) {
	t := m.toks
	h := t[i].Head
	if h < 0 || h > i || t[i].Deprel != "ccomp" && t[i].Deprel != "advcl" && t[i].Deprel != "parataxis" {
		return
	}
	s := m.kid(i, h, "nsubj")
	if s < 0 || !m.owned(s, "whose") {
		return
	}
	p := m.kid(s, h, "nmod:poss") - 1
	if p <= h || t[p].Form != "," {
		return
	}
	for p--; p > h && (t[p].UPOS != "NOUN" && t[p].UPOS != "PROPN" || t[p].Head > h && (t[p].Deprel == "flat" || t[p].Deprel == "compound")); p-- {
	}
	if p > h {
		m.set(i, p, "acl:relcl")
	}
}

// whoseClause: in "Egypt, whose president, X, backs the army, hosted talks" the verb behind the second comma is the main one: no
// verb has two subjects, and no participle stands between a comma and its noun there.
func (m *mender) whoseClause(i int) {
	t := m.toks
	if t[i].Deprel != "root" || t[i].UPOS != "VERB" {
		return
	}
	first := m.kid(i, 0, "nsubj")
	if first < 0 {
		return
	}
	second := m.kid(i, first+1, "nsubj")
	if second < 0 || second > i || !m.owned(second, "whose") {
		return
	}
	for v := i + 2; v < len(t); v++ {
		noun := t[v].Head
		if t[v-1].Form != "," || t[v].Deprel != "amod" || t[v].XPOS != "VBN" && t[v].XPOS != "VBD" || noun < v || t[noun].Head != i {
			continue
		}
		m.set(v, -1, "root")
		m.set(i, first, "acl:relcl")
		m.set(first, v, "nsubj")
		m.set(noun, v, "obj")
		m.toks[v].UPOS, m.toks[v].XPOS = "VERB", "VBD"
		for k := v + 1; k < len(t); k++ { // what stood behind it is its own
			if m.toks[k].Head == i || k == len(t)-1 && m.toks[k].UPOS == "PUNCT" {
				m.set(k, v, m.toks[k].Deprel)
			}
		}
		return
	}
}

// owned reports whether i belongs to what this word stands for.
func (m *mender) owned(i int, word string) bool {
	k := m.kid(i, 0, "nmod:poss")
	return k >= 0 && strings.EqualFold(m.toks[k].Form, word)
}

// whoOfHolder: in "Paul Cassell, a lawyer for 15 families, who asked" it is the lawyer who asked.
func (m *mender) whoOfHolder(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "acl:relcl" || h < 0 || h > i || t[h].UPOS != "NOUN" && (t[h].UPOS != "PROPN" || person(t[h])) || t[h].Deprel != "nmod" {
		return
	}
	role := t[h].Head
	who := m.kid(i, h, "nsubj")
	if role < 0 || role > h || who < 1 || !strings.EqualFold(t[who].Form, "who") || t[who-1].Form != "," || !holders[strings.ToLower(t[role].Lemma)] {
		return
	}
	if n := t[role].Head; t[role].Deprel == "appos" && n >= 0 && person(t[n]) {
		m.set(i, n, "acl:relcl")
	}
}

// strayRelative: in "signed an agreement on Monday that ends the war" and "the party of Aslan Abashidze, who on Saturday closed the
// border" the clause is the noun's, not the verb's.
func (m *mender) strayRelative(i int) {
	t := m.toks
	v := t[i].Head
	if v < 0 || v > i || t[i].UPOS != "VERB" && m.kid(i, 0, "cop") < 0 || t[v].UPOS != "VERB" {
		return
	}
	switch t[i].Deprel {
	case "advcl", "advcl:relcl", "parataxis":
	default:
		return
	}
	p := m.kid(i, v, "nsubj")
	if p < v+2 || p > i || t[p].XPOS != "WDT" && t[p].XPOS != "WP" || m.kid(i, v, "mark") >= 0 || m.kid(i, v, "cc") >= 0 {
		return
	}
	if word := strings.ToLower(t[p].Form); word == "who" && t[p-1].Form == "," {
		if n := m.somebody(p-1, v); n >= 0 {
			m.set(i, n, "acl:relcl")
		}
	} else if n := m.lastThing(p, v); n >= 0 && (word == "that" || word == "which") {
		m.set(i, n, "acl:relcl")
	}
}

// conjunctOfDate: in "the guarantors of the treaty of 1942, Brazil and Chile" the names are joined to no year; they say who the
// guarantors are.
func (m *mender) conjunctOfDate(i int) {
	t := m.toks
	d := t[i].Head
	if t[i].Deprel != "conj" || d < 0 || d > i || t[d].UPOS != "NUM" || !strings.HasSuffix(t[d].NER, "-DATE") || !named(t[i]) {
		return
	}
	n := t[d].Head
	for n >= 0 && t[n].XPOS != "NNS" && (t[n].Deprel == "nmod" || t[n].Deprel == "flat") {
		n = t[n].Head
	}
	if n < 0 || n > i || t[n].XPOS != "NNS" {
		return
	}
	m.set(i, n, "appos")
	for k := i + 1; k < len(t); k++ {
		if m.toks[k].Head == d && m.toks[k].Deprel == "conj" {
			m.set(k, i, "conj")
		}
	}
}

// conjunctOfRelative: in "Tusk, who was a minister and then president of the council, leads" both offices are in the clause with "who".
func (m *mender) conjunctOfRelative(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || t[i].UPOS != "NOUN" || h < 0 || h > i || !person(t[h]) {
		return
	}
	r := m.kid(h, h, "acl:relcl")
	if r < 0 || r > i || t[r].UPOS != "NOUN" || m.kid(r, h, "cop") < 0 {
		return
	}
	for k := r + 1; k < i; k++ {
		if t[k].Form == "," {
			return
		}
	}
	m.set(i, r, "conj")
}

// somebody is the person that a noun phrase before word end and behind verb v speaks of last, -1 for nobody.
func (m *mender) somebody(end, v int) int {
	t := m.toks
	n := end - 1
	for n > v && t[n].UPOS == "PUNCT" {
		n--
	}
	for steps := 0; n > v && steps < len(t); n, steps = t[n].Head, steps+1 {
		switch {
		case t[n].Deprel == "flat" || t[n].Deprel == "compound" || t[n].UPOS != "NOUN" && t[n].UPOS != "PROPN":
		case person(t[n]) && t[n].Deprel != "nmod:poss":
			return n
		case t[n].Deprel == "appos" && t[n].Head > v && person(t[t[n].Head]):
			return t[n].Head
		case holders[strings.ToLower(t[n].Lemma)]:
			return n
		}
	}
	return -1
}

// lastThing is the object or oblique of verb v that stands last before word end and is no time; -1 for none.
func (m *mender) lastThing(end, v int) int {
	t := m.toks
	for k := end - 1; k > v; k-- {
		if t[k].Head == v && (t[k].Deprel == "obj" || t[k].Deprel == "obl") && t[k].UPOS == "NOUN" && !strings.HasSuffix(t[k].NER, "-DATE") && !timeNouns[strings.ToLower(t[k].Lemma)] {
			return k
		}
	}
	return -1
}

// bareOblique: in "In return Ecuador, which keeps the hill, is to receive a road" the name without a preposition is the subject.
func (m *mender) bareOblique(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].UPOS != "PROPN" || t[i].Deprel != "obl" && t[i].Deprel != "nsubj:outer" || v < i || strings.HasSuffix(t[i].NER, "-DATE") || t[v].UPOS != "VERB" ||
		m.kid(i, 0, "case") >= 0 || t[i].NER == "" || t[i].NER == "O" {
		return
	}
	for k := range t {
		if k != i && t[k].Head == v && (strings.HasPrefix(t[k].Deprel, "nsubj") || strings.HasPrefix(t[k].Deprel, "csubj")) {
			return
		}
	}
	deprel := "nsubj"
	if m.kid(v, 0, "aux:pass") >= 0 {
		deprel = "nsubj:pass"
	}
	m.set(i, v, deprel)
}

// describedPlace: in "In Kisumu, the Kenyan city on the lake, a strike went on" the city is no second subject.
func (m *mender) describedPlace(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "nsubj" || t[i].UPOS != "NOUN" || v < i || m.kid(v, i+1, "nsubj") < 0 {
		return
	}
	first := i
	for first > 0 && t[first-1].Head == i {
		first--
	}
	if first < len(t) && t[first].Form == "," {
		first++
	}
	if first < 2 || t[first-1].Form != "," {
		return
	}
	n := first - 2
	for n > 0 && (t[n].Deprel == "flat" || t[n].Deprel == "compound") {
		n = t[n].Head
	}
	if t[n].UPOS == "PROPN" && strings.HasSuffix(t[n].NER, "-LOC") && t[n].Head == v && m.kid(n, 0, "case") >= 0 {
		m.set(i, n, "appos")
	}
}
