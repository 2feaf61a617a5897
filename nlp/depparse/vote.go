package depparse

import (
	"math"
	"slices"
)

// Panel parses a sentence with several parsers, some of which read it from its end, and returns the projective
// tree with one root that their beams, weighted by score, agree on most (after Sagae and Lavie 2006). Safe for concurrent use.
type Panel struct{ parsers []*Parser }

// NewPanel returns a panel of parsers.
func NewPanel(parsers ...*Parser) *Panel { return &Panel{parsers} }

// full is the weight that all parsers together give an arc of which they are sure.
const full = 1 << 20

// longestVote is the greatest number of words voted on; the time grows with its third power.
const longestVote = 160

// Parse returns the head of each word, 1-based with 0 for the root, and the mean share of votes for its arcs, 0..1.
func (p *Panel) Parse(s *Sentence) (heads []int, margin float64) {
	n := len(s.Words)
	if n == 0 {
		return nil, 0
	}
	v := &votes{n: n, w: make([]int64, (n+1)*(n+1))}
	var firsts [][]int
	for _, q := range p.parsers {
		firsts = append(firsts, v.add(q, s, full/int64(len(p.parsers))))
	}
	heads = firsts[0]
	agree := !slices.ContainsFunc(firsts, func(h []int) bool { return !slices.Equal(h, heads) })
	if !agree && n <= longestVote {
		heads = v.tree()
	}
	sum := int64(0)
	for i, h := range heads {
		sum += v.w[h*(n+1)+i+1]
	}
	return heads, min(float64(sum)/float64(n*full), 1)
}

// votes are weights of arcs: w[head*(n+1)+dependent], the root being 0.
type votes struct {
	n int
	w []int64
}

// add spreads a weight over the trees of a parser's beam and returns the best tree.
func (v *votes) add(p *Parser, s *Sentence, weight int64) []int {
	trees, scores := p.beamOf(s)
	shares := make([]float64, len(trees))
	sum := 0.0
	for k, sc := range scores {
		shares[k] = math.Exp(float64(sc-scores[0]) / float64(p.Scale))
		sum += shares[k]
	}
	for k, heads := range trees {
		x := int64(math.Round(shares[k] / sum * float64(weight)))
		for i, h := range heads {
			v.w[h*(v.n+1)+i+1] += x
		}
	}
	return trees[0]
}

// span is a cell of Eisner's chart: the words from its start to its end, headed at one of the two.
type span struct {
	score int64
	split int16
}

// chart holds open and closed spans by start, end and side of the head.
type chart struct {
	v      *votes
	open   [2][]span
	closed [2][]span
}

// Sides of a span where its head is.
const (
	atStart = iota
	atEnd
)

// tree returns the projective tree with one root of greatest weight (Eisner 1996).
func (v *votes) tree() []int {
	c := &chart{v: v}
	size := (v.n + 1) * (v.n + 1)
	for side := range 2 {
		c.open[side], c.closed[side] = make([]span, size), make([]span, size)
	}
	for width := 1; width < v.n; width++ {
		for a := 1; a+width <= v.n; a++ {
			c.fill(a, a+width)
		}
	}
	best, root := int64(-1), 1
	for r := 1; r <= v.n; r++ {
		if x := c.closed[atEnd][c.at(1, r)].score + c.closed[atStart][c.at(r, v.n)].score + v.w[r]; x > best {
			best, root = x, r
		}
	}
	heads := make([]int, v.n)
	c.read(1, root, atEnd, false, heads)
	c.read(root, v.n, atStart, false, heads)
	return heads
}

func (c *chart) at(a, b int) int { return a*(c.v.n+1) + b }

func (c *chart) arc(head, dep int) int64 { return c.v.w[head*(c.v.n+1)+dep] }

// fill finds the best spans from word a to word b.
func (c *chart) fill(a, b int) {
	join := span{score: -1}
	for m := a; m < b; m++ {
		if x := c.closed[atStart][c.at(a, m)].score + c.closed[atEnd][c.at(m+1, b)].score; x > join.score {
			join = span{x, int16(m)}
		}
	}
	c.open[atStart][c.at(a, b)] = span{join.score + c.arc(a, b), join.split}
	c.open[atEnd][c.at(a, b)] = span{join.score + c.arc(b, a), join.split}
	left, right := span{score: -1}, span{score: -1}
	for m := a; m <= b; m++ {
		if m > a {
			if x := c.open[atStart][c.at(a, m)].score + c.closed[atStart][c.at(m, b)].score; x > left.score {
				left = span{x, int16(m)}
			}
		}
		if m < b {
			if x := c.closed[atEnd][c.at(a, m)].score + c.open[atEnd][c.at(m, b)].score; x > right.score {
				right = span{x, int16(m)}
			}
		}
	}
	c.closed[atStart][c.at(a, b)], c.closed[atEnd][c.at(a, b)] = left, right
}

// read writes down the heads of the words in a span.
func (c *chart) read(a, b, side int, open bool, heads []int) {
	if a == b {
		return
	}
	if open {
		m := int(c.open[side][c.at(a, b)].split)
		if side == atStart {
			heads[b-1] = a
		} else {
			heads[a-1] = b
		}
		c.read(a, m, atStart, false, heads)
		c.read(m+1, b, atEnd, false, heads)
		return
	}
	m := int(c.closed[side][c.at(a, b)].split)
	if side == atStart {
		c.read(a, m, side, true, heads)
		c.read(m, b, side, false, heads)
		return
	}
	c.read(a, m, side, false, heads)
	c.read(m, b, side, true, heads)
}
