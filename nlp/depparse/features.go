package depparse

import "newsgraph/nlp/linear"

// sentence holds the atoms of a sentence by word: 0 for none, 1..n the words, n+1 the root.
type sentence struct {
	n      int
	form   []uint32
	tag    []uint32
	upos   []uint32
	fine   []uint32 // cluster
	middle []uint32
	coarse []uint32
	class  []Class
	// before[i] counts the words of each class, up to Mark, before word i.
	before [][Mark + 1]int16
	mixed  []uint32 // tag and coarse cluster
}

func newSentence(s *Sentence) *sentence {
	n := len(s.Words)
	mem := make([]uint32, 7*(n+2))
	col := func() []uint32 {
		c := mem[: n+2 : n+2]
		mem = mem[n+2:]
		return c
	}
	x := &sentence{n: n, form: col(), tag: col(), upos: col(), fine: col(), middle: col(), coarse: col(), mixed: col(),
		before: make([][Mark + 1]int16, n+2), class: make([]Class, n+2)}
	for i, w := range s.Words {
		k := i + 1
		x.form[k], x.tag[k], x.upos[k] = w.Low, s.Tags[i], s.UPOS[i]
		x.fine[k], x.middle[k], x.coarse[k] = w.Cluster[2], w.Cluster[1], w.Cluster[0]
		if w.Cluster[2] == 0 {
			x.fine[k], x.middle[k], x.coarse[k] = w.Suffix[2], w.Suffix[2], w.Suffix[1]
		}
		x.mixed[k] = x.tag[k] ^ x.coarse[k]*0x9E3779B1
		x.before[k+1] = x.before[k]
		x.class[k] = s.Class[i]
		x.before[k+1][coarse(s.Class[i])]++
	}
	x.form[n+1], x.tag[n+1], x.upos[n+1] = 7, 7, 7
	return x
}

// coarse is the class that between counts a word as.
func coarse(c Class) Class {
	switch c {
	case Auxiliary, Gerund, Participle, Base:
		return Verb
	case Pronoun, Proper:
		return Noun
	case Noun, Verb, Conj, Comma, Mark:
		return c
	}
	return Plain
}

// between describes the words strictly between a and b, a < b.
func (x *sentence) between(a, b int) uint32 {
	if a == 0 || b <= a {
		return 0
	}
	p, q := &x.before[a+1], &x.before[b]
	v := uint32(1)
	for c, most := range [...]int16{0, 2, 2, 1, 2, 1} {
		v = v*3 + uint32(min(q[c]-p[c], most))
	}
	return v
}

