package workspace

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// Choice is a choice of claims as people write it, in flags of a command or parameters of a URL: names by any spelling,
// dates and values as text. The zero Choice is all claims. Its fields mean what those of graph.Filter mean.
type Choice struct {
	Predicates, Avoid []string
	Factuality        []string
	// Source is any name of a source; OwnVoice chooses what the articles say without one.
	Source        string
	OwnVoice      bool
	MinConfidence float64
	// Since and Until are days, months or years of what is claimed.
	Since, Until string
	// PublishedSince and PublishedUntil are those of the article.
	PublishedSince, PublishedUntil string
	Publishers                     []string
	MinSources                     int
	// Documents are named as graph.View.ResolveDocument takes them.
	Documents []string
	Types     []string // of entities
}

// All says that the choice leaves nothing out.
func (c Choice) All() bool { return reflect.ValueOf(c).IsZero() }

// ChoiceError says what is wrong with a field of a Choice.
type ChoiceError struct {
	Field string // as the commands call it: "factuality", "min-confidence"
	Msg   string
	Hint  string // what would be right; may be empty
}

func (e *ChoiceError) Error() string { return e.Field + ": " + e.Msg }

// Filter looks up the names of a choice. Errors: *ChoiceError, and those of graph.View's Resolve, ResolvePredicate and
// ResolveDocument.
func (w *Workspace) Filter(ctx context.Context, c Choice) (f graph.Filter, err error) {
	v := w.graph.View()
	defer v.Close()
	f = graph.Filter{OwnVoice: c.OwnVoice, MinConfidence: c.MinConfidence, MinSources: c.MinSources, Publishers: c.Publishers}
	for _, step := range []func() error{
		func() error { return c.values(&f) },
		func() error { return c.dates(&f) },
		func() (err error) { f.Types, err = c.types(ctx, w.graph); return err },
		func() error { return c.names(ctx, v, &f) },
	} {
		if err := step(); err != nil {
			return graph.Filter{}, err
		}
	}
	return f, nil
}

// Check finds what is wrong with a choice without a look at the store, as a *ChoiceError; Filter finds it too.
func (c Choice) Check() error {
	var f graph.Filter
	if err := c.values(&f); err != nil {
		return err
	}
	return c.dates(&f)
}

// values reads the values that need no look-up.
func (c Choice) values(f *graph.Filter) error {
	for _, name := range c.Factuality {
		v, ok := schema.ParseFactuality(strings.ToLower(strings.TrimSpace(name)))
		if !ok {
			return &ChoiceError{"factuality", fmt.Sprintf("unknown factuality %q", name),
				"the values are asserted, reported, planned, possible, alleged, attempted, negated"}
		}
		f.Factuality = append(f.Factuality, v)
	}
	switch {
	case !(0 <= c.MinConfidence && c.MinConfidence <= 1):
		return &ChoiceError{"min-confidence", fmt.Sprintf("%v is not from 0 to 1", c.MinConfidence), ""}
	case c.MinSources < 0:
		return &ChoiceError{"min-sources", fmt.Sprintf("%d is less than 0", c.MinSources), ""}
	case c.OwnVoice && c.Source != "":
		return &ChoiceError{"own-voice", "what has a source is not the article's own voice", "leave out one of the two"}
	}
	return nil
}

func (c Choice) dates(f *graph.Filter) (err error) {
	if f.When, err = graph.ParseSpan(c.Since, c.Until); err != nil {
		return &ChoiceError{"since and until", err.Error(), ""}
	}
	if f.Published, err = graph.ParseSpan(c.PublishedSince, c.PublishedUntil); err != nil {
		return &ChoiceError{"published-since and published-until", err.Error(), ""}
	}
	return nil
}

// types returns the classes of the vocabulary, or of an entity, that are meant.
func (c Choice) types(ctx context.Context, g *graph.Graph) ([]string, error) {
	var known, types []string
	for _, class := range schema.Default().Classes() {
		known = append(known, class.Name)
	}
	for _, name := range c.Types {
		fits := func(k string) bool { return strings.EqualFold(k, strings.TrimSpace(name)) }
		i := slices.IndexFunc(known, fits)
		if i < 0 {
			all, err := g.Entities(ctx)
			if err != nil {
				return nil, err
			}
			for _, e := range all {
				known = append(known, e.Type)
			}
			i = slices.IndexFunc(known, fits)
		}
		if i < 0 {
			slices.Sort(known)
			known = slices.DeleteFunc(slices.Compact(known), func(s string) bool { return s == "" })
			return nil, &ChoiceError{"type", fmt.Sprintf("unknown type %q", name), "the types are " + strings.Join(known, ", ")}
		}
		types = append(types, known[i])
	}
	return types, nil
}

// names looks up predicates, documents and the source.
func (c Choice) names(ctx context.Context, v *graph.View, f *graph.Filter) error {
	for _, list := range []struct {
		names   []string
		to      *[]string
		resolve func(context.Context, string) (string, error)
	}{
		{c.Predicates, &f.Predicates, v.ResolvePredicate}, {c.Avoid, &f.Avoid, v.ResolvePredicate},
		{c.Documents, &f.Documents, v.ResolveDocument},
	} {
		for _, name := range list.names {
			resolved, err := list.resolve(ctx, name)
			if err != nil {
				return err
			}
			*list.to = append(*list.to, resolved)
		}
	}
	if c.Source == "" {
		return nil
	}
	e, err := v.Resolve(ctx, c.Source)
	f.Source = e.ID
	return err
}
