package graph

import (
	"strings"
	"unicode"

	"newsgraph/schema"
)

// Backing says who stands behind a claim.
type Backing struct {
	Documents int `json:"documents"` // that tell it
	// Publishers of these documents, as far as they are known; all the others count as one, and not at all
	// beside a known one.
	Publishers int `json:"publishers"`
	// Independent counts the publishers whose evidence is their own: see BackingOf. It is never more than Publishers.
	Independent int `json:"independent"`
}

// verbatim is how many words a quote has at least that two articles do not write by chance.
const verbatim = 8

// BackingOf counts who stands behind a claim with this evidence. Documents that print one text (CopyOf), that credit
// one agency, that come from one publisher, or that have the same words for the claim, at least 8 of them, count
// as one source. Documents has what is known of the documents, by ID; texts are not needed.
func BackingOf(evidence []schema.Evidence, documents map[string]schema.Document) Backing {
	docs, publishers := map[string]bool{}, map[string]bool{}
	s := sources{}
	for _, e := range evidence {
		d := documents[e.Document]
		docs[e.Document] = true
		publishers[d.Publisher] = true
		root := "d" + e.Document
		s.join(root, "p"+firstOf(d.Agency, d.Publisher))
		if d.CopyOf != "" {
			s.join(root, "d"+d.CopyOf)
		}
		if w := quoteWords(e.Quote); len(w) >= verbatim {
			s.join(root, "q"+strings.Join(w, " "))
		}
	}
	b := Backing{Documents: len(docs), Publishers: len(publishers)}
	if len(publishers) > 1 && publishers[""] {
		b.Publishers-- // an unknown publisher may be one of the known
	}
	independent := map[string]bool{}
	for id := range docs {
		if d := documents[id]; firstOf(d.Agency, d.Publisher) != "" {
			independent[s.root("d"+id)] = true
		}
	}
	b.Independent = min(max(1, len(independent)), b.Publishers)
	return b
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func quoteWords(q string) []string {
	return strings.FieldsFunc(strings.ToLower(q), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// sources is a union-find over names; a name that is not there is its own root.
type sources map[string]string

func (s sources) root(name string) string {
	for s[name] != "" {
		name = s[name]
	}
	return name
}

func (s sources) join(a, b string) {
	if a, b = s.root(a), s.root(b); a != b {
		s[b] = a
	}
}
