package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"newsgraph/internal/settings"
	"newsgraph/server/sandbox"
)

// The limits of the child process that runs a query.
const (
	childMemory = 2 << 30         // address space in bytes, about 700 MiB of which the Go runtime reserves
	childStack  = 64 << 20        // of one goroutine, in bytes
	childGrace  = 2 * time.Second // after the timeout, before it is killed
	childRow    = 64 << 20        // longest row in bytes
	childErrors = 64 << 10        // of its standard error, in bytes
)

// child runs the query in a child process and calls f with each of its rows: all, or where there is a limit, one more than the
// flags want, so that f can tell whether there are more.
func (a *app) child(text string, q queryFlags, most int, f func(row json.RawMessage) error) error {
	limit := a.settings.Duration("query.timeout")
	ctx, cancel := a.ctx, context.CancelFunc(func() {})
	if limit > 0 {
		ctx, cancel = context.WithTimeout(a.ctx, limit+childGrace)
	}
	defer cancel()
	exe, err := os.Executable() // this program
	if err != nil {
		return fmt.Errorf("start the query: %w", err)
	}
	args := []string{"query", "-", "--in-process", "--format", "json", "--lang", q.language, "--timeout", a.settings.Text("query.timeout"), "--limit", "0"}
	if q.store != "" {
		args = append(args, a.folderFlags(q.store)...)
	} else {
		args = append(args, a.storeFlags()...)
	}
	if most > 0 {
		args = append(args, "--limit", strconv.Itoa(q.offset+most+1))
	}
	if q.format == "nq" {
		args = append(args, "--quads")
	}
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Args[0] = os.Args[0]
	cmd.Stdin = strings.NewReader(text)
	said := &sandbox.Head{Most: childErrors}
	cmd.Stderr = said
	return runChild(ctx, cmd, said, f)
}

// storeFlags are the flags that tell another process of this program where the store of the settings is. The address of a database
// is in none, since other users see flags: the process has it from the same settings.
func (a *app) storeFlags() []string {
	if a.settings.Text("store.backend") == settings.Postgres {
		return []string{"--config", a.config, "--backend", settings.Postgres}
	}
	return a.folderFlags(a.settings.Text("store.path"))
}

// folderFlags are storeFlags for the store in a folder.
func (a *app) folderFlags(dir string) []string {
	return []string{"--config", a.config, "--backend", settings.Pebble, "--store", dir}
}

func runChild(ctx context.Context, cmd *exec.Cmd, said *sandbox.Head, f func(row json.RawMessage) error) error {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start the query: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the query: %w", err)
	}
	rows := bufio.NewScanner(out)
	rows.Buffer(nil, childRow)
	var stopped error
	for stopped == nil && rows.Scan() {
		stopped = f(json.RawMessage(bytes.Clone(rows.Bytes())))
	}
	stopped = errors.Join(stopped, rows.Err())
	if stopped != nil {
		cmd.Process.Kill()
	}
	err = cmd.Wait()
	if stopped != nil {
		return stopped
	}
	return childFailure(ctx, err, said)
}

// childFailure finds out why the child failed, nil when it did not.
func childFailure(ctx context.Context, err error, said *sandbox.Head) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("the query did not end: %w", ctx.Err())
	}
	var exit *exec.ExitError
	var told struct {
		Error *failure `json:"error"`
	}
	if !errors.As(err, &exit) {
		return fmt.Errorf("run the query: %w", err)
	}
	if json.Unmarshal(said.Bytes(), &told) == nil && told.Error != nil {
		told.Error.exit = exit.ExitCode()
		return told.Error
	}
	return &failure{"budget", "the query used too much memory or went too deep", "it may recurse without end, or build a very long string", exitError}
}
