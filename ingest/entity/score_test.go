package entity

import "fmt"

// chain is a set of mentions, each by where its head begins.
type chain map[int]bool

// scores are precision and recall sums of MUC, B3 and CEAFe over many documents.
type scores struct{ muc, b3, ceaf frac }

type frac struct{ pn, pd, rn, rd float64 }

func (f frac) p() float64 { return f.pn / max(f.pd, 1e-9) }
func (f frac) r() float64 { return f.rn / max(f.rd, 1e-9) }
func (f frac) f1() float64 {
	return 2 * f.p() * f.r() / max(f.p()+f.r(), 1e-9)
}

func (f frac) String() string { return fmt.Sprintf("%.3f/%.3f/%.3f", f.p(), f.r(), f.f1()) }

func (s scores) mean() float64 { return (s.muc.f1() + s.b3.f1() + s.ceaf.f1()) / 3 }

// add counts one document; chains of one mention are left out on both sides.
func (s *scores) add(gold, got []chain) {
	gold, got = plural(gold), plural(got)
	n, d := muc(gold, got)
	s.muc.rn, s.muc.rd = s.muc.rn+n, s.muc.rd+d
	n, d = muc(got, gold)
	s.muc.pn, s.muc.pd = s.muc.pn+n, s.muc.pd+d
	n, d = b3(gold, got)
	s.b3.rn, s.b3.rd = s.b3.rn+n, s.b3.rd+d
	n, d = b3(got, gold)
	s.b3.pn, s.b3.pd = s.b3.pn+n, s.b3.pd+d
	n = ceaf(gold, got)
	s.ceaf.rn, s.ceaf.pn = s.ceaf.rn+n, s.ceaf.pn+n
	s.ceaf.rd, s.ceaf.pd = s.ceaf.rd+float64(len(gold)), s.ceaf.pd+float64(len(got))
}

func plural(cs []chain) []chain {
	var out []chain
	for _, c := range cs {
		if len(c) > 1 {
			out = append(out, c)
		}
	}
	return out
}

func home(cs []chain) map[int]int {
	m := map[int]int{}
	for i, c := range cs {
		for k := range c {
			m[k] = i + 1
		}
	}
	return m
}

func muc(key, res []chain) (n, d float64) {
	h := home(res)
	for _, c := range key {
		parts, alone := map[int]bool{}, 0
		for k := range c {
			if x := h[k]; x > 0 {
				parts[x] = true
			} else {
				alone++
			}
		}
		n += float64(len(c) - len(parts) - alone)
		d += float64(len(c) - 1)
	}
	return n, d
}

func b3(key, res []chain) (n, d float64) {
	h := home(res)
	for _, c := range key {
		parts := map[int]int{}
		for k := range c {
			if x := h[k]; x > 0 {
				parts[x]++
			}
		}
		for _, p := range parts {
			n += float64(p*p) / float64(len(c))
		}
		d += float64(len(c))
	}
	return n, d
}

// ceaf is the best total similarity of a one-to-one mapping, found by auction of the shortest augmenting path.
func ceaf(gold, got []chain) float64 {
	n := max(len(gold), len(got))
	cost := make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
		for j := range cost[i] {
			if i < len(gold) && j < len(got) {
				cost[i][j] = -similar(gold[i], got[j])
			}
		}
	}
	return -assign(cost)
}

func similar(a, b chain) float64 {
	both := 0
	for k := range a {
		if b[k] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// assign is the Hungarian method: the least cost of a perfect matching.
func assign(cost [][]float64) float64 {
	n := len(cost)
	u, v := make([]float64, n+1), make([]float64, n+1)
	p, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		p[0] = i
		j0 := 0
		minv, used := make([]float64, n+1), make([]bool, n+1)
		for j := range minv {
			minv[j] = 1e18
		}
		for {
			used[j0] = true
			i0, delta, j1 := p[j0], 1e18, 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if cur := cost[i0-1][j-1] - u[i0] - v[j]; cur < minv[j] {
					minv[j], way[j] = cur, j0
				}
				if minv[j] < delta {
					delta, j1 = minv[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if used[j] {
					u[p[j]] += delta
					v[j] -= delta
				} else {
					minv[j] -= delta
				}
			}
			if j0 = j1; p[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			p[j0] = p[way[j0]]
			j0 = way[j0]
		}
	}
	total := 0.0
	for j := 1; j <= n; j++ {
		if p[j] > 0 {
			total += cost[p[j]-1][j-1]
		}
	}
	return total
}
