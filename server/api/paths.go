package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"newsgraph/graph"
	"newsgraph/graph/path"
	"newsgraph/schema"
	"newsgraph/server/catalog"
	"newsgraph/server/problem"
	"newsgraph/server/workspace"
)

type pathsJSON struct {
	From      entityJSON `json:"from"`
	To        entityJSON `json:"to"`
	Paths     []pathJSON `json:"paths"`
	None      *noneJSON  `json:"none,omitempty"`
	Truncated bool       `json:"truncated,omitempty"`
	Elapsed   float64    `json:"elapsed_ms"`
}

type pathJSON struct {
	Length  int       `json:"length"`
	Weakest int       `json:"weakest"`
	Hops    []hopJSON `json:"hops"`
}

type hopJSON struct {
	From        refJSON     `json:"from"`
	To          refJSON     `json:"to"`
	Predicate   string      `json:"predicate"`
	Direction   string      `json:"direction"`
	Claims      []claimJSON `json:"claims"`
	ClaimsTotal int         `json:"claims_total"`
	Others      int         `json:"others"`
}

type noneJSON struct {
	Message    string     `json:"message"`
	MaxHops    int        `json:"max_hops"`
	Excluded   int        `json:"excluded"`
	Longer     int        `json:"longer,omitempty"`
	Undirected int        `json:"undirected,omitempty"`
	Unfiltered int        `json:"unfiltered,omitempty"`
	Left       []leftJSON `json:"left,omitempty"`
}

// leftJSON is what one filter has to do with there being no path.
type leftJSON struct {
	By         string   `json:"by"`
	Parameters []string `json:"parameters"`
	Claims     int      `json:"claims"`
	Hops       int      `json:"hops,omitempty"`
}

func noneOf(e *path.NoPathError) *noneJSON {
	j := &noneJSON{Message: e.Error(), MaxHops: e.MaxHops, Excluded: e.Excluded, Longer: e.Longer, Undirected: e.Undirected, Unfiltered: e.Unfiltered}
	for _, l := range e.Left {
		j.Left = append(j.Left, leftJSON{l.By.String(), parametersOf(l.By), l.Claims, l.Hops})
	}
	return j
}

// parametersOf lists the parameters that make a part of a filter.
func parametersOf(c graph.Criteria) []string {
	return map[graph.Criteria][]string{
		graph.ByPredicate: {"predicate"}, graph.ByAvoid: {"avoid"}, graph.ByFactuality: {"factuality"}, graph.BySource: {"source", "own_voice"},
		graph.ByConfidence: {"min_confidence"}, graph.ByTime: {"since", "until"}, graph.ByType: {"type"}, graph.BySources: {"min_publishers"},
		graph.ByDocument: {"document"}, graph.ByPublished: {"published_since", "published_until"}, graph.ByPublisher: {"publisher"},
	}[c]
}

// maxHopClaims is how many claims of a hop are given.
const maxHopClaims = 10

// pathQuery is what a search for paths asks.
type pathQuery struct {
	from, to, via string
	options       path.Options
	choice        workspace.Choice
}

func (p *params) paths() pathQuery {
	q := pathQuery{from: p.required("from", maxName), to: p.required("to", maxName), via: p.text("via", maxName)}
	q.options = path.Options{MaxHops: p.number("max_hops", 4, 1, 8), Paths: p.number("k", 3, 1, 50), Directed: p.flag("directed")}
	q.options.Offset = p.number("offset", 0, 0, 10_000)
	if p.choice("order", "shortest", "shortest", "best") == "best" {
		q.options.Order = path.Supported
	}
	q.choice = workspace.Choice{Predicates: p.list("predicate", true), Avoid: p.list("avoid", true), Publishers: p.list("publisher", false),
		Source: p.text("source", maxName), OwnVoice: p.flag("own_voice"), Types: p.list("type", true), Documents: p.list("document", false),
		Since: p.date("since"), Until: p.date("until"), PublishedSince: p.date("published_since"), PublishedUntil: p.date("published_until"),
		MinConfidence: p.share("min_confidence"), MinSources: p.number("min_publishers", 0, 1, 1000)}
	for _, f := range p.factuality() {
		q.choice.Factuality = append(q.choice.Factuality, f.String())
	}
	return q
}

func (a *API) paths(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	q := p.paths()
	if err := p.done(); err != nil {
		return err
	}
	started := time.Now()
	ctx, cancel := context.WithTimeout(r.Context(), a.o.Limits.QueryTimeout)
	defer cancel()
	d := a.reader(ctx)
	defer d.close()
	from, err := d.named(q.from)
	if err != nil {
		return err
	}
	to, err := d.named(q.to)
	if err != nil {
		return err
	}
	if from.ID == to.ID {
		return problem.New(http.StatusBadRequest, "bad_request", fmt.Sprintf("both names mean %s", from.Label), "name two entities")
	}
	if q.via != "" {
		via, err := d.named(q.via)
		if err != nil {
			return err
		}
		q.options.Via = via.ID
	}
	if q.options.Filter, err = a.o.Workspace.Filter(ctx, q.choice); err != nil {
		return err
	}
	j := pathsJSON{From: d.entityJSON(from), To: d.entityJSON(to), Paths: []pathJSON{}}
	if err := a.findPaths(d, &j, q.options); err != nil {
		return err
	}
	j.Elapsed = milliseconds(started)
	return write(w, http.StatusOK, j)
}

