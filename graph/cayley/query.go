package cayley

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	engine "github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/cayley/query/mql"
	"github.com/cayleygraph/cayley/query/sexp"

	"newsgraph/graph"
	"newsgraph/graph/query"
)

// Options of Query.
type Options struct {
	Language string        // gizmo, graphql, mql or sexp
	Limit    int           // most results; negative for all
	Timeout  time.Duration // 0 means 30 seconds
	Linked   bool          // results as JSON-LD has them, where the language can
}

// ErrLanguage says that Cayley has no such query language.
var ErrLanguage = errors.New("unknown query language")

// Languages are those of Query.
func Languages() []string { return []string{gizmo.Name, graphql.Name, mql.Name, sexp.Name} }

// How deep brackets may stand in each other. The work of GraphQL grows with every level.
const (
	maxNesting = 1000
	maxGraphQL = 50
)

// Query runs a query as Cayley does and calls emit for each result, ready for encoding/json. GraphQL gives one, the whole
// answer. It runs in process: give queries of strangers one of their own.
func Query(ctx context.Context, g *graph.Graph, text string, o Options, emit func(result any) error) error {
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	deepest := maxNesting
	if o.Language == graphql.Name {
		deepest = maxGraphQL
	}
	switch {
	case len(text) > query.MaxText:
		return query.ErrTooLong
	case query.Nesting(text) > deepest:
		return query.ErrTooDeep
	}
	ctx, cancel := context.WithTimeoutCause(ctx, o.Timeout, query.ErrDeadline)
	defer cancel()
	v := g.View()
	r := &run{view: v}
	defer r.close()
	source := quads{v.Snapshot().QuadStore(), NewNames(g.Names())}
	if o.Language == graphql.Name {
		return graphQL(ctx, source, text, emit)
	}
	session, err := newSession(source, o.Language)
	if err != nil {
		return err
	}
	options := engine.Options{Limit: o.Limit, Collation: engine.JSON}
	if o.Linked {
		options.Collation = engine.JSONLD
	}
	results, err := session.Execute(ctx, text, options)
	if err != nil {
		return &query.ScriptError{Text: err.Error()}
	}
	return r.all(ctx, results, emit)
}

func newSession(source cayley.QuadStore, language string) (engine.Session, error) {
	switch language {
	case gizmo.Name:
		return gizmo.NewSession(source), nil
	case mql.Name:
		return mql.NewSession(source), nil
	case sexp.Name:
		return sexp.NewSession(source), nil
	}
	return nil, fmt.Errorf("%w %q", ErrLanguage, language)
}

// run is one query on its way. The view lives as long as the engine, which may be left behind.
type run struct {
	view *graph.View
	left <-chan struct{}
}

func (r *run) close() {
	if r.left == nil {
		r.view.Close()
		return
	}
	go func() {
		<-r.left
		r.view.Close()
	}()
}

func (r *run) all(ctx context.Context, results engine.Iterator, emit func(any) error) error {
	for results.Next(ctx) {
		if err := emit(results.Result()); err != nil {
			r.left = query.End(results)
			return err
		}
	}
	err := results.Err()
	if ctx.Err() != nil {
		r.left = query.End(results)
		return context.Cause(ctx)
	}
	results.Close()
	if err != nil {
		return &query.ScriptError{Text: err.Error()}
	}
	return nil
}

func graphQL(ctx context.Context, source cayley.QuadStore, text string, emit func(any) error) error {
	q, err := graphql.Parse(strings.NewReader(text))
	if err != nil {
		return &query.ScriptError{Text: err.Error()}
	}
	data, err := q.Execute(ctx, source)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return &query.ScriptError{Text: err.Error()}
	}
	return emit(map[string]any{"data": data})
}
