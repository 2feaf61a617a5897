package entity

import "strings"

// pronouns adds the pronouns of a sentence that can mean somebody or something.
func (a *article) pronouns(sent int) {
	t := &a.trees[sent]
	for i := range t.tokens {
		r, ok := a.pronoun(t, sent, i)
		if ok {
			a.add(r)
		}
	}
}

// pronoun describes the pronoun at a token; false when there is none or it means nothing.
func (a *article) pronoun(t *tree, sent, i int) (ref, bool) {
	r := ref{Mention: Mention{Sent: sent, Start: i, End: i + 1, Head: i, Kind: Pronoun}, thing: -1, owner: -1, same: -1}
	r.head = t.lower(i)
	if t.tokens[i].UPOS != "PRON" && t.tokens[i].UPOS != "DET" {
		return r, false
	}
	switch r.head {
	case "i", "me", "my", "mine", "myself":
		r.person, r.number = 1, 's'
	case "we", "us", "our", "ours", "ourselves":
		r.person, r.number = 1, 'p'
	case "you", "your", "yours", "yourself", "yourselves":
		r.person = 2
	case "he", "him", "his", "himself":
		r.person, r.number, r.gender = 3, 's', 'm'
	case "she", "her", "hers", "herself":
		r.person, r.number, r.gender = 3, 's', 'f'
	case "it", "its", "itself":
		r.person, r.number, r.gender = 3, 's', 'n'
		if r.head == "it" && a.pleonastic(t, i) {
			return r, false
		}
	case "they", "them", "their", "theirs", "themselves":
		r.person, r.number = 3, 'p'
	case "who", "whom", "whose", "which", "that":
		r.person = 'r'
		return r, a.antecedentClause(t, i) >= 0
	default:
		return r, false
	}
	if strings.HasSuffix(r.head, "self") || strings.HasSuffix(r.head, "selves") {
		r.person = 'x'
	}
	return r, true
}

// antecedentClause is the head of the relative clause that a relative pronoun opens, -1 for none.
func (a *article) antecedentClause(t *tree, i int) int {
	p := t.tokens[i]
	if p.UPOS != "PRON" && p.UPOS != "DET" || p.XPOS == "DT" || p.XPOS == "IN" {
		return -1
	}
	for k, steps := i, 0; k >= 0 && steps < 6; k, steps = t.tokens[k].Head, steps+1 {
		if t.tokens[k].Deprel == "acl:relcl" {
			if h := t.tokens[k].Head; h >= 0 && h < i {
				return k
			}
			return -1
		}
		if r := t.rel(k); r == "ccomp" || r == "advcl" || r == "parataxis" {
			return -1
		}
	}
	return -1
}

// pleonastic tells whether an "it" stands for nothing: expletives, "it is clear that", "it seems", "it rains".
func (a *article) pleonastic(t *tree, i int) bool {
	if t.rel(i) == "expl" {
		return true
	}
	h := t.tokens[i].Head
	if h >= 0 && t.rel(i) == "obj" && oneOf(t.lemma(h), "make find think consider deem judge believe call leave keep render") {
		c := t.kid(h, "xcomp") // "made it easier to expel foreigners"
		return c > i && t.tokens[c].UPOS == "ADJ" && (t.kid(h, "advcl", "ccomp", "csubj") > c || t.kid(c, "advcl", "ccomp", "xcomp", "csubj") > c)
	}
	if h < 0 || t.rel(i) != "nsubj" {
		return false
	}
	clausal := t.kid(h, "csubj", "ccomp", "xcomp", "advcl") > h
	if oneOf(t.lemma(h), "seem appear happen turn") && clausal && t.kid(h, "xcomp") < 0 {
		return true
	}
	if oneOf(t.lemma(h), "rain snow hail thunder") {
		return true
	}
	if t.kid(h, "cop") < 0 {
		return false
	}
	return t.tokens[h].UPOS == "ADJ" && clausal || oneOf(t.lemma(h), times) || t.tokens[h].UPOS == "NUM" || t.kid(h, "csubj") > h
}
