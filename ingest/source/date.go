package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDate   = regexp.MustCompile(`^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\S.*))?)?)?$`)
	clockTime = regexp.MustCompile(`^(\d{1,2}):(\d\d)(?::(\d\d)([.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*([Zz]|[+-]\d\d(?::?\d\d)?|[A-Z]{2,5})?$`)
	dayFirst  = regexp.MustCompile(`(?i)^(?:[a-z]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d.*))?$`)
	monthDay  = regexp.MustCompile(`(?i)^(?:[a-z]+\.?,?\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d.*))?$`)
	monthYear = regexp.MustCompile(`(?i)^([a-z]+)\.?,?\s+(\d{4})$`)
)

// ParseDate reads a date, with or without a time of day, and returns it in ISO 8601 at the precision
// given: "2020", "2020-09", "2020-09-14" or "2020-09-14T10:30:00+02:00". Besides ISO 8601 it reads
// English dates ("14 September 2020", "Sept. 14, 2020", "September 2020") and those of RFC 2822. Dates all
// in figures whose order is a matter of country are not read. A time without a zone stays without.
func ParseDate(s string) (string, error) {
	text := strings.TrimSpace(s)
	if len(text) > 100 {
		return "", fmt.Errorf("%q... is not a date", text[:20])
	}
	if i := strings.Index(text, " ("); i > 0 {
		text = text[:i] // RFC 2822 allows comments: "+0200 (CEST)"
	}
	for _, parse := range []func(string) (string, bool){parseISO, parseDayFirst, parseMonthDay, parseMonthYear} {
		if date, ok := parse(text); ok {
			return date, nil
		}
	}
	return "", fmt.Errorf("%q is not a date such as 2020-09-14 or 14 September 2020", s)
}

func parseISO(s string) (string, bool) {
	m := isoDate.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	switch {
	case m[2] == "":
		return s, m[1] != "0000"
	case m[3] == "":
		return s, m[1] != "0000" && "01" <= m[2] && m[2] <= "12"
	}
	return join(m[1], m[2], m[3], m[4])
}

func parseDayFirst(s string) (string, bool) {
	m := dayFirst.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return join(m[3], month(m[2]), m[1], m[4])
}

func parseMonthDay(s string) (string, bool) {
	m := monthDay.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return join(m[3], month(m[1]), m[2], m[4])
}

func parseMonthYear(s string) (string, bool) {
	m := monthYear.FindStringSubmatch(s)
	if m == nil || month(m[1]) == "" {
		return "", false
	}
	return m[2] + "-" + month(m[1]), true
}

// month returns the two digits of an English month's name or its abbreviation, "" for other words.
func month(word string) string {
	word = strings.ToLower(word)
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if word == name || word == name[:3] || (m == time.September && word == "sept") {
			return fmt.Sprintf("%02d", int(m))
		}
	}
	return ""
}

// join checks that the day exists and appends the time of day where one is given.
func join(year, month, day, clock string) (string, bool) {
	date := fmt.Sprintf("%s-%s-%02s", year, month, day)
	if _, err := time.Parse(time.DateOnly, date); err != nil || year == "0000" {
		return "", false
	}
	if clock == "" {
		return date, true
	}
	hours, ok := parseClock(clock)
	return date + "T" + hours, ok
}

func parseClock(s string) (string, bool) {
	m := clockTime.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return "", false
	}
	hour, err := strconv.Atoi(m[1])
	if err != nil || hour > 23 || m[2] > "59" || m[3] > "59" {
		return "", false
	}
	if m[5] != "" {
		if hour < 1 || hour > 12 {
			return "", false
		}
		hour %= 12
		if m[5][0] == 'p' || m[5][0] == 'P' {
			hour += 12
		}
	}
	out := fmt.Sprintf("%02d:%s", hour, m[2])
	if m[3] != "" {
		out += ":" + m[3] + strings.Replace(m[4], ",", ".", 1)
	}
	zone, ok := parseZone(m[6])
	return out + zone, ok
}

// parseZone turns a zone into "Z" or "+02:00". Of the zones with names it knows those of RFC 2822
// (section 4.3); others are dropped, since many names stand for several zones.
func parseZone(s string) (string, bool) {
	switch s {
	case "":
		return "", true
	case "Z", "z", "UT", "UTC", "GMT":
		return "Z", true
	case "EDT":
		return "-04:00", true
	case "EST", "CDT":
		return "-05:00", true
	case "CST", "MDT":
		return "-06:00", true
	case "MST", "PDT":
		return "-07:00", true
	case "PST":
		return "-08:00", true
	}
	if s[0] != '+' && s[0] != '-' {
		return "", true
	}
	digits := strings.Replace(s[1:], ":", "", 1) + "00"
	if digits[:2] > "14" || digits[2:4] > "59" {
		return "", false
	}
	return s[:1] + digits[:2] + ":" + digits[2:4], true
}
