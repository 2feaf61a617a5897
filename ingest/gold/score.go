package gold

import (
	"fmt"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Share is how many of all are right.
type Share struct{ Right, All int }

// Of is the share as a number from 0 to 1; of nothing all is right.
func (s Share) Of() float64 {
	if s.All == 0 {
		return 1
	}
	return float64(s.Right) / float64(s.All)
}

func (s *Share) count(right bool) {
	s.All++
	if right {
		s.Right++
	}
}

func (s *Share) add(o Share) { s.Right, s.All = s.Right+o.Right, s.All+o.All }

// Score is how well claims say what an article's gold says.
type Score struct {
	// Claims is how many claims there were.
	Claims int
	// Recall is the share of facts of each importance that some claim says; [0] of all.
	Recall [4]Share
	// Factuality, Attribution and Dated are of the facts found: those that some claim of them gets right, of
	// those where gold says it.
	Factuality, Attribution, Dated Share
	// MustNot counts the claims that must not be made, by severity.
	MustNot map[string]int
	// Errors are what was missed or wrong: must-not claims first, then facts in the order of the gold.
	Errors []Error
}

// Error is one thing missed or wrong.
type Error struct {
	// Kind is "must-not", "miss", "factuality", "attribution" or "date".
	Kind string
	// Degree is the fact's importance, or the severity of what must not be.
	Degree string
	// Lacks says of a miss what the nearest claim of its sentence has wrong: "subject", "relation", "object", two of them
	// with a comma, or "all" where no claim has anything right.
	Lacks string
	// ID is the fact's, Want what gold says.
	ID, Want string
	// Sentence is the words of the fact.
	Sentence string
	// Got are the claims of it: of a miss all claims of its sentence.
	Got []Claim
}

// scorer knows the names of one article's entities.
type scorer struct {
	names  map[string][]name
	claims []Claim
	words  []map[string]bool // of the claims' relations and predicates
	sides  [][2][]name       // of the claims' subjects and objects
}

// name is a name without its article, and its stems.
type name struct {
	text  string
	stems map[string]bool
}

func nameOf(s string) name { n := bare(s); return name{n, stems(n)} }

func namesOf(p Party) []name {
	var out []name
	for _, n := range p.names() {
		out = append(out, nameOf(n))
	}
	return out
}

// Score compares claims with the gold of their article.
func (a *Article) Score(claims []Claim) *Score {
	s := newScorer(a, claims)
	out := &Score{Claims: len(claims), MustNot: map[string]int{}}
	for _, m := range a.MustNot {
		if c, ok := s.against(m); ok {
			out.MustNot[m.Severity]++
			out.Errors = append(out.Errors, Error{Kind: "must-not", Degree: m.Severity, Want: m.String() + ": " + m.Reason, Got: []Claim{c}})
		}
	}
	for _, f := range a.Facts {
		s.fact(f, out)
	}
	return out
}

func newScorer(a *Article, claims []Claim) *scorer {
	s := &scorer{names: map[string][]name{}, claims: claims}
	for _, e := range a.Entities {
		var names []name
		for _, n := range append([]string{e.Canonical}, e.Mentions...) {
			names = append(names, nameOf(n))
		}
		s.names[fold(e.Canonical)] = names
	}
	for _, c := range claims {
		s.words = append(s.words, join(stems(c.Relation), stems(c.Predicate)))
		s.sides = append(s.sides, [2][]name{namesOf(c.Subject), namesOf(c.Object)})
	}
	return s
}

// fact counts one fact.
func (s *scorer) fact(f Fact, out *Score) {
	hits := s.find(f.Subject, f.Object, join(stems(f.Relation), stems(f.Predicate)), true)
	found := len(hits) > 0
	out.Recall[0].count(found)
	out.Recall[f.Importance].count(found)
	fail := func(kind, want string, got []Claim) {
		out.Errors = append(out.Errors, Error{Kind: kind, Degree: fmt.Sprint(f.Importance), ID: f.ID, Want: want, Sentence: f.Sentence, Got: got})
	}
	if !found {
		near, lacks := s.near(f)
		fail("miss", f.String(), near)
		out.Errors[len(out.Errors)-1].Lacks = lacks
		return
	}
	check := func(to *Share, kind, want string, right func(Claim) bool) {
		ok := slices.ContainsFunc(hits, right)
		to.count(ok)
		if !ok {
			fail(kind, f.String()+": "+want, hits)
		}
	}
	check(&out.Factuality, "factuality", f.Factuality, func(c Claim) bool { return sameFactuality(c.Factuality, f.Factuality) })
	if f.sourced() {
		check(&out.Attribution, "attribution", f.Source, func(c Claim) bool { return s.attributes(c, f.source()) })
	}
	if day, ok := f.day(); ok {
		check(&out.Dated, "date", f.Time, func(c Claim) bool { return c.Time != nil && strings.HasPrefix(c.Time.Value, day) })
	}
}

// near are the claims of the fact's sentence, and what the best of them lacks.
func (s *scorer) near(f Fact) (claims []Claim, lacks string) {
	want := telling(join(stems(f.Relation), stems(f.Predicate)))
	fewest := 3
	lacks = "all"
	for i, c := range s.claims {
		if !c.touches(f.Start, f.End) {
			continue
		}
		claims = append(claims, c)
		var wrong []string
		if !s.same(s.sides[i][0], f.Subject) {
			wrong = append(wrong, "subject")
		}
		if len(want) > 0 && shared(want, s.words[i]) == 0 {
			wrong = append(wrong, "relation")
		}
		if !s.same(s.sides[i][1], f.Object) {
			wrong = append(wrong, "object")
		}
		if len(wrong) < fewest {
			fewest, lacks = len(wrong), strings.Join(wrong, ",")
		}
	}
	return claims, lacks
}

func sameFactuality(got, want string) bool {
	g, known := factuality(got)
	w, _ := factuality(want)
	return known && g == w
}

func (s *scorer) attributes(c Claim, who string) bool {
	return slices.ContainsFunc(c.Attribution, func(p Party) bool { return s.same(namesOf(p), who) })
}

// against finds the first claim that says what must not be said.
func (s *scorer) against(m MustNot) (Claim, bool) {
	for _, c := range s.find(m.Subject, m.Object, stems(m.Relation), false) {
		asserted := strings.HasPrefix(m.Factuality, "asserted") && c.Factuality == schema.Asserted.String()
		if m.Factuality != "any" && !asserted {
			continue
		}
		if m.Time != "" && (c.Time == nil || !strings.HasPrefix(c.Time.Value, m.Time)) {
			continue
		}
		return c, true
	}
	return Claim{}, false
}

// find lists the claims of a subject and an object whose relation shares a stem with those wanted; none wanted, any
// relation will do. Subject and object may change places where the relation is symmetric.
func (s *scorer) find(subject, object string, want map[string]bool, turn bool) []Claim {
	strong := telling(want)
	turn = turn && shared(want, symmetric) > 0
	var out []Claim
	for i, c := range s.claims {
		if len(want) > 0 && shared(strong, s.words[i]) == 0 {
			continue
		}
		from, to := s.sides[i][0], s.sides[i][1]
		if s.same(from, subject) && s.same(to, object) || turn && s.same(from, object) && s.same(to, subject) {
			out = append(out, c)
		}
	}
	return out
}

// telling are the stems that say much, all where none does.
func telling(want map[string]bool) map[string]bool {
	out := map[string]bool{}
	for w := range want {
		if !light[w] {
			out[w] = true
		}
	}
	if len(out) == 0 {
		return want
	}
	return out
}

// same reports whether one of a party's names is one of the gold entity's, or covers most of it.
func (s *scorer) same(party []name, want string) bool {
	keys, known := s.names[fold(want)]
	if !known {
		keys = []name{nameOf(want)}
	}
	for _, n := range party {
		for _, k := range keys {
			if n.text == k.text || covers(n.stems, k.stems) {
				return true
			}
		}
	}
	return false
}

// covers holds two thirds of the wanted words, and half of its own.
func covers(got, want map[string]bool) bool {
	both := float64(shared(got, want))
	return len(got) > 0 && len(want) > 0 && both >= 0.67*float64(len(want)) && both >= 0.5*float64(len(got))
}
