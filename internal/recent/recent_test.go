package recent_test

import (
	"fmt"
	"testing"

	"newsgraph/internal/recent"
)

// What is asked for again and again stays, what nobody asks for goes, and all of it together stays within the size.
func TestCache(t *testing.T) {
	t.Parallel()
	c := recent.New[string, int](100)
	c.Put(1, "wanted", 7, 5)
	kept := 0
	for n := range 100 {
		c.Put(1, fmt.Sprint(n), n, 5)
		if v, ok := c.Get(1, "wanted"); !ok || v != 7 {
			t.Fatalf("after %d others: %d %v", n+1, v, ok)
		}
	}
	for n := range 100 {
		if v, ok := c.Get(1, fmt.Sprint(n)); ok {
			kept++
			if v != n {
				t.Errorf("%d: %d", n, v)
			}
		}
	}
	if kept == 0 || kept > 20 {
		t.Errorf("%d values of size 5 were kept in a cache of 100", kept)
	}
	c.Put(1, "large", 1, 50)
	if _, ok := c.Get(1, "large"); ok {
		t.Error("a value was kept that leaves no room for others")
	}
}

// Values of another version are never given.
func TestVersions(t *testing.T) {
	t.Parallel()
	c := recent.New[string, string](1000)
	c.Put(1, "a", "one", 1)
	if v, ok := c.Get(2, "a"); ok {
		t.Errorf("of the next version: %s", v)
	}
	c.Put(2, "b", "two", 1)
	c.Put(1, "a", "one", 1)
	for version, want := range map[uint64]string{1: "", 2: "two", 3: ""} {
		if v, _ := c.Get(version, "b"); v != want {
			t.Errorf("version %d: %q, want %q", version, v, want)
		}
		if v, ok := c.Get(version, "a"); ok {
			t.Errorf("version %d: %q, that is old", version, v)
		}
	}
}

// Putting a key again does not count it twice.
func TestAgain(t *testing.T) {
	t.Parallel()
	c := recent.New[int, int](80)
	c.Put(1, 0, 0, 1)
	for n := range 1000 {
		c.Put(1, 1, n, 10)
	}
	if _, ok := c.Get(1, 0); !ok {
		t.Error("one key pushed out another")
	}
}

func TestNil(t *testing.T) {
	t.Parallel()
	var c *recent.Cache[int, int]
	c.Put(1, 1, 1, 1)
	if v, ok := c.Get(1, 1); ok {
		t.Errorf("a cache that is not there gave %d", v)
	}
}
