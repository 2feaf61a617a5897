// Package when finds time expressions in the words of an English sentence and resolves them against
// the publication date: "today", "on Monday", "last month", "until September 25", "26 years",
// "since 1994". It never invents a date: without an anchor, "on Monday" stays words.
package when

import (
	"strconv"
	"strings"
	"time"

	"newsgraph/schema"
)

// Tense is the direction in which a time without a year, or a bare weekday, is looked for.
type Tense int8

// The tenses: a bare "Monday" is the day of publication if that is a Monday, else the last one, or
// the next one in the future.
const (
	Past   Tense = -1
	None   Tense = 0
	Future Tense = 1
)

// Expr is a time expression: words [Start, End) and what they mean.
type Expr struct {
	Start, End int
	kind       kind
	lead       string // "since", "until", "from", ...; empty for none
	n          int    // weekday, month, offset or amount
	day        int
	year       int // 0 for not said
	unit       string
	to         *Expr // the other end of "from X to Y"
}

type kind uint8

const (
	dayOffset  kind = iota // n days from publication
	weekday                // n = time.Weekday
	relWeekday             // unit "last", "next", "this"; n = time.Weekday
	relUnit                // n = -1, 0, 1; unit week, weekend, month, year
	relMonth               // day = -1, 0, 1; n = month
	date                   // n = month (0: none), day (0: none), year
	ago                    // n units before publication
	lastN                  // the n units up to publication
	duration               // n units
	decade                 // year = its first
)

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12, "jan.": 1, "feb.": 2, "mar.": 3, "apr.": 4,
	"aug.": 8, "sept.": 9, "sep.": 9, "oct.": 10, "nov.": 11, "dec.": 12, "jan": 1, "feb": 2, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]int{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}

var smallNumbers = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "couple": 2,
}

var units = map[string]string{
	"day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month", "year": "year", "years": "year",
	"hour": "hour", "hours": "hour", "decade": "decade", "decades": "decade", "minute": "minute", "minutes": "minute",
}

// parser reads expressions from left to right over lower-case words.
type parser struct {
	w     []string
	upper []bool // the word begins with a capital
}

// Find lists the time expressions of a sentence, given its words, from left to right; none overlap.
func Find(words []string) []Expr {
	p := parser{w: make([]string, len(words)), upper: make([]bool, len(words))}
	for i, w := range words {
		p.w[i] = strings.ToLower(w)
		p.upper[i] = p.w[i] != w
	}
	var out []Expr
	for i := 0; i < len(p.w); {
		if e, ok := p.lead(i); ok {
			out = append(out, e)
			i = e.End
			continue
		}
		i++
	}
	return out
}

func (p *parser) at(i int) string {
	if i >= 0 && i < len(p.w) {
		return p.w[i]
	}
	return ""
}

// lead reads an expression with the preposition that bounds it.
func (p *parser) lead(i int) (Expr, bool) {
	switch p.at(i) {
	case "since", "until", "till", "through", "by", "after", "before":
		if e, ok := p.core(p.article(i + 1)); ok && e.kind != duration && e.kind != lastN {
			e.Start, e.lead = i, p.at(i)
			return e, true
		}
	case "from", "between":
		if a, ok := p.core(p.article(i + 1)); ok && a.kind != duration {
			return p.rangeFrom(i, a)
		}
	}
	return p.core(i)
}

func (p *parser) rangeFrom(i int, a Expr) (Expr, bool) {
	switch p.at(a.End) {
	case "to", "until", "till", "and", "through", "-", "–":
		if b, ok := p.core(p.article(a.End + 1)); ok && b.kind == a.kind {
			a.Start, a.to, a.lead, a.End = i, &b, "range", b.End
			return a, true
		}
	}
	if p.at(i) == "from" {
		a.Start, a.lead = i, "since"
		return a, true
	}
	return Expr{}, false
}

func (p *parser) article(i int) int {
	switch p.at(i) {
	case "the", "late", "early", "about", "around":
		return i + 1
	}
	return i
}

// core reads an expression without its preposition.
func (p *parser) core(i int) (Expr, bool) {
	for _, f := range []func(int) (Expr, bool){p.deictic, p.relative, p.calendar, p.amount} {
		if e, ok := f(i); ok {
			e.Start = i
			return e, true
		}
	}
	return Expr{}, false
}

