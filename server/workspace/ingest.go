package workspace

import (
	"context"
	"errors"
	"sync"

	"newsgraph/data"
	"newsgraph/ingest"
	"newsgraph/ingest/entity"
	"newsgraph/ingest/reprint"
	"newsgraph/ingest/source"
	"newsgraph/internal/build"
	"newsgraph/schema"
)

// Status says what became of an article.
type Status string

// What can become of an article.
const (
	New       Status = "new"
	Unchanged Status = "unchanged"
	Replaced  Status = "replaced"
	Failed    Status = "failed"
)

// Outcome is what became of one article. It is reported once the article is safely in the store.
type Outcome struct {
	Name     string // of the file, as source.Walk gives it
	Document string // the document's ID; empty where the file could not be read
	Status   Status
	Claims   int   // claims found in it; of a new or replaced article
	Err      error // why it failed
}

// IngestOptions say how to ingest; the zero value works.
type IngestOptions struct {
	// Workers is how many articles are analysed at once; 0 for the number of cores.
	Workers int
	// Batch is the least number of articles in one commit; 0 for 200.
	Batch int
	// Again analyses articles that are stored unchanged.
	Again bool
	// Report, if set, is called for every article, by one goroutine at a time.
	Report func(Outcome)
	// Progress, if set, is called after every article that was looked at, stored or not yet, by one goroutine at a time, with
	// the number of articles that the feed has, as far as it says.
	Progress func(total int)
}

// Feed calls f for every article there is, as source.Walk does, until f returns an error.
type Feed func(f func(source.Item) error) error

// Summary counts what became of the articles of one run.
type Summary struct {
	New       int `json:"new"`
	Unchanged int `json:"unchanged"`
	Replaced  int `json:"replaced"`
	Failed    int `json:"failed"`
	Claims    int `json:"claims"` // in new and replaced articles
}

// Ingest analyses the articles of the feed and brings the graph up to date, in batches that are each
// atomic and durable. When the feed ends early, what it gave is committed and its error returned.
// A failed article does not stop the others.
func (w *Workspace) Ingest(ctx context.Context, feed Feed, o IngestOptions) (Summary, error) {
	r, err := w.newRun(ctx, o)
	if err != nil {
		return Summary{}, err
	}
	pipeline, err := w.pipeline()
	if err != nil {
		return Summary{}, err
	}
	var fed error
	documents := func(yield func(schema.Document) bool) { fed = r.read(feed, yield) }
	take := func(result *ingest.Result) error { return r.take(ctx, result) }
	if err := pipeline.Run(ctx, documents, o.Workers, take); err != nil {
		return r.sum, err
	}
	if err := r.commit(ctx); err != nil {
		return r.sum, err
	}
	return r.sum, fed
}

// run is one call of Ingest.
type run struct {
	w           *Workspace
	o           IngestOptions
	fingerprint string

	mu     sync.Mutex // guards the fields up to the next blank line
	sum    Summary
	latest map[string]string    // document ID to the digest of the article last read
	queue  []input              // articles read and not yet analysed, in order
	states map[string]state     // of all stored articles
	same   map[string][]Outcome // of articles equal to one that is on its way, by document

	// What follows belongs to the goroutine that takes results.
	batch     []done
	summaries map[string]entity.Summary  // of all stored articles
	reprints  map[string]reprint.Article // of all stored articles
	decisions []schema.Decision
	decided   []byte            // the text that they were read from
	known     []schema.Decision // with the numbers that they have in the graph, sorted
	adopted   bool              // decided is not in the file yet
	keep      bool              // entities whose articles are in the graph and not yet in the run keep their names
}

// input is an article on its way to be analysed.
type input struct {
	name, document, digest string
	total                  int
	replaces               bool
}

// done is an article that was analysed.
type done struct {
	input
	analysis schema.Analysis
	summary  entity.Summary
	reprint  reprint.Article
}

func (w *Workspace) newRun(ctx context.Context, o IngestOptions) (*run, error) {
	fingerprint, err := build.Fingerprint(data.FS)
	if err != nil {
		return nil, err
	}
	r := &run{w: w, o: o, fingerprint: fingerprint, latest: map[string]string{}, same: map[string][]Outcome{}}
	if r.o.Batch <= 0 {
		r.o.Batch = 200
	}
	if r.summaries, err = readAll[entity.Summary](ctx, w, summaryPrefix); err != nil {
		return nil, err
	}
	if r.reprints, err = readAll[reprint.Article](ctx, w, reprintPrefix); err != nil {
		return nil, err
	}
	if r.decided, r.decisions, err = w.readDecisions(ctx); err != nil {
		return nil, err
	}
	if r.known, err = w.numberedDecisions(ctx); err != nil {
		return nil, err
	}
	r.states, err = readAll[state](ctx, w, statePrefix)
	return r, err
}

// errEnough ends a feed whose articles nobody takes any more.
var errEnough = errors.New("no more articles wanted")

// read passes on those articles of the feed that need to be analysed.
func (r *run) read(feed Feed, yield func(schema.Document) bool) error {
	err := feed(func(item source.Item) error {
		wanted, err := r.wanted(item)
		if err != nil || !wanted {
			return err
		}
		if !yield(item.Doc) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// wanted decides whether an article must be analysed, and reports those that need not or cannot be.
func (r *run) wanted(item source.Item) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if item.Err != nil {
		r.progress(item.Total)
		r.report(Outcome{Name: item.Name, Status: Failed, Err: item.Err})
		return false, nil
	}
	digest, err := inputDigest(item.Doc, r.fingerprint)
	if err != nil {
		return false, err
	}
	id := item.Doc.ID
	old, stored := r.states[id]
	before, coming := r.latest[id]
	if coming {
		old.Input = before
	}
	if old.Input == digest && (coming || !r.o.Again) {
		r.progress(item.Total)
		r.unchanged(Outcome{Name: item.Name, Document: id, Status: Unchanged}, digest)
		return false, nil
	}
	r.latest[id] = digest
	r.queue = append(r.queue, input{name: item.Name, document: id, digest: digest, total: item.Total, replaces: stored || coming})
	return true, nil
}

// unchanged reports an article that need not be analysed: at once when it is stored, else when the same article from before, which
// is on its way, has been. The caller holds r.mu.
func (r *run) unchanged(o Outcome, digest string) {
	if r.states[o.Document].Input == digest {
		r.report(o)
		return
	}
	r.same[o.Document] = append(r.same[o.Document], o)
}

// reportSame reports the articles that waited for a document, which failed with err or was stored. The caller holds r.mu.
func (r *run) reportSame(document string, err error) {
	for _, o := range r.same[document] {
		if err != nil {
			o.Status, o.Err = Failed, err
		}
		r.report(o)
	}
	delete(r.same, document)
}

// progress says that one more article was looked at. The caller holds r.mu.
func (r *run) progress(total int) {
	if r.o.Progress != nil {
		r.o.Progress(total)
	}
}

// report counts an outcome and passes it on. The caller holds r.mu.
func (r *run) report(o Outcome) {
	switch o.Status {
	case New:
		r.sum.New++
	case Unchanged:
		r.sum.Unchanged++
	case Replaced:
		r.sum.Replaced++
	case Failed:
		r.sum.Failed++
	}
	r.sum.Claims += o.Claims
	if r.o.Report != nil {
		r.o.Report(o)
	}
}
