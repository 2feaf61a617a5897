package conflict

import (
	"math"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// numbers tells whether two claims give different numbers of those to whom one thing happened: the same
// unit, day and place, and bounds that do not meet.
func (f *finder) numbers(a, b *schema.Claim) bool {
	x, okX := counted(a)
	y, okY := counted(b)
	if !okX || !okY || x.Unit != y.Unit || !sameDay(a, b) || !sameScene(a, b) {
		return false
	}
	lowX, highX := bounds(x)
	lowY, highY := bounds(y)
	return lowX > highY || lowY > highX
}

// counted is the one number of people or things in a claim.
func counted(c *schema.Claim) (schema.Quantity, bool) {
	var found []schema.Quantity
	for _, q := range c.Quantities {
		if q.Unit != "" && strings.ToUpper(q.Unit) != q.Unit && q.Unit != "percent" && !isTime(q.Unit) {
			found = append(found, q)
		}
	}
	if len(found) != 1 {
		return schema.Quantity{}, false
	}
	return found[0], true
}

func isTime(unit string) bool {
	switch unit {
	case "second", "minute", "hour", "day", "week", "month", "year", "decade", "century":
		return true
	}
	return false
}

// sameDay tells whether both claims are of one day or one short span.
func sameDay(a, b *schema.Claim) bool {
	x, okX := days(timeOf(a))
	y, okY := days(timeOf(b))
	return okX && okY && x == y && x.to-x.from < 32
}

// sameScene tells whether two claims are of one place, or of the same named thing on the side that is not counted.
func sameScene(a, b *schema.Claim) bool {
	if a.Place != nil && b.Place != nil {
		return a.Place.ID == b.Place.ID
	}
	if a.Place != nil || b.Place != nil {
		return false
	}
	x, y := a.Object.Entity, b.Object.Entity
	if x != nil && y != nil && x.ID == y.ID && !schema.Scoped(x.ID) {
		return true
	}
	return a.Subject.ID == b.Subject.ID && !schema.Scoped(a.Subject.ID)
}

// bounds are the least and the greatest number that the words allow. A round number is taken as rounded.
func bounds(q schema.Quantity) (low, high float64) {
	switch q.Bound {
	case "min":
		return q.Value, math.Inf(1)
	case "max":
		return 0, q.Value
	}
	slack := rounding(q.Value)
	if q.Bound == "about" {
		slack = max(slack, q.Value*0.15)
	}
	return q.Value - slack, q.Value + slack
}

// rounding is half a unit of the last figure that is not zero; none for numbers below 100.
func rounding(x float64) float64 {
	if x < 100 || x != math.Trunc(x) {
		return 0
	}
	unit := 1.0
	for math.Mod(x, unit*10) == 0 {
		unit *= 10
	}
	if unit == 1 {
		return 0
	}
	return unit / 2
}

// numberLabel is the number with its bound and unit in words.
func numberLabel(c *schema.Claim) string {
	q, ok := counted(c)
	if !ok {
		return ""
	}
	label := strconv.FormatFloat(q.Value, 'f', -1, 64) + " " + q.Unit
	switch q.Bound {
	case "min":
		return label + " or more"
	case "max":
		return label + " or fewer"
	}
	return strings.TrimSpace(label)
}
