// Package graphtest makes small graphs for tests of the packages under graph.
package graphtest

import (
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/postgres"
	"newsgraph/graph/postgres/pgtest"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Open returns a graph in memory that holds the documents, under a table of their entities: the label of
// an entity is its ID with blanks for underscores, unless entities says otherwise.
func Open(t testing.TB, entities []schema.Entity, docs ...schema.Analysis) *graph.Graph {
	t.Helper()
	g, err := graph.Open(t.Context(), Store(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Update(t.Context(), graph.Change{Entities: table(entities, docs), Put: docs}); err != nil {
		t.Fatal(err)
	}
	return g
}

// Store returns an empty store that the end of the test closes: in memory, or where pgtest wants it in PostgreSQL.
func Store(t testing.TB) store.Backend {
	t.Helper()
	s, err := newStore(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newStore(t testing.TB) (store.Backend, error) {
	if pgtest.Wanted() {
		return postgres.Open(t.Context(), pgtest.Address(t), postgres.Options{})
	}
	return store.Open(t.Name(), store.Options{InMemory: true})
}

func table(entities []schema.Entity, docs []schema.Analysis) []schema.Entity {
	known := map[string]bool{}
	for _, e := range entities {
		known[e.ID] = true
	}
	add := func(e *schema.Entity) {
		if e != nil && !known[e.ID] {
			known[e.ID] = true
			entities = append(entities, schema.Entity{ID: e.ID})
		}
	}
	for i := range docs {
		for j := range docs[i].Claims {
			c := &docs[i].Claims[j]
			add(&c.Subject)
			add(c.Object.Entity)
			add(c.Place)
			for k := range c.Attribution {
				add(&c.Attribution[k])
			}
		}
	}
	return entities
}

// Doc returns a document that tells the claims, one a line; the quote of each is its line.
func Doc(id string, claims ...schema.Claim) schema.Analysis {
	a := schema.Analysis{Document: schema.Document{ID: id}}
	start := 0
	for _, c := range claims {
		line := c.Relation
		end := start + len([]rune(line))
		c.Evidence = []schema.Evidence{{Document: id, Start: start, End: end, Quote: line}}
		a.Claims = append(a.Claims, c)
		a.Document.Text += line + "\n"
		start = end + 1
	}
	return a
}

// Claim reads "Subject predicate Object", with a factuality and a confidence of 0.5.
func Claim(words string, f schema.Factuality) schema.Claim {
	w := strings.Fields(words)
	return schema.Claim{Subject: schema.Entity{ID: w[0]}, Predicate: w[1], Relation: words,
		Object: schema.Value{Entity: &schema.Entity{ID: w[2]}}, Factuality: f, Confidence: 0.5}
}
