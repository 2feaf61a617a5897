package entity

import (
	"slices"
	"strings"
)

// joinRelatives leads relative pronouns to the noun that their clause describes.
func (a *article) joinRelatives() {
	for i := range a.refs {
		r := &a.refs[i]
		if r.person != 'r' {
			continue
		}
		t := &a.trees[r.Sent]
		if c := a.antecedentClause(t, r.Head); c >= 0 {
			if j := a.at(r.Sent, t.tokens[c].Head); j >= 0 && j != i {
				a.union(j, i)
			}
		}
	}
}

// joinRepeats groups the mentions of a sentence that the article prints twice, as it does with captions.
func (a *article) joinRepeats() {
	bySent := make([][]int, len(a.trees))
	for i := range a.refs {
		bySent[a.refs[i].Sent] = append(bySent[a.refs[i].Sent], i)
	}
	first := map[string]int{}
	for s := range a.trees {
		t := &a.trees[s]
		key := fold(t.text(0, len(t.tokens)))
		f, seen := first[key]
		if !seen || len(t.tokens) < 6 {
			first[key] = s
			continue
		}
		a.align(bySent[f], bySent[s])
	}
}

// align joins the noun phrases of two sentences with the same words, one by one.
func (a *article) align(x, y []int) {
	byText := map[string][]int{}
	for _, i := range x {
		if a.refs[i].Kind == Nominal {
			byText[a.refs[i].key] = append(byText[a.refs[i].key], i)
		}
	}
	for _, j := range y {
		k := a.refs[j].key
		if a.refs[j].Kind == Nominal && len(byText[k]) > 0 {
			a.union(byText[k][0], j)
			byText[k] = byText[k][1:]
		}
	}
}

// window is how many earlier noun phrases with one head a definite phrase is compared with.
const window = 30

// joinNominals leads definite noun phrases back to earlier phrases with the same head or a related one
// ("an election", "the disputed election", "the poll"), and "the country" to the last country spoken of.
func (a *article) joinNominals() {
	seen := map[string][]int{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || r.waits {
			continue
		}
		if j := a.antecedent(i, seen); j >= 0 {
			a.union(j, i)
		} else if j := a.classNamed(i); j >= 0 {
			a.union(j, i)
		}
		if r.head == "war" && r.article == 0 && len(r.mods) == 0 && r.owner < 0 && oneOf(a.trees[r.Sent].preposition(r.Head), "to at of") {
			continue // "went to war" speaks of no one war
		}
		for _, h := range a.keysOf(r.head) {
			list := append(seen[h], i)
			seen[h] = list[max(0, len(list)-window):]
		}
	}
}

// joinPossessed groups what belongs to the same by a pronoun, a name or a demonym ("her passport", "Kolesnikova's
// passport"; "Indian soldiers", "its soldiers"), once it is known whom the pronouns mean.
func (a *article) joinPossessed() {
	type thing struct {
		owner  int
		phrase string
		number byte
	}
	first := map[thing]int{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || r.owner < 0 || a.refs[r.owner].Kind == Nominal || !a.known(r.owner) || r.article == 'i' ||
			r.article != 'p' && a.refs[r.owner].Kind != Demonym || a.group(i).named {
			continue
		}
		key := thing{a.root(r.owner), r.head + " " + strings.Join(r.mods, " "), r.number}
		if f, seen := first[key]; seen && a.fit(f, i) {
			a.union(f, i)
		} else if !seen {
			first[key] = i
		}
	}
}

// joinHomelands leads "his country" to the country of the one whose it is, once it is known whom the pronoun means: "Mahuad, whose
// country had never accepted the treaty".
func (a *article) joinHomelands() {
	first := map[int]int{}
	for i := range a.refs {
		if th := a.refs[i].thing; th >= 0 {
			if _, seen := first[th]; !seen {
				first[th] = i
			}
		}
	}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || !oneOf(r.head, "country nation homeland") || r.number != 's' || r.owner < 0 || a.group(i).named ||
			len(r.mods) > 0 && !(len(r.mods) == 1 && oneOf(r.mods[0], "home native own")) || a.group(r.owner).class != "Person" {
			continue
		}
		if th, ok := a.gaz.byID[a.countryOf(r.owner)]; ok {
			f, seen := first[th]
			if !seen { // the country that the article does not name
				g := a.group(i)
				g.thing, g.class, g.named = th, a.gaz.things[th].class, true
				first[th] = i
				continue
			}
			a.union(f, i)
		}
	}
}

