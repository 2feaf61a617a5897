package depparse

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"newsgraph/nlp/linear"
)

// Labeler names the relations of a finished tree, from the root down, the children of a word from left to right.
// Safe for concurrent use.
type Labeler struct {
	names   []string
	allowed map[uint32][]uint16 // relations that a word with this tag may have, by atom
	all     []uint16
	weights linear.Scorer
}

type labelHeader struct {
	Names   []string
	Allowed map[uint32][]uint16
}

func newLabeler(h labelHeader, w linear.Scorer) *Labeler {
	l := &Labeler{names: h.Names, allowed: h.Allowed, weights: w}
	for i := range h.Names {
		l.all = append(l.all, uint16(i))
	}
	return l
}

// ReadLabeler reads a model file.
func ReadLabeler(r io.Reader) (*Labeler, error) {
	var h labelHeader
	t, err := linear.Read(r, &h)
	if err != nil {
		return nil, fmt.Errorf("labeler: %w", err)
	}
	if t == nil || len(h.Names) == 0 || len(h.Names) > linear.MaxClasses {
		return nil, fmt.Errorf("labeler: %w", linear.ErrFormat)
	}
	for _, list := range h.Allowed {
		if len(list) == 0 || int(slices.Max(list)) >= len(h.Names) {
			return nil, fmt.Errorf("labeler: %w", linear.ErrFormat)
		}
	}
	return newLabeler(h, t), nil
}

// tree is a sentence with its heads and what the labels are told from.
type tree struct {
	x        *sentence
	head     []int // by word, 1-based; the root's is n+1
	left     [][]int
	right    [][]int
	label    []uint16 // of words done, + 1
	features []uint32
	scores   []int32
}

func newTree(s *Sentence, heads []int) *tree {
	x := newSentence(s)
	t := &tree{x: x, head: make([]int, x.n+2), left: make([][]int, x.n+2), right: make([][]int, x.n+2), label: make([]uint16, x.n+2)}
	for i, h := range heads {
		k := i + 1
		if h == 0 {
			h = x.n + 1
		}
		t.head[k] = h
		if k < h {
			t.left[h] = append(t.left[h], k)
		} else {
			t.right[h] = append(t.right[h], k)
		}
	}
	return t
}

// order lists the words from the root down, brothers from left to right.
func (t *tree) order() []int {
	queue := []int{t.x.n + 1}
	for i := 0; i < len(queue); i++ {
		queue = append(queue, t.left[queue[i]]...)
		queue = append(queue, t.right[queue[i]]...)
	}
	return queue[1:]
}

// Label returns the relation of each word to its head. Heads are 1-based, 0 for the root.
func (l *Labeler) Label(s *Sentence, heads []int) []string {
	t := newTree(s, heads)
	out := make([]string, len(heads))
	for i := range out {
		out[i] = "dep"
	}
	for _, d := range t.order() {
		c := l.best(t, d)
		t.label[d] = c + 1
		out[d-1] = l.names[c]
	}
	return out
}

func (l *Labeler) candidates(t *tree, d int) []uint16 {
	if c, ok := l.allowed[t.x.tag[d]]; ok {
		return c
	}
	return l.all
}

// best is the best label of a word; its head and its brothers to the left have theirs. The root's is "root" alone.
func (l *Labeler) best(t *tree, d int) uint16 {
	root := t.head[d] == t.x.n+1
	cands := l.candidates(t, d)
	t.features = t.look(d, t.features[:0])
	if cap(t.scores) < len(cands) {
		t.scores = make([]int32, len(l.all))
	}
	t.scores = t.scores[:len(cands)]
	clear(t.scores)
	l.weights.Score(t.features, cands, t.scores)
	best := -1
	for i, c := range cands {
		if (c == 0) != root {
			continue
		}
		if best < 0 || t.scores[i] > t.scores[best] {
			best = i
		}
	}
	if best < 0 {
		return 0
	}
	return cands[best]
}

// view is what the features look at for one arc.
type view struct {
	h, d, g              int // head, dependent, head's head
	side, dist           uint32
	prev, next           int // brothers of d, nearest on each side
	firstL, lastL, lastR int // children of d
	hl, hr               int // outermost children of h
	labels               uint32
	prevLabel, up        uint32
}

