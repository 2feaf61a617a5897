package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// columns are those of newsgraph_quads, by position in a quad.
var columns = [4]string{"subject", "predicate", "object", "graph"}

// pattern is the quads that are asked for.
type pattern struct {
	want     store.QuadID
	oneGraph bool // 0 in the place of the graph is the default graph; else 0 is anything
}

// where is the condition of the pattern; "true" for all quads.
func (p pattern) where() string {
	var parts []string
	for pos, id := range p.want {
		if id != 0 || pos == 3 && p.oneGraph {
			parts = append(parts, fmt.Sprintf("%s = %d", columns[pos], id))
		}
	}
	if len(parts) == 0 {
		return "true"
	}
	return strings.Join(parts, " AND ")
}

// next is the statement that reads the quads behind last, all when it is the zero QuadID.
func (p pattern) next(last store.QuadID, most int) string {
	order, _ := store.Order(p.want, p.oneGraph)
	var names []string
	var ids []store.ID
	for _, pos := range order {
		names, ids = append(names, columns[pos]), append(ids, last[pos])
	}
	sorted := strings.Join(names, ", ")
	behind := ""
	if last != (store.QuadID{}) {
		behind = fmt.Sprintf(" AND (%s) > (%s)", sorted, list(ids))
	}
	return fmt.Sprintf("SELECT subject, predicate, object, graph FROM newsgraph_quads WHERE %s%s ORDER BY %s LIMIT %d", p.where(), behind, sorted, most)
}

func scanQuad(rows *sql.Rows) (q store.QuadID, err error) {
	var n [4]int64
	err = rows.Scan(&n[0], &n[1], &n[2], &n[3])
	for pos := range q {
		q[pos] = store.ID(n[pos])
	}
	return q, err
}

// quads appends the next quads of a pattern. The caller holds m.mu.
func (m *moment) quads(ctx context.Context, dst []store.QuadID, p pattern, last store.QuadID, most int) ([]store.QuadID, error) {
	start := len(dst)
	err := m.query(ctx, p.next(last, most), func(rows *sql.Rows) error {
		q, err := scanQuad(rows)
		dst = append(dst, q)
		return err
	})
	m.recent, m.at = append(m.recent[:0], dst[start:]...), 0
	return dst, err
}

// read keeps the terms that a statement gives, and hands them to f.
func (m *moment) read(ctx context.Context, statement string, f func(store.ID, schema.Term)) error {
	return m.query(ctx, statement, func(rows *sql.Rows) error {
		id, s, err := scanSlot(rows)
		if err != nil || s.mark {
			return err
		}
		f(id, s.term)
		if len(s.term.Value) > maxCached {
			return nil
		}
		if len(m.terms) >= maxTerms {
			clear(m.terms)
		}
		m.terms[id] = s.term
		return nil
	})
}

// term returns a term, and reads those that will be asked for next. The caller holds m.mu.
func (m *moment) term(ctx context.Context, id store.ID) (t schema.Term, ok bool, err error) {
	if t, ok := m.terms[id]; ok {
		return t, true, nil
	}
	statement := fmt.Sprintf("SELECT %s FROM newsgraph_terms WHERE id = %d", termColumns, id)
	if more := m.next(id); len(more) > 0 {
		statement += fmt.Sprintf(" OR id IN (%s) AND octet_length(value) <= %d", list(more), maxCached)
	}
	err = m.read(ctx, statement, func(got store.ID, term schema.Term) {
		if got == id {
			t, ok = term, true
		}
	})
	return t, ok, err
}

// next guesses whose terms will be asked for after that of id: those at the same position of the quads that were read last.
func (m *moment) next(id store.ID) (ids []store.ID) {
	for i := m.at; i < len(m.recent); i++ {
		pos := slices.Index(m.recent[i][:], id)
		if pos < 0 {
			continue
		}
		m.at = i
		seen := map[store.ID]bool{id: true}
		for _, q := range m.recent[i:] {
			if len(ids) == ahead {
				break
			}
			if _, known := m.terms[q[pos]]; q[pos] != 0 && !known && !seen[q[pos]] {
				seen[q[pos]] = true
				ids = append(ids, q[pos])
			}
		}
		return ids
	}
	return nil
}

