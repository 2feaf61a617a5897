package graph

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// edges returns the claim's own quads, in the graph of the claim: claim: for every positive claim, fact:
// as well when it is asserted, denied: and nothing else when it is negated.
func (v *vocab) edges(c *schema.Claim) []schema.Quad {
	q := schema.Quad{Subject: in(v.nsEnt, c.Subject.ID), Object: v.objectTerm(c.Object), Graph: in(v.nsID, c.ID)}
	if c.Factuality == schema.Negated {
		q.Predicate = in(v.nsDenied, c.Predicate)
		return []schema.Quad{q}
	}
	q.Predicate = in(v.nsClaim, c.Predicate)
	quads := []schema.Quad{q}
	if c.Factuality == schema.Asserted {
		q.Predicate = in(v.nsFact, c.Predicate)
		quads = append(quads, q)
	}
	return quads
}

func (v *vocab) objectTerm(o schema.Value) schema.Term {
	if o.Entity != nil {
		return in(v.nsEnt, o.Entity.ID)
	}
	return schema.NewLiteral(o.Literal, o.Datatype)
}

// builder collects quads of one graph.
type builder struct {
	graph schema.Term
	quads []schema.Quad
}

func (b *builder) add(s, p, o schema.Term) {
	b.quads = append(b.quads, schema.Quad{Subject: s, Predicate: p, Object: o, Graph: b.graph})
}

// text adds a string unless it is empty.
func (b *builder) text(s, p schema.Term, value string) { b.typed(s, p, value, "") }

func (b *builder) typed(s, p schema.Term, value, datatype string) {
	if value != "" {
		b.add(s, p, schema.NewLiteral(value, datatype))
	}
}

// documentQuads returns the quads in the graph of a document: what is known of the document, and its
// claims as it tells them. The claims are normal (see normalise).
func (v *vocab) documentQuads(d *schema.Document, claims []schema.Claim, naming string) []schema.Quad {
	node := in(v.nsDoc, d.ID)
	b := &builder{graph: node}
	b.add(node, v.typ, v.article)
	b.text(node, v.headline, d.Title)
	b.text(node, v.publisher, d.Publisher)
	b.text(node, v.author, d.Author)
	b.typed(node, v.url, d.URL, schema.XSD+"anyURI")
	b.typed(node, v.published, d.Published, dateType(d.Published))
	b.text(node, v.language, d.Language)
	b.text(node, v.agency, d.Agency)
	if d.CopyOf != "" {
		b.add(node, v.copyOf, in(v.nsDoc, d.CopyOf))
	}
	b.text(node, v.body, d.Text)
	b.text(node, v.sha256, d.SHA256)
	b.text(node, v.blocks, formatBlocks(d.Blocks))
	b.text(node, v.naming, naming)
	if d.Excerpt {
		b.typed(node, v.excerpt, "true", schema.XSD+"boolean")
	}
	quoted := map[schema.Term]bool{}
	for i := range claims {
		v.claimQuads(b, &claims[i])
		for _, e := range claims[i].Evidence {
			if f := v.fragment(e); !quoted[f] {
				quoted[f] = true
				b.add(f, v.exact, schema.NewString(e.Quote))
			}
		}
	}
	return b.quads
}

// claimQuads adds what one document says of a claim.
func (v *vocab) claimQuads(b *builder, c *schema.Claim) {
	node := in(v.nsID, c.ID)
	edge := v.edges(c)[0]
	b.add(node, v.subject, edge.Subject)
	b.add(node, v.predicate, edge.Predicate)
	b.add(node, v.object, edge.Object)
	b.add(node, v.factuality, in(v.nsNG, c.Factuality.String()))
	if len(c.Flags) > 1 || len(c.Flags) == 1 && c.Flags[0] != c.Factuality {
		for _, f := range c.Flags {
			b.add(node, v.flag, in(v.nsNG, f.String()))
		}
	}
	v.sourceQuads(b, node, c.Attribution)
	b.text(node, v.relation, c.Relation)
	if c.Event != "" {
		b.add(node, v.event, in(v.nsNG, c.Event))
	}
	b.text(node, v.rule, c.Rule)
	b.add(node, v.confidence, schema.NewLiteral(formatDecimal(c.Confidence), schema.XSD+"decimal"))
	v.timeQuads(b, node, c.Time)
	if c.Place != nil {
		b.add(node, v.place, in(v.nsEnt, c.Place.ID))
	}
	for i, q := range c.Quantities {
		v.quantityQuads(b, node, quantityNode(node, i+1), q)
	}
	for _, e := range c.Evidence {
		b.add(node, v.derived, v.fragment(e))
	}
}

// sourceQuads adds every source, and their order when there are several.
func (v *vocab) sourceQuads(b *builder, node schema.Term, sources []schema.Entity) {
	var chain []string
	seen := map[string]bool{}
	for _, s := range sources {
		if !seen[s.ID] {
			b.add(node, v.attributed, in(v.nsEnt, s.ID))
		}
		seen[s.ID] = true
		chain = append(chain, schema.EscapeLocal(s.ID))
	}
	if len(chain) > 1 {
		b.text(node, v.chain, strings.Join(chain, " "))
	}
}

func (v *vocab) timeQuads(b *builder, node schema.Term, t *schema.Time) {
	if t == nil {
		return
	}
	b.typed(node, v.time, t.Value, dateType(t.Value))
	b.text(node, v.timeWords, t.Text)
	if t.Precision != precisionOf(t.Value) {
		b.add(node, v.timePrecision, schema.NewString(t.Precision))
	}
}

func (v *vocab) quantityQuads(b *builder, claim, node schema.Term, q schema.Quantity) {
	b.add(claim, v.amount, node)
	b.add(node, v.value, schema.NewLiteral(formatDecimal(q.Value), schema.XSD+"decimal"))
	b.text(node, v.unit, q.Unit)
	b.text(node, v.bound, q.Bound)
	b.text(node, v.words, q.Text)
}

// formatDecimal gives the shortest xsd:decimal that reads back as x. -0 is 0.
func formatDecimal(x float64) string {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return "0"
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// The lexical forms of XML Schema that dates and times of articles take.
var (
	yearForm     = regexp.MustCompile(`^[0-9]{4}$`)
	monthForm    = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
	dayForm      = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)
	dateTimeForm = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])` +
		`T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?$`)
)

// dateType returns the XML Schema type of an ISO 8601 value, or "" where it has none.
func dateType(s string) string {
	switch {
	case yearForm.MatchString(s):
		return schema.XSD + "gYear"
	case monthForm.MatchString(s):
		return schema.XSD + "gYearMonth"
	case dayForm.MatchString(s):
		return schema.XSD + "date"
	case dateTimeForm.MatchString(s):
		return schema.XSD + "dateTime"
	}
	return ""
}

// precisionOf returns the precision that a time value shows by its form, or "".
func precisionOf(value string) string {
	switch {
	case yearForm.MatchString(value):
		return "year"
	case monthForm.MatchString(value):
		return "month"
	case dayForm.MatchString(value), dateTimeForm.MatchString(value):
		return "day"
	case strings.Contains(value, "/"):
		return "interval"
	case strings.HasPrefix(value, "P"):
		return "duration"
	}
	return ""
}

// formatBlocks writes blocks as "start,end,kind" with blanks between them.
func formatBlocks(blocks []schema.Block) string {
	var b strings.Builder
	for i, x := range blocks {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(x.Start) + "," + strconv.Itoa(x.End) + "," + schema.EscapeLocal(string(x.Kind)))
	}
	return b.String()
}
