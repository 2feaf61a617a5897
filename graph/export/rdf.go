package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func writeTriG(ctx context.Context, s *selection, w io.Writer) error {
	return writeGraphs(ctx, s, rdf.TriG, w)
}

func writeJSONLD(ctx context.Context, s *selection, w io.Writer) error {
	return writeGraphs(ctx, s, rdf.JSONLD, w)
}

// writeTurtle writes the triples of all graphs, each once, by subject: Turtle has no names for graphs.
func writeTurtle(ctx context.Context, s *selection, w io.Writer) error {
	r := s.view.Snapshot()
	subjects, err := subjects(ctx, r.Match)
	if err != nil {
		return fmt.Errorf("read the subjects: %w", err)
	}
	out, err := rdf.NewQuadWriter(w, rdf.Turtle, rdf.WriteOptions{Prefixes: Prefixes(s.names)})
	if err != nil {
		return err
	}
	for _, subject := range subjects {
		quads, err := collect(ctx, r.Match, schema.Quad{Subject: subject.term})
		if err != nil {
			return fmt.Errorf("read %s: %w", subject.key, err)
		}
		for i := range quads {
			quads[i].Graph = schema.Term{}
		}
		if err := writeReadable(out, quads); err != nil {
			return err
		}
	}
	return out.Flush()
}

// writeGraphs writes one graph after the other, the default graph first. It keeps the names of the graphs in memory, and the
// quads of one at a time.
func writeGraphs(ctx context.Context, s *selection, f rdf.Format, w io.Writer) error {
	r := s.view.Snapshot()
	names, err := graphNames(ctx, r.Match)
	if err != nil {
		return fmt.Errorf("read the names of the graphs: %w", err)
	}
	out, err := rdf.NewQuadWriter(w, f, rdf.WriteOptions{Prefixes: Prefixes(s.names)})
	if err != nil {
		return err
	}
	for _, name := range names {
		quads, err := collect(ctx, r.MatchGraph, schema.Quad{Graph: name})
		if err != nil {
			return fmt.Errorf("read the graph %s: %w", name.Value, err)
		}
		if err := writeReadable(out, quads); err != nil {
			return err
		}
	}
	return out.Flush()
}

// graphNames returns the names of all graphs, NoTerm for the default graph first.
func graphNames(ctx context.Context, match matcher) ([]schema.Term, error) {
	seen := map[schema.Term]string{}
	err := match(ctx, schema.Quad{}, func(q schema.Quad) error {
		if _, ok := seen[q.Graph]; ok {
			return nil
		}
		key := ""
		if q.Graph.Kind != schema.NoTerm {
			term, err := rdf.AppendTerm(nil, q.Graph)
			if err != nil {
				return err
			}
			key = string(term) + " "
		}
		seen[q.Graph] = key
		return nil
	})
	names := make([]schema.Term, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b schema.Term) int { return strings.Compare(seen[a], seen[b]) })
	return names, err
}

func collect(ctx context.Context, match matcher, p schema.Quad) (quads []schema.Quad, err error) {
	err = match(ctx, p, func(q schema.Quad) error {
		quads = append(quads, q)
		return nil
	})
	return quads, err
}

func writeReadable(out rdf.QuadWriter, quads []schema.Quad) error {
	rdf.SortReadable(quads)
	for _, q := range slices.Compact(quads) {
		if err := out.Write(q); err != nil {
			return fmt.Errorf("write a quad of %s: %w", q.Subject.Value, err)
		}
	}
	return nil
}

// Prefixes are the prefixes of a graph as RDF files declare them.
func Prefixes(names *schema.Names) (list []rdf.Prefix) {
	names.Prefixes(func(short, iri string) { list = append(list, rdf.Prefix{Name: short, IRI: iri}) })
	return list
}
