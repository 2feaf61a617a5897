package catalog

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Order is an order of claims.
type Order string

// The orders of claims. Equal ones come the newest first.
const (
	Newest       Order = "newest"     // by date of publication, descending
	ByTime       Order = "time"       // by the time they speak of, else of publication, ascending; those without one last
	ByFact       Order = "fact"       // nearest to fact first, then by publishers
	BySupport    Order = "support"    // most publishers first, then by factuality
	ByConfidence Order = "confidence" // descending
)

// Page is a part of a list of claims.
type Page struct {
	IDs   []string
	Total int // claims that fit
	// Next is where the next page begins, 0 when there is none.
	Next int
}

// List returns claims that fit, in order, from the given place on.
func (s *State) List(f Filter, order Order, from, limit int) Page {
	rows := s.find(f)
	s.sort(rows, order)
	p := Page{Total: len(rows)}
	for _, at := range rows[min(from, len(rows)):min(from+limit, len(rows))] {
		p.IDs = append(p.IDs, s.rows[at].id)
	}
	if from+limit < len(rows) {
		p.Next = from + limit
	}
	return p
}

// find returns the rows that fit, in ascending order.
func (s *State) find(f Filter) []int32 {
	var fit []int32
	s.sieve(f).each(func(at int32, _ *row, failed part) {
		if failed == 0 {
			fit = append(fit, at)
		}
	})
	return fit
}

func (s *State) sort(rows []int32, order Order) {
	var compare func(a, b *row) int
	switch order {
	case ByTime:
		compare = compareTime
	case ByFact:
		compare = compareFact
	case BySupport:
		compare = func(a, b *row) int {
			return cmp.Or(cmp.Compare(b.publishers, a.publishers), cmp.Compare(a.factuality, b.factuality))
		}
	case ByConfidence:
		compare = func(a, b *row) int { return cmp.Compare(b.confidence, a.confidence) }
	default:
		return // rows stand in this order
	}
	slices.SortStableFunc(rows, func(a, b int32) int { return compare(&s.rows[a], &s.rows[b]) })
}

func compareTime(a, b *row) int {
	return cmp.Or(cmp.Compare(b2i(a.from == ""), b2i(b.from == "")), strings.Compare(a.from, b.from), strings.Compare(a.to, b.to))
}

// compareFact puts the nearest to fact first, of these the best supported.
func compareFact(a, b *row) int {
	return cmp.Or(cmp.Compare(a.factuality, b.factuality), cmp.Compare(b.publishers, a.publishers))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Group are the claims of an entity with one predicate and the entity on one side.
type Group struct {
	Predicate string
	Incoming  bool // the entity is the object
	Total     int
	IDs       []string // nearest to fact first
}

// Groups returns the claims of an entity that have one of the values of factuality (any, where there are none), the groups with
// it as subject first, of these the largest, at most each IDs of each.
func (s *State) Groups(entity string, factuality []schema.Factuality, each int) []Group {
	type key struct {
		predicate int32
		incoming  bool
	}
	at, ok := s.entityAt[entity]
	if !ok {
		return nil
	}
	groups := map[key][]int32{}
	s.sieve(Filter{Entity: entity, Factuality: factuality}).each(func(n int32, r *row, failed part) {
		if failed == 0 {
			k := key{r.predicate, r.subject != at}
			groups[k] = append(groups[k], n)
		}
	})
	list := make([]Group, 0, len(groups))
	for k, rows := range groups {
		s.sort(rows, ByFact)
		g := Group{Predicate: s.words[k.predicate], Incoming: k.incoming, Total: len(rows)}
		for _, n := range rows[:min(each, len(rows))] {
			g.IDs = append(g.IDs, s.rows[n].id)
		}
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b2i(a.Incoming), b2i(b.Incoming)), cmp.Compare(b.Total, a.Total), strings.Compare(a.Predicate, b.Predicate))
	})
	return list
}

// Counts are the numbers of an entity's profile.
type Counts struct {
	Subject, Object, Source, SingleSource, Disputed, Neighbours int
	Factuality                                                  map[string]int
}

// Counts returns the numbers of an entity's profile.
func (s *State) Counts(entity string) Counts {
	c := Counts{Factuality: map[string]int{}}
	at, ok := s.entityAt[entity]
	if !ok {
		return c
	}
	c.Source, c.Neighbours = len(s.ofSource[at]), s.entities[at].Degree
	for _, n := range s.ofEntity[at] {
		r := &s.rows[n]
		c.Subject += b2i(r.subject == at)
		c.Object += b2i(r.object == at)
		c.SingleSource += b2i(r.publishers < 2)
		c.Disputed += b2i(r.disputed)
		c.Factuality[r.factuality.String()]++
	}
	return c
}

// About returns a test for documents that tell a claim of an entity, as subject, object or source.
func (s *State) About(entity string) func(*Document) bool {
	tells := map[string]bool{}
	for _, d := range s.DocumentsOf(entity, len(s.documents)) {
		tells[d.ID] = true
	}
	return func(d *Document) bool { return tells[d.ID] }
}

// DocumentsOf returns the documents that tell an entity's claims, the newest first, at most limit.
func (s *State) DocumentsOf(entity string, limit int) []*Document {
	at, ok := s.entityAt[entity]
	if !ok {
		return nil
	}
	var list []int32
	seen := map[int32]bool{}
	for _, rows := range [][]int32{s.ofEntity[at], s.ofSource[at]} {
		for _, n := range rows { // newest first
			for _, d := range s.rows[n].documents {
				if !seen[d] && len(seen) < 2*limit {
					seen[d] = true
					list = append(list, d)
				}
			}
		}
	}
	slices.Sort(list) // documents stand the newest first
	var out []*Document
	for _, d := range list[:min(limit, len(list))] {
		out = append(out, &s.documents[d])
	}
	return out
}

// Date is when a claim is, on a timeline.
type Date struct {
	Day   string // first day
	Value string // as precise as known: of a time that is an interval its beginning
	Timed bool   // of the time that the claim speaks of, not of its publication
}

// Date returns the claim's date; ok is false where there is none.
func (s *State) Date(claim string) (d Date, ok bool) {
	at, ok := s.rowAt[claim]
	if !ok || s.rows[at].from == "" {
		return d, false
	}
	r := &s.rows[at]
	d = Date{Day: r.from, Value: r.published, Timed: r.timed}
	if r.timed {
		d.Value = begin(r.time)
	}
	if len(d.Value) > 10 {
		d.Value = d.Value[:10]
	}
	return d, true
}

// begin is the first side of an interval, of one that is open there the other.
func begin(date string) string {
	from, to, _ := strings.Cut(date, "/")
	return cmp.Or(from, to)
}
