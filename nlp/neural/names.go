package neural

import "strings"

// nameLayer is an LSTM over the words' vectors and the top states, and a chain of tags over it (Lample et al. 2016).
type nameLayer struct {
	in     matrix    // from word vectors: 8*NameHidden rows
	state  matrix    // from top states
	rec    [2]matrix // 4*NameHidden rows
	out    matrix
	follow []float32 // len(Names) x len(Names): score of a tag after another
}

// nameAll finds the best sequence of BIO tags (Viterbi 1967).
func (n *Network) nameAll(s *scratch, words int) []int {
	ly, k := &n.names, len(n.Names)
	s.wide = grow(s.wide, 8*n.NameHidden*words)
	ly.in.words(s.wide, s.in, words)
	ly.state.addBytes(s.wide, s.states[len(n.layers)-1], words)
	s.named = grow(s.named, 2*n.NameHidden*words)
	s.recur(s.named, &ly.rec, words)
	rows := ly.out.rows()
	s.top = grow(s.top, rows*words)
	ly.out.bytes(s.top, s.named, words)
	s.name, s.from = grow(s.name, words*k), grow(s.from, words*k)
	for t := range k {
		s.name[t] = s.top[t] + n.start(t)
	}
	for i := 1; i < words; i++ {
		n.step(s.name[(i-1)*k:(i+1)*k], s.from[i*k:], s.top[i*rows:])
	}
	out := make([]int, words)
	out[words-1] = best(s.name[(words-1)*k:])
	for i := words - 1; i > 0; i-- {
		out[i-1] = s.from[i*k+out[i]]
	}
	return out
}

// impossible is a score below all others.
const impossible = -1e6

// start is the score of a tag that begins a sentence.
func (n *Network) start(t int) float32 {
	if strings.HasPrefix(n.Names[t], "I-") {
		return impossible
	}
	return 0
}

// step scores the tags of a word. total holds the last word's tags and then this word's.
func (n *Network) step(total []float32, from []int, top []float32) {
	k := len(n.Names)
	for t := range k {
		at, score := 0, total[0]+n.names.follow[t]
		for p := 1; p < k; p++ {
			if v := total[p] + n.names.follow[p*k+t]; v > score {
				at, score = p, v
			}
		}
		total[k+t], from[t] = score+top[t], at
	}
}

// forbid makes a tag I-X impossible after all but B-X and I-X.
func (n *Network) forbid() {
	for t, name := range n.Names {
		kind, inside := strings.CutPrefix(name, "I-")
		for p, last := range n.Names {
			if inside && last != "B-"+kind && last != name {
				n.names.follow[p*len(n.Names)+t] = impossible
			}
		}
	}
}
