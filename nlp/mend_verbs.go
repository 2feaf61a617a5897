package nlp

import "strings"

// complements mends what verbs take behind them: infinitives and gerunds, particles, objects and what they are called.
func (m *mender) complements(i int) {
	m.amongThem(i)
	m.compoundSubject(i)
	m.subjectBehindAnd(i)
	m.speakersConjunct(i)
	m.worth(i)
	m.moreThan(i)
	m.toFree(i)
	m.toMarch(i)
	m.bareConjunct(i)
	m.gerundComplement(i)
	m.transitiveParticle(i)
	m.ofGerundOfObject(i)
	m.calledQuoted(i)
	m.countedObject(i)
	m.putAt(i)
	m.infinitiveBehindDate(i)
	m.participleOfApposition(i)
	m.appositionBehindAnd(i)
	m.clauseBehindApposition(i)
}

// amongThem: in "expelled ten groups, among them Oxfam" and "met leaders in Rome, including Ek" the one named is of the people or
// things before the comma.
func (m *mender) amongThem(p int) {
	t := m.toks
	name := t[p].Head
	if p < 2 || p+1 >= len(t) || t[p].Deprel != "case" || t[p-1].Form != "," || name < p {
		return
	}
	switch {
	case strings.EqualFold(t[p].Form, "including") && t[name].Deprel != "nmod":
	case strings.EqualFold(t[p].Form, "among") && name == p+1 && strings.EqualFold(t[name].Form, "them"):
		if name = t[name].Head; name > p+1 { // "among them" hung on the first of those named
			break
		}
		name = -1
		for k := p + 2; k < len(t) && name < 0 && t[k].UPOS != "VERB" && t[k].UPOS != "PUNCT"; k++ {
			if h := t[k].Head; (h == t[p+1].Head || h == p+1) && (t[k].UPOS == "PROPN" || t[k].UPOS == "NOUN") {
				name = k
			}
		}
	default:
		return
	}
	group := m.groupBefore(p-1, name)
	if name < 0 || group < 0 {
		return
	}
	m.set(name, group, "nmod")
	m.set(p, name, "case")
	if strings.EqualFold(t[p+1].Form, "them") {
		m.set(p+1, p, "fixed")
	}
}

// groupBefore is the plural noun before a comma that somebody named behind it is one of, -1 for none.
func (m *mender) groupBefore(comma, name int) int {
	t := m.toks
	for k := comma - 1; k >= 0 && t[k].UPOS != "VERB"; k-- {
		if t[k].XPOS != "NNS" {
			continue
		}
		if h := t[k].Head; t[k].Deprel == "nmod" && h >= 0 && h < k && t[h].XPOS == "NNS" && (name >= 0 && person(t[name]) || t[h].Lemma == "dozen" || t[h].Lemma == "thousand" || t[h].Lemma == "hundred" || t[h].Lemma == "score") {
			return h
		}
		return k
	}
	return -1
}

// compoundSubject: in "and the government plans to pay" the noun before the finite verb is its subject.
func (m *mender) compoundSubject(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "compound" || v < i || t[v].UPOS != "VERB" || t[v].XPOS != "VBZ" && t[v].XPOS != "VBD" && t[v].XPOS != "VBP" || m.kid(v, 0, "nsubj") >= 0 {
		return
	}
	m.set(i, v, "nsubj")
	for k := range i {
		if t[k].Head == v && (t[k].Deprel == "det" || t[k].Deprel == "amod" || t[k].Deprel == "nmod:poss") {
			m.set(k, i, t[k].Deprel)
		}
	}
}

// subjectBehindAnd: in "Israel sent houses and Armenia, whose border is shut, flew in blankets" the verb behind the second comma has
// the name before the first as its subject.
func (m *mender) subjectBehindAnd(v int) {
	t := m.toks
	g := t[v].Head
	if t[v].Deprel != "conj" || g < 0 || g > v || t[v-1].Form != "," || !finite(t[v]) || m.kid(v, 0, "nsubj") >= 0 || m.kid(v, 0, "cc") >= 0 {
		return
	}
	for p := v - 2; p > g; p-- {
		and := m.kid(p, g, "cc")
		if t[p].Deprel != "conj" || t[p].UPOS != "PROPN" || and < 0 || and > p || t[p].Head < g {
			continue
		}
		end := p + 1
		for end < v && t[end].Deprel == "flat" {
			end++
		}
		if t[end].Form != "," || end == v-1 {
			return
		}
		for k := end + 1; k < v; k++ { // what stands between the commas is of the name
			if t[k].Head == t[p].Head && (t[k].Deprel == "acl:relcl" || t[k].Deprel == "appos" || t[k].Deprel == "acl") {
				m.set(k, p, t[k].Deprel)
			}
		}
		m.set(p, v, "nsubj")
		m.set(and, v, "cc")
		return
	}
}

