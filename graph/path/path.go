// Package path finds how entities hang together: paths over claims between two of them, what stands around one, and
// what stands between two; every step with the claims that carry it.
//
// What enters is a graph and entity IDs; what leaves are paths and ties, best first. Only claims between two
// entities join: types, names and documents join nothing. The same graph gives the same answer, to the last claim.
//
// # Order
//
// A claim costs three numbers, compared one after the other: how far it is from fact (0 asserted, 1 reported, 2
// planned, 3 possible, 4 alleged, 5 attempted, 6 negated); one over its number of independent sources
// (graph.BackingOf), and one more for the mere mention of somebody ("speaks_of"); one less its confidence. A hop
// costs what its best claim costs, a path the sums of its hops.
// Paths come by length and then by cost; in the order Supported by cost alone, where each hop costs 1 more in the
// first number, so that two asserted hops go before one that is only planned. What costs the same goes by the IDs of the
// entities on the way.
//
// Errors: *NoPathError when there is none, ErrBudget when the search grew too large; those of the context and the graph.
package path

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsgraph/graph"
	"newsgraph/schema"
)

// ErrBudget says that the search ended at Options.MaxSteps. What was found until then comes with it.
var ErrBudget = errors.New("the search grew too large")

// MaxHops is the most hops that a search may be asked for.
const MaxHops = 30

// Order says which paths come first.
type Order uint8

// The orders.
const (
	Shortest  Order = iota // by length, then by support
	Supported              // by support, whatever the length
)

// Options of Search. The zero value searches for one path of at most 6 hops over all claims but the
// negated ones, in either direction.
type Options struct {
	MaxHops  int  // 0 means 6, and 30 is the most
	Paths    int  // how many paths, also longer than the shortest; 0 means 1, less than 0 all
	Offset   int  // how many of the first are left out
	Directed bool // only from subject to object
	Order    Order
	Via      string // the ID of an entity that paths go through; empty for any way
	// Filter chooses the claims to go over; its IDs, Subject, Object and Entity do not count here. Unless it names values
	// of factuality, all but the negated are used. Types hold for the entities between the two ends.
	Filter graph.Filter
	// MaxClaims is the most claims that a hop carries; 0 means 64. Hop.Others counts the rest.
	MaxClaims int
	// MaxSteps bounds the claims read and the partial paths looked at; 0 means 5,000,000.
	MaxSteps int
}

func (o Options) withDefaults() Options {
	if o.MaxHops == 0 {
		o.MaxHops = 6
	}
	o.MaxHops = min(o.MaxHops, MaxHops)
	if o.Paths == 0 {
		o.Paths = 1
	}
	if o.MaxClaims == 0 {
		o.MaxClaims = 64
	}
	if o.MaxSteps == 0 {
		o.MaxSteps = 5_000_000
	}
	return o
}

// Path is a way from one entity to another.
type Path struct {
	Hops []Hop
	// Weakest is the index of the hop that costs most, the first of equals.
	Weakest int
}

// Hop is one step of a path.
type Hop struct {
	From, To schema.Entity
	// Predicate, Direction and Support are those of the best claim.
	Predicate string
	Direction Direction
	Support   graph.Support
	// Claims are those between the two that may be gone over, of any predicate and direction, the best first; at least one.
	Claims []schema.Claim
	// Others counts those that MaxClaims left out.
	Others int
}

// Direction says which way a hop goes along its claims.
type Direction string

// The two directions.
const (
	Forward  Direction = "forward"  // from subject to object
	Backward Direction = "backward" // from object to subject
)

// Along says which way a step from an entity goes along a claim.
func Along(c *schema.Claim, from string) Direction {
	if c.Subject.ID == from {
		return Forward
	}
	return Backward
}

// NoPathError says that there is no path, and what would have to be otherwise for there to be one.
type NoPathError struct {
	MaxHops int
	// Excluded counts the claims that the filter left out on the way.
	Excluded int
	// Left says what each field of the filter has to do with it.
	Left []Left
	// Longer is the length of the shortest path with more hops; Undirected that of one in either direction; Unfiltered
	// that of one without any filter, when there is one. Each is 0 when there is none.
	Longer, Undirected, Unfiltered int
	// Partial says that finding this out took too long, and that some of it is not known.
	Partial bool
}

