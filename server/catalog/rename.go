package catalog

import (
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Renamed says what a change of the names of entities does.
type Renamed struct {
	Gone, New []schema.Entity // sorted by ID
	Claims    int             // that become claims of other entities
}

// Renames compares a change with the state.
func (s *State) Renames(change *graph.Change) Renamed {
	var r Renamed
	stays := make(map[string]bool, len(change.Entities))
	for _, e := range change.Entities {
		stays[e.ID] = true
		if _, ok := s.entityAt[e.ID]; !ok {
			r.New = append(r.New, e)
		}
	}
	for i := range s.entities {
		if e := &s.entities[i]; !stays[e.ID] && (e.Claims > 0 || len(e.Aliases) > 0) {
			r.Gone = append(r.Gone, e.Entity)
		}
	}
	moved := map[string]bool{}
	for i := range change.Put {
		for j := range change.Put[i].Claims {
			c := change.Put[i].Claims[j]
			if c.ID = c.Key(); !s.Has(c.ID) {
				moved[c.ID] = true
			}
		}
	}
	r.Claims = len(moved)
	byID := func(a, b schema.Entity) int { return strings.Compare(a.ID, b.ID) }
	slices.SortFunc(r.New, byID)
	slices.SortFunc(r.Gone, byID)
	return r
}
