package entity

import (
	"slices"
	"strings"
)

// joinNames groups names: spelt alike, then part and whole, then acronym and full form.
func (a *article) joinNames() {
	keys := a.exactNames()
	a.personParts(keys)
	a.bodyParts(keys)
	a.acronyms(keys)
	a.joinNations()
}

// joinNations groups the phrases that mean all the people of a country.
func (a *article) joinNations() {
	first := map[string]int{}
	for i := range a.refs {
		r := &a.refs[i]
		if !r.nation {
			continue
		}
		if f, seen := first[r.country]; seen {
			a.union(f, i)
		} else {
			first[r.country] = i
		}
		a.group(i).nation = r.country
	}
}

// named is one spelling of a name, and its mentions.
type named struct {
	key   string
	words []string
	refs  []int
}

func (n *named) first() string { return n.words[0] }
func (n *named) last() string  { return n.words[len(n.words)-1] }

// exactNames groups names that are spelt alike or are one thing of the gazetteer, and settles the class of
// each spelling by the vote of its mentions. It returns the spellings in the order of the text.
func (a *article) exactNames() []*named {
	a.namesakes()
	a.strangers()
	a.redefined()
	byKey, things := map[string]*named{}, map[int]int{}
	var keys []*named
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Name && r.Kind != Demonym || r.key == "" {
			continue
		}
		if r.thing >= 0 {
			if f, seen := things[r.thing]; seen {
				a.union(f, i)
			} else {
				things[r.thing] = i
				a.things = append(a.things, &named{key: r.key, words: strings.Fields(r.key), refs: []int{i}})
			}
			continue
		}
		n := byKey[r.key]
		if n == nil {
			n = &named{key: r.key, words: strings.Fields(r.key)}
			byKey[r.key] = n
			keys = append(keys, n)
		}
		n.refs = append(n.refs, i)
	}
	a.voteClasses(keys)
	for _, n := range keys {
		if len(n.words) > 1 || !a.shared(n, keys) {
			for _, i := range n.refs[1:] {
				a.union(n.refs[0], i)
			}
		}
	}
	return keys
}

// strangers takes the general name of a body ("Senate") back from the gazetteer where the country it is of is not
// the one that the article speaks of most.
func (a *article) strangers() {
	count := map[string]int{}
	for i := range a.refs {
		if th := a.refs[i].thing; th >= 0 && a.gaz.things[th].class == "Country" {
			count[a.gaz.things[th].id]++
		}
	}
	for i := range a.refs {
		r := &a.refs[i]
		if r.thing < 0 || !general(r.key) || a.gaz.things[r.thing].country == "" {
			continue
		}
		own := count[a.gaz.things[r.thing].country]
		for _, n := range count {
			if own == 0 || n > own {
				a.know(i, -1)
				break
			}
		}
	}
}

// redefined takes an acronym back from the gazetteer where the article says what else it is short for ("the Rapid
// Support Forces (RSF)"), or writes out another name with its initials and never what the gazetteer has for it.
func (a *article) redefined() {
	other := map[string]int{} // acronym to what it is short for in the gazetteer, -1 for nothing
	spelt, whole := a.speltOut()
	for i := range a.refs {
		if r := &a.refs[i]; r.acronym && r.thing >= 0 {
			if j := a.bracketed(i); j >= 0 && a.refs[j].thing != r.thing {
				other[r.key] = -1
			}
			if c, _ := a.shown(i); oneOf(c, "Company Party Media City") && c != a.gaz.things[r.thing].class { // "OAS, a construction firm"
				other[r.key] = -1
			}
			if thing, ok := spelt[r.key]; ok && len(r.key) > 2 && !whole[r.thing] {
				other[r.key] = thing
			}
		}
	}
	for i := range a.refs {
		if r := &a.refs[i]; r.acronym && r.thing >= 0 {
			if thing, ok := other[r.key]; ok {
				a.know(i, thing)
			}
		}
	}
}

