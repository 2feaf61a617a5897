package graph

import (
	"context"
	"fmt"
	"strconv"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// decisionQuads returns the quads of decisions, which are sorted (schema.SortDecisions), in the default graph.
func (v *vocab) decisionQuads(list []schema.Decision) []schema.Quad {
	b := &builder{}
	for i, key := range schema.DecisionKeys(list) {
		d := &list[i]
		node := in(v.nsDecision, key)
		b.typed(node, v.number, strconv.Itoa(d.Number), schema.XSD+"integer")
		b.text(node, v.decided, d.Entity)
		if d.Action == schema.Merge {
			b.add(node, v.typ, v.merge)
			b.text(node, v.other, d.Other)
			continue
		}
		b.add(node, v.typ, v.split)
		b.add(node, v.tells, in(v.nsDoc, d.Document))
		b.text(node, v.name, d.Name)
	}
	return b.quads
}

// Decisions returns the decisions of users that the graph follows, in their order.
func (v *View) Decisions(ctx context.Context) ([]schema.Decision, error) {
	list, _, err := v.readDecisions(ctx, v.r)
	return list, err
}

// readDecisions reads decisions, sorted, and the quads in newsgraph's words that speak of them. The two agree where the quads are
// those that decisionQuads makes.
func (v *vocab) readDecisions(ctx context.Context, r store.Reader) (list []schema.Decision, quads []schema.Quad, err error) {
	var nodes []schema.Term
	for _, class := range []schema.Term{v.merge, v.split} {
		err := r.MatchGraph(ctx, schema.Quad{Predicate: v.typ, Object: class}, func(q schema.Quad) error {
			if _, ok := local(q.Subject, v.nsDecision); ok {
				nodes = append(nodes, q.Subject)
			}
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("look up decisions: %w", err)
		}
	}
	for _, node := range nodes {
		p := props{}
		err := r.MatchGraph(ctx, schema.Quad{Subject: node}, func(q schema.Quad) error {
			if v.own[q.Predicate] {
				p.add(q)
				quads = append(quads, q)
			}
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("read <%s>: %w", node.Value, err)
		}
		list = append(list, v.decision(p))
	}
	schema.SortDecisions(list)
	return list, quads, nil
}

// decision reads a decision, as far as its quads tell one.
func (v *vocab) decision(p props) schema.Decision {
	d := schema.Decision{Action: schema.Merge, Entity: p.first(v.decided), Other: p.first(v.other), Name: p.first(v.name)}
	d.Number, _ = strconv.Atoi(p.first(v.number)) // what is none has no number
	for _, t := range p[v.typ] {
		if t == v.split {
			d.Action = schema.Split
		}
	}
	if o := p[v.tells]; len(o) > 0 {
		d.Document, _ = local(o[0], v.nsDoc)
	}
	return d
}

// decides says whether the quad is one of a decision, by its place.
func (v *vocab) decides(q schema.Quad) bool {
	_, ok := local(q.Subject, v.nsDecision)
	return ok && q.Graph.Kind == schema.NoTerm && v.own[q.Predicate]
}

// decided returns the quads of the graph's decisions as they must be.
func (v *View) decided(ctx context.Context) (map[schema.Quad]bool, error) {
	list, err := v.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	quads := map[schema.Quad]bool{}
	for _, q := range v.decisionQuads(list) {
		quads[q] = true
	}
	return quads, nil
}
