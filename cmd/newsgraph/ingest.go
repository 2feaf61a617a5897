package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"newsgraph/ingest/source"
	"newsgraph/server/workspace"
)

// ingestFlags are the flags of ingest that no setting stands for.
type ingestFlags struct {
	source source.Options
	failed string
	again  bool
}

func (a *app) ingestCommand() *cobra.Command {
	var f ingestFlags
	cmd := &cobra.Command{
		Use:   "ingest FILE|DIR|-...",
		Short: "Read articles into the graph",
		Long: `ingest reads articles (plain text, with or without a front-matter block, and HTML), finds what they claim, and
adds it to the graph. The same article again changes nothing; an article whose text has changed replaces its old
claims. A date is never invented: give --published where the file does not say it.

An interrupt commits what was read so far; a second one ends at once, and loses the articles not yet committed.
Exit code 4 says that some articles failed; each is named on standard error.`,
		Example: `  newsgraph ingest articles/
  newsgraph ingest speech.txt --publisher "Daily News" --published 2020-09-14 --url https://example.org/speech
  curl -s https://example.org/story.html | newsgraph ingest -`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault),
		RunE:              func(_ *cobra.Command, args []string) error { return a.ingest(args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.source.Title, "title", "", "title of the article")
	flags.StringVar(&f.source.Publisher, "publisher", "", "who published it")
	flags.StringVar(&f.source.Published, "published", "", "`DATE` of publication, ISO 8601 (2020-09-14)")
	flags.StringVar(&f.source.URL, "url", "", "where it was published")
	flags.StringVar(&f.failed, "failed", "", "write the names of articles that failed to `FILE`")
	flags.BoolVar(&f.again, "again", false, "analyse articles that are stored unchanged, too")
	for _, key := range []string{"store.path", "store.backend", "graph.base_iri", "ingest.workers", "ingest.batch", "ingest.max_bytes"} {
		addSetting(flags, key)
	}
	return cmd
}

func (a *app) ingest(args []string, f ingestFlags) error {
	f.source.MaxBytes = int64(a.settings.Count("ingest.max_bytes"))
	report := &ingestReport{a: a, started: time.Now()}
	// The first interrupt ends the feed only: what was read is still committed.
	ctx := context.WithoutCancel(a.ctx)
	return a.withStore(ctx, true, func(w *workspace.Workspace) error {
		feed := func(take func(source.Item) error) error { return source.Walk(a.ctx, args, a.stdin, f.source, take) }
		sum, err := w.Ingest(ctx, feed, workspace.IngestOptions{
			Workers: a.settings.Count("ingest.workers"), Batch: a.settings.Count("ingest.batch"), Again: f.again, Report: report.add, Progress: report.step,
		})
		if err == nil || sum != (workspace.Summary{}) {
			report.end(sum)
		}
		return errors.Join(err, report.save(f.failed), a.partial(sum))
	})
}

// partial is the failure of a run in which some articles failed, nil for none.
func (a *app) partial(sum workspace.Summary) error {
	if a.ctx.Err() != nil || sum.Failed == 0 {
		return a.ctx.Err()
	}
	return &failure{"partial", fmt.Sprintf("%s failed", count(sum.Failed, "article")), "", exitPartial}
}

// ingestReport tells the user how ingest goes.
type ingestReport struct {
	a       *app
	started time.Time
	bar     *progressbar.ProgressBar // nil while there is none
	failed  []workspace.Outcome
}

// step moves the progress bar on; the first step makes it.
func (r *ingestReport) step(total int) {
	if r.a.quiet || !r.a.errTTY {
		return
	}
	if r.bar == nil {
		r.bar = r.a.progress(total, "ingest", "article")
	}
	r.bar.Add(1)
}

func (r *ingestReport) add(o workspace.Outcome) {
	switch {
	case o.Status == workspace.Failed:
		r.failed = append(r.failed, o)
		r.say("newsgraph: %s", oneLine(o.Err.Error()))
	case r.a.verbose:
		r.say("%s %s (%s, %s)", o.Status, o.Name, o.Document, count(o.Claims, "claim"))
	}
}

// say writes a line to standard error, the bar out of its way.
func (r *ingestReport) say(format string, args ...any) {
	if r.bar != nil {
		r.bar.Clear()
	}
	fmt.Fprintf(r.a.stderr, format+"\n", args...)
}

func (r *ingestReport) end(s workspace.Summary) {
	if r.bar != nil {
		r.bar.Finish()
	}
	if !r.a.quiet {
		r.say("articles: %d new, %d unchanged, %d replaced, %d failed; %s; %.1f s",
			s.New, s.Unchanged, s.Replaced, s.Failed, count(s.Claims, "claim"), time.Since(r.started).Seconds())
	}
}

// save writes the failed articles to a file: name, tab, reason.
func (r *ingestReport) save(path string) error {
	if path == "" {
		return nil
	}
	return writeFile(path, func(w io.Writer) error {
		for _, o := range r.failed {
			if _, err := fmt.Fprintf(w, "%s\t%s\n", o.Name, oneLine(o.Err.Error())); err != nil {
				return err
			}
		}
		return nil
	})
}

// progress makes a progress bar on standard error for so many of what a command works on; 0 when that is not known.
func (a *app) progress(total int, command, what string) *progressbar.ProgressBar {
	if total == 0 {
		total = -1
	}
	return progressbar.NewOptions(total,
		progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription(command), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString(what), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond))
}
