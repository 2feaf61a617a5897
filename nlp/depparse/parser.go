// Package depparse finds dependency trees: an arc-hybrid transition parser (Kuhlmann, Gómez-Rodríguez and
// Satta 2011) with a beam, whose actions a linear model scores, then a labeller that names the relations of the
// finished tree. Trees are projective and have one root.
package depparse

import (
	"fmt"
	"io"
	"math"

	"newsgraph/nlp/linear"
	"newsgraph/nlp/words"
)

// Sentence is what the parser sees of a sentence.
type Sentence struct {
	Words []words.Info
	Tags  []uint32 // atoms of the fine tags
	UPOS  []uint32 // atoms of the universal tags
	Class []Class  // what kind of word each is
	// Heads and Labels are the right tree, used in training alone: 1-based heads, 0 for the root.
	Heads  []int
	Labels []uint16
}

// Parser finds the heads of a sentence's words. Safe for concurrent use.
type Parser struct {
	weights linear.Scorer
	header
}

// header is a parser's part of the file besides the weights.
type header struct {
	Beam  int
	Scale int64 // difference of scores at which a tree weighs 1/e of another
}

// Read reads a model file.
func Read(r io.Reader) (*Parser, error) {
	var h header
	t, err := linear.Read(r, &h)
	if err != nil {
		return nil, fmt.Errorf("parser: %w", err)
	}
	if t == nil || h.Beam < 1 || h.Scale < 1 {
		return nil, fmt.Errorf("parser: %w", linear.ErrFormat)
	}
	return &Parser{t, h}, nil
}

// Actions. An arc's dependent is always the word on top of the stack, which leaves it.
const (
	shift = iota
	left  // head is the first word of the buffer
	right // head is the word below on the stack
)

// state is a configuration. Words are 1..n, n+1 is the root, 0 stands for none.
type state struct {
	score int64
	node  int32 // its last action, in run.nodes
	b     int   // first word of the buffer
	depth int
	mem   []int32 // columns of n+2: see the constants
}

// Columns of state.mem: the stack, then the outermost and next children on each side, then how many there are, then their kinds.
const (
	colStack = iota
	colL1
	colL2
	colR1
	colR2
	colLeft
	colRight
	colKindsL // kinds of the children, as bits
	colKindsR
	columns
)

type node struct {
	prev   int32
	action uint8
}

type candidate struct {
	score  int64
	from   int
	action uint8
}

// run is the scratch space for one sentence.
type run struct {
	w        linear.Scorer
	beam     int
	x        *sentence
	nodes    []node
	cur, old []state
	cands    []candidate
	features []uint32
}

// Parse returns the head of each word, 1-based with 0 for the root, and how sure the parser is of them, 0..1: the
// mean share that a head has among the trees that are left in the beam, each weighted by its score.
func (p *Parser) Parse(s *Sentence) (heads []int, margin float64) {
	if len(s.Words) == 0 {
		return nil, 0
	}
	r := p.run(s)
	heads = r.heads(r.cur[0].node)
	same, all := 0.0, 0.0
	for _, st := range r.cur {
		weight := math.Exp(float64(st.score-r.cur[0].score) / float64(p.Scale))
		for i, h := range r.heads(st.node) {
			all += weight
			if h == heads[i] {
				same += weight
			}
		}
	}
	return heads, same / all
}

// run parses a sentence of at least one word to the end.
func (p *Parser) run(s *Sentence) *run {
	r := &run{w: p.weights, beam: p.Beam, x: newSentence(s)}
	r.start()
	for range 2 * r.x.n {
		r.step()
	}
	return r
}

// Spread returns by how much the best tree of the beam at the end outscores the last.
func (p *Parser) Spread(s *Sentence) int64 {
	if len(s.Words) == 0 {
		return 0
	}
	r := p.run(s)
	return r.cur[0].score - r.cur[len(r.cur)-1].score
}

func (r *run) start() {
	r.nodes = append(r.nodes[:0], node{prev: -1})
	r.cur = r.grow(r.cur, 1)
	s := &r.cur[0]
	s.score, s.node, s.b, s.depth = 0, 0, 1, 0
	clear(s.mem)
}

