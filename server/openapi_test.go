package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"newsgraph/server"
)

// described are the calls that openapi.yaml has, as patterns of routes.
func described(t *testing.T) map[string]bool {
	t.Helper()
	calls := map[string]bool{}
	for path, methods := range readDescription(t).root["paths"].(map[string]any) {
		for method := range methods.(map[string]any) {
			calls[strings.ToUpper(method)+" "+path] = true
		}
	}
	return calls
}

// Every call of the API is described, and everything described is there.
func TestDescriptionIsComplete(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	want, got := described(t), map[string]bool{}
	for _, r := range h.Routes() {
		_, path, _ := strings.Cut(r.Pattern, " ")
		if strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/api/v1/") && !strings.HasPrefix(path, "/api/v2/") {
			got[r.Pattern] = true
		}
	}
	for call := range want {
		if !got[call] {
			t.Errorf("%s is described and not there", call)
		}
	}
	for call := range got {
		if !want[call] {
			t.Errorf("%s is there and not described", call)
		}
	}
}

// conformance sends requests and checks both them and the answers against the description.
type conformance struct {
	*house
	d    *description
	seen map[string]bool // patterns answered with success
}

// call makes a request, wants a status and returns the body.
func (c *conformance) call(method, path, kind, body string, status int) string {
	c.t.Helper()
	var headers []string
	if kind != "" {
		headers = []string{"Content-Type", kind}
	}
	r := request(method, path, body, headers...)
	res, text := c.do(r)
	if res.StatusCode != status {
		c.t.Errorf("%s %s: %d, want %d: %s", method, path, res.StatusCode, status, text)
		return text
	}
	if r.Pattern == "/" {
		return text // there is no such call, so there is no description of it
	}
	if err := c.d.response(r.Pattern, res, text); err != nil {
		c.t.Errorf("%s %s: %v\n%.500s", method, path, err, text)
	}
	if status < 300 {
		c.seen[r.Pattern] = true
		if err := c.d.parameters(r.Pattern, r); err != nil {
			c.t.Errorf("%s %s: %v", method, path, err)
		}
	}
	return text
}

func (c *conformance) get(path string) string { return c.call(http.MethodGet, path, "", "", 200) }

// field reads a field of an answer, by keys and places.
func (c *conformance) field(text string, path ...any) string {
	c.t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		c.t.Fatalf("%v in %s", err, text)
	}
	for _, p := range path {
		switch at := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[at]
		case int:
			list, _ := v.([]any)
			if at >= len(list) {
				c.t.Fatalf("%v is not in %.300s", path, text)
			}
			v = list[at]
		}
	}
	return fmt.Sprint(v)
}

// finished follows a job to its end by its events.
func (c *conformance) finished(id string) {
	c.t.Helper()
	events := c.get("/api/jobs/" + id + "/events")
	if !strings.Contains(events, "event: progress\ndata: {") || !strings.Contains(events, "event: end\ndata: {") {
		c.t.Errorf("events of a job: %s", events)
	}
}

func form(t testing.TB, fields map[string]string, files map[string]string) (kind, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, files[name])
	}
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), b.String()
}

// Every call of the API answers as it is described, on the sample articles.
func TestConformance(t *testing.T) {
	t.Parallel()
	c := &conformance{open(t, server.Options{}), readDescription(t), map[string]bool{}}
	c.readCalls()
	c.failedCalls()
	c.decisionCalls()
	c.ingestCalls()
	for call := range described(t) {
		if !c.seen[call] && !strings.Contains(call, "/api/session") {
			t.Errorf("%s was never answered with success", call)
		}
	}
}

const her = "Svetlana_Tikhanovskaya"

