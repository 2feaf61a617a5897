package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"newsgraph/graph/query"
	"newsgraph/server/problem"
	"newsgraph/server/sandbox"
)

type queryResultJSON struct {
	Columns   []string          `json:"columns"`
	Rows      [][]sandboxCell   `json:"rows"`
	Elapsed   float64           `json:"elapsed_ms"`
	Truncated bool              `json:"truncated"`
	Limit     int               `json:"limit"`
	Data      []json.RawMessage `json:"data,omitempty"`
}

// sandboxCell is a cell without the name of its column.
type sandboxCell struct {
	Kind     string `json:"kind"`
	Text     string `json:"text"`
	ID       string `json:"id,omitempty"`
	Label    string `json:"label,omitempty"`
	Type     string `json:"type,omitempty"`
	Datatype string `json:"datatype,omitempty"`
	Lang     string `json:"lang,omitempty"`
}

func languages() []languageJSON {
	var list []languageJSON
	for _, l := range sandbox.Languages() {
		list = append(list, languageJSON(l))
	}
	return list
}

func (a *API) query(w http.ResponseWriter, r *http.Request) error {
	var q struct {
		Lang    string `json:"lang"`
		Text    string `json:"text"`
		Limit   int    `json:"limit"`
		Timeout int64  `json:"timeout_ms"`
	}
	if err := newParams(r).done(); err != nil {
		return err
	}
	if err := decode(r, &q); err != nil {
		return err
	}
	request, err := a.limited(sandbox.Request{Language: q.Lang, Text: q.Text, Limit: q.Limit, TimeoutMS: q.Timeout})
	if err != nil {
		return err
	}
	started, t := time.Now(), newTable()
	answer, err := a.o.Queries.Run(r.Context(), request, t.add)
	if err != nil {
		return err
	}
	return write(w, http.StatusOK, queryResultJSON{Columns: t.columns, Rows: t.whole(), Elapsed: milliseconds(started), Truncated: answer.Truncated, Limit: request.Limit})
}

// limited brings a query within the server's limits.
func (a *API) limited(q sandbox.Request) (sandbox.Request, error) {
	most := a.o.Limits.QueryTimeout.Milliseconds()
	switch {
	case strings.TrimSpace(q.Text) == "":
		return q, problem.Bad("text is missing")
	case len(q.Text) > query.MaxText:
		return q, query.ErrTooLong
	case q.Limit < 0:
		return q, problem.Bad("limit must not be less than 0")
	case q.TimeoutMS < 0:
		return q, problem.Bad("timeout_ms must not be less than 0")
	}
	if q.Limit == 0 || q.Limit > a.o.Limits.QueryRows {
		q.Limit = a.o.Limits.QueryRows
	}
	if q.TimeoutMS == 0 || q.TimeoutMS > most {
		q.TimeoutMS = most
	}
	return q, nil
}

// table gathers rows in columns, one for each name in the order of the first row that has it.
type table struct {
	columns []string
	at      map[string]int
	rows    [][]sandboxCell
}

func newTable() *table { return &table{columns: []string{}, at: map[string]int{}} }

func (t *table) add(line json.RawMessage) error {
	var row sandbox.Row
	if err := json.Unmarshal(line, &row); err != nil {
		return fmt.Errorf("read a row: %w", err)
	}
	out := make([]sandboxCell, len(t.columns))
	for _, c := range row.Cells {
		at, ok := t.at[c.Column]
		if !ok {
			at = len(t.columns)
			t.at[c.Column], t.columns = at, append(t.columns, c.Column)
		}
		for len(out) <= at {
			out = append(out, sandboxCell{})
		}
		out[at] = sandboxCell{c.Kind, c.Text, c.ID, c.Label, c.Type, c.Datatype, c.Lang}
	}
	t.rows = append(t.rows, out)
	return nil
}

// whole gives all rows the same length; what a row has not is a cell of the kind none.
func (t *table) whole() [][]sandboxCell {
	out := make([][]sandboxCell, 0, len(t.rows))
	for _, row := range t.rows {
		for len(row) < len(t.columns) {
			row = append(row, sandboxCell{})
		}
		for i := range row {
			if row[i].Kind == "" {
				row[i].Kind = "none"
			}
		}
		out = append(out, row)
	}
	return out
}