// grow makes room for k states.
func (r *run) grow(list []state, k int) []state {
	size := columns * (r.x.n + 2)
	for len(list) < k {
		if cap(list) > len(list) {
			list = list[:len(list)+1]
		} else {
			list = append(list, state{})
		}
	}
	list = list[:k]
	for i := range list {
		if cap(list[i].mem) < size {
			list[i].mem = make([]int32, size)
		}
		list[i].mem = list[i].mem[:size]
	}
	return list
}

// step replaces the beam by the best states one action on.
func (r *run) step() {
	r.cands = r.cands[:0]
	for i := range r.cur {
		s := &r.cur[i]
		ok, only := r.allowed(s)
		if only >= 0 {
			r.offer(candidate{s.score, i, uint8(only)})
			continue
		}
		sc := r.score(s)
		for a := range 3 {
			if ok[a] {
				r.offer(candidate{s.score + int64(sc[a]), i, uint8(a)})
			}
		}
	}
	r.old = r.grow(r.old, len(r.cands))
	for k, c := range r.cands {
		r.apply(&r.cur[c.from], c, &r.old[k])
	}
	r.cur, r.old = r.old, r.cur
}

func (r *run) score(s *state) [3]int32 {
	r.features = r.x.features(s, r.features[:0])
	return r.w.Score3(r.features)
}

// allowed tells which actions may follow; only is the one that may when it is alone, else -1.
func (r *run) allowed(s *state) (ok [3]bool, only int) {
	root := s.b > r.x.n
	ok[shift] = !root
	ok[left] = s.depth >= 1 && (!root || s.depth == 1)
	ok[right] = s.depth >= 2
	only = -1
	for a, o := range ok {
		if !o {
			continue
		}
		if only >= 0 {
			return ok, -1
		}
		only = a
	}
	return ok, only
}

// offer keeps the best candidates, sorted; the earlier one stays first among equals.
func (r *run) offer(c candidate) {
	n := len(r.cands)
	if n == r.beam {
		if r.cands[n-1].score >= c.score {
			return
		}
		r.cands = r.cands[:n-1]
	}
	r.cands = append(r.cands, c)
	i := len(r.cands) - 1
	for ; i > 0 && r.cands[i-1].score < c.score; i-- {
		r.cands[i] = r.cands[i-1]
	}
	r.cands[i] = c
}

// apply writes to out the state that an action makes of s.
func (r *run) apply(s *state, c candidate, out *state) {
	copy(out.mem, s.mem)
	out.score, out.b, out.depth = c.score, s.b, s.depth
	r.nodes = append(r.nodes, node{s.node, c.action})
	out.node = int32(len(r.nodes) - 1)
	switch c.action {
	case shift:
		out.mem[out.depth] = int32(s.b)
		out.depth++
		out.b++
	case left:
		r.attach(out, s.b, 0)
	case right:
		r.attach(out, int(s.mem[s.depth-2]), 1)
	}
}

// attach takes the top of the stack away and makes it the outermost child of a word, on its left (0) or right (1).
func (r *run) attach(out *state, head, side int) {
	w := r.x.n + 2
	out.depth--
	child := int(out.mem[out.depth])
	first, second := (colL1+2*side)*w+head, (colL2+2*side)*w+head
	out.mem[second] = out.mem[first]
	out.mem[first] = int32(child)
	out.mem[(colLeft+side)*w+head]++
	out.mem[(colKindsL+side)*w+head] |= 1 << r.x.kind(out, child)
}

// actions returns the actions that lead to a node.
func (r *run) actions(at int32) []uint8 {
	var out []uint8
	for ; r.nodes[at].prev >= 0; at = r.nodes[at].prev {
		out = append(out, r.nodes[at].action)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// heads replays the actions to a node: 1-based heads, 0 for the root.
func (r *run) heads(at int32) []int {
	out := make([]int, r.x.n)
	var stack []int
	b := 1
	for _, a := range r.actions(at) {
		switch a {
		case shift:
			stack = append(stack, b)
			b++
			continue
		case left:
			out[stack[len(stack)-1]-1] = b % (r.x.n + 1)
		case right:
			out[stack[len(stack)-1]-1] = stack[len(stack)-2]
		}
		stack = stack[:len(stack)-1]
	}
	return out
}
