package api

import (
	"net/http"

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

type contradictionJSON struct {
	Subject   refJSON     `json:"subject"`
	Predicate string      `json:"predicate"`
	Object    objectJSON  `json:"object"`
	Claimed   []claimJSON `json:"claimed"`
	Denied    []claimJSON `json:"denied"`
}

// maxSide is how many claims either side of a contradiction has in a list.
const maxSide = 20

func (a *API) contradictions(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	entity := p.text("entity", maxName)
	from, limit := p.page()
	if err := p.done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	found, total := d.Contradictions(entity, from, limit)
	list := listJSON[contradictionJSON]{Items: []contradictionJSON{}, Total: total, Next: cursor(from+limit, total)}
	for _, c := range found {
		claimed, err := d.claims(c.Claimed[:min(maxSide, len(c.Claimed))])
		if err != nil {
			return err
		}
		denied, err := d.claims(c.Denied[:min(maxSide, len(c.Denied))])
		if err != nil {
			return err
		}
		if len(claimed) == 0 || len(denied) == 0 {
			continue // it has gone since the list was made
		}
		list.Items = append(list.Items, contradictionJSON{d.ref(c.Subject), c.Predicate, denied[0].Object, claimed, denied})
	}
	return write(w, http.StatusOK, list)
}