// speltOut has what the names of several words that are no person's are in the gazetteer (-1 for nothing), by their
// initials, and the things of the gazetteer that the article writes out.
func (a *article) speltOut() (initial map[string]int, whole map[int]bool) {
	initial, whole = map[string]int{}, map[int]bool{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Name || r.acronym {
			continue
		}
		if r.thing >= 0 {
			whole[r.thing] = true
		}
		if r.class != "Person" && strings.Contains(r.key, " ") {
			initial[initials(strings.Fields(r.key))] = r.thing
		}
	}
	return initial, whole
}

// know says which thing of the gazetteer a name is, -1 for none.
func (a *article) know(i, thing int) {
	a.refs[i].thing, a.groups[i].thing = thing, thing
}

// voteClasses gives all mentions of one spelling the class that most of them have.
func (a *article) voteClasses(keys []*named) {
	titled := a.titledSurnames(keys)
	full := a.fullNames(keys)
	for _, n := range keys {
		class := a.vote(n.refs)
		if isPlace(class) && full[n.key] && !a.located(n) {
			class = "Person" // "Toledo" beside "Alejandro Toledo"
		}
		if isOrg(class) && len(n.words) == 2 && a.gaz.given[n.first()] != 0 && titled[n.last()] {
			class = "Person" // "Lakshmi Mittal" beside "Mr Mittal", "Elon Musk's company" beside "Musk"
		}
		for _, i := range n.refs {
			a.refs[i].class = class
			a.groups[i].class = class
		}
	}
}

// fullNames are the last words of the full names of people.
func (a *article) fullNames(keys []*named) map[string]bool {
	out := map[string]bool{}
	for _, n := range keys {
		if len(n.words) > 1 && a.vote(n.refs) == "Person" {
			out[n.last()] = true
		}
	}
	return out
}

// located tells whether a name stands where only a place can: "in Toledo".
func (a *article) located(n *named) bool {
	return slices.ContainsFunc(n.refs, func(i int) bool {
		r := &a.refs[i]
		return oneOf(a.trees[r.Sent].preposition(r.Head), "in at near across outside inside around into")
	})
}

// titledSurnames are the names of one word that stand with Mr, Mrs or Ms, or that the recogniser takes for people.
func (a *article) titledSurnames(keys []*named) map[string]bool {
	out := map[string]bool{}
	for _, n := range keys {
		if len(n.words) > 1 {
			continue
		}
		out[n.key] = len(n.refs) > 1 && a.vote(n.refs) == "Person"
		for _, i := range n.refs {
			for _, title := range a.refs[i].titles {
				out[n.key] = out[n.key] || oneOf(fold(title), "mr mrs ms miss")
			}
		}
	}
	return out
}

// namesakes takes the name of a place back where the recogniser sees a person and the article has one of that name
// ("Denzel Washington", then "Washington").
func (a *article) namesakes() {
	people := map[string]bool{}
	for i := range a.refs {
		if r := &a.refs[i]; r.Kind == Name && r.thing < 0 && r.class == "Person" && strings.Contains(r.key, " ") {
			people[lastWord(r.key)] = true
		}
	}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind == Name && r.thing >= 0 && r.marked == "Person" && people[r.key] {
			r.thing, r.class, r.gender = -1, "Person", 0
			a.groups[i].thing, a.groups[i].class, a.groups[i].gender = -1, "Person", 0
		}
	}
}

// shared tells whether a surname is that of two people of the article, so that its mentions differ.
func (a *article) shared(n *named, keys []*named) bool {
	return len(a.wholes(n, keys)) > 1
}

// vote is the most frequent class of the mentions, the first of equals; "" only when nothing else shows.
func (a *article) vote(refs []int) string {
	count := map[string]int{}
	best := ""
	for _, i := range refs {
		c := a.refs[i].class
		if shown, votes := a.shown(i); votes > 0 && c != "" && isOrg(shown) != isOrg(c) && !isPlace(c) && !isPlace(shown) {
			count[shown] += votes
			if best == "" || count[shown] > count[best] {
				best = shown
			}
		}
		count[c]++
		if best == "" || c != "" && count[c] > count[best] {
			best = c
		}
	}
	return best
}

