package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/export"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// convertFlags are how convert reads and writes.
type convertFlags struct {
	from, to, base string
	merge          bool
}

func (a *app) convertCommand() *cobra.Command {
	var o convertFlags
	cmd := &cobra.Command{
		Use:     "convert IN OUT",
		Aliases: []string{"conv"},
		Short:   "Turn RDF from one format into another",
		Long: `convert reads RDF as N-Quads, N-Triples, Turtle, TriG or JSON-LD and writes it as any of these. The ends of the names
(.nq, .nt, .ttl, .trig, .jsonld) tell the formats, else --from and --to; - is standard input or output; gzipped
files are unpacked, and a name ending in .gz packs. Reading is strict: the first thing wrong ends it, with file, line and
column, and OUT is then not written. Of JSON-LD it reads what it writes and what is like it; contexts are not fetched.

N-Quads and N-Triples come out in the order of the input, whatever its length. Turtle, TriG and JSON-LD are sorted by graph
and subject when there are no more than 100,000 quads. N-Triples and Turtle have no named graphs: --merge-graphs puts all
into one. A relative IRI needs --base, unless the file has one.`,
		Example: `  newsgraph convert graph.nq.gz graph.trig
  newsgraph export | newsgraph convert - - --from nq --to jsonld
  newsgraph convert foreign.ttl out.nq --base https://example.org/foreign/`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error { return a.convert(args[0], args[1], o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.from, "from", "", "`FORMAT` of the input: nq, nt, ttl, trig or jsonld")
	flags.StringVar(&o.to, "to", "", "`FORMAT` of the output: nq, nt, ttl, trig or jsonld")
	flags.StringVar(&o.base, "base", "", "`IRI` that relative IRIs of the input stand under")
	flags.BoolVar(&o.merge, "merge-graphs", false, "leave out the names of graphs")
	flags.StringVar(&o.from, "load_format", "", "--from, as Cayley calls it")
	flags.StringVar(&o.to, "dump_format", "", "--to, as Cayley calls it")
	for _, name := range []string{"load_format", "dump_format"} {
		_ = flags.MarkHidden(name) // the flag is there
	}
	for _, name := range []string{"from", "to"} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(rdfNames(), cobra.ShellCompDirectiveNoFileComp))
	}
	return cmd
}

// rdfNames are the names of the RDF formats.
func rdfNames() []string {
	return []string{rdf.NQuads.String(), rdf.NTriples.String(), rdf.Turtle.String(), rdf.TriG.String(), rdf.JSONLD.String()}
}

// rdfFormat settles a format by the flag, else by the name of the file.
func rdfFormat(flag, given, file string) (rdf.Format, error) {
	f, ok := rdf.ParseFormat(given)
	if given == "" {
		f, ok = rdf.FormatOf(file)
	}
	names := strings.Join(rdfNames(), ", ")
	switch {
	case !ok && given != "":
		return f, &failure{"usage", fmt.Sprintf("unknown format %q", given), flag + " is one of " + names, exitUsage}
	case !ok:
		return f, &failure{"usage", file + ": " + rdf.ErrFormat.Error(), flag + " names it: " + names, exitUsage}
	}
	return f, nil
}

func (a *app) convert(in, out string, o convertFlags) error {
	from, err := rdfFormat("--from", o.from, in)
	if err != nil {
		return err
	}
	to, err := rdfFormat("--to", o.to, out)
	if err != nil {
		return err
	}
	write := rdf.WriteOptions{MergeGraphs: o.merge, Prefixes: export.Prefixes(schema.NewNames(a.settings.Text("graph.base_iri")))}
	quads := rdf.FileQuads(in, a.stdin, rdf.Options{Format: from, Base: o.base})
	a.output = out
	var n int64
	err = a.write(func(w io.Writer) (err error) {
		n, err = rdf.Copy(w, to, write, a.interrupted(quads))
		return err
	})
	var place *rdf.FileError
	if errors.As(err, &place) {
		return place
	}
	if errors.Is(err, rdf.ErrGraph) {
		return &failure{"error", to.String() + ": " + rdf.ErrGraph.Error(), "--merge-graphs leaves out their names; trig and nq keep them", exitError}
	}
	if err == nil && a.verbose {
		fmt.Fprintf(a.stderr, "%s: %s\n", out, count(int(n), "quad"))
	}
	return err
}

// interrupted ends the quads with the first interrupt.
func (a *app) interrupted(quads iter.Seq2[schema.Quad, error]) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		for q, err := range quads {
			if ctx := a.ctx.Err(); ctx != nil {
				yield(schema.Quad{}, ctx)
				return
			}
			if !yield(q, err) {
				return
			}
		}
	}
}
