package path_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/path"
	"newsgraph/graph/postgres/pgtest"
	"newsgraph/schema"
)

// world is a random small graph, kept beside the store in plain form.
type world struct {
	graph  *graph.Graph
	docs   map[string]schema.Document
	types  map[string]string
	claims map[string]map[string]schema.Claim // claim ID to document ID to version
}

func newWorld(t *testing.T, r *rand.Rand) *world {
	w := &world{docs: map[string]schema.Document{}, types: map[string]string{}, claims: map[string]map[string]schema.Claim{}}
	var table []schema.Entity
	for i := range 8 {
		e := schema.Entity{ID: fmt.Sprintf("E%d", i), Type: []string{"Person", "Company", "Country"}[r.IntN(3)]}
		w.types[e.ID] = e.Type
		table = append(table, e)
	}
	table = append(table, schema.Entity{ID: "S0"}, schema.Entity{ID: "S1"})
	var all []schema.Claim
	for range 40 + r.IntN(30) {
		all = append(all, randomClaim(r))
	}
	var docs []schema.Analysis
	for d := range 4 {
		var told []schema.Claim
		for _, c := range all {
			if r.IntN(5) < 2 {
				c.Confidence = float64(r.IntN(5)) / 4
				told = append(told, c)
			}
		}
		a := graphtest.Doc(fmt.Sprintf("d%d", d), told...)
		a.Document.Publisher = []string{"", "Post", "Times", "Mail"}[r.IntN(4)]
		a.Document.Published = []string{"", "2020-09-14", "2020-10-01"}[r.IntN(3)]
		w.take(a)
		docs = append(docs, a)
	}
	w.graph = graphtest.Open(t, table, docs...)
	return w
}

func randomClaim(r *rand.Rand) schema.Claim {
	c := graphtest.Claim(fmt.Sprintf("E%d %s E%d", r.IntN(8), []string{"loans", "meets", "visits"}[r.IntN(3)], r.IntN(8)), schema.Factuality(r.IntN(7)))
	if r.IntN(6) == 0 {
		c.Object = schema.Value{Literal: "joins nothing"}
	}
	if i := r.IntN(4); i < 2 {
		c.Attribution = []schema.Entity{{ID: fmt.Sprintf("S%d", i)}}
	}
	if r.IntN(2) == 0 {
		c.Time = &schema.Time{Value: []string{"2019", "2020-09", "2020-09-20"}[r.IntN(3)]}
	}
	return c
}

// take keeps the versions of a document.
func (w *world) take(a schema.Analysis) {
	w.docs[a.Document.ID] = a.Document
	for _, c := range a.Claims {
		c.ID = c.Key()
		if w.claims[c.ID] == nil {
			w.claims[c.ID] = map[string]schema.Claim{}
		}
		if old, ok := w.claims[c.ID][a.Document.ID]; !ok || old.Confidence < c.Confidence {
			w.claims[c.ID][a.Document.ID] = c
		}
	}
}

func randomFilter(r *rand.Rand) (f graph.Filter) {
	maybe := func(set func()) {
		if r.IntN(20) == 0 {
			set()
		}
	}
	maybe(func() { f.Predicates = []string{"loans", "meets"} })
	maybe(func() { f.Avoid = []string{"visits"} })
	maybe(func() { f.Factuality = []schema.Factuality{schema.Asserted, schema.Reported, schema.Negated} })
	maybe(func() { f.Source = "S0" })
	maybe(func() { f.OwnVoice = true })
	maybe(func() { f.MinConfidence = 0.5 })
	maybe(func() { f.When = graph.Span{Since: "2020-09-10"} })
	maybe(func() { f.Types = []string{"Person", "Company"} })
	maybe(func() { f.MinSources = 2 })
	maybe(func() { f.Documents = []string{"d0", "d2"} })
	maybe(func() { f.Published = graph.Span{Until: "2020-09"} })
	maybe(func() { f.Publishers = []string{"post", "MAIL"} })
	return f
}

// fact is a claim that a filter lets through, with what it costs.
type fact struct {
	schema.Claim
	cost [3]int
}

