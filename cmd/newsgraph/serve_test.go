package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsgraph/graph/postgres/pgtest"
)

// start starts a server and returns the address that its first line tells.
func start(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+`).FindString(line)
}

// The command serves until it is interrupted, answers a query meanwhile in a process of its own, and then ends in order.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := command(t, dir, "http", "--store", filepath.Join(dir, "db"), "--host", "127.0.0.1:0", "--log-format", "json")
	address := start(t, cmd)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/api/settings": `"empty":true`, "/": "<title>newsgraph</title>"} {
		res, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(text), want) {
			t.Errorf("%s: %d %.300s %v", path, res.StatusCode, text, err)
		}
	}
	res, err := http.Post(address+"/api/query", "application/json", strings.NewReader(`{"lang":"gizmo","text":"g.Emit(6 * 7)"}`))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || !strings.Contains(string(text), `"text":"42"`) {
		t.Errorf("query: %s %v", text, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after the interrupt: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".db-query-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A server on memory and one on PostgreSQL answer queries, in processes of their own, on what was written to them a moment ago; what was
// in memory is gone with the server.
func TestServeBackends(t *testing.T) {
	t.Parallel()
	for backend, env := range map[string]func(t *testing.T) []string{
		"memstore": func(*testing.T) []string { return nil },
		"postgres": func(t *testing.T) []string { return []string{"NEWSGRAPH_STORE_ADDRESS=" + pgtest.Address(t)} },
	} {
		t.Run(backend, func(t *testing.T) {
			dir := t.TempDir()
			cmd := command(t, dir, "serve", "--backend", backend, "--bind", "127.0.0.1:0")
			cmd.Env = append(os.Environ(), env(t)...)
			address := start(t, cmd)
			post := func(path, kind, body string) string {
				t.Helper()
				res, err := http.Post(address+path, kind, strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				defer res.Body.Close()
				text, err := io.ReadAll(res.Body)
				if err != nil || res.StatusCode != http.StatusOK {
					t.Fatalf("%s: %d %s %v", path, res.StatusCode, text, err)
				}
				return string(text)
			}
			for _, name := range []string{"first", "second"} {
				post("/api/v2/write", "application/n-quads", "<http://example.org/a> <http://example.org/p> <http://example.org/"+name+"> .\n")
				found := post("/api/query", "application/json", `{"lang":"gizmo","text":"g.V(\"<http://example.org/a>\").Out(\"<http://example.org/p>\").All()"}`)
				if !strings.Contains(found, "http://example.org/"+name) {
					t.Errorf("%s is not in %s", name, found)
				}
			}
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("after the interrupt: %v", err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}
