package store

import "newsgraph/schema"

// What follows is for other backends, so that a term has the same id in all of them and quads come in the same order.

// Canonical returns the one form in which a term is stored.
func Canonical(t schema.Term) schema.Term { return canonical(t) }

// Home returns the slot where the search for a canonical term begins: its id, unless another term has taken it.
func Home(t schema.Term) ID { return homeOf(max(1, hashTerm(encodeTerm(t)))) }

// Next returns the slot after id, where the search goes on.
func Next(id ID) ID { return next(id) }

// Order returns the positions of a quad in the order that quads are sorted by which fit want, and how many of the first ones
// are known. oneGraph says that 0 at the place of the graph is the default graph; else 0 fits anything.
func Order(want QuadID, oneGraph bool) (order [4]int, known int) {
	p := want.pattern()
	p.fixed[label] = p.fixed[label] || oneGraph
	x, n := p.plan()
	return x.order, n
}
