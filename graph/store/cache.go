package store

import (
	"slices"
	"sync"

	"newsgraph/schema"
)

const (
	termCacheSize = 1 << 17 // terms
	maxCached     = 1 << 12 // bytes of the longest term worth keeping: texts of articles are not
)

// termCache keeps the terms of ids that were read lately. An id may come to mean another term, when its term was removed
// and another one with the same hash came: so the cache has a generation, removals begin a new one, and who reads an older
// state of the store does without the cache.
type termCache struct {
	mu         sync.Mutex
	gen        uint64 // odd while a removal is under way
	max        int
	young, old map[ID]schema.Term // an entry of old that is asked for moves to young
}

func newTermCache(size int) *termCache {
	return &termCache{max: size / 2, young: map[ID]schema.Term{}}
}

// generation returns the generation that reads of the present state belong to.
func (c *termCache) generation() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

func (c *termCache) get(gen uint64, id ID) (schema.Term, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen != c.gen || gen%2 == 1 {
		return schema.Term{}, false
	}
	t, ok := c.young[id]
	if !ok {
		if t, ok = c.old[id]; ok {
			c.insert(id, t)
		}
	}
	return t, ok
}

func (c *termCache) put(gen uint64, id ID, t schema.Term) {
	if len(t.Value) > maxCached {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen == c.gen && gen%2 == 0 {
		c.insert(id, t)
	}
}

func (c *termCache) insert(id ID, t schema.Term) {
	if len(c.young) >= c.max {
		c.young, c.old = make(map[ID]schema.Term, c.max), c.young
	}
	c.young[id] = t
}

// removing runs commit, which takes the terms with these ids out of the store.
func (c *termCache) removing(ids []ID, commit func() error) error {
	if len(ids) == 0 {
		return commit()
	}
	c.turn(nil)
	defer c.turn(ids)
	return commit()
}

func (c *termCache) turn(ids []ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	for _, id := range ids {
		delete(c.young, id)
		delete(c.old, id)
	}
}

const (
	edgeCacheSize = 32 << 20 // bytes
	maxEdges      = 1 << 17  // of a node worth keeping
)

// edges are the edges of one node in one direction: the predicate and the other end of each.
type edges struct{ preds, others []ID }

func newEdges(quads []QuadID, to int) *edges {
	e := &edges{make([]ID, len(quads)), make([]ID, len(quads))}
	for i, q := range quads {
		e.preds[i], e.others[i] = q[pred], q[to]
	}
	return e
}

// targets appends the other ends of the edges that have one of the predicates; nil: any.
func (e *edges) targets(dst []ID, preds []ID) []ID {
	if preds == nil {
		return append(dst, e.others...)
	}
	for i, p := range e.preds {
		if slices.Contains(preds, p) {
			dst = append(dst, e.others[i])
		}
	}
	return dst
}

func (e *edges) bytes() int { return 100 + 16*len(e.others) }

// edgeCache keeps the edges of nodes that were visited lately. Any change may change them, so each begins a new generation:
// the cache holds those of the present state, and who reads an older one does without it.
type edgeCache struct {
	mu         sync.Mutex
	gen        uint64 // odd while a change is under way
	young, old map[edgeKey]*edges
	bytes      int // of young
}

type edgeKey struct {
	from int
	node ID
}

// generation returns the generation that reads of the present state belong to.
func (c *edgeCache) generation() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

func (c *edgeCache) get(gen uint64, from int, node ID) *edges {
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen != c.gen || gen%2 == 1 {
		return nil
	}
	key := edgeKey{from, node}
	if e := c.young[key]; e != nil {
		return e
	}
	e := c.old[key]
	if e != nil {
		c.insert(key, e)
	}
	return e
}

func (c *edgeCache) put(gen uint64, from int, node ID, e *edges) {
	if len(e.others) > maxEdges {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen == c.gen && gen%2 == 0 {
		c.insert(edgeKey{from, node}, e)
	}
}

func (c *edgeCache) insert(key edgeKey, e *edges) {
	if c.bytes > edgeCacheSize/2 || c.young == nil {
		c.young, c.old, c.bytes = map[edgeKey]*edges{}, c.young, 0
	}
	c.young[key] = e
	c.bytes += e.bytes()
}

// changing runs commit, which changes quads.
func (c *edgeCache) changing(commit func() error) error {
	c.turn()
	defer c.turn()
	return commit()
}

func (c *edgeCache) turn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	c.young, c.old, c.bytes = nil, nil, 0
}
