package entity

import (
	"cmp"
	"slices"
	"strings"
)

// context is what an article tells of a person besides the name.
type context struct {
	gender  byte
	country string   // that the words tie the person to
	words   []string // of the roles, sorted
	field   string   // of life that the roles belong to; empty when they show none, or several
	name    string   // folded
	*surroundings
}

// surroundings are the countries that an article speaks of, and the people with full names and the bodies that it has.
type surroundings struct{ spoken, beside map[string]bool }

// fields of life that few share: who is known as a player of games under a name is not the general of that name.
var fields = map[string]string{
	"sport": "footballer striker midfielder goalkeeper defender winger cyclist sprinter swimmer boxer golfer athlete batsman bowler pitcher " +
		"quarterback cricketer skier gymnast wrestler skater rower weightlifter jockey hurdler",
	"politics": "president premier minister chancellor senator lawmaker mp governor mayor ambassador diplomat politician congressman " +
		"congresswoman commissioner spokesman spokeswoman spokesperson legislator parliamentarian councillor",
	"arts":    "actor actress singer novelist poet painter filmmaker musician composer rapper pianist violinist comedian sculptor guitarist",
	"science": "scientist physicist biologist chemist virologist astronomer mathematician epidemiologist geologist surgeon",
	"arms":    "general colonel soldier commander sergeant lieutenant admiral corporal",
	"crime":   "gunman robber murderer burglar trafficker smuggler fraudster hijacker kidnapper suspect",
	"church":  "bishop archbishop priest cardinal rabbi pastor imam monk nun",
	"law":     "lawyer judge prosecutor solicitor barrister attorney",
	"press":   "journalist reporter columnist broadcaster photographer newsreader",
}

// fieldOf finds the one field of life of some words; empty for none and for several.
func fieldOf(words []string) string {
	if len(words) == 0 {
		return ""
	}
	found := ""
	for name := range fields { // whichever comes first: one is the answer, of two there is none
		if slices.ContainsFunc(words, func(w string) bool { return oneOf(w, fields[name]) }) {
			if found != "" {
				return ""
			}
			found = name
		}
	}
	return found
}

// contextOf describes a person by one article.
func (c *canon) contextOf(n node) context {
	l := c.local(n)
	k := context{gender: l.Gender, country: l.Country, name: nameKey(l.Label), surroundings: c.around(n.doc)}
	for _, role := range l.Roles {
		k.words = append(k.words, strings.Fields(fold(role))...)
	}
	slices.Sort(k.words)
	k.words = slices.Compact(k.words)
	k.field = fieldOf(k.words)
	return k
}

// around gives the surroundings in an article, which are worked out once.
func (c *canon) around(doc int) *surroundings {
	if c.surroundings == nil {
		c.surroundings = make([]*surroundings, len(c.docs))
	}
	if s := c.surroundings[doc]; s != nil {
		return s
	}
	s := &surroundings{spoken: map[string]bool{}, beside: map[string]bool{}}
	for i := range c.docs[doc].Entities {
		e := &c.docs[doc].Entities[i]
		if e.Country != "" {
			s.spoken[e.Country] = true
		}
		switch {
		case e.Gazetteer && e.Type == "Country":
			s.spoken[e.ID] = true
		case e.Named && (kindOf(e.Type) == "person" && strings.Contains(e.Label, " ") || kindOf(e.Type) == "body"):
			s.beside[nameKey(e.Label)] = true
		}
	}
	c.surroundings[doc] = s
	return s
}

// meets tells whether two contexts have something that speaks for one person: a role, a country, company.
func (k *context) meets(o *context) bool {
	if k.country != "" && k.country == o.country {
		return true
	}
	for _, w := range k.words {
		if _, in := slices.BinarySearch(o.words, w); in && !oneOf(w, restrictive) && len(w) > 2 {
			return true
		}
	}
	if len(k.beside) > len(o.beside) {
		k, o = o, k
	}
	for name := range k.beside {
		if o.beside[name] && name != k.name && name != o.name {
			return true
		}
	}
	return false
}

// differs gives the reason why two people of one name are two; empty when nothing speaks against one.
func (k *context) differs(o *context) string {
	switch {
	case clash(k.gender, o.gender):
		return "a man and a woman"
	case k.meets(o):
		return ""
	case k.country != "" && o.country != "" && k.country != o.country && !k.spoken[o.country] && !o.spoken[k.country]:
		return "of " + strings.ReplaceAll(min(k.country, o.country), "_", " ") + " and of " + strings.ReplaceAll(max(k.country, o.country), "_", " ")
	case k.field != "" && o.field != "" && k.field != o.field:
		return min(k.field, o.field) + " and " + max(k.field, o.field)
	}
	return ""
}