// found searches for a term. The caller holds m.mu.
func (m *moment) found(ctx context.Context, t schema.Term) (id store.ID, ok bool, err error) {
	return m.s.find(store.Canonical(t), func(id store.ID) (s slot, err error) {
		if t, known := m.terms[id]; known {
			return slot{there: true, term: t}, nil
		}
		err = m.query(ctx, slotsOf([]store.ID{id}), func(rows *sql.Rows) error {
			_, s, err = scanSlot(rows)
			return err
		})
		if s.there && !s.mark && len(s.term.Value) <= maxCached && len(m.terms) < maxTerms {
			m.terms[id] = s.term
		}
		return s, err
	})
}

// Find returns the id of a term; ok is false when no quad has it.
func (v *Snapshot) Find(t schema.Term) (id store.ID, ok bool, err error) {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return v.m.found(context.Background(), t)
}

// Lookup returns the term with the id; ok is false when there is none.
func (v *Snapshot) Lookup(id store.ID) (t schema.Term, ok bool, err error) {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return v.m.term(context.Background(), id)
}

// Quads appends to dst the next quads behind last that fit want, at most so many.
func (v *Snapshot) Quads(ctx context.Context, dst []store.QuadID, want, last store.QuadID, most int) ([]store.QuadID, error) {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return v.m.quads(ctx, dst, pattern{want: want}, last, most)
}

// Nodes appends to dst the next ids of terms behind last, at most so many.
func (v *Snapshot) Nodes(ctx context.Context, dst []store.ID, last store.ID, most int) ([]store.ID, error) {
	statement := fmt.Sprintf("SELECT id FROM newsgraph_terms WHERE id > %d AND kind <> %d ORDER BY id LIMIT %d", last, kindMark, most)
	err := v.query(ctx, statement, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		dst = append(dst, store.ID(id))
		return err
	})
	return dst, err
}

// sizeLimit is how many quads Size counts before it asks the database for an estimate.
const sizeLimit = 512

// Size returns how many quads fit want: exact for small numbers, else an estimate.
func (v *Snapshot) Size(ctx context.Context, want store.QuadID) (n int64, exact bool, err error) {
	if want == (store.QuadID{}) {
		st, err := v.Stats(ctx)
		return st.Quads, err == nil, err
	}
	where := pattern{want: want}.where()
	statement := fmt.Sprintf("SELECT count(*) FROM (SELECT FROM newsgraph_quads WHERE %s LIMIT %d) AS given", where, sizeLimit)
	err = v.query(ctx, statement, func(rows *sql.Rows) error { return rows.Scan(&n) })
	if err != nil || n < sizeLimit {
		return n, err == nil, err
	}
	var plan []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	err = v.query(ctx, "EXPLAIN (FORMAT JSON) SELECT FROM newsgraph_quads WHERE "+where, func(rows *sql.Rows) error {
		var text []byte
		if err := rows.Scan(&text); err != nil {
			return err
		}
		return json.Unmarshal(text, &plan)
	})
	if err == nil && len(plan) > 0 {
		n = max(n, int64(plan[0].Plan.Rows))
	}
	return n, false, err
}

// Has says whether the quad is there; NoTerm in q.Graph is the default graph.
func (v *Snapshot) Has(ctx context.Context, q schema.Quad) (bool, error) {
	if q.Subject.Kind == schema.NoTerm || q.Predicate.Kind == schema.NoTerm || q.Object.Kind == schema.NoTerm {
		return false, nil
	}
	p, ok, err := v.pattern(ctx, q, true)
	if err != nil || !ok {
		return false, err
	}
	some, err := v.chunk(ctx, nil, p, store.QuadID{}, 1)
	return len(some) > 0, err
}

// Match calls f for every quad that fits q, where NoTerm fits anything, any graph included.
func (v *Snapshot) Match(ctx context.Context, q schema.Quad, f func(schema.Quad) error) error {
	return v.match(ctx, q, false, f)
}

// MatchGraph is Match for one graph: NoTerm in q.Graph is the default graph.
func (v *Snapshot) MatchGraph(ctx context.Context, q schema.Quad, f func(schema.Quad) error) error {
	return v.match(ctx, q, true, f)
}

