package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/query"
	"newsgraph/server/workspace"
)

// queryFlags are the flags of query that no setting stands for.
type queryFlags struct {
	language, format string
	offset, limit    int // limit: 0 for all
	failIfEmpty      bool
	inProcess, quads bool
	choice           workspace.Choice
	store            string // with a graph of the claims chosen; empty where there is no choice
}

// queryFormats are the values of query's --format.
var queryFormats = []string{formatTable, formatJSON, formatJSONL, "csv", "tsv", "nq"}

func (a *app) queryCommand() *cobra.Command {
	var f queryFlags
	cmd := &cobra.Command{
		Use:     "query TEXT|-",
		Aliases: []string{"qu"},
		Short:   "Query the graph in Gizmo, GraphQL or MQL",
		Long: `query runs a query, given as the argument or on standard input (-), in Gizmo, Cayley's path language in JavaScript, or with
--lang in its GraphQL or MQL. Entities go by any of their names, predicates are in the claim: namespace unless they have
another prefix (fact: what articles themselves assert, denied: what is said not to be so). In Gizmo a triple that several
claims carry comes once for each; .Unique() leaves one.

As nq the rows of Gizmo are N-Quads: each has the tags subject, predicate and object, and graph where there is one.
The flags that choose claims, those of the command claims, let the query see these claims alone, with their articles and the
names of entities; what else is in the store is not there for it.

The query runs in a process of its own with limits on time (--timeout) and memory. No rows is no error, unless
--fail-if-empty makes it exit code 3. Where --limit cut rows off, standard error says so.`,
		Example: `  newsgraph query 'g.V("Russia").Out("loans").Unique().All()'
  newsgraph query 'g.V().Has("fact:meets", "Angela Merkel").Unique().All()' --limit 20 --format table
  newsgraph query 'g.V("Russia").Both().Unique().All()' --factuality asserted --published-since 2020-09
  newsgraph query --lang graphql '{ nodes(leads: "Belarus") { id meets { id } } }'
  newsgraph query --lang mql '[{"id": "Belarus", "!leads": []}]' --format csv
  newsgraph query - --timeout 5s < query.js`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(_ *cobra.Command, args []string) error { return a.queryArgument(args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.language, "lang", query.Languages()[0], "`LANGUAGE`: "+strings.Join(query.Languages(), ", "))
	flags.StringVar(&f.format, "format", "", "`WORD`: "+strings.Join(queryFormats, ", ")+" (else as the setting output.format)")
	_ = flags.SetAnnotation("format", ownFlag, []string{"true"}) // the flag is there
	flags.IntVar(&f.offset, "offset", 0, "leave out the first `N` rows")
	flags.BoolVar(&f.failIfEmpty, "fail-if-empty", false, "exit with 3 when there are no rows")
	flags.BoolVar(&f.inProcess, "in-process", false, "run the query here, rows and errors as JSON")
	flags.BoolVar(&f.quads, "quads", false, "with --in-process: rows as N-Quads in JSON strings")
	_ = flags.MarkHidden("in-process") // the flags are there
	_ = flags.MarkHidden("quads")
	for _, key := range []string{"query.timeout", "query.limit", "store.path", "store.backend"} {
		addSetting(flags, key)
	}
	a.addFilter(cmd, &f.choice)
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(query.Languages(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(queryFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) queryArgument(arg string, f queryFlags) error {
	switch {
	case f.format == "":
		f.format = a.format()
	case !slices.Contains(queryFormats, f.format):
		return &failure{"usage", fmt.Sprintf("unknown format %q", f.format), "--format is one of " + strings.Join(queryFormats, ", "), exitUsage}
	}
	f.limit = a.settings.Count("query.limit")
	if f.offset < 0 {
		return &failure{"usage", "--offset is not less than 0", "", exitUsage}
	}
	text, err := a.queryText(arg)
	if err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(text) == "":
		return &failure{"usage", "the query is empty", "newsgraph query --help shows examples", exitUsage}
	case f.inProcess:
		return a.runQuery(text, f)
	case f.choice.All():
		return a.query(text, f)
	}
	return a.queryChosen(text, f)
}

// queryChosen runs the query on a graph of the claims chosen, which is made for it.
func (a *app) queryChosen(text string, f queryFlags) (err error) {
	dir, err := os.MkdirTemp("", "newsgraph-query-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	f.store = filepath.Join(dir, "store")
	err = a.read(func(ctx context.Context, w *workspace.Workspace) error { return w.Excerpt(ctx, f.choice, f.store) })
	if err != nil {
		return err
	}
	return a.query(text, f)
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
func (a *app) runQuery(text string, f queryFlags) error {
	limit := a.settings.Duration("query.timeout")
	if err := limitProcess(limit); err != nil {
		return fmt.Errorf("set limits: %w", err)
	}
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		o := query.Options{Limit: a.settings.Count("query.limit"), Timeout: limit}
		if o.Limit == 0 {
			o.Limit = -1
		}
		return a.write(func(out io.Writer) error {
			emit := query.WriteJSON(out)
			if f.quads {
				emit = func(r query.Row) error {
					line, err := r.NQuad()
					if err != nil {
						return err
					}
					return encode(out, line, "")
				}
			}
			return query.Run(ctx, w.Graph(), f.language, text, o, emit)
		})
	})
}

// ownLimit tells a script that says itself how many rows it gives.
var ownLimit = regexp.MustCompile(`(?i)\.getLimit\s*\(`)

// query lets a child process run the query and shows its rows.
func (a *app) query(text string, f queryFlags) error {
	limit := f.limit
	if ownLimit.MatchString(text) {
		limit = 0
	}
	shown, more := 0, false
	failed := a.rowsOf(f, func(take func(json.RawMessage) error) error {
		seen := 0
		return a.child(text, f, limit, func(row json.RawMessage) error {
			if seen++; seen <= f.offset {
				return nil
			}
			if limit > 0 && shown == limit {
				more = true
				return errEnoughRows
			}
			shown++
			return take(row)
		})
	})
	if more {
		a.warn(fmt.Sprintf("there are more rows; --limit 0 gives all, --offset %d the next ones", f.offset+shown))
	}
	if failed == nil && shown == 0 && f.failIfEmpty {
		return &failure{"not_found", "no rows", "", exitNotFound}
	}
	return failed
}

// errEnoughRows ends a child whose rows nobody wants any more.
var errEnoughRows = errors.New("enough rows")

// rowsOf writes the rows that run gives in the format asked for.
func (a *app) rowsOf(f queryFlags, run func(take func(json.RawMessage) error) error) error {
	until := func(err error) error {
		if errors.Is(err, errEnoughRows) {
			return nil
		}
		return err
	}
	switch f.format {
	case formatJSONL:
		return a.write(func(w io.Writer) error {
			return until(run(func(row json.RawMessage) error { return encode(w, row, "") }))
		})
	case "nq":
		return a.write(func(w io.Writer) error {
			return until(run(func(row json.RawMessage) error {
				var line string
				if err := json.Unmarshal(row, &line); err != nil {
					return err
				}
				_, err := io.WriteString(w, line)
				return err
			}))
		})
	}
	list := []any{}
	failed := until(run(func(row json.RawMessage) error {
		list = append(list, row)
		return nil
	}))
	if failed != nil && len(list) == 0 {
		return failed
	}
	return errors.Join(a.writeRows(list, f.format), failed)
}

func (a *app) writeRows(list []any, format string) error {
	return a.write(func(w io.Writer) error {
		p := &printer{w: w, color: a.color()}
		switch format {
		case formatJSON:
			return encode(w, list, "  ")
		case "csv":
			return csv.NewWriter(w).WriteAll(columns(list, rawText))
		case "tsv":
			for _, line := range columns(list, rawText) {
				for i := range line {
					line[i] = breaks.Replace(line[i])
				}
				p.line("%s", strings.Join(line, "\t"))
			}
		default:
			if lines := columns(list, cellText); len(lines) > 0 {
				p.table(labelled(lines))
			}
		}
		return p.err
	})
}

// columns puts rows into columns, one for each tag in the order of the first row that has it, under a line of the tags; there
// is none when there are no rows.
func columns(list []any, text func(json.RawMessage) string) [][]string {
	var tags []string
	column := map[string]int{}
	var lines [][]string
	for _, row := range list {
		line := make([]string, len(tags))
		for _, c := range rowCells(row.(json.RawMessage), text) {
			i, ok := column[c.tag]
			if !ok {
				i = len(tags)
				column[c.tag], tags = i, append(tags, c.tag)
				line = append(line, "")
			}
			line[i] = c.text
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return nil
	}
	for i, line := range lines {
		lines[i] = append(line, make([]string, len(tags)-len(line))...)
	}
	return append([][]string{tags}, lines...)
}

// labelled puts the label of an entity before its ID, in one column.
func labelled(lines [][]string) [][]string {
	out := make([][]string, len(lines))
	for i, tag := range lines[0] {
		if bare, ok := strings.CutSuffix(tag, "_label"); ok && slices.Contains(lines[0], bare) {
			continue
		}
		label := slices.Index(lines[0], tag+"_label")
		for k, line := range lines {
			text := line[i]
			if k > 0 && label >= 0 && line[label] != "" {
				text = line[label] + " (" + text + ")"
			}
			out[k] = append(out[k], text)
		}
	}
	return out
}

// rowCell is a value of a row.
type rowCell struct{ tag, text string }

// rowCells reads a row's object in its order; any other value is one cell.
func rowCells(row json.RawMessage, text func(json.RawMessage) string) []rowCell {
	dec := json.NewDecoder(bytes.NewReader(row))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return []rowCell{{"value", text(row)}}
	}
	var cells []rowCell
	for dec.More() {
		tag, _ := dec.Token()
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			break
		}
		cells = append(cells, rowCell{fmt.Sprint(tag), text(value)})
	}
	return cells
}

// rawText is a value as a text, whatever stands in it.
func rawText(value json.RawMessage) string {
	var s string
	if json.Unmarshal(value, &s) == nil {
		return s
	}
	return string(value)
}

// cellText is a value for one line of a terminal.
func cellText(value json.RawMessage) string { return oneLine(rawText(value)) }
