package rdf_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// edges makes a graph of blank nodes.
func edges(pairs ...[2]int) []schema.Quad {
	var quads []schema.Quad
	for _, e := range pairs {
		quads = append(quads, quad(blank(e[0]), p, blank(e[1]), none))
	}
	return quads
}

func blank(n int) schema.Term { return schema.Term{Kind: schema.Blank, Value: fmt.Sprint("n", n)} }

// shuffled gives the same graph with other labels, in another order.
func shuffled(r *rand.Rand, quads []schema.Quad) []schema.Quad {
	names := map[string]string{}
	numbers := r.Perm(3 * (len(quads) + 1))
	out := make([]schema.Quad, len(quads))
	for i, at := range r.Perm(len(quads)) {
		q := quads[i]
		for _, t := range []*schema.Term{&q.Subject, &q.Object, &q.Graph} {
			if t.Kind == schema.Blank {
				if names[t.Value] == "" {
					names[t.Value] = fmt.Sprint("m", numbers[len(names)])
				}
				t.Value = names[t.Value]
			}
		}
		out[at] = q
	}
	return out
}

// shapes are graphs that need more than a look at the neighbours: no two of them are isomorphic.
func shapes() map[string][]schema.Quad {
	var clique, chain, cubes [][2]int
	for i := range 12 {
		for j := range 12 {
			if i != j {
				clique = append(clique, [2]int{i, j})
			}
		}
	}
	for i := range 2000 {
		chain = append(chain, [2]int{i, i + 1})
	}
	for i := range 64 {
		for bit := 1; bit < 64; bit <<= 1 {
			cubes = append(cubes, [2]int{i, i ^ bit})
		}
	}
	ring := func(from, n int) (ring [][2]int) {
		for i := range n {
			a, b := from+i, from+(i+1)%n
			ring = append(ring, [2]int{a, b}, [2]int{b, a})
		}
		return ring
	}
	star := []schema.Quad{}
	for i := range 2000 {
		star = append(star, quad(blank(0), p, blank(i+1), none))
	}
	tied := func(pairs [][2]int, n int) []schema.Quad { // one more node ties the rest into a component
		out := edges(pairs...)
		for i := range n {
			out = append(out, quad(blank(1000), o, blank(i), none))
		}
		return out
	}
	return map[string][]schema.Quad{
		"one triangle and a hexagon": append(edges(ring(0, 3)...), edges(ring(10, 6)...)...),
		"three triangles":            append(append(edges(ring(0, 3)...), edges(ring(10, 3)...)...), edges(ring(20, 3)...)...),
		"nonagon":                    edges(ring(0, 9)...),
		"two tied triangles":         tied(append(ring(0, 3), ring(3, 3)...), 6),
		"a tied hexagon":             tied(ring(0, 6), 6),
		"clique":                     edges(clique...), "chain": edges(chain...), "cube of six dimensions": edges(cubes...), "star": star,
		"a node about itself":       {quad(blank(0), p, blank(0), none)},
		"a node about another":      {quad(blank(0), p, blank(1), none)},
		"a graph named by a node":   {quad(s, p, blank(0), blank(0)), quad(s, p, blank(1), blank(2))},
		"another named by a node":   {quad(s, p, blank(0), blank(1)), quad(s, p, blank(1), blank(2))},
		"two that say the same":     {quad(blank(0), p, o, none), quad(blank(1), p, o, none)},
		"one that says it":          {quad(blank(0), p, o, none)},
		"no blank nodes":            {quad(s, p, o, g)},
		"with a ground quad":        {quad(s, p, o, g), quad(blank(0), p, o, none)},
		"the same in another place": {quad(s, p, o, g), quad(blank(0), p, o, g)},
	}
}

func TestIsomorphic(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	forms, others := map[string]string{}, map[string]string{}
	for name, x := range shapes() {
		forms[name], others[name] = form(t, x), form(t, shuffled(r, x))
	}
	for name := range forms {
		for other := range others {
			if (forms[name] == others[other]) != (name == other) {
				t.Errorf("%s and %s", name, other)
			}
		}
	}
}

