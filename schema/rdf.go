package schema

// TermKind tells the kinds of RDF terms apart.
type TermKind uint8

// Kinds of terms. The zero Term (NoTerm) is "any" in a pattern and the default graph in a quad.
const (
	NoTerm TermKind = iota
	IRI
	Blank
	Literal
)

// Term is an RDF 1.1 term, comparable with ==.
type Term struct {
	Kind TermKind
	// Value is the IRI without brackets, the blank node's label without "_:", or the literal's lexical form.
	Value string
	// Datatype is the absolute datatype IRI of a literal; empty means xsd:string, or rdf:langString when Lang is set.
	Datatype string
	Lang     string
}

// Quad is a statement in a graph; Graph is the zero Term for the default graph.
type Quad struct{ Subject, Predicate, Object, Graph Term }

// NewIRI returns an IRI term.
func NewIRI(iri string) Term { return Term{Kind: IRI, Value: iri} }

// NewString returns a plain string literal.
func NewString(s string) Term { return Term{Kind: Literal, Value: s} }

// NewLiteral returns a literal with a datatype IRI (empty or xsd:string for plain).
func NewLiteral(s, datatype string) Term {
	if datatype == XSDString {
		datatype = ""
	}
	return Term{Kind: Literal, Value: s, Datatype: datatype}
}
