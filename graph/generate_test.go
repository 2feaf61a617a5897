package graph_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// open returns an empty graph.
func open(t testing.TB) (*graph.Graph, store.Backend) {
	t.Helper()
	s := graphtest.Store(t)
	g, err := graph.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return g, s
}

// dump returns the whole store as canonical lines, sorted, and the side records.
func dump(t testing.TB, from store.Backend) []string {
	t.Helper()
	s := from.Snapshot()
	defer s.Close()
	var lines []string
	err := s.Match(context.Background(), schema.Quad{}, func(q schema.Quad) error {
		line, err := rdf.AppendQuad(nil, q)
		lines = append(lines, strings.TrimSuffix(string(line), "\n"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Records(context.Background(), "", func(key string, val []byte) error {
		sum := sha256.Sum256(val)
		lines = append(lines, "record "+key+" "+hex.EncodeToString(sum[:]))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(lines)
	return lines
}

// maker makes random documents and claims over one table of entities.
type maker struct {
	r     *rand.Rand
	table []schema.Entity
}

func newMaker(seed uint64) *maker {
	m := &maker{r: rand.New(rand.NewPCG(seed, 1))}
	ids := []string{"Alexander_Lukashenko", "Łódź", "AC/DC 100%", "<x> \"y\"", "北京", "U.S.", "Russia", "Belarus", "a#b?c", "it's"}
	for i, id := range ids {
		e := schema.Entity{ID: id, Label: "label of " + id, Type: m.pick("", "Person", "Country", "My Class")}
		for j := range i % 3 {
			e.Aliases = append(e.Aliases, fmt.Sprintf("alias %d of %s\n", j, id))
		}
		m.table = append(m.table, e)
	}
	return m
}

func (m *maker) pick(s ...string) string { return s[m.r.IntN(len(s))] }

func (m *maker) entity() schema.Entity { return m.table[m.r.IntN(len(m.table))] }

func (m *maker) factuality() schema.Factuality {
	return schema.Factuality(m.r.IntN(int(schema.Negated) + 1))
}

// document makes a document and claims that are as the graph would give them back, sorted by ID.
func (m *maker) document(id string, claims int) schema.Analysis {
	words := make([]string, 40)
	for i := range words {
		words[i] = m.pick("Lukashenko", "said", "\"loan\"", "тысяча", "🙂", "$1.5billion", "é", "\\", "and\nthen")
	}
	text := strings.Join(words, " ") + fmt.Sprint(m.r.Uint32())
	sum := sha256.Sum256([]byte(text))
	a := schema.Analysis{Document: schema.Document{ID: id, Title: m.pick("", "A \"title\""), Publisher: m.pick("", "MailOnline"),
		Author: m.pick("", "A. Author"), URL: m.pick("", "https://example.com/a?b=c d#e"), Published: m.pick("", "2020-09-14", "2020-09-14T10:00:00Z", "yesterday"),
		Language: m.pick("", "en"), Text: text, SHA256: hex.EncodeToString(sum[:])}}
	if m.r.IntN(2) == 0 {
		a.Document.Blocks = []schema.Block{{Start: 0, End: 5, Kind: schema.Headline}, {Start: 6, End: 20}, {Start: 21, End: 30, Kind: "odd, kind"}}
	}
	seen := map[string]bool{}
	for len(a.Claims) < claims {
		c := m.claim(id, []rune(text))
		if !seen[c.ID] {
			seen[c.ID] = true
			a.Claims = append(a.Claims, c)
		}
	}
	sort.Slice(a.Claims, func(i, j int) bool { return a.Claims[i].ID < a.Claims[j].ID })
	return a
}

func (m *maker) claim(doc string, text []rune) schema.Claim {
	c := schema.Claim{Subject: m.entity(), Predicate: m.pick("loans", "fled_to", "lean towards/x", "é"), Relation: m.pick("", "would \"lend\"", "fled\tto"),
		Factuality: m.factuality(), Event: m.pick("", "AGREE", "an event"), Rule: m.pick("", "svo"),
		Confidence: []float64{0, 1, 0.87, 1.0 / 3}[m.r.IntN(4)], Object: m.object()}
	m.flags(&c)
	for range m.r.IntN(4) {
		c.Attribution = append(c.Attribution, m.entity())
	}
	if m.r.IntN(2) == 0 {
		e := m.entity()
		c.Place = &e
	}
	c.Time = m.time()
	for range m.r.IntN(3) {
		c.Quantities = append(c.Quantities, schema.Quantity{Value: []float64{0, -1.5, 1.5e9, 1e300, 5e-324, 0.1}[m.r.IntN(6)],
			Unit: m.pick("", "USD", "percent"), Bound: m.pick("", "min"), Text: m.pick("", "$1.5billion")})
	}
	for i := range 1 + m.r.IntN(3) {
		start := i * 10
		end := start + 1 + m.r.IntN(20)
		c.Evidence = append(c.Evidence, schema.Evidence{Document: doc, Start: start, End: end, Quote: string(text[start:end])})
	}
	c.ID = c.Key()
	return c
}

func (m *maker) object() schema.Value {
	switch m.r.IntN(4) {
	case 0:
		return schema.Value{Literal: m.pick("", "a \"literal\"\r\n", "ünï")}
	case 1:
		return schema.Value{Literal: "007", Datatype: schema.XSD + "integer"}
	}
	e := m.entity()
	return schema.Value{Entity: &e}
}

func (m *maker) flags(c *schema.Claim) {
	flags := []schema.Factuality{c.Factuality}
	for range m.r.IntN(3) {
		flags = append(flags, m.factuality())
	}
	slices.Sort(flags)
	flags = slices.Compact(flags)
	for _, f := range flags {
		if f != schema.Asserted {
			c.Flags = append(c.Flags, f)
		}
	}
}

func (m *maker) time() *schema.Time {
	t := []schema.Time{{}, {Text: "on Monday"}, {Value: "2020", Precision: "year"}, {Value: "2020-09", Precision: "month", Text: "in September"},
		{Value: "2020-09-14", Precision: "day"}, {Value: "2020-01/2020-03", Precision: "interval", Text: "x"}, {Value: "2020-09-14", Precision: "month"},
		{Value: "P2D", Precision: "duration"}, {Precision: "duration", Text: "for days"}}[m.r.IntN(9)]
	if t == (schema.Time{}) {
		return nil
	}
	return &t
}

// used returns the part of the table that the documents use.
func (m *maker) used(docs []schema.Analysis) []schema.Entity {
	ids := map[string]bool{}
	for _, d := range docs {
		for _, c := range d.Claims {
			ids[c.Subject.ID] = true
			if c.Object.Entity != nil {
				ids[c.Object.Entity.ID] = true
			}
			if c.Place != nil {
				ids[c.Place.ID] = true
			}
			for _, a := range c.Attribution {
				ids[a.ID] = true
			}
		}
	}
	var out []schema.Entity
	for _, e := range m.table {
		if ids[e.ID] {
			out = append(out, e)
		}
	}
	return out
}
