package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/nlp/conllu"
	"newsgraph/nlp/depparse"
	"newsgraph/nlp/lemma"
	"newsgraph/nlp/linear"
	"newsgraph/nlp/tagger"
	"newsgraph/nlp/words"
)

// sentence is one sentence of the training data with what is known of its words.
type sentence struct {
	forms  []string
	infos  []words.Info
	tags   []string // right tags, "VERB VBD"; nil where the source has none
	auto   []string // tags by a model that did not see the sentence
	heads  []int    // 1-based
	labels []string
	lemmas []string
	feats  []string
	names  []string // BIO
}

func readTreebanks(dir string, files ...string) ([]*sentence, error) {
	var out []*sentence
	for _, name := range files {
		path := filepath.Join(dir, "ud", name)
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(bufio.NewReader(f))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		list, err := conllu.ReadAll(z)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
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

func look(data []*sentence, t *words.Table) {
	for _, s := range data {
		s.infos = make([]words.Info, len(s.forms))
		for i, f := range s.forms {
			s.infos[i] = t.Look(f)
		}
	}
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

func tagAtoms(tags []string) []uint32 {
	out := make([]uint32, len(tags))
	for i, t := range tags {
		out[i] = linear.String(t)
	}
	return out
}

func forTagger(data []*sentence, labels *names) []*tagger.Sentence {
	out := make([]*tagger.Sentence, len(data))
	for i, s := range data {
		out[i] = &tagger.Sentence{Words: s.infos}
		for _, t := range s.tags {
			out[i].Gold = append(out[i].Gold, labels.add(t))
		}
	}
	return out
}

func forNames(data []*sentence, labels *names) []*tagger.Sentence {
	out := make([]*tagger.Sentence, len(data))
	for i, s := range data {
		out[i] = &tagger.Sentence{Words: s.infos, Tags: tagAtoms(s.auto)}
		for _, t := range s.names {
			out[i].Gold = append(out[i].Gold, labels.add(t))
		}
	}
	return out
}

func forParser(data []*sentence, labels *names) []*depparse.Sentence {
	out := make([]*depparse.Sentence, len(data))
	for i, s := range data {
		out[i] = depparse.NewSentence(s.infos, s.forms, s.auto)
		out[i].Heads = s.heads
		for _, l := range s.labels {
			out[i].Labels = append(out[i].Labels, labels.add(l))
		}
	}
	return out
}

func forLemmas(data []*sentence) []lemma.Example {
	var out []lemma.Example
	for _, s := range data {
		for i, f := range s.forms {
			out = append(out, lemma.Example{Form: f, Tag: s.tags[i], Lemma: s.lemmas[i], Feats: s.feats[i]})
		}
	}
	return out
}

// readNames reads BIO columns. tag picks the column of the tag; kinds that are not kept become O.
func readNames(path string, keep map[string]string) ([]*sentence, error) {
	var out []*sentence
	cur := &sentence{}
	end := func() {
		if len(cur.forms) > 0 {
			cur.names = bio(cur.names)
			out = append(out, cur)
		}
		cur = &sentence{}
	}
	err := eachLine(path, func(line string) {
		if strings.TrimSpace(line) == "" {
			end()
			return
		}
		c := strings.Split(line, "\t")
		if strings.HasPrefix(line, "# ") {
			return
		}
		if len(c) == 1 {
			c = strings.Fields(line)
		}
		form, tag := nameColumns(c)
		prefix, kind, _ := strings.Cut(tag, "-")
		if to, ok := keep[kind]; ok {
			tag = prefix + "-" + to
		} else {
			tag = "O"
		}
		cur.forms, cur.names = append(cur.forms, form), append(cur.names, tag)
	})
	end()
	return out, err
}

func nameColumns(c []string) (form, tag string) {
	switch {
	case len(c) >= 3 && len(c[0]) > 0 && strings.Trim(c[0], "0123456789") == "" && len(c[1]) > 0 && isTag(c[2]):
		return c[1], c[2]
	case len(c) == 4 && isTag(c[2]):
		return c[0], c[2]
	}
	return c[0], c[len(c)-1]
}

func isTag(s string) bool {
	return s == "O" || strings.HasPrefix(s, "B-") || strings.HasPrefix(s, "I-")
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
