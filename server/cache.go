package server

import (
	"bytes"
	"net/http"
	"sync"
)

const (
	cacheBytes = 64 << 20 // of answers kept
	cacheEntry = 1 << 20  // of the longest answer kept
)

// cache keeps answers that depend on the graph and the address alone. What was asked for lately stays: when the younger half
// is full, it becomes the older one, which is forgotten.
type cache struct {
	mu         sync.Mutex
	max        int
	young, old map[string]entry
	size       int // of young
}

// entry is an answer of status 200.
type entry struct {
	kind string // media type
	tag  string // ETag
	body []byte
}

func newCache(size int) *cache { return &cache{max: size / 2, young: map[string]entry{}} }

func (c *cache) get(key string) (entry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.young[key]; ok {
		return e, true
	}
	e, ok := c.old[key]
	if ok {
		c.keep(key, e)
	}
	return e, ok
}

func (c *cache) put(key string, e entry) {
	if len(e.body) > cacheEntry {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(key, e)
}

func (c *cache) keep(key string, e entry) {
	const overhead = 256 // of an entry, about
	c.young[key] = e
	c.size += len(key) + len(e.body) + overhead
	if c.size > c.max {
		c.young, c.old, c.size = map[string]entry{}, c.young, 0
	}
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
