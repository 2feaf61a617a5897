package entity

import "slices"

// joinPronouns leads third-person and reflexive pronouns, and offices without a country, to whom they most likely mean,
// in the order of the text.
func (a *article) joinPronouns() {
	for i := range a.refs {
		r := &a.refs[i]
		if r.waits {
			a.joinOffice(i)
		}
		if j := a.latter(i); j >= 0 {
			a.union(j, i)
			continue
		}
		if a.epithet(i) {
			if j := a.spokenOf(i); j >= 0 {
				a.union(j, i)
			}
			continue
		}
		if r.Kind != Pronoun || r.person != 3 && r.person != 'x' {
			continue
		}
		j := -1
		if r.person == 'x' {
			j = a.reflexive(i)
		}
		if j < 0 {
			j = a.best(i)
		}
		if j >= 0 {
			g := a.group(j)
			if g.gender == 0 && hasGender(r.gender) && oneOf(g.class, "Person") {
				g.gender = r.gender
			}
			a.union(j, i)
		}
	}
}

// latter is the one named last before "the latter", or last but one before "the former", in its sentence or the one before; -1 for
// any other phrase.
func (a *article) latter(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	if r.Kind != Nominal || !oneOf(r.head, "latter former") || r.article != 'd' || t.tokens[r.Head].UPOS == "NOUN" && r.End-r.Start > 1 {
		return -1
	}
	last := -1
	for j := i - 1; j >= 0 && r.Sent-a.refs[j].Sent <= 1; j-- {
		switch {
		case a.refs[j].Kind != Name || isPlace(a.group(j).class) && a.group(j).class != "Country" || last >= 0 && (a.root(j) == a.root(last) || a.group(j).class != a.group(last).class):
		case last >= 0 || r.head == "latter":
			return j
		default:
			last = j
		}
	}
	return -1
}

// known tells whether a mention's group has a name or a noun phrase, not pronouns alone.
func (a *article) known(i int) bool {
	if a.refs[i].Kind != Pronoun {
		return true
	}
	g := a.group(i)
	return g.named || a.worthy(a.root(i))
}

// reflexive is the subject of the clause of a reflexive pronoun.
func (a *article) reflexive(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	for h := t.tokens[r.Head].Head; h >= 0; h = t.tokens[h].Head {
		if s := t.kid(h, "nsubj"); s >= 0 && s < r.Head {
			if j := a.at(r.Sent, s); j >= 0 && j != i && a.agrees(i, j) {
				return j
			}
			return -1
		}
	}
	return -1
}

// reach of pronouns in sentences, and the most mentions looked at for one.
const (
	farPerson = 7
	farThing  = 2
	mostSeen  = 120
)

// best is the highest-scoring antecedent of a pronoun among the mentions before it, -1 for none.
func (a *article) best(i int) int {
	r := &a.refs[i]
	if j := a.besideOwner(i); j >= 0 {
		return j
	}
	far := farThing
	if hasGender(r.gender) {
		far = farPerson
	}
	best, top := -1, 0
	for j, n := i-1, 0; j >= 0 && n < mostSeen; j, n = j-1, n+1 {
		if r.Sent-a.refs[j].Sent > far {
			break
		}
		if !a.candidate(i, j) {
			continue
		}
		if p := a.salience(i, j); best < 0 || p > top {
			best, top = j, p
		}
	}
	return best
}

// besideOwner is the person beside whose name a pronoun owns a noun: "Ollanta Humala and his wife", "the general and
// Dagalo, his former deputy"; -1 for none.
func (a *article) besideOwner(i int) int {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	noun := t.tokens[r.Head].Head
	if !hasGender(r.gender) || t.tokens[r.Head].Deprel != "nmod:poss" || noun < 0 {
		return -1
	}
	if t.rel(noun) == "appos" {
		noun = t.tokens[noun].Head
	}
	first := t.tokens[noun].Head
	if t.rel(noun) != "conj" || first < 0 {
		return -1
	}
	for _, k := range t.kids[first] { // of several before it nobody can tell
		if t.rel(k) == "conj" && k < noun {
			return -1
		}
	}
	j := a.at(r.Sent, first)
	if j < 0 || a.group(j).class != "Person" || !a.agrees(i, j) {
		return -1
	}
	return j
}

