package cayley_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"newsgraph/graph/cayley"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

const base = "https://example.org/newsgraph/"

func names() cayley.Names { return cayley.NewNames(schema.NewNames(base)) }

// An IRI without a scheme goes under a namespace of its own and comes back as it was; all other terms stay.
func TestNames(t *testing.T) {
	t.Parallel()
	n := names()
	for _, iri := range []string{"alice", "a b", "", "x/y:z", "é"} {
		in := n.In(schema.NewIRI(iri))
		if in.Value != base+"cayley/"+iri {
			t.Errorf("<%s> becomes <%s>", iri, in.Value)
		}
		if out := n.Out(in); out.Value != iri {
			t.Errorf("<%s> comes back as <%s>", iri, out.Value)
		}
	}
	for _, term := range []schema.Term{schema.NewIRI("urn:x"), schema.NewIRI(base + "entity/Russia"), schema.NewString("alice"), {Kind: schema.Blank, Value: "b0"}} {
		if in := n.In(term); in != term || n.Out(term) != term {
			t.Errorf("%v becomes %v", term, in)
		}
	}
}

// What is written in Cayley's N-Quads is read back as it was, whatever stands in it, and no term can add a statement.
func TestQuads(t *testing.T) {
	t.Parallel()
	n := names()
	f, ok := cayley.FormatNamed("nquads")
	if !ok {
		t.Fatal("no N-Quads")
	}
	want := []schema.Quad{
		{Subject: n.In(schema.NewIRI("alice")), Predicate: n.In(schema.NewIRI("follows")), Object: n.In(schema.NewIRI("bob"))},
		{Subject: n.In(schema.NewIRI("alice")), Predicate: n.In(schema.NewIRI("says")), Object: schema.NewString("\"no\" .\n<x> <y> <z> .\\"), Graph: n.In(schema.NewIRI("g"))},
		{Subject: schema.Term{Kind: schema.Blank, Value: "b"}, Predicate: schema.NewIRI("urn:p"), Object: schema.Term{Kind: schema.Literal, Value: "hallo", Lang: "de"}},
		{Subject: schema.NewIRI("urn:s"), Predicate: schema.NewIRI("urn:p"), Object: schema.NewLiteral("5", schema.XSD+"integer")},
	}
	var text strings.Builder
	all := func(yield func(schema.Quad, error) bool) {
		for _, q := range want {
			if !yield(q, nil) {
				return
			}
		}
	}
	if err := cayley.WriteQuads(&text, f, n, "", all); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text.String(), "<alice> <follows> <bob> .\n") {
		t.Errorf("written:\n%s", text.String())
	}
	got, err := cayley.ReadQuads(t.Context(), strings.NewReader(text.String()), f, n)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%v, read %d of %d from\n%s", err, len(got), len(want), text.String())
	}
	for i := range want {
		if want[i].Subject.Kind == schema.Blank {
			want[i].Subject, got[i].Subject = schema.Term{}, schema.Term{} // readers label blank nodes anew
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("read %v\nwant %v", got, want)
	}
}

// A wrong line is named.
func TestWrongLine(t *testing.T) {
	t.Parallel()
	f, _ := cayley.FormatNamed("nquads")
	_, err := cayley.ReadQuads(t.Context(), strings.NewReader("<a> <b> <c> .\n<a> <b .\n"), f, names())
	var parse *rdf.ParseError
	var own *cayley.Error
	if !errors.As(err, &parse) && !errors.As(err, &own) {
		t.Errorf("%T %v", err, err)
	}
}

func FuzzReadQuads(f *testing.F) {
	for _, text := range []string{"<a> <b> <c> .", `<a> <b> "x"@en <g> .`, "_:a <b> \"1\"^^<t> .", "<a> <b", "\x00"} {
		f.Add(text)
	}
	format, _ := cayley.FormatNamed("nquads")
	f.Fuzz(func(t *testing.T, text string) {
		quads, err := cayley.ReadQuads(t.Context(), strings.NewReader(text), format, names())
		if err != nil {
			return
		}
		for _, q := range quads {
			if q.Subject.Kind == schema.NoTerm || q.Predicate.Kind != schema.IRI || q.Object.Kind == schema.NoTerm {
				t.Errorf("%q gives %v", text, q)
			}
		}
	})
}
