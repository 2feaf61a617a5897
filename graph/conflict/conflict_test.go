package conflict_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph"
	"newsgraph/graph/conflict"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/schema"
)

// say makes a claim of "Subject predicate Object" and options.
func say(words string, options ...func(*schema.Claim)) schema.Claim {
	c := graphtest.Claim(words, schema.Asserted)
	c.Confidence = 0.8
	for _, o := range options {
		o(&c)
	}
	return c
}

func no(c *schema.Claim) { c.Factuality, c.Flags = schema.Negated, nil }

func on(date string) func(*schema.Claim) {
	return func(c *schema.Claim) { c.Time = &schema.Time{Value: date, Text: date} }
}

func by(names ...string) func(*schema.Claim) {
	return func(c *schema.Claim) {
		for _, n := range names {
			c.Attribution = append(c.Attribution, schema.Entity{ID: n})
		}
		if c.Factuality == schema.Asserted {
			c.Factuality = schema.Reported
		}
	}
}

func as(f schema.Factuality) func(*schema.Claim) {
	return func(c *schema.Claim) { c.Factuality = f }
}

func also(f schema.Factuality) func(*schema.Claim) {
	return func(c *schema.Claim) { c.Flags = append(c.Flags, f, c.Factuality) }
}

func in(place string) func(*schema.Claim) {
	return func(c *schema.Claim) { c.Place = &schema.Entity{ID: place} }
}

func counting(n float64, unit, bound string) func(*schema.Claim) {
	return func(c *schema.Claim) {
		c.Quantities = append(c.Quantities, schema.Quantity{Value: n, Unit: unit, Bound: bound, Text: fmt.Sprint(n)})
	}
}

func literal(text string) func(*schema.Claim) {
	return func(c *schema.Claim) { c.Object = schema.Value{Literal: text} }
}

func doubt(c *schema.Claim) { c.Confidence = 0.3 }

// doc makes an article of the day.
func doc(id, published string, claims ...schema.Claim) schema.Analysis {
	d := graphtest.Doc(id, claims...)
	d.Document.Published = published
	return d
}

