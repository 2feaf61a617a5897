// Package recent keeps values that were asked for lately, so that they need not be made again. What enters are values under
// keys, each with its size and the version of what it was made from; what leaves are those of the version asked for.
package recent

import "sync"

// Cache keeps values of one version, the newest that it was given, up to a size in all. What was asked for lately stays: when
// the younger half is full, it becomes the older one, which is forgotten. It is safe for concurrent use. A nil Cache keeps nothing.
type Cache[K comparable, V any] struct {
	half int

	mu         sync.Mutex
	version    uint64
	young, old map[K]sized[V]
	size       int // of young
}

type sized[V any] struct {
	value V
	size  int
}

// New returns a cache for values whose sizes add up to at most size.
func New[K comparable, V any](size int) *Cache[K, V] { return &Cache[K, V]{half: size / 2} }

// Get returns the value under key, if it is there and of this version.
func (c *Cache[K, V]) Get(version uint64, key K) (value V, ok bool) {
	if c == nil {
		return value, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.version {
		return value, false
	}
	if e, ok := c.young[key]; ok {
		return e.value, true
	}
	e, ok := c.old[key]
	if ok {
		c.keep(key, e)
	}
	return e.value, ok
}

// Put keeps a value, unless it is of an older version than others or larger than an eighth of the cache. A newer version empties
// the cache.
func (c *Cache[K, V]) Put(version uint64, key K, value V, size int) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version < c.version || size > c.half/4 {
		return
	}
	if version > c.version {
		c.version, c.young, c.old, c.size = version, nil, nil, 0
	}
	c.keep(key, sized[V]{value, size})
}

func (c *Cache[K, V]) keep(key K, e sized[V]) {
	if was, ok := c.young[key]; ok {
		c.size -= was.size
	}
	if c.young == nil || c.size+e.size > c.half {
		c.young, c.old, c.size = map[K]sized[V]{}, c.young, 0
	}
	c.young[key] = e
	c.size += e.size
}
