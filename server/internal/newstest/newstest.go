// Package newstest makes small graphs for tests of the packages under server.
package newstest

import (
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Graph returns a graph in memory that holds the documents. The label of an entity is its ID with blanks for underscores,
// unless entities says otherwise.
func Graph(t testing.TB, entities []schema.Entity, docs ...schema.Analysis) *graph.Graph {
	t.Helper()
	s, err := store.Open(t.Name(), store.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	g, err := graph.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	Update(t, g, entities, docs...)
	return g
}

// Update puts documents into a graph that holds no others.
func Update(t testing.TB, g *graph.Graph, entities []schema.Entity, docs ...schema.Analysis) {
	t.Helper()
	if err := g.Update(t.Context(), graph.Change{Entities: Table(entities, docs), Put: docs}); err != nil {
		t.Fatal(err)
	}
}

// Table returns the entities and those that the documents' claims name beside them.
func Table(entities []schema.Entity, docs []schema.Analysis) []schema.Entity {
	known := map[string]bool{}
	for _, e := range entities {
		known[e.ID] = true
	}
	add := func(list ...schema.Entity) {
		for _, e := range list {
			if !known[e.ID] {
				known[e.ID] = true
				entities = append(entities, schema.Entity{ID: e.ID})
			}
		}
	}
	for i := range docs {
		for _, c := range docs[i].Claims {
			add(c.Subject)
			add(c.Attribution...)
			if c.Object.Entity != nil {
				add(*c.Object.Entity)
			}
		}
	}
	return entities
}

// Doc returns a document of a publisher that tells the claims, one a line; the quote of each is its line.
func Doc(id, publisher, published string, claims ...schema.Claim) schema.Analysis {
	a := schema.Analysis{Document: schema.Document{ID: id, Title: "Title of " + id, Publisher: publisher, Published: published}}
	start := 0
	for _, c := range claims {
		end := start + len([]rune(c.Relation))
		c.Evidence = []schema.Evidence{{Document: id, Start: start, End: end, Quote: c.Relation}}
		a.Claims = append(a.Claims, c)
		a.Document.Text += c.Relation + "\n"
		start = end + 1
	}
	return a
}

// Claim reads "Subject predicate Object", with a confidence of 0.5. An object in small letters is a text.
func Claim(words string, f schema.Factuality) schema.Claim {
	w := strings.Fields(words)
	c := schema.Claim{Subject: schema.Entity{ID: w[0]}, Predicate: w[1], Relation: words, Factuality: f, Confidence: 0.5}
	if strings.ToLower(w[2]) == w[2] {
		c.Object = schema.Value{Literal: w[2]}
	} else {
		c.Object = schema.Value{Entity: &schema.Entity{ID: w[2]}}
	}
	return c
}
