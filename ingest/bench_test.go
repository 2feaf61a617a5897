package ingest_test

import (
	"context"
	"os"
	"runtime"
	"testing"

	"newsgraph/data"
	"newsgraph/ingest"
	"newsgraph/schema"
)

// BenchmarkAnalyse runs the whole pipeline over a dispatch on one core; words are tokens.
func BenchmarkAnalyse(b *testing.B) {
	p := load(b)
	text, err := os.ReadFile("testdata/georgia.txt")
	if err != nil {
		b.Fatal(err)
	}
	doc := schema.Document{ID: "bench", Text: string(text), Published: "2024-05-28"}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	words, sentences := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		r, err := p.Analyse(context.Background(), doc)
		if err != nil {
			b.Fatal(err)
		}
		words, sentences = words+r.Words, sentences+r.Sentences
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
	b.ReportMetric(float64(sentences)/b.Elapsed().Seconds(), "sentences/s")
}

// BenchmarkLoad loads models, gazetteers and lexicons: what a command waits for before its first sentence.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := ingest.New(ingest.Options{Data: data.FS}); err != nil {
			b.Fatal(err)
		}
	}
}
