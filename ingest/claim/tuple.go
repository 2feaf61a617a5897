package claim

import (
	"slices"
	"strings"

	"newsgraph/nlp"
)

// Style chooses how tuples carry their arguments.
type Style uint8

// The two renderings of one analysis.
const (
	// Atomic gives one tuple for each argument, the preposition closing the relation.
	Atomic Style = iota
	// Wide keeps all arguments of a predicate in one tuple.
	Wide
)

// Tuple is an open extraction: words as they stand in the sentence.
type Tuple struct {
	Confidence float64
	Relation   string
	Args       []string
}

// extraction is a tuple before its words are written out.
type extraction struct {
	rel    []int
	before string // words put before rel that the sentence does not have ("is")
	after  string // words put after rel ("of")
	args   [][]int
	rule   string
	head   int
}

// Tuples gives the open extractions of one sentence, in order of their predicates.
func (e *Extractor) Tuples(s nlp.Sentence, style Style) []Tuple {
	x := e.sentence(&s)
	var found []extraction
	for _, c := range x.clauses() {
		if x.inChain(c) {
			continue
		}
		if style == Wide {
			found = append(found, x.wide(c)...)
		} else {
			found = append(found, x.atomic(c)...)
		}
	}
	found = append(found, x.nominals()...)
	out := make([]Tuple, 0, len(found))
	seen := map[string]bool{}
	for _, f := range found {
		t := Tuple{Relation: strings.TrimSpace(f.before + " " + x.words(f.rel) + " " + f.after)}
		for _, a := range f.args {
			t.Args = append(t.Args, x.words(a))
		}
		key := t.Relation + "\t" + strings.Join(t.Args, "\t")
		if t.Relation == "" || len(t.Args) == 0 || slices.Contains(t.Args, "") || seen[key] {
			continue
		}
		seen[key] = true
		t.Confidence = x.tupleConfidence(f)
		out = append(out, t)
	}
	return out
}

// inChain is true of an infinitive that its governor's tuple already tells ("agreed to impose").
func (x *sentence) inChain(c clause) bool {
	g := x.head(c.head)
	return x.is(c.head, "xcomp") && g >= 0 && x.upos(g) == "VERB" && x.kid(g, "obj", "iobj") < 0 && x.upos(c.head) == "VERB"
}

// nounSpan is the words of an argument: its subtree less what is a clause of its own, a comment, or
// belongs to the predicate.
func (x *sentence) nounSpan(i int) []int {
	if x.kid(i, "cop") >= 0 {
		return x.clauseSpan(i)
	}
	return x.span(i, func(k int) bool {
		switch {
		case x.is(k, "acl:relcl", "parataxis", "discourse", "dislocated", "reparandum", "vocative", "list"):
			return true
		case x.is(k, "case"):
			return x.head(k) == i && !x.possessive(k)
		case x.is(k, "cc"):
			return x.head(k) == i && x.is(i, "conj") && k < i
		case x.is(k, "mark", "nsubj", "cop", "aux", "advcl", "csubj"):
			return x.head(k) == i
		case x.is(k, "appos"):
			return x.head(k) == i && x.commaBefore(k)
		}
		return false
	})
}

// possessive reports whether a case word is the genitive marker.
func (x *sentence) possessive(k int) bool { return x.toks[k].XPOS == "POS" }

func (x *sentence) commaBefore(k int) bool {
	first := k
	for _, j := range x.span(k, nil) {
		first = min(first, j)
	}
	for j := first - 1; j >= 0 && j >= first-2; j-- {
		if x.form(j) == "," {
			return true
		}
	}
	return false
}

// shortSpan is nounSpan without coordinated parts, for one conjunct.
func (x *sentence) shortSpan(i int) []int {
	full := x.nounSpan(i)
	var out []int
	for _, k := range full {
		keep := true
		for j := k; j != i && j >= 0; j = x.head(j) {
			if x.head(j) == i && (x.is(j, "conj") || x.is(j, "cc")) {
				keep = false
				break
			}
		}
		if keep {
			out = append(out, k)
		}
	}
	return x.trim(out)
}

// clauseSpan is the words of a clause as an argument, without its marker.
func (x *sentence) clauseSpan(i int) []int {
	return x.span(i, func(k int) bool { return x.head(k) == i && x.is(k, "mark", "parataxis", "discourse") })
}

