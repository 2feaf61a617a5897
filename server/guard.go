package server

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"newsgraph/server/problem"
)

// guard decides who may ask: by the name of the host, the origin of the page, and the token.
type guard struct {
	token   [sha256.Size]byte
	needed  bool // there is a token
	origins []string
	cross   *http.CrossOriginProtection

	mu       sync.Mutex
	hosts    map[string]bool
	sessions []string // digests of the newest sessions' names, the oldest first
}

func newGuard(o Options) *guard {
	g := &guard{token: sha256.Sum256([]byte(o.Token)), needed: o.Token != "", origins: o.Origins, cross: http.NewCrossOriginProtection(),
		hosts: map[string]bool{"localhost": true}}
	for _, h := range o.Hosts {
		g.hosts[strings.ToLower(h)] = true
	}
	for _, origin := range o.Origins {
		_ = g.cross.AddTrustedOrigin(origin) // one that is malformed is trusted by nobody
	}
	return g
}

// listens lets the address in as a host.
func (g *guard) listens(addr net.Addr) {
	if tcp, ok := addr.(*net.TCPAddr); ok && !tcp.IP.IsUnspecified() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.hosts[tcp.IP.String()] = true
	}
}

// host refuses names that the server does not go by: a page of a foreign site may give its own name our address (DNS
// rebinding). Addresses of loopback are always ours.
func (g *guard) host(r *http.Request) error {
	name, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		name = strings.Trim(r.Host, "[]")
	}
	if addr, err := netip.ParseAddr(name); err == nil && addr.IsLoopback() {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.hosts[strings.ToLower(strings.TrimSuffix(name, "."))] {
		return nil
	}
	return problem.New(http.StatusMisdirectedRequest, "forbidden", "this server does not go by the name in Host", "--host names more names")
}

// origin refuses pages of foreign origins, whatever they ask; a link from one is no request of the page.
func (g *guard) origin(r *http.Request) error {
	refused := problem.New(http.StatusForbidden, "forbidden", "pages of other origins may not ask here", "--cors names origins that may")
	if origin := r.Header.Get("Origin"); origin != "" {
		if g.trusted(origin) || own(origin, r.Host) {
			return nil
		}
		return refused
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Method != http.MethodGet && r.Method != http.MethodHead {
			return refused
		}
	}
	if err := g.cross.Check(r); err != nil {
		return refused
	}
	return nil
}

// trusted says whether the user let the origin in.
func (g *guard) trusted(origin string) bool { return slices.Contains(g.origins, origin) }

// own says whether the origin is that of the server itself, as the client names it.
func own(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && strings.EqualFold(u.Host, host)
}

// sessionCookie is the name of the cookie of a session.
const sessionCookie = "newsgraph_session"

// authorised says whether the request bears what it takes: the token, or a session that was begun with it.
func (g *guard) authorised(r *http.Request) bool {
	if !g.needed {
		return true
	}
	if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		return g.right(strings.TrimSpace(token))
	}
	c, err := r.Cookie(sessionCookie)
	return err == nil && g.session(c.Value)
}

// right compares a token, in a time that does not depend on how much of it is right.
func (g *guard) right(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return g.needed && subtle.ConstantTimeCompare(sum[:], g.token[:]) == 1
}

func (g *guard) session(name string) bool {
	digest := sha256.Sum256([]byte(name))
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Contains(g.sessions, hex.EncodeToString(digest[:]))
}

// maxSessions is how many sessions there are; the oldest ends when there are more.
const maxSessions = 1000

// begin makes a session and returns its name.
func (g *guard) begin() string {
	name := rand.Text()
	digest := sha256.Sum256([]byte(name))
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sessions = append(g.sessions, hex.EncodeToString(digest[:]))
	g.sessions = g.sessions[max(0, len(g.sessions)-maxSessions):]
	return name
}

// end ends a session.
func (g *guard) end(name string) {
	digest := sha256.Sum256([]byte(name))
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sessions = slices.DeleteFunc(g.sessions, func(s string) bool { return s == hex.EncodeToString(digest[:]) })
}

// unauthorized is the answer to who has no token.
func unauthorized() *problem.Problem {
	return problem.New(http.StatusUnauthorized, "unauthorized", "a token is needed", "send it as Authorization: Bearer TOKEN")
}
