package query

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// names is the store as Cayley sees it, with names for people: values that the prelude marked are resolved,
// prefixed IRIs expanded, and IRIs given back short.
type names struct {
	*store.QuadStore
	ctx  context.Context
	view *graph.View
	stop func() // ends the query

	mu  sync.Mutex
	err error
}

func newNames(ctx context.Context, v *graph.View, stop func()) *names {
	return &names{QuadStore: v.Snapshot().QuadStore(), ctx: ctx, view: v, stop: stop}
}

// failure returns the first error of a name or of the store.
func (n *names) failure() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}

// fail keeps the first error, and ends the query: Cayley's interface has no way to return one.
func (n *names) fail(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.err == nil && n.ctx.Err() == nil {
		n.err = err
		n.stop()
	}
}

// ValueOf resolves a value that stands in a query.
func (n *names) ValueOf(v quad.Value) cayley.Ref {
	iri, ok := v.(quad.IRI)
	if !ok {
		return n.QuadStore.ValueOf(v)
	}
	mark, ok := strings.CutPrefix(string(iri), "\x00")
	if !ok {
		return n.term(n.iri(string(iri)))
	}
	terms, err := n.resolve(mark)
	if err != nil {
		n.fail(err)
		return nil
	}
	for _, t := range terms {
		if ref := n.term(t); ref != nil {
			return ref
		}
	}
	return nil
}

// term returns the store's reference to a term, nil when it is not there.
func (n *names) term(t schema.Term) cayley.Ref { return n.QuadStore.ValueOf(store.ValueOf(t)) }

func (n *names) has(t schema.Term) bool { return n.term(t) != nil }

// iri expands a prefixed name; any other is an IRI as it is.
func (n *names) iri(s string) schema.Term {
	t, ok := n.prefixed(s)
	if !ok {
		t = schema.NewIRI(s)
	}
	return t
}

// prefixed expands a name with a known prefix. What is behind it may be escaped or not.
func (n *names) prefixed(s string) (schema.Term, bool) {
	prefix, local, _ := strings.Cut(s, ":")
	iri, ok := n.view.Names().Expand(s)
	if !ok {
		return schema.Term{}, false
	}
	t := schema.NewIRI(iri)
	if base, _ := n.view.Names().Expand(prefix + ":"); !n.has(t) && !strings.Contains(local, "%") {
		t = schema.NewIRI(base + schema.EscapeLocal(local))
	}
	return t, true
}

// resolve returns the terms that a marked name may stand for, the first that is in the store counts.
func (n *names) resolve(mark string) ([]schema.Term, error) {
	kind, name := mark[:min(1, len(mark))], mark[min(1, len(mark)):]
	switch kind {
	case "p":
		return n.predicate(name)
	case "o":
		predicate, value, _ := strings.Cut(name, "\x00")
		return n.object(predicate, value)
	}
	return n.node(name)
}

// explicit returns the term of a name that is a prefixed name or an absolute IRI.
func (n *names) explicit(name string) (schema.Term, bool) {
	if t, ok := n.prefixed(name); ok {
		return t, true
	}
	if scheme, _, ok := strings.Cut(name, "://"); ok && !strings.ContainsAny(scheme, " :/") {
		return schema.NewIRI(name), true
	}
	return schema.Term{}, false
}

// short are the names of the graph's own properties. Of these, type and label go before predicates of
// claims of the same name, the others after them.
func short(name string) (prefixed string, first bool) {
	switch name {
	case "type":
		return "rdf:type", true
	case "label":
		return "rdfs:label", true
	case "alias":
		return "skos:altLabel", false
	case "subject", "predicate", "object":
		return "rdf:" + name, false
	case "factuality", "flag", "relation", "event", "rule", "confidence":
		return "ng:" + name, false
	case "source":
		return "prov:wasAttributedTo", false
	case "evidence":
		return "prov:wasDerivedFrom", false
	case "quote":
		return "oa:exact", false
	case "time":
		return "schema:temporalCoverage", false
	case "place":
		return "schema:contentLocation", false
	case "title":
		return "schema:headline", false
	case "publisher", "author", "url":
		return "schema:" + name, false
	case "published":
		return "schema:datePublished", false
	case "text":
		return "schema:articleBody", false
	}
	return "", false
}