// pattern turns a quad into ids; ok is false when the store lacks one of its terms.
func (v *Snapshot) pattern(ctx context.Context, q schema.Quad, oneGraph bool) (p pattern, ok bool, err error) {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	p.oneGraph = oneGraph
	for pos, t := range terms(q) {
		if t.Kind == schema.NoTerm {
			continue
		}
		if p.want[pos], ok, err = v.m.found(ctx, t); err != nil || !ok {
			return p, false, err
		}
	}
	return p, true, nil
}

func terms(q schema.Quad) [4]schema.Term {
	return [4]schema.Term{q.Subject, q.Predicate, q.Object, q.Graph}
}

const (
	firstChunk = 64   // quads read at once at first: many patterns fit few
	lastChunk  = 2048 // and at most
)

func (v *Snapshot) chunk(ctx context.Context, dst []store.QuadID, p pattern, last store.QuadID, most int) ([]store.QuadID, error) {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return v.m.quads(ctx, dst, p, last, most)
}

func (v *Snapshot) match(ctx context.Context, q schema.Quad, oneGraph bool, f func(schema.Quad) error) error {
	p, ok, err := v.pattern(ctx, q, oneGraph)
	if err != nil || !ok {
		return err
	}
	var last store.QuadID
	for size := firstChunk; ; size = min(2*size, lastChunk) {
		ids, err := v.chunk(ctx, nil, p, last, size)
		if err != nil {
			return err
		}
		quads, err := v.resolve(ctx, ids)
		if err != nil {
			return err
		}
		for _, q := range quads {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := f(q); err != nil {
				return err
			}
		}
		if len(ids) < size {
			return nil
		}
		last = ids[len(ids)-1]
	}
}

// resolve turns ids into quads, with one look at the database.
func (v *Snapshot) resolve(ctx context.Context, ids []store.QuadID) ([]schema.Quad, error) {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	known := map[store.ID]schema.Term{0: {}}
	var missing []store.ID
	for _, q := range ids {
		for _, id := range q {
			if _, ok := known[id]; ok {
				continue
			}
			t, ok := v.m.terms[id]
			if known[id] = t; !ok {
				missing = append(missing, id)
			}
		}
	}
	if len(missing) > 0 {
		got := 0
		err := v.m.read(ctx, slotsOf(missing), func(id store.ID, t schema.Term) { known[id], got = t, got+1 })
		if err == nil && got < len(missing) {
			err = v.m.s.describe("read store", fmt.Errorf("%w: quads name %d terms that are not there", store.ErrCorrupt, len(missing)-got))
		}
		if err != nil {
			return nil, err
		}
	}
	quads := make([]schema.Quad, len(ids))
	for i, q := range ids {
		quads[i] = schema.Quad{Subject: known[q[0]], Predicate: known[q[1]], Object: known[q[2]], Graph: known[q[3]]}
	}
	return quads, nil
}

// IDs returns a reader of the quads as ids.
func (v *Snapshot) IDs() store.IDs { return ids{v} }

// ids reads as much of a pattern as there is, and one term at a time.
type ids struct{ *Snapshot }

// Close does nothing: nothing is held.
func (ids) Close() error { return nil }

// Term returns the term with the id, which came from the same snapshot; the zero Term for 0.
func (r ids) Term(id store.ID) (schema.Term, error) {
	if id == 0 {
		return schema.Term{}, nil
	}
	t, ok, err := r.Lookup(id)
	if err == nil && !ok {
		err = r.m.s.describe("read store", fmt.Errorf("%w: a quad names the term %x, which is not there", store.ErrCorrupt, uint64(id)))
	}
	return t, err
}

// manyQuads is how many quads Match asks for at once.
const manyQuads = 1 << 16

// Match appends the quads that fit want to dst, where 0 fits anything.
func (r ids) Match(ctx context.Context, dst []store.QuadID, want store.QuadID) ([]store.QuadID, error) {
	var last store.QuadID
	for {
		start := len(dst)
		var err error
		if dst, err = r.chunk(ctx, dst, pattern{want: want}, last, manyQuads); err != nil || len(dst)-start < manyQuads {
			return dst, err
		}
		last = dst[len(dst)-1]
	}
}
