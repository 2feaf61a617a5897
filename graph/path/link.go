package path

import (
	"cmp"
	"container/heap"
	"slices"

	"newsgraph/graph"
	"newsgraph/schema"
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

func costOf(c *schema.Claim) cost {
	documents := map[string]bool{}
	for _, e := range c.Evidence {
		documents[e.Document] = true
	}
	return cost{int(c.Factuality), 1 / float64(max(1, len(documents))), 1 - c.Confidence}
}

// link is the best way to take one hop.
type link struct {
	cost      cost
	direction Direction
	claims    []*schema.Claim // of one predicate and direction, best first
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
	claims := make([]*schema.Claim, 0, len(usable))
	for _, e := range usable {
		c, err := s.claim(e.Claim)
		if err != nil {
			return link{}, err
		}
		claims = append(claims, c)
	}
	l := choose(from, claims)
	l.others = total - len(l.claims)
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

// choose takes the best claim, and with it those of the same predicate and direction.
func choose(from string, claims []*schema.Claim) link {
	slices.SortFunc(claims, func(a, b *schema.Claim) int {
		return cmp.Or(costOf(a).compare(costOf(b)), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.ID, b.ID))
	})
	best := claims[0]
	l := link{cost: costOf(best), direction: Backward}
	if best.Subject.ID == from {
		l.direction = Forward
	}
	for _, c := range claims {
		if c.Predicate == best.Predicate && c.Subject.ID == best.Subject.ID {
			l.claims = append(l.claims, c)
		}
	}
	return l
}

// partial is a path as far as it is grown.
type partial struct {
	id     string
	before *partial
	link   link
	hops   int
	least  int // the least length that it can have when complete
	cost   cost
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
