package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"newsgraph/internal/settings"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

func (a *app) loadCommand() *cobra.Command {
	var format, base, cayley string
	var o workspace.LoadOptions
	cmd := &cobra.Command{
		Use:   "load FILE|-...",
		Short: "Load RDF: exports of newsgraph, and what others wrote",
		Long: `load reads RDF as N-Quads, N-Triples, Turtle, TriG or JSON-LD (.nq, .nt, .ttl, .trig, .jsonld, or --format), gzipped or not, - from
standard input, and makes the store if there is none. Of JSON-LD it reads what newsgraph writes and what is like it: contexts of
prefixes, none that would have to be fetched.

Articles that newsgraph exported, with their claims, evidence and texts, join those that are there as if they had been
ingested: entities get their names from all articles, an article that is there with the same text stays as it is. All other
quads are kept as they are and can be queried. To load the same again changes nothing. Decisions on entities (merge, split) that
the export has join those of the store; where both cannot hold, nothing is loaded, and --skip-decisions loads the rest.

Everything is read and checked first: after a wrong line (its place is given), a quote that its text does not have, or an edge
that no article tells, nothing has been loaded.`,
		Example: `  newsgraph load colleague.nq.gz
  newsgraph load people.ttl places.trig --base https://example.org/lists/
  newsgraph export --store other.db | newsgraph load - --format nq`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && cayley == "" {
				return errors.New("load needs at least one file, or - for standard input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if cayley != "" {
				args = append(args, cayley)
			}
			return a.load(args, format, base, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&format, "format", "", "`FORMAT` of all files: nq, nt, ttl, trig or jsonld; else by their names")
	flags.StringVar(&format, "load_format", "", "--format, as Cayley calls it")
	flags.StringVarP(&cayley, "load", "i", "", "a file to load, as Cayley calls it")
	flags.StringVar(&base, "base", "", "`IRI` that relative IRIs stand under")
	flags.BoolVar(&o.SkipDecisions, "skip-decisions", false, "leave out what the files decide on entities (merge, split)")
	_ = flags.SetAnnotation("format", ownFlag, []string{"true"}) // the flags are there
	_ = flags.MarkHidden("load_format")
	_ = flags.MarkHidden("load")
	addStore(flags)
	addSetting(flags, "graph.base_iri")
	addSetting(flags, "entities.decisions")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(rdfNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) load(names []string, format, base string, o workspace.LoadOptions) (err error) {
	var files []workspace.File
	stdins := 0
	for _, name := range names {
		f, err := rdfFormat("--format", format, name)
		if err != nil {
			return err
		}
		if name == "-" {
			stdins++
		}
		files = append(files, workspace.File{Name: name, Format: f, Base: base})
	}
	if stdins > 1 {
		return &failure{"usage", "standard input can be read only once", "", exitUsage}
	}
	place, err := a.place()
	if err != nil {
		return err
	}
	var there bool
	if place.BaseIRI, there, err = a.loadBase(place); err != nil {
		return err
	}
	report := &loadReport{a: a, started: time.Now()}
	o.Report = report.article
	staged, err := workspace.Stage(a.ctx, workspace.StageOptions{
		Dir: a.stageDir(), Files: files, Stdin: a.stdin, Base: place.BaseIRI, Progress: report.quads,
	})
	if err != nil {
		return err
	}
	defer func() {
		if closed := staged.Close(); err == nil { // else it fails for the same reason
			err = closed
		}
	}()
	if !there && staged.Base() != "" && !a.settings.Set("graph.base_iri") {
		a.newBase = staged.Base()
	}
	sum, err := a.loadStaged(place, staged, o)
	report.end(sum, err)
	return err
}

// loadBase is the base IRI of the store to load into; there says whether something is in its place already, which perhaps cannot be
// read.
func (a *app) loadBase(place workspace.Options) (base string, there bool, err error) {
	base, err = workspace.BaseOf(a.ctx, place)
	switch {
	case place.Address == "":
		names, err := os.ReadDir(place.Dir)
		there = !errors.Is(err, fs.ErrNotExist) && len(names) > 0
	case err == nil:
		there = true
	case !errors.Is(err, workspace.ErrNoStore):
		return "", false, err
	}
	if !there {
		base = schema.NewNames(a.settings.Text("graph.base_iri")).Base()
	}
	return base, there, nil
}

// loadStaged loads into the store, or makes it of what was staged.
func (a *app) loadStaged(place workspace.Options, staged *workspace.Staged, o workspace.LoadOptions) (sum workspace.Loaded, err error) {
	place.Decisions = a.settings.Text("entities.decisions")
	sum, err = workspace.LoadNew(a.ctx, place, staged, o)
	if !errors.Is(err, workspace.ErrExists) {
		return sum, err
	}
	err = a.withStore(a.ctx, true, func(w *workspace.Workspace) (err error) {
		sum, err = w.Load(a.ctx, staged, o)
		return err
	})
	return sum, err
}

// loadReport tells the user how load goes.
type loadReport struct {
	a       *app
	started time.Time
	bar     *progressbar.ProgressBar // nil while there is none
	what    string                   // that it counts
	seen    int64                    // quads read
}

// step moves the bar that counts something on; the first step makes it.
func (r *loadReport) step(what string, n int64) {
	if r.a.quiet || !r.a.errTTY {
		return
	}
	if r.what != what {
		r.clear()
		r.bar, r.what = r.a.progress(0, "load", what), what
	}
	_ = r.bar.Add64(n) // a bar that cannot be drawn is no loss
}

func (r *loadReport) clear() {
	if r.bar != nil {
		_ = r.bar.Finish()
	}
}

// quads says how many quads were read so far.
func (r *loadReport) quads(n int64) {
	r.step("quad", n-r.seen)
	r.seen = n
}

func (r *loadReport) article(o workspace.Outcome) {
	r.step("article", 1)
	if r.a.verbose {
		if r.bar != nil {
			_ = r.bar.Clear()
		}
		fmt.Fprintf(r.a.stderr, "%s %s (%s, %s)\n", o.Status, o.Name, o.Document, count(o.Claims, "claim"))
	}
}

func (r *loadReport) end(sum workspace.Loaded, err error) {
	r.clear()
	if err != nil {
		return
	}
	r.a.tell("%s: %d new, %d unchanged, %d replaced articles; %s; %s new; %.1f s", count(int(sum.Quads), "quad"),
		sum.New, sum.Unchanged, sum.Replaced, count(sum.Claims, "claim"), count(int(sum.Others), "other quad"), time.Since(r.started).Seconds())
	if sum.Decisions > 0 {
		r.a.tell("%s on entities taken over (newsgraph merge list shows them)", count(sum.Decisions, "decision"))
	}
}

// stageDir is the folder that files are staged in: that of the store, which has room for them, if it can be written.
func (a *app) stageDir() string {
	if a.settings.Text("store.backend") != settings.Pebble {
		return os.TempDir()
	}
	dir := filepath.Dir(strings.TrimRight(a.settings.Text("store.path"), string(filepath.Separator)))
	probe, err := os.MkdirTemp(dir, ".newsgraph-")
	if err != nil {
		return os.TempDir()
	}
	_ = os.Remove(probe) // it is empty
	return dir
}
