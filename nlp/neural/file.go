package neural

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"unsafe"
)

// A model file is: magic, length of the header (4 bytes, little endian), the header in JSON, then the parts in the
// order of Network.read: bytes for vectors and weights, little-endian floats of 4 bytes for scales and biases,
// 4 bytes for each word's hash. Nothing stands between them and nothing follows. The biases of a matrix over states
// make up for the number that stands for zero in them.
const magic = "NGN1"

// ErrFormat tells that a file is not a model file of this version.
var ErrFormat = errors.New("not a model file of this version")

// header describes a network.
type header struct {
	Words, WordDim, SubDim, Layers, Hidden, Arc, Rel, NameHidden int

	TagLayer int      // 1-based layer that the tagger reads
	PairUnit float32  // parts of 1 that products of pair count
	Tags     []string // universal and fine tag: "VERB VBD"
	Rels     []string // the first is that of the root
	Names    []string // BIO tags; the first is O
}

func (h *header) check() error {
	multiple := func(k int, xs ...int) bool {
		for _, x := range xs {
			if x < 1 || x > 1<<14 || x%k != 0 {
				return false
			}
		}
		return true
	}
	// A sum of products must fit into a float's 24 bits or an int32: see kernel.go.
	ok := len(h.Rels) >= 2 && multiple(32, h.WordDim+h.SubDim, h.Hidden, h.Arc, h.Rel, h.NameHidden) && multiple(1, h.WordDim, h.SubDim, h.Layers, h.TagLayer, len(h.Tags), len(h.Rels), len(h.Names)) &&
		h.Words >= 1 && h.Words < 1<<24 && h.Arc <= 160 && h.Layers < 16 && h.TagLayer <= h.Layers && h.PairUnit > 0
	if !ok {
		return fmt.Errorf("network header: %w", ErrFormat)
	}
	return nil
}

// Read makes a network of a model file, which it keeps and which must not change.
func Read(file []byte) (*Network, error) {
	n := &Network{}
	if len(file) < 8 || string(file[:4]) != magic {
		return nil, fmt.Errorf("network: %w", ErrFormat)
	}
	size := binary.LittleEndian.Uint32(file[4:])
	if uint64(size) > uint64(len(file)-8) {
		return nil, fmt.Errorf("network: %w", ErrFormat)
	}
	if err := json.Unmarshal(file[8:8+size], &n.header); err != nil {
		return nil, fmt.Errorf("network header: %w: %v", ErrFormat, err)
	}
	if err := n.check(); err != nil {
		return nil, err
	}
	b := &body{rest: file[8+size:]}
	n.read(b)
	if b.short || len(b.rest) > 0 {
		return nil, fmt.Errorf("network: wrong length: %w", ErrFormat)
	}
	if b.wrong {
		return nil, fmt.Errorf("network: weight out of range: %w", ErrFormat)
	}
	n.forbid()
	return n, n.makeIndex()
}

func (n *Network) read(b *body) {
	for x := b.take(4 * n.Words); len(x) > 0; x = x[4:] {
		n.hashes = append(n.hashes, binary.LittleEndian.Uint32(x))
	}
	n.vectors = b.bytes(n.Words * n.WordDim)
	n.subs = b.bytes(Buckets * n.SubDim)
	in, first := n.WordDim+n.SubDim, b.wideMatrix
	for range n.Layers {
		n.layers = append(n.layers, layer{in: first(8*n.Hidden, in), rec: b.recurrent(n.Hidden)})
		in, first = 2*n.Hidden, b.stateMatrix
	}
	n.tagger = b.stateMatrix(len(n.Tags), in)
	n.dep, n.gov, n.pair = b.stateMatrix(n.Arc, in), b.stateMatrix(n.Arc, in), b.wideMatrix(n.Arc+1, n.Arc)
	n.relDep, n.relGov, n.rels = b.stateMatrix(n.Rel, in), b.stateMatrix(n.Rel, in), b.wideMatrix(len(n.Rels), n.Rel)
	n.rootGov, n.rootRel = b.floats(n.Arc), b.floats(n.Rel)
	h := n.NameHidden
	n.names = nameLayer{in: b.wideMatrix(8*h, n.WordDim+n.SubDim), state: b.stateMatrix(8*h, in), rec: b.recurrent(h), out: b.stateMatrix(len(n.Names), 2*h)}
	n.names.follow = b.floats(len(n.Names) * len(n.Names))
}

// indexShift leaves the first bits of a hash, by which words are found.
const indexShift = 18

func (n *Network) makeIndex() error {
	n.index = make([]uint32, 1<<(32-indexShift)+1)
	for i, h := range n.hashes {
		if i > 0 && h <= n.hashes[i-1] {
			return fmt.Errorf("network: word %d out of order: %w", i, ErrFormat)
		}
		n.index[h>>indexShift+1] = uint32(i + 1)
	}
	for i := 1; i < len(n.index); i++ {
		n.index[i] = max(n.index[i], n.index[i-1])
	}
	return nil
}

// body is the part of the file that is still to be read.
type body struct {
	rest  []byte
	short bool // ended too soon
	wrong bool // held what no model holds
}

func (b *body) take(n int) []byte {
	if n < 0 || n > len(b.rest) {
		b.short, b.rest = true, nil
		return nil
	}
	out := b.rest[:n]
	b.rest = b.rest[n:]
	return out
}

// bytes returns n signed bytes of the file itself.
func (b *body) bytes(n int) []int8 {
	x := b.take(n)
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(x))), len(x))
}

func (b *body) floats(n int) []float32 {
	x := b.take(4 * n)
	out := make([]float32, len(x)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(x[4*i:]))
		b.wrong = b.wrong || !(math.Abs(float64(out[i])) < 1e9)
	}
	return out
}

// wideMatrix reads a matrix over word vectors or a hidden layer.
func (b *body) wideMatrix(rows, k int) matrix {
	m := b.matrix(rows, k)
	m.wide = make([]int16, len(m.w))
	for i, w := range m.w {
		m.wide[i] = int16(w)
	}
	return m
}

// matrix reads a matrix, whose rows the file fills up to a multiple of 4.
func (b *body) matrix(rows, k int) matrix {
	rows = (rows + 3) / 4 * 4
	return matrix{w: b.bytes(rows * k), scale: b.floats(rows), bias: b.floats(rows)}
}

func (b *body) recurrent(h int) [2]matrix {
	return [2]matrix{b.stateMatrix(4*h, h), b.stateMatrix(4*h, h)}
}

// stateMatrix reads a matrix over states, whose weights are small enough for the kernels.
func (b *body) stateMatrix(rows, k int) matrix {
	m := b.matrix(rows, k)
	for _, w := range m.w {
		b.wrong = b.wrong || w > one || w < -one
	}
	return m
}
