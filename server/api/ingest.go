package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"

	"newsgraph/ingest/source"
	"newsgraph/schema"
	"newsgraph/server/jobs"
	"newsgraph/server/problem"
	"newsgraph/server/workspace"
)

type jobJSON struct {
	ID       string            `json:"id"`
	Kind     string            `json:"kind"`
	State    jobs.State        `json:"state"`
	DryRun   bool              `json:"dry_run"`
	Done     int               `json:"done"`
	Total    int               `json:"total"`
	Summary  workspace.Summary `json:"summary"`
	Outcomes []outcomeJSON     `json:"outcomes"`
	Error    string            `json:"error,omitempty"`
	Created  *time.Time        `json:"created,omitempty"`
	Ended    *time.Time        `json:"ended,omitempty"`
	Changes  *changesJSON      `json:"changes,omitempty"`
}

type outcomeJSON struct {
	Name     string           `json:"name"`
	Document string           `json:"document,omitempty"`
	Title    string           `json:"title,omitempty"`
	Status   workspace.Status `json:"status"`
	Claims   int              `json:"claims"`
	Error    string           `json:"error,omitempty"`
}

type changesJSON struct {
	ClaimsAdded        int       `json:"claims_added"`
	ClaimsRemoved      int       `json:"claims_removed"`
	EntitiesAdded      []refJSON `json:"entities_added"`
	EntitiesAddedTotal int       `json:"entities_added_total"`
}

const (
	maxArticles = 1000 // in one request
	maxNew      = 200  // entities that a job lists
)