// predicateNominal is the words of a nominal or adjective predicate without subject, copula and clauses around it.
func (x *sentence) predicateNominal(i int) []int {
	return x.span(i, func(k int) bool {
		if x.head(k) != i {
			return x.is(k, "acl:relcl", "parataxis")
		}
		return x.is(k, "nsubj", "csubj", "cop", "aux", "mark", "advcl", "conj", "cc", "parataxis", "expl", "discourse", "acl:relcl", "dislocated", "punct") ||
			x.negator(k) || x.is(k, "advmod") && k < i && x.kid(i, "cop") > k || x.is(k, "obl") && x.adjective(i)
	})
}

func (x *sentence) adjective(i int) bool { return x.upos(i) == "ADJ" || x.upos(i) == "VERB" }

// wide renders a clause as one n-ary tuple, or none when it has no subject.
func (x *sentence) wide(c clause) []extraction {
	if c.subj < 0 || !x.usableSubject(c) {
		return nil
	}
	e := extraction{rel: slices.Clone(c.rel), before: x.missingBe(c), rule: c.rule, head: c.head}
	e.args = append(e.args, x.without(x.nounSpan(c.subj), c))
	if c.cop >= 0 {
		return x.wideCopula(c, e)
	}
	x.addArgs(&e, c, 0)
	return []extraction{e}
}

// without takes a participle's own words out of its subject ("the sanctions imposed by the union").
func (x *sentence) without(span []int, c clause) []int {
	if !x.is(c.head, "acl") || c.subj != x.head(c.head) {
		return span
	}
	return x.trim(slices.DeleteFunc(slices.Clone(span), func(k int) bool { return x.descends(k, c.head) }))
}

// missingBe is the "is" that a participle leaves out ("sanctions imposed by the EU").
func (x *sentence) missingBe(c clause) string {
	if c.passive && c.cop < 0 && x.kid(c.head, "aux", "aux:pass") < 0 && len(x.sharedAux(c.head)) == 0 {
		return "is"
	}
	return ""
}

func (x *sentence) usableSubject(c clause) bool {
	return !x.relative(c.subj) && x.form(c.subj) != "there" || x.is(c.subj, "nsubj")
}

func (x *sentence) wideCopula(c clause, e extraction) []extraction {
	body := x.predicateNominal(c.head)
	obliques := x.obliques(c)
	if x.adjective(c.head) && len(obliques) > 0 {
		e.rel = x.order(append(slices.Clone(e.rel), body...))
		for n, a := range obliques {
			if n == 0 {
				e.rel = append(e.rel, a.prep...)
				e.args = append(e.args, x.nounSpan(a.head))
			} else {
				e.args = append(e.args, x.withPrep(a))
			}
		}
		return []extraction{e}
	}
	if a, ok := x.infinitiveOf(c); ok && x.adjective(c.head) { // "is able to transport"
		inner := x.clause(a.head)
		e.rel = x.order(append(append(slices.Clone(e.rel), c.head), x.complementRelation(inner, a)...))
		x.addArgs(&e, inner, 1)
		return []extraction{e}
	}
	if x.adjective(c.head) {
		e.rel = slices.DeleteFunc(slices.Clone(e.rel), func(k int) bool { return k == c.head })
	}
	e.args = append(e.args, body)
	if !x.adjective(c.head) {
		for _, a := range obliques {
			if x.is(a.head, "obl") {
				continue // already inside the nominal's own span
			}
			e.args = append(e.args, x.withPrep(a))
		}
	}
	return []extraction{e}
}

// infinitiveOf finds the verbal complement of an adjective.
func (x *sentence) infinitiveOf(c clause) (argument, bool) {
	for _, a := range c.args {
		if a.rel == "xcomp" && x.upos(a.head) == "VERB" {
			return a, true
		}
	}
	return argument{}, false
}

func (x *sentence) obliques(c clause) []argument {
	var out []argument
	for _, a := range c.args {
		if strings.HasPrefix(a.rel, "obl") {
			out = append(out, a)
		}
	}
	return out
}

func (x *sentence) order(toks []int) []int {
	slices.Sort(toks)
	return slices.Compact(toks)
}

func (x *sentence) withPrep(a argument) []int {
	return x.order(append(slices.Clone(a.prep), x.nounSpan(a.head)...))
}

