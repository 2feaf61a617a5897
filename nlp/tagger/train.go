package tagger

import (
	"io"
	"math/rand/v2"
	"slices"

	"newsgraph/nlp/linear"
	"newsgraph/nlp/words"
)

// Options says how to train.
type Options struct {
	Task   Task
	Labels []string
	Cells  int // size of the table
	Epochs int
	Beam   int
	Seed   uint64
	Rare   int // words seen no more often than this count as unknown
	Often  int // from how many occurrences on a form keeps to the labels seen with it; 0 never
}

// Trained is a model in training or fresh from it: whole weights, not yet shipped.
type Trained struct {
	header
	average []float32
	floor   int
}

// Train learns a model. The same data, options and order give the same model.
func Train(data []*Sentence, o Options) *Trained {
	h := header{Task: o.Task, Labels: o.Labels, Beam: o.Beam, Words: vocabulary(data, o.Rare)}
	t := linear.NewTrainer(o.Cells)
	m := newModel(h, t)
	masked := make([]*Sentence, len(data))
	for i, s := range data {
		masked[i] = m.masked(s)
	}
	data = masked
	h.Known, h.Open = dictionary(data, o)
	m = newModel(h, t)
	rnd := rand.New(rand.NewPCG(o.Seed, uint64(len(data))))
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	r := &run{m: m}
	for range o.Epochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			r.learn(data[i], t)
			t.Step()
		}
	}
	return &Trained{header: h, average: t.Average()}
}

func vocabulary(data []*Sentence, rare int) *words.Vocabulary {
	var all [][]words.Info
	for _, s := range data {
		all = append(all, s.Words)
	}
	return words.NewVocabulary(all, rare)
}

// dictionary lists the labels of frequent forms, and those that rare forms take.
func dictionary(data []*Sentence, o Options) (map[uint32][]uint16, []uint16) {
	count := map[uint32]int{}
	seen := map[uint32][]uint16{}
	for _, s := range data {
		for i, w := range s.Words {
			count[w.Form]++
			if !slices.Contains(seen[w.Form], s.Gold[i]) {
				seen[w.Form] = append(seen[w.Form], s.Gold[i])
			}
		}
	}
	var open []uint16
	for form, list := range seen {
		slices.Sort(list)
		if o.Often > 0 && count[form] >= o.Often {
			continue
		}
		for _, l := range list {
			if !slices.Contains(open, l) {
				open = append(open, l)
			}
		}
		delete(seen, form)
	}
	slices.Sort(open)
	return seen, open
}

// learn labels one sentence and updates where the beam's lead over the right labels is greatest.
func (r *run) learn(s *Sentence, t *linear.Trainer) {
	r.s = s
	r.start()
	none := uint16(len(r.m.labels))
	right, worst, where := int64(0), int64(0), -1
	l1, l2 := none, none
	at := -1
	for i := range s.Words {
		r.extend(i)
		right += r.goldScore(i, l1, l2)
		l1, l2 = s.Gold[i], l1
		top := r.items[r.best()]
		if v := top.score - right; !r.isGold(r.best(), i) && v >= worst {
			worst, where, at = v, i, r.best()
		}
	}
	if where >= 0 {
		r.update(t, where, r.path(at))
	}
}

func (r *run) goldScore(i int, l1, l2 uint16) int64 {
	cands := r.m.candidates(&r.s.Words[i])
	alone := len(cands) == 1 && r.from[len(r.from)-2]-r.from[len(r.from)-3] == 1 && r.m.follows == nil
	if alone {
		return 0
	}
	out := []int32{0}
	gold := []uint16{r.s.Gold[i]}
	r.features = history(r.m.task, r.s, i, l1, l2, static(r.m.task, r.s, i, r.features[:0]))
	r.m.weights.Score(r.features, gold, out)
	return int64(out[0])
}

func (r *run) isGold(at, i int) bool {
	for ; r.items[at].prev >= 0; at, i = int(r.items[at].prev), i-1 {
		if r.items[at].label != r.s.Gold[i] {
			return false
		}
	}
	return true
}

func (r *run) update(t *linear.Trainer, last int, guess []uint16) {
	none := uint16(len(r.m.labels))
	g1, g2, p1, p2 := none, none, none, none
	for i := 0; i <= last; i++ {
		g, p := r.s.Gold[i], guess[i]
		if g != p || g1 != p1 || g2 != p2 {
			r.features = static(r.m.task, r.s, i, r.features[:0])
			if g != p {
				t.Update(r.features, g, 1)
				t.Update(r.features, p, -1)
			}
			r.features = history(r.m.task, r.s, i, g1, g2, r.features[:0])
			t.Update(r.features, g, 1)
			r.features = history(r.m.task, r.s, i, p1, p2, r.features[:0])
			t.Update(r.features, p, -1)
		}
		g1, g2, p1, p2 = g, g1, p, p1
	}
}

// Model returns the model with its weights as they ship. Bytes smaller than floor become 0.
func (t *Trained) Model(floor int) *Model {
	return newModel(t.header, linear.Quantize(t.average, floor))
}

// Merge averages the weights of models trained alike with different seeds.
func Merge(all ...*Trained) *Trained {
	out := &Trained{header: all[0].header}
	var ws [][]float32
	for _, t := range all {
		ws = append(ws, t.average)
	}
	out.average = linear.Mean(ws...)
	return out
}

// Write writes a model file.
func (t *Trained) Write(w io.Writer, floor int) error {
	return linear.Write(w, t.header, linear.Quantize(t.average, floor))
}
