package main

import (
	"github.com/spf13/cobra"

	"newsgraph/server/workspace"
)

// addFilter gives a command the flags that choose claims, and their completion. What they are set to stands in c once
// the command line is read; Workspace.Filter makes a graph.Filter of it.
func (a *app) addFilter(cmd *cobra.Command, c *workspace.Choice) {
	flags := cmd.Flags()
	flags.StringSliceVar(&c.Predicates, "predicate", nil, "only these `PREDICATES`, with commas between them")
	flags.StringSliceVar(&c.Avoid, "avoid", nil, "not these `PREDICATES`")
	flags.StringSliceVar(&c.Factuality, "factuality", nil, "only claims with these `VALUES`")
	flags.StringVar(&c.Source, "source", "", "only what `NAME` is a source of")
	flags.BoolVar(&c.OwnVoice, "own-voice", false, "only what the articles say without a source")
	flags.Float64Var(&c.MinConfidence, "min-confidence", 0, "only claims with a confidence of `X` or more, 0 to 1")
	flags.StringVar(&c.Since, "since", "", "only what holds on this `DATE` or later (2020, 2020-09, 2020-09-14)")
	flags.StringVar(&c.Until, "until", "", "only what holds on this `DATE` or before")
	flags.StringVar(&c.PublishedSince, "published-since", "", "only articles of this `DATE` or later")
	flags.StringVar(&c.PublishedUntil, "published-until", "", "only articles of this `DATE` or before")
	flags.StringSliceVar(&c.Publishers, "publisher", nil, "only articles of these `PUBLISHERS`")
	flags.StringSliceVar(&c.Documents, "document", nil, "only these `ARTICLES`, by ID, IRI or URL")
	flags.IntVar(&c.MinSources, "min-sources", 0, "only claims with `N` independent sources or more")
	flags.StringSliceVar(&c.Types, "type", nil, "only claims between entities of these `TYPES`")
	cmd.PreRunE = func(*cobra.Command, []string) error { return c.Check() } // before the store is opened
	a.completeFlags(cmd)
}
