package catalog

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Value is a value of a facet and the claims that have it.
type Value struct {
	Value, Label string
	Count        int
}

// Facets count the claims that fit by what they have. A facet's own part of the filter does not narrow its counts.
type Facets struct {
	Total int // claims that fit all of the filter
	// By count, descending; Factuality in its own order, Time and Published by month in order of time.
	Predicate, Factuality, Source, Publisher, Event, Type, Time, Published, Publishers []Value
}

// maxValues is the most values of a facet but of those in order of time.
const maxValues = 50

// tally counts one facet by places.
type tally map[int32]int

// Facets counts.
func (s *State) Facets(f Filter) Facets {
	c := &counter{State: s, classes: map[string]int32{}}
	for _, t := range []*tally{&c.predicate, &c.factuality, &c.source, &c.publisher, &c.event, &c.class, &c.houses} {
		*t = tally{}
	}
	c.time, c.published, c.seen = map[string]int{}, map[string]int{}, map[string]bool{}
	s.sieve(f).each(c.row)
	return c.facets()
}

// counter counts all facets in one walk.
type counter struct {
	*State
	total                                                          int
	predicate, factuality, source, publisher, event, class, houses tally
	time, published                                                map[string]int
	classes                                                        map[string]int32 // places of classes
	classNames                                                     []string
	seen                                                           map[string]bool
}

// row counts a row that fails nothing, or nothing but a facet's own part.
func (c *counter) row(_ int32, r *row, failed part) {
	only := func(p part) bool { return failed&^p == 0 }
	if failed == 0 {
		c.total++
	}
	if only(byPredicate) {
		c.predicate[r.predicate]++
	}
	if only(byFactuality) {
		c.factuality[int32(r.factuality)]++
	}
	if only(byEvent) && r.event != none {
		c.event[r.event]++
	}
	if only(byPublishers) {
		c.houses[min(r.publishers, 3)]++
	}
	if only(byTime) && r.timed {
		c.time[month(begin(r.time))]++
	}
	if only(bySource) {
		c.sources(r)
	}
	if only(byType) {
		c.types(r)
	}
	if only(byPublisher) || only(byPublished) {
		c.documents(r, only(byPublisher), only(byPublished))
	}
}

func (c *counter) sources(r *row) {
	if len(r.sources) == 0 {
		c.source[none]++
	}
	for _, e := range r.sources {
		c.source[e]++
	}
}

func (c *counter) types(r *row) {
	subject := c.entities[r.subject].Type
	c.class[c.place(subject)]++
	if r.object == none {
		return
	}
	if object := c.entities[r.object].Type; object != subject {
		c.class[c.place(object)]++
	}
}

func (c *counter) place(class string) int32 {
	at, ok := c.classes[class]
	if !ok {
		at = int32(len(c.classNames))
		c.classes[class], c.classNames = at, append(c.classNames, class)
	}
	return at
}

// documents counts each publisher and each month once.
func (c *counter) documents(r *row, publisher, published bool) {
	clear(c.seen)
	once := func(key string) bool {
		was := c.seen[key]
		c.seen[key] = true
		return !was
	}
	for _, at := range r.documents {
		d := &c.State.documents[at]
		if publisher && d.Publisher != "" && once("p"+d.house) {
			c.publisher[c.first(at)]++
		}
		if m := month(d.Published); published && m != "" && once("m"+m) {
			c.published[m]++
		}
	}
}

// first is the first document of the same publisher, which stands for it.
func (c *counter) first(document int32) int32 { return c.State.documents[document].first }

// month is a date's month, or its year where that is all that is known.
func month(date string) string {
	if _, _, ok := graph.Days(date); !ok {
		return ""
	}
	return date[:min(7, len(date))]
}

func (c *counter) facets() Facets {
	word := func(at int32) (string, string) { return c.words[at], "" }
	f := Facets{Total: c.total, Predicate: byCount(c.predicate, word), Event: byCount(c.event, word)}
	f.Source = byCount(c.source, func(at int32) (string, string) {
		if at == none {
			return "", ""
		}
		return c.entities[at].ID, c.entities[at].Label
	})
	f.Publisher = byCount(c.publisher, func(at int32) (string, string) { return c.State.documents[at].Publisher, "" })
	f.Type = byCount(c.class, func(at int32) (string, string) { return c.classNames[at], "" })
	f.Time, f.Published = byName(c.time), byName(c.published)
	for fact := schema.Asserted; fact <= schema.Negated; fact++ {
		if n := c.factuality[int32(fact)]; n > 0 {
			f.Factuality = append(f.Factuality, Value{Value: fact.String(), Count: n})
		}
	}
	for n := int32(1); n <= 3; n++ {
		if c.houses[n] > 0 {
			f.Publishers = append(f.Publishers, Value{Value: string(rune('0' + n)), Count: c.houses[n]})
		}
	}
	return f
}

// byCount lists the highest counts.
func byCount(t tally, name func(at int32) (value, label string)) []Value {
	list := make([]Value, 0, len(t))
	for at, n := range t {
		value, label := name(at)
		list = append(list, Value{value, label, n})
	}
	slices.SortFunc(list, func(a, b Value) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value)) })
	return list[:min(maxValues, len(list))]
}

// byName lists counts in order of the names.
func byName(counts map[string]int) []Value {
	list := make([]Value, 0, len(counts))
	for name, n := range counts {
		if name != "" {
			list = append(list, Value{Value: name, Count: n})
		}
	}
	slices.SortFunc(list, func(a, b Value) int { return strings.Compare(a.Value, b.Value) })
	return list
}

// Histogram counts claims by the month of their date.
func (s *State) Histogram(f Filter) []Value {
	counts := map[string]int{}
	for _, at := range s.find(f) {
		if d, ok := s.Date(s.rows[at].id); ok {
			counts[month(d.Value)]++
		}
	}
	return byName(counts)
}

// Publishers counts documents by publisher.
func (s *State) Publishers() []Value {
	t := tally{}
	for i := range s.documents {
		if s.documents[i].Publisher != "" {
			t[s.documents[i].first]++
		}
	}
	return byCount(t, func(at int32) (string, string) { return s.documents[at].Publisher, "" })
}

// Predicates lists the predicates that begin with prefix, or a word of which does, by claims; at most limit.
func (s *State) Predicates(prefix string, limit int) []Value {
	t := tally{}
	for at, n := range s.uses {
		if w := s.words[at]; n > 0 && (strings.HasPrefix(w, prefix) || strings.Contains(w, "_"+prefix)) {
			t[int32(at)] = n
		}
	}
	list := byCount(t, func(at int32) (string, string) { return s.words[at], "" })
	return list[:min(limit, len(list))]
}

// Sums are what a whole graph has.
type Sums struct {
	Corroborated, Disputed        int // claims of two publishers or more; contradictions
	FirstPublished, LastPublished string
}

// Sums adds up.
func (s *State) Sums() Sums {
	sums := Sums{Disputed: len(s.disputes)}
	for i := range s.rows {
		sums.Corroborated += b2i(s.rows[i].publishers > 1)
	}
	for i := range s.documents { // the newest first
		if p := s.documents[i].Published; p != "" {
			sums.FirstPublished, sums.LastPublished = p, max(sums.LastPublished, p)
		}
	}
	return sums
}
