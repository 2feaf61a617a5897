package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/path"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

func (a *app) pathCommand() *cobra.Command {
	var o path.Options
	var choice workspace.Choice
	cmd := &cobra.Command{
		Use:   "path A B",
		Short: "Find how two entities hang together, with a quote for each hop",
		Long: `path finds the shortest paths over claims between two entities, the better supported first. Each hop comes with
the claim that carries it, its quote and its article. Negated claims are no hops unless --factuality asks for them. With
--format html, or -o with a name that ends in .html, they are a page that stands alone.
Exit code 3 says that there is no path.`,
		Example: `  newsgraph path Tikhanovskaya Putin
  newsgraph path "Angela Merkel" "European Union" --directed --max-hops 2 --factuality asserted,reported
  newsgraph path Tikhanovskaya Putin -o paths.html
  newsgraph path Russia Ukraine -k 5 --avoid says,meets --format jsonl`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: a.completeNames(2),
		RunE:              func(_ *cobra.Command, args []string) error { return a.paths(args[0], args[1], choice, o) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.Directed, "directed", false, "only from subject to object")
	for _, key := range []string{"path.max_hops", "path.k", "query.timeout", "store.path"} {
		addSetting(flags, key)
	}
	a.addFilter(cmd, &choice)
	return cmd
}

func (a *app) paths(from, to string, choice workspace.Choice, o path.Options) error {
	o.MaxHops, o.Paths = a.settings.Count("path.max_hops"), a.settings.Count("path.k")
	return a.read(func(ctx context.Context, w *workspace.Workspace) (err error) {
		if o.Filter, err = w.Filter(ctx, choice); err != nil {
			return err
		}
		found, err := w.Paths(ctx, from, to, o)
		if found == nil {
			return err
		}
		list, wrong := rows(func(out io.Writer) error { return export.Paths(w.Graph(), found.Paths, out) })
		if wrong != nil {
			return wrong
		}
		r := result{whole: list, rows: list, table: func(p *printer) { p.paths(found) }, page: func(out io.Writer) error {
			return export.PathsPage(ctx, w.Graph(), found.From, found.To, found.Paths, out)
		}}
		return errors.Join(a.show(r), err)
	})
}

// paths writes paths for people.
func (p *printer) paths(found *workspace.Paths) {
	for i, way := range found.Paths {
		if i > 0 {
			p.line("")
		}
		p.line("%s", p.bold(oneLine(fmt.Sprintf("%s to %s: %s", found.From.Label, found.To.Label, count(len(way.Hops), "hop")))))
		for _, h := range way.Hops {
			p.hop(h, found.Documents)
		}
	}
}

// hop writes a hop with its best supported claim.
func (p *printer) hop(h path.Hop, documents map[string]schema.Document) {
	arrow := "--" + h.Predicate + "-->"
	if h.Direction == path.Backward {
		arrow = "<--" + h.Predicate + "--"
	}
	more := ""
	if others := h.Others + len(h.Claims) - 1; others > 0 {
		more = fmt.Sprintf(" (and %s between them)", count(others, "other claim"))
	}
	best := h.Claims[0]
	p.line("  %s %s %s  %s", oneLine(h.From.Label), p.bold(arrow), oneLine(h.To.Label),
		p.dim(status(best, graph.BackingOf(best.Evidence, documents))+more))
	for _, e := range best.Evidence {
		p.evidence("    ", e, documents[e.Document])
	}
}
