package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"unicode"

	"newsgraph/nlp/token"
)

// item is a news item with links: start and end in code points, the words, the title of the page they lead to.
type item struct {
	Text  string   `json:"text"`
	Links [][4]any `json:"links"`
}

// link is a link to the page of a name, as words of a sentence.
type link struct {
	start, end int
	title      string
}

// linked reads the sentences of news items with the links in each that begin with a capital.
func (t *trainer) linked() (sents []*sentence, links [][]link, err error) {
	path := filepath.Join(t.shared, "raw", linkedFile+"_links.jsonl.gz")
	n := 0
	var bad error
	err = eachLine(path, func(line string) {
		n++
		var it item
		if err := json.Unmarshal([]byte(line), &it); err != nil && bad == nil {
			bad = fmt.Errorf("read %s, line %d: %w", path, n, err)
			return
		}
		found, spans := sentences(it.Text)
		for i, s := range found {
			sents, links = append(sents, s), append(links, within(spans[i], &it))
		}
	})
	if err == nil {
		err = bad
	}
	return sents, links, err
}

// within finds the links whose words are whole words of a sentence.
func within(spans []token.Span, it *item) (out []link) {
	for _, l := range it.Links {
		start, ok1 := l[0].(float64)
		end, ok2 := l[1].(float64)
		words, ok3 := l[2].(string)
		title, ok4 := l[3].(string)
		if !ok1 || !ok2 || !ok3 || !ok4 || words == "" || !unicode.IsUpper([]rune(words)[0]) {
			continue
		}
		x := link{-1, -1, title}
		for i, sp := range spans {
			if sp.Start == int(start) {
				x.start = i
			}
			if sp.End == int(end) {
				x.end = i + 1
			}
		}
		if x.start >= 0 && x.end > x.start {
			out = append(out, x)
		}
	}
	return out
}

// writeLinks writes the sentences with links, and the links: sentence, first word, end, words, title.
func (d *dumper) writeLinks() error {
	sents, links, err := d.t.linked()
	if err != nil {
		return err
	}
	if err := d.write("links", sents, nil); err != nil {
		return err
	}
	return d.t.create("links.txt", func(w io.Writer) error {
		for i, list := range links {
			for _, l := range list {
				words := ""
				for _, f := range sents[i].forms[l.start:l.end] {
					words += " " + f
				}
				if _, err := fmt.Fprintf(w, "%d\t%d\t%d\t%s\t%s\n", i, l.start, l.end, words[1:], l.title); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
