package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"newsgraph/graph"
	"newsgraph/ingest/entity"
	"newsgraph/schema"
)

// decisionsKey is the side record with the text of the decisions file as it was last applied.
const decisionsKey = "decisions"

// DecisionsError says what is wrong with the decisions file.
type DecisionsError struct {
	Path string
	Err  error // an *schema.DecisionError, or that of reading
}

// Error gives "path: line 3: what is wrong".
func (e *DecisionsError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns Err.
func (e *DecisionsError) Unwrap() error { return e.Err }

// ErrIdle says that a decision would change nothing.
var ErrIdle = errors.New("nothing to decide")

// DecisionsFile is the path of the decisions file; empty for a store that is in no folder.
func (w *Workspace) DecisionsFile() string { return w.decisions }

// readDecisions reads the decisions file; where it is not there, the decisions that were last applied hold, as after
// a store was copied without it.
func (w *Workspace) readDecisions(ctx context.Context) ([]byte, []schema.Decision, error) {
	text, err := w.applied(ctx)
	if err != nil {
		return nil, nil, err
	}
	if w.decisions != "" {
		file, err := os.ReadFile(w.decisions)
		switch {
		case err == nil:
			text = file
		case !errors.Is(err, fs.ErrNotExist):
			return nil, nil, &DecisionsError{w.decisions, err}
		}
	}
	list, err := entity.ParseDecisions(text)
	if err != nil {
		return nil, nil, &DecisionsError{w.decisions, err}
	}
	return text, list, nil
}

// numberedDecisions are those that the graph follows, in their order.
func (w *Workspace) numberedDecisions(ctx context.Context) ([]schema.Decision, error) {
	v := w.graph.View()
	defer v.Close()
	return v.Decisions(ctx)
}

// applied is the text of the decisions that were last applied.
func (w *Workspace) applied(ctx context.Context) ([]byte, error) {
	text, _, err := w.record(ctx, decisionsKey)
	if err != nil {
		return nil, fmt.Errorf("read the decisions applied: %w", err)
	}
	return text, nil
}

// Decided says what a change of the decisions did.
type Decided struct {
	// Entities are those that the decision speaks of, as they are after it.
	Entities []schema.Entity
	// Documents is how many articles were written again.
	Documents int
}

// Draft is a change of the decisions that was worked out and is not made. It fits the graph that it was worked out for: nothing
// else may write between the two.
type Draft struct {
	w    *Workspace
	text []byte // of the file after it
	// Change is what it changes in the graph.
	Change graph.Change
	about  []string // IDs of the entities that it speaks of
}

// Make writes the decisions file and makes the change, or neither.
func (d *Draft) Make(ctx context.Context) (Decided, error) {
	if err := d.w.writeDecisions(ctx, d.text, d.Change); err != nil {
		return Decided{}, err
	}
	return d.Outcome(), nil
}

// Outcome is what Make returns.
func (d *Draft) Outcome() Decided {
	out := Decided{Documents: len(d.Change.Put)}
	for _, id := range d.about {
		same := func(e schema.Entity) bool { return e.ID == id }
		if at := slices.IndexFunc(d.Change.Entities, same); at >= 0 && !slices.ContainsFunc(out.Entities, same) {
			out.Entities = append(out.Entities, d.Change.Entities[at])
		}
	}
	return out
}

// made makes a draft.
func made(ctx context.Context, d *Draft, err error) (Decided, error) {
	if err != nil {
		return Decided{}, err
	}
	return d.Make(ctx)
}

// Merge decides that two entities, by any of their names, are one, which keeps the name of the first. Errors: those of graph.Resolve, ErrIdle,
// *DecisionsError.
func (w *Workspace) Merge(ctx context.Context, into, other string) (Decided, error) {
	d, err := w.DraftMerge(ctx, into, other)
	return made(ctx, d, err)
}

// DraftMerge works Merge out.
func (w *Workspace) DraftMerge(ctx context.Context, into, other string) (*Draft, error) {
	a, err := w.graph.Resolve(ctx, into)
	if err != nil {
		return nil, err
	}
	b, err := w.graph.Resolve(ctx, other)
	if err != nil {
		return nil, err
	}
	if a.ID == b.ID {
		return nil, fmt.Errorf("%w: both names mean ent:%s", ErrIdle, a.ID)
	}
	return w.draft(ctx, []schema.Decision{{Action: schema.Merge, Entity: a.ID, Other: b.ID}}, a.ID)
}

// Split decides that what some articles say of an entity is of another one, which is called newName; where that is
// empty, of one for each article. Errors: as of Merge, and those of graph.View.ResolveDocument.
func (w *Workspace) Split(ctx context.Context, name string, documents []string, newName string) (Decided, error) {
	d, err := w.DraftSplit(ctx, name, documents, newName)
	return made(ctx, d, err)
}

// DraftSplit works Split out.
func (w *Workspace) DraftSplit(ctx context.Context, name string, documents []string, newName string) (*Draft, error) {
	e, err := w.graph.Resolve(ctx, name)
	if err != nil {
		return nil, err
	}
	v := w.graph.View()
	defer v.Close()
	var list []schema.Decision
	about := []string{e.ID}
	for _, d := range documents {
		id, err := v.ResolveDocument(ctx, d)
		if err != nil {
			return nil, err
		}
		x := schema.Decision{Action: schema.Split, Entity: e.ID, Document: id, Name: newName}
		list, about = append(list, x), append(about, entity.NewID(x))
	}
	return w.draft(ctx, list, about...)
}

// draft adds decisions to those of the file. Those that would change nothing are ErrIdle.
func (w *Workspace) draft(ctx context.Context, more []schema.Decision, about ...string) (*Draft, error) {
	text, _, err := w.readDecisions(ctx)
	if err != nil {
		return nil, err
	}
	lines := bytes.Clone(text)
	if len(lines) > 0 && lines[len(lines)-1] != '\n' {
		lines = append(lines, '\n')
	}
	for _, d := range more {
		lines = append(lines, d.String()+"\n"...)
	}
	idle := func(i entity.Idle) bool {
		return slices.ContainsFunc(more, func(d schema.Decision) bool { return d.Said() == i.Said() })
	}
	return w.draftOf(ctx, lines, idle, about...)
}

// Undo takes decisions out of the file: all that say what d says, or the one on d.Line where that is not 0. Errors: ErrIdle
// when there is none.
func (w *Workspace) Undo(ctx context.Context, d schema.Decision) (Decided, error) {
	draft, err := w.DraftUndo(ctx, d)
	return made(ctx, draft, err)
}

// DraftUndo works Undo out.
func (w *Workspace) DraftUndo(ctx context.Context, d schema.Decision) (*Draft, error) {
	text, list, err := w.readDecisions(ctx)
	if err != nil {
		return nil, err
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	found := ""
	for _, x := range list {
		if x.Line == d.Line || d.Line == 0 && x.Said() == d.Said() {
			lines[x.Line-1] = nil
			found = x.Entity
		}
	}
	if found == "" {
		return nil, fmt.Errorf("%w: no such line in the decisions", ErrIdle)
	}
	return w.draftOf(ctx, bytes.Join(lines, nil), nil, found)
}

// Apply brings the graph in step with the decisions file, after somebody edited it.
func (w *Workspace) Apply(ctx context.Context) (Decided, error) {
	text, _, err := w.readDecisions(ctx)
	if err != nil {
		return Decided{}, err
	}
	d, err := w.draftOf(ctx, text, nil)
	return made(ctx, d, err)
}

// draftOf works out what the text of a decisions file does. idle, if set, tells which decisions must change something; about are
// the entities that the result names, as far as they are there.
func (w *Workspace) draftOf(ctx context.Context, text []byte, idle func(entity.Idle) bool, about ...string) (*Draft, error) {
	list, err := entity.ParseDecisions(text)
	if err != nil {
		return nil, &DecisionsError{w.decisions, err}
	}
	r, err := w.newRun(ctx, IngestOptions{})
	if err != nil {
		return nil, err
	}
	r.decisions, r.decided = list, text
	naming := entity.NameAll(sorted(r.summaries), list)
	for _, i := range naming.Idle {
		if idle != nil && idle(i) {
			return nil, fmt.Errorf("%w: %s", ErrIdle, i.Reason)
		}
	}
	change, _, err := r.change(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &Draft{w: w, text: text, Change: change, about: about}, nil
}

// writeDecisions writes the file and makes the change, or neither.
func (w *Workspace) writeDecisions(ctx context.Context, text []byte, change graph.Change) error {
	if w.decisions == "" {
		return w.graph.Update(ctx, change)
	}
	before, err := os.ReadFile(w.decisions)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return &DecisionsError{w.decisions, err}
	}
	if !bytes.Equal(before, text) || missing {
		if err := replaceFile(w.decisions, text); err != nil {
			return &DecisionsError{w.decisions, err}
		}
	}
	err = w.graph.Update(ctx, change)
	if err == nil {
		return nil
	}
	if missing {
		return errors.Join(err, os.Remove(w.decisions))
	}
	return errors.Join(err, replaceFile(w.decisions, before))
}

// replaceFile writes a file by way of a temporary one beside it.
func replaceFile(path string, text []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".decisions-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails when all went well: it has its real name then
	_, err = tmp.Write(text)
	if err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// DecisionStatus is a decision of the file, and what is the matter with it.
type DecisionStatus struct {
	schema.Decision
	// Idle says why it changes nothing; empty when it does.
	Idle string
}

// Decisions lists the decisions of the file. applied is false when the file was changed since it was last applied.
func (w *Workspace) Decisions(ctx context.Context) (list []DecisionStatus, applied bool, err error) {
	text, decisions, err := w.readDecisions(ctx)
	if err != nil {
		return nil, false, err
	}
	last, err := w.applied(ctx)
	if err != nil {
		return nil, false, err
	}
	summaries, err := readAll[entity.Summary](ctx, w, summaryPrefix)
	if err != nil {
		return nil, false, err
	}
	idle := map[int]string{}
	for _, i := range entity.NameAll(sorted(summaries), decisions).Idle {
		idle[i.Line] = i.Reason
	}
	for _, d := range decisions {
		list = append(list, DecisionStatus{d, idle[d.Line]})
	}
	return list, bytes.Equal(text, last), nil
}
