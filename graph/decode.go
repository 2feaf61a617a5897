package graph

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// props are the objects of one subject in one graph, by predicate, in the order of the store.
type props map[schema.Term][]schema.Term

func (p props) add(q schema.Quad) { p[q.Predicate] = append(p[q.Predicate], q.Object) }

// first returns the value of a predicate's first object, or "".
func (p props) first(predicate schema.Term) string {
	if o := p[predicate]; len(o) > 0 {
		return o[0].Value
	}
	return ""
}

// one returns the only object of a predicate.
func (p props) one(predicate schema.Term) (schema.Term, error) {
	o := p[predicate]
	if len(o) != 1 {
		return schema.Term{}, fmt.Errorf("%d values of <%s>, not one", len(o), predicate.Value)
	}
	return o[0], nil
}

// about reads what a graph says of a subject.
type about func(subject schema.Term) (props, error)

// aboutIn reads from the store.
func (v *View) aboutIn(ctx context.Context, graph schema.Term) about {
	return func(subject schema.Term) (props, error) {
		p := props{}
		err := v.r.MatchGraph(ctx, schema.Quad{Subject: subject, Graph: graph}, func(q schema.Quad) error {
			p.add(q)
			return nil
		})
		return p, err
	}
}

// bySubject reads a whole graph at once.
func bySubject(ctx context.Context, r store.Reader, graph schema.Term) (map[schema.Term]props, error) {
	m := map[schema.Term]props{}
	err := r.MatchGraph(ctx, schema.Quad{Graph: graph}, func(q schema.Quad) error {
		if m[q.Subject] == nil {
			m[q.Subject] = props{}
		}
		m[q.Subject].add(q)
		return nil
	})
	return m, err
}

// decoder turns the quads of claims back into claims.
type decoder struct {
	*vocab
	entities func(id string) (e schema.Entity, ok bool, err error)
}

// decoder returns one that names entities as the view does.
func (v *View) decoder(ctx context.Context) decoder {
	return decoder{v.vocab, func(id string) (schema.Entity, bool, error) { return v.Entity(ctx, id) }}
}

// claim reads a claim as one document tells it: p is what the document's graph says of the claim.
func (d decoder) claim(id, doc string, p props, look about) (schema.Claim, error) {
	c := schema.Claim{ID: id, Relation: p.first(d.relation), Rule: p.first(d.rule)}
	steps := []func(*schema.Claim, props) error{d.statement, d.factualities, d.sources, d.details, d.timeAndPlace}
	for _, step := range steps {
		if err := step(&c, p); err != nil {
			return c, fmt.Errorf("claim %s in document %s: %w", id, doc, err)
		}
	}
	if err := d.quantities(&c, in(d.nsID, id), p, look); err != nil {
		return c, fmt.Errorf("claim %s in document %s: %w", id, doc, err)
	}
	if err := d.evidence(&c, doc, p, look); err != nil {
		return c, fmt.Errorf("claim %s in document %s: %w", id, doc, err)
	}
	return c, nil
}

// statement reads subject, predicate and object.
func (d decoder) statement(c *schema.Claim, p props) error {
	s, err := p.one(d.subject)
	if err != nil {
		return err
	}
	if c.Subject, err = d.entity(s); err != nil {
		return err
	}
	if c.Predicate, err = d.predicateName(p); err != nil {
		return err
	}
	o, err := p.one(d.object)
	if err != nil {
		return err
	}
	c.Object, err = d.objectOf(o)
	return err
}

// predicateName reads the local name of a claim's predicate.
func (v *vocab) predicateName(p props) (string, error) {
	t, err := p.one(v.predicate)
	if err != nil {
		return "", err
	}
	for _, namespace := range []string{v.nsClaim, v.nsDenied} {
		if name, ok := local(t, namespace); ok {
			return name, nil
		}
	}
	return "", fmt.Errorf("<%s> is no predicate of claims", t.Value)
}

// objectOf reads the object of a claim: an entity or a literal.
func (d decoder) objectOf(t schema.Term) (schema.Value, error) {
	if t.Kind == schema.Literal {
		return schema.Value{Literal: t.Value, Datatype: t.Datatype}, nil
	}
	e, err := d.entity(t)
	return schema.Value{Entity: &e}, err
}

// entity returns the entity that an IRI names, as the table has it.
func (d decoder) entity(t schema.Term) (schema.Entity, error) {
	id, ok := local(t, d.nsEnt)
	if !ok {
		return schema.Entity{}, fmt.Errorf("<%s> is no entity", t.Value)
	}
	e, ok, err := d.entities(id)
	if err == nil && !ok {
		e = schema.Entity{ID: id}
	}
	return e, err
}

func (d decoder) factualities(c *schema.Claim, p props) error {
	t, err := p.one(d.factuality)
	if err != nil {
		return err
	}
	if c.Factuality, err = d.parseFactuality(t); err != nil {
		return err
	}
	for _, t := range p[d.flag] {
		f, err := d.parseFactuality(t)
		if err != nil {
			return err
		}
		c.Flags = append(c.Flags, f)
	}
	c.Flags = normalFlags(c.Factuality, c.Flags)
	return nil
}

