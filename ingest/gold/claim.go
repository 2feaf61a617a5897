package gold

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"newsgraph/schema"
)

// maxLine is the size of the longest claim that is read, in bytes.
const maxLine = 16 << 20

// Claim is what scoring needs to know of a claim, in the keys of `export --format jsonl`.
type Claim struct {
	Subject     Party             `json:"subject"`
	Predicate   string            `json:"predicate"`
	Relation    string            `json:"relation,omitempty"`
	Object      Party             `json:"object"`
	Factuality  string            `json:"factuality"`
	Attribution []Party           `json:"attribution,omitempty"`
	Time        *schema.Time      `json:"time,omitempty"`
	Evidence    []schema.Evidence `json:"evidence"`
}

// Party is the subject, the object or a source of a claim: an entity with its names, or a literal.
type Party struct {
	Label   string   `json:"label,omitempty"`
	Value   string   `json:"value,omitempty"`
	Text    string   `json:"text,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

// UnmarshalJSON takes a plain string for a label, too.
func (p *Party) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &p.Label)
	}
	type party Party // without this method
	return json.Unmarshal(b, (*party)(p))
}

// names are all the names of a party.
func (p Party) names() []string {
	var out []string
	for _, n := range append([]string{p.Label, p.Value, p.Text}, p.Aliases...) {
		if n != "" {
			out = append(out, n)
		}
	}
	return out
}

// name is what a line calls a party.
func (p Party) name() string {
	if names := p.names(); len(names) > 0 {
		return names[0]
	}
	return ""
}

// Of is a claim as its export says it: sources go by their label only.
func Of(c schema.Claim) Claim {
	out := Claim{Subject: partyOf(c.Subject), Predicate: c.Predicate, Relation: c.Relation, Object: Party{Value: c.Object.Literal},
		Factuality: c.Factuality.String(), Time: c.Time, Evidence: c.Evidence}
	if c.Object.Entity != nil {
		out.Object = partyOf(*c.Object.Entity)
	}
	for _, e := range c.Attribution {
		out.Attribution = append(out.Attribution, Party{Label: e.Label})
	}
	return out
}

func partyOf(e schema.Entity) Party { return Party{Label: e.Label, Aliases: e.Aliases} }

// String is the claim as a line.
func (c Claim) String() string {
	s := c.Subject.name() + " | " + c.Predicate + " (" + c.Relation + ") | " + c.Object.name() + " | " + c.Factuality
	if c.Time != nil && c.Time.Value != "" {
		s += " " + c.Time.Value
	}
	for _, who := range c.Attribution {
		s += " <- " + who.name()
	}
	return s
}

// touches reports whether the claim has evidence in a range of code points.
func (c Claim) touches(start, end int) bool {
	for _, e := range c.Evidence {
		if e.Start < end && start < e.End {
			return true
		}
	}
	return false
}

// ReadClaims reads one claim a line; blank lines count for nothing. An error names the line.
func ReadClaims(r io.Reader) ([]Claim, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var out []Claim
	n := 1
	for ; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var c Claim
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if c.Predicate == "" {
			return nil, fmt.Errorf("line %d: no claim: it has no predicate", n)
		}
		out = append(out, c)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d: longer than %d MiB", n, maxLine>>20)
	}
	return out, lines.Err()
}
