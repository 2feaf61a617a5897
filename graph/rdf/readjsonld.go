package rdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"newsgraph/schema"
)

// jsonldReader reads JSON-LD as it is written here, and as far as others write it alike: a context of prefixes and terms that stand
// for IRIs, node objects in @graph (or one alone, or a list), named graphs, values as strings, whole numbers, truth values,
// @value with @type or @language. Contexts are not fetched. What else JSON-LD has is an error that names it.
type jsonldReader struct {
	dec  *json.Decoder
	src  *lineCounter
	opts Options
	emit func(schema.Quad) bool
	anon int // blank nodes made so far
}

// ldContext is the meaning of short names; nil has none.
type ldContext map[string]string

// maxDepth is how deep node objects may stand in each other.
const maxDepth = 100

func jsonldQuads(r io.Reader, o Options) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		src := &lineCounter{r: r}
		j := &jsonldReader{dec: json.NewDecoder(src), src: src, opts: o.withDefaults(), emit: func(q schema.Quad) bool { return yield(q, nil) }}
		if err := j.document(); err != nil && !errors.Is(err, errEnough) {
			yield(schema.Quad{}, j.placed(err))
		}
	}
}

// lineCounter knows where the lines of a stream begin.
type lineCounter struct {
	r      io.Reader
	n      int64
	starts []int64 // of the lines after the first
}

func (c *lineCounter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	for i := 0; i < n; i++ {
		k := bytes.IndexByte(p[i:n], '\n')
		if k < 0 {
			break
		}
		i += k
		c.starts = append(c.starts, c.n+int64(i)+1)
	}
	c.n += int64(n)
	return n, err
}

// place gives the line of an offset, and the column in bytes.
func (c *lineCounter) place(at int64) (line, col int) {
	i, found := slices.BinarySearch(c.starts, at)
	if found {
		i++
	}
	start := int64(0)
	if i > 0 {
		start = c.starts[i-1]
	}
	return i + 1, int(at-start) + 1
}

// placed gives an error the place of the object that was read last.
func (j *jsonldReader) placed(err error) error {
	var at *ParseError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &at):
		return err
	case errors.As(err, &syntax): // whose own offset is wrong behind a comma
		line, col := j.src.place(j.dec.InputOffset())
		return &ParseError{Line: line, Col: col, Msg: "behind here: " + syntax.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		line, col := j.src.place(j.src.n)
		return &ParseError{Line: line, Col: col, Msg: "the JSON ends too early"}
	}
	return err
}

// fail is an error about the object that was read last.
func (j *jsonldReader) fail(format string, args ...any) error {
	line, col := j.src.place(j.dec.InputOffset())
	return &ParseError{Line: line, Col: col, Msg: "before here: " + fmt.Sprintf(format, args...)}
}

