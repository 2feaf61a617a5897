// Package source turns foreign bytes into documents: plain text, text with a front-matter block, and
// HTML. What enters is a file's name and a reader; what comes out is a schema.Document with normalised
// text, its paragraphs and what the article says of itself. It finds no sentences and makes nothing up:
// a date that neither the caller nor the article gives stays empty, whatever the file system says.
//
// Errors name the file, and the line where there is one ("article.txt:3: front matter: ...").
package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"unicode"

	"newsgraph/schema"
)

// ErrOption is wrapped by the errors of options that cannot be used, such as a publication date that
// is no date: the caller's mistake and not the file's.
var ErrOption = errors.New("bad option")

// DefaultMaxBytes is the size of the largest article read when Options does not say: 20 MB.
const DefaultMaxBytes = 20 << 20

// Options says what the caller knows of the articles; what is given here wins over what a file says of
// itself. The zero value works.
type Options struct {
	Title     string
	Publisher string
	Author    string
	Published string // any form that ParseDate reads
	URL       string // absolute, http or https
	Language  string // a BCP 47 tag such as "en" or "en-GB"
	MaxBytes  int64  // largest file read; 0 for DefaultMaxBytes
}

// Read reads one file, whose form (HTML or plain text, with or without front matter) is told from its
// first bytes and then from the ending of name. The documents it holds, so far always one, have
// their ID, hash and blocks set. A file that is too large, empty or binary is an error; so are options
// that cannot be used (ErrOption).
func Read(ctx context.Context, name string, r io.Reader, o Options) ([]schema.Document, error) {
	given, err := o.metadata()
	if err != nil {
		return nil, err
	}
	doc, err := read(ctx, r, given, o.limit(), fileType(name))
	if err != nil {
		return nil, inFile(name, err)
	}
	return []schema.Document{doc}, nil
}

func read(ctx context.Context, r io.Reader, given metadata, limit int64, ext string) (schema.Document, error) {
	raw, err := readAll(ctx, r, limit)
	if err != nil {
		return schema.Document{}, err
	}
	text, err := decode(raw, looksHTML(string(raw[:min(len(raw), sniffed)]), ext))
	if err != nil {
		return schema.Document{}, err
	}
	front, text, err := splitFrontMatter(text)
	if err != nil {
		return schema.Document{}, err
	}
	var a article
	if looksHTML(text[:min(len(text), sniffed)], ext) {
		a, err = readHTML(ctx, text, given.over(front).Title)
	} else {
		a = readPlain(text, ext == ".md")
	}
	if err != nil {
		return schema.Document{}, err
	}
	a.meta = given.over(front).over(a.meta)
	return a.document()
}

// article is what the reader of one format hands back.
type article struct {
	meta   metadata
	text   string
	blocks []schema.Block
}

func (a article) document() (schema.Document, error) {
	if strings.IndexFunc(a.text, isWordRune) < 0 {
		return schema.Document{}, errors.New("no text")
	}
	sum := sha256.Sum256([]byte(a.text))
	doc := schema.Document{
		Title: a.meta.Title, Publisher: a.meta.Publisher, Author: a.meta.Author, URL: a.meta.URL,
		Published: a.meta.Published, Language: a.meta.Language,
		Text: a.text, SHA256: hex.EncodeToString(sum[:]), Blocks: a.blocks,
	}
	doc.ID = identity(doc)
	return doc, nil
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// metadata is what is known of an article besides its text; empty fields are not known.
type metadata struct {
	Title, Publisher, Author, Published, URL, Language string
}

// over returns m with its empty fields filled from low.
func (m metadata) over(low metadata) metadata {
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	fill(&m.Title, low.Title)
	fill(&m.Publisher, low.Publisher)
	fill(&m.Author, low.Author)
	fill(&m.Published, low.Published)
	fill(&m.URL, low.URL)
	fill(&m.Language, low.Language)
	return m
}

// metadata checks the options and brings them into the forms that documents have.
func (o Options) metadata() (metadata, error) {
	m := metadata{Title: inline(o.Title), Publisher: inline(o.Publisher), Author: inline(o.Author)}
	var err error
	if o.Published != "" {
		if m.Published, err = ParseDate(o.Published); err != nil {
			return m, fmt.Errorf("%w: published: %w", ErrOption, err)
		}
	}
	if o.URL != "" {
		if m.URL = webAddress(o.URL); m.URL == "" {
			return m, fmt.Errorf("%w: url: %q is not an http or https address", ErrOption, o.URL)
		}
	}
	if o.Language != "" {
		if m.Language = languageTag(o.Language); m.Language == "" {
			return m, fmt.Errorf("%w: language: %q is not a language tag", ErrOption, o.Language)
		}
	}
	return m, nil
}

func (o Options) limit() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// webAddress returns the address in its escaped form, or "" when it is not an absolute http address.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return ""
	}
	u.Host = strings.ToLower(u.Host)
	return u.String()
}

// languageTag returns "en-GB" for "en_GB" and "" for what is no tag (BCP 47, without its rarer forms).
func languageTag(s string) string {
	tag := strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	for i, part := range strings.Split(tag, "-") {
		if len(part) > 8 || len(part) < 1 || (i == 0 && (len(part) < 2 || len(part) > 3)) {
			return ""
		}
		if strings.IndexFunc(part, func(r rune) bool { return !isASCIIWord(r) }) >= 0 {
			return ""
		}
	}
	return tag
}

func isASCIIWord(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// readAll reads at most limit bytes and fails when there are more.
func readAll(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(contextReader{ctx, r}, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > limit {
		return nil, fmt.Errorf("larger than %d bytes", limit)
	}
	return raw, nil
}

// contextReader stops reading once its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read reads from the reader unless the context is done.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// lineError is an error at a line of the file, counted from 1.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e *lineError) Unwrap() error { return e.err }

// inFile puts the name of the file, and the line where one is known, before the error.
func inFile(name string, err error) error {
	if at, ok := err.(*lineError); ok {
		return fmt.Errorf("%s:%d: %w", name, at.line, at.err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

func fileType(name string) string { return strings.ToLower(filepath.Ext(name)) }
