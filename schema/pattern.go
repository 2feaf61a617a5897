package schema

import (
	"fmt"
	"slices"
	"strings"
)

// frame is a compiled line of frames.tsv.
type frame struct {
	source      Frame
	lemmas      []string
	domain      mask
	rang        mask
	constraints []constraint
	weight      int  // how specific the frame is
	cued        bool // "?" on the trigger
	beside      bool // "+" on the trigger
	symmetric   bool // the predicate is
}

// Frame is a line of frames.tsv: what a word with its dependents says.
type Frame struct {
	Predicate, Kind, Pattern, Example string
}

// want is what a constraint asks of a slot.
type want uint8

const (
	wantWord    want = iota // the head is one of words
	wantX                   // it is the claim's subject
	wantY                   // it is the claim's object
	wantPresent             // it is there, whatever it is
	wantAbsent              // it is not there
)

// constraint is one "role:filler" of a pattern.
type constraint struct {
	roles  []string
	near   bool // "~": the slot may also hang on a filler of this level
	want   want
	words  []string // sorted; for wantX and wantY empty means any
	not    bool     // words are excluded, not asked for
	class  mask     // 0 allows all
	known  bool     // a slot whose class is not known does not do
	other  bool     // class is excluded, not asked for
	nested []constraint
}

// ownRoles are the ways in which English attaches the one that something belongs to: "Russia's loan",
// "the president of Russia", "the Russian president", "the NATO chief".
var ownRoles = []string{"poss", "of", "demonym", "compound"}

func (v *Vocabulary) addFrame(f []string) error {
	p, ok := v.Predicate(f[0])
	if !ok {
		return &UnknownError{"predicate", f[0]}
	}
	if f[1] != "verb" && f[1] != "noun" && f[1] != "adj" {
		return &UnknownError{"kind of frame", f[1]}
	}
	fr, err := v.compile(f[2])
	if err != nil {
		return fmt.Errorf("pattern %q: %w", f[2], err)
	}
	fr.symmetric = p.Symmetric
	fr.source = Frame{Predicate: f[0], Kind: f[1], Pattern: f[2], Example: f[3]}
	if fr.domain, err = v.anyOf(p.Domain); err != nil {
		return err
	}
	if fr.rang, err = v.anyOf(p.Range); err != nil {
		return err
	}
	v.frames = append(append(v.frames, fr), fr.loose()...)
	return nil
}

// particles are those that a parser may take for the preposition of what is the verb's object ("take on
// the police"). "in", "to" and "at" are left out: with them it is more often a time or place.
var particles = []string{"about", "down", "for", "into", "off", "on", "out", "over", "through", "up", "with"}

// loose returns the frame's variants in which the object of a phrasal verb hangs on its particle.
func (f frame) loose() (out []frame) {
	for _, p := range particles {
		g := f
		g.lemmas = nil
		for _, l := range f.lemmas {
			if verb, ok := strings.CutSuffix(l, "_"+p); ok && f.source.Kind == "verb" {
				g.lemmas = append(g.lemmas, verb)
			}
		}
		g.constraints = slices.Clone(f.constraints)
		found := false
		for i, c := range g.constraints {
			if slices.Contains(c.roles, "obj") && c.want != wantAbsent {
				g.constraints[i].roles = []string{p}
				found = true
			}
		}
		if found && g.lemmas != nil {
			out = append(out, g)
		}
	}
	return out
}

// compile turns a pattern into a frame: first the trigger's lemmas, then constraints. X is the subject
// when the pattern does not say otherwise.
func (v *Vocabulary) compile(pattern string) (frame, error) {
	trigger, rest, _ := strings.Cut(pattern, " ")
	trigger, cued := strings.CutSuffix(trigger, "?")
	trigger, beside := strings.CutSuffix(trigger, "+")
	lemmas, err := v.words(trigger)
	if err != nil {
		return frame{}, err
	}
	cs, rest, err := v.constraints(rest)
	if err != nil {
		return frame{}, err
	}
	if rest != "" {
		return frame{}, fmt.Errorf("%q is left over", rest)
	}
	if count(cs, wantX) == 0 {
		cs = append([]constraint{{roles: []string{"subj"}, want: wantX}}, cs...)
	}
	if x, y := count(cs, wantX), count(cs, wantY); x != 1 || y != 1 {
		return frame{}, fmt.Errorf("X %d times and Y %d times, want each once", x, y)
	}
	return frame{lemmas: lemmas, constraints: cs, weight: weight(cs), cued: cued, beside: beside}, nil
}

