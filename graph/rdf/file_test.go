package rdf_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func readFile(name string, stdin io.Reader, o rdf.Options) (quads []schema.Quad, err error) {
	for q, err := range rdf.FileQuads(name, stdin, o) {
		if err != nil {
			return quads, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}

func packed(t *testing.T, write func(w io.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	write(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFileQuads(t *testing.T) {
	t.Parallel()
	const line = "<x:s> <x:p> <x:o> .\n"
	gz := packed(t, func(w io.Writer) { io.WriteString(w, line) })
	name := filepath.Join(t.TempDir(), "x.NQ.gz")
	if err := os.WriteFile(name, gz, 0o600); err != nil {
		t.Fatal(err)
	}
	if f, ok := rdf.FormatOf(name); !ok || f != rdf.NQuads {
		t.Errorf("%s is %v, %v", name, f, ok)
	}
	if f, ok := rdf.FormatOf("a/b"); ok {
		t.Errorf("a/b is %v", f)
	}
	for _, in := range []struct {
		name  string
		stdin []byte
	}{{name, nil}, {"-", gz}, {"-", []byte(line)}} {
		if quads, err := readFile(in.name, bytes.NewReader(in.stdin), rdf.Options{}); err != nil || len(quads) != 1 {
			t.Errorf("%s: %v, %v", in.name, quads, err)
		}
	}
	for want, in := range map[string][]byte{
		"standard input:2:7: expected a predicate: an IRI":               []byte(line + "<x:s> x ."),
		"standard input: unpack: unexpected EOF":                         gz[:len(gz)-4],
		"standard input: unpack: gzip: invalid header":                   {0x1F, 0x8B, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0},
		"standard input:1:1: expected a subject: an IRI or a blank node": []byte("x"),
	} {
		if _, err := readFile("-", bytes.NewReader(in), rdf.Options{}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := readFile("none.nq", nil, rdf.Options{}); err == nil || err.Error() != "none.nq: no such file or directory" || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

// Data that unpacks to far more than RDF does is refused before it has filled anything, and in a moment.
func TestBomb(t *testing.T) {
	t.Parallel()
	lines := bytes.Repeat([]byte("\n"), 1<<20)
	bomb := packed(t, func(w io.Writer) {
		for range 200 {
			w.Write(lines)
		}
	})
	for _, f := range []rdf.Format{rdf.NQuads, rdf.Turtle} {
		if _, err := readFile("-", bytes.NewReader(bomb), rdf.Options{Format: f}); !errors.Is(err, rdf.ErrBomb) {
			t.Errorf("%s: %v", f, err)
		}
	}
	honest := packed(t, func(w io.Writer) {
		for i := range 100_000 {
			fmt.Fprintf(w, "<https://example.org/newsgraph/entity/E%d> <https://example.org/newsgraph/claim/meets> \"%d\" .\n", i, i*7919%100_003)
		}
	})
	if quads, err := readFile("-", bytes.NewReader(honest), rdf.Options{}); err != nil || len(quads) != 100_000 {
		t.Errorf("%d quads, %v", len(quads), err)
	}
}

// Copy sorts what fits and declares the prefixes that are used; N-Quads stay in order.
func TestCopy(t *testing.T) {
	t.Parallel()
	in := "<http://a.example/s> <http://a.example/p> \"2\" .\n<http://a.example/s> <http://a.example/p> \"1\" .\n"
	for f, want := range map[rdf.Format]string{
		rdf.NQuads: in,
		rdf.Turtle: "@prefix ex: <http://a.example/> .\n\nex:s ex:p \"1\", \"2\" .\n",
	} {
		var b bytes.Buffer
		n, err := rdf.Copy(&b, f, rdf.WriteOptions{Prefixes: prefixes}, rdf.Quads(strings.NewReader(in), rdf.Options{}))
		if err != nil || n != 2 || b.String() != want {
			t.Errorf("%s: %d, %v\n%s", f, n, err, b.String())
		}
	}
	// More than it looks ahead at.
	var b bytes.Buffer
	n, err := rdf.Copy(&b, rdf.TriG, rdf.WriteOptions{Prefixes: prefixes}, func(yield func(schema.Quad, error) bool) {
		for i := range 150_000 {
			if !yield(quad(s, p, schema.NewString(fmt.Sprint(i)), none), nil) {
				return
			}
		}
	})
	back, err2 := readAll(&b, rdf.Options{Format: rdf.TriG})
	if err != nil || err2 != nil || n != 150_000 || len(back) != 150_000 || back[149_999].Object.Value != "149999" {
		t.Errorf("%d written, %d read, %v, %v", n, len(back), err, err2)
	}
	_, err = rdf.Copy(&b, rdf.NTriples, rdf.WriteOptions{}, rdf.Quads(strings.NewReader("<x:s> <x:p> <x:o> <x:g> ."), rdf.Options{}))
	if !errors.Is(err, rdf.ErrGraph) {
		t.Errorf("a named graph: %v", err)
	}
}
