package words

// Atom hashes a string to 32 bits (FNV-1a with a final mix), never 0: 0 stands for "none".
func Atom(s string) uint32 { return mix(fnv(s)) | 1 }

// Feature hashes an atom once more, for the table or the column of the given number.
func Feature(k int, atom uint32) uint32 {
	return mix((uint64(k+1)*0x9E3779B97F4A7C15 ^ uint64(atom)) * 0xFF51AFD7ED558CCD)
}

func fnv(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func mix(x uint64) uint32 {
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return uint32(x >> 32)
}

// hash64 hashes a string to 64 well-mixed bits.
func hash64(s string) uint64 {
	h := fnv(s)
	h ^= h >> 33
	h *= 0xFF51AFD7ED558CCD
	h ^= h >> 33
	h *= 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}
