package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	news "newsgraph/graph"
	"newsgraph/graph/internal/newsdata"
	paths "newsgraph/graph/path"
	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// stores are the two loaded stores, open for reading.
type stores struct {
	ours *store.Store
	snap store.Reader
	bolt graph.QuadStore
}

func (b *bench) open() (*stores, error) {
	ours, err := store.Open(b.file("ours"), store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	bolt, err := openBolt(b.file("bolt"), false)
	if err != nil {
		return nil, errors.Join(err, ours.Close())
	}
	return &stores{ours, ours.Snapshot(), bolt}, nil
}

func (s *stores) close() error { return errors.Join(s.snap.Close(), s.ours.Close(), s.bolt.Close()) }

// samples are the terms that queries begin at.
type samples struct {
	hundred, hub schema.Term // entities with some 100 edges out, and with the most
	degree       int         // of the hub
	graph        schema.Term // of a claim
	rare         schema.Term // the predicate with the fewest edges
}

func (b *bench) samples() (samples, error) {
	if b.start != nil {
		return *b.start, nil
	}
	s, err := b.sample()
	b.start = &s
	return s, err
}

func (b *bench) sample() (s samples, err error) {
	degree, uses := map[schema.Term]int{}, map[schema.Term]int{}
	n := 0
	err = newsdata.Generate(newsdata.Options{Quads: b.quads}, func(q schema.Quad) error {
		if n++; n%newsdata.PerClaim != 1 {
			return nil
		}
		degree[q.Subject]++
		uses[q.Predicate]++
		s.graph = q.Graph
		return nil
	})
	s.hundred = closest(degree, 100)
	s.hub = closest(degree, 1<<40)
	s.degree = degree[s.hub]
	s.rare = closest(uses, 0)
	return s, err
}

// closest returns the term whose number is nearest to want, the first by name among equals.
func closest(numbers map[schema.Term]int, want int) (best schema.Term) {
	distance := func(t schema.Term) int { return max(numbers[t]-want, want-numbers[t]) }
	for t := range numbers {
		if best == (schema.Term{}) || distance(t) < distance(best) || distance(t) == distance(best) && t.Value < best.Value {
			best = t
		}
	}
	return best
}

// onStores makes a part of one that needs both stores open.
func onStores(run func(*bench, context.Context, *stores, samples) error) func(*bench, context.Context) error {
	return func(b *bench, ctx context.Context) error {
		at, err := b.samples()
		if err != nil {
			return err
		}
		s, err := b.open()
		if err != nil {
			return err
		}
		return errors.Join(run(b, ctx, s, at), s.close())
	}
}

// query is run on either store, and returns the number of results.
type query func(context.Context, graph.QuadStore) (int64, error)

// compare runs the same on both stores, theirs after ours, and adds a row for the medians. Both must find the same number
// of results. A run of theirs that takes a second or more is not run again, and one that does not end is given up.
func (b *bench) compare(ctx context.Context, name string, floor, goal float64, s *stores, run query) error {
	ours, n, err := median(b.runs, func() (int64, error) { return run(ctx, s.snap.QuadStore()) })
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	name = fmt.Sprintf("%s (%d)", name, n)
	started := time.Now()
	limited, cancel := context.WithTimeout(ctx, b.patience)
	defer cancel()
	theirs, m, err := median(b.runs, func() (int64, error) { return run(limited, s.bolt) })
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		b.duration(name, ours, time.Since(started), floor, goal)
		b.rows[len(b.rows)-1].least = true
		return nil
	case err != nil:
		return fmt.Errorf("%s, bolt: %w", name, err)
	case n != m:
		return fmt.Errorf("%s: %d results of bolt", name, m)
	}
	b.duration(name, ours, theirs, floor, goal)
	return nil
}

// median runs f a number of times, once before to warm up, and returns the time in the middle and the result.
func median(runs int, f func() (int64, error)) (time.Duration, int64, error) {
	var times []time.Duration
	for {
		started := time.Now()
		n, err := f()
		took := time.Since(started)
		if err != nil {
			return 0, 0, err
		}
		times = append(times, took)
		if took > time.Second {
			return took, n, nil
		}
		if len(times) > runs {
			times = times[1:]
			slices.Sort(times)
			return times[len(times)/2], n, nil
		}
	}
}

