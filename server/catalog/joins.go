package catalog

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Neighbour is an entity that claims join to another.
type Neighbour struct {
	*Entity
	Joining    int // claims that join the two
	Outgoing   int // of these with the neighbour as object
	Seen       string
	Factuality schema.Factuality // the nearest to fact
	Predicates []Value           // most claims first
}

// Neighbours returns the entities that claims join to an entity, most claims first.
func (s *State) Neighbours(entity string, f Filter) []Neighbour {
	at, ok := s.entityAt[entity]
	if !ok {
		return nil
	}
	types := f.Types
	f.Entity, f.Types = entity, nil
	byOther := map[int32]*bundle{}
	for _, n := range s.find(f) {
		r := &s.rows[n]
		if other := r.other(at); other != none {
			s.bundle(byOther, other, r).outgoing += b2i(r.subject == at)
		}
	}
	fits := s.ofType(types)
	list := make([]Neighbour, 0, len(byOther))
	for other, b := range byOther {
		if fits(other) {
			list = append(list, Neighbour{&s.entities[other], b.claims, b.outgoing, b.seen, b.factuality, s.predicatesOf(b)})
		}
	}
	slices.SortFunc(list, func(a, b Neighbour) int {
		return cmp.Or(cmp.Compare(b.Joining, a.Joining), cmp.Compare(b.Claims, a.Claims), strings.Compare(a.ID, b.ID))
	})
	return list
}

// bundle is several claims together.
type bundle struct {
	claims, outgoing  int
	predicates        tally
	factuality        schema.Factuality
	disputed          bool
	seen, first, last string
}

// bundle adds a row to the bundle under a key.
func (s *State) bundle(bundles map[int32]*bundle, key int32, r *row) *bundle {
	b := bundles[key]
	if b == nil {
		b = &bundle{predicates: tally{}, factuality: schema.Negated}
		bundles[key] = b
	}
	b.add(r)
	return b
}

func (b *bundle) add(r *row) {
	b.claims++
	b.predicates[r.predicate]++
	b.factuality = min(b.factuality, r.factuality)
	b.disputed = b.disputed || r.disputed
	b.seen = max(b.seen, r.published)
	if r.from == "" {
		return
	}
	if b.first == "" || r.from < b.first {
		b.first = r.from
	}
	b.last = max(b.last, r.to)
}

// predicatesOf lists the most frequent predicates of a bundle.
func (s *State) predicatesOf(b *bundle) []Value {
	const most = 5
	list := byCount(b.predicates, func(at int32) (string, string) { return s.words[at], "" })
	return list[:min(most, len(list))]
}

// Edge is all claims between two entities in one direction.
type Edge struct {
	From, To    string // entity IDs: subject, object
	Claims      int
	Predicates  []Value // most claims first
	Factuality  schema.Factuality
	Disputed    bool
	First, Last string // days
}

// Graph is a set of entities with the claims between them.
type Graph struct {
	Nodes []*Entity
	Edges []Edge
	Total int // entities that fit, also beyond the limit
}

// GraphOptions choose the entities of a Graph.
type GraphOptions struct {
	Filter Filter // of claims; Types are of entities, those asked for left aside
	// Entities are the IDs to begin with; those that are not there are left out. Between asks for them alone, without neighbours.
	Entities  []string
	Between   bool
	MinDegree int
	Limit     int
}

// Graph returns the entities asked for and their neighbours, or of all those with most claims.
func (s *State) Graph(o GraphOptions) Graph {
	seeds := s.seeds(o)
	chosen, total := seeds, len(seeds)
	switch {
	case len(o.Entities) == 0:
		chosen, total = s.prominent(o)
	case !o.Between:
		chosen, total = s.around(seeds, o)
	}
	chosen = chosen[:min(o.Limit, len(chosen))]
	g := Graph{Total: total, Edges: s.edges(chosen, o.Filter)}
	for _, at := range chosen {
		g.Nodes = append(g.Nodes, &s.entities[at])
	}
	return g
}

func (s *State) seeds(o GraphOptions) []int32 {
	var seeds []int32
	for _, id := range o.Entities {
		if at, ok := s.entityAt[id]; ok && !slices.Contains(seeds, at) {
			seeds = append(seeds, at)
		}
	}
	return seeds
}

// prominent lists the entities with most claims.
func (s *State) prominent(o GraphOptions) (chosen []int32, total int) {
	fits := s.ofType(o.Filter.Types)
	for _, at := range s.ranked {
		if e := &s.entities[at]; e.Degree > 0 && e.Degree >= o.MinDegree && fits(at) {
			chosen = append(chosen, at)
		}
	}
	return chosen, len(chosen)
}

// around lists the seeds and then their neighbours, those with most claims to a seed first.
func (s *State) around(seeds []int32, o GraphOptions) (chosen []int32, total int) {
	joining := tally{}
	for _, seed := range seeds {
		for _, n := range s.Neighbours(s.entities[seed].ID, o.Filter) {
			if n.Degree >= o.MinDegree {
				joining[s.entityAt[n.ID]] += n.Joining
			}
		}
	}
	for _, seed := range seeds {
		delete(joining, seed)
	}
	for at := range joining {
		chosen = append(chosen, at)
	}
	slices.SortFunc(chosen, func(a, b int32) int {
		return cmp.Or(cmp.Compare(joining[b], joining[a]), cmp.Compare(s.entities[b].Claims, s.entities[a].Claims), cmp.Compare(a, b))
	})
	return append(slices.Clone(seeds), chosen...), len(seeds) + len(chosen)
}

// edges bundles the claims among entities.
func (s *State) edges(among []int32, f Filter) []Edge {
	place := make(map[int32]int32, len(among))
	for i, at := range among {
		place[at] = int32(i)
	}
	f.Types = nil
	v := s.sieve(f)
	var list []Edge
	for _, from := range among {
		bundles := map[int32]*bundle{}
		for _, n := range s.ofEntity[from] {
			r := &s.rows[n]
			if r.subject != from || r.object == none || r.object == from {
				continue
			}
			if _, ok := place[r.object]; ok && !v.unknown && v.failed(r) == 0 {
				s.bundle(bundles, r.object, r)
			}
		}
		for to, b := range bundles {
			list = append(list, Edge{s.entities[from].ID, s.entities[to].ID, b.claims, s.predicatesOf(b), b.factuality, b.disputed, b.first, b.last})
		}
	}
	slices.SortFunc(list, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return list
}
