package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Verify reads the whole store and checks that its tables agree: every term that a quad names is in the dictionary, where a
// search finds it, every term there is used, and the counts are right. The error wraps store.ErrCorrupt. That PostgreSQL's own
// indexes are sound is for its pg_amcheck to say.
func (s *Store) Verify(ctx context.Context) error {
	v := s.snapshot()
	defer v.Close()
	c := &checker{Snapshot: v, ctx: ctx, used: map[store.ID]bool{}}
	for _, check := range []func() error{c.quads, c.terms, c.counts} {
		if err := check(); err != nil {
			return s.describe("verify store", err)
		}
	}
	return nil
}

type checker struct {
	*Snapshot
	ctx   context.Context
	used  map[store.ID]bool
	found store.Stats
}

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{store.ErrCorrupt}, args...)...)
}

// quads counts the quads and notes the terms that they name.
func (c *checker) quads() error {
	var last store.QuadID
	for {
		some, err := c.chunk(c.ctx, nil, pattern{}, last, manyQuads)
		if err != nil {
			return err
		}
		for _, q := range some {
			for pos, id := range q {
				if id == 0 && pos != 3 {
					return corrupt("quad %x lacks a term", q)
				}
				c.used[id] = true
			}
		}
		c.found.Quads += int64(len(some))
		if len(some) < manyQuads {
			delete(c.used, 0)
			return nil
		}
		last = some[len(some)-1]
	}
}

// termsAtOnce is how many terms are read at once; some are texts of articles.
const termsAtOnce = 2000

// terms reads the dictionary.
func (c *checker) terms() error {
	for last := store.ID(0); ; {
		rows := map[store.ID]slot{}
		statement := fmt.Sprintf("SELECT %s FROM newsgraph_terms WHERE id > %d ORDER BY id LIMIT %d", termColumns, last, termsAtOnce)
		err := c.query(c.ctx, statement, func(r *sql.Rows) error {
			id, s, err := scanSlot(r)
			rows[id], last = s, max(last, id)
			return err
		})
		if err != nil {
			return err
		}
		for id, s := range rows {
			if s.mark {
				continue
			}
			c.found.Terms++
			if err := c.term(id, s.term); err != nil {
				return err
			}
		}
		if len(rows) < termsAtOnce {
			break
		}
	}
	if len(c.used) > 0 {
		return corrupt("%d terms of quads are not in the dictionary", len(c.used))
	}
	return nil
}

func (c *checker) term(id store.ID, t schema.Term) error {
	if store.Canonical(t) != t {
		return corrupt("term %x is not in its canonical form", uint64(id))
	}
	if id != c.m.s.home(t) { // else a search begins, and ends, here
		at, found, err := c.Find(t)
		if err != nil {
			return err
		}
		if !found || at != id {
			return corrupt("term %x is not where a search finds it", uint64(id))
		}
	}
	if !c.used[id] {
		return corrupt("term %x is in no quad", uint64(id))
	}
	delete(c.used, id)
	return nil
}

func (c *checker) counts() error {
	err := c.query(c.ctx, "SELECT count(*) FROM newsgraph_records", func(r *sql.Rows) error { return r.Scan(&c.found.Records) })
	if err == nil && c.m.stats != c.found {
		err = corrupt("counts say %+v, the store holds %+v", c.m.stats, c.found)
	}
	return err
}
