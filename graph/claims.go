package graph

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"

	"newsgraph/schema"
)

// Filter chooses claims; every field that is set must fit. The zero Filter fits all.
type Filter struct {
	// IDs are the claims to look at.
	IDs []string
	// Subject and Object are entity IDs; Entity is one that stands on either side.
	Subject, Object, Entity string
	// Predicates are local names; any of them fits.
	Predicates []string
	// Factuality lists the values that fit.
	Factuality []schema.Factuality
	// Source is the entity ID of someone in the chain of sources.
	Source string
	// Document is a document ID: only its version of each claim, with its evidence alone.
	Document string
	// MinConfidence is the least confidence of the best version.
	MinConfidence float64
}

// Claims yields the claims that fit, sorted by ID, as they are when the walk begins. The versions of
// several documents are one claim with all the evidence; wording, time and place come from the version
// with the highest confidence. It ends after an error.
func (g *Graph) Claims(ctx context.Context, f Filter) iter.Seq2[schema.Claim, error] {
	return func(yield func(schema.Claim, error) bool) {
		v := g.View()
		defer v.Close()
		ids, err := v.candidates(ctx, f)
		if err != nil {
			yield(schema.Claim{}, fmt.Errorf("look up claims: %w", err))
			return
		}
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				yield(schema.Claim{}, err)
				return
			}
			c, ok, err := v.claim(ctx, id, f.Document)
			if err != nil {
				yield(schema.Claim{}, err)
				return
			}
			if ok && f.fits(&c) && !yield(c, nil) {
				return
			}
		}
	}
}

// Claim returns the claim with this ID; ok is false when there is none.
func (g *Graph) Claim(ctx context.Context, id string) (c schema.Claim, ok bool, err error) {
	v := g.View()
	defer v.Close()
	return v.claim(ctx, id, "")
}

// candidates returns the IDs of all claims that may fit, sorted, by the narrowest index at hand.
func (v *View) candidates(ctx context.Context, f Filter) ([]string, error) {
	if len(f.IDs) > 0 {
		ids := slices.Clone(f.IDs)
		slices.Sort(ids)
		return slices.Compact(ids), nil
	}
	seen := map[string]bool{}
	for _, p := range v.patterns(f) {
		err := v.r.Match(ctx, p, func(q schema.Quad) error {
			if id, ok := local(q.Subject, v.nsID); ok {
				seen[id] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	ids := make([]string, 0, len(seen))
	for id := range seen {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids, nil
}

// patterns returns patterns of quads whose subjects are the candidates.
func (v *vocab) patterns(f Filter) []schema.Quad {
	ent := func(id string) schema.Term { return in(v.nsEnt, id) }
	switch {
	case f.Subject != "":
		return []schema.Quad{{Predicate: v.subject, Object: ent(f.Subject)}}
	case f.Object != "":
		return []schema.Quad{{Predicate: v.object, Object: ent(f.Object)}}
	case f.Entity != "":
		return []schema.Quad{{Predicate: v.subject, Object: ent(f.Entity)}, {Predicate: v.object, Object: ent(f.Entity)}}
	case f.Source != "":
		return []schema.Quad{{Predicate: v.attributed, Object: ent(f.Source)}}
	case f.Document != "":
		return []schema.Quad{{Predicate: v.subject, Graph: in(v.nsDoc, f.Document)}}
	case len(f.Predicates) > 0:
		var ps []schema.Quad
		for _, p := range f.Predicates {
			ps = append(ps, schema.Quad{Predicate: v.predicate, Object: in(v.nsClaim, p)},
				schema.Quad{Predicate: v.predicate, Object: in(v.nsDenied, p)})
		}
		return ps
	}
	return []schema.Quad{{Predicate: v.subject}}
}

// claim reads one claim, merged over all documents, or as one document tells it.
func (v *View) claim(ctx context.Context, id, document string) (c schema.Claim, ok bool, err error) {
	node := in(v.nsID, id)
	pattern := schema.Quad{Subject: node}
	if document != "" {
		pattern.Graph = in(v.nsDoc, document)
	}
	told := map[string]props{}
	err = v.r.Match(ctx, pattern, func(q schema.Quad) error {
		if doc, ok := local(q.Graph, v.nsDoc); ok {
			if told[doc] == nil {
				told[doc] = props{}
			}
			told[doc].add(q)
		}
		return nil
	})
	if err != nil || len(told) == 0 {
		return c, false, err
	}
	versions := make([]schema.Claim, 0, len(told))
	for doc, p := range told {
		version, err := decoder{v.vocab, v.table}.claim(id, doc, p, v.aboutIn(ctx, in(v.nsDoc, doc)))
		if err != nil {
			return c, false, err
		}
		versions = append(versions, version)
	}
	return merge(versions), true, nil
}

func (f *Filter) fits(c *schema.Claim) bool {
	object := ""
	if c.Object.Entity != nil {
		object = c.Object.Entity.ID
	}
	return (f.Subject == "" || f.Subject == c.Subject.ID) &&
		(f.Object == "" || f.Object == object) &&
		(f.Entity == "" || f.Entity == c.Subject.ID || f.Entity == object) &&
		(len(f.Predicates) == 0 || slices.Contains(f.Predicates, c.Predicate)) &&
		(len(f.Factuality) == 0 || slices.Contains(f.Factuality, c.Factuality)) &&
		(f.Source == "" || slices.ContainsFunc(c.Attribution, func(e schema.Entity) bool { return e.ID == f.Source })) &&
		c.Confidence >= f.MinConfidence
}

// Documents yields all documents with their texts, sorted by ID. It ends after an error.
func (g *Graph) Documents(ctx context.Context) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
		v := g.View()
		defer v.Close()
		ids, err := v.documentIDs(ctx)
		if err != nil {
			yield(schema.Document{}, fmt.Errorf("look up documents: %w", err))
			return
		}
		for _, id := range ids {
			d, _, err := v.documentByID(ctx, id)
			if err != nil {
				yield(schema.Document{}, err)
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// Document returns the document with this ID; ok is false when there is none.
func (g *Graph) Document(ctx context.Context, id string) (d schema.Document, ok bool, err error) {
	v := g.View()
	defer v.Close()
	return v.documentByID(ctx, id)
}

func (v *View) documentIDs(ctx context.Context) ([]string, error) {
	var ids []string
	err := v.r.Match(ctx, schema.Quad{Predicate: v.typ, Object: v.article}, func(q schema.Quad) error {
		if id, ok := local(q.Subject, v.nsDoc); ok && q.Graph == q.Subject {
			ids = append(ids, id)
		}
		return nil
	})
	sort.Strings(ids)
	return ids, err
}

func (v *View) documentByID(ctx context.Context, id string) (d schema.Document, ok bool, err error) {
	node := in(v.nsDoc, id)
	p, err := v.aboutIn(ctx, node)(node)
	if err != nil || len(p) == 0 {
		return d, false, err
	}
	d, err = v.document(id, p)
	return d, err == nil, err
}
