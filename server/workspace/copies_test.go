package workspace_test

import (
	"slices"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/ingest/source"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

const (
	agencyText = `MINSK (Reuters) - Russia gave Belarus a loan of 1.5 billion dollars on Monday after President Vladimir Putin met
his Belarusian counterpart Alexander Lukashenko in the resort of Sochi for talks that lasted four hours.

Lukashenko thanked Putin for the loan. The opposition leader Sviatlana Tsikhanouskaya called the meeting a bargain between
two frightened men, and said that no Belarusian would ever pay the money back.
`
	cutText = `Belarus gets a loan from its big neighbour.

Russia gave Belarus a loan of 1.5 billion dollars on Monday after President Vladimir Putin met
his Belarusian counterpart Alexander Lukashenko in the resort of Sochi for talks that lasted four hours.
`
	ownText = `Alexander Lukashenko flew home from the Black Sea with what he had come for.

Russia gave Belarus a loan of 1.5 billion dollars on Monday, most of which will go into the repayment of older debts.
`
)

func published(by, title, date, text string) article {
	return article{name: title + ".txt", text: text, options: source.Options{Title: title, Publisher: by, Published: date}}
}

// TestCopies tells copies of one text from a report of its own, in any order and over several runs.
func TestCopies(t *testing.T) {
	t.Parallel()
	articles := []article{
		published("Morning Post", "Loan", "2020-09-15", cutText),
		published("Evening Mail", "Money", "2020-09-14", agencyText),
		published("Daily Sun", "Home again", "2020-09-15", ownText),
	}
	w := open(t, t.TempDir())
	ingest(t, w, articles, workspace.IngestOptions{})
	want := quads(t, w)

	claims, docs := loans(t, w)
	for _, c := range claims {
		b := graph.BackingOf(c.Evidence, docs)
		if want := (graph.Backing{Documents: 3, Publishers: 3, Independent: 2}); b != want {
			t.Errorf("the loan: %+v, want %+v", b, want)
		}
	}
	if len(claims) != 1 {
		t.Errorf("%d claims of the loan, want 1", len(claims))
	}

	slices.Reverse(articles)
	for _, runs := range [][][]article{{articles}, {articles[:1], articles[1:2], articles[2:]}, {articles[1:], articles[:1]}} {
		w := open(t, t.TempDir())
		for _, run := range runs {
			ingest(t, w, run, workspace.IngestOptions{})
		}
		if got := quads(t, w); got != want {
			t.Errorf("%d runs: other quads: %s", len(runs), firstDifference(want, got))
		}
	}
	if n := strings.Count(want, "ns#copyOf>"); n != 1 {
		t.Errorf("%d articles are copies, want 1", n)
	}
}

// loans gives the claims that Russia lends to Belarus, and their documents.
func loans(t *testing.T, w *workspace.Workspace) ([]schema.Claim, map[string]schema.Document) {
	t.Helper()
	p, err := w.Show(t.Context(), workspace.ShowOptions{Name: "Russia", To: "Belarus", Choice: workspace.Choice{Predicates: []string{"loans"}}})
	if err != nil {
		t.Fatal(err)
	}
	return p.Claims(), p.Documents
}
