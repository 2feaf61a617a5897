package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// field is an attribute of the nodes or edges of a network.
type field struct{ name, kind string }

// The kinds of fields, as GEXF calls them.
const (
	textField  = "string"
	countField = "integer"
	ratioField = "double"
)

// node is a node of a network.
type node struct {
	id, label string
	values    []string // of nodeFields
}

// nodeFields are what a network tells of an entity beside its label.
func nodeFields() []field {
	return []field{{"type", textField}, {"aliases", textField}, {"claims", countField}, {"iri", textField}}
}

// tie is an edge of a network: all the claims with one subject, predicate, object and factuality.
type tie struct {
	id, from, to string
	label        string
	weight       int
	spells       []spell
	values       []string // of tieFields
}

// spell is a range of days; an empty end is open.
type spell struct{ first, last string }

// tieFields are what a network tells of a tie beside its label and weight; graph.Backing says what documents, publishers
// and independent count. Quote, article, publisher, published and url
// are those of the claim with the highest confidence.
func tieFields() []field {
	return []field{
		{"predicate", textField}, {"factuality", textField}, {"relation", textField}, {"attribution", textField},
		{"event", textField}, {"confidence", ratioField}, {"documents", countField}, {"publishers", countField}, {"independent", countField},
		{"dates", textField}, {"quote", textField}, {"article", textField}, {"publisher", textField},
		{"published", textField}, {"url", textField}, {"claims", textField},
	}
}

// nodes yields the nodes of the network that survey found, sorted by ID, entities before literals.
func (s *selection) nodes(ctx context.Context) iter.Seq2[node, error] {
	return func(yield func(node, error) bool) {
		for _, id := range slices.Sorted(maps.Keys(s.degree)) {
			if !yield(s.entityNode(id), nil) {
				return
			}
		}
		for v, err := range s.literals(ctx) {
			if !yield(node{literalID(v), v.Literal, []string{"Literal", "", "", v.Datatype}}, err) || err != nil {
				return
			}
		}
	}
}

// literals yields the different literals that the claims have as objects, sorted by their IDs. It ends after an error.
func (s *selection) literals(ctx context.Context) iter.Seq2[schema.Value, error] {
	return func(yield func(schema.Value, error) bool) {
		seen := map[string]schema.Value{}
		err := s.each(ctx, func(c *schema.Claim) error {
			if c.Object.Entity == nil {
				seen[literalID(c.Object)] = c.Object
			}
			return nil
		})
		if err != nil {
			yield(schema.Value{}, err)
			return
		}
		for _, id := range slices.Sorted(maps.Keys(seen)) {
			if !yield(seen[id], nil) {
				return
			}
		}
	}
}

func (s *selection) entityNode(id string) node {
	e := s.entity(id)
	return node{entityID(id), e.Label, []string{e.Type, strings.Join(e.Aliases, several), strconv.Itoa(s.degree[id]), s.iri(entityID(id))}}
}

// entityID, documentID and claimID are the short forms of IRIs that the commands take too.
func entityID(id string) string   { return "ent:" + schema.EscapeLocal(id) }
func documentID(id string) string { return "doc:" + schema.EscapeLocal(id) }
func claimID(id string) string    { return "id:" + schema.EscapeLocal(id) }

// literalID names a literal by a hash of it.
func literalID(v schema.Value) string {
	sum := sha256.Sum256([]byte(v.Datatype + "\x00" + v.Literal))
	return "lit:" + hex.EncodeToString(sum[:12])
}

// iri expands a short form.
func (s *selection) iri(short string) string { return s.names.Term(short).Value }

// ties calls f with the ties that survey found, sorted by subject, predicate, object and factuality.
func (s *selection) ties(ctx context.Context, f func(t *tie) error) error {
	return s.bySubject(ctx, func(_ string, claims iter.Seq2[schema.Claim, error]) error {
		type key struct {
			predicate, object string
			factuality        schema.Factuality
		}
		bundles := map[key][]schema.Claim{}
		for c, err := range claims {
			if err != nil {
				return err
			}
			k := key{c.Predicate, objectID(c.Object), c.Factuality}
			bundles[k] = append(bundles[k], c)
		}
		keys := slices.SortedFunc(maps.Keys(bundles), func(a, b key) int {
			return cmp.Or(cmp.Compare(a.predicate, b.predicate), cmp.Compare(a.object, b.object), cmp.Compare(a.factuality, b.factuality))
		})
		for _, k := range keys {
			t, err := s.tie(ctx, bundles[k])
			if err != nil {
				return err
			}
			if err := f(t); err != nil {
				return err
			}
		}
		return nil
	})
}

func objectID(v schema.Value) string {
	if v.Entity == nil {
		return literalID(v)
	}
	return entityID(v.Entity.ID)
}

// tie makes one edge of claims that say the same but for sources and time, sorted by ID.
func (s *selection) tie(ctx context.Context, claims []schema.Claim) (*tie, error) {
	best := &claims[0]
	var relations, sources, events, dates, ids []string
	var evidence []schema.Evidence
	told := map[string]schema.Document{}
	t := &tie{id: claimID(best.ID), from: entityID(best.Subject.ID), to: objectID(best.Object), weight: len(claims)}
	for i := range claims {
		c := &claims[i]
		if c.Confidence > best.Confidence {
			best = c
		}
		relations, sources, events = append(relations, c.Relation), append(sources, chain(c)), append(events, c.Event)
		ids, evidence = append(ids, claimID(c.ID)), append(evidence, c.Evidence...)
		if c.Time != nil {
			dates = append(dates, c.Time.Value)
		}
		if first, last := days(c.Time); first != "" || last != "" {
			t.spells = append(t.spells, spell{first, last})
		}
		documents, err := s.documentsOf(ctx, c)
		if err != nil {
			return nil, err
		}
		maps.Copy(told, documents)
	}
	t.label = tieLabel(best)
	slices.SortFunc(t.spells, func(a, b spell) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last)) })
	t.spells = slices.Compact(t.spells)
	b := graph.BackingOf(evidence, told)
	e := best.Evidence[0]
	d := told[e.Document]
	t.values = []string{
		best.Predicate, best.Factuality.String(), distinct(relations), distinct(sources),
		distinct(events), number(best.Confidence), strconv.Itoa(b.Documents), strconv.Itoa(b.Publishers), strconv.Itoa(b.Independent),
		distinct(dates), e.Quote, d.Title, d.Publisher,
		d.Published, d.URL, strings.Join(ids, several),
	}
	return t, nil
}

// tieLabel is the predicate, and how far the claim is from a fact, so that a picture without any attribute
// shows no allegation as a fact.
func tieLabel(c *schema.Claim) string {
	if c.Factuality == schema.Asserted {
		return c.Predicate
	}
	return c.Predicate + " (" + c.Factuality.String() + ")"
}

// chain names the sources of a claim, the nearest to the article first.
func chain(c *schema.Claim) string {
	names := make([]string, len(c.Attribution))
	for i := range c.Attribution {
		names[i] = c.Attribution[i].Label
	}
	return strings.Join(names, " < ")
}

// distinct joins the different values that are not empty, sorted.
func distinct(values []string) string {
	values = slices.Compact(slices.Sorted(slices.Values(values)))
	return strings.Join(slices.DeleteFunc(values, func(s string) bool { return s == "" }), several)
}
