package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// File is an RDF file to load.
type File struct {
	Name   string // "-" for standard input
	Format rdf.Format
	// Base is the IRI that relative IRIs in it stand under; empty for none.
	Base string
}

// Staged is RDF that was read and checked, and waits to be loaded. Close it.
type Staged struct {
	dir    string
	stores []*store.Store // one for each file
	files  []File
	base   string // of newsgraph's own quads in it; empty when there are none
	quads  int64
}

// maxBlank is how many quads with blank nodes a file may have: they are held in memory, since their labels follow from all.
const maxBlank = 2_000_000

// Stage reads files, each into a store of its own in a new folder inside dir, so that whatever is wrong with them is known
// before anything is loaded. Errors are *rdf.FileError.
func Stage(ctx context.Context, dir string, files []File, stdin io.Reader) (s *Staged, err error) {
	s = &Staged{files: files}
	if s.dir, err = os.MkdirTemp(dir, ".newsgraph-load-"); err != nil {
		return nil, err
	}
	for i, f := range files {
		if err := s.read(ctx, filepath.Join(s.dir, fmt.Sprint(i)), f, stdin); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// Base is the base IRI under which newsgraph's own quads in the files stand; empty when there are none.
func (s *Staged) Base() string { return s.base }

// Close removes what was staged.
func (s *Staged) Close() (err error) {
	for _, x := range s.stores {
		err = errors.Join(err, x.Close())
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

func (s *Staged) read(ctx context.Context, dir string, f File, stdin io.Reader) error {
	to, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	s.stores = append(s.stores, to)
	quads := rdf.FileQuads(f.Name, stdin, rdf.Options{Format: f.Format, Base: f.Base})
	_, err = to.Load(ctx, s.watched(ctx, f, relabelled(f, quads)))
	return err
}

// watched counts the quads and finds the base IRI of newsgraph's own.
func (s *Staged) watched(ctx context.Context, f File, quads iter.Seq2[schema.Quad, error]) iter.Seq2[schema.Quad, error] {
	article := schema.NewIRI(schema.SchemaOrg + "NewsArticle")
	return func(yield func(schema.Quad, error) bool) {
		for q, err := range quads {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil && q.Object == article && q.Graph == q.Subject {
				err = s.under(f, q.Subject.Value)
			}
			s.quads++
			if !yield(q, err) {
				return
			}
		}
	}
}

// under notes the base IRI of a document.
func (s *Staged) under(f File, document string) error {
	i := strings.LastIndex(document, "/doc/")
	if i < 0 {
		return nil
	}
	base := document[:i+1]
	if s.base != "" && s.base != base {
		return &rdf.FileError{Name: f.Name, Err: &BaseError{base, s.base}}
	}
	s.base = base
	return nil
}

// BaseError says that newsgraph's own IRIs of a file stand under another base than those they shall join.
type BaseError struct{ File, Store string }

func (e *BaseError) Error() string {
	return fmt.Sprintf("its IRIs stand under %s, those of the graph under %s", e.File, e.Store)
}

// relabelled gives blank nodes labels that follow from what is said of them: the same in every file that says it, and
// others than those of any node of which something else is said. Quads with blank nodes come last.
func relabelled(f File, quads iter.Seq2[schema.Quad, error]) iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		var kept []schema.Quad
		for q, err := range quads {
			blank := q.Subject.Kind == schema.Blank || q.Object.Kind == schema.Blank || q.Graph.Kind == schema.Blank
			switch {
			case err != nil || !blank:
				if !yield(q, err) || err != nil {
					return
				}
			case len(kept) == maxBlank:
				yield(q, &rdf.FileError{Name: f.Name, Err: fmt.Errorf("more than %d quads with blank nodes", maxBlank)})
				return
			default:
				kept = append(kept, q)
			}
		}
		kept, err := rdf.Canonical(kept)
		if err != nil {
			yield(schema.Quad{}, &rdf.FileError{Name: f.Name, Err: err})
			return
		}
		for _, q := range kept {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// graphs opens the graph in each file and checks that every quad of newsgraph's own has an article that tells it.
func (s *Staged) graphs(ctx context.Context, base string) ([]*graph.Graph, error) {
	if s.base != "" && s.base != base {
		return nil, &BaseError{s.base, base}
	}
	var list []*graph.Graph
	for i, x := range s.stores {
		g, err := graph.OpenUnder(ctx, x, base)
		if err == nil {
			err = checkStaged(ctx, g)
		}
		if err != nil {
			return nil, &rdf.FileError{Name: s.files[i].Name, Err: err}
		}
		list = append(list, g)
	}
	return list, nil
}

func checkStaged(ctx context.Context, g *graph.Graph) error {
	r, err := g.VerifyClaims(ctx)
	if err != nil {
		return err
	}
	if !r.OK() {
		msg := r.Problems[0].String()
		if r.Count > 1 {
			msg += fmt.Sprintf(", and %d more problems", r.Count-1)
		}
		return errors.New(msg)
	}
	v := g.View()
	defer v.Close()
	return v.Others(ctx, func(schema.Quad) error { return nil })
}
