package store

import (
	"cmp"
	"encoding/binary"

	"newsgraph/schema"
)

// FormatVersion names the format on disk that this package reads and writes; a store of another one is ErrVersion. It is the
// value of the meta key "format", and a change of any key or value in docs/format.md needs a new one.
const FormatVersion = "newsgraph 3"

// The first byte of a key.
const (
	tagMeta   = 'm'
	tagRecord = 'r'
	tagTerm   = 't'
)

// Names behind tagMeta.
const (
	metaFormat = "format"
	metaBase   = "base"
	metaCounts = "counts"
)

func metaKey(name string) []byte { return append([]byte{tagMeta}, name...) }

func recordKey(key string) []byte { return append([]byte{tagRecord}, key...) }

func encodeStats(s Stats) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(s.Quads))
	b = binary.BigEndian.AppendUint64(b, uint64(s.Terms))
	return binary.BigEndian.AppendUint64(b, uint64(s.Records))
}

// decodeStats is the inverse of encodeStats; b has 24 bytes.
func decodeStats(b []byte) Stats {
	n := func(i int) int64 { return int64(binary.BigEndian.Uint64(b[i:])) }
	return Stats{Quads: n(0), Terms: n(8), Records: n(16)}
}

// ID names a term: the slot in the dictionary where it stands. 0 is no term: the default graph, or "any" in a pattern.
type ID uint64

const (
	idLen         = 6 // bytes of an id in a key
	maxID      ID = 1<<(8*idLen) - 1
	termKeyLen    = 1 + idLen
)

func appendID(b []byte, id ID) []byte {
	return append(b, byte(id>>40), byte(id>>32), byte(id>>24), byte(id>>16), byte(id>>8), byte(id))
}

// readID is the inverse of appendID; b has idLen bytes or more.
func readID(b []byte) ID {
	_ = b[idLen-1]
	return ID(b[0])<<40 | ID(b[1])<<32 | ID(b[2])<<24 | ID(b[3])<<16 | ID(b[4])<<8 | ID(b[5])
}

func termKey(id ID) []byte { return appendID(append(make([]byte, 0, termKeyLen), tagTerm), id) }

// Positions in a quad.
const (
	subj = iota
	pred
	obj
	label
)

// QuadID is a quad as the ids of subject, predicate, object and graph.
type QuadID [4]ID

// index is one order in which all quads are kept.
type index struct {
	tag   byte
	order [4]int
}

// The four indexes: every one holds every quad.
var (
	spog = index{'s', [4]int{subj, pred, obj, label}}
	posg = index{'p', [4]int{pred, obj, subj, label}}
	ospg = index{'o', [4]int{obj, subj, pred, label}}
	gspo = index{'g', [4]int{label, subj, pred, obj}}
)

func indexes() [4]index { return [4]index{spog, posg, ospg, gspo} }

const quadKeyLen = 1 + 4*idLen

// key returns the key of q in the index.
func (x index) key(q QuadID) []byte { return x.prefix(q, 4) }

// prefix returns what the keys of all quads begin with that share the first n positions of the order with q.
func (x index) prefix(q QuadID, n int) []byte {
	return x.appendPrefix(make([]byte, 0, quadKeyLen), q, n)
}

func (x index) appendPrefix(b []byte, q QuadID, n int) []byte {
	b = append(b, x.tag)
	for _, pos := range x.order[:n] {
		b = appendID(b, q[pos])
	}
	return b
}

// compare says which of two quads comes first in the index.
func (x index) compare(a, b QuadID) int {
	for _, pos := range x.order {
		if a[pos] != b[pos] {
			return cmp.Compare(a[pos], b[pos])
		}
	}
	return 0
}

// quad is the inverse of key; key has quadKeyLen bytes.
func (x index) quad(key []byte) (q QuadID) {
	for i, pos := range x.order {
		q[pos] = readID(key[1+idLen*i:])
	}
	return q
}

// pattern says which quads are asked for: those that equal want at the positions set in fixed.
type pattern struct {
	want  QuadID
	fixed [4]bool
}

func (p *pattern) fix(pos int, id ID) { p.want[pos], p.fixed[pos] = id, true }

func (p *pattern) fits(q QuadID) bool {
	for pos, fixed := range p.fixed {
		if fixed && q[pos] != p.want[pos] {
			return false
		}
	}
	return true
}

// pattern is q as a pattern, where 0 fits anything.
func (q QuadID) pattern() (p pattern) {
	for pos, id := range q {
		if id != 0 {
			p.fix(pos, id)
		}
	}
	return p
}

// fits says whether a quad has the terms of q, where 0 fits anything.
func (q QuadID) fits(other QuadID) bool {
	for pos, id := range q {
		if id != 0 && other[pos] != id {
			return false
		}
	}
	return true
}

// plan returns the index that serves the pattern with the longest prefix, and the number of positions in that prefix. At
// equal length the named graph wins, as graphs are small: the claim's, the document's.
func (p *pattern) plan() (index, int) {
	best, length := spog, p.prefixLen(spog)
	for _, x := range []index{posg, ospg} {
		if n := p.prefixLen(x); n > length {
			best, length = x, n
		}
	}
	n := p.prefixLen(gspo)
	if n > length || n == length && n > 0 && p.want[label] != 0 {
		return gspo, n
	}
	return best, length
}

func (p *pattern) prefixLen(x index) int {
	n := 0
	for n < 4 && p.fixed[x.order[n]] {
		n++
	}
	return n
}

// after returns the first key that sorts after every key with the prefix.
func after(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

func terms(q schema.Quad) [4]schema.Term {
	return [4]schema.Term{q.Subject, q.Predicate, q.Object, q.Graph}
}
