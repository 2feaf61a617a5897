// Package workspace joins the parts for the commands and the server: a store, the graph in it, and the
// pipeline that turns articles into claims. Articles enter; claims, paths, rows and exports leave. The state
// it keeps is a pure function of the set of articles: their order, the number of workers and the number
// of runs do not count.
//
// Errors: ErrNoStore, *NotFoundError, *AmbiguousError, and those of the parts (store.ErrLocked and the
// like), wrapped.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"newsgraph/data"
	"newsgraph/graph"
	"newsgraph/graph/postgres"
	"newsgraph/graph/store"
	"newsgraph/ingest"
)

// ErrNoStore says that there is no store in the folder.
var ErrNoStore = errors.New("no store")

// Options say how to open a workspace.
type Options struct {
	Dir string // the store's folder
	// Create makes the store if there is none and opens it for writing; else it is opened read-only.
	Create bool
	// BaseIRI is for a new store; empty for the default. An existing store keeps its own.
	BaseIRI string
	// InMemory makes a new store in memory; Dir is only a name then.
	InMemory bool
	// Address, if set, is that of a PostgreSQL database which keeps the store in place of Dir; see postgres.ParseAddress.
	Address string
	// Pipeline, if set, gives the pipeline that analyses articles, so that several workspaces can share one; else the
	// models are loaded when they are first needed.
	Pipeline func() (*ingest.Pipeline, error)
	// Decisions is the path of the file with the user's decisions on which entities are one; empty for
	// decisions.tsv in the store's folder.
	Decisions string
}

// folder is the folder that the store is in; empty when it is in none.
func (o Options) folder() string {
	if o.InMemory || o.Address != "" {
		return ""
	}
	return o.Dir
}

// name is what the store is called in messages.
func (o Options) name() string {
	if o.Address != "" {
		return postgres.Name(o.Address)
	}
	return o.Dir
}

// LoadPipeline loads the embedded models, gazetteers and lexicons.
func LoadPipeline() (*ingest.Pipeline, error) {
	p, err := ingest.New(ingest.Options{Data: data.FS})
	if err != nil {
		return nil, fmt.Errorf("load the models: %w", err)
	}
	return p, nil
}

// Workspace is an open store and what works on it. It is safe for concurrent reading; Ingest must not
// run twice at once.
type Workspace struct {
	name   string // of the store
	folder string // of the store; empty when it is in none
	// decisions is the path of the decisions file; empty for a store that is in no folder.
	decisions string

	store store.Backend
	graph *graph.Graph

	pipeline func() (*ingest.Pipeline, error)
	written  atomic.Uint64 // changes of quads beside the graph
}

// Open opens the store. The caller closes the workspace.
func Open(ctx context.Context, o Options) (*Workspace, error) {
	s, err := openStore(ctx, o)
	if err != nil {
		return nil, err
	}
	g, err := graph.Open(ctx, s)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", o.name(), err), s.Close())
	}
	if o.Pipeline == nil {
		o.Pipeline = sync.OnceValues(LoadPipeline)
	}
	w := &Workspace{name: o.name(), folder: o.folder(), decisions: o.Decisions, store: s, graph: g, pipeline: o.Pipeline}
	if w.decisions == "" && w.folder != "" {
		w.decisions = filepath.Join(w.folder, "decisions.tsv")
	}
	return w, nil
}

// openStore opens the store that the options name.
func openStore(ctx context.Context, o Options) (store.Backend, error) {
	if o.Address == "" {
		return openFolder(ctx, o.Dir, store.Options{ReadOnly: !o.Create && !o.InMemory, InMemory: o.InMemory, BaseIRI: o.BaseIRI})
	}
	return openLocked(ctx, o.name(), !o.Create, func() (*postgres.Store, error) {
		return postgres.Open(ctx, o.Address, postgres.Options{ReadOnly: !o.Create, BaseIRI: o.BaseIRI})
	})
}

// openFolder opens a store in a folder.
func openFolder(ctx context.Context, dir string, o store.Options) (*store.Store, error) {
	return openLocked(ctx, dir, o.ReadOnly || o.Existing, func() (*store.Store, error) { return store.Open(dir, o) })
}

// openLocked opens a store, and waits a while for others to close it where it has to be alone. existing says that it makes none.
func openLocked[S any](ctx context.Context, name string, existing bool, open func() (*S, error)) (*S, error) {
	const most, pause = 5 * time.Second, 50 * time.Millisecond
	for started := time.Now(); ; {
		s, err := open()
		switch {
		case err == nil:
			return s, nil
		case errors.Is(err, fs.ErrNotExist) && existing:
			return nil, fmt.Errorf("%w at %s", ErrNoStore, name)
		case !errors.Is(err, store.ErrLocked) || time.Since(started) > most:
			return nil, err // names the store
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Folder is the folder that the store is in; empty when it is in memory or in a database.
func (w *Workspace) Folder() string { return w.folder }

// Name is what the store is called in messages: its folder, or the address of its database without the password.
func (w *Workspace) Name() string { return w.name }

// Checkpoint copies the store as it is now into the folder dir, which must not exist, for processes that read it. Of a store in a
// database there is nothing to copy, and the folder stays empty.
func (w *Workspace) Checkpoint(dir string) error {
	if s, ok := w.store.(*store.Store); ok {
		return s.Checkpoint(dir)
	}
	return os.Mkdir(dir, 0o700)
}

// BaseOf is the base IRI of the store that the options name. The error is that of Open for reading.
func BaseOf(ctx context.Context, o Options) (string, error) {
	o.Create, o.BaseIRI = false, ""
	s, err := openStore(ctx, o)
	if err != nil {
		return "", err
	}
	return s.BaseIRI(), s.Close()
}

// Close closes the store.
func (w *Workspace) Close() error {
	if err := w.store.Close(); err != nil {
		return fmt.Errorf("close store %s: %w", w.name, err)
	}
	return nil
}

// Graph is the graph in the store.
func (w *Workspace) Graph() *graph.Graph { return w.graph }

// Changes counts the changes of the store through this workspace, so that a copy of it can be told to be old.
func (w *Workspace) Changes() uint64 { return w.graph.Changes() + w.written.Load() }
