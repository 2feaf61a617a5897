package schema

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed *.tsv
var vocabularyFiles embed.FS

// Class is a type of entity.
type Class struct {
	Name string
	// Parent is the class above, empty for a root.
	Parent string
	// Also is a second class above, empty for most: a Country is a Place and also an Agent.
	Also  string
	Gloss string
	// Same are terms of other vocabularies with the same meaning, prefixed: "schema:", "wd:" (Wikidata items), "ftm:" (FollowTheMoney), "prov:".
	Same []string
}

// Predicate is a canonical relation between two entities, or between an entity and a value.
type Predicate struct {
	Name string
	// Label is the name in words ("head of state of").
	Label string
	// Gloss is a sentence with X for the subject and Y for the object.
	Gloss string
	// Domain and Range are the classes that subject and object may have; empty means any.
	Domain, Range []string
	// Inverse is the predicate that says the same from Y to X, or empty.
	Inverse   string
	Symmetric bool
	// Event is a PLOVER event type, and Mode its mode, or empty.
	Event, Mode string
	// Same are terms of other vocabularies: "schema:", "wdt:" (Wikidata properties), "ftm:" (FollowTheMoney schemata); "^" before
	// one says that it leads from Y to X.
	Same []string
}

// EventType is a PLOVER event type.
type EventType struct {
	Name string
	// Quad is the quadrant: V-coop, M-coop, V-conf or M-conf (verbal or material, cooperation or conflict).
	Quad  string
	Modes []string
	Gloss string
}

// Vocabulary is the classes, predicates, event types and frames. It does not change after it is
// loaded, so any number of goroutines may use it.
type Vocabulary struct {
	classes    []Class
	predicates []Predicate
	events     []EventType
	terms      []OwnTerm
	classAt    map[string]int
	predAt     map[string]int
	eventAt    map[string]int
	masks      []mask // of each class: itself and all above it
	sets       map[string][]string
	frames     []frame
	exclusions []Exclusion
	exclusive  map[string][]int   // predicate to exclusions
	index      map[string][]int32 // kind and lemma to frames, most specific first
}

// mask is a set of classes, one bit each.
type mask uint64

// Default returns the vocabulary that ships with the program. It is parsed once; the files are
// embedded and a test checks them, so a fault in them panics.
func Default() *Vocabulary { return defaultVocabulary() }

// VocabularyFiles returns the embedded files of the vocabulary, as LoadVocabulary reads them.
func VocabularyFiles() fs.FS { return vocabularyFiles }

var defaultVocabulary = sync.OnceValue(func() *Vocabulary {
	v, err := LoadVocabulary(vocabularyFiles)
	if err != nil {
		panic("schema: " + err.Error())
	}
	return v
})

// LoadVocabulary reads classes.tsv, events.tsv, terms.tsv, predicates.tsv, exclusive.tsv, sets.tsv and frames.tsv from the root
// of fsys. README.md says what is in them. An error names file and line.
func LoadVocabulary(fsys fs.FS) (*Vocabulary, error) {
	v := &Vocabulary{
		classAt: map[string]int{}, predAt: map[string]int{}, eventAt: map[string]int{},
		sets: map[string][]string{}, index: map[string][]int32{}, exclusive: map[string][]int{},
	}
	steps := []struct {
		file   string
		fields int
		row    func([]string) error
		check  func() error
	}{
		{"classes.tsv", 5, v.addClass, v.linkClasses},
		{"events.tsv", 4, v.addEvent, nil},
		{"terms.tsv", 5, v.addTerm, nil},
		{"predicates.tsv", 8, v.addPredicate, v.checkInverses},
		{"exclusive.tsv", 4, v.addExclusion, nil},
		{"sets.tsv", 2, v.addSet, nil},
		{"frames.tsv", 4, v.addFrame, v.indexFrames},
	}
	for _, s := range steps {
		if err := readTSV(fsys, s.file, s.fields, s.row); err != nil {
			return nil, err
		}
		if s.check == nil {
			continue
		}
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", s.file, err)
		}
	}
	return v, nil
}

