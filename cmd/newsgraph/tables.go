package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"newsgraph/nlp/eval"
)

// tableFormats are the values of --format where a command's result is tables; the first is the default.
var tableFormats = []string{"table", "json", "jsonl", "csv", "tsv"}

// addTableFormat gives a command whose result is tables a --format of its own.
func addTableFormat(cmd *cobra.Command) {
	cmd.Flags().String("format", tableFormats[0], "`WORD`: "+strings.Join(tableFormats, ", "))
	_ = cmd.Flags().SetAnnotation("format", ownFlag, []string{"true"}) // the flag is there
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(tableFormats, cobra.ShellCompDirectiveNoFileComp))
}

// writeTables writes tables in one of tableFormats.
func writeTables(w io.Writer, tables []eval.Table, format string, color bool) error {
	switch format {
	case "json":
		return encode(w, tableObjects(tables), "  ")
	case "jsonl":
		for _, row := range tableObjects(tables) {
			if err := encode(w, row, ""); err != nil {
				return err
			}
		}
		return nil
	case "csv", "tsv":
		return writeColumns(w, tables, format)
	}
	p := &printer{w: w, color: color}
	for i, t := range tables {
		if i > 0 {
			p.line("")
		}
		p.table(aligned(t))
	}
	return p.err
}

// tableObjects makes an object of each row: its table's name, then its cells in the order of the columns.
func tableObjects(tables []eval.Table) []json.RawMessage {
	list := []json.RawMessage{}
	for _, t := range tables {
		for _, row := range t.Rows {
			var b bytes.Buffer
			b.WriteString(`{"table":` + jsonText(t.Name))
			for i, cell := range row {
				b.WriteString("," + jsonText(t.Columns[i]) + ":" + jsonText(cell))
			}
			b.WriteString("}")
			list = append(list, b.Bytes())
		}
	}
	return list
}

// jsonText is a text or a number as JSON.
func jsonText(v any) string {
	var b strings.Builder
	_ = encode(&b, v, "") // texts and numbers have a form, and memory takes it
	return strings.TrimSpace(b.String())
}

// writeColumns writes all tables as one: the column table names each row's own, and the columns of all
// tables follow. A row is empty in the columns that its table lacks.
func writeColumns(w io.Writer, tables []eval.Table, format string) error {
	head := []string{"table"}
	for _, t := range tables {
		for _, c := range t.Columns {
			if !slices.Contains(head, c) {
				head = append(head, c)
			}
		}
	}
	lines := [][]string{head}
	for _, t := range tables {
		for _, row := range t.Rows {
			line := make([]string, len(head))
			line[0] = t.Name
			for i, cell := range row {
				line[slices.Index(head, t.Columns[i])] = fmt.Sprint(cell)
			}
			lines = append(lines, line)
		}
	}
	if format == "csv" {
		return csv.NewWriter(w).WriteAll(lines)
	}
	for _, line := range lines {
		for i, cell := range line {
			line[i] = breaks.Replace(cell)
		}
		if _, err := fmt.Fprintln(w, strings.Join(line, "\t")); err != nil {
			return err
		}
	}
	return nil
}

// aligned makes the rows of a table for people: a heading, texts to the left and numbers to the right.
func aligned(t eval.Table) [][]string {
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = strings.ToUpper(strings.ReplaceAll(c, "_", "-"))
	}
	rows := [][]string{head}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = oneLine(fmt.Sprint(cell))
		}
		rows = append(rows, line)
	}
	for i := range head {
		if numeric(t, i) {
			toTheRight(rows, i)
		}
	}
	return rows
}

// numeric tells whether a column holds numbers.
func numeric(t eval.Table, column int) bool {
	for _, row := range t.Rows {
		if _, text := row[column].(string); text {
			return false
		}
	}
	return true
}

// toTheRight pads a column on its left.
func toTheRight(rows [][]string, column int) {
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row[column]))
	}
	for _, row := range rows {
		row[column] = strings.Repeat(" ", width-utf8.RuneCountInString(row[column])) + row[column]
	}
}
