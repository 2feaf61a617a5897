package path

import (
	"context"
	"fmt"
	"testing"

	cayleygraph "github.com/cayleygraph/cayley/graph"
	cayley "github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"newsgraph/graph"
	"newsgraph/graph/internal/newsdata"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// news is a graph of a million quads on disk.
func news(b *testing.B) *graph.Graph {
	b.Helper()
	s, err := store.Open(b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	var batch store.Batch
	flush := func() {
		if err := s.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		batch = store.Batch{}
	}
	err = newsdata.Generate(newsdata.Options{}, func(q schema.Quad) error {
		if batch.Add = append(batch.Add, q); len(batch.Add) == 100_000 {
			flush()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	flush()
	g, err := graph.Open(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	return g
}

// pair is two entities and the shortest path from one to the other, along the claims.
type pair struct {
	from, to schema.Term
	hops     int
}

// apart returns pairs of entities that are so many hops apart, along the claims.
func apart(b *testing.B, g *graph.Graph, hops, want int) []pair {
	b.Helper()
	v := g.View()
	defer v.Close()
	var pairs []pair
	for i := 60_000; i < 200_000 && len(pairs) < want; i += 17 {
		from, to := newsdata.Entity(i), newsdata.Entity(199_999-i)
		w := newWeb(b.Context(), v, 1<<30)
		s, err := w.search(local(from), local(to), Options{Directed: true, MaxHops: 9}.withDefaults())
		if err != nil {
			b.Fatal(err)
		}
		n, err := s.meet()
		if err != nil {
			b.Fatal(err)
		}
		if n == hops {
			pairs = append(pairs, pair{from, to, n})
		}
		w.close()
	}
	if len(pairs) == 0 {
		b.Fatalf("no entities %d hops apart", hops)
	}
	return pairs
}

func local(t schema.Term) []string {
	return []string{t.Value[len(schema.DefaultBase+"entity/"):]}
}

// BenchmarkShortest finds the best path of five hops between two entities of a million quads, along the claims: by Search
// without the claims' words, by the distance alone, and by Cayley's FollowRecursive over the same store.
func BenchmarkShortest(b *testing.B) {
	g := news(b)
	for _, hops := range []int{3, 5} {
		pairs := apart(b, g, hops, 20)
		run := func(name string, f func(ctx context.Context, v *graph.View, p pair) (int, error)) {
			b.Run(fmt.Sprintf("hops=%d/%s", hops, name), func(b *testing.B) {
				n := 0
				for b.Loop() {
					v := g.View()
					p := pairs[n%len(pairs)]
					n++
					if got, err := f(b.Context(), v, p); err != nil || got != p.hops {
						b.Fatal(p, got, err)
					}
					v.Close()
				}
			})
		}
		ours := func(directed bool, find func(s *search) (int, error)) func(context.Context, *graph.View, pair) (int, error) {
			return func(ctx context.Context, v *graph.View, p pair) (int, error) {
				w := newWeb(ctx, v, 1<<30)
				defer w.close()
				s, err := w.search(local(p.from), local(p.to), Options{Directed: directed, MaxHops: 9}.withDefaults())
				if err != nil {
					return 0, err
				}
				return find(s)
			}
		}
		run("best", ours(true, func(s *search) (int, error) {
			found, err := s.find()
			if err != nil || len(found) == 0 {
				return 0, err
			}
			return found[0].hops, nil
		}))
		run("distance", ours(true, (*search).meet))
		run("FollowRecursive", follow)
	}
}

// follow is Cayley's way: everything that the beginning leads to, until the end comes up.
func follow(ctx context.Context, v *graph.View, p pair) (int, error) {
	qs := v.Snapshot().QuadStore()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	end, at := qs.ValueOf(quad.IRI(p.to.Value)), 0
	way := cayley.StartPath(qs, quad.IRI(p.from.Value)).FollowRecursive(cayley.StartMorphism().Out(), p.hops, nil)
	err := way.Iterate(ctx).Paths(false).Each(func(r cayleygraph.Ref) {
		if at == 0 && r.Key() == end.Key() {
			at = p.hops
			cancel()
		}
	})
	return at, err
}
