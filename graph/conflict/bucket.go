package conflict

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// finder compares claims.
type finder struct {
	vocabulary *schema.Vocabulary
	published  map[string]span // by document
}

// bucket holds claims that may contradict each other by one rule.
type bucket struct {
	key  string
	rule *schema.Exclusion // nil for denial
}

// buckets gives the buckets that a claim belongs to. object is as objectKey has it; time is the value of its time.
func (f *finder) buckets(subject, predicate, object, time string, negated bool) []bucket {
	list := []bucket{{key: strings.Join([]string{"denied", subject, predicate, object}, "\x00")}}
	if negated {
		return list
	}
	for _, x := range f.vocabulary.Exclusions(predicate) {
		key := []string{string(x.Kind), strings.Join(x.Predicates, "|")}
		switch x.Kind {
		case schema.Opposed:
			key = append(key, subject, object)
		case schema.OneSubject:
			key = append(key, object)
		case schema.OneObject:
			key = append(key, subject)
		case schema.Total:
			if time == "" {
				continue
			}
			key = append(key, time)
		}
		list = append(list, bucket{strings.Join(key, "\x00"), &x})
	}
	return list
}

// side is what tells the claims of a bucket apart.
func (b bucket) side(subject, predicate, object string, negated bool) string {
	switch {
	case b.rule == nil:
		return strconv.FormatBool(!negated)
	case b.rule.Kind == schema.Opposed:
		return predicate
	case b.rule.Kind == schema.OneSubject:
		return subject
	}
	return object
}

// candidates are the IDs of the claims in buckets with more than one side, by their outlines.
func (f *finder) candidates(outlines []graph.Outline) []string {
	type entry struct {
		side string
		ids  []string
		many bool
	}
	all := map[string]*entry{}
	for i := range outlines {
		o := &outlines[i]
		object := "e" + o.Object
		if o.Object == "" {
			object = objectKey(schema.Value{Literal: o.Literal})
		}
		negated := o.Factuality == schema.Negated
		if o.Confidence < MinConfidence || !negated && !told(o.Factuality) {
			continue
		}
		for _, b := range f.buckets(o.Subject, o.Predicate, object, o.Time, negated) {
			side := b.side(o.Subject, o.Predicate, object, negated)
			e := all[b.key]
			if e == nil {
				e = &entry{side: side}
				all[b.key] = e
			}
			e.many = e.many || e.side != side || b.rule != nil && b.rule.Kind == schema.Total
			e.ids = append(e.ids, o.ID)
		}
	}
	var ids []string
	for _, e := range all {
		if e.many && len(e.ids) > 1 {
			ids = append(ids, e.ids...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// told tells whether somebody says that it is so.
func told(f schema.Factuality) bool {
	return f == schema.Asserted || f == schema.Reported || f == schema.Alleged
}

// firm tells whether a claim says that something is so or is not so, and nothing of plans or tries.
func firm(c *schema.Claim) bool {
	if c.Confidence < MinConfidence || c.Factuality != schema.Negated && !told(c.Factuality) {
		return false
	}
	return !slices.ContainsFunc(c.Flags, func(f schema.Factuality) bool { return f != schema.Negated && !told(f) })
}

// read finds out when the articles of the claims' evidence were published.
func (f *finder) read(ctx context.Context, v *graph.View, claims []schema.Claim) error {
	links := v.Links()
	defer links.Close()
	for i := range claims {
		for _, e := range claims[i].Evidence {
			if _, ok := f.published[e.Document]; ok {
				continue
			}
			d, err := links.Article(ctx, e.Document)
			if err != nil {
				return fmt.Errorf("read document %s: %w", e.Document, err)
			}
			f.published[e.Document], _ = days(d.Published)
		}
	}
	return nil
}

// compare sorts claims into buckets and compares those of each.
func (f *finder) compare(claims []schema.Claim) []Conflict {
	filled := map[string][]*schema.Claim{}
	rules := map[string]bucket{}
	var keys []string
	for i := range claims {
		c := &claims[i]
		if !firm(c) {
			continue
		}
		for _, b := range f.buckets(c.Subject.ID, c.Predicate, objectKey(c.Object), timeOf(c), c.Factuality == schema.Negated) {
			if _, seen := rules[b.key]; !seen {
				rules[b.key] = b
				keys = append(keys, b.key)
			}
			filled[b.key] = append(filled[b.key], c)
		}
	}
	var out []Conflict
	for _, key := range keys {
		if c, ok := f.conflict(rules[key], filled[key]); ok {
			out = append(out, c)
		}
	}
	return out
}

// timeOf is the value of the time that the words of a claim give; an inferred one is no more than a guess.
func timeOf(c *schema.Claim) string {
	if c.Time == nil || c.Time.Text == "" {
		return ""
	}
	return c.Time.Value
}
