package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/ontology"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the vocabulary as an ontology in Turtle",
		Long: `schema prints what the graph's own words mean: classes with those above them, predicates with domain, range, inverse and PLOVER
event type, the values of factuality, and the terms of schema.org, Wikidata and FollowTheMoney that come near (skos:closeMatch,
or ng:inverseMatch where the other term leads from object to subject). IRIs stand under --base-iri, as in a new store.`,
		Example: `  newsgraph schema > newsgraph.ttl
  newsgraph schema --format jsonld -o newsgraph.jsonld`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.schema(format) },
	}
	flags := cmd.Flags()
	flags.StringVar(&format, "format", "", "`FORMAT`: ttl (the default, unless the name after -o says another), nq, nt, trig or jsonld")
	_ = flags.SetAnnotation("format", ownFlag, []string{"true"}) // the flag is there
	addSetting(flags, "graph.base_iri")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(rdfNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) schema(format string) error {
	if _, known := rdf.FormatOf(a.output); format == "" && !known {
		format = rdf.Turtle.String()
	}
	f, err := rdfFormat("--format", strings.ToLower(format), a.output)
	if err != nil {
		return err
	}
	names := schema.NewNames(a.settings.Text("graph.base_iri"))
	quads, err := ontology.Quads(schema.Default(), names)
	if err != nil {
		return err
	}
	return a.write(func(w io.Writer) error {
		_, err := rdf.Copy(w, f, rdf.WriteOptions{Prefixes: ontology.Prefixes(names)}, func(yield func(schema.Quad, error) bool) {
			for _, q := range quads {
				if !yield(q, nil) {
					return
				}
			}
		})
		return err
	})
}
