package graph

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// table is the canonical entities at one moment. It does not change; index is made when first needed.
type table struct {
	byID  map[string]schema.Entity
	names func() *nameIndex
	used  atomic.Bool // somebody has looked for a name
}

// index finds entities by their names.
func (t *table) index() *nameIndex {
	t.used.Store(true)
	return t.names()
}

// newTable checks and normalises the entities of a change.
func newTable(entities []schema.Entity) (*table, error) {
	t := emptyTable(len(entities))
	for _, e := range entities {
		if e.ID == "" {
			return nil, fmt.Errorf("entity %q has no ID", e.Label)
		}
		if _, ok := t.byID[e.ID]; ok {
			return nil, fmt.Errorf("entity %s is in the table twice", e.ID)
		}
		t.byID[e.ID] = normalEntity(e)
	}
	return t, nil
}

func emptyTable(size int) *table {
	t := &table{byID: make(map[string]schema.Entity, size)}
	t.names = sync.OnceValue(func() *nameIndex { return newNameIndex(t.byID) })
	return t
}

// normalEntity sorts the aliases; an entity without a label is called by its ID.
func normalEntity(e schema.Entity) schema.Entity {
	n := schema.Entity{ID: e.ID, Label: valid(e.Label), Type: valid(e.Type), Date: valid(e.Date), Sameness: math.Round(100*e.Sameness) / 100}
	if n.Label == "" {
		n.Label = strings.ReplaceAll(valid(e.ID), "_", " ")
	}
	for _, a := range e.Aliases {
		if a = valid(a); a != "" && a != n.Label {
			n.Aliases = append(n.Aliases, a)
		}
	}
	sort.Strings(n.Aliases)
	n.Aliases = slices.Compact(n.Aliases)
	return n
}

func (t *table) sorted() []schema.Entity {
	out := make([]schema.Entity, 0, len(t.byID))
	for _, e := range t.byID {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// entityQuads returns the names and the type of an entity, in the default graph; none for the zero Entity.
func (v *vocab) entityQuads(e schema.Entity) []schema.Quad {
	b := &builder{}
	node := in(v.nsEnt, e.ID)
	b.text(node, v.label, e.Label)
	for _, a := range e.Aliases {
		b.text(node, v.altLabel, a)
	}
	if e.Type != "" {
		b.add(node, v.typ, in(v.nsNG, e.Type))
	}
	b.typed(node, v.startDate, e.Date, dateType(e.Date))
	if e.Sameness > 0 {
		b.add(node, v.sameness, schema.NewLiteral(formatDecimal(e.Sameness), schema.XSD+"decimal"))
	}
	return b.quads
}

// readTable reads what entityQuads writes.
func (v *vocab) readTable(ctx context.Context, r store.Reader) (*table, error) {
	t := emptyTable(0)
	read := func(predicate schema.Term, set func(*schema.Entity, schema.Term)) error {
		return r.MatchGraph(ctx, schema.Quad{Predicate: predicate}, func(q schema.Quad) error {
			if id, ok := local(q.Subject, v.nsEnt); ok {
				e := t.byID[id]
				e.ID = id
				set(&e, q.Object)
				t.byID[id] = e
			}
			return nil
		})
	}
	if err := read(v.label, func(e *schema.Entity, o schema.Term) { e.Label = o.Value }); err != nil {
		return nil, err
	}
	if err := read(v.altLabel, func(e *schema.Entity, o schema.Term) { e.Aliases = append(e.Aliases, o.Value) }); err != nil {
		return nil, err
	}
	if err := read(v.typ, func(e *schema.Entity, o schema.Term) { e.Type, _ = local(o, v.nsNG) }); err != nil {
		return nil, err
	}
	if err := read(v.startDate, func(e *schema.Entity, o schema.Term) { e.Date = o.Value }); err != nil {
		return nil, err
	}
	if err := read(v.sameness, func(e *schema.Entity, o schema.Term) { e.Sameness, _ = strconv.ParseFloat(o.Value, 64) }); err != nil {
		return nil, err
	}
	for id, e := range t.byID {
		t.byID[id] = normalEntity(e)
	}
	return t, nil
}
