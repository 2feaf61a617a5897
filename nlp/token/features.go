package token

// maxFeatures is the greatest number of features of a gap.
const maxFeatures = 52

// features appends where in the table the weights of a gap are.
func (g *gap) features(out []uint32) []uint32 {
	p1, p0, n0, n1, n2 := g.around[1], g.around[2], g.around[3], g.around[4], g.around[5]
	sides := g.sides()
	before, after := uint32(p1.class), uint32(n1.class)
	before2, after2 := uint32(g.around[0].class)<<5|before, after<<5|uint32(n2.class)
	return append(g.more(out, sides, before, after),
		mix(1, sides, 0),
		mix(2, p0.id, sides),
		mix(3, n0.id, sides),
		mix(4, p0.id, n0.id),
		mix(5, sides, before),
		mix(6, sides, after),
		mix(7, sides, before<<5|after),
		mix(8, sides, after2),
		mix(9, sides, before2),
		mix(10, p1.id, sides),
		mix(11, n1.id, sides),
		mix(12, p1.id, p0.id^uint32(n0.class)),
		mix(13, n0.id, n1.id),
		mix(14, p0.suffix, sides),
		mix(15, n0.suffix, sides),
		mix(16, n2.id, sides),
		mix(17, n0.id, sides<<5|before),
		mix(18, n0.id, sides<<5|after),
		mix(19, sides<<5|after, n2.id),
		mix(20, sides<<5|before, after2),
		mix(21, uint32(min(p0.End-p0.Start, 12)), sides),
	)
}

// sides are the classes of the words on both sides of the gap.
func (g *gap) sides() uint32 {
	sides := uint32(g.around[2].class)<<5 | uint32(g.around[3].class)
	if g.glued {
		sides |= 1 << 10
	}
	return sides
}

// more appends features of what is farther away: the sentence so far, the paragraph, the text.
func (g *gap) more(out []uint32, sides, before, after uint32) []uint32 {
	p0, n0 := g.around[2], g.around[3]
	since, left, runs := bucket(g.since), bucket(g.left), bucket(g.named)<<5|bucket(g.ahead)
	state := uint32(min(g.depth, 1)) << 1
	if g.quoted {
		state |= 1
	}
	out = g.repeats(out, sides, before)
	return append(out,
		mix(22, sides, since),
		mix(23, sides, left),
		mix(24, sides, since<<5|left),
		mix(25, sides, state),
		mix(26, sides<<2|state, after),
		mix(27, sides, g.style),
		mix(28, p0.id, g.style),
		mix(29, n0.id, g.style),
		mix(30, sides<<5|since, g.style),
		mix(31, p0.id, since),
		mix(32, n0.id, since),
		mix(33, n0.id, before<<5|since),
		mix(34, sides, g.seen),
		mix(35, sides<<8|g.seen, after),
		mix(36, sides, runs),
		mix(37, g.first, sides),
		mix(38, sides<<8|g.seen, left),
		mix(39, sides<<8|g.seen, runs),
		mix(40, g.style<<8|g.seen, sides),
		mix(41, sides, g.text),
		mix(42, sides<<8|g.text, since),
		mix(43, n0.id, g.text),
		mix(44, sides<<8|g.text, g.seen),
	)
}

// repeats appends what only some gaps have: a usual beginning or a word said again.
func (g *gap) repeats(out []uint32, sides, before uint32) []uint32 {
	p1, p0, n0, n1 := g.around[1], g.around[2], g.around[3], g.around[4]
	if n0.opens || n0.class == openQuote && n1.opens {
		out = append(out, mix(45, sides, before), mix(46, sides, 0))
	}
	if p0.id == n0.id || p1.id == n0.id || g.first == n0.id {
		out = append(out, mix(47, sides, 0))
	}
	if p0.id == n1.id {
		out = append(out, mix(48, sides, 0))
	}
	return out
}

// bucket makes few of many lengths.
func bucket(n int) uint32 {
	switch {
	case n <= 6:
		return uint32(max(n, 0))
	case n <= 8:
		return 7
	case n <= 12:
		return 8
	case n <= 20:
		return 9
	case n <= 35:
		return 10
	case n <= 60:
		return 11
	}
	return 12
}

// mix hashes a feature to a place in the table.
func mix(kind, a, b uint32) uint32 {
	h := kind*0x9E3779B1 ^ a*0x85EBCA77
	h = (h ^ h>>15) * 0xC2B2AE3D
	h ^= b * 0x27D4EB2F
	h = (h ^ h>>13) * 0x165667B1
	return (h ^ h>>16) & (1<<tableBits - 1)
}
