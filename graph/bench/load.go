package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/kv/bolt" // registers the backend that we compare with
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	"newsgraph/graph/internal/newsdata"
	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

const dataFile = "news.nq"

// generate writes the graph as N-Quads, unless that has been done.
func (b *bench) generate() (err error) {
	if b.loaded || b.generated {
		return nil
	}
	b.generated = true
	f, err := os.Create(b.file(dataFile))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := rdf.NewWriter(f)
	if err := newsdata.Generate(newsdata.Options{Quads: b.quads}, w.Write); err != nil {
		return err
	}
	return w.Flush()
}

// usage is what a child process needed.
type usage struct {
	wall, cpu time.Duration
	memory    int64 // bytes at the peak
}

// measure runs this program as a child that does one thing. The child prints the time that the thing itself took.
func (b *bench) measure(ctx context.Context, what string, args ...string) (usage, error) {
	exe, err := os.Executable()
	if err != nil {
		return usage{}, err
	}
	cmd := exec.CommandContext(ctx, exe, append([]string{"child", what}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w", what, err)
	}
	wall, err := time.ParseDuration(strings.TrimSpace(string(out)))
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w", what, err)
	}
	u := usage{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = r.Maxrss << 10
	}
	say("  %s: %s wall, %s processor, %d MB", what, short(u.wall), short(u.cpu), u.memory>>20)
	return u, nil
}

// child does one thing and prints how long it took: what, the file to read, the folder of the store, a number, and the file
// for a processor profile or nothing.
func child(args []string) (err error) {
	tasks := map[string]func(file, dir string, n int) error{
		"load-ours": loadOurs, "load-bolt": loadBolt, "batch-ours": batchOurs, "batch-bolt": batchBolt,
	}
	if len(args) != 5 || tasks[args[0]] == nil {
		return fmt.Errorf("bad arguments: %q", args)
	}
	n, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	if args[4] != "" {
		f, err := os.Create(args[4])
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	started := time.Now()
	if err := tasks[args[0]](args[1], args[2], n); err != nil {
		return err
	}
	fmt.Println(time.Since(started))
	return nil
}

// load measures the bulk load, what it takes on disk, and the memory that it needs.
func (b *bench) load(ctx context.Context) error {
	if err := b.generate(); err != nil {
		return err
	}
	ours, theirs, err := b.pair(ctx, "load", dataFile, "", 0)
	if err != nil {
		return err
	}
	b.rates("bulk load into an empty store", b.quads, ours, theirs, 10, 25)
	if err := b.disk(); err != nil {
		return err
	}
	b.add(row{name: "peak memory of the bulk load", ours: mb(ours.memory), theirs: mb(theirs.memory),
		ratio: float64(theirs.memory) / float64(ours.memory), floor: 4, goal: 10})
	return nil
}

func (b *bench) large(ctx context.Context) error {
	return b.batches(ctx, "durable batches of 10,000 quads", b.batched, 10_000, 2.5, 4)
}

func (b *bench) little(ctx context.Context) error {
	return b.batches(ctx, "durable batches of 100 quads", b.small, 100, 3, 5)
}

// pair measures the same thing with both stores.
func (b *bench) pair(ctx context.Context, what, data, suffix string, n int) (ours, theirs usage, err error) {
	profile := ""
	if b.profile != "" {
		profile = filepath.Join(b.profile, what+suffix+".pprof")
	}
	if ours, err = b.measure(ctx, what+"-ours", b.file(data), b.file("ours"+suffix), strconv.Itoa(n), profile); err != nil {
		return ours, theirs, err
	}
	theirs, err = b.measure(ctx, what+"-bolt", b.file(data), b.file("bolt"+suffix), strconv.Itoa(n), "")
	return ours, theirs, err
}

// rates adds a row for two writes of n quads; the ratio is the lower one of wall time and processor time.
func (b *bench) rates(name string, n int, ours, theirs usage, floor, goal float64) {
	rate := func(u usage) string {
		return fmt.Sprintf("%.0f/s, %.1f CPU-s", float64(n)/u.wall.Seconds(), u.cpu.Seconds())
	}
	b.add(row{name: name, ours: rate(ours), theirs: rate(theirs), ratio: min(ratio(theirs.wall, ours.wall), ratio(theirs.cpu, ours.cpu)), floor: floor, goal: goal})
}

// batches measures durable batches of size quads, n in all, into new stores.
func (b *bench) batches(ctx context.Context, name string, n, size int, floor, goal float64) error {
	part := fmt.Sprintf("part-%d.nq", n)
	if err := b.cut(part, n); err != nil {
		return err
	}
	suffix := fmt.Sprintf("-%d", size)
	ours, theirs, err := b.pair(ctx, "batch", part, suffix, size)
	if err != nil {
		return err
	}
	b.rates(name, n, ours, theirs, floor, goal)
	return errors.Join(os.RemoveAll(b.file("ours"+suffix)), os.RemoveAll(b.file("bolt"+suffix)))
}

// cut writes the first n quads of the data to a file of their own.
func (b *bench) cut(name string, n int) (err error) {
	f, err := os.Create(b.file(name))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := rdf.NewWriter(f)
	if err := newsdata.Generate(newsdata.Options{Quads: n}, w.Write); err != nil {
		return err
	}
	return w.Flush()
}

// disk compares what the two loaded stores take after compaction.
func (b *bench) disk() error {
	s, err := store.Open(b.file("ours"), store.Options{})
	if err != nil {
		return err
	}
	if err := errors.Join(s.Compact(context.Background()), s.Close()); err != nil {
		return err
	}
	ours, err := size(b.file("ours"))
	if err != nil {
		return err
	}
	theirs, err := size(b.file("bolt"))
	if err != nil {
		return err
	}
	b.add(row{name: "disk after compaction", ours: mb(ours), theirs: mb(theirs), ratio: float64(theirs) / float64(ours), floor: 4, goal: 7})
	return nil
}

func mb(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func size(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		n += info.Size()
		return err
	})
	return n, err
}