type exampleJSON struct {
	Lang        string `json:"lang"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Text        string `json:"text"`
}

func (a *API) examples(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	return write(w, http.StatusOK, itemsJSON[exampleJSON]{examples()})
}

// examples are queries to begin with. A test runs each on the sample articles.
func examples() []exampleJSON {
	return []exampleJSON{
		{"gizmo", "Who is said to meet whom", "Every pair of entities joined by the claim meets.",
			`g.V().Tag("who").Out("meets").Tag("whom").Unique().Limit(50).All()`},
		{"gizmo", "What one country does to another", "Predicates of the claims from Russia to Belarus.",
			`g.V("Russia").Out(null, "predicate").Is("Belarus").Unique().All()`},
		{"gizmo", "Only what the articles themselves assert", "fact: leaves out what is alleged, planned or denied.",
			`g.V("Svetlana Tikhanovskaya").Out("fact:told").Unique().All()`},
		{"gizmo", "Two steps away", "Whom her rival thanks.",
			`g.V("Svetlana Tikhanovskaya").Out("rival_of").Out("thanks").Unique().All()`},
		{"gizmo", "Claims and their words", "What is only alleged: who is said to do what to whom, in the words of the article.",
			`g.V().Has("factuality", "alleged").Save("subject", "who").Save("relation", "words").Save("object", "whom").All()`},
		{"gizmo", "All people", "Entities of the class Person.",
			`g.V().Has("type", "Person").Limit(100).All()`},
		{"gizmo", "Articles of one publisher", "Documents with title and date of publication.",
			`g.V().Has("publisher", "Sample Wire").Save("title", "title").Save("published", "published").All()`},
		{"gizmo", "Count in JavaScript", "How many claims come from each of the articles: any JavaScript works.",
			"var count = {}\ng.V().Has(\"type\", \"NewsArticle\").ForEach(function (d) {\n  count[d.id] = g.V(d.id).LabelContext(d.id).In(null).Count()\n})\ng.Emit(count)"},
		{"graphql", "One entity and what it does", "Fields are predicates; braces follow them one step further.",
			`{ nodes(id: "Svetlana Tikhanovskaya") { id rival_of { id accuses @opt { id } } } }`},
		{"graphql", "Who does it to it", "@rev turns a predicate round: who gives Belarus a loan.",
			`{ nodes(id: "Belarus") { id loans @rev { id } } }`},
		{"graphql", "Some of a class", "Arguments are what an object must have; first and offset cut.",
			`{ nodes(type: "Country", first: 20) { id sanctions @opt { id } } }`},
		{"graphql", "Claims and their words", "What is only alleged: who is said to do what to whom, in the words of the article.",
			`{ nodes(factuality: "alleged") { subject relation object } }`},
		{"graphql", "Articles of one publisher", "Documents with title and date of publication.",
			`{ nodes(publisher: "Sample Wire") { title published } }`},
		{"mql", "One entity and what it does", "Keys are predicates; [] asks for all objects, null for one.",
			`[{"id": "Svetlana Tikhanovskaya", "rival_of": [], "thanks": []}]`},
		{"mql", "Who does it to it", "! turns a predicate round: who gives Belarus a loan.",
			`[{"id": "Belarus", "!loans": []}]`},
		{"mql", "Two steps away", "An object in the place of a value is one step further: whom her rival thanks.",
			`[{"id": "Svetlana Tikhanovskaya", "rival_of": {"id": null, "thanks": []}}]`},
		{"mql", "All of a class", "A value is what an object must have.",
			`[{"id": null, "type": "Person"}]`},
		{"mql", "Claims and their words", "What is only alleged: who is said to do what to whom, in the words of the article.",
			`[{"id": null, "factuality": "alleged", "subject": null, "relation": null, "object": null}]`},
		{"mql", "Articles of one publisher", "Documents with title and date of publication.",
			`[{"id": null, "publisher": "Sample Wire", "title": null, "published": null}]`},
	}
}
