package entity

import "strings"

// typeName settles the class and gender of a name: gazetteer, then the recogniser with titles and the words
// of the name, then nothing.
func (a *article) typeName(t *tree, r *ref, class string) {
	r.class = class
	first, _, _ := strings.Cut(r.key, " ")
	person := len(r.titles) > 0
	switch {
	case r.thing >= 0 && !(class == "Person" && person):
		r.class = a.gaz.things[r.thing].class
	case person && (class == "" || class == "Person" || class == "Place"):
		r.class, r.thing = "Person", -1
	case class == "Place" && r.thing < 0 && a.personal(r.key):
		r.class = "Person"
	case class == "Organization" || class == "":
		if c := a.gaz.nouns[headWord(r.key)].class; c != "" && c != "Person" && (class == "" || isOrg(c)) {
			r.class = c
		} else if g := a.gaz.given[first]; class == "" && g != 0 && strings.Contains(r.key, " ") {
			r.class = "Person"
		}
	}
	if r.class == "Person" && !person && r.thing < 0 && t.tokens[r.End-1].XPOS == "NNPS" && r.End-r.Start > 1 && (r.Start == 0 || t.lower(r.Start-1) != "the") {
		r.class = "Organization" // "Van Hool Brewers", but "the da Silvas"
	}
	if r.thing < 0 && !person && (class == "Place" || class == "") && !strings.Contains(r.key, " ") && strings.HasSuffix(r.key, "bank") && len(r.key) > 6 {
		r.class = "Company" // "Norrbank"
	}
	if r.class == "Person" && (a.ship(t, r.Start) || a.ship(t, r.Start+1)) {
		r.class = "Product"
	}
	if r.class == "Person" {
		r.gender = a.nameGender(r)
	} else {
		r.gender = 'n'
	}
}

// headWord is the noun of the name of a body: the last word, or that before "of" ("Ministry of Health of Kenya").
func headWord(key string) string {
	if of := strings.Index(key, " of "); of > 0 {
		key = key[:of]
	}
	return lastWord(key)
}

// personal tells whether two words are a given name, of a man or a woman, and what is no noun, place or given name:
// the recogniser takes some people for places.
func (a *article) personal(key string) bool {
	given, last, ok := strings.Cut(key, " ")
	if !ok || strings.Contains(last, " ") || len(given) < 4 {
		return false
	}
	_, noun := a.gaz.nouns[last]
	g := a.gaz.given[given]
	return (g == 'm' || g == 'f') && !noun && a.gaz.given[last] == 0 && len(a.gaz.names[given]) == 0 && len(a.gaz.names[last]) == 0
}

// nameGender reads the gender off a title, the given name or the surname's ending.
func (a *article) nameGender(r *ref) byte {
	if g := a.titleGender(r); g != 0 {
		return g
	}
	words := strings.Fields(r.key)
	if len(words) > 1 && oneOf(words[0], courtesy) { // "Sheikh Hasina"
		words = words[1:]
	}
	if len(words) == 0 { // a name of signs only
		return 0
	}
	if len(words) > 1 {
		if g := a.gaz.given[words[0]]; g == 'm' || g == 'f' {
			return g
		}
	}
	last := words[len(words)-1]
	switch {
	case hasSuffix(last, "ova", "eva", "skaya", "skaia", "skaja", "aya"):
		return 'f'
	case hasSuffix(last, "ov", "ev", "sky", "skiy", "skii", "enko") && len(words) > 1 && hasSuffix(last, "ov", "ev", "sky", "skiy", "skii"):
		return 'm'
	}
	if len(words) == 1 {
		if g := a.gaz.given[words[0]]; g == 'm' || g == 'f' {
			return g
		}
	}
	return 0
}

// titleGender reads the gender off the titles before a name, 0 where they show none ("President").
func (a *article) titleGender(r *ref) byte {
	for _, title := range r.titles {
		for _, w := range strings.Fields(fold(title)) {
			switch {
			case oneOf(w, "mr sir lord king prince mister"):
				return 'm'
			case oneOf(w, "mrs ms miss dame lady queen princess madam madame"):
				return 'f'
			}
			if g := a.gaz.nouns[w].gender; g != 0 {
				return g
			}
		}
	}
	return 0
}

// Words that tell what kind of thing a name is: a body is what has a board, shareholders and members; people bear titles.
const (
	bodyHolders = "board chairman chairwoman chairperson ceo shareholder share stake headquarters subsidiary founder owner employee workforce branch member " +
		"candidate spokesman spokeswoman spokesperson executive merger takeover customer profit revenue director secretary-general leader"
	ships = "uss hms hmas hmcs usns ins mv ms ss rfa frigate destroyer carrier cruiser corvette submarine ferry tanker trawler warship"
)

