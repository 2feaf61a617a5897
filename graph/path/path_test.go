package path_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

// show writes a path as "A -loans> B <visits- C".
func show(p path.Path) string {
	var b strings.Builder
	b.WriteString(p.Hops[0].From.ID)
	for _, h := range p.Hops {
		if h.Direction == path.Forward {
			fmt.Fprintf(&b, " -%s> %s", h.Predicate, h.To.ID)
		} else {
			fmt.Fprintf(&b, " <%s- %s", h.Predicate, h.To.ID)
		}
	}
	return b.String()
}

func news(t *testing.T) *graph.Graph {
	c := graphtest.Claim
	sure := c("C visits D", schema.Asserted)
	sure.Confidence = 0.9
	return graphtest.Open(t, nil,
		graphtest.Doc("one", c("A loans B", schema.Planned), c("C meets B", schema.Asserted), c("C meets D", schema.Reported), sure,
			c("A attacks D", schema.Negated), c("A sells B", schema.Alleged), c("A meets A", schema.Asserted)),
		graphtest.Doc("two", c("A knows E", schema.Asserted), c("E knows F", schema.Asserted), c("F knows D", schema.Possible), c("X knows Y", schema.Asserted),
			c("G arms D", schema.Asserted), c("A arms G", schema.Alleged), c("A arms H", schema.Alleged), c("H arms D", schema.Asserted)),
		graphtest.Doc("three", c("H arms D", schema.Asserted)))
}

