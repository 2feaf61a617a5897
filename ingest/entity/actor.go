package entity

import "slices"

// acts tells whether the name of a capital stands for those who govern from it, by its part in the sentence: the
// subject of a verb of doing, or whom one deals "with", or has support "from".
func (a *article) acts(t *tree, i int) bool {
	i = t.first(i)
	h := t.tokens[i].Head
	if h < 0 {
		return false
	}
	switch t.tokens[i].Deprel {
	case "nsubj", "nsubj:outer":
		return t.tokens[h].UPOS == "VERB" && !oneOf(t.lemma(h), stative) || oneOf(t.lemma(h), attitudes)
	case "nsubj:pass", "obj", "iobj":
		return oneOf(t.lemma(h), addressed)
	case "obl:agent":
		return true
	case "nmod:poss", "compound", "nmod:desc":
		return oneOf(t.lemma(h), dealings)
	}
	switch t.rel(i) {
	case "obl", "nmod":
		return a.dealtWith(t, i, h)
	}
	return false
}

// dealtWith tells whether a preposition makes a party of a capital, rather than a place.
func (a *article) dealtWith(t *tree, i, h int) bool {
	place := oneOf(t.lemma(h), motion)
	switch t.preposition(i) {
	case "with", "against", "between":
		return !place
	case "by":
		return t.tokens[h].UPOS == "VERB" && !place
	case "from":
		return oneOf(t.lemma(h), received) || oneOf(t.lemma(h), dealings)
	case "for":
		return !place && (t.tokens[h].UPOS == "VERB" || oneOf(t.lemma(h), dealings))
	case "on", "upon", "of", "to", "towards", "toward":
		return oneOf(t.lemma(h), dealings) && !(place && t.tokens[h].UPOS == "VERB") || t.preposition(i) == "on" && oneOf(t.lemma(h), "call rely depend lean press")
	}
	return false
}

// Words around a capital that tell the government from the city.
const (
	stative = "be lie have become host see witness remain experience look sit stand sleep wake burn fall welcome boast grow " +
		"contain house flood freeze cover include"
	attitudes = "ready keen willing reluctant unwilling concerned worried eager responsible prepared determined furious angry adamant sceptical skeptical optimistic cautious wary hopeful convinced silent opposed open " +
		"committed hostile critical happy unhappy interested anxious nervous able unable due set"
	addressed = "accuse blame urge warn tell ask press pressure condemn criticise criticize thank praise support back sanction " +
		"anger provoke threaten persuade convince irritate infuriate please assure inform defy oppose isolate rebuke punish trust " +
		"pit invite alarm embolden reassure upset annoy snub lobby"
	dealings = "support backing help aid assistance influence pressure interest policy demand decision response reaction move " +
		"reply stance position statement announcement claim proposal offer plan loan credit tie relation relationship link " +
		"alliance ally partner government regime authority official diplomat ambassador envoy leadership intervention " +
		"involvement role threat warning sanction dependence reliance dominance grip control hand permission approval consent " +
		"blessing promise pledge request invitation message signal criticism agreement deal treaty integration cooperation " +
		"dialogue talk negotiation war campaign propaganda troop force army military effort attempt ambition intention strategy " +
		"foe rival enemy opposition rapprochement loyalty allegiance concession guarantee protection subsidy money funding"
	received = "get receive demand seek expect win secure borrow buy obtain extract need want request accept hear await require import gain earn draw"
	motion   = "fly travel return come arrive depart flee drive move walk run go leave head ride march escape evacuate deport bring " +
		"take carry send transport commute live hear report flight train road route distance journey trip bus way km mile " +
		"kilometre kilometer hour people resident student man woman journalist reporter correspondent road railway highway motorway"
)

// stateOf is the index in the gazetteer of the country that a name can act for: that of a capital, of Brussels the European Union where the
// article is about it; -1 for none.
func (a *article) stateOf(i int) int {
	g := a.group(i)
	if g.thing < 0 {
		return -1
	}
	th := a.gaz.things[g.thing]
	if !th.capital || th.class != "City" {
		return -1
	}
	if th.id == "Brussels" && a.speaksOf("European_Union") && !a.speaksOf("Belgium") {
		return a.gaz.byID["European_Union"]
	}
	if k, ok := a.gaz.byID[th.country]; ok {
		return k
	}
	return -1
}

// speaksOf tells whether the article names a thing of the gazetteer.
func (a *article) speaksOf(id string) bool {
	k, ok := a.gaz.byID[id]
	return ok && slices.ContainsFunc(a.refs, func(r ref) bool { return r.thing == k && r.Kind == Name })
}
