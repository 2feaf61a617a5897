package export

import (
	"context"
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strings"

	"newsgraph/schema"
)

// neo4jScript loads the files into a new database.
const neo4jScript = `#!/bin/sh
# Loads these files into a new Neo4j database: sh import.sh [DATABASE]
set -eu
cd "$(dirname "$0")"
exec neo4j-admin database import full "${1:-neo4j}" \
  --nodes=entities.csv --nodes=articles.csv --nodes=claims.csv --nodes=literals.csv \
  --relationships=ties.csv --relationships=roles.csv --relationships=evidence.csv
`

// writeNeo4j writes the files that neo4j-admin imports. No cell holds a line break, so no option is needed for them.
func writeNeo4j(ctx context.Context, s *selection, to Folder) error {
	if err := s.survey(ctx); err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		head []string
		rows func(add func([]string) error) error
	}{
		{"entities.csv", vertexHead(s.entityVertex(schema.Entity{})), s.neo4jEntities},
		{"articles.csv", vertexHead(s.articleVertex(schema.Document{})), func(add func([]string) error) error { return s.neo4jArticles(ctx, add) }},
		{"claims.csv", vertexHead(s.claimVertex(&schema.Claim{}, nil)), s.neo4jClaims(ctx, func(c *schema.Claim, told map[string]schema.Document) [][]string {
			return [][]string{vertexRow(s.claimVertex(c, told))}
		})},
		{"literals.csv", vertexHead(literalVertex(schema.Value{})), s.neo4jLiterals(ctx)},
		{"ties.csv", arcHead(tieArc(&schema.Claim{}, nil)), s.neo4jClaims(ctx, func(c *schema.Claim, told map[string]schema.Document) [][]string {
			return [][]string{arcRow(tieArc(c, told))}
		})},
		{"roles.csv", arcHead(roleArcs(&schema.Claim{})[0]), s.neo4jClaims(ctx, func(c *schema.Claim, _ map[string]schema.Document) (rows [][]string) {
			for _, a := range roleArcs(c) {
				rows = append(rows, arcRow(a))
			}
			return rows
		})},
		{"evidence.csv", arcHead(evidenceArc(&schema.Claim{}, schema.Evidence{})), s.neo4jClaims(ctx, func(c *schema.Claim, _ map[string]schema.Document) (rows [][]string) {
			for _, e := range c.Evidence {
				rows = append(rows, arcRow(evidenceArc(c, e)))
			}
			return rows
		})},
	} {
		err := to.File(file.name, func(w io.Writer) error {
			out := csv.NewWriter(w)
			if err := out.Write(file.head); err != nil {
				return err
			}
			if err := file.rows(out.Write); err != nil {
				return err
			}
			out.Flush()
			return out.Error()
		})
		if err != nil {
			return err
		}
	}
	return to.File("import.sh", func(w io.Writer) error { _, err := io.WriteString(w, neo4jScript); return err })
}

func (s *selection) neo4jEntities(add func([]string) error) error {
	for _, id := range slices.Sorted(maps.Keys(s.entities)) {
		if err := add(vertexRow(s.entityVertex(s.entity(id)))); err != nil {
			return err
		}
	}
	return nil
}

func (s *selection) neo4jArticles(ctx context.Context, add func([]string) error) error {
	for _, id := range slices.Sorted(maps.Keys(s.articles)) {
		d, err := s.document(ctx, id)
		if err != nil {
			return err
		}
		if err := add(vertexRow(s.articleVertex(d))); err != nil {
			return err
		}
	}
	return nil
}

// neo4jClaims adds the rows of every claim.
func (s *selection) neo4jClaims(ctx context.Context, rows func(c *schema.Claim, told map[string]schema.Document) [][]string) func(func([]string) error) error {
	return func(add func([]string) error) error {
		return s.each(ctx, func(c *schema.Claim) error {
			told, err := s.documentsOf(ctx, c)
			if err != nil {
				return err
			}
			for _, row := range rows(c, told) {
				if err := add(row); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func (s *selection) neo4jLiterals(ctx context.Context) func(func([]string) error) error {
	return func(add func([]string) error) error {
		for v, err := range s.literals(ctx) {
			if err != nil {
				return err
			}
			if err := add(vertexRow(literalVertex(v))); err != nil {
				return err
			}
		}
		return nil
	}
}

func vertexHead(v vertex) []string {
	return append([]string{"id:ID", ":LABEL"}, propertyHeads(v.properties)...)
}

func arcHead(a arc) []string {
	return append([]string{":START_ID", ":END_ID", ":TYPE"}, propertyHeads(slices.Concat(a.keys, a.properties))...)
}

func propertyHeads(properties []property) []string {
	heads := make([]string, len(properties))
	for i, p := range properties {
		heads[i] = p.name + ":" + p.kind
	}
	return heads
}

func vertexRow(v vertex) []string {
	return append([]string{v.id, strings.Join(v.labels, ";")}, propertyCells(v.properties)...)
}

func arcRow(a arc) []string {
	return append([]string{a.from, a.to, a.kind}, propertyCells(slices.Concat(a.keys, a.properties))...)
}

// propertyCells writes values on one line each; in a list, whose values have semicolons between them, those of the values become commas.
func propertyCells(properties []property) []string {
	cells := make([]string, len(properties))
	for i, p := range properties {
		values := make([]string, len(p.values))
		for j, v := range p.values {
			values[j] = oneLine(plain(v))
			if p.kind == listKind {
				values[j] = strings.ReplaceAll(values[j], ";", ",")
			}
		}
		cells[i] = strings.Join(values, ";")
	}
	return cells
}
