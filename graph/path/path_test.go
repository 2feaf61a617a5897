package path_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

// show writes a path as "A -loans> B <visits- C".
func show(p path.Path) string {
	var b strings.Builder
	b.WriteString(p.Hops[0].From.ID)
	for _, h := range p.Hops {
		if h.Direction == path.Forward {
			fmt.Fprintf(&b, " -%s> %s", h.Predicate, h.To.ID)
		} else {
			fmt.Fprintf(&b, " <%s- %s", h.Predicate, h.To.ID)
		}
	}
	return b.String()
}

func by(publisher string, a schema.Analysis) schema.Analysis {
	a.Document.Publisher = publisher
	return a
}

func news(t *testing.T) *graph.Graph {
	c := graphtest.Claim
	sure := c("C visits D", schema.Asserted)
	sure.Confidence = 0.9
	return graphtest.Open(t, nil,
		graphtest.Doc("one", c("A loans B", schema.Planned), c("C meets B", schema.Asserted), c("C meets D", schema.Reported), sure,
			c("A attacks D", schema.Negated), c("A sells B", schema.Alleged), c("A meets A", schema.Asserted)),
		by("Daily News", graphtest.Doc("two", c("A knows E", schema.Asserted), c("E knows F", schema.Asserted), c("F knows D", schema.Possible), c("X knows Y", schema.Asserted),
			c("G arms D", schema.Asserted), c("A arms G", schema.Alleged), c("A arms H", schema.Alleged), c("H arms D", schema.Asserted))),
		by("Post", graphtest.Doc("three", c("H arms D", schema.Asserted))))
}

