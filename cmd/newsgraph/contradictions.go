package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/conflict"
	"newsgraph/server/workspace"
)

// conflictKinds are the values of --kind.
func conflictKinds() (names []string) {
	for _, k := range conflict.Kinds() {
		names = append(names, string(k))
	}
	return names
}

func (a *app) contradictionsCommand() *cobra.Command {
	var o workspace.ContradictionsOptions
	var kinds []string
	cmd := &cobra.Command{
		Use:   "contradictions [ENTITY...]",
		Short: "List claims that contradict each other, both sides with their quotes",
		Long: `contradictions lists claims of which at most one side holds, each side with its quotes and articles:

  denied   what one side says is denied by the other
  opposed  two relations that exclude each other (supports, opposes)
  rivals   two claim what only one can have (two winners of one election)
  values   two values of what has one (an age, a date)
  numbers  two numbers of those to whom one thing happened on one day at one place

A denial that an article itself reports ("X denied that ...") is marked as such and comes after articles that say opposite
things. Plans and possibilities contradict nothing, and neither do claims of different dates. With ENTITY only what concerns
it, with several what concerns all of them; the flags choose the claims that are compared. Exit code 3 when there are none.`,
		Example: `  newsgraph contradictions
  newsgraph contradictions Lukashenko --kind rivals,denied
  newsgraph contradictions --published-since 2020-08 --publisher "Daily News,Evening Post"
  newsgraph contradictions --format jsonl | jq .kind`,
		ValidArgsFunction: a.completeNames(1 << 30),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, k := range kinds {
				if !slices.Contains(conflictKinds(), k) {
					return &failure{"usage", fmt.Sprintf("unknown kind %q", k), "the kinds are " + strings.Join(conflictKinds(), ", "), exitUsage}
				}
				o.Kinds = append(o.Kinds, conflict.Kind(k))
			}
			o.Names = args
			return a.contradictions(o)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&kinds, "kind", nil, "only these `KINDS`, with commas between them")
	addStore(flags)
	addSetting(flags, "query.timeout")
	a.addFilter(cmd, &o.Choice)
	_ = cmd.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions(conflictKinds(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) contradictions(o workspace.ContradictionsOptions) error {
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		found, err := w.Contradictions(ctx, o)
		if err != nil {
			return err
		}
		list := make([]any, 0, len(found.Conflicts))
		for i := range found.Conflicts {
			row, err := conflictRow(w.Graph(), &found.Conflicts[i], found)
			if err != nil {
				return err
			}
			list = append(list, row)
		}
		if err := a.show(result{whole: list, rows: list, table: func(p *printer) { p.conflicts(found) }}); err != nil {
			return err
		}
		if len(list) == 0 {
			return &failure{"not_found", "no contradictions", "", exitNotFound}
		}
		return nil
	})
}

// conflictJSON is a contradiction as JSON.
type conflictJSON struct {
	Kind   conflict.Kind `json:"kind"`
	Denial bool          `json:"denial,omitempty"`
	Why    string        `json:"why,omitempty"`
	Sides  []sideJSON    `json:"sides"`
}

type sideJSON struct {
	Says string `json:"says"`
	// Backing counts who stands behind all claims of the side.
	Backing graph.Backing     `json:"backing"`
	Claims  []json.RawMessage `json:"claims"` // as export has them
}

func conflictRow(g *graph.Graph, c *conflict.Conflict, all *workspace.Contradictions) (conflictJSON, error) {
	row := conflictJSON{Kind: c.Kind, Denial: c.Denial, Why: c.Why}
	for _, s := range c.Sides {
		claims, err := claimRows(g, s.Claims)
		if err != nil {
			return row, err
		}
		side := sideJSON{Says: s.Says, Backing: graph.BackingOf(s.Evidence(), all.Documents)}
		for _, r := range claims {
			side.Claims = append(side.Claims, r.(json.RawMessage))
		}
		row.Sides = append(row.Sides, side)
	}
	return row, nil
}

// conflicts writes contradictions one after the other.
func (p *printer) conflicts(found *workspace.Contradictions) {
	for i, c := range found.Conflicts {
		if i > 0 {
			p.line("")
		}
		p.line("%s", p.bold(conflictTitle(&c)))
		for _, s := range c.Sides {
			counts := strings.Join(backing(graph.BackingOf(s.Evidence(), found.Documents)), ", ")
			p.line("%s", strings.TrimRight("  "+oneLine(s.Says)+"  "+p.dim(counts), " "))
			for _, k := range s.Claims {
				p.line("    %s", p.dim(status(k, graph.Backing{})))
				for _, e := range k.Evidence {
					p.evidence("      ", e, found.Documents[e.Document])
				}
			}
		}
	}
}

// conflictTitle says in a line what a contradiction is about.
func conflictTitle(c *conflict.Conflict) string {
	k := c.Sides[0].Claims[0]
	object := objectLabel(k.Object)
	var title string
	switch c.Kind {
	case conflict.Denied:
		title = k.Subject.Label + " " + k.Predicate + " " + object + ": said and denied"
		if !c.Denial {
			title = k.Subject.Label + " " + k.Predicate + " " + object + ": yes and no"
		}
	case conflict.Opposed:
		title = fmt.Sprintf("%s %s %s: both cannot be", k.Subject.Label, c.Sides[0].Says+" and "+c.Sides[1].Says, object)
	case conflict.Rivals:
		title = fmt.Sprintf("%s %s: %d rivals", k.Predicate, object, len(c.Sides))
	case conflict.Values:
		title = fmt.Sprintf("%s %s: %d values", k.Subject.Label, k.Predicate, len(c.Sides))
	case conflict.Numbers:
		title = fmt.Sprintf("%s on %s: %d numbers", k.Predicate, k.Time.Value, len(c.Sides))
		if k.Place != nil {
			title = fmt.Sprintf("%s in %s on %s: %d numbers", k.Predicate, k.Place.Label, k.Time.Value, len(c.Sides))
		}
	}
	return oneLine(title)
}