// facts applies a filter in plain words.
func (w *world) facts(f graph.Filter, ends ...string) []fact {
	var out []fact
	for _, versions := range w.claims {
		var c schema.Claim
		publishers, told := map[string]bool{}, false
		best := 0.0
		for doc, version := range versions {
			d := w.docs[doc]
			if len(f.Documents) > 0 && !slices.Contains(f.Documents, doc) || f.Published.Until != "" && (d.Published == "" || d.Published > "2020-09-30") ||
				len(f.Publishers) > 0 && d.Publisher != "Post" && d.Publisher != "Mail" {
				continue
			}
			c, told, best = version, true, max(best, version.Confidence)
			publishers[d.Publisher] = true
		}
		delete(publishers, "")
		sources := max(1, len(publishers))
		if !told || c.Object.Entity == nil || c.Subject.ID == c.Object.Entity.ID || !w.fits(&c, f, best, sources, ends) {
			continue
		}
		out = append(out, fact{c, [3]int{int(c.Factuality), 1_000_000 / sources, int((1-best)*1_000_000 + 0.5)}})
	}
	return out
}

func (w *world) fits(c *schema.Claim, f graph.Filter, confidence float64, sources int, ends []string) bool {
	source := ""
	if len(c.Attribution) > 0 {
		source = c.Attribution[0].ID
	}
	typed := func(id string) bool {
		return len(f.Types) == 0 || slices.Contains(ends, id) || w.types[id] != "Country"
	}
	return (len(f.Predicates) == 0 || c.Predicate != "visits") && (len(f.Avoid) == 0 || c.Predicate != "visits") &&
		(len(f.Factuality) == 0 && c.Factuality != schema.Negated || slices.Contains(f.Factuality, c.Factuality)) &&
		(f.Source == "" || source == f.Source) && (!f.OwnVoice || source == "") && confidence >= f.MinConfidence && sources >= f.MinSources &&
		(f.When.IsZero() || c.Time != nil && c.Time.Value != "2019") && typed(c.Subject.ID) && typed(c.Object.Entity.ID)
}

// way is a path of brute force.
type way struct {
	nodes []string
	hops  [][]fact
	cost  [3]int
}

// ways walks every simple path.
func (w *world) ways(from, to string, o path.Options) []way {
	next := map[string]map[string][]fact{}
	for _, f := range w.facts(o.Filter, from, to, o.Via) {
		join := func(a, b string) {
			if next[a] == nil {
				next[a] = map[string][]fact{}
			}
			next[a][b] = append(next[a][b], f)
		}
		join(f.Subject.ID, f.Object.Entity.ID)
		if !o.Directed {
			join(f.Object.Entity.ID, f.Subject.ID)
		}
	}
	var all []way
	var walk func(way)
	walk = func(x way) {
		at := x.nodes[len(x.nodes)-1]
		if at == to {
			if o.Via == "" || slices.Contains(x.nodes, o.Via) {
				all = append(all, x)
			}
			return
		}
		for b, facts := range next[at] {
			if len(x.hops) < o.MaxHops && !slices.Contains(x.nodes, b) {
				walk(x.plus(b, facts, o.Order))
			}
		}
	}
	walk(way{nodes: []string{from}})
	slices.SortFunc(all, func(a, b way) int {
		length := cmp.Compare(len(a.hops), len(b.hops))
		if o.Order == path.Supported {
			length = 0
		}
		return cmp.Or(length, slices.Compare(a.cost[:], b.cost[:]), slices.Compare(a.nodes, b.nodes))
	})
	return all
}

func (x way) plus(to string, facts []fact, order path.Order) way {
	facts = slices.Clone(facts)
	slices.SortFunc(facts, func(a, b fact) int {
		return cmp.Or(slices.Compare(a.cost[:], b.cost[:]), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.ID, b.ID))
	})
	n := way{append(slices.Clone(x.nodes), to), append(slices.Clone(x.hops), facts), x.cost}
	for i := range n.cost {
		n.cost[i] += facts[0].cost[i]
	}
	if order == path.Supported {
		n.cost[0]++
	}
	return n
}

func (x way) String() string {
	var b strings.Builder
	weakest := 0
	for i, facts := range x.hops {
		fmt.Fprintf(&b, "%s ", x.nodes[i])
		for _, f := range facts {
			fmt.Fprintf(&b, "[%s %s %s] ", f.Subject.ID, f.Predicate, f.ID)
		}
		if worst := x.hops[weakest][0].cost; slices.Compare(facts[0].cost[:], worst[:]) > 0 {
			weakest = i
		}
	}
	fmt.Fprintf(&b, "%s weakest %d", x.nodes[len(x.nodes)-1], weakest)
	return b.String()
}

