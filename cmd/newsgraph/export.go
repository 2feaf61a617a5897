package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/export"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// exportFlags are what export was asked for.
type exportFlags struct {
	format            string // empty: by the name of the output, else nq
	list              bool
	claims            workspace.ListOptions
	allFact, literals bool
}

func (a *app) exportCommand() *cobra.Command {
	var o exportFlags
	cmd := &cobra.Command{
		Use:   "export [ENTITY]",
		Short: "Write the graph, or claims chosen from it, in the formats of other programs",
		Long: `export writes the claims of which ENTITY is the subject or the object, or all claims, in one of these formats:

` + formatLines() + `
Without --format the name after -o decides; one without an ending, and standard output, get N-Quads. Formats of several files need a folder or a
.zip after -o; a file whose name ends in .gz is compressed. The same articles give the same bytes, whatever their order.

The flags choose among the claims as they do for the command claims. Formats that draw a line for each claim leave out
negated claims, and FollowTheMoney takes asserted claims alone; --factuality and --all-factuality ask for others. What is
left out is counted on standard error.`,
		Example: `  newsgraph export --format nq -o graph.nq.gz
  newsgraph export -o claims.csv --factuality asserted,reported --min-sources 2
  newsgraph export "Alexander Lukashenko" -o network.gexf --since 2020-08
  newsgraph export --format gephi -o tables.zip`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.claims.Entity = args[0]
			}
			if o.list {
				return a.write(func(w io.Writer) error { _, err := io.WriteString(w, formatLines()); return err })
			}
			return a.export(o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.format, "format", "", "`WORD`: "+strings.Join(formatNames(), ", "))
	_ = flags.SetAnnotation("format", ownFlag, []string{"true"}) // the flag is there
	flags.BoolVar(&o.list, "list-formats", false, "list the formats and end")
	flags.StringVar(&o.claims.Subject, "from", "", "only claims of which `ENTITY` is the subject")
	flags.StringVar(&o.claims.Object, "to", "", "only claims of which `ENTITY` is the object")
	flags.BoolVar(&o.allFact, "all-factuality", false, "claims of any factuality, also where the format leaves some out")
	flags.BoolVar(&o.literals, "literals", false, "in networks, a node for each object that is no entity")
	addStore(flags)
	a.addFilter(cmd, &o.claims.Choice)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func formatNames() (names []string) {
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// formatLines describes the formats, one a line.
func formatLines() string {
	var b strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "  %-15s %s\n", f.Name, f.Gloss)
	}
	return b.String()
}

func (a *app) export(o exportFlags) error {
	format, err := a.exportFormat(o.format)
	if err != nil {
		return err
	}
	return a.withStore(a.ctx, false, func(w *workspace.Workspace) error {
		filter, err := w.ListFilter(a.ctx, o.claims)
		if err != nil {
			return err
		}
		chosen := export.Options{Filter: filter, AllFactuality: o.allFact, Literals: o.literals}
		report, err := a.writeExport(w, format, chosen)
		if err == nil {
			a.leftOut(report)
		}
		return err
	})
}

// exportFormat settles the format by its name, else by the name of the output.
func (a *app) exportFormat(name string) (export.Format, error) {
	f, ok := export.FormatNamed(name)
	if name == "" {
		if f, ok = export.FormatOf(a.output); !ok {
			if ending := filepath.Ext(strings.TrimSuffix(a.output, ".gz")); ending != "" {
				return f, &failure{"usage", fmt.Sprintf("%s: no format has files that end in %s", a.output, ending), "--format is one of " + strings.Join(formatNames(), ", "), exitUsage}
			}
			f, ok = export.FormatNamed("nq")
		}
	}
	if !ok {
		return f, &failure{"usage", fmt.Sprintf("unknown format %q", name), "--format is one of " + strings.Join(formatNames(), ", "), exitUsage}
	}
	return f, nil
}

// writeExport writes to a file or standard output, or, for several files, into a folder or a .zip.
func (a *app) writeExport(w *workspace.Workspace, f export.Format, o export.Options) (r export.Report, err error) {
	several := func(to export.Folder) error {
		r, err = f.WriteFolder(a.ctx, w.Graph(), o, to)
		return err
	}
	info, missing := os.Stat(a.output)
	switch {
	case !f.Folder:
		err = a.write(func(out io.Writer) error {
			r, err = f.Write(a.ctx, w.Graph(), o, out)
			return err
		})
	case strings.HasSuffix(strings.ToLower(a.output), ".zip"):
		err = a.write(func(out io.Writer) error { return export.WriteZip(out, several) })
	case a.output == "-" || a.output == "":
		err = needsFolder(f, "standard output cannot hold them")
	case missing == nil && !info.IsDir():
		err = needsFolder(f, a.output+" is no folder")
	default:
		err = export.WriteDir(a.output, several)
	}
	return r, err
}

func needsFolder(f export.Format, msg string) error {
	return &failure{"usage", f.Name + " is several files: " + msg, "-o FOLDER or -o FILE.zip", exitUsage}
}

// leftOut says which claims the format left out.
func (a *app) leftOut(r export.Report) {
	var parts []string
	for f, n := range r.ByFactuality {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, schema.Factuality(f)))
		}
	}
	if len(parts) > 0 {
		a.warn(fmt.Sprintf("%s written; left out, not being facts: %s (--all-factuality takes them)", count(r.Claims, "claim"), strings.Join(parts, ", ")))
	}
	if r.Literals > 0 {
		a.warn(fmt.Sprintf("left out %s whose object is no entity (--literals draws them)", count(r.Literals, "claim")))
	}
}
