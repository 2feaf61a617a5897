// Package web holds the query UI that a browser loads: its sources (src), and what they are built into (dist),
// which is part of the binary. Building the binary needs no Node; `make web` makes dist anew.
//
// What enters are requests for pages and files; what leaves are gzipped files, each with an ETag. Handler answers
// nothing under /api/ and sets no policy: that is the server's.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed dist
var dist embed.FS

// screens are the first elements of the paths that are addresses of the UI's screens; what follows is theirs.
var screens = []string{"e", "a", "c", "path", "q", "graph", "claims", "ingest", "export"}

// file is one file of the UI.
type file struct {
	packed []byte // under gzip
	kind   string
	tag    string
	hashed bool // its name changes with its content
}

// Page says whether a path is the address of a screen, and so answered with the UI's page.
func Page(urlPath string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(urlPath, "/"), "/")
	if first == "" {
		return urlPath == "/"
	}
	for _, s := range screens {
		if first == s {
			return true
		}
	}
	return false
}

// Handler serves the page at every address of a screen, and the files it loads; anything else is not found.
func Handler() (http.Handler, error) {
	files, err := load()
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean(r.URL.Path)
		if Page(r.URL.Path) {
			name = "/index.html"
		}
		f, ok := files[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		f.serve(w, r)
	}), nil
}

// load reads the files of dist, by path.
func load() (map[string]file, error) {
	files := map[string]file{}
	err := fs.WalkDir(dist, "dist", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		packed, err := dist.ReadFile(p)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(p, "dist"), ".gz")
		sum := sha256.Sum256(packed)
		files[name] = file{packed, kindOf(name), `"` + hex.EncodeToString(sum[:12]) + `"`, strings.HasPrefix(name, "/assets/")}
		return nil
	})
	return files, err
}

// kindOf names the media type of a file. It does not ask the machine's own tables, which differ.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", f.tag)
	h.Set("Cache-Control", "no-cache")
	if f.hashed {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body := f.packed
	if AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
	} else {
		body = f.unpacked()
		h.Set("ETag", "W/"+f.tag)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// unpacked is the file as it was before gzip. The bytes are our own, so they unpack.
func (f file) unpacked() []byte {
	r, err := gzip.NewReader(bytes.NewReader(f.packed))
	if err != nil {
		return nil
	}
	text, _ := io.ReadAll(r)
	return text
}

// AcceptsGzip says whether an Accept-Encoding header lets gzip in (RFC 9110, 12.5.3).
func AcceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding == "gzip" || coding == "*" {
			return !refused(weight)
		}
	}
	return false
}

// refused says whether a weight is zero ("q=0", "q=0.0").
func refused(weight string) bool {
	q, ok := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
	return ok && strings.Trim(q, "0.") == ""
}
