package gold_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/ingest/gold"
	"newsgraph/schema"
)

const facts = `{"facts": [
 {"id": "a", "sentence": "Ada met Ben on Monday.", "char_start": 0, "char_end": 22, "subject": "Ada Lovelace", "relation": "meet", "object": "Ben", "factuality": "asserted", "time": "2020-01-06", "importance": 3},
 {"id": "b", "sentence": "Ada says Ben stole a car.", "char_start": 23, "char_end": 48, "subject": "Ben", "relation": "steal", "object": "a car", "factuality": "alleged", "attributed_to": "Ada Lovelace", "importance": 2},
 {"id": "c", "sentence": "He is a baker.", "char_start": 49, "char_end": 63, "subject": "Ben", "relation": "be", "object": "baker", "factuality": "asserted", "importance": 1}],
 "entities": [{"canonical": "Ada Lovelace", "mentions": ["Ada", "the countess"]}, {"canonical": "Ben", "mentions": ["the thief"]}],
 "must_not": [{"subject": "Ada Lovelace", "relation": "steal", "object": "a car", "factuality": "any", "severity": "critical", "reason": "Ben"},
  {"subject": "Ben", "relation": "steal", "object": "a car", "factuality": "asserted", "reason": "alleged"},
  {"subject": "Ada Lovelace", "relation": "meet", "object": "Ben", "factuality": "any", "time": "2019", "severity": "minor", "reason": "year"}]}`

func line(subject, predicate, object, factuality, rest string) string {
	return `{"subject":{"label":"` + subject + `"},"predicate":"` + predicate + `","object":{"value":"` + object + `"},"factuality":"` + factuality + `"` + rest + `}` + "\n"
}

