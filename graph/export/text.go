package export

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"newsgraph/schema"
)

// several joins the values of one cell of a table or one attribute of a network.
const several = " | "

// plain takes out of a text what tables and XML cannot hold: control characters but for white space, and what is
// no character, become U+FFFD.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// cell is plain for a table that people open in a spreadsheet: a text that a spreadsheet would take for a formula gets an
// apostrophe in front. Numbers do not.
func cell(s string) string {
	s = plain(s)
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

// oneLine puts a text on one line: line breaks and tabs become blanks.
func oneLine(s string) string { return lineBreaks.Replace(s) }

var lineBreaks = strings.NewReplacer("\r\n", " ", "\t", " ", "\n", " ", "\r", " ", "\v", " ", "\f", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// number writes a number as short as it goes.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// days returns the first and the last day of a time ("2020-09-14"); one of them is empty where an interval is open, and both
// where the time has no place in the calendar.
func days(t *schema.Time) (first, last string) {
	if t == nil {
		return "", ""
	}
	from, to, interval := strings.Cut(t.Value, "/")
	if !interval {
		to = from
	}
	first, _ = calendar(from)
	_, last = calendar(to)
	return first, last
}

// calendar returns the first and the last day of a year, a month or a day; empty for anything else.
func calendar(date string) (first, last string) {
	if day, _, ok := strings.Cut(date, "T"); ok {
		date = day
	}
	for _, p := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(p.layout, date); err == nil {
			next := t.AddDate(p.years, p.months, p.days)
			return t.Format(time.DateOnly), next.AddDate(0, 0, -1).Format(time.DateOnly)
		}
	}
	return "", ""
}

// sentence says a claim in words: the gloss of its predicate with the two names in it.
func sentence(c *schema.Claim) string {
	object := c.Object.Literal
	if c.Object.Entity != nil {
		object = c.Object.Entity.Label
	}
	if p, ok := schema.Default().Predicate(c.Predicate); ok {
		return placeholders.ReplaceAllStringFunc(p.Gloss, func(x string) string {
			if x == "X" {
				return c.Subject.Label
			}
			return object
		})
	}
	return c.Subject.Label + " " + strings.ReplaceAll(c.Predicate, "_", " ") + " " + object
}

var placeholders = regexp.MustCompile(`\b[XY]\b`)

// reading is a sentence with how far it is from a fact and who says so.
func reading(c *schema.Claim) string {
	s := sentence(c) + " (" + c.Factuality.String()
	if len(c.Attribution) > 0 {
		s += ", according to " + strings.ReplaceAll(chain(c), " < ", " quoting ")
	}
	return s + ")"
}
