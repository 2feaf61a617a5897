package main

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// mostOffered is how many words a completion offers.
const mostOffered = 50

// completeNames completes the names of entities for the first n arguments.
func (a *app) completeNames(n int) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= n {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return a.complete(cmd, func(w *workspace.Workspace) []string { return w.CompleteEntities(a.ctx, prefix, mostOffered) })
	}
}

// completeName completes one name of an entity, the value of a flag.
func (a *app) completeName(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	return a.completeNames(1)(cmd, nil, prefix)
}

// completePredicates completes the predicates in the store.
func (a *app) completePredicates(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(w *workspace.Workspace) []string { return w.CompletePredicates(cmd.Context(), prefix, mostOffered) })
}

// completePublishers completes the publishers of articles in the store.
func (a *app) completePublishers(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(w *workspace.Workspace) []string { return w.CompletePublishers(cmd.Context(), prefix, mostOffered) })
}

// completeDocuments completes the IDs of articles in the store, with their titles where the shell shows such.
func (a *app) completeDocuments(cmd *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(w *workspace.Workspace) (words []string) {
		before := ""
		if strings.HasPrefix(prefix, "doc:") {
			before = "doc:"
		}
		for _, d := range w.CompleteDocuments(cmd.Context(), prefix, mostOffered) {
			words = append(words, cobra.CompletionWithDesc(before+d.ID, oneLine(cmp.Or(d.Title, d.Publisher))))
		}
		return words
	})
}

// completeArticles completes the IDs of articles in the store, and files where none fits.
func (a *app) completeArticles(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	words, _ := a.completeDocuments(cmd, args, prefix)
	return words, cobra.ShellCompDirectiveDefault
}

// completeSplit completes an entity and then articles.
func (a *app) completeSplit(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return a.completeName(cmd, args, prefix)
	}
	return a.completeDocuments(cmd, args, prefix)
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

// listed completes the last of several words with commas between them, quoting one that has a comma itself.
func listed(f cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		before := prefix[:strings.LastIndexByte(prefix, ',')+1]
		words, directive := f(cmd, args, prefix[len(before):])
		for i, word := range words {
			word, gloss, described := strings.Cut(word, "\t")
			if strings.ContainsAny(word, ",\"") {
				word = `"` + strings.ReplaceAll(word, `"`, `""`) + `"`
			}
			if words[i] = before + word; described {
				words[i] = cobra.CompletionWithDesc(before+word, gloss)
			}
		}
		return words, directive
	}
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
	var factuality []string
	for f := schema.Asserted; f <= schema.Negated; f++ {
		factuality = append(factuality, f.String())
	}
	fixed := func(words []string) cobra.CompletionFunc {
		return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
	}
	for flag, f := range map[string]cobra.CompletionFunc{
		"predicate": listed(a.completePredicates), "avoid": listed(a.completePredicates), "publisher": listed(a.completePublishers),
		"document": listed(a.completeDocuments), "type": listed(fixed(classNames())), "factuality": listed(fixed(factuality)),
		"to": a.completeName, "from": a.completeName, "via": a.completeName, "source": a.completeName,
	} {
		if cmd.Flags().Lookup(flag) != nil {
			_ = cmd.RegisterFlagCompletionFunc(flag, f) // the flag is there, and has none yet
		}
	}
}
