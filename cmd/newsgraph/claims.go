package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

func (a *app) claimsCommand() *cobra.Command {
	var o workspace.ListOptions
	cmd := &cobra.Command{
		Use:   "claims [ENTITY]",
		Short: "List claims, chosen by what they say, how far it is a fact, who says it and when",
		Long: `claims lists the claims of which ENTITY is the subject or the object, or all claims, each with its quote and its
article. The flags choose among them, and every flag that is given must fit. An article's publisher, date or name chooses
articles: a claim is then what these articles alone make of it. As JSON lines the claims have the form of export.`,
		Example: `  newsgraph claims --predicate loans,supports --since 2020-09
  newsgraph claims Russia --factuality asserted --min-sources 2
  newsgraph claims --source Putin --published-since 2020-09-14 --publisher "Daily News" --format jsonl`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.Entity = args[0]
			}
			return a.listClaims(o)
		},
	}
	cmd.Flags().StringVar(&o.Subject, "from", "", "only claims of which `ENTITY` is the subject")
	cmd.Flags().StringVar(&o.Object, "to", "", "only claims of which `ENTITY` is the object")
	for _, key := range []string{"query.limit", "query.timeout", "store.path", "store.backend"} {
		addSetting(cmd.Flags(), key)
	}
	a.addFilter(cmd, &o.Choice)
	return cmd
}

func (a *app) listClaims(o workspace.ListOptions) error {
	o.Limit = a.settings.Count("query.limit")
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		list, err := w.List(ctx, o)
		if err != nil {
			return err
		}
		rows, err := claimRows(w.Graph(), list.Claims)
		if err != nil {
			return err
		}
		if err := a.show(result{whole: rows, rows: rows, table: func(p *printer) { p.claims(list) }}); err != nil {
			return err
		}
		if len(rows) == 0 {
			return &failure{"not_found", "no such claims", "", exitNotFound}
		}
		if list.More {
			a.warn("more claims fit; --limit 0 gives all")
		}
		return nil
	})
}

// claims writes claims for people.
func (p *printer) claims(list *workspace.List) {
	for i, c := range list.Claims {
		if i > 0 {
			p.line("")
		}
		p.line("%s %s %s  %s", oneLine(c.Subject.Label), p.bold("--"+c.Predicate+"-->"), oneLine(objectLabel(c.Object)),
			p.dim(status(c, graph.BackingOf(c.Evidence, list.Documents))))
		for _, e := range c.Evidence {
			p.evidence("  ", e, list.Documents[e.Document])
		}
	}
}

// warn tells the user something beside the result, unless --quiet.
func (a *app) warn(msg string) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "newsgraph: %s\n", msg)
	}
}

// claimRows gives claims in the form of export --format jsonl.
func claimRows(g *graph.Graph, claims []schema.Claim) ([]any, error) {
	return rows(func(w io.Writer) error {
		for i := range claims {
			if err := export.Claim(g, &claims[i], w); err != nil {
				return err
			}
		}
		return nil
	})
}

// rows makes rows of what f writes as JSON, one object a line.
func rows(f func(w io.Writer) error) ([]any, error) {
	var lines bytes.Buffer
	if err := f(&lines); err != nil {
		return nil, err
	}
	list := []any{}
	for line := range bytes.Lines(lines.Bytes()) {
		list = append(list, json.RawMessage(bytes.TrimSpace(line)))
	}
	return list, nil
}
