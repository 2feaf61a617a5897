package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"newsgraph/schema"
)

// change is an update being made up. It reads the store as it was before, which nobody else changes meanwhile. What it needs to
// know of terms and quads it asks for many at once, in the order of their keys: that costs a fraction of asking one by one.
type change struct {
	s     *Store
	out   *pebble.Batch
	stats Stats

	termAt map[schema.Term]int32 // places in terms
	terms  []metTerm             // the first is no term: the default graph
	fresh  map[ID][]byte         // slots given to new terms, with their values
	quadAt map[QuadID]int32      // places in quads
	quads  []metQuad
	gen    uint64 // of the cache of terms

	knownTerms, knownQuads, knownRecords *lookup // nil until needed
}

// metTerm is a term that the change met.
type metTerm struct {
	enc    []byte
	home   ID   // where the search for it begins
	id     ID   // 0: it is not there so far
	vacant bool // home is an empty slot in the store
	fresh  bool // the change gave it its slot

	touched, used bool // it stands in a quad that changes, or that comes
}

// metQuad is a quad that the change met.
type metQuad struct {
	id            QuadID
	terms         [4]int32
	before, after bool
}

// nowhere is the place of a quad that cannot be there, as one of its terms is not.
const nowhere = int32(-1)

func (s *Store) newChange() *change {
	return &change{
		s: s, out: s.db.NewBatch(), stats: s.stats, gen: s.cache.generation(),
		termAt: map[schema.Term]int32{}, terms: make([]metTerm, 1), fresh: map[ID][]byte{}, quadAt: map[QuadID]int32{},
	}
}

// meet returns the places of quads. Terms that are not there get a slot when create is set; else their quads are nowhere.
func (c *change) meet(ctx context.Context, quads []schema.Quad, create bool) (places []int32, err error) {
	firstTerm, firstQuad := len(c.terms), len(c.quads)
	terms := c.meetTerms(quads)
	if err := c.lookTerms(ctx, firstTerm); err != nil {
		return nil, err
	}
	places = make([]int32, len(quads))
	for i := range terms {
		if create {
			if err := c.create(&terms[i]); err != nil {
				return nil, err
			}
		}
		places[i] = c.meetQuad(&terms[i])
	}
	return places, c.lookQuads(ctx, firstQuad)
}

// meetTerms returns the places of the terms of quads, 0 for none.
func (c *change) meetTerms(quads []schema.Quad) [][4]int32 {
	places := make([][4]int32, len(quads))
	var last [4]schema.Term // neighbours share terms
	var lastAt [4]int32
	for i := range quads {
		for pos, t := range terms(quads[i]) {
			if t != last[pos] {
				last[pos], lastAt[pos] = t, c.meetTerm(canonical(t))
			}
			places[i][pos] = lastAt[pos]
		}
	}
	return places
}

func (c *change) meetTerm(t schema.Term) int32 {
	if t.Kind == schema.NoTerm {
		return 0
	}
	at, met := c.termAt[t]
	if !met {
		at = int32(len(c.terms))
		enc := encodeTerm(t)
		term := metTerm{enc: enc, home: c.s.home(enc)}
		if known, ok := c.s.cache.get(c.gen, term.home); ok && known == t {
			term.id = term.home
		}
		c.terms = append(c.terms, term)
		c.termAt[t] = at
	}
	return at
}

// lookTerms finds the terms from the place first on that are not found yet.
func (c *change) lookTerms(ctx context.Context, first int) error {
	order := make([]*metTerm, 0, len(c.terms)-first)
	for i := first; i < len(c.terms); i++ {
		if c.terms[i].id == 0 {
			order = append(order, &c.terms[i])
		}
	}
	if len(order) == 0 {
		return nil
	}
	slices.SortFunc(order, func(a, b *metTerm) int { return cmp.Compare(a.home, b.home) })
	for i, t := range order {
		if err := errors.Join(every1024(ctx, i), c.lookTerm(t)); err != nil {
			return err
		}
	}
	return nil
}

