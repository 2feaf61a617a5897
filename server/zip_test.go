package server_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"newsgraph/server"
)

// unzipped returns the body of an answer, and whether it was packed.
func unzipped(t *testing.T, res *http.Response, body string) (text string, packed bool) {
	t.Helper()
	if res.Header.Get("Content-Encoding") == "" {
		return body, false
	}
	r, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(all), true
}

// Answers are packed for who takes it from elsewhere, if they are long and get smaller; it is the same answer.
func TestGzip(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	for _, c := range []struct {
		path, accept, from, forwarded string
		packed                        bool
	}{
		{"/api/claims?limit=100", "gzip, deflate, br", "192.0.2.1:9", "", true},
		{"/api/claims?limit=100", "gzip;q=0", "192.0.2.1:9", "", false},
		{"/api/claims?limit=100", "", "192.0.2.1:9", "", false},
		{"/api/claims?limit=100", "gzip", "127.0.0.1:9", "", false},
		{"/api/claims?limit=100", "gzip", "[::1]:9", "192.0.2.1", true},
		{"/api/search?q=zzzz", "gzip", "192.0.2.1:9", "", false},
		{"/api/export?format=nq", "gzip", "192.0.2.1:9", "", true},
		{"/api/openapi.json", "gzip", "192.0.2.1:9", "", true},
		{"/api/paths?from=Tikhanovskaya&to=Putin", "gzip", "192.0.2.1:9", "", true},
		{"/api/export?format=gephi", "gzip", "192.0.2.1:9", "", false}, // a zip archive
	} {
		r := request(http.MethodGet, c.path, "", "Accept-Encoding", c.accept, "X-Forwarded-For", c.forwarded)
		r.RemoteAddr = c.from
		res, body := h.do(r)
		text, packed := unzipped(t, res, body)
		if packed != c.packed || res.StatusCode != http.StatusOK || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%+v: packed %v, %d, %v", c, packed, res.StatusCode, res.Header)
		}
		if packed && len(body) > len(text)/2 {
			t.Errorf("%s: %d bytes of %d", c.path, len(body), len(text))
		}
		if plain := c.path[:strings.IndexByte(c.path, '?')+1]; plain != "/api/paths?" { // says how long it took
			if _, want := h.get(c.path); c.path != "/api/export?format=gephi" && text != want {
				t.Errorf("%s: the packed answer is another one", c.path)
			}
		}
	}
}

// A tag stands for the bytes that were sent: packed and plain answers have different ones, and each is good for its own.
func TestTagsOfPacked(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	const path = "/api/claims?limit=100"
	tag := func(accept string) string {
		res, _ := h.do(request(http.MethodGet, path, "", "Accept-Encoding", accept))
		return res.Header.Get("ETag")
	}
	plain, packed := tag(""), tag("gzip")
	if plain == packed || plain == "" || packed == "" || tag("gzip") != packed {
		t.Fatalf("tags %s and %s", plain, packed)
	}
	for _, c := range []struct {
		accept, known string
		status        int
	}{{"gzip", packed, 304}, {"", plain, 304}, {"gzip", `"x", W/` + packed, 304}, {"gzip", "*", 304}, {"gzip", plain, 200}, {"", packed, 200}} {
		res, body := h.do(request(http.MethodGet, path, "", "Accept-Encoding", c.accept, "If-None-Match", c.known))
		if res.StatusCode != c.status || (c.status == 304) != (body == "") {
			t.Errorf("%+v: %d, %d bytes", c, res.StatusCode, len(body))
		}
	}
}

// Events come one by one however much the client likes gzip.
func TestEventsAreNotPacked(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	_, job := h.post("/api/ingest", `{"articles":[{"title":"Loan","text":"Russia lent Belarus $1 billion."}],"dry_run":true}`)
	_, rest, _ := strings.Cut(job, `"id":"`)
	id, _, _ := strings.Cut(rest, `"`)
	res, body := h.do(request(http.MethodGet, "/api/jobs/"+id+"/events", "", "Accept-Encoding", "gzip"))
	if _, packed := unzipped(t, res, body); packed || !strings.Contains(body, "event: end") {
		t.Errorf("packed %v, %d %s: %.300s", packed, res.StatusCode, res.Header, body)
	}
}
