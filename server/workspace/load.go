package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"newsgraph/data"
	"newsgraph/graph"
	"newsgraph/ingest/entity"
	"newsgraph/ingest/reprint"
	"newsgraph/schema"
)

// Loaded counts what became of the files of one Load.
type Loaded struct {
	Summary
	Quads int64 `json:"quads"` // in the files
	// Decisions are those on entities that were not there before.
	Decisions int `json:"decisions"`
	// Others are the quads that are not newsgraph's own and were not there before.
	Others int64 `json:"others"`
}

// LoadOptions say how to load; the zero value works.
type LoadOptions struct {
	// SkipDecisions leaves out the decisions on entities that the files have.
	SkipDecisions bool
	// Batch is the least number of articles in one commit; 0 for 200.
	Batch int
	// Report, if set, is called for every article.
	Report func(Outcome)
}

// Load brings what was staged into the graph. Articles join those that are there as if they had been ingested: canonical names
// and copies are worked out again from all. An article that the store has read itself stays as it is while text and metadata
// agree. What is not newsgraph's own is kept as it is. Articles are committed in batches, as Ingest does, the other quads in
// one; to load the same again changes nothing. Decisions on entities join those of the store, in one order that does not depend
// on what was loaded first. Errors: *BaseError, *ConflictError, *rdf.FileError.
func (w *Workspace) Load(ctx context.Context, s *Staged, o LoadOptions) (Loaded, error) {
	graphs, err := s.graphs(ctx, w.store.BaseIRI())
	if err != nil {
		return Loaded{}, err
	}
	return w.loadGraphs(ctx, s, graphs, o)
}

// loadGraphs loads the graphs that were staged. What is the workspace's own already is only taken into account.
func (w *Workspace) loadGraphs(ctx context.Context, s *Staged, graphs []*graph.Graph, o LoadOptions) (Loaded, error) {
	r, err := w.newRun(ctx, IngestOptions{Report: o.Report, Batch: o.Batch})
	if err != nil {
		return Loaded{}, err
	}
	agencies, err := reprint.Load(data.FS)
	if err != nil {
		return Loaded{}, err
	}
	r.keep = slices.Contains(graphs, w.graph)
	out := Loaded{Quads: s.quads}
	if !o.SkipDecisions {
		if out.Decisions, err = r.adopt(ctx, s, graphs); err != nil {
			return Loaded{}, err
		}
	}
	for i, g := range graphs {
		if err := r.load(ctx, s.files[i].Name, g, agencies); err != nil {
			return Loaded{Summary: r.sum}, err
		}
	}
	if err := r.commit(ctx); err != nil {
		return Loaded{Summary: r.sum}, err
	}
	if r.adopted || r.keep { // the decisions came without a new article; the last names must go
		r.keep = false
		change, _, err := r.change(ctx, nil)
		if err != nil {
			return Loaded{Summary: r.sum}, err
		}
		if err := r.write(ctx, change); err != nil {
			return Loaded{Summary: r.sum}, fmt.Errorf("write names and decisions: %w", err)
		}
	}
	out.Summary = r.sum
	for i, g := range graphs {
		n := s.others[i]
		if g != w.graph && n > 0 {
			if n, err = w.store.Load(ctx, others(ctx, g)); err != nil {
				return out, err
			}
		}
		out.Others += n
	}
	return out, nil
}

// LoadNew is Load into a store that is not there yet: the store that the first file was staged in becomes it, at the end and
// complete. So it costs little more than reading, and a crash leaves nothing. ErrExists says that there is something in the folder, or that
// it cannot be done for another reason that does not hinder Load.
func LoadNew(ctx context.Context, o Options, s *Staged, lo LoadOptions) (Loaded, error) {
	if !s.fitsNew(o) {
		return Loaded{}, ErrExists
	}
	graphs, err := s.graphs(ctx, s.options.Base)
	if err != nil {
		return Loaded{}, err
	}
	first := filepath.Join(s.dir, "0")
	w := &Workspace{name: o.name(), folder: o.Dir, decisions: cmp.Or(o.Decisions, filepath.Join(first, "decisions.tsv")), store: s.stores[0], graph: graphs[0], pipeline: o.Pipeline}
	out, err := w.loadGraphs(ctx, s, graphs, lo)
	if err != nil {
		return out, err
	}
	if err := w.Close(); err != nil {
		return out, err
	}
	s.stores[0] = nil
	if err := os.Rename(first, o.Dir); err != nil {
		return out, fmt.Errorf("make store %s: %w", o.Dir, errors.Unwrap(err))
	}
	return out, syncDir(filepath.Dir(o.Dir))
}

