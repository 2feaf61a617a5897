package cayley

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/cayleygraph/quad"
	_ "github.com/cayleygraph/quad/dot" // graphviz
	_ "github.com/cayleygraph/quad/gml"
	_ "github.com/cayleygraph/quad/graphml"
	_ "github.com/cayleygraph/quad/json"
	_ "github.com/cayleygraph/quad/jsonld"
	_ "github.com/cayleygraph/quad/pquads"

	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// ErrFormat says that there is no such format, or that it cannot be read.
var ErrFormat = errors.New("format is not supported")

// Format is a way to write quads, as Cayley lists them.
type Format struct {
	ID     string   `json:"id"`
	Read   bool     `json:"read,omitempty"`
	Write  bool     `json:"write,omitempty"`
	Nodes  bool     `json:"nodes,omitempty"`
	Ext    []string `json:"ext,omitempty"`
	Mime   []string `json:"mime,omitempty"`
	Binary bool     `json:"binary,omitempty"`
}

// Formats lists the formats.
func Formats() []Format {
	return []Format{
		{ID: "jsonld", Read: true, Write: true, Ext: []string{".jsonld"}, Mime: []string{"application/ld+json"}},
		{ID: "graphviz", Write: true, Ext: []string{".gv", ".dot"}},
		{ID: "gml", Write: true, Ext: []string{".gml"}},
		{ID: "graphml", Write: true, Ext: []string{".graphml"}, Mime: []string{"application/xml"}},
		{ID: "json", Read: true, Write: true, Nodes: true, Ext: []string{".json"}, Mime: []string{"application/json"}},
		{ID: "json-stream", Read: true, Write: true, Mime: []string{"application/x-json-stream"}},
		{ID: "nquads", Read: true, Write: true, Nodes: true, Ext: []string{".nq", ".nt"}, Mime: []string{"application/n-quads", "application/n-triples"}},
		{ID: "pquads", Read: true, Write: true, Nodes: true, Ext: []string{".pq"}, Mime: []string{"application/x-protobuf", "application/octet-stream"}, Binary: true},
	}
}

// FormatNamed returns the format of that name, FormatOf that of a media type; ok is false when there is none.
func FormatNamed(id string) (f Format, ok bool) {
	for _, f := range Formats() {
		if f.ID == id {
			return f, true
		}
	}
	return f, false
}

// FormatOf returns the format of a media type; ok is false when there is none.
func FormatOf(mime string) (f Format, ok bool) {
	for _, f := range Formats() {
		for _, m := range f.Mime {
			if m == mime {
				return f, true
			}
		}
	}
	return f, false
}

// WriteQuads writes quads of ours in a format, with Cayley's IRIs. iris is "", "short" or "full", as Cayley rewrites the IRIs
// of well-known vocabularies.
func WriteQuads(w io.Writer, f Format, n Names, iris string, all iter.Seq2[schema.Quad, error]) error {
	if f.ID == "nquads" {
		return writeNQuads(w, n, iris, all)
	}
	out := quad.FormatByName(f.ID).Writer(w)
	for q, err := range all {
		if err == nil {
			err = out.WriteQuad(quadOf(each(q, func(t schema.Term) schema.Term { return n.outAs(t, iris) })))
		}
		if err != nil {
			return errors.Join(err, out.Close())
		}
	}
	return out.Close()
}

// outAs is Out, and writes IRIs of well-known vocabularies short or in full where that is asked for.
func (n Names) outAs(t schema.Term, iris string) schema.Term {
	t = n.Out(t)
	if t.Kind != schema.IRI {
		return t
	}
	switch iris {
	case "short":
		t.Value = string(quad.IRI(t.Value).Short())
	case "full":
		t.Value = string(quad.IRI(t.Value).Full())
	}
	return t
}

func quadOf(q schema.Quad) quad.Quad {
	return quad.Quad{Subject: store.ValueOf(q.Subject), Predicate: store.ValueOf(q.Predicate), Object: store.ValueOf(q.Object), Label: store.ValueOf(q.Graph)}
}

