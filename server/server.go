// Package server answers HTTP: the JSON API under /api/ that openapi.yaml describes, the UI, Cayley's HTTP API, linked data,
// health and metrics. What enters is a workspace and what the user allows; what leaves are answers, until the context ends
// and what is under way has finished.
//
// It is safe by default: loopback only unless there is a token, no foreign origins, hosts by name, limits on everything.
// docs/security.md says against what.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"newsgraph/internal/build"
	"newsgraph/internal/recent"
	"newsgraph/server/api"
	"newsgraph/server/catalog"
	"newsgraph/server/jobs"
	"newsgraph/server/sandbox"
	"newsgraph/server/workspace"
)

// Options of a Server. Workspace and Worker are needed; the zero value of all else works.
type Options struct {
	Workspace *workspace.Workspace
	ReadOnly  bool
	// Token is what calls must bear; empty for none, which only a loopback address may have.
	Token string
	// Hosts are names under which the server is reached beside loopback ones and the address it listens on. Origins are those
	// of foreign pages that may call it.
	Hosts, Origins []string
	// Worker gives the command of a process that answers queries on the copy of the store in dir, or of a store in a database on
	// the store itself; see sandbox.Serve.
	Worker func(dir string) []string
	// QueryTimeout is the longest time of a query or path search, QueryRows the most rows; 0 for 30 seconds and 10,000.
	QueryTimeout time.Duration
	QueryRows    int
	// MaxBody is the largest request in bytes, MaxArticle the largest article; 0 for 64 and 20 MiB.
	MaxBody, MaxArticle int64
	// Workers is how many articles are analysed at once; 0 for the number of cores.
	Workers int
	Log     *slog.Logger
	// Requests logs every request, not only those that fail.
	Requests bool
}

func (o Options) withDefaults() Options {
	if o.QueryTimeout == 0 {
		o.QueryTimeout = 30 * time.Second
	}
	if o.QueryRows == 0 {
		o.QueryRows = 10_000
	}
	if o.MaxBody == 0 {
		o.MaxBody = 64 << 20
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Server answers requests. Close it, and before the workspace.
type Server struct {
	o        Options
	catalog  *catalog.Catalog
	jobs     *jobs.Runner // nil when read-only
	queries  *sandbox.Pool
	api      *api.API
	guard    *guard
	cache    *cache
	gate     *gate
	metrics  *metrics
	mux      *http.ServeMux
	all      []api.Route
	handler  http.Handler
	stopping chan struct{} // closed when no more requests are wanted

	refreshing sync.Mutex // held by who brings the catalog up to date
	wait       sync.WaitGroup
}

// New makes a server; it reads the graph once.
func New(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	c, err := catalog.New(ctx, o.Workspace.Graph())
	if err != nil {
		return nil, err
	}
	s := &Server{o: o, catalog: c, cache: recent.New[string, entry](cacheBytes), gate: newGate(places()), stopping: make(chan struct{})}
	s.guard = newGuard(o)
	if !o.ReadOnly {
		s.jobs = jobs.New(jobs.Options{Workspace: o.Workspace, Catalog: c, Workers: o.Workers, MaxBytes: o.MaxArticle})
	}
	pool := sandbox.Options{Command: o.Worker, Copy: o.Workspace.Checkpoint, Changes: o.Workspace.Changes, Name: "newsgraph", Log: o.Log}
	if folder := o.Workspace.Folder(); folder != "" {
		folder = filepath.Clean(folder)
		pool.Dir, pool.Name = filepath.Dir(folder), filepath.Base(folder)
	}
	s.queries = sandbox.New(pool)
	s.api = api.New(api.Options{Workspace: o.Workspace, Catalog: c, Queries: s.queries, Jobs: s.jobs, Version: build.Version, Store: o.Workspace.Name(),
		Limits: api.Limits{Body: o.MaxBody, QueryRows: o.QueryRows, QueryTimeout: o.QueryTimeout},
		Token:  o.Token != "", Authorised: s.guard.authorised, Log: o.Log})
	s.metrics = newMetrics(s)
	if err := s.routes(); err != nil {
		return nil, errors.Join(err, s.Close(ctx))
	}
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Routes lists what the server answers beside the pages of the UI.
func (s *Server) Routes() []api.Route { return s.all }

// Close ends what runs beside requests: the ingest under way commits what it has read, unless ctx ends first.
func (s *Server) Close(ctx context.Context) error {
	var err error
	if s.jobs != nil {
		err = s.jobs.Close(ctx)
	}
	s.wait.Wait()
	s.queries.Close()
	return err
}

// How long and how much a connection may take.
const (
	headerTime  = 5 * time.Second
	idleTime    = 2 * time.Minute
	headerBytes = 64 << 10
	connections = 1024
	finishTime  = 30 * time.Second // for what is under way when the server is to end
)

// Serve answers requests on the listener until ctx ends, then takes no more, finishes those under way and closes the
// server. It closes the listener. An address that is not loopback needs a token.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if err := s.allowed(l.Addr()); err != nil {
		return errors.Join(err, l.Close(), s.Close(ctx))
	}
	s.guard.listens(l.Addr())
	server := &http.Server{Handler: s, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(s.o.Log.Handler(), slog.LevelDebug)}
	s.wait.Go(s.queries.Warm)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(netutil.LimitListener(l, connections)) }()
	select {
	case err := <-failed:
		return errors.Join(err, s.Close(ctx))
	case <-ctx.Done():
	}
	close(s.stopping)
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	closed := s.closeJobs(finish) // first, so that event streams end
	err := server.Shutdown(finish)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.Join(fmt.Errorf("requests were still under way after %s", finishTime), server.Close())
	}
	return errors.Join(closed, err, s.Close(finish))
}

func (s *Server) closeJobs(ctx context.Context) error {
	if s.jobs == nil {
		return nil
	}
	return s.jobs.Close(ctx)
}

// allowed says whether the server may listen there.
func (s *Server) allowed(addr net.Addr) error {
	if s.o.Token != "" {
		return nil
	}
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s is no loopback address, so a token is needed", addr)
}

// refresh brings the catalog up to date behind the request that noticed that it is not.
func (s *Server) refresh() {
	if s.catalog.Fresh() || !s.refreshing.TryLock() {
		return
	}
	s.wait.Go(func() {
		defer s.refreshing.Unlock()
		if err := s.catalog.Refresh(context.Background()); err != nil {
			s.o.Log.Error("read the graph after a change", "error", err)
		}
	})
}
