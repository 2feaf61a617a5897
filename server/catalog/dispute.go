package catalog

import (
	"context"
	"fmt"
	"slices"

	"newsgraph/graph"
	"newsgraph/graph/conflict"
	"newsgraph/schema"
)

// dispute is a conflict.Conflict by rows.
type dispute struct {
	kind   conflict.Kind
	denial bool
	why    string
	sides  []position
}

// position is a side of a dispute.
type position struct {
	says string
	rows []int32
}

// Contradiction is a set of claims of which at most one side holds; see package conflict.
type Contradiction struct {
	Kind   conflict.Kind
	Denial bool
	Why    string
	Sides  []Position
}

// Position is a side of a Contradiction, with the IDs of its claims.
type Position struct {
	Says   string
	Claims []string
}

// findDisputes finds the conflicts between claims and marks their rows.
func (s *State) findDisputes(ctx context.Context, v *graph.View, outlines []graph.Outline) error {
	found, err := conflict.Find(ctx, v, schema.Default(), conflict.Options{Outlines: outlines})
	if err != nil {
		return fmt.Errorf("look for contradictions: %w", err)
	}
	for _, c := range found {
		d := dispute{kind: c.Kind, denial: c.Denial, why: c.Why}
		for _, side := range c.Sides {
			p := position{says: side.Says}
			for i := range side.Claims {
				if at, ok := s.rowAt[side.Claims[i].ID]; ok {
					s.rows[at].disputed = true
					p.rows = append(p.rows, at)
				}
			}
			d.sides = append(d.sides, p)
		}
		s.disputes = append(s.disputes, d)
	}
	return nil
}

// ContradictionOptions choose contradictions. The zero value chooses all.
type ContradictionOptions struct {
	// Filter chooses the claims; of its sides a contradiction needs two that have such claims. Its Entity need only stand in one
	// claim of all sides.
	Filter Filter
	Kinds  []conflict.Kind // empty for all
}

// Contradictions lists those that fit, from the given place on, how many there are, and how many of each kind whatever the
// kinds asked for.
func (s *State) Contradictions(o ContradictionOptions, from, limit int) (list []Contradiction, total int, kinds map[conflict.Kind]int) {
	about, known := s.entityAt[o.Filter.Entity]
	if o.Filter.Entity == "" {
		about = none
	} else if !known {
		return nil, 0, nil
	}
	o.Filter.Entity = ""
	v := s.sieve(o.Filter)
	kinds = map[conflict.Kind]int{}
	for i := range s.disputes {
		d, ok := v.narrowed(&s.disputes[i], about)
		if !ok {
			continue
		}
		kinds[d.kind]++
		if len(o.Kinds) > 0 && !slices.Contains(o.Kinds, d.kind) {
			continue
		}
		if total >= from && len(list) < limit {
			list = append(list, s.contradiction(d))
		}
		total++
	}
	return list, total, kinds
}

// narrowed is the part of a dispute that the sieve lets through; ok is false when no two sides are left, or it is not about the
// entity.
func (v *sieve) narrowed(d *dispute, about int32) (fit dispute, ok bool) {
	if v.unknown || about != none && !slices.ContainsFunc(d.sides, func(p position) bool {
		return slices.ContainsFunc(p.rows, func(at int32) bool { return v.rows[at].subject == about || v.rows[at].object == about })
	}) {
		return fit, false
	}
	fit = *d
	fit.sides = nil
	for _, p := range d.sides {
		var rows []int32
		for _, at := range p.rows {
			if v.failed(&v.rows[at]) == 0 {
				rows = append(rows, at)
			}
		}
		if len(rows) > 0 {
			fit.sides = append(fit.sides, position{p.says, rows})
		}
	}
	return fit, len(fit.sides) > 1
}

func (s *State) contradiction(d dispute) Contradiction {
	c := Contradiction{Kind: d.kind, Denial: d.denial, Why: d.why}
	for _, p := range d.sides {
		side := Position{Says: p.says}
		for _, at := range p.rows {
			side.Claims = append(side.Claims, s.rows[at].id)
		}
		c.Sides = append(c.Sides, side)
	}
	return c
}