func (v *vocab) parseFactuality(t schema.Term) (schema.Factuality, error) {
	name, _ := local(t, v.nsNG)
	f, ok := schema.ParseFactuality(name)
	if !ok {
		return f, &schema.UnknownError{Kind: "factuality", Name: t.Value}
	}
	return f, nil
}

func (d decoder) sources(c *schema.Claim, p props) error {
	sources := p[d.attributed]
	if chain := p.first(d.chain); chain != "" {
		sources = nil
		for _, s := range strings.Split(chain, " ") {
			sources = append(sources, schema.NewIRI(d.nsEnt+s))
		}
	}
	for _, t := range sources {
		e, err := d.entity(t)
		if err != nil {
			return err
		}
		c.Attribution = append(c.Attribution, e)
	}
	return nil
}

func (d decoder) details(c *schema.Claim, p props) error {
	if o := p[d.event]; len(o) > 0 {
		var ok bool
		if c.Event, ok = local(o[0], d.nsNG); !ok {
			return fmt.Errorf("<%s> is no event type", o[0].Value)
		}
	}
	t, err := p.one(d.confidence)
	if err != nil {
		return err
	}
	c.Confidence, err = parseConfidence(t)
	return err
}

func parseConfidence(t schema.Term) (float64, error) {
	x, err := strconv.ParseFloat(t.Value, 64)
	if err != nil {
		return 0, err
	}
	if !(0 <= x && x <= 1) {
		return 0, fmt.Errorf("confidence %s is not in 0..1", t.Value)
	}
	return x, nil
}

func (d decoder) timeAndPlace(c *schema.Claim, p props) error {
	t := schema.Time{Value: p.first(d.time), Text: p.first(d.timeWords)}
	t.Precision = precisionOf(t.Value)
	if o := p[d.timePrecision]; len(o) > 0 {
		t.Precision = o[0].Value
	}
	if t != (schema.Time{}) {
		c.Time = &t
	}
	if o := p[d.place]; len(o) > 0 {
		e, err := d.entity(o[0])
		if err != nil {
			return err
		}
		c.Place = &e
	}
	return nil
}

func (d decoder) quantities(c *schema.Claim, node schema.Term, p props, look about) error {
	for i := range p[d.amount] {
		q, err := look(quantityNode(node, i+1))
		if err != nil {
			return err
		}
		value, err := q.one(d.value)
		if err != nil {
			return fmt.Errorf("quantity %d: %w", i+1, err)
		}
		x, err := strconv.ParseFloat(value.Value, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("quantity %d: %q is no amount", i+1, value.Value)
		}
		c.Quantities = append(c.Quantities,
			schema.Quantity{Value: x, Unit: q.first(d.unit), Bound: q.first(d.bound), Text: q.first(d.words)})
	}
	return nil
}

func (d decoder) evidence(c *schema.Claim, doc string, p props, look about) error {
	for _, t := range p[d.derived] {
		e, ok := d.parseFragment(t)
		if !ok || e.Document != doc {
			return fmt.Errorf("<%s> is no range of the document", t.Value)
		}
		q, err := look(t)
		if err != nil {
			return err
		}
		e.Quote = q.first(d.exact)
		c.Evidence = append(c.Evidence, e)
	}
	if len(c.Evidence) == 0 {
		return fmt.Errorf("no evidence")
	}
	sortEvidence(c.Evidence)
	return nil
}

// document reads the metadata and the text of a document.
func (v *vocab) document(id string, p props) (schema.Document, error) {
	d := schema.Document{ID: id, Title: p.first(v.headline), Publisher: p.first(v.publisher),
		Author: p.first(v.author), URL: p.first(v.url), Published: p.first(v.published),
		Language: p.first(v.language), Agency: p.first(v.agency), Text: p.first(v.body), SHA256: p.first(v.sha256)}
	if o := p[v.copyOf]; len(o) > 0 {
		d.CopyOf, _ = local(o[0], v.nsDoc)
	}
	d.Excerpt = p.first(v.excerpt) == "true"
	var err error
	if d.Blocks, err = parseBlocks(p.first(v.blocks)); err != nil {
		return d, fmt.Errorf("document %s: %w", id, err)
	}
	return d, nil
}

// parseBlocks reads what formatBlocks writes.
func parseBlocks(s string) ([]schema.Block, error) {
	if s == "" {
		return nil, nil
	}
	var blocks []schema.Block
	for _, f := range strings.Split(s, " ") {
		parts := strings.SplitN(f, ",", 3)
		if len(parts) != 3 {
			return nil, fmt.Errorf("%q is no block", f)
		}
		start, err := strconv.Atoi(parts[0])
		if err != nil {
			return nil, fmt.Errorf("%q is no block", f)
		}
		end, err := strconv.Atoi(parts[1])
		if err != nil {
			return nil, fmt.Errorf("%q is no block", f)
		}
		blocks = append(blocks, schema.Block{Start: start, End: end, Kind: schema.BlockKind(schema.UnescapeLocal(parts[2]))})
	}
	return blocks, nil
}

func sortEvidence(e []schema.Evidence) {
	sort.Slice(e, func(i, j int) bool {
		a, b := e[i], e[j]
		if a.Document != b.Document {
			return a.Document < b.Document
		}
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End < b.End
	})
}
