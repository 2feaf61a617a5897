package source

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

const (
	// maxElements is the size of the largest page whose main text is looked for. Pages of news have
	// some thousands; beyond, all blocks outside navigation are taken.
	maxElements = 20_000
	// maxWeight bounds the work of looking, which grows with the depth at which the text stands: the sum
	// of depth times bytes. A long article weighs one or two million.
	maxWeight = 20_000_000
	// maxAttr is how many bytes of an attribute, such as a class, are looked at.
	maxAttr = 256
	// maxRoots is how many <html> and <body> tags a page may have: x/net/html merges the attributes of each
	// into those of the first in quadratic time.
	maxRoots = 16
	// shortText is the length in code points below which the main text found is doubted.
	shortText = 250
)

var (
	htmlStart = regexp.MustCompile(`(?i)^(?:<\?xml[^>]*>|<!--(?s:.*?)-->|\s+)*<(?:!doctype\s+html|html|head|body)\b`)
	tagStart  = regexp.MustCompile(`(?i)^(?:<!--(?s:.*?)-->|\s+)*</?(?:article|a|b|center|div|h[1-6]|header|img|link|main|meta|p|script|section|span|style|table|title)\b[^<]*>`)
)

// looksHTML reports whether a file that begins with these characters is HTML: by a doctype or root
// element, by the ending of its name, or, where the ending does not call it text, by any tag.
func looksHTML(start, ext string) bool {
	start = strings.TrimPrefix(start, "\uFEFF")
	switch ext {
	case ".html", ".htm", ".xhtml":
		return true
	case ".txt", ".text", ".md":
		return htmlStart.MatchString(start)
	}
	return htmlStart.MatchString(start) || tagStart.MatchString(start)
}

// readHTML finds the main text of a page and what the page says of itself. The title given, if any,
// heads the text in place of the page's own.
func readHTML(ctx context.Context, src, title string) (article, error) {
	p := scan(src)
	if err := ctx.Err(); err != nil {
		return article{}, err
	}
	a := article{meta: p.metadata()}
	blocks := bestBlocks(p, mainBlocks(src, p))
	if len(blocks) == 0 {
		return a, errors.New("no article text in the page")
	}
	if title == "" {
		title = a.meta.Title
	}
	a.text, a.blocks = assemble(title, blocks)
	return a, ctx.Err()
}

// bestBlocks takes the main blocks, unless they are few words and the page has much more outside its
// navigation. Without either it takes all there is.
func bestBlocks(p page, main []textBlock) []textBlock {
	main, outside := withoutAsides(main), withoutAsides(p.blocks)
	size := length(main)
	switch {
	case size > 0 && (size >= shortText || length(outside) < 2*size):
		return main
	case len(outside) > 0:
		return outside
	}
	return p.blocks
}

func withoutAsides(blocks []textBlock) []textBlock {
	var out []textBlock
	for _, b := range blocks {
		if !b.aside {
			out = append(out, b)
		}
	}
	return out
}

func length(blocks []textBlock) int {
	n := 0
	for _, b := range blocks {
		n += utf8.RuneCountInString(b.text)
	}
	return n
}

// mainBlocks returns the blocks of what readability takes for the article; none when the page is too
// large or too deeply nested for a tree (x/net/html refuses more than 512 open elements).
func mainBlocks(src string, p page) (blocks []textBlock) {
	if p.elements > maxElements || p.crowded || p.roots > maxRoots {
		return nil
	}
	root, err := html.Parse(strings.NewReader(src))
	if err != nil || weight(root, 1, 0) > maxWeight {
		return nil
	}
	trim(root)
	// The library assumes trees of a common shape; one article of an odd one must not end the run.
	defer func() {
		if recover() != nil {
			blocks = nil
		}
	}()
	parser := readability.NewParser()
	parser.DisableJSONLD, parser.KeepClasses = true, true
	found, err := parser.ParseAndMutate(root, nil)
	if err != nil || found.Node == nil {
		return nil
	}
	c := newCollector()
	collect(c, found.Node)
	c.flush()
	return c.blocks
}

// weight adds the depth times the size of each node below n to sum, and stops past the limit.
func weight(n *html.Node, depth, sum int) int {
	for child := range n.ChildNodes() {
		if sum > maxWeight {
			break
		}
		sum += depth
		if child.Type == html.TextNode {
			sum += depth * len(child.Data)
		}
		sum = weight(child, depth+1, sum)
	}
	return sum
}

// trim drops attributes that no step here reads, and cuts long ones.
func trim(root *html.Node) {
	for n := range root.Descendants() {
		kept := n.Attr[:0]
		for _, attr := range n.Attr {
			if usedAttrs[attr.Key] {
				attr.Val = attr.Val[:min(len(attr.Val), maxAttr)]
				kept = append(kept, attr)
			}
		}
		n.Attr = kept
	}
}

// collect feeds the tree to the collector. Trees are at most as deep as the parser lets them be.
func collect(c *collector, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		c.add(n.Data)
		return
	case html.ElementNode:
		if !voidTags[n.Data] || n.Data == "br" || n.Data == "hr" {
			c.start(n.Data, class(n))
			defer c.end(n.Data)
		}
	}
	for child := range n.ChildNodes() {
		collect(c, child)
	}
}

func class(n *html.Node) string {
	for _, attr := range n.Attr {
		if attr.Key == "class" {
			return attr.Val
		}
	}
	return ""
}

// usedAttrs are the attributes that tell the article from the rest of a page.
var usedAttrs = set(`aria-hidden aria-modal class colspan content dir hidden href id itemprop itemtype lang name property
	rel role rowspan src style summary type`)
