package jobs_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"newsgraph/ingest/source"
	"newsgraph/server/catalog"
	"newsgraph/server/jobs"
	"newsgraph/server/workspace"
)

var pipeline = sync.OnceValues(workspace.LoadPipeline)

func runner(t *testing.T, o jobs.Options) (*jobs.Runner, *workspace.Workspace) {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: t.Name(), InMemory: true, Pipeline: pipeline})
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.New(t.Context(), w.Graph())
	if err != nil {
		t.Fatal(err)
	}
	o.Workspace, o.Catalog = w, c
	r := jobs.New(o)
	t.Cleanup(func() {
		if err := errors.Join(r.Close(context.Background()), w.Close()); err != nil {
			t.Error(err)
		}
	})
	return r, w
}

func article(title, text string) jobs.Article {
	return jobs.Article{Name: title + ".txt", Text: []byte(text), Options: source.Options{Title: title, Publisher: "News", Published: "2020-09-14"}}
}

// wait follows a job to its end.
func wait(t *testing.T, j *jobs.Job) jobs.Snapshot {
	t.Helper()
	for {
		s, changed := j.Snapshot()
		if s.State.Ended() {
			return s
		}
		select {
		case <-changed:
		case <-time.After(time.Minute):
			t.Fatalf("job %s is %s after a minute", s.ID, s.State)
		}
	}
}

func add(t *testing.T, r *jobs.Runner, q jobs.Request) *jobs.Job {
	t.Helper()
	j, err := r.Add(q)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// A dry run tells what the same articles then change, and changes nothing itself.
func TestDryRunAndIngest(t *testing.T) {
	t.Parallel()
	r, w := runner(t, jobs.Options{})
	q := jobs.Request{Kind: "ingest", DryRun: true, Articles: []jobs.Article{
		article("Loan", "Russia would lend Belarus money, Putin said.\n"), {Name: "empty.txt"},
	}}
	dry := add(t, r, q)
	planned := wait(t, dry)
	list, ok := dry.Preview()
	if planned.State != jobs.Done || !ok || len(list) != 2 || planned.Summary.New != 1 || planned.Summary.Failed != 1 || planned.Done != 2 {
		t.Fatalf("dry run: %+v, preview %v of %d", planned, ok, len(list))
	}
	if stats, err := w.Stats(t.Context()); err != nil || stats.Claims != 0 {
		t.Errorf("the dry run left %d claims, %v", stats.Claims, err)
	}
	q.DryRun = false
	done := wait(t, add(t, r, q))
	if done.State != jobs.Done || done.Changes == nil || done.Changes.ClaimsAdded == 0 ||
		done.Changes.ClaimsAdded != planned.Changes.ClaimsAdded || len(done.Changes.EntitiesAdded) < 2 {
		t.Errorf("ingest: %+v %+v, planned %+v", done, done.Changes, planned.Changes)
	}
	if list := r.Jobs(); len(list) != 2 || list[1] != dry {
		t.Errorf("%d jobs, the first last", len(list))
	}
}

// One job runs at a time, those that wait can be cancelled, and there is an end to how many wait.
func TestQueue(t *testing.T) {
	t.Parallel()
	r, _ := runner(t, jobs.Options{Waiting: 2, Kept: 1})
	samples, err := jobs.Samples()
	if err != nil || len(samples) == 0 {
		t.Fatalf("%d samples, %v", len(samples), err)
	}
	first := add(t, r, jobs.Request{Kind: "samples", Articles: samples})
	for first.State() == jobs.Queued {
		_, changed := first.Snapshot()
		if first.State() == jobs.Queued {
			<-changed
		}
	}
	second, third := add(t, r, jobs.Request{Articles: samples}), add(t, r, jobs.Request{Articles: samples})
	if _, err := r.Add(jobs.Request{}); !errors.Is(err, jobs.ErrFull) {
		t.Errorf("a fourth job: %v, want ErrFull", err)
	}
	r.Remove(second)
	if second.State() != jobs.Cancelled {
		t.Errorf("the second job is %s", second.State())
	}
	if _, ok := r.Job(second.ID()); ok {
		t.Error("a removed job that has ended is still there")
	}
	if s := wait(t, first); s.State != jobs.Done || s.Summary.New != len(samples) {
		t.Errorf("first: %+v", s)
	}
	if s := wait(t, third); s.State != jobs.Done || s.Summary.Unchanged != len(samples) {
		t.Errorf("third: %+v", s)
	}
}

// A job that is cancelled, or closed on, has committed what it read.
func TestCancelKeepsWhatWasRead(t *testing.T) {
	t.Parallel()
	r, w := runner(t, jobs.Options{Workers: 1})
	var articles []jobs.Article
	for i := range 60 {
		articles = append(articles, article("Talks "+string(rune('A'+i)), "Angela Merkel met Emmanuel Macron in Paris on Monday.\n"))
	}
	j := add(t, r, jobs.Request{Articles: articles})
	for {
		s, changed := j.Snapshot()
		if s.Done > 0 || s.State.Ended() {
			break
		}
		<-changed
	}
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, _ := j.Snapshot()
	stats, err := w.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.State != jobs.Cancelled || stats.Documents == 0 || stats.Documents == len(articles) || stats.Documents != s.Summary.New {
		t.Errorf("%s, %d documents of %d, reported %d", s.State, stats.Documents, len(articles), s.Summary.New)
	}
	if _, err := r.Add(jobs.Request{}); !errors.Is(err, jobs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