// form is equal for isomorphic sets.
func form(t *testing.T, quads []schema.Quad) string {
	t.Helper()
	out, err := rdf.Canonical(quads)
	if err != nil {
		t.Fatal(err)
	}
	rdf.Sort(out)
	return nq(t, out)
}

// Labels follow from the component alone: whatever else is there, and however often it is said.
func TestCanonicalLabels(t *testing.T) {
	t.Parallel()
	one := []schema.Quad{quad(blank(7), p, o, none)}
	alone, err := rdf.Canonical(one)
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range shapes() {
		var more []schema.Quad
		for _, q := range x {
			for _, t := range []*schema.Term{&q.Subject, &q.Object, &q.Graph} {
				if t.Kind == schema.Blank {
					t.Value = "x" + t.Value
				}
			}
			more = append(more, q)
		}
		both, err := rdf.Canonical(append(append(one, more...), one...))
		if err != nil {
			t.Fatal(err)
		}
		if both[0] != alone[0] || both[len(both)-1] != alone[0] {
			t.Errorf("%s: %v, alone %v", name, both[0], alone[0])
		}
		again, err := rdf.Canonical(both)
		if err != nil {
			t.Fatal(err)
		}
		rdf.Sort(both)
		rdf.Sort(again)
		if nq(t, both) != nq(t, again) {
			t.Errorf("%s: the labels of the labels differ", name)
		}
	}
}

// Random graphs are isomorphic to themselves under other names, and not after one end of an edge has moved.
func TestIsomorphicRandom(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		n := 2 + r.IntN(8)
		var pairs [][2]int
		for range 1 + r.IntN(2*n) {
			pairs = append(pairs, [2]int{r.IntN(n), r.IntN(n)})
		}
		x := edges(pairs...)
		if same, err := rdf.Isomorphic(x, shuffled(r, x)); err != nil || !same {
			t.Fatalf("%d: %v is not like itself: %v", i, x, err)
		}
		y := append(edges(pairs...), quad(blank(pairs[0][0]), p, blank(100), none))
		if same, err := rdf.Isomorphic(x, y); err != nil || same {
			t.Fatalf("%d: %v is like %v: %v", i, x, y, err)
		}
		if got, want := isomorphic(t, x, edges(pairs[1:]...)), brute(x, edges(pairs[1:]...)); got != want {
			t.Fatalf("%d: %v: got %v, want %v", i, x, got, want)
		}
	}
}

func isomorphic(t *testing.T, a, b []schema.Quad) bool {
	same, err := rdf.Isomorphic(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return same
}

// brute compares the sets as graphs only by their number of quads; it is right for a set and a part of it.
func brute(a, b []schema.Quad) bool {
	distinct := func(x []schema.Quad) int {
		set := map[schema.Quad]bool{}
		for _, q := range x {
			set[q] = true
		}
		return len(set)
	}
	return distinct(a) == distinct(b)
}

// A graph made to be hard ends with an error in time, not never.
func TestIsomorphicBudget(t *testing.T) {
	t.Parallel()
	var pairs [][2]int
	n := 0
	// Rook's graphs and Shrikhande graphs (strongly regular with equal parameters), many of them tied together.
	for range 4 {
		for i := range 16 {
			for j := range 16 {
				x, y := (i/4-j/4+4)%4, (i%4-j%4+4)%4
				if x == 0 && y%2 == 1 || y == 0 && x%2 == 1 || x == y && x%2 == 1 {
					pairs = append(pairs, [2]int{n + i, n + j})
				}
			}
		}
		n += 16
	}
	for i := range n {
		pairs = append(pairs, [2]int{n, i})
	}
	started := time.Now()
	_, err := rdf.Canonical(edges(pairs...))
	if err != nil && !errors.Is(err, rdf.ErrSymmetric) {
		t.Error(err)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestCanonicalIsSound(t *testing.T) {
	t.Parallel()
	for name, x := range shapes() {
		out, err := rdf.Canonical(x)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readAll(strings.NewReader(nq(t, out)), rdf.Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
