// Command sentences makes the weights by which package nlp/token finds where sentences end:
//
//	go run ./internal/train/sentences -shared ../shared -out nlp/token/boundary.bin
//
// The same inputs give the same bytes.
package main

import (
	"compress/gzip"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
	"newsgraph/nlp/token"
)

func main() {
	o := token.TrainOptions{Seed: 1}
	shared := flag.String("shared", "../shared", "folder with ud/*-train.conllu.gz")
	out := flag.String("out", "nlp/token/boundary.bin", "file to write")
	without := flag.String("without", "", "leave out documents whose id begins so, to test on them")
	flag.IntVar(&o.Epochs, "epochs", 12, "passes over the data")
	flag.Float64Var(&o.Rate, "rate", 0.1, "learning rate")
	flag.Float64Var(&o.Decay, "decay", 0.03, "how fast weights shrink")
	flag.IntVar(&o.MinCount, "min-count", 2, "features seen less often are left out")
	flag.Parse()
	if err := run(*shared, *out, *without, o); err != nil {
		log.Fatal(err)
	}
}

func run(shared, out, without string, o token.TrainOptions) error {
	var docs []eval.Document
	for _, name := range []string{"en_ewt", "en_gum_nonnc"} {
		list, err := read(filepath.Join(shared, "ud", name+"-train.conllu.gz"))
		if err != nil {
			return err
		}
		docs = append(docs, list...)
	}
	var examples []token.Example
	a := newAuthor(o.Seed)
	for _, d := range docs {
		if without != "" && strings.HasPrefix(d.ID, without) {
			continue
		}
		examples = append(examples, a.variants(d)...)
	}
	if err := os.WriteFile(out+".tmp", token.TrainBoundaries(examples, o), 0o644); err != nil {
		return err
	}
	return os.Rename(out+".tmp", out)
}

func read(path string) ([]eval.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	list, err := conllu.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	docs, err := eval.Documents(list)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return docs, nil
}
