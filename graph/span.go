package graph

import (
	"fmt"
	"regexp"
	"strings"
)

// Span is a range of days, both ends in it. An end is a day, a month or a year ("2020-09-14", "2020-09", "2020"), which
// as Since begins with its first day and as Until ends with its last; an empty end is open. The zero Span holds all
// there is, also what has no date.
type Span struct{ Since, Until string }

// ParseSpan checks the ends of a span.
func ParseSpan(since, until string) (Span, error) {
	for _, end := range []string{since, until} {
		if _, _, ok := days(end); end != "" && !ok {
			return Span{}, fmt.Errorf("%q is no date: give a year, a month or a day, as 2020, 2020-09 or 2020-09-14", end)
		}
	}
	s := Span{Since: since, Until: until}
	if first, last := s.ends(); first > last {
		return Span{}, fmt.Errorf("%s is after %s", since, until)
	}
	return s, nil
}

// IsZero says whether both ends are open.
func (s Span) IsZero() bool { return s == Span{} }

// Overlaps says whether a date (ISO 8601 at any precision, with or without a time, or an interval "a/b" whose sides may be
// empty) has a day in common with the span. What has no date (a duration, words) overlaps only the zero Span.
func (s Span) Overlaps(date string) bool {
	if s.IsZero() {
		return true
	}
	first, last, ok := days(date)
	begin, end := s.ends()
	return ok && first <= end && begin <= last
}

// The first and the last day that there is.
const (
	firstDay = "0000-01-01"
	lastDay  = "9999-12-31"
)

func (s Span) ends() (first, last string) {
	first, last = firstDay, lastDay
	if s.Since != "" {
		first, _, _ = days(s.Since)
	}
	if s.Until != "" {
		_, last, _ = days(s.Until)
	}
	return first, last
}

// dateTime is a day with a time behind it; the zone of the time does not move the day.
var dateTime = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]`)

// days returns the first and the last day of a date or an interval, in the form in which days sort as text. The
// last day of a month is written as its 31st, which sorts after all of it.
func days(date string) (first, last string, ok bool) {
	if from, to, isInterval := strings.Cut(date, "/"); isInterval {
		return intervalDays(from, to)
	}
	if m := dateTime.FindStringSubmatch(date); m != nil {
		date = m[1]
	}
	switch {
	case yearForm.MatchString(date):
		return date + "-01-01", date + "-12-31", true
	case monthForm.MatchString(date):
		return date + "-01", date + "-31", true
	case dayForm.MatchString(date):
		return date, date, true
	}
	return "", "", false
}

func intervalDays(from, to string) (first, last string, ok bool) {
	first, last = firstDay, lastDay
	if from != "" {
		if first, _, ok = days(from); !ok {
			return "", "", false
		}
	}
	if to != "" {
		if _, last, ok = days(to); !ok {
			return "", "", false
		}
	}
	return first, last, from != "" || to != ""
}

// Days returns the first and the last day of a date as Overlaps understands it, in the form in which days sort as text (the
// last day of a month is its 31st); ok is false for what has no date.
func Days(date string) (first, last string, ok bool) { return days(date) }
