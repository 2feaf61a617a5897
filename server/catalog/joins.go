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

// Neighbours returns the entities that claims join to an entity, most claims first, at most limit from the given place on, and
// how many there are.
func (s *State) Neighbours(entity string, f Filter, from, limit int) (list []Neighbour, total int) {
	at, ok := s.entityAt[entity]
	if !ok {
		return nil, 0
	}
	all := s.joined(at, f)
	total = len(all)
	all = all[min(from, total):min(from+limit, total)]
	shown := make(map[int32]tally, len(all))
	for _, b := range all {
		shown[b.other] = tally{}
	}
	f.Entity, f.Types = entity, nil
	s.sieve(f).each(func(_ int32, r *row, failed part) {
		if t := shown[r.other(at)]; t != nil && failed == 0 {
			t[r.predicate]++
		}
	})
	for _, b := range all {
		list = append(list, Neighbour{&s.entities[b.other], b.claims, b.outgoing, b.seen, b.factuality, s.frequentest(shown[b.other])})
	}
	return list, total
}

// joined bundles the claims that join an entity to others of the filter's types, most claims first.
func (s *State) joined(at int32, f Filter) []bundle {
	fits := s.ofType(f.Types)
	f.Entity, f.Types = s.entities[at].ID, nil
	var list []bundle
	place := map[int32]int32{}
	s.sieve(f).each(func(_ int32, r *row, failed part) {
		other := r.other(at)
		if failed != 0 || other == none || !fits(other) {
			return
		}
		n, ok := place[other]
		if !ok {
			n = int32(len(list))
			place[other] = n
			list = append(list, bundle{other: other, factuality: schema.Negated})
		}
		list[n].add(r)
		list[n].outgoing += b2i(r.subject == at)
	})
	slices.SortFunc(list, func(a, b bundle) int {
		x, y := &s.entities[a.other], &s.entities[b.other]
		return cmp.Or(cmp.Compare(b.claims, a.claims), cmp.Compare(y.Claims, x.Claims), strings.Compare(x.ID, y.ID))
	})
	return list
}

// bundle is several claims together, that join an entity to another.
type bundle struct {
	other             int32
	claims, outgoing  int
	factuality        schema.Factuality // the nearest to fact
	disputed          bool
	seen, first, last string
}

func (b *bundle) add(r *row) {
	b.claims++
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

// frequentest lists the most frequent predicates.
func (s *State) frequentest(predicates tally) []Value {
	const most = 5
	list := byCount(predicates, func(at int32) (string, string) { return s.words[at], "" })
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
		for _, b := range s.joined(seed, o.Filter) {
			if s.entities[b.other].Degree >= o.MinDegree {
				joining[b.other] += b.claims
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
	chosen := make(map[int32]bool, len(among))
	for _, at := range among {
		chosen[at] = true
	}
	f.Types = nil
	v := s.sieve(f)
	if v.unknown {
		return nil
	}
	var list []Edge
	for _, from := range among {
		list = v.edgesFrom(list, from, chosen)
	}
	slices.SortFunc(list, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return list
}

// edgesFrom appends the edges from an entity to those chosen.
func (v *sieve) edgesFrom(list []Edge, from int32, chosen map[int32]bool) []Edge {
	bundles, predicates := map[int32]*bundle{}, map[int32]tally{}
	for i, to := range v.others[from] {
		if to == none || !chosen[to] {
			continue
		}
		r := &v.rows[v.ofEntity[from][i]]
		if r.subject != from || v.failed(r) != 0 {
			continue
		}
		if bundles[to] == nil {
			bundles[to], predicates[to] = &bundle{other: to, factuality: schema.Negated}, tally{}
		}
		bundles[to].add(r)
		predicates[to][r.predicate]++
	}
	for to, b := range bundles {
		list = append(list, Edge{v.entities[from].ID, v.entities[to].ID, b.claims, v.frequentest(predicates[to]), b.factuality, b.disputed, b.first, b.last})
	}
	return list
}
