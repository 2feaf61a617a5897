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

// StageOptions say what to stage.
type StageOptions struct {
	Dir   string // in which a folder for it is made
	Files []File
	Stdin io.Reader // the file "-"
	// Base is the base IRI of the store that it is for; empty when that is not known.
	Base string
	// Progress, if set, is told now and then how many quads were read.
	Progress func(quads int64)
}

// Staged is RDF that was read and checked, and waits to be loaded. Close it.
type Staged struct {
	dir     string
	options StageOptions
	files   []File
	stores  []*store.Store // one for each file; nil for one that a new store was made of
	own     []bool         // whether something in the file stands under the base of the options
	others  []int64        // quads in the file that are not newsgraph's own, once they are known
	base    string         // of newsgraph's own articles in it; empty when there are none
	quads   int64
}

// maxBlank is how many quads with blank nodes a file may have: they are held in memory, since their labels follow from all.
const maxBlank = 2_000_000

// Stage reads files, each into a store of its own in a new folder, so that whatever is wrong with them is known before anything
// is loaded. Errors are *rdf.FileError.
func Stage(ctx context.Context, o StageOptions) (s *Staged, err error) {
	s = &Staged{options: o, files: o.Files, own: make([]bool, len(o.Files)), others: make([]int64, len(o.Files))}
	removeStale(o.Dir)
	if s.dir, err = os.MkdirTemp(o.Dir, stagePrefix); err != nil {
		return nil, err
	}
	for i := range s.files {
		if err := s.read(ctx, i); err != nil {
			_ = s.Close() // where it fails too, it is for the same reason
			return nil, err
		}
	}
	return s, nil
}

// stagePrefix begins the names of the folders that files are staged in.
const stagePrefix = ".newsgraph-load-"

// removeStale removes what loads that were killed have left in dir: folders whose store nobody has open.
func removeStale(dir string) {
	folders, _ := filepath.Glob(filepath.Join(dir, stagePrefix+"*")) // the pattern is well formed
	for _, folder := range folders {
		s, err := store.Open(filepath.Join(folder, "0"), store.Options{Existing: true})
		if err != nil { // in use, or about to be
			continue
		}
		if s.Close() == nil {
			_ = os.RemoveAll(folder) // what stays is tried again next time
		}
	}
}

// Base is the base IRI under which newsgraph's own quads in the files stand; empty when there are none.
func (s *Staged) Base() string { return s.base }

// Close removes what was staged.
func (s *Staged) Close() (err error) {
	for _, x := range s.stores {
		if x != nil {
			err = errors.Join(err, x.Close())
		}
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

// read reads a file into a store.
func (s *Staged) read(ctx context.Context, i int) error {
	to, err := store.Open(filepath.Join(s.dir, fmt.Sprint(i)), store.Options{BaseIRI: s.options.Base})
	if err != nil {
		return err
	}
	s.stores = append(s.stores, to)
	f := s.files[i]
	quads := rdf.FileQuads(f.Name, s.options.Stdin, rdf.Options{Format: f.Format, Base: f.Base})
	s.others[i], err = to.Load(ctx, s.watched(ctx, i, relabelled(f, quads)))
	return err
}

// everyQuads is how many quads are read between two reports of progress.
const everyQuads = 10_000

// watched counts the quads, and finds out whether newsgraph's own are among them and under which base IRI.
func (s *Staged) watched(ctx context.Context, i int, quads iter.Seq2[schema.Quad, error]) iter.Seq2[schema.Quad, error] {
	article := schema.NewIRI(schema.SchemaOrg + "NewsArticle")
	return func(yield func(schema.Quad, error) bool) {
		for q, err := range quads {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil && q.Object == article && q.Graph == q.Subject {
				err = s.under(s.files[i], q.Subject.Value)
			}
			s.own[i] = s.own[i] || s.ours(&q)
			if s.quads++; s.quads%everyQuads == 0 && s.options.Progress != nil {
				s.options.Progress(s.quads)
			}
			if !yield(q, err) {
				return
			}
		}
	}
}

// ours says whether the quad might be one of newsgraph's own: it stands under the base, or the base is not known.
func (s *Staged) ours(q *schema.Quad) bool {
	base := s.options.Base
	return strings.HasPrefix(q.Subject.Value, base) || strings.HasPrefix(q.Predicate.Value, base) || strings.HasPrefix(q.Graph.Value, base)
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
		if err == nil && (s.own[i] || base != s.options.Base) {
			s.others[i], err = checkStaged(ctx, g)
		}
		if err != nil {
			return nil, &rdf.FileError{Name: s.files[i].Name, Err: err}
		}
		list = append(list, g)
	}
	return list, nil
}

// checkStaged checks a graph and counts the quads that are not newsgraph's own.
func checkStaged(ctx context.Context, g *graph.Graph) (others int64, err error) {
	r, err := g.VerifyClaims(ctx)
	if err != nil {
		return 0, err
	}
	if !r.OK() {
		msg := r.Problems[0].String()
		if r.Count > 1 {
			msg += fmt.Sprintf(", and %d more problems", r.Count-1)
		}
		return 0, errors.New(msg)
	}
	v := g.View()
	defer v.Close()
	err = v.Others(ctx, func(schema.Quad) error {
		others++
		return nil
	})
	return others, err
}