// addArgs appends the arguments of a clause to a wide tuple; infinitives join the relation.
func (x *sentence) addArgs(e *extraction, c clause, depth int) {
	hasCore := false
	for _, a := range c.args {
		hasCore = hasCore || a.rel == "obj" || a.rel == "iobj" || a.rel == "ccomp" || a.rel == "xcomp"
	}
	first := true
	var late [][]int
	if c.agent >= 0 {
		e.rel = append(e.rel, x.preposition(c.agent)...)
		e.args = append(e.args, x.nounSpan(c.agent))
		hasCore = true
	}
	for _, a := range c.args {
		if a.head == c.agent {
			continue
		}
		switch {
		case a.rel == "obj" || a.rel == "iobj":
			e.args = append(e.args, x.nounSpan(a.head))
		case a.rel == "xcomp":
			x.addComplement(e, c, a, depth)
		case a.rel == "ccomp":
			if len(a.prep) > 0 && x.form(a.prep[0]) == "that" {
				e.rel = append(e.rel, a.prep[0])
			}
			e.args = append(e.args, x.clauseSpan(a.head))
		case strings.HasPrefix(a.rel, "obl"):
			if !hasCore && first && a.head > c.head && len(a.prep) > 0 {
				e.rel = append(e.rel, a.prep...)
				e.args = append(e.args, x.nounSpan(a.head))
			} else {
				late = append(late, x.withPrep(a))
			}
			first = false
		case a.role == "adv" && x.temporalAdverb(a.head):
			late = append(late, []int{a.head})
		}
	}
	e.args = append(e.args, late...)
}

func (x *sentence) temporalAdverb(i int) bool {
	switch x.form(i) {
	case "here", "there", "abroad", "home", "away":
		return true
	}
	return isTimeWord(x.lemma(i))
}

// addComplement puts an infinitive or participle into the relation where it shares the subject, else
// the whole complement as an argument.
func (x *sentence) addComplement(e *extraction, c clause, a argument, depth int) {
	inner := x.clause(a.head)
	hasObj := x.kid(c.head, "obj", "iobj") >= 0
	if hasObj || depth > 3 {
		e.args = append(e.args, x.span(a.head, nil))
		return
	}
	if x.upos(a.head) != "VERB" && x.kid(a.head, "cop") < 0 {
		if x.adjective(a.head) && len(x.obliques(inner)) == 0 || x.nominal(a.head) {
			e.args = append(e.args, x.span(a.head, nil))
			return
		}
	}
	e.rel = append(e.rel, x.complementRelation(inner, a)...)
	if inner.cop >= 0 {
		e.args = append(e.args, x.predicateNominal(inner.head))
		return
	}
	x.addArgs(e, inner, depth+1)
}

func (x *sentence) complementRelation(inner clause, a argument) []int {
	out := append(slices.Clone(a.prep), inner.rel...)
	for _, k := range x.all(a.head, "mark") {
		out = append(out, k)
	}
	return x.order(out)
}

// atomic renders a clause as one tuple for each argument and each conjunct.
func (x *sentence) atomic(c clause) []extraction {
	if c.subj < 0 || !x.usableSubject(c) {
		return nil
	}
	var out []extraction
	for _, s := range x.split(c.subj, c) {
		s = x.without(s, c)
		base := extraction{rel: slices.Clone(c.rel), rule: c.rule, head: c.head, args: [][]int{s}}
		if c.cop >= 0 {
			out = append(out, x.wideCopula(c, base)...)
			out = append(out, x.copulaOf(c, s)...)
			continue
		}
		out = append(out, x.atomicArgs(base, c, 0)...)
	}
	return out
}

// split gives the spans of the conjuncts of a subject, or one span when the verb needs them together.
func (x *sentence) split(head int, c clause) [][]int {
	conj := x.conjuncts(head)
	if len(conj) == 1 || collective[c.lemma] {
		return [][]int{x.nounSpan(head)}
	}
	var out [][]int
	for _, k := range conj {
		out = append(out, x.shortSpan(k))
	}
	return out
}

// collective verbs take a coordinated subject as one.
var collective = map[string]bool{
	"meet": true, "merge": true, "unite": true, "clash": true, "agree": true, "collide": true, "marry": true, "divorce": true,
	"negotiate": true, "share": true, "border": true, "differ": true, "cooperate": true, "sign": false,
}

// copulaOf adds (X; is the capital of; Y) to (X; is; the capital of Y).
func (x *sentence) copulaOf(c clause, subj []int) []extraction {
	if x.adjective(c.head) {
		return nil
	}
	for _, k := range x.all(c.head, "nmod") {
		prep := x.preposition(k)
		if len(prep) == 0 || k < c.head {
			continue
		}
		body := x.span(c.head, func(j int) bool {
			return x.head(j) == c.head && (j >= prep[0] || !x.is(j, "det", "amod", "compound", "nummod", "nmod:poss", "flat"))
		})
		rel := x.order(append(append(slices.Clone(c.rel), body...), prep...))
		return []extraction{{rel: rel, rule: "copula-of", head: c.head, args: [][]int{subj, x.nounSpan(k)}}}
	}
	return nil
}

