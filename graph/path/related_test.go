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
	"newsgraph/graph/path"
	"newsgraph/graph/postgres/pgtest"
	"newsgraph/schema"
)

func TestRelated(t *testing.T) {
	t.Parallel()
	g := news(t)
	n, err := path.Related(t.Context(), g, "A", path.RelatedOptions{Depth: 3})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range n.Relatives {
		var via, predicates []string
		for _, e := range r.Via {
			via = append(via, e.ID)
		}
		for _, p := range r.Predicates {
			predicates = append(predicates, fmt.Sprintf("%s %s %d", p.Predicate, p.Direction, p.Claims))
		}
		got = append(got, fmt.Sprintf("%d %s %.2f %v: %s (%s)", r.Distance, r.Entity.ID, r.Score, via, strings.Join(predicates, ", "), r.Best.Predicate))
	}
	want := []string{
		"1 E 0.50 [A]: knows forward 1 (knows)",
		"1 B 0.27 [A]: loans forward 1, sells forward 1 (loans)",
		"1 G 0.10 [A]: arms forward 1 (arms)",
		"1 H 0.10 [A]: arms forward 1 (arms)",
		"2 D 1.50 [H G]: arms forward 2 (arms)",
		"2 C 0.50 [B]: meets backward 1 (meets)",
		"2 F 0.50 [E]: knows forward 1 (knows)",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := gocmp.Diff([]int{4, 3, 0}, n.Totals); diff != "" {
		t.Errorf("totals (-want +got):\n%s", diff)
	}
	if n, err = path.Related(t.Context(), g, "A", path.RelatedOptions{Limit: 2, Offset: 1}); err != nil || len(n.Relatives) != 2 || n.Relatives[0].Entity.ID != "B" || n.Totals[0] != 4 {
		t.Errorf("a page: %+v, %v", n, err)
	}
	if n, err = path.Related(t.Context(), g, "nobody", path.RelatedOptions{}); err != nil || len(n.Relatives) != 0 {
		t.Errorf("of nobody: %+v, %v", n, err)
	}
	if _, err = path.Related(t.Context(), g, "A", path.RelatedOptions{MaxSteps: 1}); !errors.Is(err, path.ErrBudget) {
		t.Errorf("tiny budget: %v", err)
	}
}

// Related and Between find what a look at every claim finds.
func TestRelatedAgainstBruteForce(t *testing.T) {
	t.Parallel()
	found := 0
	rounds := pgtest.Rounds(40)
	for seed := range rounds {
		r := rand.New(rand.NewPCG(seed, 5))
		w := newWorld(t, r)
		o := path.RelatedOptions{Directed: r.IntN(3) == 0, Filter: randomFilter(r)}
		n, err := path.Related(t.Context(), w.graph, "E0", o)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range n.Relatives {
			got = append(got, fmt.Sprintf("%s %.4f %d", x.Entity.ID, x.Score, x.Claims))
		}
		if diff := gocmp.Diff(w.related("E0", o), got); diff != "" {
			t.Fatalf("seed %d, %+v: related (-brute force +got):\n%s", seed, o, diff)
		}
		list, total, err := path.Between(t.Context(), w.graph, "E0", "E1", o)
		if err != nil || total != len(list) {
			t.Fatal(total, err)
		}
		got = nil
		for _, x := range list {
			got = append(got, fmt.Sprintf("%s %.4f %d %.4f %d", x.Entity.ID, x.From.Score, x.From.Claims, x.To.Score, x.To.Claims))
		}
		if diff := gocmp.Diff(w.between("E0", "E1", o), got); diff != "" {
			t.Fatalf("seed %d, %+v: between (-brute force +got):\n%s", seed, o, diff)
		}
		found += len(list)
	}
	if found < int(rounds) {
		t.Errorf("%d found: the test does not test much", found)
	}
}

// bond is a tie of brute force.
type bond struct{ score, claims int }

// bonds returns the ties from an entity; with back, to it.
func (w *world) bonds(from string, back bool, facts []fact, directed bool) map[string]bond {
	out := map[string]bond{}
	for _, f := range facts {
		a, b := f.Subject.ID, f.Object.Entity.ID
		if back {
			a, b = b, a
		}
		other := b
		if a != from {
			if b != from || directed {
				continue
			}
			other = a
		}
		sources := 1_000_000 / f.cost[1]
		x := out[other]
		out[other] = bond{x.score + sources*(1_000_000-f.cost[2])/(1+f.cost[0]), x.claims + 1}
	}
	return out
}

func (w *world) related(from string, o path.RelatedOptions) []string {
	var names, out []string
	bonds := w.bonds(from, false, w.facts(o.Filter, from), o.Directed)
	for name := range bonds {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(bonds[b].score, bonds[a].score), cmp.Compare(bonds[b].claims, bonds[a].claims), cmp.Compare(a, b))
	})
	for _, name := range names {
		out = append(out, fmt.Sprintf("%s %.4f %d", name, float64(bonds[name].score)/1e6, bonds[name].claims))
	}
	return out
}

func (w *world) between(from, to string, o path.RelatedOptions) []string {
	facts := w.facts(o.Filter, from, to)
	near, far := w.bonds(from, false, facts, o.Directed), w.bonds(to, true, facts, o.Directed)
	var names, out []string
	for name := range near {
		if far[name].claims > 0 && name != to {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		x1, x2, y1, y2 := near[a].score, far[a].score, near[b].score, far[b].score
		return cmp.Or(cmp.Compare(min(y1, y2), min(x1, x2)), cmp.Compare(y1+y2, x1+x2), cmp.Compare(a, b))
	})
	for _, n := range names {
		out = append(out, fmt.Sprintf("%s %.4f %d %.4f %d", n, float64(near[n].score)/1e6, near[n].claims, float64(far[n].score)/1e6, far[n].claims))
	}
	return out
}

// What Between says of each tie is seen from the first entity, and then from the one between.
func TestBetween(t *testing.T) {
	t.Parallel()
	list, total, err := path.Between(t.Context(), news(t), "B", "D", path.RelatedOptions{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Asserted, schema.Reported}}})
	if err != nil || total != 1 {
		t.Fatal(total, err)
	}
	want := [][]path.PredicateCount{{{Predicate: "meets", Direction: path.Backward, Claims: 1}},
		{{Predicate: "meets", Direction: path.Forward, Claims: 1}, {Predicate: "visits", Direction: path.Forward, Claims: 1}}}
	if diff := gocmp.Diff(want, [][]path.PredicateCount{list[0].From.Predicates, list[0].To.Predicates}); diff != "" || list[0].To.Best.Predicate != "visits" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
