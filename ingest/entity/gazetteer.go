package entity

import (
	"bufio"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// gazetteer is the knowledge that ships with the program; it never changes after it is read.
type gazetteer struct {
	things   []thing
	byID     map[string]int
	names    map[string][]int // folded name to things
	longest  map[string]int   // first folded word of a name to the most words of such names
	demonyms map[string]demonym
	adjs     map[string]string // country ID to its adjective
	peoples  map[string]string // country ID to its people
	titles   map[string]title
	leaders  []leader
	byPerson map[string][]int // the consonants of the surname to leaders
	given    map[string]byte  // folded given name to m, f or u
	nouns    map[string]noun
	kin      map[string][]string
	likely   map[string]string // folded name that several things share to the ID of the likeliest
}

// thing is a line of entities.tsv.
type thing struct {
	id, label, class string
	aliases          []string
	country          string
	capital          bool // the seat of the country's government
}

type demonym struct{ country, kind string }

type title struct{ holder, of string }

type leader struct{ name, office, country, from, to string }

type noun struct {
	class  string
	gender byte
}

// loadGazetteer reads the tables of gazetteer/.
func loadGazetteer(fsys fs.FS) (*gazetteer, error) {
	g := &gazetteer{
		byID: map[string]int{}, names: map[string][]int{}, longest: map[string]int{},
		demonyms: map[string]demonym{}, adjs: map[string]string{}, peoples: map[string]string{}, titles: map[string]title{},
		byPerson: map[string][]int{}, given: map[string]byte{}, nouns: map[string]noun{},
		likely: map[string]string{}, kin: kinOf(),
	}
	tables := []struct {
		name    string
		columns int
		add     func(row []string)
	}{
		{"entities", 4, g.addThing}, {"demonyms", 3, g.addDemonym}, {"titles", 2, g.addTitle},
		{"leaders", 4, g.addLeader}, {"given_names", 2, g.addGiven}, {"nouns", 2, g.addNoun},
		{"ambiguities", 2, g.addAmbiguity},
	}
	for _, t := range tables {
		if err := readTable(fsys, "gazetteer/"+t.name+".tsv", t.columns, t.add); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// readTable calls add for each line of a tab-separated file, with missing trailing columns empty.
// Blank lines and lines that begin with # do not count.
func readTable(fsys fs.FS, path string, columns int, add func(row []string)) error {
	f, err := fsys.Open(path)
	if err != nil {
		return fmt.Errorf("read gazetteer: %w", err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimRight(s.Text(), "\r\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) < columns {
			return fmt.Errorf("%s:%d: %d columns, want %d", path, n, len(row), columns)
		}
		if fold(row[0]) == "" {
			return fmt.Errorf("%s:%d: the first column says nothing", path, n)
		}
		for k := range row {
			if row[k] == "-" {
				row[k] = ""
			}
		}
		for len(row) < 6 {
			row = append(row, "")
		}
		add(row)
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

func (g *gazetteer) addThing(row []string) {
	if _, seen := g.byID[row[0]]; seen {
		return
	}
	if fold(row[1]) == "" {
		row[1] = strings.ReplaceAll(row[0], "_", " ")
	}
	t := thing{id: row[0], label: row[1], class: row[2], country: row[4], capital: strings.Contains(row[5], "capital")}
	for _, a := range strings.Split(row[3], "|") {
		if a != "" {
			t.aliases = append(t.aliases, a)
		}
	}
	i := len(g.things)
	g.things = append(g.things, t)
	g.byID[t.id] = i
	for _, n := range append([]string{t.label}, t.aliases...) {
		g.addName(n, i)
	}
}

func (g *gazetteer) addName(name string, i int) {
	key := fold(name)
	if key == "" || slices.Contains(g.names[key], i) {
		return
	}
	g.names[key] = append(g.names[key], i)
	first, _, _ := strings.Cut(key, " ")
	g.longest[first] = max(g.longest[first], strings.Count(key, " ")+1)
}

func (g *gazetteer) addDemonym(row []string) {
	word := fold(row[0])
	if _, seen := g.demonyms[word]; !seen {
		g.demonyms[word] = demonym{country: row[1], kind: row[2]}
	}
	if row[2] == "noun-plural" && g.peoples[row[1]] == "" {
		g.peoples[row[1]] = row[0]
	}
	if row[2] == "adj" && g.adjs[row[1]] == "" {
		g.adjs[row[1]] = row[0]
	}
}

func (g *gazetteer) addTitle(row []string) {
	g.titles[strings.ToLower(row[0])] = title{holder: row[1], of: row[2]}
}

func (g *gazetteer) addLeader(row []string) {
	g.leaders = append(g.leaders, leader{row[0], strings.ToLower(row[1]), row[2], row[3], row[4]})
	words := strings.Fields(fold(row[0]))
	if len(words) > 0 {
		last := skeleton(sound(words[len(words)-1]))
		g.byPerson[last] = append(g.byPerson[last], len(g.leaders)-1)
	}
}

func (g *gazetteer) addGiven(row []string) {
	if row[1] != "" {
		g.given[fold(row[0])] = row[1][0]
	}
}

func (g *gazetteer) addNoun(row []string) {
	n := noun{class: row[1]}
	if row[2] == "m" || row[2] == "f" {
		n.gender = row[2][0]
	}
	g.nouns[strings.ToLower(row[0])] = n
}

func (g *gazetteer) addAmbiguity(row []string) {
	id, _, _ := strings.Cut(row[1], "|")
	g.likely[fold(row[0])] = id
}

// term tells whether a leader held the office on the day of an ISO 8601 date of any precision.
// An empty date is in no term; an empty end is a term that lasts.
func (l leader) term(published string) bool {
	if len(published) < 4 {
		return false
	}
	day := published[:min(len(published), 10)]
	from := l.from[:min(len(l.from), len(day))]
	to := l.to[:min(len(l.to), len(day))]
	return from <= day && (l.to == "" || day <= to)
}

// isAcronym tells whether a name is written in capitals alone ("US", "U.N.", "NATO").
func isAcronym(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters >= 2 && letters <= 8
}

// lookup returns the thing that a name means, and whether there is just one. Short names that the
// gazetteer has only in capitals are found only in capitals.
func (g *gazetteer) lookup(name string) (int, bool) {
	if i, ok := g.byID[g.likely[fold(name)]]; ok && g.things[i].written(name) {
		return i, true
	}
	found := -1
	for _, i := range g.names[fold(name)] {
		if !g.things[i].written(name) {
			continue
		}
		if found >= 0 {
			return g.prefer(found, i), true
		}
		found = i
	}
	return found, found >= 0
}

// prefer settles a name that two things share: a country before a city before the rest, then the order of the file.
func (g *gazetteer) prefer(i, j int) int {
	rank := func(k int) int {
		return slices.Index([]string{"City", "Country"}, g.things[k].class)
	}
	if rank(j) > rank(i) {
		return j
	}
	return i
}

// written tells whether the thing has the name in such letters.
func (t thing) written(name string) bool {
	key, acronym := fold(name), isAcronym(name)
	for _, a := range append([]string{t.label}, t.aliases...) {
		if fold(a) == key && (acronym || !isAcronym(a) || len(key) > 4) {
			return true
		}
	}
	return false
}
