package api

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"strings"

	"newsgraph/graph/export"
	"newsgraph/server/problem"
)

type formatJSON struct {
	ID        string `json:"id"`
	Label     string `json:"label"`
	Extension string `json:"extension"`
	MediaType string `json:"media_type"`
	Filters   bool   `json:"filters"`
}

// format is a format of exports as HTTP sends it.
type format struct {
	formatJSON
	export.Format
}

// formats lists the formats, those of RDF first.
func formats() []format {
	var rdf, others []format
	for _, f := range export.Formats() {
		ending := ".txt"
		switch {
		case f.Folder:
			ending = ".zip"
		case len(f.Endings) > 0:
			ending = f.Endings[0]
		}
		j := formatJSON{f.Name, f.Gloss, strings.TrimPrefix(ending, "."), mediaType(ending), true}
		if f.Quads {
			rdf = append(rdf, format{j, f})
		} else {
			others = append(others, format{j, f})
		}
	}
	return append(rdf, others...)
}

// mediaType of a file, by the ending of its name.
func mediaType(ending string) string {
	last := ending[strings.LastIndex(ending, ".")+1:]
	kinds := map[string]string{
		"nq": "application/n-quads", "nt": "application/n-triples", "ttl": "text/turtle", "trig": "application/trig", "jsonld": "application/ld+json",
		"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8", "zip": "application/zip",
		"json": "application/x-ndjson", "gexf": "application/gexf+xml", "graphml": "application/graphml+xml", "html": "text/html; charset=utf-8",
	}
	return cmp.Or(kinds[last], "application/octet-stream")
}

func (a *API) export(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	name := p.required("format", 40)
	o := export.Options{Filter: p.graphFilter(), AllFactuality: p.flag("all_factuality")}
	if err := p.done(); err != nil {
		return err
	}
	for _, f := range formats() {
		if f.ID != name {
			continue
		}
		return a.send(w, r, f, o)
	}
	return problem.NotFound("there is no format %q", name)
}

// send streams an export. A failure on the way breaks the connection, so that nobody takes half a file for a whole one.
func (a *API) send(w http.ResponseWriter, r *http.Request, f format, o export.Options) error {
	if err := r.Context().Err(); err != nil {
		return err
	}
	w.Header().Set("Content-Type", f.MediaType)
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="newsgraph.%s"`, f.Extension))
	begun := &problem.Begun{Writer: w}
	err := a.writeExport(begun, r, f, o)
	if err != nil && begun.Yes {
		a.o.Log.ErrorContext(r.Context(), "an export broke off", "format", f.ID, "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

func (a *API) writeExport(w io.Writer, r *http.Request, f format, o export.Options) error {
	g := a.o.Workspace.Graph()
	if !f.Folder {
		_, err := f.Write(r.Context(), g, o, w)
		return err
	}
	return export.WriteZip(w, func(to export.Folder) error {
		_, err := f.WriteFolder(r.Context(), g, o, to)
		return err
	})
}
