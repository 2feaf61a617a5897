package main

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/graph/postgres"
	"newsgraph/internal/settings"
	"newsgraph/server/workspace"
)

// withStore opens the store that the settings name, lets f work with it and closes it.
func (a *app) withStore(ctx context.Context, create bool, f func(w *workspace.Workspace) error) error {
	o, err := a.place()
	if err != nil {
		return err
	}
	o.Create = create
	return a.withStoreOf(ctx, o, f)
}

// withStoreOf is withStore for a store that is not for the settings to name.
func (a *app) withStoreOf(ctx context.Context, o workspace.Options, f func(w *workspace.Workspace) error) error {
	create := o.Create
	o.Decisions = a.settings.Text("entities.decisions")
	if create && a.settings.Set("graph.base_iri") { // a reader takes the base that the store has
		o.BaseIRI = a.settings.Text("graph.base_iri")
	} else if create {
		o.BaseIRI = a.newBase
	}
	w, err := workspace.Open(ctx, o)
	if err != nil {
		return err
	}
	err = f(w)
	if closed := w.Close(); err == nil { // else it fails for the same reason
		err = closed
	}
	return err
}

// place is where the settings say that the store is. One that keeps nothing is for serve alone.
func (a *app) place() (o workspace.Options, err error) {
	backend, address := a.settings.Text("store.backend"), a.settings.Text("store.address")
	switch {
	case backend == settings.Memory:
		return o, &failure{"usage", "store.backend is memstore, which keeps nothing: only serve can use it", "--backend pebble keeps the graph in the folder of --store", exitUsage}
	case backend == settings.Postgres:
		return workspace.Options{Address: address}, a.checkAddress(address)
	case address != "" && !a.byFlag("store.backend"):
		return o, &failure{"usage", fmt.Sprintf("store.address is set (%s), but store.backend is %s, which has none", a.settings.Origin("store.address"), backend),
			"--backend postgres uses the address, --backend pebble the folder", exitUsage}
	}
	return workspace.Options{Dir: a.settings.Text("store.path")}, nil
}

// checkAddress finds what is wrong with the address of a database before anything is done.
func (a *app) checkAddress(address string) error {
	if a.byFlag("store.path") {
		return &failure{"usage", fmt.Sprintf("--store names a folder, but store.backend is postgres (%s)", a.settings.Origin("store.backend")),
			"--backend pebble uses the folder, store.address names another database", exitUsage}
	}
	if _, err := postgres.ParseAddress(address); err != nil {
		return &failure{"usage", "store.address: " + err.Error(), "it stands in the settings file or in NEWSGRAPH_STORE_ADDRESS", exitUsage}
	}
	return nil
}

// byFlag says whether a flag sets the key.
func (a *app) byFlag(key string) bool { return strings.HasPrefix(a.settings.Origin(key), "flag ") }

// folderOnly refuses what only the store in a folder can do, and says what else to use.
func (a *app) folderOnly(command, instead string) error {
	backend := a.settings.Text("store.backend")
	if backend == settings.Pebble {
		_, err := a.place()
		return err
	}
	if backend == settings.Memory {
		instead = "--backend pebble takes the folder of --store"
	}
	return &failure{"usage", fmt.Sprintf("%s is for a store in a folder, and store.backend is %s", command, backend), instead, exitUsage}
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
