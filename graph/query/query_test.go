package query_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/query"
	"newsgraph/schema"
)

func news(t *testing.T) *graph.Graph { return newsFor(t) }

func newsFor(t testing.TB) *graph.Graph {
	c := graphtest.Claim
	loan := c("Russia loans Belarus", schema.Planned)
	loan.Attribution = []schema.Entity{{ID: "Vladimir_Putin"}}
	loan.Quantities = []schema.Quantity{{Value: 1.5e9, Unit: "USD"}}
	age := c("Vladimir_Putin age x", schema.Asserted)
	age.Object = schema.Value{Literal: "67", Datatype: schema.XSD + "integer"}
	return graphtest.Open(t, []schema.Entity{
		{ID: "Russia", Label: "Russia", Type: "Country", Aliases: []string{"Moscow", "Russian Federation"}},
		{ID: "Belarus", Label: "Belarus", Type: "Country", Aliases: []string{"Minsk"}},
		{ID: "Vladimir_Putin", Label: "Vladimir Putin", Type: "Person", Aliases: []string{"Putin"}},
		{ID: "Alexander_Lukashenko", Label: "Alexander Lukashenko", Type: "Person"},
		{ID: "Viktor_Lukashenko", Label: "Viktor Lukashenko", Type: "Person"},
		{ID: "Łódź/x", Label: "Łódź"},
	},
		graphtest.Doc("one", loan, age, c("Vladimir_Putin leads Russia", schema.Asserted), c("Alexander_Lukashenko leads Belarus", schema.Asserted),
			c("Viktor_Lukashenko fled_to Łódź/x", schema.Reported)),
		graphtest.Doc("two", c("Russia loans Belarus", schema.Asserted), c("Russia invades Belarus", schema.Negated), c("Alexander_Lukashenko meets Vladimir_Putin", schema.Asserted)))
}

func run(t *testing.T, g *graph.Graph, text string, o query.Options) ([]string, error) {
	t.Helper()
	var b bytes.Buffer
	err := query.Gizmo(t.Context(), g, text, o, query.WriteJSON(&b))
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	slices.Sort(lines)
	if len(lines) == 1 && lines[0] == "" {
		lines = nil
	}
	return lines, err
}

const (
	belarus = `{"id":"ent:Belarus","id_label":"Belarus"}`
	russia  = `{"id":"ent:Russia","id_label":"Russia"}`
	putin   = `{"id":"ent:Vladimir_Putin","id_label":"Vladimir Putin"}`
	sasha   = `{"id":"ent:Alexander_Lukashenko","id_label":"Alexander Lukashenko"}`
)