// personParts joins "Lukashenko" to "Alexander Lukashenko", where the article has one such person.
func (a *article) personParts(keys []*named) {
	for _, n := range keys {
		whole := a.wholes(n, keys)
		switch {
		case a.bodyBefore(n, whole):
		case len(whole) == 1:
			if w := whole[0]; len(n.words) == 1 && w.first() != n.key { // a surname has no gender, and Lula is no woman here
				a.neuter(n)
			}
			a.union(whole[0].refs[0], n.refs[0])
			a.group(n.refs[0]).class = "Person"
		case len(whole) > 1:
			a.byTitle(n, whole)
		}
	}
}

// bodyBefore tells whether a name is that of a body which the article speaks of before it brings in anybody who bears the name:
// Kroon the brewery, which Piet Kroon founded. A headline may well have the surname first.
func (a *article) bodyBefore(n *named, whole []*named) bool {
	i := n.refs[0]
	if a.trees[a.refs[i].Sent].block == 0 && len(n.refs) > 1 {
		i = n.refs[1]
	}
	return isOrg(a.refs[i].class) && len(whole) > 0 && !slices.ContainsFunc(whole, func(w *named) bool { return a.refs[w.refs[0]].Sent <= a.refs[i].Sent })
}

// neuter forgets the gender that the mentions of a name were given for the name alone, where no title shows it.
func (a *article) neuter(n *named) {
	g := a.group(n.refs[0])
	g.gender = 0
	for _, i := range n.refs {
		r := &a.refs[i]
		if r.gender = a.titleGender(r); hasGender(r.gender) {
			g.gender = r.gender
		}
	}
}

// byTitle joins the mentions of a shared surname to one of those who have it: by a title that only one of them can bear, else
// to the one whom the article had already brought in, and spoken of by that name, before it brought in another. The others
// stay apart from all.
func (a *article) byTitle(n *named, whole []*named) {
	rest, told := -1, -1 // told: whom the bare name has meant so far
	for _, i := range n.refs {
		w := a.titled(i, whole)
		if w < 0 {
			w = a.introduced(i, told, whole)
		}
		switch {
		case w >= 0:
			told = w
			a.union(whole[w].refs[0], i)
		case rest < 0:
			rest = i
		default:
			a.union(rest, i)
		}
	}
}

// titled is the one of several people whom the title of mention i fits, when it fits none of the others; -1 else.
func (a *article) titled(i int, whole []*named) int {
	if a.refs[i].gender == 0 || len(a.refs[i].titles) == 0 {
		return -1
	}
	fit := -1
	for k, w := range whole {
		g := a.group(w.refs[0]).gender
		if hasGender(g) && g != a.refs[i].gender {
			continue
		}
		if fit >= 0 {
			return -1
		}
		fit = k
	}
	return fit
}

// introduced is whom a bare surname means by the order of the text: the one it has meant before, else the only one whose
// full name stands before it, else the one with whom the article opens; -1 when several do.
func (a *article) introduced(i, told int, whole []*named) int {
	if told >= 0 {
		return told
	}
	before := func(w *named) bool { return w.refs[0] < i }
	if only := theOnly(whole, before); only >= 0 {
		return only
	}
	opens := func(w *named) bool { return a.refs[w.refs[0]].Sent < opening }
	if a.refs[i].Sent >= opening && !slices.ContainsFunc(whole, before) {
		return -1
	}
	return theOnly(whole, opens)
}

// theOnly is the only one of several names that is so, -1 for none or more.
func theOnly(whole []*named, so func(*named) bool) int {
	only := -1
	for k, w := range whole {
		switch {
		case !so(w):
		case only >= 0:
			return -1
		default:
			only = k
		}
	}
	return only
}

