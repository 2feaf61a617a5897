package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/data"
	"newsgraph/ingest"
	"newsgraph/ingest/claim"
	"newsgraph/ingest/source"
	"newsgraph/schema"
)

// label is a claim as the extractor gave it, and whether a reader of the article found it right.
type label struct {
	Right      bool         `json:"right"`
	Document   string       `json:"document"`
	Start      int          `json:"start"` // of the sentence, in code points
	Subject    string       `json:"subject"`
	Predicate  string       `json:"predicate"`
	Relation   string       `json:"relation"`
	Object     string       `json:"object"`
	Factuality string       `json:"factuality"`
	Sources    []string     `json:"sources,omitempty"`
	Before     float64      `json:"before"` // its confidence when it was labelled
	Traits     claim.Traits `json:"traits"`
	Quote      string       `json:"quote,omitempty"` // for the reader; not kept
}

// articles are the folders of the labelled articles.
var articles = []string{"ingest/testdata/gold/dev", "data/samples", "ingest/claim/testdata/calibration"}

func articleFiles() ([]string, error) {
	var out []string
	for _, folder := range articles {
		files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	return out, nil
}

func readLabels(path string) ([]label, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []label
	n := 0
	for line := range bytes.Lines(b) {
		n++
		var l label
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, l)
	}
	return out, nil
}

func writeLabels(path string, labels []label) error {
	var b bytes.Buffer
	if err := encode(&b, labels); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

func encode(w io.Writer, labels []label) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, l := range labels {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// extract runs the pipeline over articles and lists the claims it finds, in their order.
func extract(files []string) ([]label, error) {
	p, err := ingest.New(ingest.Options{Data: data.FS})
	if err != nil {
		return nil, err
	}
	var out []label
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		docs, err := source.Read(context.Background(), file, bytes.NewReader(b), source.Options{})
		if err != nil {
			return nil, err
		}
		p.Claims().Trace = func(c schema.Claim, t claim.Traits) {
			if l := labelOf(filepath.Base(file), c, t); !slices.ContainsFunc(out, l.same) {
				out = append(out, l)
			}
		}
		for _, doc := range docs {
			if _, err := p.Analyse(context.Background(), doc); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func labelOf(file string, c schema.Claim, t claim.Traits) label {
	l := label{Document: file, Start: c.Evidence[0].Start, Subject: c.Subject.Label, Predicate: c.Predicate, Relation: c.Relation, Object: c.Object.Literal,
		Factuality: c.Factuality.String(), Before: c.Confidence, Traits: t, Quote: c.Evidence[0].Quote}
	if c.Object.Entity != nil {
		l.Object = c.Object.Entity.Label
	}
	for _, s := range c.Attribution {
		l.Sources = append(l.Sources, s.Label)
	}
	return l
}

// same is true of the same claim of the same sentence.
func (l label) same(o label) bool {
	return l.Document == o.Document && l.Start == o.Start && l.Subject == o.Subject && l.Predicate == o.Predicate && l.Object == o.Object &&
		l.Factuality == o.Factuality && slices.Equal(l.Sources, o.Sources)
}

// renew reads the traits of labels from what the extractor finds now; what it no longer finds keeps its own.
func renew(labels []label) error {
	files, err := articleFiles()
	if err != nil {
		return err
	}
	now, err := extract(files)
	if err != nil {
		return err
	}
	found := 0
	for i := range labels {
		if k := slices.IndexFunc(now, labels[i].same); k >= 0 {
			labels[i].Traits = now[k].Traits
			found++
		}
	}
	log.Printf("%d of %d labelled claims are still found", found, len(labels))
	return nil
}

// writeSample writes n claims of articles, evenly over rules and confidence, in the order of the text.
func writeSample(w io.Writer, n int, files []string) error {
	all, err := extract(files)
	if err != nil {
		return err
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(all[a].Traits.Rule, all[b].Traits.Rule), cmp.Compare(all[a].Before, all[b].Before))
	})
	n = min(n, len(all))
	var picked []int
	for k := range n {
		picked = append(picked, order[(2*k+1)*len(all)/(2*n)])
	}
	slices.Sort(picked)
	var out []label
	for _, i := range picked {
		out = append(out, all[i])
	}
	return encode(w, out)
}

// writeModel writes the weights, by name.
func writeModel(m claim.Model) error {
	return os.WriteFile(filepath.Join("data", claim.ConfidenceFile), modelText(m), 0o644)
}

func modelText(m claim.Model) []byte {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	b.WriteString("# How likely a claim is right: weights of a logistic regression, from go run ./internal/calibrate.\n# term\tweight\n")
	for _, name := range names {
		fmt.Fprintf(&b, "%s\t%.4f\n", name, m[name])
	}
	return b.Bytes()
}