func (c *conformance) readCalls() {
	for _, path := range []string{
		"/api/openapi.json", "/api/settings", "/api/stats", "/api/complete?prefix=Luk", "/api/complete?prefix=sanc&kind=predicate&limit=3", "/api/search?q=", "/api/search?q=Tikh&type=Person",
		"/api/entities", "/api/entities?q=luk&type=Person,Place&limit=2", "/api/resolve?name=Putin", "/api/entities/" + her, "/api/entities/Belarus?per_group=50&factuality=alleged,reported", "/api/entities/" + her + "/names",
		"/api/entities/Belarus/neighbours?limit=3&factuality=asserted", "/api/entities/" + her + "/timeline?since=2020-08&until=2020-09",
		"/api/claims", "/api/claims?entity=Belarus&factuality=alleged,possible&sort=fact", "/api/claims?min_publishers=2&sort=support", "/api/claims?max_publishers=1&type=Country&since=2020&limit=500",
		"/api/claims?publisher=Sample+Wire&attributed=true&min_confidence=0.5&q=luk&sort=time", "/api/claims/facets", "/api/claims/facets?entity=Russia&predicate=says",
		"/api/contradictions", "/api/contradictions?entity=" + her, "/api/contradictions?kind=rivals,numbers&publisher=Sample+Wire&limit=1", "/api/graph", "/api/graph?entity=Russia&limit=5&min_degree=1", "/api/graph?entity=Russia&entity=Belarus&between=true",
		"/api/query/examples", "/api/documents", "/api/documents?q=wire&publisher=Sample+Wire&limit=2", "/api/documents?entity=" + her, "/api/jobs",
		"/api/paths?from=Tikhanovskaya&to=Putin", "/api/paths?from=Tikhanovskaya&to=Putin&via=Lukashenko",
		"/api/paths?from=Tikhanovskaya&to=Putin&order=best&offset=1&source=Lukashenko&type=Person,Country&published_since=2020&published_until=2021&until=2030&avoid=says&min_confidence=0.1&publisher=Nobody",
		"/api/paths?from=Tikhanovskaya&to=Putin&own_voice=true&min_publishers=1", "/api/paths?from=" + her + "&to=Vladimir_Putin&k=1&max_hops=1&factuality=alleged&directed=true", "/api/openapi.yaml",
	} {
		c.get(path)
	}
	claim := c.field(c.get("/api/claims?disputed=true"), "items", 0, "id")
	c.get("/api/claims/" + claim)
	document := c.field(c.get("/api/documents?limit=1"), "items", 0, "id")
	if text := c.get("/api/documents/" + document); c.field(text, "check", "ok") != "true" {
		c.t.Errorf("the check of an article: %s", c.field(text, "check"))
	}
	next := c.field(c.get("/api/claims?limit=400"), "next")
	if got := c.field(c.get("/api/claims?limit=400&cursor="+url.QueryEscape(next)), "items", 0, "id"); got == claim {
		c.t.Error("the second page begins as the first")
	}
	c.call(http.MethodPost, "/api/graph", "application/json", `{"entities":["Russia","Belarus","Nobody"],"factuality":["asserted"]}`, 200)
	for _, text := range []string{`g.V("Russia").Out("loans").All()`, `g.Emit({a: [1, 2]}); g.Emit("x")`, `g.V("Belarus").In("object").Save("time", "t").Limit(3).All()`} {
		body, _ := json.Marshal(map[string]any{"lang": "gizmo", "text": text, "limit": 2, "timeout_ms": 5000})
		c.call(http.MethodPost, "/api/query", "application/json", string(body), 200)
	}
	for _, f := range []string{"nq", "jsonl&factuality=asserted", "csv&entity=Russia", "gephi"} {
		c.get("/api/export?format=" + f)
	}
}

