package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// reopened returns the graph in a store as a program finds it that has just begun.
func reopened(t testing.TB, s store.Backend) *graph.Graph {
	t.Helper()
	g, err := graph.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// dropRecords takes the records of entities out of a store, so that it is as older programs left it.
func dropRecords(t testing.TB, s store.Backend) {
	t.Helper()
	now := s.Snapshot()
	defer now.Close()
	b := store.Batch{Delete: []string{"entities"}}
	for _, prefix := range []string{"entity/", "name/"} {
		err := now.Records(t.Context(), prefix, func(key string, _ []byte) error {
			b.Delete = append(b.Delete, key)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// counting counts what is read of a store.
type counting struct {
	store.Backend
	reads atomic.Int64
}

func (c *counting) Snapshot() store.Reader { return &countingReader{c.Backend.Snapshot(), c} }

type countingReader struct {
	store.Reader
	c *counting
}

func (r *countingReader) MatchGraph(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return r.Reader.MatchGraph(ctx, p, func(q schema.Quad) error {
		r.c.reads.Add(1)
		return f(q)
	})
}

func (r *countingReader) Record(ctx context.Context, key string) ([]byte, bool, error) {
	r.c.reads.Add(1)
	return r.Reader.Record(ctx, key)
}

func (r *countingReader) Records(ctx context.Context, prefix string, f func(string, []byte) error) error {
	return r.Reader.Records(ctx, prefix, func(key string, val []byte) error {
		r.c.reads.Add(1)
		return f(key, val)
	})
}

// To open a graph, and to look up a few entities and names in it, reads what was asked for and not the other entities.
func TestOpenReadsLittle(t *testing.T) {
	t.Parallel()
	g, s := open(t)
	var table []schema.Entity
	for i := range 5000 {
		table = append(table, schema.Entity{ID: fmt.Sprintf("Person_%d", i), Label: fmt.Sprintf("Person %d", i), Aliases: []string{fmt.Sprintf("P. %d", i)}})
	}
	if err := g.Update(t.Context(), graph.Change{Entities: table}); err != nil {
		t.Fatal(err)
	}
	c := &counting{Backend: s}
	g = reopened(t, c)
	if n := c.reads.Load(); n > 1 {
		t.Errorf("Open reads %d things", n)
	}
	if e, ok, err := g.Entity(t.Context(), "Person_77"); err != nil || !ok || e.Label != "Person 77" || len(e.Aliases) != 1 {
		t.Errorf("Entity: %+v, %v, %v", e, ok, err)
	}
	if _, ok, err := g.Entity(t.Context(), "Person_5000"); err != nil || ok {
		t.Errorf("Entity of none: %v, %v", ok, err)
	}
	if e, err := g.Resolve(t.Context(), "p 4999"); err != nil || e.ID != "Person_4999" {
		t.Errorf("Resolve: %+v, %v", e, err)
	}
	if names, err := g.Complete(t.Context(), "Person 499", 3); err != nil || fmt.Sprint(names) != "[Person 499 Person 4990 Person 4991]" {
		t.Errorf("Complete: %q, %v", names, err)
	}
	if n := c.reads.Load(); n > 60 {
		t.Errorf("five look-ups read %d things", n)
	}
	for i := range 5000 { // many at once read all, and once
		if _, ok, err := g.Entity(t.Context(), fmt.Sprintf("Person_%d", i)); err != nil || !ok {
			t.Fatal(i, ok, err)
		}
	}
	if n := c.reads.Load(); n > 7200 {
		t.Errorf("5,000 entities read %d things", n)
	}
}

// A store without records of entities is read by its quads, and gets them with the next change, whatever that is.
func TestRecordsAreMade(t *testing.T) {
	t.Parallel()
	m := newMaker(12)
	docs := []schema.Analysis{m.document("a", 5), m.document("b", 5)}
	g, s := open(t)
	first := graph.Change{Entities: m.table, Put: docs}
	if err := g.Update(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	want := dump(t, s)
	dropRecords(t, s)
	g = reopened(t, s)
	if got := entitiesOf(t, g); len(got) != len(m.table) {
		t.Fatalf("without records there are %d entities of %d", len(got), len(m.table))
	}
	if err := g.Update(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	same(t, "the same change again", dump(t, s), want)
	if err := g.Update(t.Context(), graph.Change{Remove: []string{"a", "b"}}); err != nil {
		t.Fatal(err)
	}
	same(t, "all removed", dump(t, s), nil)
	if err := g.Update(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	same(t, "put again", dump(t, s), want)
}

func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("%s: got\n%s\nwant\n%s", what, a, b)
	}
}

// Verify finds a record of an entity that its quads do not give, and one that is missing; what reads such a record says so.
func TestVerifyRecords(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		b    store.Batch
		want string
	}{
		"wrong":    {store.Batch{Put: map[string][]byte{"entity/A": []byte(`{"id":"","label":"B"}`)}}, "entity/A is not what"},
		"too many": {store.Batch{Put: map[string][]byte{"name/zz/A": nil}}, "name/zz/A is not what"},
		"missing":  {store.Batch{Delete: []string{"name/a/A"}}, "name/a/A is missing"},
		"no JSON":  {store.Batch{Put: map[string][]byte{"entity/A": []byte("{")}}, "entity/A is not what"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, s := open(t)
			if err := g.Update(t.Context(), graph.Change{Entities: []schema.Entity{{ID: "A"}}}); err != nil {
				t.Fatal(err)
			}
			if err := s.Apply(t.Context(), tt.b); err != nil {
				t.Fatal(err)
			}
			r, err := reopened(t, s).Verify(t.Context())
			if err != nil || r.Count != 1 || !strings.Contains(r.Problems[0].Text, tt.want) {
				t.Errorf("Verify: %+v, %v", r, err)
			}
			if name == "no JSON" {
				if _, _, err := reopened(t, s).Entity(t.Context(), "A"); !errors.Is(err, store.ErrCorrupt) {
					t.Errorf("Entity: %v", err)
				}
				if _, err := reopened(t, s).Entities(t.Context()); !errors.Is(err, store.ErrCorrupt) {
					t.Errorf("Entities: %v", err)
				}
			}
		})
	}
}
