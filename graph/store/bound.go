package store

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

// OptimizeBound is OptimizeShape for a store that wraps q, under other names say: the scans run on q, not on the wrapper.
func (q *QuadStore) OptimizeBound(s shape.Shape) (shape.Shape, bool) {
	if b, ok := s.(bound); ok {
		return b, false
	}
	out, changed := q.OptimizeShape(s)
	if !changed {
		return out, false
	}
	return bound{out, q}, true
}

// bound is a shape of one store.
type bound struct {
	shape.Shape
	store *QuadStore
}

// BuildIterator builds on the store that the shape is of.
func (b bound) BuildIterator(graph.QuadStore) graph.Iterator { return b.Shape.BuildIterator(b.store) }

// Optimize returns the shape as it is.
func (b bound) Optimize(shape.Optimizer) (shape.Shape, bool) { return b, false }