// milliseconds since a moment, to a tenth.
func milliseconds(since time.Time) float64 {
	return float64(time.Since(since).Round(100*time.Microsecond).Microseconds()) / 1000
}

func (a *API) findPaths(d *reader, j *pathsJSON, o path.Options) error {
	found, err := path.Search(d.ctx, a.o.Workspace.Graph(), []string{j.From.ID}, []string{j.To.ID}, o)
	var none *path.NoPathError
	switch {
	case errors.As(err, &none):
		j.None = noneOf(none)
		return nil
	case errors.Is(err, path.ErrBudget) && len(found) > 0:
		j.Truncated = true
	case err != nil:
		return err
	}
	for _, way := range found {
		j.Paths = append(j.Paths, d.path(way))
	}
	return nil
}

func (d *reader) path(way path.Path) pathJSON {
	j := pathJSON{Length: len(way.Hops), Weakest: way.Weakest, Hops: []hopJSON{}}
	for _, h := range way.Hops {
		hop := hopJSON{From: refOf(h.From), To: refOf(h.To), Predicate: h.Predicate, Direction: string(h.Direction), Claims: []claimJSON{},
			ClaimsTotal: len(h.Claims) + h.Others, Others: h.Others}
		for i := range h.Claims[:min(maxHopClaims, len(h.Claims))] {
			hop.Claims = append(hop.Claims, d.claim(&h.Claims[i], maxEvidence))
		}
		j.Hops = append(j.Hops, hop)
	}
	return j
}

type graphJSON struct {
	Nodes     []nodeJSON `json:"nodes"`
	Edges     []edgeJSON `json:"edges"`
	Total     int        `json:"total_nodes"`
	Truncated bool       `json:"truncated"`
}

type nodeJSON struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Type     string `json:"type,omitempty"`
	Claims   int    `json:"claims"`
	Degree   int    `json:"degree"`
	LastSeen string `json:"last_seen,omitempty"`
}

type edgeJSON struct {
	From       string      `json:"from"`
	To         string      `json:"to"`
	Claims     int         `json:"claims"`
	Predicates []valueJSON `json:"predicates"`
	Factuality string      `json:"factuality"`
	Disputed   bool        `json:"disputed,omitempty"`
	First      string      `json:"first,omitempty"`
	Last       string      `json:"last,omitempty"`
}

// maxNodes is the most nodes of a drawing.
const maxNodes = 10_000

func (a *API) graph(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	o := catalog.GraphOptions{Entities: p.list("entity", false), Between: p.flag("between"), Filter: p.joining(),
		MinDegree: p.number("min_degree", 0, 0, 1<<30), Limit: p.number("limit", 50, 1, maxNodes)}
	if err := p.done(); err != nil {
		return err
	}
	s := a.o.Catalog.State()
	for _, id := range o.Entities {
		if _, ok := s.Entity(id); !ok {
			return problem.NotFound("there is no entity with the ID %q", id)
		}
	}
	return write(w, http.StatusOK, drawing(s.Graph(o)))
}

func (a *API) graphOf(w http.ResponseWriter, r *http.Request) error {
	var q struct {
		Entities   []string            `json:"entities"`
		Factuality []schema.Factuality `json:"factuality"`
	}
	if err := newParams(r).done(); err != nil {
		return err
	}
	if err := decode(r, &q); err != nil {
		return err
	}
	if len(q.Entities) > maxNodes {
		return problem.Bad("entities has more than %d values", maxNodes)
	}
	s := a.o.Catalog.State()
	return write(w, http.StatusOK, drawing(s.Graph(catalog.GraphOptions{Entities: q.Entities, Between: true, Limit: maxNodes,
		Filter: catalog.Filter{Factuality: q.Factuality}})))
}

func drawing(g catalog.Graph) graphJSON {
	j := graphJSON{Nodes: []nodeJSON{}, Edges: []edgeJSON{}, Total: g.Total, Truncated: g.Total > len(g.Nodes)}
	for _, n := range g.Nodes {
		j.Nodes = append(j.Nodes, nodeJSON{n.ID, n.Label, n.Type, n.Claims, n.Degree, n.LastSeen})
	}
	for _, e := range g.Edges {
		j.Edges = append(j.Edges, edgeJSON{e.From, e.To, e.Claims, values(e.Predicates), e.Factuality.String(), e.Disputed, e.First, e.Last})
	}
	return j
}

// graphFilter turns the filters that exports take into the graph's.
func (p *params) graphFilter() graph.Filter {
	f := graph.Filter{Entity: p.text("entity", maxName), Predicates: p.list("predicate", true), Factuality: p.factuality(), MinConfidence: p.share("min_confidence")}
	if document := p.text("document", maxName); document != "" {
		f.Documents = []string{document}
	}
	slices.Sort(f.Predicates)
	return f
}
