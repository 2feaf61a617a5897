package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
	"newsgraph/server/workspace"
)

const (
	quadsPerClaim = 12 // about
	perDocument   = 25 // claims
)

var (
	given  = strings.Fields("Anna Boris Clara David Elena Fedor Greta Henrik Irina Jonas Karla Leon Marta Nikolai Olga Pavel Rosa Stefan Tamara Viktor")
	family = strings.Fields("Adler Brandt Crane Dorn Ekholm Fischer Grove Hart Ivanov Jansen Koval Lindt Moreau Novak Orlov Petrov Quist Rossi Sokol Tarasov")
	verbs  = strings.Fields("meets supports accuses visits loans sanctions praises warns leads calls_for rejects tells joins leaves detains")
)

func entityLabel(n int) string {
	return given[n%len(given)] + " " + family[n/len(given)%len(family)] + " " + strconv.Itoa(n)
}

func entityID(n int) string { return strings.ReplaceAll(entityLabel(n), " ", "_") }

// fill makes articles whose claims join entities as news does: few have most of the claims.
func fill(ctx context.Context, w *workspace.Workspace, o options) error {
	r := rand.New(rand.NewPCG(2, 2))
	zipf := rand.NewZipf(r, 1.2, 4, uint64(o.entities-1))
	var table []schema.Entity
	types := []string{"Person", "Country", "Organization", "City"}
	for n := range o.entities {
		table = append(table, schema.Entity{ID: entityID(n), Label: entityLabel(n), Type: types[n%len(types)], Aliases: []string{family[n/len(given)%len(family)] + " " + strconv.Itoa(n)}})
	}
	claims := o.quads / quadsPerClaim
	for from := 0; from < claims; from += 20_000 {
		change := graph.Change{Entities: table}
		for at := from; at < min(from+20_000, claims); at += perDocument {
			change.Put = append(change.Put, article(r, zipf, at/perDocument, o.entities))
		}
		if err := w.Graph().Update(ctx, change); err != nil {
			return err
		}
	}
	return nil
}

func article(r *rand.Rand, zipf *rand.Zipf, n, entities int) schema.Analysis {
	a := schema.Analysis{Document: schema.Document{ID: fmt.Sprintf("article-%d", n), Title: fmt.Sprintf("News number %d", n), Publisher: "Paper " + strconv.Itoa(n%40),
		Published: fmt.Sprintf("20%02d-%02d-%02d", 10+n%12, 1+n%12, 1+n%28), Language: "en"}}
	start := 0
	for range perDocument {
		subject, object := int(zipf.Uint64()), int(zipf.Uint64())
		if r.IntN(4) > 0 { // most claims join somebody known to somebody rarely in the news
			object = r.IntN(entities)
		}
		verb := verbs[r.IntN(len(verbs))]
		words := entityLabel(subject) + " " + strings.ReplaceAll(verb, "_", " ") + " " + entityLabel(object) + "."
		end := start + len(words)
		o := schema.Entity{ID: entityID(object)}
		a.Claims = append(a.Claims, schema.Claim{Subject: schema.Entity{ID: entityID(subject)}, Predicate: verb, Relation: strings.ReplaceAll(verb, "_", " "),
			Object: schema.Value{Entity: &o}, Factuality: schema.Factuality(r.IntN(6)), Confidence: float64(50+r.IntN(50)) / 100, Rule: "svo",
			Evidence: []schema.Evidence{{Document: a.Document.ID, Start: start, End: end, Quote: words}}})
		a.Document.Text += words + "\n"
		start = end + 1
	}
	return a
}
