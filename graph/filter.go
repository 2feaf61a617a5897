package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Filter chooses claims; every field that is set must fit. The zero Filter fits all. workspace.Choice makes one of
// what people write: flags of the commands, parameters of a URL.
//
// Document, Publishers and Published choose articles, and a claim is then what these articles alone make of it: its
// evidence, its confidence and its number of sources are theirs.
type Filter struct {
	// IDs are the claims to look at; After is the ID behind which they begin, for lists in parts.
	IDs   []string
	After string
	// Subject and Object are entity IDs; Entity is one that stands on either side.
	Subject, Object, Entity string
	// Predicates are local names; any of them fits. Those in Avoid do not.
	Predicates, Avoid []string
	// Factuality lists the values that fit.
	Factuality []schema.Factuality
	// Source is the entity ID of someone in the chain of sources. OwnVoice fits what has no source but the article.
	Source   string
	OwnVoice bool
	// MinConfidence is the least confidence of the best version.
	MinConfidence float64
	// When is when the thing claimed holds, at the precision known: any day of it in the span fits.
	When Span
	// Types are the types that fit for the entities that the claim joins, with the types below them in the vocabulary. What
	// Subject, Object and Entity name need not be of one, and a literal neither.
	Types []string
	// MinSources is the least number of independent sources, Backing.Independent.
	MinSources int

	// Documents are the IDs of the articles to look at.
	Documents []string
	// Published is when the article was published.
	Published Span
	// Publishers are publishers of the article, without regard to case and accents; any of them fits.
	Publishers []string
}

// Criteria is a set of fields of a Filter.
type Criteria uint16

// The fields of a Filter that may leave out a claim on the way of a search.
const (
	ByPredicate Criteria = 1 << iota
	ByAvoid
	ByFactuality
	BySource
	ByConfidence
	ByTime
	ByType
	BySources
	ByDocument
	ByPublished
	ByPublisher
	lastCriterion
)

var criterionNames = []string{"predicates", "avoided predicates", "factuality", "attribution", "confidence", "date",
	"types of entities", "number of sources", "documents", "date of publication", "publishers"}

