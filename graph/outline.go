package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Outline is a claim without its words: what it takes to list, count and filter many claims.
type Outline struct {
	ID        string
	Subject   string // entity ID
	Predicate string // local name
	// Object is an entity ID, empty for literals; then Literal is the lexical form.
	Object, Literal string
	Factuality      schema.Factuality
	Event           string  // of the version with the highest confidence
	Time            string  // value; empty when not known
	Confidence      float64 // of the best version
	// Sources are the entity IDs of the chain of sources, and Documents the IDs of the documents that tell the claim, both sorted.
	Sources, Documents []string
}

// Outlines returns all claims, sorted by ID. It reads a few properties of all of them at once, which costs a small part of
// what Claims does.
func (v *View) Outlines(ctx context.Context) ([]Outline, error) {
	o := &outliner{View: v, ctx: ctx, ids: v.r.IDs(), at: map[store.ID]int{},
		versions: map[version]float64{}, events: map[int]store.ID{}, names: map[nameKey]string{}}
	err := o.read()
	if closed := o.ids.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, fmt.Errorf("outline the claims: %w", err)
	}
	slices.SortFunc(o.claims, func(a, b Outline) int { return strings.Compare(a.ID, b.ID) })
	return o.claims, nil
}

// outliner reads outlines, one property after the other.
type outliner struct {
	*View
	ctx    context.Context
	ids    store.IDs
	claims []Outline
	at     map[store.ID]int // where a claim is in claims
	// versions are the confidences of claims of several documents; events the document whose event a claim has.
	versions map[version]float64
	events   map[int]store.ID
	names    map[nameKey]string
	quads    []store.QuadID
}

// version is a claim, as a place in claims, as one document tells it.
type version struct {
	claim    int
	document store.ID
}

// nameKey is a term in one of the namespaces.
type nameKey struct {
	id        store.ID
	namespace string
}

func (o *outliner) read() error {
	for _, p := range []struct {
		predicate schema.Term
		take      func(c *Outline, i int, q store.QuadID) error
	}{
		{o.subject, o.takeSubject}, {o.predicate, o.takePredicate}, {o.object, o.takeObject}, {o.factuality, o.takeFactuality},
		{o.confidence, o.takeConfidence}, {o.event, o.takeEvent}, {o.time, o.takeTime}, {o.attributed, o.takeSource},
	} {
		if err := o.each(p.predicate, p.take); err != nil {
			return err
		}
	}
	for i := range o.claims {
		c := &o.claims[i]
		slices.Sort(c.Documents)
		c.Documents = slices.Compact(c.Documents)
		slices.Sort(c.Sources)
		c.Sources = slices.Compact(c.Sources)
	}
	return nil
}

// each calls take for every claim's quad with the predicate.
func (o *outliner) each(predicate schema.Term, take func(c *Outline, i int, q store.QuadID) error) error {
	id, ok, err := o.ids.Find(predicate)
	if err != nil || !ok {
		return err
	}
	if o.quads, err = o.ids.Match(o.ctx, o.quads[:0], store.QuadID{0, id, 0, 0}); err != nil {
		return err
	}
	for _, q := range o.quads {
		i, ok, err := o.claim(q, predicate == o.subject)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := take(&o.claims[i], i, q); err != nil {
			return err
		}
	}
	return nil
}

// claim finds the claim that a quad speaks of, or adds it.
func (o *outliner) claim(q store.QuadID, add bool) (at int, ok bool, err error) {
	if at, ok = o.at[q.Subject()]; ok || !add {
		return at, ok, nil
	}
	t, err := o.ids.Term(q.Subject())
	if err != nil {
		return 0, false, err
	}
	id, ok := local(t, o.nsID)
	if !ok {
		return 0, false, nil
	}
	at = len(o.claims)
	o.at[q.Subject()] = at
	o.claims = append(o.claims, Outline{ID: id})
	return at, true, nil
}

