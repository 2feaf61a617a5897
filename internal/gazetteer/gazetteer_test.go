package gazetteer_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/data"
	"newsgraph/internal/gazetteer"
	"newsgraph/internal/shared"
	"newsgraph/schema"
)

// rows reads a file of data/gazetteer.
func rows(t *testing.T, name string, fields int) [][]string {
	t.Helper()
	b, err := fs.ReadFile(data.FS, "gazetteer/"+name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != fields {
			t.Fatalf("%s:%d: %d fields, want %d", name, n+1, len(f), fields)
		}
		out = append(out, f)
	}
	return out
}

// The files in data are what the build makes of its sources.
func TestFilesAreBuilt(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join(shared.Dir(t), "kb", "countries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, err := gazetteer.Build(f)
	if err != nil {
		t.Fatal(err)
	}
	files, err := g.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := fs.ReadFile(data.FS, "gazetteer/"+name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("data/gazetteer/%s is not what the build makes: go run ./internal/gazetteer/build", name)
		}
	}
}

func TestEntities(t *testing.T) {
	t.Parallel()
	v := schema.Default()
	ambiguous := map[string]bool{}
	for _, r := range rows(t, "ambiguities.tsv", 2) {
		ambiguous[r[0]] = true
	}
	entities := rows(t, "entities.tsv", 6)
	ids, names := map[string]bool{}, map[string]string{}
	for _, r := range entities {
		if ids[r[0]] {
			t.Errorf("%s twice", r[0])
		}
		ids[r[0]] = true
		if _, ok := v.Class(r[2]); !ok {
			t.Errorf("%s has the class %q", r[0], r[2])
		}
		for _, n := range append([]string{r[1]}, strings.Split(r[3], "|")...) {
			if n == "-" {
				continue
			}
			if other, taken := names[n]; taken && !ambiguous[n] {
				t.Errorf("%q leads to %s and %s", n, other, r[0])
			}
			names[n] = r[0]
			if n == strings.ToLower(n) && !strings.ContainsAny(n, " -.") && !slices.Contains(lowerNames, n) {
				t.Errorf("%q of %s is a lower-case word", n, r[0])
			}
		}
	}
	for _, r := range entities {
		if r[4] != "-" && !ids[r[4]] {
			t.Errorf("%s belongs to %s, which is not there", r[0], r[4])
		}
	}
	for alias, id := range map[string]string{
		"the Kremlin": "Government_of_Russia", "White House": "Government_of_United_States", "Downing Street": "Government_of_United_Kingdom",
		"UK": "United_Kingdom", "U.S.": "United_States", "America": "United_States", "Kiev": "Kyiv", "Nato": "NATO", "Burma": "Myanmar",
		"AFP": "Agence_France-Presse", "RIA": "RIA_Novosti", "State Duma": "Parliament_of_Russia", "UNHRC": "UN_Human_Rights_Council",
		"Israel's foreign ministry": "Israeli_Ministry_of_Foreign_Affairs", "Taleban": "Taliban",
	} {
		if names[alias] != id {
			t.Errorf("%q leads to %q, want %s", alias, names[alias], id)
		}
	}
}

// lowerNames are names that are written without a capital.
var lowerNames = []string{"gardai", "gardaí", "eurozone", "dpa"}

