package store

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

var _ shape.Optimizer = (*QuadStore)(nil)

// OptimizeShape turns what Cayley knows as a set of actions on quads (filters, a result, tags) into one prefix scan.
func (q *QuadStore) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	action, ok := s.(shape.QuadsAction)
	if !ok {
		return s, false
	}
	scan := &quadShape{qs: q, result: position(action.Result)}
	for d, r := range action.Filter {
		id := q.id(r)
		if id == 0 {
			return s, false
		}
		scan.p.fix(position(d), id)
	}
	for d, tags := range action.Save {
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
