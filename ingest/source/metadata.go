package source

import (
	"encoding/json"
	"html"
	"strings"
)

// The names under which pages tell of themselves, best first: Open Graph, Dublin Core, citation tags
// and a few in wide use.
var (
	titleNames     = []string{"og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"}
	publisherNames = []string{"og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "publisher", "application-name"}
	authorNames    = []string{"author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author", "byl"}
	dateNames      = []string{"article:published_time", "og:published_time", "og:article:published_time", "article.published", "datepublished", "date",
		"pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued",
		"dcterms.date", "dcterms.issued", "dcterms.created", "citation_publication_date", "citation_date"}
)

// metadata chooses among what the page says of itself: JSON-LD first, then meta elements, then what is
// in the page for readers to see.
func (p page) metadata() metadata {
	m := p.linkedData().over(metadata{
		Title:     p.meta(titleNames, usable),
		Publisher: p.meta(publisherNames, usable),
		Author:    p.meta(authorNames, notAddress),
		Published: p.meta(dateNames, dateOrNone),
		URL:       webAddress(p.canonical),
		Language:  languageTag(p.lang),
	})
	return m.over(metadata{
		Title:     p.shownTitle(m.Publisher),
		Published: p.shownDate(),
		URL:       webAddress(p.metas["og:url"]),
		Language:  p.meta([]string{"og:locale", "content-language"}, languageTag),
	})
}

// meta returns the first of the named values that the check lets through.
func (p page) meta(names []string, check func(string) string) string {
	for _, name := range names {
		if value := check(p.metas[name]); value != "" {
			return value
		}
	}
	return ""
}

func usable(s string) string { return s }

func notAddress(s string) string {
	if strings.Contains(s, "://") {
		return ""
	}
	return s
}

func dateOrNone(s string) string {
	date, err := ParseDate(s)
	if err != nil {
		return ""
	}
	return date
}

// shownTitle returns the page's heading if its <title> has it, else the <title> without the name of the site.
func (p page) shownTitle(publisher string) string {
	if p.title == "" || (p.heading != "" && strings.Contains(strings.ToLower(p.title), strings.ToLower(p.heading))) {
		return p.heading
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » "} {
		at := strings.LastIndex(p.title, sep)
		if at <= 0 {
			continue
		}
		if site := p.title[at+len(sep):]; sep == " | " || (publisher != "" && strings.EqualFold(site, publisher)) {
			return p.title[:at]
		}
	}
	return p.title
}

// shownDate returns the <time> marked as that of publication, else the only one within the article.
func (p page) shownDate() string {
	inArticle := map[string]bool{}
	only := ""
	for _, t := range p.times {
		date := dateOrNone(t.datetime)
		if date != "" && t.published {
			return date
		}
		if date != "" && t.article {
			inArticle[date], only = true, date
		}
	}
	if len(inArticle) == 1 {
		return only
	}
	return ""
}

// linkedData reads the first news article in the page's JSON-LD scripts (schema.org/Article and its
// kinds); scripts that are not JSON are passed over.
func (p page) linkedData() metadata {
	g := ldGraph{byID: map[string]map[string]any{}}
	for _, script := range p.scripts {
		var value any
		if json.Unmarshal([]byte(stripComment(script)), &value) == nil {
			g.walk(value, 0)
		}
	}
	if g.article == nil {
		return metadata{}
	}
	return g.metadata()
}

// stripComment takes off the comment or CDATA marks in which some pages wrap their scripts.
func stripComment(s string) string {
	s = strings.TrimSpace(s)
	for _, marks := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		if strings.HasPrefix(s, marks[0]) {
			s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, marks[0]), marks[1]))
		}
	}
	return strings.TrimSuffix(s, ";")
}

const (
	maxDepthLD = 12     // nesting of JSON-LD that is followed
	maxNodesLD = 10_000 // objects looked at
)

// ldGraph is the JSON-LD of one page: its first article and the objects that have an @id.
type ldGraph struct {
	article map[string]any
	byID    map[string]map[string]any
	nodes   int
}

// walk finds articles in lists, in @graph and as the main entity of a page.
func (g *ldGraph) walk(value any, depth int) {
	if depth > maxDepthLD || g.nodes > maxNodesLD {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			g.walk(item, depth+1)
		}
	case map[string]any:
		g.nodes++
		if id, ok := v["@id"].(string); ok && len(v) > 1 && g.byID[id] == nil {
			g.byID[id] = v
		}
		if g.article == nil && isArticle(v["@type"]) {
			g.article = v
		}
		for _, key := range []string{"@graph", "mainEntity", "publisher", "author"} {
			g.walk(v[key], depth+1)
		}
	}
}

// isArticle reports whether the type, or one of several, is schema.org's Article or below it.
func isArticle(value any) bool {
	switch v := value.(type) {
	case string:
		name := v[strings.LastIndexAny(v, "/:#")+1:]
		return strings.HasSuffix(name, "Article") || strings.HasSuffix(name, "Posting") || name == "Report"
	case []any:
		for _, item := range v {
			if s, ok := item.(string); ok && isArticle(s) {
				return true
			}
		}
	}
	return false
}

func (g *ldGraph) metadata() metadata {
	a := g.article
	m := metadata{
		Title:     g.name(a["headline"], 0),
		Publisher: g.name(a["publisher"], 0),
		Author:    notAddress(g.name(a["author"], 0)),
		URL:       webAddress(g.address(a["url"])),
		Language:  languageTag(g.name(a["inLanguage"], 0)),
	}
	for _, key := range []string{"datePublished", "dateCreated"} {
		if m.Published == "" {
			m.Published = dateOrNone(g.name(a[key], 0))
		}
	}
	if m.Title == "" {
		m.Title = g.name(a["name"], 0)
	}
	if m.URL == "" {
		m.URL = webAddress(g.address(a["mainEntityOfPage"]))
	}
	return m
}

// name returns the text of a value: a string, an object's name, or several joined by commas. An object
// that is only a reference is looked up.
func (g *ldGraph) name(value any, depth int) string {
	if depth > 3 {
		return ""
	}
	switch v := value.(type) {
	case string:
		return inline(html.UnescapeString(v))
	case []any:
		var names []string
		for _, item := range v[:min(len(v), 20)] {
			if s := g.name(item, depth+1); s != "" {
				names = append(names, s)
			}
		}
		return strings.Join(names, ", ")
	case map[string]any:
		for _, key := range []string{"name", "@value"} {
			if s := g.name(v[key], depth+1); s != "" {
				return s
			}
		}
		if id, ok := v["@id"].(string); ok && len(v) == 1 {
			return g.name(g.byID[id]["name"], depth+1)
		}
	}
	return ""
}

// address returns a URL given as a string or as an object's @id.
func (g *ldGraph) address(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		id, _ := v["@id"].(string)
		return id
	}
	return ""
}
