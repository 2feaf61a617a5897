package entity

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/schema"
)

// NewID is the ID of the entity that a split of an entity named by its ID makes.
func NewID(d schema.Decision) string {
	if id := slug(d.Name); id != "" {
		return id
	}
	return d.Entity + "_" + schema.Scope(d.Document)
}

// DecisionError says what is wrong with a line of a decisions file.
type DecisionError struct {
	Line int
	Msg  string
}

func (e *DecisionError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Msg) }

// mostDecisions is the most bytes of a decisions file.
const mostDecisions = 16 << 20

// ParseDecisions reads a decisions file: a decision a line, its fields with a tab between them,
//
//	merge	ENTITY	OTHER
//	split	ENTITY	DOCUMENT	[NAME]
//
// with # before comments, also behind a decision after a tab or a blank. Prefixes "ent:" and "doc:" may stand before
// IDs. An error is a *DecisionError.
func ParseDecisions(text []byte) ([]schema.Decision, error) {
	if len(text) > mostDecisions {
		return nil, &DecisionError{1, fmt.Sprintf("the file has more than %d bytes", mostDecisions)}
	}
	var out []schema.Decision
	s := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	s.Buffer(nil, mostDecisions+1)
	for n := 1; s.Scan(); n++ {
		d, err := parseDecision(s.Text())
		if err != nil {
			return nil, &DecisionError{n, err.Error()}
		}
		if d.Action != "" {
			d.Line = n
			out = append(out, d)
		}
	}
	return out, s.Err()
}

// parseDecision reads a line; the action is empty for a line that says nothing.
func parseDecision(line string) (schema.Decision, error) {
	if strings.ToValidUTF8(line, "") != line {
		return schema.Decision{}, fmt.Errorf("not UTF-8")
	}
	fields := strings.Split(uncomment(line), "\t")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	if len(fields) == 0 {
		return schema.Decision{}, nil
	}
	want := map[string][2]int{schema.Merge: {3, 3}, schema.Split: {3, 4}}
	bounds, known := want[fields[0]]
	switch {
	case !known:
		return schema.Decision{}, fmt.Errorf("unknown action %q: a line begins with merge or split, and has tabs between its fields", fields[0])
	case len(fields) < bounds[0] || len(fields) > bounds[1]:
		return schema.Decision{}, fmt.Errorf("%s has %d fields behind it: want %s", fields[0], len(fields)-1,
			map[string]string{schema.Merge: "two entities", schema.Split: "an entity, a document and perhaps a name"}[fields[0]])
	}
	d := schema.Decision{Action: fields[0], Entity: strings.TrimPrefix(fields[1], "ent:")}
	if d.Entity == "" || slices.Contains([]string{"", "ent:", "doc:"}, fields[2]) {
		return schema.Decision{}, fmt.Errorf("an empty field")
	}
	if d.Action == schema.Merge {
		d.Other = strings.TrimPrefix(fields[2], "ent:")
		return d, nil
	}
	d.Document = strings.TrimPrefix(fields[2], "doc:")
	if len(fields) > 3 {
		d.Name = fields[3]
	}
	return d, nil
}

// uncomment cuts a comment off: # at the beginning of the line, or behind a blank or a tab.
func uncomment(line string) string {
	for i := range len(line) {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return line[:i]
		}
	}
	return line
}

// decided is the entities while decisions are applied: by ID, each with its members.
type decided struct {
	c       *canon
	members map[string][]int
	named   map[string]schema.Entity
	gone    map[string]string // ID of what was merged, to what it went into
}

// decide applies decisions one after the other, and gives those that changed nothing.
func (d *decided) decide(decisions []schema.Decision) []Idle {
	var idle []Idle
	for _, x := range decisions {
		var err error
		if x.Action == schema.Merge {
			err = d.merge(x)
		} else {
			err = d.split(x)
		}
		if err != nil {
			idle = append(idle, Idle{x, err.Error(), errors.Is(err, errOne)})
		}
	}
	return idle
}

