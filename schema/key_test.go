package schema_test

import (
	"testing"

	"newsgraph/schema"
)

func TestKey(t *testing.T) {
	t.Parallel()
	base := func() schema.Claim {
		return schema.Claim{Subject: schema.Entity{ID: "A"}, Predicate: "loans",
			Object: schema.Value{Entity: &schema.Entity{ID: "B"}}, Factuality: schema.Planned,
			Attribution: []schema.Entity{{ID: "P"}}, Time: &schema.Time{Value: "2020", Text: "in 2020"}}
	}
	first := base()
	tests := []struct {
		name   string
		change func(*schema.Claim)
		same   bool
	}{
		{"nothing", func(*schema.Claim) {}, true},
		{"relation words", func(c *schema.Claim) { c.Relation = "would lend" }, true},
		{"label", func(c *schema.Claim) { c.Subject.Label = "a" }, true},
		{"evidence", func(c *schema.Claim) { c.Evidence = []schema.Evidence{{Document: "d"}} }, true},
		{"time text", func(c *schema.Claim) { c.Time.Text = "last year" }, true},
		{"subject", func(c *schema.Claim) { c.Subject.ID = "C" }, false},
		{"predicate", func(c *schema.Claim) { c.Predicate = "sells" }, false},
		{"literal", func(c *schema.Claim) { c.Object = schema.Value{Literal: "B"} }, false},
		{"factuality", func(c *schema.Claim) { c.Factuality = schema.Asserted }, false},
		{"no source", func(c *schema.Claim) { c.Attribution = nil }, false},
		{"time", func(c *schema.Claim) { c.Time = nil }, false},
		{"another time", func(c *schema.Claim) { c.Time.Value = "2021" }, false},
		{"parts do not run together", func(c *schema.Claim) { c.Subject.ID, c.Predicate = "Al", "oans" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := base()
			tt.change(&c)
			if got := c.Key() == first.Key(); got != tt.same {
				t.Errorf("same key = %v, want %v", got, tt.same)
			}
		})
	}
	if n := len(first.Key()); n != 24 {
		t.Errorf("key has %d digits, want 24", n)
	}
}

// An inferred time is no part of what is claimed: articles of two days that say the same make one claim.
func TestKeyInferredTime(t *testing.T) {
	t.Parallel()
	none := schema.Claim{Subject: schema.Entity{ID: "A"}, Predicate: "meets", Object: schema.Value{Literal: "B"}}
	inferred := none
	inferred.Time = &schema.Time{Value: "2020-09-14", Precision: "day"}
	if none.Key() != inferred.Key() {
		t.Error("an inferred time changes the key")
	}
}

func TestKeyString(t *testing.T) {
	t.Parallel()
	a := schema.Claim{Object: schema.Value{Literal: "x"}}
	b := schema.Claim{Object: schema.Value{Literal: "x", Datatype: schema.XSDString}}
	if a.Key() != b.Key() {
		t.Error("a plain string and an xsd:string have different keys")
	}
}

func TestEscapeLocal(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"Alexander_Lukashenko", "Alexander_Lukashenko"},
		{"Łódź", "Łódź"},
		{"北京", "北京"},
		{"AC/DC 100%", "AC%2FDC%20100%25"},
		{"<x>\"#?", "%3Cx%3E%22%23%3F"},
		{"a\u00a0b\u200e", "a%C2%A0b%E2%80%8E"},
		{"\xff", "%FF"},
		{"\ufffd", "%EF%BF%BD"},
		{"it's (fine)", "it's%20(fine)"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := schema.EscapeLocal(tt.in); got != tt.want {
			t.Errorf("EscapeLocal(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := schema.UnescapeLocal("100%"); got != "100%" {
		t.Errorf("UnescapeLocal of a lone percent sign = %q", got)
	}
}

func FuzzEscapeLocal(f *testing.F) {
	for _, s := range []string{"", "Ängel", "a b%20", "\xff\xfe", "%%41"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := schema.EscapeLocal(s)
		for _, r := range e {
			if r <= ' ' || r == 0x7f || r == '<' || r == '>' || r == '"' || r == '{' || r == '}' || r == '|' || r == '^' || r == '`' || r == '\\' || r == '#' || r == '/' {
				t.Fatalf("EscapeLocal(%q) = %q holds %q", s, e, r)
			}
		}
		if got := schema.UnescapeLocal(e); got != s {
			t.Fatalf("UnescapeLocal(EscapeLocal(%q)) = %q", s, got)
		}
	})
}
