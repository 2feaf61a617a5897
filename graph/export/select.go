package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"newsgraph/graph"
	"newsgraph/schema"
)

// selection is the claims that one export writes, all of one moment. It is read once to learn what there is, and
// again to write it, so that memory holds a reference to each claim and no claim.
type selection struct {
	g       *graph.Graph
	view    *graph.View
	named   map[string]schema.Entity
	names   *schema.Names
	keeps   func(c *schema.Claim) bool
	chooses bool // whether the options choose among the claims
	filter  graph.Filter
	report  Report

	documents map[string]schema.Document // without texts; what was asked for
	// Of survey:
	refs     []ref           // sorted
	entities map[string]bool // that the claims speak of, by ID
	articles map[string]bool // that tell them, by ID
	degree   map[string]int  // claims that an entity is an end of
}

// ref names a claim that is to be written.
type ref struct{ subject, claim string }

func newSelection(ctx context.Context, g *graph.Graph, f Format, o Options) (*selection, error) {
	view := g.View()
	named, err := view.EntitiesByID(ctx)
	if err != nil {
		return nil, errors.Join(err, view.Close())
	}
	s := &selection{g: g, view: view, named: named, names: g.Names(), filter: o.Filter, chooses: o.Chooses(), documents: map[string]schema.Document{},
		entities: map[string]bool{}, articles: map[string]bool{}, degree: map[string]int{}}
	keeps := f.Keeps
	if o.AllFactuality || len(o.Filter.Factuality) > 0 {
		keeps = nil
	}
	s.keeps = func(c *schema.Claim) bool {
		switch {
		case len(keeps) > 0 && !slices.Contains(keeps, c.Factuality):
			s.report.ByFactuality[c.Factuality]++
		case f.Ties && !o.Literals && c.Object.Entity == nil:
			s.report.Literals++
		default:
			return true
		}
		return false
	}
	return s, nil
}

// claims yields the claims of the selection sorted by ID, counting them and what is left out. For formats that need
// to read them only once.
func (s *selection) claims(ctx context.Context) iter.Seq2[*schema.Claim, error] {
	return func(yield func(*schema.Claim, error) bool) {
		for c, err := range s.view.Claims(ctx, s.filter) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !s.keeps(&c) {
				continue
			}
			s.report.Claims++
			if !yield(&c, nil) {
				return
			}
		}
	}
}

// survey reads the claims for the first time: which there are, and what they speak of.
func (s *selection) survey(ctx context.Context) error {
	for c, err := range s.claims(ctx) {
		if err != nil {
			return err
		}
		s.refs = append(s.refs, ref{c.Subject.ID, c.ID})
		s.mention(c)
	}
	slices.SortFunc(s.refs, func(a, b ref) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.claim, b.claim))
	})
	s.report.Entities, s.report.Documents = len(s.entities), len(s.articles)
	return nil
}

// mention notes the entities and articles of a claim.
func (s *selection) mention(c *schema.Claim) {
	for e := range ends(c) {
		s.degree[e.ID]++
	}
	for e := range named(c) {
		s.entities[e.ID] = true
	}
	for _, e := range c.Evidence {
		s.articles[e.Document] = true
	}
}

// ends yields the entities that a claim joins: the subject, and the object where it is another entity.
func ends(c *schema.Claim) iter.Seq[*schema.Entity] {
	return func(yield func(*schema.Entity) bool) {
		if yield(&c.Subject) && c.Object.Entity != nil && c.Object.Entity.ID != c.Subject.ID {
			yield(c.Object.Entity)
		}
	}
}

// named yields every entity that a claim names.
func named(c *schema.Claim) iter.Seq[*schema.Entity] {
	return func(yield func(*schema.Entity) bool) {
		for e := range ends(c) {
			if !yield(e) {
				return
			}
		}
		if c.Place != nil && !yield(c.Place) {
			return
		}
		for i := range c.Attribution {
			if !yield(&c.Attribution[i]) {
				return
			}
		}
	}
}

// bySubject calls f with the claims of one subject after the other, sorted by ID, as survey found them.
func (s *selection) bySubject(ctx context.Context, f func(subject string, claims iter.Seq2[schema.Claim, error]) error) error {
	for from := 0; from < len(s.refs); {
		to := from
		filter := s.filter
		filter.IDs = nil
		for ; to < len(s.refs) && s.refs[to].subject == s.refs[from].subject; to++ {
			filter.IDs = append(filter.IDs, s.refs[to].claim)
		}
		if err := f(s.refs[from].subject, s.view.Claims(ctx, filter)); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// each calls f with every claim, sorted by subject and ID, as survey found them.
func (s *selection) each(ctx context.Context, f func(c *schema.Claim) error) error {
	return s.bySubject(ctx, func(_ string, claims iter.Seq2[schema.Claim, error]) error {
		for c, err := range claims {
			if err != nil {
				return err
			}
			if err := f(&c); err != nil {
				return fmt.Errorf("write claim %s: %w", c.ID, err)
			}
		}
		return nil
	})
}

// entity returns an entity by its ID.
func (s *selection) entity(id string) schema.Entity {
	if e, ok := s.named[id]; ok {
		return e
	}
	return schema.Entity{ID: id, Label: id}
}

// document returns a document without its text. It is read once.
func (s *selection) document(ctx context.Context, id string) (schema.Document, error) {
	if d, ok := s.documents[id]; ok {
		return d, nil
	}
	d, err := s.article(ctx, id)
	d.Text, d.Blocks = "", nil
	s.documents[id] = d
	return d, err
}

// article returns a document with its text.
func (s *selection) article(ctx context.Context, id string) (schema.Document, error) {
	d, ok, err := s.view.Document(ctx, id)
	if err == nil && !ok {
		err = fmt.Errorf("there is none")
	}
	if err != nil {
		return d, fmt.Errorf("read document %s: %w", id, err)
	}
	return d, nil
}

// sourcesOf returns the documents of a claim's evidence, by ID.
func (s *selection) documentsOf(ctx context.Context, c *schema.Claim) (map[string]schema.Document, error) {
	told := map[string]schema.Document{}
	for _, e := range c.Evidence {
		d, err := s.document(ctx, e.Document)
		if err != nil {
			return nil, err
		}
		told[e.Document] = d
	}
	return told, nil
}