// wholes are the fuller names of persons that a name can be a part of. Surnames win over given names.
func (a *article) wholes(n *named, keys []*named) []*named {
	class := a.refs[n.refs[0]].class
	if class != "Person" && class != "" && !(len(n.words) == 1 && !isOrg(class)) && len(n.words) > 1 {
		return nil
	}
	var bySurname, byGiven, byReign, byInner []*named
	for _, w := range a.surname(n, keys) {
		if w == n || a.refs[w.refs[0]].class != "Person" || len(w.words) < 2 {
			continue
		}
		switch {
		case oneOf(w.first(), regnal):
			if len(n.words) == 1 && w.last() == n.key {
				byReign = append(byReign, w)
			}
		case len(n.words) == 1 && w.last() == n.key:
			bySurname = append(bySurname, w)
		case len(n.words) == 1 && w.first() == n.key && class == "Person":
			byGiven = append(byGiven, w)
		case len(n.words) == 1 && len(w.words) > 2 && len(n.key) > 3 && slices.Contains(w.words, n.key): // "Luiz Inácio Lula da Silva"
			byInner = append(byInner, w)
		case len(n.words) > 1 && len(w.words) > len(n.words) && slices.Equal(n.words, w.words[len(w.words)-len(n.words):]):
			bySurname = append(bySurname, w) // "Le Maire"
		case len(n.words) > 1 && w.last() == n.last() && len(w.key) > len(n.key) && sameGiven(n.first(), w.first()):
			bySurname = append(bySurname, w)
		}
	}
	if len(bySurname) > 0 {
		return oneEach(bySurname)
	}
	if len(byReign) > 0 {
		return oneEach(byReign)
	}
	if len(byGiven) > 0 {
		return oneEach(byGiven)
	}
	return oneEach(byInner)
}

// oneEach drops longer forms of the same person's name ("Vladimir V. Putin" beside "Vladimir Putin").
func oneEach(ns []*named) []*named {
	return slices.CompactFunc(ns, func(x, y *named) bool {
		return x.last() == y.last() && sameGiven(x.first(), y.first())
	})
}

// surname narrows the spellings to those that share a word with n.
func (a *article) surname(n *named, keys []*named) []*named {
	if len(keys) < 200 {
		return keys
	}
	if a.byWord == nil {
		a.byWord = map[string][]*named{}
		for _, k := range keys {
			for _, w := range slices.Compact([]string{k.first(), k.last()}) {
				a.byWord[w] = append(a.byWord[w], k)
			}
		}
	}
	if len(a.byWord[n.last()]) > 200 {
		return nil
	}
	return a.byWord[n.last()]
}

// formal is the given name that a pet name is short for, or the name itself.
func formal(name string) string {
	for _, p := range petNames {
		if oneOf(name, p[1]) {
			return p[0]
		}
	}
	return name
}

// sameGiven tells whether two given names can be one: alike, one short for the other, an initial, or two ways to write a
// foreign name.
func sameGiven(x, y string) bool {
	if formal(x) == formal(y) {
		return true
	}
	if len(x) == 1 || len(y) == 1 {
		return x[0] == y[0]
	}
	return near(x, y)
}

// near tells whether two folded words are ways to write one foreign name in Latin letters.
func near(x, y string) bool {
	sx, sy := sound(x), sound(y)
	if sx == "" || sy == "" || sx[0] != sy[0] || min(len(x), len(y)) < 5 {
		return false
	}
	return sx == sy || skeleton(sx) == skeleton(sy)
}

// skeleton is a sound key without vowels after its first letter.
func skeleton(s string) string {
	if s == "" {
		return ""
	}
	return s[:1] + strings.Map(func(c rune) rune {
		if strings.ContainsRune("aiu", c) {
			return -1
		}
		return c
	}, s[1:])
}

// bodyParts joins "Human Rights Council" to "UN Human Rights Council" and "Gazprom" to "Gazprom PLC".
func (a *article) bodyParts(keys []*named) {
	if len(keys) > 2000 {
		return
	}
	forms, tails := map[string][]*named{}, map[string][]*named{}
	for _, w := range append(slices.Clone(keys), a.things...) {
		if c := a.refs[w.refs[0]].class; c == "Person" || len(w.words) < 2 {
			continue
		}
		for k := 1; k < len(w.words)-1; k++ {
			tail := strings.Join(w.words[k:], " ")
			tails[tail] = append(tails[tail], w)
		}
		for k := legalForm(w.words); k > 0; k = legalForm(w.words[:k]) {
			short := strings.Join(w.words[:k], " ")
			forms[short] = append(forms[short], w)
		}
	}
	a.joinBodies(keys, forms)
	a.bodyHeads(keys)
	a.joinBodies(keys, tails)
}

// joinBodies joins each name to the one whole name that is there for it.
func (a *article) joinBodies(keys []*named, wholes map[string][]*named) {
	for _, n := range keys {
		if whole := wholes[n.key]; len(whole) == 1 && a.refs[n.refs[0]].class != "Person" && whole[0] != n {
			a.union(whole[0].refs[0], n.refs[0])
		}
	}
}