// find gives the ID of an entity by its ID or, when just one has it, its label or else one of its other names.
func (d *decided) find(name string) (string, error) {
	if _, ok := d.members[name]; ok {
		return name, nil
	}
	if into, ok := d.gone[name]; ok {
		return d.find(into)
	}
	for _, names := range []func(schema.Entity) []string{
		func(e schema.Entity) []string { return []string{e.Label} },
		func(e schema.Entity) []string { return e.Aliases },
	} {
		var fit []string
		for id, e := range d.named {
			if slices.ContainsFunc(names(e), func(n string) bool { return nameKey(n) == nameKey(name) }) {
				fit = append(fit, id)
			}
		}
		slices.Sort(fit)
		switch {
		case len(fit) == 1:
			return fit[0], nil
		case len(fit) > 1:
			return "", fmt.Errorf("%q may mean %s", name, strings.Join(fit, ", "))
		}
	}
	return "", fmt.Errorf("there is no entity %q", name)
}

// errOne says that a merge has nothing to do.
var errOne = errors.New("they are one already")

// merge takes one entity into another.
func (d *decided) merge(x schema.Decision) error {
	into, err := d.find(x.Entity)
	if err != nil {
		return err
	}
	from, err := d.find(x.Other)
	if err != nil {
		return err
	}
	if into == from {
		return errOne
	}
	e, o := d.named[into], d.named[from]
	e.Aliases = slices.Concat(e.Aliases, o.Aliases, []string{o.Label})
	slices.Sort(e.Aliases)
	e.Aliases = slices.DeleteFunc(slices.Compact(e.Aliases), func(a string) bool { return a == e.Label })
	if e.Type == "" {
		e.Type = o.Type
	}
	e.Sameness = byDecision
	d.named[into] = e
	d.members[into] = append(d.members[into], d.members[from]...)
	delete(d.members, from)
	delete(d.named, from)
	d.gone[from] = into
	return nil
}

// split takes what one article says of an entity out of it.
func (d *decided) split(x schema.Decision) error {
	from, err := d.find(x.Entity)
	if err != nil {
		return err
	}
	var out, rest []int
	for _, i := range d.members[from] {
		if d.c.docs[d.c.nodes[i].doc].DocID == x.Document {
			out = append(out, i)
		} else {
			rest = append(rest, i)
		}
	}
	x.Entity = from
	id := NewID(x)
	switch {
	case len(out) == 0:
		return fmt.Errorf("document %s does not speak of %s", x.Document, from)
	case len(rest) == 0 && id == from:
		return fmt.Errorf("nothing else is left of %s", from)
	}
	d.take(from, rest)
	if before, there := d.members[id]; there { // another article of the same
		d.members[id] = append(before, out...)
		e := called(d.c.merge(d.members[id]), id, d.named[id].Label)
		e.Sameness = byDecision
		d.named[id] = e
		return nil
	}
	e := d.c.merge(out)
	d.members[id], d.named[id] = out, called(e, id, cmp.Or(x.Name, e.Label))
	return nil
}

// called gives an entity another ID and label; the label that it had is a name of it still.
func called(e schema.Entity, id, label string) schema.Entity {
	aliases := append(slices.Clone(e.Aliases), e.Label)
	slices.Sort(aliases)
	e.Aliases = slices.DeleteFunc(slices.Compact(aliases), func(a string) bool { return a == label })
	if len(e.Aliases) == 0 {
		e.Aliases = nil
	}
	e.ID, e.Label = id, label
	return e
}

// take leaves an entity with the members that remain, under the name it has.
func (d *decided) take(id string, rest []int) {
	if len(rest) == 0 {
		delete(d.members, id)
		delete(d.named, id)
		return
	}
	e := called(d.c.merge(rest), id, d.named[id].Label)
	e.Sameness = d.named[id].Sameness
	d.members[id], d.named[id] = rest, e
}

// byDocument gives the entities by document and local ID.
func (d *decided) byDocument() map[string]map[string]schema.Entity {
	out := make(map[string]map[string]schema.Entity, len(d.c.docs))
	for _, doc := range d.c.docs {
		out[doc.DocID] = make(map[string]schema.Entity, len(doc.Entities))
	}
	for _, id := range slices.Sorted(maps.Keys(d.members)) {
		for _, i := range d.members[id] {
			n := d.c.nodes[i]
			out[d.c.docs[n.doc].DocID][d.c.local(n).ID] = d.named[id]
		}
	}
	return out
}
