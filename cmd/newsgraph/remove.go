package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/server/workspace"
)

func (a *app) removeCommand() *cobra.Command {
	var yes, dry bool
	cmd := &cobra.Command{
		Use:   "remove ARTICLE...",
		Short: "Take articles out of the graph, with what no other article tells",
		Long: `remove takes articles out of the graph: by ID (doc:...), IRI, URL, or a file with the same text. What no other article
tells goes with them, and entities get the names that the articles left give them, all in one change: the graph is the one it
would be had these articles never come. Ingesting them again gives the graph of before.

More than one article needs --yes. When one is not there, nothing is removed and the exit code is 3.`,
		Example: `  newsgraph remove doc:daily-news-2020-09-14-talks-39fbef71
  newsgraph remove https://example.org/speech speech.txt --dry-run
  newsgraph remove articles/old-*.txt --yes`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: a.completeArticles,
		RunE:              func(_ *cobra.Command, args []string) error { return a.remove(args, yes, dry) },
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "remove more than one article")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be removed, and remove nothing")
	addStore(cmd.Flags())
	return cmd
}

func (a *app) remove(names []string, yes, dry bool) error {
	var held []workspace.Held
	err := a.withStore(a.ctx, false, func(w *workspace.Workspace) (err error) { // which must be there
		held, err = w.Find(a.ctx, names)
		return err
	})
	if err != nil {
		return err
	}
	if len(held) > 1 && !yes && !dry {
		return &failure{"usage", fmt.Sprintf("these are %d articles", len(held)), "--yes removes them, --dry-run lists them", exitUsage}
	}
	if !dry {
		var ids []string
		for _, h := range held {
			ids = append(ids, h.ID)
		}
		// From here on an interrupt has nothing to stop: the change is there or not.
		ctx := context.WithoutCancel(a.ctx)
		if err := a.withStore(ctx, true, func(w *workspace.Workspace) error { return w.Remove(ctx, ids) }); err != nil {
			return err
		}
	}
	return a.show(a.removed(held, dry))
}

// heldRow is a removed article as remove gives it.
type heldRow struct {
	Document  string `json:"document"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
	Claims    int    `json:"claims"`
	Alone     int    `json:"claims_gone"`
	Removed   bool   `json:"removed"`
}

func (a *app) removed(held []workspace.Held, dry bool) result {
	var list []heldRow
	for _, h := range held {
		list = append(list, heldRow{h.ID, h.Title, h.Publisher, h.Published, h.Claims, h.Alone, !dry})
	}
	return result{whole: list, rows: anys(list), table: func(p *printer) {
		verb := "removed"
		if dry {
			verb = "would remove"
		}
		for _, h := range list {
			p.line("%s doc:%s  %s", verb, h.Document, strings.Join(words(oneLine(h.Title), oneLine(h.Publisher), h.Published,
				fmt.Sprintf("%s, %d told by no other article", count(h.Claims, "claim"), h.Alone)), ", "))
		}
	}}
}
