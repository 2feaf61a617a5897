package export_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"newsgraph/graph/export"
	"newsgraph/schema"
)

// FuzzNames says that no text gets out of the place where it stands, in any format: names, predicates, quotes and what is
// known of the article are all the text.
func FuzzNames(f *testing.F) {
	for _, name := range hostileNames() {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !utf8.ValidString(name) || name == "" || len(name) > 1000 {
			t.Skip("the graph takes no such text")
		}
		entities := []schema.Entity{{ID: name, Label: name, Type: name, Aliases: []string{name + name}}, {ID: "other", Label: "other"}}
		c := schema.Claim{Subject: schema.Entity{ID: name}, Predicate: name, Relation: name, Object: schema.Value{Entity: &schema.Entity{ID: "other"}},
			Confidence: 0.5, Attribution: []schema.Entity{{ID: name}}, Quantities: []schema.Quantity{{Unit: name, Text: name}}, Time: &schema.Time{Text: name}}
		literal := c
		literal.Object = schema.Value{Literal: name}
		g := openHostile(t, entities, []schema.Claim{c, literal})
		for _, format := range export.Formats() {
			files, _ := written(t, g, format.Name, export.Options{AllFactuality: true, Literals: true})
			for file, text := range files {
				if check := checks[format.Name+file]; check != nil {
					check(t, text)
				}
			}
		}
	})
}

// checks are what has to hold of a file of a format, beside what other tests ask.
var checks = map[string]func(testing.TB, string){
	"gexf": wellFormed, "graphml": wellFormed, "jsonl": jsonLines, "ftm": jsonLines, "html": func(t testing.TB, text string) {
		if d := parsed(t, text); len(d.wrong) > 0 {
			t.Errorf("page: %v", d.wrong)
		}
	},
	"csv": rowsOf(3), "gephinodes.csv": rowsOf(4), "gephiedges.csv": rowsOf(3), "cypher": cypherLines,
	"neo4jentities.csv": oneLineEach(3), "neo4jclaims.csv": oneLineEach(3), "neo4jties.csv": oneLineEach(3), "neo4jevidence.csv": oneLineEach(3),
	"tsv": func(t testing.TB, text string) {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for _, line := range lines {
			if len(lines) != 3 || strings.Count(line, "\t") != strings.Count(lines[0], "\t") || strings.ContainsAny(line, "\r\x00") {
				t.Errorf("%d lines of tsv: %q", len(lines), line)
			}
		}
	},
}

// rowsOf says that a table has so many rows, and no cell that a spreadsheet runs.
func rowsOf(rows int) func(testing.TB, string) {
	return func(t testing.TB, text string) {
		if got := records(t, text, ','); len(got) != rows-1 {
			t.Errorf("%d rows of %d in %q", len(got)+1, rows, text)
		} else {
			unrunnable(t, got)
		}
	}
}

func oneLineEach(rows int) func(testing.TB, string) {
	return func(t testing.TB, text string) {
		all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(all) != rows || strings.Count(text, "\n") != rows {
			t.Errorf("%d rows of %d (%v) in %q", len(all), rows, err, text)
		}
	}
}

func wellFormed(t testing.TB, text string) {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %q", err, text)
		}
	}
}

func jsonLines(t testing.TB, text string) {
	for line := range strings.Lines(text) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %q", line)
		}
	}
}

// The shapes of a statement whose string literals are S.
var (
	cypherLiteral = regexp.MustCompile(`'(?:[^'\\\n\r]|\\[\\'nrt])*'(?: \+ '(?:[^'\\\n\r]|\\[\\'nrt])*')*`)
	cypherSets    = "( SET [nr](:`[A-Za-z0-9_]+`|\\.[a-z]+ = (S|[0-9.]+|date\\(S\\)|\\[S(, S)*\\]))(, [nr](:`[A-Za-z0-9_]+`|\\.[a-z]+ = (S|[0-9.]+|date\\(S\\)|\\[S(, S)*\\])))*)?;\n$"
	cypherShape   = regexp.MustCompile("^(// .*\n|CREATE INDEX .*;\n)$|^(MERGE \\(n:Newsgraph \\{id: S\\}\\)|MATCH \\(a:Newsgraph \\{id: S\\}\\) MATCH \\(b:Newsgraph \\{id: S\\}\\) MERGE " +
		"\\(a\\)-\\[r:`[A-Za-z0-9_]+` \\{[a-z]+: (S|[0-9]+)(, [a-z]+: [0-9]+)?\\}\\]->\\(b\\))" + cypherSets)
)

func cypherLines(t testing.TB, text string) {
	for line := range strings.Lines(text) {
		if !cypherShape.MatchString(cypherLiteral.ReplaceAllString(line, "S")) || strings.Contains(line, `\u`) || strings.Contains(line, `\U`) {
			t.Errorf("no statement of ours: %q", line)
		}
	}
}
