package entity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// particles stand before surnames of many languages.
const particles = "al el bin ben ibn von van der den de di da dos du la le ter ten abu"

// short tells whether a person's name is a surname alone, with its particles or an initial ("Putin", "al-Burhan", "V. Putin").
func short(words []string) bool {
	if len(words) < 2 {
		return true
	}
	if len(words) == 2 && len(words[0]) == 1 {
		return true
	}
	return !slices.ContainsFunc(words[:len(words)-1], func(w string) bool { return !oneOf(w, particles) })
}

// mostVariants bounds the spellings of one name that are compared with each other.
const mostVariants = 16

// joinSpellings joins the ways to write one person's name: with and without a middle name, with a pet name, and from
// another script. It needs all of those that look alike to agree.
func (c *canon) joinSpellings() {
	ends := func(words []string) string {
		return skeleton(sound(formal(words[0]))) + " " + skeleton(sound(words[len(words)-1]))
	}
	c.joinAlike(ends, sameName)
	c.joinAlike(wholeKey, func(x, y []string) bool { return true })
}

// joinAlike joins the full names with one key, where all that have it can be one.
func (c *canon) joinAlike(key func(words []string) string, same func(x, y []string) bool) {
	buckets := map[string][]int{}
	for f := range c.families {
		if fam := &c.families[f]; fam.full() {
			if k := key(fam.words); k != "" {
				buckets[k] = append(buckets[k], f)
			}
		}
	}
	for _, k := range sortedKeys(buckets) {
		b := buckets[k]
		if len(b) < 2 || len(b) > mostVariants || c.oneRoot(b) {
			continue
		}
		if why := c.disagree(b, same); why != "" {
			c.doubt(b, "apart", "names that are spelt alike, "+why, 0.3)
		} else {
			c.join(b, bySpelling, "names that are spelt alike")
		}
	}
}

// oneRoot tells whether families are joined already.
func (c *canon) oneRoot(b []int) bool {
	return !slices.ContainsFunc(b, func(f int) bool { return c.root(f) != c.root(b[0]) })
}

// wholeKey is the sound of a whole name without blanks, for those written in other parts ("Abdel Fattah", "Abdelfattah",
// "el-Sisi", "al-Sissi"); empty for one too short to tell.
func wholeKey(words []string) string {
	var b strings.Builder
	for _, w := range words {
		switch w {
		case "el":
			w = "al"
		case "ibn", "ben":
			w = "bin"
		}
		if stem, ok := strings.CutSuffix(w, "eh"); ok { // "Haniyeh", "Haniya"
			w = stem + "a"
		}
		if len(w) > 3 {
			w = strings.TrimSuffix(w, "h")
		}
		b.WriteString(w)
	}
	if k := sound(b.String()); len(k) >= 8 {
		return k
	}
	return ""
}

// disagree is the reason why families cannot all be one person; empty when they can.
func (c *canon) disagree(b []int, same func(x, y []string) bool) string {
	docs := map[int]int{}
	for i, x := range b {
		for _, y := range b[:i] {
			switch {
			case slices.Equal(c.families[x].words, c.families[y].words):
				return "of several people of one name"
			case !same(c.families[x].words, c.families[y].words):
				return "not alike enough"
			case clash(c.families[x].gender, c.families[y].gender):
				return "of a man and a woman"
			}
			if why := c.quarrel(x, y); why != "" {
				return why
			}
		}
		for _, n := range c.families[x].nodes { // an article that has both knows two people
			if other, seen := docs[c.nodes[n].doc]; seen && other != x {
				return "in one article"
			}
			docs[c.nodes[n].doc] = x
		}
	}
	return ""
}

// quarrel is what the articles of two families tell against their being one person; empty for nothing.
func (c *canon) quarrel(x, y int) string {
	why := ""
	for _, n := range c.families[x].nodes[:min(len(c.families[x].nodes), 6)] {
		k := c.contextOf(c.nodes[n])
		for _, m := range c.families[y].nodes[:min(len(c.families[y].nodes), 6)] {
			o := c.contextOf(c.nodes[m])
			if k.meets(&o) {
				return ""
			}
			why = cmp.Or(why, k.differs(&o))
		}
	}
	return why
}

// meet tells whether the articles of two families have something that speaks for one person.
func (c *canon) meet(x, y int) bool {
	for _, n := range c.families[x].nodes[:min(len(c.families[x].nodes), 6)] {
		k := c.contextOf(c.nodes[n])
		for _, m := range c.families[y].nodes[:min(len(c.families[y].nodes), 6)] {
			if o := c.contextOf(c.nodes[m]); k.meets(&o) {
				return true
			}
		}
	}
	return false
}