// speechActs are done by whoever speaks.
var speechActs = wordSet(`threaten promise vow pledge warn accuse urge demand call insist add say appeal announce predict blame condemn criticise criticize denounce
	praise thank apologise apologize`)

// speakersConjunct: in "denied that his men had looted the place, and threatened more" the one who denied it threatened.
func (m *mender) speakersConjunct(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || h < 0 || h > i || !speechActs[t[i].Lemma] || speechActs[t[h].Lemma] || t[i].XPOS != "VBD" && t[i].XPOS != "VBN" && t[i].XPOS != "VBZ" || t[h].Deprel != "ccomp" || t[h].Head < 0 {
		return
	}
	and := m.kid(i, 0, "cc")
	if and < 1 || t[and-1].Form != "," || m.kid(i, 0, "nsubj") >= 0 || m.kid(i, 0, "aux") >= 0 || m.kid(t[h].Head, 0, "nsubj") < 0 || t[t[h].Head].XPOS == "VBG" {
		return
	}
	m.set(i, t[h].Head, "conj")
	if t[i].XPOS == "VBN" {
		m.toks[i].XPOS = "VBD"
	}
}

// worth: in "aid to Kigali worth 260m euros" the sum is what the aid is worth.
func (m *mender) worth(w int) {
	t := m.toks
	h := t[w].Head
	if !strings.EqualFold(t[w].Form, "worth") || w < 2 || t[w].Deprel != "amod" || h < w || t[w-1].Head != h || t[w-1].Deprel != "compound" || t[h].Head < 0 || t[h].Head > w {
		return
	}
	name := w - 1
	m.set(name, t[h].Head, t[h].Deprel)
	for k := range w {
		if m.toks[k].Head == h && k != name {
			m.set(k, name, m.toks[k].Deprel)
		}
	}
	m.set(h, name, "nmod")
	m.set(w, h, "case")
}

// moreThan: in "wounding more than 40" the number is the object of the verb before it.
func (m *mender) moreThan(i int) {
	t := m.toks
	if i < 3 || t[i].UPOS != "NUM" || t[i].Deprel != "obl" || !strings.EqualFold(t[i-1].Form, "than") || t[i-1].Head != i || t[i-3].UPOS != "VERB" {
		return
	}
	switch strings.ToLower(t[i-2].Form) {
	case "more", "fewer", "less":
	default:
		return
	}
	if m.kid(i-3, i-3, "obj") >= 0 || m.kid(i-3, 0, "aux:pass") >= 0 {
		return
	}
	m.set(i, i-3, "obj")
	m.set(i-2, i, "advmod")
	m.set(i-1, i-2, "fixed")
}

// toFree: in "to free hostages" there is no adjective.
func (m *mender) toFree(i int) {
	t := m.toks
	if i < 1 || !strings.EqualFold(t[i].Form, "free") || t[i].XPOS != "JJ" || !strings.EqualFold(t[i-1].Form, "to") {
		return
	}
	h := t[i].Head
	switch {
	case t[i].Deprel == "amod" && h > i && (t[h].Deprel == "obl" || t[h].Deprel == "obj") && t[i-1].Head == h && t[h].Head >= 0 && t[h].Head < i:
		m.set(i, t[h].Head, "xcomp")
		m.set(h, i, "obj")
	case t[i-1].Head == i && m.kid(i, i, "obj") > 0:
		m.set(i, h, t[i].Deprel)
	default:
		return
	}
	m.set(i-1, i, "mark")
	m.toks[i].UPOS, m.toks[i].XPOS, m.toks[i-1].UPOS, m.toks[i-1].XPOS = "VERB", "VB", "PART", "TO"
}

// willVerbs take an infinitive that says what somebody will do.
var willVerbs = wordSet(`threaten promise vow pledge plan refuse agree decide begin start try fail seek hope want intend offer swear continue prepare`)

