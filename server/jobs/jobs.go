// Package jobs runs ingests for a server, one after the other: what enters are articles, what leaves is how far a job is, what
// became of each article and what changed in the graph, to be asked for or followed as it happens. A job outlives the
// request that began it. Closing the runner lets the job under way commit what it has read.
//
// Errors: ErrFull when too many jobs wait, ErrClosed after Close.
package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"time"

	"newsgraph/ingest/source"
	"newsgraph/server/catalog"
	"newsgraph/server/workspace"
)

// Errors that a caller may branch on.
var (
	ErrFull   = errors.New("too many jobs are waiting")
	ErrClosed = errors.New("no more jobs are taken")
)

// Options of a Runner.
type Options struct {
	Workspace *workspace.Workspace
	Catalog   *catalog.Catalog
	// Waiting is the most jobs that wait; 0 for 16. Kept is how many ended ones are remembered; 0 for 50.
	Waiting, Kept int
	// Workers is how many articles are analysed at once; 0 for the number of cores.
	Workers int
	// MaxBytes is the size of the largest article; 0 for source.DefaultMaxBytes.
	MaxBytes int64
	// Now is the clock; nil for the real one.
	Now func() time.Time
}

// Article is one that was handed in.
type Article struct {
	Name    string
	Text    []byte
	Options source.Options
}

// Request says what to do with which articles.
type Request struct {
	Kind     string // "ingest" or "samples", for who looks at the job
	Articles []Article
	DryRun   bool
	Again    bool
}

// Runner runs jobs. It is safe for concurrent use.
type Runner struct {
	o    Options
	ctx  context.Context // ends when Close gives up waiting
	stop context.CancelFunc
	wait sync.WaitGroup
	turn chan struct{} // held by who writes

	mu     sync.Mutex
	jobs   []*Job // the newest last
	queue  chan *Job
	closed bool
}

// New returns a runner. The caller closes it, and before the workspace.
func New(o Options) *Runner {
	if o.Waiting == 0 {
		o.Waiting = 16
	}
	if o.Kept == 0 {
		o.Kept = 50
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	r := &Runner{o: o, queue: make(chan *Job, o.Waiting), turn: make(chan struct{}, 1)}
	r.ctx, r.stop = context.WithCancel(context.Background())
	r.wait.Go(func() {
		for job := range r.queue {
			r.run(job)
		}
	})
	return r
}

// Add takes a job in. Articles that cannot be read are found when the job runs.
func (r *Runner) Add(q Request) (*Job, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, ErrClosed
	}
	ctx, cancel := context.WithCancel(r.ctx)
	job := &Job{id: rand.Text()[:16], request: q, ctx: ctx, cancel: cancel, state: Queued, created: r.o.Now(), changed: make(chan struct{})}
	select {
	case r.queue <- job:
	default:
		cancel()
		return nil, ErrFull
	}
	r.jobs = append(r.jobs, job)
	r.forget()
	return job, nil
}

// forget drops the oldest ended jobs beyond those that are kept.
func (r *Runner) forget() {
	ended := 0
	for _, j := range r.jobs {
		if j.State().Ended() {
			ended++
		}
	}
	r.jobs = slices.DeleteFunc(r.jobs, func(j *Job) bool {
		drop := ended > r.o.Kept && j.State().Ended()
		if drop {
			ended--
		}
		return drop
	})
}

// Jobs lists the jobs, the newest first.
func (r *Runner) Jobs() []*Job {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := slices.Clone(r.jobs)
	slices.Reverse(list)
	return list
}

// Job returns the job with this ID; ok is false when there is none.
func (r *Runner) Job(id string) (job *Job, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.jobs {
		if j.id == id {
			return j, true
		}
	}
	return nil, false
}

// Remove cancels a job; one that has ended is forgotten.
func (r *Runner) Remove(job *Job) {
	job.Cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	if job.State().Ended() {
		r.jobs = slices.DeleteFunc(r.jobs, func(j *Job) bool { return j == job })
	}
}

// Alone calls f while no job runs, and brings the catalog up to date behind it. It waits for the job under way, unless ctx ends first.
func (r *Runner) Alone(ctx context.Context, f func() error) error {
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-r.turn }()
	r.mu.Lock()
	closed := r.closed
	r.mu.Unlock()
	if closed {
		return ErrClosed
	}
	if err := f(); err != nil {
		return err
	}
	return r.o.Catalog.Refresh(ctx)
}

// Close takes no more jobs, cancels those that wait, lets the one under way commit what it has read, and returns when all
// have ended. When ctx ends first, what is under way is given up.
func (r *Runner) Close(ctx context.Context) error {
	r.mu.Lock()
	first := !r.closed
	r.closed = true
	jobs := slices.Clone(r.jobs)
	r.mu.Unlock()
	if first {
		close(r.queue)
	}
	for _, j := range jobs {
		j.Cancel()
	}
	done := make(chan struct{})
	go func() {
		r.wait.Wait()
		close(done)
	}()
	defer r.stop()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		r.stop()
		<-done
		return ctx.Err()
	}
}
