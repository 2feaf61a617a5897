package entity

import "slices"

// group is what is known of the mentions that mean one thing; it lives at the root of the union.
type group struct {
	refs   []int // in the order of the text
	class  string
	gender byte
	number byte
	thing  int
	named  bool
	nation string // the country whose people it is
	leader int    // 1 + index of gazetteer.leaders, 0 for none
	roles  []role
}

// role is an office or description that the article gives a person: "president" of Belarus.
type role struct {
	head    string
	mods    []string
	country string
	owner   int // the mention of the body or person it is of, -1
	text    string
	ref     int // where it is said
}

// start makes a group of each mention.
func (a *article) start() {
	a.parent = make([]int, len(a.refs))
	a.groups = make([]group, len(a.refs))
	for i := range a.refs {
		r := &a.refs[i]
		a.parent[i] = i
		a.groups[i] = group{refs: []int{i}, class: r.class, gender: r.gender, number: r.number, thing: r.thing, named: r.Kind == Name || r.demonym}
	}
}

// root is the mention that stands for the whole group of i.
func (a *article) root(i int) int {
	for a.parent[i] != i {
		a.parent[i] = a.parent[a.parent[i]]
		i = a.parent[i]
	}
	return i
}

func (a *article) group(i int) *group { return &a.groups[a.root(i)] }

// union joins the groups of two mentions. The smaller list goes into the larger, so that many mentions of one
// name stay cheap.
func (a *article) union(i, j int) {
	i, j = a.root(i), a.root(j)
	if i == j {
		return
	}
	if len(a.groups[i].refs) < len(a.groups[j].refs) {
		i, j = j, i
	}
	g, o := &a.groups[i], &a.groups[j]
	a.parent[j] = i
	g.refs = merged(g.refs, o.refs)
	if g.class == "" || !g.named && o.named && o.class != "" {
		g.class = o.class
	}
	if g.thing < 0 && o.thing >= 0 {
		g.thing, g.class = o.thing, a.gaz.things[o.thing].class
	}
	if g.gender == 0 {
		g.gender = o.gender
	}
	if g.number == 0 {
		g.number = o.number
	}
	g.named = g.named || o.named
	g.leader = max(g.leader, o.leader)
	g.nation = max(g.nation, o.nation)
	g.roles = append(g.roles, o.roles...)
	o.refs, o.roles = nil, nil
}

// merged joins two sorted lists, the second into the first, which is the longer.
func merged(into, more []int) []int {
	for _, i := range more {
		if n := len(into); n == 0 || into[n-1] < i {
			into = append(into, i)
			continue
		}
		at, _ := slices.BinarySearch(into, i)
		into = slices.Insert(into, at, i)
	}
	return into
}

// resolve groups the mentions, the surest evidence first.
func (a *article) resolve() {
	a.start()
	a.joinNames()
	a.joinTitles()
	a.knownLeaders()
	a.joinRoles()
	a.joinRelatives()
	a.joinRepeats()
	a.joinPlaced()
	a.joinNominals()
	a.joinSpecified()
	a.joinContests()
	a.hero = a.findHero()
	a.findQuotes()
	a.joinPronouns()
	a.joinHomelands()
	a.joinPossessed()
	a.joinSpeakers()
}
