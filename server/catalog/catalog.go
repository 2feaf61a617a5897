// Package catalog holds a small row for each claim, entity and document of a graph in memory, and answers from them what would
// otherwise walk over the store: search by the beginning of a name, lists of claims by filter, counts by facet, neighbours,
// contradictions.
//
// What enters is a graph; what leaves are numbers, names and the IDs of claims, whose words are read from the graph. A
// State does not change: it is the graph at one moment. Catalog keeps the newest, and makes another after the graph has
// changed. Errors are those of the graph.
package catalog

import (
	"context"
	"sync"
	"sync/atomic"

	"newsgraph/graph"
)

// Catalog keeps the newest state of a graph. It is safe for concurrent use.
type Catalog struct {
	graph  *graph.Graph
	state  atomic.Pointer[State]
	making sync.Mutex // held by who makes a state
}

// New makes the first state.
func New(ctx context.Context, g *graph.Graph) (*Catalog, error) {
	c := &Catalog{graph: g}
	return c, c.Refresh(ctx)
}

// State is the newest state that has been made. It may be older than the graph: see Fresh.
func (c *Catalog) State() *State { return c.state.Load() }

// Changes counts the changes of the graph that the state has seen.
func (s *State) Changes() uint64 { return s.changes }

// Fresh says whether the newest state is that of the graph now.
func (c *Catalog) Fresh() bool { return c.State().changes == c.graph.Changes() }

// Refresh makes a new state unless the newest one is fresh. Calls wait for one another; State does not wait.
func (c *Catalog) Refresh(ctx context.Context) error {
	c.making.Lock()
	defer c.making.Unlock()
	changes := c.graph.Changes() // before the view is taken, so that a change in between is seen as one
	if s := c.state.Load(); s != nil && s.changes == changes {
		return nil
	}
	s, err := build(ctx, c.graph)
	if err != nil {
		return err
	}
	s.changes = changes
	c.state.Store(s)
	return nil
}
