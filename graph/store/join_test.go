package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	cayley "github.com/cayleygraph/quad"

	"newsgraph/schema"
)

// unoptimized is a store that leaves everything to Cayley's own iterators.
type unoptimized struct{ graph.QuadStore }

func denseQuads(r *rand.Rand, n int) []schema.Quad {
	var quads []schema.Quad
	for range n {
		g := schema.Term{}
		if r.IntN(3) > 0 {
			g = iri("g%d", r.IntN(3))
		}
		quads = append(quads, mkQuad(iri("n%d", r.IntN(12)), iri("p%d", r.IntN(3)), iri("n%d", r.IntN(12)), g))
	}
	return quads
}

// walker takes the steps of a path one by one over a list of quads, as often as there are ways. It is what a join must agree with.
type walker struct {
	quads []schema.Quad
	nodes []string // the nodes that the path leads to, each as often as ways lead there
	graph string
	fuzzy bool // a step came for which Cayley's iterators, and so the number of ways, depend on the order of their parts
}

func (w *walker) hop(in bool, preds ...string) (out []string) {
	for _, q := range w.quads {
		from, to := q.Subject.Value, q.Object.Value
		if in {
			from, to = to, from
		}
		if len(preds) > 0 && !slices.Contains(preds, q.Predicate.Value) || w.graph != "" && w.graph != q.Graph.Value {
			continue
		}
		for _, n := range w.nodes {
			if n == from {
				out = append(out, to)
			}
		}
	}
	return out
}

func (w *walker) unique() []string {
	slices.Sort(w.nodes)
	return slices.Compact(w.nodes)
}

// randomPath appends up to n random steps to a path, has the walker take them, and tells what it did.
func randomPath(r *rand.Rand, p *path.Path, n int, w *walker) (*path.Path, string) {
	node := func() cayley.Value { return cayley.IRI(iri("n%d", r.IntN(13)).Value) }
	said := ""
	for range 1 + r.IntN(n) {
		step := ""
		p1, p2, g := iri("p%d", r.IntN(4)).Value, iri("p%d", r.IntN(4)).Value, iri("g%d", r.IntN(3)).Value
		switch r.IntN(12) {
		case 0, 1:
			p, step, w.nodes = p.Out(), "Out", w.hop(false)
		case 2, 3:
			p, step, w.nodes = p.In(), "In", w.hop(true)
		case 4:
			p, step, w.nodes = p.Out(cayley.IRI(p1)), "Out p", w.hop(false, p1)
		case 5:
			p, step, w.nodes = p.In(cayley.IRI(p1), cayley.IRI(p2)), "In p p", w.hop(true, p1, p2)
		case 6:
			p, step, w.nodes = p.Unique(), "Unique", w.unique()
		case 7:
			p, step, w.fuzzy = p.Has(cayley.IRI(p1), node()), "Has", true
		case 8:
			p, step, w.graph = p.LabelContext(cayley.IRI(g)), "LabelContext", g
		case 9:
			p, step, w.fuzzy = p.Both(), "Both", true
		case 10:
			q, s := randomPath(r, path.StartPath(nil, node(), node()), 2, &walker{})
			p, step, w.fuzzy = p.And(q), "And("+s+")", true
		case 11:
			p, step, w.fuzzy = p.Tag(fmt.Sprint("t", r.IntN(2))), "Tag", true
		}
		said += "." + step
	}
	return p, said
}

// What joins give is what Cayley's own iterators give, tags included; and each node as often as ways lead to it, which is where
// Cayley's iterators lose some.
func TestJoin(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	r := rand.New(rand.NewPCG(31, 4))
	quads := sorted(denseQuads(r, 60))
	quads = slices.Compact(quads)
	apply(t, s, Batch{Add: quads})
	v := s.Snapshot()
	defer v.Close()
	joins, exact := 0, 0
	for i := range 800 {
		var start []cayley.Value
		w := &walker{quads: quads}
		for range 1 + r.IntN(2) {
			n := iri("n%d", r.IntN(12)).Value
			start, w.nodes = append(start, cayley.IRI(n)), append(w.nodes, n)
		}
		if i%5 == 0 {
			start, w.fuzzy = nil, true
		}
		p, said := randomPath(r, path.StartPath(nil, start...), 4, w)
		qs := v.QuadStore()
		if i%2 == 0 {
			qs = s.QuadStore()
		}
		said = fmt.Sprint(start, said)
		isJoin := checkPath(t, said, p, qs, w)
		if isJoin {
			joins++
		}
		if isJoin && !w.fuzzy {
			exact++
		}
	}
	if joins < 200 || exact < 100 {
		t.Errorf("only %d paths became joins, %d of them to be counted", joins, exact)
	}
}

