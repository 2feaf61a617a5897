package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"newsgraph/server/problem"
)

// Options of a Pool.
type Options struct {
	// Command gives the path of a worker on the copy of the store in dir, and its arguments, the first of which is its own name.
	Command func(dir string) []string
	// Copy copies the store as it is now into dir, which is not there yet; Changes counts the changes of the store, so that the
	// pool knows when its copy is old.
	Copy    func(dir string) error
	Changes func() uint64
	// Dir is where copies are made, best on the file system of the store, so that they are links; empty for the system's folder
	// of temporary files. Where nothing can be made in it, the system's is used. Name is part of the names of copies, and the
	// store's alone: those that an earlier server has left there are removed.
	Dir, Name string
	// Workers is how many queries run at a time; 0 for the number of cores, at most 4. Waiting is how many may wait; 0 for 64.
	// Patience is how long they wait; 0 for 10 seconds.
	Workers, Waiting int
	Patience         time.Duration
	// MaxBytes is the longest answer; 0 for 64 MiB.
	MaxBytes int64
	Log      *slog.Logger
}

func (o Options) withDefaults() Options {
	set := func(to *int, usual int) {
		if *to == 0 {
			*to = usual
		}
	}
	set(&o.Workers, min(4, runtime.NumCPU()))
	set(&o.Waiting, 64)
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 64 << 20
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Pool runs queries. It is safe for concurrent use.
type Pool struct {
	o       Options
	slots   chan struct{}
	waiting atomic.Int64
	wait    sync.WaitGroup

	copying sync.Mutex // held by who makes a copy
	mu      sync.Mutex
	current *replica
	idle    []*process
	closed  bool
}

// New returns a pool. It starts nothing before the first query, or Warm. The caller closes it.
func New(o Options) *Pool {
	o = o.withDefaults()
	removeLeft(o)
	return &Pool{o: o, slots: make(chan struct{}, o.Workers)}
}

// grace is how long after its time a query may take to end by itself before its worker is killed.
const grace = time.Second

// Answer says how a query ended.
type Answer struct {
	// Truncated says that there were more rows than asked for, or that the answer grew too long.
	Truncated bool
}

// Run runs a query and calls emit for each row of its answer; an error of emit ends the query and comes back. The query ends
// with ctx. Errors are *problem.Problem.
func (p *Pool) Run(ctx context.Context, q Request, emit func(row json.RawMessage) error) (Answer, error) {
	if err := p.enter(ctx); err != nil {
		return Answer{}, err
	}
	defer func() { <-p.slots }()
	w, err := p.worker(ctx)
	if err != nil {
		return Answer{}, err
	}
	limit, cancel := context.WithTimeout(ctx, time.Duration(q.TimeoutMS)*time.Millisecond+grace)
	defer cancel()
	answer, healthy, err := w.ask(limit, q, p.o.MaxBytes, emit)
	p.release(w, healthy)
	if err != nil && ctx.Err() != nil {
		return answer, fmt.Errorf("run the query: %w", ctx.Err())
	}
	return answer, err
}

// Running counts the queries under way.
func (p *Pool) Running() int { return len(p.slots) }

// enter waits for a slot.
func (p *Pool) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	default:
	}
	if p.waiting.Add(1) > int64(p.o.Waiting) {
		p.waiting.Add(-1)
		return busy()
	}
	defer p.waiting.Add(-1)
	patience := time.NewTimer(p.o.Patience)
	defer patience.Stop()
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-patience.C:
		return busy()
	}
}

func busy() error {
	b := problem.New(http.StatusServiceUnavailable, "unavailable", "too many queries are running", "try again in a moment")
	b.RetryAfter = 2
	return b
}

// worker takes a worker on a fresh copy of the store, or starts one.
func (p *Pool) worker(ctx context.Context) (*process, error) {
	r, err := p.fresh()
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		w := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		r.leave()
		return w, nil
	}
	p.mu.Unlock()
	w, err := p.start(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("start a process for the query: %w", err)
	}
	return w, nil
}

// start starts a worker on a copy, which it is a user of; when that fails it leaves the copy.
func (p *Pool) start(ctx context.Context, r *replica) (*process, error) {
	dir, err := r.share()
	var w *process
	if err == nil {
		w, err = start(ctx, r, p.o.Command(dir))
	}
	if err != nil {
		r.leave()
	}
	return w, err
}

// fresh returns the copy of the store as it is now, with one user more.
func (p *Pool) fresh() (*replica, error) {
	p.copying.Lock()
	defer p.copying.Unlock()
	changes := p.o.Changes() // before the copy is made: a change meanwhile makes it old
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, problem.New(http.StatusServiceUnavailable, "unavailable", "the server is shutting down", "")
	}
	if p.current != nil && p.current.changes == changes {
		defer p.mu.Unlock()
		return p.current.enter(), nil
	}
	p.mu.Unlock()
	made, err := newReplica(p.o, changes)
	if err != nil {
		return nil, err
	}
	p.retire(made)
	return made.enter(), nil
}

// retire puts a copy in the place of the one before, whose idle workers end.
func (p *Pool) retire(next *replica) {
	p.mu.Lock()
	old, idle := p.current, p.idle
	p.current, p.idle = next, nil
	p.mu.Unlock()
	for _, w := range idle {
		w.end()
	}
	if old != nil {
		old.leave()
	}
}

// maxQueries is how many queries a worker answers: what its engine has gathered by then goes with it.
const maxQueries = 500

// release takes a worker back, or ends it.
func (p *Pool) release(w *process, healthy bool) {
	w.queries++
	p.mu.Lock()
	keep := healthy && !p.closed && w.replica == p.current && w.queries < maxQueries
	again := !p.closed && !keep && w.replica == p.current
	if keep {
		p.idle = append(p.idle, w)
	}
	p.mu.Unlock()
	if !keep {
		w.end()
	}
	if again {
		p.wait.Go(p.Warm)
	}
}

// Warm starts a worker unless one is idle, so that the next query need not wait for it. A failure shows at that query.
func (p *Pool) Warm() {
	r, err := p.fresh()
	if err != nil {
		p.o.Log.Error("make a copy of the store for queries", "error", err)
		return
	}
	p.mu.Lock()
	enough := len(p.idle) > 0
	p.mu.Unlock()
	if enough {
		r.leave()
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	w, err := p.start(ctx, r)
	if err != nil {
		p.o.Log.Error("start a process for queries", "error", err)
		return
	}
	w.queries--
	p.release(w, true)
}

// Close ends the workers and removes the copies. Queries under way must have ended.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.wait.Wait()
	p.copying.Lock()
	defer p.copying.Unlock()
	p.retire(nil)
}