// readTSV calls row for each line of the file; blank lines and lines that begin with "#" are skipped,
// and a field of "-" is empty.
func readTSV(fsys fs.FS, file string, fields int, row func([]string) error) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("read vocabulary: %w", err)
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != fields {
			return fmt.Errorf("%s:%d: %d fields, want %d", file, n, len(f), fields)
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		if err := row(f); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}

func (v *Vocabulary) addClass(f []string) error {
	if _, dup := v.classAt[f[0]]; dup || f[0] == "" {
		return fmt.Errorf("class %q twice or without a name", f[0])
	}
	if len(v.classes) == 64 {
		return fmt.Errorf("more than 64 classes")
	}
	v.classAt[f[0]] = len(v.classes)
	v.classes = append(v.classes, Class{Name: f[0], Parent: f[1], Also: f[2], Gloss: f[3], Same: strings.Fields(f[4])})
	return checkSame(strings.Fields(f[4]))
}

// linkClasses works out which classes stand above each. A class comes after those above it, so that
// there are no circles.
func (v *Vocabulary) linkClasses() error {
	v.masks = make([]mask, len(v.classes))
	for i, c := range v.classes {
		m := mask(1) << i
		for _, up := range []string{c.Parent, c.Also} {
			if up == "" {
				continue
			}
			j, ok := v.classAt[up]
			if !ok || j >= i {
				return fmt.Errorf("class %s: %w above it, or not before it", c.Name, &UnknownError{"class", up})
			}
			m |= v.masks[j]
		}
		v.masks[i] = m
	}
	return nil
}

func (v *Vocabulary) addEvent(f []string) error {
	if _, dup := v.eventAt[f[0]]; dup || f[0] == "" {
		return fmt.Errorf("event type %q twice or without a name", f[0])
	}
	v.eventAt[f[0]] = len(v.events)
	v.events = append(v.events, EventType{Name: f[0], Quad: f[1], Modes: splitList(f[2]), Gloss: f[3]})
	return nil
}

func (v *Vocabulary) addPredicate(f []string) error {
	p := Predicate{
		Name: f[0], Label: strings.ReplaceAll(f[0], "_", " "), Gloss: f[1],
		Domain: splitList(f[2]), Range: splitList(f[3]), Same: strings.Fields(f[7]),
	}
	switch f[4] {
	case "symmetric":
		p.Symmetric = true
	default:
		p.Inverse = f[4]
	}
	p.Event, p.Mode = f[5], f[6]
	if _, dup := v.predAt[p.Name]; dup || p.Name == "" {
		return fmt.Errorf("predicate %q twice or without a name", p.Name)
	}
	if p.Gloss == "" {
		return fmt.Errorf("predicate %s has no gloss", p.Name)
	}
	for _, c := range append(append([]string{}, p.Domain...), p.Range...) {
		if _, ok := v.classAt[c]; !ok {
			return &UnknownError{"class", c}
		}
	}
	if p.Symmetric && f[2] != f[3] {
		return fmt.Errorf("%s is symmetric and differs in domain and range", p.Name)
	}
	if err := errors.Join(v.checkEvent(p.Event, p.Mode), checkSame(p.Same)); err != nil {
		return err
	}
	v.predAt[p.Name] = len(v.predicates)
	v.predicates = append(v.predicates, p)
	return nil
}

func (v *Vocabulary) checkEvent(name, mode string) error {
	if name == "" && mode == "" {
		return nil
	}
	i, ok := v.eventAt[name]
	if !ok {
		return &UnknownError{"event type", name}
	}
	if mode == "" {
		return nil
	}
	for _, m := range v.events[i].Modes {
		if m == mode {
			return nil
		}
	}
	return &UnknownError{"mode of " + name, mode}
}

