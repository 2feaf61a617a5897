package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/query"
	"newsgraph/server/workspace"
)

func (a *app) queryCommand() *cobra.Command {
	var inProcess bool
	cmd := &cobra.Command{
		Use:   "query GIZMO|-",
		Short: "Query the graph in Gizmo",
		Long: `query runs a query in Gizmo, Cayley's path language in JavaScript, given as the argument or on standard input (-).
Entities go by any of their names, predicates are in the claim: namespace unless they have another prefix
(fact: what articles themselves assert, denied: what is said not to be so). A triple that several claims
carry comes once for each; .Unique() leaves one.

The query runs in a process of its own with limits on time (--timeout) and memory. No rows is no error.`,
		Example: `  newsgraph query 'g.V("Russia").Out("loans").Unique().All()'
  newsgraph query 'g.V().Has("fact:meets", "Angela Merkel").Unique().All()' --limit 20 --format table
  newsgraph query - --timeout 5s < query.js`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := a.queryText(args[0])
			if err != nil {
				return err
			}
			if inProcess {
				return a.runQuery(text)
			}
			return a.query(text)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&inProcess, "in-process", false, "run the query here, rows and errors as JSON")
	_ = flags.MarkHidden("in-process") // the flag is there
	for _, key := range []string{"query.timeout", "query.limit", "store.path"} {
		addSetting(flags, key)
	}
	return cmd
}

// queryText is the argument, or standard input for -.
func (a *app) queryText(arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	text, err := io.ReadAll(io.LimitReader(a.stdin, query.MaxText+1))
	if err != nil {
		return "", fmt.Errorf("read the query: %w", err)
	}
	return string(text), nil
}

// runQuery runs the query in this process, within limits; it is the child's half of query.
func (a *app) runQuery(text string) error {
	limit := a.settings.Duration("query.timeout")
	if err := limitProcess(limit); err != nil {
		return fmt.Errorf("set limits: %w", err)
	}
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		o := query.Options{Limit: a.settings.Count("query.limit"), Timeout: limit}
		if o.Limit == 0 {
			o.Limit = -1
		}
		return a.write(func(out io.Writer) error { return query.Gizmo(ctx, w.Graph(), text, o, query.WriteJSON(out)) })
	})
}

// query lets a child process run the query and shows its rows.
func (a *app) query(text string) error {
	if a.format() == formatJSONL {
		return a.write(func(w io.Writer) error {
			return a.child(text, func(row json.RawMessage) error { return encode(w, row, "") })
		})
	}
	list := []any{}
	failed := a.child(text, func(row json.RawMessage) error {
		list = append(list, row)
		return nil
	})
	if failed != nil && len(list) == 0 {
		return failed
	}
	if err := a.show(result{whole: list, table: func(p *printer) { p.queryRows(list) }}); err != nil {
		return err
	}
	return failed
}

// queryRows writes rows in columns, one for each tag in the order of the first row that has it; the label
// of an entity stands before its ID.
func (p *printer) queryRows(list []any) {
	var tags []string
	column := map[string]int{}
	var lines [][]string
	for _, row := range list {
		line := make([]string, len(tags))
		for _, c := range rowCells(row.(json.RawMessage)) {
			i, ok := column[c.tag]
			if !ok {
				i = len(tags)
				column[c.tag], tags = i, append(tags, c.tag)
			}
			for len(line) <= i {
				line = append(line, "")
			}
			line[i] = c.text
		}
		lines = append(lines, line)
	}
	if len(lines) > 0 {
		p.table(append([][]string{tags}, lines...))
	}
}

// rowCell is a value of a row for people.
type rowCell struct{ tag, text string }

// rowCells reads a row's object in its order; any other value is one cell.
func rowCells(row json.RawMessage) []rowCell {
	dec := json.NewDecoder(strings.NewReader(string(row)))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return []rowCell{{"value", cellText(row)}}
	}
	var cells []rowCell
	at := map[string]int{}
	for dec.More() {
		tag, _ := dec.Token()
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			break
		}
		name := fmt.Sprint(tag)
		if i, ok := at[strings.TrimSuffix(name, "_label")]; ok && strings.HasSuffix(name, "_label") {
			cells[i].text = cellText(value) + " (" + cells[i].text + ")"
			continue
		}
		at[name] = len(cells)
		cells = append(cells, rowCell{name, cellText(value)})
	}
	return cells
}

func cellText(value json.RawMessage) string {
	var s string
	if json.Unmarshal(value, &s) == nil {
		return oneLine(s)
	}
	return oneLine(string(value))
}
