// Package compat answers Cayley's HTTP interface, versions 1 and 2, so that its clients work with newsgraph. What enters are
// requests that the server has let through; what leaves are the bytes that Cayley v0.7.7 sends, but with proper status codes
// where it answers every error with 200. Nothing of Cayley's own handlers is used.
package compat

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"newsgraph/graph/cayley"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
	"newsgraph/server/api"
	"newsgraph/server/problem"
	"newsgraph/server/sandbox"
	"newsgraph/server/workspace"
)

// Options of the interface.
type Options struct {
	Workspace    *workspace.Workspace
	Queries      *sandbox.Pool
	QueryTimeout time.Duration
	QueryRows    int   // the most results of a query of version 1 that asks for all
	MaxBody      int64 // bytes, also of a body that is unpacked
	Log          *slog.Logger
}

// Interface is Cayley's.
type Interface struct {
	o     Options
	names cayley.Names
}

// New returns the interface.
func New(o Options) *Interface { return &Interface{o, cayley.NewNames(o.Workspace.Graph().Names())} }

// Routes lists all calls.
func (c *Interface) Routes() []api.Route {
	read, long, writes := api.Class{}, api.Class{Cost: api.Heavy, Stream: true}, api.Class{Writes: true}
	return []api.Route{
		c.route("POST /api/v1/query/{lang}", read, c.query1),
		c.route("POST /query/{lang}", read, c.query1),
		c.route("POST /api/v1/shape/{lang}", read, c.shape),
		c.route("POST /api/v1/write", writes, c.write1),
		c.route("POST /api/v1/delete", writes, c.delete1),
		c.route("POST /api/v1/write/file/nquad", writes, c.writeFile),
		c.route("GET /api/v2/query", read, c.query2),
		c.route("POST /api/v2/query", read, c.query2),
		c.route("GET /api/v2/read", long, c.read),
		c.route("POST /api/v2/read", long, c.read),
		c.route("GET /api/v2/formats", read, c.formats),
		c.route("POST /api/v2/write", writes, c.write2),
		c.route("POST /api/v2/delete", writes, c.delete2),
		c.route("POST /api/v2/node/delete", writes, c.deleteNode),
		c.route("GET /gephi/gs", long, c.gephi),
	}
}

func (c *Interface) route(pattern string, class api.Class, h func(w http.ResponseWriter, r *http.Request) error) api.Route {
	return api.Route{Pattern: pattern, Class: class, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			c.fail(w, r, err)
		}
	})}
}

const (
	contentJSON   = "application/json"
	contentLinked = "application/ld+json"
	contentText   = "text/plain; charset=utf-8"
)

// bad is a request that Cayley answers in these words.
func bad(format string, args ...any) error {
	return problem.New(http.StatusBadRequest, "bad_request", fmt.Sprintf(format, args...), "")
}

// fail answers as Cayley words errors.
func (c *Interface) fail(w http.ResponseWriter, r *http.Request, err error) {
	var wrong *cayley.Error
	var owned *workspace.OwnedError
	var term *rdf.TermError
	p := problem.Of(err)
	switch {
	case errors.As(err, &wrong), errors.As(err, &term):
		p = problem.New(http.StatusBadRequest, "bad_request", err.Error(), "")
	case errors.As(err, &owned):
		p = problem.New(http.StatusForbidden, "forbidden", owned.Error(), "")
	case errors.Is(err, cayley.ErrFormat):
		p = problem.New(http.StatusBadRequest, "bad_request", err.Error(), "")
	}
	if p.Status >= http.StatusInternalServerError && p.Code == "internal" {
		c.o.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	w.Header().Set("Content-Type", contentJSON)
	w.WriteHeader(p.Status)
	_, _ = fmt.Fprintf(w, `{"error": %s}`+"\n", quote(p.Message)) // what fails is that the client has gone
}

func quote(s string) []byte {
	text, _ := json.Marshal(s) // a string can always be written
	return text
}

// send writes an answer whole.
func send(w http.ResponseWriter, kind string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // what fails is that the client has gone
	return nil
}

// body reads a request's body, unpacked where it is packed, and not longer than the limit either way.
func (c *Interface) body(r *http.Request) ([]byte, error) {
	var from io.Reader = r.Body
	if strings.EqualFold(r.Header.Get("Content-Encoding"), "gzip") {
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, bad("the body is no gzip: %v", err)
		}
		from = unpacked
	}
	text, err := io.ReadAll(io.LimitReader(from, c.o.MaxBody+1))
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		return nil, bad("the body cannot be read: %v", err)
	}
	if err == nil && int64(len(text)) > c.o.MaxBody {
		err = &http.MaxBytesError{Limit: c.o.MaxBody}
	}
	return text, err
}

