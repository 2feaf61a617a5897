// Package ingest is the pipeline from a document to what it says: sentences (nlp), entities
// (ingest/entity) and claims (ingest/claim). Documents enter, results leave in the same order, however
// many workers there are. It stores nothing.
package ingest

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"sync"

	"newsgraph/ingest/claim"
	"newsgraph/ingest/entity"
	"newsgraph/ingest/reprint"
	"newsgraph/nlp"
	"newsgraph/schema"
)

// Options say where the data lies. The zero Options do not work: Data is needed.
type Options struct {
	// Data is rooted at the data folder (data.FS).
	Data fs.FS
	// Vocabulary is schema.Default() when nil.
	Vocabulary *schema.Vocabulary
}

// Pipeline analyses documents. It is safe for concurrent use.
type Pipeline struct {
	language *nlp.Pipeline
	entities *entity.Resolver
	claims   *claim.Extractor
	agencies *reprint.Agencies
}

// Result is what one document gives.
type Result struct {
	// Err says why the document could not be analysed; then only Analysis.Document is set.
	Err error
	// Analysis has entity IDs that are local to the document.
	Analysis schema.Analysis
	// Summary is what entity.Canonicalize needs of the document, Reprint what reprint.Originals needs.
	Summary entity.Summary
	Reprint reprint.Article
	// Sentences is how many sentences the document has, Words how many tokens.
	Sentences, Words int
}

// New loads models, gazetteers and lexicons; an error names the file.
func New(o Options) (*Pipeline, error) {
	if o.Vocabulary == nil {
		o.Vocabulary = schema.Default()
	}
	language, err := nlp.Load(o.Data)
	if err != nil {
		return nil, fmt.Errorf("load language models: %w", err)
	}
	entities, err := entity.New(o.Data)
	if err != nil {
		return nil, fmt.Errorf("load gazetteers: %w", err)
	}
	claims, err := claim.New(o.Data, o.Vocabulary)
	if err != nil {
		return nil, fmt.Errorf("load lexicons: %w", err)
	}
	agencies, err := reprint.Load(o.Data)
	if err != nil {
		return nil, fmt.Errorf("load agencies: %w", err)
	}
	return &Pipeline{language: language, entities: entities, claims: claims, agencies: agencies}, nil
}

// Language returns the language pipeline.
func (p *Pipeline) Language() *nlp.Pipeline { return p.language }

// Claims returns the claim extractor.
func (p *Pipeline) Claims() *claim.Extractor { return p.claims }

// Analyse gives what one document says. It changes nothing of doc; ctx is checked between the steps. A fault in
// the analysis is an error that names the document, never a panic: one odd article must not end a long run.
func (p *Pipeline) Analyse(ctx context.Context, doc schema.Document) (result *Result, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			result, err = nil, fmt.Errorf("analyse %s: internal error: %v", doc.ID, fault)
		}
	}()
	text := []rune(doc.Text)
	turns := findTurns(text, doc.Blocks)
	sents := p.language.Parse(doc.Text, splitLabels(text, partTurns(doc.Blocks, turns), p.saying))
	giveSpeech(sents, turns)
	for i := range sents {
		sents[i] = p.splitSpeech(sents[i])
		sents[i].Tokens = nlp.Mend(sents[i].Tokens)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	doc.Agency = p.agencies.Credit(doc)
	ents := p.entities.Resolve(doc, sents)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &Result{
		Analysis:  schema.Analysis{Document: doc, Claims: p.claims.Extract(doc, sents, ents)},
		Summary:   entity.Summary{DocID: doc.ID, Published: doc.Published, Entities: ents.Entities},
		Reprint:   p.agencies.Article(doc),
		Sentences: len(sents),
	}
	for _, s := range sents {
		r.Words += len(s.Tokens)
	}
	for _, e := range ents.Entities {
		r.Analysis.Entities = append(r.Analysis.Entities, e.Entity)
	}
	return r, nil
}

// Run analyses documents with a number of workers (0: one for each core) and calls f with each result in
// the order of docs, from one goroutine; a document that could not be analysed has a Result with Err. Run
// ends at the first error of f or of ctx.
func (p *Pipeline) Run(ctx context.Context, docs iter.Seq[schema.Document], workers int, f func(*Result) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	jobs := make(chan job)
	order := make(chan job, 2*workers)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	for range workers {
		running.Go(func() { p.work(ctx, jobs) })
	}
	running.Go(func() {
		defer close(order)
		defer close(jobs)
		hand(ctx, docs, order, jobs)
	})
	for j := range order {
		r, ok := <-j.done
		if !ok || r.Err != nil && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// job is a document on its way through a worker; done is closed after its result, or without one when
// the run ends first.
type job struct {
	doc  schema.Document
	done chan *Result
}

func (p *Pipeline) work(ctx context.Context, jobs <-chan job) {
	for j := range jobs {
		r, err := p.Analyse(ctx, j.doc)
		if err != nil {
			r = &Result{Analysis: schema.Analysis{Document: j.doc}, Err: err}
		}
		j.done <- r
		close(j.done)
	}
}

// hand gives each document its place in the order and then to a worker, until the context ends.
func hand(ctx context.Context, docs iter.Seq[schema.Document], order, jobs chan<- job) {
	for d := range docs {
		j := job{d, make(chan *Result, 1)}
		select {
		case order <- j:
		case <-ctx.Done():
			return
		}
		select {
		case jobs <- j:
		case <-ctx.Done():
			close(j.done)
			return
		}
	}
}
