// Package store keeps quads and side records in a folder: an embedded quad store over Pebble, and the same seen as a
// graph.QuadStore by Cayley's query engines. What enters is schema.Quad and byte records in atomic batches, what leaves is
// the same by pattern or by key. It is the one package that names Cayley's store interfaces and the key-value engine;
// docs/format.md has its keys byte by byte.
//
// Open returns errors that wrap ErrLocked, ErrCorrupt or ErrVersion; reads wrap ErrCorrupt when a file is damaged; all of
// them return ErrClosed after Close. A write that the disk refuses stops the store for writing: close it and open it again.
package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"

	"newsgraph/schema"
)

// Errors that a caller may branch on.
var (
	// ErrLocked says that the store is open already, here or in another process.
	ErrLocked = errors.New("store is in use")
	// ErrCorrupt says that files of the store are damaged.
	ErrCorrupt = errors.New("store is damaged")
	// ErrVersion says that the store was written in another version of the format.
	ErrVersion = errors.New("store has another format version")
	// ErrReadOnly says that a write was asked of a store opened read-only.
	ErrReadOnly = errors.New("store is read-only")
	// ErrClosed says that the store or the snapshot is closed.
	ErrClosed = errors.New("store is closed")
)

// Options of Open. The zero value opens or creates a store for reading and writing.
type Options struct {
	// ReadOnly opens a store that exists, and changes nothing in it.
	ReadOnly bool
	// Existing opens a store for writing that exists, and makes none.
	Existing bool
	// InMemory keeps everything in memory; dir is only a name then.
	InMemory bool
	// BaseIRI is written into a new store (empty: schema.DefaultBase). A store that exists keeps its own, and a different
	// BaseIRI is an error.
	BaseIRI string
	// CacheBytes is the size of the block cache; 0 means 64 MiB.
	CacheBytes int64

	fs   vfs.FS              // for tests
	hash func([]byte) uint64 // for tests: the slot where the search for a term begins
	// runQuads, for tests, is how many quads Load sorts in memory at once.
	runQuads int
}

// Stats are the exact sizes of a store: quads, terms used in them, side records.
type Stats struct{ Quads, Terms, Records int64 }

// Store is an open store. It is safe for concurrent use: writers take turns, readers see whole batches only and wait for
// nobody.
type Store struct {
	dir      string
	own      string // the folder of the copy that is read, because a writer has the store; else empty
	base     string
	fs       vfs.FS
	engine   *pebble.Options
	runQuads int
	readOnly bool
	inMemory bool
	hash     func([]byte) uint64
	lock     *pebble.Lock
	db       *pebble.DB
	fatal    *fatalLogger
	cache    *termCache
	edges    edgeCache

	buildings atomic.Int64 // numbers the folders of tables under way
	write     sync.Mutex   // held by the one writer
	stats     Stats        // of the last batch; under write
	dirty     bool         // something was written since Open; under write
	memory    memUse       // under write

	life use // of db
}

// Open opens the store in the folder dir, and creates folder and store unless o.ReadOnly. The error names dir and wraps
// ErrLocked, ErrCorrupt or ErrVersion where one fits; fs.ErrNotExist when a store to be read is not there.
//
// One writer and no reader, or any number of readers, have a store open. A reader that finds a writer there reads the
// store as it is at that moment, from a copy made of links; a writer that finds readers or a writer gets ErrLocked.
func Open(dir string, o Options) (*Store, error) {
	o = o.withDefaults()
	s, err := open(dir, o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", dir, err)
	}
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.CacheBytes <= 0 {
		o.CacheBytes = 64 << 20
	}
	if o.hash == nil {
		o.hash = hashTerm
	}
	switch {
	case o.fs != nil:
	case o.InMemory:
		o.fs = vfs.NewMem()
	default:
		o.fs = vfs.Default
	}
	return o
}

