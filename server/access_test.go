package server_test

import (
	"net/http"
	"strings"
	"testing"

	"newsgraph/server"
)

const token = "a token that is long enough"

// open to all are the routes that need no token; everything else does.
var openToAll = map[string]bool{
	"GET /api/settings": true, "GET /api/openapi.json": true, "GET /api/openapi.yaml": true, "POST /api/session": true,
	"DELETE /api/session": true, "GET /healthz": true, "GET /readyz": true,
}

// concrete makes an address of a pattern.
func concrete(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.NewReplacer("{id}", "none", "{lang}", "gizmo", "{$}", "", "{rest...}", "none").Replace(path)
	return method, path
}

// Every route, by token and origin and method: who has no token gets 401 and nothing else, a page of a foreign origin 403
// whatever it bears, and with the token from the same origin a request gets to the handler.
func TestAccess(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{Token: token})
	credentials := []struct {
		name, header string
		right        bool
	}{{"no token", "", false}, {"wrong token", "Bearer not " + token, false}, {"token", "Bearer " + token, true}}
	origins := []struct {
		name   string
		header []string
		own    bool
	}{
		{"no origin", nil, true},
		{"same origin", []string{"Origin", local, "Sec-Fetch-Site", "same-origin"}, true},
		{"foreign origin", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, false},
		{"foreign origin without Sec-Fetch-Site", []string{"Origin", "https://evil.example"}, false},
		{"image of a foreign page", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, false},
		{"no page's origin", []string{"Origin", "null"}, false},
	}
	seen := 0
	for _, route := range h.Routes() {
		pattern := route.Pattern
		own, path := concrete(pattern)
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
			for _, who := range credentials {
				for _, from := range origins {
					headers := append([]string{"Content-Type", "application/json"}, from.header...)
					if who.header != "" {
						headers = append(headers, "Authorization", who.header)
					}
					res, body := h.do(request(method, path, "", headers...))
					name := pattern + ": " + method + ", " + who.name + ", " + from.name
					seen++
					checkAccess(t, name, res.StatusCode, body, from.own, who.right || openToAll[pattern], method == own)
					checkHeaders(t, name, res.Header, from.own)
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d requests were made", seen)
	}
}

func checkAccess(t *testing.T, name string, status int, body string, ownOrigin, mayAsk, ownMethod bool) {
	t.Helper()
	switch {
	case !ownOrigin:
		if status != http.StatusForbidden {
			t.Errorf("%s: %d, want 403: %s", name, status, body)
		}
	case !ownMethod: // another route may take it; what counts is that it is not let through without a token
		if !mayAsk && status < 400 {
			t.Errorf("%s: %d: %s", name, status, body)
		}
	case !mayAsk:
		if status != http.StatusUnauthorized {
			t.Errorf("%s: %d, want 401: %s", name, status, body)
		}
	case status == http.StatusForbidden, status == http.StatusUnauthorized && !strings.Contains(name, "/api/session"), status >= 500:
		t.Errorf("%s: %d: %s", name, status, body)
	}
}

func checkHeaders(t *testing.T, name string, h http.Header, ownOrigin bool) {
	t.Helper()
	if h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%s: an origin is let in that nobody named", name)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") ||
		strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("%s: headers %v", name, h)
	}
}

// A server that changes nothing refuses every route that writes, whoever asks.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{ReadOnly: true})
	writes := 0
	for _, route := range h.Routes() {
		if !route.Writes {
			continue
		}
		writes++
		method, path := concrete(route.Pattern)
		if res, body := h.do(request(method, path, "{}", "Content-Type", "application/json")); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d, want 403: %s", route.Pattern, res.StatusCode, body)
		}
	}
	if writes < 8 {
		t.Errorf("only %d routes write", writes)
	}
	if status, body := h.get("/api/search?q=Tikh"); status != http.StatusOK {
		t.Errorf("search: %d: %s", status, body)
	}
	if status, body := h.post("/api/query", `{"lang":"gizmo","text":"g.V(\"Russia\").Out(\"loans\").Unique().All()"}`); status != http.StatusOK || !strings.Contains(body, `"Belarus"`) {
		t.Errorf("query: %d: %s", status, body)
	}
}

// A page that gives its own name our address (DNS rebinding) is refused by that name.
func TestHosts(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{Hosts: []string{"News.example.org"}})
	for host, want := range map[string]int{
		"127.0.0.1:64210": 200, "localhost": 200, "localhost:9": 200, "[::1]:64210": 200, "127.8.8.8": 200, "news.example.org": 200, "NEWS.EXAMPLE.ORG:80": 200,
		"evil.example": 421, "evil.example:64210": 421, "127.0.0.1.evil.example": 421, "10.0.0.1": 421, "localhost.evil.example": 421, "": 421,
	} {
		r := request(http.MethodGet, "/api/settings", "")
		r.Host = host
		if res, body := h.do(r); res.StatusCode != want {
			t.Errorf("Host %q: %d, want %d: %s", host, res.StatusCode, want, body)
		}
	}
}

// Origins that the user named may read and write; they alone are told so.
func TestCORS(t *testing.T) {
	t.Parallel()
	const friend = "https://app.example.org"
	h := open(t, server.Options{Origins: []string{friend}})
	for origin, want := range map[string]int{friend: 200, "https://evil.example": 403, friend + ".evil.example": 403, "http://app.example.org": 403} {
		res, _ := h.do(request(http.MethodGet, "/api/stats", "", "Origin", origin, "Sec-Fetch-Site", "cross-site"))
		allowed := res.Header.Get("Access-Control-Allow-Origin")
		if res.StatusCode != want || (allowed == origin) != (want == 200) {
			t.Errorf("%s: %d, allowed %q", origin, res.StatusCode, allowed)
		}
	}
	res, _ := h.do(request(http.MethodOptions, "/api/query", "", "Origin", friend, "Access-Control-Request-Method", "POST"))
	if res.StatusCode != http.StatusNoContent || res.Header.Get("Access-Control-Allow-Headers") == "" {
		t.Errorf("preflight: %d %v", res.StatusCode, res.Header)
	}
}

// A session stands for the token until it ends; its cookie is for the server alone.
func TestSession(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{Token: token})
	if status, _ := h.post("/api/session", `{"token":"wrong"}`); status != http.StatusUnauthorized {
		t.Errorf("wrong token: %d", status)
	}
	res, _ := h.do(request(http.MethodPost, "/api/session", `{"token":"`+token+`"}`, "Content-Type", "application/json"))
	cookies := res.Cookies()
	if res.StatusCode != http.StatusNoContent || len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode ||
		strings.Contains(cookies[0].Value, token) {
		t.Fatalf("%d, %v", res.StatusCode, cookies)
	}
	cookie := cookies[0].Name + "=" + cookies[0].Value
	if status, _ := h.get("/api/stats", "Cookie", cookie); status != http.StatusOK {
		t.Errorf("with the cookie: %d", status)
	}
	if status, _ := h.get("/api/stats", "Cookie", cookie+"x"); status != http.StatusUnauthorized {
		t.Errorf("with another cookie: %d", status)
	}
	h.do(request(http.MethodDelete, "/api/session", "", "Cookie", cookie))
	if status, _ := h.get("/api/stats", "Cookie", cookie); status != http.StatusUnauthorized {
		t.Errorf("after the end: %d", status)
	}
	if _, body := h.get("/api/settings"); strings.Contains(body, `"store"`) || !strings.Contains(body, `"authorised":false`) {
		t.Errorf("settings tell a stranger: %s", body)
	}
}
