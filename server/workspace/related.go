package workspace

import (
	"context"
	"fmt"

	"newsgraph/graph/path"
	"newsgraph/schema"
)

// RelatedOptions say what to look for around an entity, or between two; names are any names of entities.
type RelatedOptions struct {
	Name   string
	Other  string // the second entity; of Between alone
	Choice Choice // of claims
	// Search has what else path.Related takes; its Filter is set from Choice.
	Search path.RelatedOptions
}

// Related is the answer to Workspace.Related.
type Related struct {
	Entity schema.Entity
	path.Neighbourhood
	Documents map[string]schema.Document // of the best claims' evidence, without texts, by ID
}

// Related looks for what stands around an entity. Errors: those of Filter, graph.Resolve and path.Related.
func (w *Workspace) Related(ctx context.Context, o RelatedOptions) (*Related, error) {
	e, err := w.graph.Resolve(ctx, o.Name)
	if err != nil {
		return nil, err
	}
	if o.Search.Filter, err = w.Filter(ctx, o.Choice); err != nil {
		return nil, err
	}
	n, err := path.Related(ctx, w.graph, e.ID, o.Search)
	if err != nil {
		return nil, fmt.Errorf("around %s: %w", e.Label, err)
	}
	r := &Related{Entity: e, Neighbourhood: *n, Documents: map[string]schema.Document{}}
	for i := range n.Relatives {
		if err := w.describe(ctx, []schema.Claim{n.Relatives[i].Best}, r.Documents); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Common is the answer to Workspace.Between.
type Common struct {
	From, To  schema.Entity
	Between   []path.Common
	Total     int // those between that the page leaves out among them
	Documents map[string]schema.Document
}

// Between looks for what stands between two entities. Errors: those of Filter, graph.Resolve and path.Between, and ErrSame.
func (w *Workspace) Between(ctx context.Context, o RelatedOptions) (*Common, error) {
	a, b, err := w.two(ctx, o.Name, o.Other)
	if err != nil {
		return nil, err
	}
	if o.Search.Filter, err = w.Filter(ctx, o.Choice); err != nil {
		return nil, err
	}
	list, total, err := path.Between(ctx, w.graph, a.ID, b.ID, o.Search)
	if err != nil {
		return nil, fmt.Errorf("between %s and %s: %w", a.Label, b.Label, err)
	}
	c := &Common{From: a, To: b, Between: list, Total: total, Documents: map[string]schema.Document{}}
	for i := range list {
		if err := w.describe(ctx, []schema.Claim{list[i].From.Best, list[i].To.Best}, c.Documents); err != nil {
			return nil, err
		}
	}
	return c, nil
}
