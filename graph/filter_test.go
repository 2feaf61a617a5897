package graph_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

func TestSpan(t *testing.T) {
	t.Parallel()
	tests := []struct {
		since, until, date string
		want               bool
	}{
		{"", "", "", true},
		{"", "", "P3D", true},
		{"2020", "", "", false},
		{"2020", "", "P3D", false},
		{"2020", "", "in spring", false},
		{"2020-09-14", "2020-09-14", "2020-09-14", true},
		{"2020-09-14", "", "2020-09-13", false},
		{"2020-09-14", "", "2020-09", true},
		{"2020-09-14", "", "2020", true},
		{"2020-10", "", "2020-09", false},
		{"", "2020-09-14", "2020-09", true},
		{"", "2020-09", "2020-09-30", true},
		{"", "2020-09", "2020-10-01", false},
		{"", "2019", "2020", false},
		{"2020-02", "2020-02", "2020-02-29T23:59:00-05:00", true},
		{"2020-09-10", "2020-09-20", "2020-09-01/2020-09-12", true},
		{"2020-09-10", "2020-09-20", "2020-09-01/2020-09-09", false},
		{"2020-09-10", "2020-09-20", "1994/", true},
		{"2020-09-10", "2020-09-20", "/2020-09-09", false},
		{"2020-09-10", "2020-09-20", "/2020-09", true},
		{"2020", "", "/", false},
		{"2020", "", "x/2021", false},
	}
	for _, tt := range tests {
		s, err := graph.ParseSpan(tt.since, tt.until)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Overlaps(tt.date); got != tt.want {
			t.Errorf("%+v.Overlaps(%q) = %v", s, tt.date, got)
		}
	}
	for _, wrong := range [][2]string{{"yesterday", ""}, {"", "2020-13"}, {"2020-02-30x", ""}, {"2021", "2020"}, {"2020-09-15", "2020-09-14"}} {
		if s, err := graph.ParseSpan(wrong[0], wrong[1]); err == nil {
			t.Errorf("ParseSpan(%q) = %+v, no error", wrong, s)
		}
	}
}

