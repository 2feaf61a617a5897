package graph

import (
	"strconv"
	"strings"

	"newsgraph/schema"
)

// vocab holds the terms of the graph, expanded once under the base IRI.
type vocab struct {
	names *schema.Names
	// Namespaces.
	nsClaim, nsFact, nsDenied, nsEnt, nsDoc, nsID, nsDecision, nsNG string
	// Of entities.
	typ, label, altLabel, startDate, sameness schema.Term
	// Of claims.
	subject, predicate, object, factuality, flag, attributed, chain, relation, event, rule, confidence,
	time, timeWords, timePrecision, place, derived, exact schema.Term
	// Of quantities.
	amount, value, unit, bound, words schema.Term
	// Of documents.
	article, headline, publisher, author, url, published, language, agency, copyOf, body, sha256, blocks, naming, excerpt schema.Term
	// Of decisions.
	merge, split, number, decided, other, tells, name schema.Term
	// own are all of the above.
	own map[schema.Term]bool
}

func newVocab(n *schema.Names) *vocab {
	v := &vocab{names: n, own: map[schema.Term]bool{}}
	for _, ns := range []struct {
		to     *string
		prefix string
	}{
		{&v.nsClaim, "claim:"}, {&v.nsFact, "fact:"}, {&v.nsDenied, "denied:"}, {&v.nsEnt, "ent:"},
		{&v.nsDoc, "doc:"}, {&v.nsID, "id:"}, {&v.nsDecision, "decision:"}, {&v.nsNG, "ng:"},
	} {
		*ns.to = n.Term(ns.prefix).Value
	}
	for _, t := range []struct {
		to   *schema.Term
		name string
	}{
		{&v.typ, "rdf:type"}, {&v.label, "rdfs:label"}, {&v.altLabel, "skos:altLabel"}, {&v.startDate, "schema:startDate"}, {&v.sameness, "ng:sameness"},
		{&v.subject, "rdf:subject"}, {&v.predicate, "rdf:predicate"}, {&v.object, "rdf:object"},
		{&v.factuality, "ng:factuality"}, {&v.flag, "ng:flag"},
		{&v.attributed, "prov:wasAttributedTo"}, {&v.chain, "ng:chain"},
		{&v.relation, "ng:relation"}, {&v.event, "ng:event"}, {&v.rule, "ng:rule"}, {&v.confidence, "ng:confidence"},
		{&v.time, "schema:temporalCoverage"}, {&v.timeWords, "ng:timeWords"}, {&v.timePrecision, "ng:timePrecision"},
		{&v.place, "schema:contentLocation"}, {&v.derived, "prov:wasDerivedFrom"}, {&v.exact, "oa:exact"},
		{&v.amount, "schema:amount"}, {&v.value, "schema:value"}, {&v.unit, "schema:unitText"},
		{&v.bound, "ng:bound"}, {&v.words, "ng:words"},
		{&v.article, "schema:NewsArticle"}, {&v.headline, "schema:headline"}, {&v.publisher, "schema:publisher"},
		{&v.author, "schema:author"}, {&v.url, "schema:url"}, {&v.published, "schema:datePublished"},
		{&v.language, "schema:inLanguage"}, {&v.body, "schema:articleBody"}, {&v.sha256, "schema:sha256"},
		{&v.blocks, "ng:blocks"}, {&v.agency, "schema:creditText"}, {&v.copyOf, "ng:copyOf"}, {&v.naming, "ng:naming"}, {&v.excerpt, "ng:excerpt"},
		{&v.merge, "ng:Merge"}, {&v.split, "ng:Split"}, {&v.number, "ng:number"}, {&v.decided, "ng:entity"}, {&v.other, "ng:other"},
		{&v.tells, "ng:article"}, {&v.name, "ng:name"},
	} {
		*t.to = n.Term(t.name)
		v.own[*t.to] = true
	}
	return v
}

// in returns the IRI of a local name in a namespace.
func in(namespace, local string) schema.Term {
	return schema.NewIRI(namespace + schema.EscapeLocal(local))
}

// local returns the local name of an IRI in a namespace; ok is false for any other term.
func local(t schema.Term, namespace string) (name string, ok bool) {
	if t.Kind != schema.IRI {
		return "", false
	}
	rest, ok := strings.CutPrefix(t.Value, namespace)
	if !ok || rest == "" {
		return "", false
	}
	return schema.UnescapeLocal(rest), true
}

// fragment returns the IRI of a range of code points of a document (RFC 5147).
func (v *vocab) fragment(e schema.Evidence) schema.Term {
	return schema.NewIRI(v.nsDoc + schema.EscapeLocal(e.Document) + charScheme + strconv.Itoa(e.Start) + "," + strconv.Itoa(e.End))
}

const charScheme = "#char="

// parseFragment reads what fragment writes; the quote is left empty.
func (v *vocab) parseFragment(t schema.Term) (e schema.Evidence, ok bool) {
	rest, ok := strings.CutPrefix(t.Value, v.nsDoc)
	if !ok || t.Kind != schema.IRI {
		return e, false
	}
	doc, char, ok := strings.Cut(rest, charScheme)
	if !ok {
		return e, false
	}
	from, to, ok := strings.Cut(char, ",")
	if !ok {
		return e, false
	}
	var err1, err2 error
	e.Document = schema.UnescapeLocal(doc)
	e.Start, err1 = strconv.Atoi(from)
	e.End, err2 = strconv.Atoi(to)
	return e, err1 == nil && err2 == nil && 0 <= e.Start && e.Start <= e.End
}

// quantityNode returns the IRI of the i-th quantity of a claim, counted from 1.
func quantityNode(claim schema.Term, i int) schema.Term {
	return schema.NewIRI(claim.Value + quantityMark + strconv.Itoa(i))
}

const quantityMark = "#q"

// ClaimTerm returns the IRI of the claim with this ID.
func (g *Graph) ClaimTerm(id string) schema.Term { return in(g.vocab.nsID, id) }

// EntityTerm returns the IRI of the entity with this ID.
func (g *Graph) EntityTerm(id string) schema.Term { return in(g.vocab.nsEnt, id) }

// DocumentTerm returns the IRI of the document with this ID.
func (g *Graph) DocumentTerm(id string) schema.Term { return in(g.vocab.nsDoc, id) }