// text writes a path as way.String does.
func text(p path.Path) string {
	var b strings.Builder
	for _, h := range p.Hops {
		fmt.Fprintf(&b, "%s ", h.From.ID)
		for _, c := range h.Claims {
			fmt.Fprintf(&b, "[%s %s %s] ", c.Subject.ID, c.Predicate, c.ID)
		}
	}
	fmt.Fprintf(&b, "%s weakest %d", p.Hops[len(p.Hops)-1].To.ID, p.Weakest)
	return b.String()
}

// Search finds what trying everything finds, on random graphs with random filters.
func TestSearchAgainstBruteForce(t *testing.T) {
	t.Parallel()
	found, none := 0, 0
	rounds := pgtest.Rounds(120)
	for seed := range rounds {
		r := rand.New(rand.NewPCG(seed, 2))
		w := newWorld(t, r)
		o := path.Options{MaxHops: 1 + r.IntN(5), Paths: []int{1, 2, 5, -1}[r.IntN(4)], Offset: []int{0, 0, 2}[r.IntN(3)], Directed: r.IntN(3) == 0,
			Order: path.Order(r.IntN(2)), Filter: randomFilter(r)}
		if r.IntN(4) == 0 {
			o.Via = fmt.Sprintf("E%d", r.IntN(8))
		}
		all := w.ways("E0", "E1", o)
		var want, got []string
		for _, x := range all[min(o.Offset, len(all)):] {
			if o.Paths < 0 || len(want) < o.Paths {
				want = append(want, x.String())
			}
		}
		paths, err := path.Search(t.Context(), w.graph, []string{"E0"}, []string{"E1"}, o)
		var no *path.NoPathError
		if errors.As(err, &no) {
			none++
			no.Excluded = 0
			if diff := gocmp.Diff(w.none("E0", "E1", o), no, gocmp.Transformer("claims", func(l path.Left) [2]int { return [2]int{int(l.By), l.Hops} })); diff != "" {
				t.Fatalf("seed %d, %+v: why there is none (-brute force +search):\n%s", seed, o, diff)
			}
		} else if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			found++
			got = append(got, text(p))
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d, %+v (-brute force +search):\n%s", seed, o, diff)
		}
	}
	if found < int(3*rounds) || none < int(rounds/6) {
		t.Errorf("%d paths and %d times none: the test does not test much", found, none)
	}
}

// none is what Search should say where there is no path.
func (w *world) none(from, to string, o path.Options) *path.NoPathError {
	length := func(change func(*path.Options)) int {
		x := o
		x.Order = path.Shortest
		change(&x)
		if all := w.ways(from, to, x); len(all) > 0 {
			return len(all[0].hops)
		}
		return 0
	}
	e := &path.NoPathError{MaxHops: o.MaxHops, Longer: length(func(o *path.Options) { o.MaxHops *= 2 })}
	if o.Directed {
		e.Undirected = length(func(o *path.Options) { o.Directed = false })
	}
	set := o.Filter.Criteria()
	for _, c := range set.Each() {
		e.Left = append(e.Left, path.Left{By: c, Hops: length(func(o *path.Options) { o.Filter = o.Filter.Without(c) })})
	}
	if set != 0 {
		e.Unfiltered = length(func(o *path.Options) { o.Filter = graph.Filter{} })
	}
	return e
}

// The same articles in another order give the same paths.
func TestSearchIsStable(t *testing.T) {
	t.Parallel()
	docs := []schema.Analysis{}
	for d := range 5 {
		var claims []schema.Claim
		for i := range 6 {
			claims = append(claims, graphtest.Claim(fmt.Sprintf("E%d meets E%d", (i+d)%6, (i+2*d+1)%6), schema.Asserted))
		}
		docs = append(docs, graphtest.Doc(fmt.Sprintf("d%d", d), claims...))
	}
	answers := map[string]bool{}
	for range 2 {
		slices.Reverse(docs)
		paths, err := path.Search(t.Context(), graphtest.Open(t, nil, docs...), []string{"E0"}, []string{"E3"}, path.Options{Paths: -1})
		if err != nil || len(paths) < 10 {
			t.Fatal(len(paths), err)
		}
		all := ""
		for _, p := range paths {
			all += text(p) + "\n"
		}
		answers[all] = true
	}
	if len(answers) != 1 {
		t.Error(slices.Collect(maps.Keys(answers)))
	}
}
