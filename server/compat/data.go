package compat

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/cayley"
	"newsgraph/schema"
	"newsgraph/server/problem"
)

func (c *Interface) write2(w http.ResponseWriter, r *http.Request) error {
	quads, err := c.quads(r)
	if err != nil {
		return err
	}
	if err := c.o.Workspace.WriteQuads(r.Context(), quads, nil); err != nil {
		return err
	}
	return send(w, contentJSON, fmt.Appendf(nil, `{"result": "Successfully wrote %d quads.", "count": %d}`+"\n", len(quads), len(quads)))
}

func (c *Interface) delete2(w http.ResponseWriter, r *http.Request) error {
	quads, err := c.quads(r)
	if err != nil {
		return err
	}
	if err := c.o.Workspace.WriteQuads(r.Context(), nil, quads); err != nil {
		return err
	}
	return send(w, contentJSON, fmt.Appendf(nil, `{"result": "Successfully deleted %d quads.", "count": %d}`+"\n", len(quads), len(quads)))
}

func (c *Interface) write1(w http.ResponseWriter, r *http.Request) error {
	quads, err := c.quads1(r)
	if err != nil {
		return err
	}
	if err := c.o.Workspace.WriteQuads(r.Context(), quads, nil); err != nil {
		return err
	}
	return send(w, contentText, fmt.Appendf(nil, `{"result": "Successfully wrote %d quads."}`, len(quads)))
}

func (c *Interface) delete1(w http.ResponseWriter, r *http.Request) error {
	quads, err := c.quads1(r)
	if err != nil {
		return err
	}
	if err := c.o.Workspace.WriteQuads(r.Context(), nil, quads); err != nil {
		return err
	}
	return send(w, contentText, fmt.Appendf(nil, `{"result": "Successfully deleted %d quads."}`, len(quads)))
}

func (c *Interface) quads1(r *http.Request) ([]schema.Quad, error) {
	text, err := c.body(r)
	if err != nil {
		return nil, err
	}
	return c.names.QuadsOfJSON(text)
}

// writeFile takes a form with a file of N-Quads. It is read from the request: nothing goes to disk.
func (c *Interface) writeFile(w http.ResponseWriter, r *http.Request) error {
	form, err := r.MultipartReader()
	if err != nil {
		return bad("Couldn't read file: %v", err)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return bad("Couldn't read file: http: no such file")
		}
		if err != nil {
			return bad("Couldn't read file: %v", err)
		}
		if part.FormName() != "NQuadFile" {
			continue
		}
		text, err := c.unpacked(part)
		if err != nil {
			return err
		}
		quads, err := cayley.ReadQuads(r.Context(), bytes.NewReader(text), format("nquads", ""), c.names)
		if err != nil {
			return err
		}
		if err := c.o.Workspace.WriteQuads(r.Context(), quads, nil); err != nil {
			return err
		}
		return send(w, contentText, fmt.Appendf(nil, `{"result": "Successfully wrote %d quads."}`, len(quads)))
	}
}

// unpacked reads a file, which may be packed.
func (c *Interface) unpacked(from io.Reader) ([]byte, error) {
	text, err := io.ReadAll(from)
	if err != nil || !bytes.HasPrefix(text, []byte{0x1F, 0x8B}) {
		return text, err
	}
	packed, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, bad("Couldn't read file: %v", err)
	}
	text, err = io.ReadAll(io.LimitReader(packed, c.o.MaxBody+1))
	if err != nil {
		return nil, bad("Couldn't read file: %v", err)
	}
	if int64(len(text)) > c.o.MaxBody {
		return nil, &http.MaxBytesError{Limit: c.o.MaxBody}
	}
	return text, nil
}

// maxNode is the longest node in a request to delete one.
const maxNode = 128 << 10

func (c *Interface) deleteNode(w http.ResponseWriter, r *http.Request) error {
	text, err := c.body(r)
	if err != nil {
		return err
	}
	if len(text) > maxNode {
		return bad("request data is too large")
	}
	node, err := c.names.Node(text, format("", r.Header.Get("Content-Type")))
	if err != nil {
		return err
	}
	if node.Kind == schema.NoTerm {
		return bad("cannot remove nil value")
	}
	quads, err := c.quadsOf(r, node)
	if err != nil {
		return err
	}
	if len(quads) == 0 {
		return problem.NotFound("node does not exist")
	}
	if err := c.o.Workspace.WriteQuads(r.Context(), nil, quads); err != nil {
		return err
	}
	return send(w, contentJSON, []byte(`{"result": "Successfully deleted 1 nodes.", "count": 1}`+"\n"))
}

