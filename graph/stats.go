package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"newsgraph/schema"
)

// Stats are the sizes of the graph.
type Stats struct {
	Documents int `json:"documents"`
	Entities  int `json:"entities"`
	// Claims counts each claim once, however many documents tell it.
	Claims int `json:"claims"`
	// Evidence counts quotes of claims.
	Evidence int `json:"evidence"`
	// ByFactuality counts the claims of each value, in the order of schema.Factuality; index with it.
	ByFactuality [schema.Negated + 1]int `json:"-"`
	// Predicates counts different predicates of positive and negated claims.
	Predicates int   `json:"predicates"`
	Quads      int64 `json:"quads"`
}

// Stats counts what is in the graph.
func (g *Graph) Stats(ctx context.Context) (Stats, error) {
	v := g.View()
	defer v.Close()
	sizes, err := v.r.Stats(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("count the quads: %w", err)
	}
	t, err := v.table(ctx)
	if err != nil {
		return Stats{}, err
	}
	s := Stats{Entities: len(t.byID), Quads: sizes.Quads}
	ids, err := v.documentIDs(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("count the documents: %w", err)
	}
	s.Documents = len(ids)
	if err := v.countClaims(ctx, &s); err != nil {
		return Stats{}, fmt.Errorf("count the claims: %w", err)
	}
	return s, nil
}

func (v *View) countClaims(ctx context.Context, s *Stats) error {
	seen := map[schema.Term]bool{}
	err := v.r.Match(ctx, schema.Quad{Predicate: v.factuality}, func(q schema.Quad) error {
		if seen[q.Subject] {
			return nil
		}
		seen[q.Subject] = true
		f, err := v.parseFactuality(q.Object)
		if err != nil {
			return err
		}
		s.ByFactuality[f]++
		s.Claims++
		return nil
	})
	if err != nil {
		return err
	}
	err = v.r.Match(ctx, schema.Quad{Predicate: v.derived}, func(schema.Quad) error {
		s.Evidence++
		return nil
	})
	if err != nil {
		return err
	}
	names, err := v.predicates(ctx)
	s.Predicates = len(names)
	return err
}

// predicates returns the local names of all predicates of claims.
func (v *View) predicates(ctx context.Context) (map[string]bool, error) {
	names := map[string]bool{}
	err := v.r.Match(ctx, schema.Quad{Predicate: v.predicate}, func(q schema.Quad) error {
		if name, ok := local(q.Object, v.nsClaim); ok {
			names[name] = true
		} else if name, ok := local(q.Object, v.nsDenied); ok {
			names[name] = true
		}
		return nil
	})
	return names, err
}

// Predicates returns the local names of all predicates of claims, sorted.
func (g *Graph) Predicates(ctx context.Context) ([]string, error) {
	v := g.View()
	defer v.Close()
	return v.Predicates(ctx)
}

// Predicates is Graph.Predicates at the moment of the view.
func (v *View) Predicates(ctx context.Context) ([]string, error) {
	names, err := v.predicates(ctx)
	if err != nil {
		return nil, fmt.Errorf("look up predicates: %w", err)
	}
	return slices.Sorted(maps.Keys(names)), nil
}
