package workspace_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/postgres/pgtest"
	"newsgraph/graph/rdf"
	"newsgraph/server/workspace"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func openAt(t testing.TB, o workspace.Options) *workspace.Workspace {
	t.Helper()
	o.Create, o.Pipeline = true, pipeline
	w, err := workspace.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// life is what a corpus goes through; it returns all that the store holds after each step.
func life(t *testing.T, w *workspace.Workspace, exported string) (states []string) {
	t.Helper()
	articles := samples(t)
	note := func() {
		t.Helper()
		if r, err := w.Graph().Verify(t.Context()); err != nil || !r.OK() {
			t.Fatal(r, err)
		}
		states = append(states, everything(t, w))
	}
	ingest(t, w, articles[:5], workspace.IngestOptions{Batch: 2})
	note()
	ingest(t, w, articles, workspace.IngestOptions{})
	note()
	if _, err := w.Merge(t.Context(), "Svetlana Tikhanovskaya", "Vladimir Putin"); err != nil {
		t.Fatal(err)
	}
	note()
	all := documents(t, w)
	if err := w.Remove(t.Context(), all[:3]); err != nil {
		t.Fatal(err)
	}
	note()
	file := workspace.File{Name: exported, Format: rdf.NQuads}
	staged, err := workspace.Stage(t.Context(), workspace.StageOptions{Dir: t.TempDir(), Files: []workspace.File{file}})
	if err != nil {
		t.Fatal(err)
	}
	defer staged.Close()
	if sum, err := w.Load(t.Context(), staged, workspace.LoadOptions{}); err != nil || sum.Others != 1 {
		t.Fatal(sum, err)
	}
	note()
	return states
}

// A corpus is the same, byte for byte and record for record, in a folder, in memory and in PostgreSQL, whatever becomes of it.
func TestBackends(t *testing.T) {
	t.Parallel()
	first := openAt(t, workspace.Options{Dir: t.TempDir()})
	ingest(t, first, samples(t)[:2], workspace.IngestOptions{})
	exported := filepath.Join(t.TempDir(), "x.nq")
	foreign := "<http://example.org/a> <http://example.org/b> \"c\" .\n"
	if err := os.WriteFile(exported, []byte(quads(t, first)+foreign), 0o644); err != nil {
		t.Fatal(err)
	}
	want := life(t, openAt(t, workspace.Options{Dir: t.TempDir()}), exported)
	if len(slices.Compact(slices.Clone(want))) != len(want) {
		t.Fatal("a step changes nothing")
	}
	t.Run("memory", func(t *testing.T) {
		w := openAt(t, workspace.Options{Dir: "memory", InMemory: true})
		if w.Folder() != "" {
			t.Errorf("it has the folder %s", w.Folder())
		}
		compare(t, want, life(t, w, exported))
	})
	t.Run("postgres", func(t *testing.T) {
		address := pgtest.Address(t)
		w := openAt(t, workspace.Options{Address: address})
		compare(t, want, life(t, w, exported))
		reader, err := workspace.Open(t.Context(), workspace.Options{Address: address})
		if err != nil {
			t.Fatal(err)
		}
		compare(t, want[len(want)-1:], []string{everything(t, reader)})
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func compare(t *testing.T, want, got []string) {
	t.Helper()
	for i := range want {
		if diff := cmp.Diff(strings.Split(want[i], "\n"), strings.Split(got[i], "\n")); diff != "" {
			t.Fatalf("step %d (-folder +this):\n%s", i, diff)
		}
	}
}

// A store in memory can be handed to another process as a folder; of one in a database nothing is copied.
func TestCheckpoint(t *testing.T) {
	t.Parallel()
	w := openAt(t, workspace.Options{Dir: "memory", InMemory: true})
	ingest(t, w, samples(t)[:1], workspace.IngestOptions{})
	dir := filepath.Join(t.TempDir(), "copy")
	if err := w.Checkpoint(dir); err != nil {
		t.Fatal(err)
	}
	if err := w.Checkpoint(dir); err == nil {
		t.Error("it wrote over a folder")
	}
	r, err := workspace.Open(t.Context(), workspace.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if diff := cmp.Diff(everything(t, w), everything(t, r)); diff != "" {
		t.Error(diff)
	}
}
