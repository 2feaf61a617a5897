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
	Documents map[string]schema.Document // of the best claims' evidence, without texts, by ID
}

// ErrSame says that the two names of a search for paths mean one entity.
var ErrSame = errors.New("both names mean the same entity")

// Paths searches for paths between two entities by any of their names. Errors: those of graph.Resolve and
// path.Search, and ErrSame. With path.ErrBudget come the paths found until then.
func (w *Workspace) Paths(ctx context.Context, from, to string, o path.Options) (*Paths, error) {
	a, err := w.graph.Resolve(ctx, from)
	if err != nil {
		return nil, err
	}
	b, err := w.graph.Resolve(ctx, to)
	if err != nil {
		return nil, err
	}
	if a.ID == b.ID {
		return nil, fmt.Errorf("%w: ent:%s", ErrSame, a.ID)
	}
	found, searched := path.Search(ctx, w.graph, []string{a.ID}, []string{b.ID}, o)
	if searched != nil && len(found) == 0 {
		return nil, fmt.Errorf("from %s to %s: %w", a.Label, b.Label, searched)
	}
	p := &Paths{From: a, To: b, Paths: found, Documents: map[string]schema.Document{}}
	for _, f := range found {
		for _, h := range f.Hops {
			if err := w.describe(ctx, h.Claims[:1], p.Documents); err != nil {
				return nil, err
			}
		}
	}
	return p, searched
}
