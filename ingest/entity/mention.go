package entity

import (
	"sort"
	"strings"
)

// findMentions fills a.refs, in the order of the text.
func (a *article) findMentions() {
	for s := range a.trees {
		from := len(a.refs)
		a.names(s)
		a.nominals(s)
		a.pronouns(s)
		a.demonyms(s)
		a.sortFrom(s, from)
	}
	for i := range a.refs {
		a.refs[i].owner = a.ownerOf(i)
	}
}

// sortFrom puts the mentions of a sentence in the order of their first token, then of their head.
func (a *article) sortFrom(sent, from int) {
	part := a.refs[from:]
	sort.SliceStable(part, func(i, j int) bool {
		if part[i].Start != part[j].Start {
			return part[i].Start < part[j].Start
		}
		return part[i].Head < part[j].Head
	})
	a.heads[sent], a.cover[sent] = filled(len(a.heads[sent])), filled(len(a.cover[sent]))
	for k := range part {
		r := &part[k]
		a.heads[sent][r.Head] = from + k
		if r.Kind != Pronoun {
			a.coverTokens(r, from+k)
		}
	}
}

// coverTokens marks the tokens that a mention names with: all of a name and its title, the nouns before a head.
func (a *article) coverTokens(r *ref, i int) {
	t := &a.trees[r.Sent]
	for k := r.Start; k < r.End; k++ {
		named := r.Kind != Nominal || t.tokens[k].Head == r.Head && k < r.Head && t.rel(k) == "compound"
		if named && a.cover[r.Sent][k] < 0 {
			a.cover[r.Sent][k] = i
		}
	}
}

// names adds the names of a sentence with their titles.
func (a *article) names(sent int) {
	t := &a.trees[sent]
	spans := a.nameSpans(sent)
	for k, s := range spans {
		head := t.top(s.start, s.end)
		r := ref{Mention: Mention{Sent: sent, Start: s.start, End: s.end, Head: head, Kind: Name}, thing: s.thing, owner: -1, same: -1}
		r.Text = t.text(s.start, s.end)
		r.key, r.head, r.acronym = nameKey(r.Text), fold(t.tokens[s.end-1].Form), isAcronym(r.Text)
		r.number = 's'
		if t.tokens[s.end-1].XPOS == "NNPS" && s.thing < 0 {
			r.number = 'p'
		}
		limit := 0
		if k > 0 {
			limit = spans[k-1].end
		}
		r.titleStart = r.Start
		a.titlesOf(t, &r, limit)
		r.marked = s.class
		a.typeName(t, &r, s.class)
		a.add(r)
	}
}

// titlesOf finds what stands before a name as its title: nouns and adjectives that hang on the name, or
// that the name hangs on without a comma.
func (a *article) titlesOf(t *tree, r *ref, limit int) {
	start := r.Start
	for start > limit && a.titleWord(t, start-1, r) {
		start--
	}
	start = min(start, max(limit, a.titleRun(t, r.Start)))
	for start < r.Start && t.tokens[start].UPOS == "ADJ" && t.tokens[start].Head == r.Head && start+1 == r.Start && a.gaz.titleAt(t, start, r.Start) == 0 {
		start++ // "illegitimate Lukashenko" is no title
	}
	if start == r.Start {
		return
	}
	phrase := t.text(start, r.Start)
	last := t.lemma(r.Start - 1)
	if a.gaz.personNoun(last) || oneOf(fold(last), courtesy) || a.gaz.titleAt(t, r.Start-1, r.Start) > 0 {
		r.titles = append(r.titles, phrase)
		r.titleStart = start
	}
}

// titleRun is where the title that ends right before token end begins, with the country and the adjectives that
// stand before it, whatever the tree says: "former Belarusian Prime Minister"; end where there is no title.
func (a *article) titleRun(t *tree, end int) int {
	start := end
	for n := min(3, end); n > 0; n-- {
		if a.gaz.titleAt(t, end-n, end) == n {
			start = end - n
			break
		}
	}
	if start == end {
		return end
	}
	for start > 0 && (a.isDemonym(t, start-1) || oneOf(t.lower(start-1), restrictive)) {
		start--
	}
	return start
}

// isDemonym tells whether a token is an adjective of a country.
func (a *article) isDemonym(t *tree, i int) bool {
	return t.capital(i) && a.demonymAt(t, i).country != ""
}

