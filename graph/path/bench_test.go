package path_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"newsgraph/graph/internal/graphtest"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

// BenchmarkSearch finds paths between random entities of a graph of 30,000 claims with hubs.
func BenchmarkSearch(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	z := rand.NewZipf(r, 1.2, 8, 4999)
	var docs []schema.Analysis
	for i := range 1000 {
		var claims []schema.Claim
		for range 30 {
			claims = append(claims, graphtest.Claim(fmt.Sprintf("E%d p%d E%d", z.Uint64(), r.IntN(100), r.IntN(5000)), schema.Factuality(r.IntN(7))))
		}
		docs = append(docs, graphtest.Doc(fmt.Sprintf("d%d", i), claims...))
	}
	g := graphtest.Open(b, nil, docs...)
	for _, paths := range []int{1, 5} {
		b.Run(fmt.Sprintf("paths=%d", paths), func(b *testing.B) {
			found, hops := 0, 0
			for b.Loop() {
				from, to := fmt.Sprintf("E%d", r.IntN(5000)), fmt.Sprintf("E%d", r.IntN(5000))
				ps, err := path.Search(b.Context(), g, []string{from}, []string{to}, path.Options{Paths: paths})
				if err == nil {
					found++
					hops += len(ps[0].Hops)
				}
			}
			b.ReportMetric(float64(found)/float64(b.N), "found/op")
			b.ReportMetric(float64(hops)/float64(max(found, 1)), "hops/found")
		})
	}
}