func TestSearch(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct {
		name     string
		from, to string
		o        path.Options
		want     []string
	}{
		{"one hop", "A", "B", path.Options{}, []string{"A -loans> B"}},
		{"against the claim", "B", "A", path.Options{}, []string{"B <loans- A"}},
		{"more publishers win", "A", "D", path.Options{}, []string{"A -arms> H -arms> D"}},
		{"several", "A", "D", path.Options{Paths: 4}, []string{"A -arms> H -arms> D", "A -arms> G -arms> D", "A -loans> B <meets- C -visits> D", "A -knows> E -knows> F -knows> D"}},
		{"asserted before confident", "B", "D", path.Options{}, []string{"B <meets- C -visits> D"}},
		{"directed", "A", "D", path.Options{Directed: true, Filter: graph.Filter{Avoid: []string{"arms"}}}, []string{"A -knows> E -knows> F -knows> D"}},
		{"avoid", "A", "D", path.Options{Filter: graph.Filter{Avoid: []string{"arms", "knows", "loans"}}}, []string{"A -sells> B <meets- C -visits> D"}},
		{"include", "A", "D", path.Options{Filter: graph.Filter{Predicates: []string{"knows"}}}, []string{"A -knows> E -knows> F -knows> D"}},
		{"factuality", "A", "D", path.Options{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Asserted, schema.Possible}}}, []string{"A -knows> E -knows> F -knows> D"}},
		{"negated when asked", "A", "D", path.Options{Filter: graph.Filter{Factuality: []schema.Factuality{schema.Negated}}}, []string{"A -attacks> D"}},
		{"by support", "A", "D", path.Options{Order: path.Supported, Paths: 2, MaxHops: 3}, []string{"A -loans> B <meets- C -visits> D", "A -arms> H -arms> D"}},
		{"via", "A", "D", path.Options{Via: "C"}, []string{"A -loans> B <meets- C -visits> D"}},
		{"via one end", "A", "D", path.Options{Via: "D"}, []string{"A -arms> H -arms> D"}},
		{"offset", "A", "D", path.Options{Paths: 2, Offset: 2}, []string{"A -loans> B <meets- C -visits> D", "A -knows> E -knows> F -knows> D"}},
		{"offset past the end", "A", "D", path.Options{Paths: 2, Offset: 20}, nil},
		{"all", "C", "A", path.Options{Paths: -1, MaxHops: 2}, []string{"C -meets> B <loans- A"}},
		{"confidence", "C", "D", path.Options{Filter: graph.Filter{MinConfidence: 0.6}}, []string{"C -visits> D"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			paths, err := path.Search(t.Context(), g, []string{tt.from}, []string{tt.to}, tt.o)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range paths {
				got = append(got, show(p))
				for _, h := range p.Hops {
					if len(h.Claims) == 0 || len(h.Claims[0].Evidence) == 0 || h.Claims[0].Evidence[0].Quote == "" {
						t.Errorf("hop without a quote: %+v", h)
					}
				}
			}
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestMention holds that who speaks of somebody is joined to them by that only where there is no deed, however sure.
func TestMention(t *testing.T) {
	t.Parallel()
	c := graphtest.Claim
	sure, deed := c("A speaks_of B", schema.Asserted), c("A thanks B", schema.Asserted)
	sure.Confidence, deed.Confidence = 0.95, 0.6
	g := graphtest.Open(t, nil, graphtest.Doc("one", sure, deed, c("C speaks_of B", schema.Asserted)), by("Post", graphtest.Doc("two", sure)))
	for to, want := range map[string]string{"A": "B <thanks- A", "C": "B <speaks_of- C"} {
		paths, err := path.Search(t.Context(), g, []string{"B"}, []string{to}, path.Options{})
		if err != nil || show(paths[0]) != want {
			t.Errorf("to %s: %v, %v, want %s", to, paths, err, want)
		}
	}
}

func TestNoPath(t *testing.T) {
	t.Parallel()
	g := news(t)
	tests := []struct {
		name string
		to   string
		o    path.Options
		want path.NoPathError
	}{
		{"none at all", "Y", path.Options{}, path.NoPathError{MaxHops: 6}},
		{"too far", "F", path.Options{MaxHops: 1}, path.NoPathError{MaxHops: 1, Longer: 2}},
		{"the filters took it", "B", path.Options{Filter: graph.Filter{Avoid: []string{"loans", "sells", "meets"}}, MaxHops: 2},
			path.NoPathError{MaxHops: 2, Excluded: 3, Left: []path.Left{{By: graph.ByAvoid, Claims: 3, Hops: 1}}, Unfiltered: 1}},
		{"two filters took it", "B", path.Options{Filter: graph.Filter{Avoid: []string{"loans", "sells"}, MinConfidence: 0.7}, MaxHops: 1},
			path.NoPathError{MaxHops: 1, Excluded: 5, Left: []path.Left{{By: graph.ByAvoid, Claims: 2}, {By: graph.ByConfidence, Claims: 3}}, Unfiltered: 1}},
		{"only the other way round", "C", path.Options{Directed: true}, path.NoPathError{MaxHops: 6, Undirected: 2}},
		{"filters, but none without them", "Y", path.Options{Filter: graph.Filter{Avoid: []string{"loans"}}},
			path.NoPathError{MaxHops: 6, Left: []path.Left{{By: graph.ByAvoid}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := path.Search(t.Context(), g, []string{"A"}, []string{tt.to}, tt.o)
			var none *path.NoPathError
			if !errors.As(err, &none) || !strings.Contains(err.Error(), "no path within") {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(tt.want, *none); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSearchEnds(t *testing.T) {
	t.Parallel()
	g := news(t)
	if _, err := path.Search(t.Context(), g, []string{"A"}, []string{"B", "A"}, path.Options{}); err == nil {
		t.Error("a path from A to A: no error")
	}
	if _, err := path.Search(t.Context(), g, []string{"A"}, []string{"D"}, path.Options{MaxSteps: 3}); !errors.Is(err, path.ErrBudget) {
		t.Errorf("tiny budget: %v", err)
	}
	whole, err := path.Search(t.Context(), g, []string{"A"}, []string{"D"}, path.Options{Paths: -1})
	if err != nil {
		t.Fatal(err)
	}
	for steps := 1; steps < 200; steps++ { // with any budget: all paths, or the first ones and the reason
		paths, err := path.Search(t.Context(), g, []string{"A"}, []string{"D"}, path.Options{Paths: -1, MaxSteps: steps})
		if err == nil && len(paths) != len(whole) || err != nil && (!errors.Is(err, path.ErrBudget) || len(paths) > len(whole)) {
			t.Errorf("%d steps: %d paths, %v", steps, len(paths), err)
		}
		if diff := gocmp.Diff(whole[:len(paths)], paths); diff != "" && len(paths) > 0 {
			t.Errorf("%d steps (-whole +got):\n%s", steps, diff)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := path.Search(ctx, g, []string{"A"}, []string{"D"}, path.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestHop(t *testing.T) {
	t.Parallel()
	paths, err := path.Search(t.Context(), news(t), []string{"A"}, []string{"C"}, path.Options{MaxClaims: 1})
	if err != nil {
		t.Fatal(err)
	}
	p := paths[0]
	if p.Weakest != 0 || p.Hops[0].Others != 1 || len(p.Hops[0].Claims) != 1 || p.Hops[0].Support.Factuality != schema.Planned {
		t.Errorf("%+v", p)
	}
	if paths, err = path.Search(t.Context(), news(t), []string{"D"}, []string{"C"}, path.Options{}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range paths[0].Hops[0].Claims {
		got = append(got, c.Predicate+" "+string(path.Along(&c, "D")))
	}
	if diff := gocmp.Diff([]string{"visits backward", "meets backward"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