// decisionCalls merges, splits and takes both back. A dry run says the same and changes nothing.
func (c *conformance) decisionCalls() {
	before := c.get("/api/claims?limit=500")
	decide := func(path, decision string, status int) string {
		c.t.Helper()
		return c.call(http.MethodPost, path, "application/json", decision, status)
	}
	merge := `{"action":"merge","entity":"Vladimir_Putin","other":"Government_of_Russia"`
	would := decide("/api/decisions", merge+`,"dry_run":true}`, 200)
	if c.field(would, "dry_run") != "true" || c.field(would, "gone", 0, "id") != "Government_of_Russia" || c.field(would, "entities", 0, "id") != "Vladimir_Putin" || c.field(would, "claims") == "0" {
		c.t.Errorf("preview of a merge: %s", would)
	}
	if c.get("/api/claims?limit=500") != before {
		c.t.Error("a preview changed the graph")
	}
	did := decide("/api/decisions", merge+"}", 200)
	if strings.Replace(did, `"dry_run":false`, `"dry_run":true`, 1) != would {
		c.t.Errorf("the merge did %s\nthe preview said %s", did, would)
	}
	c.call(http.MethodGet, "/api/entities/Government_of_Russia", "", "", 404)
	if list := c.get("/api/decisions"); c.field(list, "items", 0, "other", "id") != "Government_of_Russia" || c.field(list, "applied") != "true" {
		c.t.Errorf("decisions: %s", list)
	}
	decide("/api/decisions", merge+"}", 409) // both names mean one entity now
	decide("/api/decisions/undo", merge+"}", 200)
	if c.get("/api/claims?limit=500") != before {
		c.t.Error("a merge that was taken back left something behind")
	}
	document := c.field(c.get("/api/claims?entity="+her), "items", 0, "evidence", 0, "document")
	split := fmt.Sprintf(`{"action":"split","entity":%q,"documents":[%q],"name":"Another Tikhanovskaya"}`, her, document)
	if did := decide("/api/decisions", split, 200); c.field(did, "new", 0, "label") != "Another Tikhanovskaya" {
		c.t.Errorf("a split did %s", did)
	}
	if list := c.get("/api/decisions"); c.field(list, "items", 0, "title") == "" {
		c.t.Errorf("decisions: %s", list)
	}
	decide("/api/decisions/undo", fmt.Sprintf(`{"action":"split","entity":%q,"document":%q,"name":"Another Tikhanovskaya"}`, her, document), 200)
	decide("/api/decisions/undo", merge+"}", 409)
	for _, wrong := range []string{`{"action":"merge","entity":"Russia"}`, `{"action":"split","entity":"Russia"}`, `{"action":"wed","entity":"Russia","other":"Belarus"}`, `{"action":"merge","other":"Russia"}`} {
		decide("/api/decisions", wrong, 400)
	}
	decide("/api/decisions", `{"action":"merge","entity":"Nobody at all","other":"Russia"}`, 404)
	if c.get("/api/claims?limit=500") != before {
		c.t.Error("decisions that were taken back left something behind")
	}
}

func (c *conformance) failedCalls() {
	for path, status := range map[string]int{
		"/api/nothing": 404, "/api/search": 400, "/api/search?q=x&limit=0": 400, "/api/search?q=x&limit=x": 400, "/api/search?q=x&what=y": 400, "/api/search?q=" + strings.Repeat("x", 300): 400,
		"/api/entities/Nobody": 404, "/api/entities/Nobody/timeline": 404, "/api/entities/Nobody/names": 404, "/api/resolve?name=Nobody+at+all": 404, "/api/claims/none": 404, "/api/claims?factuality=true": 400,
		"/api/claims?sort=up": 400, "/api/claims?since=yesterday": 400, "/api/claims?cursor=!": 400, "/api/claims?min_confidence=2": 400, "/api/claims?disputed=maybe": 400, "/api/documents/none": 404,
		"/api/documents/..%2F..%2Fetc%2Fpasswd": 404, "/api/jobs/none": 404, "/api/jobs/none/events": 404, "/api/jobs/none/preview": 404, "/api/paths?from=Russia": 400, "/api/paths?from=Russia&to=Putin&via=Nobody+at+all": 404, "/api/paths?from=Russia&to=Russia": 400, "/api/paths?from=Russia&to=Putin&order=up": 400, "/api/paths?from=Russia&to=Putin&own_voice=true&source=Putin": 400,
		"/api/paths?from=Russia&to=Putin&type=Thingumabob": 400, "/api/paths?from=Russia&to=Putin&document=none": 404, "/api/paths?from=Russia&to=Putin&without=x": 400,
		"/api/paths?from=Russia&to=Putin&predicate=not_there_at_all": 404, "/api/graph?entity=Nobody": 404, "/api/graph?limit=20000": 400, "/api/contradictions?kind=quarrel": 400, "/api/export?format=none": 404,
		"/api/search?q=%FF": 400, "/api/search?q=a&q=b": 400,
	} {
		c.call(http.MethodGet, path, "", "", status)
	}
	for _, bad := range []struct {
		path, kind, body string
		status           int
	}{
		{"/api/query", "application/json", `{"lang":"gizmo"}`, 400}, {"/api/query", "application/json", `{"lang":"klingon","text":"x"}`, 400}, {"/api/query", "text/plain", `x`, 415},
		{"/api/query", "application/json", `{"lang":"gizmo","text":"g.V("}`, 400}, {"/api/query", "application/json", `{"lang":"gizmo","text":"g.V(\"Nobody at all\").All()"}`, 404},
		{"/api/query", "application/json", `{"lang":"gizmo","text":"x","more":1}`, 400}, {"/api/query", "application/json", `{} {}`, 400},
		{"/api/query", "application/json", `{"lang":"gizmo","text":"` + strings.Repeat("x", 70000) + `"}`, 413}, {"/api/graph", "application/json", `{"entities":5}`, 400},
		{"/api/ingest", "application/json", `{"articles":[]}`, 400}, {"/api/ingest", "application/json", `{"articles":[{"text":"x","published":"never"}]}`, 400},
		{"/api/ingest", "application/json", `{"articles":[{"text":"x","url":"javascript:alert(1)"}]}`, 400}, {"/api/ingest", "multipart/form-data; boundary=x", "--y", 400},
		{"/api/stats", "application/json", `{}`, 405}, {"/api/session", "application/json", `[`, 400},
	} {
		c.call(http.MethodPost, bad.path, bad.kind, bad.body, bad.status)
	}
}

