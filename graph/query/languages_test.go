package query_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/query"
)

func runIn(t *testing.T, g *graph.Graph, language, text string, o query.Options) ([]string, error) {
	t.Helper()
	var b bytes.Buffer
	err := query.Run(t.Context(), g, language, text, o, query.WriteJSON(&b))
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	slices.Sort(lines)
	if len(lines) == 1 && lines[0] == "" {
		lines = nil
	}
	return lines, err
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct {
		name, language, text string
		want                 []string
	}{
		{"gizmo", "gizmo", `g.V("Russia").Out("loans").Unique().All()`, []string{belarus}},
		{"by name", "graphql", `{ nodes(id: "Moscow") { id loans { id label } } }`,
			[]string{`{"id":"ent:Russia","id_label":"Russia","loans":{"id":"ent:Belarus","id_label":"Belarus","label":"Belarus"}}`}},
		{"by IRI", "graphql", `{ nodes(id: <https://example.org/newsgraph/entity/Russia>) { id <https://example.org/newsgraph/fact/loans> { id } } }`,
			[]string{`{"fact:loans":{"id":"ent:Belarus","id_label":"Belarus"},"id":"ent:Russia","id_label":"Russia"}`}},
		{"an object", "graphql", `{ nodes(leads: "Belarus") { id } }`, []string{sasha}},
		{"a class", "graphql", `{ nodes(type: "Country", first: 5) { id } }`, []string{belarus, russia}},
		{"a value", "graphql", `{ nodes(factuality: "planned") { source object { id } } }`,
			[]string{`{"object":{"id":"ent:Belarus","id_label":"Belarus"},"source":"ent:Vladimir_Putin","source_label":"Vladimir Putin"}`}},
		{"reversed", "graphql", `{ nodes(id: "Belarus") { who: leads @rev { id } } }`, []string{`{"who":` + sasha + `}`}},
		{"reversed by sign", "graphql", `{ nodes(id: "Belarus") { ~leads { id } } }`, []string{`{"leads":` + sasha + `}`}},
		{"optional", "graphql", `{ nodes(id: ["Putin", "Belarus"]) { id age @opt } }`,
			[]string{`{"age":67,"id":"ent:Vladimir_Putin","id_label":"Vladimir Putin"}`, belarus}},
		{"words", "graphql", `{ nodes(relation: "Viktor_Lukashenko fled_to Łódź/x") { subject { id } } }`, []string{`{"subject":{"id":"ent:Viktor_Lukashenko","id_label":"Viktor Lukashenko"}}`}},
		{"words with quotes", "graphql", `{ nodes(relation: "he said \"no\"") { subject } }`, nil},
		{"two at the top", "graphql", `{ a: nodes(id: "Russia") { id } b: nodes(id: "Belarus") { id } }`, []string{`{"a":` + russia + `,"b":` + belarus + `}`}},
		{"none", "graphql", `{ nodes(id: "Russia") { leads { id } borders } }`, nil},
		{"by name", "mql", `[{"id": "Moscow", "loans": null}]`, []string{`{"id":"ent:Russia","id_label":"Russia","loans":"ent:Belarus","loans_label":"Belarus"}`}},
		{"inside", "mql", `[{"id": null, "leads": {"id": "Belarus", "type": null}}]`,
			[]string{`{"id":"ent:Alexander_Lukashenko","id_label":"Alexander Lukashenko","leads":{"id":"ent:Belarus","id_label":"Belarus","type":"ng:Country"}}`}},
		{"reversed", "mql", `[{"id": "Belarus", "!leads": []}]`, []string{`{"!leads":["ent:Alexander_Lukashenko"],"id":"ent:Belarus","id_label":"Belarus"}`}},
		{"words", "mql", `[{"relation": "Viktor_Lukashenko fled_to Łódź/x", "subject": null}]`,
			[]string{`{"relation":"Viktor_Lukashenko fled_to Łódź/x","subject":"ent:Viktor_Lukashenko","subject_label":"Viktor Lukashenko"}`}},
		{"named twice", "mql", `[{"id": "Putin", "@a:leads": null, "@b:leads": "Russia"}]`,
			[]string{`{"@a:leads":"ent:Russia","@a:leads_label":"Russia","@b:leads":"ent:Russia","@b:leads_label":"Russia","id":"ent:Vladimir_Putin","id_label":"Vladimir Putin"}`}},
	}
	for _, tt := range tests {
		t.Run(tt.language+" "+tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := runIn(t, g, tt.language, tt.text, query.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := slices.Clone(tt.want)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestLanguageErrors(t *testing.T) {
	t.Parallel()
	g := news(t)
	deep := strings.Repeat("{loans", 50) + strings.Repeat("}", 50)
	wide := "{ nodes(id: \"Russia\") {" + strings.Repeat(" a: loans", 10_000/2) + "} }"
	tests := []struct{ name, language, text, want string }{
		{"language", "sparkle", "", `no query language "sparkle": there are gizmo, graphql, mql`},
		{"syntax", "graphql", `{ nodes(id: `, "read the query: "},
		{"nothing", "graphql", ``, "read the query: "},
		{"mutation", "graphql", `mutation { nodes { id } }`, "read the query: unsupported operation"},
		{"unknown name", "graphql", `{ nodes(id: "Rusia") { id } }`, `no entity is called "Rusia"; near it: Russia`},
		{"unknown field", "graphql", `{ nodes(id: "Russia") { loaned } }`, `no claim has the predicate "loaned"; near it: loans`},
		{"deep", "graphql", deep, "brackets in each other"},
		{"wide", "graphql", wide, "more than 200 fields"},
		{"long", "graphql", strings.Repeat("x", query.MaxText+1), "longer than"},
		{"fragment", "graphql", `{ nodes { ...f } }`, "read the query: "},
		{"syntax", "mql", `[{"id": `, "read the query: "},
		{"unknown name", "mql", `[{"id": "Rusia"}]`, `no entity is called "Rusia"`},
		{"unknown field", "mql", `[{"id": null, "loaned": null}]`, `no claim has the predicate "loaned"`},
		{"ambiguous", "mql", `[{"id": "Lukashenko"}]`, "may mean"},
		{"deep", "mql", strings.Repeat("[", 100) + strings.Repeat("]", 100), "brackets in each other"},
		{"empty field", "mql", `[{"": null}]`, "an empty name"},
	}
	for _, tt := range tests {
		t.Run(tt.language+" "+tt.name, func(t *testing.T) {
			t.Parallel()
			rows, err := runIn(t, g, tt.language, tt.text, query.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("rows %v, error %v, want one with %q", rows, err, tt.want)
			}
		})
	}
	for language, text := range map[string]string{"graphql": `{ nodes(type: "Country") { id } }`, "mql": `[{"id": null, "type": "Country"}]`} {
		if rows, err := runIn(t, g, language, text, query.Options{Limit: 1}); err != nil || len(rows) != 1 {
			t.Errorf("%s, limit 1: %v, %v", language, rows, err)
		}
		if rows, err := runIn(t, g, language, text, query.Options{Timeout: time.Nanosecond}); !errors.Is(err, query.ErrDeadline) {
			t.Errorf("%s, out of time: %v, %v", language, rows, err)
		}
	}
}

// FuzzLanguages: whatever stands in a query, an error or an answer comes back.
func FuzzLanguages(f *testing.F) {
	for _, text := range []string{`{ nodes(id: "Moscow", first: 3) { id ~loans @opt { * } } }`, `[{"id": null, "!leads": [], "@a:type": "x"}]`, `{a(b:<c>){d @rev(e:[1,"f"])}}`} {
		f.Add(text)
	}
	g := newsFor(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range []string{"graphql", "mql"} {
			_, _ = runIn(t, g, language, text, query.Options{Timeout: time.Second})
		}
	})
}
