package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsgraph/graph/store"
	"newsgraph/internal/recent"
	"newsgraph/schema"
)

// Link is a claim between two entities, as ids of the store: its edge in claim:, or in denied: when it is negated.
type Link struct {
	Claim, From, Predicate, To store.ID
	Denied                     bool
}

// Side says on which side of a link an entity stands.
type Side uint8

// The sides.
const (
	AsSubject Side = 1 << iota
	AsObject
	EitherSide = AsSubject | AsObject
)

// Links reads the links of a view: for searches that visit many of them, which is why it works with ids and looks at terms
// only when asked. It is for one goroutine; Close it before the view.
type Links struct {
	view *View
	ids  store.IDs

	predicates map[store.ID]linkPredicate
	entities   map[store.ID]string // entity ID, empty for what is no entity
	articles   map[store.ID]schema.Document
	values     map[store.ID]float64
	fact       map[store.ID]schema.Factuality
	own        ownIDs // of the vocabulary; found when first needed
	quads      []store.QuadID
	found      bool
}

// linkPredicate is what a predicate means for links.
type linkPredicate struct {
	name         string // local name; empty for what makes no link
	link, denied bool
}

// ownIDs are the ids of the graph's own properties; 0 for one that no quad has.
type ownIDs struct {
	subject, predicate, object, factuality, attributed, confidence, time, derived, exact store.ID
	publisher, published, agency, copyOf                                                 store.ID
}

// Links returns a reader of the view's links.
func (v *View) Links() *Links {
	return &Links{view: v, ids: v.r.IDs(), predicates: map[store.ID]linkPredicate{}, entities: map[store.ID]string{},
		articles: map[store.ID]schema.Document{}, values: map[store.ID]float64{}, fact: map[store.ID]schema.Factuality{}}
}

// Close lets the reader go.
func (l *Links) Close() error { return l.ids.Close() }

// Entity returns the id of the entity with this ID; ok is false when no quad has it.
func (l *Links) Entity(id string) (node store.ID, ok bool, err error) {
	return l.ids.Find(in(l.view.nsEnt, id))
}

// Name returns the ID of the entity that an id stands for; ok is false for what is no entity.
func (l *Links) Name(node store.ID) (id string, ok bool, err error) {
	id, known := l.entities[node]
	if !known {
		if id, _, err = l.local(node, l.view.nsEnt); err != nil {
			return "", false, err
		}
		l.entities[node] = id
	}
	return id, id != "", nil
}

// local returns the local name of a term in a namespace.
func (l *Links) local(node store.ID, namespace string) (name string, ok bool, err error) {
	t, err := l.ids.Term(node)
	if err != nil {
		return "", false, err
	}
	name, ok = local(t, namespace)
	return name, ok, nil
}

// ClaimID returns the ID of a link's claim.
func (l *Links) ClaimID(claim store.ID) (string, error) {
	id, ok, err := l.local(claim, l.view.nsID)
	if err == nil && !ok {
		err = errors.New("an edge in a graph that is no claim's")
	}
	return id, err
}

// Predicate returns the local name of a link's predicate.
func (l *Links) Predicate(id store.ID) (string, error) {
	p, err := l.predicate(id)
	return p.name, err
}

func (l *Links) predicate(id store.ID) (linkPredicate, error) {
	p, known := l.predicates[id]
	if known {
		return p, nil
	}
	t, err := l.ids.Term(id)
	if err != nil {
		return p, err
	}
	if p.name, p.link = local(t, l.view.nsClaim); !p.link {
		p.name, p.link = local(t, l.view.nsDenied)
		p.denied = p.link
	}
	l.predicates[id] = p
	return p, nil
}

// How much is kept of what searches read lately, for searches to come: they pass by the same few entities.
const (
	linksKept = 16 << 20 // bytes, about
	headsKept = 1 << 16  // claims' versions
)

// recently is what searches read lately, at the newest state that was read.
type recently struct {
	links *recent.Cache[linksOf, []Link]
	heads *recent.Cache[store.ID, head]
}

// linksOf names the links of a node.
type linksOf struct {
	node store.ID
	side Side
}

// Around appends the links of an entity to dst: those in which it stands on this side, but none from it to itself. What
// stands on the other side may be a literal; Name tells. The order is fixed.
func (l *Links) Around(ctx context.Context, dst []Link, node store.ID, side Side) (links []Link, err error) {
	key := linksOf{node, side}
	if kept, ok := l.view.graph.read.links.Get(l.view.changes, key); ok {
		return append(dst, kept...), nil
	}
	from := len(dst)
	if dst, err = l.around(ctx, dst, node, side); err == nil {
		const size = 40 // of a link
		l.view.graph.read.links.Put(l.view.changes, key, slices.Clone(dst[from:]), size*(len(dst)-from+2))
	}
	return dst, err
}

