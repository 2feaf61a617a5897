package workspace_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// fileOf is the text of a workspace's decisions file, empty when there is none.
func fileOf(t *testing.T, w *workspace.Workspace) string {
	t.Helper()
	text, err := os.ReadFile(w.DecisionsFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

// decided is a workspace with articles and the decisions of a file.
func decided(t *testing.T, articles []article, decisions string) *workspace.Workspace {
	t.Helper()
	w := open(t, t.TempDir())
	ingest(t, w, articles, workspace.IngestOptions{})
	if err := os.WriteFile(w.DecisionsFile(), []byte(decisions), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// What users decided leaves with the graph and comes back with it: the same quads and the same decisions.
func TestDecisionsTravel(t *testing.T) {
	t.Parallel()
	w := open(t, t.TempDir())
	ingest(t, w, smiths(), workspace.IngestOptions{})
	if _, err := w.Merge(t.Context(), "John Smith", "johnny smith"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Split(t.Context(), "John Smith", []string{document(t, w, "Mail")}, `John "the" Smith`); err != nil {
		t.Fatal(err)
	}
	verified(t, w)
	export := quads(t, w)
	other := open(t, t.TempDir())
	if sum := mustLoad(t, other, "a.nq", export); sum.Decisions != 2 || sum.Others != 0 {
		t.Errorf("loaded %+v", sum)
	}
	if got := quads(t, other); got != export {
		t.Errorf("other quads: %s", firstDifference(export, got))
	}
	if got := fileOf(t, other); got != fileOf(t, w) {
		t.Errorf("the file is %q", got)
	}
	verified(t, other)
	if sum := mustLoad(t, other, "a.nq", export); sum.Decisions != 0 || sum.Unchanged != 3 {
		t.Errorf("loaded again %+v", sum)
	}
	// Articles that come later follow them, and they can be taken back.
	ingest(t, other, []article{published("Echo", "New", "2020-09-17", "Johnny Smith visited Rome.\n")}, workspace.IngestOptions{})
	if strings.Contains(quads(t, other), "entity/Johnny_Smith> ") {
		t.Error("the merge was not followed")
	}
	for range 2 {
		list, _, err := other.Decisions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Undo(t.Context(), list[len(list)-1].Decision); err != nil {
			t.Fatal(err)
		}
	}
	if got := quads(t, other); strings.Contains(got, "/decision/") || !strings.Contains(got, "entity/Johnny_Smith> ") {
		t.Error("a decision that was taken back is still there")
	}
}

// In whatever order exports with decisions are loaded, the graph is the same, and so are the decisions.
func TestDecisionsMeet(t *testing.T) {
	t.Parallel()
	all := append(smiths(), published("Echo", "New", "2020-09-17", "Jon Smith visited Rome. Johnny Smith praised Jack Smithers.\n"))
	texts := []string{
		"merge\tJohn Smith\tJohnny Smith\nsplit\tJohn Smith\t%s\tJudge Smith\n",
		"# ours\nmerge\tJohn Smith\tJon Smith # surely\nmerge\tJack Smithers\tEmmanuel Macron\nmerge\tJohn Smith\tJohnny Smith\n",
		"merge\tJon Smith\tJohnny Smith\n",
	}
	mail := document(t, decided(t, all, ""), "Mail")
	var files []string
	for i, from := range []int{0, 1, 2} {
		w := decided(t, all[from:], strings.ReplaceAll(texts[i], "%s", mail))
		files = append(files, quads(t, w))
	}
	var want, wantFile string
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {1, 0, 1, 2, 0}} {
		w := open(t, t.TempDir())
		for _, i := range order {
			mustLoad(t, w, "a.nq", files[i])
		}
		verified(t, w)
		got, file := quads(t, w), fileOf(t, w)
		if want == "" {
			want, wantFile = got, file
		}
		if got != want {
			t.Errorf("%v: other quads: %s", order, firstDifference(want, got))
		}
		if file != wantFile || strings.Count(file, "\n") != 5 {
			t.Errorf("%v: the decisions are\n%s, not\n%s", order, file, wantFile)
		}
		if list, applied, err := w.Decisions(t.Context()); err != nil || !applied || len(list) != 5 {
			t.Errorf("%v: %d decisions, applied %v, %v", order, len(list), applied, err)
		}
	}
	whole := open(t, t.TempDir())
	ingest(t, whole, all, workspace.IngestOptions{})
	if err := os.WriteFile(whole.DecisionsFile(), []byte(wantFile), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := whole.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	numbers := regexp.MustCompile(`(?m)^<[^>]*/decision/.*\n`)
	if got := numbers.ReplaceAllString(quads(t, whole), ""); got != numbers.ReplaceAllString(want, "") {
		t.Errorf("ingested: %s", firstDifference(want, got))
	}
}

// A user's file keeps its comments, and its decisions their order.
func TestDecisionsJoinFile(t *testing.T) {
	t.Parallel()
	w := decided(t, smiths(), "\ufeff# who is who\n\nmerge\tJohn Smith\tJohnny Smith\t# sure\n# the end")
	theirs := decided(t, smiths(), "merge\tAngela Merkel\tEmmanuel Macron\nmerge\tBerlin\tParis\n")
	mustLoad(t, w, "a.nq", quads(t, theirs))
	const want = "merge\tAngela Merkel\tEmmanuel Macron\n# who is who\n\nmerge\tJohn Smith\tJohnny Smith\t# sure\nmerge\tBerlin\tParis\n# the end"
	if got := fileOf(t, w); got != want {
		t.Errorf("the file is %q", got)
	}
	if _, applied, err := w.Decisions(t.Context()); err != nil || !applied {
		t.Errorf("applied %v, %v", applied, err)
	}
}

// What cannot both hold is refused with the line, whichever comes first, and nothing is loaded.
func TestDecisionsConflict(t *testing.T) {
	t.Parallel()
	mail := document(t, decided(t, smiths(), ""), "Mail")
	sides := []*workspace.Workspace{
		decided(t, smiths()[:2], "# mine\nsplit\tJohn Smith\t"+mail+"\tJudge Smith\n"),
		decided(t, smiths()[1:], "split\tJohn Smith\t"+mail+"\tFather Smith\n"),
	}
	exports := []string{quads(t, sides[0]), quads(t, sides[1])}
	for i, w := range sides {
		_, err := load(t, w, map[string]string{"a.nq": exports[1-i]})
		var conflict *workspace.ConflictError
		if !errors.As(err, &conflict) || !strings.Contains(err.Error(), "does not speak of John_Smith") || !strings.Contains(err.Error(), "a.nq: ") {
			t.Errorf("%d: %v", i, err)
		} else if line := strings.Contains(err.Error(), "line 2 of the decisions file"); conflict.Said.Line > 0 && !line {
			t.Errorf("%d: no line in %v", i, err)
		}
		if quads(t, w) != exports[i] {
			t.Errorf("%d: half loaded", i)
		}
	}
	// Without its decisions the rest loads.
	s := staged(t, exports[1])
	sum, err := sides[0].Load(t.Context(), s, workspace.LoadOptions{SkipDecisions: true})
	if err != nil || sum.New != 1 || sum.Decisions != 0 || strings.Contains(quads(t, sides[0]), "Father_Smith") {
		t.Errorf("%+v, %v", sum, err)
	}
	// Both at once into a new store are no better.
	_, err = load(t, open(t, t.TempDir()), map[string]string{"a.nq": exports[0], "b.nq": exports[1]})
	var conflict *workspace.ConflictError
	if !errors.As(err, &conflict) {
		t.Errorf("both at once: %v", err)
	}
}

// staged is an export that waits to be loaded.
func staged(t *testing.T, text string) *workspace.Staged {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.nq")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := workspace.Stage(t.Context(), workspace.StageOptions{Dir: t.TempDir(), Files: []workspace.File{{Name: name}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// What is not a decision as newsgraph writes it is refused whole.
func TestDecisionsRefused(t *testing.T) {
	t.Parallel()
	const ng = "https://example.org/newsgraph/"
	export := quads(t, decided(t, smiths(), "merge\tJohn Smith\tJohnny Smith\n"))
	node := regexp.MustCompile(`<[^>]*/decision/\w+>`).FindString(export)
	dropped := func(property string) string {
		return regexp.MustCompile(`(?m)^<[^>]*/decision/.*`+property+`>.*\n`).ReplaceAllString(export, "")
	}
	tests := map[string]string{
		"another entity":   strings.Replace(export, `ns#other> "Johnny Smith"`, `ns#other> "Angela Merkel"`, 1),
		"another number":   strings.Replace(export, `ns#number> "1"`, `ns#number> "01"`, 1),
		"a large number":   strings.Replace(export, `ns#number> "1"`, `ns#number> "99999999999999"`, 1),
		"a number below":   strings.Replace(export, `ns#number> "1"`, `ns#number> "-1"`, 1),
		"no other":         dropped("ns#other"),
		"no number":        dropped("ns#number"),
		"no class":         dropped("#type"),
		"two others":       export + fmt.Sprintf("%s <%sns#other> \"Paris\" .\n", node, ng),
		"no node of ours":  strings.ReplaceAll(export, node, "<"+ng+"decision/00>"),
		"one of a kind":    export + fmt.Sprintf("<%sdecision/x> <%sns#name> \"x\" .\n", ng, ng),
		"a line break":     decisionWith(export, node, `"John\nmerge\tA\tB"`),
		"a comment":        decisionWith(export, node, `"John # Smith"`),
		"an empty name":    decisionWith(export, node, `""`),
		"words of a claim": export + fmt.Sprintf("%s <%sns#relation> \"x\" .\n", node, ng),
	}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		w := open(t, t.TempDir())
		_, err := load(t, w, map[string]string{"a.nq": tests[name]})
		var place *rdf.FileError
		if tests[name] == export || !errors.As(err, &place) {
			t.Errorf("%s: %v", name, err)
		}
		if got := quads(t, w); got != "" || fileOf(t, w) != "" {
			t.Errorf("%s: half loaded", name)
		}
	}
	// What others say of a decision, in words of theirs, is theirs.
	w := open(t, t.TempDir())
	if sum := mustLoad(t, w, "a.nq", export+node+" <x:by> \"me\" .\n"); sum.Others != 1 || sum.Decisions != 1 {
		t.Errorf("%+v", sum)
	}
	verified(t, w)
}

// decisionWith is an export whose only decision, a merge, takes in another, with the ID that such a decision has.
func decisionWith(export, node, other string) string {
	text, err := strconv.Unquote(other)
	if err != nil {
		panic(err)
	}
	key := schema.DecisionKeys([]schema.Decision{{Action: schema.Merge, Entity: "John Smith", Other: text}})[0]
	export = strings.Replace(export, `ns#other> "Johnny Smith"`, "ns#other> "+other, 1)
	return strings.ReplaceAll(export, node, node[:strings.LastIndex(node, "/")+1]+key+">")
}
