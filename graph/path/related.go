package path

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Tie is what joins two entities.
type Tie struct {
	// Score says how well it is supported: every claim adds its number of independent sources times its confidence,
	// divided by 1 for an asserted claim, 2 for a reported one, and so on to 7 for a negated one.
	Score      float64
	Claims     int
	Predicates []PredicateCount // the most claims first
	// Best is the best claim, in the order of paths, and Support is its support.
	Best    schema.Claim
	Support graph.Support
}

// PredicateCount counts the claims of a tie that have one predicate and direction.
type PredicateCount struct {
	Predicate string
	Direction Direction // as seen from where the tie begins
	Claims    int
}

// Relative is an entity in the neighbourhood of another.
type Relative struct {
	Entity   schema.Entity
	Distance int // hops
	// Tie joins it to the entities one hop nearer, all taken together.
	Tie
	// Via are the entities one hop nearer that it is tied to, the best tie first, three at most; Others counts the rest.
	Via    []schema.Entity
	Others int
}

// Neighbourhood is what stands around an entity.
type Neighbourhood struct {
	// Relatives are sorted by distance, the best tie first; of equal ties, that with more claims, then by ID.
	Relatives []Relative
	// Totals counts the entities found at each distance, from 1, those left out by Limit and Offset among them.
	Totals []int
}

// RelatedOptions of Related and Between. The zero value asks for all neighbours over all claims but the negated ones.
type RelatedOptions struct {
	Depth    int // the greatest distance; 0 means 1. Not of Between.
	Limit    int // the most entities given; 0 means all
	Offset   int // how many of the first are left out
	Directed bool
	// Filter chooses the claims, as in Options. Types hold for the entities found.
	Filter   graph.Filter
	MaxSteps int // as in Options
}

func (o RelatedOptions) search() Options {
	return Options{Directed: o.Directed, Filter: o.Filter, MaxSteps: o.MaxSteps}.withDefaults()
}

// page returns the part of a list that the options ask for.
func page[T any](list []T, o RelatedOptions) []T {
	list = list[min(o.Offset, len(list)):]
	if o.Limit > 0 {
		list = list[:min(o.Limit, len(list))]
	}
	return list
}

// Related returns what stands around an entity, by ID, the best tied first.
func Related(ctx context.Context, g *graph.Graph, id string, o RelatedOptions) (*Neighbourhood, error) {
	v := g.View()
	defer v.Close()
	search := o.search()
	w := newWeb(ctx, v, search.MaxSteps)
	defer w.close()
	s, err := w.search([]string{id}, nil, search)
	if err != nil {
		return nil, err
	}
	n := &Neighbourhood{}
	var all []*knot
	seen := map[int32]bool{}
	level := s.from
	for _, i := range level {
		seen[i] = true
	}
	for distance := 1; distance <= max(1, o.Depth) && len(level) > 0; distance++ {
		knots, err := s.around(level, seen)
		if err != nil {
			return nil, err
		}
		level = level[:0:0]
		for _, k := range knots {
			k.distance = distance
			level = append(level, k.at)
		}
		all = append(all, knots...)
		n.Totals = append(n.Totals, len(knots))
	}
	for _, k := range page(all, o) {
		r, err := s.relative(k)
		if err != nil {
			return nil, err
		}
		n.Relatives = append(n.Relatives, r)
	}
	return n, nil
}

// knot is an entity with its ties to those from which it was found.
type knot struct {
	at       int32
	name     string
	distance int
	from     []int32
	ties     []tie
	score    int
	claims   int
}

// around returns what stands one hop from the entities of a level and is new, best first, and marks it as seen.
func (s *search) around(level []int32, seen map[int32]bool) ([]*knot, error) {
	found := map[int32]*knot{}
	for _, from := range level {
		arms, err := s.grouped(from, s.ahead.side)
		if err != nil {
			return nil, err
		}
		err = bundles(arms, func(to int32, arms []arm) error {
			if seen[to] {
				return nil
			}
			return s.tie(found, from, to, arms)
		})
		if err != nil {
			return nil, err
		}
	}
	knots := make([]*knot, 0, len(found))
	for at, k := range found {
		seen[at] = true
		knots = append(knots, k)
	}
	slices.SortFunc(knots, func(a, b *knot) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.claims, a.claims), cmp.Compare(a.name, b.name))
	})
	return knots, nil
}

// tie adds a tie to what was found.
func (s *search) tie(found map[int32]*knot, from, to int32, arms []arm) error {
	t, err := s.sieve.weigh(arms, func(l graph.Link) bool { return s.forwards(l, from) })
	if err != nil || len(t) == 0 {
		return err
	}
	name, err := s.name(to)
	if err != nil || name == "" {
		return err
	}
	k := found[to]
	if k == nil {
		k = &knot{at: to, name: name}
		found[to] = k
	}
	k.from, k.ties = append(k.from, from), append(k.ties, t)
	k.score += t.score()
	k.claims += len(t)
	return nil
}

// score is Tie.Score in millionths.
func (t tie) score() (sum int) {
	for _, x := range t {
		sum += x.verdict.Independent * (million - x.cost.doubt) / (1 + x.cost.fact)
	}
	return sum
}

