package entity

import (
	"sort"
	"strings"
	"unicode"
)

// span is a run of tokens that may be a name.
type span struct {
	start, end int
	class      string // Person, Organization, Place, Event, or empty
	thing      int
}

func (s span) covers(o span) bool   { return s.start <= o.start && o.end <= s.end }
func (s span) overlaps(o span) bool { return s.start < o.end && o.start < s.end }

// nameSpans finds the names of a sentence: what the tagger of named entities marks, runs of proper nouns
// and names of the gazetteer, joined so that no two overlap, in the order of the text.
func (a *article) nameSpans(sent int) []span {
	t := &a.trees[sent]
	marked := a.marked(t)
	all := append(marked, a.runs(t, marked)...)
	all = append(all, a.inGazetteer(t)...)
	all = append(all, a.called(t, all)...)
	all = a.partedOf(t, all)
	sort.SliceStable(all, func(i, j int) bool { return all[i].end-all[i].start > all[j].end-all[j].start })
	var out []span
	for _, s := range all {
		out = join(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].start < out[j].start })
	return out
}

// partedOf parts the names of people from the country that they are of: "Yoweri Museveni of Uganda".
func (a *article) partedOf(t *tree, names []span) []span {
	var out []span
	for _, s := range names {
		of := s.start + 1
		for of < s.end && t.lower(of) != "of" {
			of++
		}
		if s.class != "Person" || of+1 >= s.end || !a.gaz.isCountry(t.text(of+1, s.end)) || a.gaz.titleAt(t, of-1, of) > 0 {
			out = append(out, s)
			continue
		}
		out = append(out, span{s.start, of, s.class, -1}, span{of + 1, s.end, "Place", -1})
	}
	return out
}

// called lengthens names by the capitalised noun of what is called after them: "the Paris Agreement", "the Geneva Conventions".
func (a *article) called(t *tree, names []span) []span {
	if titleCase(t) {
		return nil
	}
	var out []span
	for _, s := range names {
		if s.end >= len(t.tokens) || !t.capital(s.end) || !t.tokens[s.end-1].SpaceAfter || s.thing < 0 && s.class != "Place" {
			continue
		}
		if p := t.tokens[s.end].UPOS; p != "PROPN" && p != "NOUN" {
			continue
		}
		if n := a.gaz.nouns[t.lemma(s.end)]; oneOf(n.class, "Agreement Law Document Event") {
			out = append(out, span{s.start, s.end + 1, n.class, -1})
		}
	}
	return out
}

// titleCase tells whether a sentence has most of its long words in capitals, as headlines do.
func titleCase(t *tree) bool {
	long, capitals := 0, 0
	for i := range t.tokens {
		if len(t.tokens[i].Form) > 3 && t.tokens[i].UPOS != "PROPN" {
			long++
			if t.capital(i) {
				capitals++
			}
		}
	}
	return 2*capitals > long
}

// join adds a span to those kept; the same tokens twice share what is known of them.
func join(kept []span, s span) []span {
	for i := range kept {
		k := &kept[i]
		if !k.overlaps(s) {
			continue
		}
		if k.start == s.start && k.end == s.end {
			if k.thing < 0 {
				k.thing = s.thing
			}
			if k.class == "" {
				k.class = s.class
			}
		}
		return kept
	}
	return append(kept, s)
}

// marked gives the spans of the named-entity tags, titles and determiners taken off.
func (a *article) marked(t *tree) []span {
	var out []span
	for i := 0; i < len(t.tokens); {
		tag := t.tokens[i].NER
		if len(tag) < 3 || tag[0] == 'O' {
			i++
			continue
		}
		j := i + 1
		for j < len(t.tokens) && t.tokens[j].NER == "I-"+tag[2:] {
			j++
		}
		if class, ok := nerClass(tag[2:]); ok {
			for _, s := range a.trim(t, span{i, j, class, -1}) {
				out = append(out, s)
			}
		}
		i = j
	}
	return out
}

