package workspace

import (
	"context"
	"fmt"

	"newsgraph/graph/conflict"
	"newsgraph/schema"
)

// ContradictionsOptions choose contradictions; the zero value chooses all.
type ContradictionsOptions struct {
	// Names are any names of entities, of which a contradiction must concern each.
	Names []string
	Kinds []conflict.Kind
	// Choice chooses the claims that are compared.
	Choice Choice
}

// Contradictions are conflicts between claims, with the documents of their evidence.
type Contradictions struct {
	Conflicts []conflict.Conflict
	Documents map[string]schema.Document // without texts, by ID
}

// Contradictions lists claims that contradict each other. Errors: those of graph.Resolve and Filter.
func (w *Workspace) Contradictions(ctx context.Context, o ContradictionsOptions) (*Contradictions, error) {
	filter, err := w.Filter(ctx, o.Choice)
	if err != nil {
		return nil, err
	}
	options := conflict.Options{Kinds: o.Kinds, Filter: filter}
	for _, name := range o.Names {
		e, err := w.graph.Resolve(ctx, name)
		if err != nil {
			return nil, err
		}
		options.Entities = append(options.Entities, e.ID)
	}
	v := w.graph.View()
	defer v.Close()
	found, err := conflict.Find(ctx, v, schema.Default(), options)
	if err != nil {
		return nil, fmt.Errorf("look for contradictions: %w", err)
	}
	c := &Contradictions{Conflicts: found, Documents: map[string]schema.Document{}}
	for i := range found {
		if err := w.describe(ctx, found[i].Claims(), c.Documents); err != nil {
			return nil, err
		}
	}
	return c, nil
}
