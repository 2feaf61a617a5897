package graph_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/postgres/pgtest"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

func collect(t testing.TB, g *graph.Graph, f graph.Filter) []schema.Claim {
	t.Helper()
	var out []schema.Claim
	for c, err := range g.Claims(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func verify(t testing.TB, g *graph.Graph) *graph.Report {
	t.Helper()
	r, err := g.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What is put is read back, field by field.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for seed := range pgtest.Rounds(20) {
		m := newMaker(seed)
		g, s := open(t)
		docs := []schema.Analysis{m.document("mail-2020 09/14", 12), m.document("ünï", 5), m.document("empty", 0)}
		if err := g.Update(t.Context(), graph.Change{Entities: m.table, Put: docs}); err != nil {
			t.Fatal(err)
		}
		if r := verify(t, g); !r.OK() {
			t.Fatalf("seed %d: %v", seed, r.Problems)
		}
		again, err := graph.Open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range []*graph.Graph{g, again} {
			for _, d := range docs {
				if diff := cmp.Diff(d.Claims, collect(t, g, graph.Filter{Documents: []string{d.Document.ID}})); diff != "" {
					t.Fatalf("seed %d: claims differ (-put +read):\n%s", seed, diff)
				}
				got, ok, err := g.Document(t.Context(), d.Document.ID)
				if err != nil || !ok {
					t.Fatalf("document %s: %v, %v", d.Document.ID, ok, err)
				}
				if diff := cmp.Diff(d.Document, got); diff != "" {
					t.Fatalf("seed %d: document differs (-put +read):\n%s", seed, diff)
				}
			}
		}
		if diff := cmp.Diff(entitiesOf(t, g), entitiesOf(t, again)); diff != "" {
			t.Fatalf("entities differ after opening again:\n%s", diff)
		}
	}
}

// The store is a function of the documents in it, whatever happened on the way.
func TestOrder(t *testing.T) {
	t.Parallel()
	for seed := range pgtest.Rounds(10) {
		m := newMaker(seed)
		m.table = m.table[:4] // few entities: documents share claims
		var docs []schema.Analysis
		for i := range 4 {
			docs = append(docs, m.document(fmt.Sprintf("d%d", i), 8))
		}
		docs[1].Claims = append(docs[1].Claims, borrow(docs[0], docs[1])...)
		want := state(t, m, docs)
		for range 3 {
			if diff := cmp.Diff(want, randomWay(t, m, docs)); diff != "" {
				t.Fatalf("seed %d: another way gives another state:\n%s", seed, diff)
			}
		}
	}
}

// borrow returns the claims of one document as another tells them.
func borrow(from, to schema.Analysis) []schema.Claim {
	text := []rune(to.Document.Text)
	var out []schema.Claim
	for _, c := range from.Claims {
		c.Evidence = []schema.Evidence{{Document: to.Document.ID, Start: 1, End: 4, Quote: string(text[1:4])}}
		out = append(out, c)
	}
	return out
}

func records(docs []schema.Analysis) map[string]schema.Analysis {
	m := map[string]schema.Analysis{}
	for _, d := range docs {
		m[d.Document.ID] = d
	}
	return m
}

func state(t *testing.T, m *maker, docs []schema.Analysis) []string {
	g, s := open(t)
	if err := g.Update(t.Context(), graph.Change{Entities: m.used(docs), Put: docs, Records: records(docs)}); err != nil {
		t.Fatal(err)
	}
	return dump(t, s)
}

// randomWay puts and removes documents and other versions of them at random, and ends with docs.
func randomWay(t *testing.T, m *maker, docs []schema.Analysis) []string {
	g, s := open(t)
	now := map[string]schema.Analysis{}
	step := func(put []schema.Analysis, remove []string) {
		t.Helper()
		for _, id := range remove {
			delete(now, id)
		}
		maps.Copy(now, records(put))
		err := g.Update(t.Context(), graph.Change{Entities: m.used(slices.Collect(maps.Values(now))), Put: put, Remove: remove, Records: records(put)})
		if err != nil {
			t.Fatal(err)
		}
		if r := verify(t, g); !r.OK() {
			t.Fatal(r.Problems)
		}
	}
	for range 6 {
		d := docs[m.r.IntN(len(docs))]
		switch m.r.IntN(3) {
		case 0:
			step(nil, []string{d.Document.ID})
		case 1:
			step([]schema.Analysis{m.document(d.Document.ID, 4)}, []string{"not there"})
		default:
			step([]schema.Analysis{d}, nil)
		}
	}
	final := slices.Clone(docs)
	m.r.Shuffle(len(final), func(i, j int) { final[i], final[j] = final[j], final[i] })
	for i := range final {
		rand := rand.New(rand.NewPCG(1, uint64(i)))
		claims := slices.Clone(final[i].Claims)
		rand.Shuffle(len(claims), func(a, b int) { claims[a], claims[b] = claims[b], claims[a] })
		put := final[i]
		put.Claims = claims
		now[put.Document.ID] = put
		err := g.Update(t.Context(), graph.Change{Entities: m.used(slices.Collect(maps.Values(now))), Put: []schema.Analysis{put}, Records: records(final[i : i+1])})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dump(t, s)
}

// doc makes a document whose text is the quotes of its claims, one a line.
func doc(id string, claims ...schema.Claim) schema.Analysis {
	a := schema.Analysis{Document: schema.Document{ID: id}}
	n := 0
	for _, c := range claims {
		quote := c.Relation
		c.Evidence = []schema.Evidence{{Start: n, End: n + len(quote), Quote: quote}}
		a.Document.Text += quote + "\n"
		n += len(quote) + 1
		a.Claims = append(a.Claims, c)
	}
	return a
}

func fact(subject, predicate, object string, f schema.Factuality) schema.Claim {
	return schema.Claim{Subject: schema.Entity{ID: subject}, Predicate: predicate, Relation: subject + " " + predicate + " " + object,
		Object: schema.Value{Entity: &schema.Entity{ID: object}}, Factuality: f, Confidence: 0.5}
}

func entities(ids ...string) []schema.Entity {
	var out []schema.Entity
	for _, id := range ids {
		out = append(out, schema.Entity{ID: id, Label: id})
	}
	return out
}

func TestNamespaces(t *testing.T) {
	t.Parallel()
	tests := []struct {
		factuality schema.Factuality
		want       []string
	}{
		{schema.Asserted, []string{"claim:loans", "fact:loans"}},
		{schema.Reported, []string{"claim:loans"}},
		{schema.Planned, []string{"claim:loans"}},
		{schema.Possible, []string{"claim:loans"}},
		{schema.Alleged, []string{"claim:loans"}},
		{schema.Attempted, []string{"claim:loans"}},
		{schema.Negated, []string{"denied:loans"}},
	}
	for _, tt := range tests {
		t.Run(tt.factuality.String(), func(t *testing.T) {
			t.Parallel()
			g, s := open(t)
			err := g.Update(t.Context(), graph.Change{Entities: entities("A", "B"), Put: []schema.Analysis{doc("d", fact("A", "loans", "B", tt.factuality))}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			claim := collect(t, g, graph.Filter{})[0]
			now := s.Snapshot()
			defer now.Close()
			err = now.Match(t.Context(), schema.Quad{Subject: g.EntityTerm("A"), Object: g.EntityTerm("B")}, func(q schema.Quad) error {
				got = append(got, g.Names().Compact(q.Predicate.Value))
				if q.Graph != g.ClaimTerm(claim.ID) {
					t.Errorf("the edge is in <%s>, not in its claim", q.Graph.Value)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("predicates (-want +got):\n%s", diff)
			}
		})
	}
}

// The quads of one claim, as docs/format.md shows them.
func TestQuadsOfAClaim(t *testing.T) {
	t.Parallel()
	g, s := open(t)
	c := fact("Russia", "loans", "Belarus", schema.Planned)
	c.Relation, c.Event, c.Rule, c.Confidence = "would lend", "AGREE", "svo", 0.87
	c.Flags = []schema.Factuality{schema.Reported, schema.Planned}
	c.Attribution = entities("RIA", "Vladimir_Putin")
	c.Time = &schema.Time{Value: "2020-09-14", Precision: "day", Text: "on Monday"}
	c.Place = &schema.Entity{ID: "Sochi"}
	c.Quantities = []schema.Quantity{{Value: 1.5e9, Unit: "USD", Text: "$1.5billion"}}
	a := doc("mail-1", c)
	a.Document.Published, a.Document.Publisher = "2020-09-14", "MailOnline"
	table := entities("Russia", "Belarus", "RIA", "Vladimir_Putin", "Sochi")
	table[0].Type, table[0].Aliases = "Country", []string{"Moscow", "Russia", "Moscow"}
	if err := g.Update(t.Context(), graph.Change{Entities: table, Put: []schema.Analysis{a}}); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(strings.TrimSpace(`
<BASEdoc/mail-1#char=0,10> <http://www.w3.org/ns/oa#exact> "would lend" <BASEdoc/mail-1> .
<BASEdoc/mail-1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/NewsArticle> <BASEdoc/mail-1> .
<BASEdoc/mail-1> <https://schema.org/articleBody> "would lend\n" <BASEdoc/mail-1> .
<BASEdoc/mail-1> <https://schema.org/datePublished> "2020-09-14"^^<http://www.w3.org/2001/XMLSchema#date> <BASEdoc/mail-1> .
<BASEdoc/mail-1> <https://schema.org/publisher> "MailOnline" <BASEdoc/mail-1> .
<BASEdoc/mail-1> <https://schema.org/sha256> "311e798a4e71d26264d3547b53450c6ef37e0c228c1b82a88856de199f131f8a" <BASEdoc/mail-1> .
<BASEentity/Belarus> <http://www.w3.org/2000/01/rdf-schema#label> "Belarus" .
<BASEentity/RIA> <http://www.w3.org/2000/01/rdf-schema#label> "RIA" .
<BASEentity/Russia> <BASEclaim/loans> <BASEentity/Belarus> <BASEid/ID> .
<BASEentity/Russia> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <BASEns#Country> .
<BASEentity/Russia> <http://www.w3.org/2000/01/rdf-schema#label> "Russia" .
<BASEentity/Russia> <http://www.w3.org/2004/02/skos/core#altLabel> "Moscow" .
<BASEentity/Sochi> <http://www.w3.org/2000/01/rdf-schema#label> "Sochi" .
<BASEentity/Vladimir_Putin> <http://www.w3.org/2000/01/rdf-schema#label> "Vladimir_Putin" .
<BASEid/ID#q1> <BASEns#words> "$1.5billion" <BASEdoc/mail-1> .
<BASEid/ID#q1> <https://schema.org/unitText> "USD" <BASEdoc/mail-1> .
<BASEid/ID#q1> <https://schema.org/value> "1500000000"^^<http://www.w3.org/2001/XMLSchema#decimal> <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#chain> "RIA Vladimir_Putin" <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#confidence> "0.87"^^<http://www.w3.org/2001/XMLSchema#decimal> <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#event> <BASEns#AGREE> <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#factuality> <BASEns#planned> <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#flag> <BASEns#planned> <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#flag> <BASEns#reported> <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#relation> "would lend" <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#rule> "svo" <BASEdoc/mail-1> .
<BASEid/ID> <BASEns#timeWords> "on Monday" <BASEdoc/mail-1> .
<BASEid/ID> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <BASEentity/Belarus> <BASEdoc/mail-1> .
<BASEid/ID> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <BASEclaim/loans> <BASEdoc/mail-1> .
<BASEid/ID> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <BASEentity/Russia> <BASEdoc/mail-1> .
<BASEid/ID> <http://www.w3.org/ns/prov#wasAttributedTo> <BASEentity/RIA> <BASEdoc/mail-1> .
<BASEid/ID> <http://www.w3.org/ns/prov#wasAttributedTo> <BASEentity/Vladimir_Putin> <BASEdoc/mail-1> .
<BASEid/ID> <http://www.w3.org/ns/prov#wasDerivedFrom> <BASEdoc/mail-1#char=0,10> <BASEdoc/mail-1> .
<BASEid/ID> <https://schema.org/amount> <BASEid/ID#q1> <BASEdoc/mail-1> .
<BASEid/ID> <https://schema.org/contentLocation> <BASEentity/Sochi> <BASEdoc/mail-1> .
<BASEid/ID> <https://schema.org/temporalCoverage> "2020-09-14"^^<http://www.w3.org/2001/XMLSchema#date> <BASEdoc/mail-1> .
`), "BASE", schema.DefaultBase)
	lines := strings.Split(strings.ReplaceAll(want, "/ID", "/"+c.Key()), "\n")
	slices.Sort(lines)
	got := slices.DeleteFunc(dump(t, s), func(line string) bool { return strings.HasPrefix(line, "record ") })
	if diff := cmp.Diff(lines, got); diff != "" {
		t.Errorf("quads (-want +got):\n%s", diff)
	}
}

// The same claim in two articles is one edge with two sources; it goes with the last of them.
func TestSharedClaim(t *testing.T) {
	t.Parallel()
	g, s := open(t)
	c := fact("A", "loans", "B", schema.Asserted)
	surer := c
	surer.Confidence, surer.Relation = 0.9, "lent"
	ctx, table := t.Context(), entities("A", "B")
	steps := []struct {
		change   graph.Change
		evidence int
		relation string
	}{
		{graph.Change{Entities: table, Put: []schema.Analysis{doc("one", c), doc("two", surer)}}, 2, "lent"},
		{graph.Change{Entities: table, Remove: []string{"two"}}, 1, "A loans B"},
		{graph.Change{Entities: table, Put: []schema.Analysis{doc("one", c, surer)}}, 2, "lent"},
	}
	for i, step := range steps {
		if err := g.Update(ctx, step.change); err != nil {
			t.Fatal(err)
		}
		got := collect(t, g, graph.Filter{})
		if len(got) != 1 || len(got[0].Evidence) != step.evidence || got[0].Relation != step.relation {
			t.Fatalf("step %d: %+v", i, got)
		}
	}
	if err := g.Update(ctx, graph.Change{Remove: []string{"one", "one"}}); err != nil {
		t.Fatal(err)
	}
	if lines := dump(t, s); len(lines) != 0 {
		t.Errorf("left behind: %v", lines)
	}
}

func TestUpdateRefuses(t *testing.T) {
	t.Parallel()
	bad := func(change func(*schema.Analysis)) graph.Change {
		a := doc("d", fact("A", "loans", "B", schema.Asserted))
		change(&a)
		return graph.Change{Entities: entities("A", "B"), Put: []schema.Analysis{a}}
	}
	tests := []struct {
		name   string
		change graph.Change
		want   string
	}{
		{"a quote that the text has not", bad(func(a *schema.Analysis) { a.Claims[0].Evidence[0].Quote = "A loaned B" }), "quotes"},
		{"a range beyond the text", bad(func(a *schema.Analysis) { a.Claims[0].Evidence[0].End = 99 }), "not in the text"},
		{"no evidence", bad(func(a *schema.Analysis) { a.Claims[0].Evidence = nil }), "no evidence"},
		{"no predicate", bad(func(a *schema.Analysis) { a.Claims[0].Predicate = "" }), "no predicate"},
		{"an entity outside the table", bad(func(a *schema.Analysis) { a.Claims[0].Subject.ID = "C" }), "not in the table"},
		{"a datatype that is no IRI", bad(func(a *schema.Analysis) { a.Claims[0].Object = schema.Value{Literal: "1", Datatype: "a b"} }), "datatype"},
		{"a wrong digest", bad(func(a *schema.Analysis) { a.Document.SHA256 = "00" }), "SHA-256"},
		{"a text that is not UTF-8", bad(func(a *schema.Analysis) { a.Document.Text += "\xff" }), "UTF-8"},
		{"no ID", bad(func(a *schema.Analysis) { a.Document.ID = "" }), "without an ID"},
		{"a document twice", graph.Change{Put: []schema.Analysis{doc("d"), doc("d")}}, "twice"},
		{"put and removed", graph.Change{Put: []schema.Analysis{doc("d")}, Remove: []string{"d"}}, "twice"},
		{"an entity twice", graph.Change{Entities: entities("A", "A")}, "twice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, s := open(t)
			err := g.Update(t.Context(), tt.change)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
			if lines := dump(t, s); len(lines) != 0 {
				t.Errorf("written all the same: %v", lines)
			}
		})
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	g, _ := open(t)
	said := fact("B", "visits", "C", schema.Reported)
	said.Attribution = entities("P")
	denied := fact("A", "attacks", "C", schema.Negated)
	denied.Confidence = 0.9
	err := g.Update(t.Context(), graph.Change{Entities: entities("A", "B", "C", "P"), Put: []schema.Analysis{
		doc("one", fact("A", "loans", "B", schema.Asserted), said), doc("two", denied, said)}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		filter graph.Filter
		want   []string
	}{
		{"all", graph.Filter{}, []string{"attacks", "loans", "visits"}},
		{"subject", graph.Filter{Subject: "A"}, []string{"attacks", "loans"}},
		{"object", graph.Filter{Object: "C"}, []string{"attacks", "visits"}},
		{"entity", graph.Filter{Entity: "B"}, []string{"loans", "visits"}},
		{"predicates", graph.Filter{Predicates: []string{"attacks", "loans"}}, []string{"attacks", "loans"}},
		{"factuality", graph.Filter{Factuality: []schema.Factuality{schema.Reported, schema.Negated}}, []string{"attacks", "visits"}},
		{"source", graph.Filter{Source: "P"}, []string{"visits"}},
		{"document", graph.Filter{Documents: []string{"two"}}, []string{"attacks", "visits"}},
		{"confidence", graph.Filter{MinConfidence: 0.6}, []string{"attacks"}},
		{"several", graph.Filter{Entity: "C", Documents: []string{"one"}, Factuality: []schema.Factuality{schema.Reported}}, []string{"visits"}},
		{"none", graph.Filter{Subject: "P"}, nil},
		{"unknown claim", graph.Filter{IDs: []string{"00"}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
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
	stats, err := g.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := graph.Stats{Documents: 2, Entities: 4, Claims: 3, Evidence: 4, Predicates: 3, Quads: stats.Quads}
	want.ByFactuality[schema.Asserted], want.ByFactuality[schema.Reported], want.ByFactuality[schema.Negated] = 1, 1, 1
	if diff := cmp.Diff(want, stats); diff != "" {
		t.Errorf("stats (-want +got):\n%s", diff)
	}
}

func TestVerifyFinds(t *testing.T) {
	t.Parallel()
	c := fact("A", "loans", "B", schema.Planned)
	tests := []struct {
		name   string
		tamper func(g *graph.Graph) store.Batch
		want   string
	}{
		{"a fact that nobody asserts", func(g *graph.Graph) store.Batch {
			return store.Batch{Add: []schema.Quad{{Subject: g.EntityTerm("A"), Predicate: g.Names().Term("fact:loans"), Object: g.EntityTerm("B"), Graph: g.ClaimTerm(c.Key())}}}
		}, "no document tells"},
		{"an edge that is gone", func(g *graph.Graph) store.Batch {
			return store.Batch{Remove: []schema.Quad{{Subject: g.EntityTerm("A"), Predicate: g.Names().Term("claim:loans"), Object: g.EntityTerm("B"), Graph: g.ClaimTerm(c.Key())}}}
		}, "is not there"},
		{"another text", func(g *graph.Graph) store.Batch {
			q := schema.Quad{Subject: g.DocumentTerm("d"), Predicate: g.Names().Term("schema:articleBody"), Graph: g.DocumentTerm("d")}
			was, is := q, q
			was.Object, is.Object = schema.NewString("A loans B\n"), schema.NewString("A loans C\n")
			return store.Batch{Remove: []schema.Quad{was}, Add: []schema.Quad{is}}
		}, "another SHA-256"},
		{"another factuality", func(g *graph.Graph) store.Batch {
			q := schema.Quad{Subject: g.ClaimTerm(c.Key()), Predicate: g.Names().Term("ng:factuality"), Graph: g.DocumentTerm("d")}
			was, is := q, q
			was.Object, is.Object = g.Names().Term("ng:planned"), g.Names().Term("ng:asserted")
			return store.Batch{Remove: []schema.Quad{was}, Add: []schema.Quad{is}}
		}, "has the ID"},
		{"a value of no kind", func(g *graph.Graph) store.Batch {
			return store.Batch{Add: []schema.Quad{{Subject: g.ClaimTerm(c.Key()), Predicate: g.Names().Term("ng:factuality"), Object: g.Names().Term("ng:sure"), Graph: g.DocumentTerm("d")}}}
		}, "not one"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g, s := open(t)
			if err := g.Update(t.Context(), graph.Change{Entities: entities("A", "B"), Put: []schema.Analysis{doc("d", c)}}); err != nil {
				t.Fatal(err)
			}
			if r := verify(t, g); !r.OK() || r.Claims != 1 || r.Quotes != 1 || r.Documents != 1 {
				t.Fatalf("before: %+v", r)
			}
			if err := s.Apply(t.Context(), tt.tamper(g)); err != nil {
				t.Fatal(err)
			}
			r := verify(t, g)
			if r.OK() || !strings.Contains(fmt.Sprint(r.Problems), tt.want) {
				t.Errorf("problems %v, want one with %q", r.Problems, tt.want)
			}
		})
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	g, s := open(t)
	m := newMaker(7)
	local := m.document("d", 3)
	local.Entities = m.table
	ch := graph.Change{Entities: m.table, Put: []schema.Analysis{local}, Records: map[string]schema.Analysis{"d": local}}
	if err := g.Update(t.Context(), ch); err != nil {
		t.Fatal(err)
	}
	got, ok, err := g.Record(t.Context(), "d")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if diff := cmp.Diff(local, got); diff != "" {
		t.Errorf("(-put +read):\n%s", diff)
	}
	n := 0
	for _, err := range g.Records(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d records, want 1", n)
	}
	before := dump(t, s)
	ch.Records, ch.Side = nil, map[string][]byte{"other/x": {1}}
	for range 2 {
		if err := g.Update(t.Context(), ch); err != nil {
			t.Fatal(err)
		}
	}
	now := s.Snapshot()
	defer now.Close()
	if val, ok, err := now.Record(t.Context(), "other/x"); err != nil || !ok || !bytes.Equal(val, []byte{1}) {
		t.Errorf("side record: %v, %v, %v", val, ok, err)
	}
	before = dump(t, s)
	ch.Side = nil
	if err := g.Update(t.Context(), ch); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, dump(t, s)); diff != "" {
		t.Errorf("putting it again changes the store:\n%s", diff)
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	g, s := open(t)
	table := []schema.Entity{
		{ID: "Alexander_Lukashenko", Label: "Alexander Lukashenko", Type: "Person", Aliases: []string{"Lukashenko", "Aleksandr Lukashenko"}},
		{ID: "Viktor_Lukashenko", Label: "Viktor Lukashenko", Type: "Person"},
		{ID: "United_States", Label: "United States", Aliases: []string{"US", "U.S.", "America"}},
		{ID: "Sao_Paulo", Label: "São Paulo"},
		{ID: "Lodz", Label: "Łódź"},
		{ID: "Georgia", Label: "Georgia", Type: "Country"},
		{ID: "Georgia_US", Label: "Georgia", Type: "Region"},
		{ID: "Bank_of_Russia", Label: "Bank of Russia"},
		{ID: "Russia", Label: "Russia", Aliases: []string{"Moscow"}},
		{ID: "Moscow", Label: "Moscow"},
		{ID: "Maria_Kolesnikova", Label: "Maria Kolesnikova"},
		{ID: "EU", Label: "European Union", Aliases: []string{"EU"}},
	}
	err := g.Update(t.Context(), graph.Change{Entities: table, Put: []schema.Analysis{
		doc("d", fact("Georgia_US", "visits", "Russia", schema.Asserted), fact("Viktor_Lukashenko", "visits", "Russia", schema.Asserted))}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, want, errs string }{
		{"Russia", "Russia", ""},
		{"russia", "Russia", ""},
		{"ent:Russia", "Russia", ""},
		{"<ent:Russia>", "Russia", ""},
		{"https://example.org/newsgraph/entity/Russia", "Russia", ""},
		{"Alexander_Lukashenko", "Alexander_Lukashenko", ""},
		{"lukashenko", "Alexander_Lukashenko", ""},
		{"ALEKSANDR LUKASHENKO", "Alexander_Lukashenko", ""},
		{"President Alexander Lukashenko", "Alexander_Lukashenko", ""},
		{"Kolesnikova", "Maria_Kolesnikova", ""},
		{"the U.S.", "United_States", ""},
		{"U.S", "United_States", ""},
		{"The United States", "United_States", ""},
		{"sao paulo", "Sao_Paulo", ""},
		{"Lodz", "Lodz", ""},
		{"Moscow", "Moscow", ""},
		{"eu", "EU", ""},
		{"european  union's", "", "no entity"},
		{"Georgia", "", "may mean ent:Georgia_US, ent:Georgia"},
		{"ent:Georgia", "Georgia", ""},
		{"ent:Nowhere", "", "no entity"},
		{"georgia", "", "may mean ent:Georgia_US, ent:Georgia"},
		{"Lukashenka", "", "near it: Viktor Lukashenko, Alexander Lukashenko"},
		{"Rusia", "", "near it: Russia"},
		{"Nobody", "", "no entity"},
		{"", "", "no entity"},
		{"...", "", "no entity"},
	}
	look := func(what string, g func() *graph.Graph) {
		for _, tt := range tests {
			e, err := g().Resolve(t.Context(), tt.name)
			if tt.errs != "" {
				if err == nil || !strings.Contains(err.Error(), tt.errs) {
					t.Errorf("%s: Resolve(%q) = %q, %v, want error with %q", what, tt.name, e.ID, err, tt.errs)
				}
				continue
			}
			if err != nil || e.ID != tt.want {
				t.Errorf("%s: Resolve(%q) = %q, %v, want %q", what, tt.name, e.ID, err, tt.want)
			}
		}
		_, err := g().Resolve(t.Context(), "georgia")
		var ambiguous *graph.AmbiguousNameError
		if !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 2 || ambiguous.Candidates[0].Claims != 1 || ambiguous.Candidates[0].Type != "Region" {
			t.Errorf("%s: ambiguous name: %+v", what, err)
		}
		if got, err := g().Complete(t.Context(), "mos", 10); err != nil || !slices.Equal(got, []string{"Moscow"}) {
			t.Errorf("%s: Complete(mos) = %q, %v", what, got, err)
		}
		if got, err := g().Complete(t.Context(), "", 3); err != nil || len(got) != 3 {
			t.Errorf("%s: Complete() = %q, %v", what, got, err)
		}
	}
	look("after the change", func() *graph.Graph { return g })
	look("opened for each name", func() *graph.Graph { return reopened(t, s) })
	kept := reopened(t, s)
	look("opened once", func() *graph.Graph { return kept })
	dropRecords(t, s)
	look("opened without records", func() *graph.Graph { return reopened(t, s) })
}

func entitiesOf(t testing.TB, g *graph.Graph) []schema.Entity {
	t.Helper()
	all, err := g.Entities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}
