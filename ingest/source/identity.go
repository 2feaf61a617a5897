package source

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"newsgraph/schema"
)

// identity makes the ID of a document: a readable slug of publisher, day and title, and eight hex
// digits of the SHA-256 of what makes the article the same one when its text changes. That is the URL; where
// there is none, publisher, title and date; where there is no title either, the text.
func identity(d schema.Document) string {
	key := "text\n" + d.Text
	switch {
	case d.URL != "":
		key = "url\n" + withoutFragment(d.URL)
	case d.Title != "":
		key = "title\n" + d.Publisher + "\n" + d.Title + "\n" + d.Published
	}
	sum := sha256.Sum256([]byte(key))
	day := d.Published[:min(len(d.Published), len("2020-09-14"))]
	parts := []string{slug(d.Publisher, 24), day, slug(d.Title, 40), hex.EncodeToString(sum[:4])}
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "-")
}

func withoutFragment(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// slug returns the ASCII letters and digits of s in lower case, other runs as one hyphen, cut at a word
// so that it is at most limit bytes long. Accents are dropped.
func slug(s string, limit int) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s[:min(len(s), 20*limit)]) {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			continue
		}
		if !isASCIIWord(r) {
			gap = true
			continue
		}
		if gap && out.Len() > 0 {
			out.WriteByte('-')
		}
		gap = false
		out.WriteRune(unicode.ToLower(r))
	}
	return cutAtWord(out.String(), limit)
}

func cutAtWord(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	if end := strings.LastIndexByte(s[:limit+1], '-'); end > 0 {
		return s[:end]
	}
	return s[:limit]
}