func (n *names) predicate(name string) ([]schema.Term, error) {
	if t, ok := n.explicit(name); ok {
		return []schema.Term{t}, nil
	}
	own, first := short(name)
	if first {
		return []schema.Term{n.view.Names().Term(own)}, nil
	}
	known := false
	for _, local := range []string{name, strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")} {
		escaped := schema.EscapeLocal(local)
		if t := n.view.Names().Term("claim:" + escaped); n.has(t) {
			return []schema.Term{t}, nil
		}
		_, canonical := schema.Default().Predicate(local)
		known = known || canonical || n.has(n.view.Names().Term("denied:"+escaped))
	}
	if own != "" {
		return []schema.Term{n.view.Names().Term(own)}, nil
	}
	if known {
		return nil, nil
	}
	near, err := n.view.NearPredicates(n.ctx, name)
	if err != nil {
		return nil, err
	}
	return nil, &graph.UnknownPredicateError{Name: name, Near: near}
}

func (n *names) node(name string) ([]schema.Term, error) {
	if t, ok := n.explicit(name); ok {
		return []schema.Term{t}, nil
	}
	e, err := n.view.Resolve(n.ctx, name)
	if err == nil {
		return []schema.Term{n.view.Names().Term("ent:" + schema.EscapeLocal(e.ID))}, nil
	}
	var unknown *graph.UnknownNameError
	if !errors.As(err, &unknown) {
		return nil, err
	}
	others := []schema.Term{n.view.Names().Term("doc:" + schema.EscapeLocal(name)), n.view.Names().Term("id:" + schema.EscapeLocal(name)),
		n.view.Names().Term("ng:" + schema.EscapeLocal(name)), schema.NewString(name)}
	if !slices.ContainsFunc(others, n.has) {
		return nil, err
	}
	return others, nil
}

// object resolves a name that is the object of a predicate by what objects that predicate has.
func (n *names) object(predicate, name string) ([]schema.Term, error) {
	if t, ok := n.explicit(name); ok {
		return []schema.Term{t}, nil
	}
	predicates, err := n.predicate(predicate)
	if err != nil || len(predicates) == 0 {
		return nil, err
	}
	own := func(local string) []schema.Term {
		return []schema.Term{n.view.Names().Term("ng:" + schema.EscapeLocal(local))}
	}
	p := n.view.Names().Compact(predicates[0].Value)
	switch p {
	case "rdf:type":
		if name == "NewsArticle" {
			return []schema.Term{n.view.Names().Term("schema:NewsArticle")}, nil
		}
		return append(own(name), own(strings.ToUpper(name[:min(1, len(name))])+name[min(1, len(name)):])...), nil
	case "ng:factuality", "ng:flag":
		return own(strings.ToLower(name)), nil
	case "ng:event":
		return own(strings.ToUpper(name)), nil
	case "rdf:predicate":
		return n.predicate(name)
	case "rdf:subject", "rdf:object", "prov:wasAttributedTo", "schema:contentLocation":
		return n.node(name)
	}
	prefix, _, _ := strings.Cut(p, ":")
	switch prefix {
	case "claim", "fact", "denied":
		return n.nodeOrText(name)
	}
	return literals(name), nil
}

// nodeOrText is node for predicates whose objects may be texts too.
func (n *names) nodeOrText(name string) ([]schema.Term, error) {
	terms, err := n.node(name)
	var unknown *graph.UnknownNameError
	if errors.As(err, &unknown) && slices.ContainsFunc(literals(name), n.has) {
		return literals(name), nil
	}
	return terms, err
}

// literals are the literals that a text may stand for in the graph.
func literals(text string) []schema.Term {
	out := []schema.Term{schema.NewString(text)}
	for _, datatype := range []string{"date", "dateTime", "gYear", "gYearMonth", "decimal", "integer", "anyURI"} {
		out = append(out, schema.NewLiteral(text, schema.XSD+datatype))
	}
	return out
}

// NameOf returns the value of a reference for scripts and filters: IRIs short, numbers and times native.
func (n *names) NameOf(r cayley.Ref) quad.Value {
	switch v := n.QuadStore.NameOf(r).(type) {
	case quad.IRI:
		return quad.IRI(n.view.Names().Compact(string(v)))
	case quad.TypedString:
		if native, err := v.ParseValue(); err == nil {
			return native
		}
		return v
	default:
		return v
	}
}

// OptimizeShape lets the store turn shapes into scans of its own, bound to the store underneath.
func (n *names) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	return n.QuadStore.OptimizeBound(s)
}
