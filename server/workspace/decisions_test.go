package workspace_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/ingest/entity"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// smiths are articles about people of one name.
func smiths() []article {
	return []article{
		published("Post", "Cup", "2020-09-14", "John Smith met Angela Merkel in Berlin.\n"),
		published("Mail", "Court", "2020-09-15", "John Smith visited Paris. Jack Smithers met Emmanuel Macron.\n"),
		published("Sun", "Other", "2020-09-16", "Johnny Smith met Vladimir Putin in Moscow.\n"),
	}
}

// TestDecide merges and splits, and takes it back: the same articles and decisions give the same bytes, in whatever way
// they came together.
func TestDecide(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, smiths(), workspace.IngestOptions{})
	before := quads(t, w)

	d, err := w.Merge(t.Context(), "John Smith", "johnny smith")
	if err != nil || d.Documents != 1 || len(d.Entities) != 1 || !slices.Contains(d.Entities[0].Aliases, "Johnny Smith") {
		t.Fatalf("merge: %+v, %v", d, err)
	}
	doc := document(t, w, "Mail")
	if _, err := w.Split(t.Context(), "John Smith", []string{doc}, "John Smith (judge)"); err != nil {
		t.Fatal(err)
	}
	after := quads(t, w)
	if !strings.Contains(after, "entity/John_Smith_judge> ") || strings.Contains(after, "entity/Johnny_Smith> ") {
		t.Error("the decisions are not in the graph")
	}
	list, applied, err := w.Decisions(t.Context())
	if err != nil || len(list) != 2 || !applied || list[0].Idle+list[1].Idle != "" {
		t.Errorf("decisions %+v, applied %v, %v", list, applied, err)
	}

	// The same file in front of the articles, which come one by one and in another order.
	text, err := os.ReadFile(w.DecisionsFile())
	if err != nil {
		t.Fatal(err)
	}
	fresh := open(t, t.TempDir())
	if err := os.WriteFile(fresh.DecisionsFile(), text, 0o644); err != nil {
		t.Fatal(err)
	}
	articles := smiths()
	slices.Reverse(articles)
	for _, a := range articles {
		ingest(t, fresh, []article{a}, workspace.IngestOptions{})
	}
	if got := quads(t, fresh); got != after {
		t.Errorf("the decisions first: %s", firstDifference(after, got))
	}

	for _, line := range []int{2, 1} {
		if _, err := w.Undo(t.Context(), schema.Decision{Line: line}); err != nil {
			t.Fatal(err)
		}
	}
	if got := quads(t, w); got != before {
		t.Errorf("undone: %s", firstDifference(before, got))
	}
}

// document is the ID of the article of a publisher.
func document(t *testing.T, w *workspace.Workspace, publisher string) string {
	t.Helper()
	for d, err := range w.Graph().Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Publisher == publisher {
			return d.ID
		}
	}
	t.Fatalf("no article of %s", publisher)
	return ""
}

// TestDecideErrors says that what cannot be done changes neither file nor graph.
func TestDecideErrors(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, smiths(), workspace.IngestOptions{})
	if _, err := w.Merge(t.Context(), "John Smith", "john smith"); !errors.Is(err, workspace.ErrIdle) {
		t.Errorf("merge of one: %v", err)
	}
	if _, err := w.Split(t.Context(), "John Smith", []string{document(t, w, "Sun")}, ""); !errors.Is(err, workspace.ErrIdle) {
		t.Errorf("split of what is not there: %v", err)
	}
	if _, err := w.Undo(t.Context(), schema.Decision{Line: 3}); !errors.Is(err, workspace.ErrIdle) {
		t.Errorf("undo of nothing: %v", err)
	}
	if _, err := os.Stat(w.DecisionsFile()); err == nil {
		t.Error("there is a decisions file")
	}
	if err := os.WriteFile(w.DecisionsFile(), []byte("# mine\nmerge\tA\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var bad *workspace.DecisionsError
	_, err := w.Merge(t.Context(), "John Smith", "Johnny Smith")
	if !errors.As(err, &bad) || !strings.Contains(err.Error(), "decisions.tsv: line 2: merge has 1 fields") {
		t.Errorf("a bad file: %v", err)
	}
	if _, err := w.Ingest(t.Context(), feed(t.Context(), smiths()), workspace.IngestOptions{}); !errors.As(err, &bad) {
		t.Errorf("ingest with a bad file: %v", err)
	}
}

// TestDecisionsFile says that the file holds, wherever it is, and that decisions outlive a lost one.
func TestDecisionsFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "mine.tsv")
	if err := os.WriteFile(file, []byte("# who is who\nmerge\tJohn Smith\tJohnny Smith\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: t.TempDir(), Create: true, Pipeline: pipeline, Decisions: file})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	ingest(t, w, smiths(), workspace.IngestOptions{})
	if got := quads(t, w); strings.Contains(got, "entity/Johnny_Smith> ") {
		t.Error("the file was not applied")
	}
	if err := os.WriteFile(file, []byte("# nothing\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, applied, err := w.Decisions(t.Context()); applied || err != nil {
		t.Errorf("an edited file: applied %v, %v", applied, err)
	}
	if d, err := w.Apply(t.Context()); err != nil || d.Documents != 1 {
		t.Errorf("apply: %+v, %v; want one article written again", d, err)
	}
	if _, err := w.Merge(t.Context(), "John Smith", "Johnny Smith"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "# nothing\nmerge\tJohn_Smith\tJohnny_Smith\n" {
		t.Errorf("the file is %q, %v", text, err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	ingest(t, w, []article{published("Echo", "New", "2020-09-17", "Johnny Smith visited Rome.\n")}, workspace.IngestOptions{})
	if got := quads(t, w); strings.Contains(got, "entity/Johnny_Smith> ") {
		t.Error("the decisions were lost with the file")
	}
}

// TestEntities lists entities and doubts.
func TestEntities(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, append(smiths(), published("Echo", "Who", "2020-09-17", "Smith met Boris Johnson.\n"), published("Star", "Mary", "2020-09-17", "Mary Smith visited Rome.\n")), workspace.IngestOptions{})
	list := func(o workspace.EntitiesOptions) string {
		found, _, err := w.Entities(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range found {
			out = append(out, e.Label)
		}
		return strings.Join(out, ", ")
	}
	if got := list(workspace.EntitiesOptions{Text: "JOHN SMITH", Types: []string{"agent"}}); got != "John Smith" {
		t.Errorf("by name and type: %s", got)
	}
	if got := list(workspace.EntitiesOptions{MinDocuments: 2}); got != "John Smith" {
		t.Errorf("of two articles: %s", got)
	}
	if got := list(workspace.EntitiesOptions{Types: []string{"Person"}, Limit: 1}); got != "John Smith" {
		t.Errorf("the first person: %s", got)
	}
	doubts, err := w.Doubts(t.Context(), workspace.EntitiesOptions{Text: "smith"})
	if err != nil || !slices.ContainsFunc(doubts, func(d entity.Doubt) bool { return d.Kind == "apart" && len(d.Entities) == 4 }) {
		t.Errorf("doubts %+v, %v", doubts, err)
	}
}
