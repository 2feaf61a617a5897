package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"newsgraph/schema"
	"newsgraph/server/workspace"
)

const decisionsHelp = `
The decision goes into the decisions file (decisions.tsv in the store's folder, or what the setting entities.decisions names)
and is applied at once, to all articles, in one atomic change; articles that come later follow it too. The file is plain text:

  merge	ENTITY	OTHER             OTHER is ENTITY
  split	ENTITY	DOCUMENT	[NAME]    what DOCUMENT says of ENTITY is of another one, called NAME

with a tab between fields and # before comments. The same articles and the same decisions give the same graph.`

func (a *app) mergeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "merge ENTITY OTHER",
		Short: "Decide that two entities are one, or take such a decision back",
		Long:  "merge decides that OTHER is ENTITY, whose name stays.\n" + decisionsHelp,
		Example: `  newsgraph merge "Alexander Lukashenko" "Aleksandr Lukashenko"
  newsgraph merge suggest
  newsgraph merge list
  newsgraph merge undo 3
  newsgraph merge apply`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: a.completeNames(2),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.decide(func(ctx context.Context, w *workspace.Workspace) (workspace.Decided, error) {
				return w.Merge(ctx, args[0], args[1])
			})
		},
	}
	addStore(cmd.PersistentFlags())
	addSetting(cmd.PersistentFlags(), "entities.decisions")
	cmd.AddCommand(a.suggestCommand(), a.listDecisionsCommand(), a.undoCommand(), a.applyCommand())
	return cmd
}

func (a *app) splitCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "split ENTITY DOCUMENT...",
		Short: "Decide that what some articles say of an entity is of another one of its name",
		Long: `split takes what the DOCUMENTS say of ENTITY out of it: of one other entity when --as names it, else of one for each
document. "newsgraph merge list" lists the decisions, "newsgraph merge undo" takes one back.
` + decisionsHelp,
		Example:           `  newsgraph split "John Smith" doc:post-2020-09-14-match-12ab34cd --as "John Smith (footballer)"`,
		Args:              cobra.MinimumNArgs(2),
		ValidArgsFunction: a.completeSplit,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.decide(func(ctx context.Context, w *workspace.Workspace) (workspace.Decided, error) {
				return w.Split(ctx, args[0], args[1:], name)
			})
		},
	}
	cmd.Flags().StringVar(&name, "as", "", "`NAME` of the other entity")
	addStore(cmd.Flags())
	addSetting(cmd.Flags(), "entities.decisions")
	return cmd
}

func (a *app) suggestCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "suggest [TEXT]",
		Short:   "List what may be one, as entities --ambiguous does",
		Example: "  newsgraph merge suggest luka",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			var o workspace.EntitiesOptions
			if len(args) > 0 {
				o.Text = args[0]
			}
			return a.doubts(o)
		},
	}
}

func (a *app) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "undo LINE",
		Short: "Take the decision on a line of the decisions file back",
		Long:  "undo takes the decision on LINE, as merge list numbers them, out of the decisions file and brings the graph in step.",
		Example: `  newsgraph merge list
  newsgraph merge undo 3`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			line, err := strconv.Atoi(args[0])
			if err != nil || line < 1 {
				return &failure{"usage", fmt.Sprintf("%q is no number of a line", args[0]), "newsgraph merge list numbers the decisions", exitUsage}
			}
			return a.decide(func(ctx context.Context, w *workspace.Workspace) (workspace.Decided, error) {
				return w.Undo(ctx, schema.Decision{Line: line})
			})
		},
	}
}

func (a *app) applyCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "apply",
		Short:   "Bring the graph in step with the decisions file after editing it",
		Example: "  newsgraph merge apply",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.decide(func(ctx context.Context, w *workspace.Workspace) (workspace.Decided, error) { return w.Apply(ctx) })
		},
	}
}

func (a *app) listDecisionsCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the decisions with the numbers of their lines, and those that change nothing",
		Example: "  newsgraph merge list --format jsonl",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.listDecisions() },
	}
}

// decide lets f change the decisions and tells what it did.
func (a *app) decide(f func(ctx context.Context, w *workspace.Workspace) (workspace.Decided, error)) error {
	return a.withStore(a.ctx, true, func(w *workspace.Workspace) error {
		d, err := f(a.ctx, w)
		if err != nil {
			return err
		}
		a.tell("%s written again", count(d.Documents, "article"))
		rows := make([]any, 0, len(d.Entities))
		for _, e := range d.Entities {
			rows = append(rows, nameRow(w.Graph(), e))
		}
		return a.show(result{whole: rows, rows: rows, table: func(p *printer) { p.names(d.Entities) }})
	})
}

// tell says on standard error what was done, unless --quiet.
func (a *app) tell(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, format+"\n", args...)
	}
}

// names writes entities with their names.
func (p *printer) names(list []schema.Entity) {
	for _, e := range list {
		p.name(e)
	}
}

// decisionJSON is a decision as JSON.
type decisionJSON struct {
	Line     int    `json:"line"`
	Action   string `json:"action"`
	Entity   string `json:"entity"`
	Other    string `json:"other,omitempty"`
	Document string `json:"document,omitempty"`
	Name     string `json:"name,omitempty"`
	Idle     string `json:"idle,omitempty"`
}

func (a *app) listDecisions() error {
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		list, applied, err := w.Decisions(ctx)
		if err != nil {
			return err
		}
		if !applied {
			a.warn("the decisions were changed since they were applied; newsgraph merge apply applies them")
		}
		rows := make([]any, len(list))
		for i, d := range list {
			rows[i] = decisionJSON{d.Line, d.Action, d.Entity, d.Other, d.Document, d.Name, d.Idle}
		}
		if err := a.show(result{whole: rows, rows: rows, table: func(p *printer) { p.decisions(list) }}); err != nil {
			return err
		}
		if len(list) == 0 {
			return &failure{"not_found", "no decisions", "", exitNotFound}
		}
		return nil
	})
}

func (p *printer) decisions(list []workspace.DecisionStatus) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"LINE", "ACTION", "ENTITY", "OTHER", "CHANGES NOTHING"}}
	for _, d := range list {
		other := d.Other
		if d.Action == schema.Split {
			other = oneLine("doc:" + d.Document + " " + d.Name)
		}
		rows = append(rows, []string{fmt.Sprint(d.Line), d.Action, oneLine(d.Entity), oneLine(other), oneLine(d.Idle)})
	}
	p.table(rows)
}
