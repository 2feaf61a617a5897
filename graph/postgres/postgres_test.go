package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/google/go-cmp/cmp"

	"newsgraph/graph/postgres/pgtest"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// open opens the store at the address, which is verified and closed at the end of the test.
func open(t testing.TB, address string, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeChecked(t, s) })
	return s
}

func closeChecked(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Verify(context.Background()); err != nil && !errors.Is(err, store.ErrClosed) {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Terms that the database could trip over: NUL, backslashes, what is no UTF-8 is refused before it gets here.
var words = []string{"", "a", "b", `a\x00b`, "nul\x00nul", "quote'\"", "back\\slash", "Łódź\n北京", "%_", "null", strings.Repeat("long ", 5000)}

func randomTerm(r *rand.Rand, kinds ...int) schema.Term {
	word := words[r.IntN(len(words))]
	switch kinds[r.IntN(len(kinds))] {
	case 0:
		return schema.NewIRI("http://example.org/" + fmt.Sprint(r.IntN(12)))
	case 1:
		return schema.Term{Kind: schema.Blank, Value: fmt.Sprintf("b%d", r.IntN(3))}
	case 2:
		return schema.NewString(word)
	case 3:
		return schema.Term{Kind: schema.Literal, Value: word, Lang: []string{"en", "de-AT"}[r.IntN(2)]}
	case 4:
		return schema.NewLiteral(word, schema.XSD+"token")
	}
	return schema.Term{}
}

func randomQuad(r *rand.Rand) schema.Quad {
	return schema.Quad{Subject: randomTerm(r, 0, 0, 1), Predicate: randomTerm(r, 0), Object: randomTerm(r, 0, 1, 2, 3, 4), Graph: randomTerm(r, 0, 5)}
}

// masked leaves those terms of a quad whose bit is set.
func masked(q schema.Quad, mask int) schema.Quad {
	for bit, t := range []*schema.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		if mask&(1<<bit) == 0 {
			*t = schema.Term{}
		}
	}
	return q
}

// state is all that a reader tells, the order of quads included.
func state(t testing.TB, v store.Reader) (lines []string) {
	t.Helper()
	err := errors.Join(
		v.Match(t.Context(), schema.Quad{}, func(q schema.Quad) error {
			lines = append(lines, fmt.Sprintf("%q", q))
			return nil
		}),
		v.Records(t.Context(), "", func(key string, val []byte) error {
			lines = append(lines, fmt.Sprintf("%q %q", key, val))
			return nil
		}))
	st, statsErr := v.Stats(t.Context())
	if err := errors.Join(err, statsErr, v.Close()); err != nil {
		t.Fatal(err)
	}
	return append(lines, fmt.Sprint(st))
}

// matched is what fits a pattern, in the order it comes, by Match, MatchGraph and the ids.
func matched(t testing.TB, v store.Reader, p schema.Quad) (lines []string) {
	t.Helper()
	take := func(q schema.Quad) error {
		lines = append(lines, fmt.Sprintf("%q", q))
		return nil
	}
	if err := errors.Join(v.Match(t.Context(), p, take), v.MatchGraph(t.Context(), p, take)); err != nil {
		t.Fatal(err)
	}
	has, err := v.Has(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return append(lines, fmt.Sprint(has), fmt.Sprint(idsOf(t, v, p)))
}

func idsOf(t testing.TB, v store.Reader, p schema.Quad) (found []store.QuadID) {
	t.Helper()
	ids := v.IDs()
	defer ids.Close()
	var want store.QuadID
	for pos, term := range terms(p) {
		if term.Kind == schema.NoTerm {
			continue
		}
		id, ok, err := ids.Find(term)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return nil
		}
		want[pos] = id
	}
	found, err := ids.Match(t.Context(), nil, want)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Whatever is written, what is read is what the embedded store gives, in the same order, with the same ids and counts.
func TestSameAsEmbedded(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 7))
	ours := open(t, pgtest.Address(t), Options{})
	embedded, err := store.Open("memory", store.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer embedded.Close()
	var before []string
	var old store.Reader
	for step := range 30 {
		b := store.Batch{Put: map[string][]byte{}}
		for range r.IntN(60) {
			b.Add = append(b.Add, randomQuad(r))
			b.Remove = append(b.Remove, randomQuad(r))
		}
		if len(b.Add) > 0 && step%3 == 0 {
			b.Remove = append(b.Remove, b.Add[0]) // in both lists: it stays
		}
		for range r.IntN(4) {
			key := []string{"a/1", "a/2", "a%/3", "b", `c\`}[r.IntN(5)]
			b.Put[key] = []byte{0, byte(step), 0xff}
			b.Delete = append(b.Delete, []string{"a/1", "a/2", "b", "none"}[r.IntN(4)])
		}
		if err := errors.Join(ours.Apply(t.Context(), b), embedded.Apply(t.Context(), b)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(state(t, embedded.Snapshot()), state(t, ours.Snapshot())); diff != "" {
			t.Fatalf("step %d (-embedded +ours):\n%s", step, diff)
		}
		if old != nil {
			if diff := cmp.Diff(before, state(t, old)); diff != "" {
				t.Fatalf("a snapshot changed:\n%s", diff)
			}
		}
		before, old = state(t, ours.Snapshot()), ours.Snapshot()
	}
	old.Close()
	v, w := ours.Snapshot(), embedded.Snapshot()
	defer v.Close()
	defer w.Close()
	for i := range 160 {
		p := masked(randomQuad(r), i%16)
		if diff := cmp.Diff(matched(t, w, p), matched(t, v, p)); diff != "" {
			t.Fatalf("%q (-embedded +ours):\n%s", p, diff)
		}
	}
	for _, prefix := range []string{"a/", "a%", "c", "zzz"} {
		var keys []string
		if err := v.Records(t.Context(), prefix, func(key string, _ []byte) error { keys = append(keys, key); return nil }); err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(keys, func(k string) bool { return !strings.HasPrefix(k, prefix) }); i >= 0 {
			t.Errorf("%q has not the prefix %q", keys[i], prefix)
		}
	}
}

// many yields quads, and then an error if there is one.
func many(n int, err error) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		for i := range n {
			q := schema.Quad{Subject: schema.NewIRI(fmt.Sprintf("http://example.org/s%d", i/10)), Predicate: schema.NewIRI("http://example.org/p"),
				Object: schema.NewString(fmt.Sprint(i % 1000)), Graph: schema.NewIRI(fmt.Sprintf("http://example.org/g%d", i))}
			if !yield(q, nil) {
				return
			}
		}
		if err != nil {
			yield(schema.Quad{}, err)
		}
	}
}

// loadAtOnce is how many quads the stores of these tests load at once.
const loadAtOnce = 3000

// A load is in whole or not at all, is counted, and twice is as once; what is longer than one chunk comes in order.
func TestLoad(t *testing.T) {
	s := open(t, pgtest.Address(t), Options{loadAtOnce: loadAtOnce})
	broken := errors.New("broken")
	if _, err := s.Load(t.Context(), many(loadAtOnce+5, broken)); !errors.Is(err, broken) {
		t.Fatalf("got %v, want the sequence's error", err)
	}
	if got := state(t, s.Snapshot()); len(got) != 1 || got[0] != "{0 0 0}" {
		t.Fatalf("a load that failed left %v", got)
	}
	const n = 2*loadAtOnce + 100
	for _, want := range []int64{n, 0} {
		if added, err := s.Load(t.Context(), many(n, nil)); err != nil || added != want {
			t.Fatalf("added %d, %v; want %d", added, err, want)
		}
	}
	v := s.Snapshot()
	defer v.Close()
	seen := map[schema.Quad]bool{}
	if err := v.Match(t.Context(), schema.Quad{Predicate: schema.NewIRI("http://example.org/p")}, func(q schema.Quad) error {
		seen[q] = true
		return nil
	}); err != nil || len(seen) != n {
		t.Fatalf("%d quads, %v; want %d", len(seen), err, n)
	}
	size, exact, err := v.(store.Source).Size(t.Context(), store.QuadID{1: idsOf(t, v, schema.Quad{Predicate: schema.NewIRI("http://example.org/p")})[0].Predicate()})
	if err != nil || exact || size < sizeLimit {
		t.Errorf("size %d, exact %v, %v", size, exact, err)
	}
}

// A change that ends on the way leaves nothing, and the store goes on.
func TestWholeOrNot(t *testing.T) {
	s := open(t, pgtest.Address(t), Options{loadAtOnce: loadAtOnce})
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(yield func(schema.Quad, error) bool) {
		for q, err := range many(loadAtOnce+1, nil) {
			if !yield(q, err) {
				return
			}
		}
		cancel()
	}
	if _, err := s.Load(ctx, stop); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want Canceled", err)
	}
	bad := store.Batch{Add: []schema.Quad{{Subject: schema.NewIRI("http://example.org/s"), Predicate: schema.NewIRI("http://example.org/p"), Object: schema.NewIRI("no scheme")}}}
	if err := s.Apply(t.Context(), bad); err == nil {
		t.Fatal("a bad quad was taken")
	}
	if err := s.Apply(t.Context(), store.Batch{Put: map[string][]byte{"": nil}}); err == nil {
		t.Fatal("a record without a key was taken")
	}
	if got := state(t, s.Snapshot()); len(got) != 1 {
		t.Fatalf("left %v", got)
	}
	q := schema.Quad{Subject: schema.NewIRI("http://example.org/s"), Predicate: schema.NewIRI("http://example.org/p"), Object: schema.NewString("o")}
	if err := s.Apply(t.Context(), store.Batch{Add: []schema.Quad{q}}); err != nil {
		t.Fatal(err)
	}
}

// Readers see whole changes only, while one writer writes.
func TestReadersBesideWriter(t *testing.T) {
	s := open(t, pgtest.Address(t), Options{})
	batch := func(i int) (b store.Batch) {
		for j := range 20 {
			b.Add = append(b.Add, schema.Quad{Subject: schema.NewIRI(fmt.Sprintf("http://example.org/%d", i)), Predicate: schema.NewIRI("http://example.org/p"), Object: schema.NewString(fmt.Sprint(j))})
		}
		return b
	}
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	for range 6 {
		wg.Go(func() {
			for ctx.Err() == nil {
				v := s.Snapshot()
				n := 0
				err := v.Match(ctx, schema.Quad{}, func(schema.Quad) error { n++; return nil })
				if st, statsErr := v.Stats(context.Background()); ctx.Err() == nil && (err != nil || statsErr != nil || n%20 != 0 || st.Quads != int64(n)) {
					t.Errorf("%d quads, %v, %v, %v", n, st, err, statsErr)
				}
				v.Close()
			}
		})
	}
	for i := range 30 {
		if err := s.Apply(t.Context(), batch(i)); err != nil {
			t.Error(err)
		}
	}
	cancel()
	wg.Wait()
}

// One process writes; readers see the store as it was when they opened it.
func TestTwoProcesses(t *testing.T) {
	address := pgtest.Address(t)
	if _, err := Open(t.Context(), address, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("got %v, want ErrNotExist", err)
	}
	s := open(t, address, Options{BaseIRI: "https://news.example/"})
	if _, err := Open(t.Context(), address, Options{}); !errors.Is(err, store.ErrLocked) {
		t.Fatalf("got %v, want ErrLocked", err)
	}
	other := open(t, pgtest.Address(t), Options{}) // another schema is another store
	if other.BaseIRI() != schema.DefaultBase {
		t.Error(other.BaseIRI())
	}
	reader := open(t, address, Options{ReadOnly: true})
	if reader.BaseIRI() != "https://news.example/" {
		t.Error(reader.BaseIRI())
	}
	if _, err := s.Load(t.Context(), many(10, nil)); err != nil {
		t.Fatal(err)
	}
	if got := state(t, reader.Snapshot()); len(got) != 1 {
		t.Errorf("the reader sees %v", got)
	}
	if err := reader.Apply(t.Context(), store.Batch{}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), address, Options{BaseIRI: "https://other.example/"}); err == nil || !strings.Contains(err.Error(), "base IRI") {
		t.Errorf("got %v, want an error of the base IRI", err)
	}
	again := open(t, address, Options{})
	if got := state(t, again.Snapshot()); len(got) != 11 {
		t.Errorf("opened again it holds %d lines", len(got))
	}
}

// A store that is closed says so, and one with open snapshots stays open.
func TestClose(t *testing.T) {
	s := open(t, pgtest.Address(t), Options{})
	v := s.Snapshot()
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "1 snapshots are open") {
		t.Errorf("got %v", err)
	}
	if err := errors.Join(v.Close(), s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); !errors.Is(err, store.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	for _, v := range []store.Reader{v, s.Snapshot()} {
		if _, err := v.Stats(t.Context()); !errors.Is(err, store.ErrClosed) {
			t.Errorf("got %v, want ErrClosed", err)
		}
	}
	if err := s.Apply(t.Context(), store.Batch{}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
}

// A process that dies in the middle of a change leaves nothing of it, and its lock goes with it.
func TestServerEndsConnection(t *testing.T) {
	address := pgtest.Address(t)
	s, err := Open(t.Context(), address, Options{loadAtOnce: loadAtOnce})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cut := func(yield func(schema.Quad, error) bool) {
		for q, err := range many(loadAtOnce+1, nil) {
			if !yield(q, err) {
				return
			}
		}
		pgtest.Exec(t, fmt.Sprintf("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = %d AND objid = '%s.newsgraph_meta'::regclass",
			lockClass, schemaOf(t, address)))
		yield(schema.Quad{Subject: schema.NewIRI("http://example.org/s"), Predicate: schema.NewIRI("http://example.org/p"), Object: schema.NewString("o")}, nil)
	}
	if _, err := s.Load(t.Context(), cut); err == nil {
		t.Fatal("no error")
	}
	other := open(t, address, Options{})
	if got := state(t, other.Snapshot()); len(got) != 1 {
		t.Errorf("left %d lines", len(got))
	}
	if err := s.Apply(t.Context(), store.Batch{Put: map[string][]byte{"k": nil}}); err == nil || !strings.Contains(err.Error(), "write store") {
		t.Errorf("got %v, want an error of writing", err)
	}
}

func schemaOf(t *testing.T, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("search_path")
}

// crowded puts all terms into few slots.
func crowded(t schema.Term) store.ID { return store.Home(t)%7 + 1 }

// Terms whose hashes are the same are told apart, and found after their neighbours have gone.
func TestCollisions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	s := open(t, pgtest.Address(t), Options{home: crowded})
	all := map[schema.Quad]bool{}
	for range 40 {
		var b store.Batch
		for q := range all {
			if r.IntN(2) == 0 {
				b.Remove = append(b.Remove, q)
			}
		}
		for range 12 {
			b.Add = append(b.Add, randomQuad(r))
		}
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for _, q := range b.Remove {
			delete(all, q)
		}
		for _, q := range b.Add {
			if q.Object.Lang != "" {
				q.Object.Lang = strings.ToLower(q.Object.Lang)
			}
			all[q] = true
		}
		got := map[schema.Quad]bool{}
		v := s.Snapshot()
		if err := v.Match(t.Context(), schema.Quad{}, func(q schema.Quad) error { got[q] = true; return nil }); err != nil {
			t.Fatal(err)
		}
		v.Close()
		if diff := cmp.Diff(all, got); diff != "" {
			t.Fatal(diff)
		}
		if err := s.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Verify sees what somebody has changed in the tables.
func TestVerify(t *testing.T) {
	for _, damage := range []string{
		"DELETE FROM %s.newsgraph_terms WHERE id = (SELECT min(id) FROM %[1]s.newsgraph_terms)",
		"UPDATE %s.newsgraph_terms SET value = value || 'x' WHERE id = (SELECT min(id) FROM %[1]s.newsgraph_terms)",
		"UPDATE %s.newsgraph_terms SET datatype = 'http://www.w3.org/2001/XMLSchema#string' WHERE kind = 3 AND id = (SELECT min(id) FROM %[1]s.newsgraph_terms WHERE kind = 3)",
		"DELETE FROM %s.newsgraph_quads WHERE subject = (SELECT min(subject) FROM %[1]s.newsgraph_quads)",
		"UPDATE %s.newsgraph_quads SET object = 0 WHERE subject = (SELECT min(subject) FROM %[1]s.newsgraph_quads)",
		"INSERT INTO %s.newsgraph_records VALUES ('x', 'y')",
	} {
		address := pgtest.Address(t)
		s, err := Open(t.Context(), address, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Load(t.Context(), many(30, nil)); err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		pgtest.Exec(t, fmt.Sprintf(damage, schemaOf(t, address)))
		if err := s.Verify(t.Context()); !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("%s: got %v, want ErrCorrupt", damage, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	address := pgtest.Address(t)
	open(t, address, Options{}).Close()
	pgtest.Exec(t, fmt.Sprintf("UPDATE %s.newsgraph_meta SET format = 'newsgraph postgres 99'", schemaOf(t, address)))
	if _, err := Open(t.Context(), address, Options{ReadOnly: true}); !errors.Is(err, store.ErrVersion) {
		t.Errorf("got %v, want ErrVersion", err)
	}
}

// Cayley's own acceptance tests for quad stores.
func TestGraphtest(t *testing.T) {
	file, _ := runtime.FuncForPC(reflect.ValueOf(graphtest.TestAll).Pointer()).FileLine(0)
	pgtest.Server(t)
	t.Chdir(filepath.Dir(file)) // its path tests look for their data near it
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		s, err := Open(context.Background(), pgtest.Address(t), Options{})
		if err != nil {
			t.Fatal(err)
		}
		qs := s.QuadStore()
		return qs, nil, func() {
			if err := qs.Err(); err != nil {
				t.Error(err)
			}
			closeChecked(t, s)
		}
	}, &graphtest.Config{})
}

// What is wrong with an address or a connection is said, and no password with it.
func TestConnect(t *testing.T) {
	folder := url.QueryEscape(pgtest.Server(t))
	pgtest.Exec(t, "DROP ROLE IF EXISTS reporter; CREATE ROLE reporter LOGIN PASSWORD 'right-secret'")
	for _, test := range []struct{ address, want string }{
		{"", "it is empty"},
		{"host=localhost password=top-secret", "no address like"},
		{"mysql://u:top-secret@h/d", "no address like"},
		{"postgres://u:top-secret@h:port/d", "no address like"},
		{"postgres://u:top-secret@127.0.0.1/", "names no database"},
		{"postgres://u:top-secret@127.0.0.1:1/d", "no server answers"},
		{"postgres://u:top-secret@/d?host=/tmp/nobody-is-here", "no server answers"},
		{"postgres://reporter:top-secret@/postgres?host=" + folder, "password authentication failed"},
		{"postgres://postgres:top-secret@/nothing?host=" + folder, `database "nothing" does not exist`},
	} {
		_, err := Open(t.Context(), test.address, Options{})
		switch {
		case err == nil:
			t.Errorf("%s: no error", test.address)
		case !strings.Contains(err.Error(), test.want):
			t.Errorf("%s: got %v, want %q in it", test.address, err, test.want)
		case strings.Contains(err.Error(), "secret"):
			t.Errorf("%s: %v holds the password", test.address, err)
		}
	}
	if _, err := Open(t.Context(), "postgres://reporter:right-secret@/postgres?host="+folder, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want ErrNotExist: the password is right", err)
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://ann:secret@db.example.org:5433/news?sslmode=disable&password=secret": "postgres://ann@db.example.org:5433/news",
		"postgresql:///news?host=/run/postgresql&user=ann":                               "postgres:///news?host=/run/postgresql&user=ann",
		"ann:secret@host": "postgres",
	} {
		if got := Name(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