// nounLikeVerbs are often read as nouns behind "to".
var nounLikeVerbs = wordSet(`march attack strike fight visit vote protest return appeal rally bomb advance retreat release help support travel talk report appeal raid
	blockade charge fire shell storm review challenge fund boycott`)

// toMarch: in "threatened to march on Goma" the march is a deed, and Goma is where to.
func (m *mender) toMarch(i int) {
	t := m.toks
	v := t[i].Head
	if i < 1 || t[i].Deprel != "obl" || t[i].XPOS != "NN" || v < 0 || v > i || !willVerbs[t[v].Lemma] || !nounLikeVerbs[strings.ToLower(t[i].Form)] || t[i-1].Head != i || !strings.EqualFold(t[i-1].Form, "to") {
		return
	}
	m.set(i, v, "xcomp")
	m.set(i-1, i, "mark")
	m.toks[i].UPOS, m.toks[i].XPOS, m.toks[i].Lemma = "VERB", "VB", strings.ToLower(t[i].Form)
	m.toks[i-1].UPOS, m.toks[i-1].XPOS = "PART", "TO"
	for k := i + 1; k < len(t); k++ {
		switch {
		case m.toks[k].Head == i && m.toks[k].Deprel == "nmod":
			m.set(k, i, "obl")
		case m.toks[k].Head == v && (strings.HasPrefix(m.toks[k].Deprel, "obl") || m.toks[k].Deprel == "advcl"):
			m.set(k, i, m.toks[k].Deprel)
		}
	}
}

// bareConjunct: a bare infinitive is joined to an infinitive, not to a finite verb ("promised to free prisoners and hold elections").
func (m *mender) bareConjunct(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || t[i].XPOS != "VB" || h < 0 || h > i || t[h].XPOS == "VB" || t[h].UPOS != "VERB" || m.kid(i, 0, "nsubj") >= 0 || m.kid(i, 0, "aux") >= 0 || m.kid(i, 0, "cc") < 0 {
		return
	}
	if a := m.kid(h, 0, "aux"); a >= 0 && t[a].XPOS == "MD" {
		return
	}
	for k := i - 1; k > h; k-- {
		if t[k].XPOS == "VB" && m.marked(k, "to") && (t[k].Head == h || t[t[k].Head].Head == h) {
			m.set(i, k, "conj")
			return
		}
	}
}

// gerundVerbs take a gerund as their complement; with their particle.
var gerundVerbs = wordSet(`rule_out deny avoid admit consider suggest propose resist risk recall oppose delay favour favor advocate regret report
	stop begin start keep continue finish quit give_up put_off condemn face contemplate forbid recommend mean involve halt abandon`)

// gerundComplement: in "ruled out sending troops" the gerund is what was ruled out.
func (m *mender) gerundComplement(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "advcl" || t[i].XPOS != "VBG" || v < 0 || v > i || m.kid(i, 0, "mark") >= 0 || m.kid(v, v, "obj") >= 0 {
		return
	}
	switch {
	case v == i-1 && gerundVerbs[t[v].Lemma]:
	case v == i-2 && t[i-1].Deprel == "compound:prt" && gerundVerbs[t[v].Lemma+"_"+strings.ToLower(t[i-1].Form)]:
	default:
		return
	}
	m.set(i, v, "xcomp")
}

// particleVerbs take an object behind their particle.
var particleVerbs = wordSet(`hand_over take_over turn_over hand_down hand_out hand_in set_off cut_off call_off break_off lay_off seal_off hold_off fend_off
	ward_off write_off shut_off carry_out rule_out wipe_out force_out drive_out phase_out point_out single_out throw_out pull_down shoot_down gun_down bring_down put_down
	lay_down turn_down tear_down burn_down shut_down close_down strike_down play_down set_up blow_up beat_up break_up back_up give_up take_up cover_up
	round_up call_up draw_up pick_up step_up build_up prop_up seal_up hold_up hand_back take_back roll_back push_back hold_back win_back bring_back fly_in bring_in call_in ship_in`)