// name returns the local name of a term, the same string for the same term; ok is false when it is not in the namespace.
func (o *outliner) name(id store.ID, namespace string) (string, bool, error) {
	key := nameKey{id, namespace}
	if name, ok := o.names[key]; ok {
		return name, name != "", nil
	}
	t, err := o.ids.Term(id)
	if err != nil {
		return "", false, err
	}
	name, ok := local(t, namespace)
	o.names[key] = name
	return name, ok, nil
}

func (o *outliner) takeSubject(c *Outline, _ int, q store.QuadID) (err error) {
	if c.Subject, _, err = o.name(q.Object(), o.nsEnt); err != nil {
		return err
	}
	doc, ok, err := o.name(q.Graph(), o.nsDoc)
	if ok {
		c.Documents = append(c.Documents, doc)
	}
	return err
}

func (o *outliner) takePredicate(c *Outline, _ int, q store.QuadID) (err error) {
	for _, namespace := range []string{o.nsClaim, o.nsDenied} {
		name, ok, err := o.name(q.Object(), namespace)
		if err != nil {
			return err
		}
		if ok {
			c.Predicate = name
		}
	}
	return nil
}

func (o *outliner) takeObject(c *Outline, _ int, q store.QuadID) error {
	id, ok, err := o.name(q.Object(), o.nsEnt)
	if err != nil {
		return err
	}
	if ok {
		c.Object = id
		return nil
	}
	t, err := o.ids.Term(q.Object())
	if t.Kind == schema.Literal {
		c.Literal = t.Value
	}
	return err
}

func (o *outliner) takeFactuality(c *Outline, _ int, q store.QuadID) error {
	name, _, err := o.name(q.Object(), o.nsNG)
	if err != nil {
		return err
	}
	f, ok := schema.ParseFactuality(name)
	if !ok {
		return &schema.UnknownError{Kind: "factuality", Name: name}
	}
	c.Factuality = f
	return nil
}

// takeConfidence keeps the highest.
func (o *outliner) takeConfidence(c *Outline, i int, q store.QuadID) error {
	t, err := o.ids.Term(q.Object())
	if err != nil {
		return err
	}
	x, err := strconv.ParseFloat(t.Value, 64)
	if err != nil {
		return fmt.Errorf("claim %s: %w", c.ID, err)
	}
	c.Confidence = max(c.Confidence, x)
	if len(c.Documents) > 1 {
		o.versions[version{i, q.Graph()}] = x
	}
	return nil
}

// takeEvent keeps that of the better version: the one with the higher confidence, of equal ones that of the document with
// the smaller ID, as merge has it.
func (o *outliner) takeEvent(c *Outline, i int, q store.QuadID) error {
	event, _, err := o.name(q.Object(), o.nsNG)
	if err != nil {
		return err
	}
	if before, ok := o.events[i]; ok {
		better, err := o.better(version{i, q.Graph()}, version{i, before})
		if err != nil || !better {
			return err
		}
	}
	c.Event, o.events[i] = event, q.Graph()
	return nil
}

func (o *outliner) better(a, b version) (bool, error) {
	if x, y := o.versions[a], o.versions[b]; x != y {
		return x > y, nil
	}
	doc, _, err1 := o.name(a.document, o.nsDoc)
	other, _, err2 := o.name(b.document, o.nsDoc)
	return doc < other, cmp.Or(err1, err2)
}

func (o *outliner) takeTime(c *Outline, _ int, q store.QuadID) error {
	t, err := o.ids.Term(q.Object())
	if c.Time == "" || t.Value < c.Time { // the versions differ where the time is inferred
		c.Time = t.Value
	}
	return err
}

func (o *outliner) takeSource(c *Outline, _ int, q store.QuadID) error {
	id, ok, err := o.name(q.Object(), o.nsEnt)
	if ok {
		c.Sources = append(c.Sources, id)
	}
	return err
}
