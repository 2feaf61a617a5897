package path

import (
	"cmp"
	"container/heap"
	"math/bits"
	"strings"

	"newsgraph/graph"
)

// partial is a path as far as it is grown. Its last hop is weighed when its turn comes: until then its cost is that of the
// hops before, which is not more.
type partial struct {
	at      int32
	before  *partial
	arms    []arm // of the last hop, while it is not weighed
	tie     tie   // of the last hop
	hops    int
	passed  bool // nothing to go through lies ahead
	cost    cost
	toCome  int // what the hops to come cost at least in cost.fact
	weighed bool
}

func (p *partial) visited(at int32) bool {
	for ; p != nil; p = p.before {
		if p.at == at {
			return true
		}
	}
	return false
}

// grow returns up to want paths: of so many hops, or in the order Supported of at most so many. It grows partial paths
// in the order of their cost, so that the best are complete first.
func (s *search) grow(hops, want int) (found []*partial, err error) {
	if err := s.markAll(hops); err != nil {
		return nil, err
	}
	q := &queue{search: s}
	for _, i := range s.from {
		if err := q.offer(&partial{at: i, passed: s.via < 0, weighed: true}, hops); err != nil {
			return nil, err
		}
	}
	turns := map[int32]int{}
	for q.Len() > 0 && len(found) < want {
		p := heap.Pop(q).(*partial)
		if err := s.spend(1); err != nil {
			return found, err
		}
		switch {
		case !p.weighed:
			err = q.weigh(p)
		case s.ends[p.at]&atEnd != 0:
			found = append(found, p)
		default:
			// On shortest paths nothing can be visited twice, so that ways to one entity differ in their cost alone.
			if turns[p.at]++; hops != s.shortest || turns[p.at] <= want {
				err = q.extend(p, hops)
			}
		}
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// queue is a heap of partial paths, the best first.
type queue struct {
	*search
	paths []*partial
}

// offer puts a partial path into the queue if it can be completed.
func (q *queue) offer(p *partial, hops int) error {
	left := q.marks[p.at].before
	if p.passed {
		left = q.marks[p.at].behind
	}
	if q.o.Order == Supported {
		left &= 1<<(hops-p.hops+1) - 1
		p.toCome = bits.TrailingZeros32(left)
		if !p.weighed {
			p.toCome++
		}
	} else {
		left &= 1 << (hops - p.hops)
	}
	if left == 0 {
		return nil
	}
	name, err := q.name(p.at)
	if err == nil && name != "" {
		heap.Push(q, p)
	}
	return err
}

// extend offers the ways to go on from a partial path.
func (q *queue) extend(p *partial, hops int) error {
	if p.hops == hops {
		return nil
	}
	arms, err := q.onward(p.at)
	if err != nil {
		return err
	}
	return bundles(arms, func(to int32, arms []arm) error {
		if int(to) >= len(q.marks) || q.marks[to] == (mark{}) || p.visited(to) {
			return nil
		}
		return q.offer(&partial{at: to, before: p, arms: arms, hops: p.hops + 1, passed: p.passed || to == q.via, cost: p.cost}, hops)
	})
}

// onward returns the links of an entity, sorted by where they lead. Of one whose own links were not read because it lies
// where the balls met or beyond, it is those that the ball around the end has, and no others lead on.
func (s *search) onward(i int32) ([]arm, error) {
	if s.nodes[i].read&s.ahead.side == s.ahead.side {
		return s.grouped(i, s.ahead.side)
	}
	if s.met == nil {
		s.met = map[int32][]arm{}
		for _, from := range s.back.inner {
			for _, a := range s.nodes[from].arms {
				if int(a.to) < len(s.marks) && s.marks[a.to] != (mark{}) && s.nodes[a.to].read&s.ahead.side != s.ahead.side {
					s.met[a.to] = append(s.met[a.to], arm{from, a.link})
				}
			}
		}
		for _, arms := range s.met {
			group(arms)
		}
	}
	return s.met[i], nil
}

// weigh finds what the last hop of a partial path costs, and puts it back unless there is no way to take it.
func (q *queue) weigh(p *partial) error {
	key := [2]int32{p.before.at, p.at}
	t, known := q.ties[key]
	if !known {
		var err error
		if t, err = q.sieve.weigh(p.arms, func(l graph.Link) bool { return q.forwards(l, p.before.at) }); err != nil {
			return err
		}
		q.ties[key] = t
	}
	if len(t) == 0 {
		return nil
	}
	p.tie, p.weighed, p.cost = t, true, p.cost.plus(t[0].cost)
	if q.o.Order == Supported {
		p.cost.fact++
		p.toCome--
	}
	heap.Push(q, p)
	return nil
}

func (q *queue) Len() int { return len(q.paths) }

func (q *queue) Less(i, j int) bool {
	a, b := q.paths[i], q.paths[j]
	least := func(p *partial) cost { return cost{p.cost.fact + p.toCome, p.cost.sources, p.cost.doubt} }
	if c := cmp.Or(least(a).compare(least(b)), cmp.Compare(b.hops, a.hops)); c != 0 {
		return c < 0
	}
	return q.compareWays(a, b) < 0
}

// compareWays compares two partial paths of equal length by the IDs of their entities, from the beginning.
func (q *queue) compareWays(a, b *partial) int {
	if a == nil || a == b {
		return 0
	}
	return cmp.Or(q.compareWays(a.before, b.before), strings.Compare(q.nodes[a.at].name, q.nodes[b.at].name))
}

func (q *queue) Swap(i, j int) { q.paths[i], q.paths[j] = q.paths[j], q.paths[i] }

func (q *queue) Push(x any) { q.paths = append(q.paths, x.(*partial)) }

func (q *queue) Pop() any {
	last := len(q.paths) - 1
	p := q.paths[last]
	q.paths = q.paths[:last]
	return p
}

// describe makes paths of complete partial paths, with their claims.
func (s *search) describe(found []*partial) ([]Path, error) {
	paths := make([]Path, 0, len(found))
	for _, last := range found {
		way := Path{Hops: make([]Hop, last.hops)}
		var worst cost
		for p := last; p.before != nil; p = p.before {
			h, err := s.hop(p)
			if err != nil {
				return paths, err
			}
			way.Hops[p.hops-1] = h
			if c := p.tie[0].cost; c.compare(worst) >= 0 {
				worst, way.Weakest = c, p.hops-1
			}
		}
		paths = append(paths, way)
	}
	return paths, nil
}

func (s *search) hop(p *partial) (h Hop, err error) {
	if h.From, err = s.entity(p.before.at); err != nil {
		return h, err
	}
	if h.To, err = s.entity(p.at); err != nil {
		return h, err
	}
	if h.Claims, err = s.claims(p.tie, s.o.MaxClaims); err != nil {
		return h, err
	}
	h.Predicate, h.Support, h.Others = h.Claims[0].Predicate, p.tie[0].verdict.Support, len(p.tie)-len(h.Claims)
	h.Direction = Along(&h.Claims[0], h.From.ID)
	return h, nil
}
