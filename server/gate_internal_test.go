package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsgraph/server/api"
)

// crowd asks a gate, and notes in which order the requests ran.
type crowd struct {
	s       *Server
	answers map[string]*httptest.ResponseRecorder
	release chan struct{} // ends one request whose query says long

	mu   sync.Mutex
	done []string
}

func newCrowd(places int) *crowd {
	return &crowd{s: &Server{o: Options{Log: slog.New(slog.DiscardHandler)}, gate: newGate(places)}, answers: map[string]*httptest.ResponseRecorder{}, release: make(chan struct{})}
}

func (c *crowd) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Has("long") {
		<-c.release
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = append(c.done, r.URL.RawQuery)
}

func (c *crowd) ask(ctx context.Context, class api.Class, query string) {
	c.answers[query] = httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/?"+query, nil).WithContext(ctx)
	go c.s.gated(class, c).ServeHTTP(c.answers[query], r)
	synctest.Wait()
}

func (c *crowd) want(t *testing.T, want ...string) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.done, want) {
		t.Errorf("done: %v, want %v", c.done, want)
	}
	c.done = nil
}

// Costs of the tests' routes.
var (
	cheap     = api.Class{}
	reading   = api.Class{Cost: api.Reading}
	gathering = api.Class{Cost: api.Gathering}
	heavy     = api.Class{Cost: api.Heavy, Narrow: []string{"entity"}}
)

// Requests wait in the order in which they came, but those that cost less overtake those that cost more, and those that cost
// nothing do not wait. A heavy route that is asked about one entity is not heavy.
func TestGateOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(1)
		c.ask(t.Context(), reading, "long=0")
		c.ask(t.Context(), heavy, "heavy=1")
		c.ask(t.Context(), heavy, "heavy=2")
		c.ask(t.Context(), gathering, "gather=3")
		c.ask(t.Context(), heavy, "entity=4")
		c.ask(t.Context(), reading, "read=5")
		c.ask(t.Context(), cheap, "cheap=6")
		c.want(t, "cheap=6")
		c.release <- struct{}{}
		synctest.Wait()
		c.want(t, "long=0", "read=5", "gather=3", "entity=4", "heavy=1", "heavy=2")
	})
}

// Nobody waits for ever: what costs much is due at last, before what comes later and costs little.
func TestGateFairness(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(1)
		c.ask(t.Context(), reading, "long=0")
		c.ask(t.Context(), heavy, "heavy=1")
		time.Sleep(time.Second)
		c.ask(t.Context(), reading, "read=2")
		c.release <- struct{}{}
		synctest.Wait()
		c.want(t, "long=0", "heavy=1", "read=2")
	})
}

// Heavy requests leave half of the places to others.
func TestGatePlaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(2)
		c.ask(t.Context(), heavy, "long=1")
		c.ask(t.Context(), heavy, "heavy=2")
		c.ask(t.Context(), reading, "read=3")
		c.want(t, "read=3")
		c.release <- struct{}{}
		synctest.Wait()
		c.want(t, "long=1", "heavy=2")
	})
}

// Who goes away or has waited too long gives up the place in the queue, and nobody's place is lost.
func TestGateLeaving(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(1)
		c.ask(t.Context(), heavy, "long=0")
		ctx, cancel := context.WithCancel(t.Context())
		c.ask(ctx, reading, "gone=1")
		cancel()
		c.ask(t.Context(), reading, "late=2")
		time.Sleep(patience + time.Second)
		synctest.Wait()
		if late := c.answers["late=2"]; late.Code != http.StatusTooManyRequests || late.Header().Get("Retry-After") == "" {
			t.Errorf("after a long wait: %d %v", late.Code, late.Header())
		}
		c.ask(t.Context(), reading, "read=3")
		c.release <- struct{}{}
		synctest.Wait()
		c.want(t, "long=0", "read=3")
		c.ask(t.Context(), heavy, "heavy=4")
		c.want(t, "heavy=4")
	})
}