// ErrExists says that a store cannot be made in a folder.
var ErrExists = errors.New("there is something in the folder already")

// fitsNew says whether what was staged can become the store: it stands beside the folder, which is missing or empty, and under
// the base that the store shall have.
func (s *Staged) fitsNew(o Options) bool {
	if o.folder() == "" {
		return false
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil || len(s.stores) == 0 || s.base != "" && s.base != s.options.Base || o.BaseIRI != s.options.Base {
		return false
	}
	beside, err := filepath.Abs(filepath.Dir(s.dir))
	if err != nil || beside != filepath.Dir(dir) {
		return false
	}
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil || !info.IsDir() {
		return false
	}
	names, err := os.ReadDir(dir)
	return err == nil && len(names) == 0
}

// syncDir makes a rename in the folder durable.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// others yields the quads that are not newsgraph's own.
func others(ctx context.Context, g *graph.Graph) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		v := g.View()
		defer v.Close()
		err := v.Others(ctx, func(q schema.Quad) error {
			if !yield(q, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && err != errEnough {
			yield(schema.Quad{}, err)
		}
	}
}

// load takes the articles of a file into the run.
func (r *run) load(ctx context.Context, name string, g *graph.Graph, agencies *reprint.Agencies) error {
	return eachLoaded(ctx, g, func(d done, told schema.Analysis) error {
		d.name, d.reprint = name, agencies.Article(d.analysis.Document)
		wanted, err := r.loadWanted(ctx, told, &d)
		if err != nil {
			return err
		}
		if !wanted {
			r.mu.Lock()
			r.report(Outcome{Name: name, Document: d.document, Status: Unchanged})
			r.mu.Unlock()
			return nil
		}
		r.batch = append(r.batch, d)
		return r.commitFull(ctx)
	})
}

// eachLoaded calls f with every article of a loaded graph, under local names, and as it is told there.
func eachLoaded(ctx context.Context, g *graph.Graph, f func(d done, told schema.Analysis) error) error {
	v := g.View()
	defer v.Close()
	ids, err := v.DocumentIDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		told, _, err := v.Told(ctx, id)
		if err != nil {
			return err
		}
		d, err := loaded(ctx, v, told)
		if err != nil {
			return err
		}
		d.document = id
		if err := f(d, told); err != nil {
			return err
		}
	}
	return nil
}

// loadWanted decides whether a loaded article changes anything, and whether it replaces one.
func (r *run) loadWanted(ctx context.Context, told schema.Analysis, d *done) (bool, error) {
	if slices.ContainsFunc(r.batch, func(x done) bool { return x.document == d.document }) {
		if err := r.commit(ctx); err != nil { // of two files; what the first says counts as stored
			return false, err
		}
	}
	old, stored := r.states[d.document]
	d.replaces = stored
	if !stored {
		return true, nil
	}
	same, err := r.toldAlready(ctx, told)
	if err != nil || same {
		return false, err
	}
	has, err := r.w.analysis(ctx, d.document)
	if err != nil {
		return false, err
	}
	switch excerpt := d.analysis.Document.Excerpt; {
	case excerpt && !has.Document.Excerpt: // the whole article is better
		return false, nil
	case excerpt && sameJSON(has.Document, d.analysis.Document):
		d.join(has, r.summaries[d.document])
	case old.Input != "": // the store has read it itself
		return !sameJSON(has.Document, d.analysis.Document), nil
	}
	return !sameJSON(has, d.analysis) || !sameJSON(r.summaries[d.document], d.summary), nil
}

// join adds what another excerpt of the same article tells, in an order that does not depend on which came first.
func (d *done) join(a schema.Analysis, s entity.Summary) {
	d.analysis.Claims = joined(a.Claims, d.analysis.Claims, func(c schema.Claim) string { return c.ID })
	d.analysis.Entities = joined(a.Entities, d.analysis.Entities, func(e schema.Entity) string { return e.ID })
	d.summary.Entities = joined(s.Entities, d.summary.Entities, func(e entity.Local) string { return e.ID })
}

// joined gives the items of both lists, those that are equal once, sorted by ID.
func joined[T any](a, b []T, id func(T) string) []T {
	byKey := map[string]T{}
	for _, x := range slices.Concat(a, b) {
		text, err := json.Marshal(x)
		if err != nil {
			text = nil // not for what came from JSON or RDF
		}
		byKey[id(x)+"\x00"+string(text)] = x
	}
	list := make([]T, 0, len(byKey))
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		list = append(list, byKey[key])
	}
	return list
}

