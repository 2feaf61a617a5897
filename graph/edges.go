package graph

import (
	"context"
	"sort"
	"strings"

	"newsgraph/schema"
)

// Edge is a claim between two entities, as far as its quads in claim:, fact: and denied: tell it.
type Edge struct {
	Claim     string // ID
	Predicate string // local name
	From, To  string // entity IDs: subject and object
	Asserted  bool   // in fact:
	Denied    bool   // in denied:, and nowhere else
}

// Edges returns the claims that have the entity as subject or object and an entity on the other side,
// sorted by claim ID. A claim of an entity about itself is there once.
func (v *View) Edges(ctx context.Context, entity string) ([]Edge, error) {
	node := in(v.nsEnt, entity)
	byClaim := map[string]Edge{}
	read := func(q schema.Quad) error {
		v.addEdge(byClaim, q)
		return nil
	}
	if err := v.r.Match(ctx, schema.Quad{Subject: node}, read); err != nil {
		return nil, err
	}
	if err := v.r.Match(ctx, schema.Quad{Object: node}, read); err != nil {
		return nil, err
	}
	edges := make([]Edge, 0, len(byClaim))
	for _, e := range byClaim {
		edges = append(edges, e)
	}
	sort.Slice(edges, func(i, j int) bool { return edges[i].Claim < edges[j].Claim })
	return edges, nil
}

// addEdge takes in what one quad says of an edge; other quads are passed over.
func (v *vocab) addEdge(byClaim map[string]Edge, q schema.Quad) {
	var e Edge
	var ok bool
	switch {
	case strings.HasPrefix(q.Predicate.Value, v.nsClaim):
		e.Predicate, ok = local(q.Predicate, v.nsClaim)
	case strings.HasPrefix(q.Predicate.Value, v.nsFact):
		e.Predicate, ok = local(q.Predicate, v.nsFact)
		e.Asserted = true
	case strings.HasPrefix(q.Predicate.Value, v.nsDenied):
		e.Predicate, ok = local(q.Predicate, v.nsDenied)
		e.Denied = true
	}
	if !ok {
		return
	}
	if e.Claim, ok = local(q.Graph, v.nsID); !ok {
		return
	}
	if e.From, ok = local(q.Subject, v.nsEnt); !ok {
		return
	}
	if e.To, ok = local(q.Object, v.nsEnt); !ok {
		return
	}
	e.Asserted = e.Asserted || byClaim[e.Claim].Asserted
	byClaim[e.Claim] = e
}

// Claim returns the claim with this ID, merged over all documents; ok is false when there is none.
func (v *View) Claim(ctx context.Context, id string) (c schema.Claim, ok bool, err error) {
	return v.claim(ctx, id)
}
