package path

import (
	"cmp"
	"container/heap"
	"slices"

	"newsgraph/graph"
)

// cost is how badly claims are supported; the parts add up along a path and are compared in this order.
type cost struct {
	fact      int     // 0 for asserted, the number of the factuality otherwise
	documents float64 // 1 over the number of documents
	doubt     float64 // 1 less the confidence
}

func (c cost) plus(d cost) cost {
	return cost{c.fact + d.fact, c.documents + d.documents, c.doubt + d.doubt}
}

func (c cost) compare(d cost) int {
	return cmp.Or(cmp.Compare(c.fact, d.fact), cmp.Compare(c.documents, d.documents), cmp.Compare(c.doubt, d.doubt))
}

func costOf(s graph.Support) cost {
	return cost{int(s.Factuality), 1 / float64(max(1, s.Documents)), 1 - s.Confidence}
}

// link is the best way to take one hop.
type link struct {
	cost      cost
	direction Direction
	edges     []graph.Edge // of one predicate and direction, best first
	others    int
}

// maxWeighed is how many claims between two entities are read to find the best, asserted ones first.
const maxWeighed = 64

// link chooses the predicate and the claims of the hop from an entity to its neighbour.
func (s *search) link(from string, n neighbour) (link, error) {
	key := [2]string{from, n.id}
	if l, ok := s.links[key]; ok {
		return l, nil
	}
	var usable []graph.Edge
	for _, e := range n.edges {
		if s.forwards(e, from) {
			usable = append(usable, e)
		}
	}
	total := len(usable)
	slices.SortStableFunc(usable, func(a, b graph.Edge) int {
		return cmp.Or(cmp.Compare(boolRank(a.Asserted), boolRank(b.Asserted)), cmp.Compare(boolRank(!a.Denied), boolRank(!b.Denied)))
	})
	usable = usable[:min(maxWeighed, total)]
	if err := s.spend(len(usable)); err != nil {
		return link{}, err
	}
	l, err := s.choose(from, usable)
	if err != nil {
		return link{}, err
	}
	l.others = total - len(l.edges)
	s.links[key] = l
	return l, nil
}

// boolRank sorts true first.
func boolRank(b bool) int {
	if b {
		return 0
	}
	return 1
}

// choose takes the best supported claim, and with it those of the same predicate and direction.
func (s *search) choose(from string, edges []graph.Edge) (link, error) {
	costs := make(map[string]cost, len(edges))
	for _, e := range edges {
		support, err := s.support(e.Claim)
		if err != nil {
			return link{}, err
		}
		costs[e.Claim] = costOf(support)
	}
	slices.SortFunc(edges, func(a, b graph.Edge) int {
		return cmp.Or(costs[a.Claim].compare(costs[b.Claim]), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Claim, b.Claim))
	})
	best := edges[0]
	l := link{cost: costs[best.Claim], direction: Backward}
	if best.From == from {
		l.direction = Forward
	}
	for _, e := range edges {
		if e.Predicate == best.Predicate && e.From == best.From {
			l.edges = append(l.edges, e)
		}
	}
	return l, nil
}

// partial is a path as far as it is grown. Its last hop is weighed when its turn comes: until then its cost
// is that of the hops before, which is not more.
type partial struct {
	id      string
	before  *partial
	last    neighbour // the last hop, when it is not weighed yet
	weighed bool
	link    link
	hops    int
	least   int // the least length that it can have when complete
	cost    cost
}

func (p *partial) visited(id string) bool {
	for ; p != nil; p = p.before {
		if p.id == id {
			return true
		}
	}
	return false
}

// ids returns the entities from the beginning.
func (p *partial) ids() []string {
	ids := make([]string, p.hops+1)
	for ; p != nil; p = p.before {
		ids[p.hops] = p.id
	}
	return ids
}

// queue is a heap of partial paths, the best first.
type queue []*partial

func (q *queue) push(p *partial) { heap.Push(q, p) }

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	if c := cmp.Or(cmp.Compare(a.least, b.least), a.cost.compare(b.cost), cmp.Compare(b.hops, a.hops)); c != 0 {
		return c < 0
	}
	return slices.Compare(a.ids(), b.ids()) < 0
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

func (q *queue) Push(x any) { *q = append(*q, x.(*partial)) }

func (q *queue) Pop() any {
	old := *q
	p := old[len(old)-1]
	*q = old[:len(old)-1]
	return p
}
