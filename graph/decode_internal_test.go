package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/schema"
)

// FuzzDecodeAnalysis: whatever the bytes, an error or an analysis that encodes again.
func FuzzDecodeAnalysis(f *testing.F) {
	good, err := encodeAnalysis(schema.Analysis{Document: schema.Document{ID: "d", Text: "x"},
		Claims: []schema.Claim{{ID: "c", Factuality: schema.Planned}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte{})
	f.Add(good[:len(good)-3])
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := decodeAnalysis(data)
		if err != nil {
			return
		}
		again, err := encodeAnalysis(a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := decodeAnalysis(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatal(diff)
		}
	})
}

// FuzzDecodeClaim: metadata of any kind under a claim is a claim or an error. Each line of the input is a
// property and its value.
func FuzzDecodeClaim(f *testing.F) {
	v := newVocab(schema.NewNames(""))
	all := map[string]schema.Term{"s": v.subject, "p": v.predicate, "o": v.object, "f": v.factuality, "g": v.flag, "a": v.attributed,
		"c": v.chain, "r": v.relation, "e": v.event, "n": v.confidence, "t": v.time, "w": v.timeWords, "x": v.timePrecision,
		"l": v.place, "d": v.derived, "q": v.amount, "v": v.value}
	f.Add("s ent:A\np claim:loans\no ent:B\nf ng:planned\nn =0.5\nd doc:d#char=1,2\nt =2020\na ent:C\nc =C D\nq id:c#q1\nv =1")
	f.Add("s ent:A\np denied:loans\no =x\nf ng:negated\nn =NaN\nd doc:d#char=-1,2")
	f.Fuzz(func(t *testing.T, text string) {
		p := props{}
		for _, line := range strings.Split(text, "\n") {
			key, value, _ := strings.Cut(line, " ")
			term := schema.NewString(strings.TrimPrefix(value, "="))
			if iri, ok := v.names.Expand(value); ok {
				term = schema.NewIRI(iri)
			}
			p[all[key]] = append(p[all[key]], term)
		}
		c, err := decoder{v, func(string) (schema.Entity, bool, error) { return schema.Entity{}, false, nil }}.claim("c", "d", p, func(schema.Term) (props, error) { return p, nil })
		if err != nil {
			return
		}
		if c.Subject.ID == "" && len(p[v.subject]) != 1 || len(c.Evidence) == 0 {
			t.Fatalf("%+v", c)
		}
		v.documentQuads(&schema.Document{ID: "d"}, []schema.Claim{c}, "")
	})
}

func TestParseBlocks(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1", "1,2", "a,2,", "1,b,", "1,2, 3"} {
		if _, err := parseBlocks(s); err == nil {
			t.Errorf("parseBlocks(%q): no error", s)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"The Hague", "hague"}, {"U.S.A.", "usa"}, {"Côte d’Ivoire", "cote divoire"}, {"Łódź", "lodz"}, {"AC/DC", "ac dc"},
		{"  Æon_Flux ", "aeon flux"}, {"The", "the"}, {"Straße", "strasse"}, {"①", "1"}, {"ﬁ", "fi"}, {"", ""},
	}
	for _, tt := range tests {
		if got := fold(tt.in); got != tt.want {
			t.Errorf("fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 2, 0}, {"abc", "abc", 2, 0}, {"abc", "abd", 2, 1}, {"abc", "acb", 2, 1}, {"abc", "ab", 2, 1},
		{"russia", "rusia", 2, 1}, {"kitten", "sitting", 3, 3}, {"kitten", "sitting", 2, 3}, {"a", "abcd", 2, 3},
	}
	for _, tt := range tests {
		if got := distance([]rune(tt.a), []rune(tt.b), tt.limit); got != tt.want {
			t.Errorf("distance(%q, %q, %d) = %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
	}
}
