package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/conflict"
	"newsgraph/schema"
	"newsgraph/server/catalog"
	"newsgraph/server/internal/newstest"
)

func at(c schema.Claim, time string) schema.Claim {
	c.Time = &schema.Time{Value: time}
	return c
}

func by(c schema.Claim, sources ...string) schema.Claim {
	for _, id := range sources {
		c.Attribution = append(c.Attribution, schema.Entity{ID: id})
	}
	return c
}

// world is a graph with something of everything.
func world(t testing.TB) *graph.Graph {
	claim := newstest.Claim
	sanction := claim("Poland sanctions Belarus", schema.Asserted)
	sanction.Event, sanction.Confidence = "SANCTION", 0.9
	return newstest.Graph(t, []schema.Entity{
		{ID: "Svetlana_Tikhanovskaya", Label: "Svetlana Tikhanovskaya", Type: "Person", Aliases: []string{"Tsikhanouskaya"}},
		{ID: "Tikhvin", Label: "Tikhvin", Type: "City"}, {ID: "Belarus", Label: "Belarus", Type: "Country", Aliases: []string{"Minsk"}},
		{ID: "Poland", Label: "Poland", Type: "Country"}, {ID: "Vladimir_Putin", Label: "Vladimir Putin", Type: "Person"},
	},
		newstest.Doc("old", "Wire", "2020-08-10", claim("Svetlana_Tikhanovskaya leaves Belarus", schema.Asserted), sanction,
			claim("Svetlana_Tikhanovskaya leads Vladimir_Putin", schema.Negated)),
		newstest.Doc("new", "Gazette", "2020-09-15T10:00:00Z", by(claim("Svetlana_Tikhanovskaya leads Vladimir_Putin", schema.Alleged), "Belarus"),
			at(claim("Poland supports Svetlana_Tikhanovskaya", schema.Planned), "2020-10"), claim("Belarus counts votes", schema.Reported)),
		newstest.Doc("other", "Monitor", "2020-09-01", sanction, claim("Tikhvin lies_in Vladimir_Putin", schema.Possible)))
}

