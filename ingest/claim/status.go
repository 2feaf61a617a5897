package claim

import (
	"slices"

	"newsgraph/schema"
)

// status is how far what a predicate says is from a fact, and who says it.
type status struct {
	flags   []schema.Factuality // without Asserted
	sources []int               // heads of the sources, the nearest to the article first; -1 for one outside the sentence
	quoted  bool                // inside quotation marks
}

func (s *status) flag(f schema.Factuality) {
	if f != schema.Asserted && !slices.Contains(s.flags, f) {
		s.flags = append(s.flags, f)
	}
}

func (s status) has(f schema.Factuality) bool { return slices.Contains(s.flags, f) }

// with adds the flags and sources of an outer clause.
func (s status) with(outer status) status {
	for _, f := range outer.flags {
		s.flag(f)
	}
	s.sources = append(slices.Clone(outer.sources), s.sources...)
	return s
}

// voice keeps of an outer clause's status only whose voice it is: that it is reported or alleged.
func (s status) voice() status {
	out := status{sources: s.sources}
	for _, f := range s.flags {
		if f == schema.Reported || f == schema.Alleged {
			out.flag(f)
		}
	}
	return out
}

// modals say what an auxiliary does to its clause; "would" depends on whether somebody is speaking.
var modals = map[string]schema.Factuality{
	"may": schema.Possible, "might": schema.Possible, "could": schema.Possible, "can": schema.Possible, "must": schema.Possible,
	"should": schema.Possible, "ought": schema.Possible, "will": schema.Planned, "wo": schema.Planned, "'ll": schema.Planned, "’ll": schema.Planned,
	"shall": schema.Planned, "would": schema.Possible, "'d": schema.Asserted, "need": schema.Possible,
}

// status judges predicate i by its own words and by every clause that governs it.
func (x *sentence) status(i int) status { return x.statusAt(i, 0) }

func (x *sentence) statusAt(i, depth int) status {
	st := x.own(i)
	if depth > 12 {
		return st
	}
	if s, ok := x.according(i); ok {
		st.flag(schema.Reported)
		st.sources = append([]int{s}, st.sources...)
	}
	if s, c, ok := x.postposed(i); ok {
		st.flag(c.effect)
		st.sources = append(s, st.sources...)
		x.future(i, &st)
	}
	g := x.head(i)
	if g < 0 {
		return st
	}
	return x.climb(i, g, st, depth)
}

// own reads the predicate's auxiliaries, negation and adverbs.
func (x *sentence) own(i int) status {
	var st status
	for _, k := range x.kids[i] {
		switch {
		case x.is(k, "aux"):
			if f, ok := modals[x.form(k)]; ok {
				st.flag(f)
			}
		case x.negator(k) && x.notOnly(k):
		case x.is(k, "advmod") && x.form(k) == "longer" && k > 0 && x.form(k-1) == "no": // "no longer recommends"
			st.flag(schema.Negated)
		case x.negator(k), x.is(k, "cc", "cc:preconj", "advmod") && (x.form(k) == "neither" || x.form(k) == "nor"):
			st.flag(schema.Negated)
		case x.instead(k):
			st.flag(schema.Negated)
		case x.is(k, "advcl") && x.conditional(k):
			st.flag(schema.Possible)
		case x.is(k, "advmod", "obl", "parataxis", "discourse"):
			if c, ok := x.cues.governs("ADV", x.lemma(k), "-"); ok {
				st.flag(c.effect)
			}
		case x.is(k, "det") && x.lemma(k) == "no" && x.kid(i, "cop") >= 0: // "is no relation of the minister's"
			st.flag(schema.Negated)
		case x.is(k, "nsubj", "obj"):
			if x.negativeDeterminer(k) {
				st.flag(schema.Negated)
			}
		}
	}
	if m := x.kid(i, "mark"); m > 0 && x.form(m) == "to" && x.form(m-1) == "yet" { // "has yet to publish"
		st.flag(schema.Negated)
	}
	for _, m := range x.all(i, "mark") {
		if x.form(m) == "whether" {
			st.flag(schema.Possible)
		}
	}
	if x.beTo(i) || x.plannedFor(i) {
		st.flag(schema.Planned)
	}
	if x.question && x.head(i) < 0 {
		st.flag(schema.Possible)
	}
	if x.conditional(i) || x.inverted(i) {
		st.flag(schema.Possible)
	}
	return st
}

