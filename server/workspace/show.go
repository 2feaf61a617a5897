package workspace

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"newsgraph/graph"
	"newsgraph/schema"
)

// ShowOptions choose the claims of an entity.
type ShowOptions struct {
	// Name is any name of the entity; To, if set, any name of the entity on the other side, as the object.
	Name, To string
	Choice   Choice
}

// Profile is an entity with its claims.
type Profile struct {
	Entity schema.Entity
	Filter graph.Filter // that chose the claims
	Groups []Group      // those in which it is the subject first, then by number of claims
	// Documents are the articles that the claims come from, without their texts, by ID.
	Documents map[string]schema.Document
}

// Group holds the claims with one predicate and the entity on one side.
type Group struct {
	Predicate string
	Incoming  bool // the entity is the object
	Claims    []schema.Claim
}

// Show gathers what is claimed of an entity. Errors: those of graph.Resolve and Filter.
func (w *Workspace) Show(ctx context.Context, o ShowOptions) (*Profile, error) {
	e, err := w.graph.Resolve(ctx, o.Name)
	if err != nil {
		return nil, err
	}
	filter, err := w.Filter(ctx, o.Choice)
	if err != nil {
		return nil, err
	}
	filter.Entity = e.ID
	if o.To != "" {
		to, err := w.graph.Resolve(ctx, o.To)
		if err != nil {
			return nil, err
		}
		filter.Entity, filter.Subject, filter.Object = "", e.ID, to.ID
	}
	p := &Profile{Entity: e, Filter: filter, Documents: map[string]schema.Document{}}
	var claims []schema.Claim
	for c, err := range w.graph.Claims(ctx, filter) {
		if err != nil {
			return nil, fmt.Errorf("read claims of %s: %w", e.Label, err)
		}
		claims = append(claims, c)
	}
	p.Groups = groups(e.ID, claims)
	return p, w.describe(ctx, claims, p.Documents)
}

// Claims lists the claims of all groups, in their order.
func (p *Profile) Claims() []schema.Claim {
	var all []schema.Claim
	for _, g := range p.Groups {
		all = append(all, g.Claims...)
	}
	return all
}

// groups sorts claims into groups.
func groups(entity string, claims []schema.Claim) []Group {
	type key struct {
		predicate string
		incoming  bool
	}
	byKey := map[key][]schema.Claim{}
	for _, c := range claims {
		k := key{c.Predicate, c.Subject.ID != entity}
		byKey[k] = append(byKey[k], c)
	}
	list := make([]Group, 0, len(byKey))
	for k, claims := range byKey {
		slices.SortFunc(claims, compareClaims)
		list = append(list, Group{Predicate: k.predicate, Incoming: k.incoming, Claims: claims})
	}
	slices.SortFunc(list, func(a, b Group) int {
		if a.Incoming != b.Incoming {
			return map[bool]int{false: -1, true: 1}[a.Incoming]
		}
		return cmp.Or(-cmp.Compare(len(a.Claims), len(b.Claims)), cmp.Compare(a.Predicate, b.Predicate))
	})
	return list
}

// compareClaims puts the nearest to fact first, then by time, then by what is said.
func compareClaims(a, b schema.Claim) int {
	return cmp.Or(
		cmp.Compare(a.Factuality, b.Factuality), cmp.Compare(when(a), when(b)),
		cmp.Compare(a.Subject.ID, b.Subject.ID), cmp.Compare(objectName(a), objectName(b)), cmp.Compare(a.ID, b.ID))
}

func when(c schema.Claim) string {
	if c.Time == nil {
		return ""
	}
	return c.Time.Value
}

func objectName(c schema.Claim) string {
	if c.Object.Entity != nil {
		return c.Object.Entity.ID
	}
	return c.Object.Literal
}

// describe reads the documents of the claims' evidence into docs.
func (w *Workspace) describe(ctx context.Context, claims []schema.Claim, docs map[string]schema.Document) error {
	for _, c := range claims {
		for _, e := range c.Evidence {
			if _, ok := docs[e.Document]; ok {
				continue
			}
			d, ok, err := w.graph.Document(ctx, e.Document)
			if err == nil && !ok {
				err = fmt.Errorf("there is none")
			}
			if err != nil {
				return fmt.Errorf("read document %s: %w", e.Document, err)
			}
			d.Text, d.Blocks = "", nil
			docs[e.Document] = d
		}
	}
	return nil
}