// demonymAt is what the adjective of a country at a token means, with the word before it where they are one: "South Korean".
func (a *article) demonymAt(t *tree, i int) demonym {
	word := fold(t.tokens[i].Form)
	if i > 0 && t.capital(i-1) {
		if d, ok := a.gaz.demonyms[fold(t.tokens[i-1].Form)+" "+word]; ok {
			return d
		}
	}
	return a.gaz.demonyms[word]
}

// titleWord tells whether token i belongs to the title before a name.
func (a *article) titleWord(t *tree, i int, r *ref) bool {
	tok := t.tokens[i]
	switch tok.UPOS {
	case "NOUN", "PROPN", "ADJ":
	default:
		if tok.Form != "-" {
			return false
		}
	}
	switch t.rel(i) {
	case "compound", "nmod", "amod", "flat", "punct", "appos":
		return t.preposition(i) == "" && t.within(i, r.Head)
	}
	h := t.tokens[r.Head].Head // the name hangs on the title
	return h >= 0 && h < r.Start && t.within(i, h) && h-i < 4 && i <= h && a.hangs(t, r.Head) && r.Start-h <= 1
}

// hangs tells whether a name is tied to the title before it as part of one phrase.
func (a *article) hangs(t *tree, name int) bool {
	r := t.rel(name)
	return r == "flat" || r == "compound" || r == "appos"
}

// personNoun tells whether a lemma or its last word names persons.
func (g *gazetteer) personNoun(lemma string) bool {
	if _, ok := g.titles[lemma]; ok {
		return true
	}
	if n, ok := g.nouns[lemma]; ok {
		return n.class == "Person"
	}
	i := strings.LastIndexAny(lemma, " -")
	return i >= 0 && g.personNoun(lemma[i+1:])
}

// nominals adds the noun phrases of a sentence that are no names.
func (a *article) nominals(sent int) {
	t := &a.trees[sent]
	named := a.namedTokens(sent)
	for i := range t.tokens {
		if named[i] || !a.phraseHead(t, i) {
			continue
		}
		a.add(a.nominal(t, sent, i))
	}
}

// namedTokens marks the tokens of a sentence that belong to a name or to its title.
func (a *article) namedTokens(sent int) []bool {
	t := &a.trees[sent]
	out := make([]bool, len(t.tokens))
	for i := len(a.refs) - 1; i >= 0 && a.refs[i].Sent == sent; i-- {
		r := &a.refs[i]
		for k := r.Start; k < r.End && r.Kind == Name; k++ {
			out[k] = true
		}
	}
	return out
}

// phraseHead tells whether a token heads a noun phrase that speaks of something.
func (a *article) phraseHead(t *tree, i int) bool {
	tok := t.tokens[i]
	switch t.rel(i) {
	case "compound", "flat", "fixed", "goeswith", "case", "mark", "cc", "advmod", "amod", "nummod", "det", "punct", "aux", "cop",
		"discourse", "reparandum":
		return false
	}
	if ofState(t, i) || tok.Deprel == "nmod:desc" || t.kid(i, "punct") == i+1 && i+1 < len(t.tokens) && t.tokens[i+1].Form == "@" {
		return false
	}
	switch tok.UPOS {
	case "NOUN":
		return !a.temporal(t, i) && !a.beforeNoun(t, i)
	case "PROPN":
		return !dated(t, i) && fold(tok.Form) != "" && !a.beforeNoun(t, i)
	case "ADJ", "NUM", "PRON", "DET":
		return a.partitive(t, i) || tok.UPOS == "ADJ" && a.substantive(t, i)
	}
	return false
}

// ofState tells whether a token is the end of an office: "Secretary of State", "head of state".
func ofState(t *tree, i int) bool {
	return i > 1 && t.lower(i) == "state" && t.lower(i-1) == "of" && oneOf(t.lower(i-2), "secretary undersecretary minister head heads department chief")
}

// beforeNoun tells whether a demonym stands before a noun, and so is its adjective, whatever the tree says.
func (a *article) beforeNoun(t *tree, i int) bool {
	if !a.isDemonym(t, i) || i+1 >= len(t.tokens) {
		return false
	}
	p := t.tokens[i+1].UPOS
	return p == "NOUN" || p == "PROPN"
}

