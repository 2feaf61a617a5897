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
	"newsgraph/internal/recent"
	"newsgraph/schema"
)

// Graph is the knowledge graph in one store; safe for concurrent use by several goroutines.
type Graph struct {
	store store.Backend
	vocab *vocab
	read  recently

	// writing is held by the one change that is under way.
	writing sync.Mutex

	// mu guards what follows. It is never held while the store is read or written, so no reader waits for a writer.
	mu      sync.Mutex
	roster  *roster
	before  *moment // the state before the change that is being written, nil when none is
	changes uint64  // that were written
}

// moment is the store at one moment with the entities that fit it, shared by several views. The last one to
// let it go closes the snapshot.
type moment struct {
	r       store.Reader
	roster  *roster
	changes uint64 // before it
	users   int    // guarded by Graph.mu
}

// Open returns the graph in s, and reads next to nothing. The caller keeps s and closes it.
func Open(ctx context.Context, s store.Backend) (*Graph, error) {
	return OpenUnder(ctx, s, s.BaseIRI())
}

// OpenUnder is Open for a graph whose IRIs stand under another base than the store's own.
func OpenUnder(ctx context.Context, s store.Backend, base string) (*Graph, error) {
	g := &Graph{store: s, vocab: newVocab(schema.NewNames(base))}
	if _, own := s.(*store.Store); own { // whose ids are the same in all its snapshots
		g.read = recently{recent.New[linksOf, []Link](linksKept), recent.New[store.ID, head](headsKept)}
	}
	now := s.Snapshot()
	defer now.Close()
	var err error
	if g.roster, err = newRoster(ctx, now); err != nil {
		return nil, fmt.Errorf("look for the entities: %w", err)
	}
	return g, nil
}

// Names returns the prefixes under the store's base IRI.
func (g *Graph) Names() *schema.Names { return g.vocab.names }

// Store returns the store that the graph is in, for query engines. Writing to it goes through Update.
func (g *Graph) Store() store.Backend { return g.store }

// View is the graph at one moment, for several reads that must agree. Close it.
type View struct {
	*vocab
	r       store.Reader
	roster  *roster
	graph   *Graph
	changes uint64 // before it
	close   func() error
}

// View returns the graph as it is now. While a change is being written that is the graph before it.
func (g *Graph) View() *View {
	g.mu.Lock()
	defer g.mu.Unlock()
	m := g.before
	if m == nil {
		m = &moment{r: g.store.Snapshot(), roster: g.roster, changes: g.changes}
	}
	m.users++
	return &View{vocab: g.vocab, r: m.r, roster: m.roster, graph: g, changes: m.changes, close: func() error { return g.leave(m) }}
}

// leave lets a moment go, and closes it after its last user.
func (g *Graph) leave(m *moment) error {
	g.mu.Lock()
	m.users--
	last := m.users == 0
	g.mu.Unlock()
	if last {
		return m.r.Close()
	}
	return nil
}

// publish writes a change and makes t the table of entities, for readers both at once.
func (g *Graph) publish(t *table, write func() error) error {
	g.mu.Lock()
	m := &moment{r: g.store.Snapshot(), roster: g.roster, changes: g.changes, users: 1}
	g.before = m
	g.mu.Unlock()
	err := write()
	g.mu.Lock()
	g.before = nil
	if err == nil {
		g.roster = t.roster()
		g.changes++
	}
	g.mu.Unlock()
	if closed := g.leave(m); err == nil {
		err = closed
	}
	return err
}

// Changes counts the changes written through this Graph, so that a reader can tell that what it keeps is old.
func (g *Graph) Changes() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.changes
}

// Close lets the view go.
func (v *View) Close() error { return v.close() }

// Snapshot returns the state of the store that the view reads, for query engines. It lives as long as the view.
func (v *View) Snapshot() store.Reader { return v.r }

// Names returns the prefixes under the store's base IRI.
func (v *View) Names() *schema.Names { return v.names }