// document reads the whole.
func (j *jsonldReader) document() error {
	start, err := j.dec.Token()
	if err != nil {
		return err
	}
	switch start {
	case json.Delim('['):
		err = j.list(ldContext{})
	case json.Delim('{'):
		err = j.top()
	default:
		err = j.fail("JSON-LD is an object or a list of objects")
	}
	if err != nil {
		return err
	}
	switch _, err := j.dec.Token(); {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return j.fail("there is something behind the end")
}

// list reads objects up to the end of a list, one at a time.
func (j *jsonldReader) list(ctx ldContext) error {
	for j.dec.More() {
		var raw json.RawMessage
		if err := j.value(&raw); err != nil {
			return err
		}
		if _, err := j.node(raw, ctx, schema.Term{}, 0); err != nil {
			return err
		}
	}
	_, err := j.dec.Token()
	return err
}

// value reads the next value of the stream.
func (j *jsonldReader) value(raw *json.RawMessage) error {
	if err := j.dec.Decode(raw); err != nil {
		return err
	}
	switch {
	case len(*raw) > j.opts.MaxLine:
		return j.fail("an object is longer than the limit")
	case !utf8.Valid(*raw):
		return j.fail("not UTF-8")
	}
	return nil
}

// top reads the outer object: its context, and then the list of nodes one by one; else it is one node.
func (j *jsonldReader) top() error {
	ctx := ldContext{}
	var own []ldMember
	for j.dec.More() {
		key, err := j.dec.Token()
		if err != nil {
			return err
		}
		if key == "@graph" && len(own) == 0 {
			if err := j.nodes(ctx); err != nil {
				return err
			}
			if j.dec.More() {
				return j.fail("@graph is the last of its object")
			}
			continue
		}
		var raw json.RawMessage
		if err := j.value(&raw); err != nil {
			return err
		}
		if key == "@context" && len(own) == 0 {
			if ctx, err = j.context(raw, ctx); err != nil {
				return err
			}
			continue
		}
		name, _ := key.(string) // keys of objects are strings
		own = append(own, ldMember{name, raw})
	}
	if _, err := j.dec.Token(); err != nil || len(own) == 0 {
		return err
	}
	_, err := j.members(own, ctx, schema.Term{}, 0)
	return err
}

// nodes reads the value of the outer @graph.
func (j *jsonldReader) nodes(ctx ldContext) error {
	start, err := j.dec.Token()
	if err != nil {
		return err
	}
	if start != json.Delim('[') {
		return j.fail("@graph is a list of objects")
	}
	return j.list(ctx)
}

// ldMember is a member of an object.
type ldMember struct {
	key   string
	value json.RawMessage
}

// split gives the members of an object.
func (j *jsonldReader) split(raw json.RawMessage) ([]ldMember, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return nil, j.fail("%.40s is no object", raw)
	}
	var list []ldMember
	seen := map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		m := ldMember{key: key.(string)} // as the grammar of JSON has it
		if seen[m.key] {
			return nil, j.fail("%q is there twice in one object", m.key)
		}
		seen[m.key] = true
		if err := dec.Decode(&m.value); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// context reads the value of @context, which adds to the one around it.
func (j *jsonldReader) context(raw json.RawMessage, around ldContext) (ldContext, error) {
	switch raw[0] {
	case 'n':
		return ldContext{}, nil
	case '"':
		return nil, j.fail("the context %.200s stands elsewhere, and is not fetched", raw)
	}
	members, err := j.split(raw)
	if err != nil {
		return nil, j.fail("a context is an object of short names and their IRIs")
	}
	ctx := maps.Clone(around)
	for _, m := range members {
		iri, ok := text(m.value)
		if !ok || strings.HasPrefix(m.key, "@") || m.key == "" {
			return nil, j.fail("%q of a context is not read: it has short names and their IRIs alone", m.key)
		}
		if msg := checkIRI(iri); msg != "" {
			return nil, j.fail("%q of a context: %s", m.key, msg)
		}
		ctx[m.key] = iri
	}
	return ctx, nil
}

// text reads a JSON string; ok is false for any other value, and for one with half a surrogate pair.
func text(raw json.RawMessage) (s string, ok bool) {
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	repaired := strings.ContainsRune(s, utf8.RuneError) && !bytes.ContainsRune(raw, utf8.RuneError) && !bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`))
	return s, !repaired
}

// node reads a node object in a graph and gives the term that it is.
func (j *jsonldReader) node(raw json.RawMessage, ctx ldContext, graph schema.Term, depth int) (schema.Term, error) {
	members, err := j.split(raw)
	if err != nil {
		return schema.Term{}, err
	}
	return j.members(members, ctx, graph, depth)
}

// members reads the members of a node object.
func (j *jsonldReader) members(list []ldMember, ctx ldContext, graph schema.Term, depth int) (node schema.Term, err error) {
	if depth > maxDepth {
		return node, j.fail("objects stand more than %d deep in each other", maxDepth)
	}
	if node, ctx, err = j.head(list, ctx); err != nil {
		return node, err
	}
	for _, m := range list {
		switch m.key {
		case "@id", "@context":
		case "@graph":
			err = j.graph(m.value, ctx, node, graph, depth)
		case "@type":
			err = j.types(m.value, ctx, node, graph)
		default:
			err = j.property(m, ctx, node, graph, depth)
		}
		if err != nil {
			return node, err
		}
	}
	return node, nil
}

// head reads context and @id of a node object; one without gets a blank node.
func (j *jsonldReader) head(list []ldMember, ctx ldContext) (node schema.Term, _ ldContext, err error) {
	for _, m := range list {
		if m.key == "@context" {
			if ctx, err = j.context(m.value, ctx); err != nil {
				return node, nil, err
			}
		}
	}
	for _, m := range list {
		if m.key != "@id" {
			continue
		}
		id, ok := text(m.value)
		if !ok {
			return node, nil, j.fail("@id is a string")
		}
		node, err = j.term(id, ctx, false)
		return node, ctx, err
	}
	j.anon++
	return schema.Term{Kind: schema.Blank, Value: anonymous + strconv.Itoa(j.anon-1)}, ctx, nil
}

// graph reads the value of @graph: the nodes of a named graph.
func (j *jsonldReader) graph(raw json.RawMessage, ctx ldContext, name, within schema.Term, depth int) error {
	if within.Kind != schema.NoTerm {
		return j.fail("a graph in a graph")
	}
	return j.each(raw, func(item json.RawMessage) error {
		_, err := j.node(item, ctx, name, depth+1)
		return err
	})
}

// each calls f with the items of a list, or with what is none.
func (j *jsonldReader) each(raw json.RawMessage, f func(json.RawMessage) error) error {
	if raw[0] != '[' {
		return f(raw)
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return err
	}
	for _, item := range items {
		if err := f(item); err != nil {
			return err
		}
	}
	return nil
}

func (j *jsonldReader) types(raw json.RawMessage, ctx ldContext, node, graph schema.Term) error {
	return j.each(raw, func(item json.RawMessage) error {
		name, ok := text(item)
		if !ok {
			return j.fail("@type is a string or a list of them")
		}
		class, err := j.term(name, ctx, true)
		if err != nil {
			return err
		}
		return j.quad(schema.Quad{Subject: node, Predicate: typeTerm, Object: class, Graph: graph})
	})
}

func (j *jsonldReader) property(m ldMember, ctx ldContext, node, graph schema.Term, depth int) error {
	if strings.HasPrefix(m.key, "@") {
		return j.fail("%s is not read", m.key)
	}
	predicate, err := j.term(m.key, ctx, true)
	if err != nil {
		return err
	}
	return j.each(m.value, func(item json.RawMessage) error {
		object, err := j.object(item, ctx, graph, depth)
		if err != nil {
			return err
		}
		return j.quad(schema.Quad{Subject: node, Predicate: predicate, Object: object, Graph: graph})
	})
}

// quad hands a quad on.
func (j *jsonldReader) quad(q schema.Quad) error {
	if err := Check(q); err != nil {
		return j.fail("%v", err)
	}
	if !j.emit(q) {
		return errEnough
	}
	return nil
}

// object reads a value: a literal, a reference, or a node.
func (j *jsonldReader) object(raw json.RawMessage, ctx ldContext, graph schema.Term, depth int) (schema.Term, error) {
	switch raw[0] {
	case '"':
		s, ok := text(raw)
		if !ok {
			return schema.Term{}, j.fail("half a surrogate pair in a string")
		}
		return schema.NewString(s), nil
	case 't', 'f':
		return schema.NewLiteral(string(raw), schema.XSD+"boolean"), nil
	case '{':
		members, err := j.split(raw)
		if err != nil {
			return schema.Term{}, err
		}
		if slices.ContainsFunc(members, func(m ldMember) bool { return m.key == "@value" }) {
			return j.literal(members, ctx)
		}
		return j.members(members, ctx, graph, depth+1)
	}
	if _, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return schema.NewLiteral(string(raw), schema.XSD+"integer"), nil
	}
	return schema.Term{}, j.fail("the value %.40s is not read: @value and @type say which literal it is", raw)
}

// literal reads an object with @value.
func (j *jsonldReader) literal(members []ldMember, ctx ldContext) (t schema.Term, err error) {
	t.Kind = schema.Literal
	for _, m := range members {
		s, ok := text(m.value)
		switch {
		case !ok:
			return t, j.fail("%s of a value is a string", m.key)
		case m.key == "@value":
			t.Value = s
		case m.key == "@language":
			t.Lang = strings.ToLower(s)
			if s == "" {
				return t, j.fail("@language is empty")
			}
		case m.key == "@type":
			datatype, err := j.term(s, ctx, true)
			if err != nil {
				return t, err
			}
			if datatype.Kind != schema.IRI {
				return t, j.fail("a datatype is an IRI")
			}
			t.Datatype = datatype.Value
		default:
			return t, j.fail("%s of a value is not read", m.key)
		}
	}
	switch {
	case t.Lang != "" && t.Datatype != "":
		return t, j.fail("a value with @type and @language")
	case t.Datatype == schema.XSDString:
		t.Datatype = ""
	}
	return t, nil
}

// term reads an IRI, short or whole, or a blank node; whole short names only where vocab is set.
func (j *jsonldReader) term(name string, ctx ldContext, vocab bool) (schema.Term, error) {
	if label, ok := strings.CutPrefix(name, "_:"); ok {
		if strings.HasPrefix(label, anonymous) {
			label = anonymous + "_" + label
		}
		return schema.Term{Kind: schema.Blank, Value: label}, nil
	}
	if iri, ok := ctx[name]; ok && vocab {
		return schema.NewIRI(iri), nil
	}
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return schema.Term{}, j.fail("%q is neither an IRI nor a short name of the context", name)
	}
	// Only a namespace that ends in one of these characters makes a prefix of a simple term (JSON-LD 1.1 API, section 4.2.2).
	if iri, ok := ctx[prefix]; ok && !strings.HasPrefix(local, "//") && strings.ContainsAny(iri[len(iri)-1:], ":/?#[]@") {
		return schema.NewIRI(iri + local), nil
	}
	return schema.NewIRI(name), nil
}