// nerClass maps a tag of the recogniser to a class; false for kinds that are no names of things.
func nerClass(tag string) (string, bool) {
	switch tag {
	case "PER":
		return "Person", true
	case "ORG":
		return "Organization", true
	case "LOC":
		return "Place", true
	case "EVENT":
		return "Event", true
	case "MISC", "WORK", "LAW", "PRODUCT":
		return "", true
	}
	return "", false
}

// runs gives the runs of proper nouns, cut at titles, at the calendar, and where a person's name begins.
func (a *article) runs(t *tree, marked []span) []span {
	var out []span
	for i := 0; i < len(t.tokens); {
		if !a.proper(t, i) {
			i++
			continue
		}
		j := i + 1
		for j < len(t.tokens) && (a.proper(t, j) || a.bridge(t, i, j)) {
			j++
		}
		for _, s := range a.trim(t, span{i, j, "", -1}) {
			out = append(out, cutAtPerson(s, marked)...)
		}
		i = j
	}
	return out
}

// cutAtPerson splits a run that ends in the marked name of a person ("Fed Chair | Jerome Powell").
func cutAtPerson(s span, marked []span) []span {
	if s.class == "Person" {
		return []span{s}
	}
	for _, m := range marked {
		if m.class == "Person" && m.start == s.start {
			s.class = "Person"
			return []span{s}
		}
	}
	for _, m := range marked {
		if m.class == "Person" && s.covers(m) && m.start > s.start && m.end == s.end {
			return []span{{s.start, m.start, "", -1}, m}
		}
	}
	return []span{s}
}

// proper tells whether a token can be part of a name.
func (a *article) proper(t *tree, i int) bool {
	tok := t.tokens[i]
	if tok.UPOS != "PROPN" || isQuote(tok.Form) || dated(t, i) {
		return false
	}
	if _, is := a.gaz.demonyms[fold(tok.Form)]; is && !a.gaz.place(tok.Form) {
		return false
	}
	return t.capital(i) || tok.NER != "" && tok.NER != "O"
}

// dated tells whether a token is part of a date: a word of the calendar, one that the recogniser takes for a time or an
// amount, or "May" and "March" beside a number.
func dated(t *tree, i int) bool {
	word, tag := fold(t.tokens[i].Form), t.tokens[i].NER
	if oneOf(word, calendar) {
		return true
	}
	if _, kind, ok := strings.Cut(tag, "-"); ok && oneOf(kind, "DATE TIME MONEY PERCENT CARDINAL ORDINAL QUANTITY") {
		return true
	}
	return oneOf(word, "may march") && (i+1 < len(t.tokens) && t.tokens[i+1].UPOS == "NUM" || i > 0 && t.tokens[i-1].UPOS == "NUM")
}

// place tells whether a word is itself the name of something ("Niger" beside "Nigerien").
func (g *gazetteer) place(word string) bool {
	_, ok := g.lookup(word)
	return ok
}

// bridge tells whether token j joins two parts of a name: hyphens, ampersands, initials' stops, and
// "of" or "for" after the name of a body ("Ministry of Defence", "University of Minsk").
func (a *article) bridge(t *tree, start, j int) bool {
	if j+1 >= len(t.tokens) {
		return false
	}
	next := a.proper(t, j+1)
	switch f := t.lower(j); f {
	case "von", "van", "der", "den", "de", "la", "le", "del", "della", "di", "da", "dos", "du", "bin", "ibn", "al", "el", "ben", "ter", "zu", "zur":
		return next || oneOf(t.lower(j+1), "der den la le las los") && j+2 < len(t.tokens) && a.proper(t, j+2)
	case "-", "&", "–":
		return next && !t.tokens[j-1].SpaceAfter == !t.tokens[j].SpaceAfter
	case "of", "for":
		body := a.bodyNoun(t.lower(j - 1))
		return body && (next || t.lower(j+1) == "the" && j+2 < len(t.tokens) && a.proper(t, j+2) && !a.gaz.titled(t, j+2))
	case "the":
		return j > start+1 && oneOf(t.lower(j-1), "of for") && next
	case "and":
		return next && a.afterOf(t, start, j) && a.bodyNoun(t.lower(start)) && t.within(j+1, t.top(start, j)) &&
			!a.gaz.place(t.tokens[j-1].Form) && t.tokens[j+1].NER != "B-PER"
	}
	return false
}

