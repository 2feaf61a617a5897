package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsgraph/graph"
	"newsgraph/ingest"
	"newsgraph/ingest/entity"
	"newsgraph/schema"
)

// take puts a result into the batch. Results come in the order in which the articles were read.
func (r *run) take(ctx context.Context, result *ingest.Result) error {
	if !r.hold(result) {
		return nil
	}
	return r.commitFull(ctx)
}

// commitFull commits the batch when it is full.
func (r *run) commitFull(ctx context.Context) error {
	if len(r.batch) < max(r.o.Batch, len(r.summaries)/10) {
		return nil
	}
	return r.commit(ctx)
}

// hold puts a result into the batch; one that failed it reports, and is false.
func (r *run) hold(result *ingest.Result) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := r.queue[0]
	r.queue = r.queue[1:]
	r.progress(in.total)
	if result.Err != nil {
		delete(r.latest, in.document) // the same article again is a new try
		r.report(Outcome{Name: in.name, Document: in.document, Status: Failed, Err: result.Err})
		r.reportSame(in.document, result.Err)
		return false
	}
	r.batch = append(r.batch, done{in, result.Analysis, result.Summary, result.Reprint})
	return true
}

// commit brings store and graph up to date with the batch in one atomic change: the articles of the batch,
// and those older ones whose entities have other names now.
func (r *run) commit(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	fresh := map[string]done{}
	for _, d := range r.batch { // of the same article twice, the last counts
		fresh[d.document] = d
		r.summaries[d.document] = d.summary
		r.reprints[d.document] = d.reprint
	}
	change, states, err := r.change(ctx, fresh)
	if err != nil {
		return err
	}
	if err := r.write(ctx, change); err != nil {
		return fmt.Errorf("commit %d articles: %w", len(fresh), err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.Copy(r.states, states)
	for _, d := range r.batch {
		r.report(d.outcome())
		r.reportSame(d.document, nil)
	}
	r.batch = nil
	return nil
}

// write makes the change, and with it writes the decisions that were adopted into their file.
func (r *run) write(ctx context.Context, change graph.Change) error {
	if !r.adopted {
		return r.w.graph.Update(ctx, change)
	}
	if err := r.w.writeDecisions(ctx, r.decided, change); err != nil {
		return err
	}
	r.adopted = false
	return nil
}

// outcome is what becomes of the article once it is committed.
func (d done) outcome() Outcome {
	o := Outcome{Name: d.name, Document: d.document, Status: New, Claims: len(d.analysis.Claims)}
	if d.replaces {
		o.Status = Replaced
	}
	return o
}

// change works out what the graph must change, and the states that the change makes.
func (r *run) change(ctx context.Context, fresh map[string]done) (graph.Change, map[string]state, error) {
	names, originals := entity.NameAll(sorted(r.summaries), r.decisions).Entities, originals(r.reprints)
	change := graph.Change{Decisions: numbered(r.decisions, r.known), Records: map[string]schema.Analysis{}, Side: map[string][]byte{}}
	states := map[string]state{}
	for _, id := range slices.Sorted(maps.Keys(r.summaries)) {
		d, isNew := fresh[id]
		s := r.state(id, d, isNew)
		digest := namesDigest(names[id], originals[id])
		if !isNew && s.Names == digest {
			continue
		}
		s.Names = digest
		states[id] = s
		var err error
		analysis := d.analysis
		if !isNew {
			if analysis, err = r.w.analysis(ctx, id); err != nil {
				return change, nil, err
			}
		}
		named := analysis.Named(names[id])
		named.Document.CopyOf = originals[id]
		if named.Naming, err = namingOf(r.summaries[id], names[id]); err != nil {
			return change, nil, err
		}
		change.Put = append(change.Put, named)
	}
	change.Entities = table(names, r.summaries, func(doc string) state {
		if s, ok := states[doc]; ok {
			return s
		}
		return r.state(doc, done{}, false)
	})
	if r.keep {
		kept, err := r.w.graph.Entities(ctx)
		if err != nil {
			return change, nil, err
		}
		change.Entities = withKept(change.Entities, kept)
	}
	return change, states, r.records(&change, fresh, states)
}

// withKept adds to a table the entities of another one that it lacks.
func withKept(list, kept []schema.Entity) []schema.Entity {
	has := make(map[string]bool, len(list))
	for _, e := range list {
		has[e.ID] = true
	}
	for _, e := range kept {
		if !has[e.ID] {
			list = append(list, e)
		}
	}
	return list
}

// state is what was known of an article, or will be once the batch is committed.
func (r *run) state(id string, d done, isNew bool) state {
	if isNew {
		return state{Input: d.digest, Spoken: spoken(d.analysis.Claims)}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.states[id]
}

// records adds the records of the batch to the change.
func (r *run) records(change *graph.Change, fresh map[string]done, states map[string]state) error {
	put := func(key string, v any) error {
		val, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("write record %s: %w", key, err)
		}
		change.Side[key] = val
		return nil
	}
	if err := r.recordDecisions(change); err != nil {
		return err
	}
	for id, s := range states {
		if err := put(statePrefix+id, s); err != nil {
			return err
		}
	}
	for id, d := range fresh {
		change.Records[id] = d.analysis
		if err := errors.Join(put(summaryPrefix+id, d.summary), put(reprintPrefix+id, d.reprint)); err != nil {
			return err
		}
	}
	return nil
}

// recordDecisions keeps the decisions that the change applies; a store without any has no such record.
func (r *run) recordDecisions(change *graph.Change) error {
	_, there, err := r.w.record(context.Background(), decisionsKey)
	if err != nil {
		return fmt.Errorf("read the decisions applied: %w", err)
	}
	if there || len(r.decided) > 0 {
		change.Side[decisionsKey] = r.decided
	}
	return nil
}
