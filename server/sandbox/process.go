package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"time"

	"newsgraph/server/problem"
)

const (
	startTimeout = time.Minute
	maxRow       = 16 << 20 // bytes of the longest row
	maxSaid      = 16 << 10 // bytes kept of what a worker says to standard error
)

// process is a worker, seen from the server. It is for one query at a time.
type process struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	lines   *bufio.Scanner
	said    *Head
	replica *replica
	queries int
}

// start starts a worker on a copy, which it is a user of, and waits until it is ready.
func start(ctx context.Context, r *replica, command []string) (*process, error) {
	w := &process{cmd: &exec.Cmd{Path: command[0], Args: command[1:]}, replica: r, said: &Head{Most: maxSaid}}
	w.cmd.Stderr = w.said
	w.cmd.WaitDelay = time.Second
	w.cmd.SysProcAttr = apart()
	var err error
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.lines = bufio.NewScanner(out)
	w.lines.Buffer(nil, maxRow)
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	stop := context.AfterFunc(ctx, w.kill)
	ready := w.lines.Scan()
	if !stop() || !ready {
		w.kill()
		_ = w.cmd.Wait() // that it ended badly is known
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("it ended at once: %s", bytes.TrimSpace(w.said.Bytes()))
	}
	return w, nil
}

func (w *process) kill() { _ = w.cmd.Process.Kill() } // it may have ended by itself

// end lets the worker end, and leaves its copy.
func (w *process) end() {
	_ = w.in.Close()
	w.kill()
	_ = w.cmd.Wait() // it was killed
	w.replica.leave()
}

// ask runs one query. healthy says whether the worker can take another.
func (w *process) ask(ctx context.Context, q Request, maxBytes int64, emit func(json.RawMessage) error) (a Answer, healthy bool, err error) {
	stop := context.AfterFunc(ctx, w.kill)
	defer func() { healthy = stop() && healthy }()
	line, err := json.Marshal(q)
	if err != nil {
		return a, true, err
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return a, false, w.lost(ctx)
	}
	for left := maxBytes; w.lines.Scan(); {
		var r reply
		if err := json.Unmarshal(w.lines.Bytes(), &r); err != nil {
			return a, false, fmt.Errorf("read the answer of a query: %w", err)
		}
		if r.End != nil {
			a.Truncated = r.End.Truncated
			return a, true, w.told(r.End)
		}
		if left -= int64(len(r.Row)); left < 0 {
			a.Truncated = true
			return a, false, nil
		}
		if err := emit(r.Row); err != nil {
			return a, false, err
		}
	}
	if errors.Is(w.lines.Err(), bufio.ErrTooLong) {
		return a, false, problem.New(http.StatusUnprocessableEntity, "budget", "a row of the answer is too long", "ask for less in a row")
	}
	return a, false, w.lost(ctx)
}

// told is the problem of a query; what is the worker's own fault keeps its words for the log.
func (w *process) told(e *end) error {
	if e.Problem != nil && e.Problem.Code == "internal" {
		return errors.New(e.Problem.Message)
	}
	return e.err()
}

// lost is the problem of a worker that ended before its answer.
func (w *process) lost(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return problem.New(http.StatusUnprocessableEntity, "budget", "the query used too much memory or went too deep",
		"it may recurse without end, or build a very long string")
}
