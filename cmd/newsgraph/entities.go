package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/ingest/entity"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

func (a *app) entitiesCommand() *cobra.Command {
	var o workspace.EntitiesOptions
	var ambiguous bool
	cmd := &cobra.Command{
		Use:   "entities [TEXT]",
		Short: "List entities with their types, names and numbers of claims, or those that may be confused",
		Long: `entities lists the entities whose names hold TEXT, or all, those with the most claims first: type, number of claims and of
articles, how sure it is that all who bear the names are one, and the names.

With --ambiguous it lists what a person should look at: entities that stay apart though they may be one, and joins that
are not sure, each with the reason and a confidence. "newsgraph merge" and "newsgraph split" settle them.`,
		Example: `  newsgraph entities --type Person --min-documents 2
  newsgraph entities luka
  newsgraph entities --ambiguous --format jsonl`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.Text = args[0]
			}
			if ambiguous {
				return a.doubts(o)
			}
			return a.entities(o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&ambiguous, "ambiguous", false, "what may be one and stays apart, and joins that are not sure")
	flags.StringSliceVar(&o.Types, "type", nil, "only entities of these `TYPES`, with commas between them")
	flags.IntVar(&o.MinClaims, "min-claims", 0, "only entities with `N` claims or more")
	flags.IntVar(&o.MinDocuments, "min-documents", 0, "only entities with claims from `N` articles or more")
	for _, key := range []string{"query.limit", "query.timeout", "store.path", "store.backend"} {
		addSetting(flags, key)
	}
	a.completeFlags(cmd)
	return cmd
}

// entityJSON is an entity of the list as JSON.
type entityJSON struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Type      string   `json:"type,omitempty"`
	Date      string   `json:"date,omitempty"`
	Aliases   []string `json:"aliases,omitempty"`
	Sameness  float64  `json:"sameness,omitempty"`
	Claims    int      `json:"claims"`
	Documents int      `json:"documents"`
}

func (a *app) entities(o workspace.EntitiesOptions) error {
	o.Limit = a.settings.Count("query.limit")
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		list, more, err := w.Entities(ctx, o)
		if err != nil {
			return err
		}
		rows := make([]any, len(list))
		for i, e := range list {
			rows[i] = entityJSON{w.Graph().EntityTerm(e.ID).Value, e.Label, e.Type, e.Date, e.Aliases, e.Sameness, e.Claims, e.Documents}
		}
		if err := a.show(result{whole: rows, rows: rows, table: func(p *printer) { p.entities(list) }}); err != nil {
			return err
		}
		if len(list) == 0 {
			return &failure{"not_found", "no such entities", "", exitNotFound}
		}
		if more {
			a.warn("more entities fit; --limit 0 gives all")
		}
		return nil
	})
}

// mostNames is how many other names a table shows.
const mostNames = 4

func (p *printer) entities(list []workspace.EntityCount) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"ENTITY", "TYPE", "CLAIMS", "ARTICLES", "SURE", "NAMES"}}
	for _, e := range list {
		sure := ""
		if e.Sameness > 0 {
			sure = fmt.Sprintf("%.2f", e.Sameness)
		}
		names := e.Aliases[:min(len(e.Aliases), mostNames)]
		all := oneLine(strings.Join(append([]string{e.Label}, names...), "; "))
		if more := len(e.Aliases) - len(names); more > 0 {
			all += fmt.Sprintf("; and %d more", more)
		}
		rows = append(rows, []string{"ent:" + e.ID, e.Type, fmt.Sprint(e.Claims), fmt.Sprint(e.Documents), sure, all})
	}
	p.table(rows)
}

// doubtJSON is a question about entities as JSON.
type doubtJSON struct {
	Kind       string       `json:"kind"` // joined or apart
	Entities   []entityName `json:"entities"`
	Reason     string       `json:"reason"`
	Confidence float64      `json:"confidence"` // that they are one
}

type entityName struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Type    string   `json:"type,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

func nameRow(g *graph.Graph, e schema.Entity) entityName {
	return entityName{g.EntityTerm(e.ID).Value, e.Label, e.Type, e.Aliases}
}

func (a *app) doubts(o workspace.EntitiesOptions) error {
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		list, err := w.Doubts(ctx, o)
		if err != nil {
			return err
		}
		rows := make([]any, len(list))
		for i, d := range list {
			row := doubtJSON{Kind: d.Kind, Reason: d.Reason, Confidence: d.Confidence}
			for _, e := range d.Entities {
				row.Entities = append(row.Entities, nameRow(w.Graph(), e))
			}
			rows[i] = row
		}
		if err := a.show(result{whole: rows, rows: rows, table: func(p *printer) { p.doubts(list) }}); err != nil {
			return err
		}
		if len(list) == 0 {
			return &failure{"not_found", "nothing is ambiguous", "", exitNotFound}
		}
		return nil
	})
}

func (p *printer) doubts(list []entity.Doubt) {
	for i, d := range list {
		if i > 0 {
			p.line("")
		}
		title := "may be one, and stay apart"
		if d.Kind == "joined" {
			title = "joined, and may be several"
		}
		p.line("%s  %s", p.bold(title), p.dim(fmt.Sprintf("%.2f that they are one: %s", d.Confidence, oneLine(d.Reason))))
		for _, e := range d.Entities {
			p.line("  %s  %s", oneLine(e.Label), strings.TrimSpace(e.Type+" "+p.dim("ent:"+e.ID)))
			if len(e.Aliases) > 0 {
				p.line("    also %s", oneLine(strings.Join(e.Aliases, "; ")))
			}
		}
	}
}
