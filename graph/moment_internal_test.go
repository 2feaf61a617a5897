package graph

import (
	"errors"
	"testing"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// While a change is written, readers see the graph before it, wait for nobody, and a failed change is as none.
func TestReadersDoNotWait(t *testing.T) {
	t.Parallel()
	s, err := store.Open("readers", store.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	g, err := Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	next, err := newTable([]schema.Entity{{ID: "A", Label: "A"}})
	if err != nil {
		t.Fatal(err)
	}
	quads := g.vocab.entityQuads(next.byID["A"])
	broken := errors.New("disk full")
	var during *View
	for _, result := range []error{broken, nil} {
		err := g.publish(next, func() error {
			if result == nil {
				if err := s.Apply(t.Context(), store.Batch{Add: quads}); err != nil {
					t.Error(err)
				}
			}
			during = g.View()
			return result
		})
		if !errors.Is(err, result) {
			t.Fatal(err)
		}
		if has, err := during.r.Has(t.Context(), quads[0]); has || err != nil {
			t.Errorf("a view taken meanwhile has the change: %v, %v", has, err)
		}
		if _, ok, err := during.Entity(t.Context(), "A"); ok || err != nil {
			t.Error("a view taken meanwhile has the new table")
		}
		if err := during.Close(); err != nil {
			t.Error(err)
		}
	}
	after := g.View()
	if has, err := after.r.Has(t.Context(), quads[0]); !has || err != nil {
		t.Errorf("a view taken afterwards has not the change: %v, %v", has, err)
	}
	if _, ok, err := after.Entity(t.Context(), "A"); !ok || err != nil || g.Changes() != 1 {
		t.Errorf("a view taken afterwards has the old table, or %d changes are not 1", g.Changes())
	}
	if err := errors.Join(after.Close(), s.Close()); err != nil {
		t.Error(err)
	}
}
