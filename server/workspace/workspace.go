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
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"newsgraph/data"
	"newsgraph/graph"
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
	// Pipeline, if set, gives the pipeline that analyses articles, so that several workspaces can share one; else the
	// models are loaded when they are first needed.
	Pipeline func() (*ingest.Pipeline, error)
	// Decisions is the path of the file with the user's decisions on which entities are one; empty for
	// decisions.tsv in the store's folder.
	Decisions string
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
	dir string
	// decisions is the path of the decisions file; empty for a store in memory.
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
		return nil, errors.Join(fmt.Errorf("open store %s: %w", o.Dir, err), s.Close())
	}
	if o.Pipeline == nil {
		o.Pipeline = sync.OnceValues(LoadPipeline)
	}
	w := &Workspace{dir: o.Dir, decisions: o.Decisions, store: s, graph: g, pipeline: o.Pipeline}
	if w.decisions == "" && !o.InMemory {
		w.decisions = filepath.Join(o.Dir, "decisions.tsv")
	}
	return w, nil
}

// openStore opens the store that the options name.
func openStore(ctx context.Context, o Options) (*store.Store, error) {
	return openLocked(ctx, o.Dir, store.Options{ReadOnly: !o.Create && !o.InMemory, InMemory: o.InMemory, BaseIRI: o.BaseIRI})
}

// openLocked opens a store, and waits a while for others to close it where it has to be alone.
func openLocked(ctx context.Context, dir string, o store.Options) (*store.Store, error) {
	const most, pause = 5 * time.Second, 50 * time.Millisecond
	for started := time.Now(); ; {
		s, err := store.Open(dir, o)
		switch {
		case errors.Is(err, fs.ErrNotExist) && (o.ReadOnly || o.Existing):
			return nil, fmt.Errorf("%w at %s", ErrNoStore, dir)
		case !errors.Is(err, store.ErrLocked) || time.Since(started) > most:
			return s, err // names the store
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Checkpoint copies the store as it is now into the folder dir, which must not exist, for processes that read it.
func (w *Workspace) Checkpoint(dir string) error {
	s, ok := w.store.(interface{ Checkpoint(to string) error })
	if !ok {
		return fmt.Errorf("store %s cannot be copied", w.dir)
	}
	return s.Checkpoint(dir)
}

// BaseOf is the base IRI of the store in a folder; empty where none can be read.
func BaseOf(dir string) string {
	s, err := store.Open(dir, store.Options{ReadOnly: true})
	if err != nil {
		return ""
	}
	defer s.Close()
	return s.BaseIRI()
}

// Close closes the store.
func (w *Workspace) Close() error {
	if err := w.store.Close(); err != nil {
		return fmt.Errorf("close store %s: %w", w.dir, err)
	}
	return nil
}

// Graph is the graph in the store.
func (w *Workspace) Graph() *graph.Graph { return w.graph }

// Changes counts the changes of the store through this workspace, so that a copy of it can be told to be old.
func (w *Workspace) Changes() uint64 { return w.graph.Changes() + w.written.Load() }
