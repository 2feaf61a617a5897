package path

import (
	"cmp"
	"slices"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// byEdge are the fields of a filter that a link's predicate tells without its claim.
const byEdge = graph.ByPredicate | graph.ByAvoid

// sieve says which links of a web may be gone over, and what they cost.
type sieve struct {
	web        *web
	filter     graph.Filter
	judge      *graph.Sieve
	shallow    bool // the filter asks for the predicate
	deep       bool // the filter asks for more
	negated    bool // negated claims may be gone over
	predicates map[store.ID]graph.Criteria
	verdicts   map[store.ID]graph.Verdict
	mentions   map[store.ID]bool           // predicates that are mere mentions
	left       map[store.ID]graph.Criteria // claims that were left out, and why
}

func (w *web) sieve(f graph.Filter, exempt ...string) (*sieve, error) {
	judge, err := w.links.Sieve(f, exempt...)
	if err != nil {
		return nil, err
	}
	return &sieve{web: w, filter: f, judge: judge, shallow: f.Criteria()&byEdge != 0, deep: f.Criteria()&^byEdge != 0, negated: slices.Contains(f.Factuality, schema.Negated),
		predicates: map[store.ID]graph.Criteria{}, verdicts: map[store.ID]graph.Verdict{}, mentions: map[store.ID]bool{}, left: map[store.ID]graph.Criteria{}}, nil
}

// fits says whether the filter lets a link through, and notes what it leaves out. Negated claims that nobody asked for
// are not noted.
func (s *sieve) fits(l graph.Link) (bool, error) {
	if l.Denied && !s.negated {
		return false, nil
	}
	var failed graph.Criteria
	var err error
	if s.shallow {
		failed, err = s.byPredicate(l.Predicate)
	}
	if err == nil && s.deep && failed == 0 {
		var v graph.Verdict
		v, err = s.verdict(l.Claim)
		failed = v.Failed &^ byEdge
	}
	if failed != 0 {
		s.left[l.Claim] |= failed
	}
	return failed == 0, err
}

func (s *sieve) byPredicate(id store.ID) (graph.Criteria, error) {
	failed, known := s.predicates[id]
	if known {
		return failed, nil
	}
	name, err := s.web.links.Predicate(id)
	if err != nil {
		return 0, err
	}
	if len(s.filter.Predicates) > 0 && !slices.Contains(s.filter.Predicates, name) {
		failed |= graph.ByPredicate
	}
	if slices.Contains(s.filter.Avoid, name) {
		failed |= graph.ByAvoid
	}
	s.predicates[id] = failed
	return failed, nil
}

func (s *sieve) verdict(claim store.ID) (graph.Verdict, error) {
	v, known := s.verdicts[claim]
	if known {
		return v, nil
	}
	if err := s.web.spend(1); err != nil {
		return v, err
	}
	v, err := s.judge.Judge(s.web.ctx, claim)
	if err == nil {
		s.verdicts[claim] = v
	}
	return v, err
}

// cost is how badly claims are supported; the parts add up along a path and are compared in this order. They are whole
// numbers so that sums do not depend on their order.
type cost struct {
	fact    int // 0 for asserted, the number of the factuality otherwise
	sources int // a million over the number of independent sources
	doubt   int // a million times what confidence lacks to 1
}

func (c cost) plus(d cost) cost {
	return cost{c.fact + d.fact, c.sources + d.sources, c.doubt + d.doubt}
}

func (c cost) compare(d cost) int {
	return cmp.Or(cmp.Compare(c.fact, d.fact), cmp.Compare(c.sources, d.sources), cmp.Compare(c.doubt, d.doubt))
}

const million = 1_000_000

func costOf(u graph.Support) cost {
	return cost{int(u.Factuality), million / max(1, u.Independent), int((1-u.Confidence)*million + 0.5)}
}

// mention is the predicate of who merely speaks of somebody: it tells less of how the two hang together than any deed.
const mention = "speaks_of"

func (s *sieve) isMention(predicate store.ID) (bool, error) {
	mere, known := s.mentions[predicate]
	if !known {
		name, err := s.web.links.Predicate(predicate)
		if err != nil {
			return false, err
		}
		mere = name == mention
		s.mentions[predicate] = mere
	}
	return mere, nil
}

// strand is one claim of a tie.
type strand struct {
	link    graph.Link
	verdict graph.Verdict
	cost    cost

	predicate, claim string // names, for those of a tie that has others
}

// tie is what joins two entities: the claims between them that may be gone over, the best first.
type tie []strand

// weigh makes a tie of those links that forward takes and the filter lets through.
func (s *sieve) weigh(arms []arm, forward func(graph.Link) bool) (t tie, err error) {
	for _, a := range arms {
		ok := forward(a.link)
		if ok {
			ok, err = s.fits(a.link)
		}
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		x := strand{link: a.link}
		if x.verdict, err = s.verdict(a.link.Claim); err != nil {
			return nil, err
		}
		x.cost = costOf(x.verdict.Support)
		if mere, err := s.isMention(a.link.Predicate); err != nil {
			return nil, err
		} else if mere {
			x.cost.sources += million
		}
		t = append(t, x)
	}
	if len(t) < 2 {
		return t, nil
	}
	for i := range t {
		if t[i].predicate, err = s.web.links.Predicate(t[i].link.Predicate); err != nil {
			return nil, err
		}
		if t[i].claim, err = s.web.links.ClaimID(t[i].link.Claim); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(t, func(a, b strand) int {
		return cmp.Or(a.cost.compare(b.cost), cmp.Compare(a.predicate, b.predicate), cmp.Compare(a.claim, b.claim))
	})
	return t, nil
}

// claims reads the best claims of a tie, at most that many.
func (s *sieve) claims(t tie, most int) ([]schema.Claim, error) {
	list := make([]schema.Claim, 0, min(most, len(t)))
	for _, x := range t[:min(most, len(t))] {
		c, err := s.web.links.Claim(s.web.ctx, x.link.Claim, x.verdict.Articles)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}
