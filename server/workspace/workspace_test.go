package workspace_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsgraph/data"
	"newsgraph/graph/rdf"
	"newsgraph/ingest/source"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// article is a file to ingest.
type article struct {
	name, text string
	options    source.Options
}

// samples reads the sample articles that ship with the program.
func samples(t testing.TB) []article {
	t.Helper()
	var list []article
	err := fs.WalkDir(data.FS, "samples", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "README.md") {
			return err
		}
		text, err := fs.ReadFile(data.FS, name)
		list = append(list, article{name: name, text: string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 2 {
		t.Skip("no sample articles")
	}
	return list
}

func feed(ctx context.Context, articles []article) workspace.Feed {
	return func(f func(source.Item) error) error {
		for _, a := range articles {
			docs, err := source.Read(ctx, a.name, strings.NewReader(a.text), a.options)
			item := source.Item{Name: a.name, Err: err}
			if err == nil {
				item.Doc = docs[0]
			}
			if err := f(item); err != nil {
				return err
			}
		}
		return nil
	}
}

// pipeline is loaded once for all tests.
var pipeline = sync.OnceValues(workspace.LoadPipeline)

func open(t testing.TB, dir string) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: dir, Create: true, Pipeline: pipeline})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func ingest(t testing.TB, w *workspace.Workspace, articles []article, o workspace.IngestOptions) workspace.Summary {
	t.Helper()
	sum, err := w.Ingest(t.Context(), feed(t.Context(), articles), o)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// quads gives everything in the store as canonical N-Quads.
func quads(t testing.TB, w *workspace.Workspace) string {
	t.Helper()
	var all []schema.Quad
	now := w.Graph().Store().Snapshot()
	defer now.Close()
	err := now.Match(t.Context(), schema.Quad{}, func(q schema.Quad) error {
		all = append(all, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := rdf.WriteSorted(&out, all); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestOrder ingests the samples in several orders, batches, runs and numbers of workers: the quads are
// the same, byte for byte.
func TestOrder(t *testing.T) {
	t.Parallel()
	forward := samples(t)
	backward := slices.Clone(forward)
	slices.Reverse(backward)
	half := len(forward) / 2
	tests := []struct {
		name string
		runs [][]article
		o    workspace.IngestOptions
	}{
		{"backward, one worker", [][]article{backward}, workspace.IngestOptions{Workers: 1}},
		{"four workers, one article a batch", [][]article{forward}, workspace.IngestOptions{Workers: 4, Batch: 1}},
		{"two runs", [][]article{forward[half:], forward[:half]}, workspace.IngestOptions{Workers: 2, Batch: 2}},
		{"all twice and once more", [][]article{append(slices.Clone(backward), forward...), forward}, workspace.IngestOptions{Batch: 3, Again: true}},
	}
	w := open(t, t.TempDir())
	sum := ingest(t, w, forward, workspace.IngestOptions{Workers: 1})
	if sum.New != len(forward) || sum.Claims == 0 {
		t.Fatalf("first run: %+v, want %d new articles with claims", sum, len(forward))
	}
	want := quads(t, w)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, t.TempDir())
			for _, run := range tt.runs {
				ingest(t, w, run, tt.o)
			}
			if got := quads(t, w); got != want {
				t.Errorf("other quads than in order: %s", firstDifference(want, got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "want " + a[i] + "\ngot  " + b[i]
		}
	}
	return "one is the beginning of the other"
}

// dated is a plain article; publisher and title make its identity.
func dated(title, text string) article {
	return article{name: title + ".txt", text: text,
		options: source.Options{Title: title, Publisher: "Daily News", Published: "2020-09-14"}}
}

func TestAgainAndReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := open(t, dir)
	first := dated("Talks", "Angela Merkel met Emmanuel Macron in Paris on Monday.\n")
	other := dated("Loan", "Germany supports Greece.\n")
	ingest(t, w, []article{first, other}, workspace.IngestOptions{})
	before := quads(t, w)

	sum := ingest(t, w, []article{first, other, first}, workspace.IngestOptions{})
	if sum.Unchanged != 3 || sum.New+sum.Replaced+sum.Failed != 0 {
		t.Errorf("again: %+v, want 3 unchanged", sum)
	}
	if quads(t, w) != before {
		t.Error("the same articles again changed the graph")
	}

	changed := dated("Talks", "Angela Merkel met Vladimir Putin in Moscow on Monday.\n")
	if sum := ingest(t, w, []article{changed}, workspace.IngestOptions{}); sum.Replaced != 1 {
		t.Errorf("changed text: %+v, want 1 replaced", sum)
	}
	if got := quads(t, w); strings.Contains(got, "Macron") || !strings.Contains(got, "Putin") {
		t.Error("the old claims are still there, or the new ones are not")
	}
	fresh := open(t, t.TempDir())
	ingest(t, fresh, []article{other, changed}, workspace.IngestOptions{})
	if quads(t, fresh) != quads(t, w) {
		t.Error("a replaced article leaves another graph than the new one alone")
	}
}

func TestFailedArticle(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	var failed []string
	o := workspace.IngestOptions{Report: func(o workspace.Outcome) {
		if o.Status == workspace.Failed {
			failed = append(failed, o.Name+": "+o.Err.Error())
		}
	}}
	sum := ingest(t, w, []article{dated("A", "Germany supports Greece.\n"), {name: "empty.txt"}}, o)
	if sum.New != 1 || sum.Failed != 1 || len(failed) != 1 || !strings.HasPrefix(failed[0], "empty.txt: ") {
		t.Errorf("%+v, failed %q: want one new, one failed and named", sum, failed)
	}
}

// TestFeedEnds says that what a feed gave before it broke off is kept.
func TestFeedEnds(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	broken := errors.New("interrupted")
	all := feed(t.Context(), []article{dated("A", "Germany supports Greece.\n")})
	sum, err := w.Ingest(t.Context(), func(f func(source.Item) error) error {
		return errors.Join(all(f), broken)
	}, workspace.IngestOptions{})
	if !errors.Is(err, broken) || sum.New != 1 {
		t.Errorf("%+v, %v: want the feed's error and one new article", sum, err)
	}
	if !strings.Contains(quads(t, w), "Greece") {
		t.Error("the article is not in the graph")
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	_, err := workspace.Open(t.Context(), workspace.Options{Dir: t.TempDir() + "/none"})
	if !errors.Is(err, workspace.ErrNoStore) {
		t.Errorf("no store: %v", err)
	}
}
