package graph_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// articles makes n articles of 30 claims each over 2 n entities, a few of them in many claims.
func articles(n int) ([]schema.Entity, []schema.Analysis) {
	r := rand.New(rand.NewPCG(3, 4))
	z := rand.NewZipf(r, 1.3, 4, uint64(2*n-1))
	var table []schema.Entity
	for i := range 2 * n {
		table = append(table, schema.Entity{ID: fmt.Sprintf("Entity_%d", i), Label: fmt.Sprintf("Entity %d", i), Type: "Person", Aliases: []string{fmt.Sprintf("E%d", i)}})
	}
	var docs []schema.Analysis
	for i := range n {
		var claims []schema.Claim
		for range 30 {
			c := fact(table[z.Uint64()].ID, fmt.Sprintf("predicate_%d", r.IntN(200)), table[z.Uint64()].ID, schema.Factuality(r.IntN(7)))
			c.Rule = "svo"
			claims = append(claims, c)
		}
		docs = append(docs, doc(fmt.Sprintf("publisher-2026-01-01-article-%06d", i), claims...))
	}
	return table, docs
}

func onDisk(b *testing.B) (*graph.Graph, *store.Store) {
	b.Helper()
	s, err := store.Open(b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	g, err := graph.Open(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	return g, s
}

// BenchmarkUpdate puts articles in batches of 50 into a store on disk.
func BenchmarkUpdate(b *testing.B) {
	table, docs := articles(1000)
	for b.Loop() {
		g, _ := onDisk(b)
		for i := 0; i < len(docs); i += 50 {
			if err := g.Update(b.Context(), graph.Change{Entities: table, Put: docs[i : i+50]}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(docs))/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkClaims reads all claims, and verifies.
func BenchmarkClaims(b *testing.B) {
	table, docs := articles(1000)
	g, _ := onDisk(b)
	if err := g.Update(b.Context(), graph.Change{Entities: table, Put: docs}); err != nil {
		b.Fatal(err)
	}
	b.Run("all", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for _, err := range g.Claims(b.Context(), graph.Filter{}) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "claims/s")
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if r, err := g.Verify(b.Context()); err != nil || !r.OK() {
				b.Fatal(r, err)
			}
		}
	})
	b.Run("lookup", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Resolve(b.Context(), "entity 77"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("unknown", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Resolve(b.Context(), "Entty 7x7"); err == nil {
				b.Fatal("found")
			}
		}
	})
}
