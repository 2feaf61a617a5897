package graph_test

import (
	"testing"

	"newsgraph/graph"
	"newsgraph/schema"
)

// What searches read lately is kept for those to come, but never given to one that reads another state of the graph.
func TestLinksOfEachState(t *testing.T) {
	t.Parallel()
	g, _ := open(t)
	one, two := doc("one", fact("A", "meets", "B", schema.Asserted)), doc("two", fact("A", "meets", "C", schema.Asserted))
	table := []schema.Entity{{ID: "A", Label: "A"}, {ID: "B", Label: "B"}, {ID: "C", Label: "C"}}
	put := func(docs ...schema.Analysis) {
		if err := g.Update(t.Context(), graph.Change{Entities: table, Put: docs}); err != nil {
			t.Fatal(err)
		}
	}
	links := func(v *graph.View) int {
		l := v.Links()
		defer l.Close()
		a, ok, err := l.Entity("A")
		if err != nil || !ok {
			t.Fatalf("%v, %v", ok, err)
		}
		list, err := l.Around(t.Context(), nil, a, graph.EitherSide)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	put(one)
	before := g.View()
	defer before.Close()
	if n := links(before); n != 1 {
		t.Fatalf("%d links at first", n)
	}
	put(two)
	after := g.View()
	defer after.Close()
	for range 2 { // read, then from what was kept
		if b, a := links(before), links(after); b != 1 || a != 2 {
			t.Errorf("%d links before the change, %d after it", b, a)
		}
	}
}
