package conflict

import (
	"strings"
	"time"

	"newsgraph/schema"
)

// span is a range of days since 1970, both ends in it; known is false where nothing is known.
type span struct {
	from, to int
	known    bool
}

const (
	earliest = -1 << 30
	latest   = 1 << 30
	// recent is how many days before its publication an article that gives no date may speak of.
	recent = 45
)

// meets tells whether two spans have a day in common, as far as is known.
func (s span) meets(o span) bool {
	return !s.known || !o.known || s.from <= o.to && o.from <= s.to
}

// days reads an ISO 8601 date at any precision, or an interval; ok is false for what is neither.
func days(value string) (s span, ok bool) {
	if from, to, interval := strings.Cut(value, "/"); interval {
		a, okA := days(from)
		b, okB := days(to)
		switch {
		case from == "" && okB:
			return span{earliest, b.to, true}, true
		case to == "" && okA:
			return span{a.from, latest, true}, true
		}
		return span{a.from, b.to, true}, okA && okB
	}
	if len(value) > 10 && (value[10] == 'T' || value[10] == ' ') {
		value = value[:10]
	}
	for _, form := range []struct {
		layout       string
		years, month int
	}{{"2006-01-02", 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		if t, err := time.Parse(form.layout, value); err == nil {
			end := t.AddDate(form.years, form.month, 0)
			if form.years+form.month == 0 {
				end = t.AddDate(0, 0, 1)
			}
			return span{day(t), day(end) - 1, true}, true
		}
	}
	return span{}, false
}

func day(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

// when is the time that a claim speaks of: what it says, else the weeks before its articles came out.
func (f *finder) when(c *schema.Claim) span {
	if s, ok := days(timeOf(c)); ok {
		return s
	}
	var all span
	for _, e := range c.Evidence {
		p := f.published[e.Document]
		if !p.known {
			return span{}
		}
		if !all.known {
			all = span{p.from - recent, p.to, true}
		}
		all.from, all.to = min(all.from, p.from-recent), max(all.to, p.to)
	}
	return all
}

// dated tells whether a claim says when it was.
func dated(c *schema.Claim) bool {
	_, ok := days(timeOf(c))
	return ok
}
