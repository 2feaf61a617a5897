package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/lib/pq"

	"newsgraph/graph/rdf"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Apply makes the change, the whole of it or nothing; when it returns nil the change is on the server's disk.
func (s *Store) Apply(ctx context.Context, b store.Batch) error {
	if err := b.Check(); err != nil {
		return err
	}
	for key := range b.Put {
		if strings.Contains(key, "\x00") {
			return fmt.Errorf("put record: bad key %q", key)
		}
	}
	return s.update(ctx, func(tx *transaction) error {
		c := tx.change(ctx)
		if err := c.batch(b); err != nil {
			return err
		}
		if err := c.write(); err != nil {
			return err
		}
		return c.records(b)
	})
}

// Load adds all quads of a sequence in one transaction, and returns how many were not there before.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[schema.Quad, error]) (added int64, err error) {
	err = s.update(ctx, func(tx *transaction) error {
		some := make([]schema.Quad, 0, s.atOnce)
		flush := func() error {
			c := tx.change(ctx)
			if err := c.batch(store.Batch{Add: some}); err != nil {
				return err
			}
			some = some[:0]
			return c.write()
		}
		for q, err := range quads {
			if err == nil {
				err = rdf.Check(q)
			}
			if err != nil {
				return err
			}
			if some = append(some, q); len(some) < s.atOnce {
				continue
			}
			if err := flush(); err != nil {
				return err
			}
		}
		err := flush()
		added = tx.delta.Quads
		return err
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// edit lets fill make up a change of quads of any values, for Cayley; see store.Edit.
func (s *Store) edit(ctx context.Context, fill func(add, remove func(schema.Quad) (bool, error)) error) error {
	return s.update(ctx, func(tx *transaction) error {
		c := tx.change(ctx)
		if err := fill(c.add, c.remove); err != nil {
			return err
		}
		return c.write()
	})
}

// QuadStore returns the living store for Cayley: each call sees the store as it is.
func (s *Store) QuadStore() *store.QuadStore {
	read := func(f func(store.Source) error) error {
		v := s.snapshot()
		return errors.Join(f(v), v.Close())
	}
	if s.readOnly {
		return store.NewQuadStore(read, nil)
	}
	return store.NewQuadStore(read, s.edit)
}

// transaction is a transaction of the writer, and what it does to the counts.
type transaction struct {
	s     *Store
	tx    *sql.Tx
	delta store.Stats
}

// update runs fill in a transaction. One runs at a time.
func (s *Store) update(ctx context.Context, fill func(*transaction) error) error {
	if s.readOnly {
		return store.ErrReadOnly
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return store.ErrClosed
	}
	// The context is asked on the way: one that ended would end the connection too, and the lock with it.
	sqlTx, err := s.writer.BeginTx(context.Background(), nil)
	if err != nil {
		return s.writeError(err)
	}
	defer sqlTx.Rollback() // nothing after Commit
	tx := &transaction{s: s, tx: sqlTx}
	if err := fill(tx); err != nil {
		if stopped := ctx.Err(); stopped != nil {
			return stopped
		}
		return s.writeError(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := tx.commit(); err != nil {
		return s.writeError(err)
	}
	return nil
}

// writeError names the store in errors of the database; others come back as they are.
func (s *Store) writeError(err error) error {
	var said *pq.Error
	if errors.As(err, &said) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) {
		return s.describe("write store", err)
	}
	return err
}

func (t *transaction) commit() error {
	if t.delta != (store.Stats{}) {
		_, err := t.tx.Exec(fmt.Sprintf("UPDATE newsgraph_meta SET quads = quads + %d, terms = terms + %d, records = records + %d",
			t.delta.Quads, t.delta.Terms, t.delta.Records))
		if err != nil {
			return err
		}
	}
	err := t.tx.Commit()
	t.s.changed()
	return err
}

// change is quads being changed. It reads the store as it was before, or was left by the change before it in the same
// transaction.
type change struct {
	*transaction
	ctx   context.Context
	ids   map[schema.Term]store.ID // of the terms met so far; 0: not in the store
	slots map[store.ID]slot        // read so far
	fresh map[store.ID]schema.Term // slots given to new terms
	quads map[store.QuadID]*presence
}

type presence struct{ before, after bool }

func (t *transaction) change(ctx context.Context) *change {
	return &change{transaction: t, ctx: ctx, ids: map[schema.Term]store.ID{}, slots: map[store.ID]slot{}, fresh: map[store.ID]schema.Term{},
		quads: map[store.QuadID]*presence{}}
}

// batch takes the quads of a batch: it reads all that they need with few looks at the database.
func (c *change) batch(b store.Batch) error {
	if err := c.readSlots(b.Remove, b.Add); err != nil {
		return err
	}
	var all []store.QuadID
	for i, list := range [][]schema.Quad{b.Remove, b.Add} {
		for _, q := range list {
			id, ok, err := c.resolve(q, i == 1)
			if err != nil {
				return err
			}
			if ok {
				all = append(all, id)
			}
		}
	}
	if err := c.readPresence(all); err != nil {
		return err
	}
	for _, q := range b.Remove {
		if _, err := c.remove(q); err != nil {
			return err
		}
	}
	for _, q := range b.Add {
		if _, err := c.add(q); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many rows a statement names.
const atOnce = 10_000

// readSlots reads the slots where the searches for the terms of the quads begin.
func (c *change) readSlots(lists ...[]schema.Quad) error {
	var homes []store.ID
	seen := map[schema.Term]bool{}
	for _, quads := range lists {
		for _, q := range quads {
			for _, t := range terms(q) {
				if t.Kind == schema.NoTerm || seen[t] {
					continue
				}
				seen[t] = true
				home := c.s.home(store.Canonical(t))
				if _, known := c.slots[home]; !known {
					c.slots[home] = slot{}
					homes = append(homes, home)
				}
			}
		}
	}
	slices.Sort(homes)
	for some := range slices.Chunk(homes, atOnce) {
		err := each(c.tx, slotsOf(some), func(rows *sql.Rows) error {
			id, s, err := scanSlot(rows)
			c.slots[id] = s
			return err
		})
		if err := errors.Join(err, c.ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

// readPresence finds out which quads are there.
func (c *change) readPresence(all []store.QuadID) error {
	var unknown []store.QuadID
	for _, q := range all {
		if c.quads[q] != nil {
			continue
		}
		c.quads[q] = &presence{}
		if !c.anyFresh(q) {
			unknown = append(unknown, q)
		}
	}
	for some := range slices.Chunk(unknown, atOnce) {
		err := each(c.tx, "SELECT subject, predicate, object, graph FROM newsgraph_quads NATURAL JOIN "+unnest, func(rows *sql.Rows) error {
			q, err := scanQuad(rows)
			if p := c.quads[q]; p != nil {
				p.before, p.after = true, true
			}
			return err
		}, arrays(some)...)
		if err := errors.Join(err, c.ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

// unnest is four arrays as a table of quads.
const unnest = "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS given (subject, predicate, object, graph)"

func arrays(quads []store.QuadID) []any {
	out := make([]any, 4)
	for pos := range out {
		column := make([]int64, len(quads))
		for i, q := range quads {
			column[i] = int64(q[pos])
		}
		out[pos] = pq.Array(column)
	}
	return out
}

func (c *change) anyFresh(q store.QuadID) bool {
	return slices.ContainsFunc(q[:], func(id store.ID) bool { _, fresh := c.fresh[id]; return fresh })
}

// resolve returns the quad as ids; ok is false when one of its terms is not there and none is to be made.
func (c *change) resolve(q schema.Quad, create bool) (id store.QuadID, ok bool, err error) {
	for pos, t := range terms(q) {
		if t.Kind == schema.NoTerm {
			continue
		}
		if id[pos], err = c.resolveTerm(store.Canonical(t), create); err != nil || id[pos] == 0 {
			return id, false, err
		}
	}
	return id, true, nil
}

func (c *change) resolveTerm(t schema.Term, create bool) (store.ID, error) {
	id, met := c.ids[t]
	if met && (id != 0 || !create) {
		return id, nil
	}
	at, found, err := c.s.find(t, c.slot)
	switch {
	case err != nil:
		return 0, err
	case found:
		id = at
	case create:
		id = at
		c.fresh[id] = t
	}
	c.ids[t] = id
	return id, nil
}

// slot returns a slot as the change leaves it.
func (c *change) slot(id store.ID) (s slot, err error) {
	if t, ok := c.fresh[id]; ok {
		return slot{there: true, term: t}, nil
	}
	s, known := c.slots[id]
	if known {
		return s, nil
	}
	err = each(c.tx, slotsOf([]store.ID{id}), func(rows *sql.Rows) error {
		_, s, err = scanSlot(rows)
		return err
	})
	c.slots[id] = s
	return s, err
}

// add says whether the quad was missing so far.
func (c *change) add(q schema.Quad) (bool, error) { return c.set(q, true) }

// remove says whether the quad was there so far.
func (c *change) remove(q schema.Quad) (bool, error) { return c.set(q, false) }

func (c *change) set(q schema.Quad, there bool) (changed bool, err error) {
	id, ok, err := c.resolve(q, there)
	if err != nil || !ok {
		return false, err
	}
	if c.quads[id] == nil {
		if err := c.readPresence([]store.QuadID{id}); err != nil {
			return false, err
		}
	}
	p := c.quads[id]
	changed = p.after != there
	p.after = there
	return changed, nil
}

// write writes the change: new terms, quads, and terms that no quad uses any more.
func (c *change) write() error {
	var add, remove []store.QuadID
	used := map[store.ID]bool{} // the ids in changed quads; true: in one that was added
	for q, p := range c.quads {
		switch {
		case p.before == p.after:
			continue
		case p.after:
			add = append(add, q)
		default:
			remove = append(remove, q)
		}
		for _, id := range q {
			used[id] = used[id] || p.after
		}
	}
	delete(used, 0)
	c.delta.Quads += int64(len(add)) - int64(len(remove))
	if err := c.writeTerms(used); err != nil {
		return err
	}
	if err := c.writeQuads("INSERT INTO newsgraph_quads SELECT * FROM "+unnest, add); err != nil {
		return err
	}
	err := c.writeQuads("DELETE FROM newsgraph_quads q USING "+unnest+
		" WHERE (q.subject, q.predicate, q.object, q.graph) = (given.subject, given.predicate, given.object, given.graph)", remove)
	if err != nil {
		return err
	}
	return c.collect(used)
}

// writeQuads runs a statement for the quads, in order, which is kind to the indexes.
func (c *change) writeQuads(statement string, quads []store.QuadID) error {
	slices.SortFunc(quads, func(a, b store.QuadID) int { return slices.Compare(a[:], b[:]) })
	for some := range slices.Chunk(quads, atOnce) {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		result, err := c.tx.Exec(statement, arrays(some)...)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n != int64(len(some)) {
			return errors.Join(err, fmt.Errorf("%w: %d quads changed, not %d", store.ErrCorrupt, n, len(some)))
		}
	}
	return nil
}

// writeTerms writes the new terms that are used. One that is not, since its quad was removed again, leaves its slot empty, or
// marked when the next slot was given out as well.
func (c *change) writeTerms(used map[store.ID]bool) error {
	for some := range slices.Chunk(slices.Sorted(maps.Keys(c.fresh)), atOnce) {
		var ids []int64
		var kinds []int64
		var values, langs, datatypes []string
		var raws pq.ByteaArray
		for _, id := range some {
			row := rowOf(c.fresh[id])
			if !used[id] {
				if _, above := c.fresh[store.Next(id)]; !above {
					continue
				}
				row = termRow{kind: kindMark}
			} else {
				c.delta.Terms++
			}
			ids, kinds = append(ids, int64(id)), append(kinds, int64(row.kind))
			values, langs, datatypes, raws = append(values, row.value), append(langs, row.lang), append(datatypes, row.datatype), append(raws, row.raw)
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
		_, err := c.tx.Exec(`INSERT INTO newsgraph_terms SELECT id, kind, value, lang, datatype, NULLIF(raw, '')
			FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::bytea[]) AS given (id, kind, value, lang, datatype, raw)
			ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, value = EXCLUDED.value, lang = EXCLUDED.lang, datatype = EXCLUDED.datatype, raw = EXCLUDED.raw`,
			pq.Array(ids), pq.Array(kinds), pq.Array(values), pq.Array(langs), pq.Array(datatypes), raws)
		if err != nil {
			return err
		}
	}
	return nil
}

// collect removes the terms of removed quads that no quad uses any more.
func (c *change) collect(used map[store.ID]bool) error {
	var candidates []store.ID
	for id, added := range used {
		if _, fresh := c.fresh[id]; !added && !fresh {
			candidates = append(candidates, id)
		}
	}
	slices.Sort(candidates)
	for some := range slices.Chunk(candidates, atOnce) {
		if err := c.collectSome(some); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) collectSome(candidates []store.ID) error {
	var gone []store.ID
	err := each(c.tx, fmt.Sprintf(`SELECT t.id FROM newsgraph_terms t WHERE t.id IN (%s)
		AND NOT EXISTS (SELECT FROM newsgraph_quads WHERE subject = t.id) AND NOT EXISTS (SELECT FROM newsgraph_quads WHERE predicate = t.id)
		AND NOT EXISTS (SELECT FROM newsgraph_quads WHERE object = t.id) AND NOT EXISTS (SELECT FROM newsgraph_quads WHERE graph = t.id)`, list(candidates)),
		func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			gone = append(gone, store.ID(id))
			return err
		})
	if err := errors.Join(err, c.ctx.Err()); err != nil || len(gone) == 0 {
		return err
	}
	c.delta.Terms -= int64(len(gone))
	var above []store.ID
	for _, id := range gone {
		above = append(above, store.Next(id))
	}
	taken := map[store.ID]bool{}
	err = each(c.tx, fmt.Sprintf("SELECT id FROM newsgraph_terms WHERE id IN (%s)", list(above)), func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		taken[store.ID(id)] = true
		return err
	})
	if err != nil {
		return err
	}
	marks := slices.DeleteFunc(slices.Clone(gone), func(id store.ID) bool { return !taken[store.Next(id)] })
	if len(marks) > 0 {
		_, err := c.tx.Exec(fmt.Sprintf("UPDATE newsgraph_terms SET kind = %d, value = '', lang = '', datatype = '', raw = NULL WHERE id IN (%s)", kindMark, list(marks)))
		if err != nil {
			return err
		}
	}
	_, err = c.tx.Exec(fmt.Sprintf("DELETE FROM newsgraph_terms WHERE kind <> %d AND id IN (%s)", kindMark, list(gone)))
	return err
}

// records deletes and puts the side records of a batch.
func (c *change) records(b store.Batch) error {
	deleted := slices.DeleteFunc(slices.Clone(b.Delete), func(key string) bool { _, put := b.Put[key]; return put || strings.Contains(key, "\x00") })
	if len(deleted) > 0 {
		result, err := c.tx.Exec("DELETE FROM newsgraph_records WHERE key = ANY ($1)", pq.Array(deleted))
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		c.delta.Records -= n
	}
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(b.Put)), 500) {
		if err := errors.Join(c.put(b.Put, keys), c.ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) put(records map[string][]byte, keys []string) error {
	var values pq.ByteaArray
	for _, key := range keys {
		values = append(values, append([]byte{}, records[key]...))
	}
	var there int64
	if err := c.tx.QueryRow("SELECT count(*) FROM newsgraph_records WHERE key = ANY ($1)", pq.Array(keys)).Scan(&there); err != nil {
		return err
	}
	c.delta.Records += int64(len(keys)) - there
	_, err := c.tx.Exec("INSERT INTO newsgraph_records SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
		pq.Array(keys), values)
	return err
}
