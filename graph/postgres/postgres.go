// Package postgres keeps a graph in a PostgreSQL database: a store.Backend for graphs that outgrow one machine, or that others
// read with SQL. Terms have the ids that they have in the embedded store, so that every answer comes in the same order.
// docs/format.md has the tables.
//
// One process at a time has the store open for writing, which an advisory lock of the database sees to; any number read. A
// reader sees the store as it was when it was opened. All that belongs to one change is one transaction.
//
// Errors are those of store.Backend, *AddressError and *ConnectError. None holds the password of an address.
package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"sync"
	"time"

	"github.com/lib/pq"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Format names the tables that this package reads and writes; a database with others is store.ErrVersion.
const Format = "newsgraph postgres 1"

// Options of Open. The zero value opens or creates a store for reading and writing.
type Options struct {
	// ReadOnly opens a store that exists, and changes nothing in it.
	ReadOnly bool
	// BaseIRI is written into a new store (empty: schema.DefaultBase). A store that exists keeps its own, and a different
	// BaseIRI is an error.
	BaseIRI string

	home       func(schema.Term) store.ID // for tests: the slot where the search for a term begins
	loadAtOnce int                        // for tests: how many quads Load writes at once
}

// Store is an open store. It is safe for concurrent use.
type Store struct {
	name     string
	base     string
	readOnly bool
	home     func(schema.Term) store.ID
	atOnce   int // quads that Load writes
	db       *sql.DB

	writing sync.Mutex // held by the one writer
	writer  *sql.Conn  // has the lock of the database; nil when read-only

	mu      sync.Mutex
	current *moment // that new snapshots share; nil when none would be of the present state
	open    int     // snapshots
	closed  bool
}

var _ store.Backend = (*Store)(nil)

// connectTime is how long a server may take to answer at first.
const connectTime = 10 * time.Second

// Open opens the store in the database at the address, and makes its tables unless o.ReadOnly. The error names the database
// without its password, and wraps an *AddressError, a *ConnectError, store.ErrLocked, store.ErrVersion, or fs.ErrNotExist when
// there is no store to be read.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	s := &Store{name: Name(address), readOnly: o.ReadOnly, home: o.home, atOnce: cmp.Or(o.loadAtOnce, 20_000)}
	if s.home == nil {
		s.home = store.Home
	}
	u, err := ParseAddress(address)
	if err == nil {
		err = s.connect(ctx, u)
	}
	if err == nil {
		err = s.begin(ctx, o)
	}
	if err != nil {
		return nil, errors.Join(s.describe("open store", err), s.end())
	}
	return s, nil
}

// connect opens the database, encrypted unless the address says otherwise or the server is on this machine and cannot.
func (s *Store) connect(ctx context.Context, u *url.URL) error {
	err := s.try(ctx, u)
	if errors.Is(err, pq.ErrSSLNotSupported) && loopback(u) && u.Query().Get("sslmode") == "" {
		err = errors.Join(s.db.Close(), s.try(ctx, unencrypted(u)))
	}
	return err
}

func (s *Store) try(ctx context.Context, u *url.URL) error {
	c, err := connector(u)
	if err != nil {
		return err
	}
	s.db = sql.OpenDB(c)
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	if err := s.db.PingContext(ctx); err != nil {
		return connectError(u, err)
	}
	return nil
}

// begin makes what is missing, takes the lock, and reads what the store says of itself.
func (s *Store) begin(ctx context.Context, o Options) (err error) {
	if err := s.encoding(ctx); err != nil {
		return err
	}
	there, err := s.exists(ctx)
	if err != nil {
		return err
	}
	if !there {
		if s.readOnly {
			return fmt.Errorf("no store here: %w", fs.ErrNotExist)
		}
		if err := s.create(ctx, o.BaseIRI); err != nil {
			return err
		}
	}
	if !s.readOnly {
		if err := s.lock(ctx); err != nil {
			return err
		}
	}
	return s.readMeta(ctx, o)
}

// encoding refuses a database that cannot hold every text.
func (s *Store) encoding(ctx context.Context) error {
	var name string
	if err := s.db.QueryRowContext(ctx, "SHOW server_encoding").Scan(&name); err != nil {
		return err
	}
	if name != "UTF8" && name != "SQL_ASCII" {
		return fmt.Errorf("the database is encoded as %s, which does not hold every text: make one with createdb --encoding UTF8 --template template0", name)
	}
	return nil
}

func (s *Store) exists(ctx context.Context) (there bool, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT to_regclass('newsgraph_meta') IS NOT NULL").Scan(&there)
	return there, err
}

