package entity

import (
	"maps"
	"slices"
)

// joinGiven joins the entities that came with a canonical ID from another graph to those that come to the same ID here.
func (c *canon) joinGiven() {
	given := map[string]int{} // ID to family
	members := map[int][]int{}
	for i := range c.nodes {
		r := c.root(c.nodes[i].family)
		members[r] = append(members[r], i)
		if l := c.local(c.nodes[i]); l.Given {
			given[l.ID] = r
		}
	}
	if len(given) == 0 {
		return
	}
	for _, r := range slices.Sorted(maps.Keys(members)) {
		if g, ok := given[c.merge(members[r]).ID]; ok && c.root(g) != c.root(r) {
			c.joinAll([]int{g, r})
		}
	}
}