func (b *bench) hops(ctx context.Context, s *stores, at samples) error {
	hop := func(from schema.Term, n int) func(qs graph.QuadStore) *path.Path {
		return func(qs graph.QuadStore) *path.Path {
			p := path.StartPath(qs, quad.IRI(from.Value))
			for range n {
				p = p.Out()
			}
			return p
		}
	}
	values := func(p func(graph.QuadStore) *path.Path) query {
		return func(ctx context.Context, qs graph.QuadStore) (n int64, err error) {
			err = p(qs).Iterate(ctx).EachValue(qs, func(quad.Value) { n++ })
			return n, err
		}
	}
	count := func(p func(graph.QuadStore) *path.Path) query {
		return func(ctx context.Context, qs graph.QuadStore) (int64, error) { return p(qs).Iterate(ctx).Count() }
	}
	three := func(qs graph.QuadStore) *path.Path { return hop(at.hundred, 3)(qs).Unique() }
	return errors.Join(
		b.compare(ctx, "one hop", 4, 10, s, values(hop(at.hundred, 1))),
		b.compare(ctx, "one hop from the hub", 10, 20, s, values(hop(at.hub, 1))),
		b.compare(ctx, "two hops, count", 8, 30, s, count(hop(at.hundred, 2))),
		b.compare(ctx, "two hops from the hub, count", 8, 30, s, count(hop(at.hub, 2))),
		b.compare(ctx, "three hops, distinct", 20, 300, s, count(three)))
}

// scans reads all quads of one graph, and of one predicate.
func (b *bench) scans(ctx context.Context, s *stores, at samples) error {
	quads := func(d quad.Direction, t schema.Term) query {
		return func(ctx context.Context, qs graph.QuadStore) (n int64, err error) {
			it := qs.QuadIterator(d, qs.ValueOf(quad.IRI(t.Value)))
			err = graph.Iterate(ctx, it).Each(func(r graph.Ref) {
				if qs.Quad(r).IsValid() {
					n++
				}
			})
			return n, err
		}
	}
	return errors.Join(
		b.compare(ctx, "all quads of one graph", 10_000, 100_000, s, quads(quad.Label, at.graph)),
		b.compare(ctx, "all quads of a rare predicate", 10_000, 100_000, s, quads(quad.Predicate, at.rare)))
}

// shortest finds how far two entities are apart that are five hops apart along the claims: ours from both ends, theirs by
// following every edge from the beginning until the end comes up.
func (b *bench) shortest(ctx context.Context, s *stores, _ samples) error {
	ours, err := news.Open(ctx, s.ours)
	if err != nil {
		return err
	}
	const hops = 5
	o := paths.Options{MaxHops: hops, Directed: true}
	local := func(t schema.Term) string { return strings.TrimPrefix(t.Value, schema.DefaultBase+"entity/") }
	for i := 60_000; i < 200_000; i += 17 {
		from, to := newsdata.Entity(i), newsdata.Entity(199_999-i)
		n, err := paths.Distance(ctx, ours, local(from), local(to), o)
		if err != nil {
			return err
		}
		if n == hops {
			return b.compare(ctx, "shortest path, hops", 200, 1000, s, func(ctx context.Context, qs graph.QuadStore) (int64, error) {
				if qs != s.bolt {
					n, err := paths.Distance(ctx, ours, local(from), local(to), o)
					return int64(n), err
				}
				return follow(ctx, qs, from, to, hops)
			})
		}
	}
	return fmt.Errorf("no two entities are %d hops apart", hops)
}

// follow is Cayley's way to find out whether one entity leads to another. It returns hops when it does.
func follow(ctx context.Context, qs graph.QuadStore, from, to schema.Term, hops int) (found int64, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	end := qs.ValueOf(quad.IRI(to.Value)).Key()
	way := path.StartPath(qs, quad.IRI(from.Value)).FollowRecursive(path.StartMorphism().Out(), hops, nil)
	err = way.Iterate(ctx).Paths(false).Each(func(r graph.Ref) {
		if found == 0 && r.Key() == end {
			found = int64(hops)
			cancel()
		}
	})
	return found, err
}

