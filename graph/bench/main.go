// Command bench measures the store against Cayley over bolt, in one run on one machine, and prints the table of what is
// asked of it: ours, theirs, the ratio, the floor and the goal. The graph is that of graph/internal/newsdata. It is no part of
// the program: nothing else links bolt.
//
// Loading runs in child processes, one at a time, so that time and memory are those of one store alone. Times are wall time,
// the processor's beside it where a child was measured; a row is as good as its lower ratio.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "child" {
		if err := child(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	o := bench{}
	flag.IntVar(&o.quads, "quads", 1_000_000, "quads of the graph")
	flag.IntVar(&o.batched, "batched", 200_000, "quads written in durable batches of 10,000")
	flag.IntVar(&o.small, "small", 50_000, "quads written in durable batches of 100")
	flag.IntVar(&o.runs, "runs", 9, "runs of a quick query; the median counts")
	flag.DurationVar(&o.patience, "patience", 10*time.Minute, "the longest that a query of theirs may take: one that has not ended counts as that long")
	flag.BoolVar(&o.loaded, "loaded", false, "the stores are in -dir from an earlier run: measure reading only")
	flag.StringVar(&o.only, "only", "", "parts to measure, with commas between: "+strings.Join(partNames(), ", ")+" (default: all)")
	flag.StringVar(&o.profile, "profile", "", "folder for processor profiles of our loads and batches, for go tool pprof")
	flag.StringVar(&o.dir, "dir", "", "folder for the files (default: a temporary one, removed at the end)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := o.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run.
type bench struct {
	quads, batched, small, runs int
	dir, only, profile          string
	loaded                      bool
	patience                    time.Duration
	generated                   bool     // the data is there
	start                       *samples // nil until needed
	rows                        []row
}

func (b *bench) run(ctx context.Context) error {
	if b.dir == "" {
		dir, err := os.MkdirTemp("", "newsgraph-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		b.dir = dir
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	if err := b.measureAll(ctx); err != nil {
		return err
	}
	return b.print(os.Stdout)
}

// part is some rows of the table.
type part struct {
	name   string
	writes bool // what -loaded leaves out
	run    func(*bench, context.Context) error
}

// parts are in the order of the table. Those after the load read what it has written.
func parts() []part {
	return []part{
		{"load", true, (*bench).load},
		{"batches", true, (*bench).large},
		{"small", true, (*bench).little},
		{"hops", false, onStores((*bench).hops)},
		{"scans", false, onStores((*bench).scans)},
		{"path", false, onStores((*bench).shortest)},
		{"export", false, onStores((*bench).export)},
		{"reading", false, (*bench).reading},
		{"opening", false, (*bench).opening},
	}
}

func partNames() (names []string) {
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return names
}

func (b *bench) measureAll(ctx context.Context) error {
	chosen, err := b.chosen()
	if err != nil {
		return err
	}
	for _, p := range chosen {
		if err := p.run(b, ctx); err != nil {
			return err
		}
	}
	return nil
}

// chosen returns the parts that the flags ask for.
func (b *bench) chosen() (chosen []part, err error) {
	var only []string
	if b.only != "" {
		only = strings.Split(b.only, ",")
	}
	for _, name := range only {
		if !slices.Contains(partNames(), name) {
			return nil, fmt.Errorf("there is no part %q: %s", name, strings.Join(partNames(), ", "))
		}
	}
	for _, p := range parts() {
		if (only == nil || slices.Contains(only, p.name)) && !(b.loaded && p.writes) {
			chosen = append(chosen, p)
		}
	}
	return chosen, nil
}

func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }

// say tells on standard error what goes on.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