func (x *sentence) atomicArgs(base extraction, c clause, depth int) []extraction {
	var out []extraction
	var obj []int
	add := func(rel []int, arg []int) {
		e := base
		e.rel = rel
		e.args = [][]int{base.args[0], arg}
		out = append(out, e)
	}
	if c.agent >= 0 {
		for _, a := range x.conjuncts(c.agent) {
			add(append(slices.Clone(base.rel), x.preposition(c.agent)...), x.shortSpan(a))
		}
	}
	for _, a := range c.args {
		if a.rel == "obj" || a.rel == "iobj" {
			for _, k := range x.conjuncts(a.head) {
				add(append(slices.Clone(base.rel), obj...), x.shortSpan(k))
			}
			obj = append(obj, x.nounSpan(a.head)...)
		}
	}
	for _, a := range c.args {
		if a.head == c.agent {
			continue
		}
		rel := append(slices.Clone(base.rel), obj...)
		switch {
		case a.rel == "xcomp" && depth < 3:
			out = append(out, x.atomicComplement(base, c, a, obj, depth)...)
		case a.rel == "ccomp":
			add(append(rel, a.prep...), x.clauseSpan(a.head))
		case strings.HasPrefix(a.rel, "obl"):
			for _, k := range x.conjuncts(a.head) {
				if len(a.prep) > 0 {
					add(append(slices.Clone(rel), a.prep...), x.shortSpan(k))
				} else {
					add(rel, x.shortSpan(k))
				}
			}
		}
	}
	return out
}

func (x *sentence) atomicComplement(base extraction, c clause, a argument, obj []int, depth int) []extraction {
	inner := x.clause(a.head)
	if x.upos(a.head) != "VERB" {
		e := base
		e.rel = append(append(slices.Clone(base.rel), obj...), a.prep...)
		e.args = [][]int{base.args[0], x.span(a.head, func(k int) bool { return x.head(k) == a.head && x.is(k, "mark", "case") })}
		return []extraction{e}
	}
	b := base
	b.rel = append(append(slices.Clone(base.rel), obj...), x.complementRelation(inner, a)...)
	return x.atomicArgs(b, inner, depth+1)
}

// nominals gives the tuples that no verb carries: appositions, titles, and possessives of relations.
func (x *sentence) nominals() []extraction {
	var out []extraction
	for i := range x.toks {
		switch {
		case x.is(i, "appos") && x.nominal(i) && x.nominal(x.head(i)):
			out = append(out, x.apposition(i)...)
		case x.toks[i].Deprel == "nmod:desc" && x.nominal(x.head(i)):
			out = append(out, extraction{before: "is", rule: "title", head: i, args: [][]int{x.nameSpan(x.head(i)), x.nounSpan(i)}})
		}
	}
	return out
}

func (x *sentence) apposition(i int) []extraction {
	h := x.head(i)
	left, right := x.shortSpan(h), x.nounSpan(i)
	left = slices.DeleteFunc(slices.Clone(left), func(k int) bool { return slices.Contains(right, k) })
	if x.upos(i) == "PROPN" && x.upos(h) == "NOUN" { // "the opposition leader, Svetlana X": the name is the subject
		left, right = right, left
	}
	return []extraction{{before: "is", rule: "appos", head: i, args: [][]int{x.trim(left), right}}}
}

// nameSpan is a name without its title.
func (x *sentence) nameSpan(i int) []int {
	return x.span(i, func(k int) bool {
		return x.head(k) == i && !x.is(k, "flat", "compound") || x.is(k, "acl", "appos", "conj", "cc", "parataxis")
	})
}

// tupleConfidence guesses how likely a tuple is right, from its construction, its length and the parse.
func (x *sentence) tupleConfidence(f extraction) float64 {
	p := map[string]float64{"svo": 0.8, "relcl": 0.72, "conj": 0.68, "appos": 0.6, "title": 0.75, "acl": 0.6, "advcl": 0.5, "xcomp": 0.55, "copula-of": 0.6}[f.rule]
	if p == 0 {
		p = 0.5
	}
	words := 0
	for _, a := range f.args {
		words += len(a)
	}
	p -= 0.004 * float64(words)
	if len(f.args) == 1 {
		p -= 0.3
	}
	p += 0.2 * (x.margin - 0.5)
	return min(max(p, 0.05), 0.99)
}
