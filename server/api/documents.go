package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
	"newsgraph/server/catalog"
	"newsgraph/server/problem"
)

func (a *API) documents(w http.ResponseWriter, r *http.Request) error {
	p := newParams(r)
	words, publishers := strings.Fields(graph.Fold(p.text("q", maxTyped))), p.list("publisher", false)
	entity := p.text("entity", maxName)
	from, limit := p.page()
	if err := p.done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	list := listJSON[documentJSON]{Items: []documentJSON{}}
	all, about := d.Documents(), func(*catalog.Document) bool { return true }
	if entity != "" {
		about = d.About(entity)
	}
	for i := range all {
		if !about(&all[i]) || !fitsDocument(&all[i], words, publishers) {
			continue
		}
		if list.Total >= from && len(list.Items) < limit {
			list.Items = append(list.Items, d.documentJSON(all[i].Document))
		}
		list.Total++
	}
	list.Next = cursor(from+limit, list.Total)
	return write(w, http.StatusOK, list)
}

// fitsDocument says whether the title and the publisher hold the words and the publisher is one of those asked for.
func fitsDocument(d *catalog.Document, words, publishers []string) bool {
	if len(publishers) > 0 && !slices.ContainsFunc(publishers, func(p string) bool { return graph.Fold(p) == graph.Fold(d.Publisher) }) {
		return false
	}
	if len(words) == 0 {
		return true
	}
	text := " " + graph.Fold(d.Title+" "+d.Publisher)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, " "+w) })
}

// evidenceJSON is an article with its claims.
type evidenceJSON struct {
	Name        string       `json:"name,omitempty"`
	Status      string       `json:"status,omitempty"`
	Error       string       `json:"error,omitempty"`
	Document    documentJSON `json:"document"`
	Text        string       `json:"text"`
	Blocks      []blockJSON  `json:"blocks"`
	Claims      []claimJSON  `json:"claims"`
	ClaimsTotal int          `json:"claims_total"`
	Spans       []spanJSON   `json:"spans"`
	Check       checkJSON    `json:"check"`
	Citation    string       `json:"citation,omitempty"`
}

type blockJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind,omitempty"`
}

type spanJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Claim string `json:"claim"`
}

type checkJSON struct {
	OK        bool `json:"ok"`
	SHA256OK  bool `json:"sha256_ok"`
	Quotes    int  `json:"quotes"`
	QuotesBad int  `json:"quotes_bad"`
}

// maxArticle is how many claims of an article are given.
const maxArticle = 2000

func (a *API) document(w http.ResponseWriter, r *http.Request) error {
	if err := newParams(r).done(); err != nil {
		return err
	}
	d := a.reader(r.Context())
	defer d.close()
	id := strings.TrimPrefix(r.PathValue("id"), "doc:")
	doc, ok, err := d.view.Document(r.Context(), id)
	if err != nil {
		return err
	}
	if !ok {
		return problem.NotFound("there is no document %q", id)
	}
	claims, err := a.claimsIn(r.Context(), doc.ID)
	if err != nil {
		return err
	}
	return write(w, http.StatusOK, d.evidence(doc, claims))
}

// claimsIn reads the claims of an article as it tells them.
func (a *API) claimsIn(ctx context.Context, document string) ([]schema.Claim, error) {
	var claims []schema.Claim
	for c, err := range a.o.Workspace.Graph().Claims(ctx, graph.Filter{Documents: []string{document}}) {
		if err != nil {
			return nil, err
		}
		claims = append(claims, c)
	}
	return claims, nil
}

// evidence checks an article and its quotes, and writes both.
func (d *reader) evidence(doc schema.Document, claims []schema.Claim) evidenceJSON {
	text := []rune(doc.Text)
	j := evidenceJSON{Document: d.documentJSON(doc), Text: doc.Text, Blocks: []blockJSON{}, Claims: []claimJSON{}, Spans: []spanJSON{},
		ClaimsTotal: len(claims), Citation: citation(doc)}
	j.Document.Characters = len(text)
	for _, b := range doc.Blocks {
		j.Blocks = append(j.Blocks, blockJSON{b.Start, b.End, string(b.Kind)})
	}
	slices.SortFunc(claims, func(a, b schema.Claim) int {
		return cmp.Or(cmp.Compare(begins(a), begins(b)), strings.Compare(a.ID, b.ID))
	})
	sum := sha256.Sum256([]byte(doc.Text))
	j.Check.SHA256OK = hex.EncodeToString(sum[:]) == doc.SHA256
	for i := range claims {
		c := &claims[i]
		for _, e := range c.Evidence {
			j.Check.Quotes++
			if e.Start < 0 || e.End > len(text) || e.Start > e.End || string(text[e.Start:e.End]) != e.Quote {
				j.Check.QuotesBad++
			}
			if i < maxArticle {
				j.Spans = append(j.Spans, spanJSON{e.Start, e.End, c.ID})
			}
		}
		if i < maxArticle {
			j.Claims = append(j.Claims, d.claim(c, maxEvidence))
		}
	}
	j.Check.OK = j.Check.SHA256OK && j.Check.QuotesBad == 0
	slices.SortStableFunc(j.Spans, func(a, b spanJSON) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return j
}

// begins is where the first words of a claim stand.
func begins(c schema.Claim) int {
	if len(c.Evidence) == 0 {
		return 0
	}
	first := c.Evidence[0].Start
	for _, e := range c.Evidence {
		first = min(first, e.Start)
	}
	return first
}

// citation names an article in one line: author, title, publisher, date, URL.
func citation(d schema.Document) string {
	var parts []string
	for _, s := range []string{d.Author, quoted(d.Title), d.Publisher, d.Published, webURL(d.URL)} {
		if s != "" {
			parts = append(parts, strings.Join(strings.Fields(s), " "))
		}
	}
	return strings.Join(parts, ", ")
}

func quoted(title string) string {
	if title == "" {
		return ""
	}
	return "“" + title + "”"
}
