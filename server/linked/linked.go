// Package linked makes the IRIs of a graph answer: what enters is a request for an entity, a document or a claim under the
// path that its IRI has behind the base, what leaves is what the graph says of it in the form that the client accepts, or
// for a browser the way to its page.
package linked

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
	"newsgraph/server/api"
	"newsgraph/server/problem"
)

// Options of the answers.
type Options struct {
	Graph *graph.Graph
	Log   *slog.Logger
}

// kind is a kind of things that have IRIs.
type kind struct {
	path   string // behind the base, and here
	prefix string // of their names
	screen string // of the page
}

func kinds() []kind {
	return []kind{{"/entity/", "ent:", "/e/"}, {"/doc/", "doc:", "/a/"}, {"/id/", "id:", "/c/"}}
}

// Routes lists the addresses that answer.
func Routes(o Options) []api.Route {
	var list []api.Route
	for _, k := range kinds() {
		list = append(list, api.Route{Pattern: "GET " + k.path + "{id}", Class: api.Class{Cost: api.Heavy, Stream: true},
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if err := o.answer(w, r, k); err != nil {
					api.Fail(w, r, o.Log, err)
				}
			})})
	}
	return list
}

func (o Options) answer(w http.ResponseWriter, r *http.Request, k kind) error {
	id := r.PathValue("id")
	w.Header().Set("Vary", "Accept")
	format, page := negotiate(r.Header.Get("Accept"))
	if page {
		http.Redirect(w, r, k.screen+url.PathEscape(id), http.StatusSeeOther)
		return nil
	}
	v := o.Graph.View()
	defer v.Close()
	node := o.Graph.Names().Term(k.prefix + schema.EscapeLocal(id))
	first, err := known(r.Context(), v, node)
	if err != nil {
		return err
	}
	if !first {
		return problem.NotFound("there is no <%s>", node.Value)
	}
	w.Header().Set("Content-Type", format.MIME())
	out := &problem.Begun{Writer: w}
	write := rdf.WriteOptions{Prefixes: export.Prefixes(o.Graph.Names()), MergeGraphs: !format.Graphs()}
	if _, err = rdf.Copy(out, format, write, about(r.Context(), v, k, node)); err != nil && out.Yes {
		o.Log.ErrorContext(r.Context(), "an answer broke off", "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// negotiate chooses what the client likes best (RFC 9110, 12.5.1): page says that it is a browser. Who accepts anything gets
// Turtle's kin with graphs, TriG.
func negotiate(accept string) (format rdf.Format, page bool) {
	best := 0.0
	format = rdf.TriG
	for part := range strings.SplitSeq(accept, ",") {
		media, parameters, _ := strings.Cut(part, ";")
		media = strings.ToLower(strings.TrimSpace(media))
		weight := weightOf(parameters)
		f, ok := rdf.ParseFormat(media)
		isPage := media == "text/html" || media == "application/xhtml+xml"
		if weight > best && (ok && strings.Contains(media, "/") || isPage) {
			best, format, page = weight, f, isPage
		}
	}
	return format, page
}

// weightOf reads the weight among the parameters of a media range; 1 when there is none.
func weightOf(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		if text, ok := strings.CutPrefix(strings.ReplaceAll(p, " ", ""), "q="); ok {
			q, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return 0
			}
			return q
		}
	}
	return 1
}

var errOne = errors.New("one is enough")

// known says whether the graph says anything of a node.
func known(ctx context.Context, v *graph.View, node schema.Term) (bool, error) {
	err := v.Snapshot().Match(ctx, schema.Quad{Subject: node}, func(schema.Quad) error { return errOne })
	if errors.Is(err, errOne) {
		return true, nil
	}
	return false, err
}

// about walks over what describes a node: of a document its whole graph; of a claim its metadata, its edges and its quotes; of
// an entity its names and the edges on both sides.
func about(ctx context.Context, v *graph.View, k kind, node schema.Term) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		seen := map[schema.Quad]bool{}
		var walk func(p schema.Quad, deeper bool) error
		walk = func(p schema.Quad, deeper bool) error {
			var parts []schema.Term
			err := v.Snapshot().Match(ctx, p, func(q schema.Quad) error {
				if seen[q] {
					return nil
				}
				seen[q] = true
				if deeper && partOf(q.Object, k, node) {
					parts = append(parts, q.Object)
				}
				if !yield(q, nil) {
					return errOne
				}
				return nil
			})
			for _, part := range parts {
				if err == nil {
					err = walk(schema.Quad{Subject: part}, false)
				}
			}
			return err
		}
		for _, p := range patterns(k, node) {
			if err := walk(p, k.prefix == "id:"); err != nil {
				if !errors.Is(err, errOne) {
					yield(schema.Quad{}, err)
				}
				return
			}
		}
	}
}

func patterns(k kind, node schema.Term) []schema.Quad {
	switch k.prefix {
	case "doc:":
		return []schema.Quad{{Graph: node}}
	case "id:":
		return []schema.Quad{{Subject: node}, {Graph: node}}
	}
	return []schema.Quad{{Subject: node}, {Object: node}}
}

// partOf says whether a term is a part of a claim's description: a quote of it, or a quantity.
func partOf(t schema.Term, k kind, node schema.Term) bool {
	if k.prefix != "id:" || t.Kind != schema.IRI {
		return false
	}
	return strings.HasPrefix(t.Value, node.Value+"#") || strings.Contains(t.Value, "#char=")
}