func TestGizmo(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct {
		name, text string
		want       []string
	}{
		{"by label", `g.V("Russia").Out("loans").All()`, []string{belarus, belarus}},
		{"unique", `g.V("Russia").Out("loans").Unique().All()`, []string{belarus}},
		{"small letters", `g.v("the russian federation").out("loans").unique().all()`, []string{belarus}},
		{"alias", `g.V("Minsk").In("loans").Unique().All()`, []string{russia}},
		{"prefixes", `g.V("ent:Russia").Out("fact:loans").All()`, []string{belarus}},
		{"Cayley's brackets", `g.V("<ent:Russia>").Out("<fact:loans>").All()`, []string{belarus}},
		{"IRIs", `g.V("https://example.org/newsgraph/entity/Russia").Out(iri("https://example.org/newsgraph/fact/loans")).All()`, []string{belarus}},
		{"iri with a prefix", `g.V(iri("ent:Russia")).Out(iri("fact:loans")).All()`, []string{belarus}},
		{"names that need escapes", `g.V("ent:Łódź/x", "ent:Łódź%2Fx").In("fled to").Tag("who").Unique().All()`,
			[]string{`{"id":"ent:Viktor_Lukashenko","id_label":"Viktor Lukashenko","who":"ent:Viktor_Lukashenko","who_label":"Viktor Lukashenko"}`}},
		{"letters of any script", `g.V("lodz").Tag("where").In("fled to").All()`,
			[]string{`{"id":"ent:Viktor_Lukashenko","id_label":"Viktor Lukashenko","where":"ent:Łódź%2Fx","where_label":"Łódź"}`}},
		{"several predicates", `g.V("Putin").Out(["leads", "age"]).All()`, []string{`{"id":67}`, russia}},
		{"any predicate of claims", `g.V("Putin").Out(["leads", "age"], "how").All()`, []string{`{"id":67,"how":"claim:age"}`, `{"id":"ent:Russia","id_label":"Russia","how":"claim:leads"}`}},
		{"save", `g.V("Belarus").Save("type", "kind").Save("label").All()`, []string{`{"id":"ent:Belarus","id_label":"Belarus","kind":"ng:Country","label":"Belarus"}`}},
		{"has an entity", `g.V().Has("leads", "Belarus").All()`, []string{sasha}},
		{"has a type", `g.V().Has("type", "country").All()`, []string{belarus, russia}},
		{"has a label", `g.V().Has("label", "Belarus").All()`, []string{belarus}},
		{"has a number", `g.V().Has("age", 67).All()`, []string{putin}},
		{"compares numbers", `g.V().Has("age", gt(60)).All()`, []string{putin}},
		{"compares numbers, none", `g.V().Has("age", gt(70)).All()`, nil},
		{"filter by pattern", `g.V("Putin", "Belarus").Filter(regex("Bel", true)).All()`, []string{belarus}},
		{"has a factuality", `g.V().Has("factuality", "planned").Out("source").All()`, []string{putin}},
		{"claims of a source", `g.V("Putin").In("source").Out("object").All()`, []string{belarus}},
		{"hasR", `g.V("Russia", "Belarus").HasR("leads", "Putin").All()`, []string{russia}},
		{"both", `g.V("Alexander Lukashenko").Both("meets").All()`, []string{putin}},
		{"two hops", `g.V("Putin").Out("leads").Out("loans").Unique().All()`, []string{belarus}},
		{"morphism", `var led = g.M().Out("leads"); g.V("Putin").Follow(led).All(); g.V("Russia").FollowR(led).All()`, []string{russia, putin}},
		{"recursive", `g.V("Alexander Lukashenko").FollowRecursive(g.M().Out(["meets", "leads", "loans"])).Unique().All()`, []string{belarus, russia, putin}},
		{"and", `g.V("Alexander Lukashenko").Out().And(g.V("Russia").Out()).Unique().All()`, []string{`{"id":"ent:Belarus","id_label":"Belarus"}`}},
		{"except", `g.V("Russia", "Belarus").Except(g.V("Russia")).All()`, []string{belarus}},
		{"back", `g.V("Putin").Tag("x").Out("leads").Back("x").All()`, []string{`{"id":"ent:Vladimir_Putin","id_label":"Vladimir Putin","x":"ent:Vladimir_Putin","x_label":"Vladimir Putin"}`}},
		{"count", `g.V("Russia").Out("loans").Count()`, []string{"2"}},
		{"emit", `g.Emit({n: g.V("Russia").Out("loans").Unique().Count(), "<b>": [1, "x"]})`, []string{`{"<b>":[1,"x"],"n":1}`}},
		{"for each", `g.V("Russia").Out("loans").Unique().ForEach(function (d) { g.V(d.id).In("leads").All() })`, []string{sasha}},
		{"array", `g.V("Russia").Out("loans").Unique().ToArray()`, []string{`["ent:Belarus"]`}},
		{"tag array", `g.Emit(g.V("Russia").Tag("x").Out("loans").Unique().TagArray())`, []string{`[{"id":"ent:Belarus","x":"ent:Russia"}]`}},
		{"value", `g.V("Russia").Out("loans").ToValue()`, []string{`"ent:Belarus"`}},
		{"get limit", `g.V("Russia").Out("loans").GetLimit(1)`, []string{belarus}},
		{"limit", `g.V("Russia").Out("loans").Limit(1).All()`, []string{belarus}},
		{"a predicate of the vocabulary that no claim has", `g.V("Russia").Out("borders").All()`, nil},
		{"a predicate that is only denied", `g.V("Russia").Out("invades").All()`, nil},
		{"denied", `g.V("Russia").Out("denied:invades").All()`, []string{belarus}},
		{"a prefixed name that is not there", `g.V("ent:Nowhere").Out("claim:nothing").All()`, nil},
		{"a document", `g.V("one").Out("text").Count()`, []string{"1"}},
		{"labels", `g.V("Russia").LabelContext("one").Out("object").All()`, nil},
		{"string value", `g.V(str("Belarus")).In("label").All()`, []string{belarus}},
		{"nothing", ``, nil},
		{"plain JavaScript", `1 + 2`, []string{"3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := run(t, g, tt.text, query.Options{})
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

func TestGizmoErrors(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct{ name, text, want string }{
		{"ambiguous", `g.V("Lukashenko").Out("leads").All()`, `"Lukashenko" may mean ent:Alexander_Lukashenko, ent:Viktor_Lukashenko`},
		{"unknown", `g.V("Rusia").All()`, `no entity is called "Rusia"; near it: Russia`},
		{"unknown predicate", `g.V("Russia").Out("loaned").All()`, `no claim has the predicate "loaned"; near it: loans`},
		{"unknown inside", `g.V("Russia").Out("loans").ForEach(function (d) { g.V("Nobody").All() })`, `no entity is called "Nobody"`},
		{"syntax", `g.V("Russia"`, "read the query: SyntaxError"},
		{"unknown method", `g.V("Russia").Sideways()`, "TypeError"},
		{"not run", `g.V("Russia").Out("loans")`, "All()"},
		{"an object for a name", `g.V({a: 1}).All()`, "a name, a number or a value is wanted here, not object"},
		{"an object for a predicate", `g.V("Russia").Out({a: 1}).All()`, "not object"},
		{"a number for a tag", `g.V("Russia").Tag(1).All()`, "a string is wanted"},
		{"nothing for a path", `g.V("Russia").And().All()`, "a path is wanted"},
		{"a string for a limit", `g.V("Russia").Limit("x").All()`, "a number is wanted"},
		{"no callback", `g.V("Russia").ForEach(1)`, "a function is wanted"},
		{"an empty name", `g.V("").All()`, "not an empty string"},
		{"an empty list", `var none = []; g.V(none).All()`, "not an empty list"},
		{"no predicate", `g.V("Russia").Out("").All()`, "not an empty string"},
		{"a predicate of null", `g.V("Russia").Out(["loans", null]).All()`, "not null"},
		{"a circle", `var o = {}; o.o = o; o`, "goes in a circle"},
		{"thrown", `throw "stop"`, "stop"},
		{"bad pattern", `g.V().Filter(regex("(")).All()`, "missing closing"},
		{"too long", strings.Repeat(" ", query.MaxText+1), "longer than"},
		{"deep", strings.Repeat("(", query.MaxText-1), "in each other"},
		{"deep without brackets", strings.Repeat("!", 20000), "SyntaxError"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rows, err := run(t, g, tt.text, query.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("rows %v, error %v, want one with %q", rows, err, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	g := news(t)
	for limit, want := range map[int]int{1: 1, 3: 3, 0: 7, -1: 7} {
		rows, err := run(t, g, `g.V("Russia", "Belarus", "Putin", "ent:Alexander_Lukashenko", "ent:Viktor_Lukashenko", "lodz", "one").All()`, query.Options{Limit: limit})
		if err != nil || len(rows) != want {
			t.Errorf("limit %d: %d rows, %v, want %d", limit, len(rows), err, want)
		}
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	g := news(t)
	for _, text := range []string{`while (true) {}`, `for (;;) { g.V("Russia").Out("loans").Count() }`, `var a = function () { for (;;) {} }; g.V().ForEach(a)`} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := run(t, g, text, query.Options{Timeout: 50 * time.Millisecond})
			if !errors.Is(err, query.ErrDeadline) {
				t.Errorf("error %v, want %v", err, query.ErrDeadline)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("ended after %v", took)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := query.Gizmo(ctx, g, `1`, query.Options{}, func(query.Row) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	stop := errors.New("enough")
	err := query.Gizmo(t.Context(), g, `g.V().All()`, query.Options{}, func(query.Row) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("error of emit: %v", err)
	}
}

// What scripts can reach: any new name fails the test.
func TestGlobals(t *testing.T) {
	t.Parallel()
	g := news(t)
	rows, err := run(t, g, `g.Emit(Object.keys(this).sort().join(" ")); g.Emit(Object.keys(g).sort().join(" "))`, query.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`"Emit IRI Iri M Morphism Uri V Vertex emit iri m morphism uri v vertex"`,
		`"bnode g graph gt gte iri lang like lt lte raw regex str typed"`,
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
