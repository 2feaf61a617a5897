package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/server/workspace"
)

func (a *app) exportCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the whole graph as N-Quads or claims",
		Long: `export writes the graph: nq is canonical N-Quads, sorted; jsonl is one claim a line with its evidence. The same
articles give the same bytes, whatever their order. A file whose name ends in .gz is compressed.`,
		Example: `  newsgraph export --format nq -o graph.nq.gz
  newsgraph export --format jsonl -o claims.jsonl`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.export(format) },
	}
	flags := cmd.Flags()
	flags.StringVar(&format, "format", "nq", "nq or jsonl")
	_ = flags.SetAnnotation("format", ownFlag, []string{"true"}) // the flag is there
	addSetting(flags, "store.path")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"nq", "jsonl"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) export(format string) error {
	var f func(ctx context.Context, g *graph.Graph, w io.Writer) error
	switch format {
	case "nq":
		f = export.NQuads
	case "jsonl":
		f = func(ctx context.Context, g *graph.Graph, w io.Writer) error {
			return export.Claims(ctx, g, graph.Filter{}, w)
		}
	default:
		return &failure{"usage", fmt.Sprintf("unknown format %q", format), "--format is nq or jsonl", exitUsage}
	}
	return a.withStore(a.ctx, false, func(w *workspace.Workspace) error {
		return a.write(func(out io.Writer) error { return f(a.ctx, w.Graph(), out) })
	})
}