// articleJSON is an article as it is handed in.
type articleJSON struct {
	Text      string `json:"text"`
	Name      string `json:"name"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Published string `json:"published"`
	URL       string `json:"url"`
}

func (a *API) ingest(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	read := requestJSON
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		read = requestForm
	}
	q, err := read(r)
	if err != nil {
		return err
	}
	if len(q.Articles) == 0 || len(q.Articles) > maxArticles {
		return problem.Bad("there must be from 1 to %d articles, not %d", maxArticles, len(q.Articles))
	}
	return a.begin(w, q)
}

func requestJSON(r *http.Request) (q jobs.Request, err error) {
	var body struct {
		Articles []articleJSON `json:"articles"`
		DryRun   bool          `json:"dry_run"`
		Again    bool          `json:"again"`
	}
	if err := decode(r, &body); err != nil {
		return q, err
	}
	q = jobs.Request{Kind: "ingest", DryRun: body.DryRun, Again: body.Again}
	for i, in := range body.Articles {
		if err := checkOptions(in); err != nil {
			return q, err
		}
		name := path.Base(cmp.Or(in.Name, fmt.Sprintf("article %d", i+1)))
		q.Articles = append(q.Articles, jobs.Article{Name: name, Text: []byte(in.Text), Options: options(in)})
	}
	return q, nil
}

func options(in articleJSON) source.Options {
	return source.Options{Title: in.Title, Publisher: in.Publisher, Published: in.Published, URL: in.URL}
}

// checkOptions refuses at once what can be known to be wrong without reading the article.
func checkOptions(in articleJSON) error {
	if in.Published != "" {
		if _, err := source.ParseDate(in.Published); err != nil {
			return problem.Bad("published must be a date such as 2020-09-14, not %q", in.Published)
		}
	}
	if in.URL != "" && webURL(in.URL) == "" {
		return problem.Bad("url must begin with http:// or https://, not %q", in.URL)
	}
	return nil
}

// requestForm reads a form part by part; nothing of it goes to disk, and the name of a file is only a name.
func requestForm(r *http.Request) (q jobs.Request, err error) {
	form, err := r.MultipartReader()
	if err != nil {
		return q, problem.Bad("the form cannot be read: %v", err)
	}
	q.Kind = "ingest"
	fields := map[string]string{}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return q, formError(err)
		}
		if err := readPart(part, &q, fields); err != nil {
			return q, err
		}
	}
	in := articleJSON{Title: fields["title"], Publisher: fields["publisher"], Published: fields["published"], URL: fields["url"]}
	if len(q.Articles) > 1 && (in.Title != "" || in.URL != "") {
		return q, problem.Bad("title and url are for one article, not for %d", len(q.Articles))
	}
	for i := range q.Articles {
		q.Articles[i].Options = options(in)
	}
	q.DryRun, q.Again = fields["dry_run"] == "true", fields["again"] == "true"
	return q, checkOptions(in)
}

// formError is an error of the form, or of the limit on its size.
func formError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return problem.Bad("the form cannot be read: %v", err)
}

func readPart(part *multipart.Part, q *jobs.Request, fields map[string]string) error {
	const longestField = 4 << 10
	name := part.FormName()
	if name == "file" {
		if len(q.Articles) == maxArticles {
			return problem.Bad("there are more than %d articles", maxArticles)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return formError(err)
		}
		file := cmp.Or(part.FileName(), fmt.Sprintf("article %d", len(q.Articles)+1))
		q.Articles = append(q.Articles, jobs.Article{Name: file, Text: text})
		return nil
	}
	value, err := io.ReadAll(io.LimitReader(part, longestField+1))
	if err != nil {
		return formError(err)
	}
	if len(value) > longestField {
		return problem.Bad("%s is longer than %d bytes", name, longestField)
	}
	switch name {
	case "title", "publisher", "published", "url", "dry_run", "again":
		fields[name] = strings.TrimSpace(string(value))
		return nil
	}
	return problem.Bad("there is no field %q", name)
}

func (a *API) samples(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	articles, err := jobs.Samples()
	if err != nil {
		return err
	}
	return a.begin(w, jobs.Request{Kind: "samples", Articles: articles})
}

// begin hands a job in and answers with it.
func (a *API) begin(w http.ResponseWriter, q jobs.Request) error {
	if a.o.Jobs == nil {
		return problem.ReadOnly()
	}
	job, err := a.o.Jobs.Add(q)
	if errors.Is(err, jobs.ErrFull) {
		p := problem.New(http.StatusServiceUnavailable, "unavailable", "too many ingests are waiting", "wait until some are done")
		p.RetryAfter = 10
		return p
	}
	if errors.Is(err, jobs.ErrClosed) {
		return problem.New(http.StatusServiceUnavailable, "unavailable", "the server is shutting down", "")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/api/jobs/"+job.ID())
	snapshot, _ := job.Snapshot()
	return write(w, http.StatusAccepted, a.jobJSON(snapshot))
}

func (a *API) jobJSON(s jobs.Snapshot) jobJSON {
	j := jobJSON{ID: s.ID, Kind: s.Kind, State: s.State, DryRun: s.DryRun, Done: s.Done, Total: s.Total, Summary: s.Summary,
		Outcomes: []outcomeJSON{}, Created: moment(s.Created), Ended: moment(s.Ended)}
	if s.Err != nil {
		j.Error = problem.Of(s.Err).Message
	}
	for _, o := range s.Outcomes {
		j.Outcomes = append(j.Outcomes, a.outcomeJSON(o))
	}
	if s.Changes == nil {
		return j
	}
	j.Changes = &changesJSON{ClaimsAdded: s.Changes.ClaimsAdded, ClaimsRemoved: s.Changes.ClaimsRemoved, EntitiesAdded: []refJSON{},
		EntitiesAddedTotal: len(s.Changes.EntitiesAdded)}
	state := a.o.Catalog.State()
	for _, id := range s.Changes.EntitiesAdded[:min(maxNew, len(s.Changes.EntitiesAdded))] {
		ref := refJSON{ID: id, Label: strings.ReplaceAll(id, "_", " ")}
		if e, ok := state.Entity(id); ok {
			ref = refJSON{e.ID, e.Label, e.Type}
		}
		j.Changes.EntitiesAdded = append(j.Changes.EntitiesAdded, ref)
	}
	return j
}

// moment is a time to the millisecond, nil for the zero one.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Round(time.Millisecond)
	return &t
}

func (a *API) outcomeJSON(o workspace.Outcome) outcomeJSON {
	j := outcomeJSON{Name: o.Name, Document: o.Document, Status: o.Status, Claims: o.Claims}
	if o.Err != nil {
		j.Error = o.Err.Error()
	}
	if d, ok := a.o.Catalog.State().Document(o.Document); ok {
		j.Title = d.Title
	}
	return j
}

func (a *API) jobs(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	list := itemsJSON[jobJSON]{Items: []jobJSON{}}
	if a.o.Jobs != nil {
		for _, job := range a.o.Jobs.Jobs() {
			snapshot, _ := job.Snapshot()
			list.Items = append(list.Items, a.jobJSON(snapshot))
		}
	}
	return write(w, http.StatusOK, list)
}

// found returns the job that the address names.
func (a *API) found(r *http.Request) (*jobs.Job, error) {
	if err := newParams(r).done(); err != nil {
		return nil, err
	}
	if a.o.Jobs != nil {
		if job, ok := a.o.Jobs.Job(r.PathValue("id")); ok {
			return job, nil
		}
	}
	return nil, problem.NotFound("there is no job %q", r.PathValue("id"))
}

func (a *API) job(w http.ResponseWriter, r *http.Request) error {
	job, err := a.found(r)
	if err != nil {
		return err
	}
	snapshot, _ := job.Snapshot()
	return write(w, http.StatusOK, a.jobJSON(snapshot))
}

func (a *API) removeJob(w http.ResponseWriter, r *http.Request) error {
	job, err := a.found(r)
	if err != nil {
		return err
	}
	a.o.Jobs.Remove(job)
	snapshot, _ := job.Snapshot()
	return write(w, http.StatusOK, a.jobJSON(snapshot))
}

// events follows a job: https://html.spec.whatwg.org/multipage/server-sent-events.html.
func (a *API) events(w http.ResponseWriter, r *http.Request) error {
	job, err := a.found(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	told, done := 0, -1
	for {
		s, changed := job.Snapshot()
		if s.Done != done {
			done = s.Done
			event(w, "progress", map[string]int{"done": s.Done, "total": s.Total})
		}
		for ; told < len(s.Outcomes); told++ {
			event(w, "outcome", a.outcomeJSON(s.Outcomes[told]))
		}
		if s.State.Ended() {
			event(w, "end", a.jobJSON(s))
			return nil
		}
		if err := out.Flush(); err != nil {
			return nil // the client has gone
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return nil
		}
	}
}

// event writes one event. Its data are JSON, which has no line feeds.
func event(w io.Writer, name string, data any) {
	text, err := json.Marshal(data)
	if err == nil {
		_, _ = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, text) // what fails is that the client has gone
	}
}

func (a *API) preview(w http.ResponseWriter, r *http.Request) error {
	job, err := a.found(r)
	if err != nil {
		return err
	}
	list, ok := job.Preview()
	if !ok {
		return problem.New(http.StatusConflict, "conflict", "the job is no dry run that is done", "")
	}
	d := a.reader(r.Context())
	defer d.close()
	out := itemsJSON[evidenceJSON]{Items: []evidenceJSON{}}
	for _, p := range list {
		out.Items = append(out.Items, d.previewed(p))
	}
	return write(w, http.StatusOK, out)
}

// previewed writes what would become of an article.
func (d *reader) previewed(p workspace.Previewed) evidenceJSON {
	doc := p.Analysis.Document
	if doc.ID == "" {
		doc = schema.Document{ID: p.Document}
		if known, ok := d.Document(p.Document); ok {
			doc = known.Document
		}
	}
	claims := append([]schema.Claim(nil), p.Analysis.Claims...) // a preview may be asked for twice
	j := d.evidence(doc, claims)
	if p.Analysis.Document.ID == "" {
		j.Check = checkJSON{} // there is no text to check
	}
	j.Name, j.Status = p.Name, string(p.Status)
	if p.Err != nil {
		j.Error = p.Err.Error()
	}
	for i := range j.Claims {
		known := d.Has(j.Claims[i].ID)
		j.Claims[i].Known = &known
		if !known {
			j.Claims[i].Publishers, j.Claims[i].Documents, j.Claims[i].Published = 1, 1, doc.Published
		}
	}
	return j
}
