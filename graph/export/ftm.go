package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"newsgraph/schema"
)

// ftmEntity is an entity of FollowTheMoney: everything that is known of it is in lists of strings.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`

	origin string // the claim or article it comes from, as an IRI
}

// add adds values to a property, each once and without what FollowTheMoney cannot hold.
func (e *ftmEntity) add(property string, values ...string) {
	for _, v := range values {
		if v = strings.TrimSpace(plain(v)); v != "" && !slices.Contains(e.Properties[property], v) {
			e.Properties[property] = append(e.Properties[property], v)
		}
	}
}

// ftmID makes an ID that FollowTheMoney takes (letters and digits, with hyphens and dots between them): readable, and
// with a hash of the whole so that no two are the same.
func ftmID(kind, id string) string {
	words := strings.Trim(notInID.ReplaceAllString(id, "-"), "-")
	words = strings.Trim(words[:min(len(words), 60)], "-")
	if kind == "claim" || kind == "party" {
		return "ng-" + kind + "-" + words // a claim's ID is a hash itself
	}
	sum := sha256.Sum256([]byte(kind + "\x00" + id))
	return strings.Join(slices.DeleteFunc([]string{"ng", kind, words, hex.EncodeToString(sum[:6])}, func(s string) bool { return s == "" }), "-")
}

var notInID = regexp.MustCompile(`[^0-9A-Za-z]+`)

func newFTM(kind, id, schemaName string) *ftmEntity {
	return &ftmEntity{ID: ftmID(kind, id), Schema: schemaName, Properties: map[string][]string{}}
}

// writeFTM writes a stream of FollowTheMoney entities (model v4), one a line: things before the intervals that join them.
func writeFTM(ctx context.Context, s *selection, w io.Writer) error {
	enc := newEncoder(w)
	return s.ftm(ctx, func(e *ftmEntity) error { return enc.Encode(e) })
}

// ftm calls f with the entities of the selection: what claims speak of, articles, things that follow from claims, and
// intervals.
func (s *selection) ftm(ctx context.Context, f func(*ftmEntity) error) error {
	if err := s.survey(ctx); err != nil {
		return err
	}
	m, err := newFTMMapping(s)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(s.degree)) {
		if e := m.entity(s.entity(id)); e != nil {
			if err := f(e); err != nil {
				return err
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.articles)) {
		d, err := s.article(ctx, id)
		if err != nil {
			return err
		}
		if err := f(m.article(&d)); err != nil {
			return err
		}
	}
	for _, things := range []bool{true, false} {
		if err := s.ftmClaims(ctx, m, things, f); err != nil {
			return err
		}
	}
	return nil
}

// ftmClaims calls f with what the claims become, either things or intervals.
func (s *selection) ftmClaims(ctx context.Context, m *ftmMapping, things bool, f func(*ftmEntity) error) error {
	written := map[string]bool{} // positions and cases, which several claims share
	return s.each(ctx, func(c *schema.Claim) error {
		told, err := s.documentsOf(ctx, c)
		if err != nil {
			return err
		}
		for e := range m.claim(c, told) {
			if isThing := e.Schema == "Position" || e.Schema == "CourtCase" || e.Schema == "Note"; isThing != things || written[e.ID] {
				continue
			}
			if things {
				written[e.ID] = true
			}
			if err := f(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// article is an article with its text.
func (m *ftmMapping) article(d *schema.Document) *ftmEntity {
	e := newFTM("doc", d.ID, "Article")
	e.origin = m.iri(documentID(d.ID))
	e.add("title", cmp.Or(d.Title, d.ID))
	e.add("fileName", d.ID)
	e.add("author", d.Author)
	e.add("publisher", d.Publisher)
	e.add("publishedAt", ftmDate(d.Published))
	e.add("sourceUrl", webAddress(d.URL))
	e.add("language", languageCodes[d.Language])
	e.add("bodyText", d.Text)
	return e
}

// languageCodes are the three-letter codes of FollowTheMoney for the languages that newsgraph reads.
var languageCodes = map[string]string{"en": "eng"}

// webAddress returns an address of the web as it is, and nothing for anything else.
func webAddress(s string) string {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return s
	}
	return ""
}

// ftmDate cuts a date to what FollowTheMoney takes: no zone. It is empty for what is no date.
func ftmDate(date string) string {
	return ftmDates.FindString(date)
}

var ftmDates = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?`)

// claim yields what a claim becomes: one entity, with those that it needs.
func (m *ftmMapping) claim(c *schema.Claim, told map[string]schema.Document) iter.Seq[*ftmEntity] {
	list := m.mapped(c)
	for _, e := range list[len(list)-1:] {
		m.evidence(e, c, told)
	}
	for _, e := range list {
		e.origin = m.iri(claimID(c.ID))
	}
	return slices.Values(list)
}

// evidence puts the articles, the quotes and the reading of a claim into what it becomes.
func (m *ftmMapping) evidence(e *ftmEntity, c *schema.Claim, told map[string]schema.Document) {
	interval := e.Schema != "Note"
	for _, v := range c.Evidence {
		d := told[v.Document]
		e.add("proof", ftmID("doc", d.ID))
		e.add("summary", v.Quote)
		e.add("sourceUrl", webAddress(d.URL))
		e.add("publisher", d.Publisher)
	}
	e.add("description", reading(c))
	if interval {
		e.add("recordId", m.iri(claimID(c.ID)))
	}
	if e.Schema == "Note" || e.Schema == "Event" {
		e.add("keywords", c.Factuality.String(), c.Predicate)
	}
	if interval && c.Time != nil {
		if from, to, ok := strings.Cut(c.Time.Value, "/"); ok {
			e.add("startDate", ftmDate(from))
			e.add("endDate", ftmDate(to))
		} else {
			e.add("date", ftmDate(c.Time.Value))
		}
	}
}
