package jobs

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"newsgraph/data"
	"newsgraph/ingest/source"
	"newsgraph/server/catalog"
	"newsgraph/server/workspace"
)

// State says how far a job is.
type State string

// The states of a job. The last three are its end.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Ended says whether nothing more will happen.
func (s State) Ended() bool { return s == Done || s == Failed || s == Cancelled }

// maxOutcomes is how many outcomes a job keeps; all are counted.
const maxOutcomes = 1000

// Job is an ingest, or the preview of one. It is safe for concurrent use.
type Job struct {
	id      string
	request Request
	ctx     context.Context // ends when the job is cancelled
	cancel  context.CancelFunc
	created time.Time

	mu       sync.Mutex
	state    State
	done     int
	outcomes []workspace.Outcome
	summary  workspace.Summary
	err      error
	ended    time.Time
	changes  *Changes
	preview  []workspace.Previewed
	changed  chan struct{} // closed and made anew at every change
}

// Changes are what a job changed in the graph, or in a dry run would change.
type Changes struct {
	ClaimsAdded, ClaimsRemoved int
	EntitiesAdded              []string // IDs
}

// Snapshot is a job as it stands at one moment.
type Snapshot struct {
	ID, Kind       string
	State          State
	DryRun         bool
	Done, Total    int
	Outcomes       []workspace.Outcome // the first 1,000
	Summary        workspace.Summary
	Err            error
	Created, Ended time.Time
	Changes        *Changes // nil while the job has not ended
}

// ID names the job.
func (j *Job) ID() string { return j.id }

// State says how far the job is.
func (j *Job) State() State {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state
}

// Snapshot returns the job as it stands, and a channel that is closed at the next change.
func (j *Job) Snapshot() (Snapshot, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return Snapshot{ID: j.id, Kind: j.request.Kind, State: j.state, DryRun: j.request.DryRun, Done: j.done, Total: len(j.request.Articles),
		Outcomes: j.outcomes[:len(j.outcomes):len(j.outcomes)], Summary: j.summary, Err: j.err, Created: j.created, Ended: j.ended,
		Changes: j.changes}, j.changed
}

// Preview returns the articles of a dry run that is done; ok is false for any other job.
func (j *Job) Preview() (list []workspace.Previewed, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.preview, j.request.DryRun && j.state == Done
}

// Cancel ends the job: one that waits at once, one that runs after it has committed what it has read.
func (j *Job) Cancel() {
	j.cancel()
	j.change(func() {
		if j.state == Queued {
			j.state = Cancelled
		}
	})
}

// change lets f change the job and wakes who waits for it.
func (j *Job) change(f func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f()
	close(j.changed)
	j.changed = make(chan struct{})
}

// begin says whether the job is to run.
func (j *Job) begin() (run bool) {
	j.change(func() {
		if run = j.state == Queued; run {
			j.state = Running
		}
	})
	return run
}

func (j *Job) report(o workspace.Outcome) {
	j.change(func() {
		if len(j.outcomes) < maxOutcomes {
			j.outcomes = append(j.outcomes, o)
		}
		j.count(o)
	})
}

// count keeps the sums of what was reported.
func (j *Job) count(o workspace.Outcome) {
	switch o.Status {
	case workspace.New:
		j.summary.New++
	case workspace.Unchanged:
		j.summary.Unchanged++
	case workspace.Replaced:
		j.summary.Replaced++
	case workspace.Failed:
		j.summary.Failed++
	}
	j.summary.Claims += o.Claims
}

// feed hands the articles on until the job is cancelled.
func (j *Job) feed(maxBytes int64) workspace.Feed {
	return func(f func(source.Item) error) error {
		for _, a := range j.request.Articles {
			if j.ctx.Err() != nil {
				return nil // what was read is still committed
			}
			item := source.Item{Name: a.Name, Total: len(j.request.Articles)}
			a.Options.MaxBytes = cmp.Or(a.Options.MaxBytes, maxBytes)
			docs, err := source.Read(j.ctx, a.Name, bytes.NewReader(a.Text), a.Options)
			if item.Err = err; err == nil {
				item.Doc = docs[0]
			}
			if err := f(item); err != nil {
				return err
			}
		}
		return nil
	}
}

// run carries a job out.
func (r *Runner) run(j *Job) {
	defer j.cancel()
	r.turn <- struct{}{}
	defer func() { <-r.turn }()
	if !j.begin() {
		return
	}
	changes, err := r.work(j)
	cancelled := j.ctx.Err() != nil
	j.change(func() {
		j.changes, j.ended = changes, r.o.Now()
		switch {
		case err == nil && !cancelled:
			j.state = Done
		case cancelled:
			j.state = Cancelled
		default:
			j.state, j.err = Failed, err
		}
	})
}

// work ingests or previews, and says what changed. A panic is an error of the job.
func (r *Runner) work(j *Job) (changes *Changes, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal error: %v", fault)
		}
	}()
	o := workspace.IngestOptions{Workers: r.o.Workers, Again: j.request.Again, Report: j.report,
		Progress: func(int) { j.change(func() { j.done++ }) }}
	if j.request.DryRun {
		return r.preview(j, o)
	}
	before := r.o.Catalog.State()
	// The job's own context only ends the feed: what was analysed is committed.
	_, err = r.o.Workspace.Ingest(r.ctx, j.feed(r.o.MaxBytes), o)
	if refreshed := r.o.Catalog.Refresh(r.ctx); err == nil {
		err = refreshed
	}
	added, removed, entities := r.o.Catalog.State().Since(before)
	return &Changes{added, removed, entities}, err
}

func (r *Runner) preview(j *Job, o workspace.IngestOptions) (*Changes, error) {
	list, err := r.o.Workspace.Preview(j.ctx, j.feed(r.o.MaxBytes), o)
	if err != nil {
		return nil, err
	}
	j.change(func() { j.preview = list })
	return wouldChange(r.o.Catalog.State(), list), nil
}

// wouldChange counts what a preview has and the graph has not. Claims that replaced articles no longer tell are not counted.
func wouldChange(s *catalog.State, list []workspace.Previewed) *Changes {
	c := &Changes{}
	claims, entities := map[string]bool{}, map[string]bool{}
	for _, p := range list {
		for _, claim := range p.Analysis.Claims {
			if !claims[claim.ID] && !s.Has(claim.ID) {
				c.ClaimsAdded++
			}
			claims[claim.ID] = true
			ids := []string{claim.Subject.ID}
			if claim.Object.Entity != nil {
				ids = append(ids, claim.Object.Entity.ID)
			}
			for _, id := range ids {
				if _, ok := s.Entity(id); !ok && !entities[id] {
					entities[id] = true
					c.EntitiesAdded = append(c.EntitiesAdded, id)
				}
			}
		}
	}
	return c
}

// Samples are the sample articles that ship with the program.
func Samples() ([]Article, error) {
	names, err := fs.Glob(data.FS, "samples/*.txt")
	if err != nil {
		return nil, err
	}
	var list []Article
	for _, name := range names {
		text, err := data.FS.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the sample %s: %w", name, err)
		}
		list = append(list, Article{Name: name, Text: text})
	}
	return list, nil
}
