package neural

import "newsgraph/nlp/words"

// Buckets is the number of rows of the table of word parts; Parts how many rows a word sums.
const (
	Buckets = 1 << 15
	Parts   = words.Suffixes + words.Prefixes + 3
)

// Features returns the rows of the table of word parts that stand for a word: its ends, its shape, its case and what
// the lexicon says of it. Row 0 is empty and stands for "none".
func Features(w *words.Info) [Parts]int32 {
	var out [Parts]int32
	n := 0
	put := func(atom uint32) {
		if atom != 0 {
			out[n] = int32(1 + words.Feature(n, atom)%(Buckets-1))
		}
		n++
	}
	for _, a := range w.Suffix {
		put(a)
	}
	for _, a := range w.Prefix {
		put(a)
	}
	put(w.Shape)
	put(w.Case)
	put(w.Flags + 1)
	return out
}
