package api

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/graph"
	"newsgraph/server/catalog"
	"newsgraph/server/problem"
)

const (
	maxTyped = 200 // bytes of what is typed into a search box
	maxName  = 400 // bytes of a name
)

func (a *API) search(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	typed, types, limit := p.text("q", maxTyped), p.list("type", true), p.number("limit", 10, 1, 50)
	if !p.values.Has("q") {
		p.fail(problem.Bad("q is missing"))
	}
	if err := p.done(); err != nil {
		return err
	}
	hits, more := a.o.Catalog.State().Search(typed, types, limit)
	return write(w, http.StatusOK, searchJSON{hitsJSON(hits), more})
}

func hitsJSON(hits []catalog.Hit) []problem.Hit {
	list := make([]problem.Hit, 0, len(hits))
	for _, h := range hits {
		list = append(list, problem.Hit{ID: h.ID, Label: h.Label, Type: h.Type, Aliases: append([]string{}, h.Aliases...), Claims: h.Claims,
			LastSeen: h.LastSeen, Matched: problem.Matched{Name: h.Name, Kind: string(h.Kind)}})
	}
	return list
}

func (a *API) entities(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	typed, types := p.text("q", maxTyped), p.list("type", true)
	from, limit := p.page()
	if err := p.done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	found, total := d.ListEntities(typed, types, from, limit)
	list := listJSON[entityJSON]{Items: []entityJSON{}, Total: total, Next: cursor(from+limit, total)}
	for _, e := range found {
		list.Items = append(list.Items, d.entityJSON(e))
	}
	return write(w, http.StatusOK, list)
}

func (a *API) resolve(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	name := p.required("name", maxName)
	if err := p.done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	e, err := d.named(name)
	if err != nil {
		return err
	}
	return write(w, http.StatusOK, d.entityJSON(e))
}

type profileJSON struct {
	Entity entityJSON        `json:"entity"`
	Counts profileCountsJSON `json:"counts"`
	Groups []groupJSON       `json:"groups"`
}

type profileCountsJSON struct {
	Subject      int            `json:"subject"`
	Object       int            `json:"object"`
	Source       int            `json:"source"`
	SingleSource int            `json:"single_source"`
	Disputed     int            `json:"disputed"`
	Neighbours   int            `json:"neighbours"`
	Factuality   map[string]int `json:"factuality"`
}

type groupJSON struct {
	Predicate string      `json:"predicate"`
	Incoming  bool        `json:"incoming"`
	Total     int         `json:"total"`
	Claims    []claimJSON `json:"claims"`
}

// maxProfile is how many claims a profile gives in all: an entity that everybody writes about has hundreds of predicates. The
// groups behind have their totals, and /api/claims has their claims.
const maxProfile = 40

func (a *API) entity(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	each, factuality := p.number("per_group", 5, 0, 50), p.factuality()
	d, e, err := a.asked(p, r)
	if err != nil {
		return err
	}
	defer d.close()
	j := profileJSON{Entity: d.entityJSON(e), Counts: profileCountsJSON(d.Counts(e.ID)), Groups: []groupJSON{}}
	var ids []string
	groups := d.Groups(e.ID, factuality, each)
	for i := range groups {
		groups[i].IDs = groups[i].IDs[:min(maxProfile-len(ids), len(groups[i].IDs))]
		ids = append(ids, groups[i].IDs...)
	}
	claims, err := d.claimsByID(ids)
	if err != nil {
		return err
	}
	for _, g := range groups {
		j.Groups = append(j.Groups, groupJSON{g.Predicate, g.Incoming, g.Total, inOrder(claims, g.IDs)})
	}
	return write(w, http.StatusOK, j)
}

// asked begins to read what a call about an entity asks for, once its parameters are read. Close the reader.
func (a *API) asked(p *params, r *http.Request) (*reader, *catalog.Entity, error) {
	if err := p.done(); err != nil {
		return nil, nil, err
	}
	d := a.reader(r.Context())
	e, err := d.known(r.PathValue("id"))
	if err != nil {
		d.close()
		return nil, nil, err
	}
	return d, e, nil
}

type nameJSON struct {
	Name      string      `json:"name"`
	Seen      int         `json:"seen"`
	Documents []quoteJSON `json:"documents,omitempty"`
}

func (a *API) names(w http.ResponseWriter, r *http.Request) error {
	d, e, err := a.asked(newParams(r), r)
	if err != nil {
		return err
	}
	defer d.close()
	names, err := d.seenNames(e)
	if err != nil {
		return err
	}
	return write(w, http.StatusOK, itemsJSON[nameJSON]{names})
}

const (
	maxNames     = 30 // of an entity whose places are looked for
	maxTexts     = 20 // articles that they are looked for in
	maxNamePlace = 5  // places given of each
	maxContext   = 60 // code points of text on either side of the name
)

