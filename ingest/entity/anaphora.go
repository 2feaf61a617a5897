package entity

// joinPronouns leads third-person and reflexive pronouns to whom they most likely mean, in the order of the text.
func (a *article) joinPronouns() {
	for i := range a.refs {
		r := &a.refs[i]
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
	farPerson = 4
	farThing  = 2
	mostSeen  = 120
)

// best is the highest-scoring antecedent of a pronoun among the mentions before it, -1 for none.
func (a *article) best(i int) int {
	r := &a.refs[i]
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

// candidate tells whether pronoun i can mean what mention j means.
func (a *article) candidate(i, j int) bool {
	o := &a.refs[j]
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
		return g.number == 'p' || a.collective(j) || g.number == 0
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
	g := a.group(j)
	for k := len(g.refs) - 1; k >= max(0, len(g.refs)-50); k-- {
		o := &a.refs[g.refs[k]]
		if o.Sent != r.Sent {
			continue
		}
		if t.within(r.Head, o.Head) && o.Kind != Pronoun && !a.inClause(t, r.Head, o.Head) {
			return true // "his brother" is not he
		}
		if !possessive && a.coarguments(t, r.Head, o.Head) {
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
func (a *article) coarguments(t *tree, x, y int) bool {
	hx, hy := t.tokens[t.first(x)].Head, t.tokens[t.first(y)].Head
	return hx >= 0 && hx == hy && x != y && argument(t, x) && argument(t, y)
}

func argument(t *tree, i int) bool {
	switch t.rel(t.first(i)) {
	case "nsubj", "obj", "iobj", "obl":
		return true
	}
	return false
}

// salience scores an antecedent: near, a subject, in a like part of the sentence, named, often spoken of.
func (a *article) salience(i, j int) int {
	r, o := &a.refs[i], &a.refs[j]
	t, ot := &a.trees[r.Sent], &a.trees[o.Sent]
	p := -30 * (r.Sent - o.Sent)
	if a.trees[r.Sent].block != ot.block {
		p -= 10
	}
	p += partPoints(ot, o.Head)
	if partOf(t, r.Head) == partOf(ot, o.Head) {
		p += 10
	}
	g := a.group(j)
	if g.named {
		p += 12
	}
	p += min(len(g.refs), 10) * 2
	if o.Kind == Pronoun && o.number == r.number && o.gender == r.gender {
		p += 15
	}
	if r.Sent == o.Sent {
		p -= min(i-j, 10)
	}
	if o.Kind == Demonym {
		p -= 40
	}
	if (ot.quote[o.Head] >= 0) != (t.quote[r.Head] >= 0) {
		p -= 10
	}
	return p
}

func partOf(t *tree, i int) string {
	i = t.first(i)
	if t.tokens[i].Deprel == "nmod:poss" {
		return "nsubj"
	}
	return t.rel(i)
}

func partPoints(t *tree, i int) int {
	switch partOf(t, i) {
	case "nsubj":
		return 25
	case "obj", "iobj":
		return 10
	case "obl":
		return 3
	case "nmod", "compound":
		return -12
	}
	return 0
}
