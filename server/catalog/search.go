package catalog

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// nameEntry is a folded name of an entity, or the rest of one from a later word on.
type nameEntry struct {
	key    string
	entity int32
	name   int32 // place in folded
	whole  bool
}

// Kind says which name of an entity fits.
type Kind string

// The kinds of names. Word is a later word of the label or an alias, Near a name spelt nearly so.
const (
	ByID    Kind = "id"
	ByLabel Kind = "label"
	ByAlias Kind = "alias"
	ByWord  Kind = "word"
	Near    Kind = "near"
)

// Hit is an entity that a search found, with the name that fits.
type Hit struct {
	*Entity
	Name  string
	Kind  Kind
	exact bool // what was typed is the whole name
}

// addNames makes the index of names: label, aliases and ID of each entity.
func (s *State) addNames() {
	for i := range s.entities {
		e := &s.entities[i]
		for n := range len(e.Aliases) + 2 {
			e.folded = append(e.folded, graph.Fold(e.name(n)))
			if n > len(e.Aliases) && slices.Contains(e.folded[:n], e.folded[n]) {
				continue // the ID is mostly the label over again
			}
			s.addName(e.folded[n], int32(i), int32(n))
		}
	}
	slices.SortFunc(s.names, func(a, b nameEntry) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.entity, b.entity), cmp.Compare(a.name, b.name))
	})
}

// name returns the n-th name: the label, then the aliases, then the ID.
func (e *Entity) name(n int) string {
	switch {
	case n == 0:
		return e.Label
	case n <= len(e.Aliases):
		return e.Aliases[n-1]
	}
	return e.ID
}

func (s *State) addName(folded string, entity, name int32) {
	const longest = 8 // words of a name that can be searched for
	rest, whole := folded, true
	for range longest {
		if rest == "" {
			return
		}
		s.names = append(s.names, nameEntry{rest, entity, name, whole})
		_, after, ok := strings.Cut(rest, " ")
		if !ok {
			return
		}
		rest, whole = after, false
	}
}

// Search returns the entities of one of the types (of any, where there are none) that have a name in which the words typed
// stand, each as the beginning of a word: first those of exactly that name, then by claims. more says that there are more
// than limit. Nothing typed finds the entities with most claims.
func (s *State) Search(typed string, types []string, limit int) (hits []Hit, more bool) {
	key := graph.Fold(typed)
	if key == "" {
		return s.top(types, limit)
	}
	const many = 2000 // entries that it is no use to look at one by one
	found, best := &finest{state: s, limit: limit, key: key, fits: s.ofType(types)}, map[int32]nameEntry{}
	entries := s.beginning(key)
	if len(entries) > many {
		return s.frequent(found, entries)
	}
	for _, e := range entries {
		s.keep(best, e, key)
	}
	if words := strings.Fields(key); len(best) == 0 && len(words) > 1 {
		s.scattered(best, words)
	}
	for _, e := range best {
		found.add(e)
	}
	return found.result()
}

// finest keeps the best hits of a search.
type finest struct {
	state *State
	key   string
	fits  func(entity int32) bool
	limit int
	hits  []Hit // the best, in order
	count int
}

func (f *finest) add(e nameEntry) {
	if !f.fits(e.entity) {
		return
	}
	f.count++
	h := f.state.hit(e)
	h.exact = e.whole && e.key == f.key
	at, _ := slices.BinarySearchFunc(f.hits, h, compareHits)
	if at < f.limit {
		f.hits = slices.Insert(f.hits, at, h)
		f.hits = f.hits[:min(f.limit, len(f.hits))]
	}
}

func (f *finest) result() (hits []Hit, more bool) { return f.hits, f.count > f.limit }

// frequent searches where very many names fit: among those of exactly the name typed, then from the entities with most
// claims down, until there are enough.
func (s *State) frequent(f *finest, entries []nameEntry) ([]Hit, bool) {
	seen := map[int32]bool{}
	for _, e := range entries {
		if e.key != f.key {
			break // longer keys come behind
		}
		if e.whole && !seen[e.entity] {
			seen[e.entity] = true
			f.add(e)
		}
	}
	for _, at := range s.ranked {
		if f.count > f.limit {
			break
		}
		if e, ok := s.entities[at].beginning(at, f.key); ok && !seen[at] {
			f.add(e)
		}
	}
	return f.result()
}

