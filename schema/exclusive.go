package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ExclusiveKind says what claims with a predicate exclude.
type ExclusiveKind string

// The kinds of exclusion.
const (
	Opposed    ExclusiveKind = "opposed"     // one subject and one object do not stand in both relations
	OneSubject ExclusiveKind = "one_subject" // one object has one subject
	OneObject  ExclusiveKind = "one_object"  // one subject has one object
	Total      ExclusiveKind = "total"       // one number of those to whom it happened
)

// Exclusion is a rule by which two claims cannot both hold at one time.
type Exclusion struct {
	Kind ExclusiveKind
	// Predicates are two for Opposed; for the others those that count as one.
	Predicates []string
	// Class is what the object must be for OneObject; empty for anything.
	Class string
	// Tolerance is the difference of two numbers that is none.
	Tolerance float64
	// Why says in words what the rule goes by.
	Why string
}

// Exclusions returns the rules of exclusive.tsv that a predicate stands in, in the order of the file.
func (v *Vocabulary) Exclusions(predicate string) []Exclusion {
	var out []Exclusion
	for _, i := range v.exclusive[predicate] {
		out = append(out, v.exclusions[i])
	}
	return out
}

func (v *Vocabulary) addExclusion(f []string) error {
	x := Exclusion{Kind: ExclusiveKind(f[0]), Why: f[3]}
	for _, p := range strings.Split(f[1], "|") {
		p, class, _ := strings.Cut(p, ":")
		if _, ok := v.predAt[p]; !ok {
			return &UnknownError{"predicate", p}
		}
		if _, ok := v.classAt[class]; class != "" && !ok {
			return &UnknownError{"class", class}
		}
		x.Predicates, x.Class = append(x.Predicates, p), class
	}
	if f[2] != "" {
		var err error
		if x.Tolerance, err = strconv.ParseFloat(f[2], 64); err != nil {
			return fmt.Errorf("%q is no tolerance", f[2])
		}
	}
	switch {
	case !slices.Contains([]ExclusiveKind{Opposed, OneSubject, OneObject, Total}, x.Kind):
		return &UnknownError{"kind of exclusion", f[0]}
	case x.Kind == Opposed && len(x.Predicates) != 2:
		return fmt.Errorf("%d opposed predicates, want 2", len(x.Predicates))
	}
	for _, p := range x.Predicates {
		v.exclusive[p] = append(v.exclusive[p], len(v.exclusions))
	}
	v.exclusions = append(v.exclusions, x)
	return nil
}
