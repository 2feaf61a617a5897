package workspace

import (
	"context"
	"fmt"

	"newsgraph/graph"
	"newsgraph/schema"
)

// ListOptions choose claims to list.
type ListOptions struct {
	// Entity stands on either side, Subject and Object on theirs; any name of each, empty for any.
	Entity, Subject, Object string
	Choice                  Choice
	// Limit is the most claims listed; 0 means all.
	Limit int
	// After is the ID of the claim that the list begins behind; empty for the beginning.
	After string
}

// List is a list of claims, sorted by ID.
type List struct {
	Claims []schema.Claim
	// More says that Limit ended the list; ListOptions.After with the last claim's ID goes on from there.
	More bool
	// Documents are the articles that the claims come from, without their texts, by ID.
	Documents map[string]schema.Document
}

// List lists claims. Errors: those of ListFilter.
func (w *Workspace) List(ctx context.Context, o ListOptions) (*List, error) {
	f, err := w.ListFilter(ctx, o)
	if err != nil {
		return nil, err
	}
	return w.list(ctx, f, o.Limit)
}

// ListFilter returns the filter that List lists by. Errors: those of Filter and graph.Resolve.
func (w *Workspace) ListFilter(ctx context.Context, o ListOptions) (graph.Filter, error) {
	f, err := w.Filter(ctx, o.Choice)
	if err != nil {
		return f, err
	}
	for _, side := range []struct {
		name string
		to   *string
	}{{o.Entity, &f.Entity}, {o.Subject, &f.Subject}, {o.Object, &f.Object}} {
		if side.name == "" {
			continue
		}
		e, err := w.graph.Resolve(ctx, side.name)
		if err != nil {
			return f, err
		}
		*side.to = e.ID
	}
	f.After = o.After
	return f, nil
}

func (w *Workspace) list(ctx context.Context, f graph.Filter, limit int) (*List, error) {
	l := &List{Documents: map[string]schema.Document{}}
	for c, err := range w.graph.Claims(ctx, f) {
		if err != nil {
			return nil, fmt.Errorf("read claims: %w", err)
		}
		if limit > 0 && len(l.Claims) == limit {
			l.More = true
			break
		}
		l.Claims = append(l.Claims, c)
	}
	return l, w.describe(ctx, l.Claims, l.Documents)
}
