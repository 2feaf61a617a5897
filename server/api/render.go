package api

import (
	"context"
	"net/url"

	"newsgraph/graph"
	"newsgraph/schema"
	"newsgraph/server/catalog"
	"newsgraph/server/problem"
)

// reader reads the graph at one moment for one request, and writes what it reads as the API has it. Close it.
type reader struct {
	*catalog.State
	ctx   context.Context
	view  *graph.View
	names *schema.Names
}

func (d *reader) close() { d.view.Close() }

// iri makes an absolute IRI.
func (d *reader) iri(prefix, id string) string {
	return d.names.Term(prefix + schema.EscapeLocal(id)).Value
}

func (d *reader) ref(id string) refJSON {
	if e, ok := d.Entity(id); ok {
		return refJSON{e.ID, e.Label, e.Type}
	}
	return refJSON{ID: id, Label: id}
}

func refOf(e schema.Entity) refJSON {
	if e.Label == "" {
		e.Label = e.ID
	}
	return refJSON{e.ID, e.Label, e.Type}
}

func (d *reader) entityJSON(e *catalog.Entity) entityJSON {
	return entityJSON{ID: e.ID, IRI: d.iri("ent:", e.ID), Label: e.Label, Type: e.Type, Aliases: append([]string{}, e.Aliases...),
		Claims: e.Claims, Documents: e.Documents, LastSeen: e.LastSeen}
}

// known returns the entity with the ID, or says that there is none.
func (d *reader) known(id string) (*catalog.Entity, error) {
	e, ok := d.Entity(id)
	if !ok {
		return nil, problem.NotFound("there is no entity with the ID %q", id)
	}
	return e, nil
}

// named returns the entity that a name means: an ID as it is, "ent:" before it or not, else any name.
func (d *reader) named(name string) (*catalog.Entity, error) {
	if e, ok := d.Entity(name); ok {
		return e, nil
	}
	found, err := d.view.Resolve(d.ctx, name)
	if err != nil {
		return nil, err
	}
	if e, ok := d.Entity(found.ID); ok {
		return e, nil
	}
	return &catalog.Entity{Entity: found}, nil
}

func (d *reader) documentJSON(doc schema.Document) documentJSON {
	j := documentJSON{ID: doc.ID, IRI: d.iri("doc:", doc.ID), Title: doc.Title, Publisher: doc.Publisher, Author: doc.Author,
		URL: webURL(doc.URL), Published: doc.Published, Language: doc.Language, Agency: doc.Agency, CopyOf: doc.CopyOf, SHA256: doc.SHA256}
	if known, ok := d.Document(doc.ID); ok {
		j.Claims = known.Claims
	}
	return j
}

// webURL gives a URL that a page may link to, and empty for any other: an article may say that it is at javascript:.
func webURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}

// maxEvidence is how many pieces of evidence a claim in a list has.
const maxEvidence = 10

// claims reads claims by ID, in their order; one that has gone since the list was made is left out.
func (d *reader) claims(ids []string) ([]claimJSON, error) {
	found, err := d.claimsByID(ids)
	return inOrder(found, ids), err
}

// claimsByID reads claims in one go.
func (d *reader) claimsByID(ids []string) (map[string]claimJSON, error) {
	found := make(map[string]claimJSON, len(ids))
	if len(ids) == 0 { // that would choose all claims
		return found, nil
	}
	for c, err := range d.view.Claims(d.ctx, graph.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		found[c.ID] = d.claim(&c, maxEvidence)
	}
	return found, nil
}

// inOrder lists what was found of the claims with these IDs.
func inOrder(found map[string]claimJSON, ids []string) []claimJSON {
	list := make([]claimJSON, 0, len(ids))
	for _, id := range ids {
		if c, ok := found[id]; ok {
			list = append(list, c)
		}
	}
	return list
}

// claim writes a claim with at most so many pieces of evidence.
func (d *reader) claim(c *schema.Claim, most int) claimJSON {
	j := claimJSON{ID: c.ID, IRI: d.iri("id:", c.ID), Subject: refOf(c.Subject), Predicate: c.Predicate, Relation: c.Relation,
		Object: objectOf(c.Object), Factuality: c.Factuality.String(), Event: c.Event, Confidence: c.Confidence, Rule: c.Rule,
		Evidence: []quoteJSON{}}
	for _, f := range c.Flags {
		j.Flags = append(j.Flags, f.String())
	}
	for _, e := range c.Attribution {
		j.Attribution = append(j.Attribution, refOf(e))
	}
	if c.Time != nil {
		j.Time = &timeJSON{c.Time.Value, c.Time.Precision, c.Time.Text}
	}
	if c.Place != nil {
		place := refOf(*c.Place)
		j.Place = &place
	}
	for _, q := range c.Quantities {
		j.Quantities = append(j.Quantities, quantityJSON{q.Value, q.Unit, q.Bound, q.Text})
	}
	s := d.Support(c.ID)
	j.Publishers, j.Documents, j.Published, j.Disputed = s.Publishers, s.Documents, s.Published, s.Disputed
	if len(c.Evidence) > most {
		j.EvidenceTotal = len(c.Evidence)
	}
	for _, e := range c.Evidence[:min(most, len(c.Evidence))] {
		j.Evidence = append(j.Evidence, d.quote(e))
	}
	return j
}

func objectOf(v schema.Value) objectJSON {
	if v.Entity == nil {
		return objectJSON{Value: v.Literal, Datatype: v.Datatype}
	}
	e := refOf(*v.Entity)
	return objectJSON{Entity: &e}
}

func (d *reader) quote(e schema.Evidence) quoteJSON {
	q := quoteJSON{Document: e.Document, Start: e.Start, End: e.End, Quote: e.Quote}
	if doc, ok := d.Document(e.Document); ok {
		q.Title, q.Publisher, q.Published = doc.Title, doc.Publisher, doc.Published
	}
	return q
}
