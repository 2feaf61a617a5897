package rdf

import (
	"io"
	"iter"
	"slices"
	"strings"

	"newsgraph/schema"
)

// ahead is the number of quads that Copy looks at before it writes the first: it sorts a file of no more, and learns
// which prefixes a longer one uses.
const ahead = 100_000

// Copy writes quads in the format and returns their number. For N-Quads and N-Triples they stay in the order in which they
// come. In the other formats, of all or of the first 100,000 the used ones of the prefixes are declared; when there are no more,
// they are also sorted as SortReadable does. An error of the quads comes back as it is.
func Copy(w io.Writer, f Format, o WriteOptions, quads iter.Seq2[schema.Quad, error]) (n int64, err error) {
	c := copier{w: w, f: f, o: o, ahead: ahead}
	if f == NQuads || f == NTriples {
		c.ahead = 0
	}
	for q, err := range quads {
		if err == nil {
			err = c.add(q)
		}
		if err != nil {
			return c.n, err
		}
	}
	return c.n, c.end()
}

// copier keeps the first quads until it knows how to begin.
type copier struct {
	w     io.Writer
	f     Format
	o     WriteOptions
	ahead int
	first []schema.Quad
	out   QuadWriter // nil before it has begun
	n     int64
}

func (c *copier) add(q schema.Quad) error {
	if c.out == nil && len(c.first) < c.ahead {
		c.first = append(c.first, q)
		return nil
	}
	if err := c.begin(); err != nil {
		return err
	}
	return c.write(q)
}

func (c *copier) write(q schema.Quad) error {
	c.n++
	return c.out.Write(q)
}

// begin writes the quads that were kept.
func (c *copier) begin() (err error) {
	if c.out != nil {
		return nil
	}
	if c.ahead > 0 {
		c.o.Prefixes = used(c.o.Prefixes, c.first)
	}
	if c.out, err = NewQuadWriter(c.w, c.f, c.o); err != nil {
		return err
	}
	for _, q := range c.first {
		if err := c.write(q); err != nil {
			return err
		}
	}
	c.first = nil
	return nil
}

func (c *copier) end() error {
	if c.out == nil {
		SortReadable(c.first)
	}
	if err := c.begin(); err != nil {
		return err
	}
	return c.out.Flush()
}

// used returns the prefixes that shorten an IRI of the quads.
func used(prefixes []Prefix, quads []schema.Quad) []Prefix {
	left := slices.Clone(prefixes)
	var found []Prefix
	for _, q := range quads {
		for _, iri := range [...]string{iriOf(q.Subject), q.Predicate.Value, iriOf(q.Object), iriOf(q.Graph), q.Object.Datatype} {
			left = slices.DeleteFunc(left, func(p Prefix) bool {
				fits := strings.HasPrefix(iri, p.IRI)
				if fits {
					found = append(found, p)
				}
				return fits
			})
		}
	}
	return found
}
