package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// sequence yields the quads, and then err if it is not nil.
func sequence(quads []schema.Quad, err error) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
		if err != nil {
			yield(schema.Quad{}, err)
		}
	}
}

// crowded sends terms to few slots, so that most of them have to move, and tells them apart by the lower bits only.
func crowded(enc []byte) uint64 { return (100+hashTerm(enc)%20)<<16 | hashTerm(enc)>>48 }

// Loads and batches lead to the same store, whatever it held before, and however terms collide.
func TestLoadModel(t *testing.T) {
	t.Parallel()
	for name, hash := range map[string]func([]byte) uint64{"sha256": nil, "crowded": crowded} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 8))
			s := memory(t, Options{hash: hash, runQuads: 40})
			quads := map[schema.Quad]bool{}
			for i := range 40 {
				var some []schema.Quad
				for range r.IntN(200) {
					q := mkQuad(iri("s%d", r.IntN(60)), iri("p%d", r.IntN(4)), schema.NewString(fmt.Sprint("o", r.IntN(90))), iri("g%d", r.IntN(5)))
					if r.IntN(9) == 0 {
						q = randomQuad(r)
					}
					some = append(some, q)
				}
				b := Batch{Add: some}
				if i%3 == 2 {
					b = Batch{Remove: some[:len(some)/2]}
					for q := range quads {
						if r.IntN(3) == 0 {
							b.Remove = append(b.Remove, q)
						}
					}
					apply(t, s, b)
				} else {
					before := len(quads)
					model(quads, nil, b)
					n, err := s.Load(t.Context(), sequence(some, nil))
					if err != nil || int(n) != len(quads)-before {
						t.Fatalf("step %d: %d quads were new, want %d; %v", i, n, len(quads)-before, err)
					}
				}
				model(quads, nil, b)
				compare(t, s, quads, map[string]string{})
				if err := s.Verify(t.Context()); err != nil {
					t.Fatal(i, err)
				}
			}
		})
	}
}

// What goes wrong while a load reads leaves nothing behind, neither quads nor files.
func TestLoadFails(t *testing.T) {
	t.Parallel()
	mem := vfs.NewMem()
	s, err := Open("db", Options{fs: mem, runQuads: 10})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	good := sample().Add
	apply(t, s, Batch{Add: good[:1]})
	wrong := errors.New("line 7 is wrong")
	bad := mkQuad(schema.NewString("x"), iri("p"), iri("o"), schema.Term{})
	space := mkQuad(schema.NewIRI("a b"), iri("p"), iri("o"), schema.Term{})
	var termErr *rdf.TermError
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for i, c := range []struct {
		ctx   context.Context
		quads iter.Seq2[schema.Quad, error]
		is    func(error) bool
	}{
		{t.Context(), sequence(good, wrong), func(err error) bool { return errors.Is(err, wrong) }},
		{t.Context(), sequence(append(slices.Clone(good), bad), nil), func(err error) bool { return errors.As(err, &termErr) }},
		{t.Context(), sequence(append(slices.Clone(good), space), nil), func(err error) bool { return errors.As(err, &termErr) }},
		{stopped, sequence(good, nil), func(err error) bool { return errors.Is(err, context.Canceled) }},
	} {
		if n, err := s.Load(c.ctx, c.quads); !c.is(err) || n != 0 {
			t.Errorf("case %d: got %d, %v", i, n, err)
		}
		if got := match(t, s, schema.Quad{}); len(got) != 1 {
			t.Errorf("case %d: the store holds %d quads", i, len(got))
		}
		names, err := mem.List("db")
		if err != nil || slices.ContainsFunc(names, buildDir.MatchString) {
			t.Errorf("case %d: files are left: %q, %v", i, names, err)
		}
	}
	one := func([]byte) uint64 { return 7 << 20 }
	same := memory(t, Options{hash: one})
	if _, err := same.Load(t.Context(), sequence(good, nil)); err == nil {
		t.Error("terms with one hash were loaded")
	}
}

// What a load that was cut off left behind goes with the next Open.
func TestLoadLeftovers(t *testing.T) {
	t.Parallel()
	mem := vfs.NewMem()
	for range 2 {
		s, err := Open("db", Options{fs: mem})
		if err != nil {
			t.Fatal(err)
		}
		names, err := mem.List("db")
		if err != nil || slices.Contains(names, "building-7") {
			t.Errorf("files are left: %q, %v", names, err)
		}
		if err := errors.Join(s.Close(), mem.MkdirAll("db/building-7", 0o755)); err != nil {
			t.Fatal(err)
		}
	}
}
