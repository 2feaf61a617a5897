// Package graph is the knowledge graph: claims to quads and back, the set of documents that a store
// holds, and the names of entities.
//
// What enters is a Change: documents with their claims (canonical entity IDs), and the table of all
// entities. What leaves are schema values read from the store. The stored state is a pure function of
// the set of documents, whatever the order and grouping of the changes that led to it.
//
// Errors name the document or claim they speak of; those of the store (store.ErrCorrupt and the like)
// come through wrapped. Look-ups of names return *UnknownNameError and *AmbiguousNameError.
package graph

import (
	"context"
	"fmt"
	"sync"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Graph is the knowledge graph in one store; safe for concurrent use by several goroutines.
type Graph struct {
	store *store.Store
	vocab *vocab

	// mu is held for writing while a change is applied, and for reading while a view is taken, so that a
	// view's table of entities fits its snapshot.
	mu    sync.RWMutex
	table *table
}

// Open reads the table of entities from s and returns the graph in it. The caller keeps s and closes it.
func Open(ctx context.Context, s *store.Store) (*Graph, error) {
	g := &Graph{store: s, vocab: newVocab(schema.NewNames(s.BaseIRI()))}
	t, err := g.vocab.readTable(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("read the entities: %w", err)
	}
	g.table = t
	return g, nil
}

// Names returns the prefixes under the store's base IRI.
func (g *Graph) Names() *schema.Names { return g.vocab.names }

// Store returns the store that the graph is in, for query engines. Writing to it goes through Update.
func (g *Graph) Store() *store.Store { return g.store }

// reader is what a store and a snapshot of one have in common for reading tables and graphs.
type reader interface {
	MatchGraph(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error
}

// View is the graph at one moment, for several reads that must agree. Close it.
type View struct {
	*vocab
	r     *store.Snapshot
	table *table
}

// View returns the graph as it is now.
func (g *Graph) View() *View {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return &View{vocab: g.vocab, r: g.store.Snapshot(), table: g.table}
}

// Close lets the view go.
func (v *View) Close() error { return v.r.Close() }

// Snapshot returns the state of the store that the view reads, for query engines. It lives as long as the view.
func (v *View) Snapshot() *store.Snapshot { return v.r }

// Names returns the prefixes under the store's base IRI.
func (v *View) Names() *schema.Names { return v.names }

// Entity returns the entity with this ID; ok is false when there is none.
func (v *View) Entity(id string) (e schema.Entity, ok bool) {
	e, ok = v.table.byID[id]
	return e, ok
}

// entities returns the table of entities as it is now.
func (g *Graph) entities() *table {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.table
}

// Entity returns the entity with this ID; ok is false when there is none.
func (g *Graph) Entity(id string) (e schema.Entity, ok bool) {
	e, ok = g.entities().byID[id]
	return e, ok
}

// Entities returns all entities, sorted by ID. The slice belongs to the caller, the aliases do not.
func (g *Graph) Entities() []schema.Entity { return g.entities().sorted() }
