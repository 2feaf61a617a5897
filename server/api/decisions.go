package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"newsgraph/schema"
	"newsgraph/server/problem"
	"newsgraph/server/workspace"
)

type decisionsJSON struct {
	Items   []decisionJSON `json:"items"`
	Applied bool           `json:"applied"`
}

type decisionJSON struct {
	Line     int      `json:"line"`
	Action   string   `json:"action"`
	Entity   refJSON  `json:"entity"`
	Other    *refJSON `json:"other,omitempty"`
	Document string   `json:"document,omitempty"`
	Title    string   `json:"title,omitempty"`
	Name     string   `json:"name,omitempty"`
	Idle     string   `json:"idle,omitempty"`
}

type decidedJSON struct {
	DryRun    bool      `json:"dry_run"`
	Documents int       `json:"documents"`
	Claims    int       `json:"claims"`
	Entities  []refJSON `json:"entities"`
	Gone      []refJSON `json:"gone"`
	New       []refJSON `json:"new"`
}

// decisionQuery is a decision as it is asked for.
type decisionQuery struct {
	Action    string   `json:"action"`
	Entity    string   `json:"entity"`
	Other     string   `json:"other"`
	Documents []string `json:"documents"`
	Name      string   `json:"name"`
	DryRun    bool     `json:"dry_run"`
}

// undoQuery names a decision by what it says, since lines move.
type undoQuery struct {
	Action   string `json:"action"`
	Entity   string `json:"entity"`
	Other    string `json:"other"`
	Document string `json:"document"`
	Name     string `json:"name"`
	DryRun   bool   `json:"dry_run"`
}

func (a *API) decisions(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	list, applied, err := a.o.Workspace.Decisions(r.Context())
	if err != nil {
		return decisionProblem(err)
	}
	d := a.reader(r.Context())
	defer d.close()
	j := decisionsJSON{[]decisionJSON{}, applied}
	for _, x := range list {
		one := decisionJSON{Line: x.Line, Action: x.Action, Entity: d.decided(x.Entity), Document: x.Document, Name: x.Name, Idle: x.Idle}
		if x.Other != "" {
			other := d.decided(x.Other)
			one.Other = &other
		}
		if doc, ok := d.Document(x.Document); ok {
			one.Title = doc.Title
		}
		j.Items = append(j.Items, one)
	}
	return write(w, http.StatusOK, j)
}

// decided refers to an entity that may have gone into another one.
func (d *reader) decided(id string) refJSON {
	r := d.ref(id)
	if _, ok := d.Entity(id); !ok {
		r.Label = strings.ReplaceAll(id, "_", " ")
	}
	return r
}

func (a *API) decide(w http.ResponseWriter, r *http.Request) error {
	var q decisionQuery
	if err := body(r, &q); err != nil {
		return err
	}
	switch {
	case q.Entity == "":
		return problem.Bad("entity is missing")
	case q.Action == schema.Merge && q.Other == "":
		return problem.Bad("other is missing")
	case q.Action == schema.Split && len(q.Documents) == 0:
		return problem.Bad("documents is missing")
	case q.Action != schema.Merge && q.Action != schema.Split:
		return problem.Bad("action must be merge or split, not %q", q.Action)
	case len(q.Documents) > maxValues || len(q.Name) > maxName:
		return problem.Bad("that is too much for one decision")
	}
	return a.draft(w, r, q.DryRun, func(ctx context.Context) (*workspace.Draft, error) {
		if q.Action == schema.Merge {
			return a.o.Workspace.DraftMerge(ctx, q.Entity, q.Other)
		}
		return a.o.Workspace.DraftSplit(ctx, q.Entity, q.Documents, q.Name)
	})
}

func (a *API) undecide(w http.ResponseWriter, r *http.Request) error {
	var q undoQuery
	if err := body(r, &q); err != nil {
		return err
	}
	d := schema.Decision{Action: q.Action, Entity: q.Entity, Other: q.Other, Document: q.Document, Name: q.Name}
	return a.draft(w, r, q.DryRun, func(ctx context.Context) (*workspace.Draft, error) { return a.o.Workspace.DraftUndo(ctx, d) })
}

// body reads a body of JSON of a call without parameters.
func body(r *http.Request, v any) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	return decode(r, v)
}

// forWriting is how long a decision waits for the ingest under way.
const forWriting = 10 * time.Second

// draft works a decision out, makes it unless it is only to be shown, and says what it does.
func (a *API) draft(w http.ResponseWriter, r *http.Request, dry bool, work func(context.Context) (*workspace.Draft, error)) error {
	if a.o.Jobs == nil {
		return problem.ReadOnly()
	}
	turn, cancel := context.WithTimeout(r.Context(), forWriting)
	defer cancel()
	var j decidedJSON
	began := false
	err := a.o.Jobs.Alone(turn, func() error {
		began = true
		ctx := context.WithoutCancel(r.Context()) // a decision is made whole
		d, err := work(ctx)
		if err != nil {
			return err
		}
		renamed := a.o.Catalog.State().Renames(&d.Change)
		out := d.Outcome()
		if !dry {
			if out, err = d.Make(ctx); err != nil {
				return err
			}
		}
		j = decidedJSON{dry, out.Documents, renamed.Claims, refs(out.Entities), refs(renamed.Gone), refs(renamed.New)}
		return nil
	})
	if !began && errors.Is(err, context.DeadlineExceeded) {
		busy := problem.New(http.StatusConflict, "conflict", "articles are being added", "decide again when they are in")
		busy.RetryAfter = 5
		return busy
	}
	if err != nil {
		return decisionProblem(err)
	}
	return write(w, http.StatusOK, j)
}

func refs(list []schema.Entity) []refJSON {
	out := []refJSON{}
	for _, e := range list[:min(maxNew, len(list))] {
		out = append(out, refOf(e))
	}
	return out
}

// decisionProblem gives errors of decisions a status.
func decisionProblem(err error) error {
	var file *workspace.DecisionsError
	switch {
	case errors.Is(err, workspace.ErrIdle):
		return problem.New(http.StatusConflict, "conflict", err.Error(), "")
	case errors.As(err, &file):
		return problem.New(http.StatusConflict, "conflict", "the decisions file cannot be read: "+file.Err.Error(), "correct the file")
	}
	return err
}
