package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// moment is one state of the store: a transaction that sees it, shared by snapshots, which take turns.
type moment struct {
	s     *Store
	users int // guarded by Store.mu
	stats store.Stats
	err   error // why there is none

	mu    sync.Mutex
	tx    *sql.Tx
	terms map[store.ID]schema.Term // read before
	// recent are quads read last, at whose terms somebody will look next; at is the place of the last one looked at.
	recent []store.QuadID
	at     int
}

const (
	maxTerms  = 1 << 17 // that a moment keeps
	maxCached = 1 << 12 // bytes of the longest term worth keeping
	ahead     = 500     // terms read before they are asked for
)

// newMoment begins a transaction and reads the counts, which fixes what it sees.
func (s *Store) newMoment() *moment {
	m := &moment{s: s, terms: map[store.ID]schema.Term{}}
	ctx := context.Background()
	if m.tx, m.err = s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}); m.err != nil {
		return m
	}
	if _, m.err = m.tx.Exec("SET LOCAL idle_in_transaction_session_timeout = 0"); m.err != nil {
		return m
	}
	row := m.tx.QueryRow("SELECT quads, terms, records FROM newsgraph_meta")
	m.err = row.Scan(&m.stats.Quads, &m.stats.Terms, &m.stats.Records)
	return m
}

func (m *moment) close() {
	if m.tx != nil {
		_ = m.tx.Rollback() // it has changed nothing
	}
}

// Snapshot is the store as it was at one moment. It is safe for concurrent use; Close it, and before the store.
type Snapshot struct {
	m      *moment
	mu     sync.Mutex
	closed bool
}

var (
	_ store.Reader = (*Snapshot)(nil)
	_ store.Source = (*Snapshot)(nil)
)

// Snapshot returns the store as it is now. Of a closed store, or one that the server has lost, it is one whose methods all
// return the error.
func (s *Store) Snapshot() store.Reader { return s.snapshot() }

func (s *Store) snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return &Snapshot{m: &moment{s: s, err: store.ErrClosed, users: 2}} // never closed
	}
	if s.current == nil {
		s.current = s.newMoment()
	}
	s.current.users++
	s.open++
	return &Snapshot{m: s.current}
}

// leave lets a moment go, and ends it after its last user.
func (s *Store) leave(m *moment) {
	s.mu.Lock()
	m.users--
	last := m.users == 0
	if last && s.current == m {
		s.current = nil
	}
	if m.err != store.ErrClosed {
		s.open--
	}
	s.mu.Unlock()
	if last {
		m.close()
	}
}

// changed says that the store has another state now.
func (s *Store) changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = nil // its users let it go
}

// Close lets the snapshot go; a second Close is store.ErrClosed.
func (v *Snapshot) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return store.ErrClosed
	}
	v.closed = true
	v.m.s.leave(v.m)
	return nil
}

// query runs a query whose answer is short, and calls scan for each row. The statement holds no text of anybody's but numbers.
func (v *Snapshot) query(ctx context.Context, statement string, scan func(*sql.Rows) error, args ...any) error {
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return v.m.query(ctx, statement, scan, args...)
}

// query is Snapshot.query for who holds m.mu. A context that ended would end the transaction, so it is asked before and not
// during.
func (m *moment) query(ctx context.Context, statement string, scan func(*sql.Rows) error, args ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := m.err
	if err == nil {
		err = each(m.tx, statement, scan, args...)
	}
	switch {
	case err == nil, errors.Is(err, store.ErrClosed):
		return err
	case errors.Is(err, sql.ErrTxDone):
		return store.ErrClosed
	}
	return m.s.describe("read store", err)
}

// querier is a transaction, or a connection.
type querier interface {
	Query(statement string, args ...any) (*sql.Rows, error)
}

func each(q querier, statement string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := q.Query(statement, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := scan(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// Stats returns the exact sizes.
func (v *Snapshot) Stats(ctx context.Context) (store.Stats, error) {
	err := v.query(ctx, "SELECT 1", func(*sql.Rows) error { return nil })
	return v.m.stats, err
}

// Record returns the side record under key; ok is false when there is none.
func (v *Snapshot) Record(ctx context.Context, key string) (val []byte, ok bool, err error) {
	err = v.query(ctx, "SELECT value FROM newsgraph_records WHERE key = $1", func(rows *sql.Rows) error {
		ok = true
		return rows.Scan(&val)
	}, key)
	return val, ok, err
}

// likeEscapes makes a text mean itself in a pattern of LIKE.
var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// recordsAtOnce is how many side records are read at once.
const recordsAtOnce = 200

// Records calls f for every side record whose key begins with prefix, in byte order of the keys.
func (v *Snapshot) Records(ctx context.Context, prefix string, f func(key string, val []byte) error) error {
	type record struct {
		key string
		val []byte
	}
	for last := ""; ; {
		var list []record
		err := v.query(ctx, fmt.Sprintf(`SELECT key, value FROM newsgraph_records WHERE key LIKE $1 AND key > $2 ORDER BY key LIMIT %d`, recordsAtOnce),
			func(rows *sql.Rows) error {
				var r record
				err := rows.Scan(&r.key, &r.val)
				list = append(list, r)
				return err
			}, likeEscapes.Replace(prefix)+"%", last)
		if err != nil {
			return err
		}
		for _, r := range list {
			if err := f(r.key, r.val); err != nil {
				return err
			}
			last = r.key
		}
		if len(list) < recordsAtOnce {
			return nil
		}
	}
}

// QuadStore returns the snapshot for Cayley, for reading only.
func (v *Snapshot) QuadStore() *store.QuadStore { return store.NewSnapshot(v) }
