package neural

import (
	"math/rand/v2"
	"testing"
)

// bestByTrial returns the greatest score of a projective tree with one root, by trying all.
func bestByTrial(s *scratch, n int) float32 {
	heads := make([]int, n)
	best := float32(-1e30)
	var try func(d int)
	try = func(d int) {
		if d > n {
			if projective(heads) {
				best = max(best, total(s, heads))
			}
			return
		}
		for h := range n + 1 {
			if h != d {
				heads[d-1] = h
				try(d + 1)
			}
		}
	}
	try(1)
	return best
}

func total(s *scratch, heads []int) (sum float32) {
	for d, h := range heads {
		sum += s.at(h, d+1, len(heads))
	}
	return sum
}

// TestTree holds that the tree found is the best of all.
func TestTree(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 6))
	s := &scratch{}
	for round := range 300 {
		n := 1 + round%5
		s.arcs = make([]float32, n*(n+1))
		for i := range s.arcs {
			s.arcs[i] = float32(rnd.IntN(100))
		}
		heads, margin := s.tree(n)
		if !projective(heads) {
			t.Fatalf("%v is no projective tree with one root", heads)
		}
		if got, want := total(s, heads), bestByTrial(s, n); got != want {
			t.Errorf("%d words: tree %v scores %v, the best %v", n, heads, got, want)
		}
		if margin <= 0 || margin > 1 {
			t.Errorf("margin %v", margin)
		}
	}
}

func TestProjective(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		heads []int
		want  bool
	}{
		{"chain", []int{2, 3, 0}, true},
		{"two roots", []int{0, 0}, false},
		{"cycle", []int{2, 1, 0}, false},
		{"crossing arcs", []int{3, 4, 0, 3}, false},
		{"arc over the root", []int{3, 0, 2}, false},
		{"one word", []int{0}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := projective(tc.heads); got != tc.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
