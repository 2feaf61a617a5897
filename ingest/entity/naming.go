package entity

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Naming is the canonical names of the entities of a set of articles.
type Naming struct {
	// Entities gives, by document ID and local ID, the canonical entity.
	Entities map[string]map[string]schema.Entity
	// Doubts are joins that are not sure, and entities that stay apart though they may be one.
	Doubts []Doubt
	// Idle are the decisions that changed nothing, each with the reason.
	Idle []Idle
}

// Doubt is a question that a decision could settle.
type Doubt struct {
	// Kind is "joined" or "apart".
	Kind string
	// Entities are the entity that was joined, or those that stay apart, by canonical ID, sorted.
	Entities []schema.Entity
	Reason   string
	// Confidence is the chance that all of them are one.
	Confidence float64
}

// Idle is a decision that changed nothing.
type Idle struct {
	schema.Decision
	Reason string
	// Already says that what it asks for is so without it.
	Already bool
}

// Confidences of joins, each of the step that makes it: estimates by hand, in the order in which the steps can be trusted. No
// data has tested their values.
const (
	byFullName  = 0.95 // a person's full name, nothing against it
	byContext   = 0.99 // and a role, a country or company in common
	byBody      = 0.93 // the name of a body, several words
	byWord      = 0.85 // the name of a body or a thing, one word
	bySpelling  = 0.88 // another way to write a foreign name
	bySurname   = 0.85 // a surname, which one person of the set has
	byInitial   = 0.80 // an initial and a surname
	byFirst     = 0.75 // a first name, which one person of the set has, and more in common
	byAcronym   = 0.85 // an acronym, which one body of the set spells out
	byDate      = 0.90 // a vote or summit with its date
	byPublished = 0.75 // a vote or summit by when its articles came out
	byDecision  = 1.0
)

// unsure is the confidence below which a join is a question for the user.
const unsure = 0.86

// doubt notes that families may be one, or that those joined may be several.
func (c *canon) doubt(families []int, kind, reason string, confidence float64) {
	c.doubts = append(c.doubts, question{families, kind, reason, confidence})
}

// question is a Doubt before the families have names.
type question struct {
	families     []int
	kind, reason string
	confidence   float64
}

// join makes one family of several, with the confidence of the step.
func (c *canon) join(b []int, confidence float64, reason string) {
	c.joinAll(b)
	r := c.root(b[0])
	c.families[r].joins = append(c.families[r].joins, joined{confidence, reason})
}

// joined is one step by which a family grew.
type joined struct {
	confidence float64
	reason     string
}

// sameness is how sure it is that the members of a root are one, and why not surer; 0 when one article alone has it.
func (c *canon) sameness(members []int) (confidence float64, reason string) {
	docs := map[int]bool{}
	families := map[int]bool{}
	for _, i := range members {
		docs[c.nodes[i].doc] = true
		families[c.nodes[i].family] = true
	}
	if len(docs) < 2 {
		return 0, ""
	}
	confidence = 1
	for f := range families {
		fam := &c.families[f]
		if base := c.base(fam); base < confidence {
			confidence, reason = base, "one name"
		}
	}
	var joins []joined
	for f := range families {
		joins = append(joins, c.families[f].joins...)
	}
	if r := c.root(c.nodes[members[0]].family); !families[r] {
		joins = append(joins, c.families[r].joins...)
	}
	slices.SortFunc(joins, func(x, y joined) int {
		return cmp.Or(cmp.Compare(x.confidence, y.confidence), strings.Compare(x.reason, y.reason))
	})
	if len(joins) > 0 && joins[0].confidence < confidence {
		confidence, reason = joins[0].confidence, joins[0].reason
	}
	return confidence, reason
}

// base is how sure it is that those who bear one name are one.
func (c *canon) base(f *family) float64 {
	switch {
	case len(f.nodes) < 2 || f.key[0] == 'g':
		return 1
	case f.full():
		if f.met {
			return byContext
		}
		return byFullName
	case len(f.words) > 1, c.local(c.nodes[f.nodes[0]]).Type == "Group": // "Belarusians"
		return byBody
	}
	return byWord
}

// settle names the doubts, and leaves out those whose families became one after all.
func (c *canon) settle(named map[int]schema.Entity, members map[int][]int) []Doubt {
	var out []Doubt
	for _, q := range c.doubts {
		d := Doubt{Kind: q.kind, Reason: q.reason, Confidence: q.confidence}
		seen := map[string]bool{}
		for _, f := range q.families {
			if e, ok := named[c.root(f)]; ok && !seen[e.ID] {
				seen[e.ID] = true
				d.Entities = append(d.Entities, e)
			}
		}
		if len(d.Entities) > 1 {
			out = append(out, d)
		}
	}
	for r, e := range named {
		if s, why := c.sameness(members[r]); s > 0 && s < unsure {
			out = append(out, Doubt{Kind: "joined", Entities: []schema.Entity{e}, Reason: why, Confidence: s})
		}
	}
	for _, d := range out {
		slices.SortFunc(d.Entities, func(x, y schema.Entity) int { return strings.Compare(x.ID, y.ID) })
	}
	slices.SortFunc(out, compareDoubts)
	return slices.CompactFunc(out, func(x, y Doubt) bool { return compareDoubts(x, y) == 0 })
}

func compareDoubts(x, y Doubt) int {
	ids := func(d Doubt) string {
		var b strings.Builder
		for _, e := range d.Entities {
			b.WriteString(e.ID + " ")
		}
		return b.String()
	}
	return cmp.Or(strings.Compare(x.Kind, y.Kind), strings.Compare(ids(x), ids(y)), strings.Compare(x.Reason, y.Reason))
}
