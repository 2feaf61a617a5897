package export_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/schema"
)

// ftmRead is what FollowTheMoney's own model makes of an export.
type ftmRead struct {
	Wrong    []string
	Schemata map[string]int
	Edges    [][]string
	Types    map[string][]string
}

func readFTM(t *testing.T, g *graph.Graph, o export.Options) ftmRead {
	t.Helper()
	files, _ := written(t, g, "ftm", o)
	return decoded[ftmRead](t, node(t, "ftm.js", saved(t, "x.ftm.json", files[""])))
}

// ftmWorld is a graph with a claim for every schema of the mapping.
func ftmWorld(t testing.TB) *graph.Graph {
	t.Helper()
	types := map[string]string{
		"Ann": "Person", "Bob": "Person", "Carl": "Person", "Acme": "Company", "Zeta": "Company", "Belarus": "Country", "Russia": "Country",
		"Minsk": "City", "Duma": "Government", "Greens": "Party", "Summit": "Event", "Treaty": "Agreement", "Act": "Law", "Freedom": "Concept",
		"Crowd": "Group", "Tank": "Product", "Someone": "",
	}
	var entities []schema.Entity
	for id, class := range types {
		entities = append(entities, schema.Entity{ID: id, Label: id, Type: class})
	}
	words := []string{
		"Ann head_of_state_of Belarus", "Bob minister_of Duma", "Ann chief_executive_of Acme", "Bob works_for Acme", "Ann member_of Greens",
		"Ann owns Acme", "Zeta subsidiary_of Acme", "Acme pays Bob", "Russia loans Belarus", "Ann owes Bob", "Ann spouse_of Bob", "Ann child_of Carl",
		"Ann friend_of Carl", "Bob lawyer_of Ann", "Ann succeeded Bob", "Ann sues Acme", "Russia sanctions Acme", "Someone rival_of Ann",
		"Ann attends Summit", "Ann signs Treaty", "Ann opposes Act", "Russia condemns Freedom", "Tank located_in Minsk", "Ann knows_of Someone",
	}
	var claims []schema.Claim
	for _, w := range words {
		c := graphtest.Claim(w, schema.Asserted)
		c.Quantities = []schema.Quantity{{Value: 1.5e9, Unit: "USD", Text: "$1.5billion"}}
		claims = append(claims, c)
	}
	meets, visits, detains, says := graphtest.Claim("Ann meets Bob", schema.Asserted), graphtest.Claim("Ann visits Minsk", schema.Asserted),
		graphtest.Claim("Duma detains x", schema.Asserted), graphtest.Claim("Ann says x", schema.Asserted)
	meets.Event, visits.Event, detains.Event = "CONSULT", "CONSULT", "COERCE"
	meets.Place, meets.Time = &schema.Entity{ID: "Minsk"}, &schema.Time{Value: "2020-09", Precision: "month"}
	detains.Object, says.Object = schema.Value{Literal: "1,400 people"}, schema.Value{Literal: "no"}
	alleged, denied := graphtest.Claim("Bob owns Zeta", schema.Alleged), graphtest.Claim("Carl child_of Ann", schema.Negated)
	alleged.Attribution = []schema.Entity{{ID: "Ann"}}
	a := graphtest.Doc("doc", append(claims, meets, visits, detains, says, alleged, denied)...)
	a.Document.URL, a.Document.Title, a.Document.Published, a.Document.Publisher, a.Document.Language = "https://example.org/a?b=1", "T", "2020-09-15T10:00:00Z", "Wire", "en"
	return graphtest.Open(t, entities, a)
}

// FollowTheMoney's model takes every entity and finds the ends of every edge.
func TestFTM(t *testing.T) {
	t.Parallel()
	r := readFTM(t, ftmWorld(t), export.Options{})
	if len(r.Wrong) > 0 {
		t.Errorf("the model refuses:\n%s", strings.Join(r.Wrong, "\n"))
	}
	want := map[string]int{
		"Person": 3, "Company": 2, "PublicBody": 3, "Address": 1, "Organization": 1, "Event": 4, "Contract": 1, "Document": 1, "Asset": 1,
		"LegalEntity": 1, "Article": 1, "Position": 2, "Occupancy": 2, "Directorship": 1, "Employment": 1, "Membership": 1, "Ownership": 2,
		"Payment": 1, "Debt": 2, "Family": 2, "Associate": 1, "Representation": 1, "Succession": 1, "CourtCase": 1, "CourtCaseParty": 2,
		"Sanction": 1, "UnknownLink": 6, "Note": 2,
	}
	if diff := cmp.Diff(want, r.Schemata); diff != "" {
		t.Errorf("schemata (-want +got):\n%s", diff)
	}
	for _, want := range [][]string{
		{"Debt", "Belarus", "Russia"}, {"Debt", "Ann", "Bob"}, {"Ownership", "Ann", "Acme"}, {"Ownership", "Acme", "Zeta"},
		{"Payment", "Acme", "Bob"}, {"Succession", "Bob", "Ann"}, {"Occupancy", "Ann", "head of state of Belarus"}, {"Family", "Ann", "Carl"},
		{"CourtCaseParty", "Acme", "Ann v. Acme"}, {"UnknownLink", "Tank", "Minsk"},
	} {
		if !slices.ContainsFunc(r.Edges, func(e []string) bool { return slices.Equal(e, want) }) {
			t.Errorf("no edge %v among %v", want, r.Edges)
		}
	}
}

