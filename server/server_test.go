package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"newsgraph/ingest/source"
	"newsgraph/server"
	"newsgraph/server/jobs"
	"newsgraph/server/sandbox"
	"newsgraph/server/workspace"
)

// workerFolder is set in processes of the test binary that are to be workers for queries.
const workerFolder = "NEWSGRAPH_TEST_WORKER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(workerFolder); dir != "" {
		os.Exit(work(dir))
	}
	os.Exit(m.Run())
}

// work is the worker's half.
func work(dir string) int {
	ctx := context.Background()
	w, err := workspace.Open(ctx, workspace.Options{Dir: dir})
	if err == nil {
		err = errors.Join(sandbox.Serve(ctx, os.Stdin, os.Stdout, w.Graph()), w.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// worker is the command of a worker: this binary over again.
func worker(dir string) []string {
	return []string{"/usr/bin/env", "env", workerFolder + "=" + dir, os.Args[0]}
}

var pipeline = sync.OnceValues(workspace.LoadPipeline)

// samples is a store with the sample articles, made once.
var samples = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "newsgraph-server-test-*")
	if err != nil {
		return "", err
	}
	store := filepath.Join(dir, "store")
	w, err := workspace.Open(context.Background(), workspace.Options{Dir: store, Create: true, Pipeline: pipeline})
	if err != nil {
		return "", err
	}
	articles, err := jobs.Samples()
	if err != nil {
		return "", err
	}
	feed := func(f func(source.Item) error) error {
		for _, a := range articles {
			docs, err := source.Read(context.Background(), a.Name, bytes.NewReader(a.Text), source.Options{})
			if err != nil {
				return err
			}
			if err := f(source.Item{Name: a.Name, Doc: docs[0]}); err != nil {
				return err
			}
		}
		return nil
	}
	_, err = w.Ingest(context.Background(), feed, workspace.IngestOptions{})
	return store, errors.Join(err, w.Close())
})

// house is a server with its store, and what it logs.
type house struct {
	*server.Server
	t    testing.TB
	w    *workspace.Workspace
	logs *logs
}

// open makes a server over a copy of the sample store.
func open(t testing.TB, o server.Options) *house {
	t.Helper()
	from, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "store")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return serve(t, workspace.Options{Dir: dir}, o)
}

// serve makes a server over the store in that place.
func serve(t testing.TB, place workspace.Options, o server.Options) *house {
	t.Helper()
	place.Create, place.Pipeline = !o.ReadOnly, pipeline
	w, err := workspace.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	said := &logs{}
	o.Workspace, o.Worker, o.Log = w, worker, slog.New(slog.NewTextHandler(said, nil))
	s, err := server.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(context.Background()), w.Close()); err != nil {
			t.Error(err)
		}
	})
	return &house{s, t, w, said}
}

// logs is a buffer for several writers.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// local is the name that requests of the tests go to.
const local = "http://127.0.0.1:64210"

// request makes a request; headers are pairs.
func request(method, path, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, local+path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// do sends a request and returns the answer's status and body.
func (h *house) do(r *http.Request) (*http.Response, string) {
	h.t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	res := rec.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res, string(body)
}

func (h *house) get(path string, headers ...string) (int, string) {
	h.t.Helper()
	res, body := h.do(request(http.MethodGet, path, "", headers...))
	return res.StatusCode, body
}

func (h *house) post(path, body string, headers ...string) (int, string) {
	h.t.Helper()
	res, text := h.do(request(http.MethodPost, path, body, append([]string{"Content-Type", "application/json"}, headers...)...))
	return res.StatusCode, text
}