// candidate tells whether pronoun i can mean what mention j means.
func (a *article) candidate(i, j int) bool {
	o := &a.refs[j]
	if a.trees[o.Sent].dateline() {
		return false
	}
	if o.Kind == Pronoun && (o.person == 1 || o.person == 2) || !a.known(j) || !a.agrees(i, j) {
		return false
	}
	if s := a.speakerAt(a.refs[i].Sent, a.refs[i].Head); s >= 0 && a.root(s) == a.root(j) {
		return false // who speaks says "I"
	}
	return !a.barred(i, j)
}

// agrees tells whether number, gender and class let a pronoun mean what j means.
func (a *article) agrees(i, j int) bool {
	r, g := &a.refs[i], a.group(j)
	switch {
	case r.number == 'p':
		return g.number == 'p' || isOrg(g.class) || g.class == "Group" || g.number == 0
	case hasGender(r.gender):
		if g.number == 'p' || hasGender(g.gender) && g.gender != r.gender {
			return false
		}
		return g.class == "Person" || g.class == "" && (g.gender == r.gender || g.named)
	}
	return g.class != "Person" && !hasGender(g.gender) && (g.number != 'p' || isOrg(g.class) || g.thing >= 0)
}

// barred tells whether the grammar of one sentence keeps a pronoun from meaning mention j: two arguments of one
// verb are two things, and a phrase is not what stands inside it.
func (a *article) barred(i, j int) bool {
	r := &a.refs[i]
	t := &a.trees[r.Sent]
	possessive := t.tokens[r.Head].Deprel == "nmod:poss"
	refs := a.group(j).refs
	at, _ := slices.BinarySearch(refs, i)
	for at > 0 && a.refs[refs[at-1]].Sent == r.Sent {
		at--
	}
	for ; at < len(refs) && a.refs[refs[at]].Sent == r.Sent; at++ {
		o := &a.refs[refs[at]]
		if t.within(r.Head, o.Head) && o.Kind != Pronoun && !a.inClause(t, r.Head, o.Head) {
			return true // "his brother" is not he
		}
		if !possessive && t.coarguments(r.Head, o.Head) {
			return true
		}
	}
	return false
}

// inClause tells whether a verb stands between a token and the phrase it is in.
func (a *article) inClause(t *tree, i, anc int) bool {
	for ; i >= 0 && i != anc; i = t.tokens[i].Head {
		if t.tokens[i].UPOS == "VERB" || t.rel(i) == "acl" {
			return true
		}
	}
	return false
}

// coarguments tells whether two tokens are arguments of one predicate.
func (t *tree) coarguments(x, y int) bool {
	hx, hy := t.clauseFor(x, y), t.clauseFor(y, x)
	return hx >= 0 && hx == hy && x != y && argument(t, x) && argument(t, y)
}

// clauseFor is the predicate that token x is an argument of, seen from y: a subject is also that of the verbs joined to its own
// that have none ("Russia dwarfs Belarus and supplies it", "Sudan sued the Emirates, accusing it of war").
func (t *tree) clauseFor(x, y int) int {
	hx, hy := t.tokens[t.first(x)].Head, t.tokens[t.first(y)].Head
	if hx < 0 || hy < 0 || t.rel(t.first(x)) != "nsubj" {
		return hx
	}
	for v, n := hy, 0; n < 4 && t.sharesSubject(v); n++ {
		if v = t.tokens[v].Head; v == hx {
			return hy
		}
	}
	return hx
}