// tables are the statements that make a store. newsgraph_statements is for people who look with SQL.
var tables = []string{
	`CREATE TABLE newsgraph_terms (id bigint PRIMARY KEY, kind smallint NOT NULL, value text NOT NULL, lang text NOT NULL, datatype text NOT NULL, raw bytea)`,
	`CREATE TABLE newsgraph_quads (subject bigint NOT NULL, predicate bigint NOT NULL, object bigint NOT NULL, graph bigint NOT NULL,
		PRIMARY KEY (subject, predicate, object, graph))`,
	`CREATE INDEX newsgraph_quads_posg ON newsgraph_quads (predicate, object, subject, graph)`,
	`CREATE INDEX newsgraph_quads_ospg ON newsgraph_quads (object, subject, predicate, graph)`,
	`CREATE INDEX newsgraph_quads_gspo ON newsgraph_quads (graph, subject, predicate, object)`,
	`CREATE TABLE newsgraph_records (key text COLLATE "C" PRIMARY KEY, value bytea NOT NULL)`,
	`CREATE TABLE newsgraph_meta (format text NOT NULL, base_iri text NOT NULL, quads bigint NOT NULL, terms bigint NOT NULL, records bigint NOT NULL)`,
	`CREATE VIEW newsgraph_statements AS
		SELECT s.value AS subject, p.value AS predicate, o.value AS object, o.kind = 3 AS literal, o.lang, o.datatype, g.value AS graph
		FROM newsgraph_quads q JOIN newsgraph_terms s ON s.id = q.subject JOIN newsgraph_terms p ON p.id = q.predicate
		JOIN newsgraph_terms o ON o.id = q.object LEFT JOIN newsgraph_terms g ON g.id = q.graph`,
}

// lockClass is the first half of the keys of this program's advisory locks.
const lockClass = 0x6e657773

// create makes the tables, unless another process does so meanwhile.
func (s *Store) create(ctx context.Context, base string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing after Commit
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d, 0)", lockClass)); err != nil {
		return err
	}
	if there, err := s.exists(ctx); err != nil || there {
		return err
	}
	for _, statement := range tables {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the tables: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO newsgraph_meta VALUES ($1, $2, 0, 0, 0)", Format, schema.NewNames(base).Base()); err != nil {
		return err
	}
	return tx.Commit()
}

// lock takes the lock of the one writer, on the connection that it writes on: when that breaks, so does the lock.
func (s *Store) lock(ctx context.Context) (err error) {
	if s.writer, err = s.db.Conn(ctx); err != nil {
		return err
	}
	var got bool
	err = s.writer.QueryRowContext(ctx, fmt.Sprintf("SELECT pg_try_advisory_lock(%d, 'newsgraph_meta'::regclass::oid::bigint::bit(32)::integer)", lockClass)).Scan(&got)
	if err == nil && !got {
		err = store.ErrLocked
	}
	return err
}

func (s *Store) readMeta(ctx context.Context, o Options) error {
	var format string
	if err := s.db.QueryRowContext(ctx, "SELECT format, base_iri FROM newsgraph_meta").Scan(&format, &s.base); err != nil {
		return fmt.Errorf("read the table newsgraph_meta: %w", err)
	}
	if format != Format {
		return fmt.Errorf("%w: %q, this program reads %q", store.ErrVersion, format, Format)
	}
	if o.BaseIRI != "" && schema.NewNames(o.BaseIRI).Base() != s.base {
		return fmt.Errorf("the store's base IRI is %s, not %s", s.base, o.BaseIRI)
	}
	if s.readOnly {
		s.current = s.newMoment()
		s.current.users++ // the store itself
		return s.current.err
	}
	return nil
}

// BaseIRI returns the base IRI that the store was created with.
func (s *Store) BaseIRI() string { return s.base }

// Name returns the address without its secrets.
func (s *Store) Name() string { return s.name }

// Close closes the store; a second Close does nothing. While snapshots are open it changes nothing and says how many there
// are.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	open, closed := s.open, s.closed
	s.closed = closed || open == 0
	s.mu.Unlock()
	switch {
	case closed:
		return nil
	case open > 0:
		return s.describe("close store", fmt.Errorf("%d snapshots are open", open))
	}
	if err := s.end(); err != nil {
		return s.describe("close store", err)
	}
	return nil
}

// end closes the connections. Where the writer's is broken the lock has gone with it.
func (s *Store) end() error {
	if s.current != nil {
		s.current.close()
	}
	if s.writer != nil {
		_, _ = s.writer.ExecContext(context.Background(), "SELECT pg_advisory_unlock_all()")
		_ = s.writer.Close()
	}
	if s.db == nil {
		return nil
	}
	return s.db.Close()
}
