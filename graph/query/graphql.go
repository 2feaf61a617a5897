package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/dennwc/graphql/language/ast"
	"github.com/dennwc/graphql/language/parser"
	"github.com/dennwc/graphql/language/printer"

	"newsgraph/schema"
)

// graphQL runs a query in Cayley's GraphQL: fields are predicates, arguments are what an object must have, and "id", "first",
// "offset", "*", "@rev", "@opt" and "@unnest" mean what they mean there. One field at the top gives its objects as rows,
// several give one row with all of them.
func graphQL(ctx context.Context, n *names, text string) ([]any, error) {
	doc, err := parser.Parse(parser.ParseParams{Source: text})
	if err != nil {
		return nil, &SyntaxError{Text: strings.Join(strings.Fields(err.Error()), " ")}
	}
	r := &graphQLNames{names: n}
	var top *ast.SelectionSet
	for _, def := range doc.Definitions {
		if op, ok := def.(*ast.OperationDefinition); ok {
			top = op.SelectionSet
			if err := r.set(top, true); err != nil {
				return nil, err
			}
		}
	}
	named, ok := printer.Print(doc).(string)
	if !ok || top == nil {
		return nil, &SyntaxError{Text: "no query"}
	}
	results, err := collect(ctx, graphql.NewSession(n), named)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	result, _ := results[0].(map[string]any)
	if len(result) != 1 || len(top.Selections) != 1 {
		return []any{n.plain(result)}, nil
	}
	for _, objects := range result {
		switch rows := n.plain(objects).(type) {
		case nil:
			return nil, nil
		case []any:
			return rows, nil
		default:
			return []any{rows}, nil
		}
	}
	return nil, nil
}

// graphQLNames puts IRIs in the place of the names of a query.
type graphQLNames struct {
	*names
	fields int
}

func (r *graphQLNames) set(s *ast.SelectionSet, top bool) error {
	if s == nil {
		return nil
	}
	for _, selection := range s.Selections {
		f, ok := selection.(*ast.Field)
		if !ok {
			return &SyntaxError{Text: "fragments are not known"}
		}
		if r.fields++; r.fields > maxFields {
			return ErrTooManyFields
		}
		if err := r.field(f, top); err != nil {
			return err
		}
	}
	return nil
}

func (r *graphQLNames) field(f *ast.Field, top bool) error {
	if name := f.Name.Value; !top && name != graphql.ValueKey && name != graphql.AnyKey {
		bare := strings.TrimPrefix(name, "~")
		if f.Alias == nil || f.Alias.Value == "" {
			f.Alias = ast.NewName(&ast.Name{Value: bare})
		}
		iri, err := r.via(bare)
		if err != nil {
			return err
		}
		f.Name.Value = name[:len(name)-len(bare)] + iri
	}
	if err := r.arguments(f.Arguments); err != nil {
		return err
	}
	for _, d := range f.Directives {
		if err := r.arguments(d.Arguments); err != nil {
			return err
		}
	}
	return r.set(f.SelectionSet, false)
}

// via is the IRI of a predicate in angle brackets.
func (r *graphQLNames) via(name string) (string, error) {
	if strings.HasPrefix(name, "<") {
		return name, nil
	}
	t, err := r.first(r.predicate(name))
	return "<" + t.Value + ">", err
}

func (r *graphQLNames) arguments(args []*ast.Argument) error {
	for _, a := range args {
		name := a.Name.Value
		resolve := r.node
		switch name {
		case graphql.LimitKey, graphql.SkipKey:
			continue
		case graphql.ValueKey, "v":
		default:
			bare := strings.TrimPrefix(name, "~")
			iri, err := r.via(bare)
			if err != nil {
				return err
			}
			a.Name.Value = name[:len(name)-len(bare)] + iri
			if bare == name {
				resolve = func(value string) ([]schema.Term, error) { return r.object(bare, value) }
			}
		}
		var err error
		if a.Value, err = r.value(a.Value, resolve); err != nil {
			return err
		}
	}
	return nil
}

// value resolves the strings and bare words of an argument.
func (r *graphQLNames) value(v ast.Value, resolve func(string) ([]schema.Term, error)) (ast.Value, error) {
	text := ""
	switch v := v.(type) {
	case *ast.ListValue:
		for i := range v.Values {
			var err error
			if v.Values[i], err = r.value(v.Values[i], resolve); err != nil {
				return nil, err
			}
		}
		return v, nil
	case *ast.StringValue:
		text = v.Value
	case *ast.EnumValue:
		text = v.Value
	default:
		return v, nil
	}
	if strings.HasPrefix(text, "<") || strings.HasPrefix(text, "_:") {
		return written(v, text), nil
	}
	if text == "" {
		return nil, &SyntaxError{Text: "a name is wanted, not an empty string"}
	}
	t, err := r.first(resolve(text))
	if err != nil {
		return nil, err
	}
	if t.Kind == schema.IRI {
		return ast.NewEnumValue(&ast.EnumValue{Value: "<" + t.Value + "> "}), nil // or a comma behind it would be read as its own
	}
	return ast.NewStringValue(&ast.StringValue{Value: escaped(quoted(t))}), nil
}

// written is a value that stays as it is, ready to be printed.
func written(v ast.Value, text string) ast.Value {
	if _, ok := v.(*ast.StringValue); ok {
		return ast.NewStringValue(&ast.StringValue{Value: escaped(text)})
	}
	return v
}

// escaped is a text as it stands between the quotes of a string: the printer of queries writes it as it is.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// quoted writes a literal in the form in which Cayley reads values (quad.StringToValue): without escapes, and a plain string without
// quotes unless it would pass for something else.
func quoted(t schema.Term) string {
	datatype := t.Datatype
	if datatype == "" || datatype == schema.XSDString {
		if !strings.HasPrefix(t.Value, "<") && !strings.HasPrefix(t.Value, "_:") && !strings.HasPrefix(t.Value, `"`) {
			return t.Value
		}
		datatype = schema.XSDString
	}
	return `"` + t.Value + `"^^<` + datatype + ">"
}
