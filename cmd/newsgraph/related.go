package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/export"
	"newsgraph/graph/path"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// scoreHelp says what a score is.
const scoreHelp = `A tie's score adds up its claims: each its number of independent sources times its confidence, divided by 1 for an
asserted claim, 2 for a reported one, and so on to 7 for a negated one.`

func (a *app) relatedCommand() *cobra.Command {
	var o workspace.RelatedOptions
	cmd := &cobra.Command{
		Use:   "related ENTITY",
		Short: "Show what stands around an entity, the best supported first",
		Long: `related lists the entities that claims join with ENTITY, the best tied first, each with its claims by predicate and the
best of them with its quote; with --depth those that are joined with these, and so on.

` + scoreHelp,
		Example: `  newsgraph related Lukashenko
  newsgraph related Belarus --type Country --factuality asserted,reported --limit 10
  newsgraph related "European Union" --depth 2 --min-sources 2 --format jsonl`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.Name = args[0]
			return a.related(o)
		},
	}
	cmd.Flags().IntVar(&o.Search.Depth, "depth", 1, "how many hops `N` away")
	a.relatedFlags(cmd, &o)
	return cmd
}

func (a *app) betweenCommand() *cobra.Command {
	var o workspace.RelatedOptions
	cmd := &cobra.Command{
		Use:   "between A B",
		Short: "Show what stands between two entities, and how each is tied to both",
		Long: `between lists the entities that claims join with both A and B, those with the best weaker tie first, each with its
claims by predicate and the best claim with its quote, to either side.

` + scoreHelp,
		Example: `  newsgraph between Tikhanovskaya Putin
  newsgraph between Russia Belarus --type Person --own-voice --format jsonl`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: a.completeNames(2),
		RunE: func(_ *cobra.Command, args []string) error {
			o.Name, o.Other = args[0], args[1]
			return a.between(o)
		},
	}
	a.relatedFlags(cmd, &o)
	return cmd
}

func (a *app) relatedFlags(cmd *cobra.Command, o *workspace.RelatedOptions) {
	cmd.Flags().BoolVar(&o.Search.Directed, "directed", false, "only from subject to object")
	cmd.Flags().IntVar(&o.Search.Offset, "offset", 0, "leave out the first `N` entities")
	for _, key := range []string{"query.limit", "path.max_steps", "query.timeout", "store.path", "store.backend"} {
		addSetting(cmd.Flags(), key)
	}
	a.addFilter(cmd, &o.Choice)
}

// relatedSettings reads what the settings say, and checks the rest.
func (a *app) relatedSettings(o *workspace.RelatedOptions) error {
	o.Search.Limit, o.Search.MaxSteps = a.settings.Count("query.limit"), a.settings.Count("path.max_steps")
	if o.Search.Offset < 0 || o.Search.Depth < 0 {
		return &failure{"usage", "--offset and --depth are not less than 0", "", exitUsage}
	}
	return nil
}

func (a *app) related(o workspace.RelatedOptions) error {
	if err := a.relatedSettings(&o); err != nil {
		return err
	}
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		r, err := w.Related(ctx, o)
		if err != nil {
			return err
		}
		list, err := rows(func(out io.Writer) error { return export.Relatives(w.Graph(), r.Relatives, out) })
		if err != nil {
			return err
		}
		total := 0
		for _, n := range r.Totals {
			total += n
		}
		if err := a.show(result{whole: list, rows: list, table: func(p *printer) { p.related(r) }}); err != nil {
			return err
		}
		return a.counted(len(list), total, o.Search.Offset, "nothing stands around "+oneLine(r.Entity.Label))
	})
}

func (a *app) between(o workspace.RelatedOptions) error {
	if err := a.relatedSettings(&o); err != nil {
		return err
	}
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		c, err := w.Between(ctx, o)
		if err != nil {
			return err
		}
		list, err := rows(func(out io.Writer) error { return export.Commons(w.Graph(), c.Between, out) })
		if err != nil {
			return err
		}
		if err := a.show(result{whole: list, rows: list, table: func(p *printer) { p.between(c) }}); err != nil {
			return err
		}
		return a.counted(len(list), c.Total, o.Search.Offset, fmt.Sprintf("nothing stands between %s and %s", oneLine(c.From.Label), oneLine(c.To.Label)))
	})
}

// counted says on standard error what a list leaves out, or that there is nothing to list.
func (a *app) counted(shown, total, offset int, none string) error {
	switch {
	case total == 0:
		return &failure{"not_found", none + " that the filters let through", "", exitNotFound}
	case shown == 0:
		return &failure{"not_found", fmt.Sprintf("there are %d in all, and none after the first %d", total, offset), "", exitNotFound}
	case shown+offset < total:
		a.warn(fmt.Sprintf("%d of %d; --limit 0 gives all, --offset %d the next ones", shown, total, offset+shown))
	}
	return nil
}

func (p *printer) related(r *workspace.Related) {
	var totals []string
	for i, n := range r.Totals {
		totals = append(totals, fmt.Sprintf("%d at %s", n, count(i+1, "hop")))
	}
	p.line("%s  %s", p.bold(oneLine(r.Entity.Label)), p.dim(strings.Join(totals, ", ")))
	for i := range r.Relatives {
		x := &r.Relatives[i]
		via := ""
		if x.Distance > 1 {
			via = "  " + fmt.Sprintf("%s, via %s", count(x.Distance, "hop"), entityNames(x.Via, x.Others))
		}
		p.line("\n%s  %s%s", p.bold(oneLine(x.Entity.Label)), x.Entity.Type, p.dim(via))
		p.tie("  ", &x.Tie, r.Documents)
	}
}

func (p *printer) between(c *workspace.Common) {
	for i := range c.Between {
		x := &c.Between[i]
		if i > 0 {
			p.line("")
		}
		p.line("%s  %s", p.bold(oneLine(x.Entity.Label)), x.Entity.Type)
		p.line("  %s", oneLine(c.From.Label+" and "+x.Entity.Label))
		p.tie("    ", &x.From, c.Documents)
		p.line("  %s", oneLine(x.Entity.Label+" and "+c.To.Label))
		p.tie("    ", &x.To, c.Documents)
	}
}

// tie writes a tie: its score, its predicates and its best claim.
func (p *printer) tie(indent string, t *path.Tie, documents map[string]schema.Document) {
	const most = 6
	var predicates []string
	for i, c := range t.Predicates {
		if i == most {
			predicates = append(predicates, fmt.Sprintf("and %d more", len(t.Predicates)-most))
			break
		}
		arrow := "-->"
		if c.Direction == path.Backward {
			arrow = "<--"
		}
		text := arrow + " " + c.Predicate
		if c.Claims > 1 {
			text += fmt.Sprintf(" (%d)", c.Claims)
		}
		predicates = append(predicates, text)
	}
	p.line("%s%s  %s", indent, fmt.Sprintf("score %.2f, %s", t.Score, count(t.Claims, "claim")), p.dim(strings.Join(predicates, ", ")))
	for _, e := range t.Best.Evidence[:min(1, len(t.Best.Evidence))] {
		p.evidence(indent, e, documents[e.Document])
	}
}

// entityNames names entities, and counts the others.
func entityNames(list []schema.Entity, others int) string {
	var names []string
	for _, e := range list {
		names = append(names, oneLine(e.Label))
	}
	s := strings.Join(names, ", ")
	if others > 0 {
		s += fmt.Sprintf(" and %d more", others)
	}
	return s
}
