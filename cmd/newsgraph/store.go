package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// withStore opens the store that the settings name, lets f work with it and closes it.
func (a *app) withStore(ctx context.Context, create bool, f func(w *workspace.Workspace) error) error {
	o := workspace.Options{Dir: a.settings.Text("store.path"), Create: create, Decisions: a.settings.Text("entities.decisions")}
	if create && a.settings.Set("graph.base_iri") { // a reader takes the base that the store has
		o.BaseIRI = a.settings.Text("graph.base_iri")
	} else if create {
		o.BaseIRI = a.newBase
	}
	w, err := workspace.Open(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(f(w), w.Close())
}

// read opens the store for reading and lets f work with it under the setting query.timeout.
func (a *app) read(f func(ctx context.Context, w *workspace.Workspace) error) error {
	ctx, cancel := a.ctx, context.CancelFunc(func() {})
	if limit := a.settings.Duration("query.timeout"); limit > 0 {
		ctx, cancel = context.WithTimeout(a.ctx, limit)
	}
	defer cancel()
	return a.withStore(ctx, false, func(w *workspace.Workspace) error { return f(ctx, w) })
}

// completeNames completes the names of entities for the first n arguments.
func (a *app) completeNames(n int) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= n {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return a.complete(cmd, func(w *workspace.Workspace) []string { return w.CompleteEntities(prefix, 50) })
	}
}

// completePredicates completes the predicates in the store.
func (a *app) completePredicates(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(w *workspace.Workspace) []string { return w.CompletePredicates(cmd.Context(), prefix, 50) })
}

// complete asks the store; a store that cannot be read completes nothing.
func (a *app) complete(cmd *cobra.Command, f func(*workspace.Workspace) []string) (words []string, _ cobra.ShellCompDirective) {
	if err := a.start(cmd, nil); err == nil {
		_ = a.withStore(a.ctx, false, func(w *workspace.Workspace) error {
			words = f(w)
			return nil
		})
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// count gives "1 claim", "2 claims".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// classNames are the types of the vocabulary.
func classNames() []string {
	var names []string
	for _, c := range schema.Default().Classes() {
		names = append(names, c.Name)
	}
	return names
}

// completeFlags completes the values of the flags that choose claims.
func (a *app) completeFlags(cmd *cobra.Command) {
	factuality := []string{"asserted", "reported", "planned", "possible", "alleged", "attempted", "negated"}
	for flag, f := range map[string]cobra.CompletionFunc{
		"predicate": a.completePredicates, "avoid": a.completePredicates, "to": a.completeNames(1 << 30), "from": a.completeNames(1 << 30), "via": a.completeNames(1 << 30),
		"source": a.completeNames(1 << 30), "type": cobra.FixedCompletions(classNames(), cobra.ShellCompDirectiveNoFileComp),
		"factuality": cobra.FixedCompletions(factuality, cobra.ShellCompDirectiveNoFileComp),
	} {
		if cmd.Flags().Lookup(flag) != nil {
			_ = cmd.RegisterFlagCompletionFunc(flag, f) // the flag is there, and has none yet
		}
	}
}