// String names the fields, with commas between them.
func (c Criteria) String() string {
	var names []string
	for i, name := range criterionNames {
		if c&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Each returns the fields one by one.
func (c Criteria) Each() []Criteria {
	var each []Criteria
	for one := ByPredicate; one < lastCriterion; one <<= 1 {
		if c&one != 0 {
			each = append(each, one)
		}
	}
	return each
}

// Criteria returns the fields that are set, other than IDs, Subject, Object and Entity.
func (f *Filter) Criteria() (set Criteria) {
	for c, is := range map[Criteria]bool{
		ByPredicate: len(f.Predicates) > 0, ByAvoid: len(f.Avoid) > 0, ByFactuality: len(f.Factuality) > 0,
		BySource: f.Source != "" || f.OwnVoice, ByConfidence: f.MinConfidence > 0, ByTime: !f.When.IsZero(),
		ByType: len(f.Types) > 0, BySources: f.MinSources > 1, ByDocument: len(f.Documents) > 0,
		ByPublished: !f.Published.IsZero(), ByPublisher: len(f.Publishers) > 0,
	} {
		if is {
			set |= c
		}
	}
	return set
}

// Without returns the filter with these fields not set.
func (f Filter) Without(c Criteria) Filter {
	unset := func(one Criteria, clear func()) {
		if c&one != 0 {
			clear()
		}
	}
	unset(ByPredicate, func() { f.Predicates = nil })
	unset(ByAvoid, func() { f.Avoid = nil })
	unset(ByFactuality, func() { f.Factuality = nil })
	unset(BySource, func() { f.Source, f.OwnVoice = "", false })
	unset(ByConfidence, func() { f.MinConfidence = 0 })
	unset(ByTime, func() { f.When = Span{} })
	unset(ByType, func() { f.Types = nil })
	unset(BySources, func() { f.MinSources = 0 })
	unset(ByDocument, func() { f.Documents = nil })
	unset(ByPublished, func() { f.Published = Span{} })
	unset(ByPublisher, func() { f.Publishers = nil })
	return f
}

// articles says whether the filter chooses articles.
func (f *Filter) articles() bool { return f.Criteria()&(ByDocument|ByPublished|ByPublisher) != 0 }

// Support says how well a claim is supported by the articles that a filter lets through.
type Support struct {
	Factuality schema.Factuality
	Backing
	Confidence float64 // of the best version
}

// Sieve judges the claims of links by a filter. Not for concurrent use.
type Sieve struct {
	links      *Links
	filter     Filter
	exempt     map[string]bool
	publishers map[string]bool // folded, that fit
	source     store.ID        // 0 when no quad has it
	heads      map[store.ID]head
}

// Sieve returns a sieve that applies the filter, but not its Subject, Object, Entity, IDs and After. The entities in
// exempt are of any type, beside those that the filter names.
func (l *Links) Sieve(f Filter, exempt ...string) (*Sieve, error) {
	s := &Sieve{links: l, filter: f, exempt: map[string]bool{f.Subject: true, f.Object: true, f.Entity: true}, heads: map[store.ID]head{},
		publishers: map[string]bool{}}
	for _, id := range exempt {
		s.exempt[id] = true
	}
	for _, p := range f.Publishers {
		s.publishers[fold(p)] = true
	}
	if f.Source != "" {
		id, ok, err := l.Entity(f.Source)
		if err != nil {
			return nil, err
		}
		if ok {
			s.source = id
		}
	}
	return s, nil
}

// Loosened returns a sieve without these fields of the filter. It shares what was read already.
func (s *Sieve) Loosened(c Criteria) *Sieve {
	loose := *s
	loose.filter = s.filter.Without(c)
	return &loose
}

// Verdict is what a sieve says of a claim.
type Verdict struct {
	Support
	// Failed are the fields of the filter that the claim fails; none when it fits.
	Failed Criteria
	// Articles are the IDs of the articles that count, when the filter chooses articles; else it is empty.
	Articles []string
}

// Judge says how well a claim is supported, and whether it fits. Documents is 0 when there is no such claim.
func (s *Sieve) Judge(ctx context.Context, claim store.ID) (v Verdict, err error) {
	h, known := s.heads[claim]
	if !known {
		if h, err = s.links.head(ctx, claim); err != nil {
			return v, fmt.Errorf("read the support of a claim: %w", err)
		}
		if s.heads != nil {
			s.heads[claim] = h
		}
	}
	if v, err = s.judge(ctx, &h); err != nil {
		return v, fmt.Errorf("read the support of a claim: %w", err)
	}
	return v, nil
}

func (s *Sieve) judge(ctx context.Context, h *head) (v Verdict, err error) {
	told := h.told
	if s.filter.articles() {
		if told, v.Articles, v.Failed, err = s.admitted(ctx, h); err != nil {
			return v, err
		}
	}
	v.Factuality = h.factuality
	for _, t := range told {
		v.Confidence = max(v.Confidence, t.confidence)
	}
	if v.Backing, err = s.backing(ctx, told); err != nil {
		return v, err
	}
	said, err := s.says(ctx, h, v.Support)
	if err != nil {
		return v, err
	}
	v.Failed |= said
	ok, err := s.timely(told)
	if !ok {
		v.Failed |= ByTime
	}
	return v, err
}

// timely says whether the time of a claim fits. Versions differ only in times that are inferred, of which the earliest
// stands for the claim.
func (s *Sieve) timely(told []telling) (bool, error) {
	if s.filter.When.IsZero() {
		return true, nil
	}
	earliest := ""
	for _, t := range told {
		value, err := s.links.ids.Term(t.time)
		if err != nil {
			return false, err
		}
		if earliest == "" || value.Value != "" && value.Value < earliest {
			earliest = value.Value
		}
	}
	return s.filter.When.Overlaps(earliest), nil
}

// backing is BackingOf for the evidence of these versions. One version needs no look at its article, nor at its quotes.
func (s *Sieve) backing(ctx context.Context, told []telling) (b Backing, err error) {
	if len(told) == 1 {
		return Backing{Documents: 1, Publishers: 1, Independent: 1}, nil
	}
	var evidence []schema.Evidence
	articles := map[string]schema.Document{}
	for _, t := range told {
		d, err := s.links.article(ctx, t.document)
		if err != nil {
			return b, err
		}
		articles[d.ID] = d
		for _, place := range t.quotes {
			quote, err := s.links.quote(ctx, t.document, place)
			if err != nil {
				return b, err
			}
			evidence = append(evidence, schema.Evidence{Document: d.ID, Quote: quote})
		}
	}
	return BackingOf(evidence, articles), nil
}

// admitted returns the versions of the articles that may be looked at; when there is none, all of them, and why.
func (s *Sieve) admitted(ctx context.Context, h *head) (told []telling, documents []string, failed Criteria, err error) {
	for _, t := range h.told {
		d, err := s.links.article(ctx, t.document)
		if err != nil {
			return nil, nil, 0, err
		}
		why := s.refuses(&d)
		failed |= why
		if why == 0 {
			told, documents = append(told, t), append(documents, d.ID)
		}
	}
	if len(told) == 0 {
		return h.told, nil, failed, nil
	}
	return told, documents, 0, nil
}

// refuses returns the fields that an article fails.
func (s *Sieve) refuses(d *schema.Document) (why Criteria) {
	f := &s.filter
	if len(f.Documents) > 0 && !slices.Contains(f.Documents, d.ID) {
		why |= ByDocument
	}
	if !f.Published.Overlaps(d.Published) {
		why |= ByPublished
	}
	if len(f.Publishers) > 0 && !s.publishers[fold(d.Publisher)] {
		why |= ByPublisher
	}
	return why
}

// says returns the fields, of those that speak of the claim itself, that it fails.
func (s *Sieve) says(ctx context.Context, h *head, u Support) (failed Criteria, err error) {
	f := &s.filter
	refuse := func(c Criteria, when bool) {
		if when {
			failed |= c
		}
	}
	refuse(ByFactuality, len(f.Factuality) > 0 && !slices.Contains(f.Factuality, u.Factuality))
	refuse(BySource, f.Source != "" && (s.source == 0 || !slices.Contains(h.sources, s.source)) || f.OwnVoice && len(h.sources) > 0)
	refuse(ByConfidence, u.Confidence < f.MinConfidence)
	refuse(BySources, u.Independent < f.MinSources)
	if len(f.Predicates)+len(f.Avoid) > 0 {
		name, err := s.links.Predicate(h.predicate)
		if err != nil {
			return failed, err
		}
		refuse(ByPredicate, len(f.Predicates) > 0 && !slices.Contains(f.Predicates, name))
		refuse(ByAvoid, slices.Contains(f.Avoid, name))
	}
	if len(f.Types) > 0 {
		ok, err := s.typed(ctx, h)
		if err != nil {
			return failed, err
		}
		refuse(ByType, !ok)
	}
	return failed, nil
}

// typed says whether the entities of a claim are of the types wanted.
func (s *Sieve) typed(ctx context.Context, h *head) (bool, error) {
	for _, node := range []store.ID{h.subject, h.object} {
		id, ok, err := s.links.Name(node)
		if err != nil {
			return false, err
		}
		if !ok || s.exempt[id] {
			continue
		}
		e, _, err := s.links.view.Entity(ctx, id)
		if err != nil || !s.ofType(e.Type) {
			return false, err
		}
	}
	return true, nil
}

func (s *Sieve) ofType(class string) bool {
	return slices.ContainsFunc(s.filter.Types, func(t string) bool { return t == class || schema.Default().IsA(class, t) })
}
