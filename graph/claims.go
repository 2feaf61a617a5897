package graph

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Claims yields the claims that fit, sorted by ID, as they are when the walk begins. The versions of
// several documents are one claim with all the evidence; wording, time and place come from the version
// with the highest confidence. It ends after an error.
func (g *Graph) Claims(ctx context.Context, f Filter) iter.Seq2[schema.Claim, error] {
	return func(yield func(schema.Claim, error) bool) {
		v := g.View()
		defer v.Close()
		v.Claims(ctx, f)(yield)
	}
}

// Claims is Graph.Claims at the moment of the view.
func (v *View) Claims(ctx context.Context, f Filter) iter.Seq2[schema.Claim, error] {
	return func(yield func(schema.Claim, error) bool) {
		ids, err := v.candidates(ctx, f)
		if err != nil {
			yield(schema.Claim{}, fmt.Errorf("look up claims: %w", err))
			return
		}
		r := &claimReader{Links: v.Links(), filter: f}
		defer r.Close() // what failed there has come out of its reads
		for _, id := range ids {
			c, ok, err := r.read(ctx, id)
			if err != nil {
				yield(schema.Claim{}, err)
				return
			}
			if ok && !yield(c, nil) {
				return
			}
		}
	}
}

// claimReader reads the claims that fit a filter.
type claimReader struct {
	*Links
	filter Filter
	sieve  *Sieve // nil until a claim must be judged
}

// read reads the claim with this ID, as the articles that count tell it; ok is false when it does not fit.
func (r *claimReader) read(ctx context.Context, id string) (c schema.Claim, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return c, false, err
	}
	node, ok, err := r.ids.Find(in(r.view.nsID, id))
	if err != nil || !ok {
		return c, false, err
	}
	var verdict Verdict
	if r.filter.Criteria() != 0 {
		if verdict, err = r.judge(ctx, node); err != nil || verdict.Failed != 0 || verdict.Documents == 0 {
			return c, false, err
		}
	}
	told, err := r.Links.read(ctx, id, node)
	if err != nil || len(told.told) == 0 {
		return c, false, err
	}
	if c, err = r.decode(ctx, told, verdict.Articles); err != nil {
		return c, false, err
	}
	return c, r.filter.joins(&c), nil
}

func (r *claimReader) judge(ctx context.Context, claim store.ID) (v Verdict, err error) {
	if r.sieve == nil {
		if r.sieve, err = r.Sieve(r.filter); err != nil {
			return v, err
		}
		r.sieve.heads = nil // each claim is judged once
	}
	return r.sieve.Judge(ctx, claim)
}

// joins says whether the claim stands where the filter's Subject, Object and Entity want it.
func (f *Filter) joins(c *schema.Claim) bool {
	object := ""
	if c.Object.Entity != nil {
		object = c.Object.Entity.ID
	}
	return (f.Subject == "" || f.Subject == c.Subject.ID) && (f.Object == "" || f.Object == object) &&
		(f.Entity == "" || f.Entity == c.Subject.ID || f.Entity == object)
}

// Claim returns the claim with this ID; ok is false when there is none.
func (g *Graph) Claim(ctx context.Context, id string) (c schema.Claim, ok bool, err error) {
	v := g.View()
	defer v.Close()
	return v.Claim(ctx, id)
}

// candidates returns the IDs of all claims that may fit, sorted, by the narrowest index at hand.
func (v *View) candidates(ctx context.Context, f Filter) ([]string, error) {
	if len(f.IDs) > 0 {
		ids := slices.DeleteFunc(slices.Clone(f.IDs), func(id string) bool { return id <= f.After })
		slices.Sort(ids)
		return slices.Compact(ids), nil
	}
	seen := map[string]bool{}
	for _, p := range v.patterns(f) {
		err := v.r.Match(ctx, p, func(q schema.Quad) error {
			if id, ok := local(q.Subject, v.nsID); ok && id > f.After {
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
	case len(f.Documents) > 0:
		var ps []schema.Quad
		for _, doc := range f.Documents {
			ps = append(ps, schema.Quad{Predicate: v.subject, Graph: in(v.nsDoc, doc)})
		}
		return ps
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

// Claim is Graph.Claim at the moment of the view.
func (v *View) Claim(ctx context.Context, id string) (c schema.Claim, ok bool, err error) {
	r := &claimReader{Links: v.Links()}
	defer r.Close() // what failed there has come out of its reads
	return r.read(ctx, id)
}

// Documents yields all documents with their texts, sorted by ID. It ends after an error.
func (g *Graph) Documents(ctx context.Context) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
		v := g.View()
		defer v.Close()
		v.Documents(ctx)(yield)
	}
}

// Documents is Graph.Documents at the moment of the view.
func (v *View) Documents(ctx context.Context) iter.Seq2[schema.Document, error] {
	return func(yield func(schema.Document, error) bool) {
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

// Document is Graph.Document at the moment of the view.
func (v *View) Document(ctx context.Context, id string) (d schema.Document, ok bool, err error) {
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
