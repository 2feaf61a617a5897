package cayley

import (
	"encoding/json"
	"hash/fnv"
	"io"
	"iter"
	"math"
	"strconv"

	"github.com/cayleygraph/quad"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// GephiStream writes quads as events of Gephi's graph streaming: a node when it first comes, then the edge. A node has its
// place from its name, so the same graph lies the same way every time.
func GephiStream(w io.Writer, n Names, all iter.Seq2[schema.Quad, error]) error {
	s := &stream{w: w, seen: map[schema.Term]string{}}
	i := 0
	for q, err := range all {
		if err != nil {
			return err
		}
		q = n.OutQuad(q)
		subject, err := s.node(q.Subject)
		if err != nil {
			return err
		}
		object, err := s.node(q.Object)
		if err != nil {
			return err
		}
		name := native(q.Predicate)
		if err := s.event("ae", "q"+strconv.FormatInt(int64(i), 16), edgeEvent{subject, name, name, object}); err != nil {
			return err
		}
		i++
	}
	return nil
}

type stream struct {
	w    io.Writer
	seen map[schema.Term]string
}

type nodeEvent struct {
	Label any     `json:"label"`
	Size  int     `json:"size"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
}

type edgeEvent struct {
	Source string `json:"source"`
	Label  any    `json:"label"`
	Pred   any    `json:"pred"`
	Target string `json:"target"`
}

// node returns the node of a term, and writes it when it is new.
func (s *stream) node(t schema.Term) (id string, err error) {
	if id, ok := s.seen[t]; ok {
		return id, nil
	}
	id = strconv.FormatInt(int64(len(s.seen)), 16)
	s.seen[t] = id
	x, y := place(t)
	return id, s.event("an", id, nodeEvent{label(t), 20, x, y})
}

// event writes one event. Gephi wants a carriage return at the end of each line.
func (s *stream) event(kind, id string, v any) error {
	text, err := json.Marshal(map[string]any{kind: map[string]any{id: v}})
	if err != nil {
		return err
	}
	_, err = s.w.Write(append(text, "\r\n"...))
	return err
}

// label is the name of a node: an IRI without its brackets, or the literal.
func label(t schema.Term) any {
	if t.Kind == schema.IRI {
		return t.Value
	}
	return native(t)
}

// native is how Cayley shows a predicate or a literal.
func native(t schema.Term) any {
	switch v := store.ValueOf(t).(type) {
	case quad.IRI:
		return v.String()
	case nil:
		return ""
	default:
		return v.Native()
	}
}

// place puts a term into a circle of 500 around the middle.
func place(t schema.Term) (x, y float64) {
	const radius = 500
	h := fnv.New64a()
	_, _ = h.Write([]byte{byte(t.Kind)}) // a hash takes everything
	_, _ = h.Write([]byte(t.Value))
	sum := h.Sum64()
	angle := float64(sum&0xFFFFFFFF) / (1 << 32) * 2 * math.Pi
	distance := radius * math.Sqrt(float64(sum>>32)/(1<<32))
	return distance * math.Cos(angle), distance * math.Sin(angle)
}
