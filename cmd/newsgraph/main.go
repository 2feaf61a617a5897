// Command newsgraph turns news articles into a knowledge graph whose every edge can be traced to the exact
// words it came from. Standard output carries data only; progress, warnings and errors go to standard error.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

func main() {
	a := newApp()
	stop := a.interrupts()
	code := a.run(os.Args[1:])
	stop()
	os.Exit(code)
}

// interrupts lets the first SIGINT or SIGTERM end the work in order: it cancels a.ctx, and ingest still
// commits what it has read. A second one ends the process at once; the store is safe at any moment.
func (a *app) interrupts() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	a.ctx = ctx
	a.stdin = &interruptible{ctx: ctx, from: a.stdin}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-signals:
				if n > 0 {
					os.Exit(exitInterrupted)
				}
				cancel()
			case <-done:
				return
			}
		}
	})
	return func() {
		signal.Stop(signals)
		close(done)
		wait.Wait()
		cancel()
	}
}

// interruptible is a reader whose Read ends with the context. A Read that has begun goes on behind it until
// the process ends.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

func (r *interruptible) Read(p []byte) (int, error) {
	type outcome struct {
		n   int
		err error
	}
	own, done := make([]byte, len(p)), make(chan outcome, 1)
	go func() {
		n, err := r.from.Read(own)
		done <- outcome{n, err}
	}()
	select {
	case o := <-done:
		return copy(p, own[:o.n]), o.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}