// splitNamesakes takes people of one name apart where what their articles tell of them cannot be of one: each group of
// articles that fit together becomes a family, and those that tell nothing join the only one, or stay alone.
func (c *canon) splitNamesakes() {
	for f := range len(c.families) {
		if fam := &c.families[f]; fam.full() && len(fam.nodes) > 1 {
			c.splitFamily(f)
		}
	}
}

// mostContexts bounds the articles whose contexts are compared with each other; a person whom more articles name is
// compared with the first groups that were found.
const mostContexts = 24

// cluster is a group of articles that can tell of one person.
type cluster struct {
	nodes    []int
	contexts []context
	alike    bool // each has something in common with one before
}

func (c *canon) splitFamily(f int) {
	groups, why := c.clusters(c.families[f].nodes)
	if len(groups) < 2 {
		c.families[f].met = groups[0].alike
		return
	}
	key := c.families[f].key
	c.families[f].nodes = nil
	for i, g := range groups {
		into := f
		if i > 0 {
			into = len(c.families)
			c.families = append(c.families, family{key: key + "\x00" + c.docs[c.nodes[g.nodes[0]].doc].DocID, kind: "person",
				words: c.families[f].words, into: into})
		}
		fam := &c.families[into]
		fam.nodes, fam.gender, fam.namesake = g.nodes, 0, suffix(g)
		for _, n := range g.nodes {
			c.nodes[n].family = into
			fam.gender = cmp.Or(fam.gender, c.local(c.nodes[n]).Gender)
		}
	}
	c.doubt(groupFamilies(c, groups), "apart", "people of one name: "+why, 0.5)
}

func groupFamilies(c *canon, groups []cluster) []int {
	var out []int
	for _, g := range groups {
		out = append(out, c.nodes[g.nodes[0]].family)
	}
	return out
}

// clusters sorts the people of one name by what their articles tell, those with the most to tell first; why is the
// reason of the first two that differ.
func (c *canon) clusters(nodes []int) (groups []cluster, why string) {
	type told struct {
		node int
		context
	}
	var all []told
	for _, n := range nodes {
		all = append(all, told{n, c.contextOf(c.nodes[n])})
	}
	slices.SortStableFunc(all, func(x, y told) int { return cmp.Compare(y.weight(), x.weight()) })
	for _, t := range all {
		best := -1
		for i := range groups {
			reason, met := groups[i].against(&t.context)
			if reason != "" {
				why = cmp.Or(why, reason)
				continue
			}
			if met {
				best = i
				break
			}
			if best < 0 {
				best = i
			} else if !groups[best].meets(&t.context) {
				best = len(groups) // nothing tells which one
			}
		}
		if best < 0 || best == len(groups) {
			groups = append(groups, cluster{alike: true})
			best = len(groups) - 1
		}
		g := &groups[best]
		g.alike = g.alike && (len(g.nodes) == 0 || g.meets(&t.context))
		g.nodes = append(g.nodes, t.node)
		if len(g.contexts) < mostContexts {
			g.contexts = append(g.contexts, t.context)
		}
	}
	for i := range groups {
		slices.Sort(groups[i].nodes)
	}
	slices.SortFunc(groups, func(x, y cluster) int {
		return cmp.Or(cmp.Compare(len(y.nodes), len(x.nodes)), cmp.Compare(x.nodes[0], y.nodes[0]))
	})
	return groups, why
}

// weight is how much a context has to tell.
func (k *context) weight() int {
	n := len(k.words)
	if k.country != "" {
		n += 3
	}
	if k.field != "" {
		n += 2
	}
	if k.gender != 0 {
		n++
	}
	return n
}

// against says why a context does not fit a group, or whether something speaks for it.
func (g *cluster) against(k *context) (reason string, met bool) {
	for i := range g.contexts {
		if g.contexts[i].meets(k) && !clash(g.contexts[i].gender, k.gender) {
			met = true
		} else if r := g.contexts[i].differs(k); r != "" {
			reason = cmp.Or(reason, r)
		}
	}
	if met {
		return "", true
	}
	return reason, false
}

func (g *cluster) meets(k *context) bool {
	_, met := g.against(k)
	return met
}

// suffix is what tells a group from others of its name: the country, the field of life, or nothing.
func suffix(g cluster) string {
	count := map[string]int{}
	for _, k := range g.contexts {
		if k.country != "" {
			count[k.country] += 2
		} else if k.field != "" {
			count[k.field]++
		}
	}
	if len(count) == 0 {
		return ""
	}
	return best(count, func(string) int { return 0 })
}
