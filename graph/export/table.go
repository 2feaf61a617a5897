package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// claimColumns are the columns of the claims as a table.
func claimColumns() []string {
	return []string{
		"claim", "subject", "subject_id", "subject_type", "predicate", "relation", "object", "object_id", "object_type",
		"datatype", "factuality", "attribution", "attribution_ids", "event", "event_date", "precision", "time_text",
		"place", "place_id", "quantities", "confidence",
		"quote", "start", "end", "document", "title", "publisher", "author", "published", "url",
	}
}

// writeCSV writes the claims as a table, one row for each piece of evidence.
func writeCSV(ctx context.Context, s *selection, w io.Writer) error {
	out := csv.NewWriter(w)
	if err := s.rows(ctx, out.Write); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// writeTSV is writeCSV with tabs and without quoting: line breaks and tabs in texts become blanks.
func writeTSV(ctx context.Context, s *selection, w io.Writer) error {
	out := bufio.NewWriter(w)
	err := s.rows(ctx, func(row []string) error {
		for i := range row {
			row[i] = oneLine(row[i])
		}
		_, err := fmt.Fprintln(out, strings.Join(row, "\t"))
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// rows calls f with the heading and the rows of the claims, sorted by claim and evidence.
func (s *selection) rows(ctx context.Context, f func(row []string) error) error {
	if err := f(claimColumns()); err != nil {
		return err
	}
	for c, err := range s.claims(ctx) {
		if err != nil {
			return err
		}
		head := claimCells(c)
		for _, e := range c.Evidence {
			d, err := s.document(ctx, e.Document)
			if err != nil {
				return err
			}
			row := append(head[:len(head):len(head)], cell(e.Quote), strconv.Itoa(e.Start), strconv.Itoa(e.End), documentID(d.ID),
				cell(d.Title), cell(d.Publisher), cell(d.Author), cell(d.Published), cell(d.URL))
			if err := f(row); err != nil {
				return fmt.Errorf("write claim %s: %w", c.ID, err)
			}
		}
	}
	return nil
}

// claimCells are the cells of a claim without its evidence.
func claimCells(c *schema.Claim) []string {
	var when schema.Time
	if c.Time != nil {
		when = *c.Time
	}
	object, objectID, objectType, datatype := c.Object.Literal, "", "", c.Object.Datatype
	if e := c.Object.Entity; e != nil {
		object, objectID, objectType = e.Label, entityID(e.ID), e.Type
	}
	place, placeID := "", ""
	if c.Place != nil {
		place, placeID = c.Place.Label, entityID(c.Place.ID)
	}
	var sources, quantities []string
	for i := range c.Attribution {
		sources = append(sources, entityID(c.Attribution[i].ID))
	}
	for _, q := range c.Quantities {
		quantities = append(quantities, strings.TrimSpace(number(q.Value)+" "+q.Unit))
	}
	return []string{
		claimID(c.ID), cell(c.Subject.Label), entityID(c.Subject.ID), cell(c.Subject.Type), cell(c.Predicate), cell(c.Relation),
		cell(object), objectID, cell(objectType), cell(datatype),
		c.Factuality.String(), cell(chain(c)), strings.Join(sources, several), c.Event, cell(when.Value), cell(when.Precision), cell(when.Text),
		cell(place), placeID, cell(strings.Join(quantities, several)), number(c.Confidence),
	}
}

// writeJSONL writes the claims as Claims does.
func writeJSONL(ctx context.Context, s *selection, w io.Writer) error {
	enc := newEncoder(w)
	for c, err := range s.claims(ctx) {
		if err != nil {
			return err
		}
		if err := enc.Encode(claimOf(s.g, c)); err != nil {
			return fmt.Errorf("write claim %s: %w", c.ID, err)
		}
	}
	return nil
}

// writeGephi writes the network as the two tables that Gephi's spreadsheet importer reads.
func writeGephi(ctx context.Context, s *selection, to Folder) error {
	if err := s.survey(ctx); err != nil {
		return err
	}
	if err := to.File("nodes.csv", func(w io.Writer) error { return s.gephiNodes(ctx, w) }); err != nil {
		return err
	}
	return to.File("edges.csv", func(w io.Writer) error { return s.gephiEdges(ctx, w) })
}

func (s *selection) gephiNodes(ctx context.Context, w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(append([]string{"Id", "Label"}, fieldNames(nodeFields())...)); err != nil {
		return err
	}
	for n, err := range s.nodes(ctx) {
		if err != nil {
			return err
		}
		if err := out.Write(append([]string{n.id, cell(n.label)}, cells(n.values)...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (s *selection) gephiEdges(ctx context.Context, w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"Source", "Target", "Type", "Id", "Label", "Weight", "Time Interval"}
	if err := out.Write(append(head, fieldNames(tieFields())...)); err != nil {
		return err
	}
	err := s.ties(ctx, func(t *tie) error {
		row := []string{t.from, t.to, "Directed", t.id, cell(t.label), strconv.Itoa(t.weight), intervals(t.spells)}
		return out.Write(append(row, cells(t.values)...))
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// intervals writes spells as Gephi does: <[2020-09-14, 2020-09-14]; [2020-09-20, Infinity]>.
func intervals(spells []spell) string {
	if len(spells) == 0 {
		return ""
	}
	parts := make([]string, len(spells))
	for i, p := range spells {
		first, last := p.first, p.last
		if first == "" {
			first = "-Infinity"
		}
		if last == "" {
			last = "Infinity"
		}
		parts[i] = "[" + first + ", " + last + "]"
	}
	return "<" + strings.Join(parts, "; ") + ">"
}

func fieldNames(fields []field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func cells(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = cell(v)
	}
	return out
}
