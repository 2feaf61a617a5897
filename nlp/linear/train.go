package linear

import "math"

// Trainer learns a table by the averaged perceptron (Collins 2002). Weights are whole numbers while
// learning; the average over all steps is what ships. Not safe for concurrent use.
type Trainer struct {
	w    []int32
	u    []int64 // sum over updates of delta times the step it happened at
	step int64
}

// NewTrainer returns a trainer with all weights zero in a table of the given number of cells.
func NewTrainer(cells int) *Trainer {
	n := cells + margin
	return &Trainer{w: make([]int32, n), u: make([]int64, n), step: 1}
}

// Score implements Scorer.
func (t *Trainer) Score(features []uint32, classes []uint16, out []int32) {
	n := len(t.w)
	for _, f := range features {
		row := t.w[place(f, n):][:margin]
		for i, c := range classes {
			out[i] += row[c&(margin-1)]
		}
	}
}

// Score3 implements Scorer.
func (t *Trainer) Score3(features []uint32) [3]int32 {
	var a, b, c int32
	n := len(t.w)
	for _, f := range features {
		row := t.w[place(f, n):][:3]
		a += row[0]
		b += row[1]
		c += row[2]
	}
	return [3]int32{a, b, c}
}

// Update adds delta to the weight of each feature for the class.
func (t *Trainer) Update(features []uint32, class uint16, delta int32) {
	n := len(t.w)
	d := int64(delta) * t.step
	for _, f := range features {
		i := place(f, n) + int(class)
		t.w[i] += delta
		t.u[i] += d
	}
}

// Step ends one example: averages count examples.
func (t *Trainer) Step() { t.step++ }

// Restart begins the average anew: what was learned stays, but the steps so far no longer count.
func (t *Trainer) Restart() {
	clear(t.u)
	t.step = 1
}

// Average returns the weights averaged over all steps so far, or since Restart.
func (t *Trainer) Average() []float32 {
	out := make([]float32, len(t.w))
	for i, w := range t.w {
		out[i] = float32(float64(w) - float64(t.u[i])/float64(t.step))
	}
	return out
}

// Mean averages the weights of several trainers, cell by cell, each scaled to the same mean size.
func Mean(all ...[]float32) []float32 {
	out := make([]float32, len(all[0]))
	for _, ws := range all {
		scale := 1 / meanSize(ws)
		for i, w := range ws {
			out[i] += float32(float64(w) * scale)
		}
	}
	return out
}

func meanSize(ws []float32) float64 {
	sum, n := 0.0, 1e-9
	for _, w := range ws {
		if w != 0 {
			sum += math.Abs(float64(w))
			n++
		}
	}
	return max(sum/n, 1e-9)
}

// scaleTop is the byte of the greatest weight.
const scaleTop = 127

// Quantize puts weights on the table's square-root scale. Cells whose byte would be smaller than floor
// become 0, which makes the file smaller.
func Quantize(ws []float32, floor int) *Table {
	top := 1e-9
	for _, w := range ws {
		top = max(top, math.Abs(float64(w)))
	}
	t := &Table{cells: make([]int8, len(ws))}
	for i, w := range ws {
		q := math.Round(scaleTop * math.Sqrt(math.Abs(float64(w))/top))
		if q < float64(floor) {
			continue
		}
		t.cells[i] = int8(math.Copysign(q, float64(w)))
	}
	return t
}