// relative reads the words of a knot.
func (s *search) relative(k *knot) (r Relative, err error) {
	r.Distance = k.distance
	if r.Entity, err = s.entity(k.at); err != nil {
		return r, err
	}
	order := make([]int, len(k.ties))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(k.ties[b].score(), k.ties[a].score()), cmp.Compare(s.nodes[k.from[a]].name, s.nodes[k.from[b]].name))
	})
	const most = 3
	r.Others = max(0, len(order)-most)
	var all []part
	for i, at := range order {
		all = append(all, part{k.from[at], k.ties[at]})
		if i < most {
			e, err := s.entity(k.from[at])
			if err != nil {
				return r, err
			}
			r.Via = append(r.Via, e)
		}
	}
	r.Tie, err = s.describeTie(all)
	return r, err
}

// part is a tie as it is seen from one of its entities.
type part struct {
	from int32
	tie  tie
}

// describeTie makes a Tie of several that begin at different entities.
func (s *search) describeTie(parts []part) (t Tie, err error) {
	counts := map[PredicateCount]int{}
	var best *strand
	sum := 0
	for _, p := range parts {
		sum += p.tie.score()
		t.Claims += len(p.tie)
		for i := range p.tie {
			x := &p.tie[i]
			c := PredicateCount{Direction: Backward}
			if x.link.From == s.nodes[p.from].id {
				c.Direction = Forward
			}
			if c.Predicate, err = s.links.Predicate(x.link.Predicate); err != nil {
				return t, err
			}
			counts[c]++
		}
		if best == nil || p.tie[0].cost.compare(best.cost) < 0 {
			best = &p.tie[0]
		}
	}
	t.Score = float64(sum) / million
	for c, n := range counts {
		c.Claims = n
		t.Predicates = append(t.Predicates, c)
	}
	slices.SortFunc(t.Predicates, func(a, b PredicateCount) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(b.Direction, a.Direction))
	})
	t.Support = best.verdict.Support
	if t.Best, err = s.links.Claim(s.ctx, best.link.Claim, best.verdict.Articles); err != nil {
		return t, fmt.Errorf("read a claim: %w", err)
	}
	return t, nil
}

// Common is an entity that stands between two others.
type Common struct {
	Entity schema.Entity
	// From is its tie to the first, To that to the second; their predicates are seen from the first and from it.
	From, To Tie
}

// Between returns the entities that are tied to both of two, by ID, and how many there are in all. Those whose weaker tie is
// the best come first, then those whose ties together are, then by ID.
func Between(ctx context.Context, g *graph.Graph, a, b string, o RelatedOptions) (list []Common, total int, err error) {
	v := g.View()
	defer v.Close()
	search := o.search()
	w := newWeb(ctx, v, search.MaxSteps)
	defer w.close()
	s, err := w.search([]string{a}, []string{b}, search)
	if err != nil || len(s.from) == 0 || len(s.to) == 0 {
		return nil, 0, err
	}
	bridges, err := s.bridges(s.from[0], s.to[0])
	if err != nil {
		return nil, 0, err
	}
	for _, x := range page(bridges, o) {
		c := Common{}
		if c.Entity, err = s.entity(x.at); err != nil {
			return nil, 0, err
		}
		if c.From, err = s.describeTie([]part{{s.from[0], x.near}}); err != nil {
			return nil, 0, err
		}
		if c.To, err = s.describeTie([]part{{x.at, x.far}}); err != nil {
			return nil, 0, err
		}
		list = append(list, c)
	}
	return list, len(bridges), nil
}

// bridge is an entity with its ties to two others.
type bridge struct {
	at        int32
	name      string
	near, far tie
}

// bridges returns what stands between two entities, best first.
func (s *search) bridges(a, b int32) ([]bridge, error) {
	far := map[int32][]arm{}
	arms, err := s.grouped(b, s.back.side)
	if err != nil {
		return nil, err
	}
	_ = bundles(arms, func(to int32, arms []arm) error { // which returns no error
		far[to] = arms
		return nil
	})
	var list []bridge
	if arms, err = s.grouped(a, s.ahead.side); err != nil {
		return nil, err
	}
	err = bundles(arms, func(to int32, arms []arm) error {
		if to == b || far[to] == nil {
			return nil
		}
		x := bridge{at: to}
		var err error
		if x.name, err = s.name(to); err != nil || x.name == "" {
			return err
		}
		if x.near, err = s.sieve.weigh(arms, func(l graph.Link) bool { return s.forwards(l, a) }); err != nil || len(x.near) == 0 {
			return err
		}
		if x.far, err = s.sieve.weigh(far[to], func(l graph.Link) bool { return s.backwards(l, b) }); err != nil || len(x.far) == 0 {
			return err
		}
		list = append(list, x)
		return nil
	})
	slices.SortFunc(list, func(x, y bridge) int {
		x1, x2, y1, y2 := x.near.score(), x.far.score(), y.near.score(), y.far.score()
		return cmp.Or(cmp.Compare(min(y1, y2), min(x1, x2)), cmp.Compare(y1+y2, x1+x2), cmp.Compare(x.name, y.name))
	})
	return list, err
}
