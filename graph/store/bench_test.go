package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/cayleygraph/cayley/graph/path"
	cayley "github.com/cayleygraph/quad"

	"newsgraph/schema"
)

// newsQuads are n claims over n/5 entities with degrees of a long tail, each in a graph of its own with four quads about it: 5n
// quads.
func newsQuads(n int) []schema.Quad {
	r := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(r, 1.2, 8, uint64(n/5))
	var quads []schema.Quad
	for i := range n {
		claim, doc := iri("id/%08x", i), iri("doc/%d", i/50)
		a, b := iri("entity/E%d", zipf.Uint64()), iri("entity/E%d", r.IntN(n/5))
		quads = append(quads,
			mkQuad(a, iri("claim/p%d", r.IntN(100)), b, claim),
			mkQuad(claim, iri("ns#factuality"), schema.NewString("asserted"), doc),
			mkQuad(claim, iri("ns#relation"), schema.NewString(fmt.Sprintf("would do %d to", i%9000)), doc),
			mkQuad(claim, iri("ns#confidence"), schema.NewLiteral(fmt.Sprintf("0.%02d", i%100), schema.XSD+"decimal"), doc),
			mkQuad(claim, iri("ns#evidence"), iri("doc/%d#char=%d,%d", i/50, i, i+100), doc))
	}
	return quads
}

func benchStore(b *testing.B, quads []schema.Quad) *Store {
	b.Helper()
	s, err := Open(b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	for len(quads) > 0 {
		n := min(10000, len(quads))
		apply(b, s, Batch{Add: quads[:n]})
		quads = quads[n:]
	}
	return s
}

func BenchmarkApply(b *testing.B) {
	quads := newsQuads(20000)
	for _, size := range []int{100, 10000} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			n := 0
			for b.Loop() {
				s := benchStore(b, nil)
				for rest := quads; len(rest) > 0; rest = rest[size:] {
					apply(b, s, Batch{Add: rest[:size]})
				}
				n += len(quads)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

// BenchmarkReplace removes the quads of one document and adds them again.
func BenchmarkReplace(b *testing.B) {
	quads := newsQuads(20000)
	s := benchStore(b, quads)
	n := 0
	for b.Loop() {
		at := n % 100 * 250
		apply(b, s, Batch{Remove: quads[at : at+250]})
		apply(b, s, Batch{Add: quads[at : at+250]})
		n += 1
	}
	b.ReportMetric(float64(250*n)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkRead(b *testing.B) {
	quads := newsQuads(40000)
	s := benchStore(b, quads)
	degree := map[schema.Term]int{}
	for _, q := range quads {
		degree[q.Subject]++
	}
	node := func(want int) schema.Term {
		best := quads[0].Subject
		for t, d := range degree {
			if abs(d-want) < abs(degree[best]-want) || abs(d-want) == abs(degree[best]-want) && t.Value < best.Value {
				best = t
			}
		}
		return best
	}
	patterns := map[string]schema.Quad{
		"1-hop d10": {Subject: node(10)}, "1-hop d100": {Subject: node(100)}, "1-hop hub": {Subject: node(1 << 30)},
		"reverse": {Object: quads[0].Object}, "graph of a claim": {Graph: quads[0].Graph}, "rare predicate": {Predicate: iri("claim/p7")},
		"miss": {Subject: iri("nobody")},
	}
	for name, p := range patterns {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n += len(match(b, s, p))
			}
			b.ReportMetric(float64(n)/float64(b.N), "rows")
		})
	}
	b.Run("export", func(b *testing.B) {
		n := 0
		for b.Loop() {
			err := s.Match(context.Background(), schema.Quad{}, func(schema.Quad) error { n++; return nil })
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
	})
	v := s.Snapshot()
	defer func() {
		if err := v.Close(); err != nil {
			b.Error(err)
		}
	}()
	qs := v.QuadStore()
	start := cayley.IRI(node(100).Value)
	for hops := 1; hops <= 3; hops++ {
		b.Run(fmt.Sprintf("Cayley %d-hop count d100", hops), func(b *testing.B) {
			for b.Loop() {
				p := path.StartPath(qs, start)
				for range hops {
					p = p.Out()
				}
				n, err := p.Iterate(context.Background()).Count()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(n), "rows")
			}
		})
	}
	b.Run("Cayley 2-hop by predicate", func(b *testing.B) {
		for b.Loop() {
			p := path.StartPath(qs).Has(cayley.IRI(iri("claim/p7").Value)).Out(cayley.IRI(iri("claim/p7").Value)).Out(cayley.IRI(iri("claim/p8").Value))
			n, err := p.Iterate(context.Background()).Count()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(n), "rows")
		}
	})
}

func abs(n int) int { return max(n, -n) }
