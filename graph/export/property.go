package export

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"newsgraph/graph"
	"newsgraph/schema"
)

// The property graph that Neo4j and its like get: entities, articles, claims and literals as nodes; a relationship from
// subject to object for each claim; and from the claim to its ends, its sources, its place and its evidence.

// The kinds of properties, as neo4j-admin calls them.
const (
	stringKind = "string"
	listKind   = "string[]"
	intKind    = "int"
	doubleKind = "double"
	dayKind    = "date"
)

// property is a property of a node or a relationship. It has one value, or any number if it is a list; an empty one is none.
type property struct {
	name, kind string
	values     []string
}

func text(name, value string) property { return property{name, stringKind, []string{value}} }

// vertex is a node of a property graph.
type vertex struct {
	id         string
	labels     []string
	properties []property
}

// arc is a relationship of a property graph. Between two nodes there is one of each type with the same keys.
type arc struct {
	from, to, kind   string
	keys, properties []property
}

func (s *selection) entityVertex(e schema.Entity) vertex {
	labels := []string{"Entity"}
	if e.Type != "" {
		labels = append(labels, identifier(e.Type))
	}
	return vertex{entityID(e.ID), labels, []property{
		text("name", e.Label), text("type", e.Type), {"aliases", listKind, e.Aliases}, text("iri", s.iri(entityID(e.ID))),
	}}
}

func (s *selection) articleVertex(d schema.Document) vertex {
	return vertex{documentID(d.ID), []string{"Article"}, []property{
		text("title", d.Title), text("publisher", d.Publisher), text("author", d.Author), text("published", d.Published),
		text("url", d.URL), text("language", d.Language), text("iri", s.iri(documentID(d.ID))),
	}}
}

func literalVertex(v schema.Value) vertex {
	return vertex{literalID(v), []string{"Literal"}, []property{text("value", v.Literal), text("datatype", v.Datatype)}}
}

// claimVertex is a claim as a node; what stands behind it is counted of told, its articles by ID.
func (s *selection) claimVertex(c *schema.Claim, told map[string]schema.Document) vertex {
	var quantities []string
	for _, q := range c.Quantities {
		quantities = append(quantities, strings.TrimSpace(number(q.Value)+" "+q.Unit))
	}
	return vertex{claimID(c.ID), []string{"Claim"}, append(claimProperties(c, told),
		property{"quantities", listKind, quantities}, text("iri", s.iri(claimID(c.ID))))}
}

// claimProperties are what both the node and the relationship of a claim have.
func claimProperties(c *schema.Claim, told map[string]schema.Document) []property {
	var sources []string
	for i := range c.Attribution {
		sources = append(sources, c.Attribution[i].Label)
	}
	var when schema.Time
	if c.Time != nil {
		when = *c.Time
	}
	first, last := days(c.Time)
	b := graph.BackingOf(c.Evidence, told)
	return []property{
		text("predicate", c.Predicate), text("relation", c.Relation), text("factuality", c.Factuality.String()),
		{"attribution", listKind, sources}, text("event", c.Event), text("time", cmp.Or(when.Value, when.Text)),
		{"first", dayKind, []string{first}}, {"last", dayKind, []string{last}},
		{"confidence", doubleKind, []string{number(c.Confidence)}}, {"documents", intKind, []string{strconv.Itoa(b.Documents)}},
		{"independent", intKind, []string{strconv.Itoa(b.Independent)}},
	}
}

// tieArc is the relationship from the subject of a claim to its object.
func tieArc(c *schema.Claim, told map[string]schema.Document) arc {
	return arc{entityID(c.Subject.ID), objectID(c.Object), tieKind(c), []property{text("claim", claimID(c.ID))}, claimProperties(c, told)}
}

// tieKind names the relationship of a claim so that who looks at nothing else takes no allegation for a fact: LOANS is
// what articles assert, CLAIMED_LOANS what is less than that, DENIED_LOANS what is said not to be so.
func tieKind(c *schema.Claim) string {
	name := strings.ToUpper(identifier(c.Predicate))
	switch c.Factuality {
	case schema.Asserted:
		return name
	case schema.Negated:
		return "DENIED_" + name
	}
	return "CLAIMED_" + name
}

// roleArcs lead from a claim to its subject, object, sources and place.
func roleArcs(c *schema.Claim) []arc {
	role := func(to, kind string, position int) arc {
		return arc{claimID(c.ID), to, kind, []property{{"position", intKind, []string{strconv.Itoa(position)}}}, nil}
	}
	arcs := []arc{role(entityID(c.Subject.ID), "SUBJECT", 0), role(objectID(c.Object), "OBJECT", 0)}
	for i := range c.Attribution {
		arcs = append(arcs, role(entityID(c.Attribution[i].ID), "SOURCE", i))
	}
	if c.Place != nil {
		arcs = append(arcs, role(entityID(c.Place.ID), "PLACE", 0))
	}
	return arcs
}

// evidenceArc leads from a claim to an article that tells it.
func evidenceArc(c *schema.Claim, e schema.Evidence) arc {
	return arc{claimID(c.ID), documentID(e.Document), "EVIDENCE", []property{
		{"start", intKind, []string{strconv.Itoa(e.Start)}}, {"end", intKind, []string{strconv.Itoa(e.End)}},
	}, []property{text("quote", e.Quote)}}
}

// identifier keeps the letters and digits of a name, so that it can stand for a label or a type anywhere: whatever else there
// is becomes a low line. The whole name is among the properties.
func identifier(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, name)
	if name == "" || unicode.IsDigit(rune(name[0])) {
		name = "_" + name
	}
	return name
}