// notOnly is true of "not" in "not merely", "not just": what follows holds.
func (x *sentence) notOnly(k int) bool {
	if k+1 >= len(x.toks) {
		return false
	}
	switch x.form(k + 1) {
	case "merely", "only", "just", "simply", "solely":
		return true
	}
	return false
}

// negativeDeterminer is true of "no troops", "none of them", "neither side", "neither Oslo nor Bergen", "nobody".
func (x *sentence) negativeDeterminer(k int) bool {
	switch x.lemma(k) {
	case "nobody", "nothing", "none", "no-one":
		return true
	}
	for _, d := range x.all(k, "det", "cc:preconj") {
		if x.lemma(d) == "no" || x.lemma(d) == "neither" {
			return true
		}
	}
	return false
}

// conditional is true of a clause under "if", "unless", "provided that" or inverted "should".
func (x *sentence) conditional(i int) bool {
	if !x.is(i, "advcl") {
		return false
	}
	for _, m := range x.all(i, "mark", "advmod") {
		if m > 0 && x.form(m-1) == "even" { // "even if" grants, it does not suppose
			continue
		}
		if c, ok := x.cues.governs("MARK", x.lemma(m), "-"); ok && c.effect == schema.Possible {
			return true
		}
	}
	return false
}

// inverted is true of a condition without a conjunction: "Had Russia attacked, NATO would have helped".
func (x *sentence) inverted(i int) bool {
	if g := x.head(i); g >= 0 && x.is(i, "xcomp") && x.form(g) == "had" && x.kid(g, "nsubj") < 0 && (g == 0 || x.upos(g-1) == "PUNCT") {
		return true // the same, "had" read as the verb
	}
	s := x.kid(i, "nsubj")
	if s < 0 || x.question {
		return false
	}
	for _, k := range x.all(i, "aux", "cop") {
		switch x.form(k) {
		case "had", "were", "should":
			return k < s && (k == 0 || x.upos(k-1) == "PUNCT")
		}
	}
	return false
}

// beTo is true of "was to buy", "are to meet": what is arranged.
func (x *sentence) beTo(i int) bool {
	m := x.kid(i, "mark")
	if m < 1 || x.form(m) != "to" {
		return false
	}
	b := m - 1
	return x.lemma(b) == "be" && (x.head(b) == i || x.head(i) == b)
}

// climb lets the governor g of predicate i act on what i says.
func (x *sentence) climb(i, g int, st status, depth int) status {
	switch {
	case x.is(i, "conj"):
		return x.climbConj(i, g, st, depth)
	case x.is(i, "advcl", "acl:relcl") && x.thatClause(i) && (x.upos(g) == "VERB" || x.upos(g) == "ADJ"):
		return x.governed(i, g, "ccomp", st, depth)
	case x.is(i, "acl:relcl") && x.thatClause(i):
		return x.climbNoun(i, g, st, depth)
	case x.is(i, "advcl:relcl", "acl:relcl") && x.toks[g].XPOS == "WRB" && x.head(g) >= 0: // "described how"
		return x.governed(i, x.head(g), "ccomp", st, depth)
	case x.is(i, "ccomp", "xcomp", "csubj"):
		return x.governed(i, g, x.base(i), st, depth)
	case x.is(i, "advcl"):
		return x.climbAdverbial(i, g, st, depth)
	case x.is(i, "acl:relcl") && (x.aside(i, g) || x.ofSource(g) || x.answered(i)):
		return st
	case x.is(i, "acl:relcl", "appos"):
		return st.with(x.around(g, depth+1))
	case x.is(i, "acl"):
		return x.climbNoun(i, g, st, depth)
	case x.is(i, "parataxis"):
		return x.climbParataxis(i, g, st, depth)
	}
	return st.with(x.enclosing(g, depth+1).voice())
}

// thatClause reports whether i is a content clause that the parser took for something else: it begins with
// the conjunction "that".
func (x *sentence) thatClause(i int) bool {
	m := x.kid(i, "mark")
	return m >= 0 && x.form(m) == "that"
}

