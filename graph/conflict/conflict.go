// Package conflict finds claims that contradict each other: one side denies what the other says, or says what
// cannot hold at the same time by the rules of the vocabulary (schema.Exclusion).
//
// What enters is a graph and a filter that chooses claims; what leaves are conflicts, each with all the claims of its
// sides, in an order that is the same for the same graph. Only claims that say that something is so, or that it is not, are
// compared: plans, wishes, attempts and possibilities contradict nobody. Claims whose times do not meet do not contradict
// each other, and neither does one voice within one article. Errors are those of the graph.
package conflict

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Kind says how the sides of a conflict exclude each other.
type Kind string

// The kinds, in the order in which they are listed.
const (
	Denied  Kind = "denied"  // what one side says is denied by the other
	Opposed Kind = "opposed" // two relations that exclude each other
	Rivals  Kind = "rivals"  // two claim what only one can have
	Values  Kind = "values"  // two values of what has one
	Numbers Kind = "numbers" // two numbers of those to whom one thing happened
)

// Kinds lists the kinds in their order.
func Kinds() []Kind { return []Kind{Denied, Opposed, Rivals, Values, Numbers} }

// Conflict is a set of claims of which at most one side holds.
type Conflict struct {
	Kind Kind
	// Denial is true where the article reports that somebody denies what is said: a claim and its denial, rather than
	// articles that say opposite things.
	Denial bool
	// Why says what the rule goes by; empty for Denied.
	Why string
	// Sides are two or more, in the order of what they say.
	Sides []Side
}

// Side is what one part of the sources says.
type Side struct {
	// Says is what this side says in particular: "yes" or "no", a predicate, a subject, a value.
	Says   string
	Claims []schema.Claim // sorted by ID
}

// Options choose what to look at; the zero value takes all.
type Options struct {
	// Filter chooses the claims that are compared.
	Filter graph.Filter
	// Entities are IDs of entities, of which the conflict must concern each, as subject or object.
	Entities []string
	// Kinds are those to look for; empty means all.
	Kinds []Kind
	// Outlines are those of all claims of the graph, when they are at hand; nil to read them.
	Outlines []graph.Outline
}

// MinConfidence is the least confidence of claims that are compared, whatever the filter says: below it a
// contradiction is more often an error of the extraction.
const MinConfidence = 0.5

// Find lists the conflicts in the graph at the moment of the view.
func Find(ctx context.Context, v *graph.View, vocabulary *schema.Vocabulary, o Options) ([]Conflict, error) {
	f := finder{vocabulary: vocabulary, published: map[string]span{}}
	if o.Outlines == nil {
		var err error
		if o.Outlines, err = v.Outlines(ctx); err != nil {
			return nil, err
		}
	}
	if o.Filter.IDs = f.candidates(o.Outlines); len(o.Filter.IDs) == 0 {
		return nil, nil
	}
	var claims []schema.Claim
	for c, err := range v.Claims(ctx, o.Filter) {
		if err != nil {
			return nil, fmt.Errorf("read claims to compare: %w", err)
		}
		claims = append(claims, c)
	}
	if err := f.read(ctx, v, claims); err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(f.compare(claims), func(c Conflict) bool { return !c.wanted(o) })
	slices.SortFunc(found, compareConflicts)
	return once(found, func(p string) bool { _, ok := vocabulary.Predicate(p); return ok }), nil
}

// wanted tells whether the options ask for a conflict.
func (c *Conflict) wanted(o Options) bool {
	if len(o.Kinds) > 0 && !slices.Contains(o.Kinds, c.Kind) {
		return false
	}
	for _, e := range o.Entities {
		if !slices.ContainsFunc(c.Claims(), func(k schema.Claim) bool {
			return k.Subject.ID == e || k.Object.Entity != nil && k.Object.Entity.ID == e
		}) {
			return false
		}
	}
	return true
}

// Claims are those of all sides.
func (c *Conflict) Claims() []schema.Claim {
	var all []schema.Claim
	for _, s := range c.Sides {
		all = append(all, s.Claims...)
	}
	return all
}

// compareConflicts puts what articles say against each other before denials that they report, then sorts by
// kind and by what is said.
func compareConflicts(a, b Conflict) int {
	if a.Denial != b.Denial {
		return map[bool]int{false: -1, true: 1}[a.Denial]
	}
	x, y := a.Sides[0].Claims[0], b.Sides[0].Claims[0]
	return cmp.Or(
		cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)),
		strings.Compare(x.Subject.ID, y.Subject.ID), strings.Compare(x.Predicate, y.Predicate),
		strings.Compare(objectKey(x.Object), objectKey(y.Object)), strings.Compare(x.ID, y.ID))
}

// objectKey is the same for objects that are the same thing.
func objectKey(v schema.Value) string {
	if v.Entity != nil {
		return "e" + v.Entity.ID
	}
	return "l" + strings.Join(strings.Fields(strings.ToLower(v.Literal)), " ")
}

// Evidence is that of all claims of the side.
func (s *Side) Evidence() []schema.Evidence {
	var all []schema.Evidence
	for i := range s.Claims {
		all = append(all, s.Claims[i].Evidence...)
	}
	return all
}

// once drops conflicts that stand on the same words as another one: one sentence often gives a claim with a
// canonical predicate and one with an open relation. The surer one stays.
func once(found []Conflict, canonical func(predicate string) bool) []Conflict {
	best := map[string]int{}
	var out []Conflict
	for _, c := range found {
		key := string(c.Kind)
		for _, s := range c.Sides {
			key += "\x00" + fmt.Sprint(ranges(s.Evidence()))
		}
		i, seen := best[key]
		switch {
		case !seen:
			best[key] = len(out)
			out = append(out, c)
		case better(c, out[i], canonical):
			out[i] = c
		}
	}
	return out
}

// ranges are the places of evidence, without the quotes, sorted.
func ranges(evidence []schema.Evidence) []string {
	var out []string
	for _, e := range evidence {
		out = append(out, fmt.Sprint(e.Document, " ", e.Start, " ", e.End))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func better(a, b Conflict, canonical func(string) bool) bool {
	x, y := a.Sides[0].Claims[0], b.Sides[0].Claims[0]
	if p, q := canonical(x.Predicate), canonical(y.Predicate); p != q {
		return p
	}
	return cmp.Or(cmp.Compare(scopes(y), scopes(x)), cmp.Compare(x.Confidence, y.Confidence), strings.Compare(y.ID, x.ID)) > 0
}

// scopes counts the things without a name in a claim, the subject twice.
func scopes(c schema.Claim) int {
	n := 0
	if schema.Scoped(c.Subject.ID) {
		n = 2
	}
	if c.Object.Entity != nil && schema.Scoped(c.Object.Entity.ID) {
		n++
	}
	return n
}