// sameName tells whether two full names can be one: the ends alike or near, and middle names that do not differ.
func sameName(x, y []string) bool {
	xl, yl := x[len(x)-1], y[len(y)-1]
	if xl != yl && (!near(xl, yl) || min(len(xl), len(yl)) < 7) {
		return false
	}
	if formal(x[0]) != formal(y[0]) && (!near(x[0], y[0]) || xl == yl && min(len(xl), len(yl)) < 7) {
		return false
	}
	mx, my := x[1:len(x)-1], y[1:len(y)-1]
	if len(mx) == 0 || len(my) == 0 {
		return true
	}
	return len(mx) == len(my) && slices.EqualFunc(mx, my, sameGiven)
}

// joinLonger joins a name to the one longer name that begins with it ("Abiy Ahmed", "Abiy Ahmed Ali"), where the articles have more in
// common than the name.
func (c *canon) joinLonger() {
	longer := map[string][]int{}
	for f := range c.families {
		if fam := &c.families[f]; fam.full() && len(fam.words) > 2 {
			start := strings.Join(fam.words[:len(fam.words)-1], " ")
			longer[start] = append(longer[start], f)
		}
	}
	for f := range len(c.families) {
		fam := &c.families[f]
		if !fam.full() {
			continue
		}
		if l := longer[strings.Join(fam.words, " ")]; len(l) == 1 && c.root(l[0]) != c.root(f) && c.meet(f, l[0]) && !clash(fam.gender, c.families[l[0]].gender) {
			c.join([]int{f, l[0]}, bySpelling, "one name begins with the other")
		}
	}
}

// joinSurnames joins a person known by a surname alone, or with an initial, to the only person with it, when gender and
// initial allow.
func (c *canon) joinSurnames() {
	bearers := map[string][]int{}
	for f := range c.families {
		if fam := &c.families[f]; fam.full() {
			last := fam.words[len(fam.words)-1]
			if r := c.root(f); !slices.ContainsFunc(bearers[last], func(o int) bool { return c.root(o) == r }) {
				bearers[last] = append(bearers[last], f)
			}
		}
	}
	for f := range c.families {
		fam := &c.families[f]
		if !c.bySurname(fam) {
			continue
		}
		last := fam.words[len(fam.words)-1]
		fit := c.initialed(fam, bearers[last])
		switch {
		case len(fit) == 1 && !clash(c.families[c.root(fit[0])].gender, fam.gender):
			fam.into = c.root(fit[0])
			sure, reason := bySurname, "a surname that one person of the articles has"
			if len(fam.words[0]) == 1 {
				sure, reason = byInitial, "an initial and a surname that one person of the articles has"
			}
			fam.joins = append(fam.joins, joined{sure, reason})
		case len(fit) > 0 && fam.kind == "person":
			c.doubt(append([]int{f}, fit...), "apart", "a surname of "+countOf(len(fit)), 1/float64(len(fit)+1))
		}
	}
}

// bySurname tells whether a family is a named person known by the surname; a single word of no known kind may be.
func (c *canon) bySurname(f *family) bool {
	if len(f.nodes) == 0 || len(f.words) == 0 || !short(f.words) || f.key[0] == 'g' {
		return false
	}
	l := c.local(c.nodes[f.nodes[0]])
	return l.Named && (f.kind == "person" && f.key[0] == 'd' || f.kind == "" && l.Type == "" && len(f.words[0]) > 4)
}

// initialed are those of the bearers of a surname whose given name begins with the initial, where the family has one.
func (c *canon) initialed(f *family, bearers []int) []int {
	if len(f.words) < 2 || len(f.words[0]) > 1 {
		return bearers
	}
	var fit []int
	for _, b := range bearers {
		if c.families[b].words[0][0] == f.words[0][0] {
			fit = append(fit, b)
		}
	}
	return fit
}

// joinFirstNames joins a person known by one name to the only person of the articles whose first name it is, where the
// articles have more in common: so are those called whose last name is their father's.
func (c *canon) joinFirstNames() {
	bearers := map[string][]int{}
	for f := range c.families {
		if fam := &c.families[f]; fam.full() {
			first := fam.words[0]
			if r := c.root(f); !slices.ContainsFunc(bearers[first], func(o int) bool { return c.root(o) == r }) {
				bearers[first] = append(bearers[first], f)
			}
		}
	}
	for f := range c.families {
		fam := &c.families[f]
		if !c.bySurname(fam) || fam.into != f || len(fam.words) > 1 || fam.kind != "person" {
			continue
		}
		if b := bearers[fam.words[0]]; len(b) == 1 && !clash(c.families[c.root(b[0])].gender, fam.gender) && c.meet(f, b[0]) {
			fam.into = c.root(b[0])
			fam.joins = append(fam.joins, joined{byFirst, "a first name that one person of the articles has"})
		}
	}
}

// countOf gives "one person", "3 people".
func countOf(n int) string {
	if n == 1 {
		return "one person, of whom the article tells otherwise"
	}
	return strconv.Itoa(n) + " people"
}
