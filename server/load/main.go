// Command load measures the server under load: it makes a graph, serves it on loopback, asks as a crowd of readers would over
// many connections, and prints how long the answers took. With -ingest a writer adds articles meanwhile.
//
//	go run ./server/load -quads 1000000 -connections 50 -time 20s -ingest
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newsgraph/server"
	"newsgraph/server/sandbox"
	"newsgraph/server/workspace"
)

// workerFolder is set in processes that are to be workers for queries.
const workerFolder = "NEWSGRAPH_LOAD_WORKER"

type options struct {
	quads, entities, connections int
	time                         time.Duration
	ingest                       bool
	store, profile               string
}

func main() {
	if dir := os.Getenv(workerFolder); dir != "" {
		exit(work(dir))
	}
	var o options
	flag.IntVar(&o.quads, "quads", 1_000_000, "quads of the graph, about")
	flag.IntVar(&o.entities, "entities", 100_000, "entities of the graph")
	flag.IntVar(&o.connections, "connections", 50, "connections that ask at once, each the next thing as soon as it has an answer")
	flag.DurationVar(&o.time, "time", 20*time.Second, "how long to ask")
	flag.BoolVar(&o.ingest, "ingest", false, "add articles meanwhile")
	flag.StringVar(&o.store, "store", "", "folder to keep the graph in, and to use again; else a temporary one")
	flag.StringVar(&o.profile, "cpuprofile", "", "file to write a profile of the processor's time to, for go tool pprof")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	exit(run(ctx, o))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func work(dir string) error {
	ctx := context.Background()
	w, err := workspace.Open(ctx, workspace.Options{Dir: dir})
	if err != nil {
		return err
	}
	return errors.Join(sandbox.Serve(ctx, os.Stdin, os.Stdout, w.Graph()), w.Close())
}

func run(ctx context.Context, o options) error {
	if o.store == "" {
		dir, err := os.MkdirTemp("", "newsgraph-load-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.store = filepath.Join(dir, "store")
	}
	_, missing := os.Stat(o.store)
	w, err := workspace.Open(ctx, workspace.Options{Dir: o.store, Create: true})
	if err != nil {
		return err
	}
	if missing != nil {
		started := time.Now()
		if err := fill(ctx, w, o); err != nil {
			return errors.Join(err, w.Close())
		}
		fmt.Printf("made a graph in %s\n", time.Since(started).Round(time.Second))
	}
	return errors.Join(measure(ctx, w, o), w.Close())
}

// measure serves the graph and asks.
func measure(ctx context.Context, w *workspace.Workspace, o options) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	worker := func(dir string) []string { return []string{"/usr/bin/env", "env", workerFolder + "=" + dir, exe} }
	started := time.Now()
	s, err := server.New(ctx, server.Options{Workspace: w, Worker: worker, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	stats, err := w.Graph().Stats(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d quads, %d claims, %d entities, %d documents; ready after %s\n", stats.Quads, stats.Claims, stats.Entities, stats.Documents,
		time.Since(started).Round(10*time.Millisecond))
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(serving, l) }()
	err = profiled(o.profile, func() { ask(ctx, "http://"+l.Addr().String(), o) })
	stop()
	return errors.Join(err, <-ended)
}

// profiled calls f, and writes where the processor's time went to a file unless it has no name.
func profiled(file string, f func()) error {
	if file == "" {
		f()
		return nil
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return errors.Join(err, out.Close())
	}
	f()
	pprof.StopCPUProfile()
	return out.Close()
}

// ask asks for as long as the options say, and prints what came of it.
func ask(ctx context.Context, base string, o options) {
	ctx, cancel := context.WithTimeout(ctx, o.time)
	defer cancel()
	c := &crowd{base: base, o: o, took: map[string][]time.Duration{}, errs: map[string]int{},
		client: &http.Client{Transport: &http.Transport{MaxConnsPerHost: o.connections + 2, MaxIdleConnsPerHost: o.connections + 2}}}
	var wait sync.WaitGroup
	for i := range o.connections {
		wait.Go(func() { c.reader(ctx, rand.New(rand.NewPCG(1, uint64(i)))) })
	}
	if o.ingest {
		wait.Go(func() { c.writer(ctx) })
	}
	var peak atomic.Uint64
	wait.Go(func() { watchHeap(ctx, &peak) })
	wait.Wait()
	c.print()
	fmt.Printf("heap in use at most %d MiB, of the server and the crowd together; %d cores\n", peak.Load()>>20, runtime.GOMAXPROCS(0))
}

func watchHeap(ctx context.Context, peak *atomic.Uint64) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
		}
	}
}

