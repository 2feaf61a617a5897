// Package newsdata makes graphs for benchmarks: quads in the form in which newsgraph writes claims, over entities and
// predicates whose degrees have a long tail. The same Options give the same quads.
package newsdata

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strconv"

	"newsgraph/schema"
)

// Options say what to make.
type Options struct {
	Quads      int // 0 means 1,000,000
	Entities   int // 0 means 200,000
	Predicates int // of claims; 0 means 300
}

// PerClaim is how many quads a claim has: its edge, in a graph of its own, and in the graph of the document its factuality,
// its words, its confidence and the range of the text that it was read from.
const PerClaim = 5

// perDocument is how many claims a document tells.
const perDocument = 25

const (
	base   = schema.DefaultBase
	nsEnt  = base + "entity/"
	nsDoc  = base + "doc/"
	nsID   = base + "id/"
	nsPred = base + "claim/"
	nsNG   = base + "ns#"
	prov   = "http://www.w3.org/ns/prov#"
)

func (o Options) withDefaults() Options {
	if o.Quads == 0 {
		o.Quads = 1_000_000
	}
	if o.Entities == 0 {
		o.Entities = 200_000
	}
	if o.Predicates == 0 {
		o.Predicates = 300
	}
	return o
}

// Entity returns the term of the n-th entity. Low numbers have the most edges, on both sides.
func Entity(n int) schema.Term {
	return schema.NewIRI(nsEnt + given[n%len(given)] + "_" + family[n/len(given)%len(family)] + "_" + strconv.Itoa(n))
}

// Predicate returns the term of the n-th predicate of claims. Low numbers are the most used.
func Predicate(n int) schema.Term {
	return schema.NewIRI(nsPred + verbs[n%len(verbs)] + "_" + strconv.Itoa(n))
}

// Generate calls f for every quad, claim by claim, and stops at the first error of f.
func Generate(o Options, f func(schema.Quad) error) error {
	g := newGenerator(o.withDefaults())
	for n := range g.o.Quads {
		if n%PerClaim == 0 {
			g.claim(n / PerClaim)
		}
		if err := f(g.quads[n%PerClaim]); err != nil {
			return err
		}
	}
	return nil
}

type generator struct {
	o                             Options
	r                             *rand.Rand
	entity, predicate, words      *rand.Zipf
	factuality, relation          schema.Term
	confidence, derived, document schema.Term
	id                            [12]byte
	quads                         [PerClaim]schema.Quad
}

func newGenerator(o Options) *generator {
	r := rand.New(rand.NewPCG(20, 26))
	return &generator{
		o: o, r: r,
		entity:     rand.NewZipf(r, 1.2, 38, uint64(o.Entities-1)),
		predicate:  rand.NewZipf(r, 1.3, 8, uint64(o.Predicates-1)),
		words:      rand.NewZipf(r, 1.1, 20, 40_000),
		factuality: schema.NewIRI(nsNG + "factuality"), relation: schema.NewIRI(nsNG + "relation"),
		confidence: schema.NewIRI(nsNG + "confidence"), derived: schema.NewIRI(prov + "wasDerivedFrom"),
	}
}

// claim makes the quads of the n-th claim.
func (g *generator) claim(n int) {
	if n%perDocument == 0 {
		g.document = schema.NewIRI(fmt.Sprintf("%sdaily-news-20%02d-%02d-%02d-article-%06d", nsDoc, 10+n%16, 1+n%12, 1+n%28, n/perDocument))
	}
	for i := range g.id {
		g.id[i] = byte(g.r.Uint32())
	}
	id := schema.NewIRI(nsID + hex.EncodeToString(g.id[:]))
	start := n % perDocument * 160
	verb := int(g.words.Uint64())
	words := "would " + verbs[verb%len(verbs)] + " " + family[verb%len(family)] + " " + strconv.Itoa(verb) + " to"
	g.quads = [PerClaim]schema.Quad{
		{Subject: Entity(int(g.entity.Uint64())), Predicate: Predicate(int(g.predicate.Uint64())), Object: Entity(int(g.entity.Uint64())), Graph: id},
		{Subject: id, Predicate: g.factuality, Object: schema.NewIRI(nsNG + factualities[g.r.IntN(len(factualities))]), Graph: g.document},
		{Subject: id, Predicate: g.relation, Object: schema.NewString(words), Graph: g.document},
		{Subject: id, Predicate: g.confidence, Object: schema.NewLiteral(fmt.Sprintf("0.%02d", 1+g.r.IntN(98)), schema.XSD+"decimal"), Graph: g.document},
		{Subject: id, Predicate: g.derived, Object: schema.NewIRI(fmt.Sprintf("%s#char=%d,%d", g.document.Value, start, start+40+g.r.IntN(100))), Graph: g.document},
	}
}

var (
	given        = []string{"Alexander", "Maria", "Sviatlana", "Wei", "Fatima", "John", "Anna", "Ivan", "Chen", "Amina", "Carlos", "Elena"}
	family       = []string{"Petrov", "Smith", "Garcia", "Kowalska", "Okafor", "Li", "Haddad", "Johansson", "Tanaka", "Novak", "Silva", "Kaya", "Moreau"}
	verbs        = []string{"loans", "meets", "accuses", "supports", "visits", "sanctions", "arrests", "praises", "warns", "sells", "attacks", "joins", "leads"}
	factualities = []string{"asserted", "asserted", "asserted", "reported", "planned", "alleged", "possible"}
)
