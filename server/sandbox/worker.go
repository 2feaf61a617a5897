package sandbox

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"newsgraph/graph"
	"newsgraph/graph/cayley"
	"newsgraph/graph/query"
	"newsgraph/schema"
	"newsgraph/server/problem"
)

// Language is a query language that people write in.
type Language struct{ ID, Label string }

// Languages lists the languages of the form Cells.
func Languages() []Language {
	return []Language{{"gizmo", "Gizmo"}, {"graphql", "GraphQL"}, {"mql", "MQL"}}
}

// maxRequest is the longest line that a worker reads: a text is at most query.MaxText, and JSON may escape every byte of it.
const maxRequest = 8 * query.MaxText

// Serve answers requests from in on out until in ends, one at a time. It first writes an empty object, to say that it is
// ready.
func Serve(ctx context.Context, in io.Reader, out io.Writer, g *graph.Graph) error {
	w := &worker{graph: g, out: bufio.NewWriter(out)}
	if err := w.write(reply{}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxRequest)
	for lines.Scan() {
		if err := w.answer(ctx, lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}

type worker struct {
	graph *graph.Graph
	out   *bufio.Writer
}

// write writes a line, and sends it when it is the last of an answer.
func (w *worker) write(r reply) error {
	enc := json.NewEncoder(w.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil || r.Row != nil {
		return err
	}
	return w.out.Flush()
}

// errRows ends a query that has given as many rows as were asked for.
var errRows = errors.New("enough rows")

// answer runs one request. Its own error is that of the pipe.
func (w *worker) answer(ctx context.Context, line []byte) error {
	var q Request
	if err := json.Unmarshal(line, &q); err != nil {
		return w.end(problem.Bad("the request cannot be read: %v", err), false)
	}
	var broken error
	rows := 0
	emit := func(v any) error {
		if rows == q.Limit {
			return errRows
		}
		rows++
		text, err := encode(v)
		if err != nil {
			return err
		}
		broken = w.write(reply{Row: text})
		return broken
	}
	err := w.run(ctx, q, emit)
	if broken != nil {
		return broken
	}
	if errors.Is(err, errRows) {
		return w.end(nil, true)
	}
	return w.end(err, false)
}

func (w *worker) end(err error, truncated bool) error {
	e := &end{Truncated: truncated}
	if err != nil {
		e.Problem = problem.Of(err)
		e.Status = e.Problem.Status
		if e.Status == http.StatusInternalServerError && e.Problem.Code == "internal" {
			e.Problem.Message = err.Error() // the pool logs it; nobody else sees it
		}
	}
	return w.write(reply{End: e})
}

// run runs a query in the form asked for.
func (w *worker) run(ctx context.Context, q Request, emit func(any) error) error {
	timeout := time.Duration(q.TimeoutMS) * time.Millisecond
	if q.Form != Cells {
		return plain(cayley.Query(ctx, w.graph, q.Text, cayley.Options{Language: q.Language, Limit: q.Limit, Timeout: timeout, Linked: q.Form == Linked}, emit))
	}
	limit := q.Limit
	if limit >= 0 {
		limit++ // one more, to know that there are more
	}
	return query.Run(ctx, w.graph, q.Language, q.Text, query.Options{Limit: limit, Timeout: timeout}, func(r query.Row) error {
		row, err := w.row(r)
		if err != nil {
			return err
		}
		return emit(row)
	})
}

// plain leaves an error of a script in the engine's own words.
func plain(err error) error {
	var script *query.ScriptError
	if errors.As(err, &script) {
		return problem.New(http.StatusBadRequest, "query", script.Text, "")
	}
	return err
}

func encode(v any) (json.RawMessage, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n")), err
}

// row writes a row as the API has it; what a script emitted is one cell.
func (w *worker) row(r query.Row) (Row, error) {
	if r.Cells == nil {
		return w.emitted(r.Value)
	}
	row := Row{Cells: []Cell{}}
	for _, c := range r.Cells {
		cell, err := w.cell(c)
		if err != nil {
			return Row{}, err
		}
		row.Cells = append(row.Cells, cell)
	}
	return row, nil
}

// emitted makes cells of a value: of an object one for each field, its ID first.
func (w *worker) emitted(v any) (Row, error) {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		cell, err := w.value("value", v)
		return Row{[]Cell{cell}}, err
	}
	row := Row{}
	for _, key := range slices.SortedFunc(maps.Keys(object), idFirst) {
		if base, ok := strings.CutSuffix(key, "_label"); ok && object[base] != nil {
			continue // it is the label of the field beside it
		}
		cell, err := w.value(key, object[key])
		if err != nil {
			return row, err
		}
		row.Cells = append(row.Cells, cell)
	}
	return row, nil
}

func idFirst(a, b string) int {
	rank := map[string]int{"id": -1}
	return cmp.Or(cmp.Compare(rank[a], rank[b]), strings.Compare(a, b))
}

// value makes a cell of a value as JSON has it.
func (w *worker) value(column string, v any) (Cell, error) {
	if text, ok := v.(string); ok {
		cell := Cell{Column: column, Kind: "literal", Text: text}
		if kind, id := kindOf(text); kind != "iri" {
			cell.Kind, cell.ID = kind, id
		}
		return w.named(cell)
	}
	text, err := encode(v)
	kind := "json"
	switch v.(type) {
	case bool, int, int64, float64:
		kind = "literal"
	}
	return Cell{Column: column, Kind: kind, Text: string(text)}, err
}

// named adds what the graph calls an entity.
func (w *worker) named(c Cell) (Cell, error) {
	if c.Kind != "entity" {
		return c, nil
	}
	e, _, err := w.graph.Entity(context.Background(), c.ID)
	c.Label, c.Type = e.Label, e.Type
	return c, err
}

func (w *worker) cell(c query.Cell) (Cell, error) {
	cell := Cell{Column: c.Tag, Kind: "literal", Text: c.Text, Label: c.Label, Datatype: c.Term.Datatype, Lang: c.Term.Lang}
	switch c.Term.Kind {
	case schema.Blank:
		cell.Kind, cell.Text = "blank", "_:"+c.Text
	case schema.IRI:
		cell.Kind, cell.ID = kindOf(c.Text)
	}
	return w.named(cell)
}

// kindOf tells what a prefixed IRI names, and its ID.
func kindOf(iri string) (kind, id string) {
	prefix, local, _ := strings.Cut(iri, ":")
	switch prefix {
	case "ent":
		kind = "entity"
	case "id":
		kind = "claim"
	case "doc":
		kind = "document"
	case "claim", "fact", "denied":
		kind = "predicate"
	default:
		return "iri", ""
	}
	if strings.ContainsAny(local, "#/") {
		return "iri", "" // a range of a document's text, or a quantity of a claim
	}
	return kind, schema.UnescapeLocal(local)
}
