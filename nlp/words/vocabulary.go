package words

import (
	"encoding/json"
	"slices"

	"newsgraph/nlp/linear"
)

// Vocabulary is the set of words that a model saw often enough to know them by form. All other words look alike to
// it but for their shape, ends and table entry, in training too, so it learns what to make of unknown words. A
// nil *Vocabulary knows all words.
type Vocabulary struct{ low map[uint32]bool }

// NewVocabulary returns the words of sentences that are seen more often than rare.
func NewVocabulary(sentences [][]Info, rare int) *Vocabulary {
	count := map[uint32]int{}
	for _, s := range sentences {
		for i := range s {
			count[s[i].Low]++
		}
	}
	v := &Vocabulary{map[uint32]bool{}}
	for w, n := range count {
		if n > rare {
			v.low[w] = true
		}
	}
	return v
}

// unknown is the atom of rare words.
var unknown = linear.String("\x00unknown")

// Mask returns the words with the atoms of unknown ones' forms replaced.
func (v *Vocabulary) Mask(in []Info) []Info {
	if v == nil {
		return in
	}
	out := slices.Clone(in)
	for i := range out {
		if !v.low[out[i].Low] {
			out[i].Low = unknown
			out[i].Form = linear.F2(0, unknown, out[i].Shape) | 1
		}
	}
	return out
}

// MarshalJSON writes the atoms in rising order.
func (v *Vocabulary) MarshalJSON() ([]byte, error) {
	list := make([]uint32, 0, len(v.low))
	for w := range v.low {
		list = append(list, w)
	}
	slices.Sort(list)
	return json.Marshal(list)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Vocabulary) UnmarshalJSON(b []byte) error {
	var list []uint32
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	v.low = make(map[uint32]bool, len(list))
	for _, w := range list {
		v.low[w] = true
	}
	return nil
}
