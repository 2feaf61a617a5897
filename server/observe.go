package server

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"newsgraph/server/api"
)

// policy is what a page may load and do: its own files and this API, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
	"worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// observed is the whole server: it checks host and origin, sets the headers of every answer, counts, logs, and catches panics.
func (s *Server) observed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		rec := &observer{ResponseWriter: w}
		defer s.observe(rec, r, started)
		defer s.rescue(rec, r)
		header := rec.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		if err := s.guard.host(r); err != nil {
			api.Fail(rec, r, s.o.Log, err)
			return
		}
		if err := s.guard.origin(r); err != nil {
			api.Fail(rec, r, s.o.Log, err)
			return
		}
		if s.cors(rec, r) {
			return
		}
		h.ServeHTTP(rec, r)
	})
}

// cors lets pages of the origins that the user named read answers, and answers their questions whether they may.
func (s *Server) cors(w http.ResponseWriter, r *http.Request) (answered bool) {
	origin := r.Header.Get("Origin")
	if origin == "" || !s.guard.trusted(origin) {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Add("Vary", "Origin")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
	w.WriteHeader(http.StatusNoContent)
	return true
}

// rescue turns a panic into an answer. An http.ErrAbortHandler breaks the connection, as it is meant to.
func (s *Server) rescue(w *observer, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	s.o.Log.ErrorContext(r.Context(), "panic", "method", r.Method, "path", r.URL.Path, "fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
	s.metrics.panics.Inc()
	if w.status == 0 {
		api.Fail(w, r, s.o.Log, errPanic)
		return
	}
	panic(http.ErrAbortHandler) // half an answer is out: break it off
}

func (s *Server) observe(w *observer, r *http.Request, started time.Time) {
	took := time.Since(started)
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	s.metrics.requests.WithLabelValues(route, fmt.Sprint(w.status)).Observe(took.Seconds())
	if s.o.Requests {
		s.o.Log.InfoContext(r.Context(), "request", "method", r.Method, "path", r.URL.Path, "status", w.status, "bytes", w.bytes,
			"ms", float64(took.Microseconds())/1000, "client", r.RemoteAddr)
	}
}

// observer is a ResponseWriter that knows what was sent.
type observer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (o *observer) WriteHeader(status int) {
	if o.status == 0 {
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observer) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	n, err := o.ResponseWriter.Write(p)
	o.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (o *observer) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// metrics are what /metrics shows.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	panics   prometheus.Counter
}

func newMetrics(s *Server) *metrics {
	m := &metrics{registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "newsgraph_http_request_seconds", Help: "Time of requests, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 30}}, []string{"route", "status"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "newsgraph_http_panics_total", Help: "Handlers that panicked."})}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.requests, m.panics)
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "newsgraph_" + name, Help: help}, value))
	}
	gauge("claims", "Claims in the graph.", func() float64 { return float64(s.catalog.State().Claims()) })
	gauge("entities", "Entities in the graph.", func() float64 { return float64(s.catalog.State().Entities()) })
	gauge("documents", "Articles in the graph.", func() float64 { return float64(len(s.catalog.State().Documents())) })
	gauge("queries_running", "Queries under way.", func() float64 { return float64(s.queries.Running()) })
	gauge("jobs_unfinished", "Ingests that wait or run.", func() float64 { return float64(s.unfinished()) })
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.HTTPErrorOnError})
}

func (s *Server) unfinished() (n int) {
	if s.jobs == nil {
		return 0
	}
	for _, j := range s.jobs.Jobs() {
		if !j.State().Ended() {
			n++
		}
	}
	return n
}
