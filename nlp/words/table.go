package words

import (
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Table maps words in lower case to flags. It keeps 15 bits of a word's hash beside the slot that the
// rest of the hash names, not the word: one foreign word in some thirty thousand is taken for another. A nil *Table
// knows no word. Safe for concurrent use once made.
type Table struct {
	print []uint16 // 0 is an empty slot
	flags []uint16
}

// NewTable returns an empty table with room for n words.
func NewTable(n int) *Table {
	size := 1
	for size*3 < n*4 {
		size *= 2
	}
	return &Table{print: make([]uint16, size), flags: make([]uint16, size)}
}

// slot finds the place of a word and tells whether it is taken.
func (t *Table) slot(low string) (at int, mark uint16, taken bool) {
	h := hash64(low)
	mark = uint16(h>>48) | 1
	mask := len(t.print) - 1
	for at = int(h) & mask; t.print[at] != 0; at = (at + 1) & mask {
		if t.print[at] == mark {
			return at, mark, true
		}
	}
	return at, mark, false
}

// Put sets the flags of a word in lower case.
func (t *Table) Put(low string, flags uint32) {
	at, mark, _ := t.slot(low)
	t.print[at], t.flags[at] = mark, uint16(flags)
}

// Find returns the flags of a word in lower case, 0 for an unknown one.
func (t *Table) Find(low string) uint32 {
	if t == nil {
		return 0
	}
	at, _, taken := t.slot(low)
	if !taken {
		return 0
	}
	return uint32(t.flags[at])
}

// A file is gzip around: magic, number of slots (4 bytes, little endian, a power of 2), the slots' marks, then
// their flags, 2 bytes each.
const magic = "NGW2"

// maxSlots bounds what Read takes.
const maxSlots = 1 << 22

// ErrFormat tells that a file is not a word table of this version.
var ErrFormat = errors.New("not a word table of this version")

// Write writes the table. The same table gives the same bytes.
func (t *Table) Write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	body := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(t.print)))
	for _, col := range [][]uint16{t.print, t.flags} {
		for _, x := range col {
			body = binary.LittleEndian.AppendUint16(body, x)
		}
	}
	if _, err := z.Write(body); err != nil {
		return err
	}
	return z.Close()
}

// Read reads what Write wrote.
func Read(r io.Reader) (*Table, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(z, head); err != nil || string(head[:4]) != magic {
		return nil, ErrFormat
	}
	n := binary.LittleEndian.Uint32(head[4:])
	if n == 0 || n&(n-1) != 0 || n > maxSlots {
		return nil, ErrFormat
	}
	body := make([]byte, 4*n)
	if _, err := io.ReadFull(z, body); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	t := &Table{print: make([]uint16, n), flags: make([]uint16, n)}
	empty := false
	for i := range t.print {
		t.print[i] = binary.LittleEndian.Uint16(body[2*i:])
		t.flags[i] = binary.LittleEndian.Uint16(body[2*(int(n)+i):])
		empty = empty || t.print[i] == 0
	}
	if !empty {
		return nil, fmt.Errorf("%w: no free slot", ErrFormat)
	}
	return t, nil
}
