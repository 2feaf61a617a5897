package workspace

import (
	"context"
	"errors"
	"iter"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Excerpt makes a store in dir, which must be empty or missing, that holds the claims of a choice with their articles, as
// graph.View.Excerpt does, and the names of all entities, so that a query finds them. Errors: those of Filter.
func (w *Workspace) Excerpt(ctx context.Context, c Choice, dir string) (err error) {
	f, err := w.Filter(ctx, c)
	if err != nil {
		return err
	}
	v := w.graph.View()
	defer v.Close()
	to, err := store.Open(dir, store.Options{BaseIRI: v.Names().Base()})
	if err != nil {
		return err
	}
	_, err = to.Load(ctx, both(v.Excerpt(ctx, f), v.NameQuads(ctx)))
	return errors.Join(err, to.Close())
}

// both yields the quads of one sequence after those of another.
func both(a, b iter.Seq2[schema.Quad, error]) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		on := true
		a(func(q schema.Quad, err error) bool {
			on = yield(q, err) && err == nil
			return on
		})
		if on {
			b(yield)
		}
	}
}
