package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/schema"
)

// read is a network as a foreign reader sees it.
type read struct {
	Nodes, Edges []map[string]any
}

func (r read) node(id string) map[string]any {
	i := slices.IndexFunc(r.Nodes, func(n map[string]any) bool { return n["id"] == id })
	if i < 0 {
		return nil
	}
	return r.Nodes[i]
}

func (r read) lines() (lines []string) {
	for _, e := range r.Edges {
		lines = append(lines, fmt.Sprint(e["source"], " ", e["label"], " ", e["target"], " ", e["weight"]))
	}
	slices.Sort(lines)
	return lines
}

// network reads a network of a format with NetworkX.
func network(t *testing.T, g *graph.Graph, format string, o export.Options) read {
	t.Helper()
	files, _ := written(t, g, format, o)
	return decoded[read](t, python(t, "networkx", "network.py", format, saved(t, "network."+format, files[""])))
}

// NetworkX reads the ties, their weights, labels and dates.
func TestNetworkX(t *testing.T) {
	t.Parallel()
	want := []string{
		"ent:Belarus at_war_with (alleged) ent:Sochi 1",
		"ent:Russia loans ent:Belarus 2",
		"ent:Russia needs ent:Russia 1",
	}
	for _, format := range []string{"gexf", "graphml"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			r := network(t, ordinary(t), format, export.Options{})
			got := r.lines()
			for i := range got {
				got[i] = strings.TrimSuffix(got[i], ".0")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("edges (-want +got):\n%s", diff)
			}
			russia := r.node("ent:Russia")
			if russia["label"] != "Russia" || russia["type"] != "Country" || russia["claims"] != 3.0 || russia["aliases"] != "Moscow" {
				t.Errorf("Russia is %v", russia)
			}
			if len(r.Nodes) != 3 {
				t.Errorf("%d nodes, want 3: %v", len(r.Nodes), r.Nodes)
			}
			for _, e := range r.Edges {
				if e["label"] == "loans" && (e["documents"] != 2.0 || e["publishers"] != 2.0 || e["confidence"] != 0.9 ||
					e["dates"] != "2020-02 | 2020-09-14" || e["publisher"] != "Wire" || e["quote"] != "would <lend> 1,500 µ") {
					t.Errorf("the loan is %v", e)
				}
			}
		})
	}
}

// Graphology, which reads GEXF for Sigma and Gephi Lite, sees the same network as NetworkX.
func TestGraphology(t *testing.T) {
	t.Parallel()
	g, o := hostile(t), export.Options{AllFactuality: true, Literals: true}
	files, _ := written(t, g, "gexf", o)
	r := decoded[read](t, node(t, "gexf.js", saved(t, "x.gexf", files[""])))
	want := network(t, g, "gexf", o)
	lines := want.lines()
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "\u2028", " ") // Graphology's reader of XML takes it for a line break
	}
	slices.Sort(lines)
	if diff := cmp.Diff(lines, r.lines()); diff != "" {
		t.Errorf("edges (-NetworkX +Graphology):\n%s", diff)
	}
	for _, n := range want.Nodes {
		other := r.node(n["id"].(string))
		if other["label"] != strings.ReplaceAll(n["label"].(string), "\u2028", " ") || n["type"] != nil && other["type"] != n["type"] {
			t.Errorf("NetworkX has the node %v, Graphology %v", n, other)
		}
	}
}

// The days of GEXF's spells: a month has its real last day, and an open end is no attribute.
func TestGEXFSpells(t *testing.T) {
	t.Parallel()
	files, _ := written(t, ordinary(t), "gexf", export.Options{})
	for _, want := range []string{
		`<spell start="2020-02-01" end="2020-02-29"/>` + "\n          " + `<spell start="2020-09-14" end="2020-09-14"/>`,
		`<spell start="1994-01-01"/>`, `mode="dynamic" timeformat="date"`,
	} {
		if !strings.Contains(files[""], want) {
			t.Errorf("no %s in\n%s", want, files[""])
		}
	}
}

