package workspace_test

import (
	"slices"
	"testing"

	"newsgraph/server/workspace"
)

// An article equal to one that is on its way is reported after it, once it is stored: nothing is reported that a crash could
// still lose.
func TestReportStored(t *testing.T) {
	t.Parallel()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: t.Name(), InMemory: true, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	one := article{name: "a.txt", text: "Angela Merkel met Emmanuel Macron."}
	same := article{name: "b.txt", text: one.text}
	var got []workspace.Status
	ingest(t, w, []article{one, same, same}, workspace.IngestOptions{Report: func(o workspace.Outcome) {
		_, stored, err := w.Graph().Record(t.Context(), o.Document)
		if !stored || err != nil {
			t.Errorf("%s %s is reported and not stored, %v", o.Name, o.Status, err)
		}
		got = append(got, o.Status)
	}})
	want := []workspace.Status{workspace.New, workspace.Unchanged, workspace.Unchanged}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