// shown is the class that the words beside a name show, and how surely; "" when they show none: "the board of Arcelor",
// "Kanu, the party that ...", "judge Moro".
func (a *article) shown(i int) (class string, votes int) {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	for _, k := range t.kids[r.Head] {
		if t.rel(k) != "appos" || t.tokens[k].UPOS != "NOUN" || t.preposition(k) != "" || k < r.Head {
			continue
		}
		n, _ := a.gaz.nounOf(t, k)
		if n.class == "Person" || isOrg(n.class) || isPlace(n.class) {
			return n.class, 3
		}
	}
	h := t.tokens[r.Head].Head
	switch {
	case len(r.titles) > 0:
		return "Person", 2
	case h >= 0 && t.tokens[r.Head].Deprel == "nmod" && t.preposition(r.Head) == "in" && oneOf(t.lemma(h), "share stake shareholding"),
		h >= 0 && t.tokens[r.Head].Deprel == "nmod" && t.preposition(r.Head) == "of" && oneOf(t.lemma(h), "percent cent %"),
		h >= 0 && t.rel(r.Head) == "compound" && oneOf(t.lemma(h), "share stake shareholder board subsidiary"):
		return "Organization", 3
	case h >= 0 && t.tokens[r.Head].Deprel == "nmod" && t.preposition(r.Head) == "of" && oneOf(t.lemma(h), bodyHolders),
		h >= 0 && t.tokens[r.Head].Deprel == "nmod:poss" && oneOf(t.lemma(h), "board chairman chairwoman ceo shareholder headquarters subsidiary shares stake"):
		return "Organization", 2
	}
	return "", 0
}

// ship tells whether a name is that of a ship: "USS Ronald Reagan".
func (a *article) ship(t *tree, start int) bool {
	return start > 0 && oneOf(t.lower(start-1), ships) && t.tokens[start-1].Form != "Ms"
}

func hasSuffix(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) && len(s) > len(e)+2 {
			return true
		}
	}
	return false
}

// typeNominal settles the class, gender and number of a noun phrase from its head noun.
func (a *article) typeNominal(t *tree, r *ref) {
	i := r.Head
	if of := a.ofNoun(t, i); of >= 0 && oneOf(t.lower(i), quantifiers) {
		r.head = t.lemma(of)
		if t.lemma(i) == "one" {
			r.number = 's'
		} else {
			r.number = number(t, of)
		}
		i = of
	}
	n, ok := a.gaz.nounOf(t, i)
	r.class = n.class
	if a.money(t, i) {
		r.class, r.gender = "Value", 'n'
		return
	}
	r.gender = n.gender
	if d, is := a.gaz.demonyms[fold(t.tokens[i].Form)]; is && t.tokens[i].UPOS != "ADJ" {
		r.class, r.country = "Person", d.country
		if r.number == 'p' || d.kind == "noun-plural" {
			r.class, r.number = "Group", 'p'
			r.nation = len(r.mods) == 0 && r.article != 'i' && r.article != 'p'
		}
		return
	}
	if r.head == "people" && r.country != "" && len(r.mods) == 0 && r.article == 'd' {
		r.class, r.number, r.nation = "Group", 'p', true
		return
	}
	if t.tokens[i].XPOS == "JJ" {
		r.class, r.number = "Group", 'p'
		return
	}
	if r.class == "Person" && a.object(t, r) {
		r.class, r.gender = "", 'n'
	}
	if r.class == "Person" && r.number == 'p' {
		r.class = "Group"
	}
	if ok && r.class != "Person" && r.class != "Group" && r.gender == 0 {
		r.gender = 'n'
	}
}

// money tells whether a noun is a currency that a number counts: "120 million crowns".
func (a *article) money(t *tree, i int) bool {
	return oneOf(t.lemma(i), currencies) && t.kid(i, "nummod") >= 0
}

// object tells whether a noun that names a person or a thing names the thing: "in his chair", "over the head".
func (a *article) object(t *tree, r *ref) bool {
	if !oneOf(r.head, "chair head figure star model host minor native") || r.country != "" || a.ofNoun(t, r.Head) >= 0 {
		return false
	}
	own := t.kid(r.Head, "nmod:poss")
	return own >= 0 && t.tokens[own].UPOS != "PROPN" || oneOf(t.preposition(r.Head), "in on at over into onto under")
}

// nounOf looks a noun up, with the compound before it first ("security force", "vice president").
func (g *gazetteer) nounOf(t *tree, i int) (noun, bool) {
	if i > 0 && t.tokens[i-1].Head == i {
		for _, join := range []string{" ", "_", "-"} {
			if n, ok := g.nouns[t.lower(i-1)+join+t.lemma(i)]; ok {
				return n, true
			}
		}
	}
	if t.lemma(i) == "state" && t.condition(i) {
		return noun{class: "Concept"}, true
	}
	for _, w := range []string{t.lemma(i), t.lower(i)} {
		if n, ok := g.nouns[w]; ok {
			return n, true
		}
	}
	if _, ok := g.titles[t.lemma(i)]; ok {
		return noun{class: "Person"}, true
	}
	return noun{}, false
}

// condition tells whether a state is one of things, not one with a government: "state of emergency".
func (t *tree) condition(i int) bool {
	of := t.kid(i, "nmod")
	return of == i+2 && t.lower(i+1) == "of" && t.tokens[of].UPOS == "NOUN"
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func isOrg(class string) bool   { return oneOf(class, organizations) }
func isPlace(class string) bool { return oneOf(class, places) }
func isThing(class string) bool { return oneOf(class, things) }

// countryInName is the country behind the last "of" of a body's name: "Constitutional Court of Colombia"; empty for none.
func (a *article) countryInName(g *group) string {
	for _, i := range g.refs {
		r := &a.refs[i]
		of := strings.LastIndex(r.key, " of ")
		if r.Kind != Name || of < 0 {
			continue
		}
		for _, k := range a.gaz.names[r.key[of+len(" of "):]] {
			if th := a.gaz.things[k]; th.class == "Country" {
				return th.id
			}
		}
	}
	return ""
}
