package neural

import "math"

// chart is the memory of Eisner's algorithm: the best score and split of each span, complete or not, with its head at
// the left or the right end.
type chart struct {
	size  int
	score [4][]float32
	split [4][]int32
}

// Kinds of spans.
const (
	leftOpen  = iota // head at the right end, which has just taken the left end
	rightOpen        // head at the left end
	leftDone
	rightDone
)

// tree returns the best projective tree with one root, 1-based heads, and the mean share of the probability that each
// head has among its word's possible heads.
func (s *scratch) tree(n int) ([]int, float64) {
	heads := s.greedy(n)
	if !projective(heads) {
		s.eisner(n, heads)
	}
	return heads, s.margin(heads)
}

// at is the score of head h (0 for the root) for word d, both 1-based.
func (s *scratch) at(h, d, n int) float32 { return s.arcs[(d-1)*(n+1)+h] }

// greedy gives each word its best head.
func (s *scratch) greedy(n int) []int {
	heads := make([]int, n)
	for d := 1; d <= n; d++ {
		row := s.arcs[(d-1)*(n+1):][:n+1]
		at := -1
		for h, v := range row {
			if h != d && (at < 0 || v > row[at]) {
				at = h
			}
		}
		heads[d-1] = at
	}
	return heads
}

// projective tells whether heads are one projective tree with one root.
func projective(heads []int) bool {
	n, roots := len(heads), 0
	for d := 1; d <= n; d++ {
		if heads[d-1] == 0 {
			roots++
		}
		steps, at := 0, d
		for ; at != 0 && steps <= n; steps++ {
			at = heads[at-1]
		}
		if at != 0 {
			return false
		}
	}
	return roots == 1 && !crossing(heads)
}

// crossing tells whether two arcs cross; those from the root start left of all words.
func crossing(heads []int) bool {
	for d := 1; d <= len(heads); d++ {
		lo, hi := min(d, heads[d-1]), max(d, heads[d-1])
		for k := lo + 1; k < hi; k++ {
			if h := heads[k-1]; h < lo || h > hi {
				return true
			}
		}
	}
	return false
}

// eisner fills in the heads of the best projective tree with one root.
func (s *scratch) eisner(n int, heads []int) {
	c := &s.chart
	c.reset(n)
	for width := 1; width < n; width++ {
		for i := 0; i+width < n; i++ {
			j := i + width
			at, score := c.joint(i, j)
			c.put(leftOpen, i, j, score+s.at(j+1, i+1, n), at)
			c.put(rightOpen, i, j, score+s.at(i+1, j+1, n), at)
			c.close(i, j)
		}
	}
	top, best := 0, float32(math.Inf(-1))
	for r := range n {
		if v := c.get(leftDone, 0, r) + c.get(rightDone, r, n-1) + s.at(0, r+1, n); v > best {
			top, best = r, v
		}
	}
	heads[top] = 0
	c.follow(leftDone, 0, top, heads)
	c.follow(rightDone, top, n-1, heads)
}

func (c *chart) reset(n int) {
	c.size = n
	for k := range c.score {
		c.score[k], c.split[k] = grow(c.score[k], n*n), grow(c.split[k], n*n)
		for i := range n {
			c.score[k][i*n+i] = 0
		}
	}
}

func (c *chart) get(kind, i, j int) float32 { return c.score[kind][i*c.size+j] }

func (c *chart) put(kind, i, j int, score float32, split int) {
	c.score[kind][i*c.size+j], c.split[kind][i*c.size+j] = score, int32(split)
}

// joint finds the best pair of complete spans that meet between i and j.
func (c *chart) joint(i, j int) (at int, best float32) {
	at, best = i, float32(math.Inf(-1))
	for k := i; k < j; k++ {
		if v := c.get(rightDone, i, k) + c.get(leftDone, k+1, j); v > best {
			at, best = k, v
		}
	}
	return at, best
}

// close makes the complete spans from i to j.
func (c *chart) close(i, j int) {
	at, best := i, float32(math.Inf(-1))
	for k := i; k < j; k++ {
		if v := c.get(leftDone, i, k) + c.get(leftOpen, k, j); v > best {
			at, best = k, v
		}
	}
	c.put(leftDone, i, j, best, at)
	at, best = j, float32(math.Inf(-1))
	for k := i + 1; k <= j; k++ {
		if v := c.get(rightOpen, i, k) + c.get(rightDone, k, j); v > best {
			at, best = k, v
		}
	}
	c.put(rightDone, i, j, best, at)
}

// follow writes the heads inside a span.
func (c *chart) follow(kind, i, j int, heads []int) {
	if i == j {
		return
	}
	k := int(c.split[kind][i*c.size+j])
	switch kind {
	case leftOpen, rightOpen:
		if kind == leftOpen {
			heads[i] = j + 1
		} else {
			heads[j] = i + 1
		}
		c.follow(rightDone, i, k, heads)
		c.follow(leftDone, k+1, j, heads)
	case leftDone:
		c.follow(leftDone, i, k, heads)
		c.follow(leftOpen, k, j, heads)
	case rightDone:
		c.follow(rightOpen, i, k, heads)
		c.follow(rightDone, k, j, heads)
	}
}

// margin is the mean probability of the heads, to four digits.
func (s *scratch) margin(heads []int) float64 {
	n, sum := len(heads), 0.0
	for d := 1; d <= n; d++ {
		row := s.arcs[(d-1)*(n+1):][:n+1]
		all, mine := 0.0, row[heads[d-1]]
		for h, v := range row {
			if h != d {
				all += math.Exp(float64(v - mine))
			}
		}
		sum += 1 / all
	}
	return math.Round(sum/float64(n)*1e4) / 1e4
}
