package workspace

import (
	"context"
	"errors"
	"fmt"

	"newsgraph/graph/path"
	"newsgraph/schema"
)

// Paths is the answer to a search for paths.
type Paths struct {
	From, To  schema.Entity
	Paths     []path.Path
	Documents map[string]schema.Document // of the claims' evidence, without texts, by ID
}

// ErrSame says that the two names of a search for paths mean one entity.
var ErrSame = errors.New("both names mean the same entity")

// PathOptions say which paths to search for; names are any names of entities.
type PathOptions struct {
	From, To string
	Via      string // empty for any way
	Choice   Choice // of claims
	// Search has what else path.Search takes; its Via and Filter are set by Paths.
	Search path.Options
}

// Paths searches for paths between two entities. Errors: those of Filter, graph.Resolve and path.Search, and ErrSame. With
// path.ErrBudget and the context's deadline come the paths found until then.
func (w *Workspace) Paths(ctx context.Context, q PathOptions) (*Paths, error) {
	a, b, err := w.two(ctx, q.From, q.To)
	if err != nil {
		return nil, err
	}
	o := q.Search
	if o.Filter, err = w.Filter(ctx, q.Choice); err != nil {
		return nil, err
	}
	if q.Via != "" {
		via, err := w.graph.Resolve(ctx, q.Via)
		if err != nil {
			return nil, err
		}
		o.Via = via.ID
	}
	found, searched := path.Search(ctx, w.graph, []string{a.ID}, []string{b.ID}, o)
	if searched != nil && len(found) == 0 {
		return nil, fmt.Errorf("from %s to %s: %w", a.Label, b.Label, searched)
	}
	if searched != nil { // what there is, late or not
		ctx = context.WithoutCancel(ctx)
	}
	p := &Paths{From: a, To: b, Paths: found, Documents: map[string]schema.Document{}}
	for _, f := range found {
		for _, h := range f.Hops {
			if err := w.describe(ctx, h.Claims, p.Documents); err != nil {
				return nil, err
			}
		}
	}
	return p, searched
}

// two resolves two names that must mean two entities.
func (w *Workspace) two(ctx context.Context, from, to string) (a, b schema.Entity, err error) {
	if a, err = w.graph.Resolve(ctx, from); err != nil {
		return a, b, err
	}
	if b, err = w.graph.Resolve(ctx, to); err != nil {
		return a, b, err
	}
	if a.ID == b.ID {
		err = fmt.Errorf("%w: ent:%s", ErrSame, a.ID)
	}
	return a, b, err
}
