package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The formats of --format, after auto is settled.
const (
	formatTable = "table"
	formatJSON  = "json"
	formatJSONL = "jsonl"
	formatHTML  = "html"
)

// format settles the output's form: what was asked for, else a page where the output's name asks for one, a table on a
// terminal and JSON lines elsewhere.
func (a *app) format() string {
	format := a.settings.Text("output.format")
	switch {
	case format != "auto":
		return format
	case strings.HasSuffix(strings.TrimSuffix(a.output, ".gz"), ".html"):
		return formatHTML
	case a.outTTY && a.output == "-":
		return formatTable
	}
	return formatJSONL
}

// write opens what -o names and lets f write to it. A file appears whole or not at all, compressed
// where its name ends in .gz.
func (a *app) write(f func(w io.Writer) error) error {
	if a.output == "-" || a.output == "" {
		w := bufio.NewWriter(a.stdout)
		if err := f(w); err != nil {
			w.Flush() // rows that were found before the error are data too
			return err
		}
		return w.Flush()
	}
	return writeFile(a.output, f)
}

// writeFile writes path by way of a temporary file beside it. An error names path.
func writeFile(path string, f func(w io.Writer) error) error {
	err := replaceFile(path, f)
	var inner *fs.PathError
	if errors.As(err, &inner) && strings.Contains(inner.Path, filepath.Base(path)) { // it or the temporary file
		err = inner.Err
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func replaceFile(path string, f func(w io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeDevice(path, f)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails when all went well: it has its real name then
	defer tmp.Close()
	if err := fill(tmp, strings.HasSuffix(path, ".gz"), f); err != nil {
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// writeDevice writes to what is no regular file, such as /dev/null or a pipe.
func writeDevice(path string, f func(w io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := fill(file, false, f); err != nil {
		return err
	}
	return file.Close()
}

// fill lets f write to the file through a buffer, compressed if asked. The gzip header carries no time,
// so the same result gives the same bytes.
func fill(file io.Writer, compress bool, f func(w io.Writer) error) error {
	buffer := bufio.NewWriter(file)
	if !compress {
		if err := f(buffer); err != nil {
			return err
		}
		return buffer.Flush()
	}
	packed := gzip.NewWriter(buffer)
	if err := f(packed); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return buffer.Flush()
}

// result is a command's answer in its forms.
type result struct {
	whole any                     // the JSON document
	rows  []any                   // the JSON lines
	table func(p *printer)        // for people
	page  func(w io.Writer) error // HTML; nil when the command has none
}

// show writes the result in the form asked for.
func (a *app) show(r result) error {
	format := a.format()
	if format == formatHTML && r.page == nil {
		return &failure{"usage", "this command writes no page", "--format is table, json or jsonl", exitUsage}
	}
	return a.write(func(w io.Writer) error {
		switch format {
		case formatHTML:
			return r.page(w)
		case formatJSON:
			return encode(w, r.whole, "  ")
		case formatJSONL:
			for _, row := range r.rows {
				if err := encode(w, row, ""); err != nil {
					return err
				}
			}
			return nil
		}
		p := &printer{w: w, color: a.color()}
		r.table(p)
		return p.err
	})
}

func encode(w io.Writer, v any, indent string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(v)
}

// anys makes rows of a slice.
func anys[T any](items []T) []any {
	rows := make([]any, len(items))
	for i, item := range items {
		rows[i] = item
	}
	return rows
}