// temporal tells whether a noun is a time and nothing else ("last month", "on Monday").
func (a *article) temporal(t *tree, i int) bool {
	return oneOf(t.lemma(i), times) || t.tokens[i].Deprel == "obl:tmod" || t.tokens[i].Deprel == "nmod:tmod"
}

// partitive tells whether a quantity stands before "of" and a noun: "one of the women", "thousands of people".
func (a *article) partitive(t *tree, i int) bool {
	return a.ofNoun(t, i) >= 0 && (oneOf(t.lower(i), quantifiers) || t.tokens[i].UPOS == "NUM")
}

// ofNoun is the noun after "of" that hangs on i, -1 for none.
func (a *article) ofNoun(t *tree, i int) int {
	for _, k := range t.kids[i] {
		if k > i && t.rel(k) == "nmod" && t.preposition(k) == "of" {
			return k
		}
	}
	return -1
}

// substantive tells whether an adjective stands for people: "the wounded", "the poor".
func (a *article) substantive(t *tree, i int) bool {
	if yearsOld(t, i) {
		return true
	}
	switch t.rel(i) {
	case "nsubj", "obj", "iobj", "obl", "nmod", "conj":
		d := t.kid(i, "det")
		return d >= 0 && t.lower(d) == "the" && t.tokens[i].XPOS == "JJ"
	}
	return false
}

// nominal describes the noun phrase that token i heads.
func (a *article) nominal(t *tree, sent, i int) ref {
	r := ref{Mention: Mention{Sent: sent, Start: i, End: i + 1, Head: i, Kind: Nominal}, thing: -1, owner: -1, same: -1, head: t.lemma(i)}
	for _, k := range t.kids[i] {
		if k < i {
			a.before(t, &r, k)
		}
	}
	if yearsOld(t, i) {
		r.Start = min(r.Start, i-4)
	}
	r.End = a.reach(t, sent, i, i+8)
	r.Text = t.text(r.Start, r.End)
	r.bare = t.text(a.afterOwner(t, &r), r.End)
	r.key = fold(r.Text)
	r.number = number(t, i)
	a.typeNominal(t, &r)
	if yearsOld(t, i) {
		r.class, r.number = "Person", 's'
	}
	return r
}

// yearsOld tells whether token i ends "the 41-year-old", who is somebody.
func yearsOld(t *tree, i int) bool {
	return t.lower(i) == "old" && i > 4 && t.lower(i-2) == "year" && t.tokens[i-4].UPOS == "NUM" && t.rel(i) != "amod" && t.rel(i) != "compound"
}

// before takes in a dependent on the left of a noun.
func (a *article) before(t *tree, r *ref, k int) {
	if oneOf(fold(t.tokens[k].Form), calendar) {
		return
	}
	switch t.tokens[k].Deprel {
	case "det", "det:predet":
		r.article = max(r.article, articleOf(t.lower(k)))
	case "amod", "compound", "nummod", "nmod:desc", "nmod", "nmod:unmarked", "flat":
		if a.prepositionIn(t, leftmost(t, k), r.Head) {
			return // "two days after the election"
		}
		r.Start = min(r.Start, leftmost(t, k))
		a.modifier(t, r, k)
	case "nmod:poss":
		r.article = 'p'
		if a.temporal(t, k) {
			r.article = 'd' // "last month's election"
		}
		if t.tokens[k].UPOS != "PRON" && t.tokens[k].UPOS != "DET" && !a.temporal(t, k) {
			r.Start = min(r.Start, leftmost(t, k))
		}
	}
}

// prepositionIn tells whether a word of [start, end) is a preposition of time.
func (a *article) prepositionIn(t *tree, start, end int) bool {
	for k := start; k < end; k++ {
		if t.tokens[k].UPOS == "ADP" && oneOf(t.lower(k), "after before since ahead following") {
			return true
		}
	}
	return false
}

// modifier keeps the lemma of an adjective or noun before the head, or the country it names.
func (a *article) modifier(t *tree, r *ref, k int) {
	if a.isDemonym(t, k) {
		r.country = a.demonymAt(t, k).country
		return
	}
	for _, g := range t.kids[k] {
		if g < k && (t.rel(g) == "compound" || t.rel(g) == "amod") {
			a.modifier(t, r, g)
		}
	}
	if p := t.tokens[k].UPOS; p == "ADJ" || p == "NOUN" || p == "PROPN" || p == "NUM" {
		r.mods = append(r.mods, t.lemma(k))
	}
}

