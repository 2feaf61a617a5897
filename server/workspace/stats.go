package workspace

import (
	"cmp"
	"context"
	"slices"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Stats counts what is in a store.
type Stats struct {
	graph.Stats
	BaseIRI string `json:"base_iri"`
	// Factuality counts claims, from fact to furthest from it.
	Factuality []Count `json:"factuality"`
	// Types counts entities, the most frequent type first.
	Types []Count `json:"types"`
}

// Count is a name and how often it is there.
type Count struct {
	Name   string `json:"name"`
	Number int    `json:"number"`
}

// Stats counts what is in the store.
func (w *Workspace) Stats(ctx context.Context) (Stats, error) {
	sizes, err := w.graph.Stats(ctx)
	if err != nil {
		return Stats{}, err
	}
	s := Stats{Stats: sizes, BaseIRI: w.store.BaseIRI()}
	for f, n := range sizes.ByFactuality {
		s.Factuality = append(s.Factuality, Count{schema.Factuality(f).String(), n})
	}
	types := map[string]int{}
	all, err := w.graph.Entities(ctx)
	if err != nil {
		return Stats{}, err
	}
	for _, e := range all {
		types[cmp.Or(e.Type, "unknown")]++
	}
	for name, n := range types {
		s.Types = append(s.Types, Count{name, n})
	}
	slices.SortFunc(s.Types, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(a.Name, b.Name))
	})
	return s, nil
}
