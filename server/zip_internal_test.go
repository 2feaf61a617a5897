package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// An answer that breaks off is not ended as if it were whole.
func TestBrokenOffStaysBroken(t *testing.T) {
	t.Parallel()
	rec := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	func() {
		defer func() { _ = recover() }()
		zipped(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/csv")
			_, _ = w.Write(bytes.Repeat([]byte("half an answer, "), 10_000))
			panic(http.ErrAbortHandler)
		})).ServeHTTP(rec, r)
	}()
	if rec.Header().Get("Content-Encoding") != "gzip" {
		t.Fatal("the answer was not packed")
	}
	packed, err := gzip.NewReader(rec.Body)
	if err != nil {
		return // not even its beginning is there
	}
	if _, err := io.ReadAll(packed); err == nil {
		t.Error("the answer looks whole")
	}
}
