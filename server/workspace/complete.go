package workspace

import (
	"context"
	"slices"
	"strings"

	"newsgraph/schema"
)

// CompleteEntities lists names of entities that begin with prefix, at most limit, sorted.
// None where the store cannot be read.
func (w *Workspace) CompleteEntities(ctx context.Context, prefix string, limit int) []string {
	list, err := w.graph.Complete(ctx, prefix, limit)
	if err != nil {
		return nil
	}
	return list
}

// CompletePredicates lists the predicates in the store that begin with prefix, at most limit, sorted; none
// where the store cannot be read.
func (w *Workspace) CompletePredicates(ctx context.Context, prefix string, limit int) []string {
	all, err := w.graph.Predicates(ctx)
	if err != nil {
		return nil
	}
	return begun(all, prefix, limit)
}

// CompletePublishers lists the publishers of articles in the store whose names begin with prefix, in any case, at most limit,
// sorted; none where the store cannot be read.
func (w *Workspace) CompletePublishers(ctx context.Context, prefix string, limit int) []string {
	var all []string
	for _, d := range w.headers(ctx) {
		if d.Publisher != "" {
			all = append(all, d.Publisher)
		}
	}
	slices.Sort(all)
	return begun(slices.Compact(all), prefix, limit)
}

// CompleteDocuments lists articles in the store whose IDs begin with prefix, "doc:" before it or not, at most limit, sorted by
// ID; none where the store cannot be read.
func (w *Workspace) CompleteDocuments(ctx context.Context, prefix string, limit int) []schema.Document {
	prefix = strings.TrimPrefix(prefix, "doc:")
	var list []schema.Document
	for _, d := range w.headers(ctx) {
		if strings.HasPrefix(d.ID, prefix) && len(list) < limit {
			list = append(list, d)
		}
	}
	return list
}

// headers are the articles without their texts, none where they cannot be read.
func (w *Workspace) headers(ctx context.Context) []schema.Document {
	v := w.graph.View()
	defer v.Close()
	all, err := v.Headers(ctx)
	if err != nil {
		return nil
	}
	return all
}

// begun returns the first of the words that begin with prefix, in any case.
func begun(words []string, prefix string, limit int) (list []string) {
	for _, word := range words {
		if len(list) < limit && len(word) >= len(prefix) && strings.EqualFold(word[:len(prefix)], prefix) {
			list = append(list, word)
		}
	}
	return list
}