// beginning returns the first name of the entity that key begins, or a word of which key begins.
func (e *Entity) beginning(at int32, key string) (nameEntry, bool) {
	for n, name := range e.folded {
		if strings.HasPrefix(name, key) || strings.Contains(name, " "+key) {
			return nameEntry{name, at, int32(n), strings.HasPrefix(name, key)}, true
		}
	}
	return nameEntry{}, false
}

// top lists the entities with most claims.
func (s *State) top(types []string, limit int) (hits []Hit, more bool) {
	fits := s.ofType(types)
	for _, at := range s.ranked {
		if !fits(at) {
			continue
		}
		if len(hits) == limit {
			return hits, true
		}
		e := &s.entities[at]
		hits = append(hits, Hit{Entity: e, Name: e.Label, Kind: ByLabel})
	}
	return hits, false
}

// beginning returns the entries whose keys begin with key.
func (s *State) beginning(key string) []nameEntry {
	from, _ := slices.BinarySearchFunc(s.names, key, func(e nameEntry, key string) int { return strings.Compare(e.key, key) })
	to := from
	for to < len(s.names) && strings.HasPrefix(s.names[to].key, key) {
		to++
	}
	return s.names[from:to]
}

// keep keeps the better of two entries of an entity.
func (s *State) keep(best map[int32]nameEntry, e nameEntry, key string) {
	old, ok := best[e.entity]
	if !ok || rank(e, key) < rank(old, key) {
		best[e.entity] = e
	}
}

// rank puts whole names before parts and equal ones before longer ones.
func rank(e nameEntry, key string) int {
	r := int(e.name)
	if !e.whole {
		r += 1 << 20
	}
	if e.key != key {
		r += 1 << 21
	}
	return r
}

// scattered finds names in which every word begins some word, in any order.
func (s *State) scattered(best map[int32]nameEntry, words []string) {
	longest := slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	for _, e := range s.beginning(longest) {
		name := strings.Fields(s.entities[e.entity].folded[e.name])
		if beginAll(name, words) {
			e.whole = false
			s.keep(best, e, "")
		}
	}
}

// beginAll says whether each word begins some word of the name.
func beginAll(name, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(name, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

func (s *State) hit(e nameEntry) Hit {
	entity := &s.entities[e.entity]
	h := Hit{Entity: entity, Name: entity.name(int(e.name)), Kind: ByAlias}
	switch {
	case !e.whole:
		h.Kind = ByWord
	case e.name == 0:
		h.Kind = ByLabel
	case int(e.name) > len(entity.Aliases):
		h.Kind = ByID
	}
	return h
}

// compareHits puts exact names first, then the entities with most claims.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(b2i(b.exact), b2i(a.exact)), cmp.Compare(b.Claims, a.Claims), cmp.Compare(len(a.Label), len(b.Label)),
		strings.Compare(a.ID, b.ID))
}

// ofType returns a test for entities of one of the types, or of one below it.
func (s *State) ofType(types []string) func(entity int32) bool {
	if len(types) == 0 {
		return func(int32) bool { return true }
	}
	known := map[string]bool{}
	return func(entity int32) bool {
		class := s.entities[entity].Type
		fits, ok := known[class]
		if !ok {
			fits = slices.ContainsFunc(types, func(t string) bool { return t == class || schema.Default().IsA(class, t) })
			known[class] = fits
		}
		return fits
	}
}

// ListEntities returns the entities of one of the types that Search would find for the words typed, most claims first, from the
// given place on, and how many there are.
func (s *State) ListEntities(typed string, types []string, from, limit int) (list []*Entity, total int) {
	fits, words := s.ofType(types), strings.Fields(graph.Fold(typed))
	for _, at := range s.ranked {
		e := &s.entities[at]
		if !fits(at) || !e.called(words) {
			continue
		}
		if total >= from && len(list) < limit {
			list = append(list, e)
		}
		total++
	}
	return list, total
}

// called says whether each of the words begins a word of one of the entity's names.
func (e *Entity) called(words []string) bool {
	return len(words) == 0 || slices.ContainsFunc(e.folded, func(name string) bool { return beginAll(strings.Fields(name), words) })
}
