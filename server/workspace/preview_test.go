package workspace_test

import (
	"slices"
	"testing"

	"newsgraph/server/workspace"
)

// A preview shows the claims as they enter when the same articles are ingested, and changes nothing.
func TestPreview(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	known := dated("Talks", "Angela Merkel met Emmanuel Macron in Paris on Monday.\n")
	ingest(t, w, []article{known}, workspace.IngestOptions{})
	before := quads(t, w)
	fresh := dated("Loan", "Merkel said that Germany would lend Greece money.\n")
	articles := []article{known, fresh, {name: "empty.txt"}}
	list, err := w.Preview(t.Context(), feed(t.Context(), articles), workspace.IngestOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if quads(t, w) != before {
		t.Error("the preview changed the graph")
	}
	want := map[string]bool{}
	status := map[workspace.Status]int{}
	for _, p := range list {
		status[p.Status]++
		for _, c := range p.Analysis.Claims {
			want[c.ID] = true
		}
	}
	if status[workspace.New] != 1 || status[workspace.Unchanged] != 1 || status[workspace.Failed] != 1 || len(want) == 0 {
		t.Errorf("%v, %d claims: want one new with claims, one unchanged, one failed", status, len(want))
	}
	ingest(t, w, articles, workspace.IngestOptions{})
	for id := range want {
		c, ok, err := w.Graph().Claim(t.Context(), id)
		if err != nil || !ok {
			t.Errorf("claim %s of the preview is not in the graph: %v", id, err)
		}
		if slices.Contains([]string{"Merkel"}, c.Subject.ID) {
			t.Errorf("the subject of %s has no canonical name", id)
		}
	}
}
