package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"newsgraph/nlp/lemma"
	"newsgraph/nlp/words"
)

// lexicon maps words in lower case to flags of package words.
type lexicon map[string]uint32

// addWordNet adds the parts of speech of single words and of their inflected forms, and demonyms.
func (l lexicon) addWordNet(dir string) error {
	for _, f := range []struct {
		name string
		flag uint32
	}{{"noun", words.Noun}, {"verb", words.Verb}, {"adj", words.Adj}, {"adv", words.Adv}} {
		if err := eachLine(filepath.Join(dir, "index."+f.name), func(line string) {
			l.addLemma(line, f.flag)
		}); err != nil {
			return err
		}
		if err := eachLine(filepath.Join(dir, f.name+".exc"), func(line string) {
			if form, _, ok := strings.Cut(line, " "); ok && !strings.Contains(form, "_") {
				l[form] |= f.flag
			}
		}); err != nil {
			return err
		}
		if err := eachLine(filepath.Join(dir, "data."+f.name), l.addDemonym); err != nil {
			return err
		}
	}
	return eachLine(filepath.Join(dir, "data.noun"), l.addProper)
}

func (l lexicon) addLemma(line string, flag uint32) {
	base, _, ok := strings.Cut(line, " ")
	if !ok || base == "" || strings.ContainsAny(base, "_-0123456789") {
		return
	}
	for _, form := range inflect(base, flag) {
		l[form] |= flag
	}
}

// inflect returns a lemma and its regular forms.
func inflect(base string, flag uint32) []string {
	out := []string{base}
	for _, f := range regular(base, flag) {
		out = append(out, f.form)
	}
	return out
}

// inflected is a form with its tag.
type inflected struct{ form, tag string }

var (
	sibilant  = regexp.MustCompile(`(s|x|z|ch|sh)$`)
	consonant = regexp.MustCompile(`[^aeiou]y$`)
	closed    = regexp.MustCompile(`[aeiou][bcdfgklmnprtvz]$`)        // may double its last letter
	short     = regexp.MustCompile(`^[^aeiou]*[aeiou][bdgklmnprtz]$`) // doubles it
)

// regular returns the regular forms of a lemma.
func regular(base string, flag uint32) []inflected {
	s, stem := base+"s", strings.TrimSuffix(base, "e")
	switch {
	case consonant.MatchString(base):
		stem = base[:len(base)-1] + "i"
		s = stem + "es"
	case sibilant.MatchString(base):
		s = base + "es"
	}
	ing := strings.TrimSuffix(base, "e")
	if strings.HasSuffix(base, "ee") || strings.HasSuffix(base, "oe") || strings.HasSuffix(base, "ye") {
		ing = base
	}
	last := base[len(base)-1:]
	switch flag {
	case words.Noun:
		return []inflected{{s, "NOUN NNS"}}
	case words.Adj:
		return []inflected{{stem + "er", "ADJ JJR"}, {stem + "est", "ADJ JJS"}}
	case words.Verb:
		out := []inflected{{s, "VERB VBZ"}}
		if !short.MatchString(base) {
			out = append(out, inflected{stem + "ed", "VERB VBD"}, inflected{stem + "ed", "VERB VBN"}, inflected{ing + "ing", "VERB VBG"})
		}
		if closed.MatchString(base) {
			out = append(out, inflected{base + last + "ed", "VERB VBD"}, inflected{base + last + "ed", "VERB VBN"}, inflected{base + last + "ing", "VERB VBG"})
		}
		return out
	}
	return nil
}