// writeNQuads writes N-Quads with our own writer, so that nothing in a term can add a statement: an IRI that loses its
// namespace was checked with it.
func writeNQuads(w io.Writer, n Names, iris string, all iter.Seq2[schema.Quad, error]) error {
	for q, err := range all {
		if err != nil {
			return err
		}
		if err := rdf.Check(q); err != nil {
			return err
		}
		line, err := appendQuad(nil, n, iris, q)
		if err != nil {
			return err
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func appendQuad(line []byte, n Names, iris string, q schema.Quad) ([]byte, error) {
	for _, t := range []schema.Term{q.Subject, q.Predicate, q.Object, q.Graph} {
		if t.Kind == schema.NoTerm {
			continue
		}
		if out := n.outAs(t, iris); out != t {
			line = append(append(append(line, '<'), out.Value...), '>', ' ')
			continue
		}
		var err error
		if line, err = rdf.AppendTerm(line, t); err != nil {
			return nil, err
		}
		line = append(line, ' ')
	}
	return append(line, '.', '\n'), nil
}

// ReadQuads reads quads in a format with Cayley's IRIs, and returns them as ours. The reader should have a limit: all of it is
// held in memory.
func ReadQuads(ctx context.Context, r io.Reader, f Format, n Names) ([]schema.Quad, error) {
	switch {
	case !f.Read:
		return nil, fmt.Errorf("%w for reading data", ErrFormat)
	case f.ID == "nquads":
		return readNQuads(ctx, r, n)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	in := quad.FormatByName(f.ID).Reader(bytes.NewReader(text))
	defer in.Close()
	var all []schema.Quad
	for {
		q, err := in.ReadQuad()
		if errors.Is(err, io.EOF) {
			return all, ctx.Err()
		}
		if err != nil {
			return nil, &Error{err.Error()}
		}
		ours, err := n.quad(q)
		if err != nil {
			return nil, err
		}
		all = append(all, ours)
	}
}

// Error is an error in what the client sent, in words for it.
type Error struct{ Text string }

func (e *Error) Error() string { return e.Text }

// quad returns a quad of Cayley's as one of ours.
func (n Names) quad(q quad.Quad) (schema.Quad, error) {
	ours := n.InQuad(schema.Quad{Subject: store.TermOf(q.Subject), Predicate: store.TermOf(q.Predicate), Object: store.TermOf(q.Object), Graph: store.TermOf(q.Label)})
	return ours, rdf.Check(ours)
}

// QuadsOfJSON reads the quads that version 1 of the interface takes.
func (n Names) QuadsOfJSON(text []byte) ([]schema.Quad, error) {
	var list []struct {
		Subject   string `json:"subject"`
		Predicate string `json:"predicate"`
		Object    string `json:"object"`
		Label     string `json:"label"`
	}
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, &Error{err.Error()}
	}
	all := make([]schema.Quad, 0, len(list))
	for i, q := range list {
		ours := schema.Quad{Subject: n.Term(q.Subject), Predicate: n.Term(q.Predicate), Object: n.Term(q.Object), Graph: n.Term(q.Label)}
		if err := rdf.Check(ours); err != nil {
			return nil, &Error{fmt.Sprintf("invalid quad at index %d. %v", i, err)}
		}
		all = append(all, ours)
	}
	return all, nil
}

func readNQuads(ctx context.Context, r io.Reader, n Names) ([]schema.Quad, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var all []schema.Quad
	in := rdf.NewReader(bytes.NewReader(text), rdf.Options{Format: rdf.NQuads, Relative: n.namespace})
	for {
		q, err := in.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		var wrong *rdf.ParseError
		if errors.As(err, &wrong) {
			return nil, lineError(text, wrong)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		all = append(all, q)
	}
}

// lineError words an error as Cayley does, with the line; what it does not say, where and why, is added.
func lineError(text []byte, wrong *rdf.ParseError) error {
	lines := strings.Split(string(text), "\n")
	line := strings.TrimSpace(lines[min(wrong.Line, len(lines))-1])
	reason := wrong.Error()
	if !strings.HasSuffix(line, ".") {
		reason = "incomplete N-Quad"
	}
	if len(line) > 200 {
		line = line[:200] + "..."
	}
	return &Error{fmt.Sprintf("failed to parse %q: %s", line, reason)}
}

// Node reads one term as a format writes it alone.
func (n Names) Node(text []byte, f Format) (schema.Term, error) {
	if !f.Nodes {
		return schema.Term{}, fmt.Errorf("%w for reading nodes", ErrFormat)
	}
	if f.ID == "nquads" {
		return n.Term(strings.TrimSpace(string(text))), nil
	}
	v, err := quad.FormatByName(f.ID).UnmarshalValue(text)
	if err != nil {
		return schema.Term{}, &Error{err.Error()}
	}
	return n.In(store.TermOf(v)), nil
}