// toldAlready says whether the graph has the document as it is told.
func (r *run) toldAlready(ctx context.Context, told schema.Analysis) (bool, error) {
	v := r.w.graph.View()
	defer v.Close()
	has, ok, err := v.Told(ctx, told.Document.ID)
	return ok && sameJSON(has, told), err
}

func sameJSON(a, b any) bool {
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && string(x) == string(y)
}

// naming is what canonical names follow from, as it travels with a document (schema.Analysis.Naming): its entities under local
// IDs, and the canonical IDs of those that have another.
type naming struct {
	Entities []entity.Local    `json:"entities"`
	Names    map[string]string `json:"names,omitempty"`
}

// namingOf writes the naming of an article.
func namingOf(s entity.Summary, names map[string]schema.Entity) (string, error) {
	n := naming{Entities: s.Entities, Names: map[string]string{}}
	for local, e := range names {
		if e.ID != local {
			n.Names[local] = e.ID
		}
	}
	text, err := json.Marshal(n)
	if err != nil {
		return "", fmt.Errorf("write the naming of %s: %w", s.DocID, err)
	}
	return string(text), nil
}

// loaded gives an article that was told elsewhere its local names back, so that it takes part in naming like one that was
// read here. An entity that its naming does not know, or all when it has none, is taken for the one of that ID.
func loaded(ctx context.Context, v *graph.View, told schema.Analysis) (done, error) {
	var n naming
	if told.Naming != "" {
		if err := json.Unmarshal([]byte(told.Naming), &n); err != nil {
			return done{}, fmt.Errorf("document %s: its naming: %w", told.Document.ID, err)
		}
	}
	locals, taken := map[string]schema.Entity{}, map[string]bool{} // canonical ID to local entity; local IDs
	for _, l := range n.Entities {
		id := l.ID
		if name, ok := n.Names[id]; ok {
			id = name
		}
		if _, ok := locals[id]; !ok {
			locals[id] = l.Entity
		}
		taken[l.ID] = true
	}
	for _, id := range spoken(told.Claims) {
		if _, ok := locals[id]; !ok {
			e, err := given(ctx, v, id, taken)
			if err != nil {
				return done{}, err
			}
			locals[id] = e.Entity
			n.Entities = append(n.Entities, e)
		}
	}
	told.Naming, told.Document.CopyOf = "", ""
	a := told.Named(locals)
	for _, l := range n.Entities {
		a.Entities = append(a.Entities, l.Entity)
	}
	return done{analysis: a, summary: entity.Summary{DocID: a.Document.ID, Published: a.Document.Published, Entities: n.Entities}}, nil
}

// given describes an entity of which only the canonical ID is known.
func given(ctx context.Context, v *graph.View, id string, taken map[string]bool) (entity.Local, error) {
	e, ok, err := v.Entity(ctx, id)
	if !ok {
		e = schema.Entity{ID: id, Label: id}
	}
	taken[id] = true
	return entity.Local{Entity: e, Named: true, Gazetteer: true, Given: true, Owner: -1, Mentions: 1}, err
}