func distance(a, b int) uint32 {
	if a == 0 {
		return 0
	}
	d := b - a
	switch {
	case d <= 4:
		return uint32(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

// focus is what the features look at in a state.
type focus struct {
	s0, s1, s2, b0, b1, b2    int
	s0l, s0l2, s0r, s0r2      int
	s1l, s1r, s1r2, b0l, b0l2 int
	vs0l, vs0r, vs1r, vb0l    uint32
	vs1l                      uint32
	k0, k1, kb                uint32 // kinds of s0, s1, b0
	l0, r0, l1, r1, lb        uint32 // sets of kinds of their children
}

func (x *sentence) look(s *state) focus {
	w := x.n + 2
	f := focus{b0: s.b}
	if s.depth > 0 {
		f.s0 = int(s.mem[s.depth-1])
	}
	if s.depth > 1 {
		f.s1 = int(s.mem[s.depth-2])
	}
	if s.depth > 2 {
		f.s2 = int(s.mem[s.depth-3])
	}
	if s.b+1 <= x.n+1 {
		f.b1 = s.b + 1
	}
	if s.b+2 <= x.n+1 {
		f.b2 = s.b + 2
	}
	col := func(c, i int) int { return int(s.mem[c*w+i]) }
	f.s0l, f.s0l2, f.s0r, f.s0r2 = col(colL1, f.s0), col(colL2, f.s0), col(colR1, f.s0), col(colR2, f.s0)
	f.s1l, f.s1r, f.s1r2 = col(colL1, f.s1), col(colR1, f.s1), col(colR2, f.s1)
	f.b0l, f.b0l2 = col(colL1, f.b0), col(colL2, f.b0)
	f.vs0l, f.vs0r = uint32(min(col(colLeft, f.s0), 4)), uint32(min(col(colRight, f.s0), 4))
	f.vs1r, f.vb0l = uint32(min(col(colRight, f.s1), 4)), uint32(min(col(colLeft, f.b0), 4))
	f.vs1l = uint32(min(col(colLeft, f.s1), 4))
	kinds := func(c, i int) uint32 { return uint32(s.mem[c*w+i]) }
	f.l0, f.r0, f.l1, f.r1 = kinds(colKindsL, f.s0), kinds(colKindsR, f.s0), kinds(colKindsL, f.s1), kinds(colKindsR, f.s1)
	f.lb = kinds(colKindsL, f.b0)
	f.k0, f.k1, f.kb = uint32(x.kind(s, f.s0)), uint32(x.kind(s, f.s1)), uint32(x.kind(s, f.b0))
	return f
}

// features appends the features of a state: after Zhang and Nivre (2011) less the labels, with clusters and with
// what lies between the words (McDonald 2005).
func (x *sentence) features(s *state, f []uint32) []uint32 {
	v := x.look(s)
	f = x.single(&v, f)
	f = x.pairs(&v, f)
	f = x.triples(&v, f)
	f = x.children(&v, f)
	f = x.kinds(&v, f)
	return x.gaps(&v, f)
}

func (x *sentence) single(v *focus, f []uint32) []uint32 {
	w, t := x.form, x.tag
	return append(f,
		linear.F1(0, w[v.s0]), linear.F1(1, t[v.s0]), linear.F2(2, w[v.s0], t[v.s0]),
		linear.F1(3, w[v.s1]), linear.F1(4, t[v.s1]), linear.F2(5, w[v.s1], t[v.s1]),
		linear.F1(6, w[v.b0]), linear.F1(7, t[v.b0]), linear.F2(8, w[v.b0], t[v.b0]),
		linear.F1(9, w[v.b1]), linear.F2(10, w[v.b1], t[v.b1]), linear.F1(11, w[v.b2]),
		linear.F1(12, t[v.s2]), linear.F2(13, w[v.s2], t[v.s2]),
		linear.F2(14, x.fine[v.s0], t[v.s0]), linear.F2(15, x.fine[v.b0], t[v.b0]), linear.F2(16, x.fine[v.s1], t[v.s1]))
}

func (x *sentence) pairs(v *focus, f []uint32) []uint32 {
	w, t, m := x.form, x.tag, x.mixed
	return append(f,
		linear.F4(20, w[v.s0], t[v.s0], w[v.b0], t[v.b0]), linear.F3(21, w[v.s0], t[v.s0], t[v.b0]),
		linear.F3(22, t[v.s0], w[v.b0], t[v.b0]), linear.F2(23, t[v.s0], t[v.b0]), linear.F2(24, t[v.b0], t[v.b1]),
		linear.F2(25, x.fine[v.s0], x.fine[v.b0]), linear.F2(26, x.middle[v.s0], x.middle[v.b0]),
		linear.F2(27, m[v.s0], t[v.b0]), linear.F2(28, t[v.s0], m[v.b0]), linear.F2(29, w[v.s0], x.middle[v.b0]),
		linear.F2(30, x.middle[v.s0], w[v.b0]),
		linear.F4(31, w[v.s1], t[v.s1], w[v.s0], t[v.s0]), linear.F3(32, w[v.s1], t[v.s1], t[v.s0]),
		linear.F3(33, t[v.s1], w[v.s0], t[v.s0]), linear.F2(34, t[v.s1], t[v.s0]), linear.F2(35, x.fine[v.s1], x.fine[v.s0]),
		linear.F2(36, x.middle[v.s1], x.middle[v.s0]), linear.F2(37, m[v.s1], t[v.s0]), linear.F2(38, t[v.s1], m[v.s0]),
		linear.F2(39, w[v.s1], x.middle[v.s0]), linear.F2(40, x.middle[v.s1], w[v.s0]),
		linear.F2(41, w[v.s1], w[v.b0]), linear.F2(42, t[v.s1], t[v.b0]), linear.F3(43, x.middle[v.s1], x.middle[v.b0], t[v.s0]))
}

func (x *sentence) triples(v *focus, f []uint32) []uint32 {
	t, u := x.tag, x.upos
	return append(f,
		linear.F3(50, t[v.b0], t[v.b1], t[v.b2]), linear.F3(51, t[v.s0], t[v.b0], t[v.b1]), linear.F3(52, t[v.s1], t[v.s0], t[v.b0]),
		linear.F3(53, t[v.s2], t[v.s1], t[v.s0]), linear.F4(54, t[v.s1], t[v.s0], t[v.b0], t[v.b1]),
		linear.F4(55, t[v.s0], t[v.b0], t[v.b1], t[v.b2]),
		linear.F4(59, u[v.s2], u[v.s1], t[v.s0], t[v.b0]))
}

func (x *sentence) children(v *focus, f []uint32) []uint32 {
	w, t := x.form, x.tag
	return append(f,
		linear.F3(70, t[v.s0], t[v.s0l], t[v.b0]), linear.F3(71, t[v.s0], t[v.s0r], t[v.b0]), linear.F3(72, t[v.s0], t[v.b0], t[v.b0l]),
		linear.F3(73, t[v.s1], t[v.s1r], t[v.s0]), linear.F3(74, t[v.s1], t[v.s1l], t[v.s0]), linear.F3(75, t[v.s1], t[v.s0], t[v.s0l]),
		linear.F3(76, t[v.s1], t[v.s0], t[v.s0r]), linear.F3(77, t[v.s0], t[v.s0r], t[v.s0r2]), linear.F3(78, t[v.s0], t[v.s0l], t[v.s0l2]),
		linear.F3(79, t[v.b0], t[v.b0l], t[v.b0l2]), linear.F2(80, w[v.s0], w[v.s0l]), linear.F2(81, w[v.s0], w[v.s0r]),
		linear.F2(82, t[v.s0], w[v.s0l]), linear.F2(83, t[v.s0], w[v.s0r]), linear.F2(84, t[v.b0], w[v.b0l]), linear.F2(85, w[v.b0], w[v.b0l]),
		linear.F2(86, t[v.s1], w[v.s1r]), linear.F2(87, w[v.s1], t[v.s1r]), linear.F3(90, t[v.s1], w[v.s0l], t[v.s0]),
		linear.F3(91, t[v.s1], t[v.s1r], t[v.s1r2]), linear.F4(92, t[v.s1], t[v.s1r], t[v.s0], t[v.s0l]), linear.F3(94, t[v.s0], w[v.s0l], t[v.b0]), linear.F3(95, t[v.s1], w[v.s1l], t[v.s0]))
}

func (x *sentence) kinds(v *focus, f []uint32) []uint32 {
	w, t := x.form, x.tag
	k10 := v.k1<<5 | v.k0
	return append(f,
		linear.F2(130, v.k0, v.kb), linear.F2(131, k10, v.kb), linear.F2(132, t[v.s1], v.k0), linear.F2(133, v.k0, t[v.b0]),
		linear.F2(134, w[v.s1], v.k0), linear.F2(135, w[v.b0], v.k0), linear.F2(136, w[v.s0], v.kb),
		linear.F3(137, t[v.s0], v.l0, v.r0), linear.F3(138, t[v.s0], v.r0, t[v.b0]), linear.F3(139, t[v.s0], v.l0, t[v.b0]),
		linear.F3(140, t[v.b0], v.lb, t[v.s0]), linear.F3(141, v.kb, v.lb, v.k0), linear.F3(142, t[v.s1], v.r1, t[v.s0]),
		linear.F3(143, t[v.s1], v.r1, v.k0), linear.F3(144, t[v.s1], v.l1, v.k0), linear.F3(145, w[v.s1], v.r1, v.k0),
		linear.F4(146, t[v.s1], v.l1, v.r1, v.k0), linear.F3(147, k10, v.r1, v.kb), linear.F2(148, w[v.s0], v.r0), linear.F2(149, w[v.s1], v.r1),
		linear.F4(150, v.k0, v.l0, v.kb, v.lb), linear.F4(151, v.k1, v.l1, v.k0, v.l0), linear.F4(152, t[v.s1], v.l1, v.l0, t[v.s0]),
		linear.F4(153, x.middle[v.s1], v.r1, v.k0, x.middle[v.s0]), linear.F4(154, k10, v.l0, v.r0, v.kb))
}

func (x *sentence) gaps(v *focus, f []uint32) []uint32 {
	w, t := x.form, x.tag
	db, ds := distance(v.s0, v.b0), distance(v.s1, v.s0)
	bb, bs := x.between(v.s0, v.b0), x.between(v.s1, v.s0)
	after0, after1, beforeB := 0, 0, v.b0-1
	if v.s0 > 0 {
		after0 = v.s0 + 1
	}
	if v.s1 > 0 {
		after1 = v.s1 + 1
	}
	return append(f,
		linear.F2(100, w[v.s0], db), linear.F2(101, t[v.s0], db), linear.F2(102, t[v.b0], db), linear.F3(103, t[v.s0], t[v.b0], db),
		linear.F2(104, w[v.b0], db), linear.F3(105, t[v.s1], t[v.s0], ds), linear.F3(106, w[v.s1], t[v.s0], ds), linear.F3(107, t[v.s1], w[v.s0], ds),
		linear.F2(108, w[v.s0], v.vs0r), linear.F2(109, t[v.s0], v.vs0r), linear.F2(110, w[v.s0], v.vs0l), linear.F2(111, t[v.s0], v.vs0l),
		linear.F2(112, w[v.b0], v.vb0l), linear.F2(113, t[v.b0], v.vb0l), linear.F2(114, t[v.s1], v.vs1r), linear.F2(115, w[v.s1], v.vs1r),
		linear.F3(116, t[v.s1], t[v.s0], v.vs1r), linear.F3(117, t[v.s0], t[v.b0], bb), linear.F3(118, t[v.s1], t[v.s0], bs), linear.F2(121, bs, bb),
		linear.F4(122, t[v.s0], t[after0], t[beforeB], t[v.b0]), linear.F4(123, t[v.s1], t[after1], t[max(v.s0-1, 0)], t[v.s0]),
		linear.F4(124, t[v.s1], t[v.s0], t[v.b0], bb), linear.F3(125, t[v.s1], v.vs1l, t[v.s0]),
		linear.F3(126, t[v.s0], t[v.b0], v.vs0l*8+v.vs0r), linear.F3(127, t[v.s0], t[v.b0], v.vb0l))
}
