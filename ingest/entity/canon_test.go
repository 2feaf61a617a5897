package entity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsgraph/schema"
)

// who makes an entity of an article; the ID is the slug of the label.
func who(label, class string, more ...func(*Local)) Local {
	l := Local{Entity: schema.Entity{ID: slug(label), Label: label, Type: class}, Named: true, Owner: -1}
	for _, f := range more {
		f(&l)
	}
	return l
}

func alias(names ...string) func(*Local) {
	return func(l *Local) { l.Aliases = names }
}

func of(country string) func(*Local) { return func(l *Local) { l.Country = country } }

func gender(g byte) func(*Local) { return func(l *Local) { l.Gender = g } }

func unnamed(doc string) func(*Local) {
	return func(l *Local) { l.Named, l.ID = false, l.ID+"_"+schema.Scope(doc) }
}

func inGaz(id string) func(*Local) {
	return func(l *Local) { l.Gazetteer, l.ID = true, id }
}

// byDoc makes Summaries of entities, the documents named d0, d1, ...
func byDoc(docs ...[]Local) []Summary {
	var out []Summary
	for i, d := range docs {
		out = append(out, Summary{DocID: fmt.Sprint("d", i), Entities: d})
	}
	return out
}

func TestCanonicalize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		docs []Summary
		want string // the canonical IDs of all entities in order, with their documents' bounds
	}{
		{"same full name",
			byDoc([]Local{who("Alexander Lukashenko", "Person")}, []Local{who("Alexander Lukashenko", "Person")}),
			"Alexander_Lukashenko | Alexander_Lukashenko"},
		{"accents and case",
			byDoc([]Local{who("Łukasz Żółć", "Person")}, []Local{who("LUKASZ ZOLC", "Person")}),
			"Łukasz_Żółć | Łukasz_Żółć"},
		{"surname alone joins the only one",
			byDoc([]Local{who("Alexander Lukashenko", "Person", gender('m'))}, []Local{who("Lukashenko", "Person", gender('m'))}),
			"Alexander_Lukashenko | Alexander_Lukashenko"},
		{"surname of two stays apart",
			byDoc([]Local{who("Bill Clinton", "Person"), who("Hillary Clinton", "Person")}, []Local{who("Clinton", "Person")}),
			"Bill_Clinton Hillary_Clinton | Clinton_" + schema.Scope("d1")},
		{"surname of the other gender stays apart",
			byDoc([]Local{who("Bill Clinton", "Person", gender('m'))}, []Local{who("Clinton", "Person", gender('f'))}),
			"Bill_Clinton | Clinton_" + schema.Scope("d1")},
		{"two surnames alone stay apart",
			byDoc([]Local{who("Smith", "Person")}, []Local{who("Smith", "Person")}),
			"Smith_" + schema.Scope("d0") + " | Smith_" + schema.Scope("d1")},
		{"another script",
			byDoc([]Local{who("Svetlana Tikhanovskaya", "Person")}, []Local{who("Sviatlana Tsikhanouskaya", "Person")}, []Local{who("Svetlana Tikhanovskaya", "Person")}),
			"Svetlana_Tikhanovskaya | Svetlana_Tikhanovskaya | Svetlana_Tikhanovskaya"},
		{"near names that one article tells apart",
			byDoc([]Local{who("Alexander Lukashenko", "Person"), who("Aleksander Lukashenka", "Person")}),
			"Alexander_Lukashenko Aleksander_Lukashenka"},
		{"middle names that differ",
			byDoc([]Local{who("George W Bush", "Person")}, []Local{who("George H Bush", "Person")}, []Local{who("George Bush", "Person")}),
			"George_W_Bush | George_H_Bush | George_Bush"},
		{"short names that sound alike stay apart",
			byDoc([]Local{who("John Brown", "Person")}, []Local{who("Joan Brown", "Person")}),
			"John_Brown | Joan_Brown"},
		{"gazetteer",
			byDoc([]Local{who("Russia", "Country", inGaz("Russia"))}, []Local{who("Russia", "Country", inGaz("Russia"), alias("Moscow"))}),
			"Russia | Russia"},
		{"things without a name stay apart",
			byDoc([]Local{who("police", "SecurityForce", unnamed("d0"))}, []Local{who("police", "SecurityForce", unnamed("d1"))}),
			"police_" + schema.Scope("d0") + " | police_" + schema.Scope("d1")},
		{"one name of two kinds",
			byDoc([]Local{who("Ford", "Company")}, []Local{who("Ford", "City")}),
			"Ford | Ford_city"},
		{"general names stay apart",
			byDoc([]Local{who("National Assembly", "Government")}, []Local{who("National Assembly", "Government")}),
			"National_Assembly_" + schema.Scope("d0") + " | National_Assembly_" + schema.Scope("d1")},
		{"general names join by country",
			byDoc([]Local{who("National Assembly", "Government", of("France"))}, []Local{who("National Assembly", "Government", of("France"))}),
			"National_Assembly_France | National_Assembly_France"},
		{"one body by two names of its country",
			byDoc([]Local{who("United States Navy", "SecurityForce")}, []Local{who("U.S. Navy", "SecurityForce")}, []Local{who("US Navy", "")}),
			"United_States_Navy | United_States_Navy | United_States_Navy"},
		{"a slip of the recogniser",
			byDoc([]Local{who("Elon Musk", "Person")}, []Local{who("Elon Musk", "Person")}, []Local{who("Elon Musk", "Person")},
				[]Local{who("Elon Musk", "Person")}, []Local{who("Elon Musk", "Person")}, []Local{who("Elon Musk", "Place")}),
			"Elon_Musk | Elon_Musk | Elon_Musk | Elon_Musk | Elon_Musk | Elon_Musk"},
		{"no type joins the only kind",
			byDoc([]Local{who("Gazprom", "Company")}, []Local{who("Gazprom", "")}),
			"Gazprom | Gazprom"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := Canonicalize(tt.docs)
			var parts []string
			for _, d := range tt.docs {
				var ids []string
				for _, e := range d.Entities {
					ids = append(ids, got[d.DocID][e.ID].ID)
				}
				parts = append(parts, strings.Join(ids, " "))
			}
			if s := strings.Join(parts, " | "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestCanonicalAliases(t *testing.T) {
	t.Parallel()
	got := NameAll(byDoc(
		[]Local{who("Lukashenko", "Person", alias("strongman of Minsk"))},
		[]Local{who("Alexander Lukashenko", "Person", alias("Lukashenko"))}), nil).Entities
	want := schema.Entity{ID: "Alexander_Lukashenko", Label: "Alexander Lukashenko", Type: "Person", Sameness: bySurname,
		Aliases: []string{"Lukashenko", "strongman of Minsk"}}
	if diff := cmp.Diff(want, got["d0"]["Lukashenko"]); diff != "" {
		t.Error(diff)
	}
}

// someDocs makes articles of random entities from a few names, so that many are alike.
func someDocs(r *rand.Rand, n int) []Summary {
	given := []string{"Alexander", "Aliaksandr", "Aleksandr", "Svetlana", "Sviatlana", "John", "Joan", "J", "Bill", ""}
	last := []string{"Lukashenko", "Lukashenka", "Tikhanovskaya", "Tsikhanouskaya", "Clinton", "Smith", "Ford"}
	class := []string{"Person", "Person", "Person", "", "Company", "City"}
	var docs []Summary
	for d := range n {
		s := Summary{DocID: fmt.Sprint("doc", d)}
		taken := map[string]bool{}
		for range 1 + r.IntN(5) {
			name := strings.TrimSpace(given[r.IntN(len(given))] + " " + last[r.IntN(len(last))])
			l := who(name, class[r.IntN(len(class))])
			l.Gender = []byte{0, 'm', 'f'}[r.IntN(3)]
			if r.IntN(5) == 0 {
				unnamed(s.DocID)(&l)
			}
			if !taken[l.ID] {
				taken[l.ID] = true
				s.Entities = append(s.Entities, l)
			}
		}
		docs = append(docs, s)
	}
	return docs
}

// TestCanonicalizeOrder holds that the order of the articles does not count, nor does running it again, and that
// IDs tell the entities of the result apart.
func TestCanonicalizeOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		docs := someDocs(r, 1+r.IntN(12))
		want := Canonicalize(docs)
		mixed := slices.Clone(docs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if diff := cmp.Diff(want, Canonicalize(mixed)); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		byID := map[string]schema.Entity{}
		for _, m := range want {
			for _, e := range m {
				if other, ok := byID[e.ID]; ok && !cmp.Equal(other, e) {
					t.Fatalf("seed %d: one ID, two entities: %+v %+v", seed, e, other)
				}
				byID[e.ID] = e
			}
		}
	}
}

// TestCanonicalizeSpeed holds that many articles take time in proportion: four times as many, not sixteen times as long.
func TestCanonicalizeSpeed(t *testing.T) {
	var docs []Summary
	for d := range 4000 {
		s := Summary{DocID: fmt.Sprint("doc", d)}
		for e := range 20 {
			s.Entities = append(s.Entities, who(fmt.Sprintf("Name%d Surname%d", d%977, (d*20+e)%1301), "Person"))
		}
		s.Entities = append(s.Entities, who("Alexander Lukashenko", "Person"))
		docs = append(docs, s)
	}
	took := func(n int) time.Duration {
		least := time.Hour
		for range 3 {
			start := time.Now()
			Canonicalize(docs[:n])
			least = min(least, time.Since(start))
		}
		return least
	}
	if few, many := took(1000), took(4000); many > 12*few {
		t.Errorf("1,000 articles took %v, 4,000 took %v", few, many)
	}
}
