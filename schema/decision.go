package schema

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Decision is a user's word on which entities are one.
type Decision struct {
	// Line is where it stands in its file, from 1; 0 when it stands in none.
	Line int
	// Action is Merge or Split.
	Action string
	// Entity is the ID or any name of an entity as the decisions before leave it. Merge keeps its name.
	Entity string
	// Other is what Merge takes into Entity, an ID or name.
	Other string
	// Document is the ID of the article whose mentions Split takes out of Entity, and Name what they are called from
	// then on; empty for the same name.
	Document, Name string
	// Number orders the decisions of a graph: by number, then by String. It is greater than that of any decision known when
	// it was made, so that decisions of several graphs come into one order. 0 when it is in none.
	Number int
}

// The actions.
const (
	Merge = "merge"
	Split = "split"
)

// String gives the line of a decisions file.
func (d Decision) String() string {
	fields := []string{d.Action, d.Entity, d.Other}
	if d.Action == Split {
		fields = []string{d.Action, d.Entity, d.Document}
		if d.Name != "" {
			fields = append(fields, d.Name)
		}
	}
	return strings.Join(fields, "\t")
}

// CompareDecisions is the order in which the decisions of a graph are applied.
func CompareDecisions(a, b Decision) int {
	return cmp.Or(cmp.Compare(a.Number, b.Number), strings.Compare(a.String(), b.String()))
}

// Said is what a decision says, wherever it stands.
func (d Decision) Said() Decision {
	d.Line, d.Number = 0, 0
	return d
}

// DecisionKeys gives the IDs of decisions in their order: hashes of what each says and of how many before it say the same.
func DecisionKeys(list []Decision) []string {
	keys := make([]string, len(list))
	before := map[Decision]int{}
	for i, d := range list {
		h := sha256.New()
		for _, part := range []string{d.Action, d.Entity, d.Other, d.Document, d.Name, strconv.Itoa(before[d.Said()])} {
			keyPart(h, part)
		}
		before[d.Said()]++
		keys[i] = hex.EncodeToString(h.Sum(nil)[:keyBytes])
	}
	return keys
}

// SortDecisions brings decisions into the order in which they are applied.
func SortDecisions(list []Decision) { slices.SortStableFunc(list, CompareDecisions) }