// Left is what one field of a filter left out.
type Left struct {
	By     graph.Criteria
	Claims int // that the search met
	Hops   int // of the shortest path without this field; 0 when there is none
}

func (e *NoPathError) Error() string {
	parts := []string{fmt.Sprintf("no path within %s", count(e.MaxHops, "hop"))}
	one := func(format string, hops int) {
		if hops > 0 {
			parts = append(parts, fmt.Sprintf(format, count(hops, "hop")))
		}
	}
	one("there is one of %s", e.Longer)
	one("in either direction there is one of %s", e.Undirected)
	loosened := false
	for _, l := range e.Left {
		part := fmt.Sprintf("the filter by %s left out %s", l.By, count(l.Claims, "claim"))
		if l.Hops > 0 {
			loosened = true
			part += fmt.Sprintf(", and without it there is one of %s", count(l.Hops, "hop"))
		}
		parts = append(parts, part)
	}
	if len(e.Left) > 1 && !loosened {
		one("without all of them there is one of %s", e.Unfiltered)
	}
	if len(e.Left) > 0 && !loosened && e.Unfiltered == 0 && !e.Partial {
		parts = append(parts, "without filters there is none either")
	}
	return strings.Join(parts, "; ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Search returns up to o.Paths paths from any of the entities in from to any of those in to, by ID, none
// of which visits an entity twice.
func Search(ctx context.Context, g *graph.Graph, from, to []string, o Options) ([]Path, error) {
	for _, id := range from {
		if slices.Contains(to, id) {
			return nil, fmt.Errorf("the path begins and ends at ent:%s", id)
		}
	}
	v := g.View()
	defer v.Close()
	o = o.withDefaults()
	w := newWeb(ctx, v, o.MaxSteps)
	defer w.close()
	s, err := w.search(from, to, o)
	if err != nil {
		return nil, err
	}
	found, err := s.find()
	if err != nil && len(found) == 0 {
		return nil, err
	}
	if len(found) == 0 {
		return nil, s.none(from, to)
	}
	if err != nil && ctx.Err() != nil { // what was found in time is read all the same
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		w.ctx = late
	}
	paths, read := s.describe(found[min(o.Offset, len(found)):])
	return paths, errors.Join(read, err)
}

// Distance returns the length of the shortest path from one entity to another, by ID, within o.MaxHops and o.Filter: without a
// look at how well it is supported, unless the filter asks for it. It is 0 when there is none.
func Distance(ctx context.Context, g *graph.Graph, from, to string, o Options) (int, error) {
	v := g.View()
	defer v.Close()
	o = o.withDefaults()
	w := newWeb(ctx, v, o.MaxSteps)
	defer w.close()
	s, err := w.search([]string{from}, []string{to}, o)
	if err != nil {
		return 0, err
	}
	return s.length()
}

// none finds out why there is no path. It does not fail: what takes too long to find out is left out.
func (s *search) none(from, to []string) *NoPathError {
	none := &NoPathError{MaxHops: s.o.MaxHops, Excluded: len(s.left)}
	s.budget = s.steps
	length := func(change func(*Options)) (hops int) {
		if none.Partial {
			return 0
		}
		o := s.o
		change(&o)
		other, err := s.web.search(from, to, o)
		if err == nil {
			hops, err = other.length()
		}
		none.Partial = err != nil
		return hops
	}
	none.Longer = length(func(o *Options) { o.MaxHops = min(2*o.MaxHops, MaxHops) })
	if s.o.Directed {
		none.Undirected = length(func(o *Options) { o.Directed = false })
	}
	set := s.o.Filter.Criteria()
	for _, c := range set.Each() {
		left := Left{By: c}
		for _, failed := range s.left {
			if failed&c != 0 {
				left.Claims++
			}
		}
		left.Hops = length(func(o *Options) { o.Filter = o.Filter.Without(c) })
		none.Left = append(none.Left, left)
	}
	if set != 0 {
		none.Unfiltered = length(func(o *Options) { o.Filter = graph.Filter{} })
	}
	return none
}