// joinPlaced groups the phrases for one event at one place ("a key meeting in Sochi", "the Sochi summit").
func (a *article) joinPlaced() {
	type event struct {
		kind  string
		place int
	}
	first := map[event]int{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || r.class != "Event" || r.number == 'p' && !eitherNumber(r.head) {
			continue
		}
		p := a.placeOf(i)
		if p < 0 {
			continue
		}
		kinds := a.keysOf(r.head)
		e := event{kinds[len(kinds)-1], a.root(p)}
		if f, seen := first[e]; !seen {
			first[e] = i
		} else if r.article != 'i' && a.sameDay(&a.refs[f], r) {
			a.union(f, i)
		}
	}
}

// joinContests leads "claiming victory in a poll" to the election that the article is about, when it is about one: nobody wins
// another one in passing.
func (a *article) joinContests() {
	only := a.mainContest()
	for i := range a.refs {
		r := &a.refs[i]
		t := &a.trees[r.Sent]
		if only < 0 || r.Kind != Nominal || r.article != 'i' || len(r.mods) > 0 || r.number != 's' || !a.contest(r) || len(a.group(i).refs) > 1 {
			continue
		}
		if h := t.tokens[r.Head].Head; h >= 0 && t.preposition(r.Head) == "in" && (oneOf(t.lemma(h), "victory win defeat triumph") || t.kid(h, "obj") >= 0 && oneOf(t.lemma(t.kid(h, "obj")), "victory win defeat triumph")) {
			a.union(only, i)
		}
	}
}

// mainContest is a mention of the election that the article speaks of most, -1 when it speaks of two as often.
func (a *article) mainContest() int {
	best, most, tied := -1, 0, false
	seen := map[int]bool{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || r.class != "Event" || !a.contest(r) || seen[a.root(i)] {
			continue
		}
		seen[a.root(i)] = true
		switch n := len(a.group(i).refs); {
		case n > most:
			best, most, tied = i, n, false
		case n == most:
			tied = true
		}
	}
	if tied {
		return -1
	}
	return best
}

// contest tells whether a phrase is one of the words for an election.
func (a *article) contest(r *ref) bool {
	return r.head == "election" || slices.Contains(a.gaz.kin[r.head], "election") || oneOf(r.head, "poll vote ballot")
}

// placeOf is the mention of the place that a phrase says the event is at, -1 for none.
func (a *article) placeOf(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	for _, k := range t.kids[r.Head] {
		m := a.at(r.Sent, k)
		if m < 0 || m == i || !isPlace(a.group(m).class) || a.refs[m].Kind == Pronoun || a.refs[m].Kind == Demonym {
			continue
		}
		if rel := t.rel(k); rel == "compound" || rel == "nmod" && oneOf(t.preposition(k), "in at") {
			return m
		}
	}
	return -1
}

// sameDay tells whether two phrases do not name different days of the week.
func (a *article) sameDay(r, o *ref) bool {
	x, y := a.dayOf(r), a.dayOf(o)
	return x == "" || y == "" || x == y
}

func (a *article) dayOf(r *ref) string {
	t := &a.trees[r.Sent]
	for _, k := range t.kids[r.Head] {
		if w := t.lower(k); oneOf(w, calendar) {
			return w
		}
	}
	return ""
}

// joinSpecified groups a body said without its country ("the opposition") with the one of that kind that the article
// says with one ("the Belarusian opposition"), when there is just one.
func (a *article) joinSpecified() {
	type kind struct{ head, country string }
	bare := map[string][]int{}
	with := map[string][]kind{}
	first := map[kind]int{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Nominal || len(r.mods) > 0 || a.group(i).named || !isOrg(r.class) && r.class != "Group" && !oneOf(r.head, bodies) {
			continue
		}
		c := r.country
		if c == "" && r.owner >= 0 && a.refs[r.owner].Kind != Nominal {
			c = a.countryOf(r.owner)
		}
		k := kind{r.head, c}
		switch {
		case c != "":
			if f, seen := first[k]; seen {
				a.union(f, i)
				continue
			}
			first[k] = i
			with[r.head] = append(with[r.head], k)
		case r.article == 'd' && r.owner < 0:
			bare[r.head] = append(bare[r.head], i)
		}
	}
	for _, head := range sortedKeys(bare) {
		if len(with[head]) != 1 {
			continue
		}
		for _, i := range bare[head] {
			if f := first[with[head][0]]; a.fit(f, i) && (f < i || a.ofMainCountry(with[head][0].country) && a.countryBefore(with[head][0].country, i)) {
				a.union(f, i)
			}
		}
	}
}

