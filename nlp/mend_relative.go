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

// whereOfPlace: in "a video from Belgium, where he lives" he lives in Belgium.
func (m *mender) whereOfPlace(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "acl:relcl" || h < 0 || h > i || t[h].UPOS != "NOUN" {
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
	if t[i].Deprel != "acl:relcl" || h < 0 || h > i || t[h].UPOS != "NOUN" || t[h].Deprel != "nmod" {
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
