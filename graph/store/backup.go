package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Backup copies the store as it is now into the folder to, which must not exist, and verifies the copy. The copy is a store
// of its own and shares no file with this one. The folder appears when it is whole, or not at all.
func (s *Store) Backup(ctx context.Context, to string) error {
	if err := s.life.enter(); err != nil {
		return err
	}
	defer s.life.leave()
	if err := s.copyTo(ctx, to); err != nil {
		return fmt.Errorf("copy store %s to %s: %w", s.dir, to, classify(err))
	}
	return nil
}

// Checkpoint is a Backup that shares files with this store where the file system can link them, and is not verified: quick, for
// processes that read the store as it is now.
func (s *Store) Checkpoint(to string) error {
	if err := s.life.enter(); err != nil {
		return err
	}
	defer s.life.leave()
	link := func() error { return s.db.Checkpoint(to, pebble.WithFlushedWAL()) }
	if s.readOnly {
		link = func() error { return s.linkTo(to) }
	}
	if s.inMemory {
		link = func() error { return s.writeOut(to) }
	}
	if err := guard(link); err != nil {
		return fmt.Errorf("copy store %s to %s: %w", s.dir, to, classify(err))
	}
	return nil
}

// writeOut is Checkpoint for a store in memory: the copy is on disk.
func (s *Store) writeOut(to string) error {
	if _, err := vfs.Default.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	err := s.db.Checkpoint(to, pebble.WithFlushedWAL())
	if err == nil {
		_, err = vfs.Clone(s.fs, vfs.Default, to, to)
	}
	return errors.Join(err, s.fs.RemoveAll(to))
}

// linkTo is Checkpoint for a store that is only read, where the engine makes no copies. Nothing changes there.
func (s *Store) linkTo(to string) error {
	if _, err := s.fs.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	if err := s.fs.MkdirAll(to, 0o700); err != nil {
		return err
	}
	files, err := storeFiles(s.fs, s.engineDir())
	if err != nil {
		return err
	}
	for _, name := range files.names {
		if err := copyFile(s.fs, s.fs.PathJoin(s.engineDir(), name), s.fs.PathJoin(to, name)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) copyTo(ctx context.Context, to string) (err error) {
	if _, err := s.fs.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	part := to + ".part"
	if err := s.fs.RemoveAll(part); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.fs.RemoveAll(part)) }()
	if err := s.copyFilesTo(part); err != nil {
		return err
	}
	if err := s.verifyCopy(ctx, part); err != nil {
		return err
	}
	if err := s.fs.Rename(part, to); err != nil {
		return err
	}
	return syncDir(s.fs, s.fs.PathDir(to))
}

// copyFilesTo copies the files. Those of a store that is only read do not change; of one that is written a checkpoint is
// copied, and the checkpoint's tables, which are links, are made files of their own.
func (s *Store) copyFilesTo(part string) error {
	if s.readOnly {
		return s.copyAll(s.engineDir(), part)
	}
	point := part + ".checkpoint"
	if err := s.fs.RemoveAll(point); err != nil {
		return err
	}
	err := guard(func() error { return s.db.Checkpoint(point, pebble.WithFlushedWAL()) })
	if err == nil {
		err = s.copyAll(point, part)
	}
	return errors.Join(err, s.fs.RemoveAll(point))
}

// engineDir is the folder that the engine reads.
func (s *Store) engineDir() string {
	if s.own != "" {
		return s.own
	}
	return s.dir
}

// copyAll copies the files of a store that nobody writes, each and the folder durable.
func (s *Store) copyAll(from, to string) error {
	if err := s.fs.MkdirAll(to, 0o755); err != nil {
		return err
	}
	files, err := storeFiles(s.fs, from)
	if err != nil {
		return err
	}
	for _, name := range files.names {
		if err := vfs.Copy(s.fs, s.fs.PathJoin(from, name), s.fs.PathJoin(to, name)); err != nil {
			return err
		}
	}
	return syncDir(s.fs, to)
}

func syncDir(files vfs.FS, dir string) error {
	d, err := files.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (s *Store) verifyCopy(ctx context.Context, dir string) error {
	c, err := Open(dir, Options{ReadOnly: true, fs: s.fs, hash: s.hash})
	if err != nil {
		return err
	}
	return errors.Join(c.Verify(ctx), c.Close())
}

// Restore puts a copy of the store from, which may be a backup, in the place of the store in the folder to. The copy is
// verified first. A store that is in that place is an error (fs.ErrExist) unless replace is set; ErrLocked when somebody has it
// open. Until the copy is whole the old store stays as it is. It returns what the restored store holds.
func Restore(ctx context.Context, from, to string, replace bool) (Stats, error) {
	s, err := Open(from, Options{ReadOnly: true})
	if err != nil {
		return Stats{}, err
	}
	stats, err := s.Stats(ctx)
	if err == nil {
		err = s.restoreTo(ctx, to, replace)
	}
	if err != nil {
		err = fmt.Errorf("restore store %s from %s: %w", to, from, err)
	}
	return stats, errors.Join(err, s.Close())
}

func (s *Store) restoreTo(ctx context.Context, to string, replace bool) (err error) {
	there, err := s.inPlace(to)
	if err != nil {
		return err
	}
	if !there {
		return s.copyTo(ctx, to)
	}
	if !replace {
		return fmt.Errorf("a store is there: %w", fs.ErrExist)
	}
	lock, err := lockDir(to, s.fs, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	fresh, old := to+".restored", to+".old"
	if err := errors.Join(s.fs.RemoveAll(fresh), s.fs.RemoveAll(old)); err != nil {
		return err
	}
	if err := s.copyTo(ctx, fresh); err != nil {
		return err
	}
	if err := errors.Join(s.fs.Rename(to, old), s.fs.Rename(fresh, to)); err != nil {
		return err
	}
	return errors.Join(syncDir(s.fs, s.fs.PathDir(to)), s.fs.RemoveAll(old))
}

// inPlace says whether a store is in the folder, and refuses a folder with other files. An empty one is made way with.
func (s *Store) inPlace(dir string) (bool, error) {
	names, err := s.fs.List(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if len(names) == 0 {
		return false, s.fs.Remove(dir)
	}
	for _, name := range names {
		if !engineFile.MatchString(name) {
			return false, fmt.Errorf("the folder holds other files, such as %s", name)
		}
	}
	return true, nil
}
