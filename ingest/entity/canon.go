package entity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// Summary is what Canonicalize needs to know of one article.
type Summary struct {
	// DocID is the article's; no two Summaries share one.
	DocID     string  `json:"doc"`
	Published string  `json:"published,omitempty"`
	Entities  []Local `json:"entities"`
}

// Canonicalize gives the entities of all articles their canonical names: document ID, then local ID, to the entity. It is a
// pure function of the set of documents (and, in NameAll, the decisions); the order of the documents does not count.
//
// Entities are one when the gazetteer has them as one, or when they have the same name and can be of one class;
// a person known by a surname alone joins the only person of the set with that surname. Two ways to write a
// foreign name are joined when nothing speaks against it. Things without a name are never joined, nor are bodies of a
// name that many countries have ("National Assembly"), unless the articles tie them to one country. Votes and summits are one when they are of one kind and country or body, and of one time.
func Canonicalize(docs []Summary) map[string]map[string]schema.Entity {
	return NameAll(docs, nil).Entities
}

// NameAll is Canonicalize with the user's decisions, which are applied in their order, and with what it is not sure of.
func NameAll(docs []Summary, decisions []schema.Decision) *Naming {
	c := newCanon(docs)
	c.joinKeys()
	c.splitNamesakes()
	c.joinSpellings()
	c.joinLonger()
	c.joinSurnames()
	c.joinFirstNames()
	c.joinEvents()
	c.joinGiven()
	return c.naming(decisions)
}

// canon is a set of articles at work. A node is an entity of an article; nodes with the same name make a family.
type canon struct {
	docs     []Summary
	nodes    []node
	families []family
	byKey    map[string]int
	doubts   []question

	surroundings []*surroundings // by document, as far as they were asked for
}

type node struct{ doc, entity, family int }

// family is a name, of one kind, with all that bear it.
type family struct {
	key    string
	kind   string // person, body, place, thing, or empty
	words  []string
	gender byte
	into   int   // the family it was joined to, or itself
	nodes  []int // of this family alone
	// namesake tells people of one name apart; met is true where their articles have more than the name in common.
	namesake string
	met      bool
	joins    []joined
}

func newCanon(docs []Summary) *canon {
	c := &canon{docs: slices.Clone(docs), byKey: map[string]int{}}
	slices.SortFunc(c.docs, func(x, y Summary) int { return cmp.Compare(x.DocID, y.DocID) })
	for d := range c.docs {
		for e := range c.docs[d].Entities {
			c.nodes = append(c.nodes, node{doc: d, entity: e})
		}
	}
	return c
}

func (c *canon) local(n node) *Local { return &c.docs[n.doc].Entities[n.entity] }

// kindOf is the coarse class in which one name is one thing.
func kindOf(class string) string {
	switch {
	case class == "Person":
		return "person"
	case isPlace(class):
		return "place"
	case isOrg(class) || class == "Group":
		return "body"
	case isThing(class):
		return "thing"
	}
	return ""
}

// joinKeys puts every entity into the family of its key.
func (c *canon) joinKeys() {
	kinds := c.kindsOfNames()
	for i := range c.nodes {
		l := c.local(c.nodes[i])
		name, kind := nameKey(l.Label), kindOf(l.Type)
		words := strings.Fields(name)
		if k := mainKind(kinds[name], len(words)); k != "" {
			kind = k
		}
		key := "n\x00" + kind + "\x00" + name
		switch {
		case l.Gazetteer:
			key = "g\x00" + l.ID
		case !l.Named || len(words) == 0, kind == "person" && short(words):
			key = "d\x00" + c.docs[c.nodes[i].doc].DocID + "\x00" + l.ID
		case general(name) && l.Country != "":
			key += "\x00" + l.Country
		case general(name):
			key = "d\x00" + c.docs[c.nodes[i].doc].DocID + "\x00" + l.ID
		}
		f, ok := c.byKey[key]
		if !ok {
			f = len(c.families)
			c.byKey[key] = f
			c.families = append(c.families, family{key: key, kind: kind, words: words, into: f})
		}
		c.nodes[i].family = f
		fam := &c.families[f]
		fam.nodes = append(fam.nodes, i)
		if fam.gender == 0 {
			fam.gender = l.Gender
		}
	}
}

// kindsOfNames counts the kinds that each folded name has in the set.
func (c *canon) kindsOfNames() map[string]map[string]int {
	kinds := map[string]map[string]int{}
	for _, n := range c.nodes {
		l := c.local(n)
		if !l.Named || l.Gazetteer {
			continue
		}
		name := nameKey(l.Label)
		if kinds[name] == nil {
			kinds[name] = map[string]int{}
		}
		kinds[name][kindOf(l.Type)]++
	}
	return kinds
}

// mainKind is the kind that all bearers of a name count as: the only one that any of them has or, for a name of
// several words, the one that five of six have, for then the others are slips of the recogniser. It is empty
// when the name is of several kinds.
func mainKind(counts map[string]int, words int) string {
	typed := 0
	for k, n := range counts {
		if k != "" {
			typed += n
		}
	}
	for k, n := range counts {
		if k != "" && (n == typed || words > 1 && 6*n >= 5*typed) {
			return k
		}
	}
	return ""
}

// full tells whether a family is a person with given name and surname.
func (f *family) full() bool {
	return f.kind == "person" && !short(f.words) && f.key[0] == 'n'
}

func clash(x, y byte) bool { return x != 0 && y != 0 && x != y }