// filtered is a graph of four claims in three articles: loans and meets in one and two, visits in two, attacks in three.
func filtered(t *testing.T) *graph.Graph {
	g, _ := open(t)
	loans, meets := fact("A", "loans", "B", schema.Asserted), fact("A", "meets", "C", schema.Reported)
	loans.Time = &schema.Time{Value: "2020-09", Precision: "month"}
	meets.Attribution = entities("P")
	surer := meets
	surer.Confidence = 0.9
	visits, attacks := fact("B", "visits", "C", schema.Asserted), fact("C", "attacks", "A", schema.Negated)
	visits.Time = &schema.Time{Value: "2020-09-14", Precision: "day"}
	visits.Object = schema.Value{Literal: "the capital"}
	docs := []schema.Analysis{doc("one", loans, meets), doc("two", loans, surer, visits), doc("three", attacks)}
	for i, p := range []string{"Daily News", "Post", ""} {
		docs[i].Document.Publisher = p
		docs[i].Document.Published = []string{"2020-09-15", "2020-10-01T08:00:00Z", ""}[i]
	}
	table := entities("A", "B", "C", "P")
	table[0].Type, table[1].Type, table[2].Type = "Person", "Company", "Country"
	if err := g.Update(t.Context(), graph.Change{Entities: table, Put: docs}); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFilterFields(t *testing.T) {
	t.Parallel()
	g := filtered(t)
	tests := []struct {
		name   string
		filter graph.Filter
		want   []string
	}{
		{"avoid", graph.Filter{Avoid: []string{"loans", "visits"}}, []string{"attacks", "meets"}},
		{"own voice", graph.Filter{OwnVoice: true}, []string{"attacks", "loans", "visits"}},
		{"date", graph.Filter{When: graph.Span{Since: "2020-09-20"}}, []string{"loans"}},
		{"date until", graph.Filter{When: graph.Span{Until: "2020-09"}}, []string{"loans", "visits"}},
		{"types", graph.Filter{Types: []string{"Person", "Company"}}, []string{"loans", "visits"}},
		{"types above", graph.Filter{Types: []string{"Agent"}}, []string{"attacks", "loans", "meets", "visits"}},
		{"types, but for the one asked of", graph.Filter{Entity: "A", Types: []string{"Country"}}, []string{"attacks", "meets"}},
		{"sources", graph.Filter{MinSources: 2}, []string{"loans", "meets"}},
		{"published", graph.Filter{Published: graph.Span{Since: "2020-10-01"}}, []string{"loans", "meets", "visits"}},
		{"published until", graph.Filter{Published: graph.Span{Until: "2020-09"}}, []string{"loans", "meets"}},
		{"publisher", graph.Filter{Publishers: []string{"POST"}}, []string{"loans", "meets", "visits"}},
		{"sources of these articles", graph.Filter{Publishers: []string{"post"}, MinSources: 2}, nil},
		{"confidence in these articles", graph.Filter{Documents: []string{"one"}, MinConfidence: 0.8}, nil},
		{"confidence", graph.Filter{MinConfidence: 0.8}, []string{"meets"}},
		{"no article fits all", graph.Filter{Documents: []string{"one"}, Publishers: []string{"Post"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, c := range collect(t, g, tt.filter) {
				got = append(got, c.Predicate)
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, c := range collect(t, g, graph.Filter{Publishers: []string{"daily news"}, Predicates: []string{"meets"}}) {
		if len(c.Evidence) != 1 || c.Evidence[0].Document != "one" || c.Confidence == 0.9 {
			t.Errorf("a claim of one publisher: %+v", c)
		}
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	g := filtered(t)
	v := g.View()
	defer v.Close()
	f := graph.Filter{Predicates: []string{"visits"}, MinSources: 3, Publishers: []string{"Post"}, OwnVoice: true}
	l := v.Links()
	defer l.Close()
	s, err := l.Sieve(f)
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := l.Entity("A")
	if err != nil {
		t.Fatal(err)
	}
	links, err := l.Around(t.Context(), nil, a, graph.AsSubject)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]store.ID{}
	for _, link := range links {
		name, err := l.Predicate(link.Predicate)
		if err != nil {
			t.Fatal(err)
		}
		names[name] = link.Claim
	}
	got, err := s.Judge(t.Context(), names["meets"])
	want := graph.Verdict{Failed: graph.ByPredicate | graph.BySource | graph.BySources, Articles: []string{"two"},
		Support: graph.Support{Factuality: schema.Reported, Backing: graph.Backing{Documents: 1, Publishers: 1, Independent: 1}, Confidence: 0.9}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	got, err = s.Loosened(f.Criteria()).Judge(t.Context(), names["meets"])
	if err != nil || got.Failed != 0 || got.Independent != 2 || got.Articles != nil {
		t.Errorf("without any field: %+v, %v", got, err)
	}
	if got, err := s.Judge(t.Context(), a); got.Documents != 0 || err != nil {
		t.Errorf("a claim that is not there: %+v, %v", got, err)
	}
	if got := f.Criteria(); got != graph.ByPredicate|graph.BySources|graph.ByPublisher|graph.BySource || len(got.Each()) != 4 {
		t.Errorf("criteria: %s", got)
	}
}

func TestResolveDocument(t *testing.T) {
	t.Parallel()
	g, _ := open(t)
	d := doc("daily news/1", fact("A", "loans", "B", schema.Asserted))
	d.Document.URL = "https://example.com/a?b=1"
	if err := g.Update(t.Context(), graph.Change{Entities: entities("A", "B"), Put: []schema.Analysis{d}}); err != nil {
		t.Fatal(err)
	}
	v := g.View()
	defer v.Close()
	for _, name := range []string{"daily news/1", "doc:daily%20news%2F1", "https://example.org/newsgraph/doc/daily%20news%2F1",
		"<https://example.org/newsgraph/doc/daily%20news%2F1#char=0,3>", "https://example.com/a?b=1"} {
		if id, err := v.ResolveDocument(t.Context(), name); id != "daily news/1" || err != nil {
			t.Errorf("%s: %q, %v", name, id, err)
		}
	}
	if id, err := v.ResolveDocument(t.Context(), "A"); err == nil {
		t.Errorf("no document: %q", id)
	}
	for name, want := range map[string]string{"loans": "loans", "claim:loans": "loans", "Loans ": "loans", "borders": "borders"} {
		if p, err := v.ResolvePredicate(t.Context(), name); p != want || err != nil {
			t.Errorf("%s: %q, %v", name, p, err)
		}
	}
	if p, err := v.ResolvePredicate(t.Context(), "loaned"); err == nil || !cmp.Equal(err.(*graph.UnknownPredicateError).Near, []string{"loans"}) {
		t.Errorf("no predicate: %q, %v", p, err)
	}
}

// Of inferred times, which are no part of a claim, the earliest among the articles that count is the claim's.
func TestFilterInferredTime(t *testing.T) {
	t.Parallel()
	g, _ := open(t)
	early, late := fact("A", "leads", "B", schema.Asserted), fact("A", "leads", "B", schema.Asserted)
	early.Time, late.Time = &schema.Time{Value: "2020-09-01", Precision: "day"}, &schema.Time{Value: "2020-09-20", Precision: "day"}
	err := g.Update(t.Context(), graph.Change{Entities: entities("A", "B"), Put: []schema.Analysis{doc("one", early), doc("two", late)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		filter graph.Filter
		want   int
	}{
		{graph.Filter{When: graph.Span{Until: "2020-09-10"}}, 1},
		{graph.Filter{When: graph.Span{Since: "2020-09-10"}}, 0},
		{graph.Filter{When: graph.Span{Since: "2020-09-10"}, Documents: []string{"two"}}, 1},
	} {
		if got := len(collect(t, g, tt.filter)); got != tt.want {
			t.Errorf("%+v: %d claims, want %d", tt.filter, got, tt.want)
		}
	}
}