func (t *tree) view(d int) view {
	h := t.head[d]
	v := view{h: h, d: d, g: t.head[h], up: uint32(t.label[h])}
	a, b := min(h, d), max(h, d)
	v.dist = distance(a, b)
	brothers := t.right[h]
	if d < h {
		v.side, brothers = 1, t.left[h]
	}
	at := slices.Index(brothers, d)
	if at > 0 {
		v.prev = brothers[at-1]
	}
	if at+1 < len(brothers) {
		v.next = brothers[at+1]
	}
	v.firstL, v.lastL, v.lastR = first(t.left[d]), last(t.left[d]), last(t.right[d])
	v.hl, v.hr = first(t.left[h]), last(t.right[h])
	v.prevLabel = uint32(t.label[v.prev])
	for _, list := range [][]int{t.left[h], t.right[h]} {
		for _, k := range list {
			if l := t.label[k]; l > 0 && k != d {
				v.labels += uint32(l)*2654435761 ^ uint32(l)
			}
		}
	}
	return v
}

func first(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return list[0]
}

func last(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1]
}

func (t *tree) look(d int, f []uint32) []uint32 {
	v := t.view(d)
	f = t.arc(&v, f)
	f = t.around(&v, f)
	for _, k := range t.left[d] {
		f = t.child(&v, k, 0, f)
	}
	for _, k := range t.right[d] {
		f = t.child(&v, k, 1, f)
	}
	for _, k := range t.left[v.h] {
		f = t.brother(&v, k, 0, f)
	}
	for _, k := range t.right[v.h] {
		f = t.brother(&v, k, 1, f)
	}
	return f
}

func (t *tree) arc(v *view, f []uint32) []uint32 {
	x, h, d, s := t.x, v.h, v.d, v.side
	w, g, u := x.form, x.tag, x.upos
	return append(f,
		linear.F2(0, w[d], s), linear.F2(1, g[d], s), linear.F3(2, w[d], g[d], s), linear.F2(3, x.fine[d], s), linear.F2(4, w[h], s),
		linear.F2(5, g[h], s), linear.F3(6, g[h], g[d], s), linear.F3(7, w[h], g[d], s), linear.F3(8, g[h], w[d], s), linear.F3(9, w[h], w[d], s),
		linear.F3(10, x.fine[h], x.fine[d], s), linear.F3(11, x.middle[h], x.middle[d], s), linear.F3(12, w[h], x.fine[d], s),
		linear.F3(13, x.fine[h], w[d], s), linear.F3(14, x.middle[h], g[d], s), linear.F3(15, g[h], x.middle[d], s),
		linear.F4(16, g[h], g[d], s, v.dist), linear.F4(17, w[h], g[d], s, v.dist), linear.F4(18, g[h], w[d], s, v.dist),
		linear.F3(19, u[h], u[d], x.between(min(h, d), max(h, d))), linear.F4(20, g[h], g[d], s, u[v.g]), linear.F3(21, x.coarse[h], x.coarse[d], s),
		linear.F3(22, w[h], u[d], s), linear.F3(23, x.fine[h], g[d], s), linear.F3(24, g[h], x.fine[d], s))
}

func (t *tree) around(v *view, f []uint32) []uint32 {
	x, h, d, s := t.x, v.h, v.d, v.side
	w, g, u := x.form, x.tag, x.upos
	before, after := max(d-1, 0), min(d+1, x.n+1)
	return append(f,
		linear.F3(30, v.up, g[d], s), linear.F3(31, v.up, g[h], g[d]), linear.F3(32, v.up, w[d], s), linear.F3(33, v.prevLabel, g[d], s),
		linear.F4(34, v.prevLabel, g[h], g[d], s), linear.F4(35, v.prevLabel, w[h], g[d], s), linear.F3(36, v.labels, g[d], s),
		linear.F3(37, v.labels, w[h], g[d]), linear.F3(38, g[v.prev], g[d], s), linear.F3(39, g[v.next], g[d], s), linear.F4(40, g[v.prev], g[d], g[v.next], g[h]),
		linear.F3(41, g[d], g[v.firstL], s), linear.F4(42, g[h], g[d], g[v.firstL], s), linear.F4(43, g[h], g[d], w[v.firstL], s), linear.F4(44, w[h], g[d], w[v.firstL], s),
		linear.F3(45, w[v.firstL], w[d], s), linear.F4(46, g[h], g[d], g[v.lastR], s), linear.F4(47, u[h], g[d], g[v.lastL], s), linear.F4(48, u[h], g[d], w[v.lastL], s),
		linear.F3(49, g[before], g[d], s), linear.F3(50, g[d], g[after], s), linear.F4(51, g[before], g[d], g[after], s), linear.F3(52, w[before], g[d], s),
		linear.F3(53, g[d], w[after], s), linear.F4(54, g[v.hl], g[h], g[d], s), linear.F4(55, g[h], g[v.hr], g[d], s), linear.F3(56, w[v.next], g[d], g[h]),
		linear.F3(57, w[v.prev], g[d], g[h]), linear.F4(58, x.middle[h], w[v.firstL], x.middle[d], s), linear.F4(59, u[v.g], w[h], g[d], s))
}

