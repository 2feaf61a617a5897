package workspace_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/server/workspace"
)

// everything is the quads and the side records of a store.
func everything(t testing.TB, w *workspace.Workspace) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(quads(t, w))
	now := w.Graph().Store().Snapshot()
	defer now.Close()
	err := now.Records(context.Background(), "", func(key string, val []byte) error {
		b.WriteString(key + " " + string(val) + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// documents lists the IDs of the stored articles.
func documents(t testing.TB, w *workspace.Workspace) (ids []string) {
	t.Helper()
	for d, err := range w.Graph().Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID)
	}
	return ids
}

// A store from which articles were removed is the store into which they never came, whatever was removed and however often;
// ingesting them again gives the first store.
func TestRemove(t *testing.T) {
	t.Parallel()
	all := samples(t)
	full := open(t, t.TempDir())
	ingest(t, full, all, workspace.IngestOptions{})
	whole := everything(t, full)
	r := rand.New(rand.NewPCG(7, 7))
	for round := range 3 {
		var kept, gone []article
		for _, a := range all {
			if r.IntN(3) > 0 {
				kept = append(kept, a)
			} else {
				gone = append(gone, a)
			}
		}
		never := open(t, t.TempDir())
		ingest(t, never, kept, workspace.IngestOptions{})
		keep := documents(t, never)
		var ids []string
		for _, id := range documents(t, full) {
			if !slices.Contains(keep, id) {
				ids = append(ids, id)
			}
		}
		if round > 0 { // one by one, in any order
			slices.Reverse(ids)
			for _, id := range ids {
				if err := full.Remove(t.Context(), []string{id}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := full.Remove(t.Context(), ids); err != nil {
			t.Fatal(err)
		}
		if want, got := everything(t, never), everything(t, full); want != got {
			t.Errorf("round %d: %s", round, firstDifference(want, got))
		}
		ingest(t, full, gone, workspace.IngestOptions{})
		if got := everything(t, full); got != whole {
			t.Errorf("round %d, ingested again: %s", round, firstDifference(whole, got))
		}
	}
	if err := full.Remove(t.Context(), documents(t, full)); err != nil {
		t.Fatal(err)
	}
	if rest := everything(t, full); rest != "" {
		t.Errorf("after all was removed: %.300s", rest)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, []article{dated("A", "Germany supports Greece. Russia attacked Georgia.\n"), dated("B", "Germany supports Greece.\n"),
		dated("C", "Germany supports Greece.\n")}, workspace.IngestOptions{})
	ids := documents(t, w)
	held, err := w.Find(t.Context(), []string{ids[0], "doc:" + ids[0], ids[1]})
	if err != nil || len(held) != 2 || held[0].Title != "A" || held[0].Text != "" || held[0].Claims < 2 || held[0].Alone != held[0].Claims-1 || held[1].Alone != 0 {
		t.Errorf("%+v, %v", held, err)
	}
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if held, err = w.Find(t.Context(), []string{file("a.txt", "Germany supports Greece. Russia attacked Georgia.\n")}); err != nil || held[0].ID != ids[0] {
		t.Errorf("by its text: %+v, %v", held, err)
	}
	var unknown *graph.UnknownDocumentError
	for _, name := range []string{"nothing", file("other.txt", "Germany loves Greece.\n")} {
		if held, err = w.Find(t.Context(), []string{ids[0], name}); !errors.As(err, &unknown) {
			t.Errorf("%s: %+v, %v", name, held, err)
		}
	}
	var ambiguous *workspace.AmbiguousDocumentError
	if held, err = w.Find(t.Context(), []string{file("b.txt", "Germany supports Greece.\n")}); !errors.As(err, &ambiguous) || len(ambiguous.IDs) != 2 {
		t.Errorf("of two: %+v, %v", held, err)
	}
}