// What networks leave out is counted, and comes when it is asked for.
func TestNetworkLeavesOut(t *testing.T) {
	t.Parallel()
	g := ordinary(t)
	_, r := written(t, g, "graphml", export.Options{})
	if r.Claims != 4 || r.Literals != 1 || r.ByFactuality != [7]int{schema.Negated: 1} {
		t.Errorf("report %+v", r)
	}
	all := network(t, g, "graphml", export.Options{AllFactuality: true, Literals: true})
	for _, want := range []string{"attacks (negated) ent:Belarus", "says (reported) lit:"} {
		if !strings.Contains(strings.Join(all.lines(), "\n"), want) {
			t.Errorf("no %s in %v", want, all.lines())
		}
	}
	if i := slices.IndexFunc(all.Nodes, func(n map[string]any) bool { return n["type"] == "Literal" }); i < 0 || all.Nodes[i]["label"] != "We will lend" {
		t.Errorf("no node for the words in %v", all.Nodes)
	}
	_, r = written(t, g, "gexf", export.Options{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Negated}}})
	if r.Claims != 1 || r.Literals != 0 {
		t.Errorf("negated alone: %+v", r)
	}
}

// Names that break out of formats come back as they went in, but for what XML cannot hold.
func TestNetworkHostile(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"gexf", "graphml"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			r := network(t, hostile(t), format, export.Options{AllFactuality: true, Literals: true})
			labels := map[any]bool{}
			for _, n := range r.Nodes {
				labels[n["label"]] = true
			}
			for _, name := range hostileNames() {
				if want := holdable(name); !labels[want] {
					t.Errorf("no node is called %q", want)
				}
			}
			if n := len(hostileNames()); len(r.Edges) < 2*n-2 || len(r.Nodes) != 2*n {
				t.Errorf("%d nodes and %d edges of %d names", len(r.Nodes), len(r.Edges), n)
			}
		})
	}
}

// holdable is what XML leaves of a name.
func holdable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || 0x7f <= r && r < 0xa0 || r == 0xfffe {
			return 0xfffd
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// Gephi's tables agree with each other, and hold no cell that a spreadsheet runs.
func TestGephi(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]*graph.Graph{"ordinary": ordinary(t), "hostile": hostile(t), "empty": graphtest.Open(t, nil)} {
		t.Run(name, func(t *testing.T) {
			files, r := written(t, g, "gephi", export.Options{})
			nodes, edges := records(t, files["nodes.csv"], ','), records(t, files["edges.csv"], ',')
			ids := map[string]bool{}
			for _, n := range nodes {
				if ids[n["Id"]] {
					t.Errorf("%s is there twice", n["Id"])
				}
				ids[n["Id"]] = true
			}
			weight := 0
			for _, e := range edges {
				if !ids[e["Source"]] || !ids[e["Target"]] || e["Type"] != "Directed" {
					t.Errorf("edge %v", e)
				}
				var w int
				if _, err := fmt.Sscan(e["Weight"], &w); err != nil {
					t.Error(err)
				}
				weight += w
			}
			if weight != r.Claims {
				t.Errorf("weights sum to %d, of %d claims", weight, r.Claims)
			}
			unrunnable(t, append(nodes, edges...))
		})
	}
	files, _ := written(t, ordinary(t), "gephi", export.Options{})
	if want := "<[2020-02-01, 2020-02-29]; [2020-09-14, 2020-09-14]>"; !strings.Contains(files["edges.csv"], want) {
		t.Errorf("no %s in\n%s", want, files["edges.csv"])
	}
}

// records reads a table with a heading.
func records(t testing.TB, text string, comma rune) (list []map[string]string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes = comma, comma == '\t'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for _, row := range all[1:] {
		record := map[string]string{}
		for i, cell := range row {
			record[all[0][i]] = cell
		}
		list = append(list, record)
	}
	return list
}

// unrunnable says that no spreadsheet takes a cell for a formula.
func unrunnable(t testing.TB, table []map[string]string) {
	t.Helper()
	for _, row := range table {
		for column, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s: a spreadsheet runs %q", column, cell)
			}
		}
	}
}

