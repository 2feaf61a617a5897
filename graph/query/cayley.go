package query

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/cayley/query/mql"
	"github.com/cayleygraph/cayley/query/sexp"

	"newsgraph/graph"
)

// CayleyOptions of Cayley.
type CayleyOptions struct {
	Language string        // gizmo, graphql, mql or sexp
	Limit    int           // most results; negative for all
	Timeout  time.Duration // 0 means 30 seconds
	Linked   bool          // results as JSON-LD has them, where the language can
}

// ErrLanguage says that Cayley has no such query language.
var ErrLanguage = errors.New("unknown query language")

// maxGraphQL is how deep the braces of a GraphQL query may stand in each other: the work grows with every level.
const maxGraphQL = 50

// Cayley runs a query as Cayley does: names mean what Cayley takes them for, and results are those that its HTTP interface
// sends, ready for encoding/json. GraphQL gives one result, the whole answer. Errors are those of Gizmo, and ErrLanguage.
func Cayley(ctx context.Context, g *graph.Graph, text string, o CayleyOptions, emit func(result any) error) error {
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	deepest := maxNesting
	if o.Language == graphql.Name {
		deepest = maxGraphQL
	}
	switch {
	case len(text) > MaxText:
		return ErrTooLong
	case nesting(text) > deepest:
		return ErrTooDeep
	}
	ctx, cancel := context.WithTimeoutCause(ctx, o.Timeout, ErrDeadline)
	defer cancel()
	v := g.View()
	r := &run{names: newNames(ctx, v, cancel)} // for the view and the engine that may be left behind
	defer r.closeView()
	store := v.Snapshot().QuadStore()
	if o.Language == graphql.Name {
		return plainGraphQL(ctx, store, text, emit)
	}
	session, err := session(store, o.Language)
	if err != nil {
		return err
	}
	options := query.Options{Limit: o.Limit, Collation: query.JSON}
	if o.Linked {
		options.Collation = query.JSONLD
	}
	results, err := session.Execute(ctx, text, options)
	if err != nil {
		return &ScriptError{Text: err.Error()}
	}
	return r.plain(ctx, results, emit)
}

func session(store cayley.QuadStore, language string) (query.Session, error) {
	switch language {
	case gizmo.Name:
		return gizmo.NewSession(store), nil
	case mql.Name:
		return mql.NewSession(store), nil
	case sexp.Name:
		return sexp.NewSession(store), nil
	}
	return nil, fmt.Errorf("%w %q", ErrLanguage, language)
}

// plain hands results on as they are.
func (r *run) plain(ctx context.Context, results query.Iterator, emit func(any) error) error {
	for results.Next(ctx) {
		if err := emit(results.Result()); err != nil {
			r.end(results)
			return err
		}
	}
	err := results.Err()
	if ctx.Err() != nil {
		r.end(results)
	} else {
		results.Close()
	}
	return r.reason(ctx, err)
}

func plainGraphQL(ctx context.Context, store cayley.QuadStore, text string, emit func(any) error) error {
	q, err := graphql.Parse(strings.NewReader(text))
	if err != nil {
		return &ScriptError{Text: err.Error()}
	}
	data, err := q.Execute(ctx, store)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return &ScriptError{Text: err.Error()}
	}
	return emit(map[string]any{"data": data})
}
