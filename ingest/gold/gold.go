// Package gold scores the claims of an article against facts that people wrote down from its text. Articles of facts
// and claims in the form of `export --format jsonl` enter; shares found and right, what was missed and what was claimed against
// the text leave. The rules are those of the evaluation data's eval/gold.py, figure for figure; ingest/testdata/gold/README.md
// has them in words.
package gold

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"newsgraph/schema"
)

// maxFile is the size of the largest file of gold that is read, in bytes.
const maxFile = 64 << 20

// Article is what a demanding reader expects in the graph of one article, and what must not be there.
type Article struct {
	Facts    []Fact    `json:"facts"`
	Entities []Entity  `json:"entities"`
	MustNot  []MustNot `json:"must_not"`
}

// Fact is one expected claim.
type Fact struct {
	ID string `json:"id"`
	// Sentence is the words that carry the fact: code points [Start, End) of the article's text.
	Sentence string `json:"sentence"`
	Start    int    `json:"char_start"`
	End      int    `json:"char_end"`
	Subject  string `json:"subject"`
	// Relation is made of the lemmas of the text, Predicate a canonical name; a claim's may be like either.
	Relation  string `json:"relation"`
	Object    string `json:"object"`
	Predicate string `json:"schema_relation"`
	// Factuality is a value of schema, or "denied" for negated.
	Factuality string `json:"factuality"`
	Source     string `json:"attributed_to"`
	// Time is ISO 8601, at the precision known, or an interval a/b.
	Time string `json:"time"`
	// Importance is 1 to 3; a fact of 3 must be there.
	Importance int `json:"importance"`
}

// Entity is one entity of the article with every name that its text gives it.
type Entity struct {
	Canonical string   `json:"canonical"`
	Type      string   `json:"type"`
	Mentions  []string `json:"mentions"`
}

// MustNot is a claim that the text does not bear out.
type MustNot struct {
	Subject  string `json:"subject"`
	Relation string `json:"relation"`
	Object   string `json:"object"`
	// Factuality is "any", or begins with "asserted": then only asserted claims count against.
	Factuality string `json:"factuality"`
	// Time, if set, makes only claims of that time count.
	Time string `json:"time"`
	// Severity is one of Severities; empty is major.
	Severity string `json:"severity"`
	Reason   string `json:"reason"`
}

// Severities are the degrees of harm of a claim that must not be made, worst first.
var Severities = []string{"critical", "major", "minor"}

// Read reads an article of gold. Facts of no importance, and factualities and severities that do not exist, are errors
// that name the fact.
func Read(r io.Reader) (*Article, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("read gold: larger than %d MiB", maxFile>>20)
	}
	var a Article
	if err := json.Unmarshal(b, &a); err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	if len(a.Facts) == 0 {
		return nil, errors.New(`read gold: no "facts"`)
	}
	return &a, a.check()
}

func (a *Article) check() error {
	for _, f := range a.Facts {
		if f.Importance < 1 || f.Importance > 3 {
			return fmt.Errorf("read gold: fact %s: importance %d is not 1, 2 or 3", f.ID, f.Importance)
		}
		if _, ok := factuality(f.Factuality); !ok {
			return fmt.Errorf("read gold: fact %s: unknown factuality %q", f.ID, f.Factuality)
		}
	}
	for i := range a.MustNot {
		m := &a.MustNot[i]
		if m.Severity == "" {
			m.Severity = "major"
		}
		if !severity(m.Severity) {
			return fmt.Errorf("read gold: must_not %s | %s | %s: unknown severity %q", m.Subject, m.Relation, m.Object, m.Severity)
		}
	}
	return nil
}

func severity(s string) bool {
	for _, known := range Severities {
		if s == known {
			return true
		}
	}
	return false
}

// factuality reads a value as gold spells it.
func factuality(s string) (schema.Factuality, bool) {
	if s == "denied" {
		return schema.Negated, true
	}
	return schema.ParseFactuality(s)
}

// fullDate is how a time begins that is known to the day.
var fullDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)

// day is the first ten letters of a time that is known to the day.
func (f Fact) day() (string, bool) {
	if !fullDate.MatchString(f.Time) {
		return "", false
	}
	return f.Time[:10], true
}

// sourced reports whether a claim of the fact should name its source.
func (f Fact) sourced() bool {
	return f.Source != "" && (f.Factuality == "reported" || f.Factuality == "alleged" || f.Factuality == "planned")
}

// source is the source of the fact without the sources between it and the article.
func (f Fact) source() string {
	who, _, _ := strings.Cut(f.Source, " (via ")
	return who
}

// String is the fact as a line.
func (f Fact) String() string { return f.Subject + " | " + f.Relation + " | " + f.Object }

// String is the claim that must not be made, as a line.
func (m MustNot) String() string { return m.Subject + " | " + m.Relation + " | " + m.Object }
