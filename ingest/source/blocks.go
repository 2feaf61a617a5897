package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"newsgraph/schema"
)

// inline returns the text in one line: runs of white space as one space, none at the ends, control
// characters and those without a width gone, composed (NFC).
func inline(s string) string {
	var t textRun
	t.add(s)
	return t.String()
}

// textRun gathers the pieces of one block of an HTML page, white space collapsed as a browser shows it.
type textRun struct {
	text strings.Builder
	gap  bool
}

func (t *textRun) add(s string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			t.gap = true
		case (r < ' ' || r > '~') && isUnseen(r): // the first test is for speed
		default:
			if t.gap && t.text.Len() > 0 {
				t.text.WriteByte(' ')
			}
			t.gap = false
			t.text.WriteRune(r)
		}
	}
}

func (t *textRun) String() string { return norm.NFC.String(t.text.String()) }

// isUnseen reports whether the code point shows nothing: controls, soft hyphens, marks of direction,
// joiners, and the private ones that icon fonts use.
func isUnseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) && r != utf8.RuneError
}

// textBlock is one block of an HTML page.
type textBlock struct {
	text  string
	kind  schema.BlockKind
	aside bool // within navigation, a footer, a form or the like
}

// collector turns a stream of tags and text into blocks. It takes what comes: tags that do not match harm
// nothing but the place where they stand.
type collector struct {
	blocks  []textBlock
	run     textRun
	kind    schema.BlockKind
	breaks  int            // consecutive <br>
	caption int            // open <figcaption> and <caption>
	asides  map[string]int // open elements beside the article, by tag
	aside   int            // their sum
	skip    string         // the element whose contents are dropped
	skips   int            // how often it is open
}

func newCollector() *collector { return &collector{asides: map[string]int{}} }

// start takes an opening tag; class is its class attribute.
func (c *collector) start(tag, class string) {
	switch {
	case c.skip != "":
		if tag == c.skip {
			c.skips++
		}
	case skippedTags[tag]:
		c.skip, c.skips = tag, 1
	case tag == "br":
		c.lineBreak()
	case blockTags[tag] || isCaptionClass(class):
		c.flush()
		c.open(tag, class)
	}
}

func (c *collector) open(tag, class string) {
	c.kind = schema.Paragraph
	switch {
	case headingTags[tag]:
		c.kind = schema.Headline
	case isCaptionClass(class):
		c.kind = schema.Caption
	}
	if captionTags[tag] {
		c.caption++
	}
	if asideTags[tag] {
		c.asides[tag]++
		c.aside++
	}
}

// end takes a closing tag.
func (c *collector) end(tag string) {
	switch {
	case c.skip != "":
		if tag == c.skip {
			if c.skips--; c.skips == 0 {
				c.skip = ""
			}
		}
	case blockTags[tag]:
		c.flush()
		c.kind = schema.Paragraph
		if captionTags[tag] && c.caption > 0 {
			c.caption--
		}
		if c.asides[tag] > 0 {
			c.asides[tag]--
			c.aside--
		}
	}
}

// lineBreak makes a space of one <br> and a new block of two.
func (c *collector) lineBreak() {
	c.run.gap = true
	if c.breaks++; c.breaks == 2 {
		c.flush()
	}
}

func (c *collector) add(text string) {
	if c.skip != "" {
		return
	}
	c.run.add(text)
	if strings.TrimSpace(text) != "" {
		c.breaks = 0
	}
}

func (c *collector) flush() {
	c.breaks = 0
	if c.run.text.Len() == 0 {
		c.run.gap = false
		return
	}
	text, kind := c.run.String(), c.kind
	c.run = textRun{}
	if strings.IndexFunc(text, isWordRune) < 0 || furniture[strings.ToLower(strings.TrimRight(text, ".:!…> "))] {
		return
	}
	if c.caption > 0 {
		kind = schema.Caption
	}
	c.blocks = append(c.blocks, textBlock{text, kind, c.aside > 0})
}

func isCaptionClass(class string) bool {
	return strings.Contains(strings.ToLower(class), "caption")
}

// assemble joins a title and the blocks of its article with blank lines.
func assemble(title string, blocks []textBlock) (string, []schema.Block) {
	if title != "" {
		blocks = append([]textBlock{{text: title, kind: schema.Headline}}, withoutTitle(title, blocks)...)
	}
	var text strings.Builder
	var ranges []schema.Block
	at := 0
	for i, b := range blocks {
		if i > 0 {
			text.WriteString("\n\n")
			at += 2
		}
		n := utf8.RuneCountInString(b.text)
		ranges = append(ranges, schema.Block{Start: at, End: at + n, Kind: b.kind})
		text.WriteString(b.text)
		at += n
	}
	return text.String(), ranges
}

// withoutTitle leaves out what repeats the title among the first blocks, where a page shows it.
func withoutTitle(title string, blocks []textBlock) []textBlock {
	var out []textBlock
	for i, b := range blocks {
		if i > 4 || !sameWords(b.text, title) {
			out = append(out, b)
		}
	}
	return out
}

// sameWords compares letters and digits without regard to case.
func sameWords(a, b string) bool {
	words := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isWordRune(r) }), " ")
	}
	return words(a) == words(b)
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// The roles of HTML elements here. blockTags end a block where they begin and end; the contents of
// skippedTags are no text of the article; asideTags stand beside it.
var (
	blockTags = set(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
		figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary
		table tbody td tfoot th thead tr ul`)
	skippedTags = set(`applet audio button canvas datalist embed head iframe map math noembed noframes noscript
		object option picture progress rp rt script select style svg template textarea title video`)
	headingTags = set(`h1 h2 h3 h4 h5 h6`)
	captionTags = set(`caption figcaption`)
	asideTags   = set(`aside dialog footer form menu nav`)
)

// furniture lists blocks that pages put between the paragraphs of any article, in lower case without
// their final marks.
var furniture = map[string]bool{
	"ad": true, "advertisement": true, "advertising": true, "scroll to continue": true, "story continues below": true,
	"article continues below": true, "continue reading": true, "read more": true, "read also": true, "related": true,
	"related articles": true, "related topics": true, "more on this story": true, "share": true, "share this": true,
	"share this article": true, "copy link": true, "comments": true, "leave a comment": true, "sign up": true,
	"subscribe": true, "print": true, "follow us": true, "most read": true, "loading": true,
}