func open(dir string, o Options) (*Store, error) {
	if err := prepare(dir, o); err != nil {
		return nil, err
	}
	lock, err := lockDir(dir, o.fs, o.ReadOnly)
	own := ""
	if errors.Is(err, ErrLocked) && o.ReadOnly {
		own, lock, err = copyBeside(o.fs, dir)
	}
	if err != nil {
		return nil, err
	}
	s := &Store{own: own, dir: dir, fs: o.fs, runQuads: o.runQuads, readOnly: o.ReadOnly, inMemory: o.InMemory, hash: o.hash, lock: lock, fatal: newFatalLogger(), cache: newTermCache(termCacheSize)}
	if s.db, err = s.openDB(cmp.Or(own, dir), o); err != nil {
		return nil, s.openFailed(err)
	}
	err = s.loadMeta(o)
	if err == nil && !o.ReadOnly {
		err = errors.Join(s.removeBuildings(), removeCopies(s.fs, s.dir))
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare makes the folder, and refuses one that holds something else than a store.
func prepare(dir string, o Options) error {
	if !o.ReadOnly && !o.Existing {
		if err := o.fs.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	names, err := o.fs.List(dir)
	if err != nil {
		return err
	}
	desc, err := pebble.Peek(dir, o.fs)
	if err != nil {
		return classify(err)
	}
	if desc.Exists {
		return nil
	}
	if o.ReadOnly || o.Existing {
		return fmt.Errorf("no store here: %w", fs.ErrNotExist)
	}
	for _, name := range names {
		if !engineFile.MatchString(name) {
			return fmt.Errorf("the folder holds other files, such as %s", name)
		}
	}
	return nil
}

// openDB runs pebble.Open where neither a panic nor a fatal error of it ends the process.
func (s *Store) openDB(dir string, o Options) (*pebble.DB, error) {
	var db *pebble.DB
	err := s.fatal.run(func() (err error) {
		cache := pebble.NewCache(cacheSize(o))
		defer cache.Unref()
		s.engine = engineOptions(o, s.lock, cache, s.fatal)
		db, err = pebble.Open(dir, s.engine)
		return err
	})
	return db, err
}

// cacheSize returns the size of the engine's cache: it counts the memory for what is not in tables yet as well, of which there
// are two while one of them is written to disk.
func cacheSize(o Options) int64 {
	if o.ReadOnly {
		return o.CacheBytes
	}
	return o.CacheBytes + 2*memoryMost
}

// openFailed releases the lock and returns err. An engine that met a fatal error while it opened is parked for good, and
// will not release its own hold.
func (s *Store) openFailed(err error) error {
	err = classify(err)
	var system syscall.Errno
	if !errors.Is(err, ErrVersion) && !errors.Is(err, ErrCorrupt) && !errors.As(err, &system) {
		err = fmt.Errorf("%w: %w", ErrCorrupt, err) // the engine has no one error for files that do not fit together
	}
	if s.fatal.err() != nil {
		_ = guard(s.lock.Close) // the engine's hold, if it came to take it
	}
	if closeErr := errors.Join(s.release(), s.removeCopy()); closeErr != nil {
		return errors.Join(err, closeErr)
	}
	return err
}

// release gives up the lock, unless that has been done.
func (s *Store) release() error {
	if s.fatal.err() != nil {
		_ = guard(s.lock.Close)
		return nil
	}
	return s.lock.Close()
}

// removeCopy removes the copy that was read, if there is one.
func (s *Store) removeCopy() error {
	if s.own == "" {
		return nil
	}
	return s.fs.RemoveAll(s.own)
}

func engineOptions(o Options, lock *pebble.Lock, cache *pebble.Cache, logger *fatalLogger) *pebble.Options {
	opts := &pebble.Options{
		FS: logFS{o.fs, logger}, Lock: lock, Cache: cache, ReadOnly: o.ReadOnly,
		FormatMajorVersion: pebble.FormatTableFormatV6,
		Logger:             logger, EventListener: logger.events(),
		MemTableSize: memoryMost, L0CompactionThreshold: layers, L0StopWritesThreshold: 5 * layers / 2,
		// The engine would collect them in the background, and panic there when opening fails meanwhile.
		DisableTableStats: true,
	}
	opts.EnsureDefaults()
	opts.Filters = map[string]pebble.FilterPolicy{pointFilter{}.Name(): pointFilter{}}
	for i := range opts.Levels {
		opts.Levels[i].FilterPolicy = pointFilter{bloom.FilterPolicy(10)}
	}
	return opts
}

// layers is twice the number of tables on top of each other, all of which a search looks through, that the engine lets stand before
// it merges them into those below, which are larger. Keys are hashes, so a merge writes nearly all of those anew, and it pays to wait.
const layers = 8

// loadMeta reads the format version, the base IRI and the counts; in an empty store it writes them.
func (s *Store) loadMeta(o Options) error {
	format, ok, err := s.get(s.db, metaKey(metaFormat))
	switch {
	case err != nil:
		return err
	case ok:
		return s.checkMeta(format, o)
	case o.ReadOnly:
		return fmt.Errorf("%w: it has no format version", ErrCorrupt)
	}
	return s.initMeta(o)
}

func (s *Store) checkMeta(format []byte, o Options) error {
	if err := s.checkFormat(string(format), o.ReadOnly); err != nil {
		return err
	}
	base, ok, err := s.get(s.db, metaKey(metaBase))
	if err != nil {
		return err
	}
	counts, ok2, err := s.get(s.db, metaKey(metaCounts))
	if err != nil {
		return err
	}
	if !ok || !ok2 || len(counts) != 24 {
		return fmt.Errorf("%w: base IRI or counts are missing", ErrCorrupt)
	}
	s.base, s.stats = schema.NewNames(string(base)).Base(), decodeStats(counts)
	if o.BaseIRI != "" && schema.NewNames(o.BaseIRI).Base() != s.base {
		return fmt.Errorf("the store's base IRI is %s, not %s", s.base, o.BaseIRI)
	}
	return nil
}

func (s *Store) initMeta(o Options) error {
	foreign := false
	err := keyRange{}.scan(live{s.db}, func(_, _ []byte) bool {
		foreign = true
		return false
	})
	if err != nil {
		return classify(err)
	}
	if foreign {
		return fmt.Errorf("%w: it has no format version", ErrCorrupt)
	}
	s.base = schema.NewNames(o.BaseIRI).Base()
	b := s.db.NewBatch()
	return errors.Join(
		b.Set(metaKey(metaFormat), []byte(FormatVersion), nil),
		b.Set(metaKey(metaBase), []byte(s.base), nil),
		b.Set(metaKey(metaCounts), encodeStats(Stats{}), nil),
		s.commit(b))
}

// Close waits for the calls under way and closes the store; a second Close does nothing. While snapshots are open it
// changes nothing and says how many there are.
func (s *Store) Close() error {
	s.write.Lock()
	defer s.write.Unlock()
	first, err := s.life.end()
	if first {
		err = s.closeDB()
	}
	if err != nil {
		return fmt.Errorf("close store %s: %w", s.dir, err)
	}
	return nil
}

// closeDB closes the engine. After a fatal error of the engine that may hang: the lock then stays until the process ends,
// since work of the engine in the background may still change files.
func (s *Store) closeDB() error {
	s.flush()
	done := make(chan error, 1)
	go func() { done <- guard(s.db.Close) }()
	var late <-chan time.Time
	if s.fatal.err() != nil {
		late = time.After(closeTimeout)
	}
	select {
	case err := <-done:
		return errors.Join(err, s.lock.Close(), s.removeCopy())
	case <-late:
		return fmt.Errorf("the engine does not stop after: %w", s.fatal.err())
	}
}

// flush moves what stands in the log into tables, whose damage is always noticed: of a log that was cut short nobody can tell
// that it was longer. When it does not work, the log stays, and nothing is lost.
func (s *Store) flush() {
	if s.readOnly || !s.dirty || s.fatal.err() != nil {
		return
	}
	_ = s.flushLog()
}

// flushLog has the engine write its memory to tables, and waits for it.
func (s *Store) flushLog() error {
	select {
	case <-s.fatal.background: // an old one
	default:
	}
	var done <-chan struct{}
	err := s.rotate(func() (err error) {
		done, err = s.db.AsyncFlush()
		return err
	})
	s.memory.rotated()
	if err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-s.fatal.dead:
		return s.fatal.err()
	case err := <-s.fatal.background:
		return err
	case <-time.After(flushTimeout):
		return errors.New("the engine does not write its memory to disk")
	}
}

// rotate runs f, in which the engine may go on to a new log.
func (s *Store) rotate(f func() error) error {
	s.fatal.rotating.Store(true)
	defer s.fatal.rotating.Store(false)
	return s.fatal.run(f)
}

const flushTimeout = 30 * time.Second

const closeTimeout = 5 * time.Second

// BaseIRI returns the base IRI that the store was created with.
func (s *Store) BaseIRI() string { return s.base }

// lockDir locks the folder, for this writer alone or beside other readers.
func lockDir(dir string, files vfs.FS, shared bool) (*pebble.Lock, error) {
	lock, err := pebble.LockDirectory(dir, lockFiles(files, shared))
	if err != nil && isHeld(err) {
		return nil, fmt.Errorf("%w: %w", ErrLocked, err)
	}
	return lock, err
}
