package graph

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"newsgraph/schema"
)

// table is the canonical entities at one moment. It does not change; index is made when first needed.
type table struct {
	byID  map[string]schema.Entity
	names func() *nameIndex
	used  atomic.Bool // somebody has looked for a name
}

// index finds entities by their names.
func (t *table) index() *nameIndex {
	t.used.Store(true)
	return t.names()
}

// newTable checks and normalises the entities of a change.
func newTable(entities []schema.Entity) (*table, error) {
	t := emptyTable(len(entities))
	for _, e := range entities {
		if e.ID == "" {
			return nil, fmt.Errorf("entity %q has no ID", e.Label)
		}
		if _, ok := t.byID[e.ID]; ok {
			return nil, fmt.Errorf("entity %s is in the table twice", e.ID)
		}
		t.byID[e.ID] = normalEntity(e)
	}
	return t, nil
}

func emptyTable(size int) *table {
	t := &table{byID: make(map[string]schema.Entity, size)}
	t.names = sync.OnceValue(func() *nameIndex { return newNameIndex(t.byID) })
	return t
}

// normalEntity sorts the aliases; an entity without a label is called by its ID.
func normalEntity(e schema.Entity) schema.Entity {
	n := schema.Entity{ID: e.ID, Label: valid(e.Label), Type: valid(e.Type), Date: valid(e.Date), Sameness: math.Round(100*e.Sameness) / 100}
	if n.Label == "" {
		n.Label = strings.ReplaceAll(valid(e.ID), "_", " ")
	}
	for _, a := range e.Aliases {
		if a = valid(a); a != "" && a != n.Label {
			n.Aliases = append(n.Aliases, a)
		}
	}
	sort.Strings(n.Aliases)
	n.Aliases = slices.Compact(n.Aliases)
	return n
}

func (t *table) sorted() []schema.Entity {
	out := make([]schema.Entity, 0, len(t.byID))
	for _, e := range t.byID {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}
