package graph

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

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

// head is what filters ask of a claim: what it says, and which articles tell it.
type head struct {
	subject, object string // entity IDs; object is empty for a literal
	predicate       string
	factuality      schema.Factuality
	sources         []string // entity IDs
	time            string
	told            []telling // sorted by document
}

// telling is one article's version.
type telling struct {
	document   string
	confidence float64
	quotes     []schema.Term // ranges of the document
}

// head reads a claim's head from what documents say of it, which is not empty.
func (v *View) head(id string, told map[string]props) (h head, err error) {
	for doc, p := range told {
		if len(h.told) == 0 {
			if err := v.headSays(&h, p); err != nil {
				return h, fmt.Errorf("claim %s in document %s: %w", id, doc, err)
			}
		}
		confidence, err := strconv.ParseFloat(p.first(v.confidence), 64)
		if err != nil {
			return h, fmt.Errorf("claim %s in document %s: confidence: %w", id, doc, err)
		}
		h.told = append(h.told, telling{doc, confidence, p[v.derived]})
	}
	sort.Slice(h.told, func(i, j int) bool { return h.told[i].document < h.told[j].document })
	return h, nil
}

// headSays reads what every version has alike, for the claim's ID is made of it.
func (v *View) headSays(h *head, p props) error {
	s, err := p.one(v.subject)
	if err != nil {
		return err
	}
	o, err := p.one(v.object)
	if err != nil {
		return err
	}
	f, err := p.one(v.factuality)
	if err != nil {
		return err
	}
	if h.factuality, err = v.parseFactuality(f); err != nil {
		return err
	}
	h.subject, _ = local(s, v.nsEnt)
	h.object, _ = local(o, v.nsEnt)
	h.time = p.first(v.time)
	for _, t := range p[v.attributed] {
		source, _ := local(t, v.nsEnt)
		h.sources = append(h.sources, source)
	}
	h.predicate, err = v.predicateName(p)
	return err
}

// predicateName reads the local name of a claim's predicate.
func (v *vocab) predicateName(p props) (string, error) {
	t, err := p.one(v.predicate)
	if err != nil {
		return "", err
	}
	for _, namespace := range []string{v.nsClaim, v.nsDenied} {
		if name, ok := local(t, namespace); ok {
			return name, nil
		}
	}
	return "", fmt.Errorf("<%s> is no predicate of claims", t.Value)
}

// Support says how well a claim is supported by the articles that a filter lets through.
type Support struct {
	Factuality schema.Factuality
	Backing
	Confidence float64 // of the best version
}

// Sieve judges claims of one view by a filter. Not for concurrent use.
type Sieve struct {
	view       *View
	filter     Filter
	exempt     map[string]bool
	heads      map[string]head // of claims judged by ID
	publishers map[string]bool // folded, that fit
}

// Sieve returns a sieve that applies the filter. The entities in exempt are of any type, beside those that the filter names.
func (v *View) Sieve(f Filter, exempt ...string) *Sieve {
	s := &Sieve{view: v, filter: f, exempt: map[string]bool{f.Subject: true, f.Object: true, f.Entity: true}, heads: map[string]head{},
		publishers: map[string]bool{}}
	for _, id := range exempt {
		s.exempt[id] = true
	}
	for _, p := range f.Publishers {
		s.publishers[fold(p)] = true
	}
	return s
}

// Loosened returns a sieve without these fields of the filter. It shares what was read already.
func (s *Sieve) Loosened(c Criteria) *Sieve {
	loose := *s
	loose.filter = s.filter.Without(c)
	return &loose
}

// Judge returns the support of the claim with this ID, and the fields of the filter that it fails; none when it
// fits. Subject, Object, Entity and IDs are not looked at. ok is false when there is no such claim.
func (s *Sieve) Judge(ctx context.Context, id string) (u Support, failed Criteria, ok bool, err error) {
	h, ok := s.heads[id]
	if !ok {
		told, err := s.view.told(ctx, id)
		if err != nil || len(told) == 0 {
			return u, 0, false, err
		}
		if h, err = s.view.head(id, told); err != nil {
			return u, 0, false, err
		}
		s.heads[id] = h
	}
	u, _, failed, err = s.judge(ctx, &h)
	return u, failed, true, err
}

