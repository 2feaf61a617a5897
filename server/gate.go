package server

import (
	"context"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"sync"
	"time"

	"newsgraph/server/api"
	"newsgraph/server/problem"
)

// gate lets as many costly requests run at once as there are processors, and of the Heavy ones half as many. Others wait: the
// one goes next that is due first, and the cheaper a request is, the sooner it is due. So a page opens while the panels beside
// it and path searches wait, and none of those waits for ever.
type gate struct {
	mu      sync.Mutex
	free    int                      // places
	long    int                      // of these, for Heavy ones
	waiting [api.Heavy + 1][]*waiter // by cost, the first to come first
}

type waiter struct {
	due  time.Time
	turn chan struct{} // closed when it has come
}

func newGate(places int) *gate { return &gate{free: places, long: max(1, places/2)} }

// grace is how much later than one for a page a request is due.
func grace(c api.Cost) time.Duration {
	switch c {
	case api.Gathering:
		return 150 * time.Millisecond
	case api.Heavy:
		return 600 * time.Millisecond
	}
	return 0
}

// patience is how long a request waits for its turn.
const patience = 10 * time.Second

// enter waits for a place; leave gives it back. Errors are those of ctx, and a Problem when it took too long.
func (g *gate) enter(ctx context.Context, c api.Cost) error {
	w := &waiter{time.Now().Add(grace(c)), make(chan struct{})}
	g.mu.Lock()
	g.waiting[c] = append(g.waiting[c], w)
	g.admit()
	g.mu.Unlock()
	tired := time.NewTimer(patience)
	defer tired.Stop()
	var err error
	select {
	case <-w.turn:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-tired.C:
		busy := problem.New(http.StatusTooManyRequests, "rate_limited", "too many long requests are under way", "try again in a moment")
		busy.RetryAfter = 2
		err = busy
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if at := slices.Index(g.waiting[c], w); at >= 0 {
		g.waiting[c] = slices.Delete(g.waiting[c], at, at+1)
	} else { // its turn came at the last moment
		g.release(c)
	}
	return err
}

func (g *gate) leave(c api.Cost) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.release(c)
}

func (g *gate) release(c api.Cost) {
	g.free++
	if c == api.Heavy {
		g.long++
	}
	g.admit()
}

// admit gives the free places to those who are due first.
func (g *gate) admit() {
	for g.free > 0 {
		first := api.Cheap
		for c, list := range g.waiting {
			c := api.Cost(c)
			if len(list) == 0 || c == api.Heavy && g.long == 0 {
				continue
			}
			if first == api.Cheap || list[0].due.Before(g.waiting[first][0].due) {
				first = c
			}
		}
		if first == api.Cheap {
			return
		}
		close(g.waiting[first][0].turn)
		g.waiting[first] = g.waiting[first][1:]
		g.free--
		if first == api.Heavy {
			g.long--
		}
	}
}

// gated lets requests of a class in when their turn comes.
func (s *Server) gated(class api.Class, h http.Handler) http.Handler {
	if class.Cost == api.Cheap {
		return h
	}
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		c := cost(class, r.URL.Query())
		if err := s.gate.enter(r.Context(), c); err != nil {
			return err
		}
		defer s.gate.leave(c)
		h.ServeHTTP(w, r)
		return nil
	})
}

// cost is what a request costs of a route of this class.
func cost(class api.Class, asked url.Values) api.Cost {
	if slices.ContainsFunc(class.Narrow, func(name string) bool { return asked.Get(name) != "" }) {
		return api.Gathering
	}
	return class.Cost
}

// places is how many costly requests run at once.
func places() int { return runtime.GOMAXPROCS(0) }
