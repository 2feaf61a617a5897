package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// memory returns an empty store in memory, verified and closed at the end of the test.
func memory(t testing.TB, o Options) *Store {
	t.Helper()
	o.InMemory = true
	s, err := Open("memory", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Verify(context.Background()); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func apply(t testing.TB, s *Store, b Batch) {
	t.Helper()
	if err := s.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

func match(t testing.TB, s *Store, p schema.Quad) []schema.Quad {
	t.Helper()
	var got []schema.Quad
	err := s.Match(context.Background(), p, func(q schema.Quad) error {
		got = append(got, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func sorted(quads []schema.Quad) []schema.Quad {
	quads = slices.Clone(quads)
	rdf.Sort(quads)
	return quads
}

func iri(format string, args ...any) schema.Term {
	return schema.NewIRI("https://example.org/" + fmt.Sprintf(format, args...))
}

func mkQuad(s, p, o, g schema.Term) schema.Quad {
	return schema.Quad{Subject: s, Predicate: p, Object: o, Graph: g}
}

// randomQuad draws from a small world, so that quads and terms meet again, at every position.
func randomQuad(r *rand.Rand) schema.Quad {
	nodes := []schema.Term{
		iri("a"), iri("b"), iri("c"), {Kind: schema.Blank, Value: "a"},
		schema.NewString("a"), schema.NewString(""), schema.NewLiteral("a", "https://example.org/a"), schema.NewLiteral("007", schema.XSD+"integer"),
		{Kind: schema.Literal, Value: "a", Lang: "en"}, {Kind: schema.Literal, Value: "a", Lang: "en-gb"},
	}
	graphs := []schema.Term{{}, iri("a"), iri("g"), {Kind: schema.Blank, Value: "a"}}
	return mkQuad(nodes[r.IntN(4)], nodes[r.IntN(3)], nodes[r.IntN(len(nodes))], graphs[r.IntN(len(graphs))])
}

// hashes are the ways to spread terms over slots: the real one, and two that make terms collide.
var hashes = map[string]func([]byte) uint64{
	"sha256": nil,
	"few":    func(enc []byte) uint64 { return hashTerm(enc)%3 - 2 }, // the last slots and the first
	"one":    func([]byte) uint64 { return 7 },
}

// A store does what a set of quads does, under any spread of terms, and its parts go on agreeing.
func TestModel(t *testing.T) {
	t.Parallel()
	for name, hash := range hashes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, uint64(len(name))))
			s := memory(t, Options{hash: hash})
			quads := map[schema.Quad]bool{}
			records := map[string]string{}
			for i := range 100 {
				var b Batch
				for range r.IntN(8) {
					b.Add = append(b.Add, randomQuad(r))
				}
				for range r.IntN(12) {
					b.Remove = append(b.Remove, randomQuad(r))
				}
				b.Put, b.Delete = map[string][]byte{}, nil
				for range r.IntN(3) {
					b.Put[fmt.Sprint("k", r.IntN(5))] = []byte(fmt.Sprint(r.Int()))
					b.Delete = append(b.Delete, fmt.Sprint("k", r.IntN(5)))
				}
				apply(t, s, b)
				model(quads, records, b)
				compare(t, s, quads, records)
				if i%5 == 0 {
					if err := s.Verify(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}

func model(quads map[schema.Quad]bool, records map[string]string, b Batch) {
	for _, q := range b.Remove {
		delete(quads, q)
	}
	for _, q := range b.Add {
		quads[q] = true
	}
	for _, k := range b.Delete {
		delete(records, k)
	}
	for k, v := range b.Put {
		records[k] = string(v)
	}
}

func compare(t *testing.T, s *Store, quads map[schema.Quad]bool, records map[string]string) {
	t.Helper()
	all := sorted(slices.Collect(maps.Keys(quads)))
	if diff := cmp.Diff(all, sorted(match(t, s, schema.Quad{}))); diff != "" {
		t.Fatal(diff)
	}
	got := map[string]string{}
	err := s.Records(context.Background(), "", func(k string, v []byte) error {
		got[k] = string(v)
		return nil
	})
	if diff := cmp.Diff(records, got); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	used := map[schema.Term]bool{}
	for q := range quads {
		for _, term := range terms(q) {
			used[term] = true
		}
	}
	delete(used, schema.Term{})
	want := Stats{Quads: int64(len(quads)), Terms: int64(len(used)), Records: int64(len(records))}
	if st, err := s.Stats(context.Background()); err != nil || st != want {
		t.Fatalf("stats %+v, %v, want %+v", st, err, want)
	}
}

// Every mask finds what a look at every quad finds.
func TestMatchMasks(t *testing.T) {
	t.Parallel()
	for name, hash := range hashes {
		s := memory(t, Options{hash: hash})
		r := rand.New(rand.NewPCG(3, 4))
		var b Batch
		for range 120 {
			b.Add = append(b.Add, randomQuad(r))
		}
		apply(t, s, b)
		all := match(t, s, schema.Quad{})
		for range 12 {
			q := randomQuad(r)
			for mask := range 16 {
				p := masked(q, mask)
				checkMatch(t, s, name, all, p)
			}
		}
	}
}

func masked(q schema.Quad, mask int) schema.Quad {
	for i, t := range [4]*schema.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		if mask&(1<<i) == 0 {
			*t = schema.Term{}
		}
	}
	return q
}

func checkMatch(t *testing.T, s *Store, name string, all []schema.Quad, p schema.Quad) {
	t.Helper()
	var want, wantOne []schema.Quad
	for _, q := range all {
		ok := true
		for pos, term := range terms(p) {
			ok = ok && (term.Kind == schema.NoTerm || term == terms(q)[pos])
		}
		if ok {
			want = append(want, q)
		}
		if ok && p.Graph == q.Graph {
			wantOne = append(wantOne, q)
		}
	}
	if diff := cmp.Diff(sorted(want), sorted(match(t, s, p))); diff != "" {
		t.Fatalf("%s: Match(%v): %s", name, p, diff)
	}
	var gotOne []schema.Quad
	err := s.MatchGraph(context.Background(), p, func(q schema.Quad) error {
		gotOne = append(gotOne, q)
		return nil
	})
	if diff := cmp.Diff(sorted(wantOne), sorted(gotOne)); diff != "" || err != nil {
		t.Fatalf("%s: MatchGraph(%v): %s %v", name, p, diff, err)
	}
	if has, err := s.Has(context.Background(), p); err != nil || has != slices.Contains(all, p) {
		t.Fatalf("%s: Has(%v) is %v, %v", name, p, has, err)
	}
}

// The order of rows, like the ids of terms, comes from the quads alone, not from what came first.
func TestOrder(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	var quads []schema.Quad
	for i := range 3000 {
		quads = append(quads, mkQuad(iri("s%d", i%700), iri("p%d", i%7), iri("o%d", i), iri("g%d", i%11)))
	}
	var orders [2][]schema.Quad
	for i := range orders {
		s := memory(t, Options{})
		r.Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
		apply(t, s, Batch{Add: []schema.Quad{mkQuad(iri("x%d", i), iri("y"), iri("z"), schema.Term{})}})
		apply(t, s, Batch{Add: quads[:1000]})
		apply(t, s, Batch{Add: quads, Remove: []schema.Quad{mkQuad(iri("x%d", i), iri("y"), iri("z"), schema.Term{})}})
		orders[i] = match(t, s, schema.Quad{Predicate: iri("p3")})
	}
	if len(orders[0]) < 400 || !slices.Equal(orders[0], orders[1]) {
		t.Error("rows come in another order")
	}
}

func TestTermsCanonical(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	literal := func(lang, dt string) schema.Term {
		return schema.Term{Kind: schema.Literal, Value: "x", Lang: lang, Datatype: dt}
	}
	apply(t, s, Batch{Add: []schema.Quad{
		mkQuad(iri("s"), iri("p"), literal("EN-gb", ""), schema.Term{}),
		mkQuad(iri("s"), iri("p"), literal("en-GB", schema.RDF+"langString"), schema.Term{}),
		mkQuad(iri("s"), iri("p"), literal("", schema.XSDString), schema.Term{}),
		mkQuad(iri("s"), iri("p"), literal("", ""), schema.Term{}),
	}})
	want := []schema.Quad{
		mkQuad(iri("s"), iri("p"), literal("", ""), schema.Term{}), mkQuad(iri("s"), iri("p"), literal("en-gb", ""), schema.Term{}),
	}
	if diff := cmp.Diff(want, sorted(match(t, s, schema.Quad{}))); diff != "" {
		t.Error(diff)
	}
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	good := mkQuad(iri("s"), iri("p"), iri("o"), schema.Term{})
	var terr *rdf.TermError
	err := s.Apply(context.Background(), Batch{Add: []schema.Quad{good, mkQuad(iri("s"), iri("p"), schema.NewIRI("a b"), schema.Term{})}})
	if !errors.As(err, &terr) {
		t.Errorf("got %v, want a *rdf.TermError", err)
	}
	for _, key := range []string{"", "\xff"} {
		if err := s.Apply(context.Background(), Batch{Add: []schema.Quad{good}, Put: map[string][]byte{key: nil}}); err == nil {
			t.Errorf("record key %q: no error", key)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Apply(ctx, Batch{Add: []schema.Quad{good}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if got := match(t, s, schema.Quad{}); len(got) != 0 {
		t.Errorf("refused batches left %v", got)
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	b := Batch{Put: map[string][]byte{"a/1": []byte("one"), "a/\U0010FFFF": {}, "b": []byte("b"), "a": nil}}
	for i := range 2000 {
		b.Put[fmt.Sprintf("c/%04d", i)] = []byte(strings.Repeat("x", i))
	}
	apply(t, s, b)
	var keys []string
	err := s.Records(context.Background(), "a", func(k string, v []byte) error {
		keys = append(keys, k)
		return nil
	})
	if want := []string{"a", "a/1", "a/\U0010FFFF"}; !slices.Equal(keys, want) || err != nil {
		t.Errorf("got %q, %v, want %q", keys, err, want)
	}
	n := 0
	stop := errors.New("stop")
	err = s.Records(context.Background(), "c/", func(k string, v []byte) error {
		if k != fmt.Sprintf("c/%04d", n) || len(v) != n {
			t.Fatalf("record %d is %s", n, k)
		}
		if n++; n == 1500 {
			return stop
		}
		return nil
	})
	if err != stop || n != 1500 {
		t.Errorf("got %v after %d records", err, n)
	}
	if v, ok, err := s.Record(context.Background(), "a/1"); string(v) != "one" || !ok || err != nil {
		t.Errorf("got %q, %v, %v", v, ok, err)
	}
	if _, ok, err := s.Record(context.Background(), "zz"); ok || err != nil {
		t.Errorf("got %v, %v", ok, err)
	}
}

// A callback may write, and goes on seeing the state it began with.
func TestWriteWhileReading(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	var b Batch
	for i := range 500 {
		b.Add = append(b.Add, mkQuad(iri("s%d", i), iri("p"), schema.NewString(fmt.Sprint("text ", i)), iri("g%d", i)))
	}
	apply(t, s, b)
	n := 0
	err := s.Match(context.Background(), schema.Quad{Predicate: iri("p")}, func(q schema.Quad) error {
		if n++; n == 1 {
			apply(t, s, Batch{Remove: b.Add, Add: []schema.Quad{mkQuad(iri("new"), iri("p"), iri("o"), schema.Term{})}})
		}
		if !slices.Contains(b.Add, q) {
			t.Errorf("a quad that was not there: %v", q)
		}
		return nil
	})
	if err != nil || n != 500 {
		t.Errorf("%d quads, %v", n, err)
	}
	if got := match(t, s, schema.Quad{}); len(got) != 1 {
		t.Errorf("left are %v", got)
	}
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	s := memory(t, Options{})
	one, two := mkQuad(iri("s"), iri("p"), iri("one"), schema.Term{}), mkQuad(iri("s"), iri("p"), iri("two"), schema.Term{})
	apply(t, s, Batch{Add: []schema.Quad{one}, Put: map[string][]byte{"k": []byte("1")}})
	v := s.Snapshot()
	apply(t, s, Batch{Add: []schema.Quad{two}, Remove: []schema.Quad{one}, Delete: []string{"k"}})
	ctx := context.Background()
	if ok, err := v.Has(ctx, one); !ok || err != nil {
		t.Errorf("the snapshot lost its quad: %v, %v", ok, err)
	}
	if ok, err := v.Has(ctx, two); ok || err != nil {
		t.Errorf("the snapshot sees the future: %v, %v", ok, err)
	}
	if val, ok, err := v.Record(ctx, "k"); string(val) != "1" || !ok || err != nil {
		t.Errorf("got %q, %v, %v", val, ok, err)
	}
	if st, err := v.Stats(ctx); st != (Stats{1, 3, 1}) || err != nil {
		t.Errorf("got %+v, %v", st, err)
	}
	if err := s.Close(); err == nil {
		t.Error("closed with a snapshot open")
	}
	if err := v.Close(); err != nil {
		t.Error(err)
	}
	if err := v.Close(); err != ErrClosed {
		t.Errorf("second Close: %v", err)
	}
	if _, err := v.Has(ctx, one); !errors.Is(err, ErrClosed) {
		t.Errorf("read after Close: %v", err)
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "store")
	ctx := context.Background()
	s, err := Open(dir, Options{BaseIRI: "https://a.example/"})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(8, 9))
	b := Batch{Put: map[string][]byte{"k": []byte("v")}}
	for range 200 {
		b.Add = append(b.Add, randomQuad(r))
	}
	apply(t, s, b)
	want := match(t, s, schema.Quad{})
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("second open: %v, want ErrLocked", err)
	}
	if err := s.Checkpoint(filepath.Join(dir, "..", "copy")); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	if err := s.Apply(ctx, Batch{}); err != ErrClosed {
		t.Errorf("Apply after Close: %v", err)
	}
	if err := s.Match(ctx, schema.Quad{}, nil); err != ErrClosed {
		t.Errorf("Match after Close: %v", err)
	}
	if _, err := s.Snapshot().Stats(ctx); !errors.Is(err, ErrClosed) {
		t.Errorf("snapshot after Close: %v", err)
	}
	for _, at := range []string{dir, filepath.Join(dir, "..", "copy")} {
		reopened(t, at, want)
	}
	if _, err := Open(dir, Options{BaseIRI: "https://b.example/"}); err == nil || !strings.Contains(err.Error(), "https://a.example/") {
		t.Errorf("another base: %v", err)
	}
}

func reopened(t *testing.T, dir string, want []schema.Quad) {
	t.Helper()
	before := listing(t, dir)
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if s.BaseIRI() != "https://a.example/" {
		t.Errorf("base IRI is %s", s.BaseIRI())
	}
	if got := match(t, s, schema.Quad{}); !slices.Equal(got, want) {
		t.Error("the rows are not the same, or in another order")
	}
	if err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
	if err := s.Apply(context.Background(), Batch{Add: want}); err != ErrReadOnly {
		t.Errorf("write to a read-only store: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(before, listing(t, dir)); diff != "" {
		t.Errorf("reading changed files: %s", diff)
	}
}

// listing returns the sizes of the files in dir.
func listing(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	sizes := map[string]int64{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "LOCK" {
			continue // empty, and made by whoever opens first
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		sizes[e.Name()] = info.Size()
	}
	return sizes
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "none"), Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("empty folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "letter.txt") {
		t.Errorf("somebody's folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "letter.txt"), Options{}); err == nil {
		t.Error("a file opened as a store")
	}
	versioned := filepath.Join(dir, "future")
	s, err := Open(versioned, Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := s.db.NewBatch()
	if err := errors.Join(b.Set(metaKey(metaFormat), []byte("newsgraph 99"), nil), s.commit(b), s.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(versioned, Options{}); !errors.Is(err, ErrVersion) {
		t.Errorf("future format: %v, want ErrVersion", err)
	}
}
