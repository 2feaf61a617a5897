package store

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

var _ shape.Optimizer = (*QuadStore)(nil)

// OptimizeShape turns what Cayley knows as a set of actions on quads (filters, a result, tags) into one prefix scan, and
// paths of several hops into a join.
func (q *QuadStore) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		return q.scanOf(s)
	case shape.NodesFrom:
		if j, ok := q.joinOf(s); ok {
			return joined{j}, true
		}
	case shape.Unique:
		if from, ok := s.From.(joined); ok {
			return joined{&join{qs: q, start: from.j.start, hops: from.j.hops, distinct: true}}, true
		}
	case shape.Intersect, shape.IntersectOpt:
		return uncounted{s}, true
	case shape.Union:
		return withoutNil(s)
	}
	return s, false
}

// withoutNil drops the parts of a union that lead nowhere, which Cayley leaves as nil and then fails on.
func withoutNil(s shape.Union) (shape.Shape, bool) {
	parts := slices.DeleteFunc(slices.Clone(s), func(part shape.Shape) bool { return part == nil })
	if len(parts) == 0 {
		return shape.Null{}, true
	}
	return parts, len(parts) < len(s)
}

func (q *QuadStore) scanOf(s shape.QuadsAction) (shape.Shape, bool) {
	scan := &quadShape{qs: q, result: position(s.Result)}
	for d, r := range s.Filter {
		id := q.id(r)
		if id == 0 {
			return s, false
		}
		scan.want[position(d)] = id
	}
	for d, tags := range s.Save {
		scan.save[position(d)] = tags
	}
	return scanned{scan}, true
}

// scanned is a prefix scan as a shape of Cayley's.
type scanned struct{ scan *quadShape }

// BuildIterator returns the scan. It reads the store that made it, under whatever Cayley has wrapped that by now.
func (s scanned) BuildIterator(graph.QuadStore) graph.Iterator { return graph.NewLegacy(s.scan, nil) }

// Optimize returns the shape as it is.
func (s scanned) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// uncounted is an intersection whose iterator does not claim to know its size. Cayley's claims that of its smallest part,
// exact when that is, and a count is then wrong.
type uncounted struct{ shape shape.Shape }

// BuildIterator returns the intersection.
func (s uncounted) BuildIterator(qs graph.QuadStore) graph.Iterator {
	return graph.NewLegacy(uncountedIterator{graph.AsShape(s.shape.BuildIterator(qs))}, nil)
}

// Optimize returns the shape as it is.
func (s uncounted) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

type uncountedIterator struct{ graph.IteratorShape }

// Optimize lets the intersection order its parts.
func (s uncountedIterator) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	it, changed := s.IteratorShape.Optimize(ctx)
	return uncountedIterator{it}, changed
}

// Stats returns the intersection's, the size as a guess.
func (s uncountedIterator) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs, err := s.IteratorShape.Stats(ctx)
	costs.Size.Exact = false
	return costs, err
}
