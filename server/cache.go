package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"

	"newsgraph/internal/recent"
)

const cacheBytes = 64 << 20 // of answers kept

// cache keeps answers that depend on the graph and the address alone, by address, packed ones apart.
type cache = recent.Cache[string, entry]

// entry is an answer of status 200.
type entry struct {
	kind   string // media type
	tag    string // ETag, of these bytes
	body   []byte
	packed bool
}

// entryOf makes an entry of an answer, packed if it may be and is long enough.
func entryOf(rec *recorder, packs bool) entry {
	e := entry{kind: rec.header.Get("Content-Type"), body: rec.body.Bytes()}
	sum := sha256.Sum256(e.body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	if packs && len(e.body) >= leastZipped && zippable(e.kind) {
		e.body, e.packed = pack(e.body), true
		tag += "-gzip"
	}
	e.tag = `"` + tag + `"`
	return e
}

// size is what an answer takes under its key, about.
func (e *entry) size(key string) int { return len(key) + len(e.body) + 256 }

// send answers with the entry, or says that the client's own copy is good.
func (e *entry) send(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "private, no-cache")
	header.Set("ETag", e.tag)
	if tagged(r.Header.Get("If-None-Match"), e.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", e.kind)
	header.Set("Content-Length", strconv.Itoa(len(e.body)))
	if e.packed {
		header.Set("Content-Encoding", "gzip")
	}
	_, _ = w.Write(e.body) // what fails is that the client has gone
}

// recorder keeps an answer instead of sending it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}
