package linear

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A model file is gzip around: magic, length of the header (4 bytes, little endian), the header in JSON,
// the number of cells (4 bytes), the cells.
const (
	magic     = "NGM1"
	maxHeader = 64 << 20
	maxCells  = 1 << 27
)

// ErrFormat tells that a file is not a model file of this version.
var ErrFormat = errors.New("not a model file of this version")

// Write writes a model file: any header that JSON can carry, and a table (nil for none).
// The same input gives the same bytes.
func Write(w io.Writer, header any, t *Table) error {
	head, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("encode model header: %w", err)
	}
	var cells []int8
	if t != nil {
		cells = t.cells
	}
	body := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(head)))
	body = append(body, head...)
	body = binary.LittleEndian.AppendUint32(body, uint32(len(cells)))
	for _, c := range cells {
		body = append(body, byte(c))
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(body); err != nil {
		return err
	}
	return z.Close()
}

// Read reads what Write wrote. The table is nil when the file has none.
func Read(r io.Reader, header any) (*Table, error) {
	z, err := gzip.NewReader(bufio.NewReaderSize(r, 1<<16))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	start := make([]byte, 8)
	if _, err := io.ReadFull(z, start); err != nil || string(start[:4]) != magic {
		return nil, ErrFormat
	}
	head, err := readN(z, binary.LittleEndian.Uint32(start[4:]), maxHeader)
	if err != nil {
		return nil, fmt.Errorf("model header: %w", err)
	}
	if err := json.Unmarshal(head, header); err != nil {
		return nil, fmt.Errorf("model header: %w", err)
	}
	return readCells(z)
}

func readN(r io.Reader, n, limit uint32) ([]byte, error) {
	if n > limit {
		return nil, ErrFormat
	}
	b := make([]byte, n)
	_, err := io.ReadFull(r, b)
	return b, err
}

func readCells(r io.Reader) (*Table, error) {
	size := make([]byte, 4)
	if _, err := io.ReadFull(r, size); err != nil {
		return nil, fmt.Errorf("model table: %w", err)
	}
	n := binary.LittleEndian.Uint32(size)
	if n == 0 {
		return nil, nil
	}
	if n < margin {
		return nil, ErrFormat
	}
	b, err := readN(r, n, maxCells)
	if err != nil {
		return nil, fmt.Errorf("model table: %w", err)
	}
	t := &Table{cells: make([]int8, n)}
	for i, c := range b {
		t.cells[i] = int8(c)
	}
	return t, nil
}
