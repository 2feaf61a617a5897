package main

import (
	"math"
	"slices"

	"newsgraph/ingest/claim"
)

// penalty is the weight of the squares of the model's weights in what fit makes least: rare rules stay near
// the rest.
const penalty = 2.0

// fit gives the weights of a logistic regression that make the labels most likely, by Newton's method.
func fit(labels []label) claim.Model {
	names := terms(labels)
	rows := make([][]float64, len(labels))
	for i, l := range labels {
		rows[i] = values(l, names)
	}
	w := make([]float64, len(names))
	for range 25 {
		gradient, curvature := slopes(rows, labels, w)
		step := solve(curvature, gradient)
		largest := 0.0
		for k := range w {
			w[k] += step[k]
			largest = max(largest, math.Abs(step[k]))
		}
		if largest < 1e-9 {
			break
		}
	}
	m := claim.Model{}
	for k, name := range names {
		m[name] = math.Round(w[k]*10000) / 10000
	}
	return m
}

// terms lists the names of all terms of the labels, sorted.
func terms(labels []label) []string {
	var names []string
	for _, l := range labels {
		for _, t := range l.Traits.Terms() {
			names = append(names, t.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func values(l label, names []string) []float64 {
	row := make([]float64, len(names))
	for _, t := range l.Traits.Terms() {
		k, _ := slices.BinarySearch(names, t.Name)
		row[k] = t.Value
	}
	return row
}

// slopes are the first and the negated second derivatives of the penalised log-likelihood at w.
func slopes(rows [][]float64, labels []label, w []float64) ([]float64, [][]float64) {
	gradient := make([]float64, len(w))
	curvature := make([][]float64, len(w))
	for k := range w {
		gradient[k] = -penalty * w[k]
		curvature[k] = make([]float64, len(w))
		curvature[k][k] = penalty
	}
	for i, row := range rows {
		sum := 0.0
		for k, x := range row {
			sum += w[k] * x
		}
		p := 1 / (1 + math.Exp(-sum))
		for k, x := range row {
			gradient[k] += (share(labels[i].Right) - p) * x
			for j, y := range row {
				curvature[k][j] += p * (1 - p) * x * y
			}
		}
	}
	return gradient, curvature
}

func share(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// solve gives x with a x = b, where a is symmetric and positive definite. It spoils both.
func solve(a [][]float64, b []float64) []float64 {
	for k := range b {
		for i := k + 1; i < len(b); i++ {
			f := a[i][k] / a[k][k]
			for j := k; j < len(b); j++ {
				a[i][j] -= f * a[k][j]
			}
			b[i] -= f * b[k]
		}
	}
	for k := len(b) - 1; k >= 0; k-- {
		for j := k + 1; j < len(b); j++ {
			b[k] -= a[k][j] * b[j]
		}
		b[k] /= a[k][k]
	}
	return b
}
