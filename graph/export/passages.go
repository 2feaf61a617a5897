package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"newsgraph/schema"
)

// passageJSON is a paragraph of an article with the claims that its words carry. Offsets are those of the article's text.
type passageJSON struct {
	ID        string             `json:"id"`
	Document  string             `json:"document"`
	Start     int                `json:"start"`
	End       int                `json:"end"`
	Kind      string             `json:"kind,omitempty"`
	Text      string             `json:"text"`
	Title     string             `json:"title,omitempty"`
	Publisher string             `json:"publisher,omitempty"`
	Author    string             `json:"author,omitempty"`
	Published string             `json:"published,omitempty"`
	URL       string             `json:"url,omitempty"`
	Language  string             `json:"language,omitempty"`
	Entities  []entityJSON       `json:"entities,omitempty"`
	Claims    []passageClaimJSON `json:"claims,omitempty"`
}

// passageClaimJSON is a claim as one passage tells it.
type passageClaimJSON struct {
	ID          string       `json:"id"`
	Text        string       `json:"text"` // the claim in words, with its factuality and sources
	Subject     *entityJSON  `json:"subject"`
	Predicate   string       `json:"predicate"`
	Object      any          `json:"object"` // *entityJSON or literalJSON
	Factuality  string       `json:"factuality"`
	Attribution []entityJSON `json:"attribution,omitempty"`
	Time        *timeJSON    `json:"time,omitempty"`
	Confidence  float64      `json:"confidence"`
	Start       int          `json:"start"`
	End         int          `json:"end"`
	Quote       string       `json:"quote"`
}

// writePassages writes the paragraphs of articles, one JSON object a line, sorted by article and place: all of them, or
// where claims are chosen those that carry one.
func writePassages(ctx context.Context, s *selection, w io.Writer) error {
	claims, err := s.byArticle(ctx)
	if err != nil {
		return err
	}
	enc := newEncoder(w)
	if !s.chooses {
		for d, err := range s.view.Documents(ctx) {
			if err != nil {
				return err
			}
			if err := s.passages(ctx, enc, &d, claims[d.ID]); err != nil {
				return err
			}
		}
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(claims)) {
		d, err := s.article(ctx, id)
		if err != nil {
			return err
		}
		if err := s.passages(ctx, enc, &d, claims[id]); err != nil {
			return err
		}
	}
	return nil
}

// byArticle reads the claims for the first time and returns their IDs by article.
func (s *selection) byArticle(ctx context.Context) (map[string][]string, error) {
	ids := map[string][]string{}
	for c, err := range s.claims(ctx) {
		if err != nil {
			return nil, err
		}
		for _, e := range c.Evidence {
			if told := ids[e.Document]; len(told) == 0 || told[len(told)-1] != c.ID {
				ids[e.Document] = append(told, c.ID)
			}
		}
	}
	s.report.Documents = len(ids)
	return ids, nil
}

// passages writes the passages of one article.
func (s *selection) passages(ctx context.Context, enc *json.Encoder, d *schema.Document, ids []string) error {
	var claims []schema.Claim
	if len(ids) > 0 {
		filter := s.filter
		filter.IDs = ids
		for c, err := range s.view.Claims(ctx, filter) {
			if err != nil {
				return err
			}
			claims = append(claims, c)
		}
	}
	text := []rune(d.Text)
	for _, b := range blocksOf(d, len(text)) {
		p := s.passage(d, b, text)
		s.carried(&p, claims)
		if s.chooses && len(p.Claims) == 0 {
			continue
		}
		if err := enc.Encode(p); err != nil {
			return fmt.Errorf("write document %s: %w", d.ID, err)
		}
	}
	return nil
}

// blocksOf returns the blocks of a document that lie in its text; the whole text where it has none.
func blocksOf(d *schema.Document, length int) []schema.Block {
	blocks := slices.DeleteFunc(slices.Clone(d.Blocks), func(b schema.Block) bool { return b.Start < 0 || b.End > length || b.Start >= b.End })
	if len(blocks) == 0 && length > 0 {
		blocks = []schema.Block{{End: length}}
	}
	return blocks
}

func (s *selection) passage(d *schema.Document, b schema.Block, text []rune) passageJSON {
	document := s.iri(documentID(d.ID))
	return passageJSON{ID: fmt.Sprintf("%s#char=%d,%d", document, b.Start, b.End), Document: document, Start: b.Start, End: b.End,
		Kind: string(b.Kind), Text: string(text[b.Start:b.End]), Title: d.Title, Publisher: d.Publisher, Author: d.Author,
		Published: d.Published, URL: d.URL, Language: d.Language}
}

// carried puts the claims into a passage whose evidence begins in it, in the order of the text, and the entities that they speak of.
func (s *selection) carried(p *passageJSON, claims []schema.Claim) {
	entities := map[string]entityJSON{}
	for i := range claims {
		c := &claims[i]
		for _, e := range c.Evidence {
			if s.iri(documentID(e.Document)) != p.Document || e.Start < p.Start || e.Start >= p.End {
				continue
			}
			p.Claims = append(p.Claims, s.passageClaim(c, e))
			for x := range named(c) {
				entities[x.ID] = entityJSON{ID: s.iri(entityID(x.ID)), Label: x.Label, Type: x.Type}
			}
		}
	}
	slices.SortStableFunc(p.Claims, func(a, b passageClaimJSON) int { return a.Start - b.Start })
	for _, id := range slices.Sorted(maps.Keys(entities)) {
		p.Entities = append(p.Entities, entities[id])
	}
}

func (s *selection) passageClaim(c *schema.Claim, e schema.Evidence) passageClaimJSON {
	whole := claimOf(s.g, c)
	p := passageClaimJSON{ID: whole.ID, Text: reading(c), Subject: nameOf(s.g, &c.Subject), Predicate: c.Predicate, Object: whole.Object, Factuality: whole.Factuality,
		Attribution: whole.Attribution, Time: whole.Time, Confidence: c.Confidence, Start: e.Start, End: e.End, Quote: e.Quote}
	if c.Object.Entity != nil {
		p.Object = nameOf(s.g, c.Object.Entity)
	}
	return p
}
