package export

import (
	"newsgraph/graph"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

// claimJSON is a claim as the contract has it (shared with the tools that read it): keys in this order.
type claimJSON struct {
	ID          string         `json:"id"`
	Subject     *entityJSON    `json:"subject"`
	Predicate   string         `json:"predicate"`
	Relation    string         `json:"relation,omitempty"`
	Object      any            `json:"object"` // *entityJSON or literalJSON
	Factuality  string         `json:"factuality"`
	Attribution []entityJSON   `json:"attribution,omitempty"`
	Event       string         `json:"event,omitempty"`
	Time        *timeJSON      `json:"time,omitempty"`
	Place       *entityJSON    `json:"place,omitempty"`
	Quantities  []quantityJSON `json:"quantities,omitempty"`
	Confidence  float64        `json:"confidence"`
	Evidence    []evidenceJSON `json:"evidence"`
}

type entityJSON struct {
	ID      string   `json:"id"`
	Label   string   `json:"label,omitempty"`
	Type    string   `json:"type,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

type literalJSON struct {
	Value    string `json:"value"`
	Datatype string `json:"datatype,omitempty"`
}

type timeJSON struct {
	Value     string `json:"value,omitempty"`
	Precision string `json:"precision,omitempty"`
	Text      string `json:"text,omitempty"`
}

type quantityJSON struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit,omitempty"`
	Text  string  `json:"text,omitempty"`
}

type evidenceJSON struct {
	Document string `json:"document"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Quote    string `json:"quote"`
}

type pathJSON struct {
	Length  int       `json:"length"`
	Weakest int       `json:"weakest"` // number of the hop, from 1
	Hops    []hopJSON `json:"hops"`
}

type hopJSON struct {
	From       *entityJSON    `json:"from"`
	Predicate  string         `json:"predicate"`
	To         *entityJSON    `json:"to"`
	Direction  string         `json:"direction"`
	Claim      string         `json:"claim"`
	Factuality string         `json:"factuality"`
	Evidence   []evidenceJSON `json:"evidence"`
	// Independent counts the independent sources of the best claim.
	Independent int `json:"independent"`
	// Claims are all between the two, the best among them; Others counts those that are left out.
	Claims []claimJSON `json:"claims"`
	Others int         `json:"others,omitempty"`
}

func claimOf(g *graph.Graph, c *schema.Claim) claimJSON {
	j := claimJSON{ID: g.ClaimTerm(c.ID).Value, Subject: entityOf(g, &c.Subject), Predicate: c.Predicate, Relation: c.Relation,
		Factuality: c.Factuality.String(), Event: c.Event, Confidence: c.Confidence, Evidence: evidenceOf(g, c.Evidence)}
	if c.Object.Entity != nil {
		j.Object = entityOf(g, c.Object.Entity)
	} else {
		j.Object = literalJSON{c.Object.Literal, c.Object.Datatype}
	}
	for i := range c.Attribution {
		j.Attribution = append(j.Attribution, *nameOf(g, &c.Attribution[i]))
	}
	if c.Time != nil {
		j.Time = &timeJSON{c.Time.Value, c.Time.Precision, c.Time.Text}
	}
	if c.Place != nil {
		j.Place = nameOf(g, c.Place)
	}
	for _, q := range c.Quantities {
		j.Quantities = append(j.Quantities, quantityJSON{q.Value, q.Unit, q.Text})
	}
	return j
}

func entityOf(g *graph.Graph, e *schema.Entity) *entityJSON {
	return &entityJSON{g.EntityTerm(e.ID).Value, e.Label, e.Type, e.Aliases}
}

// nameOf is entityOf with no more than the name.
func nameOf(g *graph.Graph, e *schema.Entity) *entityJSON {
	return &entityJSON{ID: g.EntityTerm(e.ID).Value, Label: e.Label}
}

func evidenceOf(g *graph.Graph, evidence []schema.Evidence) []evidenceJSON {
	out := make([]evidenceJSON, 0, len(evidence))
	for _, e := range evidence {
		out = append(out, evidenceJSON{g.DocumentTerm(e.Document).Value, e.Start, e.End, e.Quote})
	}
	return out
}

func pathOf(g *graph.Graph, p *path.Path) pathJSON {
	j := pathJSON{Length: len(p.Hops), Weakest: p.Weakest + 1, Hops: make([]hopJSON, 0, len(p.Hops))}
	for i := range p.Hops {
		h := &p.Hops[i]
		best := &h.Claims[0]
		j.Hops = append(j.Hops, hopJSON{From: nameOf(g, &h.From), Predicate: h.Predicate, To: nameOf(g, &h.To),
			Direction: string(h.Direction), Claim: g.ClaimTerm(best.ID).Value, Factuality: best.Factuality.String(),
			Evidence: evidenceOf(g, best.Evidence), Independent: h.Support.Independent, Claims: claimsOf(g, h.Claims), Others: h.Others})
	}
	return j
}

func claimsOf(g *graph.Graph, claims []schema.Claim) []claimJSON {
	out := make([]claimJSON, 0, len(claims))
	for i := range claims {
		out = append(out, claimOf(g, &claims[i]))
	}
	return out
}
