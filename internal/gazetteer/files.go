package gazetteer

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// copied are the lists that are data as they stand.
var copied = []string{"titles.tsv", "given_names.tsv", "nouns.tsv"}

// Files renders the files of data/gazetteer, by name.
func (g *Gazetteer) Files() (map[string]string, error) {
	out := map[string]string{
		"entities.tsv":    g.entities(),
		"demonyms.tsv":    g.demonyms(),
		"leaders.tsv":     g.leaders(),
		"ambiguities.tsv": g.ambiguities(),
	}
	for _, name := range copied {
		b, err := fs.ReadFile(lists, "lists/"+name)
		if err != nil {
			return nil, err
		}
		out[name] = string(b)
	}
	return out, nil
}

// row joins fields to a line; an empty field becomes "-".
func row(b *strings.Builder, fields ...string) {
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('\t')
		}
		if f == "" {
			f = "-"
		}
		b.WriteString(f)
	}
	b.WriteByte('\n')
}

func (g *Gazetteer) entities() string {
	var b strings.Builder
	b.WriteString("# id\tlabel\tclass\taliases\tcountry\tnote\n")
	for _, e := range g.Entities {
		row(&b, e.ID, e.Label, e.Class, strings.Join(e.Aliases, "|"), e.Country, e.Note)
	}
	return b.String()
}

func (g *Gazetteer) demonyms() string {
	var b strings.Builder
	b.WriteString("# word\tcountry\tkind\n")
	for _, d := range g.Demonyms {
		row(&b, d.Word, d.Country, d.Kind)
	}
	return b.String()
}

func (g *Gazetteer) leaders() string {
	var b strings.Builder
	b.WriteString("# person\toffice\tcountry\tfrom\tto\n")
	for _, t := range g.Leaders {
		row(&b, t.Person, t.Office, t.Country, t.From, t.To)
	}
	return b.String()
}

func (g *Gazetteer) ambiguities() string {
	var b strings.Builder
	b.WriteString("# alias\tids, the likeliest first\n")
	for _, a := range slices.Sorted(maps.Keys(g.Ambiguous)) {
		row(&b, a, strings.Join(g.Ambiguous[a], "|"))
	}
	return b.String()
}