// articleOf classes a determiner.
func articleOf(word string) byte {
	switch word {
	case "the":
		return 'd'
	case "this", "that", "these", "those":
		return 't'
	case "a", "an", "another", "some", "any", "no", "each", "every", "several":
		return 'i'
	}
	return 0
}

// afterOwner is where a noun phrase begins when its possessive is left out.
func (a *article) afterOwner(t *tree, r *ref) int {
	k := t.kid(r.Head, "nmod:poss")
	if k < r.Start || k >= r.Head {
		return r.Start
	}
	start := k + 1
	for start < r.Head && t.tokens[start].Head == k {
		start++
	}
	return start
}

// leftmost is the first token of the subtree of k.
func leftmost(t *tree, k int) int {
	first := k
	for _, g := range t.kids[k] {
		if g < k && t.rel(g) != "punct" && t.rel(g) != "det" {
			first = min(first, leftmost(t, g))
		}
	}
	return first
}

// reach is where the words that tell the thing end: the head, and what hangs on it with "of", up to limit.
func (a *article) reach(t *tree, sent, i, limit int) int {
	end := i + 1
	of := a.ofNoun(t, i)
	if of < 0 || of >= limit {
		return end
	}
	for k := i + 1; k < of; k++ { // no clause in between
		if p := t.tokens[k].UPOS; p == "VERB" || p == "PUNCT" || !t.within(k, of) {
			return end
		}
	}
	end = of + 1
	for end < len(t.tokens) && (a.cover[sent][end] >= 0 || t.tokens[end].NER == "I-DATE") && t.within(end, of) { // "leader Raila Odinga", "9 August"
		end++
	}
	return max(end, a.reach(t, sent, of, limit))
}

// number reads singular or plural off a token; 0 when it does not show.
func number(t *tree, i int) byte {
	tok := t.tokens[i]
	switch {
	case strings.Contains(tok.Feats, "Number=Plur"), tok.XPOS == "NNS", tok.XPOS == "NNPS", tok.XPOS == "JJ":
		return 'p'
	case strings.Contains(tok.Feats, "Number=Sing"), tok.XPOS == "NN", tok.XPOS == "NNP":
		return 's'
	}
	return 0
}

// demonyms adds the adjectives that mean a country ("Russian troops"), where no name covers them.
func (a *article) demonyms(sent int) {
	t := &a.trees[sent]
	named := a.namedTokens(sent)
	for i, tok := range t.tokens {
		_, ok := a.gaz.demonyms[fold(tok.Form)]
		d := a.demonymAt(t, i)
		if !ok || named[i] || d.country == "" || !t.capital(i) || a.heads[sent][i] >= 0 {
			continue
		}
		k, known := a.gaz.byID[d.country]
		if !known {
			continue
		}
		a.add(ref{Mention: Mention{Sent: sent, Start: i, End: i + 1, Head: i, Kind: Demonym}, thing: k, demonym: true,
			class: a.gaz.things[k].class, number: 's', owner: -1, same: -1, key: fold(a.gaz.things[k].label)})
	}
}

// ownerOf finds the mention that a mention belongs to: its possessive, what follows it with "of", or the name or
// demonym of a country or body right before it.
func (a *article) ownerOf(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	if r.Kind != Nominal && r.Kind != Name {
		return -1
	}
	for _, k := range t.kids[r.Head] {
		if t.tokens[k].Deprel == "nmod:poss" {
			if m := a.at(r.Sent, k); m != i {
				return m
			}
		}
	}
	if r.Kind == Name {
		return -1
	}
	for _, k := range t.kids[r.Head] {
		m := a.at(r.Sent, k)
		if m < 0 || m == i {
			continue
		}
		if k < r.Head && (a.refs[m].Kind == Demonym || a.refs[m].Kind == Name && t.rel(k) != "flat" && t.rel(k) != "appos") {
			return m
		}
	}
	if of := a.ofNoun(t, r.Head); of >= 0 && !oneOf(r.head, quantifiers) {
		return a.at(r.Sent, of)
	}
	return -1
}
