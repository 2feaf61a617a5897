package entity

import (
	"slices"
	"strings"
)

// joinTitles groups a name with the noun phrase that titles or explains it ("the opposition leader, Svetlana
// Tikhanovskaya"), and keeps what the article says of people's offices.
func (a *article) joinTitles() {
	for i := range a.refs {
		r := &a.refs[i]
		t := &a.trees[r.Sent]
		if g := t.tokens[r.Head].Head; g >= 0 && r.Kind != Pronoun && r.Kind != Demonym {
			if j := a.heads[r.Sent][g]; j >= 0 && j != i && a.beside(t, i, j) {
				a.describe(i, j)
			}
		}
		if j := a.titleBefore(i); j >= 0 {
			a.describe(i, j)
		}
		if r.Kind == Name && r.titleStart < r.Start {
			a.addRole(i, a.titleRole(i))
		}
		if r.Kind == Nominal {
			a.copula(i)
			a.asHolder(i)
		}
	}
}

// beside tells whether mention i hangs on mention j as an apposition or as the name after a title.
func (a *article) beside(t *tree, i, j int) bool {
	r, o := &a.refs[i], &a.refs[j]
	if o.Kind == Pronoun || o.Kind == Demonym {
		return false
	}
	switch t.rel(r.Head) {
	case "appos":
		if a.listed(r) || a.listed(o) && !a.lastNamed(t, r, o) {
			return false
		}
		for k := min(r.Head, o.Head); k < max(r.Head, o.Head); k++ {
			if f := t.tokens[k].Form; f == ":" || f == ";" {
				return false
			}
		}
	case "flat", "compound":
		if r.Kind != Name || o.Kind != Nominal {
			return false
		}
		if r.Start < o.Head { // "RIA news agency"
			return o.Head-r.End < 2 && o.number != 'p' && oneOf(o.head, "agency newspaper magazine broadcaster party airline broadcaster")
		}
		return r.Start == o.Head+1
	case "nmod":
		if a.namedPlace(t, r, o) {
			if g := a.group(i); g.thing < 0 && len(r.titles) == 0 && isPlace(o.class) {
				g.class, g.gender = o.class, 'n' // "the border town of Ras al-Ain" is no person
			}
			return true
		}
		return r.Kind == Nominal && o.Kind == Name && t.tokens[r.Head].Deprel == "nmod:desc" && r.Head < o.Head && o.class != "Person"
	default:
		return false
	}
	return true
}

// titleBefore is the noun phrase for a person that ends right before the name of one ("body language expert
// Judi James"), whatever the tree says; -1 for none.
func (a *article) titleBefore(i int) int {
	r := &a.refs[i]
	if r.Kind != Name || r.Start == 0 || a.group(i).class != "Person" {
		return -1
	}
	j := a.heads[r.Sent][r.Start-1]
	if j < 0 || a.refs[j].Kind != Nominal || a.refs[j].number != 's' || !a.gaz.personNoun(a.refs[j].head) || a.root(i) == a.root(j) {
		return -1
	}
	return j
}

// namedPlace tells whether name r is what the noun for a place before it is called: "the resort of Sochi".
func (a *article) namedPlace(t *tree, r, o *ref) bool {
	return t.preposition(r.Head) == "of" && r.Kind == Name && o.Kind == Nominal &&
		oneOf(o.head, "city town resort village port state province region republic island district capital")
}

// describe joins an apposition to what it explains, where the two can be one.
func (a *article) describe(i, j int) {
	r, o := &a.refs[i], &a.refs[j]
	if r.Kind == Name && o.Kind == Name || !a.fit(i, j) || a.hedged(r) {
		return
	}
	name, noun := i, j
	if r.Kind == Nominal {
		name, noun = j, i
	}
	a.union(i, j)
	if a.refs[name].Kind == Name && a.refs[noun].class == "Person" {
		a.addRole(name, a.nounRole(noun))
	}
}

