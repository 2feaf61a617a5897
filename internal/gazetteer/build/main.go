// Command build writes data/gazetteer from the World Factbook's countries and the hand-written lists:
//
//	go run ./internal/gazetteer/build -shared ../shared
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"newsgraph/internal/gazetteer"
)

func main() {
	shared := flag.String("shared", "../shared", "folder that holds kb/countries.jsonl")
	out := flag.String("out", "data/gazetteer", "folder to write to")
	flag.Parse()
	if err := run(*shared, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(shared, out string) error {
	f, err := os.Open(filepath.Join(shared, "kb", "countries.jsonl"))
	if err != nil {
		return err
	}
	defer f.Close()
	g, err := gazetteer.Build(f)
	if err != nil {
		return err
	}
	files, err := g.Files()
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(out, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