// transitiveParticle: in "set off ammunition" and "handing over either of them" the small word is the verb's.
func (m *mender) transitiveParticle(p int) {
	t := m.toks
	o := t[p].Head
	if t[p].Deprel != "case" || p < 1 || o < p || t[o].Deprel != "obl" || t[o].Head != p-1 || !particleVerbs[t[p-1].Lemma+"_"+strings.ToLower(t[p].Form)] {
		return
	}
	v := p - 1
	if t[v].UPOS != "VERB" || m.kid(v, v, "obj") >= 0 || m.kid(v, 0, "aux:pass") >= 0 {
		return
	}
	m.set(p, v, "compound:prt")
	m.set(o, v, "obj")
}

// ofGerundOfObject: in "suspected the services of staging the raid" the gerund is the suspicion.
func (m *mender) ofGerundOfObject(i int) {
	t := m.toks
	o := t[i].Head
	if t[i].Deprel != "acl" || t[i].XPOS != "VBG" || o < 0 || o > i || t[o].Deprel != "obj" || !m.marked(i, "of") {
		return
	}
	if v := t[o].Head; v >= 0 && ofVerbs[t[v].Lemma] {
		m.set(i, v, "advcl")
	}
}

// callingVerbs say what somebody or something is.
var callingVerbs = wordSet(`call dub label term name brand describe denounce consider deem pronounce declare`)

// calledQuoted: in "called the ruling "a farce"" the quoted words are what the ruling is called, no part of its name.
func (m *mender) calledQuoted(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "compound" || h < i+2 || t[h].Deprel != "obj" || t[h].Head < 0 || t[h].Head > i || !callingVerbs[t[t[h].Head].Lemma] || !quoteMark(t[i+1].Form) {
		return
	}
	v := t[h].Head
	for k := range i {
		if t[k].Head == h {
			m.set(k, i, t[k].Deprel)
		}
	}
	m.set(i, v, "obj")
	m.set(h, v, "xcomp")
}

func quoteMark(s string) bool {
	switch s {
	case "\"", "“", "‘", "'", "``":
		return true
	}
	return false
}

// countedObject: in "killed at least 12 people" the people are killed: an oblique needs a preposition of its own.
func (m *mender) countedObject(i int) {
	t := m.toks
	v := t[i].Head
	if t[i].Deprel != "obl" || v < 0 || v > i || t[v].UPOS != "VERB" || t[i].UPOS != "NUM" && (t[i].UPOS != "NOUN" || m.kid(i, v, "nummod") < 0) || m.kid(i, 0, "case") >= 0 || timeNouns[strings.ToLower(t[i].Lemma)] || strings.HasSuffix(t[i].NER, "-DATE") {
		return
	}
	if m.kid(v, v, "obj") < 0 && m.kid(v, 0, "aux:pass") < 0 && m.kid(v, 0, "nsubj:pass") < 0 && strings.HasPrefix(t[v].XPOS, "V") {
		m.set(i, v, "obj")
	}
}

// putAt: in "puts the number of those who have died since 2003 at up to 300,000" the figure is what the number is put at.
func (m *mender) putAt(i int) {
	t := m.toks
	at := -1
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if strings.EqualFold(t[k].Form, "at") {
			at = k
			break
		}
	}
	if t[i].UPOS != "NUM" && t[i].UPOS != "SYM" || t[i].Deprel != "obl" && t[i].Deprel != "nmod" || at < 0 {
		return
	}
	for k := at + 1; k < i; k++ {
		if k == at+1 && (strings.EqualFold(t[k].Form, "up") || strings.EqualFold(t[k].Form, "least")) || k == i-1 && strings.EqualFold(t[k].Form, "to") || t[k].Head == i {
			continue
		}
		return
	}
	v := t[i].Head
	for n := 0; v >= 0 && n < len(t) && t[v].Lemma != "put"; n++ {
		v = t[v].Head
	}
	if v < 0 || v > at || m.kid(v, v, "obj") < 0 {
		return
	}
	m.set(i, v, "obl")
	m.set(at, i, "case")
	for k := at + 1; k < i; k++ {
		m.set(k, i, "advmod")
	}
}

// infinitiveBehindDate: in "the court's decision on Wednesday to issue a warrant" the infinitive is the decision's.
func (m *mender) infinitiveBehindDate(i int) {
	t := m.toks
	n := t[i].Head
	to := i - 1
	if t[i].Deprel != "acl" && t[i].Deprel != "advcl" || t[i].XPOS != "VB" || to < 1 || n < 0 || n > i || !strings.EqualFold(t[to].Form, "to") || t[n].UPOS == "NOUN" && infinitiveNouns[t[n].Lemma] {
		return
	}
	d := t[to-1].Head
	if !strings.HasSuffix(t[to-1].NER, "-DATE") || d <= n || d > to || t[d].UPOS != "NOUN" || !infinitiveNouns[t[d].Lemma] {
		return
	}
	m.set(i, d, "acl")
}