type crowd struct {
	base   string
	o      options
	client *http.Client
	mu     sync.Mutex
	took   map[string][]time.Duration
	errs   map[string]int
}

// reader asks one thing after the other.
func (c *crowd) reader(ctx context.Context, r *rand.Rand) {
	entity := rand.NewZipf(r, 1.2, 4, uint64(c.o.entities-1))
	for ctx.Err() == nil {
		kind, path := pick(r, func() string { return entityID(int(entity.Uint64())) })
		c.time(ctx, kind, http.MethodGet, path, nil)
	}
}

// pick chooses what to ask, as readers of the UI do: mostly what they type, and entities.
func pick(r *rand.Rand, id func() string) (kind, path string) {
	switch n := r.IntN(100); {
	case n < 40:
		label := []rune(entityLabel(r.IntN(100_000)))
		return "search", "/api/search?q=" + url.QueryEscape(string(label[:1+r.IntN(min(8, len(label)))]))
	case n < 60:
		return "entity", "/api/entities/" + url.PathEscape(id())
	case n < 65:
		return "names", "/api/entities/" + url.PathEscape(id()) + "/names"
	case n < 75:
		return "claims", "/api/claims?limit=20&entity=" + url.QueryEscape(id())
	case n < 82:
		return "neighbours", "/api/entities/" + url.PathEscape(id()) + "/neighbours?limit=20"
	case n < 88:
		return "graph", "/api/graph?limit=30&entity=" + url.QueryEscape(id())
	case n < 94:
		return "timeline", "/api/entities/" + url.PathEscape(id()) + "/timeline?limit=20"
	case n < 97:
		return "facets", "/api/claims/facets?entity=" + url.QueryEscape(id())
	}
	from, to := id(), entityID(r.IntN(1000))
	for from == to { // no path leads from somebody to himself
		from = id()
	}
	return "paths", "/api/paths?k=1&max_hops=3&from=" + url.QueryEscape(from) + "&to=" + url.QueryEscape(to)
}

// writer adds articles, some at a time.
func (c *crowd) writer(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		var articles []map[string]string
		for i := range 20 {
			articles = append(articles, map[string]string{"title": fmt.Sprintf("Talks %d of %d", i, n), "publisher": "Load", "published": "2021-05-04",
				"text": fmt.Sprintf("Angela Merkel met Emmanuel Macron in Paris on Monday. Poland lent Ukraine $%d million. Minister number %d said that he would go.", n+1, i)})
		}
		body, err := json.Marshal(map[string]any{"articles": articles})
		if err != nil {
			return
		}
		text := c.time(ctx, "ingest", http.MethodPost, "/api/ingest", body)
		var job struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(text, &job) == nil && job.ID != "" {
			c.time(ctx, "ingested", http.MethodGet, "/api/jobs/"+job.ID+"/events", nil)
		}
	}
}

func (c *crowd) time(ctx context.Context, kind, method, path string, body []byte) []byte {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	started := time.Now()
	res, err := c.client.Do(r)
	var text []byte
	status := ""
	if err == nil {
		text, err = io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode >= 400 {
			status = res.Status
		}
	}
	if ctx.Err() != nil {
		return nil // cut off by the end of the time
	}
	if err != nil {
		status = err.Error()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took[kind] = append(c.took[kind], time.Since(started))
	if status != "" {
		c.errs[kind+": "+status]++
	}
	return text
}

func (c *crowd) print() {
	total := 0
	fmt.Printf("%-12s %8s %9s %9s %9s\n", "", "answers", "p50 ms", "p99 ms", "most ms")
	kinds := make([]string, 0, len(c.took))
	for k := range c.took {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Compare(len(c.took[b]), len(c.took[a])) })
	for _, k := range kinds {
		list := c.took[k]
		slices.Sort(list)
		at := func(q float64) float64 {
			return float64(list[min(len(list)-1, int(q*float64(len(list))))].Microseconds()) / 1000
		}
		fmt.Printf("%-12s %8d %9.1f %9.1f %9.1f\n", k, len(list), at(.5), at(.99), at(1))
		total += len(list)
	}
	fmt.Printf("%.0f answers a second; errors: %v\n", float64(total)/c.o.time.Seconds(), c.errs)
}
