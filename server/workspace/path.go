package workspace

import (
	"context"
	"errors"
	"fmt"

	"newsgraph/graph/path"
	"newsgraph/schema"
)

// Path is a way from one entity to another, as commands and server give it.
type Path struct {
	Length int   `json:"length"`
	Hops   []Hop `json:"hops"`
}

// Hop is a step of a path, along its best supported claim.
type Hop struct {
	From      schema.Entity     `json:"from"`
	Predicate string            `json:"predicate"`
	To        schema.Entity     `json:"to"`
	Direction path.Direction    `json:"direction"`
	Claim     string            `json:"claim"`
	Status    schema.Factuality `json:"factuality"`
	Evidence  []schema.Evidence `json:"evidence"`

	// Told is the claim itself; Others counts the other claims between the two.
	Told   schema.Claim `json:"-"`
	Others int          `json:"-"`
}

// Paths is the answer to a search for paths.
type Paths struct {
	From, To  schema.Entity
	Paths     []Path
	Documents map[string]schema.Document // of the evidence, without texts, by ID
}

// ErrSame says that the two names of a search for paths mean one entity.
var ErrSame = errors.New("both names mean the same entity")

// Paths searches for paths between two entities by any of their names. Errors: those of graph.Resolve and
// path.Search, and ErrSame. With path.ErrBudget come the paths found until then.
func (w *Workspace) Paths(ctx context.Context, from, to string, o path.Options) (*Paths, error) {
	a, err := w.graph.Resolve(ctx, from)
	if err != nil {
		return nil, err
	}
	b, err := w.graph.Resolve(ctx, to)
	if err != nil {
		return nil, err
	}
	if a.ID == b.ID {
		return nil, fmt.Errorf("%w: ent:%s", ErrSame, a.ID)
	}
	found, searched := path.Search(ctx, w.graph, []string{a.ID}, []string{b.ID}, o)
	if searched != nil && len(found) == 0 {
		return nil, fmt.Errorf("from %s to %s: %w", a.Label, b.Label, searched)
	}
	p := &Paths{From: a, To: b, Documents: map[string]schema.Document{}}
	for _, f := range found {
		p.Paths = append(p.Paths, newPath(f))
		for _, h := range f.Hops {
			if err := w.describe(ctx, h.Claims[:1], p.Documents); err != nil {
				return nil, err
			}
		}
	}
	return p, searched
}

func newPath(f path.Path) Path {
	p := Path{Length: len(f.Hops)}
	for _, h := range f.Hops {
		c := h.Claims[0]
		p.Hops = append(p.Hops, Hop{
			From: brief(h.From), Predicate: h.Predicate, To: brief(h.To), Direction: h.Direction,
			Claim: c.ID, Status: c.Factuality, Evidence: c.Evidence, Told: c, Others: h.Others + len(h.Claims) - 1,
		})
	}
	return p
}

// brief is an entity without its aliases.
func brief(e schema.Entity) schema.Entity {
	e.Aliases = nil
	return e
}