// clauseOf is the predicate of the clause that word i stands in, -1 for none.
func (x *sentence) clauseOf(i int) int {
	for n := 0; i >= 0 && n < len(x.toks); n++ {
		if x.predicate(i) {
			return i
		}
		i = x.head(i)
	}
	return -1
}

// enclosing is the status of the clause that word i stands in.
func (x *sentence) enclosing(i, depth int) status {
	if p := x.clauseOf(i); p >= 0 {
		return x.statusAt(p, depth)
	}
	return status{}
}

// around is what the clause that word i stands in passes on to a clause or noun that describes i: who speaks, but not
// the clause's own doubt ("Ruto, who was elected in 2022, has allegedly ordered it").
func (x *sentence) around(i, depth int) status {
	p := x.clauseOf(i)
	if p < 0 {
		return status{}
	}
	out := x.statusAt(p, depth).voice()
	if len(out.sources) == 0 && x.own(p).has(schema.Alleged) {
		return dropped(out, schema.Alleged)
	}
	return out
}

// aside is true of a relative clause between commas before the verb of the noun that it describes, outside of quotation marks: what
// it tells is the article's own ("judges found that Bashir, who seized power in 1989, was to blame").
func (x *sentence) aside(i, g int) bool {
	p := x.clauseOf(g)
	if p <= i || !x.is(g, "nsubj") || x.head(g) != p {
		return false
	}
	span := x.span(i, nil)
	first, last := span[0], span[len(span)-1]
	return first > 0 && x.form(first-1) == "," && last+1 < x.real && x.form(last+1) == "," && !x.inQuotes(i)
}

// answered is true of "which they deny": that they do is the article's own, whoever charges them.
func (x *sentence) answered(i int) bool {
	if !denying[x.lemma(i)] {
		return false
	}
	o := x.kid(i, "obj")
	return o > 0 && x.form(o) == "which" && x.form(o-1) == ","
}

// ofSource is true of a word in "according to aides of Ban": what is told of a source is not what the source says.
func (x *sentence) ofSource(g int) bool {
	for n := 0; g >= 0 && n < len(x.toks) && !x.predicate(g); g, n = x.head(g), n+1 {
		if x.tree.according(g) {
			return true
		}
	}
	return false
}

// inQuotes is true of a word behind an odd number of quotation marks.
func (x *sentence) inQuotes(i int) bool {
	n := 0
	for k := range i {
		switch x.toks[k].Form {
		case "\"", "“", "”", "``", "''":
			n++
		}
	}
	return n%2 == 1
}

// climbConj gives a conjunct what governs the first verb, and its modal where they share one.
func (x *sentence) climbConj(i, g int, st status, depth int) status {
	if !x.predicate(g) {
		return st.with(x.enclosing(g, depth+1).voice())
	}
	outer := x.statusAt(g, depth+1)
	if x.conditional(g) {
		st.flag(schema.Possible)
	}
	if x.kid(i, "nsubj") >= 0 || x.finite(i) {
		first := x.own(g)
		out := status{sources: outer.sources}
		for _, f := range outer.flags {
			if !first.has(f) || f == schema.Reported || f == schema.Alleged {
				out.flag(f)
			}
		}
		return st.with(out)
	}
	return st.with(outer)
}

// governed applies what verb g does to its complement i.
func (x *sentence) governed(i, g int, slot string, st status, depth int) status {
	outer := x.statusAt(g, depth+1)
	c, ok := x.verbCue(g, slot)
	if !ok || x.byVote(i, g) {
		if slot == "xcomp" {
			return st.with(outer)
		}
		return st.with(outer.voice())
	}
	if slot != "xcomp" && x.grounds(g) {
		c = cue{schema.Alleged, "none"}
	}
	st.flag(c.effect)
	if c.effect == schema.Reported || c.effect == schema.Alleged {
		x.future(i, &st)
	}
	st.sources = append(x.sources(g, c), st.sources...)
	if outer.has(schema.Negated) && c.effect != schema.Negated {
		// "did not say that": nobody vouches; "did not manage to": it did not happen.
		if c.effect == schema.Asserted && factive[x.lemma(g)] {
			return st.with(outer.voice()) // "fails to recognise that he died": he did
		}
		if c.source == "none" && (c.effect == schema.Asserted || c.effect == schema.Planned || (slot == "xcomp" || slot == "csubj") && enabling[x.lemma(g)]) {
			st.flag(schema.Negated)
		} else {
			st.flag(schema.Possible)
		}
	}
	if slot == "xcomp" {
		return st.with(dropped(outer, schema.Negated))
	}
	return st.with(outer.voice())
}