func (p *parser) deictic(i int) (Expr, bool) {
	switch p.at(i) {
	case "today", "tonight":
		return Expr{End: i + 1, kind: dayOffset}, true
	case "yesterday":
		return Expr{End: p.partOfDay(i + 1), kind: dayOffset, n: -1}, true
	case "tomorrow":
		return Expr{End: p.partOfDay(i + 1), kind: dayOffset, n: 1}, true
	case "this":
		switch p.at(i + 1) {
		case "morning", "afternoon", "evening":
			return Expr{End: i + 2, kind: dayOffset}, true
		}
	case "last":
		if p.at(i+1) == "night" {
			return Expr{End: i + 2, kind: dayOffset, n: -1}, true
		}
	}
	if d, ok := weekdays[p.at(i)]; ok && p.upper[i] {
		end := p.partOfDay(i + 1)
		if p.at(end) == "," || p.at(end) == "(" { // "Monday, September 14": the date says it better
			if e, ok := p.calendar(end + 1); ok && e.day > 0 {
				return e, true
			}
		}
		if e, ok := p.calendar(end); ok && e.day > 0 {
			return e, true
		}
		return Expr{End: end, kind: weekday, n: d}, true
	}
	return Expr{}, false
}

func (p *parser) partOfDay(i int) int {
	switch p.at(i) {
	case "morning", "afternoon", "evening", "night":
		return i + 1
	}
	return i
}

var directions = map[string]int{"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}

func (p *parser) relative(i int) (Expr, bool) {
	start := i
	if w := p.at(i); w == "earlier" || w == "later" {
		start = i + 1
	}
	start = p.article(start)
	dir, ok := directions[p.at(start)]
	if !ok {
		return Expr{}, false
	}
	next := p.at(start + 1)
	if d, ok := weekdays[next]; ok {
		return Expr{End: p.partOfDay(start + 2), kind: relWeekday, n: d, day: dir}, true
	}
	if m, ok := months[next]; ok && p.upper[start+1] {
		return Expr{End: start + 2, kind: relMonth, n: m, day: dir}, true
	}
	switch next {
	case "week", "month", "year", "weekend":
		return Expr{End: start + 2, kind: relUnit, n: dir, unit: next}, true
	}
	if n, ok := number(next); ok && dir != 0 {
		if u, ok := units[p.at(start+2)]; ok && dir < 0 {
			return Expr{End: start + 3, kind: lastN, n: n, unit: u}, true
		}
	}
	return Expr{}, false
}

// calendar reads dates with a month, and years.
func (p *parser) calendar(i int) (Expr, bool) {
	if m, ok := p.month(i); ok {
		e := Expr{End: i + 1, kind: date, n: m}
		if d, ok := dayOfMonth(p.at(i + 1)); ok {
			e.day, e.End = d, i+2
		}
		return p.withYear(e), true
	}
	if d, ok := dayOfMonth(p.at(i)); ok {
		j := i + 1
		if p.at(j) == "of" {
			j++
		}
		if m, ok := p.month(j); ok {
			return p.withYear(Expr{End: j + 1, kind: date, n: m, day: d}), true
		}
	}
	if y, ok := year(p.at(i)); ok && p.yearHere(i) {
		return Expr{End: i + 1, kind: date, year: y}, true
	}
	if w := p.at(i); len(w) == 5 && strings.HasSuffix(w, "0s") {
		if y, ok := year(w[:4]); ok {
			return Expr{End: i + 1, kind: decade, year: y}, true
		}
	}
	return Expr{}, false
}

// month reads a month's name; "may" and "march" are verbs unless they are capitalised inside a sentence
// or a number stands beside them.
func (p *parser) month(i int) (int, bool) {
	m, ok := months[p.at(i)]
	if !ok || !p.upper[i] {
		return 0, false
	}
	if w := p.at(i); w == "may" || w == "march" {
		_, after := dayOfMonth(p.at(i + 1))
		_, y := year(p.at(i + 1))
		_, before := dayOfMonth(p.at(i - 1))
		return m, after || y || before || i > 0 && timeLead[p.at(i-1)]
	}
	return m, true
}

var timeLead = map[string]bool{"in": true, "since": true, "until": true, "by": true, "from": true, "last": true, "next": true, "this": true, "of": true, "late": true, "early": true, "till": true, "before": true, "after": true, "during": true, "between": true, "to": true, "and": true}

func (p *parser) withYear(e Expr) Expr {
	j := e.End
	if p.at(j) == "," {
		j++
	}
	if y, ok := year(p.at(j)); ok {
		e.year, e.End = y, j+1
	}
	return e
}

// yearHere keeps counts such as "2000 people" from being read as years.
func (p *parser) yearHere(i int) bool {
	if timeLead[p.at(i-1)] || p.at(i-1) == "the" || p.at(i-1) == "(" || p.at(i-1) == "mid" || p.at(i-1) == "-" {
		switch p.at(i + 1) {
		case "", ".", ",", ";", ":", ")", "and", "to", "when", "after", "as", "by", "with", "for", "but", "who", "which", "that", "–", "-",
			"election", "elections", "presidential", "parliamentary", "referendum", "vote", "war", "census", "budget", "in", "on", "at", "from", "following", "until", "under", "before", "'s", "’s", "because", "while", "or", "over", "amid", "is", "was", "has", "had", "the":
			return true
		}
	}
	return false
}

func (p *parser) amount(i int) (Expr, bool) {
	j := i
	if w := p.at(j); w == "a" && (p.at(j+1) == "few" || p.at(j+1) == "couple") {
		return Expr{}, false
	}
	n, ok := number(p.at(j))
	if !ok {
		return Expr{}, false
	}
	j++
	if p.at(j) == "-" {
		j++
	}
	u, ok := units[p.at(j)]
	if !ok {
		return Expr{}, false
	}
	j++
	switch p.at(j) {
	case "ago", "earlier", "before":
		if p.at(j) == "ago" {
			return Expr{End: j + 1, kind: ago, n: n, unit: u}, true
		}
	}
	if w := p.at(i); w == "a" || w == "an" { // "a day", "an hour": too often not a length of time
		return Expr{}, false
	}
	if p.at(j) == "old" || p.at(j) == "-" {
		return Expr{}, false
	}
	return Expr{End: j, kind: duration, n: n, unit: u}, true
}

func number(w string) (int, bool) {
	if n, ok := smallNumbers[w]; ok {
		return n, true
	}
	n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
	return n, err == nil && n > 0 && n < 10000
}

func year(w string) (int, bool) {
	if len(w) != 4 || w[0] != '1' && w[0] != '2' {
		return 0, false
	}
	y, err := strconv.Atoi(w)
	return y, err == nil && y >= 1200 && y < 2100
}

func dayOfMonth(w string) (int, bool) {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, end)
	}
	d, err := strconv.Atoi(w)
	return d, err == nil && d >= 1 && d <= 31 && len(w) <= 2
}

