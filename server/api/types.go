package api

import (
	"newsgraph/server/catalog"
	"newsgraph/server/problem"
)

// The answers, as server/openapi.yaml has them.

type refJSON struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Type  string `json:"type,omitempty"`
}

type entityJSON struct {
	ID        string   `json:"id"`
	IRI       string   `json:"iri"`
	Label     string   `json:"label"`
	Type      string   `json:"type,omitempty"`
	Aliases   []string `json:"aliases"`
	Claims    int      `json:"claims"`
	Documents int      `json:"documents"`
	LastSeen  string   `json:"last_seen,omitempty"`
}

type listJSON[T any] struct {
	Items []T    `json:"items"`
	Total int    `json:"total"`
	Next  string `json:"next,omitempty"`
}

type itemsJSON[T any] struct {
	Items []T `json:"items"`
}

type searchJSON struct {
	Items []problem.Hit `json:"items"`
	More  bool          `json:"more"`
}

type documentJSON struct {
	ID         string `json:"id"`
	IRI        string `json:"iri,omitempty"`
	Title      string `json:"title,omitempty"`
	Publisher  string `json:"publisher,omitempty"`
	Author     string `json:"author,omitempty"`
	URL        string `json:"url,omitempty"`
	Published  string `json:"published,omitempty"`
	Language   string `json:"language,omitempty"`
	Agency     string `json:"agency,omitempty"`
	CopyOf     string `json:"copy_of,omitempty"`
	SHA256     string `json:"sha256,omitempty"`
	Characters int    `json:"characters,omitempty"`
	Claims     int    `json:"claims"`
}

type quoteJSON struct {
	Document  string `json:"document"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Quote     string `json:"quote"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Published string `json:"published,omitempty"`
}

type objectJSON struct {
	Entity   *refJSON `json:"entity,omitempty"`
	Value    string   `json:"value,omitempty"`
	Datatype string   `json:"datatype,omitempty"`
}

type timeJSON struct {
	Value     string `json:"value,omitempty"`
	Precision string `json:"precision,omitempty"`
	Text      string `json:"text,omitempty"`
}

type quantityJSON struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
	Bound string  `json:"bound,omitempty"`
	Text  string  `json:"text,omitempty"`
}

type claimJSON struct {
	ID            string         `json:"id"`
	IRI           string         `json:"iri,omitempty"`
	Subject       refJSON        `json:"subject"`
	Predicate     string         `json:"predicate"`
	Relation      string         `json:"relation,omitempty"`
	Object        objectJSON     `json:"object"`
	Factuality    string         `json:"factuality"`
	Flags         []string       `json:"flags,omitempty"`
	Attribution   []refJSON      `json:"attribution,omitempty"`
	Event         string         `json:"event,omitempty"`
	Time          *timeJSON      `json:"time,omitempty"`
	Place         *refJSON       `json:"place,omitempty"`
	Quantities    []quantityJSON `json:"quantities,omitempty"`
	Confidence    float64        `json:"confidence"`
	Rule          string         `json:"rule,omitempty"`
	Publishers    int            `json:"publishers"`
	Documents     int            `json:"documents"`
	Published     string         `json:"published,omitempty"`
	Disputed      bool           `json:"disputed,omitempty"`
	Evidence      []quoteJSON    `json:"evidence"`
	EvidenceTotal int            `json:"evidence_total,omitempty"`
	Known         *bool          `json:"known,omitempty"`
}

type valueJSON struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty"`
	Count int    `json:"count"`
}

func values(list []catalog.Value) []valueJSON {
	out := make([]valueJSON, 0, len(list))
	for _, v := range list {
		out = append(out, valueJSON(v))
	}
	return out
}

type countJSON struct {
	Name   string `json:"name"`
	Number int    `json:"number"`
}

func counts(list []catalog.Value) []countJSON {
	out := make([]countJSON, 0, len(list))
	for _, v := range list {
		out = append(out, countJSON{v.Value, v.Count})
	}
	return out
}
