package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

func (a *app) showCommand() *cobra.Command {
	var o workspace.ShowOptions
	cmd := &cobra.Command{
		Use:   "show ENTITY",
		Short: "Show an entity: its names, and what is claimed of it with each quote",
		Long: `show prints an entity's names and type and the claims in which it is subject or object, grouped by predicate, each
with its factuality, sources, date, quote and article. Names are matched forgivingly; a name that fits several
entities lists them. As JSON lines the claims have the form of export; as html they are a page that stands alone.`,
		Example: `  newsgraph show "Alexander Lukashenko"
  newsgraph show Russia --to Belarus
  newsgraph show Putin -o putin.html
  newsgraph show ent:Belarus --predicate loans,supports --factuality asserted,reported --format json`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.Name = args[0]
			return a.showEntity(o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.To, "to", "", "only claims of which `ENTITY` is the object")
	addStore(flags)
	addSetting(flags, "query.timeout")
	a.addFilter(cmd, &o.Choice)
	return cmd
}

func (a *app) showEntity(o workspace.ShowOptions) error {
	return a.read(func(ctx context.Context, w *workspace.Workspace) error {
		p, err := w.Show(ctx, o)
		if err != nil {
			return err
		}
		claims, err := claimRows(w.Graph(), p.Claims())
		if err != nil {
			return err
		}
		whole := map[string]any{"entity": p.Entity, "claims": claims}
		r := result{whole: whole, rows: claims, table: func(out *printer) { out.profile(p) }, page: func(out io.Writer) error {
			return export.ClaimsPage(ctx, w.Graph(), p.Filter, out)
		}}
		if err := a.show(r); err != nil {
			return err
		}
		if len(claims) == 0 {
			return &failure{"not_found", "no such claims of " + oneLine(p.Entity.Label), "", exitNotFound}
		}
		return nil
	})
}

// profile writes an entity and its claims.
func (p *printer) profile(of *workspace.Profile) {
	e := of.Entity
	p.name(e)
	for _, g := range of.Groups {
		arrow := "->"
		if g.Incoming {
			arrow = "<-"
		}
		p.line("\n%s %s", p.bold(g.Predicate), arrow)
		for _, c := range g.Claims {
			other := objectLabel(c.Object)
			if g.Incoming {
				other = c.Subject.Label
			}
			p.line("  %s  %s", oneLine(other), p.dim(status(c, graph.BackingOf(c.Evidence, of.Documents))))
			for _, e := range c.Evidence {
				p.evidence("    ", e, of.Documents[e.Document])
			}
		}
	}
}

// name writes an entity's label, type, ID, date and other names.
func (p *printer) name(e schema.Entity) {
	about := strings.Join(words(e.Type, p.dim("ent:"+e.ID), e.Date), " ")
	p.line("%s  %s", p.bold(oneLine(e.Label)), about)
	if len(e.Aliases) > 0 {
		p.line("also %s", oneLine(strings.Join(e.Aliases, "; ")))
	}
}

// evidence writes a quote and where it stands.
func (p *printer) evidence(indent string, e schema.Evidence, d schema.Document) {
	p.line("%s\"%s\"", indent, oneLine(e.Quote))
	original := ""
	if d.CopyOf != "" {
		original = "same text as doc:" + d.CopyOf
	}
	p.line("%s%s", indent, p.dim(strings.Join(words(oneLine(d.Publisher), agency(d), d.Published, original,
		fmt.Sprintf("doc:%s#char=%d,%d", e.Document, e.Start, e.End)), ", ")))
}

// agency names the agency whose text a publisher prints.
func agency(d schema.Document) string {
	if d.Agency == "" || d.Agency == d.Publisher {
		return ""
	}
	return "from " + d.Agency
}

// status gives a claim's factuality, sources, time, place, amounts and who stands behind it in one line.
func status(c schema.Claim, b graph.Backing) string {
	parts := []string{c.Factuality.String()}
	if len(c.Attribution) > 0 {
		parts = append(parts, "according to "+sources(c.Attribution))
	}
	if c.Time != nil {
		at := firstOf(c.Time.Value, c.Time.Text)
		if c.Time.Text == "" {
			at += " (inferred)"
		}
		parts = append(parts, at)
	}
	if c.Place != nil {
		parts = append(parts, "in "+c.Place.Label)
	}
	for _, q := range c.Quantities {
		parts = append(parts, q.Text)
	}
	parts = append(parts, backing(b)...)
	return oneLine(strings.Join(parts, ", "))
}

// backing counts publishers where there are several, and the independent ones among them where they are fewer.
func backing(b graph.Backing) []string {
	switch {
	case b.Publishers < 2:
		return nil
	case b.Independent < b.Publishers:
		return []string{count(b.Publishers, "publisher"), fmt.Sprintf("%d independent", b.Independent)}
	}
	return []string{count(b.Publishers, "publisher")}
}

// sources names a chain of sources, the nearest to the article first.
func sources(chain []schema.Entity) string {
	var names []string
	for _, e := range chain {
		names = append(names, e.Label)
	}
	return strings.Join(names, " quoting ")
}

func objectLabel(v schema.Value) string {
	if v.Entity != nil {
		return v.Entity.Label
	}
	return v.Literal
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// words drops empty strings.
func words(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
