package export

import (
	"bufio"
	"cmp"
	"context"
	_ "embed" // the page's template and style
	"fmt"
	"html/template"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"newsgraph/graph"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

// The page stands alone: no script, nothing fetched, and a policy in its head that forbids both. All texts go through
// html/template.

//go:embed page.tmpl
var pageTemplate string

//go:embed page.css
var pageStyle string

var parsedPage = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageTemplate)) })

// pageWriter writes a page part by part. It keeps its first error.
type pageWriter struct {
	w   *bufio.Writer
	err error
}

func (p *pageWriter) part(name string, data any) error {
	if p.err == nil {
		p.err = parsedPage().ExecuteTemplate(p.w, name, data)
	}
	return p.err
}

// mark is how a value of factuality looks: by a word and a sign, and only then by colour.
type mark struct{ Name, Word, Sign, Gloss string }

func markOf(f schema.Factuality) mark {
	return [...]mark{
		schema.Asserted:  {"asserted", "Asserted", "■", "the article says so itself"},
		schema.Reported:  {"reported", "Reported", "◧", "a named source says so"},
		schema.Planned:   {"planned", "Planned", "▷", "announced, promised, intended"},
		schema.Possible:  {"possible", "Possible", "◌", "may or could be"},
		schema.Alleged:   {"alleged", "Alleged", "?", "claimed, not established"},
		schema.Attempted: {"attempted", "Attempted", "◔", "tried, not said to have come about"},
		schema.Negated:   {"negated", "Denied", "✕", "said not to be so"},
	}[f]
}

type pageHead struct {
	Title, Kind, Lead string
	Aliases           []string
	Legend            []mark
	Style             template.CSS
}

type pageSection struct {
	Anchor, Title, Kind, Count string
	Claims                     []pageClaim
}

type pageClaim struct {
	Mark                       mark
	Subject, Predicate, Object string
	Sources                    string
	Notes                      []string
	Quotes, More               []pageQuote
}

type pageQuote struct{ Text, Title, URL, Publisher, Published, Place string }

type pagePath struct {
	Anchor, Title, Count, From string
	Hops                       []pageHop
}

type pageHop struct {
	Mark         mark
	Backward     bool
	Weakest      string // what makes it the weakest of the path; empty for the others, and in a path of one hop
	Claims, More []pageClaim
	To           string
}

// writeHTML writes a page of the claims: around one entity when the filter names one, with a section for each neighbour; else
// with a section for each subject.
func writeHTML(ctx context.Context, s *selection, w io.Writer) error {
	center := cmp.Or(s.filter.Entity, s.filter.Subject, s.filter.Object)
	around, err := s.surround(ctx, center)
	if err != nil {
		return err
	}
	p := &pageWriter{w: bufio.NewWriter(w)}
	head := pageHead{Title: "Claims", Legend: around.legend()}
	if center != "" {
		e := s.entity(center)
		head.Title, head.Kind, head.Aliases = plain(e.Label), plain(e.Type), plainAll(e.Aliases)
	}
	head.Lead = fmt.Sprintf("%s from %s", counted(s.report.Claims, "claim"), counted(s.report.Documents, "article"))
	head.Style = template.CSS(pageStyle)
	if err := p.part("head", head); err != nil {
		return err
	}
	if center != "" && len(around.ties) > 0 {
		_ = p.part("figure", s.figure(center, around))
	}
	for i, key := range around.order {
		section, err := s.section(ctx, i, key, around)
		if err != nil {
			return err
		}
		if err := p.part("section", section); err != nil {
			return err
		}
	}
	_ = p.part("foot", nil)
	return cmp.Or(p.err, p.w.Flush())
}

// ClaimsPage writes a page of the claims that fit a filter, of any factuality, as the format html does.
func ClaimsPage(ctx context.Context, g *graph.Graph, f graph.Filter, w io.Writer) error {
	s, err := newSelection(ctx, g, Format{}, Options{Filter: f})
	if err != nil {
		return err
	}
	defer s.view.Close()
	return writeHTML(ctx, s, w)
}

// surroundings are the sections of a page: claim IDs by the entity that a section is about, and what its ties are.
type surroundings struct {
	order    []string // of sections: most claims first; what is about no entity last
	claims   map[string][]string
	ties     map[side]*strand
	anchors  map[string]string // of sections
	marks    [schema.Negated + 1]int
	articles map[string]bool
}

