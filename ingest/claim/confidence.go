package claim

import (
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// Traits are what the confidence of a claim is judged by.
type Traits struct {
	Rule       string  `json:"rule"`
	Weight     float64 `json:"weight"`     // a first guess, by the construction alone
	Canonical  bool    `json:"canonical"`  // the vocabulary has the predicate
	Noun       bool    `json:"noun"`       // no verb carries the claim
	Margin     float64 `json:"margin"`     // of the parse
	Words      int     `json:"words"`      // of the sentence
	Depth      int     `json:"depth"`      // clauses above the claim's
	Gap        int     `json:"gap"`        // words from subject to object
	Pronouns   int     `json:"pronouns"`   // ends that are a pronoun
	Unnamed    int     `json:"unnamed"`    // ends that are an entity without a name
	Untyped    int     `json:"untyped"`    // of those, ends whose class is not known
	Conjuncts  int     `json:"conjuncts"`  // ends that stand in a list, not first
	Literal    int     `json:"literal"`    // words of an object that is no entity
	Unsaid     int     `json:"unsaid"`     // complements of the verb that hold neither end: "called X [a farce]"
	Dated      bool    `json:"dated"`      // words say when
	Factuality string  `json:"factuality"` // of the claim
	Sources    int     `json:"sources"`    // in the chain of attribution
}

// Term is a number that a model of confidence weighs.
type Term struct {
	Name  string
	Value float64
}

// Terms are the traits as a model weighs them.
func (t Traits) Terms() []Term {
	return []Term{
		{"bias", 1}, {"rule " + t.Rule, 1}, {"factuality " + t.Factuality, 1}, {"weight", t.Weight}, {"canonical", indicator(t.Canonical)},
		{"noun", indicator(t.Noun)}, {"margin", t.Margin}, {"words", float64(min(t.Words, 60)) / 30}, {"depth", float64(min(t.Depth, 4)) / 2},
		{"gap", float64(min(t.Gap, 30)) / 10}, {"pronouns", float64(t.Pronouns)}, {"unnamed", float64(t.Unnamed)}, {"untyped", float64(t.Untyped)},
		{"conjuncts", float64(t.Conjuncts)}, {"literal", indicator(t.Literal > 0)}, {"literal words", float64(min(t.Literal, 20)) / 10},
		{"unsaid", float64(min(t.Unsaid, 2))}, {"dated", indicator(t.Dated)}, {"sourced", indicator(t.Sources > 0)}, {"nested", indicator(t.Sources > 1)},
	}
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Model weighs terms by name, as internal/calibrate fits them.
type Model map[string]float64

// ConfidenceFile holds the weights of the model, in the data folder.
const ConfidenceFile = "lexicon/confidence.tsv"

func loadModel(fsys fs.FS) (Model, error) {
	b, err := fs.ReadFile(fsys, ConfidenceFile)
	if err != nil {
		return nil, fmt.Errorf("read the model of confidence: %w", err)
	}
	m := Model{}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, weight, _ := strings.Cut(line, "\t")
		if m[name], err = strconv.ParseFloat(weight, 64); err != nil || math.IsNaN(m[name]) || math.IsInf(m[name], 0) {
			return nil, fmt.Errorf("%s:%d: want a name, a tab and a number: %q", ConfidenceFile, n, line)
		}
	}
	return m, nil
}

// Confidence is how likely a claim of these traits is right: above 0, below 1, to four digits.
func (m Model) Confidence(t Traits) float64 {
	sum := 0.0
	for _, x := range t.Terms() {
		sum += m[x.Name] * x.Value
	}
	p := 1 / (1 + math.Exp(-sum))
	return math.Round(min(max(p, 0.0001), 0.9999)*10000) / 10000
}

// confidence is how likely the claim is right.
func (v *view) confidence(c candidate, out schema.Claim) float64 {
	t := v.traits(c, out)
	out.Confidence = v.model.Confidence(t)
	if v.Trace != nil {
		out.Evidence = []schema.Evidence{v.evidence()}
		v.Trace(out, t)
	}
	return out.Confidence
}

func (v *view) traits(c candidate, out schema.Claim) Traits {
	_, canonical := v.vocabulary.Predicate(out.Predicate)
	t := Traits{
		Rule: c.rule, Weight: c.weight, Canonical: canonical, Noun: c.noun, Margin: v.margin, Words: v.real, Depth: v.clausesAbove(c.head),
		Dated: out.Time != nil && out.Time.Text != "", Factuality: out.Factuality.String(), Sources: len(out.Attribution),
	}
	if c.subj.head >= 0 && c.obj.head >= 0 {
		t.Gap = max(c.subj.head-c.obj.head, c.obj.head-c.subj.head)
	}
	for _, end := range []party{c.subj, c.obj} {
		v.addEnd(&t, end)
	}
	if !c.noun {
		t.Unsaid = v.unsaid(c)
	}
	return t
}

func (v *view) addEnd(t *Traits, end party) {
	if end.head >= 0 && v.is(end.head, "conj") {
		t.Conjuncts++
	}
	if end.entity < 0 {
		t.Literal += len(strings.Fields(end.literal))
		return
	}
	if end.head >= 0 && v.upos(end.head) == "PRON" {
		t.Pronouns++
	}
	if l := v.local(end.entity); !l.Named {
		t.Unnamed++
		if l.Type == "" {
			t.Untyped++
		}
	}
}

// clausesAbove counts the predicates that token i hangs below.
func (v *view) clausesAbove(i int) int {
	n := 0
	for g, steps := v.head(i), 0; g >= 0 && steps < v.real; g, steps = v.head(g), steps+1 {
		if v.predicate(g) {
			n++
		}
	}
	return n
}

// unsaid counts the complements of the claim's verb that hold neither of its ends.
func (v *view) unsaid(c candidate) int {
	n := 0
	for _, k := range v.all(c.head, "xcomp") {
		if !v.descends(c.subj.head, k) && !v.descends(c.obj.head, k) {
			n++
		}
	}
	return n
}
