package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sync"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/objstorage"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/sstable/block"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tableBytes is how large a table that Load builds becomes before the next one begins.
const tableBytes = 32 << 20

// building is a folder beside the store's own files in which tables are made for the engine to take over.
type building struct {
	s   *Store
	dir string

	mu    sync.Mutex
	paths []string // tables that are finished
}

// buildDir matches the names of the folders. One that a crash left is removed when the store is opened.
var buildDir = regexp.MustCompile(`^building-\d+$`)

func (s *Store) newBuilding() (*building, error) {
	dir := s.fs.PathJoin(s.dir, fmt.Sprintf("building-%d", s.buildings.Add(1)))
	return &building{s: s, dir: dir}, s.fs.MkdirAll(dir, 0o755)
}

// remove removes the folder with all that is in it. What the engine took over is not in it any more.
func (b *building) remove() error { return b.s.fs.RemoveAll(b.dir) }

// removeBuildings removes the folders that a crash left.
func (s *Store) removeBuildings() error {
	names, err := s.fs.List(s.dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !buildDir.MatchString(name) {
			continue
		}
		if err := s.fs.RemoveAll(s.fs.PathJoin(s.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// add gives the tables to the store, beside what is there. The caller holds the write lock. The engine's memory is written to
// disk first: where tables meet it, the engine takes another way, on which a full disk ends the process.
func (b *building) add(ctx context.Context) error {
	if err := b.s.flushLog(); err != nil {
		return err
	}
	b.s.dirty = true
	return b.s.edges.changing(func() error {
		return b.s.fatal.run(func() error { return b.s.db.Ingest(ctx, b.paths) })
	})
}

// replace gives the tables to the store in place of all that is there. The caller holds the write lock.
func (b *building) replace(ctx context.Context) error {
	if err := b.s.flushLog(); err != nil {
		return err
	}
	b.s.dirty = true
	return b.s.fatal.run(func() error {
		_, err := b.s.db.IngestAndExcise(ctx, b.paths, nil, nil, pebble.KeyRange{Start: []byte{0}, End: []byte{0xff}})
		return err
	})
}

// fast says how tables are written that should be made quickly, small how those are that should take little room.
func (s *Store) fast() sstable.WriterOptions {
	return s.engine.MakeWriterOptions(len(s.engine.Levels)-1, s.engine.FormatMajorVersion.MaxTableFormat())
}

func (s *Store) small() sstable.WriterOptions {
	o := s.fast()
	o.Compression, o.BlockSize, o.IndexBlockSize = block.ZstdCompression, smallBlock, smallBlock
	return o
}

// smallBlock is the size of the blocks of tables that should take little room: large ones compress better.
const smallBlock = 32 << 10

// tables writes keys that come in ascending order into files of the building.
type tables struct {
	b    *building
	opts sstable.WriterOptions
	name string // tells its files from others of the building
	n    int
	keys int
	w    *sstable.Writer // nil before the first key of a table
	path string
}

func (b *building) tables(name string, opts sstable.WriterOptions) *tables {
	return &tables{b: b, opts: opts, name: name}
}

func (t *tables) set(key, val []byte) error {
	if t.keys++; t.keys%1024 == 0 && t.w != nil && t.w.Raw().EstimatedSize() > tableBytes {
		if err := t.close(); err != nil {
			return err
		}
	}
	if t.w == nil {
		if err := t.begin(); err != nil {
			return err
		}
	}
	return t.w.Set(key, val)
}

func (t *tables) begin() error {
	t.path = t.b.s.fs.PathJoin(t.b.dir, fmt.Sprintf("%x-%d.sst", t.name, t.n))
	t.n++
	f, err := t.b.s.fs.Create(t.path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	t.w = sstable.NewWriter(&tableFile{f, bufio.NewWriterSize(f, fileBuffer)}, t.opts)
	return nil
}

// close finishes the table under way, its bytes on disk. A nil t has none.
func (t *tables) close() error {
	if t == nil || t.w == nil {
		return nil
	}
	err := t.w.Close()
	t.w = nil
	if err != nil {
		return fmt.Errorf("write %s: %w", t.path, err)
	}
	t.b.mu.Lock()
	defer t.b.mu.Unlock()
	t.b.paths = append(t.b.paths, t.path)
	return nil
}

// tableFile is a file for the engine's table writer to write to, in larger pieces than the engine's own.
type tableFile struct {
	f vfs.File
	w *bufio.Writer
}

var _ objstorage.Writable = (*tableFile)(nil)

// Write takes the next bytes.
func (t *tableFile) Write(b []byte) error {
	_, err := t.w.Write(b)
	return err
}

// Finish makes what was written durable and closes the file.
func (t *tableFile) Finish() error {
	err := t.w.Flush()
	if err == nil {
		err = t.f.Sync()
	}
	return errors.Join(err, t.f.Close())
}

// Abort closes the file.
func (t *tableFile) Abort() { _ = t.f.Close() }
