package tagger

import (
	"newsgraph/nlp/linear"
	"newsgraph/nlp/words"
)

// edge stands for the places before the first word and after the last.
var edge = words.Info{Form: 3, Low: 3, Shape: 3, Case: 9}

func (s *Sentence) at(i int) *words.Info {
	if i < 0 || i >= len(s.Words) {
		return &edge
	}
	return &s.Words[i]
}

func (s *Sentence) tag(i int) uint32 {
	if i < 0 || i >= len(s.Tags) {
		return 0
	}
	return s.Tags[i]
}

// static appends the features of word i that do not depend on labels.
func static(task Task, s *Sentence, i int, f []uint32) []uint32 {
	f = wordFeatures(s.at(i), f)
	f = windowFeatures(s, i, f)
	if task == Names {
		return nameFeatures(s, i, f)
	}
	return tagFeatures(s, i, f)
}

func wordFeatures(w *words.Info, f []uint32) []uint32 {
	f = append(f, linear.F1(0, w.Form), linear.F2(1, w.Low, w.Case), linear.F1(2, w.Shape),
		linear.F2(4, w.Flags, w.Suffix[1]), linear.F2(5, w.Cluster[2], w.Case),
		linear.F2(6, w.Cluster[1], w.Case), linear.F2(7, w.Cluster[0], w.Case), linear.F1(8, 0),
		linear.F2(9, w.Suffix[2], w.Case))
	for k, x := range w.Suffix {
		if x != 0 {
			f = append(f, linear.F1(10+k, x))
		}
	}
	for k, x := range w.Prefix {
		if x != 0 {
			f = append(f, linear.F1(16+k, x))
		}
	}
	return f
}

func windowFeatures(s *Sentence, i int, f []uint32) []uint32 {
	a, b, w, y, z := s.at(i-2), s.at(i-1), s.at(i), s.at(i+1), s.at(i+2)
	return append(f,
		linear.F1(20, a.Low), linear.F1(21, b.Low), linear.F1(22, y.Low), linear.F1(23, z.Low),
		linear.F2(24, b.Low, w.Low), linear.F2(25, w.Low, y.Low), linear.F2(26, b.Low, y.Low),
		linear.F1(27, b.Cluster[2]), linear.F1(28, y.Cluster[2]), linear.F2(29, b.Cluster[1], w.Cluster[1]),
		linear.F2(30, w.Cluster[1], y.Cluster[1]), linear.F2(31, b.Cluster[1], y.Cluster[1]),
		linear.F2(32, y.Cluster[1], z.Cluster[1]), linear.F3(33, b.Case, w.Shape, y.Case),
		linear.F2(34, a.Low, b.Low), linear.F2(35, y.Low, z.Low),
		linear.F2(36, b.Low, w.Case), linear.F2(37, y.Low, w.Case))
}

func tagFeatures(s *Sentence, i int, f []uint32) []uint32 {
	b, w, y := s.at(i-1), s.at(i), s.at(i+1)
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	return append(f,
		linear.F1(46, y.Suffix[2]), linear.F1(47, b.Suffix[2]), linear.F1(48, y.Suffix[1]),
		linear.F2(49, first, w.Case), linear.F2(50, first, w.Low), linear.F1(51, auxBefore(s, i)),
		linear.F2(52, auxBefore(s, i), w.Suffix[1]), linear.F2(53, verbAfter(s, i), w.Low), linear.F2(54, w.Flags, w.Case))
}

// window is how far auxBefore and verbAfter look.
const window = 6

// auxBefore finds the nearest form of be, have or do, modal or "to" before a word: it tells VBN, VBD and VB apart.
func auxBefore(s *Sentence, i int) uint32 {
	for j := i - 1; j >= 0 && j >= i-window; j-- {
		if auxiliaries[s.Words[j].Low] {
			return s.Words[j].Low*8 + uint32(min(i-j, 3))
		}
	}
	return 0
}

