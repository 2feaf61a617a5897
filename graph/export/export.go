// Package export writes a graph in the formats that other programs read: N-Quads, and JSON with one claim
// or one path a line. What leaves is the same, byte for byte, for the same documents, in whatever order
// they came in. Errors are those of the graph and of the writer.
package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/path"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// NQuads writes every quad as canonical N-Quads, sorted by line. It keeps the subjects in memory, and the
// quads of one subject at a time.
func NQuads(ctx context.Context, g *graph.Graph, w io.Writer) error {
	s := g.Store().Snapshot()
	defer s.Close()
	subjects, err := subjects(ctx, s.Match)
	if err != nil {
		return fmt.Errorf("read the subjects: %w", err)
	}
	out := rdf.NewWriter(w)
	var quads []schema.Quad
	for _, subject := range subjects {
		quads = quads[:0]
		err := s.Match(ctx, schema.Quad{Subject: subject.term}, func(q schema.Quad) error {
			quads = append(quads, q)
			return nil
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", subject.key, err)
		}
		rdf.Sort(quads)
		for _, q := range quads {
			if err := out.Write(q); err != nil {
				return fmt.Errorf("write a quad of %s: %w", subject.key, err)
			}
		}
	}
	return out.Flush()
}

// subject is a term with the form that lines sort by.
type subject struct {
	key  string
	term schema.Term
}

type matcher func(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error

// subjects returns all subjects in the order of their lines.
func subjects(ctx context.Context, match matcher) ([]subject, error) {
	var out []subject
	var last schema.Term
	err := match(ctx, schema.Quad{}, func(q schema.Quad) error {
		if q.Subject == last {
			return nil
		}
		last = q.Subject
		key, err := rdf.AppendTerm(nil, last)
		// The blank that follows keeps _:a before _:a1, as in lines.
		out = append(out, subject{string(key) + " ", last})
		return err
	})
	slices.SortFunc(out, func(a, b subject) int { return strings.Compare(a.key, b.key) })
	return slices.CompactFunc(out, func(a, b subject) bool { return a.key == b.key }), err
}

func writeNQuads(ctx context.Context, s *selection, w io.Writer) error { return NQuads(ctx, s.g, w) }

// Claims writes the claims that fit the filter, one JSON object a line, sorted by ID. IDs are absolute
// IRIs; a key is absent when its value is empty.
func Claims(ctx context.Context, g *graph.Graph, f graph.Filter, w io.Writer) error {
	enc := newEncoder(w)
	for c, err := range g.Claims(ctx, f) {
		if err != nil {
			return err
		}
		if err := enc.Encode(claimOf(g, &c)); err != nil {
			return fmt.Errorf("write claim %s: %w", c.ID, err)
		}
	}
	return nil
}

// Claim writes one claim as Claims does.
func Claim(g *graph.Graph, c *schema.Claim, w io.Writer) error {
	return newEncoder(w).Encode(claimOf(g, c))
}

// Paths writes paths, one JSON object a line: of each hop the best supported claim, and with it all claims of the hop.
func Paths(g *graph.Graph, paths []path.Path, w io.Writer) error {
	enc := newEncoder(w)
	for i := range paths {
		if err := enc.Encode(pathOf(g, &paths[i])); err != nil {
			return fmt.Errorf("write path %d: %w", i+1, err)
		}
	}
	return nil
}

func newEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}