// constraints reads "role:filler role:filler ..." up to the end or a closing bracket.
func (v *Vocabulary) constraints(s string) (cs []constraint, rest string, err error) {
	for {
		s = strings.TrimLeft(s, " ")
		if s == "" || s[0] == ')' {
			return cs, s, nil
		}
		var c constraint
		if c, s, err = v.constraint(s); err != nil {
			return nil, s, err
		}
		cs = append(cs, c)
	}
}

func (v *Vocabulary) constraint(s string) (c constraint, rest string, err error) {
	roles, s, ok := strings.Cut(s, ":")
	if !ok {
		return c, s, fmt.Errorf("no colon in %q", roles)
	}
	if roles, c.near = strings.CutPrefix(roles, "~"); roles == "" || strings.ContainsAny(roles, " (){}") {
		return c, s, &UnknownError{"role", roles}
	}
	for _, r := range strings.Split(roles, "|") {
		if r == "own" {
			c.roles = append(c.roles, ownRoles...)
		} else {
			c.roles = append(c.roles, r)
		}
	}
	end := strings.IndexAny(s, " ()")
	if end < 0 {
		end = len(s)
	}
	if err = v.filler(&c, s[:end]); err != nil {
		return c, s, err
	}
	s = s[end:]
	if !strings.HasPrefix(s, "(") {
		return c, s, nil
	}
	if c.nested, s, err = v.constraints(s[1:]); err != nil {
		return c, s, err
	}
	if !strings.HasPrefix(s, ")") {
		return c, s, fmt.Errorf("no closing bracket")
	}
	return c, s[1:], nil
}

// filler reads "X", "Y{Class|Class}", "Y{+Class}", "Y{!Class}", "Y=word|word", "Y!=word", "-", "*", "word|@set" or "!word".
func (v *Vocabulary) filler(c *constraint, s string) (err error) {
	switch s {
	case "-":
		c.want = wantAbsent
		return nil
	case "*":
		c.want = wantPresent
		return nil
	}
	if s != "" && (s[0] == 'X' || s[0] == 'Y') {
		c.want = wantX + want(s[0]-'X')
		return v.captured(c, s[1:])
	}
	s, c.not = strings.CutPrefix(s, "!")
	c.words, err = v.words(s)
	return err
}

// captured reads what follows X or Y.
func (v *Vocabulary) captured(c *constraint, s string) (err error) {
	if s, c.not = strings.CutPrefix(s, "!="); !c.not {
		s, _ = strings.CutPrefix(s, "=")
	}
	words, classes, braces := strings.Cut(s, "{")
	if words != "" {
		if c.words, err = v.words(words); err != nil {
			return err
		}
	}
	if !braces {
		return nil
	}
	classes, ok := strings.CutSuffix(classes, "}")
	if !ok {
		return fmt.Errorf("no closing brace in %q", s)
	}
	classes, c.known = strings.CutPrefix(classes, "+")
	classes, c.other = strings.CutPrefix(classes, "!")
	c.class, err = v.anyOf(strings.Split(classes, "|"))
	return err
}

func count(cs []constraint, w want) int {
	n := 0
	for _, c := range cs {
		if c.want == w {
			n++
		}
		n += count(c.nested, w)
	}
	return n
}

// weight ranks frames: a frame that asks for certain words is more specific than one that asks for
// a class, and that more than one that takes anything.
func weight(cs []constraint) int {
	n := 0
	for _, c := range cs {
		switch {
		case c.not || c.want == wantAbsent || c.want == wantPresent:
			n++
		case len(c.words) > 0:
			n += 4
		default:
			n++
		}
		if c.class != 0 {
			n++
		}
		n += weight(c.nested)
	}
	return n
}

// indexFrames makes the look-up from kind and lemma to frames, the most specific first, then in the
// order of the file.
func (v *Vocabulary) indexFrames() error {
	for i := range v.frames {
		f := &v.frames[i]
		for _, l := range f.lemmas {
			key := f.source.Kind + " " + l
			v.index[key] = append(v.index[key], int32(i))
		}
	}
	for _, ids := range v.index {
		slices.SortStableFunc(ids, func(a, b int32) int { return v.frames[b].weight - v.frames[a].weight })
	}
	return nil
}
