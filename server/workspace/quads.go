package workspace

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// OwnedError says that a quad belongs to the articles, so that only they can change it.
type OwnedError struct{ Quad schema.Quad }

func (e *OwnedError) Error() string {
	return fmt.Sprintf("<%s> <%s> belongs to the articles", e.Quad.Subject.Value, e.Quad.Predicate.Value)
}

// WriteQuads removes and adds quads beside those of the articles, all or none. What the articles say is a function of the
// articles, so quads that speak of entities and decisions, edges of claims, and the graphs of documents and claims are refused with an
// *OwnedError.
func (w *Workspace) WriteQuads(ctx context.Context, add, remove []schema.Quad) error {
	names := w.graph.Names()
	prefix := func(short string) string { return names.Term(short).Value }
	graphs, subjects := []string{prefix("doc:"), prefix("id:")}, []string{prefix("ent:"), prefix("doc:"), prefix("id:"), prefix("decision:")}
	predicates := []string{prefix("claim:"), prefix("fact:"), prefix("denied:")}
	for _, list := range [][]schema.Quad{add, remove} {
		for _, q := range list {
			if begins(q.Graph, graphs) || begins(q.Subject, subjects) || begins(q.Predicate, predicates) {
				return &OwnedError{q}
			}
		}
	}
	if err := w.store.Apply(ctx, store.Batch{Add: add, Remove: remove}); err != nil {
		return err
	}
	w.written.Add(1)
	return nil
}

// begins says whether a term is in one of the namespaces.
func begins(t schema.Term, namespaces []string) bool {
	for _, n := range namespaces {
		if t.Kind == schema.IRI && strings.HasPrefix(t.Value, n) {
			return true
		}
	}
	return false
}