// checkInverses holds that inverses come in pairs with domain and range swapped.
func (v *Vocabulary) checkInverses() error {
	for _, p := range v.predicates {
		if p.Inverse == "" {
			continue
		}
		q, ok := v.Predicate(p.Inverse)
		if !ok {
			return fmt.Errorf("inverse of %s: %w", p.Name, &UnknownError{"predicate", p.Inverse})
		}
		if q.Inverse != p.Name {
			return fmt.Errorf("%s has the inverse %s, which has the inverse %q", p.Name, q.Name, q.Inverse)
		}
		if strings.Join(p.Domain, "|") != strings.Join(q.Range, "|") || strings.Join(p.Range, "|") != strings.Join(q.Domain, "|") {
			return fmt.Errorf("%s and its inverse %s differ in domain and range", p.Name, q.Name)
		}
	}
	return nil
}

func (v *Vocabulary) addSet(f []string) error {
	if _, dup := v.sets[f[0]]; dup || f[0] == "" {
		return fmt.Errorf("set %q twice or without a name", f[0])
	}
	words, err := v.words(f[1])
	if err != nil {
		return err
	}
	v.sets[f[0]] = words
	return nil
}

// InSet reports whether a set of lemmas ("trade") has this one; false when there is no such set.
func (v *Vocabulary) InSet(set, lemma string) bool {
	_, in := slices.BinarySearch(v.sets[set], lemma)
	return in
}

// words expands "loan|@money|credit" to lemmas, sorted. The slice may be a set's own: it is not to be changed.
func (v *Vocabulary) words(s string) ([]string, error) {
	if set, ok := v.sets[strings.TrimPrefix(s, "@")]; ok && s[0] == '@' {
		return set, nil
	}
	out := make([]string, 0, 1+strings.Count(s, "|"))
	for _, w := range strings.Split(s, "|") {
		name, isSet := strings.CutPrefix(w, "@")
		switch {
		case isSet:
			set, ok := v.sets[name]
			if !ok {
				return nil, &UnknownError{"set", name}
			}
			out = append(out, set...)
		case w == "" || w != strings.ToLower(w) || strings.ContainsAny(w, " :(){}~=!"):
			return nil, &UnknownError{"lemma", w}
		default:
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func splitList(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// Classes returns all classes, those above before those below. The caller must not change the slice.
func (v *Vocabulary) Classes() []Class { return v.classes }

// Predicates returns all predicates in the file's order. The caller must not change the slice.
func (v *Vocabulary) Predicates() []Predicate { return v.predicates }

// Events returns the PLOVER event types. The caller must not change the slice.
func (v *Vocabulary) Events() []EventType { return v.events }

// Class returns the class of that name.
func (v *Vocabulary) Class(name string) (Class, bool) {
	i, ok := v.classAt[name]
	if !ok {
		return Class{}, false
	}
	return v.classes[i], true
}

// Predicate returns the predicate of that name.
func (v *Vocabulary) Predicate(name string) (Predicate, bool) {
	i, ok := v.predAt[name]
	if !ok {
		return Predicate{}, false
	}
	return v.predicates[i], true
}

// IsA says whether class is ancestor or stands below it; false when either is not known.
func (v *Vocabulary) IsA(class, ancestor string) bool {
	i, ok := v.classAt[ancestor]
	return ok && v.mask(class)&(mask(1)<<i) != 0
}

// mask returns the class and all above it, 0 for a class that is not known.
func (v *Vocabulary) mask(class string) mask {
	if class == "" {
		return 0
	}
	if i, ok := v.classAt[class]; ok {
		return v.masks[i]
	}
	return 0
}

// anyOf returns the set of the named classes, 0 for none, which allows all.
func (v *Vocabulary) anyOf(names []string) (mask, error) {
	var m mask
	for _, n := range names {
		i, ok := v.classAt[n]
		if !ok {
			return 0, &UnknownError{"class", n}
		}
		m |= mask(1) << i
	}
	return m, nil
}
