package entity

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// finish turns the groups into the entities of a Doc.
func (a *article) finish() *Doc {
	d := &Doc{}
	index := map[int]int{} // root to entity
	for i := range a.refs {
		g := a.root(i)
		if _, seen := index[g]; !seen && a.worthy(g) {
			index[g] = len(d.Entities)
			d.Entities = append(d.Entities, a.local(g))
		}
	}
	for i := range a.refs {
		m := a.refs[i].Mention
		m.Entity = -1
		if e, ok := index[a.root(i)]; ok {
			m.Entity = e
		}
		m.Actor = m.Entity
		d.Mentions = append(d.Mentions, m)
	}
	a.owners(d, index)
	a.actors(d)
	for e := range d.Entities {
		tidyAliases(&d.Entities[e])
	}
	a.unique(d.Entities)
	for s := range a.trees {
		d.sents = append(d.sents, sentIndex{head: a.heads[s], cover: a.cover[s]})
	}
	return d
}

// worthy tells whether a group is an entity: pronouns alone are none.
func (a *article) worthy(root int) bool {
	for _, i := range a.groups[root].refs {
		if a.refs[i].Kind != Pronoun {
			return true
		}
	}
	return false
}

// local describes the entity of a group.
func (a *article) local(root int) Local {
	g := &a.groups[root]
	l := Local{Named: g.named || g.leader > 0 || g.nation != "", Plural: g.number == 'p', Owner: -1, Mentions: len(g.refs)}
	l.Type = g.class
	if g.gender == 'm' || g.gender == 'f' {
		l.Gender = g.gender
	}
	for _, i := range g.refs {
		if r := &a.refs[i]; r.Kind == Name || r.Kind == Nominal && (!l.Named || strings.Contains(r.Text, " ")) {
			l.Aliases = append(l.Aliases, r.Text)
		}
	}
	for _, o := range g.roles {
		l.Roles = append(l.Roles, o.text)
	}
	slices.Sort(l.Roles)
	l.Roles = slices.DeleteFunc(slices.Compact(l.Roles), func(s string) bool { return s == "" })
	l.Country = a.countryOf(root)
	if l.Country == "" && l.Named && isOrg(l.Type) {
		l.Country = a.countryInName(g)
	}
	if g.leader > 0 {
		l.Office, l.OfficeOf = a.gaz.leaders[g.leader-1].office, a.gaz.leaders[g.leader-1].country
	}
	l.Label = a.label(g)
	if l.Event = a.eventOf(root); l.Event != nil {
		l.Type = "Event"
	}
	if g.thing >= 0 {
		l.Gazetteer, l.ID = true, a.gaz.things[g.thing].id
	}
	return l
}

func tidyAliases(l *Local) {
	sort.Strings(l.Aliases)
	l.Aliases = slices.Compact(l.Aliases)
	l.Aliases = slices.DeleteFunc(l.Aliases, func(s string) bool { return s == l.Label || s == "" })
}

// owners fills in to whom the entities belong, by the first of their mentions that says so.
func (a *article) owners(d *Doc, index map[int]int) {
	for i := range a.refs {
		e, o := d.Mentions[i].Entity, a.refs[i].owner
		if e < 0 || o < 0 || d.Entities[e].Owner >= 0 || d.Entities[e].Named && d.Entities[e].Type == "Person" {
			continue
		}
		if j, ok := index[a.root(o)]; ok && j != e {
			d.Entities[e].Owner = j
		}
	}
}

// actors leads the capitals that act as governments to their countries, which join the entities where the article
// does not name them.
func (a *article) actors(d *Doc) {
	byThing := map[int]int{}
	for i := range a.refs {
		if th := a.group(i).thing; th >= 0 && d.Mentions[i].Entity >= 0 {
			byThing[th] = d.Mentions[i].Entity
		}
	}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Name {
			continue
		}
		k := a.stateOf(i)
		if k < 0 || !a.acts(&a.trees[r.Sent], r.Head) {
			continue
		}
		e, ok := byThing[k]
		if !ok {
			th := a.gaz.things[k]
			e = len(d.Entities)
			byThing[k] = e
			d.Entities = append(d.Entities, Local{Named: true, Gazetteer: true, Owner: -1, Country: th.id})
			d.Entities[e].ID, d.Entities[e].Label, d.Entities[e].Type = th.id, th.label, th.class
		}
		d.Mentions[i].Actor = e
		d.Entities[e].Aliases = append(d.Entities[e].Aliases, r.Text)
	}
}

// mostWords is the length of a noun phrase that still makes a label.
const mostWords = 7

// label chooses the name to show: the gazetteer's, else the longest name, else the fullest noun phrase.
func (a *article) label(g *group) string {
	if g.thing >= 0 {
		return a.gaz.things[g.thing].label
	}
	if p := a.gaz.peoples[g.nation]; p != "" {
		return p
	}
	best, kind := "", Pronoun
	for _, i := range g.refs {
		r := &a.refs[i]
		if r.Kind == Pronoun || r.Kind == Demonym || r.Kind > kind {
			continue
		}
		text := r.Text
		if r.Kind == Nominal {
			text = a.owned(r)
		}
		if r.Kind < kind || len(text) > len(best) && (r.Kind == Name || strings.Count(text, " ") < mostWords) {
			best, kind = text, r.Kind
		}
	}
	if g.leader > 0 && !strings.Contains(best, " ") || g.leader > 0 && kind == Nominal {
		return a.gaz.leaders[g.leader-1].name
	}
	return best
}

// owned names the forces and bodies of a country by it: "his security forces" are the "Belarusian security forces"
// where the words tell whose they are.
func (a *article) owned(r *ref) string {
	if r.article == 'p' && r.owner >= 0 && a.refs[r.owner].Kind == Pronoun && oneOf(r.class, "Group Person Organization Party Company") {
		if g := a.group(r.owner); g.named && a.root(r.owner) != a.rootOf(r) {
			return a.label(g) + "'s " + r.bare // "her supporters"
		}
	}
	if r.article != 'p' || r.owner < 0 || !oneOf(r.class, "SecurityForce Government") {
		return r.Text
	}
	c := a.countryOf(r.owner)
	if adj := a.gaz.adjs[c]; c != "" && adj != "" {
		return adj + " " + r.bare
	}
	return r.Text
}

// rootOf is the group of a noun phrase.
func (a *article) rootOf(r *ref) int { return a.root(a.heads[r.Sent][r.Head]) }

// unique gives every entity an ID that no other of the article has.
func (a *article) unique(es []Local) {
	scope := schema.Scope(a.doc.ID)
	taken := map[string]bool{}
	for i := range es {
		if es[i].Gazetteer {
			taken[es[i].ID] = true
		}
	}
	for i := range es {
		e := &es[i]
		if e.Gazetteer {
			continue
		}
		id := slug(e.Label)
		if id == "" {
			id = "thing"
		}
		if !e.Named {
			id += "_" + scope
		}
		e.ID = id
		for n := 2; taken[e.ID]; n++ {
			e.ID = id + "_" + strconv.Itoa(n)
		}
		taken[e.ID] = true
	}
}
