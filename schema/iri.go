package schema

import (
	"sort"
	"strings"
)

// DefaultBase is the setting graph.base_iri when nobody sets it.
const DefaultBase = "https://example.org/newsgraph/"

// Well-known namespaces.
const (
	RDF       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS      = "http://www.w3.org/2000/01/rdf-schema#"
	XSD       = "http://www.w3.org/2001/XMLSchema#"
	OWL       = "http://www.w3.org/2002/07/owl#"
	SKOS      = "http://www.w3.org/2004/02/skos/core#"
	SchemaOrg = "https://schema.org/"
	PROV      = "http://www.w3.org/ns/prov#"
	OA        = "http://www.w3.org/ns/oa#"

	// Of vocabularies that ours is mapped to: items and direct properties of Wikidata, and FollowTheMoney.
	WikidataItem     = "http://www.wikidata.org/entity/"
	WikidataProperty = "http://www.wikidata.org/prop/direct/"
	FtM              = "https://w3id.org/ftm#"

	XSDString = XSD + "string"
)

// Names expands and compacts IRIs under one base (the setting graph.base_iri).
type Names struct {
	base     string
	prefixes []prefix // sorted by prefix
}

type prefix struct{ short, iri string }

// NewNames returns the names under base; an empty base is DefaultBase. A base that ends neither in
// "/" nor in "#" gets a "/".
func NewNames(base string) *Names {
	if base == "" {
		base = DefaultBase
	}
	if !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "#") {
		base += "/"
	}
	n := &Names{base: base, prefixes: []prefix{
		{"claim", base + "claim/"},       // what anyone claims
		{"decision", base + "decision/"}, // words of users on which entities are one
		{"denied", base + "denied/"},     // negated claims, and nothing else
		{"doc", base + "doc/"},           // documents
		{"ent", base + "entity/"},        // entities
		{"fact", base + "fact/"},         // what the articles themselves assert
		{"id", base + "id/"},             // claims, as things with metadata
		{"ng", base + "ns#"},             // newsgraph's own terms: classes, metadata properties
		{"oa", OA}, {"owl", OWL}, {"prov", PROV}, {"rdf", RDF}, {"rdfs", RDFS},
		{"schema", SchemaOrg}, {"skos", SKOS}, {"xsd", XSD},
	}}
	sort.Slice(n.prefixes, func(i, j int) bool { return n.prefixes[i].short < n.prefixes[j].short })
	return n
}

// Base returns the base IRI.
func (n *Names) Base() string { return n.base }

// Prefixes calls f for every prefix and its namespace, in order of the prefix.
func (n *Names) Prefixes(f func(short, iri string)) {
	for _, p := range n.prefixes {
		f(p.short, p.iri)
	}
}

// MappedPrefixes calls f for the prefixes of the vocabularies that ours is mapped to, beyond those of Names.
func MappedPrefixes(f func(short, iri string)) {
	f("ftm", FtM)
	f("wd", WikidataItem)
	f("wdt", WikidataProperty)
}

// Expand turns "ent:Russia" into an absolute IRI; ok is false for an unknown prefix.
func (n *Names) Expand(short string) (iri string, ok bool) {
	p, local, found := strings.Cut(short, ":")
	if !found {
		return "", false
	}
	for _, x := range n.prefixes {
		if x.short == p {
			return x.iri + local, true
		}
	}
	return "", false
}

// Compact turns an absolute IRI into its prefixed form, or returns it as it is.
func (n *Names) Compact(iri string) string {
	best := prefix{}
	for _, p := range n.prefixes {
		if strings.HasPrefix(iri, p.iri) && len(p.iri) > len(best.iri) {
			best = p
		}
	}
	if best.iri == "" {
		return iri
	}
	return best.short + ":" + iri[len(best.iri):]
}

// Term returns the IRI term of a prefixed name. It panics on an unknown prefix: names in code are constants.
func (n *Names) Term(short string) Term {
	iri, ok := n.Expand(short)
	if !ok {
		panic("schema: unknown prefix in " + short)
	}
	return NewIRI(iri)
}
