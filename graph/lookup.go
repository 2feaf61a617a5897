package graph

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"newsgraph/schema"
)

// Match says how a name fits an entity, the best first.
type Match uint8

// The ways to fit. Folding ignores case, accents, punctuation and a "the" in front.
const (
	ByID            Match = iota // the ID, "ent:" and the ID, or the whole IRI
	ByLabel                      // the label as it is spelt
	ByFoldedLabel                // the label, folded
	ByAlias                      // an alias as it is spelt
	ByFoldedAlias                // an alias, folded
	ByWords                      // all words of the name are words of one of the entity's names
	ByContainedName              // one of the entity's names, of two words or more, stands whole in the name
)

// maxCandidates is the most candidates that a look-up returns.
const maxCandidates = 50

// Candidate is an entity that a name may mean.
type Candidate struct {
	schema.Entity
	Match Match
	// Claims is the number of claims that the entity stands in, as subject or object.
	Claims int
}

// AmbiguousNameError says that a name fits several entities equally well.
type AmbiguousNameError struct {
	Name       string
	Candidates []Candidate // the most claims first
}

func (e *AmbiguousNameError) Error() string {
	names := make([]string, 0, len(e.Candidates))
	for _, c := range e.Candidates {
		names = append(names, "ent:"+c.ID)
	}
	return fmt.Sprintf("%q may mean %s", e.Name, strings.Join(names, ", "))
}

// UnknownNameError says that no entity goes by a name.
type UnknownNameError struct {
	Name string
	Near []Candidate // entities with names spelt nearly so; may be empty
}

func (e *UnknownNameError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("no entity is called %q", e.Name)
	}
	names := make([]string, 0, len(e.Near))
	for _, c := range e.Near {
		names = append(names, c.Label)
	}
	return fmt.Sprintf("no entity is called %q; near it: %s", e.Name, strings.Join(names, ", "))
}

// Lookup returns the entities that a name may mean, the best fit first, then the most claims, then the
// ID; at most 50. When some fit by ID, label or alias, those that fit only by words are left out.
func (g *Graph) Lookup(ctx context.Context, name string) ([]Candidate, error) {
	v := g.View()
	defer v.Close()
	return v.Lookup(ctx, name)
}

// Lookup is Graph.Lookup at the moment of the view.
func (v *View) Lookup(ctx context.Context, name string) ([]Candidate, error) {
	found, err := v.find(ctx, name)
	if err != nil {
		return nil, err
	}
	return v.rank(ctx, found)
}

// Resolve returns the one entity that a name means. Otherwise the error is an *AmbiguousNameError or an
// *UnknownNameError, or one of the store.
func (g *Graph) Resolve(ctx context.Context, name string) (schema.Entity, error) {
	v := g.View()
	defer v.Close()
	return v.Resolve(ctx, name)
}

// Resolve is Graph.Resolve at the moment of the view.
func (v *View) Resolve(ctx context.Context, name string) (schema.Entity, error) {
	found, err := v.Lookup(ctx, name)
	if err != nil {
		return schema.Entity{}, err
	}
	if len(found) == 0 {
		return schema.Entity{}, v.unknown(ctx, name)
	}
	n := 1
	for n < len(found) && found[n].Match == found[0].Match {
		n++
	}
	if n > 1 {
		return schema.Entity{}, &AmbiguousNameError{Name: name, Candidates: found[:n]}
	}
	return found[0].Entity, nil
}

// unknown returns an *UnknownNameError, or an error of the store.
func (v *View) unknown(ctx context.Context, name string) error {
	t, err := v.table(ctx)
	if err != nil {
		return err
	}
	near, err := v.rank(ctx, t.index().near(fold(name)))
	if err != nil {
		return err
	}
	return &UnknownNameError{Name: name, Near: near}
}

// find returns the entities that a name fits, without their numbers of claims.
func (v *View) find(ctx context.Context, name string) ([]Candidate, error) {
	name = strings.TrimSpace(name)
	bare := strings.TrimSuffix(strings.TrimPrefix(name, "<"), ">")
	for _, namespace := range []string{"ent:", v.nsEnt} {
		if rest, ok := strings.CutPrefix(bare, namespace); ok {
			e, ok, err := v.Entity(ctx, schema.UnescapeLocal(rest))
			if err != nil || !ok {
				return nil, err
			}
			return []Candidate{{Entity: e, Match: ByID}}, nil
		}
	}
	if x := v.index(); x != nil {
		return x.find(name), nil
	}
	return v.findAlone(ctx, name)
}