// legalForm returns where the last word begins that tells the form of a company, "a/s" being two; 0 where there is none.
func legalForm(words []string) int {
	n := len(words)
	switch {
	case n > 1 && oneOf(words[n-1], corporate):
		return n - 1
	case n > 2 && (words[n-2] == "a" || words[n-2] == "s") && len(words[n-1]) == 1:
		return n - 2
	}
	return 0
}

// bodyHeads joins "Norvik" to "Norvik Minerals", the one body whose name begins so, where the word is nothing else: no word of the
// language, no place, no given name, no surname of the article.
func (a *article) bodyHeads(keys []*named) {
	byHead := map[string][]*named{}
	for _, w := range keys {
		if len(w.words) > 1 && isOrg(a.refs[w.refs[0]].class) && !slices.ContainsFunc(byHead[w.first()], func(o *named) bool { return a.root(o.refs[0]) == a.root(w.refs[0]) }) {
			byHead[w.first()] = append(byHead[w.first()], w)
		}
	}
	for _, n := range keys {
		whole := byHead[n.key]
		_, noun := a.gaz.nouns[n.key]
		if len(n.words) != 1 || len(n.key) < 4 || len(whole) != 1 || noun || oneOf(n.key, generalFirst) || a.gaz.given[n.key] != 0 || a.gaz.place(n.key) || len(a.wholes(n, keys)) > 0 {
			continue
		}
		if c := a.refs[n.refs[0]].class; c == "" || c == "Person" || isOrg(c) {
			class := a.refs[whole[0].refs[0]].class
			for _, i := range n.refs {
				a.refs[i].class, a.refs[i].gender = class, 'n'
				a.groups[i].class, a.groups[i].gender = class, 'n'
			}
			a.union(whole[0].refs[0], n.refs[0])
		}
	}
}

// acronyms joins a short form to what it is short for: the phrase right before its bracket, or the one name
// with these initials.
func (a *article) acronyms(keys []*named) {
	byInitials := map[string][]*named{}
	for _, w := range keys {
		if len(w.words) > 1 {
			byInitials[initials(w.words)] = append(byInitials[initials(w.words)], w)
		}
	}
	for _, n := range keys {
		i := n.refs[0]
		if !a.refs[i].acronym || len(n.words) != 1 {
			continue
		}
		if full := byInitials[n.key]; len(full) == 1 && len(n.key) > 2 {
			a.union(full[0].refs[0], i)
		}
	}
	for i := range a.refs {
		if a.refs[i].acronym {
			if j := a.bracketed(i); j >= 0 {
				a.union(j, i)
			}
		}
	}
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if !oneOf(w, "of the and for in on to") {
			b.WriteString(w[:1])
		}
	}
	return b.String()
}

// bracketed is the mention whose words end right before the bracket that holds mention i, when the
// letters of i come from its words; -1 for none.
func (a *article) bracketed(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	b := r.Start - 1
	if b < 1 || t.tokens[b].Form != "(" && t.tokens[b].Form != "-LRB-" || r.End >= len(t.tokens) {
		return -1
	}
	if f := t.tokens[r.End].Form; f != ")" && f != "-RRB-" {
		return -1
	}
	for j := i - 1; j >= 0 && a.refs[j].Sent == r.Sent; j-- {
		m := &a.refs[j]
		if m.End != b && !(m.Head < b && t.within(b-1, m.Head)) || m.Kind == Pronoun || m.Kind == Demonym {
			continue
		}
		if words := strings.Fields(m.key); len(words) > 1 && inOrder(r.key, initials(words)) {
			return j
		}
	}
	return -1
}

// inOrder tells whether at least all but one letters of the acronym stand in the initials, in order.
func inOrder(acronym, letters string) bool {
	k, missing := 0, 0
	for _, c := range acronym {
		if j := strings.IndexRune(letters[k:], c); j >= 0 {
			k += j + 1
		} else {
			missing++
		}
	}
	return missing == 0 && len(letters) <= len(acronym)+2 || missing == 1 && len(acronym) > 3
}
