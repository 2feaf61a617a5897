package server_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsgraph/server"
)

func query(text string, timeout time.Duration) string {
	return fmt.Sprintf(`{"lang":"gizmo","text":%q,"timeout_ms":%d}`, text, timeout.Milliseconds())
}

// Scripts that try to eat the machine end with an error that says which limit they met, and the next query is answered.
func TestHostileQueries(t *testing.T) {
	t.Parallel()
	if raceEnabled {
		t.Skip("the race detector needs more address space than a worker may have")
	}
	h := open(t, server.Options{})
	for text, want := range map[string][]int{
		`while (true) {}`: {504}, `function f(){[1].forEach(f)}; f()`: {400, 422, 504}, `var a = {}; a.toString = function () { return a.toString() }; "" + a`: {400, 422, 504},
		`var s = "x"; for (var i = 0; i < 40; i++) s = s + s`: {422, 504}, `new Array(2e8).join("abcdefgh")`: {422, 504}, `eval("(".repeat ? "(".repeat(2e6) : "x(")`: {400, 422},
		strings.Repeat("(", 5000): {400}, `g.V().All(`: {400}, `throw 1`: {400},
	} {
		started := time.Now()
		status, body := h.post("/api/query", query(text, time.Second))
		fits := false
		for _, w := range want {
			fits = fits || w == status
		}
		if !fits {
			t.Errorf("%s: %d, want one of %v: %s", text, status, want, body)
		}
		if took := time.Since(started); took > 30*time.Second {
			t.Errorf("%s: took %s", text, took)
		}
		if status, body := h.post("/api/query", query(`g.V("Russia").Out("loans").Unique().All()`, 20*time.Second)); status != http.StatusOK || !strings.Contains(body, "Belarus") {
			t.Errorf("after %s: %d %s", text, status, body)
		}
	}
}

// Rows beyond the limit are cut, and that is said.
func TestRowLimit(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{QueryRows: 3})
	for text, truncated := range map[string]bool{`g.V().Has("type", "Country").All()`: true, `g.V().Has("type", "Country").Limit(3).All()`: false,
		`for (var i = 0; i < 9; i++) g.Emit(i)`: true} {
		status, body := h.post("/api/query", query(text, 20*time.Second))
		if status != http.StatusOK || !strings.Contains(body, fmt.Sprintf(`"truncated":%v`, truncated)) || strings.Count(body, `"kind"`) != 3 {
			t.Errorf("%s: %d %s", text, status, body)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{MaxBody: 1000})
	long := strings.Repeat("x", 2000)
	kind, text := form(t, nil, map[string]string{"a.txt": long})
	for path, request := range map[string][2]string{"/api/query": {"application/json", `{"lang":"` + long + `"}`}, "/api/ingest": {kind, text},
		"/api/graph": {"application/json", `{"entities":["` + long + `"]}`}, "/api/v2/write": {"application/n-quads", "# " + long}, "/api/v1/query/gizmo": {"text/plain", long}} {
		if status, body := h.post(path, request[1], "Content-Type", request[0]); status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}

// listening serves on loopback until stop; stopped gives what Serve returned.
func (h *house) listening(t *testing.T) (address string, stop func(), stopped <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Serve(ctx, l) }()
	t.Cleanup(cancel)
	return l.Addr().String(), cancel, done
}

// When the server is to end, what is under way finishes, and nothing new begins.
func TestShutdown(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	address, stop, stopped := h.listening(t)
	type outcome struct {
		status int
		body   string
		err    error
	}
	answered, begun := make(chan outcome, 1), make(chan struct{})
	go func() {
		r, _ := http.NewRequest(http.MethodPost, "http://"+address+"/api/query",
			&told{strings.NewReader(query(`var end = Date.now() + 1500; while (Date.now() < end) {}; g.Emit("finished")`, 20*time.Second)), begun})
		r.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			answered <- outcome{err: err}
			return
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		answered <- outcome{res.StatusCode, string(text), err}
	}()
	<-begun
	for h.running(t) == 0 { // the query has left the client: soon it runs
	}
	stop()
	if got := <-answered; got.err != nil || got.status != http.StatusOK || !strings.Contains(got.body, "finished") {
		t.Errorf("the query under way: %+v\n%s", got, h.logs)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if _, err := net.DialTimeout("tcp", address, time.Second); err == nil {
		t.Error("it still listens")
	}
}

// running counts the queries under way, as /metrics has it.
func (h *house) running(t *testing.T) int {
	t.Helper()
	_, text := h.get("/metrics")
	n := 0
	for line := range strings.Lines(text) {
		if _, err := fmt.Sscanf(line, "newsgraph_queries_running %d", &n); err == nil {
			return n
		}
	}
	t.Fatalf("no count of queries in %s", text)
	return 0
}

// told is a body that says when it was read to its end.
type told struct {
	io.Reader
	end chan struct{}
}

func (b *told) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && b.end != nil {
		close(b.end)
		b.end = nil
	}
	return n, err
}

// A client that sends its header a byte at a time is cut off, and many that say nothing keep nobody else out.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	address, _, _ := h.listening(t)
	slow, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	fmt.Fprintf(slow, "GET /api/stats HTTP/1.1\r\nHost: %s\r\nX-Slow: ", address)
	for range 200 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	res, err := http.Get("http://" + address + "/api/search?q=Tikh")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("beside them: %d", res.StatusCode)
	}
	slow.SetReadDeadline(time.Now().Add(time.Minute))
	answer, err := io.ReadAll(bufio.NewReader(slow))
	if err != nil {
		t.Errorf("the slow client is still there after a minute: %v", err)
	}
	if text := string(answer); text != "" && !strings.HasPrefix(text, "HTTP/1.1 408") {
		t.Errorf("the slow client got %q", text)
	}
}
