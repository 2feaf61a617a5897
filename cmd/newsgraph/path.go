package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/path"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

func (a *app) pathCommand() *cobra.Command {
	var o workspace.PathOptions
	var supported, all bool
	cmd := &cobra.Command{
		Use:   "path A B",
		Short: "Find how two entities hang together, with a quote for each hop",
		Long: `path finds the shortest paths over claims between two entities, the better supported first; with --best the best
supported first, whatever their length. Support counts how far claims are from fact, then their independent sources,
then their confidence. Each hop comes with the claim that carries it best, its quote and its article, and as JSON with
all its claims; the weakest hop is named. Negated claims are no hops unless --factuality asks for them.

Where there is no path, it says what each filter took away and what there would be without it, and exits with 3. When the
time (--timeout) or the steps (--max-steps) run out, it says so and gives the paths found until then. With --format html,
or -o with a name that ends in .html, the paths are a page that stands alone.`,
		Example: `  newsgraph path Tikhanovskaya Putin
  newsgraph path "Angela Merkel" "European Union" --directed --max-hops 2 --factuality asserted,reported
  newsgraph path Russia Ukraine --via Belarus --since 2020-09 --min-sources 2
  newsgraph path Tikhanovskaya Putin -o paths.html
  newsgraph path Russia Ukraine -k 5 --offset 5 --avoid says,meets --format jsonl`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: a.completeNames(2),
		RunE: func(_ *cobra.Command, args []string) error {
			o.From, o.To = args[0], args[1]
			if supported {
				o.Search.Order = path.Supported
			}
			return a.paths(o, all)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.Search.Directed, "directed", false, "only from subject to object")
	flags.BoolVar(&supported, "best", false, "the best supported first, whatever the length")
	flags.StringVar(&o.Via, "via", "", "only paths through this `ENTITY`")
	flags.IntVar(&o.Search.Offset, "offset", 0, "leave out the first `N` paths")
	flags.BoolVar(&all, "all-claims", false, "in a table: every claim of a hop, not the best alone")
	for _, key := range []string{"path.max_hops", "path.k", "path.max_steps", "query.timeout", "store.path", "store.backend"} {
		addSetting(flags, key)
	}
	a.addFilter(cmd, &o.Choice)
	return cmd
}

func (a *app) paths(o workspace.PathOptions, all bool) error {
	s := &o.Search
	s.MaxHops, s.Paths, s.MaxSteps = a.settings.Count("path.max_hops"), a.settings.Count("path.k"), a.settings.Count("path.max_steps")
	switch {
	case s.MaxHops > path.MaxHops:
		return &failure{"usage", fmt.Sprintf("--max-hops is %d at most", path.MaxHops), "", exitUsage}
	case s.Offset < 0:
		return &failure{"usage", "--offset is not less than 0", "", exitUsage}
	}
	if s.Paths == 0 {
		s.Paths = -1
	}
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		found, err := w.Paths(ctx, o)
		if found == nil {
			return err
		}
		list, wrong := rows(func(out io.Writer) error { return export.Paths(w.Graph(), found.Paths, out) })
		if wrong != nil {
			return wrong
		}
		if len(list) == 0 && err == nil {
			return &failure{"not_found", "there are no more paths", "", exitNotFound}
		}
		r := result{whole: list, rows: list, table: func(p *printer) { p.paths(found, all) }, page: func(out io.Writer) error {
			return export.PathsPage(ctx, w.Graph(), found.From, found.To, found.Paths, out)
		}}
		return errors.Join(a.show(r), err)
	})
}

// paths writes paths for people.
func (p *printer) paths(found *workspace.Paths, all bool) {
	for i, way := range found.Paths {
		if i > 0 {
			p.line("")
		}
		p.line("%s", p.bold(oneLine(fmt.Sprintf("%s to %s: %s", found.From.Label, found.To.Label, count(len(way.Hops), "hop")))))
		for _, h := range way.Hops {
			p.hop(h, found.Documents, all)
		}
		if len(way.Hops) > 1 {
			h := way.Hops[way.Weakest]
			p.line("  %s", p.dim(oneLine(fmt.Sprintf("weakest hop: %d, %s to %s (%s)", way.Weakest+1, h.From.Label, h.To.Label, support(h.Support)))))
		}
	}
}

// support gives in words how well a claim is supported.
func support(u graph.Support) string {
	return strings.Join(append([]string{u.Factuality.String()}, backing(u.Backing)...), ", ") + fmt.Sprintf(", confidence %.2f", u.Confidence)
}

// hop writes a hop with its best supported claim, or with all.
func (p *printer) hop(h path.Hop, documents map[string]schema.Document, all bool) {
	shown := h.Claims[:1]
	if all {
		shown = h.Claims
	}
	for i, c := range shown {
		more := ""
		if rest := len(h.Claims) - len(shown) + h.Others; i == 0 && rest > 0 {
			more = fmt.Sprintf(" (and %s between them)", count(rest, "other claim"))
		}
		p.line("  %s %s %s  %s", oneLine(h.From.Label), p.bold(arrow(&c, h.From.ID)), oneLine(h.To.Label),
			p.dim(status(c, graph.BackingOf(c.Evidence, documents))+more))
		for _, e := range c.Evidence {
			p.evidence("    ", e, documents[e.Document])
		}
	}
}

// arrow draws a claim as it is seen from one of its entities.
func arrow(c *schema.Claim, from string) string {
	if path.Along(c, from) == path.Forward {
		return "--" + c.Predicate + "-->"
	}
	return "<--" + c.Predicate + "--"
}