// enabling adjectives and verbs say that something can be done; without what they say it is not done.
var enabling = map[string]bool{"possible": true, "able": true, "free": true, "allowed": true, "permitted": true, "eligible": true, "entitled": true,
	"capable": true, "allow": true, "permit": true, "enable": true, "let": true, "authorise": true, "authorize": true}

// grounds is true of the verb of "grounds to believe", "reason to suspect": what follows is held against somebody.
func (x *sentence) grounds(g int) bool {
	n := x.head(g)
	if n < 0 || !x.is(g, "acl") || x.kid(g, "mark") < 0 || !believing[x.lemma(g)] {
		return false
	}
	switch x.lemma(n) {
	case "ground", "reason", "cause", "basis", "evidence":
		return true
	}
	return false
}

var believing = map[string]bool{"believe": true, "suspect": true, "think": true, "conclude": true, "assume": true, "suppose": true, "fear": true}

// factive verbs take what they are about for true, whether they are denied or not.
var factive = map[string]bool{"recognise": true, "recognize": true, "realise": true, "realize": true, "know": true, "notice": true, "forget": true,
	"remember": true, "regret": true, "mention": true, "disclose": true, "understand": true, "appreciate": true, "acknowledge": true}

// votedDeeds are what a vote itself does; other things it decides are still to come ("voted to leave the union").
var votedDeeds = map[string]bool{"reject": true, "approve": true, "adopt": true, "pass": true, "back": true, "endorse": true, "ratify": true, "repeal": true,
	"oust": true, "impeach": true, "censure": true, "acquit": true, "elect": true, "expel": true, "dismiss": true, "confirm": true, "condemn": true}

// byVote is true of a deed that is done when it is voted for: "voted to reject the draft".
func (x *sentence) byVote(i, g int) bool { return x.lemma(g) == "vote" && votedDeeds[x.lemma(i)] }

func dropped(s status, f schema.Factuality) status {
	s.flags = slices.DeleteFunc(slices.Clone(s.flags), func(g schema.Factuality) bool { return g == f })
	return s
}

// verbCue finds the cue of the predicate g for a slot, with its particle or its copula's adjective.
func (x *sentence) verbCue(g int, slot string) (cue, bool) {
	lemma := x.lemma(g)
	if quotes(lemma) && slot == "ccomp" {
		return cue{schema.Reported, "subj"}, true
	}
	if p := x.particle(g); p >= 0 {
		if c, ok := x.cues.governs("V", lemma+"_"+x.lemma(p), slot); ok {
			return c, ok
		}
	}
	pos := "V"
	switch x.upos(g) {
	case "ADJ":
		pos = "ADJ"
	case "NOUN":
		pos = "N"
	}
	if c, ok := x.cues.governs(pos, lemma, slot); ok {
		return c, ok
	}
	if x.toks[g].XPOS == "VBN" && x.passiveVoice(g) { // "is set to visit", as parsers have it
		if c, ok := x.cues.governs("ADJ", x.form(g), slot); ok {
			return c, ok
		}
	}
	other := map[string]string{"ccomp": "xcomp", "xcomp": "ccomp", "csubj": "ccomp"}[slot]
	if c, ok := x.cues.governs(pos, lemma, other); ok && other != "" && c.effect != schema.Asserted {
		return c, ok
	}
	return cue{}, false
}

// future turns the "would" of reported speech into a plan, but for what hangs on a condition.
func (x *sentence) future(i int, st *status) {
	if slices.ContainsFunc(x.kids[i], x.conditional) {
		return
	}
	for _, k := range append(slices.Clone(x.kids[i]), x.sharedAux(i)...) {
		if x.is(k, "aux") && (x.lemma(k) == "would" || x.form(k) == "would") {
			st.flags = slices.DeleteFunc(st.flags, func(f schema.Factuality) bool { return f == schema.Possible })
			st.flag(schema.Planned)
		}
	}
}

const noSource = -2

