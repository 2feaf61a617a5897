package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

// dom is what a page holds: how many elements of each name, its texts, and what is wrong with it.
type dom struct {
	elements map[string]int
	texts    []string
	wrong    []string
}

// harmless are the elements and attributes that a page of ours is made of.
var (
	harmlessElements = strings.Fields("html head meta title style body header main footer section article figure figcaption blockquote h1 h2 p ul ol li " +
		"span bdi a cite code time details summary div svg defs marker path g rect text")
	harmlessAttributes = strings.Fields("lang charset http-equiv content name class aria-label aria-hidden role id href rel viewbox refx refy markerwidth " +
		"markerheight markerunits orient d stroke-width marker-end x y width height rx text-anchor viewBox refX refY markerWidth markerHeight markerUnits")
)

func parsed(t testing.TB, page string) *dom {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	d := &dom{elements: map[string]int{}}
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			d.element(n)
		case html.TextNode:
			if text := strings.TrimSpace(n.Data); text != "" && n.Parent.Data != "style" {
				d.texts = append(d.texts, n.Data)
			}
		case html.CommentNode:
			d.wrong = append(d.wrong, "comment "+n.Data)
		}
	}
	return d
}

func (d *dom) element(n *html.Node) {
	d.elements[n.Data]++
	if !slices.Contains(harmlessElements, n.Data) {
		d.wrong = append(d.wrong, "element "+n.Data)
	}
	for _, a := range n.Attr {
		if !slices.Contains(harmlessAttributes, a.Key) {
			d.wrong = append(d.wrong, "attribute "+a.Key+" of "+n.Data)
		}
		if a.Key == "href" && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "#s") {
			d.wrong = append(d.wrong, "link to "+a.Val)
		}
	}
}

// pages are a page of everything and one around each of some entities.
func pages(t testing.TB, g *graph.Graph, ids ...string) (list []string) {
	t.Helper()
	all, _ := written(t, g, "html", export.Options{})
	list = append(list, all[""])
	for _, id := range ids {
		one, _ := written(t, g, "html", export.Options{Filter: graph.Filter{Entity: id}})
		list = append(list, one[""])
	}
	return list
}

