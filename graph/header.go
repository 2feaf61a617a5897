package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Headers returns what is known of all documents without their texts and layouts, sorted by ID. It reads a few properties of
// all of them at once, which costs a small part of what Documents does.
func (v *View) Headers(ctx context.Context) ([]schema.Document, error) {
	h := &headers{View: v, ctx: ctx, ids: v.r.IDs(), at: map[store.ID]int{}}
	err := h.read()
	if closed := h.ids.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, fmt.Errorf("read the documents' headers: %w", err)
	}
	slices.SortFunc(h.documents, func(a, b schema.Document) int { return strings.Compare(a.ID, b.ID) })
	return h.documents, nil
}

type headers struct {
	*View
	ctx       context.Context
	ids       store.IDs
	documents []schema.Document
	at        map[store.ID]int // where a document is in documents
}

func (h *headers) read() error {
	if err := h.find(); err != nil {
		return err
	}
	for _, p := range []struct {
		predicate schema.Term
		field     func(d *schema.Document) *string
	}{
		{h.headline, func(d *schema.Document) *string { return &d.Title }},
		{h.publisher, func(d *schema.Document) *string { return &d.Publisher }},
		{h.author, func(d *schema.Document) *string { return &d.Author }},
		{h.url, func(d *schema.Document) *string { return &d.URL }},
		{h.published, func(d *schema.Document) *string { return &d.Published }},
		{h.language, func(d *schema.Document) *string { return &d.Language }},
		{h.agency, func(d *schema.Document) *string { return &d.Agency }},
		{h.copyOf, func(d *schema.Document) *string { return &d.CopyOf }},
		{h.sha256, func(d *schema.Document) *string { return &d.SHA256 }},
	} {
		err := h.each(p.predicate, schema.Term{}, func(q store.QuadID) error {
			at, ok := h.at[q.Subject()]
			if !ok {
				return nil
			}
			t, err := h.ids.Term(q.Object())
			value := t.Value
			if name, ok := local(t, h.nsDoc); ok {
				value = name
			}
			*p.field(&h.documents[at]) = value
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// find makes the list of documents.
func (h *headers) find() error {
	return h.each(h.typ, h.article, func(q store.QuadID) error {
		t, err := h.ids.Term(q.Subject())
		if err != nil {
			return err
		}
		if id, ok := local(t, h.nsDoc); ok {
			h.at[q.Subject()] = len(h.documents)
			h.documents = append(h.documents, schema.Document{ID: id})
		}
		return nil
	})
}

// each calls f for the quads with the predicate, and the object if it is given, that a document's own graph has of it.
func (h *headers) each(predicate, object schema.Term, f func(store.QuadID) error) error {
	var want store.QuadID
	for pos, t := range []schema.Term{1: predicate, 2: object} {
		if t.Kind == schema.NoTerm {
			continue
		}
		id, ok, err := h.ids.Find(t)
		if err != nil || !ok {
			return err
		}
		want[pos] = id
	}
	quads, err := h.ids.Match(h.ctx, nil, want)
	if err != nil {
		return err
	}
	for _, q := range quads {
		if q.Subject() != q.Graph() {
			continue
		}
		if err := f(q); err != nil {
			return err
		}
	}
	return nil
}
