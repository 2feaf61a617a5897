package linear

// Scorer adds up the weights of features. Rows are feature hashes as F1..F4 make them.
type Scorer interface {
	// Score adds to out[i] the weights of all features for classes[i].
	Score(features []uint32, classes []uint16, out []int32)
	// Score3 returns the summed weights of classes 0, 1 and 2.
	Score3(features []uint32) [3]int32
}

// margin is the number of cells behind the last place where a row may begin.
const margin = 512

// MaxClasses is the greatest number of classes a table serves.
const MaxClasses = margin

// Table is a read-only table of weights, one byte each, on a square-root scale: the byte q stands for
// q*|q|. Sums are integers, so scores are the same on every machine. Safe for concurrent use.
type Table struct {
	cells []int8
}

// squares maps the bits of a cell to its weight.
type squares [256]int32

var weightOf = newSquares()

func newSquares() *squares {
	var s squares
	for q := -128; q < 128; q++ {
		s[uint8(int8(q))] = int32(q * max(q, -q))
	}
	return &s
}

func place(feature uint32, n int) int {
	return int(uint64(feature) * uint64(n-margin) >> 32)
}

// Score implements Scorer.
func (t *Table) Score(features []uint32, classes []uint16, out []int32) {
	n := len(t.cells)
	for _, f := range features {
		row := t.cells[place(f, n):][:margin]
		for i, c := range classes {
			out[i] += weightOf[uint8(row[c&(margin-1)])]
		}
	}
}

// Score3 implements Scorer.
func (t *Table) Score3(features []uint32) [3]int32 {
	var a, b, c int32
	n := len(t.cells)
	for _, f := range features {
		row := t.cells[place(f, n):][:3]
		a += weightOf[uint8(row[0])]
		b += weightOf[uint8(row[1])]
		c += weightOf[uint8(row[2])]
	}
	return [3]int32{a, b, c}
}

// FromCells returns a table over the cells, which it keeps.
func FromCells(cells []int8) *Table { return &Table{cells: cells} }

// Cells returns the cells of the table, not a copy; nil for a nil table.
func (t *Table) Cells() []int8 {
	if t == nil {
		return nil
	}
	return t.cells
}