func (l *Links) around(ctx context.Context, dst []Link, node store.ID, side Side) (links []Link, err error) {
	l.quads = l.quads[:0]
	if side&AsSubject != 0 {
		if l.quads, err = l.ids.Match(ctx, l.quads, store.QuadID{node}); err != nil {
			return dst, err
		}
	}
	if side&AsObject != 0 {
		if l.quads, err = l.ids.Match(ctx, l.quads, store.QuadID{0, 0, node, 0}); err != nil {
			return dst, err
		}
	}
	var last store.ID
	var p linkPredicate
	for _, q := range l.quads {
		if q.Predicate() != last {
			last = q.Predicate()
			if p, err = l.predicate(last); err != nil {
				return dst, err
			}
		}
		if p.link && q.Subject() != q.Object() {
			dst = append(dst, Link{Claim: q.Graph(), From: q.Subject(), Predicate: last, To: q.Object(), Denied: p.denied})
		}
	}
	return dst, nil
}

// findOwn finds the ids of the vocabulary.
func (l *Links) findOwn() error {
	if l.found {
		return nil
	}
	v := l.view
	for _, t := range []struct {
		to   *store.ID
		term schema.Term
	}{
		{&l.own.subject, v.subject}, {&l.own.predicate, v.predicate}, {&l.own.object, v.object},
		{&l.own.factuality, v.factuality}, {&l.own.attributed, v.attributed}, {&l.own.confidence, v.confidence}, {&l.own.time, v.time},
		{&l.own.derived, v.derived}, {&l.own.exact, v.exact}, {&l.own.publisher, v.publisher},
		{&l.own.published, v.published}, {&l.own.agency, v.agency}, {&l.own.copyOf, v.copyOf},
	} {
		id, ok, err := l.ids.Find(t.term)
		if err != nil {
			return err
		}
		if ok {
			*t.to = id
		}
	}
	l.found = true
	return nil
}

// head is what filters ask of a claim: what it says, and which articles tell it. What is not told is 0.
type head struct {
	subject, predicate, object store.ID
	factuality                 schema.Factuality
	sources                    []store.ID
	told                       []telling
}

// telling is one article's version.
type telling struct {
	document   store.ID
	confidence float64
	time       store.ID   // 0 for none
	quotes     []store.ID // ranges of the document
}

// head reads the head of a claim; it tells of no article when there is no such claim. The caller does not change it.
func (l *Links) head(ctx context.Context, claim store.ID) (h head, err error) {
	h, ok := l.view.graph.read.heads.Get(l.view.changes, claim)
	if ok {
		return h, nil
	}
	if h, err = l.readHead(ctx, claim); err == nil {
		l.view.graph.read.heads.Put(l.view.changes, claim, h, max(1, len(h.told)))
	}
	return h, err
}

func (l *Links) readHead(ctx context.Context, claim store.ID) (h head, err error) {
	if err := l.findOwn(); err != nil {
		return h, err
	}
	if l.quads, err = l.ids.Match(ctx, l.quads[:0], store.QuadID{claim}); err != nil {
		return h, err
	}
	for _, q := range l.quads {
		switch q.Predicate() {
		case l.own.subject:
			h.subject = q.Object()
		case l.own.predicate:
			h.predicate = q.Object()
		case l.own.object:
			h.object = q.Object()
		case l.own.time:
			h.by(q.Graph()).time = q.Object()
		case l.own.attributed:
			h.sources = append(h.sources, q.Object())
		case l.own.derived:
			t := h.by(q.Graph())
			t.quotes = append(t.quotes, q.Object())
		case l.own.factuality:
			h.by(q.Graph())
			h.factuality, err = l.factuality(q.Object())
		case l.own.confidence:
			h.by(q.Graph()).confidence, err = l.number(q.Object())
		}
		if err != nil {
			return h, err
		}
	}
	return h, nil
}

// by returns the version of a document.
func (h *head) by(document store.ID) *telling {
	for i := range h.told {
		if h.told[i].document == document {
			return &h.told[i]
		}
	}
	h.told = append(h.told, telling{document: document})
	return &h.told[len(h.told)-1]
}

func (l *Links) factuality(id store.ID) (schema.Factuality, error) {
	f, known := l.fact[id]
	if known {
		return f, nil
	}
	t, err := l.ids.Term(id)
	if err != nil {
		return f, err
	}
	if f, err = l.view.parseFactuality(t); err == nil {
		l.fact[id] = f
	}
	return f, err
}

func (l *Links) number(id store.ID) (float64, error) {
	x, known := l.values[id]
	if known {
		return x, nil
	}
	t, err := l.ids.Term(id)
	if err != nil {
		return 0, err
	}
	if x, err = parseConfidence(t); err == nil {
		l.values[id] = x
	}
	return x, err
}

// Article returns what filters and BackingOf ask of the document with this ID: publisher, date, agency and whose copy it
// is. A document that is not there has an ID alone.
func (l *Links) Article(ctx context.Context, id string) (schema.Document, error) {
	node, ok, err := l.ids.Find(in(l.view.nsDoc, id))
	if err != nil || !ok {
		return schema.Document{ID: id}, err
	}
	return l.article(ctx, node)
}