func (c *conformance) ingestCalls() {
	article := `{"articles":[{"text":"Poland lent Ukraine $2 billion on Monday, Zelensky said.","title":"A loan","publisher":"Daily","published":"2022-03-01"},{"text":""}],"dry_run":%v}`
	dry := c.field(c.call(http.MethodPost, "/api/ingest", "application/json", fmt.Sprintf(article, true), 202), "id")
	c.finished(dry)
	preview := c.get("/api/jobs/" + dry + "/preview")
	if !strings.Contains(preview, `"known":false`) || !strings.Contains(preview, `"status":"failed"`) {
		c.t.Errorf("preview: %s", preview)
	}
	if total := c.field(c.get("/api/documents"), "total"); total != "12" {
		c.t.Errorf("after a dry run there are %s articles", total)
	}
	job := c.field(c.call(http.MethodPost, "/api/ingest", "application/json", fmt.Sprintf(article, false), 202), "id")
	c.finished(job)
	if got := c.field(c.get("/api/jobs/"+job), "changes", "claims_added"); got == "0" || got == "<nil>" {
		c.t.Errorf("a new article added %s claims", got)
	}
	if total := c.field(c.get("/api/documents"), "total"); total != "13" {
		c.t.Errorf("after an ingest there are %s articles", total)
	}
	c.call(http.MethodGet, "/api/jobs/"+job+"/preview", "", "", 409)
	kind, body := form(c.t, map[string]string{"publisher": "Daily", "dry_run": "true"}, map[string]string{"../../etc/a.txt": "Merkel met Macron in Paris.\n", "b.html": "<p>Macron met Merkel in Berlin on Monday.</p>"})
	c.finished(c.field(c.call(http.MethodPost, "/api/ingest", kind, body, 202), "id"))
	c.finished(c.field(c.call(http.MethodPost, "/api/samples", "", "", 202), "id"))
	c.call(http.MethodDelete, "/api/jobs/"+job, "", "", 200)
	c.call(http.MethodGet, "/api/jobs/"+job, "", "", 404)
}

// An answer comes from the cache until the graph changes, and a client's own copy is good as long.
func TestCache(t *testing.T) {
	t.Parallel()
	h := open(t, server.Options{})
	first, _ := h.do(request(http.MethodGet, "/api/documents", ""))
	tag := first.Header.Get("ETag")
	if res, body := h.do(request(http.MethodGet, "/api/documents", "", "If-None-Match", tag)); res.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("the same again: %d %q", res.StatusCode, body)
	}
	_, job := h.post("/api/ingest", `{"articles":[{"text":"Poland lent Ukraine money.","title":"x"}]}`)
	var j struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(job), &j); err != nil {
		t.Fatal(err)
	}
	h.get("/api/jobs/" + j.ID + "/events") // ends with the job
	if res, _ := h.do(request(http.MethodGet, "/api/documents", "", "If-None-Match", tag)); res.StatusCode != http.StatusOK {
		t.Errorf("after an ingest: %d, the old copy is not good any more", res.StatusCode)
	}
}
