package workspace

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/ingest/entity"
	"newsgraph/schema"
)

// EntitiesOptions choose entities to list; the zero value lists all.
type EntitiesOptions struct {
	// Text is what a name must hold, without regard to case and accents; empty for anything.
	Text                    string
	Types                   []string // as Choice.Types
	MinClaims, MinDocuments int
	// Limit is the most entities listed; 0 means all.
	Limit int
}

// EntityCount is an entity and how much is claimed of it.
type EntityCount struct {
	schema.Entity
	// Claims counts those in which it is subject or object, Documents the articles that tell them.
	Claims, Documents int
}

// Entities lists entities, those with the most claims first. more says that the limit ended the list. Errors: *ChoiceError.
func (w *Workspace) Entities(ctx context.Context, o EntitiesOptions) (list []EntityCount, more bool, err error) {
	types, err := Choice{Types: o.Types}.types(ctx, w.graph)
	if err != nil {
		return nil, false, err
	}
	v := w.graph.View()
	defer v.Close()
	outlines, err := v.Outlines(ctx)
	if err != nil {
		return nil, false, err
	}
	counts := countEntities(outlines)
	all, err := v.Entities(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, e := range all {
		c := EntityCount{Entity: e, Claims: counts[e.ID].claims, Documents: len(counts[e.ID].documents)}
		if c.Claims >= o.MinClaims && c.Documents >= o.MinDocuments && ofTypes(e, types) && graph.NameHolds(e, o.Text) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b EntityCount) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.ID, b.ID))
	})
	if o.Limit > 0 && len(list) > o.Limit {
		return list[:o.Limit], true, nil
	}
	return list, false, nil
}

// ofTypes tells whether an entity is of one of the types, or of one below it in the vocabulary; any is, of none.
func ofTypes(e schema.Entity, types []string) bool {
	return len(types) == 0 || slices.ContainsFunc(types, func(t string) bool {
		return e.Type == t || e.Type != "" && schema.Default().IsA(e.Type, t)
	})
}

// usage is what tells of an entity.
type usage struct {
	claims    int
	documents map[string]bool
}

func countEntities(outlines []graph.Outline) map[string]usage {
	counts := map[string]usage{}
	for i := range outlines {
		o := &outlines[i]
		for _, id := range slices.Compact([]string{o.Subject, o.Object}) {
			if id == "" {
				continue
			}
			u := counts[id]
			u.claims++
			if u.documents == nil {
				u.documents = map[string]bool{}
			}
			for _, d := range o.Documents {
				u.documents[d] = true
			}
			counts[id] = u
		}
	}
	return counts
}

// Doubts lists entities that may be one and stay apart, and joins that are not sure, under the decisions in force.
// With text only those of which an entity's name holds it; with types only those of an entity of the types.
func (w *Workspace) Doubts(ctx context.Context, o EntitiesOptions) ([]entity.Doubt, error) {
	types, err := Choice{Types: o.Types}.types(ctx, w.graph)
	if err != nil {
		return nil, err
	}
	text, err := w.applied(ctx)
	if err != nil {
		return nil, err
	}
	decisions, err := entity.ParseDecisions(text)
	if err != nil {
		return nil, fmt.Errorf("decisions applied: %w", err)
	}
	summaries, err := readAll[entity.Summary](ctx, w, summaryPrefix)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(entity.NameAll(sorted(summaries), decisions).Doubts, func(d entity.Doubt) bool {
		return !slices.ContainsFunc(d.Entities, func(e schema.Entity) bool { return ofTypes(e, types) && graph.NameHolds(e, o.Text) })
	}), nil
}
