package path

import (
	"container/heap"
	"context"
	"fmt"
	"slices"
	"sort"

	"newsgraph/graph"
	"newsgraph/schema"
)

// search is one run. Neighbours and claims are read once each.
type search struct {
	ctx      context.Context
	view     *graph.View
	from, to []string
	o        Options

	budget   int
	around   map[string][]neighbour
	sieve    *graph.Sieve
	supports map[string]graph.Support
	excluded map[string]bool // claims that the filters left out
	links    map[[2]string]link

	// ahead and back are the distances found from the two ends; distance is that between them.
	ahead, back map[string]int
	backDepth   int
	shortest    int
	pops        map[string]int
}

// neighbour is an entity one hop away, with the claims that lead there, sorted by ID.
type neighbour struct {
	id    string
	edges []graph.Edge
}

func newSearch(ctx context.Context, v *graph.View, from, to []string, o Options) *search {
	return &search{ctx: ctx, view: v, from: sortedSet(from), to: sortedSet(to), o: o, budget: o.MaxEdges,
		sieve:  v.Sieve(o.Filter, append(from, to...)...),
		around: map[string][]neighbour{}, supports: map[string]graph.Support{}, excluded: map[string]bool{},
		links: map[[2]string]link{}, ahead: map[string]int{}, back: map[string]int{}, pops: map[string]int{}}
}

func sortedSet(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}

// paths returns the paths, best first.
func (s *search) paths() ([]Path, error) {
	length, err := s.meet()
	if err != nil || length == 0 {
		return nil, err
	}
	s.shortest = length
	if err := s.measureBack(); err != nil {
		return nil, err
	}
	return s.best()
}

// meet returns the length of the shortest path, 0 when there is none within MaxHops: breadth-first from
// both ends, always from the end with the fewer entities at its edge.
func (s *search) meet() (int, error) {
	front, rear := s.from, s.to
	for _, id := range front {
		s.ahead[id] = 0
	}
	for _, id := range rear {
		s.back[id] = 0
	}
	depth := 0
	for depth < s.o.MaxHops && len(front) > 0 && len(rear) > 0 {
		var met bool
		var err error
		if len(front) <= len(rear) {
			front, met, err = s.widen(front, s.ahead, s.back, s.forwards)
		} else {
			rear, met, err = s.widen(rear, s.back, s.ahead, s.backwards)
			s.backDepth++
		}
		if err != nil {
			return 0, err
		}
		depth++
		if met {
			return depth, nil
		}
	}
	return 0, nil
}

// widen goes one hop from each of the entities, and says whether the other end's were met.
func (s *search) widen(ids []string, mine, other map[string]int, usable func(graph.Edge, string) bool) (next []string, met bool, err error) {
	for _, id := range ids {
		around, err := s.neighbours(id)
		if err != nil {
			return nil, false, err
		}
		for _, n := range around {
			if _, seen := mine[n.id]; seen || !slices.ContainsFunc(n.edges, func(e graph.Edge) bool { return usable(e, id) }) {
				continue
			}
			mine[n.id] = mine[id] + 1
			next = append(next, n.id)
			if _, ok := other[n.id]; ok {
				met = true
			}
		}
	}
	return next, met, nil
}

// forwards says whether an edge may be gone from this entity; backwards whether towards it.
func (s *search) forwards(e graph.Edge, from string) bool { return !s.o.Directed || e.From == from }

func (s *search) backwards(e graph.Edge, to string) bool { return !s.o.Directed || e.To == to }

// measureBack gives every entity on a shortest path its distance to the end. Entities that both ends have
// reached are known; from these it goes back, level by level, towards the beginning.
func (s *search) measureBack() error {
	var level []string
	for id, a := range s.ahead {
		if b, ok := s.back[id]; ok && a+b == s.shortest {
			level = append(level, id)
		}
	}
	for len(level) > 0 {
		var next []string
		for _, id := range level {
			around, err := s.neighbours(id)
			if err != nil {
				return err
			}
			for _, n := range around {
				a, ok := s.ahead[n.id]
				_, known := s.back[n.id]
				if !ok || known || a != s.ahead[id]-1 || !slices.ContainsFunc(n.edges, func(e graph.Edge) bool { return s.backwards(e, id) }) {
					continue
				}
				s.back[n.id] = s.back[id] + 1
				next = append(next, n.id)
			}
		}
		level = next
	}
	return nil
}

// remaining is a lower bound of the hops from an entity to the end, exact on shortest paths.
func (s *search) remaining(id string) int {
	if b, ok := s.back[id]; ok {
		return b
	}
	least := s.backDepth + 1
	if a, ok := s.ahead[id]; ok {
		least = max(least, s.shortest-a+1)
	}
	return least
}