func TestDemonyms(t *testing.T) {
	t.Parallel()
	want := map[string]string{"French": "France", "Dutch": "Netherlands", "British": "United_Kingdom", "Swiss": "Switzerland", "Danes": "Denmark",
		"Belarusian": "Belarus", "Poles": "Poland", "Frenchman": "France", "Filipinos": "Philippines", "Tibetan": "Tibet", "Saudis": "Saudi_Arabia"}
	for _, r := range rows(t, "demonyms.tsv", 3) {
		if !slices.Contains([]string{"adj", "noun", "noun-plural"}, r[2]) {
			t.Errorf("%s is of the kind %q", r[0], r[2])
		}
		if want[r[0]] == r[1] {
			delete(want, r[0])
		}
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
}

func TestLeaders(t *testing.T) {
	t.Parallel()
	at := func(country, office, date string) (who []string) {
		for _, r := range rows(t, "leaders.tsv", 5) {
			if r[1] == office && r[2] == country && r[3] <= date && (r[4] == "-" || date < r[4]) {
				who = append(who, r[0])
			}
		}
		return who
	}
	tests := []struct{ country, office, date, want string }{
		{"Ukraine", "president", "2012-05-01", "Viktor Yanukovych"},
		{"Ukraine", "president", "2022-03-01", "Volodymyr Zelensky"},
		{"United_States", "president", "2020-09-14", "Donald Trump"},
		{"United_States", "president", "2021-06-01", "Joe Biden"},
		{"Russia", "president", "2010-01-01", "Dmitry Medvedev"},
		{"Germany", "chancellor", "2003-03-20", "Gerhard Schroeder"},
		{"NATO", "secretary-general", "2020-01-01", "Jens Stoltenberg"},
		{"Hungary", "prime minister", "2015-01-01", "Viktor Orban"},
	}
	for _, tt := range tests {
		if got := at(tt.country, tt.office, tt.date); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%s of %s on %s: %v, want %s", tt.office, tt.country, tt.date, got, tt.want)
		}
	}
}

// Nobody but its next holder has a national office at a time.
func TestTermsDoNotOverlap(t *testing.T) {
	t.Parallel()
	type post struct{ country, office string }
	last := map[post][]string{}
	for _, r := range rows(t, "leaders.tsv", 5) {
		p := post{r[2], r[1]}
		if prev, ok := last[p]; ok && (prev[4] == "-" || prev[4] > r[3]) {
			t.Errorf("%s of %s: %s until %s and %s from %s", r[1], r[2], prev[0], prev[4], r[0], r[3])
		}
		last[p] = r
	}
}

func TestNounsTitlesNames(t *testing.T) {
	t.Parallel()
	v := schema.Default()
	for _, r := range rows(t, "nouns.tsv", 3) {
		if _, ok := v.Class(r[1]); !ok {
			t.Errorf("noun %s has the class %q", r[0], r[1])
		}
		if (r[1] == "Person") != slices.Contains([]string{"m", "f", "u"}, r[2]) {
			t.Errorf("noun %s of class %s has the gender %q", r[0], r[1], r[2])
		}
		if r[0] != strings.ToLower(r[0]) {
			t.Errorf("noun %s has capitals", r[0])
		}
	}
	for _, r := range rows(t, "titles.tsv", 3) {
		for _, c := range r[1:] {
			if _, ok := v.Class(c); !ok && c != "-" {
				t.Errorf("title %s has the class %q", r[0], c)
			}
		}
	}
	for _, r := range rows(t, "given_names.tsv", 2) {
		if !slices.Contains([]string{"m", "f", "u"}, r[1]) {
			t.Errorf("name %s has the gender %q", r[0], r[1])
		}
	}
}

func TestBuildRejects(t *testing.T) {
	t.Parallel()
	if _, err := gazetteer.Build(strings.NewReader("{\n")); err == nil || !strings.Contains(err.Error(), "countries.jsonl:1") {
		t.Errorf("error %v, want one that names the line", err)
	}
	if _, err := gazetteer.Build(strings.NewReader("")); err == nil || !strings.Contains(err.Error(), "countries.tsv") {
		t.Errorf("error %v, want one that names the list", err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	g := gazetteer.Gazetteer{
		Entities: []gazetteer.Entity{
			{ID: "A", Label: "A", Aliases: []string{"X"}}, {ID: "B", Label: "B", Aliases: []string{"X"}, Country: "C"},
		},
		Ambiguous: map[string][]string{"Y": {"A", "B"}},
		Leaders:   []gazetteer.Term{{Person: "P", Office: "president", Country: "A", From: "2001-01-01", To: "2000-01-01"}},
	}
	err := g.Check()
	for _, want := range []string{`"X" leads to A|B`, "B belongs to C", `"Y" is listed as ambiguous`, "term of P ends"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v lacks %q", err, want)
		}
	}
}
