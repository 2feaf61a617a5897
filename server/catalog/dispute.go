package catalog

import (
	"cmp"
	"slices"

	"newsgraph/schema"
)

// dispute is claims with the same subject, predicate and object, some of which are negated.
type dispute struct {
	subject         int32
	claimed, denied []int32 // rows
}

// Contradiction is what is claimed and denied: IDs of claims, the newest first.
type Contradiction struct {
	Subject, Predicate string
	Claimed, Denied    []string
}

// findDisputes finds them and marks their rows; the one with most claims comes first.
func (s *State) findDisputes() {
	type statement struct {
		subject, predicate, object int32
		literal                    string
	}
	negated := map[statement]*dispute{}
	key := func(r *row) statement { return statement{r.subject, r.predicate, r.object, r.literal} }
	for i := range s.rows {
		if r := &s.rows[i]; r.factuality == schema.Negated {
			d := negated[key(r)]
			if d == nil {
				d = &dispute{subject: r.subject}
				negated[key(r)] = d
			}
			d.denied = append(d.denied, int32(i))
		}
	}
	for i := range s.rows {
		if r := &s.rows[i]; r.factuality != schema.Negated {
			if d := negated[key(r)]; d != nil {
				d.claimed = append(d.claimed, int32(i))
			}
		}
	}
	for _, d := range negated {
		if len(d.claimed) == 0 {
			continue
		}
		s.disputes = append(s.disputes, *d)
		for _, n := range slices.Concat(d.claimed, d.denied) {
			s.rows[n].disputed = true
		}
	}
	slices.SortFunc(s.disputes, func(a, b dispute) int {
		return cmp.Or(cmp.Compare(len(b.claimed)+len(b.denied), len(a.claimed)+len(a.denied)), cmp.Compare(a.denied[0], b.denied[0]))
	})
}

// Contradictions lists what is claimed and denied, of an entity on either side or, when entity is empty, of all, from the given
// place on, and how many there are.
func (s *State) Contradictions(entity string, from, limit int) (list []Contradiction, total int) {
	at, ok := s.entityAt[entity]
	if !ok && entity != "" {
		return nil, 0
	}
	for _, d := range s.disputes {
		r := &s.rows[d.denied[0]]
		if entity != "" && r.subject != at && r.object != at {
			continue
		}
		if total >= from && len(list) < limit {
			list = append(list, Contradiction{s.entities[d.subject].ID, s.words[r.predicate], s.ids(d.claimed), s.ids(d.denied)})
		}
		total++
	}
	return list, total
}

func (s *State) ids(rows []int32) []string {
	ids := make([]string, 0, len(rows))
	for _, n := range rows {
		ids = append(ids, s.rows[n].id)
	}
	return ids
}