func TestSearch(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct {
		name     string
		from, to string
		o        path.Options
		want     []string
	}{
		{"one hop", "A", "B", path.Options{}, []string{"A -loans> B"}},
		{"against the claim", "B", "A", path.Options{}, []string{"B <loans- A"}},
		{"more documents win", "A", "D", path.Options{}, []string{"A -arms> H -arms> D"}},
		{"several", "A", "D", path.Options{Paths: 4}, []string{"A -arms> H -arms> D", "A -arms> G -arms> D", "A -loans> B <meets- C -visits> D", "A -knows> E -knows> F -knows> D"}},
		{"asserted before confident", "B", "D", path.Options{}, []string{"B <meets- C -visits> D"}},
		{"directed", "A", "D", path.Options{Directed: true, Filter: graph.Filter{Avoid: []string{"arms"}}}, []string{"A -knows> E -knows> F -knows> D"}},
		{"avoid", "A", "D", path.Options{Filter: graph.Filter{Avoid: []string{"arms", "knows", "loans"}}}, []string{"A -sells> B <meets- C -visits> D"}},
		{"include", "A", "D", path.Options{Filter: graph.Filter{Predicates: []string{"knows"}}}, []string{"A -knows> E -knows> F -knows> D"}},
		{"factuality", "A", "D", path.Options{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Asserted, schema.Possible}}}, []string{"A -knows> E -knows> F -knows> D"}},
		{"negated when asked", "A", "D", path.Options{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Negated}}}, []string{"A -attacks> D"}},
		{"confidence", "C", "D", path.Options{Filter: graph.Filter{MinConfidence: 0.6}}, []string{"C -visits> D"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			paths, err := path.Search(t.Context(), g, []string{tt.from}, []string{tt.to}, tt.o)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range paths {
				got = append(got, show(p))
				for _, h := range p.Hops {
					if len(h.Claims) == 0 || len(h.Claims[0].Evidence) == 0 || h.Claims[0].Evidence[0].Quote == "" {
						t.Errorf("hop without a quote: %+v", h)
					}
				}
			}
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoPath(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct {
		name string
		to   string
		o    path.Options
		want path.NoPathError
	}{
		{"none at all", "Y", path.Options{}, path.NoPathError{MaxHops: 6}},
		{"too far", "F", path.Options{MaxHops: 1}, path.NoPathError{MaxHops: 1}},
		{"the filters took it", "B", path.Options{Filter: graph.Filter{Avoid: []string{"loans", "sells", "meets"}}, MaxHops: 2}, path.NoPathError{MaxHops: 2, Excluded: 4, Unfiltered: 1}},
		{"only the other way round", "C", path.Options{Directed: true}, path.NoPathError{MaxHops: 6, Unfiltered: 2}},
		{"filters, but none without them", "Y", path.Options{Filter: graph.Filter{Avoid: []string{"loans"}}}, path.NoPathError{MaxHops: 6, Excluded: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := path.Search(t.Context(), g, []string{"A"}, []string{tt.to}, tt.o)
			var none *path.NoPathError
			if !errors.As(err, &none) || !strings.Contains(err.Error(), "no path within") {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(tt.want, *none); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSearchEnds(t *testing.T) {
	t.Parallel()
	g := news(t)
	if _, err := path.Search(t.Context(), g, []string{"A"}, []string{"B", "A"}, path.Options{}); err == nil {
		t.Error("a path from A to A: no error")
	}
	if _, err := path.Search(t.Context(), g, []string{"A"}, []string{"D"}, path.Options{MaxEdges: 3}); !errors.Is(err, path.ErrBudget) {
		t.Errorf("tiny budget: %v", err)
	}
	paths, err := path.Search(t.Context(), g, []string{"A"}, []string{"D"}, path.Options{Paths: 1000, MaxEdges: 150, MaxHops: 20})
	if err != nil && (!errors.Is(err, path.ErrBudget) || len(paths) == 0) {
		t.Errorf("budget spent on longer paths: %d paths, %v", len(paths), err)
	}
}

// Search finds what trying everything finds, on random graphs.
func TestSearchAgainstBruteForce(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		claims := randomClaims(r)
		docs := []schema.Analysis{graphtest.Doc("one", claims...), graphtest.Doc("two", claims[:len(claims)/3]...)}
		g := graphtest.Open(t, nil, docs...)
		o := path.Options{MaxHops: 2 + r.IntN(3), Paths: 1 + r.IntN(6), Directed: r.IntN(2) == 0}
		want := bruteForce(g, t, "E0", "E1", o)
		var got []string
		paths, err := path.Search(t.Context(), g, []string{"E0"}, []string{"E1"}, o)
		var none *path.NoPathError
		if err != nil && !errors.As(err, &none) {
			t.Fatal(err)
		}
		for _, p := range paths {
			got = append(got, show(p))
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d, %+v (-brute force +search):\n%s", seed, o, diff)
		}
	}
}

func randomClaims(r *rand.Rand) []schema.Claim {
	claims := []schema.Claim{graphtest.Claim("E0 starts E2", schema.Asserted), graphtest.Claim("E3 ends E1", schema.Asserted)}
	for range 6 + r.IntN(14) {
		words := fmt.Sprintf("E%d %s E%d", r.IntN(8), []string{"loans", "meets", "visits"}[r.IntN(3)], r.IntN(8))
		c := graphtest.Claim(words, schema.Factuality(r.IntN(7)))
		c.Confidence = []float64{0.25, 0.5, 0.75}[r.IntN(3)]
		claims = append(claims, c)
	}
	return claims
}

// way is a path of brute force, with its cost.
type way struct {
	text  string
	hops  int
	cost  [3]float64
	nodes []string
}

// bruteForce walks every simple path.
func bruteForce(g *graph.Graph, t *testing.T, from, to string, o path.Options) []string {
	hops := bestHops(g, t, o.Directed)
	var all []way
	var walk func(w way)
	walk = func(w way) {
		at := w.nodes[len(w.nodes)-1]
		if at == to {
			all = append(all, w)
			return
		}
		for next, h := range hops[at] {
			if w.hops == o.MaxHops || slices.Contains(w.nodes, next) {
				continue
			}
			n := way{w.text + h.text, w.hops + 1, w.cost, append(slices.Clone(w.nodes), next)}
			for i := range n.cost {
				n.cost[i] += h.cost[i]
			}
			walk(n)
		}
	}
	walk(way{text: from, nodes: []string{from}})
	slices.SortFunc(all, func(a, b way) int {
		return cmp.Or(cmp.Compare(a.hops, b.hops), slices.Compare(a.cost[:], b.cost[:]), slices.Compare(a.nodes, b.nodes))
	})
	var out []string
	for _, w := range all[:min(o.Paths, len(all))] {
		out = append(out, w.text)
	}
	return out
}

// bestHops finds for each ordered pair of entities the best claim between them.
func bestHops(g *graph.Graph, t *testing.T, directed bool) map[string]map[string]way {
	best := map[string]map[string]way{}
	offer := func(from, to, id, text string, cost [3]float64) {
		if best[from] == nil {
			best[from] = map[string]way{}
		}
		w := way{text: text, cost: cost, nodes: []string{strings.Trim(text, " <->"), id}}
		old, ok := best[from][to]
		if !ok || cmp.Or(slices.Compare(cost[:], old.cost[:]), slices.Compare(w.nodes[1:], old.nodes[1:])) < 0 {
			best[from][to] = w
		}
	}
	for c, err := range g.Claims(t.Context(), graph.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Factuality == schema.Negated || c.Subject.ID == c.Object.Entity.ID {
			continue
		}
		cost := [3]float64{float64(c.Factuality), 1 / float64(len(documents(c))), 1 - c.Confidence}
		s, o := c.Subject.ID, c.Object.Entity.ID
		id := c.Predicate + c.ID
		offer(s, o, id, fmt.Sprintf(" -%s> %s", c.Predicate, o), cost)
		if !directed {
			offer(o, s, id, fmt.Sprintf(" <%s- %s", c.Predicate, s), cost)
		}
	}
	return best
}

func documents(c schema.Claim) map[string]bool {
	m := map[string]bool{}
	for _, e := range c.Evidence {
		m[e.Document] = true
	}
	return m
}
