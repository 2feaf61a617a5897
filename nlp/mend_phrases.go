package nlp

import "strings"

// phrases mends noun phrases that reach too far.
func (m *mender) phrases(i int) {
	m.frontedPhrase(i)
	m.nameOfPhrase(i)
	m.verbUnderNoun(i)
	m.hyphenated(i)
	m.beforeAmount(i)
}

// frontedPhrase: in "Following the merger, Jane Doe, who founded it, will join the board" the name is the subject, not another name of the
// phrase in front.
func (m *mender) frontedPhrase(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "appos" || h < 0 || h > i || t[i].UPOS != "PROPN" || t[h].UPOS != "NOUN" || !m.commaBefore(i) {
		return
	}
	v := t[h].Head
	c := m.kid(h, 0, "case")
	if v < i || c < 0 || c > h || !m.begins(c) || !m.lacksSubject(v) {
		return
	}
	subject := "nsubj"
	if m.kid(v, 0, "aux:pass") >= 0 {
		subject = "nsubj:pass"
	}
	m.set(i, v, subject)
	for k := i + 1; k < v; k++ {
		if m.toks[k].Head == h && m.toks[k].Deprel != "punct" {
			m.set(k, i, m.toks[k].Deprel)
		}
	}
}

// nameOfPhrase: in "In the capital, Kabul, shops stayed shut" the name between the commas is no second subject.
func (m *mender) nameOfPhrase(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "nsubj" && t[i].Deprel != "nsubj:pass" || v < i || t[i].UPOS != "PROPN" || !m.commaBefore(i) {
		return
	}
	end := i + 1
	for end < v && t[end].Head >= i && t[end].Head < end && t[end].Form != "," {
		end++
	}
	subject := m.kid(v, end, t[i].Deprel)
	if t[end].Form != "," || subject < 0 || subject > v || m.kid(subject, 0, "cc") >= 0 {
		return
	}
	for h := i - 1; h >= 0; h-- {
		if t[h].Head == v && t[h].Deprel == "obl" && t[h].UPOS == "NOUN" {
			m.set(i, h, "appos")
			return
		}
	}
}

// begins is true of the first word of a sentence, or of a clause after a mark.
func (m *mender) begins(i int) bool { return i == 0 || m.toks[i-1].UPOS == "PUNCT" }

func finite(t Token) bool { return t.XPOS == "VBD" || t.XPOS == "VBZ" || t.XPOS == "VBP" }

func (m *mender) lacksSubject(v int) bool {
	return m.kid(v, 0, "nsubj") < 0 && m.kid(v, 0, "nsubj:pass") < 0 && m.kid(v, 0, "csubj") < 0
}

// verbUnderNoun: in "was freed on bail of 500,000 euros and vanished" a finite verb is joined to a verb.
func (m *mender) verbUnderNoun(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || t[i].UPOS != "VERB" || !finite(t[i]) && t[i].XPOS != "VBN" || h < 0 || h > i || !m.lacksSubject(i) {
		return
	}
	if t[h].UPOS != "NOUN" && t[h].UPOS != "PROPN" && t[h].UPOS != "NUM" && t[h].UPOS != "SYM" || m.kid(h, 0, "cop") >= 0 {
		return
	}
	for v, n := t[h].Head, 0; v >= 0 && n < len(t); v, n = t[v].Head, n+1 {
		if t[v].UPOS == "VERB" && v < h {
			m.set(i, v, "conj")
			if t[i].XPOS == "VBN" {
				m.toks[i].XPOS = "VBD"
			}
			return
		}
		if t[v].Deprel == "root" || strings.HasPrefix(t[v].Deprel, "nsubj") {
			return
		}
	}
}

// hyphenated gives "brother-in-law" the lemma that lexicons have it by: the treebanks cut it in five.
func (m *mender) hyphenated(i int) {
	t := m.toks
	if t[i].UPOS != "NOUN" || i+4 >= len(t) || t[i+1].Form != "-" || t[i+3].Form != "-" || t[i+4].UPOS != "NOUN" {
		return
	}
	for k := i; k < i+4; k++ {
		if t[k].SpaceAfter {
			return
		}
	}
	prep := strings.ToLower(t[i+2].Form)
	tail := "-" + prep + "-" + strings.ToLower(t[i+4].Form)
	if prep != "in" && prep != "of" && prep != "at" || strings.HasSuffix(t[i].Lemma, tail) {
		return
	}
	for k := i + 1; k <= i+4; k++ {
		m.set(k, i, "compound")
	}
	m.toks[i].Lemma = strings.ToLower(t[i].Lemma) + tail
	for k := i + 5; k < len(t); k++ {
		if t[k].Head == i+4 { // "the brother-in-law of the king"
			m.set(k, i, t[k].Deprel)
		}
	}
}

// beforeAmount: in "fines Meta 1.2 billion euros" the name before the amount is whom it is fined.
func (m *mender) beforeAmount(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].UPOS != "PROPN" || t[i].Deprel != "compound" && t[i].Deprel != "nmod" || h < i+2 || t[h].Deprel != "obj" || !strings.HasSuffix(t[h].NER, "-MONEY") {
		return
	}
	if v := t[h].Head; v < 0 || v > i || t[i+1].UPOS != "NUM" && t[i+1].UPOS != "SYM" || strings.HasSuffix(t[i].NER, "-MONEY") {
		return
	}
	m.set(i, t[h].Head, "iobj")
	for k := i + 1; k < h; k++ {
		if m.toks[k].Head == i { // words of the number
			m.set(k, h, "compound")
		}
	}
}