// The claims as a table: a row for each piece of evidence, with what the article is.
func TestCSV(t *testing.T) {
	t.Parallel()
	files, r := written(t, ordinary(t), "csv", export.Options{})
	rows := records(t, files[""], ',')
	if len(rows) != 7 || r.Claims != 6 {
		t.Errorf("%d rows of %d claims", len(rows), r.Claims)
	}
	i := slices.IndexFunc(rows, func(row map[string]string) bool { return row["document"] == "doc:first" && row["predicate"] == "loans" })
	want := map[string]string{"subject": "Russia", "subject_id": "ent:Russia", "subject_type": "Country", "object": "Belarus", "object_id": "ent:Belarus",
		"factuality": "asserted", "attribution": "RIA < Vladimir Putin", "attribution_ids": "ent:RIA | ent:Vladimir_Putin", "event": "AGREE",
		"event_date": "2020-09-14", "precision": "day", "time_text": "on Monday", "place": "Sochi", "place_id": "ent:Sochi",
		"quantities": "1500000000 USD", "confidence": "0.9", "quote": "would <lend> 1,500 µ", "start": "0", "end": "20", "title": "A loan",
		"publisher": "Wire", "published": "2020-09-15", "url": "https://example.org/1", "relation": "would <lend> 1,500 µ"}
	for column, cell := range want {
		if rows[i][column] != cell {
			t.Errorf("%s is %q, want %q", column, rows[i][column], cell)
		}
	}
}

// A foreign CSV reader (Python's) and cut -f see the same table as ours.
func TestTablesHostile(t *testing.T) {
	t.Parallel()
	g := hostile(t)
	comma, _ := written(t, g, "csv", export.Options{})
	tabs, _ := written(t, g, "tsv", export.Options{})
	rows := records(t, comma[""], ',')
	unrunnable(t, rows)
	lines := strings.Split(strings.TrimSuffix(tabs[""], "\n"), "\n")
	if len(lines) != len(rows)+1 {
		t.Fatalf("%d lines of tsv, %d rows of csv", len(lines)-1, len(rows))
	}
	columns := strings.Split(lines[0], "\t")
	for i, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		for j, c := range cells {
			if want := strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ", "\r", " ", "\u2028", " ", "\u2029", " ").Replace(rows[i][columns[j]]); c != want {
				t.Errorf("line %d: %s is %q, in csv %q", i+2, columns[j], c, want)
			}
		}
	}
	pythons := python(t, "csv", "table.py", saved(t, "x.csv", comma[""]))
	pythons = bytes.ReplaceAll(pythons, []byte(`\r\n`), []byte(`\n`)) // as Go's reader does
	got := decoded[[]map[string]string](t, pythons)
	if diff := cmp.Diff(rows, got); diff != "" {
		t.Errorf("Python reads another table (-ours +Python's):\n%s", diff)
	}
}

// Every format gives the same bytes for the same articles in any order, and something well-formed for none.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	all := docs()
	g := graphtest.Open(t, table(), all...)
	slices.Reverse(all)
	again := graphtest.Open(t, table(), all...)
	for _, f := range export.Formats() {
		o := export.Options{AllFactuality: true, Literals: true}
		first, _ := written(t, g, f.Name, o)
		second, _ := written(t, again, f.Name, o)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("%s: another order gives another export:\n%s", f.Name, diff)
		}
		if f.Gloss == "" || !f.Folder && len(f.Endings) == 0 {
			t.Errorf("%s has no gloss or no ending", f.Name)
		}
		for _, ending := range f.Endings {
			for _, name := range []string{"dir.x/FILE" + ending, "a" + strings.ToUpper(ending) + ".gz"} {
				if of, ok := export.FormatOf(name); !ok || of.Name != f.Name {
					t.Errorf("%s is taken for %s, not %s", name, of.Name, f.Name)
				}
			}
		}
	}
	if _, ok := export.FormatOf("x.txt"); ok {
		t.Error("x.txt has a format")
	}
}

// A folder gets its files all at once or not at all; a .zip holds the same files, and the same bytes each time.
func TestFolders(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	write := func(fail bool) func(to export.Folder) error {
		return func(to export.Folder) error {
			for _, name := range []string{"one.csv", "two.csv"} {
				err := to.File(name, func(w io.Writer) error {
					if fail && name == "two.csv" {
						return io.ErrShortWrite
					}
					_, err := io.WriteString(w, name)
					return err
				})
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	if err := export.WriteDir(dir, write(true)); err == nil {
		t.Error("no error")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("a failure leaves %v (%v)", left, err)
	}
	for range 2 {
		if err := export.WriteDir(dir, write(false)); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 2 {
		t.Errorf("the folder holds %v", left)
	}
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := export.WriteZip(b, write(false)); err != nil {
			t.Fatal(err)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil || len(z.File) != 2 || z.File[1].Name != "two.csv" || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("zip: %v, %v", z, err)
	}
}
