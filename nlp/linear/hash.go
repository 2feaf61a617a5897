// Package linear holds linear models over hashed features: the table of weights as shipped (one byte a
// weight), the averaged perceptron that learns it, and the file form. Features have no keys: a feature is
// a 32-bit hash, which names the place where its row of weights begins. Rows overlap, so a table of
// n cells serves any number of classes; collisions cost little and are learned around.
package linear

// Salt starts the hash of one template: k is the template's number.
func salt(k int) uint64 { return uint64(k+1) * 0x9E3779B97F4A7C15 }

func mix(x uint64) uint32 {
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return uint32(x >> 32)
}

// F1 is the feature of template k over one atom.
func F1(k int, a uint32) uint32 {
	return mix((salt(k) ^ uint64(a)) * 0xFF51AFD7ED558CCD)
}

// F2 is the feature of template k over two atoms.
func F2(k int, a, b uint32) uint32 {
	return mix((salt(k)^uint64(a))*0xFF51AFD7ED558CCD + uint64(b)*0xC4CEB9FE1A85EC53)
}

// F3 is the feature of template k over three atoms.
func F3(k int, a, b, c uint32) uint32 {
	return mix((salt(k)^uint64(a))*0xFF51AFD7ED558CCD + uint64(b)*0xC4CEB9FE1A85EC53 + uint64(c)*0x2545F4914F6CDD1D)
}

// F4 is the feature of template k over four atoms.
func F4(k int, a, b, c, d uint32) uint32 {
	return F3(k, a, b, mix((uint64(c)+1)*0xC4CEB9FE1A85EC53+uint64(d)*0x2545F4914F6CDD1D))
}

// String hashes a string to an atom (FNV-1a with a final mix), never 0: 0 stands for "none".
func String(s string) uint32 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h) | 1
}

// String64 hashes a string to 64 well-mixed bits.
func String64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xFF51AFD7ED558CCD
	h ^= h >> 33
	h *= 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}