// Resolve gives the meaning of e for an article published on published (ISO 8601 date or date-time,
// empty for not known). Value stays empty where the words alone do not say.
func (e Expr) Resolve(published string, tense Tense) schema.Time {
	pub, known := parseDay(published)
	if e.kind == duration {
		if u := map[string]string{"day": "D", "week": "W", "month": "M", "year": "Y"}[e.unit]; u != "" {
			return schema.Time{Value: "P" + strconv.Itoa(e.n) + u, Precision: "duration"}
		}
		return schema.Time{Precision: "duration"}
	}
	v, precision := e.value(pub, known, tense)
	if v == "" {
		return schema.Time{}
	}
	switch e.lead {
	case "range":
		b, _ := e.to.value(pub, known, tense)
		if b == "" {
			return schema.Time{}
		}
		return schema.Time{Value: left(v) + "/" + right(b), Precision: "interval"}
	case "since", "after":
		return schema.Time{Value: left(v) + "/", Precision: "interval"}
	case "until", "till", "through", "by", "before":
		return schema.Time{Value: "/" + right(v), Precision: "interval"}
	}
	return schema.Time{Value: v, Precision: precision}
}

// Duration reports whether e is a length of time rather than a point or an interval.
func (e Expr) Duration() bool { return e.kind == duration }

// Plain is e without the preposition that bounds it: of "until September 25" the day.
func (e Expr) Plain() Expr {
	e.lead = ""
	return e
}

// Bare reports whether e is a point in time that stands without a preposition of its own ("Monday", "last month").
func (e Expr) Bare() bool { return e.lead == "" && e.kind != duration }

func left(v string) string  { a, _, _ := strings.Cut(v, "/"); return a }
func right(v string) string { _, b, ok := strings.Cut(v, "/"); return pick(ok, b, v) }

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func parseDay(s string) (time.Time, bool) {
	if len(s) < len("2006-01-02") {
		return time.Time{}, false
	}
	t, err := time.Parse("2006-01-02", s[:10])
	return t, err == nil
}

func day(t time.Time) (string, string) { return t.Format("2006-01-02"), "day" }

func days(a, b time.Time) (string, string) {
	return a.Format("2006-01-02") + "/" + b.Format("2006-01-02"), "interval"
}