// lookTerm finds one term.
func (c *change) lookTerm(t *metTerm) error {
	val, ok, err := c.s.look(&c.knownTerms, termKey(t.home))
	switch {
	case err != nil:
		return err
	case !ok:
		t.vacant = true
	case bytes.Equal(val, t.enc):
		t.id = t.home
		term, err := decodeTerm(val) // a copy: the caller's may be part of something large
		if err != nil {
			return err
		}
		c.s.cache.put(c.gen, t.id, term)
	default:
		at, err := c.s.find(c.s.db, t.enc, nil)
		if err != nil {
			return err
		}
		if at.found {
			t.id = at.id
		}
	}
	return nil
}

// create gives slots to those of the terms that have none.
func (c *change) create(places *[4]int32) error {
	for _, at := range places {
		t := &c.terms[at]
		if at == 0 || t.id != 0 {
			continue
		}
		id := t.home
		if !t.vacant || c.fresh[id] != nil {
			free, err := c.s.find(c.s.db, t.enc, c.fresh)
			if err != nil {
				return err
			}
			id = free.id
		}
		t.id, t.fresh, c.fresh[id] = id, true, t.enc
	}
	return nil
}

func (c *change) meetQuad(places *[4]int32) int32 {
	var id QuadID
	for pos, at := range places {
		if id[pos] = c.terms[at].id; at != 0 && id[pos] == 0 {
			return nowhere
		}
	}
	at, met := c.quadAt[id]
	if !met {
		at = int32(len(c.quads))
		c.quads = append(c.quads, metQuad{id: id, terms: *places})
		c.quadAt[id] = at
	}
	return at
}

// lookQuads finds out which of the quads from the place first on are there.
func (c *change) lookQuads(ctx context.Context, first int) error {
	var order []ranked
	for i := first; i < len(c.quads); i++ {
		if !c.anyFresh(&c.quads[i]) {
			order = append(order, ranked{at: int32(i)})
		}
	}
	if len(order) == 0 {
		return nil
	}
	c.sortQuads(spog, order)
	for i, r := range order {
		q := &c.quads[r.at]
		_, ok, err := c.s.look(&c.knownQuads, spog.key(q.id))
		if err := errors.Join(every1024(ctx, i), err); err != nil {
			return err
		}
		q.before, q.after = ok, ok
	}
	return nil
}

// endLookups is called when nothing more is met.
func (c *change) endLookups() (err error) {
	for _, known := range []*lookup{c.knownTerms, c.knownQuads, c.knownRecords} {
		if known != nil {
			err = errors.Join(err, known.close())
		}
	}
	return err
}

// ranked is the place of a quad, and a number that comes before another's when its key does: the key's first 8 bytes.
type ranked struct {
	rank uint64
	at   int32
}

// sortQuads puts quads in the order of an index.
func (c *change) sortQuads(x index, quads []ranked) {
	for i := range quads {
		id := &c.quads[quads[i].at].id
		quads[i].rank = uint64(id[x.order[0]])<<16 | uint64(id[x.order[1]])>>32
	}
	slices.SortFunc(quads, func(a, b ranked) int {
		if a.rank != b.rank {
			return cmp.Compare(a.rank, b.rank)
		}
		return x.compare(c.quads[a.at].id, c.quads[b.at].id)
	})
}

func (c *change) anyFresh(q *metQuad) bool {
	for _, at := range q.terms {
		if c.terms[at].fresh {
			return true
		}
	}
	return false
}

// sorted returns the places of the terms that are wanted, in the order of their ids.
func (c *change) sorted(want func(*metTerm) bool) (places []int32) {
	for i := range c.terms {
		if want(&c.terms[i]) {
			places = append(places, int32(i))
		}
	}
	slices.SortFunc(places, func(a, b int32) int { return cmp.Compare(c.terms[a].id, c.terms[b].id) })
	return places
}
