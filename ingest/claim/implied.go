package claim

import (
	"fmt"
	"io/fs"
	"strings"

	"newsgraph/schema"
)

// impliedFile lists what acts of speech imply about the deed.
const impliedFile = "lexicon/implied.tsv"

// implication is a claim that comes with another: who claims victory in an election is alleged, by
// itself, to have won it.
type implication struct {
	predicate string
	effect    schema.Factuality
}

func loadImplied(fsys fs.FS, v *schema.Vocabulary) (map[string]implication, error) {
	b, err := fs.ReadFile(fsys, impliedFile)
	if err != nil {
		return nil, fmt.Errorf("read implications: %w", err)
	}
	out := map[string]implication{}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) != 3 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 3", impliedFile, n, len(col))
		}
		effect, ok := schema.ParseFactuality(col[2])
		if !ok {
			return nil, fmt.Errorf("%s:%d: %w", impliedFile, n, &schema.UnknownError{Kind: "factuality", Name: col[2]})
		}
		for _, p := range col[:2] {
			if _, ok := v.Predicate(p); !ok {
				return nil, fmt.Errorf("%s:%d: %w", impliedFile, n, &schema.UnknownError{Kind: "predicate", Name: p})
			}
		}
		out[col[0]] = implication{col[1], effect}
	}
	return out, nil
}

// implications gives the claims that come with those found.
func (v *view) implications(found []candidate) []candidate {
	var out []candidate
	for _, c := range found {
		i, ok := v.deeds[c.predicate]
		if !ok {
			continue
		}
		p, _ := v.vocabulary.Predicate(i.predicate)
		c.predicate, c.event, c.rule = i.predicate, p.Event, "implied"
		c.status.flags = append([]schema.Factuality{}, c.status.flags...)
		c.status.flag(i.effect)
		c.status.sources = append(append([]int{}, c.status.sources...), c.subj.head)
		out = append(out, c)
	}
	return out
}