// value gives the ISO form of e without its preposition.
func (e Expr) value(pub time.Time, known bool, tense Tense) (string, string) {
	switch e.kind {
	case date:
		return e.calendarValue(pub, known, tense)
	case decade:
		return strconv.Itoa(e.year) + "/" + strconv.Itoa(e.year+9), "interval"
	}
	if !known {
		return "", ""
	}
	switch e.kind {
	case dayOffset:
		return day(pub.AddDate(0, 0, e.n))
	case weekday:
		return day(nearWeekday(pub, e.n, tense))
	case relWeekday:
		return day(relativeWeekday(pub, e.n, e.day, tense))
	case relUnit:
		return relativeUnit(pub, e.unit, e.n, tense)
	case relMonth:
		return relativeMonth(pub, e.n, e.day), "month"
	case ago:
		return back(pub, e.n, e.unit)
	case lastN:
		from, _ := back(pub, e.n, e.unit)
		if from == "" {
			return "", ""
		}
		return from + "/" + pub.Format("2006-01-02")[:len(from)], "interval"
	}
	return "", ""
}

func (e Expr) calendarValue(pub time.Time, known bool, tense Tense) (string, string) {
	y := e.year
	if y == 0 {
		if !known {
			return "", ""
		}
		y = nearYear(pub, e.n, e.day, tense)
	}
	switch {
	case e.n == 0:
		return strconv.Itoa(y), "year"
	case e.day == 0:
		return time.Date(y, time.Month(e.n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"), "month"
	}
	t := time.Date(y, time.Month(e.n), e.day, 0, 0, 0, 0, time.UTC)
	if int(t.Month()) != e.n { // February 30
		return "", ""
	}
	return day(t)
}

// nearYear picks the year in which month (and day) lie nearest to publication on the tense's side.
func nearYear(pub time.Time, month, dom int, tense Tense) int {
	if dom == 0 {
		dom = 15
	}
	y := pub.Year()
	d := time.Date(y, time.Month(month), dom, 0, 0, 0, 0, time.UTC).Sub(pub)
	const half, slack = 183 * 24 * time.Hour, 31 * 24 * time.Hour
	switch {
	case tense == Past && d > slack, tense != Future && d > half:
		return y - 1
	case tense == Future && d < -slack, tense == None && d < -half:
		return y + 1
	}
	return y
}

func nearWeekday(pub time.Time, wd int, tense Tense) time.Time {
	diff := (int(pub.Weekday()) - wd + 7) % 7
	if diff == 0 {
		return pub
	}
	if tense == Future {
		return pub.AddDate(0, 0, 7-diff)
	}
	return pub.AddDate(0, 0, -diff)
}

func relativeWeekday(pub time.Time, wd, dir int, tense Tense) time.Time {
	diff := (int(pub.Weekday()) - wd + 7) % 7
	switch {
	case dir > 0:
		return pub.AddDate(0, 0, 7-diff)
	case dir < 0 && diff == 0:
		return pub.AddDate(0, 0, -7)
	case dir < 0:
		return pub.AddDate(0, 0, -diff)
	}
	return nearWeekday(pub, wd, tense)
}

func relativeUnit(pub time.Time, unit string, dir int, tense Tense) (string, string) {
	switch unit {
	case "year":
		return strconv.Itoa(pub.Year() + dir), "year"
	case "month":
		first := time.Date(pub.Year(), pub.Month(), 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, dir, 0).Format("2006-01"), "month"
	case "week":
		monday := pub.AddDate(0, 0, -(int(pub.Weekday())+6)%7+7*dir)
		return days(monday, monday.AddDate(0, 0, 6))
	}
	saturday := pub.AddDate(0, 0, 6-int(pub.Weekday()))
	switch {
	case pub.Weekday() == time.Sunday:
		saturday = pub.AddDate(0, 0, -1)
	case pub.Weekday() <= time.Wednesday && tense != Future && dir == 0: // early in the week it is the one just gone
		saturday = saturday.AddDate(0, 0, -7)
	}
	if dir < 0 && pub.Weekday() != time.Sunday {
		saturday = pub.AddDate(0, 0, -1-int(pub.Weekday()))
	} else if dir != 0 {
		saturday = saturday.AddDate(0, 0, 7*dir)
	}
	return days(saturday, saturday.AddDate(0, 0, 1))
}

func relativeMonth(pub time.Time, m, dir int) string {
	y := pub.Year()
	switch {
	case dir < 0 && m >= int(pub.Month()):
		y--
	case dir > 0 && m <= int(pub.Month()):
		y++
	}
	return time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

func back(pub time.Time, n int, unit string) (string, string) {
	switch unit {
	case "day":
		return day(pub.AddDate(0, 0, -n))
	case "week":
		return day(pub.AddDate(0, 0, -7*n))
	case "month":
		first := time.Date(pub.Year(), pub.Month(), 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, -n, 0).Format("2006-01"), "month"
	case "year":
		return strconv.Itoa(pub.Year() - n), "year"
	case "decade":
		return strconv.Itoa(pub.Year() - 10*n), "year"
	}
	return "", ""
}