func score(t *testing.T, lines string) *gold.Score {
	t.Helper()
	a, err := gold.Read(strings.NewReader(facts))
	if err != nil {
		t.Fatal(err)
	}
	claims, err := gold.ReadClaims(strings.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	return a.Score(claims)
}

func kinds(s *gold.Score) string {
	var out []string
	for _, e := range s.Errors {
		out = append(out, e.Kind+" "+e.Degree+" "+e.ID)
	}
	return strings.Join(out, ", ")
}

func TestScore(t *testing.T) {
	met := line("the Countess", "meets", "Ben", "asserted", `,"time":{"value":"2020-01-06","text":"on Monday"}`)
	stole := line("Ben", "steals", "the car", "alleged", `,"attribution":[{"label":"Ada"}]`)
	baker := line("Ben", "occupation", "a baker", "asserted", "")
	for _, tt := range []struct{ name, claims, errors string }{
		{"all", met + stole + baker, ""},
		{"nothing", "", "miss 3 a, miss 2 b, miss 1 c"},
		{"symmetric", line("Ben", "meets", "Ada", "asserted", `,"time":{"value":"2020-01-06","text":""}`) + stole + baker, ""},
		{"not symmetric", met + line("a car", "steals", "Ben", "alleged", "") + baker, "miss 2 b"},
		{"another relation", line("Ada", "phones", "Ben", "asserted", "") + stole + baker, "miss 3 a"},
		{"no day", line("Ada", "meets", "Ben", "asserted", `,"time":{"value":"2020-01","text":""}`) + stole + baker, "date 3 a"},
		{"wrong status", met + stole + line("Ben", "occupation", "a baker", "negated", ""), "factuality 1 c"},
		{"no source", met + line("Ben", "steals", "a car", "alleged", "") + baker, "attribution 2 b"},
		{"allegation as fact", met + stole + baker + line("Ben", "steals", "a car", "asserted", ""), "must-not major "},
		{"wrong thief", met + stole + baker + line("Ada", "steals", "a car", "alleged", ""), "must-not critical "},
		{"wrong year", met + stole + baker + line("Ada", "meets", "Ben", "planned", `,"time":{"value":"2019-05","text":""}`), "must-not minor "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.errors, kinds(score(t, tt.claims))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTables(t *testing.T) {
	s := score(t, line("Ada", "meets", "Ben", "asserted", ""))
	s.Add(score(t, line("Ada", "steals", "a car", "asserted", `,"evidence":[{"start":30,"end":35}]`)))
	rows := s.Table().Rows
	if diff := cmp.Diff([]any{"recall3", 1, 2}, rows[0][:3]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"recall", 1, 6}, rows[3][:3]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]any{{"claims", 2}, {"must_not_critical", 1}, {"must_not_major", 0}, {"must_not_minor", 0}}, s.Counts().Rows); diff != "" {
		t.Error(diff)
	}
	var missed string
	for _, row := range s.Misses().Rows {
		if row[0] == "miss" && row[3] == "b" && row[5] != "" {
			missed = row[2].(string) + ": " + row[5].(string)
		}
	}
	if want := "subject: Ada | steals () | a car | asserted"; missed != want {
		t.Errorf("claims of the sentence of what was missed: %q, want %q", missed, want)
	}
}

func TestOf(t *testing.T) {
	c := gold.Of(schema.Claim{Subject: schema.Entity{Label: "Ada", Aliases: []string{"Countess"}}, Predicate: "meets", Relation: "met",
		Object: schema.Value{Entity: &schema.Entity{Label: "Ben"}}, Factuality: schema.Planned, Attribution: []schema.Entity{{Label: "Eve", Aliases: []string{"E"}}}})
	want := gold.Claim{Subject: gold.Party{Label: "Ada", Aliases: []string{"Countess"}}, Predicate: "meets", Relation: "met",
		Object: gold.Party{Label: "Ben"}, Factuality: "planned", Attribution: []gold.Party{{Label: "Eve"}}}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
}

func TestReadErrors(t *testing.T) {
	fact := func(more string) string {
		return `{"facts":[{"id":"x","importance":1,"factuality":"asserted"}` + more + `]}`
	}
	for _, tt := range []struct{ in, want string }{
		{"", "unexpected end"}, {"[]", "cannot unmarshal"}, {`{"facts":[]}`, `no "facts"`},
		{fact(`,{"id":"y","importance":4,"factuality":"asserted"}`), "fact y: importance 4"},
		{fact(`,{"id":"y","importance":1,"factuality":"sure"}`), `fact y: unknown factuality "sure"`},
		{`{"facts":[{"id":"x","importance":1,"factuality":"denied"}],"must_not":[{"subject":"A","severity":"awful"}]}`, `A |  | : unknown severity "awful"`},
	} {
		if _, err := gold.Read(strings.NewReader(tt.in)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Read(%q): %v, want %q", tt.in, err, tt.want)
		}
	}
	for _, tt := range []struct{ in, want string }{
		{"\n{", "line 2: unexpected end"}, {"[1]", "line 1: json: cannot unmarshal"}, {`{"a":1}`, "line 1: no claim"},
		{strings.Repeat(" ", 17<<20), "line 1: longer than 16 MiB"},
	} {
		if _, err := gold.ReadClaims(strings.NewReader(tt.in)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ReadClaims(%.20q): %v, want %q", tt.in, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(facts, line("Ada", "meets", "Ben", "asserted", ""))
	f.Add(`{"facts":[{"importance":1,"factuality":"denied"}]}`, `{"predicate":"x","subject":"a","object":null}`)
	f.Fuzz(func(t *testing.T, facts, lines string) {
		a, err := gold.Read(strings.NewReader(facts))
		if err != nil {
			return
		}
		claims, err := gold.ReadClaims(strings.NewReader(lines))
		if err != nil {
			return
		}
		s := a.Score(claims)
		if all := s.Recall[1].All + s.Recall[2].All + s.Recall[3].All; all != len(a.Facts) || s.Recall[0].All != all {
			t.Errorf("%d facts scored of %d", all, len(a.Facts))
		}
		s.Misses()
	})
}
