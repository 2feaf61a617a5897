package main

import (
	"context"
	"errors"
	"fmt"

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

// count gives "1 claim", "2 claims".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
