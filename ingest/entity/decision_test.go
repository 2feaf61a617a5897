package entity

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/schema"
)

func TestParseDecisions(t *testing.T) {
	t.Parallel()
	got, err := ParseDecisions([]byte("# names\n\nmerge\tA B\tent:C # the same man\nsplit\tent:A\tdoc:d1\tNew Name\t# x\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []schema.Decision{
		{Line: 3, Action: schema.Merge, Entity: "A B", Other: "C"},
		{Line: 4, Action: schema.Split, Entity: "A", Document: "d1", Name: "New Name"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"merge A B\n":             `line 1: unknown action "merge A B"`,
		"\n\nmerge\tA\n":          "line 3: merge has 1 fields behind it: want two entities",
		"merge\tA\tB\tC\n":        "line 1: merge has 3 fields",
		"#\nsplit\tA\n":           "line 2: split has 1 fields",
		"merge\t\tB\n":            "line 1: an empty field",
		"join\tA\tB\n":            `line 1: unknown action "join"`,
		"merge\tA\t\xff\n":        "line 1: not UTF-8",
		"split\tA\tdoc:d\tx\ty\n": "line 1: split has 4 fields",
	} {
		_, err := ParseDecisions([]byte(text))
		var at *DecisionError
		if !errors.As(err, &at) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

func FuzzParseDecisions(f *testing.F) {
	f.Add("merge\tA\tB\nsplit\tA\tdoc\tname # x\n# y\n")
	f.Add("\ufeffmerge\tent:A\tent:B")
	f.Add("split\t\t\t\t\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ParseDecisions([]byte(text))
		if err != nil {
			return
		}
		for _, d := range list {
			again, err := ParseDecisions([]byte(d.String()))
			if strings.ContainsAny(d.String(), "#\r") || strings.HasPrefix(d.Entity+"\n"+d.Other, "ent:") || strings.Contains(d.String(), "ent:") || strings.Contains(d.String(), "doc:") {
				continue
			}
			if err != nil || len(again) != 1 || again[0].Said() != d.Said() {
				t.Errorf("%q reads as %+v, %v", d.String(), again, err)
			}
		}
		NameAll(byDoc([]Local{who("A", "Person")}, []Local{who("B", "Person")}), list)
	})
}

// ids lists the canonical IDs of all entities, documents with bars between them.
func ids(docs []Summary, n *Naming) string {
	var parts []string
	for _, d := range docs {
		var out []string
		for _, e := range d.Entities {
			out = append(out, n.Entities[d.DocID][e.ID].ID)
		}
		parts = append(parts, strings.Join(out, " "))
	}
	return strings.Join(parts, " | ")
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	docs := byDoc(
		[]Local{who("Alexander Lukashenko", "Person"), who("Ann Smith", "Person")},
		[]Local{who("Big Al", "Person"), who("Ann Smith", "Person")},
		[]Local{who("Ann Smith", "Person"), gazetted("Minsk", "City")})
	s := schema.Scope("d1")
	tests := []struct{ name, file, want, idle string }{
		{"none", "", "Alexander_Lukashenko Ann_Smith | Big_Al Ann_Smith | Ann_Smith Minsk", ""},
		{"merge by name", "merge\talexander lukashenko\tBig Al", "Alexander_Lukashenko Ann_Smith | Alexander_Lukashenko Ann_Smith | Ann_Smith Minsk", ""},
		{"merge by ID, the other way", "merge\tent:Big_Al\tent:Alexander_Lukashenko", "Big_Al Ann_Smith | Big_Al Ann_Smith | Ann_Smith Minsk", ""},
		{"a chain", "merge\tBig_Al\tAnn_Smith\nmerge\tAlexander_Lukashenko\tAnn_Smith", "Alexander_Lukashenko Alexander_Lukashenko | Alexander_Lukashenko Alexander_Lukashenko | Alexander_Lukashenko Minsk", ""},
		{"split", "split\tAnn_Smith\td1", "Alexander_Lukashenko Ann_Smith | Big_Al Ann_Smith_" + s + " | Ann_Smith Minsk", ""},
		{"split with a name", "split\tAnn_Smith\td1\tAnn Smith (poet)\nsplit\tAnn_Smith\td2\tAnn Smith (poet)",
			"Alexander_Lukashenko Ann_Smith | Big_Al Ann_Smith_poet | Ann_Smith_poet Minsk", ""},
		{"split and merge", "split\tAnn_Smith\td1\tPoet\nmerge\tBig_Al\tPoet", "Alexander_Lukashenko Ann_Smith | Big_Al Big_Al | Ann_Smith Minsk", ""},
		{"unknown", "merge\tNobody\tBig Al", "Alexander_Lukashenko Ann_Smith | Big_Al Ann_Smith | Ann_Smith Minsk", `1: there is no entity "Nobody"`},
		{"one already", "merge\tAnn_Smith\tann smith", "Alexander_Lukashenko Ann_Smith | Big_Al Ann_Smith | Ann_Smith Minsk", "1: they are one already"},
		{"not there", "split\tBig_Al\td2", "Alexander_Lukashenko Ann_Smith | Big_Al Ann_Smith | Ann_Smith Minsk", "1: document d2 does not speak of Big_Al"},
		{"a place of the gazetteer", "merge\tMinsk\tBig Al", "Alexander_Lukashenko Ann_Smith | Minsk Ann_Smith | Ann_Smith Minsk", ""},
	}
	for _, tt := range tests {
		list, err := ParseDecisions([]byte(tt.file))
		if err != nil {
			t.Fatal(err)
		}
		n := NameAll(docs, list)
		if got := ids(docs, n); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
		var idle []string
		for _, i := range n.Idle {
			idle = append(idle, fmt.Sprintf("%d: %s", i.Line, i.Reason))
		}
		if got := strings.Join(idle, "; "); got != tt.idle {
			t.Errorf("%s: idle %q, want %q", tt.name, got, tt.idle)
		}
	}
	n := NameAll(docs, []schema.Decision{{Action: schema.Merge, Entity: "Alexander_Lukashenko", Other: "Big_Al"}})
	want := schema.Entity{ID: "Alexander_Lukashenko", Label: "Alexander Lukashenko", Type: "Person", Aliases: []string{"Big Al"}, Sameness: 1}
	if diff := cmp.Diff(want, n.Entities["d1"]["Big_Al"]); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

func gazetted(id, class string) Local { return who(strings.ReplaceAll(id, "_", " "), class, inGaz(id)) }

func roles(words ...string) func(*Local) { return func(l *Local) { l.Roles = words } }

func TestNamesakes(t *testing.T) {
	t.Parallel()
	us := gazetted("United_States", "Country")
	tests := []struct {
		name string
		docs []Summary
		want string
	}{
		{"nothing known", byDoc([]Local{who("John Smith", "Person")}, []Local{who("John Smith", "Person")}), "John_Smith | John_Smith"},
		{"one role", byDoc([]Local{who("John Smith", "Person", roles("Kenyan minister"), of("Kenya"))}, []Local{who("John Smith", "Person", roles("minister"))}),
			"John_Smith | John_Smith"},
		{"two countries", byDoc([]Local{who("John Smith", "Person", roles("minister"), of("Kenya"))}, []Local{who("John Smith", "Person", roles("bishop"), of("Chile"))}),
			"John_Smith_Kenya | John_Smith_Chile"},
		{"two countries, one of them spoken of in both", byDoc(
			[]Local{who("John Smith", "Person", roles("envoy"), of("United_States"))},
			[]Local{who("John Smith", "Person", roles("guest"), of("Chile")), us}), "John_Smith | John_Smith United_States"},
		{"two countries, one company", byDoc(
			[]Local{who("John Smith", "Person", of("Kenya")), who("Acme Oil", "Company")},
			[]Local{who("John Smith", "Person", of("Chile")), who("Acme Oil", "Company")}), "John_Smith Acme_Oil | John_Smith Acme_Oil"},
		{"a man and a woman", byDoc([]Local{who("Robin Smith", "Person", gender('m'))}, []Local{who("Robin Smith", "Person", gender('f'))}),
			"Robin_Smith | Robin_Smith_person"},
		{"a player and a judge", byDoc([]Local{who("John Smith", "Person", roles("striker"))}, []Local{who("John Smith", "Person", roles("judge"))}),
			"John_Smith_sport | John_Smith_law"},
		{"a third who may be either", byDoc([]Local{who("John Smith", "Person", roles("striker"))}, []Local{who("John Smith", "Person", roles("judge"))},
			[]Local{who("John Smith", "Person")}), "John_Smith_sport | John_Smith_law | John_Smith"},
		{"a surname that two bear", byDoc([]Local{who("John Smith", "Person", roles("striker"))}, []Local{who("John Smith", "Person", roles("judge"))},
			[]Local{who("Smith", "Person")}), "John_Smith_sport | John_Smith_law | Smith_" + schema.Scope("d2")},
	}
	for _, tt := range tests {
		n := NameAll(tt.docs, nil)
		if got := ids(tt.docs, n); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
		apart := strings.Count(tt.want, "John_Smith_") > 0 || strings.Contains(tt.want, "_person")
		if apart != (len(n.Doubts) > 0) {
			t.Errorf("%s: doubts %+v", tt.name, n.Doubts)
		}
	}
}

// TestDoubts lists what stays apart and what is joined without being sure, until a decision settles it.
func TestDoubts(t *testing.T) {
	t.Parallel()
	docs := byDoc([]Local{who("Bill Clinton", "Person")}, []Local{who("Hillary Clinton", "Person")}, []Local{who("Clinton", "Person")},
		[]Local{who("Alexander Lukashenko", "Person")}, []Local{who("Lukashenko", "Person")})
	show := func(list []Doubt) string {
		var out []string
		for _, d := range list {
			var names []string
			for _, e := range d.Entities {
				names = append(names, e.ID)
			}
			out = append(out, fmt.Sprintf("%s %s %.2f", d.Kind, strings.Join(names, " "), d.Confidence))
		}
		return strings.Join(out, "; ")
	}
	clinton := "Clinton_" + schema.Scope("d2")
	want := "apart Bill_Clinton " + clinton + " Hillary_Clinton 0.33; joined Alexander_Lukashenko 0.85"
	if got := show(NameAll(docs, nil).Doubts); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	decided := NameAll(docs, []schema.Decision{{Action: schema.Merge, Entity: "Hillary_Clinton", Other: clinton}})
	if got := show(decided.Doubts); got != "joined Alexander_Lukashenko 0.85" {
		t.Errorf("after a decision: %s", got)
	}
}
