package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"newsgraph/server/api"
	"newsgraph/server/compat"
	"newsgraph/server/linked"
	"newsgraph/server/problem"
	"newsgraph/web"
)

// routes makes the handler.
func (s *Server) routes() error {
	s.mux = http.NewServeMux()
	own, err := s.own()
	if err != nil {
		return err
	}
	old := compat.New(compat.Options{Workspace: s.o.Workspace, Queries: s.queries, QueryTimeout: s.o.QueryTimeout, QueryRows: s.o.QueryRows,
		MaxBody: s.o.MaxBody, Log: s.o.Log})
	linked := linked.Routes(linked.Options{Graph: s.o.Workspace.Graph(), Log: s.o.Log})
	s.all = slices.Concat(s.api.Routes(), own, old.Routes(), linked)
	for _, r := range s.all {
		s.mux.Handle(r.Pattern, s.guarded(r))
	}
	pages, err := web.Handler()
	if err != nil {
		return err
	}
	s.mux.Handle("/", s.fallback(pages))
	s.handler = s.observed(s.mux)
	return nil
}

// own are the routes that the server answers by itself.
func (s *Server) own() ([]api.Route, error) {
	text, err := descriptionJSON()
	if err != nil {
		return nil, err
	}
	open := api.Class{Open: true}
	fixed := func(kind string, body []byte) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(body) // what fails is that the client has gone
		})
	}
	return []api.Route{
		{Pattern: "GET /api/openapi.json", Class: open, Handler: fixed("application/json", text)},
		{Pattern: "GET /api/openapi.yaml", Class: open, Handler: fixed("application/yaml", description)},
		{Pattern: "POST /api/session", Class: open, Handler: s.handle(s.signIn)},
		{Pattern: "DELETE /api/session", Class: open, Handler: s.handle(s.signOut)},
		{Pattern: "GET /healthz", Class: open, Handler: fixed("text/plain; charset=utf-8", []byte("ok\n"))},
		{Pattern: "GET /readyz", Class: open, Handler: s.handle(s.ready)},
		{Pattern: "GET /metrics", Handler: s.metrics.handler()},
	}, nil
}

func (s *Server) handle(h func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			api.Fail(w, r, s.o.Log, err)
		}
	})
}

// ready says whether the server takes requests and can read the store.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	select {
	case <-s.stopping:
		return problem.New(http.StatusServiceUnavailable, "unavailable", "the server is shutting down", "")
	default:
	}
	now := s.o.Workspace.Graph().Store().Snapshot()
	defer now.Close()
	if _, err := now.Stats(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ready\n") // what fails is that the client has gone
	return nil
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	var q struct {
		Token string `json:"token"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 8<<10)).Decode(&q); err != nil {
		return problem.Bad("the body cannot be read")
	}
	if s.guard.needed && !s.guard.right(q.Token) {
		return problem.New(http.StatusUnauthorized, "unauthorized", "that is not the token", "")
	}
	http.SetCookie(w, s.cookie(r, s.guard.begin(), 0))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(sessionCookie); err == nil {
		s.guard.end(c.Value)
	}
	http.SetCookie(w, s.cookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// cookie is a session's cookie, which no script can read and no foreign page sends.
func (s *Server) cookie(r *http.Request, name string, age int) *http.Cookie {
	secure := r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
	return &http.Cookie{Name: sessionCookie, Value: name, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: secure, MaxAge: age}
}

// guarded is a route behind all that its class asks for.
func (s *Server) guarded(r api.Route) http.Handler {
	h := s.gated(r.Class, r.Handler)
	if r.Cached {
		h = s.cached(h)
	}
	h = zipped(h)
	return s.handle(func(w http.ResponseWriter, q *http.Request) error {
		if !r.Open && !s.guard.authorised(q) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="newsgraph"`)
			return unauthorized()
		}
		if r.Writes && s.o.ReadOnly {
			return problem.ReadOnly()
		}
		q.Body = http.MaxBytesReader(w, q.Body, s.o.MaxBody)
		s.limitTime(w, r.Stream)
		s.refresh()
		h.ServeHTTP(w, q)
		return nil
	})
}

// limitTime gives a connection an end, so that nobody holds it by reading or writing a byte a minute. A stream may go on for as
// long as its reader reads.
func (s *Server) limitTime(w http.ResponseWriter, stream bool) {
	control, now := http.NewResponseController(w), time.Now()
	// A recorder in a test has no deadlines.
	_ = control.SetReadDeadline(now.Add(bodyTime))
	if !stream {
		_ = control.SetWriteDeadline(now.Add(s.o.QueryTimeout + bodyTime))
	}
}

// bodyTime is how long sending a request's body, or an answer beside the time of a query, may take.
const bodyTime = time.Minute

// cached answers from the cache where it can, and says when the client's own copy is good.
func (s *Server) cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		changes, packs := s.catalog.State().Changes(), zips(r)
		address := r.URL.EscapedPath() + "?" + r.URL.RawQuery
		key := address
		if packs {
			key = "gzip " + address
		}
		e, ok := s.cache.Get(changes, key)
		if !ok {
			rec := &recorder{header: http.Header{}}
			h.ServeHTTP(rec, r)
			if rec.status != http.StatusOK {
				maps.Copy(w.Header(), rec.header)
				w.WriteHeader(rec.status)
				_, _ = w.Write(rec.body.Bytes()) // what fails is that the client has gone
				return
			}
			e = entryOf(rec, packs)
			s.cache.Put(changes, key, e, e.size(key))
		}
		e.send(w, r)
	})
}

// fallback answers what no route does: pages of the UI, and for the rest what is wrong with it.
func (s *Server) fallback(pages http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if allowed := s.methods(r); len(allowed) > 0 {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			return problem.New(http.StatusMethodNotAllowed, "method_not_allowed", fmt.Sprintf("%s takes %s", r.URL.Path, strings.Join(allowed, " or ")), "")
		}
		if strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/api" {
			return problem.NotFound("there is no %s", r.URL.Path)
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			return problem.New(http.StatusMethodNotAllowed, "method_not_allowed", "pages can only be got", "")
		}
		s.limitTime(w, false)
		pages.ServeHTTP(w, r)
		return nil
	})
}

// methods lists the methods that some route has for the path of a request, and the request has not.
func (s *Server) methods(r *http.Request) []string {
	var allowed []string
	for _, m := range []string{http.MethodDelete, http.MethodGet, http.MethodPost} {
		probe := &http.Request{Method: m, URL: r.URL, Host: r.Host}
		if _, pattern := s.mux.Handler(probe); pattern != "/" && pattern != "" {
			allowed = append(allowed, m)
		}
	}
	slices.Sort(allowed)
	return allowed
}

var errPanic = errors.New("a handler panicked")