// source finds who vouches for the content of verb g.
func (x *sentence) source(g int, c cue) int {
	switch c.source {
	case "subj":
		s, passive, _ := x.subject(g, 0)
		if passive {
			s = x.agentOf(g)
		}
		if s < 0 {
			return noSource
		}
		return s
	case "obj":
		if o := x.kid(g, "obj", "nsubj:pass"); o >= 0 {
			return x.antecedent(o)
		}
	}
	return noSource
}

// sources are those who vouch for the content of verb g, the nearest to the article first: who quotes
// somebody as saying stands before who is quoted.
func (x *sentence) sources(g int, c cue) []int {
	var out []int
	if s := x.source(g, c); s != noSource {
		out = append(out, s)
	}
	if quotes(x.lemma(g)) && c.source == "subj" {
		if o := x.kid(g, "obj"); o >= 0 {
			out = append(out, x.antecedent(o))
		}
	}
	for _, k := range x.all(g, "advcl") { // "said ..., citing the ministry"
		if o := x.kid(k, "obj"); o >= 0 && quotes(x.lemma(k)) && x.toks[k].XPOS == "VBG" {
			out = append(out, x.antecedent(o))
		}
	}
	return out
}

// quotes is true of verbs whose object is a further source ("RIA quoted the ministry as saying").
func quotes(lemma string) bool { return lemma == "quote" || lemma == "cite" }

func (x *sentence) agentOf(g int) int {
	if a := x.kid(g, "obl:agent"); a >= 0 {
		return a
	}
	return x.byAgent(g)
}

func (x *sentence) climbAdverbial(i, g int, st status, depth int) status {
	m := x.kid(i, "mark", "case")
	slot := "advcl"
	if m >= 0 {
		slot = x.form(m)
		if c, ok := x.cues.governs("MARK", x.lemma(m), "-"); ok {
			st.flag(c.effect)
		}
	}
	if _, ok := x.verbCue(g, slot); ok && slot != "to" && x.predicate(g) && !(slot == "as" && quotes(x.lemma(g))) {
		return x.governed(i, g, slot, st, depth)
	}
	if slot == "as" && quotes(x.lemma(g)) { // the content hangs on "saying", whose subject is the object
		if s, _, _ := x.subject(g, 0); s >= 0 {
			st.flag(schema.Reported)
			st.sources = append([]int{s}, st.sources...)
		}
	}
	if slot == "to" && !x.finite(i) && !x.byVote(i, g) { // a purpose
		st.flag(schema.Planned)
	}
	if slot == "until" || slot == "before" || slot == "once" { // "will fight until they are free": not yet
		if p := x.clauseOf(g); p >= 0 {
			for _, f := range x.statusAt(p, depth+1).flags {
				if f == schema.Planned || f == schema.Possible {
					st.flag(f)
				}
			}
		}
	}
	return st.with(x.enclosing(g, depth+1).voice())
}

// climbNoun applies what noun g does to the clause i that fills it: "an attempt to", "the claim that".
func (x *sentence) climbNoun(i, g int, st status, depth int) status {
	outer := x.enclosing(g, depth+1)
	slot := "acl"
	if m := x.kid(i, "mark", "case"); m >= 0 && x.form(m) != "to" && x.form(m) != "that" {
		slot = x.form(m)
	}
	c, ok := x.cues.governs("N", x.lemma(g), slot)
	if !ok {
		c, ok = x.cues.governs("N", x.lemma(g), "acl")
	}
	if h := x.head(g); !ok && h >= 0 && x.is(g, "nmod", "obl") && x.thatClause(i) { // "claims by the opposition that"
		c, ok = x.cues.governs("N", x.lemma(h), "acl")
	}
	infinitive := x.kid(i, "mark") >= 0 && x.form(x.kid(i, "mark")) == "to"
	switch {
	case ok:
		st.flag(c.effect)
		if c.effect == schema.Alleged || c.effect == schema.Reported {
			if p := x.kid(g, "nmod:poss"); p >= 0 {
				st.sources = append([]int{x.antecedent(p)}, st.sources...)
			}
		}
	case infinitive && x.ranked(g): // "the first leader to visit Tokyo" has been there, unless he will be the first
		return st.with(outer)
	case infinitive:
		st.flag(schema.Planned)
	}
	if x.negativeDeterminer(g) || infinitive && outer.has(schema.Negated) {
		st.flag(schema.Negated)
	}
	return st.with(outer.voice())
}