func (l *Links) article(ctx context.Context, node store.ID) (d schema.Document, err error) {
	d, known := l.articles[node]
	if known {
		return d, nil
	}
	if err := l.findOwn(); err != nil {
		return d, err
	}
	if d.ID, _, err = l.local(node, l.view.nsDoc); err != nil {
		return d, err
	}
	quads, err := l.ids.Match(ctx, nil, store.QuadID{node, 0, 0, node})
	if err != nil {
		return d, err
	}
	for _, q := range quads {
		if err := l.property(&d, q); err != nil {
			return d, err
		}
	}
	l.articles[node] = d
	return d, nil
}

func (l *Links) property(d *schema.Document, q store.QuadID) error {
	var to *string
	switch q.Predicate() {
	case l.own.publisher:
		to = &d.Publisher
	case l.own.published:
		to = &d.Published
	case l.own.agency:
		to = &d.Agency
	case l.own.copyOf:
		to = &d.CopyOf
	default:
		return nil // of the text, too, which is long
	}
	t, err := l.ids.Term(q.Object())
	if err != nil {
		return err
	}
	*to = t.Value
	if to == &d.CopyOf {
		*to, _ = local(t, l.view.nsDoc)
	}
	return nil
}

// quote returns the words of a range of a document.
func (l *Links) quote(ctx context.Context, document, place store.ID) (string, error) {
	quads, err := l.ids.Match(ctx, nil, store.QuadID{place, l.own.exact, 0, document})
	if err != nil || len(quads) == 0 {
		return "", err
	}
	t, err := l.ids.Term(quads[0].Object())
	return t.Value, err
}

// Claim reads a claim as these documents tell it, all that do when there are none.
func (l *Links) Claim(ctx context.Context, claim store.ID, documents []string) (c schema.Claim, err error) {
	id, err := l.ClaimID(claim)
	if err != nil {
		return c, err
	}
	r, err := l.read(ctx, id, claim)
	if err != nil {
		return c, err
	}
	for _, doc := range documents {
		if r.told[doc] == nil {
			return c, fmt.Errorf("claim %s has an edge, but document %s does not tell it", id, doc)
		}
	}
	if len(r.told) == 0 {
		return c, fmt.Errorf("claim %s has an edge, but no document tells it", id)
	}
	return l.decode(ctx, r, documents)
}

// reading is what documents say of a claim, with the ids of what they name: its quotes are looked up by them, which costs a
// third of looking them up by IRI.
type reading struct {
	claim string
	told  map[string]props // by document ID
	ids   map[schema.Term]store.ID
}

// read reads what each document says of the claim with this ID and id.
func (l *Links) read(ctx context.Context, claim string, node store.ID) (r reading, err error) {
	r = reading{claim, map[string]props{}, map[schema.Term]store.ID{}}
	if l.quads, err = l.ids.Match(ctx, l.quads[:0], store.QuadID{node}); err != nil {
		return r, err
	}
	for _, q := range l.quads {
		source, err := l.ids.Term(q.Graph())
		if err != nil {
			return r, err
		}
		doc, ok := local(source, l.view.nsDoc)
		if !ok {
			continue
		}
		if r.told[doc] == nil {
			r.told[doc], r.ids[source] = props{}, q.Graph()
		}
		object, err := r.told[doc].addID(l, q)
		if err != nil {
			return r, err
		}
		r.ids[object] = q.Object()
	}
	return r, nil
}

// addID adds what a quad says of its subject, and returns its object.
func (p props) addID(l *Links, q store.QuadID) (object schema.Term, err error) {
	predicate, err := l.ids.Term(q.Predicate())
	if err == nil {
		object, err = l.ids.Term(q.Object())
	}
	if err == nil {
		p[predicate] = append(p[predicate], object)
	}
	return object, err
}

// decode makes one claim of what these documents say of it, all that do when there are none.
func (l *Links) decode(ctx context.Context, r reading, documents []string) (c schema.Claim, err error) {
	if len(documents) == 0 {
		documents = slices.Sorted(maps.Keys(r.told))
	}
	versions := make([]schema.Claim, 0, len(documents))
	for _, doc := range documents {
		source := r.ids[in(l.view.nsDoc, doc)]
		version, err := l.view.decoder(ctx).claim(r.claim, doc, r.told[doc], func(subject schema.Term) (props, error) {
			return l.about(ctx, r.ids[subject], source)
		})
		if err != nil {
			return c, err
		}
		versions = append(versions, version)
	}
	return merge(versions), nil
}

// about reads what a document says of a subject; nothing of one that has no id.
func (l *Links) about(ctx context.Context, subject, document store.ID) (props, error) {
	p := props{}
	if subject == 0 {
		return p, nil
	}
	var err error
	if l.quads, err = l.ids.Match(ctx, l.quads[:0], store.QuadID{subject, 0, 0, document}); err != nil {
		return nil, err
	}
	for _, q := range l.quads {
		if _, err := p.addID(l, q); err != nil {
			return nil, err
		}
	}
	return p, nil
}
