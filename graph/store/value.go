package store

import (
	"strconv"
	"time"

	"github.com/cayleygraph/quad"

	"newsgraph/schema"
)

// ValueOf returns the Cayley value of a term, nil for NoTerm. Literals keep their lexical form and full datatype IRI: they
// become quad.String, quad.LangString or quad.TypedString, never a native number or time.
func ValueOf(t schema.Term) quad.Value { return valueOf(t) }

// TermOf returns the term of a Cayley value, NoTerm for nil. Native values (quad.Int, Float, Bool, Time) become literals of
// the XML Schema datatype that fits.
func TermOf(v quad.Value) schema.Term {
	candidates := termsOf(v)
	if len(candidates) == 0 {
		return schema.Term{}
	}
	return candidates[len(candidates)-1]
}

// Cayley's native values are stored with the datatypes that Cayley gives them, which are no absolute IRIs: so they never
// meet the literals of RDF data, and come back native.
var (
	nativeInt   = string(quad.Int(0).TypedString().Type)
	nativeFloat = string(quad.Float(0).TypedString().Type)
	nativeBool  = string(quad.Bool(false).TypedString().Type)
	nativeTime  = string(quad.Time{}.TypedString().Type)
)

// termsOf returns the terms that a value may be stored as: the first is the one it is written as.
func termsOf(v quad.Value) []schema.Term {
	switch v := v.(type) {
	case nil:
		return nil
	case quad.IRI:
		return []schema.Term{schema.NewIRI(string(v))}
	case quad.BNode:
		return []schema.Term{{Kind: schema.Blank, Value: string(v)}}
	case quad.String:
		return []schema.Term{schema.NewString(string(v))}
	case quad.LangString:
		return []schema.Term{{Kind: schema.Literal, Value: string(v.Value), Lang: v.Lang}}
	case quad.TypedString:
		return []schema.Term{schema.NewLiteral(string(v.Value), string(v.Type))}
	case quad.Int:
		return natives(strconv.FormatInt(int64(v), 10), nativeInt, "integer")
	case quad.Float:
		lexical := strconv.FormatFloat(float64(v), 'E', -1, 64)
		plain := strconv.FormatFloat(float64(v), 'f', -1, 64)
		return []schema.Term{
			schema.NewLiteral(lexical, nativeFloat), schema.NewLiteral(plain, schema.XSD+"decimal"),
			schema.NewLiteral(plain, schema.XSD+"double"), schema.NewLiteral(lexical, schema.XSD+"double"),
		}
	case quad.Bool:
		return natives(strconv.FormatBool(bool(v)), nativeBool, "boolean")
	case quad.Time:
		return natives(time.Time(v).UTC().Format(time.RFC3339Nano), nativeTime, "dateTime")
	}
	return []schema.Term{schema.NewString(quad.StringOf(v))}
}

func natives(lexical, native, xsd string) []schema.Term {
	return []schema.Term{schema.NewLiteral(lexical, native), schema.NewLiteral(lexical, schema.XSD+xsd)}
}

func valueOf(t schema.Term) quad.Value {
	switch {
	case t.Kind == schema.NoTerm:
		return nil
	case t.Kind == schema.IRI:
		return quad.IRI(t.Value)
	case t.Kind == schema.Blank:
		return quad.BNode(t.Value)
	case t.Lang != "":
		return quad.LangString{Value: quad.String(t.Value), Lang: t.Lang}
	case t.Datatype == "":
		return quad.String(t.Value)
	}
	if v := native(t); v != nil && termsOf(v)[0] == t {
		return v
	}
	return quad.TypedString{Value: quad.String(t.Value), Type: quad.IRI(t.Datatype)}
}

// native reads a literal with one of Cayley's own datatypes; nil when it is none or cannot be read.
func native(t schema.Term) quad.Value {
	switch t.Datatype {
	case nativeInt:
		if n, err := strconv.ParseInt(t.Value, 10, 64); err == nil {
			return quad.Int(n)
		}
	case nativeFloat:
		if f, err := strconv.ParseFloat(t.Value, 64); err == nil {
			return quad.Float(f)
		}
	case nativeBool:
		if b, err := strconv.ParseBool(t.Value); err == nil {
			return quad.Bool(b)
		}
	case nativeTime:
		if at, err := time.Parse(time.RFC3339Nano, t.Value); err == nil {
			return quad.Time(at)
		}
	}
	return nil
}
