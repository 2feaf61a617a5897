package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"newsgraph/schema"
)

// filesOf returns the files of a store after the history, some of it in tables and the rest in the log; after Close all of it
// is in tables.
func filesOf(t testing.TB, closed bool) (vfs.FS, history) {
	t.Helper()
	h := newHistory(5, 10)
	mem := vfs.NewMem()
	s, err := Open("db", Options{fs: mem})
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range h.batches {
		apply(t, s, b)
		if i == 3 || i == 6 {
			if err := s.db.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	open := copyFiles(t, mem)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if closed {
		return mem, h
	}
	return open, h
}

func copyFiles(t testing.TB, from vfs.FS) *vfs.MemFS {
	t.Helper()
	to := vfs.NewMem()
	if ok, err := vfs.Clone(from, to, "db", "db"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	return to
}

// Whatever happens to a file, reading ends in an error or gives the rows of some batch: no panic, no wrong row. Only a
// damaged log can take the store back to an older batch, and only when the store was not closed.
func TestDamage(t *testing.T) {
	t.Parallel()
	for _, closed := range []bool{false, true} {
		t.Run(fmt.Sprint("closed ", closed), func(t *testing.T) {
			t.Parallel()
			files, h := filesOf(t, closed)
			names, err := files.List("db")
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(names)
			r := rand.New(rand.NewPCG(11, 12))
			found := 0
			for i := range 120 {
				damaged := copyFiles(t, files)
				what := damage(t, damaged, names[i%len(names)], r)
				k, err := readDamaged(t, what, h, damaged)
				switch {
				case err != nil:
					found++
				case k < 0:
					t.Errorf("%s: the rows are those of no batch", what)
				case k < len(h.batches) && (closed || !strings.Contains(what, ".log")):
					t.Errorf("%s: only %d batches are left", what, k)
				}
			}
			if found < 30 {
				t.Errorf("only %d damages were found", found)
			}
		})
	}
}

// damage changes one place of a file: a bit is flipped, bytes are zeroed, the end is cut off or the file goes.
func damage(t testing.TB, files vfs.FS, name string, r *rand.Rand) string {
	t.Helper()
	path := "db/" + name
	data := contents(t, files, path)
	kind, at := r.IntN(8), 0
	if len(data) > 0 {
		at = r.IntN(len(data))
	}
	switch {
	case kind == 7:
		data = nil
		if err := files.Remove(path); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s removed", name)
	case len(data) == 0:
	case kind >= 5:
		data = data[:at]
	case kind >= 3:
		clear(data[at:min(at+1+r.IntN(600), len(data))])
	default:
		data[at] ^= 1 << r.IntN(8)
	}
	f, err := files.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s, damage %d at %d", name, kind, at)
}

func contents(t testing.TB, files vfs.FS, path string) []byte {
	t.Helper()
	f, err := files.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return data
}

// readDamaged opens the store, reads it in several ways, writes to it, and returns the number of batches that it holds or
// the first error. Errors must say that the store is damaged.
func readDamaged(t testing.TB, what string, h history, files vfs.FS) (k int, err error) {
	t.Helper()
	s, err := Open("db", Options{fs: files})
	if err != nil {
		if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) {
			t.Errorf("%s: Open: %v, neither ErrCorrupt nor ErrVersion", what, err)
		}
		return 0, err
	}
	defer func() {
		if closeErr := s.Close(); closeErr != nil {
			t.Logf("%s: Close: %v", what, closeErr)
		}
	}()
	k, err = h.reached(s)
	all := strings.Join(h.states, "\n")
	for _, p := range []schema.Quad{{Predicate: iri("p1")}, {Subject: iri("s3")}, {Graph: iri("g2")}, {Object: schema.NewString("text 5 1")}} {
		err = errors.Join(err, s.Match(t.Context(), p, func(q schema.Quad) error {
			if !strings.Contains(all, fmt.Sprint(q)) {
				t.Errorf("%s: a wrong row: %v", what, q)
			}
			return nil
		}))
	}
	err = errors.Join(err, s.Verify(t.Context()))
	if err != nil && !errors.Is(err, ErrCorrupt) {
		t.Errorf("%s: read: %v, not ErrCorrupt", what, err)
	}
	b := Batch{Add: []schema.Quad{mkQuad(iri("after"), iri("p"), iri("damage"), schema.Term{})}}
	if applyErr := s.Apply(context.Background(), b); err == nil && applyErr != nil {
		t.Errorf("%s: Apply: %v", what, applyErr)
	}
	return k, err
}

// FuzzDecodeTerm: bytes from disk decode to a term that encodes to the same bytes, or to an error.
func FuzzDecodeTerm(f *testing.F) {
	for _, term := range []schema.Term{iri("a"), {Kind: schema.Blank, Value: "b"}, schema.NewString(""), schema.NewLiteral("1", "x:y"), {Kind: schema.Literal, Value: "é", Lang: "en"}} {
		f.Add(encodeTerm(term))
	}
	f.Add([]byte{slotLang, 0x80})
	f.Add([]byte{slotTyped, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		term, err := decodeTerm(data)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Fatalf("got %v, want ErrCorrupt", err)
			}
			return
		}
		again, err := decodeTerm(encodeTerm(term))
		if err != nil || again != term {
			t.Fatalf("%v comes back as %v, %v", term, again, err)
		}
	})
}
