package eval

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Table is a result for people and programs: named columns, and rows of text, int or json.Number.
type Table struct {
	Name    string
	Columns []string // lower case, as JSON keys
	Rows    [][]any
}

// fixed is a number with the given number of decimals.
func fixed(x float64, decimals int) json.Number {
	return json.Number(strconv.FormatFloat(x, 'f', decimals, 64))
}

// percent is the share n of all in per cent, as the scorers of docs/evaluation.md print it; of nothing it is 0.
func percent(n, all int) json.Number { return fixed(100*float64(n)/float64(max(all, 1)), 2) }

// genres lists the keys of a tally: the whole (""), then the genres by name.
func genres[T any](tally map[string]T) []string { return slices.Sorted(maps.Keys(tally)) }

// genreLabel is what a table calls a genre.
func genreLabel(genre string) string {
	if genre == "" {
		return "all"
	}
	return genre
}

// both lists the tallies that a sentence of the genre counts in: the whole, and its genre's where there is one.
func both[T any](tally map[string]*T, genre string) []*T {
	out := []*T{tallied(tally, "")}
	if genre != "" {
		out = append(out, tallied(tally, genre))
	}
	return out
}

// tallied returns the tally of the key, made where there is none.
func tallied[K comparable, T any](tally map[K]*T, key K) *T {
	if tally[key] == nil {
		tally[key] = new(T)
	}
	return tally[key]
}
