package api

import (
	"net/http"
	"slices"

	"newsgraph/graph"
	"newsgraph/graph/conflict"
	"newsgraph/schema"
	"newsgraph/server/catalog"
	"newsgraph/server/problem"
)

// filter reads the filters of claims.
func (p *params) filter() catalog.Filter {
	return catalog.Filter{
		Entity: p.text("entity", maxName), Subject: p.text("subject", maxName), Object: p.text("object", maxName),
		Source: p.text("source", maxName), Document: p.text("document", maxName),
		Types: p.list("type", true), Predicates: p.list("predicate", true), Factuality: p.factuality(), Events: p.list("event", true),
		Publishers: p.list("publisher", false), Since: p.date("since"), Until: p.date("until"),
		PublishedSince: p.date("published_since"), PublishedUntil: p.date("published_until"),
		MinPublishers: p.number("min_publishers", 0, 1, 1000), MaxPublishers: p.number("max_publishers", 0, 1, 1000),
		MinConfidence: p.share("min_confidence"), Text: p.text("q", maxTyped), Attributed: p.yes("attributed"), Disputed: p.yes("disputed"),
	}
}

// order reads the order of a list of claims.
func (p *params) order() catalog.Order {
	return catalog.Order(p.choice("sort", string(catalog.Newest), string(catalog.Newest), string(catalog.ByTime), string(catalog.ByFact),
		string(catalog.BySupport), string(catalog.ByConfidence)))
}

func (a *API) claims(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	f, order := p.filter(), p.order()
	from, limit := p.page()
	if err := p.done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	page := d.List(f, order, from, limit)
	claims, err := d.claims(page.IDs)
	if err != nil {
		return err
	}
	return write(w, http.StatusOK, listJSON[claimJSON]{claims, page.Total, cursor(page.Next, page.Total)})
}

type facetsJSON struct {
	Total  int                    `json:"total"`
	Facets map[string][]valueJSON `json:"facets"`
}

func (a *API) facets(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	f := p.filter()
	p.order() // the list beside it has an order and pages, so the same address may come here
	p.page()
	if err := p.done(); err != nil {
		return err
	}
	found := a.o.Catalog.State().Facets(f)
	return write(w, http.StatusOK, facetsJSON{found.Total, map[string][]valueJSON{
		"predicate": values(found.Predicate), "factuality": values(found.Factuality), "source": values(found.Source),
		"publisher": values(found.Publisher), "event": values(found.Event), "type": values(found.Type), "time": values(found.Time),
		"published": values(found.Published), "corroboration": values(found.Publishers),
	}})
}

func (a *API) claim(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	c, ok, err := d.view.Claim(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !ok {
		return problem.NotFound("there is no claim %q", r.PathValue("id"))
	}
	return write(w, http.StatusOK, d.claim(&c, len(c.Evidence)))
}

type contradictionsJSON struct {
	listJSON[contradictionJSON]
	Kinds []valueJSON `json:"kinds"`
}

type contradictionJSON struct {
	Kind   string         `json:"kind"`
	Denial bool           `json:"denial,omitempty"`
	Why    string         `json:"why,omitempty"`
	Sides  []positionJSON `json:"sides"`
}

type positionJSON struct {
	Says        string      `json:"says"`
	Documents   int         `json:"documents"`
	Publishers  int         `json:"publishers"`
	Independent int         `json:"independent"`
	Claims      []claimJSON `json:"claims"`
	ClaimsTotal int         `json:"claims_total"`
}

// maxSide is how many claims either side of a contradiction has in a list.
const maxSide = 20

// conflicts reads what chooses contradictions.
func (p *params) conflicts() catalog.ContradictionOptions {
	o := catalog.ContradictionOptions{Filter: p.filter()}
	for _, name := range p.list("kind", true) {
		if k := conflict.Kind(name); slices.Contains(conflict.Kinds(), k) {
			o.Kinds = append(o.Kinds, k)
		} else {
			p.fail(problem.Bad("kind must be one of %v, not %q", conflict.Kinds(), name))
		}
	}
	return o
}

func (a *API) contradictions(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	o := p.conflicts()
	from, limit := p.page()
	if err := p.done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	found, total, kinds := d.Contradictions(o, from, limit)
	j := contradictionsJSON{listJSON[contradictionJSON]{Items: []contradictionJSON{}, Total: total, Next: cursor(from+limit, total)}, []valueJSON{}}
	for _, k := range conflict.Kinds() {
		if n := kinds[k]; n > 0 {
			j.Kinds = append(j.Kinds, valueJSON{Value: string(k), Count: n})
		}
	}
	for _, c := range found {
		item := contradictionJSON{Kind: string(c.Kind), Denial: c.Denial, Why: c.Why}
		for _, side := range c.Sides {
			position, err := d.position(side)
			if err != nil {
				return err
			}
			if len(position.Claims) > 0 { // else it has gone since the list was made
				item.Sides = append(item.Sides, position)
			}
		}
		if len(item.Sides) > 1 {
			j.Items = append(j.Items, item)
		}
	}
	return write(w, http.StatusOK, j)
}

// position reads a side of a contradiction, and who stands behind it.
func (d *reader) position(side catalog.Position) (positionJSON, error) {
	j := positionJSON{Says: side.Says, Claims: []claimJSON{}, ClaimsTotal: len(side.Claims)}
	var evidence []schema.Evidence
	told := map[string]schema.Document{}
	for c, err := range d.view.Claims(d.ctx, graph.Filter{IDs: side.Claims}) {
		if err != nil {
			return j, err
		}
		if len(j.Claims) < maxSide {
			j.Claims = append(j.Claims, d.claim(&c, maxEvidence))
		}
		evidence = append(evidence, c.Evidence...)
		for _, e := range c.Evidence {
			if doc, ok := d.Document(e.Document); ok {
				told[doc.ID] = doc.Document
			}
		}
	}
	b := graph.BackingOf(evidence, told)
	j.Documents, j.Publishers, j.Independent = b.Documents, b.Publishers, b.Independent
	return j, nil
}
