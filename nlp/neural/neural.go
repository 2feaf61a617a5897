// Package neural is the network that reads a sentence: word vectors and vectors of word parts, a stack of
// bidirectional LSTMs (Hochreiter and Schmidhuber 1997), and on top of it a tagger, a tagger of names and a parser that
// scores every pair of words as head and dependent (after Dozat and Manning 2017), of which the best projective tree
// is taken (Eisner 1996).
//
// Weights are bytes and states are whole numbers, so that sums are exact: the same model gives the same analysis on
// every machine. What enters are words.Info values, what leaves is an Analysis. Read is the one that
// returns errors: ErrFormat.
package neural

import (
	"sync"

	"newsgraph/nlp/words"
)

// Network is a trained model. Safe for concurrent use.
type Network struct {
	header
	index   []uint32 // where in hashes the words begin whose hash starts with these bits
	hashes  []uint32 // sorted; row i of vectors is that of the word with hash i
	vectors []int8   // words x WordDim
	subs    []int8   // Buckets x SubDim
	layers  []layer
	tagger  matrix
	names   nameLayer
	dep     matrix // state to dependent
	gov     matrix // state to head
	pair    matrix // head to what dependents are multiplied by, and in row Arc the head's own score
	relDep  matrix
	relGov  matrix
	rels    matrix
	rootGov []float32 // what gov and relGov would give for the root
	rootRel []float32
	pool    sync.Pool // of *scratch
}

// layer is a bidirectional LSTM.
type layer struct {
	in  matrix    // 8*Hidden rows: the gates of the forward, then of the backward direction
	rec [2]matrix // 4*Hidden rows
}

// Analysis is what the network says of a sentence. All slices have a value for each word.
type Analysis struct {
	Tags   []int   // indices in Network.Tags
	Names  []int   // indices in Network.Names
	Heads  []int   // 1-based, 0 for the root
	Rels   []int   // indices in Network.Rels
	Margin float64 // mean probability of the heads, 0..1
}

// matrix multiplies whole numbers: its product is sum * scale + bias, row by row.
type matrix struct {
	w           []int8  // of a matrix over states
	wide        []int16 // of one over word vectors or a hidden layer
	scale, bias []float32
}

func (m *matrix) rows() int { return len(m.scale) }

// block is the number of rows that are multiplied with one word after another: their weights stay in the first cache.
const block = 64

// bytes writes the products of the matrix and n states into the n rows of dst.
func (m *matrix) bytes(dst []float32, x []uint8, n int) { m.states(dst, x, n, false) }

// addBytes adds the products, without the biases, to dst.
func (m *matrix) addBytes(dst []float32, x []uint8, n int) { m.states(dst, x, n, true) }

func (m *matrix) states(dst []float32, x []uint8, n int, more bool) {
	rows, k := m.rows(), len(x)/n
	for from := 0; from < rows; from += block {
		to := min(from+block, rows)
		w, scale, add := m.w[from*k:to*k], m.scale[from:to], m.bias[from:to]
		for i := range n {
			out := dst[i*rows+from : i*rows+to]
			if more {
				add = out
			}
			timesBytes(out, scale, add, w, x[i*k:(i+1)*k])
		}
	}
}

// words writes the products of the matrix and n vectors into the n rows of dst.
func (m *matrix) words(dst []float32, x []int16, n int) {
	rows, k := m.rows(), len(x)/n
	var sums [block]int32
	for from := 0; from < rows; from += block {
		to := min(from+block, rows)
		w, scale, add := m.wide[from*k:to*k], m.scale[from:to], m.bias[from:to]
		for i := range n {
			timesPairs(sums[:to-from], w, x[i*k:(i+1)*k])
			finish(dst[i*rows+from:i*rows+to], scale, add, sums[:])
		}
	}
}

// Parts of 1 that whole numbers of hidden layers count, and the greatest such number: the sum of 160 squares of
// it fits into 32 bits.
const (
	hiddenUnit = 128
	hiddenMax  = 3600
)

// positive writes max(x, 0) in parts of hiddenUnit.
func positive(dst []int16, x []float32) {
	for i, v := range x[:len(dst)] {
		dst[i] = int16(max(min(float32(v*hiddenUnit)+0.5, hiddenMax), 0))
	}
}

// signed writes x in parts of the given unit.
func signed(dst []int16, x []float32, unit float32) {
	const shift = 1 << 14 // makes the number positive, so that cutting it rounds down
	for i, v := range x[:len(dst)] {
		dst[i] = int16(int32(max(min(float32(v*unit), hiddenMax), -hiddenMax)+(shift+0.5)) - shift)
	}
}

// scratch is the working memory for one sentence.
type scratch struct {
	in     []int16   // word vectors: n x (WordDim+SubDim)
	wide   []float32 // 8*Hidden for each word
	states [][]uint8 // output of each layer: n x 2*Hidden
	named  []uint8   // output of the name layer
	cells  []float32
	still  []uint8 // the state before the first word
	top    []float32
	hidden []int16
	deps   []int16   // n x Arc
	govs   []int16   // n+1, rounded up to 4, x Arc
	own    []float32 // the heads' own scores
	sums   []int32
	arcs   []float32 // n x (n+1): score of each head for each dependent
	relGov []float32
	name   []float32
	from   []int
	chart  chart
}

