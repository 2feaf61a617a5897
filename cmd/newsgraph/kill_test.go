package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"newsgraph/server/workspace"
)

// kills is how often ingest is killed.
const kills = 12

// acked matches the line that says that an article is safely stored, and the article's ID.
var acked = regexp.MustCompile(`^(?:new|replaced|unchanged) \S+ \((.+), \d+ claims?\)$`)

// An ingest that is killed at any moment, again and again, loses nothing that it reported as stored, and what it leaves verifies;
// run to its end it makes the same graph, byte for byte, as one that nobody killed.
func TestKill(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("short")
	}
	dir := t.TempDir()
	const articles = 60
	writeArticles(t, dir, articles)
	args := func(store string) []string {
		return []string{"ingest", "articles", "--store", store, "--batch", "3", "--workers", "1", "-v"}
	}
	output(t, dir, args("whole.db")...)
	r := rand.New(rand.NewPCG(9, 26))
	done, early := map[string]bool{}, 0
	for n := range kills {
		for id := range killed(t, dir, r.IntN(4), time.Duration(r.IntN(60))*time.Millisecond, args("killed.db")...) {
			done[id] = true
		}
		checkKilled(t, fmt.Sprint("kill ", n), filepath.Join(dir, "killed.db"), done)
		if len(done) < articles {
			early++
		}
	}
	if len(done) == 0 || early == 0 {
		t.Errorf("%d articles were stored, %d kills came before all were", len(done), early)
	}
	output(t, dir, args("killed.db")...)
	output(t, dir, "verify", "--store", "killed.db")
	want, got := output(t, dir, "export", "--format", "nq", "--store", "whole.db"), output(t, dir, "export", "--format", "nq", "--store", "killed.db")
	if len(want) == 0 || !bytes.Equal(want, got) {
		t.Errorf("the export has %d bytes, want the same %d", len(got), len(want))
	}
}

func writeArticles(t *testing.T, dir string, n int) {
	t.Helper()
	names := []string{"Angela Merkel", "Emmanuel Macron", "Alexander Lukashenko", "Vladimir Putin", "Joe Biden", "Greta Thunberg"}
	deeds := []string{"met", "accused", "praised", "visited", "criticised"}
	if err := os.Mkdir(filepath.Join(dir, "articles"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		text := ""
		for j := range 4 {
			text += fmt.Sprintf("%s %s %s on Monday. ", names[(i+j)%6], deeds[(i*j)%5], names[(i+2*j+1)%6])
		}
		if err := os.WriteFile(filepath.Join(dir, "articles", fmt.Sprintf("article-%02d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// output runs a command to its end and returns its standard output.
func output(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	var out, said bytes.Buffer
	cmd := command(t, dir, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%q: %v\n%s", args, err, said.Bytes())
	}
	return out.Bytes()
}

// killed runs a command, kills it some time after it has reported so many articles, and returns those that it reported.
func killed(t *testing.T, dir string, after int, pause time.Duration, args ...string) map[string]bool {
	t.Helper()
	cmd := command(t, dir, args...)
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := map[string]bool{}
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if m := acked.FindStringSubmatch(lines.Text()); m != nil {
			done[m[1]] = true
		}
		if len(done) > after && pause > 0 {
			time.AfterFunc(pause, func() { _ = cmd.Process.Kill() })
			pause = 0
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed
	return done
}

// checkKilled looks into a store that was left behind: it verifies, and holds all articles that were reported.
func checkKilled(t *testing.T, name, store string, done map[string]bool) {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: store})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer w.Close()
	found, err := w.Graph().Verify(t.Context())
	if err != nil || !found.OK() {
		t.Errorf("%s: %v, %v", name, found, err)
	}
	for id := range done {
		if _, ok, err := w.Graph().Record(t.Context(), id); !ok || err != nil {
			t.Errorf("%s: %s was reported and is not there, %v", name, id, err)
		}
	}
}
