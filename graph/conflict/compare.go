package conflict

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// clash tells whether two claims of one bucket contradict each other.
type clash func(a, b *schema.Claim) bool

// conflict compares the claims of a bucket; ok is false when they agree.
func (f *finder) conflict(b bucket, claims []*schema.Claim) (c Conflict, ok bool) {
	test, says := f.denies, yesOrNo
	c.Kind = Denied
	if b.rule != nil {
		c.Why = b.rule.Why
		switch b.rule.Kind {
		case schema.Opposed:
			c.Kind, test, says = Opposed, f.opposes, func(c *schema.Claim) string { return c.Predicate }
		case schema.OneSubject:
			c.Kind, test, says = Rivals, f.rivals, func(c *schema.Claim) string { return c.Subject.Label }
		case schema.OneObject:
			c.Kind, test, says = Values, f.values(*b.rule), objectLabel
		case schema.Total:
			c.Kind, test, says = Numbers, f.numbers, numberLabel
		}
	}
	clashing := f.clashing(claims, test)
	if len(clashing) == 0 {
		return c, false
	}
	c.Sides = sides(clashing, says)
	c.Denial = denial(c.Kind, clashing)
	return c, len(c.Sides) > 1
}

// clashing are the claims that contradict another one.
func (f *finder) clashing(claims []*schema.Claim, test clash) []*schema.Claim {
	in := make([]bool, len(claims))
	for i, a := range claims {
		for j, b := range claims[:i] {
			if in[i] && in[j] || oneVoice(a, b) || !f.when(a).meets(f.when(b)) {
				continue
			}
			if test(a, b) {
				in[i], in[j] = true, true
			}
		}
	}
	var out []*schema.Claim
	for i, c := range claims {
		if in[i] {
			out = append(out, c)
		}
	}
	return out
}

// sides puts claims that say the same together.
func sides(claims []*schema.Claim, says func(*schema.Claim) string) []Side {
	var out []Side
	for _, c := range claims {
		what := says(c)
		i := slices.IndexFunc(out, func(s Side) bool { return s.Says == what })
		if i < 0 {
			i = len(out)
			out = append(out, Side{Says: what})
		}
		out[i].Claims = append(out[i].Claims, *c)
	}
	for _, s := range out {
		slices.SortFunc(s.Claims, func(a, b schema.Claim) int { return strings.Compare(a.ID, b.ID) })
	}
	slices.SortFunc(out, compareSides)
	return out
}

// compareSides puts yes before no and small numbers first.
func compareSides(a, b Side) int {
	x, okX := leadingNumber(a.Says)
	y, okY := leadingNumber(b.Says)
	if okX && okY && x != y {
		return cmp.Compare(x, y)
	}
	if yesNo := a.Says == "yes" || a.Says == "no"; yesNo {
		return strings.Compare(b.Says, a.Says)
	}
	return strings.Compare(a.Says, b.Says)
}

func yesOrNo(c *schema.Claim) string {
	if c.Factuality == schema.Negated {
		return "no"
	}
	return "yes"
}

func objectLabel(c *schema.Claim) string {
	if c.Object.Entity != nil {
		return c.Object.Entity.Label
	}
	return c.Object.Literal
}

// denial tells whether all that is said against the others is said by somebody whom the article names.
func denial(k Kind, claims []*schema.Claim) bool {
	return k == Denied && !slices.ContainsFunc(claims, func(c *schema.Claim) bool {
		return c.Factuality == schema.Negated && len(c.Attribution) == 0
	})
}

// oneVoice tells whether two claims are told by the same source in the same articles.
func oneVoice(a, b *schema.Claim) bool {
	if !slices.EqualFunc(a.Attribution, b.Attribution, func(x, y schema.Entity) bool { return x.ID == y.ID }) {
		return false
	}
	return subset(a, b) || subset(b, a)
}

// subset tells whether all articles that tell a tell b too.
func subset(a, b *schema.Claim) bool {
	for _, e := range a.Evidence {
		if !slices.ContainsFunc(b.Evidence, func(o schema.Evidence) bool { return o.Document == e.Document }) {
			return false
		}
	}
	return true
}

// denies tells whether one claim denies what the other says. What happens again and again, such as meetings and words,
// is only denied for a day.
func (f *finder) denies(a, b *schema.Claim) bool {
	if (a.Factuality == schema.Negated) == (b.Factuality == schema.Negated) {
		return false
	}
	return !f.repeated(a.Predicate) || dated(a) && dated(b)
}

// repeated tells whether a predicate is of what the same two do again and again.
func (f *finder) repeated(predicate string) bool {
	if p, ok := f.vocabulary.Predicate(predicate); ok && p.Event == "CONSULT" {
		return true
	}
	return slices.Contains([]string{"says", "told", "say", "tell", "comments_on", "discusses"}, predicate)
}

func (f *finder) opposes(a, b *schema.Claim) bool { return a.Predicate != b.Predicate }

// rivals tells whether two claim what one alone can have: two persons, or two bodies, of different names.
func (f *finder) rivals(a, b *schema.Claim) bool {
	if a.Subject.ID == b.Subject.ID || a.Object.Entity == nil {
		return false
	}
	if (a.Subject.Type == "Person") != (b.Subject.Type == "Person") {
		return false // a party and its candidate win together
	}
	return !sharedName(a.Subject, b.Subject)
}

// sharedName tells whether two entities may be one after all: a word of one's name is in the other's.
func sharedName(a, b schema.Entity) bool {
	words := strings.Fields(strings.ToLower(a.Label))
	return slices.ContainsFunc(strings.Fields(strings.ToLower(b.Label)), func(w string) bool {
		return len(w) > 3 && slices.Contains(words, w)
	})
}

// values compares the objects of two claims by a rule.
func (f *finder) values(rule schema.Exclusion) clash {
	return func(a, b *schema.Claim) bool {
		if x, ok := a.Object.Entity, b.Object.Entity; x != nil || ok != nil {
			return x != nil && ok != nil && x.ID != ok.ID && !sharedName(*x, *ok) &&
				(rule.Class == "" || x.Type == rule.Class && ok.Type == rule.Class)
		}
		if rule.Tolerance > 0 {
			x, okX := leadingNumber(a.Object.Literal)
			y, okY := leadingNumber(b.Object.Literal)
			return okX && okY && math.Abs(x-y) > rule.Tolerance
		}
		x, okX := dateOf(a)
		y, okY := dateOf(b)
		return okX && okY && !x.meets(y)
	}
}

// dateOf is the date that is the object of a claim.
func dateOf(c *schema.Claim) (span, bool) {
	if s, ok := days(c.Object.Literal); ok {
		return s, true
	}
	return days(timeOf(c))
}

func leadingNumber(s string) (float64, bool) {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	x, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", ""), 64)
	return x, err == nil
}
