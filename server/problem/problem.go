// Package problem says what went wrong to who asked over HTTP: it is the one place where errors of the parts get a status, a
// code and a hint. What it does not know is "internal", and its words stay in the log.
package problem

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/cayley"
	"newsgraph/graph/path"
	"newsgraph/graph/query"
	"newsgraph/graph/store"
	"newsgraph/ingest/source"
	"newsgraph/server/workspace"
)

// Problem is an error as a client sees it. openapi.yaml lists the codes.
type Problem struct {
	Status     int    `json:"-"`
	Code       string `json:"code"`
	Message    string `json:"message"`
	Hint       string `json:"hint,omitempty"`
	Candidates []Hit  `json:"candidates,omitempty"`
	// RetryAfter is how many seconds the client should wait, 0 when waiting does not help.
	RetryAfter int `json:"-"`
	// cause is for the log alone.
	cause error
}

// Hit is an entity that was found by one of its names.
type Hit struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Type     string   `json:"type,omitempty"`
	Aliases  []string `json:"aliases"`
	Claims   int      `json:"claims"`
	LastSeen string   `json:"last_seen,omitempty"`
	Matched  Matched  `json:"matched"`
}

// Matched is the name that fits, and its kind: id, label, alias, word or near.
type Matched struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

func (p *Problem) Error() string { return p.Message }

// Unwrap returns what led to the problem; nil where nothing did.
func (p *Problem) Unwrap() error { return p.cause }

// New makes a problem. The message is a sentence without a full stop, as is the hint, which may be empty.
func New(status int, code, message, hint string) *Problem {
	return &Problem{Status: status, Code: code, Message: message, Hint: hint}
}

// Bad is a request that cannot be understood.
func Bad(format string, args ...any) *Problem {
	return New(http.StatusBadRequest, "bad_request", fmt.Sprintf(format, args...), "/api/openapi.yaml describes every call")
}

// NotFound says that there is no such thing.
func NotFound(format string, args ...any) *Problem {
	return New(http.StatusNotFound, "not_found", fmt.Sprintf(format, args...), "")
}

// statusCancelled is for requests that the client gave up, as several servers have it; nobody sees it but the log.
const statusCancelled = 499

// Of finds the problem that an error is.
func Of(err error) *Problem {
	var own *Problem
	if errors.As(err, &own) {
		return own
	}
	for _, find := range []func(error) *Problem{ofName, ofQuery, ofRequest, ofStore} {
		if p := find(err); p != nil {
			p.cause = err
			return p
		}
	}
	return &Problem{Status: http.StatusInternalServerError, Code: "internal", Message: "something went wrong inside the server",
		Hint: "its log says what", cause: err}
}

// ofName finds problems with names of things.
func ofName(err error) *Problem {
	var unknown *graph.UnknownNameError
	var ambiguous *graph.AmbiguousNameError
	var predicate *graph.UnknownPredicateError
	var document *graph.UnknownDocumentError
	switch {
	case errors.As(err, &unknown):
		p := NotFound("no entity is called %q", unknown.Name)
		p.Candidates = candidates(unknown.Near, "near")
		p.Hint = didYouMean(unknown.Near)
		return p
	case errors.As(err, &ambiguous):
		p := New(http.StatusConflict, "ambiguous", fmt.Sprintf("%q may mean %d entities", ambiguous.Name, len(ambiguous.Candidates)), "give the ID of one of the candidates")
		p.Candidates = candidates(ambiguous.Candidates, "alias")
		return p
	case errors.As(err, &predicate):
		p := NotFound("no claim has the predicate %q", predicate.Name)
		if len(predicate.Near) > 0 {
			p.Hint = "did you mean " + strings.Join(predicate.Near, ", ") + "?"
		}
		return p
	case errors.As(err, &document):
		return NotFound("there is no document %q", document.Name)
	}
	return nil
}

