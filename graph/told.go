package graph

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// Told returns a document with its claims as it tells them, under canonical names, and with its Naming; ok is false when there
// is none. Put into another graph it makes the same quads.
func (v *View) Told(ctx context.Context, id string) (a schema.Analysis, ok bool, err error) {
	node := in(v.nsDoc, id)
	all, err := bySubject(ctx, v.r, node)
	if err != nil || len(all[node][v.typ]) == 0 {
		return a, false, err
	}
	if a.Document, err = v.document(id, all[node]); err != nil {
		return a, false, err
	}
	a.Naming = all[node].first(v.naming)
	look := func(s schema.Term) (props, error) { return all[s], nil }
	for subject, p := range all {
		claim, isClaim := local(subject, v.nsID)
		if !isClaim || len(p[v.subject]) == 0 {
			continue
		}
		c, err := v.decoder(ctx).claim(claim, id, p, look)
		if err != nil {
			return a, false, err
		}
		a.Claims = append(a.Claims, c)
	}
	if a.Claims, err = normalise(&a.Document, a.Claims); err != nil {
		return a, false, err
	}
	return a, true, nil
}

// DocumentIDs returns the IDs of all documents, sorted.
func (v *View) DocumentIDs(ctx context.Context) ([]string, error) { return v.documentIDs(ctx) }

// Others calls f with every quad that is not newsgraph's own: that is in no graph of a claim, is no name of an entity, is no decision, and is
// not what a document in its graph tells. A quad that would pass for one of newsgraph's own, but has no document to answer for it or says
// what no document would, is an *IntruderError.
func (v *View) Others(ctx context.Context, f func(schema.Quad) error) error {
	ids, err := v.documentIDs(ctx)
	if err != nil {
		return err
	}
	decided, err := v.decided(ctx)
	if err != nil {
		return err
	}
	docs := map[schema.Term]bool{}
	for _, id := range ids {
		docs[in(v.nsDoc, id)] = true
		if err := v.othersOf(ctx, id, f); err != nil {
			return err
		}
	}
	t, err := v.table(ctx)
	if err != nil {
		return err
	}
	return v.r.Match(ctx, schema.Quad{}, func(q schema.Quad) error {
		switch {
		case docs[q.Graph], v.isEdge(q): // VerifyClaims looks at edges
			return nil
		case v.describes(t, q), decided[q]:
			return nil
		case v.speaksForUs(q):
			return &IntruderError{q}
		}
		return f(q)
	})
}

// IntruderError is a quad that speaks of a claim or a document in newsgraph's words where newsgraph does not.
type IntruderError struct{ Quad schema.Quad }

func (e *IntruderError) Error() string {
	line, err := rdf.AppendQuad(nil, e.Quad)
	if err != nil {
		return err.Error()
	}
	if len(line) > 300 {
		line = append(line[:300], "..."...)
	}
	return "newsgraph has words of its own for this, but no article here tells it: " + strings.TrimSpace(strings.ToValidUTF8(string(line), ""))
}

// othersOf calls f with what others have said in the graph of a document.
func (v *View) othersOf(ctx context.Context, id string, f func(schema.Quad) error) error {
	a, _, err := v.Told(ctx, id)
	if err != nil {
		return fmt.Errorf("document %s: %w", id, err)
	}
	ours := map[schema.Quad]bool{}
	for _, q := range v.documentQuads(&a.Document, a.Claims, a.Naming) {
		ours[q] = true
	}
	return v.r.MatchGraph(ctx, schema.Quad{Graph: in(v.nsDoc, id)}, func(q schema.Quad) error {
		switch {
		case ours[q]:
			return nil
		case v.own[q.Predicate]:
			return &IntruderError{q}
		}
		return f(q)
	})
}

// describes says whether the quad is a name, type or date of an entity of the table.
func (v *View) describes(t *table, q schema.Quad) bool {
	id, ok := local(q.Subject, v.nsEnt)
	if !ok || q.Graph.Kind != schema.NoTerm || !v.own[q.Predicate] {
		return false
	}
	for _, ours := range v.entityQuads(t.byID[id]) {
		if ours == q {
			return true
		}
	}
	return false
}

// speaksForUs says whether readers of the graph would take the quad for one of newsgraph's own.
func (v *View) speaksForUs(q schema.Quad) bool {
	if !v.own[q.Predicate] {
		return false
	}
	if _, ok := local(q.Graph, v.nsDoc); ok {
		return true
	}
	_, claim := local(q.Subject, v.nsID)
	_, entity := local(q.Subject, v.nsEnt)
	return claim || v.decides(q) || entity && q.Graph.Kind == schema.NoTerm
}