// grow returns a slice of n values, s itself where it has room.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Analyse reads a sentence.
func (n *Network) Analyse(ws []words.Info) Analysis {
	if len(ws) == 0 {
		return Analysis{}
	}
	s, _ := n.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{states: make([][]uint8, len(n.layers))}
	}
	defer n.pool.Put(s)
	n.embed(s, ws)
	for l := range n.layers {
		n.encode(s, l, len(ws))
	}
	a := Analysis{Tags: n.tagAll(s, len(ws)), Names: n.nameAll(s, len(ws))}
	n.scoreArcs(s, len(ws))
	a.Heads, a.Margin = s.tree(len(ws))
	a.Rels = n.relate(s, a.Heads)
	return a
}

// embed writes the words' vectors beside the sums of the vectors of their parts.
func (n *Network) embed(s *scratch, ws []words.Info) {
	width := n.WordDim + n.SubDim
	s.in = grow(s.in, width*len(ws))
	clear(s.in)
	for i := range ws {
		x := s.in[i*width:][:width]
		if r := n.row(ws[i].Low); r >= 0 {
			for j, v := range n.vectors[r*n.WordDim:][:n.WordDim] {
				x[j] = int16(v)
			}
		}
		sub := x[n.WordDim:]
		for _, p := range Features(&ws[i]) {
			if p == 0 {
				continue
			}
			for j, v := range n.subs[int(p)*n.SubDim:][:len(sub)] {
				sub[j] += int16(v)
			}
		}
	}
}

// row finds a word's row, -1 for a word without one.
func (n *Network) row(hash uint32) int {
	for i := n.index[hash>>indexShift]; i < n.index[hash>>indexShift+1]; i++ {
		if n.hashes[i] == hash {
			return int(i)
		}
	}
	return -1
}

// encode runs layer l.
func (n *Network) encode(s *scratch, l, words int) {
	ly, h := &n.layers[l], n.Hidden
	s.wide = grow(s.wide, 8*h*words)
	if l == 0 {
		ly.in.words(s.wide, s.in, words)
	} else {
		ly.in.bytes(s.wide, s.states[l-1], words)
	}
	s.states[l] = grow(s.states[l], 2*h*words)
	s.recur(s.states[l], &ly.rec, words)
}

// recur runs both directions of an LSTM whose gates' input is in s.wide, and writes its states.
func (s *scratch) recur(out []uint8, rec *[2]matrix, words int) {
	h := rec[0].rows() / 4
	s.cells, s.still = grow(s.cells, h), grow(s.still, h)
	for i := range s.still {
		s.still[i] = zero
	}
	for d := range rec {
		last := s.still
		clear(s.cells)
		for k := range words {
			i := k
			if d == 1 {
				i = words - 1 - k
			}
			gates := s.wide[i*8*h+d*4*h:][:4*h]
			timesBytes(gates, rec[d].scale, gates, rec[d].w, last)
			last = out[i*2*h+d*h:][:h]
			cell(gates, s.cells, last)
		}
	}
}

func (n *Network) tagAll(s *scratch, words int) []int {
	out, rows := make([]int, words), n.tagger.rows()
	s.top = grow(s.top, rows*words)
	n.tagger.bytes(s.top, s.states[n.TagLayer-1], words)
	for i := range out {
		out[i] = best(s.top[i*rows:][:len(n.Tags)])
	}
	return out
}

func best(x []float32) int {
	at := 0
	for i, v := range x {
		if v > x[at] {
			at = i
		}
	}
	return at
}

// scoreArcs scores every word and the root as head of every word.
func (n *Network) scoreArcs(s *scratch, words int) {
	arc, state := n.Arc, s.states[len(n.layers)-1]
	rows := (words + 1 + 3) / 4 * 4
	s.deps, s.govs, s.hidden = grow(s.deps, words*arc), grow(s.govs, rows*arc), grow(s.hidden, (words+1)*arc)
	s.top = grow(s.top, (words+1)*n.pair.rows())
	n.dep.bytes(s.top, state, words)
	positive(s.deps, s.top)
	n.gov.bytes(s.top[arc:], state, words)
	copy(s.top, n.rootGov)
	positive(s.hidden, s.top)
	n.pair.words(s.top, s.hidden, words+1)
	s.own = grow(s.own, words+1)
	clear(s.govs[(words+1)*arc:])
	for i := range words + 1 {
		x := s.top[i*n.pair.rows():]
		signed(s.govs[i*arc:][:arc], x, n.PairUnit)
		s.own[i] = x[arc]
	}
	s.arcs, s.sums = grow(s.arcs, words*(words+1)), grow(s.sums, rows)
	part := 1 / (hiddenUnit * n.PairUnit)
	for i := range words {
		timesPairs(s.sums, s.govs, s.deps[i*arc:][:arc])
		to := s.arcs[i*(words+1):][:words+1]
		for j := range to {
			to[j] = float32(float32(s.sums[j])*part) + s.own[j]
		}
	}
}

// relate names the relation of each word to its head.
func (n *Network) relate(s *scratch, heads []int) []int {
	words, rel, state := len(heads), n.Rel, s.states[len(n.layers)-1]
	s.relGov, s.top, s.hidden = grow(s.relGov, rel*(words+1)), grow(s.top, max(rel, n.rels.rows())*words), grow(s.hidden, rel*words)
	copy(s.relGov, n.rootRel)
	n.relGov.bytes(s.relGov[rel:], state, words)
	n.relDep.bytes(s.top, state, words)
	for i, h := range heads {
		x := s.top[i*rel:][:rel]
		for j, v := range s.relGov[h*rel:][:rel] {
			x[j] += v
		}
	}
	positive(s.hidden, s.top)
	n.rels.words(s.top, s.hidden, words)
	out := make([]int, words)
	for i, h := range heads {
		if h > 0 { // relation 0 is that of the root
			out[i] = 1 + best(s.top[i*n.rels.rows()+1:][:len(n.Rels)-1])
		}
	}
	return out
}