func loadOurs(file, dir string, _ int) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	_, err = s.Load(context.Background(), rdf.NewReader(f, rdf.Options{}).All())
	return errors.Join(err, s.Close())
}

func openBolt(dir string, create bool) (graph.QuadStore, error) {
	if create {
		if err := graph.InitQuadStore("bolt", dir, nil); err != nil {
			return nil, err
		}
	}
	return graph.NewQuadStore("bolt", dir, nil)
}

func loadBolt(file, dir string, _ int) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	qs, err := openBolt(dir, true)
	if err != nil {
		return err
	}
	w, err := qs.NewQuadWriter()
	if err != nil {
		return err
	}
	_, err = quad.CopyBatch(quadBatches{w}, nquads.NewReader(bufio.NewReader(f), false), 10_000)
	return errors.Join(err, w.Close(), qs.Close())
}

// quadBatches hands the quads of a batch on; CopyBatch wants this interface.
type quadBatches struct{ quad.BatchWriter }

func batchOurs(file, dir string, n int) error {
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := rdf.NewReader(f, rdf.Options{})
	for {
		quads, err := readBatch(n, r.Read)
		if err != nil {
			return err
		}
		if len(quads) == 0 {
			return s.Close()
		}
		if err := s.Apply(context.Background(), store.Batch{Add: quads}); err != nil {
			return err
		}
	}
}

func batchBolt(file, dir string, n int) error {
	qs, err := openBolt(dir, true)
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := nquads.NewReader(bufio.NewReader(f), false)
	for {
		quads, err := readBatch(n, r.ReadQuad)
		if err != nil {
			return err
		}
		if len(quads) == 0 {
			return qs.Close()
		}
		deltas := make([]graph.Delta, len(quads))
		for i, q := range quads {
			deltas[i] = graph.Delta{Quad: q, Action: graph.Add}
		}
		if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			return err
		}
	}
}

// readBatch reads up to n quads.
func readBatch[Q schema.Quad | quad.Quad](n int, read func() (Q, error)) (quads []Q, err error) {
	for len(quads) < n {
		q, err := read()
		if err == io.EOF {
			return quads, nil
		}
		if err != nil {
			return nil, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}