func state(t testing.TB, g *graph.Graph) *catalog.State {
	t.Helper()
	c, err := catalog.New(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	return c.State()
}

func TestSearch(t *testing.T) {
	t.Parallel()
	s := state(t, world(t))
	tests := []struct {
		typed string
		types []string
		limit int
		want  []string // ID kind name
		more  bool
	}{
		{"Tikh", nil, 10, []string{"Svetlana_Tikhanovskaya word Svetlana Tikhanovskaya", "Tikhvin label Tikhvin"}, false},
		{"tikh", nil, 1, []string{"Svetlana_Tikhanovskaya word Svetlana Tikhanovskaya"}, true},
		{"tikhvin", nil, 10, []string{"Tikhvin label Tikhvin"}, false},
		{"TSIKH", nil, 10, []string{"Svetlana_Tikhanovskaya alias Tsikhanouskaya"}, false},
		{"tikh svet", nil, 10, []string{"Svetlana_Tikhanovskaya word Svetlana Tikhanovskaya"}, false},
		{"tikh", []string{"Place"}, 10, []string{"Tikhvin label Tikhvin"}, false},
		{"minsk", nil, 10, []string{"Belarus alias Minsk"}, false},
		{"", []string{"Country"}, 1, []string{"Belarus label Belarus"}, true},
		{"nobody", nil, 10, nil, false},
	}
	for _, tt := range tests {
		hits, more := s.Search(tt.typed, tt.types, tt.limit)
		var got []string
		for _, h := range hits {
			got = append(got, h.ID+" "+string(h.Kind)+" "+h.Name)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || more != tt.more {
			t.Errorf("%q: more %v (-want +got):\n%s", tt.typed, more, diff)
		}
	}
}

// claims gives the claims of IDs as "subject predicate object".
func claims(t *testing.T, g *graph.Graph, ids []string) []string {
	t.Helper()
	var out []string
	for _, id := range ids {
		c, ok, err := g.Claim(t.Context(), id)
		if err != nil || !ok {
			t.Fatalf("claim %s: %v, %v", id, ok, err)
		}
		object := c.Object.Literal
		if c.Object.Entity != nil {
			object = c.Object.Entity.ID
		}
		out = append(out, c.Subject.ID+" "+c.Predicate+" "+object+" "+c.Factuality.String())
	}
	return out
}

const (
	leaves   = "Svetlana_Tikhanovskaya leaves Belarus asserted"
	sanction = "Poland sanctions Belarus asserted"
	denies   = "Svetlana_Tikhanovskaya leads Vladimir_Putin negated"
	meets    = "Svetlana_Tikhanovskaya leads Vladimir_Putin alleged"
	supports = "Poland supports Svetlana_Tikhanovskaya planned"
	counts   = "Belarus counts votes reported"
	lies     = "Tikhvin lies_in Vladimir_Putin possible"
)

func TestList(t *testing.T) {
	t.Parallel()
	g := world(t)
	s := state(t, g)
	yes, no := true, false
	tests := []struct {
		name string
		f    catalog.Filter
		want []string
	}{
		{"entity", catalog.Filter{Entity: "Belarus"}, []string{leaves, sanction, counts}},
		{"subject", catalog.Filter{Subject: "Belarus"}, []string{counts}},
		{"object", catalog.Filter{Object: "Belarus"}, []string{leaves, sanction}},
		{"source", catalog.Filter{Source: "Belarus"}, []string{meets}},
		{"document", catalog.Filter{Document: "other"}, []string{sanction, lies}},
		{"predicates", catalog.Filter{Predicates: []string{"leads", "nothing"}}, []string{denies, meets}},
		{"factuality", catalog.Filter{Factuality: []schema.Factuality{schema.Planned, schema.Possible}}, []string{supports, lies}},
		{"event", catalog.Filter{Events: []string{"SANCTION"}}, []string{sanction}},
		{"publisher", catalog.Filter{Publishers: []string{"wire"}}, []string{leaves, sanction, denies}},
		{"type above", catalog.Filter{Types: []string{"Place"}}, []string{leaves, sanction, counts, lies, supports}},
		{"since", catalog.Filter{Since: "2020-10"}, []string{supports}},
		{"until", catalog.Filter{Until: "2020-08"}, []string{leaves, denies}},
		{"published", catalog.Filter{PublishedSince: "2020-09-15", PublishedUntil: "2020"}, []string{meets, supports, counts}},
		{"publishers", catalog.Filter{MinPublishers: 2}, []string{sanction}},
		{"one source", catalog.Filter{MaxPublishers: 1, Entity: "Poland"}, []string{supports}},
		{"confidence", catalog.Filter{MinConfidence: 0.9}, []string{sanction}},
		{"text", catalog.Filter{Text: "pol SANC"}, []string{sanction}},
		{"text of a literal", catalog.Filter{Text: "vot"}, []string{counts}},
		{"attributed", catalog.Filter{Attributed: &yes}, []string{meets}},
		{"own voice", catalog.Filter{Attributed: &no, Entity: "Vladimir_Putin"}, []string{denies, lies}},
		{"disputed", catalog.Filter{Disputed: &yes}, []string{denies, meets}},
		{"unknown entity", catalog.Filter{Entity: "Nobody"}, nil},
	}
	for _, tt := range tests {
		page := s.List(tt.f, catalog.Newest, 0, 100)
		got := claims(t, g, page.IDs)
		slices.Sort(got)
		slices.Sort(tt.want)
		if diff := cmp.Diff(tt.want, got); diff != "" || page.Total != len(tt.want) {
			t.Errorf("%s: total %d (-want +got):\n%s", tt.name, page.Total, diff)
		}
		if got := s.Facets(tt.f).Total; got != len(tt.want) {
			t.Errorf("%s: facets count %d, the list has %d", tt.name, got, len(tt.want))
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	g := world(t)
	s := state(t, g)
	for order, want := range map[catalog.Order]string{catalog.Newest: meets, catalog.ByFact: sanction, catalog.BySupport: sanction,
		catalog.ByConfidence: sanction, catalog.ByTime: leaves} {
		var all []string
		for from, pages := 0, 0; ; pages++ {
			page := s.List(catalog.Filter{Entity: "Svetlana_Tikhanovskaya"}, order, from, 1)
			if order == catalog.BySupport || order == catalog.ByConfidence || order == catalog.ByFact {
				page = s.List(catalog.Filter{}, order, from, 1)
			}
			all = append(all, page.IDs...)
			if from = page.Next; from == 0 {
				if pages+1 != page.Total {
					t.Errorf("%s: %d pages of one, total %d", order, pages+1, page.Total)
				}
				break
			}
		}
		got := claims(t, g, all)
		first := got[0]
		if order == catalog.Newest || order == catalog.ByTime {
			first = strings.Join(got[:2], "|")
			if !strings.Contains(first, want) {
				t.Errorf("%s begins with %s, not %s", order, first, want)
			}
		} else if first != want {
			t.Errorf("%s begins with %s, not %s", order, first, want)
		}
	}
}

// A facet's own part of the filter does not narrow it; the others do.
func TestFacets(t *testing.T) {
	t.Parallel()
	s := state(t, world(t))
	f := s.Facets(catalog.Filter{Predicates: []string{"leads"}, Factuality: []schema.Factuality{schema.Alleged}})
	if f.Total != 1 {
		t.Errorf("total %d, want 1", f.Total)
	}
	want := []catalog.Value{{Value: "alleged", Count: 1}, {Value: "negated", Count: 1}}
	if diff := cmp.Diff(want, f.Factuality); diff != "" {
		t.Errorf("factuality (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.Value{{Value: "leads", Count: 1}}, f.Predicate); diff != "" {
		t.Errorf("predicate (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.Value{{Value: "Belarus", Label: "Belarus", Count: 1}}, f.Source); diff != "" {
		t.Errorf("source (-want +got):\n%s", diff)
	}
	all := s.Facets(catalog.Filter{})
	if diff := cmp.Diff([]catalog.Value{{Value: "2020-08", Count: 3}, {Value: "2020-09", Count: 5}}, all.Published); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.Value{{Value: "2020-10", Count: 1}}, all.Time); diff != "" {
		t.Errorf("time (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.Value{{Value: "1", Count: 6}, {Value: "2", Count: 1}}, all.Publishers); diff != "" {
		t.Errorf("publishers (-want +got):\n%s", diff)
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	g := world(t)
	s := state(t, g)
	const her = "Svetlana_Tikhanovskaya"
	want := catalog.Counts{Subject: 3, Object: 1, SingleSource: 4, Disputed: 2, Neighbours: 3,
		Factuality: map[string]int{"asserted": 1, "negated": 1, "alleged": 1, "planned": 1}}
	if diff := cmp.Diff(want, s.Counts(her)); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	var groups []string
	for _, group := range s.Groups(her, nil, 1) {
		if group.Incoming {
			group.Predicate = "<- " + group.Predicate
		}
		groups = append(groups, group.Predicate+": "+strings.Join(claims(t, g, group.IDs), ", "))
	}
	if diff := cmp.Diff([]string{"leads: " + meets, "leaves: " + leaves, "<- supports: " + supports}, groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		name string
		o    catalog.ContradictionOptions
		want int
	}{
		{"all", catalog.ContradictionOptions{}, 1},
		{"of an entity", catalog.ContradictionOptions{Filter: catalog.Filter{Entity: her}}, 1},
		{"of another", catalog.ContradictionOptions{Filter: catalog.Filter{Entity: "Russia"}}, 0},
		{"of nobody", catalog.ContradictionOptions{Filter: catalog.Filter{Entity: "Nobody"}}, 0},
		{"of a kind", catalog.ContradictionOptions{Kinds: []conflict.Kind{conflict.Denied}}, 1},
		{"of another kind", catalog.ContradictionOptions{Kinds: []conflict.Kind{conflict.Rivals}}, 0},
		{"one side alone", catalog.ContradictionOptions{Filter: catalog.Filter{Factuality: []schema.Factuality{schema.Negated}}}, 0},
	} {
		list, total, kinds := s.Contradictions(c.o, 0, 10)
		if total != c.want || len(list) != c.want {
			t.Errorf("contradictions %s: %d, %+v", c.name, total, list)
			continue
		}
		if total == 0 {
			continue
		}
		if kinds[conflict.Denied] != 1 || list[0].Kind != conflict.Denied || len(list[0].Sides) != 2 ||
			claims(t, g, list[0].Sides[0].Claims)[0] != meets || claims(t, g, list[0].Sides[1].Claims)[0] != denies {
			t.Errorf("contradictions %s: %v, %+v", c.name, kinds, list)
		}
	}
	var docs []string
	for _, d := range s.DocumentsOf(her, 2) {
		docs = append(docs, d.ID)
	}
	if diff := cmp.Diff([]string{"new", "old"}, docs); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

func TestGraph(t *testing.T) {
	t.Parallel()
	s := state(t, world(t))
	show := func(g catalog.Graph) (out []string) {
		for _, n := range g.Nodes {
			out = append(out, n.ID)
		}
		for _, e := range g.Edges {
			out = append(out, e.From+" "+e.Predicates[0].Value+" "+e.To)
		}
		return out
	}
	around := s.Graph(catalog.GraphOptions{Entities: []string{"Poland"}, Limit: 2})
	if diff := cmp.Diff([]string{"Poland", "Svetlana_Tikhanovskaya", "Poland supports Svetlana_Tikhanovskaya"}, show(around)); diff != "" || around.Total != 3 {
		t.Errorf("around Poland, total %d (-want +got):\n%s", around.Total, diff)
	}
	between := s.Graph(catalog.GraphOptions{Entities: []string{"Belarus", "Poland", "Nobody"}, Between: true, Limit: 10})
	if diff := cmp.Diff([]string{"Belarus", "Poland", "Poland sanctions Belarus"}, show(between)); diff != "" {
		t.Errorf("between (-want +got):\n%s", diff)
	}
	top := s.Graph(catalog.GraphOptions{Limit: 1})
	if top.Total != 5 || len(top.Nodes) != 1 || top.Nodes[0].ID != "Svetlana_Tikhanovskaya" {
		t.Errorf("top: %d, %v", top.Total, show(top))
	}
	neighbours, _ := s.Neighbours("Svetlana_Tikhanovskaya", catalog.Filter{Types: []string{"Person"}}, 0, 500)
	if len(neighbours) != 1 || neighbours[0].ID != "Vladimir_Putin" || neighbours[0].Joining != 2 || neighbours[0].Outgoing != 2 ||
		neighbours[0].Factuality != schema.Alleged {
		t.Errorf("neighbours: %+v", neighbours)
	}
}

// Refresh takes in what has changed, and a state that is held stays as it was.
func TestRefresh(t *testing.T) {
	t.Parallel()
	g := newstest.Graph(t, nil)
	c, err := catalog.New(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	before := c.State()
	newstest.Update(t, g, nil, newstest.Doc("d", "", "", newstest.Claim("A likes B", schema.Asserted)))
	if c.Fresh() {
		t.Error("fresh after a change")
	}
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if before.Claims() != 0 || c.State().Claims() != 1 || !c.Fresh() {
		t.Errorf("%d claims before, %d after, fresh %v", before.Claims(), c.State().Claims(), c.Fresh())
	}
}
