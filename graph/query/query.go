// Package query runs Gizmo queries (Cayley's path language in JavaScript) over a graph, under the names
// that people use.
//
// In g.V("Russia").Out("loans") a bare string at the place of a node is an entity by any of its names, and
// at the place of a predicate a predicate of claims. Prefixed names ("ent:Russia", "fact:loans"), whole
// IRIs and Cayley's own forms ("<iri>", str("text")) mean what they say. docs/format.md has the rules.
//
// What leaves are rows with short names. Errors: *graph.AmbiguousNameError and *graph.UnknownNameError for
// names of entities, *graph.UnknownPredicateError, ErrDeadline, ErrTooLong, ErrTooDeep, ErrNotRun, and
// *ScriptError. Queries run in process: the deadline stops loops and look-ups, but a script that recurses
// without end or doubles a string can still end the process, so give those of strangers one of their own.
package query

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"

	"newsgraph/graph"
)

// MaxText is the longest query, in bytes; maxNesting the deepest that its brackets may stand in each other.
const (
	MaxText    = 64 << 10
	maxNesting = 1000
)

// Errors that a caller may branch on.
var (
	// ErrDeadline says that the query was stopped at its time limit.
	ErrDeadline = errors.New("the query took too long")
	// ErrTooLong says that the text of the query is over MaxText.
	ErrTooLong = fmt.Errorf("the query is longer than %d KiB", MaxText>>10)
	// ErrTooDeep says that too many brackets of the query stand in each other.
	ErrTooDeep = fmt.Errorf("the query has more than %d brackets in each other", maxNesting)
	// ErrNotRun says that the query makes a path and does not run it.
	ErrNotRun = errors.New("the query makes a path but does not run it: end it with .All()")
)

// ScriptError is an error of the script, as the JavaScript engine words it.
type ScriptError struct{ Text string }

func (e *ScriptError) Error() string {
	if strings.HasPrefix(e.Text, "SyntaxError") {
		return "read the query: " + e.Text
	}
	return "run the query: " + e.Text
}

// ownPlace is where the engine says that an error of the prelude comes from, which helps nobody.
var ownPlace = regexp.MustCompile(` at fail \(<eval>:[0-9:()]*\)$`)

// Options of Gizmo.
type Options struct {
	// Limit is the most rows that each All gives; 0 means 100, a negative one no limit. GetLimit in the
	// query goes before it.
	Limit int
	// Timeout stops the query; 0 means 30 seconds. The deadline of the context holds too.
	Timeout time.Duration
}

func (o Options) withDefaults() Options {
	if o.Limit == 0 {
		o.Limit = 100
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	return o
}

//go:embed prelude.js
var prelude string

// Gizmo runs a query on the graph as it is when it begins, and calls emit for each row as it comes; an
// error of emit ends the query and is returned. A query that gives no rows and ends in a plain value (a
// count, an array) gives that value as a row.
func Gizmo(ctx context.Context, g *graph.Graph, text string, o Options, emit func(Row) error) error {
	if len(text) > MaxText {
		return ErrTooLong
	}
	if Nesting(text) > maxNesting {
		return ErrTooDeep
	}
	o = o.withDefaults()
	ctx, cancel := context.WithTimeoutCause(ctx, o.Timeout, ErrDeadline)
	defer cancel()
	v := g.View()
	r := &run{names: newNames(ctx, v, cancel), emit: emit}
	defer r.closeView()
	if err := r.all(ctx, text, o.Limit); err != nil {
		return err
	}
	return r.lastValue()
}

// script is the prelude, called with the text of a query.
func script(text string) (string, error) {
	literal, err := json.Marshal(text)
	if err != nil {
		return "", fmt.Errorf("read the query: %w", err)
	}
	return prelude + "(this, " + string(literal) + ")", nil
}

// run is one query on its way.
type run struct {
	names *names
	emit  func(Row) error
	rows  int
	last  any // what the script's last statement gave
	// left is closed when an engine that was left behind has ended; nil when none was.
	left <-chan struct{}
}

// grace is how long a query that was stopped may take to end before it is left behind.
const grace = 500 * time.Millisecond

// closeView closes the view, as soon as nothing reads it any more.
func (r *run) closeView() {
	if r.left == nil {
		r.names.view.Close()
		return
	}
	go func() {
		<-r.left
		r.names.view.Close()
	}()
}

// all runs a script and hands its rows on. It returns soon after the deadline, when need be without the
// engine, which ends when it next looks at its context.
func (r *run) all(ctx context.Context, text string, limit int) error {
	code, err := script(text)
	if err != nil {
		return err
	}
	results, err := gizmo.NewSession(r.names).Execute(ctx, code, query.Options{Limit: limit, Collation: query.Raw})
	if err != nil {
		return fmt.Errorf("read the query: %w", err)
	}
	for results.Next(ctx) {
		result, ok := results.Result().(*gizmo.Result)
		if !ok || result == nil {
			continue
		}
		if result.Meta {
			r.last = result.Val
			continue
		}
		if err := r.row(result); err != nil {
			r.end(results)
			return err
		}
	}
	err = results.Err()
	if ctx.Err() != nil {
		r.end(results)
	}
	return r.reason(ctx, err)
}

// end stops the engine, which may be left behind.
func (r *run) end(results query.Iterator) { r.left = End(results) }

// End stops an engine of Cayley's and waits for it for a while. When it does not end meanwhile it is left behind, and the
// channel is closed when it ends; else there is none.
func End(results query.Iterator) (left <-chan struct{}) {
	results.Close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for results.Next(context.Background()) {
		}
	}()
	select {
	case <-ended:
		return nil
	case <-time.After(grace):
		return ended
	}
}

// Nesting returns how deep brackets stand in brackets, those in strings counted too.
func Nesting(text string) int {
	depth, deepest := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ')', ']', '}':
			depth--
		}
	}
	return deepest
}

// row names the values of a result and hands them on.
func (r *run) row(result *gizmo.Result) error {
	if err := r.names.failure(); err != nil {
		return err
	}
	row := Row{Value: result.Val}
	if result.Tags != nil {
		row.Cells = r.names.cells(result.Tags)
	}
	r.rows++
	return r.emit(row)
}

// reason finds the error that ended a script: that of a name first, then the deadline, then the script's.
func (r *run) reason(ctx context.Context, err error) error {
	if failure := r.names.failure(); failure != nil {
		return failure
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return &ScriptError{Text: ownPlace.ReplaceAllString(err.Error(), "")}
	}
	return r.names.QuadStore.Err()
}

// lastValue gives the value of the last statement as a row where there was none.
func (r *run) lastValue() error {
	if r.rows > 0 || r.last == nil {
		return nil
	}
	if object, ok := r.last.(map[string]any); ok && object["\x00"] != nil {
		return ErrNotRun
	}
	return r.emit(Row{Value: r.last})
}
