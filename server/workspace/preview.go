package workspace

import (
	"context"

	"newsgraph/ingest"
	"newsgraph/ingest/entity"
	"newsgraph/schema"
)

// Previewed is what would become of one article.
type Previewed struct {
	Outcome
	// Analysis is the article with its claims under the names that the graph would give them. Of an article that fails or
	// is stored unchanged it is the zero Analysis.
	Analysis schema.Analysis
}

// Preview analyses the articles of the feed as Ingest does, and changes nothing. It keeps all of them in memory.
// IngestOptions.Report is called for each, in the order of the answer.
func (w *Workspace) Preview(ctx context.Context, feed Feed, o IngestOptions) ([]Previewed, error) {
	var list []Previewed
	report := o.Report
	o.Report = func(outcome Outcome) { list = append(list, Previewed{Outcome: outcome}) }
	r, err := w.newRun(ctx, o)
	if err != nil {
		return nil, err
	}
	pipeline, err := w.pipeline()
	if err != nil {
		return nil, err
	}
	var fed error
	documents := func(yield func(schema.Document) bool) { fed = r.read(feed, yield) }
	err = pipeline.Run(ctx, documents, o.Workers, func(result *ingest.Result) error {
		r.hold(result)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	list = append(list, r.named()...)
	for _, p := range list {
		if report != nil {
			report(p.Outcome)
		}
	}
	return list, fed
}

// named gives the articles of the batch with the names that they would have among all articles; of the same article twice the
// last counts.
func (r *run) named() []Previewed {
	last := map[string]int{}
	for i, d := range r.batch {
		last[d.document] = i
		r.summaries[d.document], r.reprints[d.document] = d.summary, d.reprint
	}
	names, originals := entity.NameAll(sorted(r.summaries), r.decisions).Entities, originals(r.reprints)
	var list []Previewed
	for i, d := range r.batch {
		if last[d.document] != i {
			continue
		}
		named := d.analysis.Named(names[d.document])
		named.Document.CopyOf = originals[d.document]
		list = append(list, Previewed{d.outcome(), named})
	}
	return list
}
