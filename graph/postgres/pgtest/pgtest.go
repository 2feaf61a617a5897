// Package pgtest runs a PostgreSQL server for the tests of a package: Debian's, in a temporary folder, reached by a socket in it
// and by nothing else, without regard for crashes of the machine. Where PostgreSQL is not installed the tests are skipped.
package pgtest

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq" // the driver "postgres"
)

// Variable is the environment variable that gives the tests of another process the server of this one, and tells them to keep
// their graphs in it.
const Variable = "NEWSGRAPH_TEST_POSTGRES"

// server is a server under way.
type server struct {
	folder string // of the socket
	stop   func()
}

var (
	mu      sync.Mutex
	running *server
	main    bool // Main will stop it
	schemas atomic.Int64
)

// Main runs the tests of a package, and ends the server that they started. It returns the exit code.
func Main(m *testing.M) int {
	main = true
	defer func() {
		if running != nil {
			running.stop()
		}
	}()
	return m.Run()
}

// Wanted says whether tests shall keep their graphs in PostgreSQL.
func Wanted() bool { return os.Getenv(Variable) != "" }

// Rounds is how often a test does something again, which in PostgreSQL takes longer.
func Rounds(n uint64) uint64 {
	if Wanted() {
		return (n + 9) / 10
	}
	return n
}

// Address returns the address of an empty schema of a database, which goes with the test. The server starts when it is first
// asked for.
func Address(t testing.TB) string {
	t.Helper()
	folder := Server(t)
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
	Exec(t, "CREATE SCHEMA "+name)
	t.Cleanup(func() { Exec(t, "DROP SCHEMA "+name+" CASCADE") })
	return at(folder, "postgres") + "&search_path=" + name
}

// at is the address of the database for a user.
func at(folder, user string) string {
	return "postgres://" + user + "@/postgres?host=" + url.QueryEscape(folder)
}

// Server returns the folder of the server's socket. The user postgres needs no password, all others do.
func Server(t testing.TB) string {
	t.Helper()
	if folder := os.Getenv(Variable); folder != "" {
		return folder
	}
	mu.Lock()
	defer mu.Unlock()
	if !main {
		t.Fatal("the package's TestMain must call pgtest.Main")
	}
	if running == nil {
		bin := binaries()
		if bin == "" {
			t.Skip("PostgreSQL is not installed (apt-get install postgresql)")
		}
		s, err := start(bin)
		if err != nil {
			t.Fatal("start PostgreSQL:", err)
		}
		running = s
	}
	return running.folder
}

// Exec runs statements as the user postgres.
func Exec(t testing.TB, statements string) {
	t.Helper()
	db, err := sql.Open("postgres", at(Server(t), "postgres"))
	if err == nil {
		_, err = db.Exec(statements)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Again runs those tests of this binary again that the pattern names, with their graphs in PostgreSQL.
func Again(t *testing.T, pattern string) {
	t.Helper()
	if Wanted() {
		t.Skip("this is that run")
	}
	cmd := exec.Command(os.Args[0], "-test.run="+pattern, "-test.timeout=5m", "-test.parallel=4")
	if testing.Short() {
		cmd.Args = append(cmd.Args, "-test.short")
	}
	cmd.Env = append(os.Environ(), Variable+"="+Server(t))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if bytes.Contains(out, []byte("no tests to run")) {
		t.Fatalf("no test fits %s", pattern)
	}
}

// binaries is the folder of the newest version's programs, empty for none.
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is well formed
	if len(found) == 0 {
		return ""
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1])
}

// start makes a cluster and runs a server on it.
func start(bin string) (*server, error) {
	folder, err := os.MkdirTemp("/tmp", "pg") // the path of a socket may not be long
	if err != nil {
		return nil, err
	}
	s := &server{folder: folder, stop: func() { os.RemoveAll(folder) }}
	if err := s.run(bin); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *server) run(bin string) error {
	attr, err := s.unprivileged()
	if err != nil {
		return err
	}
	data := filepath.Join(s.folder, "data")
	setUp := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	setUp.SysProcAttr, setUp.Dir = attr, s.folder
	if out, err := setUp.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	rules := "local all postgres trust\nlocal all all scram-sha-256\n"
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(rules), 0o644); err != nil {
		return err
	}
	var said bytes.Buffer
	cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", s.folder, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=200")
	cmd.SysProcAttr, cmd.Dir, cmd.Stdout, cmd.Stderr = attr, s.folder, &said, &said
	ended := make(chan error, 1)
	begun := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // the server ends with the thread that started it
		begun <- cmd.Start()
		ended <- cmd.Wait()
	}()
	if err := <-begun; err != nil {
		return err
	}
	s.stop = func() {
		_ = cmd.Process.Signal(syscall.SIGINT) // a fast shutdown; it may have ended by itself
		<-ended
		os.RemoveAll(s.folder)
	}
	return s.wait(ended, &said)
}

// wait waits until the server takes connections.
func (s *server) wait(ended chan error, said *bytes.Buffer) error {
	db, err := sql.Open("postgres", at(s.folder, "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 600 {
		if err = db.Ping(); err == nil {
			return nil
		}
		select {
		case failed := <-ended:
			ended <- failed
			return fmt.Errorf("postgres: %w: %s", failed, said)
		case <-time.After(50 * time.Millisecond):
		}
	}
	return err
}
