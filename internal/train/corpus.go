package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/nlp/conllu"
	"newsgraph/nlp/eval"
)

// sentence is one sentence of the training data with what is known of its words; nil for what is not.
type sentence struct {
	forms  []string
	tags   []string // "VERB VBD"
	heads  []int    // 1-based
	labels []string
	lemmas []string
	feats  []string
	names  []string // BIO
}

func readTreebanks(dir string, names ...string) ([]*sentence, error) {
	var out []*sentence
	for _, name := range names {
		var list []*conllu.Sentence
		err := unzip(filepath.Join(dir, "ud", name+".conllu.gz"), func(r io.Reader) (err error) {
			list, err = conllu.ReadAll(r)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			out = append(out, fromTreebank(s))
		}
	}
	return out, nil
}

func fromTreebank(s *conllu.Sentence) *sentence {
	out := &sentence{}
	for _, t := range s.Tokens {
		out.forms = append(out.forms, t.Form)
		out.tags = append(out.tags, t.UPOS+" "+t.XPOS)
		out.heads = append(out.heads, t.Head+1)
		out.labels = append(out.labels, t.Deprel)
		out.lemmas = append(out.lemmas, t.Lemma)
		out.feats = append(out.feats, t.Feats)
	}
	return out
}

// names numbers strings in order of first sight.
type names struct {
	list  []string
	index map[string]uint16
}

func (n *names) add(s string) uint16 {
	if i, ok := n.index[s]; ok {
		return i
	}
	if n.index == nil {
		n.index = map[string]uint16{}
	}
	n.index[s] = uint16(len(n.list))
	n.list = append(n.list, s)
	return n.index[s]
}

// find returns the number of a string, -1 for one that was not added.
func (n *names) find(s string) int32 {
	if i, ok := n.index[s]; ok {
		return int32(i)
	}
	return -1
}

// readNames reads words and BIO tags, gzipped; kinds that are not kept become O.
func readNames(path string, keep map[string]string) ([]*sentence, error) {
	var out []*sentence
	err := unzip(path, func(r io.Reader) error {
		for in := eval.NewNameReader(r); ; {
			forms, tags, err := in.Read()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			for i, t := range tags {
				prefix, kind, _ := strings.Cut(t, "-")
				if to, ok := keep[kind]; ok {
					tags[i] = prefix + "-" + to
				} else {
					tags[i] = "O"
				}
			}
			out = append(out, &sentence{forms: forms, names: bio(tags)})
		}
	})
	return out, err
}

// unzip reads a gzipped file; errors name it.
func unzip(path string, read func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err == nil {
		err = read(z)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// bio makes every name begin with B-.
func bio(tags []string) []string {
	prev := "O"
	for i, t := range tags {
		if k, ok := strings.CutPrefix(t, "I-"); ok && prev != "B-"+k && prev != t {
			tags[i] = "B-" + k
		}
		prev = tags[i]
	}
	return tags
}
