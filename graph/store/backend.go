package store

import (
	"context"
	"iter"

	"newsgraph/schema"
)

// Backend is what a graph is kept in: a Store, or another database that keeps the same promises. It is safe for concurrent
// use: writers take turns, readers see whole changes only. The errors are those of Store.
type Backend interface {
	// BaseIRI returns the base IRI that the store was created with.
	BaseIRI() string
	// Apply makes the change, the whole of it or nothing; when it returns nil the change is durable.
	Apply(ctx context.Context, b Batch) error
	// Load adds all quads of a sequence, or none, and returns how many were not there before.
	Load(ctx context.Context, quads iter.Seq2[schema.Quad, error]) (added int64, err error)
	// Snapshot returns the store as it is now. What fails shows when it is read.
	Snapshot() Reader
	// Verify reads everything and checks that it agrees with itself.
	Verify(ctx context.Context) error
	// Close closes the store, after its snapshots.
	Close() error
}

// Reader is a store as it was at one moment, for several reads that must agree. It is safe for concurrent use; Close it, and
// before the store.
type Reader interface {
	// Match calls f for every quad that fits p, where NoTerm fits anything, any graph included. The order is fixed by the quads
	// alone. An error of f ends the call and comes back as it is; f may read and write.
	Match(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error
	// MatchGraph is Match for one graph: NoTerm in p.Graph is the default graph.
	MatchGraph(ctx context.Context, p schema.Quad, f func(schema.Quad) error) error
	// Has says whether the quad is there; NoTerm in q.Graph is the default graph.
	Has(ctx context.Context, q schema.Quad) (bool, error)
	// Record returns the side record under key; ok is false when there is none.
	Record(ctx context.Context, key string) (val []byte, ok bool, err error)
	// Records calls f for every side record whose key begins with prefix, in byte order of the keys.
	Records(ctx context.Context, prefix string, f func(key string, val []byte) error) error
	// Stats returns the exact sizes.
	Stats(ctx context.Context) (Stats, error)
	// IDs returns a reader of the quads as ids.
	IDs() IDs
	// QuadStore returns the same for Cayley, for reading only.
	QuadStore() *QuadStore
	Close() error
}

// IDs reads quads as ids, for searches that visit many of them. It is for one goroutine (take one for each); Close it before
// the Reader that it came from. Terms turned into ids once stay good as long as that.
type IDs interface {
	// Find returns the id of a term; ok is false when no quad has it.
	Find(t schema.Term) (id ID, ok bool, err error)
	// Term returns the term with the id, which came from the same Reader; the zero Term for 0.
	Term(id ID) (schema.Term, error)
	// Match appends the quads that fit want to dst, where 0 fits anything. The order is fixed by the quads alone.
	Match(ctx context.Context, dst []QuadID, want QuadID) ([]QuadID, error)
	Close() error
}

// Source is what a QuadStore asks of a store at one moment.
type Source interface {
	// Find returns the id of a term; ok is false when no quad has it.
	Find(t schema.Term) (id ID, ok bool, err error)
	// Lookup returns the term with the id; ok is false when there is none.
	Lookup(id ID) (t schema.Term, ok bool, err error)
	// Quads appends to dst the next quads that fit want, where 0 fits anything, at most so many. The first are those behind
	// last in the order of Match; all when last is the zero QuadID. Fewer than most means that there are no more.
	Quads(ctx context.Context, dst []QuadID, want, last QuadID, most int) ([]QuadID, error)
	// Nodes does the same for the ids of all terms, in ascending order.
	Nodes(ctx context.Context, dst []ID, last ID, most int) ([]ID, error)
	// Size returns how many quads fit want; when there are many it may be an estimate, and exact is false.
	Size(ctx context.Context, want QuadID) (n int64, exact bool, err error)
	Stats(ctx context.Context) (Stats, error)
	IDs() IDs
}

var (
	_ Backend = (*Store)(nil)
	_ Reader  = (*Snapshot)(nil)
	_ Source  = (*Snapshot)(nil)
)
