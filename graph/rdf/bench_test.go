package rdf_test

import (
	"bytes"
	"io"
	"testing"

	cayley "github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	"newsgraph/graph/internal/newsdata"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func newsData(b testing.TB) []byte {
	var out bytes.Buffer
	w := rdf.NewWriter(&out)
	if err := newsdata.Generate(newsdata.Options{Quads: 100_000}, w.Write); err != nil {
		b.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkReaders reads the same news with our reader and with Cayley's.
func BenchmarkReaders(b *testing.B) {
	data := newsData(b)
	readers := map[string]func() error{
		"newsgraph": func() error {
			r := rdf.NewReader(bytes.NewReader(data), rdf.Options{})
			var q schema.Quad
			for {
				if err := r.ReadTo(&q); err != nil {
					return err
				}
			}
		},
		"cayley": func() error {
			r := nquads.NewReader(bytes.NewReader(data), false)
			var q cayley.Quad
			for {
				var err error
				if q, err = r.ReadQuad(); err != nil {
					return err
				}
				_ = q
			}
		},
	}
	for name, read := range readers {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := read(); err != io.EOF {
					b.Fatal(err)
				}
			}
		})
	}
}
