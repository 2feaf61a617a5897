package workspace_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

// load loads texts, each as a file of the format that its name has.
func load(t *testing.T, w *workspace.Workspace, files map[string]string) (workspace.Loaded, error) {
	t.Helper()
	dir := t.TempDir()
	var list []workspace.File
	for name, text := range files {
		f, ok := rdf.FormatOf(name)
		if !ok {
			t.Fatalf("no format for %s", name)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		list = append(list, workspace.File{Name: path, Format: f})
	}
	s, err := workspace.Stage(t.Context(), workspace.StageOptions{Dir: dir, Files: list})
	if err != nil {
		return workspace.Loaded{}, err
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".newsgraph-load-*")); len(left) > 0 {
			t.Errorf("what was staged is still there: %v", left)
		}
	}()
	return w.Load(t.Context(), s, workspace.LoadOptions{})
}

func mustLoad(t *testing.T, w *workspace.Workspace, name, text string) workspace.Loaded {
	t.Helper()
	sum, err := load(t, w, map[string]string{name: text})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func verified(t *testing.T, w *workspace.Workspace) {
	t.Helper()
	r, err := w.Graph().Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK() {
		t.Errorf("verify: %v", r.Problems)
	}
}

// However the articles come in, ingested or loaded from exports of other stores, the graph is that of all of them.
func TestLoadTakesPart(t *testing.T) {
	t.Parallel()
	all := samples(t)
	whole := open(t, t.TempDir())
	ingest(t, whole, all, workspace.IngestOptions{})
	want := quads(t, whole)

	exports := map[string]string{}
	for name, part := range map[string][]article{"first": all[:5], "middle": all[4:8], "last": all[8:], "all": all} {
		w := open(t, t.TempDir())
		ingest(t, w, part, workspace.IngestOptions{})
		exports[name] = quads(t, w)
	}
	tests := map[string]func(w *workspace.Workspace){
		"the whole": func(w *workspace.Workspace) { mustLoad(t, w, "a.nq", exports["all"]) },
		"parts": func(w *workspace.Workspace) {
			mustLoad(t, w, "a.nq", exports["last"])
			mustLoad(t, w, "b.nq", exports["middle"])
			mustLoad(t, w, "c.nq", exports["first"])
		},
		"loaded, then read": func(w *workspace.Workspace) {
			mustLoad(t, w, "a.nq", exports["middle"])
			ingest(t, w, all, workspace.IngestOptions{})
		},
		"read, then loaded": func(w *workspace.Workspace) {
			ingest(t, w, all[3:], workspace.IngestOptions{})
			mustLoad(t, w, "a.nq", exports["first"])
		},
		"some there, all once": func(w *workspace.Workspace) {
			ingest(t, w, all[2:6], workspace.IngestOptions{})
			mustLoad(t, w, "a.nq", exports["all"])
		},
		"files at once": func(w *workspace.Workspace) {
			if _, err := load(t, w, map[string]string{"a.nq": exports["first"], "b.nq": exports["middle"], "c.nq": exports["last"]}); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, fill := range tests {
		w := open(t, t.TempDir())
		fill(w)
		if got := quads(t, w); got != want {
			t.Errorf("%s: other quads: %s", name, firstDifference(want, got))
		}
		verified(t, w)
		if sum := mustLoad(t, w, "again.nq", want); sum.New+sum.Replaced != 0 || sum.Unchanged != len(all) || sum.Others != 0 {
			t.Errorf("%s: loaded again: %+v", name, sum)
		}
		if got := quads(t, w); got != want {
			t.Errorf("%s: loaded again: other quads: %s", name, firstDifference(want, got))
		}
	}
}

// An export without what names follow from, as older programs wrote it, gives the same claims under the same names, and
// what is read later joins them.
func TestLoadWithoutNaming(t *testing.T) {
	t.Parallel()
	all := samples(t)
	from := open(t, t.TempDir())
	ingest(t, from, all[:6], workspace.IngestOptions{})
	text := regexp.MustCompile(`(?m)^.* <[^ ]*ns#naming> .*\n`).ReplaceAllString(quads(t, from), "")
	w := open(t, t.TempDir())
	mustLoad(t, w, "a.nq", text)
	verified(t, w)
	edges := func(s string) (list []string) {
		return regexp.MustCompile(`(?m)^<.*/(claim|fact|denied)/.*$`).FindAllString(s, -1)
	}
	if want, got := edges(text), edges(quads(t, w)); len(want) == 0 || strings.Join(want, "\n") != strings.Join(got, "\n") {
		t.Errorf("other edges: %s", firstDifference(strings.Join(want, "\n"), strings.Join(got, "\n")))
	}
	ingest(t, w, all[6:], workspace.IngestOptions{})
	verified(t, w)
	e, err := w.Graph().Resolve(t.Context(), "Alexander Lukashenko")
	if err != nil || e.ID != "Alexander_Lukashenko" {
		t.Errorf("Lukashenko is %v, %v", e, err)
	}
}

// Quads of others stay as they are, whatever becomes of the articles, and to load them again changes nothing.
func TestLoadOthers(t *testing.T) {
	t.Parallel()
	const others = `@prefix ent: <https://example.org/newsgraph/entity/> .
@prefix doc: <https://example.org/newsgraph/doc/> .
ent:Russia <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q159> ;
	<http://a.example/note> [ <http://a.example/by> "me" ; <http://a.example/same> _:x ] .
_:x <http://a.example/by> "you" .
<http://a.example/g> { <http://a.example/s> a <http://a.example/C> ; <http://a.example/p> (1 2.50 "x"@en) . }
`
	all := samples(t)[:3]
	w := open(t, t.TempDir())
	if sum := mustLoad(t, w, "others.trig", others); sum.Others != 13 || sum.New != 0 {
		t.Errorf("%+v", sum)
	}
	alone := quads(t, w)
	if sum := mustLoad(t, w, "renamed.trig", strings.ReplaceAll(others, "_:x", "_:anything")); sum.Others != 0 {
		t.Errorf("again, under other labels: %+v", sum)
	}
	ingest(t, w, all, workspace.IngestOptions{})
	doc := regexp.MustCompile(`/doc/([^>#]*)>`).FindStringSubmatch(quads(t, w))[1]
	note := fmt.Sprintf("<http://a.example/s> <http://a.example/says> \"ours\" <https://example.org/newsgraph/doc/%s> .\n", doc)
	mustLoad(t, w, "note.nq", note)
	ingest(t, w, all, workspace.IngestOptions{Again: true})
	got := quads(t, w)
	for _, line := range strings.SplitAfter(alone+note, "\n") {
		if !strings.Contains(got, line) {
			t.Errorf("gone: %s", line)
		}
	}
	again := open(t, t.TempDir())
	mustLoad(t, again, "all.nq", got)
	if back := quads(t, again); back != got {
		t.Errorf("an export with others comes back changed: %s", firstDifference(got, back))
	}
	verified(t, w)
}

// What newsgraph would not write is refused whole, and so is a wrong line.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	all := samples(t)
	from := open(t, t.TempDir())
	ingest(t, from, all[:2], workspace.IngestOptions{})
	export := quads(t, from)
	const ng = "https://example.org/newsgraph/"
	edge := regexp.MustCompile(`(?m)^<.*/entity/.*> <.*/claim/.*> <.*/entity/.*> <.*> \.$`).FindString(export)
	quote := regexp.MustCompile(`(?m)^<.*#exact> "(\w+)`).FindStringSubmatch(export)
	claim := regexp.MustCompile(`<` + ng + `id/\w+>`).FindString(export)
	doc := regexp.MustCompile(`<` + ng + `doc/[^>#]*>`).FindString(export)
	tests := map[string]struct{ text, want string }{
		"a quote":           {strings.Replace(export, quote[0], strings.Replace(quote[0], quote[1], "Nobody", 1), 1), "the text has"},
		"a text":            {strings.Replace(export, "articleBody> \"", "articleBody> \"X", 1), "SHA-256"},
		"an edge":           {export + strings.Replace(edge, "/entity/", "/entity/X", 1), "no document tells"},
		"a fact":            {export + fmt.Sprintf("<%sentity/A> <%sfact/kills> <%sentity/B> .", ng, ng, ng), "no document tells"},
		"a missing edge":    {strings.Replace(export, edge+"\n", "", 1), "its edge"},
		"a word of ours":    {export + fmt.Sprintf("%s <%sns#confidence> \"1\" .", claim, ng), "no article here tells it"},
		"another headline":  {export + fmt.Sprintf("%s <https://schema.org/headline> \"zzz\" %s .", doc, doc), "no article here tells it"},
		"half an article":   {regexp.MustCompile(`(?m)^.*NewsArticle> .*\n`).ReplaceAllString(export, ""), "no document tells"},
		"a wrong line":      {export + "<x:s> <x:p> .", fmt.Sprintf("a.nq:%d:13: expected an object", 1+strings.Count(export, "\n"))},
		"a naming":          {regexp.MustCompile(`ns#naming> "\{`).ReplaceAllString(export, `ns#naming> "`), "its naming"},
		"another base":      {strings.ReplaceAll(export, ng, "https://other.example/"), "its IRIs stand under https://other.example/, those of the graph under " + ng},
		"two bases":         {export + strings.ReplaceAll(export, ng, "https://other.example/"), "its IRIs stand under"},
		"a name of nothing": {export + fmt.Sprintf("<%sentity/X> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <x:C> .", ng), "no article here tells it"},
	}
	w := open(t, t.TempDir())
	ingest(t, w, all[2:3], workspace.IngestOptions{})
	before := quads(t, w)
	for name, tt := range tests {
		if tt.text == export {
			t.Errorf("%s: the test changes nothing", name)
		}
		_, err := load(t, w, map[string]string{"a.nq": tt.text})
		var place *rdf.FileError
		if err == nil || !strings.Contains(err.Error(), tt.want) || !errors.As(err, &place) && !strings.HasPrefix(tt.want, "its ") {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
		if got := quads(t, w); got != before {
			t.Fatalf("%s: half loaded: %s", name, firstDifference(before, got))
		}
	}
}

// A literal of any kind, and IRIs that look like ours, come back as they are.
func TestLoadHostile(t *testing.T) {
	t.Parallel()
	var lines []byte
	for i, text := range []string{"", "\x00\u0001", "a\r\nb\t\"\\", "\ufffe\uffff", strings.Repeat("x", 70000), "<a> <b> <c> .\n"} {
		for _, o := range []schema.Term{schema.NewString(text), schema.NewLiteral(text, "x:dt"), {Kind: schema.Literal, Value: text, Lang: "en-gb"}} {
			q := schema.Quad{Subject: schema.NewIRI(fmt.Sprintf("http://a.example/%d/../%%zz", i)), Predicate: schema.NewIRI("ent:p"), Object: o, Graph: schema.NewIRI("https://example.org/newsgraph/")}
			var err error
			if lines, err = rdf.AppendQuad(lines, q); err != nil {
				t.Fatal(err)
			}
		}
	}
	w := open(t, t.TempDir())
	mustLoad(t, w, "a.nq", string(lines))
	again := open(t, t.TempDir())
	mustLoad(t, again, "a.nq", quads(t, w))
	if strings.Count(quads(t, w), "\n") != 18 || quads(t, w) != quads(t, again) {
		t.Errorf("other quads: %s", firstDifference(quads(t, w), quads(t, again)))
	}
}

// A store that is made of what was staged is the one that loading into an empty store makes.
func TestLoadNew(t *testing.T) {
	t.Parallel()
	from := open(t, t.TempDir())
	ingest(t, from, smiths(), workspace.IngestOptions{})
	if _, err := from.Merge(t.Context(), "John Smith", "Johnny Smith"); err != nil {
		t.Fatal(err)
	}
	export := quads(t, from)
	files := map[string]string{"articles.nq": export, "foreign.nq": "<x:s> <x:p> <x:o> .\n<x:s> <x:p> \"o\" <x:g> .\n", "both.nq": export + "<x:s> <x:p> <x:o> .\n"}
	for name, text := range files {
		for _, more := range []string{"", "<x:more> <x:p> <x:o> .\n"} {
			want := open(t, t.TempDir())
			wantSum := mustLoad(t, want, "a.nq", text)
			if more != "" {
				wantSum.Others += mustLoad(t, want, "b.nq", more).Others
				wantSum.Quads++
			}
			dir := filepath.Join(t.TempDir(), "new.db")
			sum, err := loadNew(t, dir, text, more)
			if err != nil || sum != wantSum {
				t.Errorf("%s: %+v, %v, want %+v", name, sum, err, wantSum)
			}
			w := open(t, dir)
			if got := quads(t, w); got != quads(t, want) {
				t.Errorf("%s: other quads: %s", name, firstDifference(quads(t, want), got))
			}
			if fileOf(t, w) != fileOf(t, want) {
				t.Errorf("%s: other decisions: %q", name, fileOf(t, w))
			}
			verified(t, w)
			ingest(t, w, smiths(), workspace.IngestOptions{})
			ingest(t, want, smiths(), workspace.IngestOptions{})
			if got := quads(t, w); got != quads(t, want) {
				t.Errorf("%s, then ingested: other quads: %s", name, firstDifference(quads(t, want), got))
			}
		}
	}
}

// loadNew makes a store of files beside its folder.
func loadNew(t *testing.T, dir string, texts ...string) (workspace.Loaded, error) {
	t.Helper()
	o := workspace.StageOptions{Dir: filepath.Dir(dir), Base: schema.DefaultBase}
	for i, text := range texts {
		name := filepath.Join(t.TempDir(), fmt.Sprintf("%d.nq", i))
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		o.Files = append(o.Files, workspace.File{Name: name})
	}
	s, err := workspace.Stage(t.Context(), o)
	if err != nil {
		return workspace.Loaded{}, err
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".newsgraph-load-*")); len(left) > 0 {
			t.Errorf("what was staged is still there: %v", left)
		}
	}()
	return workspace.LoadNew(t.Context(), workspace.Options{Dir: dir, BaseIRI: schema.DefaultBase}, s, workspace.LoadOptions{Batch: 1})
}

// Where no store can be made, none is, and nothing is lost.
func TestLoadNewRefuses(t *testing.T) {
	t.Parallel()
	const text = "<x:s> <x:p> <x:o> .\n"
	dir := t.TempDir()
	full, link := filepath.Join(dir, "full"), filepath.Join(dir, "link")
	if err := os.Mkdir(full, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(full, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{full, link} {
		if _, err := loadNew(t, at, text); !errors.Is(err, workspace.ErrExists) {
			t.Errorf("%s: %v", at, err)
		}
	}
	if _, err := os.Stat(filepath.Join(full, "mine")); err != nil {
		t.Error(err)
	}
	other := strings.ReplaceAll(quads(t, decided(t, smiths(), "")), schema.DefaultBase, "https://other.example/")
	if _, err := loadNew(t, filepath.Join(dir, "other"), other); !errors.Is(err, workspace.ErrExists) {
		t.Errorf("another base: %v", err)
	}
	bad := filepath.Join(dir, "bad")
	if _, err := loadNew(t, bad, text, "<x:s> <x:p> oops .\n"); err == nil {
		t.Error("a wrong line was loaded")
	}
	if _, err := os.Stat(bad); err == nil {
		t.Error("a store was made in spite of a wrong line")
	}
	// What a load that was killed left is removed by the next, what one that runs holds is not.
	stale := filepath.Join(dir, ".newsgraph-load-1")
	s, err := store.Open(filepath.Join(stale, "0"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	running, err := workspace.Stage(t.Context(), workspace.StageOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); err != nil {
		t.Errorf("a folder in use was removed: %v", err)
	}
	if err := errors.Join(s.Close(), running.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := loadNew(t, filepath.Join(dir, "good"), text); err != nil {
		t.Error(err)
	}
}
