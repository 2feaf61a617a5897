package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"newsgraph/graph/postgres/pgtest"
	"newsgraph/internal/repo"
)

var update = flag.Bool("update", false, "write the output of the commands into the scripts and README.md")

func TestMain(m *testing.M) {
	testscript.Main(withServer{m}, map[string]func(){"newsgraph": main})
}

// withServer runs tests, and ends the database server that they started.
type withServer struct{ *testing.M }

// Run runs the tests.
func (m withServer) Run() int { return pgtest.Main(m.M) }

// setup gives a script an environment of its own: no settings from outside, $REPO for the project's files.
func setup(env *testscript.Env) error {
	root, err := filepath.Abs(repo.Root())
	if err != nil {
		return err
	}
	kept := env.Vars[:0]
	for _, v := range env.Vars {
		if !strings.HasPrefix(v, "NEWSGRAPH_") {
			kept = append(kept, v)
		}
	}
	env.Vars = append(kept, "REPO="+root, "XDG_CONFIG_HOME="+filepath.Join(env.WorkDir, ".config"), "NO_COLOR=1",
		"GOCOVERDIR="+os.Getenv("GOCOVERDIR"))
	return nil
}

// exits is the script command "exits CODE command...": it runs the command and compares its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// params are the parameters of every script.
func params(p testscript.Params) testscript.Params {
	p.Setup, p.UpdateScripts = setup, *update
	p.Cmds = map[string]func(*testscript.TestScript, bool, []string){"exits": exits}
	return p
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, params(testscript.Params{Dir: "testdata/script"}))
}

// TestPostgres runs scripts whose graph is in PostgreSQL.
func TestPostgres(t *testing.T) {
	t.Parallel()
	address := strings.Replace(pgtest.Address(t), "postgres@", "postgres:hidden@", 1)
	p := params(testscript.Params{Dir: "testdata/postgres"})
	p.Setup = func(env *testscript.Env) error {
		err := setup(env)
		env.Vars = append(env.Vars, "NEWSGRAPH_STORE_BACKEND=postgres", "NEWSGRAPH_STORE_ADDRESS="+address)
		return err
	}
	testscript.Run(t, p)
}

// command is a newsgraph to run in dir.
func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable() // TestMain makes newsgraph of it
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Args[0], cmd.Dir = "newsgraph", dir
	return cmd
}

// TestInterrupt says that the first interrupt of ingest commits what was read.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("Angela Merkel met Emmanuel Macron.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd := command(t, dir, "ingest", "a.txt", "-")
	cmd.Stderr = &said
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds: when it is written, ingest has read a.txt and waits for the rest.
	if _, err := stdin.Write(bytes.Repeat([]byte("Angela Merkel met Emmanuel Macron.\n"), 10_000)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit code %d (%v), want %d", code, err, exitInterrupted)
	}
	if !strings.Contains(said.String(), "articles: 1 new, ") || !strings.HasSuffix(said.String(), "newsgraph: interrupted\n") {
		t.Errorf("standard error:\n%s", said.String())
	}
}

// TestHelp asks of every command a short text and an example whose lines are commands that exist.
func TestHelp(t *testing.T) {
	t.Parallel()
	root := newApp().root()
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Short == "" || cmd.Example == "" || !strings.Contains(cmd.Example, cmd.CommandPath()) && cmd != root {
			t.Errorf("%s: help without a short text or without an example of its own", cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Example) {
			_, command, ok := strings.Cut(line, "newsgraph ")
			if !ok {
				t.Errorf("%s: example %q is no newsgraph command", cmd.CommandPath(), line)
				continue
			}
			if _, _, err := root.Find(strings.Fields(command)); err != nil {
				t.Errorf("%s: example %q: %v", cmd.CommandPath(), line, err)
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

// TestREADME runs the blocks of README.md that are marked sh, in order, in one folder. A block marked text
// after one of them holds its standard output; -update writes it.
func TestREADME(t *testing.T) {
	t.Parallel()
	name := filepath.Join(repo.Root(), "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	blocks := fences(string(text))
	dir := t.TempDir()
	var script strings.Builder
	script.WriteString("exec ln -s $REPO/data data\n")
	for i, b := range blocks {
		if b.kind != "sh" {
			continue
		}
		for line := range strings.Lines(b.text) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "make ") && !strings.HasPrefix(line, "git ") {
				script.WriteString("exec sh -c '" + strings.ReplaceAll(line, "'", "''") + "'\n")
			}
		}
		if i+1 < len(blocks) && blocks[i+1].kind == "text" {
			script.WriteString("cmp stdout want" + string(rune('a'+i)) + ".txt\n")
		}
	}
	for i, b := range blocks {
		if i > 0 && b.kind == "text" && blocks[i-1].kind == "sh" {
			script.WriteString("-- want" + string(rune('a'+i-1)) + ".txt --\n" + b.text)
		}
	}
	file := filepath.Join(dir, "readme.txtar")
	if err := os.WriteFile(file, []byte(script.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Run("run", func(t *testing.T) {
		testscript.Run(t, params(testscript.Params{Files: []string{file}}))
	})
	if *update {
		rewrite(t, name, string(text), blocks, file)
	}
}

// block is a fenced block of Markdown; from and to are the bytes of its text.
type block struct {
	kind, text string
	from, to   int
}

func fences(text string) []block {
	var blocks []block
	at, open := 0, -1
	kind := ""
	for line := range strings.Lines(text) {
		if fence, ok := strings.CutPrefix(line, "```"); ok {
			if open < 0 {
				open, kind = at+len(line), strings.TrimSpace(fence)
			} else {
				blocks = append(blocks, block{kind, text[open:at], open, at})
				open = -1
			}
		}
		at += len(line)
	}
	return blocks
}

// rewrite puts the outputs that the updated script holds into the README.
func rewrite(t *testing.T, name, text string, blocks []block, script string) {
	t.Helper()
	updated, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	at := 0
	for i, b := range blocks {
		_, rest, ok := strings.Cut(string(updated), "-- want"+string(rune('a'+i-1))+".txt --\n")
		if i == 0 || b.kind != "text" || blocks[i-1].kind != "sh" || !ok {
			continue
		}
		if end := strings.Index(rest, "\n-- want"); end >= 0 {
			rest = rest[:end+1]
		}
		out.WriteString(text[at:b.from] + rest)
		at = b.to
	}
	out.WriteString(text[at:])
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
