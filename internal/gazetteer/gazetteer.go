// Package gazetteer builds the files of data/gazetteer from the World Factbook's facts about countries
// (shared/kb/countries.jsonl) and from the hand-written lists in lists/. It is used when the lists
// change, not when newsgraph runs: entities and demonyms come out sorted, and an alias that leads to
// two entities must stand in lists/ambiguities.tsv.
package gazetteer

import (
	"bufio"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

//go:embed lists/*.tsv
var lists embed.FS

// Entity is a line of entities.tsv.
type Entity struct {
	ID, Label, Class string
	Aliases          []string
	Country          string // ID of the country it belongs to, or empty
	Note             string
}

// Demonym is a line of demonyms.tsv: a word that stands for a country or its people.
type Demonym struct {
	Word, Country string
	Kind          string // adj, noun or noun-plural
}

// Term is a line of leaders.tsv: a person in an office from one date to another; To is empty while it lasts.
type Term struct {
	Person, Office, Country, From, To string
}

// Gazetteer is all that the build makes of its sources.
type Gazetteer struct {
	Entities  []Entity
	Demonyms  []Demonym
	Leaders   []Term
	Ambiguous map[string][]string // alias to IDs, the likeliest first
}

// fact is what is used of a line of countries.jsonl.
type fact struct {
	Code       string `json:"gec"`
	Short      string `json:"short"`
	Long       string `json:"long"`
	Capital    string `json:"capital"`
	Noun       string `json:"noun"`
	Adjective  string `json:"adjective"`
	State      string `json:"chief_of_state"`
	Government string `json:"head_of_government"`
}

// maxLine bounds a line of countries.jsonl.
const maxLine = 1 << 20

// Build makes the gazetteer from countries.jsonl and the lists. An error names the list and the entry.
func Build(countries io.Reader) (*Gazetteer, error) {
	facts, err := readFacts(countries)
	if err != nil {
		return nil, err
	}
	b := &builder{g: &Gazetteer{Ambiguous: map[string][]string{}}, facts: facts, iso: map[string]string{}, at: map[string]int{}}
	steps := []func() error{b.countries, b.regions, b.cities, b.seats, b.organisations, b.media, b.parties, b.leaders, b.ambiguities}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.sort()
	return b.g, b.g.Check()
}

func readFacts(r io.Reader) (map[string]fact, error) {
	out := map[string]fact{}
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	for n := 1; s.Scan(); n++ {
		var f fact
		if err := json.Unmarshal(s.Bytes(), &f); err != nil {
			return nil, fmt.Errorf("countries.jsonl:%d: %w", n, err)
		}
		out[f.Code] = f
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read countries.jsonl: %w", err)
	}
	return out, nil
}

type builder struct {
	g     *Gazetteer
	facts map[string]fact
	iso   map[string]string // ISO code to country ID
	at    map[string]int    // entity ID to place in g.Entities
}

// each calls f with the fields of every line of a list; "-" is empty.
func each(name string, fields int, f func([]string) error) error {
	b, err := fs.ReadFile(lists, "lists/"+name)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != fields {
			return fmt.Errorf("%s:%d: %d fields, want %d", name, n, len(cols), fields)
		}
		for i := range cols {
			if cols[i] == "-" {
				cols[i] = ""
			}
		}
		if err := f(cols); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

// ID makes an entity's local name of its label.
func ID(label string) string { return strings.ReplaceAll(label, " ", "_") }

// add puts an entity in; a second one of the same ID is an error.
func (b *builder) add(e Entity) error {
	if e.ID == "" {
		e.ID = ID(e.Label)
	}
	if _, dup := b.at[e.ID]; dup {
		return fmt.Errorf("%s twice", e.ID)
	}
	b.at[e.ID] = len(b.g.Entities)
	b.g.Entities = append(b.g.Entities, e)
	return nil
}

// country returns the ID behind an ISO code.
func (b *builder) country(iso string) (string, error) {
	if iso == "" {
		return "", nil
	}
	id, ok := b.iso[iso]
	if !ok {
		return "", fmt.Errorf("no country %s", iso)
	}
	return id, nil
}

// countries adds countries, capitals, governments, ministries, parliaments and demonyms.
func (b *builder) countries() error {
	return each("countries.tsv", 8, func(c []string) error {
		f := b.facts[c[0]]
		if c[0] != "" && f.Code == "" {
			return fmt.Errorf("no code %s in countries.jsonl", c[0])
		}
		label, id := c[2], ID(c[2])
		aliases := split(c[3], "|")
		if f.Long != "" && !strings.ContainsAny(f.Long, ";(") && f.Long != "none" {
			aliases = append(aliases, f.Long)
		}
		if f.Short != label && plain(f.Short) {
			aliases = append(aliases, f.Short)
		}
		note, class := "", "Country"
		if c[1] != "" {
			note = "iso:" + c[1]
			b.iso[c[1]] = id
		}
		if label == "Gaza Strip" || label == "West Bank" {
			class = "Region"
		}
		if err := b.add(Entity{Label: label, Class: class, Aliases: aliases, Note: note}); err != nil {
			return err
		}
		adjectives := adjectives(c[5], f.Adjective)
		b.demonyms(id, adjectives, nouns(c[6], f.Noun))
		if class == "Region" {
			return nil
		}
		return errors.Join(b.capital(id, label, c[4], f.Capital), b.bodies(id, label, adjectives, split(c[7], "|")))
	})
}

// capital adds the capital, which has the country's ID for an owner.
func (b *builder) capital(id, country, own, fact string) error {
	names := split(own, "/")
	if names == nil {
		fact, _, _ = strings.Cut(fact, ";")
		fact, _, _ = strings.Cut(fact, " (")
		names = split(fact, "/")
	}
	if names == nil || unsafeNames[names[0]] {
		return nil
	}
	e := Entity{Label: names[0], Class: "City", Aliases: names[1:], Country: id, Note: "capital"}
	if names[0] == country {
		return nil // a city state
	}
	return b.add(e)
}

// unsafeNames are capitals that are more often the names of people.
var unsafeNames = map[string]bool{"Victoria": true, "Hamilton": true, "Stanley": true, "West Island": true}

// ministry is a ministry that most governments have, in the wordings of news.
type ministry struct {
	label string
	words []string
}

var ministries = []ministry{
	{"Ministry of Foreign Affairs", []string{"foreign ministry", "Foreign Ministry", "Foreign Affairs Ministry", "foreign affairs ministry", "ministry of foreign affairs", "Ministry of Foreign Affairs"}},
	{"Ministry of Defence", []string{"defence ministry", "defense ministry", "Defence Ministry", "Defense Ministry", "Ministry of Defence", "Ministry of Defense", "ministry of defence", "ministry of defense"}},
	{"Ministry of the Interior", []string{"interior ministry", "Interior Ministry", "Ministry of the Interior", "Ministry of Interior", "ministry of the interior", "ministry of interior"}},
	{"Ministry of Finance", []string{"finance ministry", "Finance Ministry", "Ministry of Finance", "ministry of finance"}},
	{"Ministry of Health", []string{"health ministry", "Health Ministry", "Ministry of Health", "ministry of health"}},
	{"Ministry of Justice", []string{"justice ministry", "Justice Ministry", "Ministry of Justice", "ministry of justice"}},
}

// bodies adds the government, the parliament and the ministries of a country.
func (b *builder) bodies(id, country string, adjectives, parliament []string) error {
	var government, parl []string
	for _, a := range adjectives {
		government = append(government, a+" government", a+" Government")
		parl = append(parl, a+" parliament", a+" Parliament")
	}
	government = append(government, country+"'s government", "government of "+country)
	parl = append(append(parl, country+"'s parliament", "parliament of "+country), parliament...)
	if id == "United_States" {
		parl = parliament
	}
	err := errors.Join(
		b.add(Entity{Label: "Government of " + country, Class: "Government", Aliases: government, Country: id}),
		b.add(Entity{Label: "Parliament of " + country, Class: "Government", Aliases: parl, Country: id, Note: "parliament"}),
	)
	if id == "United_States" || id == "United_Kingdom" || len(adjectives) == 0 {
		return err
	}
	for _, m := range ministries {
		e := Entity{Label: adjectives[0] + " " + m.label, Class: "Government", Country: id, Note: "ministry"}
		for _, w := range m.words {
			for _, a := range adjectives {
				e.Aliases = append(e.Aliases, a+" "+w)
			}
			e.Aliases = append(e.Aliases, country+"'s "+w)
		}
		if _, dup := b.at[ID(e.Label)]; dup { // one adjective, two countries: Congolese, Dominican
			e.Label = m.label + " of " + country
		}
		err = errors.Join(err, b.add(e))
	}
	return err
}

// plain says whether a name of the Factbook can be taken as it is.
func plain(s string) bool {
	return s != "" && s != "none" && !strings.ContainsAny(s, "(),;/:") && !strings.Contains(s, " or ")
}

// adjectives returns our own, or the Factbook's where it is one plain word or more.
func adjectives(own, fact string) []string {
	if own != "" {
		return strings.Split(own, "|")
	}
	fact = strings.ReplaceAll(fact, " or ", ", ")
	var out []string
	for _, a := range strings.Split(fact, ",") {
		if a = strings.TrimSpace(a); plain(a) {
			out = append(out, a)
		}
	}
	return out
}

// nouns returns pairs of singular and plural: our own, or the Factbook's "X(s)" and "X (singular and plural)".
func nouns(own, fact string) [][2]string {
	var out [][2]string
	for _, n := range split(own, "|") {
		sg, pl, _ := strings.Cut(n, "/")
		out = append(out, [2]string{strings.Trim(sg, "-"), pl})
	}
	if own != "" {
		return out
	}
	for _, n := range strings.Split(strings.ReplaceAll(fact, " or ", ", "), ",") {
		n = strings.TrimSpace(n)
		if both, ok := strings.CutSuffix(n, " (singular and plural)"); ok {
			out = append(out, [2]string{both, both})
		} else if sg, ok := strings.CutSuffix(n, "(s)"); ok {
			out = append(out, [2]string{sg, sg + "s"})
		}
	}
	return out
}

func (b *builder) demonyms(id string, adjectives []string, nouns [][2]string) {
	for _, a := range adjectives {
		b.g.Demonyms = append(b.g.Demonyms, Demonym{a, id, "adj"})
	}
	for _, n := range nouns {
		if n[0] != "" {
			b.g.Demonyms = append(b.g.Demonyms, Demonym{n[0], id, "noun"})
		}
		b.g.Demonyms = append(b.g.Demonyms, Demonym{n[1], id, "noun-plural"})
	}
}

func (b *builder) regions() error {
	return each("regions.tsv", 7, func(c []string) error {
		owner, err := b.country(c[3])
		if err != nil {
			return err
		}
		b.demonyms(ID(c[0]), split(c[5], "|"), nouns(c[6], ""))
		return b.add(Entity{Label: c[0], Class: c[1], Aliases: split(c[2], "|"), Country: owner, Note: c[4]})
	})
}

func (b *builder) cities() error {
	return each("cities.tsv", 2, func(c []string) error {
		owner, err := b.country(c[0])
		if err != nil {
			return err
		}
		for _, city := range strings.Split(c[1], "|") {
			names := strings.Split(city, "/")
			e := Entity{Label: names[0], Class: "City", Aliases: names[1:], Country: owner}
			if _, dup := b.at[ID(e.Label)]; dup {
				e.ID = ID(e.Label + ", " + strings.ReplaceAll(owner, "_", " "))
			}
			if err := b.add(e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *builder) seats() error {
	return each("seats.tsv", 2, func(c []string) error {
		owner, err := b.country(c[0])
		if err != nil {
			return err
		}
		e := &b.g.Entities[b.at["Government_of_"+owner]]
		e.Aliases = append(e.Aliases, strings.Split(c[1], "|")...)
		return nil
	})
}

func (b *builder) organisations() error {
	return each("organisations.tsv", 5, func(c []string) error {
		owner, err := b.country(c[3])
		if err != nil {
			return err
		}
		if i, made := b.at[ID(c[0])]; made { // a ministry made of its country
			b.g.Entities[i].Aliases = append(b.g.Entities[i].Aliases, split(c[2], "|")...)
			return nil
		}
		return b.add(Entity{Label: c[0], Class: c[1], Aliases: split(c[2], "|"), Country: owner, Note: c[4]})
	})
}

func (b *builder) media() error {
	return each("media.tsv", 3, func(c []string) error {
		owner, err := b.country(c[2])
		if err != nil {
			return err
		}
		return b.add(Entity{Label: c[0], Class: "Media", Aliases: split(c[1], "|"), Country: owner})
	})
}

func (b *builder) parties() error {
	return each("parties.tsv", 4, func(c []string) error {
		owner, err := b.country(c[3])
		if err != nil {
			return err
		}
		return b.add(Entity{Label: c[0], Class: c[1], Aliases: split(c[2], "|"), Country: owner})
	})
}

func (b *builder) ambiguities() error {
	return each("ambiguities.tsv", 2, func(c []string) error {
		b.g.Ambiguous[c[0]] = strings.Split(c[1], "|")
		return nil
	})
}

func (b *builder) sort() {
	for i := range b.g.Entities {
		e := &b.g.Entities[i]
		slices.Sort(e.Aliases)
		e.Aliases = slices.DeleteFunc(slices.Compact(e.Aliases), func(a string) bool { return a == e.Label || a == "" })
	}
	slices.SortFunc(b.g.Entities, func(x, y Entity) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(b.g.Demonyms, func(x, y Demonym) int {
		return strings.Compare(x.Word+"\t"+x.Country+"\t"+x.Kind, y.Word+"\t"+y.Country+"\t"+y.Kind)
	})
	b.g.Demonyms = slices.Compact(b.g.Demonyms)
	slices.SortFunc(b.g.Leaders, func(x, y Term) int {
		return strings.Compare(x.Country+"\t"+x.Office+"\t"+x.From+"\t"+x.Person, y.Country+"\t"+y.Office+"\t"+y.From+"\t"+y.Person)
	})
}

// Check returns an error for each alias that leads to two entities and is not listed as ambiguous, for
// each listed one that is not, for owners that do not exist, and for terms that end before they begin.
func (g *Gazetteer) Check() error {
	ids := map[string]bool{}
	names := map[string][]string{}
	for _, e := range g.Entities {
		ids[e.ID] = true
		for _, n := range append([]string{e.Label}, e.Aliases...) {
			names[n] = append(names[n], e.ID)
		}
	}
	var errs []error
	for _, e := range g.Entities {
		if e.Country != "" && !ids[e.Country] {
			errs = append(errs, fmt.Errorf("%s belongs to %s, which is not there", e.ID, e.Country))
		}
	}
	for _, d := range g.Demonyms {
		if !ids[d.Country] {
			errs = append(errs, fmt.Errorf("demonym %s of %s, which is not there", d.Word, d.Country))
		}
	}
	for _, t := range g.Leaders {
		if !ids[t.Country] {
			errs = append(errs, fmt.Errorf("%s leads %s, which is not there", t.Person, t.Country))
		}
		if t.To != "" && t.To < t.From {
			errs = append(errs, fmt.Errorf("term of %s ends in %s before it begins in %s", t.Person, t.To, t.From))
		}
	}
	return errors.Join(append(errs, g.checkNames(names)...)...)
}

func (g *Gazetteer) checkNames(names map[string][]string) (errs []error) {
	for _, n := range slices.Sorted(maps.Keys(names)) {
		listed := slices.Sorted(slices.Values(g.Ambiguous[n]))
		if found := names[n]; len(found) > 1 && !slices.Equal(found, listed) {
			errs = append(errs, fmt.Errorf("%q leads to %s and is listed with %v", n, strings.Join(found, "|"), listed))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(g.Ambiguous)) {
		if len(names[n]) < 2 {
			errs = append(errs, fmt.Errorf("%q is listed as ambiguous and leads to %v", n, names[n]))
		}
	}
	return errs
}