// participleOfApposition: in "armed the Janjaweed, the militia blamed for the killing" the participle describes the militia, and the
// militia is the one named before the comma.
func (m *mender) participleOfApposition(v int) {
	t := m.toks
	n := v - 1
	if n < 2 || t[v].XPOS != "VBN" || t[v].Deprel != "ccomp" && t[v].Deprel != "parataxis" && t[v].Deprel != "conj" || t[n].Head != v || t[n].UPOS != "NOUN" || !strings.HasPrefix(t[n].Deprel, "nsubj") {
		return
	}
	if v+1 >= len(t) || t[v+1].UPOS != "ADP" || m.kid(v, v, "obj") >= 0 || m.kid(v, 0, "aux") >= 0 || m.kid(v, 0, "cc") >= 0 || m.kid(v, 0, "mark") >= 0 {
		return
	}
	first := m.first(n)
	if first < 2 || t[first-1].Form != "," {
		return
	}
	w := first - 2
	for w > 0 && (t[w].Deprel == "flat" || t[w].Deprel == "compound") && t[w].Head >= 0 {
		w = t[w].Head
	}
	if t[w].UPOS != "PROPN" && t[w].UPOS != "NOUN" || w >= first {
		return
	}
	m.set(n, w, "appos")
	m.set(v, n, "acl")
}

// first is the first of the words that hang on i and stand before it without a gap, punctuation aside.
func (m *mender) first(i int) int {
	k := i
	for k > 0 && m.toks[k-1].Head >= k-1 && m.toks[k-1].Head <= i && m.toks[k-1].UPOS != "PUNCT" {
		k--
	}
	return k
}

// appositionBehindAnd: behind "A or B, a minister" the list is closed, so B is the minister.
func (m *mender) appositionBehindAnd(i int) {
	t := m.toks
	h := t[i].Head
	if t[i].Deprel != "conj" || h < 0 || h > i || t[i].XPOS != "NN" || m.kid(i, 0, "cc") >= 0 || m.kid(i, 0, "det") < 0 {
		return
	}
	first := m.first(i)
	if first < 1 || t[first-1].Form != "," {
		return
	}
	last := -1
	for k := h + 1; k < len(t); k++ {
		if t[k].Head != h || t[k].Deprel != "conj" || k == i {
			continue
		}
		if k > i {
			return
		}
		last = k
	}
	if last < 0 || m.kid(last, h, "cc") < 0 || !named(t[last]) {
		return
	}
	m.set(i, last, "appos")
}

// clauseBehindApposition: in "..., and China, a buyer of oil, called on the council" the verb behind the second comma is China's.
func (m *mender) clauseBehindApposition(v int) {
	t := m.toks
	n := t[v].Head
	if t[v].Deprel != "acl" || t[v].XPOS != "VBN" && t[v].XPOS != "VBD" || n < 0 || n > v || t[v-1].Form != "," || t[n].Deprel != "appos" || m.kid(v, v, "obl:agent") >= 0 {
		return
	}
	first := m.first(n)
	if first < 3 || t[first-1].Form != "," {
		return
	}
	p := first - 2
	for p > 0 && t[p].Deprel == "flat" {
		p = t[p].Head
	}
	and := m.kid(p, 0, "cc")
	if t[p].UPOS != "PROPN" || t[p].Deprel != "conj" || and < 1 || and > p || t[and-1].UPOS != "PUNCT" {
		return
	}
	for k := v + 1; k < len(t); k++ { // a later verb of its own: "China, a buyer of oil, hit by sanctions, called"
		if t[k].Head == p || t[k].UPOS == "VERB" && t[k].Head == t[p].Head && t[k].Deprel == "conj" {
			return
		}
	}
	root := p
	for k := 0; t[root].Head >= 0 && k < len(t); k++ {
		root = t[root].Head
	}
	m.set(n, p, "appos")
	m.set(v, root, "conj")
	m.set(p, v, "nsubj")
	m.set(and, v, "cc")
	m.toks[v].XPOS = "VBD"
}
