package catalog

import (
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Filter chooses claims; every field that is set must fit. The zero Filter fits all. Entities and documents go by ID.
type Filter struct {
	// Entity stands on either side; Source somewhere in the chain of sources.
	Entity, Subject, Object, Source, Document string
	// Any of the values fits.
	Types, Predicates, Events, Publishers []string
	Factuality                            []schema.Factuality
	// Since and Until are about the time that the claim speaks of, else the date of publication; ISO dates of any precision.
	Since, Until string
	// PublishedSince and PublishedUntil are about the articles that tell it: one of them must fit.
	PublishedSince, PublishedUntil string
	MinPublishers, MaxPublishers   int // 0 for no bound
	MinConfidence                  float64
	// Text are words that stand at the beginning of words of subject, predicate, object or literal.
	Text string
	// Attributed asks whether somebody is named as the source, Disputed whether another claim says the contrary; nil for both.
	Attributed, Disputed *bool
}

// part is a part of a filter that has a facet, or the rest of it.
type part uint16

const (
	byPredicate part = 1 << iota
	byFactuality
	bySource
	byPublisher
	byEvent
	byType
	byTime
	byPublished
	byPublishers
	byRest
)

// sieve is a filter made ready for many rows.
type sieve struct {
	*State
	f                                Filter
	entity, subject, object          int32 // none: any
	source, document                 int32
	unknown                          bool // it names something that is not there, so nothing fits
	predicates, events               map[int32]bool
	factuality                       [schema.Negated + 1]bool
	publishers                       map[string]bool
	ofTypes                          func(int32) bool
	words                            []string
	since, until, pubSince, pubUntil string
}

func (s *State) sieve(f Filter) *sieve {
	v := &sieve{State: s, f: f, ofTypes: s.ofType(f.Types), words: strings.Fields(graph.Fold(f.Text))}
	for _, p := range []struct {
		id string
		at map[string]int32
		to *int32
	}{{f.Entity, s.entityAt, &v.entity}, {f.Subject, s.entityAt, &v.subject}, {f.Object, s.entityAt, &v.object},
		{f.Source, s.entityAt, &v.source}, {f.Document, s.documentAt, &v.document}} {
		*p.to = none
		if p.id == "" {
			continue
		}
		at, ok := p.at[p.id]
		*p.to, v.unknown = at, v.unknown || !ok
	}
	v.predicates, v.events = s.wordSet(f.Predicates), s.wordSet(f.Events)
	for _, fact := range f.Factuality {
		v.factuality[fact] = true
	}
	v.publishers = map[string]bool{}
	for _, p := range f.Publishers {
		v.publishers[graph.Fold(p)] = true
	}
	v.since, _, _ = graph.Days(f.Since)
	_, v.until, _ = graph.Days(f.Until)
	v.pubSince, _, _ = graph.Days(f.PublishedSince)
	_, v.pubUntil, _ = graph.Days(f.PublishedUntil)
	return v
}

func (s *State) wordSet(words []string) map[int32]bool {
	set := map[int32]bool{}
	for _, w := range words {
		if at, ok := slices.BinarySearch(s.words, w); ok {
			set[int32(at)] = true
		}
	}
	return set
}

// candidates returns the shortest list at hand of rows that may fit; all is true for all rows.
func (v *sieve) candidates() (rows []int32, all bool) {
	all = true
	for _, list := range []struct {
		at int32
		of [][]int32
	}{{v.entity, v.ofEntity}, {v.subject, v.ofEntity}, {v.object, v.ofEntity}, {v.source, v.ofSource}, {v.document, v.ofDocument}} {
		if list.at != none && (all || len(list.of[list.at]) < len(rows)) {
			rows, all = list.of[list.at], false
		}
	}
	return rows, all
}

// each calls f for every row and the parts of the filter that it fails, none for one that fits.
func (v *sieve) each(f func(at int32, r *row, failed part)) {
	if v.unknown {
		return
	}
	rows, all := v.candidates()
	if all {
		for i := range v.rows {
			f(int32(i), &v.rows[i], v.failed(&v.rows[i]))
		}
		return
	}
	for _, at := range rows {
		f(at, &v.rows[at], v.failed(&v.rows[at]))
	}
}

// failed returns the parts of the filter that a row fails.
func (v *sieve) failed(r *row) (failed part) {
	fail := func(p part, fits bool) {
		if !fits {
			failed |= p
		}
	}
	fail(byRest, v.stands(r) && float64(r.confidence) >= v.f.MinConfidence-1e-6 && v.asked(r))
	if failed != 0 {
		return failed | byPredicate // fails for every facet
	}
	fail(byPredicate, len(v.f.Predicates) == 0 || v.predicates[r.predicate])
	fail(byEvent, len(v.f.Events) == 0 || v.events[r.event])
	fail(byFactuality, len(v.f.Factuality) == 0 || v.factuality[r.factuality])
	fail(bySource, v.source == none || slices.Contains(r.sources, v.source))
	fail(byTime, v.inTime(r))
	fail(byPublishers, int(r.publishers) >= v.f.MinPublishers && (v.f.MaxPublishers == 0 || int(r.publishers) <= v.f.MaxPublishers))
	fail(byType, len(v.f.Types) == 0 || v.ofTypes(r.subject) || r.object != none && v.ofTypes(r.object))
	fail(byPublisher, len(v.f.Publishers) == 0 || v.published(r, func(d *Document) bool { return v.publishers[d.house] }))
	fail(byPublished, v.inPublished(r))
	return failed
}

// stands says whether entities and document stand where the filter wants them.
func (v *sieve) stands(r *row) bool {
	return (v.entity == none || r.subject == v.entity || r.object == v.entity) && (v.subject == none || r.subject == v.subject) &&
		(v.object == none || r.object == v.object) && (v.document == none || slices.Contains(r.documents, v.document))
}

// asked says whether the row is as the filter asks it in words and by yes or no.
func (v *sieve) asked(r *row) bool {
	return (v.f.Attributed == nil || *v.f.Attributed == (len(r.sources) > 0)) && (v.f.Disputed == nil || *v.f.Disputed == r.disputed) &&
		(len(v.words) == 0 || v.says(r))
}

// says says whether the words typed begin words of the claim.
func (v *sieve) says(r *row) bool {
	text := v.entities[r.subject].folded[0] + " " + strings.ReplaceAll(v.State.words[r.predicate], "_", " ")
	if r.object != none {
		text += " " + v.entities[r.object].folded[0]
	} else {
		text += " " + graph.Fold(r.literal)
	}
	return beginAll(strings.Fields(text), v.words)
}

func (v *sieve) inTime(r *row) bool {
	if v.since == "" && v.until == "" {
		return true
	}
	return r.from != "" && (v.since == "" || r.to >= v.since) && (v.until == "" || r.from <= v.until)
}

func (v *sieve) inPublished(r *row) bool {
	if v.pubSince == "" && v.pubUntil == "" {
		return true
	}
	return v.published(r, func(d *Document) bool {
		first, last, ok := graph.Days(d.Published)
		return ok && (v.pubSince == "" || last >= v.pubSince) && (v.pubUntil == "" || first <= v.pubUntil)
	})
}

// published says whether one of the claim's documents fits.
func (v *sieve) published(r *row, fits func(d *Document) bool) bool {
	return slices.ContainsFunc(r.documents, func(at int32) bool { return fits(&v.documents[at]) })
}