// instead is true of the "rather than" before what is not done: "resigned rather than sign".
func (x *sentence) instead(k int) bool {
	return x.is(k, "cc", "mark", "case") && x.form(k) == "rather" && k+1 < len(x.toks) && x.form(k+1) == "than"
}

// ranked is true of a noun that an ordinal or a superlative ranks: "the first leader", "the only country", "the youngest".
func (x *sentence) ranked(i int) bool {
	for _, k := range append([]int{i}, x.all(i, "amod")...) {
		switch x.form(k) {
		case "first", "second", "third", "fourth", "fifth", "last", "latest", "only", "sole":
			return true
		}
		if x.toks[k].XPOS == "JJS" {
			return true
		}
	}
	return false
}

// climbParataxis joins a clause that stands loosely beside another: the comment is the article's own,
// unless the other is a verb of saying without a content of its own.
func (x *sentence) climbParataxis(i, g int, st status, depth int) status {
	if !x.predicate(g) {
		return st
	}
	c, ok := x.cues.speaks(x.lemma(g))
	if ok && x.kid(g, "ccomp") < 0 && x.kid(g, "nsubj") >= 0 {
		st.flag(c.effect)
		x.future(i, &st)
		st.sources = append(x.sources(g, c), st.sources...)
		return st.with(x.statusAt(g, depth+1).voice())
	}
	if _, says := x.cues.speaks(x.lemma(i)); says {
		return st
	}
	return st.with(x.statusAt(g, depth+1).voice())
}

// postposed finds the verb of saying that follows or splits what it reports ("Turnout was 84%, officials said").
func (x *sentence) postposed(i int) (sources []int, c cue, ok bool) {
	for _, k := range x.all(i, "parataxis") {
		c, ok := x.cues.speaks(x.lemma(k))
		if !ok || x.kid(k, "ccomp") >= 0 || k < i && x.kid(k, "nsubj") < 0 || x.own(k).has(schema.Negated) || x.ofItsOwn(k) {
			continue
		}
		if s := x.sources(k, c); len(s) > 0 {
			return s, c, true
		}
	}
	for _, k := range x.all(i, "advcl") {
		m := x.kid(k, "mark")
		c, ok := x.cues.speaks(x.lemma(k))
		if ok && m >= 0 && x.form(m) == "as" && x.kid(k, "ccomp", "obj") < 0 && !quotes(x.lemma(i)) {
			if s := x.sources(k, c); len(s) > 0 {
				return s, c, true
			}
		}
	}
	return nil, cue{}, false
}

// ofItsOwn is true of a verb of saying behind a semicolon that has an object: "the UN counts 300,000; Sudan says 10,000".
func (x *sentence) ofItsOwn(k int) bool {
	if x.kid(k, "obj") < 0 {
		return false
	}
	span := x.span(k, nil)
	return len(span) > 0 && span[0] > 0 && x.form(span[0]-1) == ";"
}

// according finds the source that "according to X" names for clause i, wherever in the clause it hangs.
func (x *sentence) according(i int) (int, bool) {
	for k := range x.toks {
		if !x.tree.according(k) || x.descends(i, k) || !x.within(k, i) && !x.ofAll(k) {
			continue
		}
		if o := x.kid(k, "obj"); o >= 0 && x.upos(k) == "VERB" { // "state-run television" read as a clause
			return o, true
		}
		return k, true
	}
	return 0, false
}

// ofAll is true of an "according to X" that ends the sentence after a comma: all that it says is X's.
func (x *sentence) ofAll(k int) bool {
	span := x.span(k, nil)
	if len(span) == 0 {
		return false
	}
	first, last := span[0], span[len(span)-1]
	for last++; last < x.real && x.upos(last) == "PUNCT"; {
		last++
	}
	return first > 0 && x.form(first-1) == "," && last >= x.real
}

// within reports whether clause i is the nearest predicate above word k.
func (x *sentence) within(k, i int) bool {
	for j, n := x.head(k), 0; j >= 0 && n < len(x.toks); j, n = x.head(j), n+1 {
		if j == i {
			return true
		}
		if x.predicate(j) {
			return false
		}
	}
	return false
}