// verbAfter finds the nearest auxiliary after a word.
func verbAfter(s *Sentence, i int) uint32 {
	for j := i + 1; j < len(s.Words) && j <= i+window; j++ {
		if auxiliaries[s.Words[j].Low] {
			return s.Words[j].Low*8 + uint32(min(j-i, 3))
		}
	}
	return 0
}

var auxiliaries = atoms("be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "have", "has", "had",
	"having", "'ve", "'d", "do", "does", "did", "will", "would", "can", "could", "shall", "should", "may", "might", "must",
	"'ll", "wo", "ca", "to", "get", "got", "gets", "getting", "let", "help", "make", "made")

func atoms(list ...string) map[uint32]bool {
	m := make(map[uint32]bool, len(list))
	for _, w := range list {
		m[linear.String(w)] = true
	}
	return m
}

func nameFeatures(s *Sentence, i int, f []uint32) []uint32 {
	b, w, y := s.at(i-1), s.at(i), s.at(i+1)
	t := s.tag(i)
	return append(f,
		linear.F1(60, t), linear.F2(61, s.tag(i-1), t), linear.F2(62, t, s.tag(i+1)), linear.F3(63, s.tag(i-1), t, s.tag(i+1)),
		linear.F2(64, t, w.Cluster[2]), linear.F2(65, t, w.Cluster[1]), linear.F2(66, t, w.Case),
		linear.F1(67, w.Flags), linear.F2(68, w.Flags, y.Flags), linear.F2(69, b.Flags, w.Flags),
		linear.F2(70, w.Cluster[0], y.Cluster[0]), linear.F2(71, b.Cluster[0], w.Cluster[0]),
		linear.F2(72, s.at(i - 2).Cluster[2], t), linear.F2(73, s.at(i + 2).Cluster[2], t),
		linear.F2(74, b.Low, t), linear.F2(75, y.Low, t), linear.F2(76, y.Suffix[2], t), linear.F2(77, b.Suffix[2], t),
		linear.F2(78, headAfter(s, i), w.Case), linear.F2(79, headAfter(s, i), t), linear.F3(80, b.Shape, w.Shape, y.Shape),
		linear.F2(81, nounBefore(s, i), w.Case))
}

// headAfter is the last word of the run of capitalised words that starts at i: "of" and the like end it.
func headAfter(s *Sentence, i int) uint32 {
	j := i
	for j+1 < len(s.Words) && j < i+window && capital(&s.Words[j+1]) {
		j++
	}
	if j == i {
		return 0
	}
	return s.Words[j].Low
}

// nounBefore is the word before the run of capitalised words that ends at i.
func nounBefore(s *Sentence, i int) uint32 {
	j := i
	for j > 0 && j > i-window && capital(&s.Words[j]) {
		j--
	}
	return s.Words[j].Low
}

func capital(w *words.Info) bool {
	return w.Case == words.Title || w.Case == words.Upper || w.Case == words.Mixed
}

// history appends the features of word i that depend on the two labels before it.
func history(task Task, s *Sentence, i int, label, last uint16, f []uint32) []uint32 {
	w, b, y := s.at(i), s.at(i-1), s.at(i+1)
	l, m := uint32(label), uint32(last)
	lm := l<<16 | m
	f = append(f, linear.F1(100, l), linear.F1(101, lm), linear.F2(102, l, w.Low), linear.F2(103, l, y.Low),
		linear.F2(105, lm, w.Low), linear.F2(107, l, w.Cluster[2]), linear.F2(108, l, w.Suffix[2]), linear.F2(109, l, b.Low),
		linear.F3(111, l, w.Cluster[1], y.Cluster[1]), linear.F2(112, lm, w.Cluster[1]), linear.F2(113, l, w.Shape))
	if task == Names {
		return append(f, linear.F2(114, l, s.tag(i)), linear.F3(115, l, s.tag(i), s.tag(i+1)), linear.F2(116, lm, s.tag(i)),
			linear.F3(117, l, b.Low, w.Case))
	}
	return append(f, linear.F3(118, l, w.Low, y.Low), linear.F2(121, lm, w.Suffix[2]))
}
