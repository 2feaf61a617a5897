package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsgraph/schema"
)

// UnknownPredicateError says that no claim has a predicate of this name.
type UnknownPredicateError struct {
	Name string
	Near []string // predicates with names like it; may be empty
}

func (e *UnknownPredicateError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("no claim has the predicate %q", e.Name)
	}
	return fmt.Sprintf("no claim has the predicate %q; near it: %s", e.Name, strings.Join(e.Near, ", "))
}

// ResolvePredicate returns the local name of a predicate that is written with or without "claim:", in any case, with
// blanks or underscores. It is one that a claim has or that the vocabulary knows; else the error is an
// *UnknownPredicateError.
func (v *View) ResolvePredicate(ctx context.Context, name string) (string, error) {
	bare := strings.TrimSpace(name)
	for _, prefix := range []string{"claim:", "fact:", "denied:", v.nsClaim, v.nsFact, v.nsDenied} {
		if rest, ok := strings.CutPrefix(bare, prefix); ok {
			bare = schema.UnescapeLocal(rest)
			break
		}
	}
	for _, local := range []string{bare, strings.ReplaceAll(strings.ToLower(bare), " ", "_")} {
		if _, ok := schema.Default().Predicate(local); ok {
			return local, nil
		}
		for _, namespace := range []string{v.nsClaim, v.nsDenied} {
			if ok, err := v.any(ctx, schema.Quad{Predicate: in(namespace, local)}); ok || err != nil {
				return local, err
			}
		}
	}
	near, err := v.NearPredicates(ctx, bare)
	if err != nil {
		return "", err
	}
	return "", &UnknownPredicateError{Name: name, Near: near}
}

// any says whether a quad fits the pattern.
func (v *View) any(ctx context.Context, p schema.Quad) (bool, error) {
	err := v.r.Match(ctx, p, func(schema.Quad) error { return errStop })
	if errors.Is(err, errStop) {
		return true, nil
	}
	return false, err
}

// NearPredicates returns up to five predicates that share their beginning with a name, or a word of it.
func (v *View) NearPredicates(ctx context.Context, name string) ([]string, error) {
	all, err := v.Predicates(ctx)
	if err != nil {
		return nil, err
	}
	name = strings.ToLower(name)
	stem := name[:min(len(name), max(3, len(name)-2))]
	var near []string
	for _, p := range all {
		if strings.HasPrefix(p, stem) || slices.Contains(strings.Split(p, "_"), name) {
			near = append(near, p)
		}
	}
	return near[:min(5, len(near))], nil
}

// DocumentsOf returns the IDs of the documents whose text has this SHA-256, in lower-case hex, sorted.
func (v *View) DocumentsOf(ctx context.Context, sum string) (ids []string, err error) {
	err = v.r.Match(ctx, schema.Quad{Predicate: v.sha256, Object: schema.NewString(sum)}, func(q schema.Quad) error {
		if id, ok := local(q.Subject, v.nsDoc); ok && q.Subject == q.Graph {
			ids = append(ids, id)
		}
		return nil
	})
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// UnknownDocumentError says that there is no such document.
type UnknownDocumentError struct{ Name string }

func (e *UnknownDocumentError) Error() string { return fmt.Sprintf("there is no document %q", e.Name) }

// ResolveDocument returns the ID of a document that is named by its ID, "doc:" and the ID, its IRI, that of a quote in
// it, or the URL of the article. Else the error is an *UnknownDocumentError.
func (v *View) ResolveDocument(ctx context.Context, name string) (string, error) {
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(name), "<"), ">")
	id := bare
	for _, prefix := range []string{"doc:", v.nsDoc} {
		if rest, ok := strings.CutPrefix(bare, prefix); ok {
			rest, _, _ = strings.Cut(rest, charScheme)
			id = schema.UnescapeLocal(rest)
			break
		}
	}
	node := in(v.nsDoc, id)
	if ok, err := v.any(ctx, schema.Quad{Subject: node, Predicate: v.typ, Object: v.article, Graph: node}); ok || err != nil {
		return id, err
	}
	found := ""
	url := schema.NewLiteral(bare, schema.XSD+"anyURI")
	err := v.r.Match(ctx, schema.Quad{Predicate: v.url, Object: url}, func(q schema.Quad) error {
		found, _ = local(q.Subject, v.nsDoc)
		return nil
	})
	if err == nil && found == "" {
		err = &UnknownDocumentError{Name: name}
	}
	return found, err
}