func (a *article) afterOf(t *tree, start, j int) bool {
	for i := start; i < j; i++ {
		if t.lower(i) == "of" || t.lower(i) == "for" {
			return true
		}
	}
	return false
}

// bodyNoun tells whether a common noun is the head of names of bodies and the like.
func (a *article) bodyNoun(word string) bool {
	c := a.gaz.nouns[word].class
	return c != "" && c != "Person" && c != "Group" && c != "City" && c != "Country"
}

// titled tells whether a title begins at the token.
func (g *gazetteer) titled(t *tree, i int) bool { return g.titleAt(t, i, len(t.tokens)) > 0 }

// titleAt gives the number of tokens of the longest title that begins at i and ends before end; 0 for none.
func (g *gazetteer) titleAt(t *tree, i, end int) int {
	for n := min(3, end-i); n > 0; n-- {
		words := make([]string, n)
		for k := range words {
			words[k] = t.lower(i + k)
		}
		phrase := strings.Join(words, " ")
		if _, ok := g.titles[phrase]; ok || n == 1 && oneOf(fold(phrase), courtesy) {
			return n
		}
	}
	return 0
}

// trim takes determiners and quotation marks off the ends of a span and cuts it at titles: "US President
// Joe Biden" leaves "US" and "Joe Biden". A title that ends a run is no name.
func (a *article) trim(t *tree, s span) []span {
	var out []span
	start := s.start
	flush := func(end int) {
		if p, ok := a.tidy(t, span{start, end, s.class, -1}); ok {
			out = append(out, p)
		}
	}
	for i := s.start; i < s.end; i++ {
		n := a.gaz.titleAt(t, i, len(t.tokens)) // "Secretary | of State"
		if n == 0 || s.class == "Organization" || s.class == "Place" || s.class == "Event" {
			continue
		}
		if oneOf(t.lower(i), regnal) && (i+2 == s.end || i+3 == s.end && roman(t.tokens[i+2].Form)) || i > start && t.tokens[i-1].UPOS == "ADP" || i > start && t.lower(i-1) == "the" {
			continue
		}
		flush(i)
		start = min(i+n, s.end)
		i = start - 1
	}
	if start > s.start && s.class == "" {
		s.class = "Person" // what stands after a title
	}
	flush(s.end)
	if s.class == "Person" && len(out) > 1 {
		for i := range out[:len(out)-1] {
			out[i].class = ""
		}
	}
	return out
}

// roman tells whether a word is a numeral of rulers' names.
func roman(s string) bool {
	return s != "" && strings.Trim(s, "IVX") == ""
}

