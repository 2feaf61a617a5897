package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"newsgraph/schema"
)

// maxProblems is how many problems a report describes; the rest it only counts.
const maxProblems = 1000

// Problem is something that does not hold in the graph.
type Problem struct {
	Document string // ID, or empty
	Claim    string // ID, or empty
	Text     string
}

// String gives the problem in one line.
func (p Problem) String() string {
	s := p.Text
	if p.Claim != "" {
		s = "claim " + p.Claim + ": " + s
	}
	if p.Document != "" {
		s = "document " + p.Document + ": " + s
	}
	return s
}

// Report is what Verify found.
type Report struct {
	Documents, Claims, Quotes int // looked at
	Problems                  []Problem
	// Count is the number of problems, also of those beyond the first 1,000 that Problems holds.
	Count int
}

// OK says that nothing is wrong.
func (r *Report) OK() bool { return r.Count == 0 }

func (r *Report) problem(doc, claim, format string, args ...any) {
	r.Count++
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, Problem{doc, claim, fmt.Sprintf(format, args...)})
	}
}

// Verify reads everything and checks that every text has the SHA-256 it had, that every quote is what the
// text has there, that every claim has its ID and its edges, that no edge is there without a document
// that tells it (so nothing is in fact: that no document asserts), that every entity has a name and the records of names say the same, that what speaks of decisions is one, and that
// the store is sound (store.Verify). What is wrong is in the report; the error is for what cannot be read.
func (g *Graph) Verify(ctx context.Context) (*Report, error) {
	r, err := g.VerifyClaims(ctx)
	if err != nil {
		return nil, err
	}
	if err := g.store.Verify(ctx); err != nil {
		return nil, fmt.Errorf("verify the store: %w", err)
	}
	return r, nil
}

// VerifyClaims is Verify but for the soundness of the store.
func (g *Graph) VerifyClaims(ctx context.Context) (*Report, error) {
	v := g.View()
	defer v.Close()
	c := &checker{View: v, ctx: ctx, report: &Report{}, seed: maphash.MakeSeed(), edges: map[uint64]bool{}, told: map[string]bool{}}
	if err := c.entities(); err != nil {
		return nil, err
	}
	ids, err := v.documentIDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("look up documents: %w", err)
	}
	for _, id := range ids {
		if err := c.document(id); err != nil {
			return nil, fmt.Errorf("document %s: %w", id, err)
		}
	}
	if c.decisions, err = c.decided(ctx); err != nil {
		return nil, err
	}
	if err := c.strayEdges(); err != nil {
		return nil, fmt.Errorf("look for edges without a source: %w", err)
	}
	c.report.Claims = len(c.told)
	return c.report, nil
}

// checker walks the graph once. edges holds a hash of each edge that some document accounts for.
type checker struct {
	*View
	ctx    context.Context
	report *Report
	seed   maphash.Seed
	edges  map[uint64]bool
	told   map[string]bool
	named  map[string]schema.Entity // what quads say of entities, by ID
	// decisions are the quads of decisions that may be there.
	decisions map[schema.Quad]bool
}

func (c *checker) document(id string) error {
	node := in(c.nsDoc, id)
	all, err := bySubject(c.ctx, c.r, node)
	if err != nil {
		return err
	}
	c.report.Documents++
	d, err := c.vocab.document(id, all[node])
	if err != nil {
		c.report.problem(id, "", "%v", err)
		return nil
	}
	if sum := sha256.Sum256([]byte(d.Text)); hex.EncodeToString(sum[:]) != d.SHA256 {
		c.report.problem(id, "", "the text has another SHA-256 than it had")
	}
	text := []rune(d.Text)
	look := func(s schema.Term) (props, error) { return all[s], nil }
	for _, subject := range slices.SortedFunc(maps.Keys(all), func(a, b schema.Term) int { return strings.Compare(a.Value, b.Value) }) {
		claimID, ok := local(subject, c.nsID)
		if !ok || len(all[subject][c.subject]) == 0 {
			continue
		}
		claim, err := c.decoder(c.ctx).claim(claimID, id, all[subject], look)
		if err != nil {
			c.report.problem(id, claimID, "%v", err)
			continue
		}
		if err := c.claim(id, text, &claim); err != nil {
			return err
		}
	}
	return c.ctx.Err()
}

