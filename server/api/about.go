package api

import (
	"net/http"

	"newsgraph/graph/query"
	"newsgraph/schema"
)

type settingsJSON struct {
	Version    string            `json:"version"`
	ReadOnly   bool              `json:"read_only"`
	Empty      bool              `json:"empty"`
	Auth       authJSON          `json:"auth"`
	BaseIRI    string            `json:"base_iri"`
	Store      string            `json:"store,omitempty"`
	Limits     limitsJSON        `json:"limits"`
	Languages  []languageJSON    `json:"languages"`
	Formats    []formatJSON      `json:"formats"`
	Factuality []string          `json:"factuality"`
	Types      []classJSON       `json:"types"`
	Events     []string          `json:"events"`
	Prefixes   map[string]string `json:"prefixes"`
}

type authJSON struct {
	Token      bool `json:"token"`
	Authorised bool `json:"authorised"`
}

type limitsJSON struct {
	Body    int64 `json:"body_bytes"`
	Query   int   `json:"query_bytes"`
	Rows    int   `json:"query_rows"`
	Timeout int64 `json:"query_timeout_ms"`
}

type languageJSON struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

type classJSON struct {
	ID     string `json:"id"`
	Parent string `json:"parent,omitempty"`
}

// settings needs no token, so what it says of the graph it says only to who has one.
func (a *API) settings(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	j := settingsJSON{Version: a.o.Version, ReadOnly: a.o.Jobs == nil, Auth: authJSON{a.o.Token, a.o.Authorised(r)},
		Limits:    limitsJSON{a.o.Limits.Body, query.MaxText, a.o.Limits.QueryRows, a.o.Limits.QueryTimeout.Milliseconds()},
		Languages: languages(), Formats: []formatJSON{}, Events: []string{}, Types: []classJSON{}, Prefixes: map[string]string{}}
	for _, f := range formats() {
		j.Formats = append(j.Formats, f.formatJSON)
	}
	for f := schema.Asserted; f <= schema.Negated; f++ {
		j.Factuality = append(j.Factuality, f.String())
	}
	for _, c := range schema.Default().Classes() {
		j.Types = append(j.Types, classJSON{c.Name, c.Parent})
	}
	for _, e := range schema.Default().Events() {
		j.Events = append(j.Events, e.Name)
	}
	if j.Auth.Authorised {
		j.Empty, j.Store = len(a.o.Catalog.State().Documents()) == 0, a.o.Store
		names := a.o.Workspace.Graph().Names()
		j.BaseIRI = names.Base()
		names.Prefixes(func(short, iri string) { j.Prefixes[short] = iri })
	}
	return write(w, http.StatusOK, j)
}

type statsJSON struct {
	Documents      int         `json:"documents"`
	Entities       int         `json:"entities"`
	Claims         int         `json:"claims"`
	Evidence       int         `json:"evidence"`
	Predicates     int         `json:"predicates"`
	Quads          int64       `json:"quads"`
	BaseIRI        string      `json:"base_iri"`
	Factuality     []countJSON `json:"factuality"`
	Types          []countJSON `json:"types"`
	Publishers     []countJSON `json:"publishers"`
	TopPredicates  []countJSON `json:"predicates_top"`
	FirstPublished string      `json:"first_published,omitempty"`
	LastPublished  string      `json:"last_published,omitempty"`
	Disputed       int         `json:"disputed"`
	Corroborated   int         `json:"corroborated"`
}

func (a *API) stats(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	all, err := a.o.Workspace.Stats(r.Context())
	if err != nil {
		return err
	}
	s := a.o.Catalog.State()
	sums := s.Sums()
	j := statsJSON{Documents: all.Documents, Entities: all.Entities, Claims: all.Claims, Evidence: all.Evidence, Predicates: all.Predicates,
		Quads: all.Quads, BaseIRI: all.BaseIRI, Factuality: []countJSON{}, Types: []countJSON{}, Publishers: counts(s.Publishers()),
		TopPredicates: counts(s.Predicates("", 20)), FirstPublished: sums.FirstPublished, LastPublished: sums.LastPublished,
		Disputed: sums.Disputed, Corroborated: sums.Corroborated}
	for _, c := range all.Factuality {
		j.Factuality = append(j.Factuality, countJSON(c))
	}
	for _, c := range all.Types {
		j.Types = append(j.Types, countJSON(c))
	}
	return write(w, http.StatusOK, j)
}
