package query

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/gizmo"

	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Row is one result: cells, or a value that the script emitted.
type Row struct {
	// Cells are what the tags hold, "id" (where the path ends) first, then by tag. Nil for emitted values.
	Cells []Cell
	// Value is what g.emit was given, or the last statement's value: what encoding/json makes of
	// JavaScript values.
	Value any
}

// Cell is one tag of a row.
type Cell struct {
	Tag  string
	Term schema.Term
	// Text is the prefixed IRI ("ent:Belarus"), or the lexical form of a literal.
	Text string
	// Label is the canonical name of an entity, empty for all else.
	Label string
}

// cells names what a result holds.
func (n *names) cells(tags map[string]cayley.Ref) []Cell {
	cells := make([]Cell, 0, len(tags))
	for tag, ref := range tags {
		v := n.QuadStore.NameOf(ref)
		if v == nil {
			continue
		}
		c := Cell{Tag: tag, Term: store.TermOf(v)}
		c.Text = c.Term.Value
		if c.Term.Kind == schema.IRI {
			c.Text = n.view.Names().Compact(c.Term.Value)
			if local, ok := strings.CutPrefix(c.Text, "ent:"); ok {
				c.Label = n.called(local)
			}
		}
		cells = append(cells, c)
	}
	sort.Slice(cells, func(i, j int) bool {
		a, b := cells[i].Tag, cells[j].Tag
		if (a == gizmo.TopResultTag) != (b == gizmo.TopResultTag) {
			return a == gizmo.TopResultTag
		}
		return a < b
	})
	return cells
}

// MarshalJSON writes cells as an object in their order, each with the label of its entity under the tag
// and "_label" ("id": "ent:Belarus", "id_label": "Belarus"); numbers are numbers. A Value is written as it is.
func (r Row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	if r.Cells == nil {
		err := encode(&b, r.Value)
		return b.Bytes(), err
	}
	b.WriteByte('{')
	for i, c := range r.Cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := c.encode(&b); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (c Cell) encode(b *bytes.Buffer) error {
	if err := encode(b, c.Tag); err != nil {
		return err
	}
	b.WriteByte(':')
	if c.number() {
		b.WriteString(c.Text)
	} else if err := encode(b, c.Text); err != nil {
		return err
	}
	if c.Label == "" {
		return nil
	}
	b.WriteByte(',')
	if err := encode(b, c.Tag+"_label"); err != nil {
		return err
	}
	b.WriteByte(':')
	return encode(b, c.Label)
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// number says whether the cell is a number that JSON can hold as it is written.
func (c Cell) number() bool {
	switch c.Term.Datatype {
	case schema.XSD + "decimal", schema.XSD + "integer", schema.XSD + "double":
		return jsonNumber.MatchString(c.Text)
	}
	return false
}

// encode writes v without the line feed and the HTML escapes of encoding/json's defaults.
func encode(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	b.Truncate(len(bytes.TrimRight(b.Bytes(), "\n")))
	return err
}

// WriteJSON returns a function for Gizmo's emit that writes each row as a line of JSON.
func WriteJSON(w io.Writer) func(Row) error {
	return func(r Row) error {
		line, err := r.MarshalJSON()
		if err != nil {
			return err
		}
		_, err = w.Write(append(line, '\n'))
		return err
	}
}

// ErrNoQuad is wrapped by the errors of rows that are no quads.
var ErrNoQuad = errors.New("the row is no quad: it wants the tags subject, predicate and object")

// NQuad writes the row as a line of N-Quads: its tags subject, predicate and object, and graph where it has one.
func (r Row) NQuad() (string, error) {
	var q schema.Quad
	for _, c := range r.Cells {
		switch c.Tag {
		case "subject":
			q.Subject = c.Term
		case "predicate":
			q.Predicate = c.Term
		case "object":
			q.Object = c.Term
		case "graph":
			q.Graph = c.Term
		}
	}
	if q.Subject.Kind == schema.NoTerm || q.Predicate.Kind == schema.NoTerm || q.Object.Kind == schema.NoTerm {
		return "", ErrNoQuad
	}
	line, err := rdf.AppendQuad(nil, q)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoQuad, err)
	}
	return string(line), nil
}
