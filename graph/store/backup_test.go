package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/schema"
)

func onDisk(t *testing.T, dir string, b Batch) *Store {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, b)
	return s
}

// A backup of a store that is being written, and of one that is only read, holds what the store held, and restores.
func TestBackup(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir, first, second := filepath.Join(root, "db"), filepath.Join(root, "one"), filepath.Join(root, "two")
	s := onDisk(t, dir, sample())
	if err := s.Backup(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), first); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a backup: %v, want ErrExist", err)
	}
	apply(t, s, Batch{Remove: sample().Add})
	reader, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(reader.Backup(t.Context(), second), reader.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), first, dir, true); !errors.Is(err, ErrLocked) {
		t.Errorf("over an open store: %v, want ErrLocked", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from  string
		quads int
	}{{first, len(sample().Add)}, {second, 0}} {
		if _, err := Restore(t.Context(), c.from, dir, false); !errors.Is(err, fs.ErrExist) {
			t.Errorf("without leave: %v, want ErrExist", err)
		}
		stats, err := Restore(t.Context(), c.from, dir, true)
		if err != nil || stats.Quads != int64(c.quads) {
			t.Fatal(stats, err)
		}
		reopened, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(match(t, reopened, schema.Quad{})); n != c.quads {
			t.Errorf("%d quads are back, want %d", n, c.quads)
		}
		if err := errors.Join(reopened.Verify(t.Context()), reopened.Close()); err != nil {
			t.Error(err)
		}
	}
	entries, err := os.ReadDir(root)
	if err != nil || len(entries) != 3 {
		t.Errorf("files are left: %v, %v", entries, err)
	}
}

// A damaged backup is not restored, and leaves the store that is there alone; nor is one put among other files.
func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir, backup, letters := filepath.Join(root, "db"), filepath.Join(root, "backup"), filepath.Join(root, "letters")
	s := onDisk(t, dir, sample())
	if err := errors.Join(s.Compact(t.Context()), s.Backup(t.Context(), backup), s.Close(), os.Mkdir(letters, 0o755), os.WriteFile(filepath.Join(letters, "a.txt"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), backup, letters, true); err == nil {
		t.Error("restored among other files")
	}
	tables, err := filepath.Glob(filepath.Join(backup, "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	data, err := os.ReadFile(tables[0])
	if err != nil {
		t.Fatal(err)
	}
	data[20] ^= 0xff
	if err := os.WriteFile(tables[0], data, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{dir, filepath.Join(root, "new")} {
		if _, err := Restore(t.Context(), backup, to, true); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), backup) {
			t.Errorf("a damaged backup: %v", err)
		}
	}
	s, err = Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Verify(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
}