func TestPage(t *testing.T) {
	t.Parallel()
	list := pages(t, ordinary(t), "Russia", "Nobody")
	for i, page := range list {
		if d := parsed(t, page); len(d.wrong) > 0 || d.elements["style"] != 1 {
			t.Errorf("page %d: %v", i, d.wrong)
		}
		if strings.Contains(page, "ZgotmplZ") || strings.Contains(page, "@import") || strings.Contains(page, " src=") {
			t.Errorf("page %d reaches out, or a text stands where none may", i)
		}
	}
	russia := list[1]
	for _, want := range []string{
		"<h1><bdi>Russia</bdi></h1>", `<p class="kind">Country</p>`, "also <bdi>Moscow</bdi>", "4 claims from 2 articles", `<rect `, `>■</span> Asserted`, `>✕</span> Denied`,
		`<article class="claim negated">`, `<a href="https://example.org/1" rel="noopener noreferrer nofollow"><bdi>A loan</bdi></a> · <bdi>Wire</bdi> · <time>2020-09-15</time>`,
		"<blockquote><bdi>would &lt;lend&gt; 1,500 µ</bdi></blockquote>", "according to <bdi>RIA quoting Vladimir Putin</bdi>", "2 articles, 2 independent sources",
		"<code>doc:first#char=0,20</code>", `<path class="line asserted"`, "$1.5billion", `content="default-src 'none'; `,
	} {
		if !strings.Contains(russia, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, absent := range []string{"Alleged", "at war with", "We will lend"} {
		if strings.Contains(russia, absent) {
			t.Errorf("%s is on the page of Russia", absent)
		}
	}
	if everything := list[0]; !strings.Contains(everything, "at war with") || !strings.Contains(everything, "We will lend") || strings.Contains(everything, "<svg") {
		t.Error("the page of everything lacks a claim, or has a picture")
	}
}

func TestPathsPage(t *testing.T) {
	t.Parallel()
	g := ordinary(t)
	page := pathsPage(t, g, "Russia", "Sochi")
	if d := parsed(t, page); len(d.wrong) > 0 {
		t.Error(d.wrong)
	}
	for _, want := range []string{
		"<h1><bdi>Russia to Sochi</bdi></h1>", "1 path between them", "Path 1 <span class=\"count\">2 hops</span>", `<li class="stop"><bdi>Belarus</bdi></li>`,
		`<li class="hop asserted">`, `<li class="hop alleged">`, `>?</span> Alleged</span>`,
		"Weakest hop of this path: alleged, 1 independent source, confidence 0.50</p>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if alleged := strings.Index(page, `<li class="hop alleged">`); strings.Count(page, "Weakest hop") != 1 || strings.Index(page, "Weakest hop") < alleged {
		t.Error("another hop than the alleged one is marked as the weakest")
	}
	if strings.Contains(pathsPage(t, g, "Russia", "Belarus"), "Weakest hop") {
		t.Error("a path of one hop has a weakest one")
	}
	back := pathsPage(t, g, "Sochi", "Russia")
	if !strings.Contains(back, `<li class="hop alleged backward">`) || !strings.Contains(back, `<span class="predicate">loans</span> <bdi class="end">Belarus</bdi>`) {
		t.Error("a hop against its claim is not marked as one")
	}
}

func pathsPage(t testing.TB, g *graph.Graph, from, to string) string {
	t.Helper()
	found, err := path.Search(t.Context(), g, []string{from}, []string{to}, path.Options{Filter: graph.Filter{Factuality: allFactuality()}})
	if err != nil {
		t.Fatal(err)
	}
	a, _, errA := g.Entity(t.Context(), from)
	b, _, errB := g.Entity(t.Context(), to)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := export.PathsPage(t.Context(), g, a, b, found, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func allFactuality() (all []schema.Factuality) {
	for f := range schema.Negated + 1 {
		all = append(all, f)
	}
	return all
}

// Every hostile text is a text on the page, and only that.
func TestPageHostile(t *testing.T) {
	t.Parallel()
	g := hostile(t)
	names := hostileNames()
	list := append(pages(t, g, "e"+names[2], "e"+names[0]), pathsPage(t, g, "e"+names[0], "e"+names[3]))
	for i, page := range list {
		d := parsed(t, page)
		if len(d.wrong) > 0 {
			t.Errorf("page %d: %v", i, d.wrong)
		}
		if strings.Contains(page, "ZgotmplZ") {
			t.Errorf("page %d: a text stands where none may", i)
		}
		if i > 0 {
			continue
		}
		for _, name := range names {
			if want := strings.ReplaceAll(holdable(name), "\r\n", "\n"); !slices.Contains(d.texts, want) && strings.TrimSpace(want) != "" {
				t.Errorf("%q is nowhere", want)
			}
		}
	}
}

// In Chromium nothing of a hostile page runs, not even without the policy that forbids it.
func TestPageBrowser(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`
	g := runnable(t)
	page := pages(t, g, "e0")[1] + pathsPage(t, g, "e0", "e3")
	if strings.Count(page, policy) != 2 {
		t.Fatalf("no policy in %.600s", page)
	}
	shown := rendered(t, strings.ReplaceAll(page, policy, ""))
	if strings.Contains(shown, "<title>RAN</title>") || !strings.Contains(shown, "&lt;script&gt;document.title") || strings.Contains(shown, "<script") {
		t.Errorf("something ran:\n%.2000s", shown)
	}
	ran := rendered(t, strings.ReplaceAll(page, policy, "")+"<script>document.title='RAN'</script>")
	if !strings.Contains(ran, "<title>RAN</title>") {
		t.Error("a script that is there does not run: the test shows nothing")
	}
	if strings.Contains(rendered(t, page+"<script>document.title='RAN'</script>"), "<title>RAN</title>") {
		t.Error("a script runs in spite of the policy")
	}
}

// runnable is a graph whose names run where they are not escaped.
func runnable(t testing.TB) *graph.Graph {
	t.Helper()
	const run = "document.title='RAN'"
	payloads := []string{
		"<script>" + run + "</script>", "<img src=x onerror=" + run + ">", `"><svg onload="` + run + `">`, "</style><script>" + run + "</script>",
		"</title><script>" + run + "</script>", `' autofocus onfocus='` + run, "<iframe srcdoc=\"<script>parent." + run + "</script>\">", "{{.}} ${" + run + "}",
	}
	var entities []schema.Entity
	var claims []schema.Claim
	for i, p := range payloads {
		id := fmt.Sprintf("e%d", i)
		entities = append(entities, schema.Entity{ID: id, Label: p, Type: p, Aliases: payloads})
		claims = append(claims, schema.Claim{Subject: schema.Entity{ID: id}, Predicate: p, Relation: p, Confidence: 0.5, Factuality: schema.Factuality(i % 7),
			Object: schema.Value{Entity: &schema.Entity{ID: fmt.Sprintf("e%d", (i+1)%len(payloads))}}, Quantities: []schema.Quantity{{Text: p}}})
	}
	return openHostile(t, entities, claims)
}

// rendered is the document that Chromium has after loading a page.
func rendered(t testing.TB, page string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(),
		"--virtual-time-budget=2000", "--dump-dom", "file://"+saved(t, "page.html", page))
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("chromium does not run here: %v", err)
	}
	return string(out)
}
