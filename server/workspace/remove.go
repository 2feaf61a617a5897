package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/ingest/source"
	"newsgraph/schema"
)

// Held is a stored article as remove speaks of it.
type Held struct {
	schema.Document // without its text
	// Claims counts the claims that it tells, Alone those that no article tells but the ones that go with it.
	Claims, Alone int
}

// AmbiguousDocumentError says that a file has the text of several stored articles.
type AmbiguousDocumentError struct {
	Name string
	IDs  []string
}

func (e *AmbiguousDocumentError) Error() string {
	return fmt.Sprintf("%s is the text of %d articles: doc:%s", e.Name, len(e.IDs), strings.Join(e.IDs, ", doc:"))
}

// Find finds stored articles by ID, IRI or URL (graph.View.ResolveDocument), or by a file that holds the same text, each
// once and in the order of the names. Errors: *graph.UnknownDocumentError, *AmbiguousDocumentError, those of source.Read.
func (w *Workspace) Find(ctx context.Context, names []string) ([]Held, error) {
	v := w.graph.View()
	defer v.Close()
	var ids []string
	for _, name := range names {
		id, err := v.ResolveDocument(ctx, name)
		var unknown *graph.UnknownDocumentError
		if errors.As(err, &unknown) {
			id, err = sameText(ctx, v, name)
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return w.held(ctx, ids)
}

// sameText finds the article that a file holds.
func sameText(ctx context.Context, v *graph.View, name string) (string, error) {
	file, err := os.Open(name)
	if err != nil { // a name that is no file either
		return "", &graph.UnknownDocumentError{Name: name}
	}
	defer file.Close()
	docs, err := source.Read(ctx, name, file, source.Options{})
	if err != nil {
		return "", err
	}
	found := []string{}
	for _, d := range docs {
		ids, err := v.DocumentsOf(ctx, d.SHA256)
		if err != nil {
			return "", err
		}
		if slices.Contains(ids, d.ID) {
			return d.ID, nil
		}
		found = append(found, ids...)
	}
	switch len(found) {
	case 0:
		return "", &graph.UnknownDocumentError{Name: name}
	case 1:
		return found[0], nil
	}
	return "", &AmbiguousDocumentError{Name: name, IDs: found}
}

func (w *Workspace) held(ctx context.Context, ids []string) ([]Held, error) {
	var list []Held
	for _, id := range ids {
		docs := map[string]schema.Document{}
		if err := w.describe(ctx, []schema.Claim{{Evidence: []schema.Evidence{{Document: id}}}}, docs); err != nil {
			return nil, err
		}
		h := Held{Document: docs[id]}
		var claims []string
		for c, err := range w.graph.Claims(ctx, graph.Filter{Documents: []string{id}}) {
			if err != nil {
				return nil, fmt.Errorf("read claims of %s: %w", id, err)
			}
			claims = append(claims, c.ID)
		}
		h.Claims = len(claims)
		for c, err := range w.graph.Claims(ctx, graph.Filter{IDs: claims}) {
			if err != nil {
				return nil, fmt.Errorf("read claims of %s: %w", id, err)
			}
			if len(claims) > 0 && !slices.ContainsFunc(c.Evidence, func(e schema.Evidence) bool { return !slices.Contains(ids, e.Document) }) {
				h.Alone++
			}
		}
		list = append(list, h)
	}
	return list, nil
}

// Remove takes articles out of the store, by ID, in one atomic change: what no other article tells goes with them, and
// entities get the names that the articles left give them, so that the store is the one it would be had these articles
// never come. One that is not there is no error.
func (w *Workspace) Remove(ctx context.Context, ids []string) error {
	r, err := w.newRun(ctx, IngestOptions{})
	if err != nil {
		return err
	}
	for _, id := range ids {
		delete(r.summaries, id)
		delete(r.reprints, id)
		delete(r.states, id)
	}
	change, _, err := r.change(ctx, nil)
	if err != nil {
		return err
	}
	change.Remove = ids
	for _, id := range ids {
		for _, prefix := range []string{summaryPrefix, statePrefix, reprintPrefix} {
			change.Side[prefix+id] = nil
		}
	}
	if err := w.graph.Update(ctx, change); err != nil {
		return fmt.Errorf("remove %d articles: %w", len(ids), err)
	}
	return nil
}
