package path

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// web is the part of a graph that searches have read: each entity's links once. It is for one goroutine.
type web struct {
	ctx    context.Context
	view   *graph.View
	links  *graph.Links
	budget int
	steps  int // the budget at the beginning

	at    map[store.ID]int32 // index in nodes
	nodes []node
	raw   []graph.Link
}

// node is an entity, or a literal that stands in an entity's place until a look tells.
type node struct {
	id    store.ID
	name  string     // entity ID, once looked up
	known bool       // whether it was looked up
	read  graph.Side // of which arms are there
	arms  []arm
	group bool // arms are sorted by where they lead
}

// arm is a link from where its node stands.
type arm struct {
	to   int32
	link graph.Link
}

func newWeb(ctx context.Context, v *graph.View, steps int) *web {
	return &web{ctx: ctx, view: v, links: v.Links(), budget: steps, steps: steps, at: map[store.ID]int32{}}
}

func (w *web) close() { _ = w.links.Close() } // what failed there has come out of its reads

func (w *web) spend(n int) error {
	w.budget -= n
	if w.budget < 0 {
		return fmt.Errorf("%w: more than %d steps", ErrBudget, w.steps)
	}
	if w.budget%256 < n {
		return w.ctx.Err()
	}
	return nil
}

// index returns the place of a term in nodes.
func (w *web) index(id store.ID) int32 {
	i, ok := w.at[id]
	if !ok {
		i = int32(len(w.nodes))
		w.at[id] = i
		w.nodes = append(w.nodes, node{id: id})
	}
	return i
}

// entities returns the places of entities by ID, sorted by ID; those that no quad has are left out.
func (w *web) entities(ids []string) ([]int32, error) {
	var at []int32
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	for _, id := range slices.Compact(sorted) {
		node, ok, err := w.links.Entity(id)
		if err != nil {
			return nil, err
		}
		if ok {
			at = append(at, w.index(node))
		}
	}
	return at, nil
}

// name returns the entity ID of a node, empty for what is no entity.
func (w *web) name(i int32) (string, error) {
	n := &w.nodes[i]
	if !n.known {
		name, _, err := w.links.Name(n.id)
		if err != nil {
			return "", err
		}
		n.name, n.known = name, true
	}
	return n.name, nil
}

func (w *web) entity(i int32) (schema.Entity, error) {
	name, err := w.name(i)
	if err != nil {
		return schema.Entity{}, err
	}
	e, ok, err := w.view.Entity(w.ctx, name)
	if err == nil && !ok {
		e = schema.Entity{ID: name}
	}
	return e, err
}

// arms returns the links of a node, those on this side at the least, whatever they say; none of what is no entity.
func (w *web) arms(i int32, side graph.Side) ([]arm, error) {
	side &^= w.nodes[i].read
	if side == 0 {
		return w.nodes[i].arms, nil
	}
	name, err := w.name(i)
	if err != nil {
		return nil, err
	}
	var arms []arm
	if name != "" {
		id := w.nodes[i].id
		if w.raw, err = w.links.Around(w.ctx, w.raw[:0], id, side); err != nil {
			return nil, fmt.Errorf("read the claims of ent:%s: %w", name, err)
		}
		arms = slices.Grow(w.nodes[i].arms, len(w.raw))
		for _, l := range w.raw {
			other := l.To
			if other == id {
				other = l.From
			}
			arms = append(arms, arm{w.index(other), l})
		}
	}
	n := &w.nodes[i]
	n.arms, n.read, n.group = arms, n.read|side, false
	return arms, w.spend(len(arms) + 1)
}

// grouped returns the links of a node on this side, and perhaps on the other, sorted by where they lead.
func (w *web) grouped(i int32, side graph.Side) ([]arm, error) {
	arms, err := w.arms(i, side)
	if err != nil || w.nodes[i].group {
		return arms, err
	}
	group(arms)
	w.nodes[i].group = true
	return arms, nil
}

// group sorts links by where they lead.
func group(arms []arm) {
	slices.SortFunc(arms, func(a, b arm) int {
		return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.link.Claim, b.link.Claim))
	})
}

// bundles calls f for every group of links that lead to the same place.
func bundles(arms []arm, f func(to int32, arms []arm) error) error {
	for len(arms) > 0 {
		n := 1
		for n < len(arms) && arms[n].to == arms[0].to {
			n++
		}
		if err := f(arms[0].to, arms[:n]); err != nil {
			return err
		}
		arms = arms[n:]
	}
	return nil
}
