package entity

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strconv"
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
	a.unique(d.Entities)
	for i := range a.refs {
		m := a.refs[i].Mention
		m.Entity = -1
		if e, ok := index[a.root(i)]; ok {
			m.Entity = e
		}
		m.Actor = m.Entity
		d.Mentions = append(d.Mentions, m)
	}
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
	sort.Ints(g.refs)
	l := Local{Named: g.named, Plural: g.number == 'p', Owner: -1, Mentions: len(g.refs)}
	l.Type = g.class
	if g.gender == 'm' || g.gender == 'f' {
		l.Gender = g.gender
	}
	for _, i := range g.refs {
		if r := &a.refs[i]; r.Kind == Name || r.Kind == Nominal {
			l.Aliases = append(l.Aliases, r.Text)
		}
	}
	l.Label = a.label(g)
	if g.thing >= 0 {
		l.Gazetteer, l.ID = true, a.gaz.things[g.thing].id
	}
	sort.Strings(l.Aliases)
	l.Aliases = slices.Compact(l.Aliases)
	l.Aliases = slices.DeleteFunc(l.Aliases, func(s string) bool { return s == l.Label || s == "" })
	return l
}

// label chooses the name to show: the gazetteer's, else the longest name, else the fullest noun phrase.
func (a *article) label(g *group) string {
	if g.thing >= 0 {
		return a.gaz.things[g.thing].label
	}
	best, kind := "", Pronoun
	for _, i := range g.refs {
		r := &a.refs[i]
		if r.Kind == Pronoun || r.Kind == Demonym || r.Kind > kind {
			continue
		}
		if r.Kind < kind || len(r.Text) > len(best) {
			best, kind = r.Text, r.Kind
		}
	}
	return best
}

// unique gives every entity an ID that no other of the article has.
func (a *article) unique(es []Local) {
	sum := sha256.Sum256([]byte(a.doc.ID))
	scope := hex.EncodeToString(sum[:4])
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