func candidates(found []graph.Candidate, kind string) []Hit {
	hits := make([]Hit, 0, len(found))
	for _, c := range found {
		k := kind
		if c.Match <= graph.ByFoldedLabel && kind != "near" {
			k = "label"
		}
		hits = append(hits, Hit{ID: c.ID, Label: c.Label, Type: c.Type, Aliases: append([]string{}, c.Aliases...), Claims: c.Claims,
			Matched: Matched{c.Label, k}})
	}
	return hits
}

func didYouMean(near []graph.Candidate) string {
	if len(near) == 0 {
		return ""
	}
	var names []string
	for _, c := range near {
		names = append(names, c.Label)
	}
	return "did you mean " + strings.Join(names, ", ") + "?"
}

// ofQuery finds problems of queries and searches.
func ofQuery(err error) *Problem {
	var script *query.ScriptError
	var syntax *query.SyntaxError
	var language *query.UnknownLanguageError
	switch {
	case errors.Is(err, query.ErrTooLong):
		return New(http.StatusRequestEntityTooLarge, "too_large", query.ErrTooLong.Error(), "")
	case errors.Is(err, cayley.ErrLanguage):
		return New(http.StatusBadRequest, "bad_request", err.Error(), "/api/settings lists the languages")
	case errors.As(err, &language):
		return New(http.StatusBadRequest, "bad_request", err.Error(), "")
	case errors.As(err, &syntax), errors.Is(err, query.ErrTooManyFields):
		return New(http.StatusBadRequest, "query", err.Error(), "")
	case errors.Is(err, query.ErrTooDeep), errors.Is(err, query.ErrNotRun), errors.As(err, &script):
		return New(http.StatusBadRequest, "query", err.Error(), "")
	case errors.Is(err, query.ErrDeadline), errors.Is(err, context.DeadlineExceeded):
		return New(http.StatusGatewayTimeout, "timeout", "there was no answer within the time limit", "ask for less, or give it more time")
	case errors.Is(err, path.ErrBudget):
		return New(http.StatusUnprocessableEntity, "budget", path.ErrBudget.Error(), "fewer hops or more filters make it smaller")
	}
	return nil
}

// ofRequest finds problems of what the client sent.
func ofRequest(err error) *Problem {
	var large *http.MaxBytesError
	var choice *workspace.ChoiceError
	switch {
	case errors.As(err, &large):
		return New(http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("the request is longer than %d bytes", large.Limit), "")
	case errors.As(err, &choice):
		return New(http.StatusBadRequest, "bad_request", choice.Error(), choice.Hint)
	case errors.Is(err, workspace.ErrSame):
		return New(http.StatusBadRequest, "bad_request", workspace.ErrSame.Error(), "name two entities")
	case errors.Is(err, source.ErrOption):
		return New(http.StatusBadRequest, "bad_request", err.Error(), "")
	case errors.Is(err, context.Canceled):
		return New(statusCancelled, "cancelled", "the request was cancelled", "")
	}
	return nil
}

// ofStore finds problems of the store.
func ofStore(err error) *Problem {
	switch {
	case errors.Is(err, store.ErrCorrupt):
		return New(http.StatusInternalServerError, "corrupt", "the store is damaged", "newsgraph verify says where")
	case errors.Is(err, store.ErrClosed):
		p := New(http.StatusServiceUnavailable, "unavailable", "the server is shutting down", "")
		p.RetryAfter = 5
		return p
	case errors.Is(err, store.ErrReadOnly):
		return ReadOnly()
	}
	return nil
}

// ReadOnly says that this server changes nothing.
func ReadOnly() *Problem {
	return New(http.StatusForbidden, "read_only", "this server is read-only", "start it without --read-only to write")
}

// Write answers with the problem.
func (p *Problem) Write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Del("Content-Disposition")
	h.Del("ETag")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	w.WriteHeader(p.Status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(map[string]*Problem{"error": p}) // what fails now is that the client has gone
}
