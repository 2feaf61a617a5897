// Package schema is the language that every part of newsgraph shares: entities, claims and their
// evidence, documents, RDF terms and quads, and the vocabulary (classes, predicates, frames, event
// types, IRIs). It imports nothing of the project; no other package spells an IRI.
package schema

import "strconv"

// Factuality says how far a claim is from a fact, as the article presents it.
type Factuality uint8

// The seven values, from fact to furthest from it. When several apply to one
// claim the furthest wins (Furthest).
const (
	Asserted  Factuality = iota // the article itself says so
	Reported                    // a named source says so
	Planned                     // announced, promised, intended
	Possible                    // may, could, under a condition
	Alleged                     // claimed, accused, "allegedly"
	Attempted                   // tried, not said to have come about
	Negated                     // said not to be so
)

var factualityNames = [...]string{"asserted", "reported", "planned", "possible", "alleged", "attempted", "negated"}

// String gives the value's name in lower case.
func (f Factuality) String() string {
	if int(f) < len(factualityNames) {
		return factualityNames[f]
	}
	return "unknown"
}

// ParseFactuality is the inverse of String; ok is false for any other word.
func ParseFactuality(s string) (f Factuality, ok bool) {
	for i, n := range factualityNames {
		if n == s {
			return Factuality(i), true
		}
	}
	return Asserted, false
}

// MarshalText writes the name, so that JSON carries words.
func (f Factuality) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what MarshalText writes; any other word is an *UnknownError.
func (f *Factuality) UnmarshalText(b []byte) error {
	v, ok := ParseFactuality(string(b))
	if !ok {
		return &UnknownError{Kind: "factuality", Name: string(b)}
	}
	*f = v
	return nil
}

// Furthest returns the value furthest from fact; Asserted for none.
func Furthest(fs ...Factuality) Factuality {
	furthest := Asserted
	for _, f := range fs {
		furthest = max(furthest, f)
	}
	return furthest
}

// UnknownError names a word that is not in the vocabulary.
type UnknownError struct{ Kind, Name string }

func (e *UnknownError) Error() string { return "unknown " + e.Kind + " " + strconv.Quote(e.Name) }

// Entity is a person, place, organisation, group, event or thing that claims speak of.
type Entity struct {
	// ID is the local name in the ent: namespace ("Alexander_Lukashenko"), the same for the same set of articles.
	ID string `json:"id"`
	// Label is the canonical name.
	Label string `json:"label"`
	// Type is a class of the vocabulary ("Person", "Country", ...); empty when not known.
	Type string `json:"type,omitempty"`
	// Date is when an event took or takes place, ISO 8601; empty where it is not known, and for all else.
	Date string `json:"date,omitempty"`
	// Sameness is how sure it is that all that bear its names in several articles are one, 0 to 1; 0 when one article
	// alone has it.
	Sameness float64 `json:"sameness,omitempty"`
	// Aliases are the other names seen or known, sorted, without Label.
	Aliases []string `json:"aliases,omitempty"`
}

// Value is the object of a claim: an entity, or a literal with its datatype.
type Value struct {
	Entity   *Entity `json:"entity,omitempty"`
	Literal  string  `json:"literal,omitempty"`
	Datatype string  `json:"datatype,omitempty"` // absolute IRI; empty for plain strings
}

// Time is when the thing claimed holds.
type Time struct {
	// Value is ISO 8601 at the precision known ("2020", "2020-09", "2020-09-14") or an
	// interval "a/b" with either side empty when open; empty when the words resolve to nothing.
	Value string `json:"value,omitempty"`
	// Precision is year, month, day, interval or duration.
	Precision string `json:"precision,omitempty"`
	// Text is the words of the article; empty for a time that is inferred: from the day of publication, or from
	// the day that the sentences before speak of. An inferred time is no part of a claim's identity.
	Text string `json:"text"`
}

// Quantity is an amount with its unit, as said.
type Quantity struct {
	Value float64 `json:"value"`
	// Unit is an ISO 4217 code for money ("USD"), "percent", or the counted noun's lemma ("protester"); may be empty.
	Unit string `json:"unit,omitempty"`
	// Bound is "min" ("at least"), "max" ("up to"), "about", or empty for exact.
	Bound string `json:"bound,omitempty"`
	Text  string `json:"text"`
}

// Evidence points at the words that carry a claim.
type Evidence struct {
	// Document is the document's local name in the doc: namespace.
	Document string `json:"document"`
	// Start and End are a half-open range of Unicode code points in the document's Text.
	Start int `json:"start"`
	End   int `json:"end"`
	// Quote is exactly Text[Start:End].
	Quote string `json:"quote"`
}

// Claim is one statement of one or more articles.
type Claim struct {
	// ID is a hash of what the claim says (see Key): the same in every article that says it.
	ID        string
	Subject   Entity
	Predicate string // local name: canonical ("loans") or an open relation made of lemmas ("mop", "lean_towards")
	Relation  string // the words of the article ("would provide a loan to")
	Object    Value
	// Factuality is the furthest of Flags.
	Factuality Factuality
	// Flags are all the values that apply, sorted, without Asserted.
	Flags []Factuality
	// Attribution is the chain of sources, the nearest to the article first ("RIA" then "the defence
	// ministry"); empty for the article's own voice.
	Attribution []Entity
	Event       string // a PLOVER event type, or empty
	Time        *Time
	Place       *Entity
	Quantities  []Quantity
	Confidence  float64 // 0..1
	// Rule names the construction that gave the claim ("svo", "appos", ...).
	Rule     string
	Evidence []Evidence
}

// Analysis is what one article gives: its entities and claims. Entity IDs are local to the article
// until the canonical names are known.
type Analysis struct {
	Document Document
	Entities []Entity
	Claims   []Claim
	// Naming is what canonical names follow from, in a form of the one who works them out, so that it goes with the
	// document wherever the graph goes; empty under local names.
	Naming string `json:",omitempty"`
}

// Named returns the analysis with canonical entities in place of the local ones: names has them by local ID. Entities
// without one stay as they are. The claims have new IDs, since what they say is said of other entities.
func (a Analysis) Named(names map[string]Entity) Analysis {
	rename := func(e Entity) Entity {
		if n, ok := names[e.ID]; ok {
			return n
		}
		return e
	}
	pointed := func(e *Entity) *Entity {
		if e == nil {
			return nil
		}
		n := rename(*e)
		return &n
	}
	out := Analysis{Document: a.Document}
	for _, e := range a.Entities {
		out.Entities = append(out.Entities, rename(e))
	}
	for _, c := range a.Claims {
		c.Subject, c.Object.Entity, c.Place = rename(c.Subject), pointed(c.Object.Entity), pointed(c.Place)
		sources := make([]Entity, len(c.Attribution))
		for i, e := range c.Attribution {
			sources[i] = rename(e)
		}
		c.Attribution = sources
		c.ID = c.Key()
		out.Claims = append(out.Claims, c)
	}
	return out
}
