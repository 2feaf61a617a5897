package query

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Languages returns the query languages, the default first.
func Languages() []string { return []string{"gizmo", "graphql", "mql"} }

// UnknownLanguageError says that there is no such query language.
type UnknownLanguageError struct{ Name string }

func (e *UnknownLanguageError) Error() string {
	return fmt.Sprintf("no query language %q: there are %s", e.Name, strings.Join(Languages(), ", "))
}

// Run runs a query in one of Languages, as Gizmo does. What GraphQL and MQL find comes as rows with a Value: an object
// with the fields of the query, under names that are short and, beside each entity, its label.
func Run(ctx context.Context, g *graph.Graph, language, text string, o Options, emit func(Row) error) error {
	switch language {
	case "", "gizmo":
		return Gizmo(ctx, g, text, o, emit)
	case "graphql":
		return tree(ctx, g, text, o, emit, graphQL)
	case "mql":
		return tree(ctx, g, text, o, emit, mqlQuery)
	}
	return &UnknownLanguageError{Name: language}
}

// SyntaxError says what is wrong with a query that could not be read.
type SyntaxError struct{ Text string }

func (e *SyntaxError) Error() string { return "read the query: " + e.Text }

// tree runs a query whose rows are objects.
func tree(ctx context.Context, g *graph.Graph, text string, o Options, emit func(Row) error, run func(context.Context, *names, string) ([]any, error)) error {
	if len(text) > MaxText {
		return ErrTooLong
	}
	if Nesting(text) > maxDepth {
		return ErrTooDeep
	}
	o = o.withDefaults()
	ctx, cancel := context.WithTimeoutCause(ctx, o.Timeout, ErrDeadline)
	defer cancel()
	v := g.View()
	defer v.Close()
	n := newNames(ctx, v, cancel)
	rows, err := run(ctx, n, text)
	if failure := n.failure(); failure != nil {
		return failure
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	if err := n.QuadStore.Err(); err != nil {
		return err
	}
	for i, row := range rows {
		if o.Limit > 0 && i == o.Limit {
			break
		}
		if err := emit(Row{Value: row}); err != nil {
			return err
		}
	}
	return nil
}

// maxDepth is the deepest that brackets of GraphQL and MQL may stand in each other, and maxFields the most fields that such
// a query may ask for: each is a join.
const (
	maxDepth  = 32
	maxFields = 200
)

// ErrTooManyFields says that a query asks for more than maxFields fields.
var ErrTooManyFields = fmt.Errorf("the query asks for more than %d fields", maxFields)

// collect runs a session of Cayley's and gathers its results.
func collect(ctx context.Context, s query.Session, text string) ([]any, error) {
	it, err := s.Execute(ctx, text, query.Options{Collation: query.JSON})
	if err != nil {
		return nil, &SyntaxError{Text: err.Error()}
	}
	defer it.Close()
	var rows []any
	for it.Next(ctx) {
		rows = append(rows, it.Result())
	}
	return rows, it.Err()
}

// first returns the first of the terms that the store has; where it has none, the first.
func (n *names) first(terms []schema.Term, err error) (schema.Term, error) {
	if err != nil {
		return schema.Term{}, err
	}
	if i := slices.IndexFunc(terms, n.has); i >= 0 {
		return terms[i], nil
	}
	if len(terms) > 0 {
		return terms[0], nil
	}
	return n.view.Names().Term("claim:nothing"), nil // a predicate that no claim has: no rows
}

// plain turns what Cayley returns into plain data with short names; in objects the label of an entity stands beside it.
func (n *names) plain(v any) any {
	switch v := v.(type) {
	case quad.IRI:
		return n.view.Names().Compact(string(v))
	case quad.Time:
		return time.Time(v).UTC().Format(time.RFC3339Nano)
	case quad.Value:
		if native, ok := quad.NativeOf(v).(quad.Value); ok {
			return literalText(native)
		}
		return quad.NativeOf(v)
	case []quad.Value:
		return n.list(len(v), func(i int) any { return v[i] })
	case []any:
		return n.list(len(v), func(i int) any { return v[i] })
	case []map[string]any:
		return n.objects(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			key = n.view.Names().Compact(strings.TrimSuffix(strings.TrimPrefix(key, "<"), ">"))
			out[key] = n.plain(value)
			if label := n.label(out[key]); label != "" {
				out[key+"_label"] = label
			}
		}
		return out
	}
	return v
}

func (n *names) list(length int, at func(int) any) any {
	out := make([]any, length)
	for i := range out {
		out[i] = n.plain(at(i))
	}
	return out
}

// objects makes objects plain, each once: Cayley gives one for every claim that leads to it. One alone stands without a list.
func (n *names) objects(list []map[string]any) any {
	out := make([]any, 0, len(list))
	seen := map[string]bool{}
	for _, o := range list {
		p := n.plain(o)
		text, err := json.Marshal(p)
		if err != nil || !seen[string(text)] {
			out = append(out, p)
		}
		seen[string(text)] = true
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

func literalText(v quad.Value) any {
	switch v := v.(type) {
	case quad.TypedString:
		return string(v.Value)
	case quad.LangString:
		return string(v.Value)
	}
	return v.String()
}

// label returns the label of an entity that is given short; else it is empty.
func (n *names) label(v any) string {
	s, _ := v.(string)
	local, ok := strings.CutPrefix(s, "ent:")
	if !ok {
		return ""
	}
	return n.called(local)
}

// called returns the label of the entity with this local name. An error ends the query.
func (n *names) called(local string) string {
	e, _, err := n.view.Entity(n.ctx, schema.UnescapeLocal(local))
	if err != nil {
		n.fail(err)
	}
	return e.Label
}
