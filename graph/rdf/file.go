package rdf

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/schema"
)

// FileError says where in which file something is wrong, as file:line:column where the place is known.
type FileError struct {
	Name string
	Err  error
}

func (e *FileError) Error() string {
	var at *ParseError
	if errors.As(e.Err, &at) {
		return fmt.Sprintf("%s:%d:%d: %s", e.Name, at.Line, at.Col, at.Msg)
	}
	var path *fs.PathError
	if errors.As(e.Err, &path) {
		return e.Name + ": " + path.Err.Error()
	}
	return e.Name + ": " + e.Err.Error()
}

func (e *FileError) Unwrap() error { return e.Err }

// ErrFormat says that the name of a file does not tell its format.
var ErrFormat = errors.New("the name does not tell the format")

// FormatOf returns the format that the name of a file ends in; .gz after it does not count.
func FormatOf(name string) (Format, bool) {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return ParseFormat(filepath.Ext(name))
}

// FileQuads reads a file, or stdin where name is "-", unpacked where it is gzipped; errors are *FileError.
func FileQuads(name string, stdin io.Reader, o Options) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		wrong := func(err error) { yield(schema.Quad{}, &FileError{fileName(name), err}) }
		in := stdin
		if name != "-" {
			file, err := os.Open(name)
			if err != nil {
				wrong(err)
				return
			}
			defer file.Close()
			in = file
		}
		in, err := Unpack(in)
		if err != nil {
			wrong(err)
			return
		}
		for q, err := range Quads(in, o) {
			if err != nil {
				wrong(err)
				return
			}
			if !yield(q, nil) {
				return
			}
		}
	}
}

// fileName is the name that an error gives.
func fileName(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

// ErrBomb says that a gzipped file unpacks to far more than RDF does.
var ErrBomb = errors.New("it unpacks to more than 250 times its size, which no RDF does")

// The unpacked bytes from which on Unpack looks at the ratio, and the highest ratio that it takes: news as N-Quads pack 30 to 1.
const (
	bombBytes = 64 << 20
	bombRatio = 250
)

// Unpack returns a reader of what r holds, unpacked if it is gzipped. Reading ends with ErrBomb when the packed data is made
// to fill the machine.
func Unpack(r io.Reader) (io.Reader, error) {
	packed := &counter{r: r}
	in := bufio.NewReader(packed)
	magic, err := in.Peek(2)
	if err != nil || magic[0] != 0x1F || magic[1] != 0x8B {
		return in, nil // a source that fails here fails at the first read too
	}
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return &bounded{unpacked: unpacked, packed: packed}, nil
}

// counter counts the bytes read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// bounded ends when far more comes out than went in.
type bounded struct {
	unpacked io.Reader
	packed   *counter
	n        int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.unpacked.Read(p)
	b.n += int64(n)
	if b.n > bombBytes && b.n/bombRatio > b.packed.n {
		return 0, ErrBomb
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("unpack: %w", err)
	}
	return n, err
}
