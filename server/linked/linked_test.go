package linked_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/schema"
	"newsgraph/server/internal/newstest"
	"newsgraph/server/linked"
)

func site(t *testing.T) (*http.ServeMux, *graph.Graph) {
	t.Helper()
	g := newstest.Graph(t, []schema.Entity{{ID: "Russia", Label: "Russia", Type: "Country", Aliases: []string{"Moscow"}}, {ID: "A/B <c>", Label: "A/B <c>"}},
		newstest.Doc("one", "Wire", "2020-09-14", newstest.Claim("Russia loans Belarus", schema.Asserted)),
		newstest.Doc("two", "Gazette", "2020-09-15", newstest.Claim("Poland meets Russia", schema.Alleged), newstest.Claim("Poland loans Lithuania", schema.Asserted)))
	mux := http.NewServeMux()
	for _, r := range linked.Routes(linked.Options{Graph: g, Log: slog.New(slog.DiscardHandler)}) {
		mux.Handle(r.Pattern, r.Handler)
	}
	return mux, g
}

func ask(h http.Handler, path, accept string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept", accept)
	h.ServeHTTP(rec, r)
	return rec
}

// What the client likes best it gets, browsers the page, and who does not care TriG.
func TestNegotiation(t *testing.T) {
	t.Parallel()
	h, _ := site(t)
	for accept, want := range map[string]string{
		"": "application/trig", "*/*": "application/trig", "text/turtle": "text/turtle", "application/ld+json": "application/ld+json",
		"application/n-quads;q=0.9, text/turtle;q=0.5": "application/n-quads", "text/html;q=0.2, application/n-quads;q=0.3": "application/n-quads",
		"application/n-quads;q=0, text/turtle;q=0.1": "text/turtle", "image/png, TEXT/TURTLE; q=0.5": "text/turtle",
		"text/html,application/xhtml+xml,*/*;q=0.8": "", "text/html, text/turtle;q=0.9": "",
	} {
		res := ask(h, "/entity/Russia", accept)
		if want == "" {
			if res.Code != http.StatusSeeOther || res.Header().Get("Location") != "/e/Russia" {
				t.Errorf("%q: %d to %q", accept, res.Code, res.Header().Get("Location"))
			}
			continue
		}
		if res.Code != http.StatusOK || !strings.HasPrefix(res.Header().Get("Content-Type"), want) || res.Header().Get("Vary") != "Accept" {
			t.Errorf("%q: %d %v, want %s", accept, res.Code, res.Header(), want)
		}
	}
}

// An entity's description has its names and its edges on both sides, a claim's its quotes, a document's its text; nothing of others.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	h, g := site(t)
	var claim string
	for c, err := range g.Claims(t.Context(), graph.Filter{Entity: "Belarus"}) {
		if err != nil {
			t.Fatal(err)
		}
		claim = c.ID
	}
	for path, c := range map[string]struct{ has, not []string }{
		"/entity/Russia": {[]string{`"Moscow"`, "claim/loans", "claim/meets"}, []string{"Lithuania"}},
		"/id/" + claim:   {[]string{"fact/loans", "#char=", `"Russia loans Belarus`}, []string{"Poland", `"Moscow"`}},
		"/doc/one":       {[]string{`"Wire"`, claim}, []string{"Gazette", "Poland"}},
	} {
		res := ask(h, path, "application/n-quads")
		text := res.Body.String()
		if res.Code != http.StatusOK || !strings.HasSuffix(text, " .\n") {
			t.Errorf("%s: %d %s", path, res.Code, text)
		}
		missing := slices.DeleteFunc(slices.Clone(c.has), func(s string) bool { return strings.Contains(text, s) })
		foreign := slices.DeleteFunc(slices.Clone(c.not), func(s string) bool { return !strings.Contains(text, s) })
		if len(missing)+len(foreign) > 0 {
			t.Errorf("%s has not %q, has %q:\n%s", path, missing, foreign, text)
		}
	}
}

// Names with any characters have addresses; what is not there is said to be not there, and a page is given to nobody for it.
func TestAddresses(t *testing.T) {
	t.Parallel()
	h, _ := site(t)
	if res := ask(h, "/entity/A%2FB%20%3Cc%3E", "application/n-quads"); res.Code != http.StatusOK || !strings.Contains(res.Body.String(), `"A/B <c>"`) {
		t.Errorf("a name with a slash: %d %s", res.Code, res.Body)
	}
	if res := ask(h, "/entity/A%2FB%20%3Cc%3E", "text/html"); res.Header().Get("Location") != "/e/A%2FB%20%3Cc%3E" {
		t.Errorf("its page is %q", res.Header().Get("Location"))
	}
	for _, path := range []string{"/entity/Nobody", "/doc/none", "/id/none"} {
		if res := ask(h, path, "text/turtle"); res.Code != http.StatusNotFound || !strings.Contains(res.Body.String(), `"not_found"`) {
			t.Errorf("%s: %d %s", path, res.Code, res.Body)
		}
	}
}