// entities reads what quads say of entities, and checks that the records of entities say the same.
func (c *checker) entities() error {
	t, err := c.readTable(c.ctx, c.r)
	if err != nil {
		return fmt.Errorf("read the entities: %w", err)
	}
	c.named = t.byID
	if !c.roster.recorded {
		return nil
	}
	want := map[string][]byte{}
	for _, e := range t.byID {
		records, err := rosterRecords(e)
		if err != nil {
			return err
		}
		maps.Copy(want, records)
	}
	for _, prefix := range []string{entityPrefix, namePrefix} {
		err := c.r.Records(c.ctx, prefix, func(key string, data []byte) error {
			if had, ok := want[key]; !ok || !bytes.Equal(had, data) {
				c.report.problem("", "", "the record %s is not what the names of entities give", key)
			}
			delete(want, key)
			return nil
		})
		if err != nil {
			return fmt.Errorf("read the records of entities: %w", err)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		c.report.problem("", "", "the record %s is missing", key)
	}
	return nil
}

// claim checks one claim as one document tells it.
func (c *checker) claim(doc string, text []rune, claim *schema.Claim) error {
	c.told[claim.ID] = true
	if key := claim.Key(); key != claim.ID {
		c.report.problem(doc, claim.ID, "what it says has the ID %s", key)
	}
	for e := range entitiesOf(claim) {
		if _, ok := c.named[e.ID]; !ok {
			c.report.problem(doc, claim.ID, "entity %s has no name", e.ID)
		}
	}
	for _, e := range claim.Evidence {
		c.report.Quotes++
		if e.End > len(text) {
			c.report.problem(doc, claim.ID, "evidence [%d, %d) is beyond the text's end at %d", e.Start, e.End, len(text))
		} else if quote := string(text[e.Start:e.End]); quote != e.Quote {
			c.report.problem(doc, claim.ID, "evidence [%d, %d) quotes %q, the text has %q", e.Start, e.End, e.Quote, quote)
		}
	}
	for _, q := range c.vocab.edges(claim) {
		c.edges[maphash.Comparable(c.seed, q)] = true
		has, err := c.r.Has(c.ctx, q)
		if err != nil {
			return err
		}
		if !has {
			c.report.problem(doc, claim.ID, "its edge <%s> is not there", q.Predicate.Value)
		}
	}
	return nil
}

// strayEdges looks for edges that no document accounts for, and for what looks like a decision and is none.
func (c *checker) strayEdges() error {
	return c.r.Match(c.ctx, schema.Quad{}, func(q schema.Quad) error {
		if c.decides(q) && !c.decisions[q] {
			c.report.problem("", "", "no decision says <%s> <%s> %q", q.Subject.Value, q.Predicate.Value, q.Object.Value)
		}
		if !c.isEdge(q) || c.edges[maphash.Comparable(c.seed, q)] {
			return nil
		}
		id, _ := local(q.Graph, c.nsID)
		c.report.problem("", id, "no document tells <%s> <%s> %q", q.Subject.Value, q.Predicate.Value, q.Object.Value)
		return nil
	})
}

// isEdge says whether the quad's predicate is in one of the three namespaces of claims.
func (v *vocab) isEdge(q schema.Quad) bool {
	for _, ns := range []string{v.nsClaim, v.nsFact, v.nsDenied} {
		if len(q.Predicate.Value) > len(ns) && q.Predicate.Value[:len(ns)] == ns {
			return true
		}
	}
	return false
}
