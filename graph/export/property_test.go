package export_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/internal/graphtest"
)

// properties is a property graph as a reader sees it: nodes by ID.
type properties struct {
	Wrong []string
	Nodes map[string]map[string]any
	Arcs  []map[string]any
	Lines int
}

func (p *properties) wrong(format string, args ...any) {
	p.Wrong = append(p.Wrong, fmt.Sprintf(format, args...))
}

// imported reads the files by the rules of neo4j-admin: a head of name:kind, IDs that are there once, ends that are there,
// values that are of their kind, and no line breaks in a cell.
func imported(t testing.TB, files map[string]string) *properties {
	t.Helper()
	p := &properties{Nodes: map[string]map[string]any{}}
	for _, name := range []string{"entities.csv", "articles.csv", "claims.csv", "literals.csv", "ties.csv", "roles.csv", "evidence.csv"} {
		text, ok := files[name]
		if !ok || !strings.Contains(files["import.sh"], "="+name) {
			p.wrong("no %s, or the script does not load it", name)
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if n := strings.Count(text, "\n"); n != len(rows) {
			p.wrong("%s: %d lines and %d rows: a cell has a line break", name, n, len(rows))
		}
		for _, row := range rows[1:] {
			p.row(name, rows[0], row)
		}
	}
	return p
}

var (
	headForm  = regexp.MustCompile(`^(id:ID|:LABEL|:START_ID|:END_ID|:TYPE|[a-z]+:(string|string\[\]|int|double|date))$`)
	labelForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

func (p *properties) row(file string, head, row []string) {
	record := map[string]any{}
	for i, column := range head {
		if !headForm.MatchString(column) {
			p.wrong("%s: column %q", file, column)
		}
		name, kind, _ := strings.Cut(column, ":")
		cell := row[i]
		var err error
		switch {
		case name == "" || cell == "" && name != "id":
			name = column
			record[name] = cell
		case kind == "int":
			_, err = strconv.Atoi(cell)
		case kind == "double":
			_, err = strconv.ParseFloat(cell, 64)
		case kind == "date":
			_, err = time.Parse(time.DateOnly, cell)
		}
		if err != nil {
			p.wrong("%s: %v", file, err)
		}
		record[name] = cell
	}
	if id, ok := record["id"].(string); ok {
		if p.Nodes[id] != nil {
			p.wrong("%s: %s is there twice", file, id)
		}
		for label := range strings.SplitSeq(record[":LABEL"].(string), ";") {
			if !labelForm.MatchString(label) {
				p.wrong("%s: label %q", file, label)
			}
		}
		p.Nodes[id] = record
		return
	}
	for _, end := range []string{":START_ID", ":END_ID"} {
		if p.Nodes[record[end].(string)] == nil {
			p.wrong("%s: no node %s", file, record[end])
		}
	}
	if !labelForm.MatchString(record[":TYPE"].(string)) {
		p.wrong("%s: type %q", file, record[":TYPE"])
	}
	p.Arcs = append(p.Arcs, record)
}

func TestNeo4j(t *testing.T) {
	t.Parallel()
	files, _ := written(t, ordinary(t), "neo4j", export.Options{})
	p := imported(t, files)
	if len(p.Wrong) > 0 {
		t.Errorf("neo4j-admin refuses:\n%s", strings.Join(p.Wrong, "\n"))
	}
	var ties []string
	for _, a := range p.Arcs {
		if a["claim"] != nil || a[":TYPE"] == "SOURCE" {
			ties = append(ties, fmt.Sprint(a[":START_ID"], " ", a[":TYPE"], " ", a[":END_ID"]))
		}
	}
	slices.Sort(ties)
	want := []string{
		"ent:Belarus CLAIMED_AT_WAR_WITH ent:Sochi", "ent:Russia DENIED_ATTACKS ent:Belarus", "ent:Russia LOANS ent:Belarus",
		"ent:Russia LOANS ent:Belarus", "ent:Russia NEEDS ent:Russia", "ent:Vladimir_Putin CLAIMED_SAYS lit:0da9a7c5f2248fd9dfd6ef02",
		"id:f0594f12726d4e89654e9c8a SOURCE ent:RIA", "id:f0594f12726d4e89654e9c8a SOURCE ent:Vladimir_Putin",
	}
	if diff := cmp.Diff(want, ties); diff != "" {
		t.Errorf("ties (-want +got):\n%s", diff)
	}
	claim := p.Nodes["id:f0594f12726d4e89654e9c8a"]
	for name, want := range map[string]string{"attribution": "RIA;Vladimir Putin", "first": "2020-09-14", "documents": "2", "quantities": "1500000000 USD"} {
		if claim[name] != want {
			t.Errorf("%s is %v, want %s", name, claim[name], want)
		}
	}
}

// Neo4j's own parser reads the script, and what it makes is what the tables hold.
func TestCypher(t *testing.T) {
	t.Parallel()
	script, _ := written(t, ordinary(t), "cypher", export.Options{})
	p := decoded[properties](t, node(t, "cypher.js", saved(t, "x.cypher", script[""]), "lint"))
	if len(p.Wrong) > 0 {
		t.Errorf("refused:\n%s", strings.Join(p.Wrong, "\n"))
	}
	compareGraphs(t, ordinary(t), &p)
}

func TestPropertiesHostile(t *testing.T) {
	t.Parallel()
	g := hostile(t)
	files, _ := written(t, g, "neo4j", export.Options{})
	tables := imported(t, files)
	if len(tables.Wrong) > 0 {
		t.Errorf("neo4j-admin refuses:\n%s", strings.Join(tables.Wrong, "\n"))
	}
	script, _ := written(t, g, "cypher", export.Options{})
	if strings.Contains(script[""], `\\u`) || strings.Contains(script[""], `\u`) {
		t.Error(`a reader that takes \u for a character anywhere finds one`)
	}
	p := decoded[properties](t, node(t, "cypher.js", saved(t, "x.cypher", script[""])))
	if len(p.Wrong) > 0 {
		t.Errorf("refused:\n%s", strings.Join(p.Wrong, "\n"))
	}
	compareGraphs(t, g, &p)
	names := map[any]bool{}
	for _, n := range p.Nodes {
		names[n["name"]] = true
	}
	for _, name := range hostileNames() {
		if !names[holdable(name)] {
			t.Errorf("no node is called %q", name)
		}
	}
}

// compareGraphs says that a script makes the nodes and relationships of the tables.
func compareGraphs(t *testing.T, g *graph.Graph, script *properties) {
	t.Helper()
	files, _ := written(t, g, "neo4j", export.Options{})
	tables := imported(t, files)
	if len(tables.Nodes) != len(script.Nodes) || len(tables.Arcs) != len(script.Arcs) || script.Lines != 1+len(script.Nodes)+len(script.Arcs) {
		t.Errorf("tables: %d nodes, %d arcs; script: %d nodes, %d arcs in %d lines",
			len(tables.Nodes), len(tables.Arcs), len(script.Nodes), len(script.Arcs), script.Lines)
	}
	for id, n := range tables.Nodes {
		other := script.Nodes[id]
		for _, name := range []string{"name", "title", "value", "predicate", "relation", "iri"} {
			if v, ok := n[name].(string); ok && v != "" && strings.Join(strings.Fields(v), " ") != strings.Join(strings.Fields(fmt.Sprint(other[name])), " ") {
				t.Errorf("%s: %s is %q in the tables and %q in the script", id, name, v, other[name])
			}
		}
		if labels := strings.Split(n[":LABEL"].(string), ";"); fmt.Sprint(labels) != fmt.Sprint(other["labels"]) {
			t.Errorf("%s: labels %v and %v", id, labels, other["labels"])
		}
	}
	var a, b []string
	for _, x := range tables.Arcs {
		a = append(a, fmt.Sprint(x[":START_ID"], x[":TYPE"], x[":END_ID"]))
	}
	for _, x := range script.Arcs {
		b = append(b, fmt.Sprint(x["from"], x["kind"], x["to"]))
	}
	slices.Sort(a)
	slices.Sort(b)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("relationships (-tables +script):\n%s", diff)
	}
}

func TestPropertiesEmpty(t *testing.T) {
	t.Parallel()
	files, _ := written(t, graphtest.Open(t, nil), "neo4j", export.Options{})
	if p := imported(t, files); len(p.Wrong) > 0 || len(files) != 8 {
		t.Errorf("%d files; %v", len(files), p.Wrong)
	}
}