// judge returns the support of a claim, the articles that count, sorted, and the fields that it fails.
func (s *Sieve) judge(ctx context.Context, h *head) (u Support, documents []string, failed Criteria, err error) {
	told, failed, err := s.admitted(ctx, h)
	if err != nil {
		return u, nil, 0, err
	}
	u.Factuality = h.factuality
	for _, t := range told {
		documents = append(documents, t.document)
		u.Confidence = max(u.Confidence, t.confidence)
	}
	if u.Backing, err = s.backing(ctx, told); err != nil {
		return u, nil, 0, err
	}
	return u, documents, failed | s.filter.fails(h, u) | s.failsType(h), nil
}

// backing is BackingOf for the evidence of these versions. The quotes are read only where there are two or more to compare.
func (s *Sieve) backing(ctx context.Context, told []telling) (Backing, error) {
	var evidence []schema.Evidence
	articles := map[string]schema.Document{}
	for _, t := range told {
		var err error
		if articles[t.document], err = s.view.Article(ctx, t.document); err != nil {
			return Backing{}, err
		}
		for _, quote := range t.quotes {
			e := schema.Evidence{Document: t.document}
			if len(told) > 1 {
				p, err := s.view.aboutIn(ctx, in(s.view.nsDoc, t.document))(quote)
				if err != nil {
					return Backing{}, err
				}
				e.Quote = p.first(s.view.exact)
			}
			evidence = append(evidence, e)
		}
	}
	return BackingOf(evidence, articles), nil
}

// admitted returns the versions of the articles that may be looked at; when there is none, all of them, and why.
func (s *Sieve) admitted(ctx context.Context, h *head) (told []telling, failed Criteria, err error) {
	if !s.filter.articles() {
		return h.told, 0, nil
	}
	for _, t := range h.told {
		d, err := s.view.Article(ctx, t.document)
		if err != nil {
			return nil, 0, err
		}
		why := s.refuses(&d)
		failed |= why
		if why == 0 {
			told = append(told, t)
		}
	}
	if len(told) == 0 {
		return h.told, failed, nil
	}
	return told, 0, nil
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

// fails returns the fields, of those that speak of the claim itself, that it fails.
func (f *Filter) fails(h *head, u Support) (failed Criteria) {
	for c, fits := range map[Criteria]bool{
		ByPredicate:  len(f.Predicates) == 0 || slices.Contains(f.Predicates, h.predicate),
		ByAvoid:      !slices.Contains(f.Avoid, h.predicate),
		ByFactuality: len(f.Factuality) == 0 || slices.Contains(f.Factuality, h.factuality),
		BySource:     (f.Source == "" || slices.Contains(h.sources, f.Source)) && !(f.OwnVoice && len(h.sources) > 0),
		ByConfidence: u.Confidence >= f.MinConfidence,
		ByTime:       f.When.Overlaps(h.time),
		BySources:    u.Independent >= f.MinSources,
	} {
		if !fits {
			failed |= c
		}
	}
	return failed
}

func (s *Sieve) failsType(h *head) Criteria {
	if len(s.filter.Types) == 0 {
		return 0
	}
	for _, id := range []string{h.subject, h.object} {
		if id != "" && !s.exempt[id] && !s.ofType(s.view.table.byID[id].Type) {
			return ByType
		}
	}
	return 0
}

func (s *Sieve) ofType(class string) bool {
	return slices.ContainsFunc(s.filter.Types, func(t string) bool { return t == class || schema.Default().IsA(class, t) })
}

// joins says whether the claim stands where the filter's Subject, Object and Entity want it.
func (f *Filter) joins(h *head) bool {
	return (f.Subject == "" || f.Subject == h.subject) && (f.Object == "" || f.Object == h.object) &&
		(f.Entity == "" || f.Entity == h.subject || f.Entity == h.object)
}