// child describes a child k of the dependent: "case", "mark" and auxiliaries decide most labels.
func (t *tree) child(v *view, k int, side uint32, f []uint32) []uint32 {
	x := t.x
	g, w := x.tag, x.form
	return append(f, linear.F4(70, g[k], g[v.d], v.side, side), linear.F4(71, w[k], g[v.d], g[v.h], v.side),
		linear.F4(72, g[k], g[v.d], g[v.h], side*2+v.side), linear.F3(73, w[k], w[v.h], v.side))
}

// brother describes another child k of the head.
func (t *tree) brother(v *view, k int, side uint32, f []uint32) []uint32 {
	if k == v.d {
		return f
	}
	x := t.x
	order := uint32(0)
	if k < v.d {
		order = 1
	}
	l := uint32(t.label[k])
	return append(f, linear.F4(80, x.tag[k], x.tag[v.d], x.tag[v.h], side*2+order), linear.F4(81, x.form[k], x.tag[v.d], x.upos[v.h], side*2+order),
		linear.F4(82, l, x.tag[v.d], x.tag[v.h], v.side*2+order), linear.F3(83, l, x.tag[v.d], x.form[v.h]), linear.F3(84, l, x.form[v.d], order))
}

// LabelOptions says how to train a Labeler.
type LabelOptions struct {
	Names  []string // the first one is "root"
	Cells  int
	Epochs int
	Seed   uint64
}

// TrainedLabeler is a labeler fresh from training.
type TrainedLabeler struct {
	header  labelHeader
	average []float32
}

// TrainLabeler learns labels on right trees.
func TrainLabeler(data []*Sentence, o LabelOptions) *TrainedLabeler {
	h := labelHeader{o.Names, labelsByTag(data)}
	t := linear.NewTrainer(o.Cells)
	l := newLabeler(h, t)
	rnd := rand.New(rand.NewPCG(o.Seed, uint64(len(data))))
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	for range o.Epochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			l.learn(data[i], t)
			t.Step()
		}
	}
	return &TrainedLabeler{h, t.Average()}
}

func labelsByTag(data []*Sentence) map[uint32][]uint16 {
	out := map[uint32][]uint16{}
	for _, s := range data {
		for i, g := range s.Tags {
			if !slices.Contains(out[g], s.Labels[i]) {
				out[g] = append(out[g], s.Labels[i])
			}
		}
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

func (l *Labeler) learn(s *Sentence, w *linear.Trainer) {
	t := newTree(s, s.Heads)
	for _, d := range t.order() {
		gold := s.Labels[d-1]
		guess := l.best(t, d)
		if guess != gold {
			w.Update(t.features, gold, 1)
			w.Update(t.features, guess, -1)
		}
		t.label[d] = guess + 1
	}
}

// MergeLabelers averages the weights of labelers trained alike with different seeds.
func MergeLabelers(all ...*TrainedLabeler) *TrainedLabeler {
	var ws [][]float32
	for _, t := range all {
		ws = append(ws, t.average)
	}
	return &TrainedLabeler{all[0].header, linear.Mean(ws...)}
}

// Labeler returns the labeler with its weights as they ship.
func (t *TrainedLabeler) Labeler(floor int) *Labeler {
	return newLabeler(t.header, linear.Quantize(t.average, floor))
}

// Write writes a model file.
func (t *TrainedLabeler) Write(w io.Writer, floor int) error {
	return linear.Write(w, t.header, linear.Quantize(t.average, floor))
}
