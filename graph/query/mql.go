package query

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cayleygraph/cayley/query/mql"

	"newsgraph/schema"
)

// mqlQuery runs a query in Cayley's MQL: JSON objects whose keys are predicates ("!" before one turns it round, "@name:" gives it
// a name), whose values are what an object must have, and null or [] what is asked for.
func mqlQuery(ctx context.Context, n *names, text string) ([]any, error) {
	var q any
	dec := json.NewDecoder(strings.NewReader(text))
	if err := dec.Decode(&q); err != nil {
		return nil, &SyntaxError{Text: err.Error()}
	}
	r := &mqlNames{names: n, keys: map[string]string{}}
	q, err := r.value(q, n.node)
	if err != nil {
		return nil, err
	}
	named, err := json.Marshal(q)
	if err != nil {
		return nil, fmt.Errorf("read the query: %w", err)
	}
	rows, err := collect(ctx, mql.NewSession(n), string(named))
	for i := range rows {
		rows[i] = n.plain(r.restored(rows[i]))
	}
	return rows, err
}

// mqlNames puts IRIs in the place of the names of a query.
type mqlNames struct {
	*names
	keys   map[string]string // of the query with IRIs to those as they were written
	fields int
}

func (r *mqlNames) value(v any, resolve func(string) ([]schema.Term, error)) (any, error) {
	switch v := v.(type) {
	case string:
		return r.text(v, resolve)
	case []any:
		for i := range v {
			var err error
			if v[i], err = r.value(v[i], resolve); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		return r.fieldsOf(v)
	}
	return v, nil
}

func (r *mqlNames) fieldsOf(object map[string]any) (any, error) {
	out := make(map[string]any, len(object))
	for key, v := range object {
		if r.fields++; r.fields > maxFields {
			return nil, ErrTooManyFields
		}
		resolve, named := r.node, key
		if key != "id" {
			var err error
			if named, resolve, err = r.key(key); err != nil {
				return nil, err
			}
		}
		r.keys[named] = key
		value, err := r.value(v, resolve)
		if err != nil {
			return nil, err
		}
		out[named] = value
	}
	return out, nil
}

// key resolves the predicate of a key. The key keeps a name of its own, so that two predicates that are one IRI stay two.
func (r *mqlNames) key(key string) (named string, resolve func(string) ([]schema.Term, error), err error) {
	predicate := key
	if strings.HasPrefix(key, "@") {
		if _, rest, ok := strings.Cut(key, ":"); ok {
			predicate = rest
		}
	}
	bare := strings.TrimPrefix(predicate, "!")
	if bare == "" {
		return "", nil, &SyntaxError{Text: "an empty name of a field"}
	}
	resolve = r.node
	if bare == predicate {
		resolve = func(value string) ([]schema.Term, error) { return r.object(bare, value) }
	}
	iri := bare
	if !strings.HasPrefix(bare, "<") {
		t, err := r.first(r.predicate(bare))
		if err != nil {
			return "", nil, err
		}
		iri = "<" + t.Value + ">"
	}
	return fmt.Sprintf("@%d:%s%s", len(r.keys), predicate[:len(predicate)-len(bare)], iri), resolve, nil
}

func (r *mqlNames) text(s string, resolve func(string) ([]schema.Term, error)) (any, error) {
	if strings.HasPrefix(s, "<") || strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "_:") {
		return s, nil
	}
	if s == "" {
		return nil, &SyntaxError{Text: "a name is wanted, not an empty string"}
	}
	t, err := r.first(resolve(s))
	if err != nil {
		return nil, err
	}
	if t.Kind == schema.IRI {
		return "<" + t.Value + ">", nil
	}
	return quoted(t), nil
}

// restored gives a result the keys of the query, and takes the brackets off IRIs.
func (r *mqlNames) restored(v any) any {
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "<") && strings.HasSuffix(v, ">") {
			return v[1 : len(v)-1]
		}
	case []any:
		for i := range v {
			v[i] = r.restored(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			if written, ok := r.keys[key]; ok {
				key = written
			}
			out[key] = r.restored(value)
		}
		return out
	}
	return v
}
