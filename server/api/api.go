// Package api answers the JSON API that server/openapi.yaml describes. What enters are requests that the server has let
// through (it checks access, origin and size); what leaves is JSON, or a stream for events and exports. Lists, counts and
// searches come from the catalog, words and evidence from a view of the graph.
//
// Handlers return errors; package problem gives them a status and a code.
package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"newsgraph/server/catalog"
	"newsgraph/server/jobs"
	"newsgraph/server/problem"
	"newsgraph/server/sandbox"
	"newsgraph/server/workspace"
)

// Options of an API.
type Options struct {
	Workspace *workspace.Workspace
	Catalog   *catalog.Catalog
	Queries   *sandbox.Pool
	Jobs      *jobs.Runner // nil when the server is read-only
	Version   string
	Store     string // the folder, shown to who is authorised
	Limits    Limits
	// Token says whether calls need a token, Authorised whether this one has what is needed.
	Token      bool
	Authorised func(*http.Request) bool
	Log        *slog.Logger
}

// Limits of what a call may ask for.
type Limits struct {
	Body         int64 // bytes
	QueryRows    int
	QueryTimeout time.Duration // also of path searches
}

// Class says what a route does and costs, so that the server can guard it.
type Class struct {
	Writes bool // changes the graph
	Open   bool // needs no token
	Stream bool // sends as it goes, so that it has no time limit
	Cached bool // the answer depends on the graph and the address alone
	Cost   Cost
	// Narrow are parameters each of which makes what would be Heavy a matter of Gathering.
	Narrow []string
}

// Cost says how long a request takes, and so how many of its kind may run at once: those that take longer wait, so that
// shorter ones overtake them.
type Cost uint8

// The costs.
const (
	Cheap     Cost = iota // no time worth speaking of
	Reading               // what somebody waits for who opened a page: some claims are read
	Gathering             // what stands beside it on the page: all about one entity is looked at
	Heavy                 // up to the whole graph is looked at
)

// Route is a call of the API.
type Route struct {
	Pattern string // as http.ServeMux takes it
	Class
	Handler http.Handler
}

// API is the JSON API.
type API struct{ o Options }

// New returns the API.
func New(o Options) *API { return &API{o} }

// Routes lists all calls.
func (a *API) Routes() []Route {
	cached, heavy := Class{Cached: true}, Class{Cost: Heavy}
	reading, gathering := Class{Cached: true, Cost: Reading}, Class{Cached: true, Cost: Gathering}
	narrow := []string{"entity", "subject", "object", "source", "document"}
	return []Route{
		a.route("GET /api/settings", Class{Open: true}, a.settings),
		a.route("GET /api/stats", Class{Cost: Heavy, Cached: true}, a.stats),
		a.route("GET /api/complete", cached, a.complete),
		a.route("GET /api/search", cached, a.search),
		a.route("GET /api/entities", cached, a.entities),
		a.route("GET /api/resolve", cached, a.resolve),
		a.route("GET /api/entities/{id}", reading, a.entity),
		a.route("GET /api/entities/{id}/names", gathering, a.names),
		a.route("GET /api/entities/{id}/neighbours", gathering, a.neighbours),
		a.route("GET /api/entities/{id}/timeline", gathering, a.timeline),
		a.route("GET /api/claims", reading, a.claims),
		a.route("GET /api/claims/facets", Class{Cost: Heavy, Cached: true, Narrow: narrow}, a.facets),
		a.route("GET /api/claims/{id}", cached, a.claim),
		a.route("GET /api/contradictions", gathering, a.contradictions),
		a.route("GET /api/paths", heavy, a.paths),
		a.route("GET /api/graph", Class{Cost: Heavy, Cached: true, Narrow: narrow}, a.graph),
		a.route("POST /api/graph", heavy, a.graphOf),
		a.route("POST /api/query", Class{}, a.query), // the pool of queries has limits of its own
		a.route("GET /api/query/examples", cached, a.examples),
		a.route("GET /api/decisions", heavy, a.decisions),
		a.route("POST /api/decisions", Class{Writes: true, Cost: Heavy}, a.decide),
		a.route("POST /api/decisions/undo", Class{Writes: true, Cost: Heavy}, a.undecide),
		a.route("GET /api/documents", cached, a.documents),
		a.route("GET /api/documents/{id}", cached, a.document),
		a.route("POST /api/ingest", Class{Writes: true}, a.ingest),
		a.route("POST /api/samples", Class{Writes: true}, a.samples),
		a.route("GET /api/jobs", Class{}, a.jobs),
		a.route("GET /api/jobs/{id}", Class{}, a.job),
		a.route("DELETE /api/jobs/{id}", Class{Writes: true}, a.removeJob),
		a.route("GET /api/jobs/{id}/events", Class{Stream: true}, a.events),
		a.route("GET /api/jobs/{id}/preview", Class{}, a.preview),
		a.route("GET /api/export", Class{Cost: Heavy, Stream: true}, a.export),
	}
}

type handler func(w http.ResponseWriter, r *http.Request) error

func (a *API) route(pattern string, class Class, h handler) Route {
	return Route{Pattern: pattern, Class: class, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			Fail(w, r, a.o.Log, err)
		}
	})}
}

// Fail answers with what went wrong, and logs what is the server's fault.
func Fail(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	p := problem.Of(err)
	if p.Status >= http.StatusInternalServerError && p.Code != "timeout" && p.Code != "unavailable" {
		log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	p.Write(w)
}

// write answers with JSON.
func write(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // what fails now is that the client has gone
	return nil
}

// reader reads what a handler needs of the state and of the graph at one moment.
func (a *API) reader(ctx context.Context) *reader {
	return &reader{State: a.o.Catalog.State(), ctx: ctx, view: a.o.Workspace.Graph().View(), names: a.o.Workspace.Graph().Names()}
}