// ask runs a query and returns its results.
func (c *Interface) ask(r *http.Request, q sandbox.Request) ([]json.RawMessage, error) {
	q.TimeoutMS = c.o.QueryTimeout.Milliseconds()
	var results []json.RawMessage
	answer, err := c.o.Queries.Run(r.Context(), q, func(row json.RawMessage) error {
		results = append(results, bytes.Clone(row))
		return nil
	})
	if err == nil && answer.Truncated && q.Language == "graphql" {
		err = problem.New(http.StatusUnprocessableEntity, "budget", "the answer is too long", "")
	}
	return results, err
}

func known(language string) bool {
	for _, l := range cayley.Languages() {
		if l == language {
			return true
		}
	}
	return false
}

// failQuery answers as a language words its errors.
func (c *Interface) failQuery(w http.ResponseWriter, r *http.Request, language, form string, err error) error {
	p := problem.Of(err)
	if p.Code == "internal" || p.RetryAfter > 0 {
		return err
	}
	w.Header().Set("Content-Type", contentText)
	w.WriteHeader(p.Status)
	if language == "graphql" {
		_, _ = fmt.Fprintf(w, `{"data":null,"errors":[{"message":%s,"locations":null}]}`+"\n", quote(p.Message))
		return nil
	}
	_, _ = fmt.Fprintf(w, form, quote(p.Message))
	return nil
}

func (c *Interface) query1(w http.ResponseWriter, r *http.Request) error {
	language := r.PathValue("lang")
	if !known(language) {
		return bad("Unknown query language.")
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit == 0 {
		limit = 100
	}
	if limit < 0 || limit > c.o.QueryRows {
		limit = c.o.QueryRows
	}
	text, err := c.body(r)
	if err != nil {
		return err
	}
	results, err := c.ask(r, sandbox.Request{Language: language, Text: string(text), Limit: limit, Form: sandbox.Cayley})
	if err != nil {
		return c.failQuery(w, r, language, `{"error" : %s}`, err)
	}
	var escaped bytes.Buffer
	json.HTMLEscape(&escaped, wrapped(language, results))
	return send(w, contentText, escaped.Bytes())
}

// wrapped is an answer; no result is null.
func wrapped(language string, results []json.RawMessage) []byte {
	if language == "graphql" && len(results) == 1 {
		return append(results[0], '\n')
	}
	if len(results) == 0 {
		return []byte(`{"result":null}` + "\n")
	}
	var b bytes.Buffer
	b.WriteString(`{"result":[`)
	for i, row := range results {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(row)
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

// shape is what v0.7.7 answers.
func (c *Interface) shape(w http.ResponseWriter, r *http.Request) error {
	if !known(r.PathValue("lang")) {
		return bad("Unknown query language.")
	}
	return send(w, contentText, []byte("{}"))
}

func (c *Interface) query2(w http.ResponseWriter, r *http.Request) error {
	language := r.URL.Query().Get("lang")
	switch {
	case language == "":
		return bad("query language not specified")
	case !known(language):
		return bad("unknown query language")
	}
	text := r.URL.Query().Get("qu")
	if r.Method == http.MethodPost {
		body, err := c.body(r)
		if err != nil {
			return err
		}
		text = string(body)
	}
	if text == "" {
		return bad("query is empty")
	}
	q := sandbox.Request{Language: language, Text: text, Limit: 100, Form: sandbox.Cayley}
	kind := contentJSON
	if first, _, _ := strings.Cut(r.Header.Get("Accept"), ","); strings.HasPrefix(strings.TrimSpace(first), contentLinked) {
		q.Form, kind = sandbox.Linked, contentLinked
	}
	if language == "graphql" {
		kind = contentText
	}
	results, err := c.ask(r, q)
	if err != nil {
		return c.failQuery(w, r, language, `{"error": %s}`+"\n", err)
	}
	return send(w, kind, wrapped(language, results))
}

func (c *Interface) formats(w http.ResponseWriter, _ *http.Request) error {
	text, err := json.Marshal(cayley.Formats())
	if err != nil {
		return err
	}
	return send(w, contentJSON, append(text, '\n'))
}

// format finds the format of a request: by name, else by the first media type of a header, else N-Quads.
func format(name, header string) cayley.Format {
	if f, ok := cayley.FormatNamed(name); ok {
		return f
	}
	first, _, _ := strings.Cut(header, ",")
	if kind, _, err := mime.ParseMediaType(first); err == nil {
		if f, ok := cayley.FormatOf(kind); ok {
			return f
		}
	}
	f, _ := cayley.FormatNamed("nquads")
	return f
}

// quads reads the quads of a body.
func (c *Interface) quads(r *http.Request) ([]schema.Quad, error) {
	text, err := c.body(r)
	if err != nil {
		return nil, err
	}
	return cayley.ReadQuads(r.Context(), bytes.NewReader(text), format("", r.Header.Get("Content-Type")), c.names)
}