// What is not asserted comes only when it is asked for, and then as a link of no kind with its status, or as a note.
func TestFTMFactuality(t *testing.T) {
	t.Parallel()
	g := ftmWorld(t)
	_, report := written(t, g, "ftm", export.Options{})
	if report.ByFactuality != [7]int{schema.Alleged: 1, schema.Negated: 1} {
		t.Errorf("left out: %v", report.ByFactuality)
	}
	files, _ := written(t, g, "ftm", export.Options{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Alleged, schema.Negated}}})
	for _, want := range []string{
		`"schema":"UnknownLink","properties":{"description":["Bob owns Zeta (alleged, according to Ann)"]`, `"role":["alleged: owns"]`, `"status":["alleged"]`,
		`"schema":"Note","properties":{"description":["Carl is a child of Ann (negated)"]`, `"keywords":["negated","child_of"]`,
	} {
		if !strings.Contains(files[""], want) {
			t.Errorf("no %s in\n%s", want, files[""])
		}
	}
	if strings.Contains(files[""], `"Ownership"`) || strings.Contains(files[""], `"Family"`) {
		t.Errorf("an allegation is a fact in\n%s", files[""])
	}
}

// An article, and a claim with its evidence, word for word.
func TestFTMText(t *testing.T) {
	t.Parallel()
	files, _ := written(t, ftmWorld(t), "ftm", export.Options{Filter: graph.Filter{Predicates: []string{"loans"}}})
	lines := strings.Split(strings.TrimSpace(files[""]), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4:\n%s", len(lines), files[""])
	}
	if want := `{"id":"ng-ent-Belarus-bd470682a455","schema":"PublicBody","properties":{"country":["by"],"name":["Belarus"]}}`; lines[0] != want {
		t.Errorf("the first line is %s\nwant %s", lines[0], want)
	}
	for _, want := range []string{`"publishedAt":["2020-09-15"]`, `"language":["eng"]`, `"sourceUrl":["https://example.org/a?b=1"]`, `"title":["T"]`} {
		if !strings.Contains(lines[2], want) {
			t.Errorf("the article has no %s: %s", want, lines[2])
		}
	}
	for _, want := range []string{`"amount":["1500000000"],"creditor":["ng-ent-Russia-`, `"summary":["Russia loans Belarus"]`, `"currency":["USD"]`, `"recordId":["` + schema.DefaultBase + "id/", `"publisher":["Wire"]`} {
		if !strings.Contains(lines[3], want) {
			t.Errorf("the loan has no %s: %s", want, lines[3])
		}
	}
}

func TestFTMHostile(t *testing.T) {
	t.Parallel()
	r := readFTM(t, hostile(t), export.Options{AllFactuality: true})
	if len(r.Wrong) > 0 {
		t.Errorf("the model refuses:\n%s", strings.Join(r.Wrong, "\n"))
	}
	if len(r.Schemata) < 6 {
		t.Errorf("schemata %v", r.Schemata)
	}
}

// Statements are the same values as the entities, a row each, under the types that the model gives their properties.
func TestFTMStatements(t *testing.T) {
	t.Parallel()
	g := ftmWorld(t)
	entities, _ := written(t, g, "ftm", export.Options{AllFactuality: true})
	files, _ := written(t, g, "ftm-statements", export.Options{AllFactuality: true})
	rows := records(t, files[""], ',')
	var got, want []string
	for _, row := range rows {
		if row["prop"] != "id" {
			got = append(got, row["entity_id"]+" "+row["schema"]+" "+row["prop"]+" "+row["value"])
		}
		if !strings.HasPrefix(row["origin"], schema.DefaultBase) || len(row["id"]) != 40 || row["entity_id"] != row["canonical_id"] {
			t.Errorf("row %v", row)
		}
	}
	for line := range strings.Lines(entities[""]) {
		e := decoded[struct {
			ID, Schema string
			Properties map[string][]string
		}](t, []byte(line))
		for p, values := range e.Properties {
			for _, v := range values {
				want = append(want, fmt.Sprint(e.ID, " ", e.Schema, " ", p, " ", v))
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("statements (-entities +statements):\n%s", diff)
	}
	model := readFTM(t, g, export.Options{})
	for _, row := range rows {
		if row["prop"] != "id" && !slices.Contains(model.Types[row["prop"]], row["prop_type"]) {
			t.Errorf("%s is of type %v, not %s", row["prop"], model.Types[row["prop"]], row["prop_type"])
		}
	}
}

// Every term of FollowTheMoney in the vocabulary is one that the export knows.
func TestFTMVocabulary(t *testing.T) {
	t.Parallel()
	r := readFTM(t, ftmWorld(t), export.Options{})
	for _, p := range schema.Default().Predicates() {
		for _, term := range p.Same {
			if name, ok := strings.CutPrefix(term, "ftm:"); ok && r.Schemata[name] == 0 {
				t.Errorf("%s is %s, which no claim of the test became", p.Name, term)
			}
		}
	}
}
