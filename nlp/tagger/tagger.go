// Package tagger labels the words of a sentence from left to right with a linear model and a beam: tags of
// words (templates of Tags) and names (templates of Names). The method is the structured perceptron of
// Collins (2002) with the max-violation updates of Huang, Fayong and Guo (2012).
package tagger

import (
	"fmt"
	"io"
	"strings"

	"newsgraph/nlp/linear"
	"newsgraph/nlp/words"
)

// Task says what is labelled, and so which templates make the features.
type Task string

// Tasks.
const (
	Tags  Task = "tags"
	Names Task = "names"
)

// Sentence is what the labeller sees of a sentence.
type Sentence struct {
	Words []words.Info
	Tags  []uint32 // atoms of the words' tags; used by Names alone
	Gold  []uint16 // right labels; used in training alone
}

// Model labels sentences. Safe for concurrent use.
type Model struct {
	task    Task
	labels  []string
	known   map[uint32][]uint16 // labels that a frequent form can have, by words.Info.Form
	open    []uint16            // labels of all other forms
	follows [][]bool            // [label][previous label], nil when anything goes
	words   *words.Vocabulary
	beam    int
	weights linear.Scorer
}

// header is a model's part of the file besides the weights.
type header struct {
	Task   Task
	Labels []string
	Known  map[uint32][]uint16
	Open   []uint16
	Words  *words.Vocabulary
	Beam   int
}

func newModel(h header, w linear.Scorer) *Model {
	return &Model{h.Task, h.Labels, h.Known, h.Open, follows(h.Labels), h.Words, h.Beam, w}
}

// Read reads a model file.
func Read(r io.Reader) (*Model, error) {
	var h header
	t, err := linear.Read(r, &h)
	if err != nil {
		return nil, fmt.Errorf("tagger: %w", err)
	}
	if err := h.check(); err != nil || t == nil {
		return nil, fmt.Errorf("tagger: %w", linear.ErrFormat)
	}
	return newModel(h, t), nil
}

func (h *header) check() error {
	lists := [][]uint16{h.Open}
	for _, l := range h.Known {
		lists = append(lists, l)
	}
	for _, list := range lists {
		if len(list) == 0 {
			return linear.ErrFormat
		}
		for _, l := range list {
			if int(l) >= len(h.Labels) {
				return linear.ErrFormat
			}
		}
	}
	if h.Beam < 1 || len(h.Labels) > linear.MaxClasses {
		return linear.ErrFormat
	}
	return nil
}

// Labels returns the names of the labels by number. Callers do not change it.
func (m *Model) Labels() []string { return m.labels }

// follows tells which label may come after which: an I- only after B- or I- of its kind.
func follows(labels []string) [][]bool {
	bio := false
	out := make([][]bool, len(labels))
	for i, l := range labels {
		out[i] = make([]bool, len(labels)+1)
		kind, inside := strings.CutPrefix(l, "I-")
		bio = bio || inside
		for j := range out[i] {
			out[i][j] = !inside || j < len(labels) && (labels[j] == "B-"+kind || labels[j] == l)
		}
	}
	if !bio {
		return nil
	}
	return out
}

// masked returns the sentence with rare words made alike, as the model was trained on.
func (m *Model) masked(s *Sentence) *Sentence {
	out := *s
	out.Words = m.words.Mask(s.Words)
	return &out
}

func (m *Model) candidates(w *words.Info) []uint16 {
	if c, ok := m.known[w.Form]; ok {
		return c
	}
	return m.open
}

// item is a hypothesis: the labels up to a word.
type item struct {
	score int64
	prev  int32 // index of the item before it in the list of items, -1 at the start
	label uint16
	last  uint16 // label before label
}

// run is the scratch space of one labelling.
type run struct {
	m        *Model
	s        *Sentence
	items    []item // all items, word by word
	from     []int  // items of word i are items[from[i]:from[i+1]]
	features []uint32
	static   []int32
	scores   []int32
	next     []item
}

// Label returns the number of the label of each word.
func (m *Model) Label(s *Sentence) []uint16 {
	r := &run{m: m, s: m.masked(s)}
	r.start()
	for i := range s.Words {
		r.extend(i)
	}
	return r.path(r.best())
}

func (r *run) start() {
	none := uint16(len(r.m.labels))
	r.items = append(r.items[:0], item{prev: -1, label: none, last: none})
	r.from = append(r.from[:0], 0, 1)
}

// extend makes the items of word i from those of the word before, which are the last ones.
func (r *run) extend(i int) {
	begin, end := r.from[len(r.from)-2], r.from[len(r.from)-1]
	cands := r.m.candidates(&r.s.Words[i])
	r.features = static(r.m.task, r.s, i, r.features[:0])
	r.static = zeroed(r.static, len(cands))
	if len(cands) > 1 || begin+1 < end || r.m.follows != nil {
		r.m.weights.Score(r.features, cands, r.static)
	}
	r.next = r.next[:0]
	for p := begin; p < end; p++ {
		it := r.items[p]
		r.scores = append(r.scores[:0], r.static...)
		if len(cands) > 1 || end-begin > 1 {
			r.features = history(r.m.task, r.s, i, it.label, it.last, r.features[:0])
			r.m.weights.Score(r.features, cands, r.scores)
		}
		for c, label := range cands {
			if r.m.follows != nil && !r.m.follows[label][it.label] {
				continue
			}
			r.offer(item{it.score + int64(r.scores[c]), int32(p), label, it.label})
		}
	}
	r.items = append(r.items, r.next...)
	r.from = append(r.from, len(r.items))
}

// offer puts an item into the beam, which is sorted by score; of two with the same last two labels the better stays.
func (r *run) offer(it item) {
	n := r.next
	if len(n) == r.m.beam && n[len(n)-1].score >= it.score {
		return
	}
	for i := range n {
		if n[i].label == it.label && n[i].last == it.last {
			if n[i].score >= it.score {
				return
			}
			n = append(n[:i], n[i+1:]...)
			break
		}
	}
	if len(n) == r.m.beam {
		n = n[:len(n)-1]
	}
	i := len(n)
	n = append(n, it)
	for ; i > 0 && n[i-1].score < it.score; i-- {
		n[i] = n[i-1]
	}
	n[i] = it
	r.next = n
}

// best is the index of the best item of the last word done.
func (r *run) best() int { return r.from[len(r.from)-2] }

// path returns the labels that lead to an item.
func (r *run) path(at int) []uint16 {
	var out []uint16
	for ; r.items[at].prev >= 0; at = int(r.items[at].prev) {
		out = append(out, r.items[at].label)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func zeroed(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	s = s[:n]
	clear(s)
	return s
}
