package depparse

import (
	"io"
	"math/rand/v2"

	"newsgraph/nlp/linear"
)

// Options says how to train a Parser.
type Options struct {
	Cells  int // size of the table
	Epochs int
	Beam   int
	Seed   uint64
	Each   func(epoch int, t *Trained) // called after each epoch, when not nil
}

// Trained is a parser fresh from training, not yet shipped.
type Trained struct {
	average []float32
}

// warmUp is the number of first passes with a narrow beam, which the average leaves out.
const warmUp = 1

// Train learns a parser. Trees that are not projective are made so first. The same data, options and order
// give the same parser.
func Train(data []*Sentence, o Options) *Trained {
	t := linear.NewTrainer(o.Cells)
	rnd := rand.New(rand.NewPCG(o.Seed, uint64(len(data))))
	gold := make([][]uint8, len(data))
	order := make([]int, len(data))
	for i, s := range data {
		gold[i] = oracle(Projective(s.Heads))
		order[i] = i
	}
	r := &run{w: t, beam: o.Beam}
	for e := range o.Epochs {
		if r.beam = o.Beam; e < warmUp {
			r.beam = max(o.Beam/4, 1)
		}
		if e == warmUp {
			t.Restart()
		}
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			r.learn(data[i], gold[i], t)
			t.Step()
		}
		if o.Each != nil {
			o.Each(e+1, &Trained{t.Average()})
		}
	}
	return &Trained{t.Average()}
}

// Projective returns heads (1-based, 0 the root) with arcs lifted, shortest first, until none cross.
func Projective(heads []int) []int {
	out := append([]int(nil), heads...)
	for {
		dep, length := -1, len(out)+2
		for i, h := range out {
			if d := max(i+1-h, h-i-1); h > 0 && d < length && crosses(out, i+1, h) {
				dep, length = i, d
			}
		}
		if dep < 0 {
			return out
		}
		out[dep] = out[out[dep]-1]
	}
}

// crosses tells whether some word between dep and head does not descend from head.
func crosses(heads []int, dep, head int) bool {
	for k := min(dep, head) + 1; k < max(dep, head); k++ {
		a := k
		for a != head && a != 0 {
			a = heads[a-1]
		}
		if a != head {
			return true
		}
	}
	return false
}

// oracle returns the actions that build a projective tree, arcs as early as can be.
func oracle(heads []int) []uint8 {
	n := len(heads)
	last := make([]int, n+2) // last dependent of each word
	head := make([]int, n+2)
	for i, h := range heads {
		if h == 0 {
			h = n + 1
		}
		head[i+1] = h
		last[h] = max(last[h], i+1)
	}
	var out []uint8
	var stack []int
	for b := 1; len(out) < 2*n; {
		top := len(stack) - 1
		switch {
		case top >= 0 && head[stack[top]] == b:
			out, stack = append(out, left), stack[:top]
		case top >= 1 && head[stack[top]] == stack[top-1] && last[stack[top]] < b:
			out, stack = append(out, right), stack[:top]
		case b <= n:
			out, stack = append(out, shift), append(stack, b)
			b++
		default:
			return out
		}
	}
	return out
}

// learn parses one sentence and updates where the beam's lead over the right actions is greatest.
func (r *run) learn(s *Sentence, gold []uint8, t *linear.Trainer) {
	if len(gold) != 2*len(s.Words) || len(gold) == 0 {
		return
	}
	r.x = newSentence(s)
	r.start()
	g := &state{mem: make([]int32, columns*(r.x.n+2)), b: 1}
	worst, where, at := int64(0), -1, int32(-1)
	good := int32(0) // node of the right state while the beam holds it
	for i, a := range gold {
		if _, only := r.allowed(g); only < 0 {
			g.score += int64(r.score(g)[a])
		}
		r.move(g, a)
		r.step()
		good = r.follow(good, a)
		if v := r.cur[0].score - g.score; r.cur[0].node != good && v >= worst {
			worst, where, at = v, i, r.cur[0].node
		}
	}
	if where >= 0 {
		r.update(t, gold[:where+1], r.actions(at))
	}
}

// follow returns the node in the beam that comes from node by action, -1 for none.
func (r *run) follow(from int32, a uint8) int32 {
	if from < 0 {
		return -1
	}
	for i := range r.cur {
		if n := r.nodes[r.cur[i].node]; n.prev == from && n.action == a {
			return r.cur[i].node
		}
	}
	return -1
}

// move applies an action in place, leaving no node.
func (r *run) move(s *state, a uint8) {
	keep := len(r.nodes)
	node := s.node
	r.apply(s, candidate{s.score, 0, a}, s)
	r.nodes, s.node = r.nodes[:keep], node
}

// update rewards the right actions and punishes the beam's, from where they part.
func (r *run) update(t *linear.Trainer, gold, guess []uint8) {
	k := 0
	for k < len(gold) && gold[k] == guess[k] {
		k++
	}
	r.reward(t, gold, k, 1)
	r.reward(t, guess, k, -1)
}

func (r *run) reward(t *linear.Trainer, actions []uint8, from int, delta int32) {
	s := &state{mem: make([]int32, columns*(r.x.n+2)), b: 1}
	for i, a := range actions {
		if _, only := r.allowed(s); i >= from && only < 0 {
			r.features = r.x.features(s, r.features[:0])
			t.Update(r.features, uint16(a), delta)
		}
		r.move(s, a)
	}
}

// Parser returns the parser with its weights as they ship, the given beam and scale (see header).
func (t *Trained) Parser(floor, beam int, scale int64) *Parser {
	return &Parser{linear.Quantize(t.average, floor), header{beam, scale}}
}

// Merge averages the weights of parsers trained alike with different seeds.
func Merge(all ...*Trained) *Trained {
	var ws [][]float32
	for _, t := range all {
		ws = append(ws, t.average)
	}
	return &Trained{linear.Mean(ws...)}
}

// Write writes a model file of what Parser returns for the same arguments.
func (t *Trained) Write(w io.Writer, floor, beam int, scale int64) error {
	return linear.Write(w, header{beam, scale}, linear.Quantize(t.average, floor))
}
