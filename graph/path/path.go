// Package path finds how two entities hang together: the shortest paths over claims, every hop with the
// claims that carry it.
//
// What enters is a graph and two sets of entity IDs; what leaves are paths, the shortest first, and among
// equally long ones the better supported: asserted claims before claims further from fact, then claims of
// more documents, then claims of higher confidence, then by the IDs on the way. Only claims between two
// entities are hops: types, names and documents join nothing. The same graph gives the same paths.
//
// Errors: *NoPathError when there is none, ErrBudget when the search grew too large.
package path

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"newsgraph/graph"
	"newsgraph/schema"
)

// ErrBudget says that the search ended at Options.MaxEdges. The paths found until then come with it.
var ErrBudget = errors.New("the search for paths grew too large")

// Options of Search. The zero value searches for one path of at most 6 hops over all claims but the
// negated ones, in either direction.
type Options struct {
	MaxHops  int  // 0 means 6
	Paths    int  // how many paths, also longer than the shortest; 0 means 1
	Directed bool // only from subject to object
	// Filter chooses the claims to go over; its IDs, Subject, Object and Entity do not count here. Unless it names values
	// of factuality, all but the negated are used. Types hold for the entities between the two ends.
	Filter graph.Filter
	// MaxEdges bounds the claims read and the steps taken; 0 means 2,000,000.
	MaxEdges int
}

func (o Options) withDefaults() Options {
	if o.MaxHops == 0 {
		o.MaxHops = 6
	}
	if o.Paths == 0 {
		o.Paths = 1
	}
	if o.MaxEdges == 0 {
		o.MaxEdges = 2_000_000
	}
	return o
}

// unfiltered returns the options without all that leaves claims out.
func (o Options) unfiltered() Options {
	return Options{MaxHops: o.MaxHops, Paths: 1, MaxEdges: o.MaxEdges}
}

// Path is a way from one entity to another.
type Path struct{ Hops []Hop }

// Hop is one step of a path.
type Hop struct {
	From, To  schema.Entity
	Predicate string // local name
	// Direction is Forward when From is the claims' subject.
	Direction Direction
	// Claims all have this predicate and direction, the best supported first; there is at least one.
	Claims []schema.Claim
	// Others counts the other claims that the search could have used between the two.
	Others int
}

// Direction says which way a hop goes along its claims.
type Direction string

// The two directions.
const (
	Forward  Direction = "forward"  // from subject to object
	Backward Direction = "backward" // from object to subject
)

// NoPathError says that there is no path, and what the filters have to do with it.
type NoPathError struct {
	MaxHops int
	// Excluded counts the claims that the filters left out on the way.
	Excluded int
	// Unfiltered is the length of the shortest path without the filters; 0 when there is none either.
	Unfiltered int
}

func (e *NoPathError) Error() string {
	s := fmt.Sprintf("no path within %d hops", e.MaxHops)
	if e.Unfiltered > 0 {
		s += fmt.Sprintf("; the filters took away %d claims, and without them there is one of %d hops", e.Excluded, e.Unfiltered)
	} else if e.Excluded > 0 {
		s += fmt.Sprintf("; the filters took away %d claims, but without them there is none either", e.Excluded)
	}
	return s
}

// Search returns up to o.Paths paths from any of the entities in from to any of those in to, by ID, none
// of which visits an entity twice.
func Search(ctx context.Context, g *graph.Graph, from, to []string, o Options) ([]Path, error) {
	v := g.View()
	defer v.Close()
	o = o.withDefaults()
	for _, id := range from {
		if slices.Contains(to, id) {
			return nil, fmt.Errorf("the path begins and ends at ent:%s", id)
		}
	}
	s := newSearch(ctx, v, from, to, o)
	paths, err := s.paths()
	if err != nil || len(paths) > 0 {
		return paths, err
	}
	none := &NoPathError{MaxHops: o.MaxHops, Excluded: len(s.excluded)}
	if len(s.excluded) == 0 && !o.Directed {
		return nil, none
	}
	plain := newSearch(ctx, v, from, to, o.unfiltered())
	if none.Unfiltered, err = plain.meet(); err != nil {
		return nil, err
	}
	return nil, none
}