// countryBefore tells whether a country is spoken of before mention i: "the army" is of no country that comes up later.
func (a *article) countryBefore(id string, i int) bool {
	for k := range i {
		if o := &a.refs[k]; (o.Kind == Name || o.Kind == Demonym) && a.countryOf(k) == id {
			return true
		}
	}
	return false
}

// ofMainCountry tells whether an article is about this country more than any other.
func (a *article) ofMainCountry(id string) bool {
	m := a.mainCountry(len(a.refs))
	return m >= 0 && a.countryOf(m) == id
}

// heads are the keys under which a noun is remembered: itself, and the groups of kin it is in.
func (a *article) keysOf(lemma string) []string {
	return append([]string{lemma}, a.gaz.kin[lemma]...)
}

// antecedent is the last earlier noun phrase that mention i can mean again, -1 for none.
func (a *article) antecedent(i int, seen map[string][]int) int {
	r := &a.refs[i]
	if a.group(i).named || a.predicate(i) {
		return -1
	}
	list := seen[r.head]
	for k := len(list) - 1; k >= 0; k-- {
		if a.again(list[k], i) {
			return list[k]
		}
	}
	if r.article != 'd' && r.article != 't' || len(r.mods) > 0 || a.shareOf(r) {
		return -1
	}
	for _, h := range a.keysOf(r.head)[1:] {
		list := seen[h]
		for k := len(list) - 1; k >= 0; k-- {
			if a.anaphor(list[k], i) && r.Sent-a.refs[list[k]].Sent <= 25 {
				return list[k]
			}
		}
	}
	return -1
}

// shareOf tells whether a phrase is what a share is taken of: "80 per cent of the vote" counts votes.
func (a *article) shareOf(r *ref) bool {
	t := &a.trees[r.Sent]
	h := t.tokens[r.Head].Head
	return h >= 0 && t.preposition(r.Head) == "of" && oneOf(t.lemma(h), "percent cent % share percentage half majority")
}

// again tells whether phrase i speaks anew of phrase j, which has the same head.
func (a *article) again(j, i int) bool {
	r, o := &a.refs[i], &a.refs[j]
	if r.Sent == o.Sent && a.trees[r.Sent].within(r.Head, o.Head) {
		return false
	}
	if r.article == 0 && o.article != 'i' && r.key == o.key && r.number == o.number && !a.vague(r) && a.sameOwner(i, j) {
		return true
	}
	if r.number == 'p' && oneOf(r.class, "Group Person") && r.Sent-o.Sent > 12 && r.key != o.key {
		return false
	}
	return a.anaphor(j, i) && a.modsFit(r, o)
}

// modsFit tells whether the modifiers let a later phrase mean an earlier one: they are among those said before, or
// nothing was said before but what anybody may call it ("a disputed election", then "the presidential election").
func (a *article) modsFit(r, o *ref) bool {
	mods := a.counted(r.mods)
	if subset(mods, o.mods) {
		return true
	}
	return r.class == "Event" && r.article == 'd' && r.Sent-o.Sent <= 40 && !slices.ContainsFunc(o.mods, a.classifies) && !a.pastYear(mods)
}

// pastYear tells whether a modifier is a year before that of the article: "the 2022 election" is not the one to come.
func (a *article) pastYear(mods []string) bool {
	return len(a.doc.Published) > 4 && slices.ContainsFunc(mods, func(m string) bool {
		return len(m) == 4 && strings.Trim(m, "0123456789") == "" && m < a.doc.Published[:4]
	})
}

// classifies tells whether a modifier makes another kind of the thing: a noun ("police chief"), or an adjective made of one.
func (a *article) classifies(m string) bool {
	_, isNoun := a.gaz.nouns[m]
	return isNoun || hasSuffix(m, "al", "ic", "ary", "an", "ish") || oneOf(m, restrictive)
}

// vague tells whether a bare noun phrase is about others each time it is said: "people", "two officials".
func (a *article) vague(r *ref) bool {
	t := &a.trees[r.Sent]
	return r.number == 's' && r.class == "Person" || t.kid(r.Head, "nummod") >= 0 ||
		oneOf(r.head, "people person man woman thing way time part year official source report one other number reason case case use fact term")
}

// counted drops modifiers that count or rank nothing new.
func (a *article) counted(mods []string) []string {
	return slices.DeleteFunc(slices.Clone(mods), func(m string) bool { return oneOf(m, "whole entire very same said mass own") })
}