// findAlone looks for a name in the records, and makes the index of all names only when none is that name.
func (v *View) findAlone(ctx context.Context, name string) (found []Candidate, err error) {
	key := fold(name)
	if key == "" {
		return nil, nil
	}
	if v.roster.recorded {
		err = v.named(ctx, key, true, func(_ string, e schema.Entity) bool {
			found = append(found, Candidate{Entity: e, Match: fit(e, name, key)})
			return true
		})
		if err != nil || len(found) > 0 {
			return limited(found), err
		}
	}
	t, err := v.table(ctx)
	if err != nil {
		return nil, err
	}
	return t.index().find(name), nil
}

// rank counts the claims of each candidate and sorts.
func (v *View) rank(ctx context.Context, found []Candidate) ([]Candidate, error) {
	for i := range found {
		claims := map[schema.Term]bool{}
		for _, p := range v.patterns(Filter{Entity: found[i].ID}) {
			err := v.r.Match(ctx, p, func(q schema.Quad) error {
				claims[q.Subject] = true
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		found[i].Claims = len(claims)
	}
	sort.SliceStable(found, func(i, j int) bool {
		a, b := &found[i], &found[j]
		if a.Match != b.Match {
			return a.Match < b.Match
		}
		if a.Claims != b.Claims {
			return a.Claims > b.Claims
		}
		return a.ID < b.ID
	})
	return found, nil
}

// nameIndex finds entities by their names. It does not change.
type nameIndex struct {
	byID   map[string]schema.Entity
	folded map[string][]string // folded name -> IDs, sorted
	tokens map[string][]string // word of a folded name -> IDs, sorted
	names  []string            // folded names, sorted
	words  []string            // their words, sorted
}

func newNameIndex(byID map[string]schema.Entity) *nameIndex {
	x := &nameIndex{byID: byID, folded: map[string][]string{}, tokens: map[string][]string{}}
	for id, e := range byID {
		for _, name := range foldedNames(e) {
			x.folded[name] = append(x.folded[name], id)
			for _, token := range strings.Fields(name) {
				x.tokens[token] = append(x.tokens[token], id)
			}
		}
	}
	for _, lists := range []map[string][]string{x.folded, x.tokens} {
		for key, ids := range lists {
			sort.Strings(ids)
			lists[key] = slices.Compact(ids)
		}
	}
	for name := range x.folded {
		x.names = append(x.names, name)
	}
	for word := range x.tokens {
		x.words = append(x.words, word)
	}
	sort.Strings(x.names)
	sort.Strings(x.words)
	return x
}

// foldedNames returns the label, the aliases and the ID of an entity, folded.
func foldedNames(e schema.Entity) []string {
	names := []string{fold(e.Label), fold(e.ID)}
	for _, a := range e.Aliases {
		names = append(names, fold(a))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return slices.DeleteFunc(names, func(s string) bool { return s == "" })
}

// find returns the entities that a name fits, without their numbers of claims.
func (x *nameIndex) find(name string) []Candidate {
	key := fold(name)
	if key == "" {
		return nil
	}
	var found []Candidate
	for _, id := range x.folded[key] {
		e := x.byID[id]
		found = append(found, Candidate{Entity: e, Match: fit(e, name, key)})
	}
	if len(found) == 0 {
		found = x.byTokens(key, ByWords)
	}
	if len(found) == 0 {
		found = x.contained(key)
	}
	return limited(found)
}

// fit says how a name that folds to key fits an entity that has a name with that key.
func fit(e schema.Entity, name, key string) Match {
	switch {
	case e.Label == name, e.ID == name:
		return ByLabel
	case fold(e.Label) == key:
		return ByFoldedLabel
	case slices.Contains(e.Aliases, name):
		return ByAlias
	}
	return ByFoldedAlias
}

// byTokens returns the entities one of whose names holds all words of key.
func (x *nameIndex) byTokens(key string, m Match) []Candidate {
	words := strings.Fields(key)
	var found []Candidate
	for _, id := range x.tokens[words[0]] {
		e := x.byID[id]
		for _, name := range foldedNames(e) {
			if holdsAll(strings.Fields(name), words) {
				found = append(found, Candidate{Entity: e, Match: m})
				break
			}
		}
	}
	return found
}

func holdsAll(have, words []string) bool {
	for _, w := range words {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

// contained returns the entities a name of which stands in key, the longest names only.
func (x *nameIndex) contained(key string) []Candidate {
	words := strings.Fields(key)
	const longest = 8
	for n := min(len(words)-1, longest); n >= 2; n-- {
		var found []Candidate
		for i := 0; i+n <= len(words); i++ {
			for _, id := range x.folded[strings.Join(words[i:i+n], " ")] {
				found = append(found, Candidate{Entity: x.byID[id], Match: ByContainedName})
			}
		}
		if len(found) > 0 {
			return unique(found)
		}
	}
	return nil
}

func unique(found []Candidate) []Candidate {
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(c Candidate) bool {
		was := seen[c.ID]
		seen[c.ID] = true
		return was
	})
}

// near returns entities with a name, or else a word of a name, spelt nearly as key: the nearest only.
func (x *nameIndex) near(key string) []Candidate {
	const most = 5
	var found []Candidate
	for _, ids := range append(nearest(key, x.names, x.folded), nearest(key, x.words, x.tokens)...) {
		for _, id := range ids {
			found = append(found, Candidate{Entity: x.byID[id], Match: ByWords})
		}
	}
	found = unique(found)
	return found[:min(most, len(found))]
}

// nearest returns the entities under those of the sorted names that are the fewest edits from key, two at
// most, and one for each three letters of key.
func nearest(key string, names []string, ids map[string][]string) [][]string {
	word := []rune(key)
	limit := min(2, len(word)/3)
	var found [][]string
	for _, name := range names {
		d := distance(word, []rune(name), limit)
		if d < limit {
			found, limit = nil, d
		}
		if d <= limit {
			found = append(found, ids[name])
		}
	}
	return found
}

// limited keeps at most maxCandidates, the best fits.
func limited(found []Candidate) []Candidate {
	sort.SliceStable(found, func(i, j int) bool { return found[i].Match < found[j].Match })
	return found[:min(maxCandidates, len(found))]
}

// Complete returns the labels and aliases that begin with prefix when both are folded, sorted, at most
// limit of them: for the completion of names on a command line.
func (g *Graph) Complete(ctx context.Context, prefix string, limit int) ([]string, error) {
	v := g.View()
	defer v.Close()
	var out []string
	take := func(folded string, e schema.Entity) bool {
		for _, name := range append([]string{e.Label}, e.Aliases...) {
			if fold(name) == folded {
				out = append(out, name)
			}
		}
		return len(out) <= 4*limit
	}
	if err := v.beginning(ctx, fold(prefix), take); err != nil {
		return nil, err
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(limit, len(out))], nil
}

// beginning calls f with the entities that have a name which begins with key when folded, until it returns false.
func (v *View) beginning(ctx context.Context, key string, f func(folded string, e schema.Entity) bool) error {
	x := v.index()
	if x == nil && v.roster.recorded {
		return v.named(ctx, key, false, f)
	}
	if x == nil {
		t, err := v.table(ctx)
		if err != nil {
			return err
		}
		x = t.index()
	}
	for i, _ := slices.BinarySearch(x.names, key); i < len(x.names) && strings.HasPrefix(x.names[i], key); i++ {
		for _, id := range x.folded[x.names[i]] {
			if !f(x.names[i], x.byID[id]) {
				return nil
			}
		}
	}
	return nil
}

// NameHolds says whether one of an entity's names holds a text, without regard to case, accents and punctuation; any does
// an empty one.
func NameHolds(e schema.Entity, text string) bool {
	text = fold(text)
	return text == "" || strings.Contains(fold(e.Label), text) ||
		slices.ContainsFunc(e.Aliases, func(a string) bool { return strings.Contains(fold(a), text) })
}
