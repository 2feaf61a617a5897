package entity

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// reach says how far in days two articles may lie apart and still speak of one event.
type reach struct {
	apart int // when neither gives its date
	from  int // when one gives a date and the other none
}

var (
	rarely = reach{apart: 180, from: 450} // elections
	often  = reach{apart: 20, from: 30}   // summits
)

// told is an event as one article tells it: a family, and the day it gives or, without one, the day the article
// came out.
type told struct {
	family int
	date   string // as the article gives it
	day    int
	known  bool // the day is known
}

// joinEvents joins the votes of one kind and country, and the summits of one body, that are of one time: those
// whose articles give the same year, or days near each other; then those without a date whose articles came
// out near one of them; then those whose articles came out near each other.
func (c *canon) joinEvents() {
	byKey := map[string][]told{}
	limits := map[string]reach{}
	for f := range c.families {
		n := c.nodes[c.families[f].nodes[0]]
		e := c.local(n).Event
		if e == nil || len(c.families[f].nodes) > 1 {
			continue
		}
		limits[e.Key] = rarely
		if e.Often {
			limits[e.Key] = often
		}
		day, known := dayNumber(cmp.Or(e.Date, c.docs[n.doc].Published))
		byKey[e.Key] = append(byKey[e.Key], told{f, e.Date, day, known})
	}
	found := map[string][][]told{}
	for _, key := range sortedKeys(byKey) {
		found[key] = occasions(byKey[key], limits[key])
		for _, o := range found[key] {
			c.joinTold(o)
		}
	}
	c.joinUntyped(found)
}

func (c *canon) joinTold(o []told) {
	families := make([]int, len(o))
	sure, reason := byDate, "events of one kind and date"
	for i, t := range o {
		families[i] = t.family
		if t.date == "" {
			sure, reason = byPublished, "events of one kind, by when their articles came out"
		}
	}
	if len(families) > 1 {
		c.join(families, sure, reason)
	}
}

// joinUntyped joins "the Belarusian election" to the presidential one, where the articles have one election of a known
// office at that time and no other.
func (c *canon) joinUntyped(found map[string][][]told) {
	for _, key := range sortedKeys(found) {
		country, untyped := strings.CutPrefix(key, "election|")
		if !untyped {
			continue
		}
		for _, o := range found[key] {
			var fit [][]told
			for _, other := range sortedKeys(found) {
				if !strings.HasSuffix(other, " election|"+country) {
					continue
				}
				for _, typed := range found[other] {
					if oneTime(o, typed) {
						fit = append(fit, typed)
					}
				}
			}
			if len(fit) == 1 {
				c.joinTold([]told{fit[0][0], o[0]})
			}
		}
	}
}

// oneTime tells whether two votes of a country can be one by their dates or, where one has none, by the days on which
// the articles came out.
func oneTime(x, y []told) bool {
	for _, a := range x {
		for _, b := range y {
			if a.date != "" && b.date != "" {
				if a.date[:4] == b.date[:4] {
					return true
				}
				continue
			}
			if a.known && b.known && abs(a.day-b.day) <= rarely.apart {
				return true
			}
		}
	}
	return false
}

// occasions sorts the tellings of events of one kind into events.
func occasions(all []told, limit reach) [][]told {
	slices.SortFunc(all, func(x, y told) int {
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.date, y.date), cmp.Compare(x.family, y.family))
	})
	var groups [][]told
	for _, t := range all { // with a date
		if t.date == "" {
			continue
		}
		if n := len(groups) - 1; n >= 0 && sameOccasion(groups[n][len(groups[n])-1], t, limit) {
			groups[n] = append(groups[n], t)
		} else {
			groups = append(groups, []told{t})
		}
	}
	dated := len(groups)
	last := -1 // the group of those without a date that the one before came to
	for _, t := range all {
		if t.date != "" || !t.known {
			continue
		}
		if g := nearest(groups[:dated], t, limit.from); g >= 0 {
			groups[g] = append(groups[g], t)
			continue
		}
		if last >= 0 && t.day-groups[last][len(groups[last])-1].day <= limit.apart {
			groups[last] = append(groups[last], t)
			continue
		}
		last = len(groups)
		groups = append(groups, []told{t})
	}
	return groups
}

// sameOccasion tells whether two dates can be of one event: one year for a vote, a few days for a summit.
func sameOccasion(x, y told, limit reach) bool {
	if limit == rarely {
		return x.date[:4] == y.date[:4]
	}
	if len(x.date) < len("2006-01-02") || len(y.date) < len("2006-01-02") {
		return strings.HasPrefix(x.date, y.date) || strings.HasPrefix(y.date, x.date)
	}
	return y.day-x.day <= 4
}

// nearest is the group with a date nearest to t, within a number of days; -1 for none.
func nearest(groups [][]told, t told, within int) int {
	best, least := -1, within+1
	for i, g := range groups {
		for _, o := range g {
			if o.date != "" && abs(o.day-t.day) < least {
				best, least = i, abs(o.day-t.day)
			}
		}
	}
	return best
}

func abs(x int) int { return max(x, -x) }

// dayNumber counts days since 1970 to a date; a month and a year count as their middle.
func dayNumber(date string) (int, bool) {
	if len(date) > len("2006-01-02") {
		date = date[:len("2006-01-02")]
	}
	for _, f := range []struct {
		layout string
		middle int
	}{{"2006-01-02", 0}, {"2006-01", 15}, {"2006", 182}} {
		if t, err := time.Parse(f.layout, date); err == nil {
			return int(t.Unix()/(24*60*60)) + f.middle, true
		}
	}
	return 0, false
}

// event is the name and the date of the event that the members of a family tell; the label is empty for all else.
func (c *canon) event(members []int) Event {
	labels, dates := map[string]int{}, map[string]int{}
	for _, i := range members {
		if e := c.local(c.nodes[i]).Event; e != nil {
			labels[e.Label]++
			dates[e.Date]++
		}
	}
	if len(labels) == 0 {
		return Event{}
	}
	out := Event{Label: best(labels, func(s string) int { return strings.Count(s, " ") }), Date: best(dates, func(s string) int { return len(s) })}
	if len(out.Date) >= 4 {
		out.Label = out.Date[:4] + " " + out.Label
	}
	return out
}