// inflections lists WordNet's forms with their lemmas: regular ones, then the exceptions of its *.exc files.
func inflections(dir string) ([]lemma.Example, error) {
	var out []lemma.Example
	for _, f := range []struct {
		name string
		flag uint32
		tags []string // of irregular forms
	}{
		{"noun", words.Noun, []string{"NOUN NNS"}}, {"adj", words.Adj, []string{"ADJ JJR", "ADJ JJS"}},
		{"verb", words.Verb, []string{"VERB VBD", "VERB VBN"}}, {"adv", words.Adv, []string{"ADV RBR", "ADV RBS"}},
	} {
		odd := map[string]bool{}
		if err := eachLine(filepath.Join(dir, f.name+".exc"), func(line string) {
			w := strings.Fields(line)
			if len(w) < 2 || strings.ContainsAny(line, "_-") {
				return
			}
			odd[w[0]] = true
			for _, tag := range irregular(w[0], f.tags) {
				out = append(out, lemma.Example{Form: w[0], Tag: tag, Lemma: w[1]})
			}
		}); err != nil {
			return nil, err
		}
		if err := eachLine(filepath.Join(dir, "index."+f.name), func(line string) {
			l, _, ok := strings.Cut(line, " ")
			if !ok || l == "" || strings.ContainsAny(l, "_-.'/0123456789") {
				return
			}
			for _, x := range regular(l, f.flag) {
				if !odd[x.form] {
					out = append(out, lemma.Example{Form: x.form, Tag: x.tag, Lemma: l})
				}
			}
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// irregular picks the tags that the ending of an irregular form allows.
func irregular(form string, tags []string) []string {
	switch {
	case strings.HasSuffix(form, "ing") && strings.HasPrefix(tags[0], "VERB"):
		return []string{"VERB VBG"}
	case strings.HasSuffix(form, "est") && strings.HasPrefix(tags[0], "AD"):
		return tags[1:]
	case strings.HasSuffix(form, "er") && strings.HasPrefix(tags[0], "AD"):
		return tags[:1]
	}
	return tags
}

var (
	person  = regexp.MustCompile(`^a (native|inhabitant|member|citizen|resident)( or (native|inhabitant|resident))? of [A-Z]|^an inhabitant of [A-Z]`)
	ofPlace = regexp.MustCompile(`^(of or relating to|of or pertaining to|of or characteristic of|relating to or characteristic of|of) .*\b[A-Z][a-z]+`)
)

// addDemonym reads a line of a data file: words with a capital, of or from a place.
func (l lexicon) addDemonym(line string) {
	head, gloss, ok := strings.Cut(line, " | ")
	f := strings.Fields(head)
	if !ok || len(f) < 5 {
		return
	}
	if !(f[1] == "18" && person.MatchString(gloss)) && !(f[1] == "01" && ofPlace.MatchString(gloss)) {
		return
	}
	word := strings.TrimSuffix(strings.TrimSuffix(f[4], "(a)"), "(p)")
	if word == "" || !unicode.IsUpper(rune(word[0])) || strings.ContainsAny(word, "_-") {
		return
	}
	low := strings.ToLower(word)
	l[low] |= words.Demonym
	if f[1] == "18" {
		l[low+"s"] |= words.Demonym
	}
}

// addNames adds given names, one a line.
func (l lexicon) addNames(path string, flag uint32) error {
	return eachLine(path, func(line string) {
		if name := strings.ToLower(strings.TrimSpace(line)); name != "" {
			l[name] |= flag
		}
	})
}

// addCapitals marks words that running text mostly writes with a capital where no sentence begins.
func (l lexicon) addCapitals(c *rawCounts) {
	for w, n := range c.inside {
		if n >= 3 && float64(c.capital[w]) >= 0.8*float64(n) {
			l[w] |= words.Capital
		}
	}
}

// rawCounts counts words of running text, in lower case, away from the start of a line or sentence.
type rawCounts struct {
	inside, capital map[string]int
}

func countRaw(paths []string) (*rawCounts, error) {
	c := &rawCounts{map[string]int{}, map[string]int{}}
	for _, p := range paths {
		if err := eachLine(p, c.add); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *rawCounts) add(line string) {
	start := true
	for _, f := range strings.Fields(line) {
		w := strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) })
		if w != "" && !start {
			low := strings.ToLower(w)
			c.inside[low]++
			if low != w {
				c.capital[low]++
			}
		}
		start = strings.ContainsAny(f[len(f)-1:], `.!?:"”)`)
	}
}

// eachLine calls f with each line of a file, gzipped when its name ends in .gz.
func eachLine(path string, f func(line string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(file)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		in = bufio.NewScanner(z)
	}
	in.Buffer(make([]byte, 1<<16), 1<<24)
	for in.Scan() {
		f(in.Text())
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