// tidy takes what is no part of a name off its ends; false when nothing is left.
func (a *article) tidy(t *tree, s span) (span, bool) {
	edge := func(i int) bool {
		tok := t.tokens[i]
		return isQuote(tok.Form) || tok.UPOS == "PUNCT" || tok.UPOS == "DET" || tok.UPOS == "PART" || tok.UPOS == "CCONJ" ||
			tok.UPOS == "ADP" || t.lower(i) == "the" || t.lower(i) == "'s" || t.lower(i) == "’s"
	}
	for s.start < s.end && (edge(s.start) || s.start+1 < s.end && a.noStart(t, s.start)) {
		s.start++
	}
	for s.end-s.start > 1 && a.gaz.titleAt(t, s.end-1, s.end) == 1 && a.gaz.isCountry(t.text(s.start, s.end-1)) {
		s.end--
	}
	for s.start < s.end && edge(s.end-1) {
		s.end--
	}
	if s.start == s.end || fold(t.text(s.start, s.end)) == "" {
		return s, false
	}
	if s.end-s.start == 1 {
		if d, is := a.gaz.demonyms[fold(t.tokens[s.start].Form)]; is && d.country != "" && !a.gaz.place(t.tokens[s.start].Form) {
			return s, false
		}
		if n := a.gaz.titleAt(t, s.start, s.end); n > 0 {
			return s, false
		}
		if t.lower(s.start) == "state" { // "Secretary of State"
			return s, false
		}
		if p := t.tokens[s.start].UPOS; p == "VERB" || p == "ADV" || p == "PRON" || p == "NUM" || p == "AUX" {
			return s, false
		}
	}
	return s, true
}

// noStart tells whether a word cannot begin a name: one in small letters that is no particle, or a number at the
// head of a sentence.
func (a *article) noStart(t *tree, i int) bool {
	if !hasUpper(t.tokens[i].Form) {
		return !oneOf(t.lower(i), "al el von van de der den la le bin ibn ben di da du dos ter")
	}
	return t.tokens[i].UPOS == "NUM" && oneOf(t.lower(i), quantifiers) || i == 0 && oneOf(t.lower(i), "several many most some")
}

// isCountry tells whether a name is that of a country.
func (g *gazetteer) isCountry(name string) bool {
	i, ok := g.lookup(name)
	return ok && g.things[i].class == "Country"
}

func hasUpper(s string) bool {
	return strings.IndexFunc(s, unicode.IsUpper) >= 0
}

// inGazetteer gives the gazetteer's names in a sentence, longest first from the left.
func (a *article) inGazetteer(t *tree) []span {
	var out []span
	for i := 0; i < len(t.tokens); i++ {
		if !hasUpper(t.tokens[i].Form) && !oneOf(t.lower(i), "al el") {
			continue
		}
		if i+1 < len(t.tokens) && !t.tokens[i].SpaceAfter && strings.HasPrefix(t.tokens[i+1].Form, "$") {
			continue // "US$"
		}
		first, _, _ := strings.Cut(fold(t.tokens[i].Form), " ")
		for n := a.widest(first, len(t.tokens)-i); n > 0; n-- {
			if k, ok := a.gaz.lookup(t.text(i, i+n)); ok && (n > 1 || a.wordly(t, i)) && t.tokens[i+n-1].UPOS != "PUNCT" {
				start := i
				if _, bare := a.gaz.lookup(t.text(i+1, i+n)); bare && t.lower(i) == "the" {
					start++ // but "The Hague"
				}
				out = append(out, span{start, i + n, "", k})
				i += n - 1
				break
			}
		}
	}
	return out
}

// wordly tells whether a single known word can be a name here: no verb, and no pronoun unless it is written in
// capitals among words that are not ("WHO").
func (a *article) wordly(t *tree, i int) bool {
	switch t.tokens[i].UPOS {
	case "VERB":
		return i > 0 && !isQuote(t.tokens[i-1].Form)
	case "AUX":
		return !oneOf(t.lower(i), "may will can must might do does did is are was were be been being am have has had would should could shall need")
	case "PRON", "DET", "ADP", "SCONJ":
		shouts := i+1 < len(t.tokens) && isAcronym(t.tokens[i+1].Form) || i > 0 && isAcronym(t.tokens[i-1].Form)
		return isAcronym(t.tokens[i].Form) && !shouts
	}
	return true
}

// widest is the most tokens that a known name with this first word can take: hyphens are tokens of their own.
func (a *article) widest(first string, left int) int {
	n := a.gaz.longest[first]
	if n == 0 {
		return 0
	}
	return min(n+2, left)
}
