package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"newsgraph/server/workspace"
)

func (a *app) statsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "stats",
		Short:   "Count what is in the store",
		Long:    "stats counts documents, entities, claims and quotes, claims by factuality and entities by type.",
		Example: "  newsgraph stats --store news.db",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.stats() },
	}
	addStore(cmd.Flags())
	return cmd
}

func (a *app) stats() error {
	return a.withStore(a.ctx, false, func(w *workspace.Workspace) error {
		s, err := w.Stats(a.ctx)
		if err != nil {
			return err
		}
		return a.show(result{whole: s, rows: []any{s}, table: func(p *printer) { p.stats(s) }})
	})
}

func (p *printer) stats(s workspace.Stats) {
	rows := [][]string{
		{"documents", fmt.Sprint(s.Documents)}, {"entities", fmt.Sprint(s.Entities)}, {"claims", fmt.Sprint(s.Claims)},
		{"quotes", fmt.Sprint(s.Evidence)}, {"predicates", fmt.Sprint(s.Predicates)},
		{"quads", fmt.Sprint(s.Quads)}, {"base IRI", s.BaseIRI},
	}
	p.table(rows)
	for _, part := range []struct {
		name   string
		counts []workspace.Count
	}{{"FACTUALITY", s.Factuality}, {"TYPE", s.Types}} {
		rows := [][]string{{part.name, "NUMBER"}}
		for _, c := range part.counts {
			rows = append(rows, []string{c.Name, fmt.Sprint(c.Number)})
		}
		p.line("")
		p.table(rows)
	}
}
