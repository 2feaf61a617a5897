package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/server/workspace"
)

func (a *app) verifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check every quote, every text and the store itself",
		Long: `verify reads everything: that every article's text has the SHA-256 it had, that every quote is what the text has
there, that every edge has a claim and every claim its edges, and that the indexes agree. It prints what does not
hold, one problem a line, and then exits with code 5; so it does for a store that is too damaged to be read.`,
		Example: "  newsgraph verify --store news.db",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.verify() },
	}
	addStore(cmd.Flags())
	return cmd
}

// problemRow is a problem as verify gives it.
type problemRow struct {
	Document string `json:"document,omitempty"`
	Claim    string `json:"claim,omitempty"`
	Problem  string `json:"problem"`
}

// verifyReport is what verify found.
type verifyReport struct {
	Documents int          `json:"documents"`
	Claims    int          `json:"claims"`
	Quotes    int          `json:"quotes"`
	Mismatch  int          `json:"mismatches"`
	Problems  []problemRow `json:"problems"`
}

func (a *app) verify() error {
	err := a.withStore(a.ctx, false, func(w *workspace.Workspace) error {
		found, err := w.Graph().Verify(a.ctx)
		if err != nil {
			return err
		}
		if err := a.show(verifyResult(found)); err != nil || found.OK() {
			return err
		}
		return &failure{"mismatch", "verify found " + count(found.Count, "problem"), "", exitMismatch}
	})
	if errors.Is(err, store.ErrCorrupt) {
		return &failure{"mismatch", err.Error(), "the articles can be ingested again into a new store", exitMismatch}
	}
	return err
}

// verifyResult gives the problems as rows; a table and the JSON document also say what was looked at.
func verifyResult(found *graph.Report) result {
	r := verifyReport{found.Documents, found.Claims, found.Quotes, found.Count, []problemRow{}}
	for _, p := range found.Problems {
		r.Problems = append(r.Problems, problemRow{p.Document, p.Claim, p.Text})
	}
	return result{whole: r, rows: []any{r}, table: func(p *printer) {
		for _, x := range found.Problems {
			p.line("%s", oneLine(x.String()))
		}
		p.line("%s, %s, %s: %s", count(r.Documents, "document"), count(r.Claims, "claim"), count(r.Quotes, "quote"),
			fmt.Sprintf("%d mismatches", r.Mismatch))
	}}
}