// export writes all quads as N-Quads, ours in canonical form.
func (b *bench) export(ctx context.Context, s *stores, _ samples) error {
	started := time.Now()
	w := rdf.NewWriter(io.Discard)
	if err := s.snap.Match(ctx, schema.Quad{}, w.Write); err != nil {
		return err
	}
	ours := time.Since(started)
	started = time.Now()
	cw := nquads.NewWriter(io.Discard)
	var failed error
	err := graph.Iterate(ctx, s.bolt.QuadsAllIterator()).Each(func(r graph.Ref) {
		failed = errors.Join(failed, cw.WriteQuad(s.bolt.Quad(r)))
	})
	if err := errors.Join(err, failed, w.Flush()); err != nil {
		return err
	}
	b.duration("export as canonical N-Quads", ours, time.Since(started), 1.5, 2.5)
	return nil
}

// reading reads the file with both readers.
func (b *bench) reading(context.Context) error {
	if err := b.generate(); err != nil {
		return err
	}
	text, err := os.ReadFile(b.file(dataFile))
	if err != nil {
		return err
	}
	data := string(text)
	ours, _, err := median(2, func() (n int64, err error) {
		r := rdf.NewReader(strings.NewReader(data), rdf.Options{})
		var q schema.Quad
		for err == nil {
			if err = r.ReadTo(&q); err == nil {
				n++
			}
		}
		return n, notEOF(err)
	})
	if err != nil {
		return err
	}
	theirs, _, err := median(2, func() (n int64, err error) {
		r := nquads.NewReader(bufio.NewReader(strings.NewReader(data)), false)
		for err == nil {
			if _, err = r.ReadQuad(); err == nil {
				n++
			}
		}
		return n, notEOF(err)
	})
	b.duration("reading N-Quads", ours, theirs, 5, 8)
	return err
}

func notEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// opening opens and closes each store, and the graph in a copy of ours in which all entities have names.
func (b *bench) opening(ctx context.Context) error {
	ours, err := b.openings(func() (io.Closer, error) { return store.Open(b.file("ours"), store.Options{}) })
	if err != nil {
		return err
	}
	theirs, err := b.openings(func() (io.Closer, error) { return openBolt(b.file("bolt"), false) })
	if err != nil {
		return err
	}
	b.add(row{name: "opening the store", ours: short(ours), theirs: short(theirs), value: ours, floor: 100, goal: 20})
	if err := b.name(ctx); err != nil {
		return err
	}
	ours, err = b.openings(func() (io.Closer, error) {
		s, err := store.Open(b.file("named"), store.Options{})
		if err != nil {
			return nil, err
		}
		_, err = news.Open(ctx, s)
		return s, err
	})
	b.add(row{name: "opening the graph, 200,000 names", ours: short(ours), theirs: short(theirs), value: ours, floor: 100, goal: 20})
	return errors.Join(err, os.RemoveAll(b.file("named")))
}

// openings returns the median time that opening takes.
func (b *bench) openings(open func() (io.Closer, error)) (time.Duration, error) {
	var times []time.Duration
	for range b.runs {
		started := time.Now()
		c, err := open()
		if err != nil {
			return 0, err
		}
		times = append(times, time.Since(started))
		if err := c.Close(); err != nil {
			return 0, err
		}
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}

// name makes a copy of our store in which the entities have names.
func (b *bench) name(ctx context.Context) error {
	from, err := store.Open(b.file("ours"), store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	if err := errors.Join(from.Backup(ctx, b.file("named")), from.Close()); err != nil {
		return err
	}
	s, err := store.Open(b.file("named"), store.Options{})
	if err != nil {
		return err
	}
	g, err := news.Open(ctx, s)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	var ch news.Change
	for i := range 200_000 {
		id := strings.TrimPrefix(newsdata.Entity(i).Value, schema.DefaultBase+"entity/")
		name := strings.Split(id, "_")
		ch.Entities = append(ch.Entities, schema.Entity{ID: id, Label: strings.Join(name, " "), Type: "Person", Aliases: []string{name[1]}})
	}
	return errors.Join(g.Update(ctx, ch), s.Close())
}
