package token

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Example is a text whose sentences are known.
type Example struct {
	Text []rune
	Ends map[int]bool // where a sentence ends
}

// TrainOptions say how to train.
type TrainOptions struct {
	Epochs   int
	Seed     uint64
	MinCount int // features seen less often are left out
	Rate     float64
	Decay    float64 // of the weights, per example
}

// instance is a gap as the learner sees it.
type instance struct {
	features []uint32
	end      bool
}

// TrainBoundaries learns by logistic regression where sentences end and returns the weights as Sentences wants
// them: the mean of those after each epoch, a byte each.
func TrainBoundaries(examples []Example, o TrainOptions) []byte {
	data := instances(examples)
	dropRare(data, o.MinCount)
	random := rand.New(rand.NewPCG(o.Seed, 0))
	w, squares, mean := make([]float64, 1<<tableBits), make([]float64, 1<<tableBits), make([]float64, 1<<tableBits)
	for range o.Epochs {
		random.Shuffle(len(data), func(i, k int) { data[i], data[k] = data[k], data[i] })
		for i := range data {
			learn(&data[i], w, squares, o)
		}
		for f, x := range w {
			mean[f] += x / float64(o.Epochs)
		}
	}
	return quantise(mean)
}

func dropRare(data []instance, minCount int) {
	counts := make([]int, 1<<tableBits)
	for i := range data {
		for _, f := range data[i].features {
			counts[f]++
		}
	}
	for i := range data {
		x := &data[i]
		x.features = slices.DeleteFunc(x.features, func(f uint32) bool { return counts[f] < minCount })
	}
}

// learn takes one step of AdaGrad.
func learn(x *instance, w, squares []float64, o TrainOptions) {
	sum, target := 0.0, 0.0
	for _, f := range x.features {
		sum += w[f]
	}
	if x.end {
		target = 1
	}
	slope := 1/(1+math.Exp(-sum)) - target
	for _, f := range x.features {
		d := slope + o.Decay*w[f]
		squares[f] += d * d
		w[f] -= o.Rate * d / (1e-6 + math.Sqrt(squares[f]))
	}
}

// quantum is one step of a stored weight.
const quantum = 1.0 / 32

func quantise(w []float64) []byte {
	out := make([]byte, len(w))
	for i, x := range w {
		out[i] = byte(int8(math.Round(max(-127, min(127, x/quantum)))))
	}
	return out
}

func instances(examples []Example) []instance {
	var out []instance
	for _, x := range examples {
		d := &divider{text: x.Text, style: textStyle(x.Text)}
		for _, p := range paragraphs(x.Text, 0, len(x.Text)) {
			d.read(p.Start, p.End)
			scan(d.words, d.style, func(i int, g *gap) bool {
				end := x.Ends[d.words[i].End]
				if _, sure := g.rule(); !sure && !g.hopeless() {
					out = append(out, instance{g.features(nil), end})
				}
				return end
			})
		}
	}
	return out
}