// sharesSubject tells whether verb v has its subject from the verb that it hangs on.
func (t *tree) sharesSubject(v int) bool {
	h := t.tokens[v].Head
	if h < 0 || t.kid(v, "nsubj") >= 0 {
		return false
	}
	infinite := t.tokens[v].XPOS == "VBG" || t.tokens[v].XPOS == "VB"
	switch t.rel(v) {
	case "conj":
		return true
	case "advcl":
		return infinite
	case "xcomp":
		return infinite && t.kid(h, "obj", "iobj") < 0
	}
	return false
}

func argument(t *tree, i int) bool {
	switch t.rel(t.first(i)) {
	case "nsubj", "obj", "iobj", "obl":
		return true
	}
	return false
}

// feature is something that speaks for or against an antecedent.
type feature uint8

// Features of a pronoun and an antecedent.
const (
	perSentence  feature = iota // for each sentence between
	otherBlock                  // another paragraph
	isSubject                   // the antecedent is a subject
	isObject                    // a direct object
	isOblique                   // after a preposition, on a verb
	isInner                     // inside another noun phrase
	likePart                    // both in the same part of their sentences
	isNamed                     // the group has a name
	perMention                  // for each mention of the group, up to ten
	likePronoun                 // the antecedent is a pronoun of the same kind
	perStep                     // for each mention between, in one sentence, up to ten
	adjective                   // the antecedent is a demonym
	acrossQuote                 // one is in a quotation, the other is not
	ownSubject                  // a possessive and the subject of its clause
	outerSubject                // a subject and the subject of the clause around its own
	theyPlural                  // "they" and a plural
	theyBody                    // "they" and a body
	theyPersons                 // "they" and people
	itBody                      // "it" and a body or a country
	itBare                      // "it" and a noun phrase without article
	opens                       // the antecedent is the first mention of its sentence
	indefinite                  // the antecedent has an indefinite article
	notPerson                   // "he" or "she" and a name that may be no person's
	noName                      // "he" or "she" and somebody without a name
	itPeople                    // "it" and a group of people
	commands                    // the subject of a clause around the pronoun's
	commandsNext                // of those the nearest
	controls                    // a possessive and the object that is the subject of its infinitive ("urged Mali to hold its vote")
	isHero                      // the person whom the article is about
	heroAnew                    // of him or her, from another paragraph
	features
)

// points are what each feature counts, found by coordinate ascent on third-person pronouns of GUM's training part.
func points() [features]int {
	return [features]int{
		perSentence: -47, otherBlock: -50, isSubject: 22, isObject: 13, isOblique: 3, isInner: -32, likePart: 10, isNamed: 9,
		perMention: 2, likePronoun: 15, perStep: -1, adjective: -60, acrossQuote: -58, ownSubject: 4, theyPlural: 5, theyBody: -12,
		theyPersons: 7, notPerson: -25, noName: -17, itPeople: 5, commands: 5, commandsNext: 30, controls: 35,
		isHero: 5, heroAnew: 30,
	}
}

// salience scores an antecedent: the sum of the points of its features.
func (a *article) salience(i, j int) int {
	var f [features]int
	r, o := &a.refs[i], &a.refs[j]
	t, ot := &a.trees[r.Sent], &a.trees[o.Sent]
	f[perSentence] = r.Sent - o.Sent
	f[otherBlock] = one(t.block != ot.block)
	f[acrossQuote] = one((ot.quote[o.Head] >= 0) != (t.quote[r.Head] >= 0))
	f[adjective] = one(o.Kind == Demonym)
	f[likePronoun] = one(o.Kind == Pronoun && o.number == r.number && o.gender == r.gender)
	f[indefinite] = one(o.article == 'i')
	f[opens] = one(j == 0 || a.refs[j-1].Sent != o.Sent)
	g := a.group(j)
	f[isNamed] = one(g.named)
	f[perMention] = min(len(g.refs), 10)
	a.partFeatures(&f, i, j)
	if r.number == 'p' {
		f[theyPlural] = one(g.number == 'p')
		f[theyBody] = one(isOrg(g.class) || g.class == "Country")
		f[theyPersons] = one(g.class == "Group")
		if g.number != 'p' {
			f[perMention] = 0 // however often a firm is named, "they" is sooner several
		}
	} else if hasGender(r.gender) {
		f[notPerson] = one(g.class != "Person")
		f[noName] = one(!g.named)
		f[isHero] = one(a.hero >= 0 && a.root(a.hero) == a.root(j))
		f[heroAnew] = f[isHero] * f[otherBlock]
	} else if r.gender == 'n' {
		f[itPeople] = one(g.class == "Group")
		f[itBody] = one(isOrg(g.class) || g.class == "Country")
		f[itBare] = one(o.Kind == Nominal && o.article == 0)
	}
	sum := 0
	for k, n := range f {
		sum += n * a.points[k]
	}
	return sum
}

