package graph

import (
	"context"
	"iter"
	"maps"
	"slices"

	"newsgraph/schema"
)

// Excerpt yields the quads of the claims that fit, as a graph of their own: each claim with its edges and as the articles that the
// filter chooses tell it, these articles with their texts, marked as excerpts, and the names of the entities that the claims name.
// It leaves out what names follow from (naming, decisions), so that the names stay as they are wherever it is loaded, and what others
// have said. Quads do not come twice; their order is fixed by the graph. It ends after an error.
func (v *View) Excerpt(ctx context.Context, f Filter) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		x := &excerpt{View: v, ctx: ctx, yield: yield, claims: map[string]map[string]bool{}, entities: map[string]bool{}}
		for _, step := range []func() error{func() error { return x.edges(f) }, x.documents, x.names} {
			if err := step(); err != nil {
				if err != errStop {
					yield(schema.Quad{}, err)
				}
				return
			}
		}
	}
}

// excerpt is an excerpt being made.
type excerpt struct {
	*View
	ctx   context.Context
	yield func(schema.Quad, error) bool
	// claims are the IDs of the claims that a document tells, by its ID; entities the IDs of those that claims name.
	claims   map[string]map[string]bool
	entities map[string]bool
}

func (x *excerpt) put(quads []schema.Quad) error {
	for _, q := range quads {
		if !x.yield(q, nil) {
			return errStop
		}
	}
	return x.ctx.Err()
}

// edges finds the claims, and gives their edges.
func (x *excerpt) edges(f Filter) error {
	for c, err := range x.Claims(x.ctx, f) {
		if err != nil {
			return err
		}
		for e := range entitiesOf(&c) {
			x.entities[e.ID] = true
		}
		for _, e := range c.Evidence {
			if x.claims[e.Document] == nil {
				x.claims[e.Document] = map[string]bool{}
			}
			x.claims[e.Document][c.ID] = true
		}
		if err := x.put(x.vocab.edges(&c)); err != nil {
			return err
		}
	}
	return nil
}

// documents gives the articles with those of their claims that were found.
func (x *excerpt) documents() error {
	for _, id := range slices.Sorted(maps.Keys(x.claims)) {
		a, _, err := x.Told(x.ctx, id)
		if err != nil {
			return err
		}
		a.Document.Excerpt = true
		if x.claims[a.Document.CopyOf] == nil {
			a.Document.CopyOf = ""
		}
		chosen := slices.DeleteFunc(a.Claims, func(c schema.Claim) bool { return !x.claims[id][c.ID] })
		for i := range chosen { // an article's version may name others than the best one does
			for e := range entitiesOf(&chosen[i]) {
				x.entities[e.ID] = true
			}
		}
		if err := x.put(x.documentQuads(&a.Document, chosen, "")); err != nil {
			return err
		}
	}
	return nil
}

// names gives the names of the entities that the claims name.
func (x *excerpt) names() error {
	for _, id := range slices.Sorted(maps.Keys(x.entities)) {
		e, _, err := x.Entity(x.ctx, id)
		if err != nil {
			return err
		}
		if err := x.put(x.entityQuads(e)); err != nil {
			return err
		}
	}
	return nil
}

// NameQuads yields the quads with the names of all entities.
func (v *View) NameQuads(ctx context.Context) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		all, err := v.Entities(ctx)
		if err != nil {
			yield(schema.Quad{}, err)
			return
		}
		for _, e := range all {
			for _, q := range v.entityQuads(e) {
				if err := ctx.Err(); !yield(q, err) || err != nil {
					return
				}
			}
		}
	}
}

// Chooses says whether the filter leaves out any claim at all.
func (f *Filter) Chooses() bool {
	return f.Criteria() != 0 || f.Subject != "" || f.Object != "" || f.Entity != "" || len(f.IDs) > 0 || f.After != ""
}
