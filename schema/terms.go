package schema

import (
	"fmt"
	"strings"
)

// OwnTerm is a word of newsgraph's own, in ng:, that is neither a class of entities nor an event type: it speaks of claims, of
// articles or of the vocabulary.
type OwnTerm struct {
	Name string
	// Kind is OwnClass, OwnProperty, or the class that it is a value of.
	Kind string
	// Domain and Range are prefixed names of classes or datatypes, empty for any; of properties alone.
	Domain, Range string
	Gloss         string
}

// The kinds of OwnTerm beside the names of its classes.
const (
	OwnClass    = "class"
	OwnProperty = "property"
)

// Terms returns the words of newsgraph's own in the file's order. The caller must not change the slice.
func (v *Vocabulary) Terms() []OwnTerm { return v.terms }

func (v *Vocabulary) addTerm(f []string) error {
	t := OwnTerm{Name: f[0], Kind: f[1], Domain: f[2], Range: f[3], Gloss: f[4]}
	known := t.Kind == OwnClass || t.Kind == OwnProperty
	for _, x := range v.terms {
		if x.Name == t.Name {
			return fmt.Errorf("term %q twice", t.Name)
		}
		known = known || x.Kind == OwnClass && x.Name == t.Kind
	}
	if _, class := v.Class(t.Name); class || t.Name == "" || t.Gloss == "" {
		return fmt.Errorf("term %q is a class, or without a name or a gloss", t.Name)
	}
	if !known {
		return &UnknownError{"kind of term", t.Kind}
	}
	v.terms = append(v.terms, t)
	return nil
}

// checkSame holds that mapped terms have a known prefix; "^" before one turns subject and object round.
func checkSame(terms []string) error {
	for _, t := range terms {
		short, local, _ := strings.Cut(strings.TrimPrefix(t, "^"), ":")
		if _, ok := sameNamespaces[short]; !ok || local == "" {
			return &UnknownError{"mapped term", t}
		}
	}
	return nil
}

// sameNamespaces are the vocabularies that classes and predicates are mapped to.
var sameNamespaces = map[string]string{
	"ftm": FtM, "prov": PROV, "schema": SchemaOrg, "skos": SKOS, "wd": WikidataItem, "wdt": WikidataProperty,
}
