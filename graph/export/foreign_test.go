package export_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/schema"
)

// hostileNames are names and quotes that break formats, or those who read them.
func hostileNames() []string {
	return []string{
		`"quoted" 'twice' ''thrice''`, "line\nbreak\r\nand\ttab", `<script>alert("x")</script>`, `]]> --> & &amp; &#0;`,
		"nul\x00 bell\x07 escape\x1b[31m del\x7f c1\u0085\u009b", "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1",
		"`backtick` \\ \\u0060 \\' \\u0027 \\", "a;b,c|d:e", "${x} {{y}} %s %d $1", "\u202eright to left\u202c \ufeff \ufffe \U0001F600 e\u0301",
		"'); MATCH (n) DETACH DELETE n; //", "javascript:alert(1)", "\" onmouseover=\"alert(1)", "  blank ends  ", "bad \xff\xfe utf-8",
		"\u2028line\u2029separators", "<!--", "<![CDATA[", "?>", "</style><img src=x onerror=alert(1)>", "NULL", "-", "\\", `"`, "'", ";",
		strings.Repeat("long ", 300),
	}
}

// hostile is a graph in which everything that a text can be in has a hostile one.
func hostile(t testing.TB) *graph.Graph {
	t.Helper()
	var entities []schema.Entity
	var docs []schema.Analysis
	names := hostileNames()
	types := []string{"Person", "Company", "Country", "", "Event", "Group", `"odd" <type>`}
	for i, name := range names {
		other := names[(i+1)%len(names)]
		id := "e" + name
		entities = append(entities, schema.Entity{ID: id, Label: name, Type: types[i%len(types)], Aliases: []string{other, name + "2"}})
		link := schema.Claim{Subject: schema.Entity{ID: id}, Predicate: "pred_" + name, Relation: strings.ToValidUTF8(name, "?"),
			Object: schema.Value{Entity: &schema.Entity{ID: "e" + other}}, Factuality: schema.Factuality(i % 7), Confidence: 0.5,
			Attribution: []schema.Entity{{ID: "e" + other}, {ID: id}}, Place: &schema.Entity{ID: "e" + other},
			Time:       &schema.Time{Value: []string{"2020-09-14", "2020-02", "2021", "2020-01/2020-03", "1994/", "/2001", ""}[i%7], Text: name},
			Quantities: []schema.Quantity{{Value: 1.5, Unit: name, Text: name}}}
		literal := link
		literal.Object = schema.Value{Literal: name}
		d := graphtest.Doc("d"+name, link, literal)
		d.Document.Title, d.Document.Publisher, d.Document.Author, d.Document.URL = name, other, name, "https://example.org/?q="+name
		d.Document.Published = "2020-09-15"
		docs = append(docs, d)
	}
	return graphtest.Open(t, entities, docs...)
}

// ordinary is a graph with every kind of claim.
func ordinary(t testing.TB) *graph.Graph {
	t.Helper()
	one, two := loan(), loan()
	one.Factuality, one.Confidence = schema.Asserted, 0.9
	two.Factuality, two.Time, two.Attribution = schema.Asserted, &schema.Time{Value: "2020-02", Precision: "month", Text: "in February"}, nil
	denied := graphtest.Claim("Russia attacks Belarus", schema.Negated)
	open := graphtest.Claim("Belarus at_war_with Sochi", schema.Alleged)
	open.Time = &schema.Time{Value: "1994/", Precision: "interval", Text: "since 1994"}
	says := graphtest.Claim("Vladimir_Putin says x", schema.Reported)
	says.Object = schema.Value{Literal: "We will lend"}
	self := graphtest.Claim("Russia needs Russia", schema.Asserted)
	first, second := graphtest.Doc("first", one, denied, says), graphtest.Doc("second", one, two, open, self)
	first.Document.Publisher, first.Document.Title, first.Document.URL, first.Document.Published = "Wire", "A loan", "https://example.org/1", "2020-09-15"
	second.Document.Publisher = "Monitor"
	return graphtest.Open(t, table(), first, second)
}

// written returns the files of an export by name; a format of one file has the name "".
func written(t testing.TB, g *graph.Graph, format string, o export.Options) (map[string]string, export.Report) {
	t.Helper()
	f, ok := export.FormatNamed(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	files := memory{}
	var r export.Report
	var err error
	if f.Folder {
		r, err = f.WriteFolder(t.Context(), g, o, files)
	} else {
		var b bytes.Buffer
		r, err = f.Write(t.Context(), g, o, &b)
		files[""] = b.String()
	}
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return files, r
}

// memory is a folder in memory.
type memory map[string]string

func (m memory) File(name string, write func(w io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	m[name] = b.String()
	return err
}

// saved writes a text to a file of this name and returns its path.
func saved(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// python runs a script of testdata under a Python 3 that has the module, or skips the test.
func python(t testing.TB, module, script string, args ...string) []byte {
	t.Helper()
	for _, exe := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), exe, "-c", "import "+module).Run() == nil {
			return output(t, exe, append([]string{filepath.Join("testdata", script)}, args...)...)
		}
	}
	t.Skipf("no Python 3 with %s (apt-get install python3-%s)", module, module)
	return nil
}

// node runs a script of testdata/npm under Node with its packages, or skips the test.
func node(t testing.TB, script string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join("testdata", "npm", "node_modules")); err != nil {
		t.Skip("no npm packages (npm ci --prefix graph/export/testdata/npm)")
	}
	return output(t, "node", append([]string{filepath.Join("testdata", "npm", script)}, args...)...)
}

func output(t testing.TB, exe string, args ...string) []byte {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.CommandContext(t.Context(), exe, args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", exe, strings.Join(args, " "), err, out, said.String())
	}
	return out
}

// decoded reads JSON into a new T.
func decoded[T any](t testing.TB, data []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %.300s", err, data)
	}
	return v
}

// openHostile is a graph of one document whose metadata are the label of an entity.
func openHostile(t testing.TB, entities []schema.Entity, claims []schema.Claim) *graph.Graph {
	t.Helper()
	d := graphtest.Doc("d", claims...)
	label := entities[0].Label
	d.Document.Title, d.Document.Publisher, d.Document.Published, d.Document.URL = label, label, label, "javascript:"+label
	return graphtest.Open(t, entities, d)
}