// side is a neighbour on one side of the entity in the middle.
type side struct {
	neighbour string
	out       bool // the entity in the middle is the subject
}

// strand is what joins an entity to a neighbour on one side.
type strand struct {
	claims     int
	best       schema.Factuality
	predicates map[string]int
}

// surround reads the claims for the first time.
func (s *selection) surround(ctx context.Context, center string) (*surroundings, error) {
	a := &surroundings{claims: map[string][]string{}, ties: map[side]*strand{}, anchors: map[string]string{}, articles: map[string]bool{}}
	for c, err := range s.claims(ctx) {
		if err != nil {
			return nil, err
		}
		a.marks[c.Factuality]++
		for _, e := range c.Evidence {
			a.articles[e.Document] = true
		}
		key := c.Subject.ID
		if center != "" {
			key = a.tie(c, center)
		}
		a.claims[key] = append(a.claims[key], c.ID)
	}
	s.report.Documents = len(a.articles)
	a.order = slices.SortedFunc(maps.Keys(a.claims), func(x, y string) int {
		return cmp.Or(cmp.Compare(boolRank(x != ""), boolRank(y != "")), cmp.Compare(len(a.claims[y]), len(a.claims[x])), cmp.Compare(x, y))
	})
	for i, key := range a.order {
		a.anchors[key] = fmt.Sprintf("s%d", i+1)
	}
	s.report.Entities = len(a.claims)
	return a, nil
}

// boolRank sorts true first.
func boolRank(b bool) int {
	if b {
		return 0
	}
	return 1
}

// tie notes a claim of the entity in the middle and returns the neighbour; empty for a literal.
func (a *surroundings) tie(c *schema.Claim, center string) string {
	if c.Object.Entity == nil {
		return ""
	}
	t := side{c.Object.Entity.ID, true}
	if c.Subject.ID != center {
		t = side{c.Subject.ID, false}
	}
	x := a.ties[t]
	if x == nil {
		x = &strand{best: c.Factuality, predicates: map[string]int{}}
		a.ties[t] = x
	}
	x.claims++
	x.best = min(x.best, c.Factuality)
	x.predicates[c.Predicate]++
	return t.neighbour
}

// legend explains the marks that the page has.
func (a *surroundings) legend() (marks []mark) {
	for f, n := range a.marks {
		if n > 0 {
			marks = append(marks, markOf(schema.Factuality(f)))
		}
	}
	return marks
}

// section reads the claims of a section again, those nearest to fact first.
func (s *selection) section(ctx context.Context, i int, key string, a *surroundings) (*pageSection, error) {
	section := &pageSection{Anchor: a.anchors[key], Title: "Words, amounts, ideas", Count: counted(len(a.claims[key]), "claim")}
	if key != "" {
		e := s.entity(key)
		section.Title, section.Kind = plain(e.Label), plain(e.Type)
	}
	filter := s.filter
	filter.IDs = a.claims[key]
	var claims []schema.Claim
	for c, err := range s.view.Claims(ctx, filter) {
		if err != nil {
			return nil, err
		}
		claims = append(claims, c)
	}
	slices.SortFunc(claims, func(x, y schema.Claim) int {
		return cmp.Or(cmp.Compare(x.Factuality, y.Factuality), cmp.Compare(x.Predicate, y.Predicate), cmp.Compare(when(&x), when(&y)), cmp.Compare(x.ID, y.ID))
	})
	for i := range claims {
		c, err := s.pageClaim(ctx, &claims[i])
		if err != nil {
			return nil, err
		}
		section.Claims = append(section.Claims, c)
	}
	return section, nil
}

func when(c *schema.Claim) string {
	if c.Time == nil {
		return ""
	}
	return cmp.Or(c.Time.Value, c.Time.Text)
}

// interval is a range of time with both its ends.
var interval = regexp.MustCompile(`^([-0-9T:Z]+)/([-0-9T:Z]+)$`)

// quotesShown is how many quotes of a claim are open.
const quotesShown = 3

