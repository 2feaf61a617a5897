package workspace

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/rdf"
	"newsgraph/ingest/entity"
	"newsgraph/schema"
)

// ConflictError says that decisions of a loaded file and those of the store cannot both hold.
type ConflictError struct {
	// File has the decisions.
	File string
	// Said would change nothing any more. Its Line is that of the decisions file, 0 when it is one of the loaded file.
	Said   schema.Decision
	Reason string
}

func (e *ConflictError) Error() string {
	said := strings.ReplaceAll(e.Said.String(), "\t", " ")
	if e.Said.Line > 0 {
		return fmt.Sprintf("%s: its decisions on entities contradict that on line %d of the decisions file, %q: %s", e.File, e.Said.Line, said, e.Reason)
	}
	return fmt.Sprintf("%s: its decision on entities %q contradicts those that are there: %s", e.File, said, e.Reason)
}

// highest is the highest number that a loaded decision may have.
const highest = 1 << 40

// sound says whether a loaded decision is one that a decisions file can hold.
func sound(d schema.Decision) bool {
	back, err := entity.ParseDecisions([]byte(d.String()))
	return err == nil && len(back) == 1 && back[0].Said() == d.Said() && 0 < d.Number && d.Number <= highest
}

// adopt joins the decisions of loaded graphs with those of the store, for the run to follow, and says how many are new. Errors:
// *ConflictError.
func (r *run) adopt(ctx context.Context, s *Staged, graphs []*graph.Graph) (fresh int, err error) {
	own := numbered(r.decisions, r.known)
	all, theirs := own, make([][]schema.Decision, len(graphs))
	for i, g := range graphs {
		if theirs[i], err = decisionsOf(ctx, g); err != nil {
			return 0, &rdf.FileError{Name: s.files[i].Name, Err: err}
		}
		all = united(all, theirs[i])
	}
	if slices.Equal(all, own) {
		return 0, nil
	}
	if err := r.conflict(ctx, s, graphs, own, theirs, all); err != nil {
		return 0, err
	}
	if r.decided, err = rewritten(r.decided, all); err != nil {
		return 0, err
	}
	if r.decisions, err = entity.ParseDecisions(r.decided); err != nil {
		return 0, err
	}
	r.known, r.adopted = all, true
	return len(all) - len(own), nil
}

// decisionsOf reads the decisions of a loaded graph.
func decisionsOf(ctx context.Context, g *graph.Graph) ([]schema.Decision, error) {
	v := g.View()
	defer v.Close()
	list, err := v.Decisions(ctx)
	for _, d := range list {
		if err == nil && !sound(d) {
			err = fmt.Errorf("%q is no decision", strings.ReplaceAll(d.String(), "\t", " "))
		}
	}
	return list, err
}

// conflict finds a decision that changes something among those of its own side, and nothing among all.
func (r *run) conflict(ctx context.Context, s *Staged, graphs []*graph.Graph, own []schema.Decision, theirs [][]schema.Decision, all []schema.Decision) error {
	if len(all) == len(own) || len(own) == 0 && len(graphs) == 1 {
		return nil
	}
	summaries, err := r.allSummaries(ctx, graphs)
	if err != nil {
		return err
	}
	useful := make([]map[schema.Decision]bool, 1+len(theirs)) // what changes something among those of its side
	for n, side := range append([][]schema.Decision{own}, theirs...) {
		useful[n] = map[schema.Decision]bool{}
		for _, d := range side {
			useful[n][d.Said()] = true
		}
		for _, i := range entity.NameAll(summaries, side).Idle {
			delete(useful[n], i.Said())
		}
	}
	for _, i := range entity.NameAll(summaries, all).Idle {
		for n := range useful {
			if useful[n][i.Said()] && !i.Already {
				return &ConflictError{File: s.files[max(n-1, 0)].Name, Said: i.Decision, Reason: i.Reason}
			}
		}
	}
	return nil
}

// allSummaries are those of the articles that are stored and those that are loaded.
func (r *run) allSummaries(ctx context.Context, graphs []*graph.Graph) ([]entity.Summary, error) {
	all := maps.Clone(r.summaries)
	for _, g := range graphs {
		err := eachLoaded(ctx, g, func(d done, _ schema.Analysis) error {
			if _, stored := all[d.document]; !stored {
				all[d.document] = d.summary
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return sorted(all), nil
}

// numbered gives decisions in the order of their file the numbers that they have in the graph, and others the least that
// keep the order.
func numbered(list, known []schema.Decision) []schema.Decision {
	numbers := map[string]int{}
	for i, key := range schema.DecisionKeys(known) {
		numbers[key] = known[i].Number
	}
	out := slices.Clone(list)
	last := schema.Decision{}
	for i, key := range schema.DecisionKeys(list) {
		d := &out[i]
		d.Number = numbers[key]
		if d.Number == 0 {
			d.Number = last.Number + 1
		} else if i > 0 && schema.CompareDecisions(*d, last) <= 0 {
			d.Number = last.Number
			if schema.CompareDecisions(*d, last) <= 0 {
				d.Number++
			}
		}
		last = *d
	}
	return out
}

// united joins lists of decisions into one: a decision of several has the least of its numbers. So it does not matter which
// list came first, nor how often.
func united(lists ...[]schema.Decision) []schema.Decision {
	byKey := map[string]schema.Decision{}
	for _, list := range lists {
		for i, key := range schema.DecisionKeys(list) {
			d := list[i]
			if had, ok := byKey[key]; ok {
				d.Number, d.Line = min(d.Number, had.Number), max(d.Line, had.Line)
			}
			byKey[key] = d
		}
	}
	var out []schema.Decision
	for _, d := range byKey {
		out = append(out, d)
	}
	schema.SortDecisions(out)
	return out
}

// rewritten gives the text of a decisions file with these decisions. Comments stay before the decisions that they stood before.
func rewritten(text []byte, list []schema.Decision) ([]byte, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	before := map[int][]byte{} // line of a decision to the text from the decision before up to its end
	old, err := entity.ParseDecisions(text)
	if err != nil {
		return nil, err
	}
	lines, from := bytes.SplitAfter(text, []byte("\n")), 0
	for _, d := range old {
		before[d.Line] = bytes.Join(lines[from:d.Line], nil)
		from = d.Line
	}
	var out []byte
	for _, d := range list {
		out = endLine(out)
		if d.Line > 0 {
			out = append(out, before[d.Line]...)
		} else {
			out = append(out, d.String()...)
		}
	}
	return append(endLine(out), bytes.Join(lines[from:], nil)...), nil
}

// endLine ends the last line of a text.
func endLine(text []byte) []byte {
	if len(text) > 0 && text[len(text)-1] != '\n' {
		text = append(text, '\n')
	}
	return text
}
