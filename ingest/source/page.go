package source

import (
	"strings"

	"golang.org/x/net/html"
)

const (
	maxMetas   = 1000    // meta elements looked at
	maxScripts = 50      // JSON-LD scripts looked at
	maxTimes   = 50      // time elements looked at
	maxAttrs   = 64      // attributes of one element looked at
	maxCapture = 1 << 20 // bytes of a title or a JSON-LD script
)

// page is what one linear pass over the tags of an HTML file finds, however broken the file is.
type page struct {
	lang      string
	title     string            // of the <title> element
	heading   string            // the first <h1>
	metas     map[string]string // content of <meta>, by lower-case property, name or itemprop; the first one counts
	canonical string
	times     []timeTag
	scripts   []string // JSON-LD
	elements  int
	roots     int  // <html> and <body> tags
	crowded   bool // an element has more attributes than are looked at
	blocks    []textBlock
}

// timeTag is a <time datetime> element.
type timeTag struct {
	datetime  string
	published bool // marked as the time of publication
	article   bool // within <article> or <main>
}

// scanner fills a page from tokens.
type scanner struct {
	page    page
	blocks  *collector
	capture *strings.Builder // text of the open <title>, <h1> or JSON-LD script; nil for none
	until   string           // the tag that ends the capture
	article int              // open <article> and <main>
	foreign int              // open <svg>, whose titles are not the page's
}

// scan reads the tags and the text of an HTML file. It keeps no stack of elements, so that its time and
// space are linear in the file whatever the nesting.
func scan(src string) page {
	s := scanner{blocks: newCollector()}
	s.page.metas = map[string]string{}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			s.blocks.flush()
			s.page.blocks = s.blocks.blocks
			return s.page
		case html.TextToken:
			s.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			attrs, all := attributes(z, more)
			s.page.crowded = s.page.crowded || !all
			s.start(string(name), attrs)
		case html.EndTagToken:
			name, _ := z.TagName()
			s.end(string(name))
		}
	}
}

// attributes reads the first attributes of a tag, and whether those are all; of two with the same name
// the first counts.
func attributes(z *html.Tokenizer, more bool) (attrs map[string]string, all bool) {
	if !more {
		return nil, true
	}
	attrs = map[string]string{}
	for n := 0; more && n < maxAttrs; n++ {
		var key, value []byte
		key, value, more = z.TagAttr()
		if _, ok := attrs[string(key)]; !ok {
			attrs[string(key)] = string(value)
		}
	}
	return attrs, !more
}

func (s *scanner) start(tag string, attrs map[string]string) {
	s.page.elements++
	switch tag {
	case "html":
		s.page.roots++
		keepFirst(&s.page.lang, attrs["lang"])
		keepFirst(&s.page.lang, attrs["xml:lang"])
	case "svg":
		s.foreign++
	case "article", "main":
		s.article++
	case "meta":
		s.meta(attrs)
	case "link":
		if hasWord(attrs["rel"], "canonical") {
			keepFirst(&s.page.canonical, attrs["href"])
		}
	case "time":
		s.time(attrs)
	case "body":
		s.page.roots++
		s.blocks.end("head") // the end tag may be left out
	}
	s.startCapture(tag, attrs)
	if !voidTags[tag] || tag == "br" || tag == "hr" {
		s.blocks.start(tag, attrs["class"])
	}
}

func (s *scanner) startCapture(tag string, attrs map[string]string) {
	wanted := false
	switch tag {
	case "title":
		wanted = s.page.title == "" && s.foreign == 0
	case "h1":
		wanted = s.page.heading == ""
	case "script":
		kind := strings.ToLower(strings.TrimSpace(attrs["type"]))
		wanted = strings.HasPrefix(kind, "application/ld+json") && len(s.page.scripts) < maxScripts
	}
	if wanted {
		s.capture, s.until = &strings.Builder{}, tag
	}
}

func (s *scanner) text(text string) {
	if s.capture != nil && s.capture.Len()+len(text) <= maxCapture {
		s.capture.WriteString(text)
	}
	s.blocks.add(text)
}

func (s *scanner) end(tag string) {
	switch tag {
	case "svg":
		s.foreign = max(0, s.foreign-1)
	case "article", "main":
		s.article = max(0, s.article-1)
	}
	if s.capture != nil && tag == s.until {
		s.endCapture()
	}
	s.blocks.end(tag)
}

func (s *scanner) endCapture() {
	text := s.capture.String()
	s.capture = nil
	switch s.until {
	case "title":
		s.page.title = inline(text)
	case "h1":
		s.page.heading = inline(text)
	case "script":
		s.page.scripts = append(s.page.scripts, text)
	}
}

func (s *scanner) meta(attrs map[string]string) {
	content := inline(attrs["content"])
	for _, attr := range []string{"property", "name", "itemprop"} {
		name := strings.ToLower(strings.TrimSpace(attrs[attr]))
		if _, ok := s.page.metas[name]; name != "" && content != "" && !ok && len(s.page.metas) < maxMetas {
			s.page.metas[name] = content
		}
	}
}

func (s *scanner) time(attrs map[string]string) {
	if attrs["datetime"] == "" || len(s.page.times) >= maxTimes {
		return
	}
	_, pubdate := attrs["pubdate"]
	class := strings.ToLower(attrs["class"])
	s.page.times = append(s.page.times, timeTag{
		datetime:  attrs["datetime"],
		published: pubdate || hasWord(attrs["itemprop"], "datePublished") || strings.Contains(class, "publish"),
		article:   s.article > 0,
	})
}

func keepFirst(to *string, s string) {
	if *to == "" {
		*to = strings.TrimSpace(s)
	}
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// voidTags have no end tag, so that nothing may wait for one.
var voidTags = set(`area base br col embed hr img input link meta param source track wbr`)
