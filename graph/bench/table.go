package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// row is a line of the table. Ours and theirs are in words; ratio is how many times better ours is.
type row struct {
	name         string
	ours, theirs string
	ratio        float64 // 0: there is none, and value and the limits are times
	least        bool    // theirs was given up: the ratio is no less
	value        time.Duration
	floor, goal  float64 // ratios, or milliseconds
}

func (b *bench) add(r row) {
	say("%s: %s, %s", r.name, r.ours, r.theirs)
	b.rows = append(b.rows, r)
}

// duration adds a row for two times.
func (b *bench) duration(name string, ours, theirs time.Duration, floor, goal float64) {
	b.add(row{name: name, ours: short(ours), theirs: short(theirs), ratio: ratio(theirs, ours), floor: floor, goal: goal})
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

func short(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.2f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.1f µs", float64(d)/1e3)
}

func (r row) verdict() string {
	good := func(limit float64) bool {
		if r.ratio == 0 {
			return float64(r.value)/1e6 <= limit
		}
		return r.ratio >= limit
	}
	switch {
	case good(r.goal):
		return "goal"
	case good(r.floor):
		return "floor"
	}
	return "BELOW"
}

func (b *bench) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%d quads\tours\tcayley+bolt\tratio\tfloor\tgoal\treached\n", b.quads)
	for _, r := range b.rows {
		if r.ratio == 0 {
			fmt.Fprintf(w, "%s\t%s\t%s\t\t%.0f ms\t%.0f ms\t%s\n", r.name, r.ours, r.theirs, r.floor, r.goal, r.verdict())
			continue
		}
		least := map[bool]string{true: ">"}[r.least]
		fmt.Fprintf(w, "%s\t%s\t%s%s\t%s%.4gx\t%gx\t%gx\t%s\n", r.name, r.ours, least, r.theirs, least, r.ratio, r.floor, r.goal, r.verdict())
	}
	return w.Flush()
}
