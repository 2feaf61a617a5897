package words

import (
	"fmt"
	"io"

	"newsgraph/nlp/linear"
)

// Table maps words in lower case to entries. It keeps 16 bits of a word's hash beside the slot that the
// rest of the hash names, not the word: one foreign word in some thirty thousand is taken for another. A nil *Table
// knows no word. Safe for concurrent use once made.
type Table struct {
	print   []uint16 // 0 is an empty slot
	cluster []uint16 // number of the finest cluster + 1
	flags   []uint8
	coarse  []uint16 // finest cluster -> coarse and middle cluster
	middle  []uint16
}

// NewTable returns an empty table with room for n words. Clusters are numbered from 0; coarse and middle
// say in which greater cluster each lies.
func NewTable(n int, coarse, middle []uint16) *Table {
	size := 1
	for size*3 < n*4 {
		size *= 2
	}
	return &Table{
		print: make([]uint16, size), cluster: make([]uint16, size),
		flags: make([]uint8, size), coarse: coarse, middle: middle,
	}
}

func (t *Table) slot(low string) (int, bool) {
	h := linear.String64(low)
	mark := uint16(h>>48) | 1
	mask := len(t.print) - 1
	for i := int(h) & mask; ; i = (i + 1) & mask {
		if t.print[i] == mark {
			return i, true
		}
		if t.print[i] == 0 {
			return i, false
		}
	}
}

// Put sets what is known of a word in lower case: its cluster (-1 for none) and flags.
func (t *Table) Put(low string, cluster int, flags uint32) {
	i, _ := t.slot(low)
	t.print[i] = uint16(linear.String64(low)>>48) | 1
	t.cluster[i], t.flags[i] = uint16(cluster+1), uint8(flags)
}

// Find returns the entry of a word in lower case, the zero Entry for an unknown one.
func (t *Table) Find(low string) Entry {
	if t == nil || len(t.print) == 0 {
		return Entry{}
	}
	i, ok := t.slot(low)
	if !ok {
		return Entry{}
	}
	e := Entry{Flags: uint32(t.flags[i])}
	if c := int(t.cluster[i]) - 1; c >= 0 {
		e.Cluster = [3]uint32{uint32(t.coarse[c]) + 1, uint32(t.middle[c]) + 1, uint32(c) + 1}
	}
	return e
}

type header struct {
	Slots, Clusters int
}

// Write writes the table as a model file.
func (t *Table) Write(w io.Writer) error {
	body := make([]int8, 0, 5*len(t.print)+4*len(t.coarse))
	for _, col := range [][]uint16{t.print, t.cluster, t.coarse, t.middle} {
		for _, x := range col {
			body = append(body, int8(x))
		}
		for _, x := range col {
			body = append(body, int8(x>>8))
		}
	}
	for _, x := range t.flags {
		body = append(body, int8(x))
	}
	return linear.Write(w, header{len(t.print), len(t.coarse)}, linear.FromCells(body))
}

// Read reads what Write wrote.
func Read(r io.Reader) (*Table, error) {
	var h header
	raw, err := linear.Read(r, &h)
	if err != nil {
		return nil, fmt.Errorf("word table: %w", err)
	}
	body := raw.Cells()
	if h.Slots < 1 || h.Slots&(h.Slots-1) != 0 || h.Clusters < 0 || len(body) != 5*h.Slots+4*h.Clusters {
		return nil, fmt.Errorf("word table: %w", linear.ErrFormat)
	}
	t := NewTable(0, make([]uint16, h.Clusters), make([]uint16, h.Clusters))
	t.print, t.cluster = make([]uint16, h.Slots), make([]uint16, h.Slots)
	t.flags = make([]uint8, h.Slots)
	for _, col := range [][]uint16{t.print, t.cluster, t.coarse, t.middle} {
		for i := range col {
			col[i] = uint16(uint8(body[i])) | uint16(uint8(body[len(col)+i]))<<8
		}
		body = body[2*len(col):]
	}
	for i := range t.flags {
		t.flags[i] = uint8(body[i])
	}
	return t, t.check()
}

// check refuses a table that would make Find panic or never end.
func (t *Table) check() error {
	empty := false
	for i, p := range t.print {
		empty = empty || p == 0
		if int(t.cluster[i]) > len(t.coarse) {
			return fmt.Errorf("word table: slot %d: %w", i, linear.ErrFormat)
		}
	}
	if !empty {
		return fmt.Errorf("word table: no free slot: %w", linear.ErrFormat)
	}
	return nil
}
