package server

import (
	"bytes"
	"net/http"

	"newsgraph/internal/recent"
)

const cacheBytes = 64 << 20 // of answers kept

// cache keeps answers that depend on the graph and the address alone, by address.
type cache = recent.Cache[string, entry]

// entry is an answer of status 200.
type entry struct {
	kind string // media type
	tag  string // ETag
	body []byte
}

// size is what an answer takes under its address, about.
func (e *entry) size(address string) int { return len(address) + len(e.body) + 256 }

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