// partFeatures are those of the parts of the sentence that a pronoun and an antecedent have.
func (a *article) partFeatures(f *[features]int, i, j int) {
	r, o := &a.refs[i], &a.refs[j]
	t, ot := &a.trees[r.Sent], &a.trees[o.Sent]
	part := partOf(ot, o.Head)
	if owner := ot.tokens[ot.first(o.Head)]; owner.Deprel == "nmod:poss" && (o.Kind != Pronoun || owner.Head >= 0 && ot.rel(owner.Head) == "appos") {
		part = "nmod" // "Norway's watchdog" is not about Norway, nor "Orban, his counterpart," about him
	}
	switch part {
	case "nsubj":
		f[isSubject] = 1
	case "obj", "iobj":
		f[isObject] = 1
	case "obl":
		f[isOblique] = 1
	case "nmod", "compound":
		f[isInner] = 1
	}
	f[likePart] = one(partOf(t, r.Head) == part)
	if r.Sent != o.Sent {
		return
	}
	f[perStep] = min(i-j, 10)
	clause := clauseOf(t, r.Head)
	f[ownSubject] = one(t.tokens[r.Head].Deprel == "nmod:poss" && part == "nsubj" && clause >= 0 && t.tokens[o.Head].Head == clause)
	f[controls] = one(t.tokens[r.Head].Deprel == "nmod:poss" && clause >= 0 && t.rel(clause) == "xcomp" && t.tokens[o.Head].Head == t.tokens[clause].Head &&
		(part == "obj" || part == "iobj"))
	f[commands], f[commandsNext] = commanding(t, r.Head, o.Head)
	if o.Kind == Pronoun || !hasGender(r.gender) {
		f[commandsNext] = 0
	}
	if clause >= 0 && t.rel(r.Head) == "nsubj" {
		f[outerSubject] = one(part == "nsubj" && t.tokens[o.Head].Head >= 0 && t.tokens[o.Head].Head == clauseOf(t, clause))
	}
}

// commanding tells whether ante is the subject of a clause around that of token i, and whether it is the nearest subject of
// those that i can mean: not its own fellow argument.
func commanding(t *tree, i, ante int) (any, next int) {
	next = 1
	for c := clauseOf(t, i); c >= 0; c = clauseOf(t, c) {
		s := t.kid(c, "nsubj")
		if s < 0 || s == i || t.coarguments(i, s) && t.tokens[i].Deprel != "nmod:poss" {
			continue
		}
		if s == ante {
			return 1, next
		}
		next = 0
	}
	return 0, 0
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// clauseOf is the verb or other predicate that governs a token's phrase, -1 for none.
func clauseOf(t *tree, i int) int {
	for k := t.tokens[i].Head; k >= 0; k = t.tokens[k].Head {
		if t.tokens[k].UPOS == "VERB" || t.kid(k, "nsubj") >= 0 {
			return k
		}
	}
	return -1
}

// partOf is the part of the sentence that a token's phrase plays; possessives count as subjects, for they
// are mostly the same in turn.
func partOf(t *tree, i int) string {
	i = t.first(i)
	if t.tokens[i].Deprel == "nmod:poss" || t.tokens[i].Deprel == "obl:agent" {
		return "nsubj"
	}
	return t.rel(i)
}
