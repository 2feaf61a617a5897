package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"newsgraph/schema"
)

// normalise returns the claims of a document as the graph keeps them: text valid UTF-8, flags sorted,
// one claim for each ID with all its evidence, sorted by ID. A claim that cannot be an edge, or whose
// evidence does not quote the text, is an error.
func normalise(d *schema.Document, claims []schema.Claim) ([]schema.Claim, error) {
	text := []rune(d.Text)
	groups := map[string][]schema.Claim{}
	for i := range claims {
		c, err := normalClaim(d.ID, text, claims[i])
		if err != nil {
			return nil, fmt.Errorf("claim %d of document %s: %w", i+1, d.ID, err)
		}
		groups[c.ID] = append(groups[c.ID], c)
	}
	out := make([]schema.Claim, 0, len(groups))
	for _, g := range groups {
		out = append(out, merge(g))
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out, nil
}

// normalDocument checks a document and makes its strings valid UTF-8.
func normalDocument(d schema.Document) (schema.Document, error) {
	if d.ID == "" {
		return d, errors.New("a document without an ID")
	}
	sum := sha256.Sum256([]byte(d.Text))
	digest := hex.EncodeToString(sum[:])
	if d.SHA256 == "" {
		d.SHA256 = digest
	}
	if d.SHA256 != digest {
		return d, fmt.Errorf("document %s: its SHA-256 is not that of its text", d.ID)
	}
	if strings.ToValidUTF8(d.Text, "") != d.Text {
		return d, fmt.Errorf("document %s: its text is not UTF-8", d.ID)
	}
	for _, s := range []*string{&d.Title, &d.Publisher, &d.Author, &d.URL, &d.Published, &d.Language, &d.Agency, &d.CopyOf} {
		*s = valid(*s)
	}
	return d, nil
}

func valid(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

func normalClaim(doc string, text []rune, c schema.Claim) (schema.Claim, error) {
	if c.Subject.ID == "" || c.Predicate == "" {
		return c, errors.New("no subject or no predicate")
	}
	if err := checkObject(c.Object); err != nil {
		return c, err
	}
	for _, a := range c.Attribution {
		if a.ID == "" {
			return c, errors.New("a source without an ID")
		}
	}
	c.Object.Literal = valid(c.Object.Literal)
	c.Flags = normalFlags(c.Factuality, c.Flags)
	c.Time = normalTime(c.Time)
	c.Quantities = normalQuantities(c.Quantities)
	c.Relation, c.Rule = valid(c.Relation), valid(c.Rule)
	if c.Place != nil && c.Place.ID == "" {
		c.Place = nil
	}
	if math.IsNaN(c.Confidence) {
		c.Confidence = 0
	}
	c.Confidence = min(max(c.Confidence, 0), 1)
	c.ID = c.Key()
	var err error
	c.Evidence, err = normalEvidence(doc, text, c.Evidence)
	return c, err
}

func checkObject(v schema.Value) error {
	if v.Entity != nil {
		if v.Entity.ID == "" {
			return errors.New("an object without an ID")
		}
		return nil
	}
	if v.Datatype == schema.RDF+"langString" || v.Datatype != "" && !absoluteIRI(v.Datatype) {
		return fmt.Errorf("%q is no datatype", v.Datatype)
	}
	return nil
}

// absoluteIRI says whether s may stand between angle brackets in N-Quads.
func absoluteIRI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || rest == "" || valid(s) != s {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|^`\\", r) })
}

// normalFlags returns all values that apply, sorted, without Asserted.
func normalFlags(f schema.Factuality, flags []schema.Factuality) []schema.Factuality {
	all := append([]schema.Factuality{f}, flags...)
	slices.Sort(all)
	all = slices.Compact(all)
	all = slices.DeleteFunc(all, func(f schema.Factuality) bool { return f == schema.Asserted })
	if len(all) == 0 {
		return nil
	}
	return all
}

func normalTime(t *schema.Time) *schema.Time {
	if t == nil {
		return nil
	}
	n := schema.Time{Value: valid(t.Value), Precision: valid(t.Precision), Text: valid(t.Text)}
	if n.Precision == "" {
		n.Precision = precisionOf(n.Value)
	}
	if n == (schema.Time{}) {
		return nil
	}
	return &n
}

// normalQuantities drops amounts that are no number.
func normalQuantities(qs []schema.Quantity) []schema.Quantity {
	var out []schema.Quantity
	for _, q := range qs {
		if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
			continue
		}
		if q.Value == 0 {
			q.Value = 0 // no negative zero
		}
		out = append(out, schema.Quantity{Value: q.Value, Unit: valid(q.Unit), Bound: valid(q.Bound), Text: valid(q.Text)})
	}
	return out
}

// normalEvidence checks every quote against the text, fills in those left empty, and sorts.
func normalEvidence(doc string, text []rune, evidence []schema.Evidence) ([]schema.Evidence, error) {
	if len(evidence) == 0 {
		return nil, errors.New("no evidence")
	}
	out := slices.Clone(evidence)
	for i := range out {
		e := &out[i]
		e.Document = doc
		if e.Start < 0 || e.Start >= e.End || e.End > len(text) {
			return nil, fmt.Errorf("evidence [%d, %d) is not in the text of %d characters", e.Start, e.End, len(text))
		}
		quote := string(text[e.Start:e.End])
		if e.Quote != "" && e.Quote != quote {
			return nil, fmt.Errorf("evidence [%d, %d) quotes %q, the text has %q", e.Start, e.End, e.Quote, quote)
		}
		e.Quote = quote
	}
	sortEvidence(out)
	return slices.Compact(out), nil
}

// merge makes one claim of several with the same ID, of one or more documents: all the evidence and all
// the flags; the wording and whatever else is told once comes from the version with the highest
// confidence, and from the next where that one is silent. The order of versions does not matter.
func merge(versions []schema.Claim) schema.Claim {
	if len(versions) == 1 {
		return versions[0]
	}
	sort.Slice(versions, func(i, j int) bool { return better(&versions[i], &versions[j]) })
	c := versions[0]
	c.Evidence = slices.Clone(c.Evidence)
	for _, v := range versions[1:] {
		c.Evidence = append(c.Evidence, v.Evidence...)
		c.Flags = normalFlags(c.Factuality, append(slices.Clone(c.Flags), v.Flags...))
		fill(&c, &v)
	}
	sortEvidence(c.Evidence)
	c.Evidence = slices.Compact(c.Evidence)
	return c
}

// fill takes from v what c does not say.
func fill(c, v *schema.Claim) {
	if c.Relation == "" {
		c.Relation = v.Relation
	}
	if c.Event == "" {
		c.Event = v.Event
	}
	if c.Rule == "" {
		c.Rule = v.Rule
	}
	if earlier(v.Time, c.Time) {
		c.Time = v.Time
	}
	if c.Place == nil {
		c.Place = v.Place
	}
	if len(c.Quantities) == 0 {
		c.Quantities = v.Quantities
	}
}

// earlier reports whether a is to stand for b: versions of one claim differ only in times that are inferred, from when
// each article came out, and the first says best when it was.
func earlier(a, b *schema.Time) bool {
	return a != nil && (b == nil || a.Value != "" && (b.Value == "" || a.Value < b.Value))
}

// better is a total order of versions of one claim: by confidence, then by where the first evidence
// stands, then by everything else that may differ.
func better(a, b *schema.Claim) bool {
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	return slices.Compare(versionKey(a), versionKey(b)) < 0
}

func versionKey(c *schema.Claim) []string {
	key := make([]string, 0, 8)
	for _, e := range c.Evidence[:min(1, len(c.Evidence))] {
		key = append(key, e.Document, fmt.Sprintf("%09d %09d", e.Start, e.End))
	}
	key = append(key, c.Relation, c.Rule, c.Event)
	if c.Time != nil {
		key = append(key, c.Time.Text, c.Time.Precision)
	}
	if c.Place != nil {
		key = append(key, c.Place.ID)
	}
	return append(key, fmt.Sprint(c.Quantities))
}
