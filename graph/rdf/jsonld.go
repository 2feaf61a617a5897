package rdf

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"newsgraph/schema"
)

// jsonld writes JSON-LD 1.1: one object with a context of prefixes and one node object a line. Literals keep their lexical
// form and datatype as they are. A named graph is an object with @id and @graph; what stands in the default graph stands
// beside them.
type jsonld struct {
	w        *bufio.Writer
	prefixes []Prefix
	graphs   graphFilter

	graph schema.Term // that is open
	node  []schema.Quad
	count int // objects written in the list at hand
	begun bool
	err   error
}

// maxNode is the most quads of one node object; those of a longer one go on in the next, which means the same.
const maxNode = 10000

func newJSONLD(w io.Writer, o WriteOptions, graphs graphFilter) *jsonld {
	// Only a namespace that ends in one of these characters makes a prefix of a simple term (JSON-LD 1.1 API, section 4.2.2).
	prefixes := slices.DeleteFunc(slices.Clone(o.Prefixes), func(p Prefix) bool {
		return p.Name == "" || !strings.ContainsAny(p.IRI[len(p.IRI)-1:], ":/?#[]@")
	})
	return &jsonld{w: bufio.NewWriterSize(w, 64<<10), prefixes: prefixes, graphs: graphs}
}

// Write takes a quad; it is written with the others of its node.
func (j *jsonld) Write(q schema.Quad) error {
	if err := j.graphs.apply(&q); err != nil {
		return err
	}
	if j.takenForShort(q) {
		j.endNode()
		j.enter(schema.Term{})
		j.item(j.alone(q))
		return j.err
	}
	if n := len(j.node); n > 0 && (j.node[0].Graph != q.Graph || j.node[0].Subject != q.Subject || n == maxNode) {
		j.endNode()
	}
	j.node = append(j.node, q)
	return j.err
}

// Flush closes everything and writes what is buffered.
func (j *jsonld) Flush() error {
	j.endNode()
	j.enter(schema.Term{})
	j.text("\n]}\n")
	if j.err != nil {
		return j.err
	}
	return j.w.Flush()
}

func (j *jsonld) text(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

// item writes an object of the list at hand.
func (j *jsonld) item(o object) {
	if j.count > 0 {
		j.text(",")
	}
	j.text("\n")
	j.count++
	text, err := o.MarshalJSON()
	if j.err == nil {
		j.err = err
	}
	j.text(string(text))
}

// enter closes the graph that is open and opens another.
func (j *jsonld) enter(graph schema.Term) {
	if !j.begun {
		var context object
		for _, p := range j.prefixes {
			context = append(context, member{p.Name, p.IRI})
		}
		text, err := context.MarshalJSON()
		j.err = err
		j.text(`{"@context":` + string(text) + `,"@graph":[`)
		j.begun = true
	}
	if graph == j.graph {
		return
	}
	if j.graph.Kind != schema.NoTerm {
		j.text("\n]}")
		j.count = 1
	}
	if graph.Kind != schema.NoTerm {
		if j.count > 0 {
			j.text(",")
		}
		id, err := json.Marshal(j.id(graph))
		if j.err == nil {
			j.err = err
		}
		j.text("\n" + `{"@id":` + string(id) + `,"@graph":[`)
		j.count = 0
	}
	j.graph = graph
}

// endNode writes the node at hand.
func (j *jsonld) endNode() {
	if len(j.node) == 0 {
		return
	}
	j.enter(j.node[0].Graph)
	o := object{{"@id", j.id(j.node[0].Subject)}}
	values := map[string][]any{}
	var keys []string
	for _, q := range j.node {
		key, value := j.property(q)
		if values[key] == nil {
			keys = append(keys, key)
		}
		values[key] = append(values[key], value)
	}
	for _, key := range keys {
		o = append(o, member{key, one(values[key])})
	}
	j.item(o)
	j.node = j.node[:0]
}

// one is a list of values, or the value of a list of one.
func one(values []any) any {
	if len(values) == 1 {
		return values[0]
	}
	return values
}

func (j *jsonld) property(q schema.Quad) (key string, value any) {
	if q.Predicate == typeTerm && q.Object.Kind != schema.Literal {
		return "@type", j.id(q.Object)
	}
	return j.id(q.Predicate), j.value(q.Object)
}

func (j *jsonld) value(t schema.Term) any {
	switch {
	case t.Kind != schema.Literal:
		return object{{"@id", j.id(t)}}
	case t.Lang != "":
		return object{{"@value", t.Value}, {"@language", strings.ToLower(t.Lang)}}
	case t.Datatype != "" && t.Datatype != schema.XSDString:
		return object{{"@value", t.Value}, {"@type", j.id(schema.NewIRI(t.Datatype))}}
	}
	return t.Value
}

// id writes an IRI or a blank node.
func (j *jsonld) id(t schema.Term) string {
	if t.Kind == schema.Blank {
		return "_:" + t.Value
	}
	if p, local, ok := shorten(j.prefixes, t.Value); ok && !strings.HasPrefix(local, "//") {
		return p.Name + ":" + local
	}
	return t.Value
}

// takenForShort says whether a reader would take an IRI of the quad for one of our short names, its scheme being the name of
// a prefix.
func (j *jsonld) takenForShort(q schema.Quad) bool {
	for _, iri := range [...]string{iriOf(q.Subject), q.Predicate.Value, iriOf(q.Object), iriOf(q.Graph), q.Object.Datatype} {
		scheme, _, _ := strings.Cut(iri, ":")
		if slices.ContainsFunc(j.prefixes, func(p Prefix) bool { return p.Name == scheme }) {
			return true
		}
	}
	return false
}

func iriOf(t schema.Term) string {
	if t.Kind == schema.IRI {
		return t.Value
	}
	return ""
}

// alone writes a quad as an object of its own, under no context.
func (j *jsonld) alone(q schema.Quad) object {
	bare := &jsonld{}
	key, value := bare.property(q)
	node := object{{"@id", bare.id(q.Subject)}, {key, value}}
	if q.Graph.Kind != schema.NoTerm {
		node = object{{"@id", bare.id(q.Graph)}, {"@graph", []any{node}}}
	}
	return append(object{{"@context", nil}}, node...)
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := enc.Encode(m.key); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1) // the line feed
		b.WriteByte(':')
		if err := enc.Encode(m.value); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
