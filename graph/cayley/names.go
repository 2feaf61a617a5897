// Package cayley speaks of the quads of a store as Cayley's HTTP interface does: its query languages with names as Cayley takes
// them, its quad formats and its relative IRIs. It asks and it writes down; what may be changed is for its callers to decide.
//
// Cayley lets an IRI be any text, such as <alice>; our store holds absolute IRIs alone. So an IRI without a scheme stands for
// one under a namespace of its own, "cayley/" under the base, and leaves without it again.
//
// Errors: *query.ScriptError, query.ErrDeadline and the like of queries, ErrFormat, *rdf.ParseError, and those of the store.
package cayley

import (
	"regexp"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Names turns Cayley's IRIs into ours and back.
type Names struct{ namespace string }

// NewNames returns the names under a store's base.
func NewNames(n *schema.Names) Names { return Names{n.Base() + "cayley/"} }

// Namespace is where IRIs without a scheme stand.
func (n Names) Namespace() string { return n.namespace }

var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// In turns a term of Cayley's into ours.
func (n Names) In(t schema.Term) schema.Term {
	if t.Kind == schema.IRI && !scheme.MatchString(t.Value) {
		t.Value = n.namespace + t.Value
	}
	return t
}

// Out turns a term of ours into Cayley's.
func (n Names) Out(t schema.Term) schema.Term {
	if t.Kind == schema.IRI {
		t.Value = strings.TrimPrefix(t.Value, n.namespace)
	}
	return t
}

func each(q schema.Quad, f func(schema.Term) schema.Term) schema.Quad {
	return schema.Quad{Subject: f(q.Subject), Predicate: f(q.Predicate), Object: f(q.Object), Graph: f(q.Graph)}
}

// OutQuad is Out for the terms of a quad.
func (n Names) OutQuad(q schema.Quad) schema.Quad { return each(q, n.Out) }

// InQuad is In for the terms of a quad.
func (n Names) InQuad(q schema.Quad) schema.Quad { return each(q, n.In) }

// Term reads a value as Cayley writes it in JSON and in addresses: <iri>, _:blank, "literal"@en, "literal"^^<type>, and any
// other text as a plain literal. NoTerm for the empty text.
func (n Names) Term(text string) schema.Term {
	v := quad.StringToValue(text)
	if s, ok := v.(quad.String); ok && len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		v = s[1 : len(s)-1]
	}
	return n.In(store.TermOf(v))
}

// quads is a store in which IRIs are Cayley's.
type quads struct {
	*store.QuadStore
	names Names
}

func (s quads) out(v quad.Value) quad.Value {
	if iri, ok := v.(quad.IRI); ok {
		return quad.IRI(strings.TrimPrefix(string(iri), s.names.namespace))
	}
	return v
}

// ValueOf finds a value.
func (s quads) ValueOf(v quad.Value) cayley.Ref {
	if iri, ok := v.(quad.IRI); ok && !scheme.MatchString(string(iri)) {
		v = quad.IRI(s.names.namespace + string(iri))
	}
	return s.QuadStore.ValueOf(v)
}

// NameOf returns the value of a reference.
func (s quads) NameOf(r cayley.Ref) quad.Value { return s.out(s.QuadStore.NameOf(r)) }

// Quad returns the quad of a reference.
func (s quads) Quad(r cayley.Ref) quad.Quad {
	q := s.QuadStore.Quad(r)
	return quad.Quad{Subject: s.out(q.Subject), Predicate: s.out(q.Predicate), Object: s.out(q.Object), Label: s.out(q.Label)}
}

// OptimizeShape lets the store turn shapes into scans of its own, bound to the store underneath.
func (s quads) OptimizeShape(sh shape.Shape) (shape.Shape, bool) {
	return s.QuadStore.OptimizeBound(sh)
}
