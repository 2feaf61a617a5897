package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"newsgraph/data"
	"newsgraph/graph/store"
	"newsgraph/internal/build"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Show the versions of the program, its models and the store's format",
		Example: "  newsgraph version --format json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.version() },
	}
}

// versions is what version shows.
type versions struct {
	Version string       `json:"version"`
	Go      string       `json:"go"`
	Format  string       `json:"format"` // of the store on disk
	Data    []build.Part `json:"data"`
}

func (a *app) version() error {
	parts, err := build.Data(data.FS)
	if err != nil {
		return err
	}
	v := versions{Version: build.Version, Go: runtime.Version(), Format: store.FormatVersion, Data: parts}
	return a.show(result{whole: v, rows: []any{v}, table: func(p *printer) {
		p.line("newsgraph %s (%s, store format %s)", v.Version, v.Go, v.Format)
		rows := [][]string{{"DATA", "VERSION", "FILES", "BYTES"}}
		for _, part := range parts {
			rows = append(rows, []string{part.Name, part.Version, fmt.Sprint(part.Files), fmt.Sprint(part.Bytes)})
		}
		p.table(rows)
	}})
}
