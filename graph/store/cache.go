package store

import (
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