// hedged tells whether an adverb takes the description back ("reputedly an agent").
func (a *article) hedged(r *ref) bool {
	t := &a.trees[r.Sent]
	for _, k := range t.kids[r.Head] {
		if t.rel(k) == "advmod" && oneOf(t.lower(k), "reputedly allegedly supposedly reportedly possibly probably perhaps not likely once") {
			return true
		}
	}
	return false
}

// listed tells whether a phrase is one of several joined by "and": an apposition of the whole, not of it.
func (a *article) listed(r *ref) bool {
	t := &a.trees[r.Sent]
	return t.kid(r.Head, "conj") >= 0 || t.rel(r.Head) == "conj" && r.Kind == Nominal
}

// lastNamed tells whether name r explains the last of several phrases alone: "Fujimori and his counterpart, Jamil Mahuad, met".
func (a *article) lastNamed(t *tree, r, o *ref) bool {
	return r.Kind == Name && r.class == "Person" && o.number == 's' && t.rel(o.Head) == "conj" && t.tokens[r.Head].Head == o.Head && r.Head > o.Head &&
		a.gaz.personNoun(o.head)
}

// fit tells whether class, number and gender let two mentions be one.
func (a *article) fit(i, j int) bool {
	r, o := a.group(i), a.group(j)
	if r.thing >= 0 && o.thing >= 0 && r.thing != o.thing {
		return false
	}
	if r.number != 0 && o.number != 0 && r.number != o.number && !a.collective(i) && !a.collective(j) &&
		!sameNumber(&a.refs[i], &a.refs[j]) {
		return false
	}
	if hasGender(r.gender) && hasGender(o.gender) && r.gender != o.gender {
		return false
	}
	return classFit(r.class, o.class)
}

func hasGender(g byte) bool { return g == 'm' || g == 'f' }

// classFit tells whether two classes can be of one thing.
func classFit(x, y string) bool {
	if x == "" || y == "" || x == y {
		return true
	}
	body := func(c string) bool { return isOrg(c) || c == "Group" }
	return body(x) && body(y) || isPlace(x) && isPlace(y) || isThing(x) && isThing(y)
}

// collective tells whether a singular word may be followed by "they", or a plural one be one body.
func (a *article) collective(i int) bool {
	return oneOf(a.group(i).class, collectives)
}

// titleRole reads an office off the words before a name.
func (a *article) titleRole(i int) role {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	o := role{owner: -1, ref: i, text: t.text(r.titleStart, r.Start), head: t.lemma(r.Start - 1)}
	for k := r.titleStart; k < r.Start; k++ {
		w := fold(t.tokens[k].Form)
		m := a.at(r.Sent, k)
		switch {
		case a.gaz.demonyms[w].country != "":
			o.country = a.demonymAt(t, k).country
		case m >= 0 && m != i && a.refs[m].Kind == Name:
			o.owner = m
		case k < r.Start-1 && t.tokens[k].UPOS != "PUNCT":
			o.mods = append(o.mods, t.lemma(k))
		}
	}
	o.tie(a, i)
	return o
}

// nounRole reads an office off a noun phrase.
func (a *article) nounRole(i int) role {
	r := &a.refs[i]
	o := role{owner: -1, ref: i, head: r.head, mods: r.mods, country: r.country, text: r.Text}
	o.tie(a, i)
	return o
}

// tie finds whose office it is: the owner of the phrase or of the name.
func (o *role) tie(a *article, i int) {
	if o.owner < 0 {
		o.owner = a.refs[i].owner
	}
	if o.owner < 0 && a.refs[i].Kind == Name {
		t := &a.trees[a.refs[i].Sent]
		if of := a.ofNoun(t, a.refs[i].Head); of >= 0 { // "President Lukashenko of Belarus"
			o.owner = a.at(a.refs[i].Sent, of)
		}
	}
	if o.country == "" && o.owner >= 0 {
		o.country = a.countryOf(o.owner)
	}
	o.mods = a.restricting(o.mods, o.head)
	if o.head == "minister" && slices.Contains(o.mods, "prime") || o.head == "premier" {
		o.head = "prime minister"
		o.mods = slices.DeleteFunc(slices.Clone(o.mods), func(m string) bool { return m == "prime" })
	}
}

