package main

import (
	"log"
	"sort"
	"strings"
	"sync"

	"newsgraph/nlp/tagger"
	"newsgraph/nlp/token"
	"newsgraph/nlp/words"
)

// Words of raw text fall into classes by the tags that a first tagger gives them.
const (
	minSeen  = 3   // occurrences that a word must have
	share    = 0.1 // of a word's occurrences that a tag must have
	maxClass = 254
)

// tagCounts counts the fine tags of words in lower case.
type tagCounts map[string]map[string]int

// countTags tags raw text line by line.
func countTags(paths []string, table *words.Table, m *tagger.Model, workers int) (tagCounts, error) {
	var lines []string
	for _, p := range paths {
		if err := eachLine(p, func(l string) { lines = append(lines, l) }); err != nil {
			return nil, err
		}
	}
	parts := make([]tagCounts, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			parts[w] = tagCounts{}
			for i := w; i < len(lines); i += workers {
				parts[w].line(lines[i], table, m)
			}
		})
	}
	wg.Wait()
	for _, p := range parts[1:] {
		parts[0].merge(p)
	}
	return parts[0], nil
}

func (c tagCounts) line(line string, table *words.Table, m *tagger.Model) {
	text := []rune(line)
	for _, spans := range token.Sentences(text, 0, len(text)) {
		s := &tagger.Sentence{Words: make([]words.Info, len(spans))}
		for i, sp := range spans {
			s.Words[i] = table.Look(string(text[sp.Start:sp.End]))
		}
		for i, tag := range tagsOf(m, s) {
			c.add(strings.ToLower(words.Normal(string(text[spans[i].Start:spans[i].End]))), tag, 1)
		}
	}
}

func (c tagCounts) add(word, tag string, n int) {
	if c[word] == nil {
		c[word] = map[string]int{}
	}
	c[word][tag] += n
}

func (c tagCounts) merge(d tagCounts) {
	for w, tags := range d {
		for t, n := range tags {
			c.add(w, t, n)
		}
	}
}

// classes numbers from 1 the sets of tags that words take; the rarest sets give way to their most frequent tag.
func (c tagCounts) classes() map[string]uint8 {
	sets, firsts := map[string]string{}, map[string]string{}
	count := map[string]int{}
	for w, tags := range c {
		set, first := signature(tags)
		if set != "" && keepWord(w) {
			sets[w], firsts[w] = set, first
			count[set]++
		}
	}
	order := sortedKeys(count)
	sort.SliceStable(order, func(i, j int) bool { return count[order[i]] > count[order[j]] })
	number := map[string]uint8{}
	for _, set := range order[:min(len(order), maxClass)] {
		number[set] = uint8(len(number) + 1)
	}
	log.Printf("%d words in %d classes, %d kept", len(sets), len(order), len(number))
	out := map[string]uint8{}
	for w, set := range sets {
		if number[set] == 0 {
			set = firsts[w]
		}
		out[w] = number[set]
	}
	return out
}

// signature lists the frequent tags of a word, most frequent first, and names the first; "" for rare words.
func signature(tags map[string]int) (set, first string) {
	total := 0
	for _, n := range tags {
		total += n
	}
	if total < minSeen {
		return "", ""
	}
	list := sortedKeys(tags)
	sort.SliceStable(list, func(i, j int) bool { return tags[list[i]] > tags[list[j]] })
	keep := list[:0]
	for _, t := range list {
		if float64(tags[t]) >= share*float64(total) {
			keep = append(keep, t)
		}
	}
	return strings.Join(keep, "|"), keep[0]
}