var errPanic = errors.New("panic")

func checkPath(t *testing.T, said string, p *path.Path, qs *QuadStore, w *walker) (isJoin bool) {
	t.Helper()
	want, err := rows(t, p, unoptimized{qs})
	if err == errPanic {
		return false
	}
	got, err2 := rows(t, p, qs)
	n, err3 := graph.Iterate(t.Context(), shape.BuildIterator(qs, p.Shape())).Count()
	if err := errors.Join(err, err2, err3, qs.Err()); err != nil {
		t.Fatal(said, err)
	}
	if int(n) != len(got) {
		t.Fatalf("%s: count %d of %d rows", said, n, len(got))
	}
	optimized, _ := shape.Optimize(p.Shape(), qs)
	_, isJoin = optimized.(joined)
	if isJoin && !w.fuzzy {
		slices.Sort(w.nodes)
		for i := range w.nodes {
			w.nodes[i] = "<" + w.nodes[i] + ">"
		}
		slices.Sort(w.nodes)
		if !slices.Equal(got, w.nodes) {
			t.Fatalf("%s: %d rows, want %d", said, len(got), len(w.nodes))
		}
	}
	got, want = slices.Compact(got), slices.Compact(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%s: %d distinct rows, want %d", said, len(got), len(want))
	}
	return isJoin
}

func rows(t *testing.T, p *path.Path, qs graph.QuadStore) (out []string, err error) {
	t.Helper()
	if _, cayleys := qs.(unoptimized); cayleys { // which panics where a part of a union leads nowhere
		defer func() {
			if recover() != nil {
				err = errPanic
			}
		}()
	}
	it := graph.AsShape(shape.BuildIterator(qs, p.Shape()))
	it, _ = it.Optimize(t.Context())
	scan := it.Iterate()
	defer scan.Close()
	row := func() {
		tags := map[string]graph.Ref{}
		scan.TagResults(tags)
		line := fmt.Sprint(qs.NameOf(scan.Result()))
		for _, tag := range []string{"t0", "t1"} {
			if tags[tag] != nil {
				line += fmt.Sprint(" ", tag, "=", qs.NameOf(tags[tag]))
			}
		}
		out = append(out, line)
	}
	for scan.Next(t.Context()) {
		row()
		for scan.NextPath(t.Context()) {
			row()
		}
	}
	slices.Sort(out)
	return out, scan.Err()
}

// A change shows in the next query: nothing that was cached outlives it.
func TestJoinSeesChanges(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	a, b, c := iri("a"), iri("b"), iri("c")
	count := func(qs *QuadStore) int64 {
		n, err := path.StartPath(qs, cayley.IRI(a.Value)).Out().Out().Iterate(t.Context()).Count()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	apply(t, s, Batch{Add: []schema.Quad{mkQuad(a, iri("p"), b, schema.Term{}), mkQuad(b, iri("p"), c, schema.Term{})}})
	old := s.Snapshot()
	defer old.Close()
	for range 2 {
		if n := count(s.QuadStore()); n != 1 {
			t.Errorf("%d paths, want 1", n)
		}
	}
	apply(t, s, Batch{Add: []schema.Quad{mkQuad(b, iri("q"), c, iri("g"))}})
	if n := count(s.QuadStore()); n != 2 {
		t.Errorf("%d paths after a batch, want 2", n)
	}
	if _, err := s.Load(t.Context(), sequence([]schema.Quad{mkQuad(b, iri("q"), a, iri("g"))}, nil)); err != nil {
		t.Fatal(err)
	}
	if n := count(s.QuadStore()); n != 3 {
		t.Errorf("%d paths after a load, want 3", n)
	}
	if n := count(old.QuadStore()); n != 1 {
		t.Errorf("the old snapshot has %d paths, want 1", n)
	}
}
