package store

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/cockroachdb/pebble/v2"
)

// engineFile matches the names of the files that the engine makes.
var engineFile = regexp.MustCompile(`^(LOCK|CURRENT|OPTIONS-\d+(\.dbtmp)?|MANIFEST-\d+|REMOTE-OBJ-CATALOG-\d+|marker\..*|\d+(-\d+)?\.(log|sst|dbtmp|blob)|building-\d+|reading-\d+-\d+|lost\+found)$`)

// fatalLogger takes the engine's messages. The engine believes that Fatalf ends the process: here it keeps the error, wakes
// whoever waits in run, and parks the goroutine that called it, which may hold locks of the engine.
type fatalLogger struct {
	once  sync.Once
	dead  chan struct{} // closed once cause is set
	cause error
	// background has the first error of work in the background that nobody has taken yet.
	background chan error
	// rotating is set while the engine may go on to a new log; see logFS.
	rotating atomic.Bool
	// logs counts the logs that were begun.
	logs atomic.Int64
}

func newFatalLogger() *fatalLogger {
	return &fatalLogger{dead: make(chan struct{}), background: make(chan error, 1)}
}

// Infof drops the message: the engine reports flushes and compactions.
func (l *fatalLogger) Infof(string, ...any) {}

// Errorf drops the message: what it reports comes back as an error too.
func (l *fatalLogger) Errorf(string, ...any) {}

// Fatalf keeps the error and never returns.
func (l *fatalLogger) Fatalf(format string, args ...any) {
	cause := fmt.Errorf(format, args...)
	for _, arg := range args {
		if err, ok := arg.(error); ok {
			cause = fmt.Errorf("%s: %w", strings.TrimSuffix(strings.TrimSuffix(format, "%v"), ": "), err)
		}
	}
	l.once.Do(func() {
		l.cause = cause
		close(l.dead)
	})
	select {}
}

// err returns the fatal error, if there was one.
func (l *fatalLogger) err() error {
	select {
	case <-l.dead:
		return l.cause
	default:
		return nil
	}
}

// run calls f on a goroutine of its own and returns its error, or the fatal error that stopped it.
func (l *fatalLogger) run(f func() error) error {
	if err := l.err(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- guard(f) }()
	select {
	case err := <-done:
		return err
	case <-l.dead:
		return l.cause
	}
}

// events returns a listener that keeps the engine from taking a damaged file for the end of the process: the read that met
// it returns the error.
func (l *fatalLogger) events() *pebble.EventListener {
	return &pebble.EventListener{
		BackgroundError: func(err error) {
			select {
			case l.background <- err:
			default:
			}
		},
		DataCorruption: func(pebble.DataCorruptionInfo) {},
	}
}

// guard calls f and turns a panic of the engine into an error.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	return f()
}

func panicked(r any) error {
	if err, ok := r.(error); ok {
		if errors.Is(err, pebble.ErrClosed) {
			return ErrClosed
		}
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return fmt.Errorf("%w: %v", ErrCorrupt, r)
}

// classify adds ErrCorrupt or ErrVersion to an error of the engine where one fits.
func classify(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrCorrupt), errors.Is(err, ErrClosed):
		return err
	case strings.Contains(err.Error(), "format major version"):
		return fmt.Errorf("%w: %w", ErrVersion, err)
	case pebble.IsCorruptionError(err), errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}

// isHeld says whether a lock is refused because somebody has it.
func isHeld(err error) bool {
	return errors.Is(err, syscall.EAGAIN) || strings.Contains(err.Error(), "lock held by current process")
}
