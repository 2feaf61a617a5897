package postgres

import (
	"testing"

	"github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/sql/postgres" // registers Cayley's own backend
	"github.com/cayleygraph/quad"

	"newsgraph/graph/postgres/pgtest"
	"newsgraph/schema"
)

// cayleys opens Cayley's own backend for PostgreSQL.
func cayleys(t *testing.T) graph.QuadStore {
	t.Helper()
	address := pgtest.Address(t)
	if err := graph.InitQuadStore("postgres", address, nil); err != nil {
		t.Fatal(err)
	}
	qs, err := graph.NewQuadStore("postgres", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { qs.Close() })
	return qs
}

// What Cayley's own backend for PostgreSQL gets wrong and ours gets right: why there is ours (docs/decisions.md). Should one of
// the first answers change, the choice can be looked at again.
func TestWhyNotCayleys(t *testing.T) {
	ours := open(t, pgtest.Address(t), Options{})
	for name, b := range map[string]struct {
		qs    graph.QuadStore
		right bool
	}{"cayley's": {cayleys(t), false}, "ours": {ours.QuadStore(), true}} {
		t.Run(name, func(t *testing.T) {
			ignore := graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
			text := quad.String(`a\x00b`) // a backslash, not a NUL
			q := quad.Make(quad.IRI("http://example.org/s"), quad.IRI("http://example.org/p"), text, quad.IRI("http://example.org/g"))
			apply := func(actions ...graph.Procedure) {
				t.Helper()
				var deltas []graph.Delta
				for _, a := range actions {
					deltas = append(deltas, graph.Delta{Quad: q, Action: a})
				}
				if err := b.qs.ApplyDeltas(deltas, ignore); err != nil {
					t.Fatal(err)
				}
			}
			sizes := func() graph.Stats {
				st, err := b.qs.Stats(t.Context(), true)
				if err != nil {
					t.Fatal(err)
				}
				return st
			}
			apply(graph.Add)
			if same := b.qs.NameOf(b.qs.ValueOf(text)) == text; same != b.right {
				t.Errorf("a text comes back as it was: %v", same)
			}
			apply(graph.Delete, graph.Add)
			if there := sizes().Quads.Size == 1; there != b.right {
				t.Errorf("a quad that was removed and added in one change is there: %v", there)
			}
			apply(graph.Add)
			apply(graph.Add)
			apply(graph.Delete)
			if gone := sizes().Nodes.Size == 0; gone != b.right {
				t.Errorf("the terms of a quad that was added twice and removed are gone: %v", gone)
			}
		})
	}
}

// The same quads stay apart that differ only in their graph, which SQL backends of Cayley have lost.
func TestGraphsApart(t *testing.T) {
	qs := open(t, pgtest.Address(t), Options{}).QuadStore()
	var deltas []graph.Delta
	for _, g := range []quad.Value{nil, quad.IRI("http://example.org/g"), quad.IRI("http://example.org/h")} {
		q := quad.Quad{Subject: quad.IRI("http://example.org/s"), Predicate: quad.IRI("http://example.org/p"), Object: quad.TypedString{Value: "007", Type: schema.XSD + "integer"}, Label: g}
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
	}
	if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	st, err := qs.Stats(t.Context(), true)
	if err != nil || st.Quads.Size != 3 {
		t.Errorf("%+v, %v; want 3 quads", st, err)
	}
}
