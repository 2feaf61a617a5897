package export

import (
	"fmt"
	"io"
	"math"

	"newsgraph/graph"
	"newsgraph/graph/path"
	"newsgraph/schema"
)

type tieJSON struct {
	Score      float64         `json:"score"`
	Claims     int             `json:"claims"`
	Predicates []predicateJSON `json:"predicates"`
	// Best is the best supported claim, with its number of independent sources.
	Best        claimJSON `json:"best"`
	Independent int       `json:"independent"`
}

type predicateJSON struct {
	Predicate string `json:"predicate"`
	Direction string `json:"direction"`
	Claims    int    `json:"claims"`
}

type relativeJSON struct {
	Entity   *entityJSON `json:"entity"`
	Distance int         `json:"distance"`
	tieJSON
	Via    []*entityJSON `json:"via"`
	Others int           `json:"others,omitempty"`
}

type commonJSON struct {
	Entity *entityJSON `json:"entity"`
	From   tieJSON     `json:"from"`
	To     tieJSON     `json:"to"`
}

func tieOf(g *graph.Graph, t *path.Tie) tieJSON {
	j := tieJSON{Score: math.Round(t.Score*1000) / 1000, Claims: t.Claims, Best: claimOf(g, &t.Best), Independent: t.Support.Independent}
	for _, p := range t.Predicates {
		j.Predicates = append(j.Predicates, predicateJSON{p.Predicate, string(p.Direction), p.Claims})
	}
	return j
}

// kindOf is nameOf with the type.
func kindOf(g *graph.Graph, e *schema.Entity) *entityJSON {
	return &entityJSON{ID: g.EntityTerm(e.ID).Value, Label: e.Label, Type: e.Type}
}

// Relatives writes what stands around an entity, one JSON object a line.
func Relatives(g *graph.Graph, list []path.Relative, w io.Writer) error {
	enc := newEncoder(w)
	for i := range list {
		r := &list[i]
		j := relativeJSON{Entity: kindOf(g, &r.Entity), Distance: r.Distance, tieJSON: tieOf(g, &r.Tie), Others: r.Others}
		for k := range r.Via {
			j.Via = append(j.Via, nameOf(g, &r.Via[k]))
		}
		if err := enc.Encode(j); err != nil {
			return fmt.Errorf("write ent:%s: %w", r.Entity.ID, err)
		}
	}
	return nil
}

// Commons writes what stands between two entities, one JSON object a line.
func Commons(g *graph.Graph, list []path.Common, w io.Writer) error {
	enc := newEncoder(w)
	for i := range list {
		c := &list[i]
		if err := enc.Encode(commonJSON{kindOf(g, &c.Entity), tieOf(g, &c.From), tieOf(g, &c.To)}); err != nil {
			return fmt.Errorf("write ent:%s: %w", c.Entity.ID, err)
		}
	}
	return nil
}