// seenNames looks for the names of an entity in the newest articles that its claims come from.
func (d *reader) seenNames(e *catalog.Entity) ([]nameJSON, error) {
	names := []nameJSON{{Name: e.Label}}
	for _, alias := range e.Aliases[:min(maxNames, len(e.Aliases))] {
		names = append(names, nameJSON{Name: alias})
	}
	for _, header := range d.DocumentsOf(e.ID, maxTexts) {
		doc, ok, err := d.view.Document(d.ctx, header.ID)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		for i := range names {
			at, ok := findName(doc.Text, names[i].Name)
			if !ok {
				continue
			}
			names[i].Seen++
			if len(names[i].Documents) < maxNamePlace {
				start := utf8.RuneCountInString(doc.Text[:at])
				q := d.quoteAround(doc.Text, at, names[i].Name)
				q.Document, q.Start, q.End = doc.ID, start, start+utf8.RuneCountInString(names[i].Name)
				q.Title, q.Publisher, q.Published = doc.Title, doc.Publisher, doc.Published
				names[i].Documents = append(names[i].Documents, q)
			}
		}
	}
	slices.SortStableFunc(names[1:], func(a, b nameJSON) int { return b.Seen - a.Seen })
	return names, nil
}

// findName finds a name that stands by itself in a text, as an offset in bytes.
func findName(text, name string) (at int, ok bool) {
	for from := 0; name != ""; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			break
		}
		at = from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !inWord(before) && !inWord(after) {
			return at, true
		}
		from = at + len(name)
	}
	return 0, false
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// quoteAround gives the words around a name on its line.
func (d *reader) quoteAround(text string, at int, name string) quoteJSON {
	start, end := at, at+len(name)
	for n := 0; start > 0 && n < maxContext && text[start-1] != '\n'; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	for n := 0; end < len(text) && n < maxContext && text[end] != '\n'; n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return quoteJSON{Quote: strings.TrimSpace(text[start:end])}
}

type neighbourJSON struct {
	Entity     refJSON     `json:"entity"`
	Claims     int         `json:"claims"`
	Outgoing   int         `json:"outgoing"`
	LastSeen   string      `json:"last_seen,omitempty"`
	Factuality string      `json:"factuality"`
	Predicates []valueJSON `json:"predicates"`
}

func (a *API) neighbours(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	f := p.joining()
	from, limit := p.page()
	d, e, err := a.asked(p, r)
	if err != nil {
		return err
	}
	defer d.close()
	found, total := d.Neighbours(e.ID, f, from, limit)
	list := listJSON[neighbourJSON]{Items: []neighbourJSON{}, Total: total, Next: cursor(from+limit, total)}
	for _, n := range found {
		list.Items = append(list.Items, neighbourJSON{d.ref(n.ID), n.Joining, n.Outgoing, n.Seen, n.Factuality.String(), values(n.Predicates)})
	}
	return write(w, http.StatusOK, list)
}

// joining reads the filters that neighbours and drawings take.
func (p *params) joining() catalog.Filter {
	return catalog.Filter{Types: p.list("type", true), Predicates: p.list("predicate", true), Factuality: p.factuality(),
		Since: p.date("since"), Until: p.date("until")}
}

type timelineJSON struct {
	Items     []datedJSON `json:"items"`
	Histogram []valueJSON `json:"histogram"`
	Total     int         `json:"total"`
	Next      string      `json:"next,omitempty"`
}

type datedJSON struct {
	Date  string    `json:"date"`
	Dated string    `json:"dated"`
	Claim claimJSON `json:"claim"`
}

func (a *API) timeline(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	f := catalog.Filter{Predicates: p.list("predicate", true), Factuality: p.factuality(), Since: p.date("since"), Until: p.date("until")}
	from, limit := p.page()
	d, e, err := a.asked(p, r)
	if err != nil {
		return err
	}
	defer d.close()
	f.Entity = e.ID
	page := d.List(f, catalog.ByTime, from, limit)
	claims, err := d.claims(page.IDs)
	if err != nil {
		return err
	}
	j := timelineJSON{Items: []datedJSON{}, Histogram: values(d.Histogram(f)), Total: page.Total, Next: cursor(page.Next, page.Total)}
	for _, c := range claims {
		date, ok := d.Date(c.ID)
		if !ok {
			continue
		}
		dated := "published"
		if date.Timed {
			dated = "time"
		}
		j.Items = append(j.Items, datedJSON{date.Value, dated, c})
	}
	return write(w, http.StatusOK, j)
}

func (a *API) complete(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	prefix, limit := p.text("prefix", maxTyped), p.number("limit", 20, 1, 100)
	kind := p.choice("kind", "any", "any", "entity", "predicate")
	if err := p.done(); err != nil {
		return err
	}
	s, items := a.o.Catalog.State(), []completionJSON{}
	if kind != "entity" {
		for _, v := range s.Predicates(strings.ReplaceAll(graph.Fold(prefix), " ", "_"), limit) {
			items = append(items, completionJSON{Kind: "predicate", Text: v.Value, ID: v.Value, Claims: v.Count})
		}
	}
	if kind != "predicate" {
		hits, _ := s.Search(prefix, nil, limit)
		for _, h := range hits {
			items = append(items, completionJSON{"entity", h.Name, h.ID, h.Label, h.Type, h.Claims})
		}
	}
	return write(w, http.StatusOK, itemsJSON[completionJSON]{items[:min(limit, len(items))]})
}

type completionJSON struct {
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	ID     string `json:"id,omitempty"`
	Label  string `json:"label,omitempty"`
	Type   string `json:"type,omitempty"`
	Claims int    `json:"claims"`
}
