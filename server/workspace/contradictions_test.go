package workspace_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/conflict"
	"newsgraph/server/workspace"
)

// contradictory reads the articles of testdata/contradictions.txt, and the contradictions in them.
func contradictory(t testing.TB) (articles []article, want []string) {
	t.Helper()
	raw, err := os.ReadFile("testdata/contradictions.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(raw), "\n## ")[1:] {
		head, text, _ := strings.Cut(part, "\n")
		by, date, _ := strings.Cut(head, " ")
		var body []string
		for _, line := range strings.Split(text, "\n") {
			if w, ok := strings.CutPrefix(line, "! "); ok {
				want = append(want, w)
			} else {
				body = append(body, line)
			}
		}
		articles = append(articles, published(by, by+" "+date, date, strings.Join(body, "\n")))
	}
	slices.Sort(want)
	return articles, want
}

// line describes a conflict as the test data do.
func line(c *conflict.Conflict) string {
	k := c.Sides[0].Claims[0]
	object := k.Object.Literal
	if k.Object.Entity != nil {
		object = k.Object.Entity.Label
	}
	var says []string
	for _, s := range c.Sides {
		says = append(says, s.Says)
	}
	sides := strings.Join(says, ", ")
	switch c.Kind {
	case conflict.Denied:
		sides = strings.Join(says, " ")
		if c.Denial {
			sides += " (denial)"
		}
	case conflict.Numbers:
		object = strings.TrimLeft(object, "0123456789 ")
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s", c.Kind, k.Subject.Label, k.Predicate, object, sides)
}

// TestContradictions finds all the contradictions of the test data and no others, in any order of the articles.
func TestContradictions(t *testing.T) {
	t.Parallel()
	articles, want := contradictory(t)
	w := open(t, t.TempDir())
	ingest(t, w, articles, workspace.IngestOptions{})
	if diff := cmp.Diff(want, contradictions(t, w, workspace.ContradictionsOptions{})); diff != "" {
		t.Errorf("contradictions (-want +got):\n%s", diff)
	}
	slices.Reverse(articles)
	w = open(t, t.TempDir())
	ingest(t, w, articles, workspace.IngestOptions{Batch: 1})
	if diff := cmp.Diff(want, contradictions(t, w, workspace.ContradictionsOptions{})); diff != "" {
		t.Errorf("in another order (-want +got):\n%s", diff)
	}
	for _, o := range []workspace.ContradictionsOptions{
		{Names: []string{"Lukashenko"}}, {Names: []string{"Lukashenko", "Tikhanovskaya"}}, {Kinds: []conflict.Kind{conflict.Numbers}},
	} {
		if got := contradictions(t, w, o); len(got) != 1 {
			t.Errorf("%+v: %q, want one", o, got)
		}
	}
}

func contradictions(t *testing.T, w *workspace.Workspace, o workspace.ContradictionsOptions) []string {
	t.Helper()
	found, err := w.Contradictions(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range found.Conflicts {
		got = append(got, line(&found.Conflicts[i]))
	}
	slices.Sort(got)
	return got
}

// TestContradictionsOfSamples says what the sample articles disagree about: who won, and nothing else.
func TestContradictionsOfSamples(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, samples(t), workspace.IngestOptions{})
	want := []string{"rivals | Alexander Lukashenko | won_election | 2020 Belarusian presidential election | Alexander Lukashenko, Svetlana Tikhanovskaya"}
	if diff := cmp.Diff(want, contradictions(t, w, workspace.ContradictionsOptions{})); diff != "" {
		t.Errorf("contradictions (-want +got):\n%s", diff)
	}
}