// restricting keeps the modifiers that make it another office: nouns, and adjectives such as "former" or "foreign".
func (a *article) restricting(mods []string, head string) []string {
	var out []string
	for _, m := range mods {
		_, titled := a.gaz.titles[m+" "+head]
		_, isNoun := a.gaz.nouns[m]
		if titled || isNoun || oneOf(m, restrictive) || strings.HasPrefix(m, "ex-") || oneOf(m, "prime foreign right vice chief") {
			out = append(out, strings.TrimSuffix(m, "s"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// countryOf is the gazetteer ID of the country that a mention's group is or is tied to, "" when none shows.
func (a *article) countryOf(i int) string {
	g := a.group(i)
	if g.thing >= 0 {
		th := a.gaz.things[g.thing]
		switch {
		case th.class == "Country":
			return th.id
		case th.class == "Government" || th.class == "City" && a.gaz.capital(th):
			return th.country
		}
		return ""
	}
	for _, o := range g.roles {
		if slices.Contains(o.mods, "former") {
			continue
		}
		if o.country != "" {
			return o.country
		}
		if o.owner >= 0 && a.group(o.owner).thing >= 0 && a.root(o.owner) != a.root(i) {
			return a.countryOf(o.owner) // "its president"
		}
	}
	for _, k := range g.refs[:min(len(g.refs), 50)] {
		if a.refs[k].country != "" {
			return a.refs[k].country
		}
		if o := a.refs[k].owner; o >= 0 && a.refs[k].Kind == Name { // "France's National Assembly"
			if th := a.group(o).thing; th >= 0 && a.gaz.things[th].class == "Country" {
				return a.gaz.things[th].id
			}
		}
	}
	return ""
}

func (a *article) addRole(i int, o role) {
	if o.head == "" || oneOf(fold(o.head), courtesy) {
		return
	}
	g := a.group(i)
	if len(g.roles) < 50 {
		g.roles = append(g.roles, o)
	}
	if g.class == "" {
		g.class = "Person"
	}
	if n := a.gaz.nouns[o.head].gender; n != 0 && g.gender == 0 {
		g.gender = n
	}
}

// copula keeps the office in "Putin is the president of Russia".
func (a *article) copula(i int) {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	if r.class != "Person" || t.kid(r.Head, "cop") < 0 || t.kid(r.Head, "aux") >= 0 || a.hedged(r) {
		return
	}
	s := t.kid(r.Head, "nsubj")
	if s < 0 {
		return
	}
	if j := a.heads[r.Sent][s]; j >= 0 && a.refs[j].Kind == Name && a.group(j).class == "Person" {
		a.addRole(j, a.nounRole(i))
	}
}

// asHolder keeps the office in "resigned as Peru's foreign minister".
func (a *article) asHolder(i int) {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	v := t.tokens[r.Head].Head
	if r.class != "Person" || r.number == 'p' || v < 0 || t.rel(r.Head) != "obl" || t.preposition(r.Head) != "as" || !oneOf(t.lemma(v), officeVerbs) || a.hedged(r) {
		return
	}
	s := t.kid(v, "nsubj")
	if s < 0 {
		return
	}
	if j := a.heads[r.Sent][s]; j >= 0 && a.refs[j].Kind == Name && a.group(j).class == "Person" {
		a.addRole(j, a.nounRole(i))
	}
}

// officeVerbs say with "as" what office their subject holds or held.
const officeVerbs = "resign quit retire serve work continue remain stay swear inaugurate appoint install elect confirm reappoint reinstate dismiss sack fire remove oust take step stand"

// knownLeaders gives the leaders whom the article names their offices, when the day of publication is in their
// term and their country is spoken of.
func (a *article) knownLeaders() {
	spoken := map[string]bool{}
	for i := range a.refs {
		if th := a.refs[i].thing; th >= 0 {
			spoken[a.gaz.things[th].id] = true
			spoken[a.gaz.things[th].country] = true
		}
		spoken[a.refs[i].country] = true
	}
	done := map[int]bool{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Name || done[a.root(i)] || r.class != "Person" && r.class != "" {
			continue
		}
		done[a.root(i)] = true
		for _, k := range a.gaz.byPerson[surnameKey(a.longestKey(i))] {
			l := a.gaz.leaders[k]
			if l.term(a.doc.Published) && spoken[l.country] && samePerson(fold(l.name), a.longestKey(i)) {
				a.group(i).leader = k + 1
				a.addRole(i, role{head: l.office, country: l.country, owner: -1, ref: -1})
			}
		}
	}
}

// longestKey is the folded form of the longest name in a mention's group.
func (a *article) longestKey(i int) string {
	best := a.refs[i].key
	g := a.group(i)
	for _, k := range g.refs[:min(len(g.refs), 100)] {
		if r := &a.refs[k]; r.Kind == Name && len(r.key) > len(best) {
			best = r.key
		}
	}
	return best
}

// surnameKey is the key of gazetteer.byPerson.
func surnameKey(name string) string {
	s := sound(lastWord(name))
	if s == "" {
		return ""
	}
	return skeleton(s)
}

// samePerson tells whether a name can be that of a person known by a full name.
func samePerson(full, name string) bool {
	f, n := strings.Fields(full), strings.Fields(name)
	if len(f) == 0 || len(n) == 0 {
		return false
	}
	if x, y := f[len(f)-1], n[len(n)-1]; x != y && (len(x) < 7 || !near(x, y)) {
		return false
	}
	return len(n) == 1 || sameGiven(f[0], n[0])
}

// joinRoles leads noun phrases that name an office and its country or body back to the person who holds it. Those that
// name the office alone ("the president") wait until pronouns are led back too, for they go by what was last spoken of.
func (a *article) joinRoles() {
	a.holders = a.findHolders()
	made := map[int]int{} // leader to the first mention of somebody who is not named
	for i := range a.refs {
		r := &a.refs[i]
		if !a.office(i) {
			continue
		}
		o := a.nounRole(i)
		j := a.holder(i, o)
		switch {
		case j >= 0 && o.country == "" && o.owner < 0, r.head == "counterpart":
			r.waits = true
		case j >= 0:
			a.union(j, i)
		default:
			a.unnamedLeader(i, o, made)
		}
	}
}

// office tells whether a mention is a noun phrase that may mean the holder of an office.
func (a *article) office(i int) bool {
	r := &a.refs[i]
	if r.Kind != Nominal || r.class != "Person" || r.number == 'p' || r.article == 'i' || a.group(i).named || a.predicate(i) {
		return false
	}
	return r.article != 0 || r.country != "" || r.owner >= 0
}

// unnamedLeader groups the phrases for a leader whom the article does not name but the gazetteer knows.
func (a *article) unnamedLeader(i int, o role, made map[int]int) {
	k := a.leaderOf(o)
	if k < 0 || a.dated(i) {
		return
	}
	if first, seen := made[k]; seen {
		a.union(first, i)
		return
	}
	made[k] = i
	a.group(i).leader = k + 1
}

// dated tells whether a phrase says itself when the office was held ("president from 2001 to 2006"), or titles a name.
func (a *article) dated(i int) bool {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	if t.rel(r.Head) == "appos" || t.kid(r.Head, "appos") >= 0 {
		return true
	}
	for _, k := range t.kids[r.Head] {
		if strings.HasSuffix(t.tokens[k].NER, "DATE") || oneOf(t.lower(k), "then") {
			return true
		}
	}
	return false
}

// joinOffice leads a phrase that waited to its holder: for "his Turkish counterpart" the one with the owner's office.
func (a *article) joinOffice(i int) {
	r := &a.refs[i]
	o := a.nounRole(i)
	if r.head != "counterpart" {
		if j := a.holder(i, o); j >= 0 {
			a.union(j, i)
		}
		return
	}
	if r.owner < 0 || r.country == "" {
		return
	}
	for _, held := range a.group(r.owner).roles {
		same := role{head: held.head, mods: held.mods, country: r.country, owner: -1}
		if j := a.holder(i, same); j >= 0 && a.root(j) != a.root(r.owner) {
			a.union(j, i)
			return
		}
	}
}

// predicate tells whether a noun phrase says what somebody is, rather than who acts.
func (a *article) predicate(i int) bool {
	r := &a.refs[i]
	return a.trees[r.Sent].kid(r.Head, "cop") >= 0
}

// findHolders gives the groups with offices, each by one of its mentions.
func (a *article) findHolders() []int {
	var out []int
	for i := range a.refs {
		if a.root(i) == i && len(a.groups[i].roles) > 0 {
			out = append(out, i)
		}
	}
	return out[:min(len(out), 500)]
}

// holder is a mention of the person who best fits the office, -1 for none. Of equals it is the one who is most
// likely spoken of again.
func (a *article) holder(i int, o role) int {
	best, points, likely := -1, 0, 0
	for _, h := range a.holders {
		g := a.group(h)
		if !a.fit(h, i) {
			continue
		}
		p := 0
		for _, held := range g.roles {
			p = max(p, a.matches(held, o))
		}
		last := a.lastBefore(g, i)
		if p == 0 || p < points || last < 0 && o.country == "" {
			continue
		}
		s := -1 << 20
		if last >= 0 {
			s = a.salience(i, last)
		}
		if best < 0 || p > points || s > likely {
			best, points, likely = h, p, s
		}
	}
	return best
}

// lastBefore is the group's last mention before mention i, -1 for none.
func (a *article) lastBefore(g *group, i int) int {
	at, _ := slices.BinarySearch(g.refs, i)
	if at == 0 {
		return -1
	}
	return g.refs[at-1]
}

// matches scores how well an office said anew is the one held: 0 for not at all.
func (a *article) matches(held, o role) int {
	points := 1
	switch {
	case held.head == o.head:
		points += 4
	case oneOf(o.head, top) && (oneOf(held.head, top) || held.head == "prime minister"):
		if !slices.Equal(held.mods, o.mods) || o.country == "" && o.owner < 0 {
			return 0
		}
		points += 2
	default:
		return 0
	}
	if o.country != "" {
		if held.country != o.country {
			return 0
		}
		points += 2
	} else if o.owner >= 0 {
		if held.owner < 0 || a.root(held.owner) != a.root(o.owner) {
			return 0
		}
		points++
	}
	if !subset(o.mods, held.mods) || len(held.mods) > len(o.mods) && (o.country != "" || restricts(held.mods)) {
		return 0
	}
	return points
}

// restricts tells whether one of the modifiers turns an office into another ("former", "deputy").
func restricts(mods []string) bool { return hasMod(mods, restrictive) }

func subset(small, large []string) bool {
	for _, s := range small {
		if !slices.Contains(large, s) {
			return false
		}
	}
	return true
}

// leaderOf is the leader of the gazetteer who held the office of the country when the article came out, when there
// is just one; -1 else.
func (a *article) leaderOf(o role) int {
	if o.country == "" || len(o.mods) > 0 {
		return -1
	}
	found := -1
	for k, l := range a.gaz.leaders {
		if l.country == o.country && (l.office == o.head || oneOf(o.head, "leader strongman ruler")) && l.term(a.doc.Published) {
			if found >= 0 && a.gaz.leaders[found].name != l.name {
				return -1
			}
			found = k
		}
	}
	return found
}

// capital tells whether a thing is the seat of its country's government.
func (g *gazetteer) capital(t thing) bool { return t.capital }