// anaphor tells whether a definite or possessed phrase may lead back to phrase j.
func (a *article) anaphor(j, i int) bool {
	r, o := &a.refs[i], &a.refs[j]
	switch r.article {
	case 'd', 't', 'p':
	default:
		return false
	}
	if !sameNumber(r, o) || r.Sent == o.Sent && a.trees[r.Sent].within(r.Head, o.Head) || r.Sent == o.Sent && a.trees[r.Sent].within(o.Head, r.Head) {
		return false
	}
	if slices.ContainsFunc(r.mods, func(m string) bool { return oneOf(m, "new other another further more second next last first previous") }) {
		return false
	}
	return a.sameOwner(i, j) && a.fit(i, j) && a.sameDay(r, o)
}

// sameNumber tells whether the numbers of two phrases let them be one: alike, or a plural that says one event
// beside another noun ("the summit", "the talks").
func sameNumber(r, o *ref) bool {
	return r.number == o.number || r.head != o.head && (r.number == 'p' && eitherNumber(r.head) || o.number == 'p' && eitherNumber(o.head))
}

// eitherNumber tells whether a noun says one event in the plural.
func eitherNumber(lemma string) bool {
	return oneOf(lemma, "talk negotiation election poll drill exercise manoeuvre maneuver hostility celebration proceeding")
}

// sameOwner tells whether two phrases belong to the same, as far as the words say.
func (a *article) sameOwner(i, j int) bool {
	r, o := &a.refs[i], &a.refs[j]
	x, y := r.owner, o.owner
	if x >= 0 && a.refs[x].Kind == Pronoun && y >= 0 && a.refs[y].Kind == Pronoun && r.article == 'p' && o.article == 'p' {
		return false // joinPossessed knows whom they mean
	}
	switch {
	case x < 0:
		return r.country == "" || r.country == o.country
	case y < 0:
		return r.article != 'p' && false || a.countryOf(x) != "" && a.countryOf(x) == o.country
	}
	return a.root(x) == a.root(y) || a.countryOf(x) != "" && a.countryOf(x) == a.countryOf(y) && a.refs[x].Kind != Pronoun && a.refs[y].Kind != Pronoun
}

// classNamed leads "the country", "the company", "the newspaper" to the last named thing of that kind, "the council" to
// the last name with that word, and "the Kenyan capital" to the city.
func (a *article) classNamed(i int) int {
	r := &a.refs[i]
	if r.article != 'd' && r.article != 't' || len(a.counted(r.mods)) > 0 || r.number != 's' || a.group(i).named {
		return -1
	}
	capital := r.head == "capital"
	if r.owner >= 0 || r.country != "" {
		if !capital {
			return -1
		}
	}
	want := classesOf(r.head)
	if want == "Country" {
		return a.mainCountry(i)
	}
	for k := i - 1; k >= 0 && r.Sent-a.refs[k].Sent <= 10; k-- {
		o := &a.refs[k]
		g := a.group(k)
		switch {
		case o.Kind != Name && o.Kind != Demonym || r.Sent == o.Sent && a.trees[r.Sent].within(o.Head, r.Head):
		case capital:
			if g.thing >= 0 && a.gaz.things[g.thing].capital && (a.countryOf(i) == "" && r.owner < 0 || a.ownCountry(i) == a.gaz.things[g.thing].country) {
				return k
			}
		case want != "" && oneOf(g.class, want):
			return k
		case o.Kind == Name && g.class != "Person" && len(r.head) > 3 && strings.Contains(o.key, " ") && oneOf(r.head, o.key):
			return k
		}
	}
	return -1
}

// mainCountry is the last mention of the country that an article has named most often before mention i: "the
// country" of a report is the one it is about, not the guest's who was named last.
func (a *article) mainCountry(i int) int {
	times, last := map[int]int{}, map[int]int{}
	best := -1
	for k := range i {
		o := &a.refs[k]
		if o.Kind != Name && o.Kind != Demonym || a.group(k).class != "Country" {
			continue
		}
		g := a.root(k)
		times[g]++
		last[g] = k
		if best < 0 || times[g] >= times[best] {
			best = g
		}
	}
	if best < 0 {
		return -1
	}
	return last[best]
}

// ownCountry is the country that a phrase says it is of.
func (a *article) ownCountry(i int) string {
	if r := &a.refs[i]; r.country == "" && r.owner >= 0 {
		return a.countryOf(r.owner)
	}
	return a.refs[i].country
}

// classesOf are the classes of named things that a bare noun can mean again.
func classesOf(noun string) string {
	switch noun {
	case "country", "nation":
		return "Country"
	case "city", "town":
		return "City"
	case "company", "firm", "retailer", "manufacturer", "airline":
		return "Company"
	case "party":
		return "Party"
	case "newspaper", "broadcaster", "magazine":
		return "Media"
	case "organisation", "organization", "bloc", "alliance":
		return "Organization"
	}
	return ""
}
