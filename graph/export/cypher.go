package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"newsgraph/schema"
)

// cypherHead begins a script. The index is what makes MERGE fast; its form is Neo4j's.
const cypherHead = `// A graph of newsgraph: one statement a line, each of which may be run again without harm.
// Neo4j: cypher-shell -f FILE. Memgraph: write the next statement as CREATE INDEX ON :Newsgraph(id);
CREATE INDEX newsgraph_id IF NOT EXISTS FOR (n:Newsgraph) ON (n.id);
`

// writeCypher writes the property graph as a script of MERGE statements, one a line.
func writeCypher(ctx context.Context, s *selection, w io.Writer) error {
	if err := s.survey(ctx); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(cypherHead); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(s.entities)) {
		if err := mergeVertex(out, s.entityVertex(s.entity(id))); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.articles)) {
		d, err := s.document(ctx, id)
		if err != nil {
			return err
		}
		if err := mergeVertex(out, s.articleVertex(d)); err != nil {
			return err
		}
	}
	for v, err := range s.literals(ctx) {
		if err != nil {
			return err
		}
		if err := mergeVertex(out, literalVertex(v)); err != nil {
			return err
		}
	}
	if err := s.each(ctx, func(c *schema.Claim) error { return s.mergeClaim(ctx, out, c) }); err != nil {
		return err
	}
	return out.Flush()
}

// mergeClaim writes the statements of a claim.
func (s *selection) mergeClaim(ctx context.Context, w io.Writer, c *schema.Claim) error {
	told, err := s.documentsOf(ctx, c)
	if err != nil {
		return err
	}
	if err := mergeVertex(w, s.claimVertex(c, told)); err != nil {
		return err
	}
	arcs := append(roleArcs(c), tieArc(c, told))
	for _, e := range c.Evidence {
		arcs = append(arcs, evidenceArc(c, e))
	}
	for _, a := range arcs {
		_, err := fmt.Fprintf(w, "MATCH (a:Newsgraph {id: %s}) MATCH (b:Newsgraph {id: %s}) MERGE (a)-[r:%s {%s}]->(b)%s;\n",
			cypherText(a.from), cypherText(a.to), cypherName(a.kind), cypherMap(a.keys), cypherSet("r", nil, a.properties))
		if err != nil {
			return err
		}
	}
	return nil
}

func mergeVertex(w io.Writer, v vertex) error {
	_, err := fmt.Fprintf(w, "MERGE (n:Newsgraph {id: %s})%s;\n", cypherText(v.id), cypherSet("n", v.labels, v.properties))
	return err
}

// cypherSet writes a SET clause, or nothing when there is nothing to set.
func cypherSet(variable string, labels []string, properties []property) string {
	var items []string
	for _, l := range labels {
		items = append(items, variable+":"+cypherName(l))
	}
	for _, p := range properties {
		if value := cypherValue(p); value != "" {
			items = append(items, variable+"."+p.name+" = "+value)
		}
	}
	if len(items) == 0 {
		return ""
	}
	return " SET " + strings.Join(items, ", ")
}

func cypherMap(properties []property) string {
	var items []string
	for _, p := range properties {
		items = append(items, p.name+": "+cypherValue(p))
	}
	return strings.Join(items, ", ")
}

// cypherValue writes a value, or nothing when it is empty.
func cypherValue(p property) string {
	if p.kind == listKind {
		if len(p.values) == 0 {
			return ""
		}
		texts := make([]string, len(p.values))
		for i, v := range p.values {
			texts[i] = cypherText(v)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	}
	v := p.values[0]
	switch {
	case v == "":
		return ""
	case p.kind == dayKind:
		return "date(" + cypherText(v) + ")"
	case p.kind == stringKind:
		return cypherText(v)
	}
	return v
}

// cypherText writes a text as a string literal on one line. Some readers take \u for the beginning of a character anywhere,
// also after another backslash: the two never stand side by side.
func cypherText(s string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(cypherEscapes.Replace(plain(s)), `\\u`, `\\' + 'u`), `\\U`, `\\' + 'U`) + "'"
}

var cypherEscapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// cypherName writes the name of a label or a type, which identifier made.
func cypherName(name string) string { return "`" + name + "`" }
