package workspace

import (
	"context"
	"strings"
)

// CompleteEntities lists names of entities that begin with prefix, at most limit, sorted.
func (w *Workspace) CompleteEntities(prefix string, limit int) []string {
	return w.graph.Complete(prefix, limit)
}

// CompletePredicates lists the predicates in the store that begin with prefix, at most limit, sorted; none
// where the store cannot be read.
func (w *Workspace) CompletePredicates(ctx context.Context, prefix string, limit int) []string {
	all, err := w.graph.Predicates(ctx)
	if err != nil {
		return nil
	}
	var list []string
	for _, p := range all {
		if strings.HasPrefix(p, prefix) && len(list) < limit {
			list = append(list, p)
		}
	}
	return list
}
