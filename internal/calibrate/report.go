package main

import (
	"fmt"
	"io"
	"slices"
)

// guess is a confidence that was given to a claim, and whether the claim is right.
type guess struct {
	p     float64
	right bool
}

// heldOut judges each label by a model that has seen no claim of its article.
func heldOut(labels []label) []guess {
	var out []guess
	for _, doc := range documents(labels) {
		var rest, own []label
		for _, l := range labels {
			if l.Document == doc {
				own = append(own, l)
			} else {
				rest = append(rest, l)
			}
		}
		m := fit(rest)
		for _, l := range own {
			out = append(out, guess{m.Confidence(l.Traits), l.Right})
		}
	}
	return out
}

func documents(labels []label) []string {
	var out []string
	for _, l := range labels {
		out = append(out, l.Document)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// brier is the mean square of how far the confidences are from what was right.
func brier(gs []guess) float64 {
	sum := 0.0
	for _, g := range gs {
		sum += (g.p - share(g.right)) * (g.p - share(g.right))
	}
	return sum / float64(len(gs))
}

// bin is the guesses from a confidence up to the next bin's.
type bin struct {
	from, to    float64
	n           int
	said, found float64 // mean confidence, share of right ones
}

// edges part the bins.
var edges = []float64{0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1}

func bins(gs []guess) []bin {
	var out []bin
	for k := range len(edges) - 1 {
		b := bin{from: edges[k], to: edges[k+1]}
		for _, g := range gs {
			if b.from <= g.p && g.p < b.to {
				b.n++
				b.said += g.p
				b.found += share(g.right)
			}
		}
		if b.n > 0 {
			b.said /= float64(b.n)
			b.found /= float64(b.n)
			out = append(out, b)
		}
	}
	return out
}

// gain is how much more often the surer half is right than all.
func gain(gs []guess) float64 {
	sorted := slices.Clone(gs)
	slices.SortStableFunc(sorted, func(a, b guess) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return 0
	})
	return precision(sorted[:len(sorted)/2]) - precision(sorted)
}

func precision(gs []guess) float64 {
	sum := 0.0
	for _, g := range gs {
		sum += share(g.right)
	}
	return sum / float64(len(gs))
}

// report writes how well the confidences fit, before the model and with it, as tables of Markdown.
func report(w io.Writer, labels []label) {
	var before, flat []guess
	all := 0.0
	for _, l := range labels {
		all += share(l.Right) / float64(len(labels))
	}
	for _, l := range labels {
		before = append(before, guess{l.Before, l.Right})
		flat = append(flat, guess{all, l.Right})
	}
	after := heldOut(labels)
	fmt.Fprintf(w, "%d claims of %d articles, %.3f right\n\n", len(labels), len(documents(labels)), all)
	fmt.Fprintf(w, "| confidence | Brier score | gain of the surer half |\n| --- | --- | --- |\n")
	fmt.Fprintf(w, "| the same for all | %.4f | |\n", brier(flat))
	fmt.Fprintf(w, "| by hand, before | %.4f | %+.3f |\n", brier(before), gain(before))
	fmt.Fprintf(w, "| model, other articles | %.4f | %+.3f |\n", brier(after), gain(after))
	for _, t := range []struct {
		name string
		gs   []guess
	}{{"by hand, before", before}, {"model, other articles", after}} {
		fmt.Fprintf(w, "\n| %s | claims | mean | right |\n| --- | --- | --- | --- |\n", t.name)
		for _, b := range bins(t.gs) {
			fmt.Fprintf(w, "| %.2f to %.2f | %d | %.3f | %.3f |\n", b.from, b.to, b.n, b.said, b.found)
		}
	}
}
