// Package ontology tells the vocabulary as RDF: classes, predicates, event types and the words of claims, with what they mean
// and the terms of schema.org, Wikidata and FollowTheMoney that come near them. What enters is a schema.Vocabulary, what leaves
// is quads, the same for the same vocabulary and base IRI.
package ontology

import (
	"fmt"
	"strings"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// Prefixes are the prefixes of the ontology under a base IRI: those of names and those of the vocabularies it is mapped to.
func Prefixes(names *schema.Names) (list []rdf.Prefix) {
	add := func(short, iri string) { list = append(list, rdf.Prefix{Name: short, IRI: iri}) }
	names.Prefixes(add)
	schema.MappedPrefixes(add)
	return list
}

// Quads returns the ontology. A term that no prefix fits is an error.
func Quads(v *schema.Vocabulary, names *schema.Names) ([]schema.Quad, error) {
	o := &ontology{prefixes: map[string]string{}}
	for _, p := range Prefixes(names) {
		o.prefixes[p.Name] = p.IRI
	}
	o.header()
	for _, c := range v.Classes() {
		o.class(c)
	}
	for _, e := range v.Events() {
		o.event(e)
	}
	for _, t := range v.Terms() {
		o.own(t)
	}
	for _, p := range v.Predicates() {
		o.predicate(p)
	}
	if o.err != nil {
		return nil, o.err
	}
	rdf.SortReadable(o.quads)
	return o.quads, nil
}

type ontology struct {
	prefixes map[string]string
	quads    []schema.Quad
	err      error
}

// term returns the IRI of a prefixed name.
func (o *ontology) term(name string) schema.Term {
	short, local, _ := strings.Cut(name, ":")
	ns, ok := o.prefixes[short]
	if !ok && o.err == nil {
		o.err = fmt.Errorf("unknown prefix in %s", name)
	}
	return schema.NewIRI(ns + schema.EscapeLocal(local))
}

// say adds that subject stands in the relation to object, all prefixed names.
func (o *ontology) say(subject, predicate, object string) { o.add(subject, predicate, o.term(object)) }

// text adds a text in English, unless it is empty.
func (o *ontology) text(subject, predicate, text string) {
	if text != "" {
		o.add(subject, predicate, schema.Term{Kind: schema.Literal, Value: text, Lang: "en"})
	}
}

func (o *ontology) add(subject, predicate string, object schema.Term) {
	o.quads = append(o.quads, schema.Quad{Subject: o.term(subject), Predicate: o.term(predicate), Object: object})
}

// header says what the ontology is; it is named by the namespace of newsgraph's own terms.
func (o *ontology) header() {
	o.say("ng:", "rdf:type", "owl:Ontology")
	o.text("ng:", "rdfs:label", "newsgraph")
	o.text("ng:", "rdfs:comment", "What newsgraph says of news articles: predicates in claim: are what anyone claims, those in fact: what the "+
		"articles themselves assert, those in denied: what is said not to be so.")
}

func (o *ontology) class(c schema.Class) {
	name := "ng:" + c.Name
	o.say(name, "rdf:type", "owl:Class")
	o.text(name, "rdfs:label", c.Name)
	o.text(name, "rdfs:comment", c.Gloss)
	for _, up := range []string{c.Parent, c.Also} {
		if up != "" {
			o.say(name, "rdfs:subClassOf", "ng:"+up)
		}
	}
	o.same(name, false, c.Same)
}

// same adds the terms of other vocabularies.
func (o *ontology) same(name string, property bool, terms []string) {
	for _, t := range terms {
		switch {
		case t[0] == '^':
			o.say(name, "ng:inverseMatch", t[1:])
		case property && strings.HasPrefix(t, "ftm:"): // a schema of FollowTheMoney is a class
			o.say(name, "skos:relatedMatch", t)
		default:
			o.say(name, "skos:closeMatch", t)
		}
	}
}

func (o *ontology) event(e schema.EventType) {
	name := "ng:" + e.Name
	o.say(name, "rdf:type", "ng:EventType")
	o.text(name, "rdfs:label", e.Name)
	o.text(name, "rdfs:comment", e.Gloss)
	o.add(name, "ng:quadrant", schema.NewString(e.Quad))
	for _, m := range e.Modes {
		o.add(name, "ng:mode", schema.NewString(m))
	}
}

// own adds a word of newsgraph's own.
func (o *ontology) own(t schema.OwnTerm) {
	name := "ng:" + t.Name
	switch t.Kind {
	case schema.OwnClass:
		o.say(name, "rdf:type", "owl:Class")
	case schema.OwnProperty:
		o.say(name, "rdf:type", "rdf:Property")
	default:
		o.say(name, "rdf:type", "ng:"+t.Kind)
	}
	o.text(name, "rdfs:label", t.Name)
	o.text(name, "rdfs:comment", t.Gloss)
	if t.Domain != "" {
		o.say(name, "rdfs:domain", t.Domain)
	}
	if t.Range != "" {
		o.say(name, "rdfs:range", t.Range)
	}
}

// predicate adds a predicate in its three namespaces: what is asserted is claimed too, what is denied is not.
func (o *ontology) predicate(p schema.Predicate) {
	claim, fact, denied := "claim:"+p.Name, "fact:"+p.Name, "denied:"+p.Name
	o.say(claim, "rdf:type", "rdf:Property")
	o.text(claim, "rdfs:label", p.Label)
	o.text(claim, "rdfs:comment", p.Gloss)
	o.classes(claim, "domain", p.Domain)
	o.classes(claim, "range", p.Range)
	if p.Inverse != "" {
		o.say(claim, "owl:inverseOf", "claim:"+p.Inverse)
	}
	if p.Symmetric {
		o.say(claim, "rdf:type", "owl:SymmetricProperty")
	}
	if p.Event != "" {
		o.say(claim, "ng:event", "ng:"+p.Event)
	}
	if p.Mode != "" {
		o.add(claim, "ng:mode", schema.NewString(p.Mode))
	}
	o.same(claim, true, p.Same)
	o.say(fact, "rdf:type", "rdf:Property")
	o.text(fact, "rdfs:label", p.Label)
	o.say(fact, "rdfs:subPropertyOf", claim)
	o.say(denied, "rdf:type", "rdf:Property")
	o.text(denied, "rdfs:label", "not: "+p.Label)
	o.say(denied, "ng:denies", claim)
}

// classes adds domain or range. Several classes are alternatives, which rdfs:domain and rdfs:range cannot say: they would ask
// for all of them.
func (o *ontology) classes(name, what string, classes []string) {
	property := "schema:" + what + "Includes"
	if len(classes) == 1 {
		property = "rdfs:" + what
	}
	for _, c := range classes {
		o.say(name, property, "ng:"+c)
	}
}
