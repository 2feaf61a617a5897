package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"newsgraph/web"
)

func fetch(t *testing.T, path, accept string, header ...string) *http.Response {
	t.Helper()
	h, err := web.Handler()
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", accept)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, res *http.Response) string {
	t.Helper()
	var r io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestScreensAnswerThePage(t *testing.T) {
	t.Parallel()
	for path, ok := range map[string]bool{
		"/": true, "/e/Alexander_Lukashenko": true, "/e/AC%2FDC": true, "/path?from=a&to=b": true, "/q": true, "/graph": true,
		"/claims": true, "/ingest": true, "/export": true, "/a/x": true,
		"/api/search": false, "/assets/none.js": false, "/entity/Russia": false, "/exported": false, "/../web.go": false,
	} {
		res := fetch(t, path, "gzip")
		if got := res.StatusCode == http.StatusOK && strings.Contains(text(t, res), `<div id="app">`); got != ok {
			t.Errorf("%s: %s, page: %v, want %v", path, res.Status, got, ok)
		}
	}
}

// TestFiles loads all that the page names, packed and unpacked.
func TestFiles(t *testing.T) {
	t.Parallel()
	page := text(t, fetch(t, "/", ""))
	for _, m := range regexp.MustCompile(`(?:src|href)="(/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		packed, plain := fetch(t, m[1], "br, gzip"), fetch(t, m[1], "gzip;q=0")
		if packed.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: Content-Encoding does not follow Accept-Encoding", m[1])
		}
		if a, b := text(t, packed), text(t, plain); a != b || a == "" {
			t.Errorf("%s: packed and plain differ, or are empty", m[1])
		}
		if kind := packed.Header.Get("Content-Type"); kind == "" || strings.Contains(kind, "octet-stream") {
			t.Errorf("%s: Content-Type is %q", m[1], kind)
		}
		again := fetch(t, m[1], "gzip", "If-None-Match", packed.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: asked again with its ETag: %s", m[1], again.Status)
		}
	}
}

// TestNothingInline holds what the policy of the server asks of the page: no script, style or handler in it, and
// nothing from elsewhere.
func TestNothingInline(t *testing.T) {
	t.Parallel()
	page := text(t, fetch(t, "/", ""))
	for _, bad := range []string{`<script>[^<]`, `<style`, ` style=`, ` on[a-z]+=`, `https?://`, `src="//`, `javascript:`} {
		if m := regexp.MustCompile(bad).FindString(page); m != "" {
			t.Errorf("the page has %q", m)
		}
	}
}

// TestFirstLoad is the budget for all that the browser loads before a graph or an editor is wanted.
func TestFirstLoad(t *testing.T) {
	t.Parallel()
	const budget = 80 << 10
	page := text(t, fetch(t, "/", ""))
	total := int64(0)
	for _, path := range append([]string{"/"}, firstFiles(page)...) {
		n, err := io.Copy(io.Discard, fetch(t, path, "gzip").Body)
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	t.Logf("first load: %d bytes", total)
	if total > budget {
		t.Errorf("the first load is %d bytes, more than %d", total, budget)
	}
}

// firstFiles lists the files that the page names, and those that their scripts import at once.
func firstFiles(page string) []string {
	var files []string
	for _, m := range regexp.MustCompile(`(?:src|href)="(/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		files = append(files, m[1])
	}
	return files
}