// neighbours reads the usable claims around an entity, grouped by the other side, sorted.
func (s *search) neighbours(id string) ([]neighbour, error) {
	if n, ok := s.around[id]; ok {
		return n, nil
	}
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	edges, err := s.view.Edges(s.ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.spend(len(edges)); err != nil {
		return nil, err
	}
	groups := map[string][]graph.Edge{}
	for _, e := range edges {
		ok, err := s.usable(e)
		if err != nil {
			return nil, err
		}
		if other := e.From; ok && e.From != e.To {
			if other == id {
				other = e.To
			}
			groups[other] = append(groups[other], e)
		}
	}
	around := make([]neighbour, 0, len(groups))
	for other, edges := range groups {
		around = append(around, neighbour{other, edges})
	}
	sort.Slice(around, func(i, j int) bool { return around[i].id < around[j].id })
	s.around[id] = around
	return around, nil
}

func (s *search) spend(n int) error {
	s.budget -= n
	if s.budget < 0 {
		return ErrBudget
	}
	return nil
}

// usable applies the filters, and notes what they leave out.
func (s *search) usable(e graph.Edge) (bool, error) {
	ok, err := s.passes(e)
	if err == nil && !ok && !(e.Denied && len(s.o.Filter.Factuality) == 0) {
		s.excluded[e.Claim] = true
	}
	return ok, err
}

// byEdge are the fields that an edge tells without its claim.
const byEdge = graph.ByPredicate | graph.ByAvoid

func (s *search) passes(e graph.Edge) (bool, error) {
	f := &s.o.Filter
	if e.Denied && len(f.Factuality) == 0 || len(f.Predicates) > 0 && !slices.Contains(f.Predicates, e.Predicate) || slices.Contains(f.Avoid, e.Predicate) {
		return false, nil
	}
	if f.Criteria()&^byEdge == 0 {
		return true, nil
	}
	u, failed, ok, err := s.sieve.Judge(s.ctx, e.Claim)
	if err != nil || !ok || failed != 0 {
		return false, err
	}
	s.supports[e.Claim] = u
	return true, nil
}

func (s *search) support(claim string) (graph.Support, error) {
	if c, ok := s.supports[claim]; ok {
		return c, nil
	}
	u, _, _, err := s.sieve.Judge(s.ctx, claim)
	if err != nil {
		return u, err
	}
	s.supports[claim] = u
	return u, nil
}

// best grows partial paths in the order of (least possible length, cost, IDs), so that paths come out
// best first.
func (s *search) best() ([]Path, error) {
	q := &queue{}
	for _, id := range s.from {
		q.push(&partial{id: id, least: s.remaining(id), weighed: true})
	}
	var found []Path
	for q.Len() > 0 && len(found) < s.o.Paths {
		p := heap.Pop(q).(*partial)
		if err := s.spend(1); err != nil {
			return found, err
		}
		if !p.weighed {
			if err := s.weigh(p); err != nil {
				return found, err
			}
			q.push(p)
			continue
		}
		if s.remaining(p.id) == 0 {
			path, err := s.path(p)
			if err != nil {
				return found, err
			}
			found = append(found, path)
			continue
		}
		if s.crowded(p) {
			continue
		}
		if err := s.grow(q, p); err != nil {
			return found, err
		}
	}
	return found, nil
}

// crowded says whether as many paths as are wanted went through p's entity on shortest paths before: these
// need no look at where they have been, so the later ones cannot matter.
func (s *search) crowded(p *partial) bool {
	if p.least != s.shortest {
		return false
	}
	s.pops[p.id]++
	return s.pops[p.id] > s.o.Paths
}

func (s *search) grow(q *queue, p *partial) error {
	around, err := s.neighbours(p.id)
	if err != nil {
		return err
	}
	for _, n := range around {
		least := max(p.least, p.hops+1+s.remaining(n.id))
		if least > s.o.MaxHops || p.visited(n.id) || !slices.ContainsFunc(n.edges, func(e graph.Edge) bool { return s.forwards(e, p.id) }) {
			continue
		}
		q.push(&partial{id: n.id, before: p, last: n, hops: p.hops + 1, least: least, cost: p.cost})
	}
	return nil
}

// weigh finds what the last hop of p costs.
func (s *search) weigh(p *partial) error {
	l, err := s.link(p.before.id, p.last)
	if err != nil {
		return err
	}
	p.link, p.weighed, p.cost = l, true, p.cost.plus(l.cost)
	return nil
}

// path turns a complete partial path into a Path, and reads its claims.
func (s *search) path(p *partial) (Path, error) {
	hops := make([]Hop, p.hops)
	for ; p.before != nil; p = p.before {
		h, err := s.hop(p)
		if err != nil {
			return Path{}, err
		}
		hops[p.hops-1] = h
	}
	return Path{Hops: hops}, nil
}

func (s *search) hop(p *partial) (Hop, error) {
	h := Hop{From: s.entity(p.before.id), To: s.entity(p.id), Predicate: p.link.edges[0].Predicate,
		Direction: p.link.direction, Others: p.link.others}
	for _, e := range p.link.edges {
		c, ok, err := s.view.Claim(s.ctx, e.Claim)
		if err != nil {
			return h, err
		}
		if !ok {
			return h, fmt.Errorf("claim %s has an edge and no document", e.Claim)
		}
		h.Claims = append(h.Claims, c)
	}
	return h, nil
}

func (s *search) entity(id string) schema.Entity {
	if e, ok := s.view.Entity(id); ok {
		return e
	}
	return schema.Entity{ID: id}
}
