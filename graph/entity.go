package graph

import (
	"context"
	"strconv"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

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
