package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsgraph/server/workspace"
)

// A handler that panics is answered with 500, without what it said; the log has it, and the server goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: t.Name(), InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	s, err := New(t.Context(), Options{Workspace: w, Log: slog.New(slog.NewTextHandler(&said, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s.mux.HandleFunc("GET /boom", func(http.ResponseWriter, *http.Request) { panic("a secret") })
	for path, want := range map[string]int{"/boom": http.StatusInternalServerError, "/healthz": http.StatusOK} {
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, nil))
		if rec.Code != want || strings.Contains(rec.Body.String(), "secret") {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
	if !strings.Contains(said.String(), "a secret") || !strings.Contains(said.String(), "panic_internal_test.go") {
		t.Errorf("the log: %s", said.String())
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
