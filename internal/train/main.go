// Command train makes the models of package nlp from treebanks, lists of names, word vectors and raw text:
//
//	go run ./internal/train -shared ../shared -words /tmp/words -out data/models
//
// docs/models.md says what goes in and how good the result is. The same inputs give the same bytes.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/nlp/words"
)

// options are the command's flags.
type options struct {
	shared, out, lists, wordnet, gazetteer, work, only, python string
	budget                                                     float64
}

func main() {
	var o options
	flag.StringVar(&o.shared, "shared", "../shared", "folder of treebanks, names and raw text")
	flag.StringVar(&o.out, "out", "data/models", "folder for the models")
	flag.StringVar(&o.lists, "words", "/tmp/words", "folder with the npm packages of docs/models.md, unpacked")
	flag.StringVar(&o.wordnet, "wordnet", "/usr/share/wordnet", "WordNet's database (Debian wordnet-base)")
	flag.StringVar(&o.gazetteer, "gazetteer", "internal/gazetteer/lists", "our own lists of places and organisations")
	flag.StringVar(&o.work, "work", "/tmp/newsgraph-train", "folder for what is made on the way, 2 GB")
	flag.StringVar(&o.python, "python", "/usr/bin/python3", "a Python that has torch and numpy (Debian python3-torch)")
	flag.StringVar(&o.only, "only", strings.Join(parts, ","), "parts to make; the others are read from -out and -work")
	flag.Float64Var(&o.budget, "budget", 1, "passes over the data, as a share of the usual number")
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

// parts are what -only can name.
var parts = []string{"words", "lemmas", "treebanks", "raw", "network"}

func (o *options) does(part string) bool { return slices.Contains(strings.Split(o.only, ","), part) }

// trainer holds what the parts share.
type trainer struct {
	options
	table *words.Table
	data  []*sentence
	dev   map[string][]*sentence
}

func run(o options) error {
	for _, part := range strings.Split(o.only, ",") {
		if !slices.Contains(parts, part) {
			return fmt.Errorf("-only: no part %q; there are %s", part, strings.Join(parts, ", "))
		}
	}
	if err := os.MkdirAll(o.work, 0o755); err != nil {
		return err
	}
	t := &trainer{options: o}
	if err := t.words(); err != nil {
		return err
	}
	if err := t.corpus(); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		do   func() error
	}{{"lemmas", t.lemmas}, {"treebanks", t.treebanks}, {"raw", t.raw}, {"network", t.network}} {
		if !o.does(part.name) {
			continue
		}
		if err := part.do(); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// save writes a file of the models' folder by way of a temporary one.
func (t *trainer) save(name string, write func(io.Writer) error) error {
	path := filepath.Join(t.out, name)
	f, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// words makes or reads the table of words.
func (t *trainer) words() error {
	if !t.does("words") {
		f, err := os.Open(filepath.Join(t.out, "words.gz"))
		if err != nil {
			return err
		}
		defer f.Close()
		t.table, err = words.Read(f)
		return err
	}
	l, err := t.lexicon()
	if err != nil {
		return err
	}
	t.table = words.NewTable(len(l))
	for _, w := range sortedKeys(l) {
		t.table.Put(w, l[w])
	}
	log.Printf("%d words in the lexicon", len(l))
	return t.save("words.gz", t.table.Write)
}

// devSets are the treebanks' development parts.
var devSets = []string{"en_ewt-dev", "en_gum_nonnc-dev"}

func (t *trainer) corpus() error {
	var err error
	if t.data, err = readTreebanks(t.shared, "en_ewt-train", "en_gum_nonnc-train"); err != nil {
		return err
	}
	t.dev = map[string][]*sentence{}
	for _, name := range devSets {
		if t.dev[name], err = readTreebanks(t.shared, name); err != nil {
			return err
		}
	}
	return nil
}
