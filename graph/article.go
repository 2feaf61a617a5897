package graph

import (
	"context"

	"newsgraph/schema"
)

// Article returns what filters and BackingOf ask of a document: ID, publisher, date, agency and whose copy it is. A
// document that is not there has an ID alone. It is read once.
func (v *View) Article(ctx context.Context, id string) (schema.Document, error) {
	v.mu.Lock()
	d, ok := v.articles[id]
	v.mu.Unlock()
	if ok {
		return d, nil
	}
	d.ID = id
	node := in(v.nsDoc, id)
	for predicate, set := range map[schema.Term]func(schema.Term){
		v.publisher: func(t schema.Term) { d.Publisher = t.Value },
		v.published: func(t schema.Term) { d.Published = t.Value },
		v.agency:    func(t schema.Term) { d.Agency = t.Value },
		v.copyOf:    func(t schema.Term) { d.CopyOf, _ = local(t, v.nsDoc) },
	} {
		err := v.r.MatchGraph(ctx, schema.Quad{Subject: node, Predicate: predicate, Graph: node}, func(q schema.Quad) error {
			set(q.Object)
			return nil
		})
		if err != nil {
			return d, err
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.articles == nil {
		v.articles = map[string]schema.Document{}
	}
	v.articles[id] = d
	return d, nil
}