// joinAll makes one family of several; the first in order of key is the root.
func (c *canon) joinAll(b []int) {
	root := slices.MinFunc(b, func(x, y int) int { return cmp.Compare(c.families[x].key, c.families[y].key) })
	for _, f := range b {
		c.families[c.root(f)].into = c.root(root)
		if c.families[root].gender == 0 {
			c.families[root].gender = c.families[f].gender
		}
	}
}

func (c *canon) root(f int) int {
	for c.families[f].into != f {
		f = c.families[f].into
	}
	return f
}

// naming names the families and applies the decisions.
func (c *canon) naming(decisions []schema.Decision) *Naming {
	members := map[int][]int{}
	for i := range c.nodes {
		r := c.root(c.nodes[i].family)
		members[r] = append(members[r], i)
	}
	roots := make([]int, 0, len(members))
	for r := range members {
		roots = append(roots, r)
	}
	slices.SortFunc(roots, func(x, y int) int { return cmp.Compare(c.families[x].key, c.families[y].key) })
	named := make(map[int]schema.Entity, len(roots))
	for _, r := range roots {
		named[r] = c.merge(members[r])
	}
	c.separate(roots, named, members)
	d := &decided{c: c, members: map[string][]int{}, named: map[string]schema.Entity{}, gone: map[string]string{}}
	for r, e := range named {
		e.Sameness, _ = c.sameness(members[r])
		named[r] = e
		d.members[e.ID], d.named[e.ID] = members[r], e
	}
	n := &Naming{Idle: d.decide(decisions)}
	n.Entities = d.byDocument()
	n.Doubts = open(c.settle(named, members), d)
	return n
}

// open are the doubts that no decision has settled.
func open(doubts []Doubt, d *decided) []Doubt {
	return slices.DeleteFunc(doubts, func(q Doubt) bool {
		return slices.ContainsFunc(q.Entities, func(e schema.Entity) bool {
			now, there := d.named[e.ID]
			return !there || now.Sameness == byDecision
		})
	})
}

// merge makes one entity of the members of a family.
func (c *canon) merge(members []int) schema.Entity {
	labels, types, aliases := map[string]int{}, map[string]int{}, map[string]bool{}
	dates := map[string]int{} // of those that came with their canonical names
	for _, i := range members {
		l := c.local(c.nodes[i])
		if l.Date != "" {
			dates[l.Date]++
		}
		labels[l.Label]++
		types[l.Type]++
		aliases[l.Label] = true
		for _, a := range l.Aliases {
			aliases[a] = true
		}
	}
	e := schema.Entity{Label: bestLabel(labels), Type: bestType(types)}
	first := c.local(c.nodes[members[0]])
	e.ID = slug(e.Label)
	switch event := c.event(members); {
	case event.Label != "" && (len(members) > 1 || event.Date != ""):
		e.Label, e.Date = event.Label, event.Date
		e.ID = slug(e.Label)
	case first.Gazetteer:
		e.ID = first.ID
	case !first.Named:
		e.ID = first.ID
	case c.families[c.nodes[members[0]].family].namesake != "":
		e.ID += "_" + c.families[c.nodes[members[0]].family].namesake
	case len(members) == 1 && first.Type == "Person" && short(strings.Fields(nameKey(e.Label))):
		e.ID += "_" + schema.Scope(c.docs[c.nodes[members[0]].doc].DocID)
	case general(nameKey(e.Label)) && first.Country != "":
		e.ID += "_" + first.Country
	case general(nameKey(e.Label)):
		e.ID += "_" + schema.Scope(c.docs[c.nodes[members[0]].doc].DocID)
	}
	if e.Date == "" && len(dates) > 0 {
		e.Date = best(dates, func(s string) int { return len(s) })
	}
	delete(aliases, e.Label)
	e.Aliases = sortedKeys(aliases)
	if len(e.Aliases) == 0 {
		e.Aliases = nil
	}
	return e
}

// bestLabel is the most frequent of the labels with more than one word that do not shout, if there are any; of
// equals the longest, then the first in order.
func bestLabel(labels map[string]int) string {
	return best(labels, func(s string) int {
		if !strings.Contains(s, " ") {
			return 0
		}
		if strings.ToUpper(s) == s {
			return 1
		}
		return 2
	})
}

// bestType is the most frequent type that says something.
func bestType(types map[string]int) string {
	return best(types, func(s string) int { return min(len(s), 1) })
}

// best is the key of the highest rank, then count, then length, then the first in order.
func best(counts map[string]int, rank func(string) int) string {
	keys := sortedKeys(counts)
	return slices.MaxFunc(keys, func(x, y string) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(counts[x], counts[y]), cmp.Compare(len(x), len(y)), cmp.Compare(y, x))
	})
}

// separate gives families that came to one ID different ones: the gazetteer's keep theirs, then the one with most
// members; the others take their type and, where that is not enough, a number in the order of their keys.
func (c *canon) separate(roots []int, named map[int]schema.Entity, members map[int][]int) {
	taken := map[string]bool{}
	for _, r := range roots {
		if c.local(c.nodes[members[r][0]]).Gazetteer {
			taken[named[r].ID] = true
		}
	}
	roots = slices.Clone(roots)
	slices.SortStableFunc(roots, func(x, y int) int { return cmp.Compare(len(members[y]), len(members[x])) })
	for _, r := range roots {
		e := named[r]
		if c.local(c.nodes[members[r][0]]).Gazetteer {
			continue
		}
		id := e.ID
		if id == "" {
			id = "thing"
		}
		if taken[id] && e.Type != "" {
			id += "_" + strings.ToLower(e.Type)
		}
		e.ID = id
		for n := 2; taken[e.ID]; n++ {
			e.ID = id + "_" + strconv.Itoa(n)
		}
		taken[e.ID] = true
		named[r] = e
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
