package store

import (
	"fmt"
	"sync"
)

// use counts who uses the engine, so that Close can wait for them. Calls may nest: a callback of Match may call Apply.
type use struct {
	mu        sync.Mutex
	idle      sync.Cond // calls became 0
	calls     int
	snapshots int
	ended     bool
}

// enter begins a call, which leave ends.
func (u *use) enter() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ended {
		return ErrClosed
	}
	u.calls++
	return nil
}

func (u *use) leave() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.calls--; u.calls == 0 {
		u.idle.Broadcast()
	}
}

// hold counts snapshots up or down.
func (u *use) hold(n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.snapshots += n
}

// end lets nobody enter any more and waits for the calls under way; first is false when it was called before.
func (u *use) end() (first bool, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case u.ended:
		return false, nil
	case u.snapshots > 0:
		return false, fmt.Errorf("%d snapshots are open", u.snapshots)
	}
	u.ended = true
	u.idle.L = &u.mu
	for u.calls > 0 {
		u.idle.Wait()
	}
	return true, nil
}
