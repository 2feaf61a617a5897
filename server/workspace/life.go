package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"newsgraph/graph/store"
)

// Copied says what a backup or a restored store holds, and how large its files are.
type Copied struct {
	Store   string `json:"store"` // the folder that was written
	Quads   int64  `json:"quads"`
	Records int64  `json:"records"`
	Bytes   int64  `json:"bytes"`
}

// Backup copies the store in the folder dir into the folder to, which must not exist, while others may use it.
func Backup(ctx context.Context, dir, to string) (Copied, error) {
	s, err := openFolder(ctx, dir, store.Options{ReadOnly: true})
	if err != nil {
		return Copied{}, err
	}
	stats, err := s.Stats(ctx)
	if err == nil {
		err = s.Backup(ctx, to)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return Copied{}, err
	}
	return copied(to, stats)
}

// Restore puts a copy of the store in the folder from in the place of the one in dir; one that is there already is
// fs.ErrExist unless replace is set.
func Restore(ctx context.Context, from, dir string, replace bool) (Copied, error) {
	stats, err := store.Restore(ctx, from, dir, replace)
	if errors.Is(err, fs.ErrNotExist) {
		return Copied{}, fmt.Errorf("%w at %s", ErrNoStore, from)
	}
	if err != nil {
		return Copied{}, err
	}
	return copied(dir, stats)
}

// Compacted says how large the files of a store were and are.
type Compacted struct {
	Store  string `json:"store"`
	Before int64  `json:"bytes_before"`
	After  int64  `json:"bytes_after"`
}

// Compact rewrites the store in the folder dir so that it takes as little room as can be. One of an older format is brought up
// to date.
func Compact(ctx context.Context, dir string) (Compacted, error) {
	c := Compacted{Store: dir}
	var err error
	if c.Before, err = size(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	s, err := openFolder(ctx, dir, store.Options{Existing: true})
	if err != nil {
		return c, err
	}
	if err := errors.Join(s.Compact(ctx), s.Close()); err != nil {
		return c, err
	}
	c.After, err = size(dir)
	return c, err
}

func copied(dir string, stats store.Stats) (Copied, error) {
	n, err := size(dir)
	return Copied{dir, stats.Quads, stats.Records, n}, err
}

// size adds up the files in a folder.
func size(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}