func (s *selection) pageClaim(ctx context.Context, c *schema.Claim) (pageClaim, error) {
	told, err := s.documentsOf(ctx, c)
	if err != nil {
		return pageClaim{}, err
	}
	p := pageClaim{Mark: markOf(c.Factuality), Subject: plain(c.Subject.Label), Predicate: plain(strings.ReplaceAll(c.Predicate, "_", " ")),
		Object: plain(c.Object.Literal), Sources: plain(strings.ReplaceAll(chain(c), " < ", " quoting "))}
	if c.Object.Entity != nil {
		p.Object = plain(c.Object.Entity.Label)
	}
	p.Notes = append(p.Notes, interval.ReplaceAllString(when(c), "$1 to $2"))
	if c.Place != nil {
		p.Notes = append(p.Notes, "in "+c.Place.Label)
	}
	for _, q := range c.Quantities {
		p.Notes = append(p.Notes, q.Text)
	}
	if b := graph.BackingOf(c.Evidence, told); b.Documents > 1 {
		p.Notes = append(p.Notes, fmt.Sprintf("%s, %s", counted(b.Documents, "article"), counted(b.Independent, "independent source")))
	}
	p.Notes = append(plainAll(p.Notes), fmt.Sprintf("confidence %.2f", c.Confidence))
	for _, e := range c.Evidence {
		d := told[e.Document]
		p.Quotes = append(p.Quotes, pageQuote{Text: plain(e.Quote), Title: plain(cmp.Or(d.Title, d.ID)), URL: webAddress(d.URL), Publisher: plain(d.Publisher),
			Published: plain(d.Published), Place: fmt.Sprintf("%s#char=%d,%d", documentID(d.ID), e.Start, e.End)})
	}
	if len(p.Quotes) > quotesShown {
		p.Quotes, p.More = p.Quotes[:quotesShown], p.Quotes[quotesShown:]
	}
	return p, nil
}

// plainAll is plain of each text that is not empty.
func plainAll(texts []string) (all []string) {
	for _, t := range texts {
		if t = plain(t); t != "" {
			all = append(all, t)
		}
	}
	return all
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// PathsPage writes paths between two entities as a page that stands alone, each hop with its claims and their quotes.
func PathsPage(ctx context.Context, g *graph.Graph, from, to schema.Entity, paths []path.Path, w io.Writer) error {
	s, err := newSelection(ctx, g, Format{}, Options{})
	if err != nil {
		return err
	}
	defer s.view.Close()
	p := &pageWriter{w: bufio.NewWriter(w)}
	var marks surroundings
	var ways []pagePath
	for i := range paths {
		way, err := s.pagePath(ctx, i, &paths[i], &marks)
		if err != nil {
			return err
		}
		ways = append(ways, way)
	}
	head := pageHead{Title: plain(from.Label + " to " + to.Label), Legend: marks.legend(), Style: template.CSS(pageStyle),
		Lead: counted(len(paths), "path") + " between them, the better supported first where they are as long; an arrow leads from who acts to whom it is done"}
	_ = p.part("head", head)
	for _, way := range ways {
		_ = p.part("path", way)
	}
	_ = p.part("foot", nil)
	return cmp.Or(p.err, p.w.Flush())
}

// weakness says how well the weakest hop of a path is supported.
func weakness(u graph.Support) string {
	return fmt.Sprintf("%s, %s, confidence %.2f", strings.ToLower(markOf(u.Factuality).Word), counted(u.Independent, "independent source"), u.Confidence)
}

func (s *selection) pagePath(ctx context.Context, i int, way *path.Path, marks *surroundings) (pagePath, error) {
	p := pagePath{Anchor: fmt.Sprintf("p%d", i+1), Title: fmt.Sprintf("Path %d", i+1), Count: counted(len(way.Hops), "hop"), From: plain(way.Hops[0].From.Label)}
	for j := range way.Hops {
		h := &way.Hops[j]
		hop := pageHop{Mark: markOf(h.Claims[0].Factuality), Backward: h.Direction == path.Backward, To: plain(h.To.Label)}
		if j == way.Weakest && len(way.Hops) > 1 {
			hop.Weakest = weakness(h.Support)
		}
		for k := range h.Claims {
			marks.marks[h.Claims[k].Factuality]++
			c, err := s.pageClaim(ctx, &h.Claims[k])
			if err != nil {
				return p, err
			}
			if k == 0 {
				hop.Claims = append(hop.Claims, c)
			} else {
				hop.More = append(hop.More, c)
			}
		}
		p.Hops = append(p.Hops, hop)
	}
	return p, nil
}