// quadsOf returns all quads in which a term stands.
func (c *Interface) quadsOf(r *http.Request, node schema.Term) (quads []schema.Quad, err error) {
	now := c.o.Workspace.Graph().Store().Snapshot()
	defer now.Close()
	for _, p := range []schema.Quad{{Subject: node}, {Predicate: node}, {Object: node}, {Graph: node}} {
		err := now.Match(r.Context(), p, func(q schema.Quad) error {
			quads = append(quads, q)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return quads, nil
}

// maxPatterns is how many combinations of values a request to read may ask for.
const maxPatterns = 10_000

// patterns makes a pattern of every combination of the values that the request names, with commas between them.
func (c *Interface) patterns(r *http.Request) ([]schema.Quad, error) {
	list := []schema.Quad{{}}
	for _, side := range []struct {
		name string
		set  func(q *schema.Quad, t schema.Term)
	}{
		{"sub", func(q *schema.Quad, t schema.Term) { q.Subject = t }}, {"pred", func(q *schema.Quad, t schema.Term) { q.Predicate = t }},
		{"obj", func(q *schema.Quad, t schema.Term) { q.Object = t }}, {"label", func(q *schema.Quad, t schema.Term) { q.Graph = t }},
	} {
		value := r.FormValue(side.name)
		if value == "" {
			continue
		}
		var next []schema.Quad
		for _, q := range list {
			for text := range strings.SplitSeq(value, ",") {
				side.set(&q, c.names.Term(text))
				next = append(next, q)
			}
			if len(next) > maxPatterns {
				return nil, bad("too many values")
			}
		}
		list = next
	}
	return list, nil
}

// errEnough ends a walk.
var errEnough = errors.New("enough")

// matching walks over the quads that fit, at most limit, those of one state of the graph.
func matching(r *http.Request, v *graph.View, patterns []schema.Quad, limit int) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		left := limit
		for _, p := range patterns {
			err := v.Snapshot().Match(r.Context(), p, func(q schema.Quad) error {
				if left == 0 || !yield(q, nil) {
					return errEnough
				}
				left--
				return nil
			})
			if errors.Is(err, errEnough) {
				return
			}
			if err != nil && !yield(schema.Quad{}, err) {
				return
			}
		}
	}
}

func (c *Interface) read(w http.ResponseWriter, r *http.Request) error {
	f := format(r.FormValue("format"), r.Header.Get("Accept"))
	patterns, err := c.patterns(r)
	if err != nil {
		return err
	}
	v := c.o.Workspace.Graph().View()
	defer v.Close()
	if len(f.Mime) > 0 {
		w.Header().Set("Content-Type", f.Mime[0])
	} else {
		w.Header().Set("Content-Type", contentText)
	}
	return c.stream(w, r, func(to io.Writer) error {
		return cayley.WriteQuads(to, f, c.names, r.FormValue("iri"), matching(r, v, patterns, -1))
	})
}

// stream lets write fill an answer, packed if the client asks for it. A failure on the way breaks the connection.
func (c *Interface) stream(w http.ResponseWriter, r *http.Request, write func(to io.Writer) error) error {
	out := &problem.Begun{Writer: w}
	var to io.Writer = out
	closed := func() error { return nil }
	if first, _, _ := strings.Cut(r.Header.Get("Accept-Encoding"), ","); strings.TrimSpace(first) == "gzip" {
		packed := gzip.NewWriter(out)
		w.Header().Set("Content-Encoding", "gzip")
		to, closed = packed, packed.Close
	}
	err := write(to)
	if err == nil {
		err = closed()
	}
	if err == nil {
		return nil
	}
	if out.Yes {
		c.o.Log.ErrorContext(r.Context(), "an answer broke off", "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler)
	}
	w.Header().Del("Content-Encoding")
	return err
}

// maxGephi is how many quads are drawn when the request does not say.
const maxGephi = 10_000

func (c *Interface) gephi(w http.ResponseWriter, r *http.Request) error {
	limit := maxGephi
	if text := r.FormValue("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return bad("limit must be a number")
		}
		limit = n
	}
	patterns, err := c.patterns(r)
	if err != nil {
		return err
	}
	v := c.o.Workspace.Graph().View()
	defer v.Close()
	w.Header().Set("Content-Type", "application/stream+json")
	return c.stream(w, r, func(to io.Writer) error { return cayley.GephiStream(to, c.names, matching(r, v, patterns, limit)) })
}