// find lists the conflicts of some articles as "kind sides", a denial with a mark.
func find(t *testing.T, o conflict.Options, docs ...schema.Analysis) []string {
	t.Helper()
	entities := []schema.Entity{{ID: "Ann", Type: "Person"}, {ID: "Bob", Type: "Person"}, {ID: "Party", Type: "Party"},
		{ID: "Ann_Long", Label: "Ann Long", Type: "Person"}, {ID: "Long_Ago", Label: "Bo Long", Type: "Person"},
		{ID: "Vote", Type: "Event"}, {ID: "Rome", Type: "City"}, {ID: "Oslo", Type: "City"}, {ID: "Italy", Type: "Country"}}
	g := graphtest.Open(t, entities, docs...)
	v := g.View()
	defer v.Close()
	found, err := conflict.Find(t.Context(), v, schema.Default(), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range found {
		var says []string
		for _, s := range c.Sides {
			says = append(says, s.Says)
		}
		line := string(c.Kind) + " " + strings.Join(says, ", ")
		if c.Denial {
			line += " (denial)"
		}
		out = append(out, line)
	}
	return out
}

func TestFind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		x, y schema.Claim // told by two articles of one day
		want string
	}{
		{"yes and no", say("A supports B"), say("A supports B", no), "denied yes, no"},
		{"both yes", say("A supports B"), say("A supports B", by("Ann")), ""},
		{"a denial", say("A supports B", as(schema.Alleged), by("Ann")), say("A supports B", no, by("A")), "denied yes, no (denial)"},
		{"another object", say("A supports B"), say("A supports C", no), ""},
		{"a plan", say("A supports B", as(schema.Planned)), say("A supports B", no), ""},
		{"not planned", say("A supports B"), say("A supports B", no, also(schema.Planned)), ""},
		{"possible", say("A supports B", as(schema.Possible)), say("A supports B", no), ""},
		{"other dates", say("A supports B", on("2020-09-01")), say("A supports B", no, on("2020-09-03")), ""},
		{"dates that meet", say("A supports B", on("2020-09")), say("A supports B", no, on("2020-09-03")), "denied yes, no"},
		{"an old date", say("A supports B", on("2019")), say("A supports B", no), ""},
		{"a literal", say("A wants B", literal("an early  vote")), say("A wants B", literal("An early vote"), no), "denied yes, no"},
		{"not sure", say("A supports B", doubt), say("A supports B", no), ""},
		{"meetings", say("A meets B"), say("A meets B", no), ""},
		{"meetings of a day", say("A meets B", on("2020-09-01")), say("A meets B", no, on("2020-09-01")), "denied yes, no"},
		{"opposed", say("A supports B"), say("A opposes B"), "opposed opposes, supports"},
		{"opposed in time", say("A supports B", on("2020-08")), say("A opposes B", on("2020-09")), ""},
		{"opposed and denied", say("A supports B"), say("A opposes B", no), ""},
		{"two winners", say("Ann won_election Vote"), say("Bob won_election Vote", by("Bob")), "rivals Ann, Bob"},
		{"a victory claimed", say("Ann won_election Vote"), say("Bob claims_victory_in Vote"), "rivals Ann, Bob"},
		{"a party and its candidate", say("Ann won_election Vote"), say("Party won_election Vote"), ""},
		{"perhaps one person", say("Ann_Long won_election Vote"), say("Long_Ago won_election Vote"), ""},
		{"two years", say("Ann won_election Vote", on("2015")), say("Bob won_election Vote", on("2020")), ""},
		{"two heads of state", say("Ann head_of_state_of Italy"), say("Bob head_of_state_of Italy"), "rivals Ann, Bob"},
		{"one after the other", say("Ann head_of_state_of Italy", on("/2020-08-31")), say("Bob head_of_state_of Italy", on("2020-09-01/")), ""},
		{"ages", say("Ann aged X", literal("58")), say("Ann aged X", literal("61")), "values 58, 61"},
		{"a birthday between", say("Ann aged X", literal("58")), say("Ann aged X", literal("59")), ""},
		{"dates of birth", say("Ann born_on X", literal("1954-08-30")), say("Ann born_on X", literal("1955")), "values 1954-08-30, 1955"},
		{"one date twice", say("Ann born_on X", literal("1954-08-30")), say("Ann born_on X", literal("1954")), ""},
		{"birthplaces", say("Ann born_in Rome"), say("Ann born_in Oslo"), "values Oslo, Rome"},
		{"a city and its country", say("Ann born_in Rome"), say("Ann born_in Italy"), ""},
		{"numbers", say("Ann arrests X", counting(90, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Bob arrests Y", counting(200, "protester", "min"), on("2020-09-01"), in("Rome")), "numbers 90 protester, 200 protester or more"},
		{"numbers that fit", say("Ann arrests X", counting(250, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Ann arrests Y", counting(200, "protester", "min"), on("2020-09-01"), in("Rome")), ""},
		{"a round number", say("Ann arrests X", counting(3000, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Ann arrests Y", counting(2800, "protester", ""), on("2020-09-01"), in("Rome")), ""},
		{"about", say("Ann kills X", counting(23, "soldier", "about"), on("2020-09-01"), in("Rome")),
			say("Ann kills Y", counting(21, "soldier", ""), on("2020-09-01"), in("Rome")), ""},
		{"other places", say("Ann arrests X", counting(90, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Ann arrests Y", counting(200, "protester", ""), on("2020-09-01"), in("Oslo")), ""},
		{"other days", say("Ann arrests X", counting(90, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Ann arrests Y", counting(200, "protester", ""), on("2020-09-02"), in("Rome")), ""},
		{"other units", say("Ann arrests X", counting(90, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Ann arrests Y", counting(200, "soldier", ""), on("2020-09-01"), in("Rome")), ""},
		{"no day", say("Ann arrests X", counting(90, "protester", ""), in("Rome")), say("Ann arrests Y", counting(200, "protester", ""), in("Rome")), ""},
		{"two loans", say("A loans B", counting(1e9, "USD", ""), on("2020-09-01")), say("A loans B", counting(2e9, "USD", ""), on("2020-09-01"), by("Ann")), ""},
	}
	for _, tt := range tests {
		got := find(t, conflict.Options{}, doc("one", "2020-09-10", tt.x), doc("two", "2020-09-10", tt.y))
		want := []string{tt.want}
		if tt.want == "" {
			want = nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		back := find(t, conflict.Options{}, doc("one", "2020-09-10", tt.y), doc("two", "2020-09-10", tt.x))
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("%s, the other way round (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestOneArticle says what an article tells of the quarrels of others.
func TestOneArticle(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		x, y schema.Claim
		want string
	}{
		{"in its own voice", say("A supports B"), say("A supports B", no), ""},
		{"one source", say("A supports B", by("Ann")), say("A supports B", no, by("Ann")), ""},
		{"two sources", say("A supports B", by("Ann")), say("A supports B", no, by("Bob")), "denied yes, no (denial)"},
		{"a denial", say("A supports B"), say("A supports B", no, by("A")), "denied yes, no (denial)"},
		{"part of a number", say("Ann arrests X", counting(90, "protester", ""), on("2020-09-01"), in("Rome")),
			say("Ann arrests Y", counting(20, "protester", ""), on("2020-09-01"), in("Rome")), ""},
	}
	for _, tt := range tests {
		got := strings.Join(find(t, conflict.Options{}, doc("one", "2020-09-10", tt.x, tt.y)), "; ")
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestApart says that claims without a date are of the weeks before their articles.
func TestApart(t *testing.T) {
	t.Parallel()
	yes, not := say("A recognises B"), say("A recognises B", no)
	if got := find(t, conflict.Options{}, doc("old", "2015-03-01", yes), doc("new", "2020-03-01", not)); got != nil {
		t.Errorf("five years apart: %q", got)
	}
	if got := find(t, conflict.Options{}, doc("old", "2020-02-20", yes), doc("new", "2020-03-01", not)); len(got) != 1 {
		t.Errorf("ten days apart: %q, want one", got)
	}
	if got := find(t, conflict.Options{}, doc("old", "", yes), doc("new", "2020-03-01", not)); len(got) != 1 {
		t.Errorf("no date of publication: %q, want one", got)
	}
}

// TestOptions chooses conflicts, and their order.
func TestOptions(t *testing.T) {
	t.Parallel()
	docs := []schema.Analysis{
		doc("one", "2020-09-10", say("A supports B"), say("Ann won_election Vote"), say("C arms D", by("Ann"))),
		doc("two", "2020-09-10", say("A opposes B"), say("A supports B", no), say("Bob won_election Vote"), say("C arms D", no, by("C"))),
	}
	all := []string{"denied yes, no", "opposed opposes, supports", "rivals Ann, Bob", "denied yes, no (denial)"}
	tests := []struct {
		name string
		o    conflict.Options
		want []string
	}{
		{"all", conflict.Options{}, all},
		{"kinds", conflict.Options{Kinds: []conflict.Kind{conflict.Opposed, conflict.Rivals}}, all[1:3]},
		{"an entity", conflict.Options{Entities: []string{"A"}}, all[:2]},
		{"two entities", conflict.Options{Entities: []string{"Ann", "Bob"}}, all[2:3]},
		{"none of both", conflict.Options{Entities: []string{"A", "Ann"}}, nil},
		{"predicates", conflict.Options{Filter: graph.Filter{Predicates: []string{"arms"}}}, all[3:]},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, find(t, tt.o, docs...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		reversed := slices.Clone(docs)
		slices.Reverse(reversed)
		if diff := cmp.Diff(tt.want, find(t, tt.o, reversed...)); diff != "" {
			t.Errorf("%s, in another order (-want +got):\n%s", tt.name, diff)
		}
	}
}
