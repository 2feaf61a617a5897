package claim

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"newsgraph/ingest/entity"
	"newsgraph/ingest/when"
	"newsgraph/nlp"
	"newsgraph/schema"
)

// candidate is a claim before its ends are named and its circumstances read.
type candidate struct {
	subj, obj party
	predicate string
	event     string
	relation  string
	head      int // the word whose status and time hold
	noun      bool
	status    status
	rule      string
	weight    float64 // how much to trust the rule
	literal   bool
}

// Extract gives the claims of one article. Entity IDs are those of ents; evidence is the sentence;
// the same claim found twice is one with two pieces of evidence. Order: by first evidence.
func (e *Extractor) Extract(doc schema.Document, sents []nlp.Sentence, ents *entity.Doc) []schema.Claim {
	a := &article{Extractor: e, doc: doc, text: []rune(doc.Text), ents: ents}
	a.quotes = findQuotes(a.text, doc.Blocks)
	views := make([]*view, len(sents))
	for n := range sents {
		views[n] = a.view(&sents[n], n)
	}
	a.findSpeakers(sents, views)
	var out []schema.Claim
	at := map[string]int{}
	for _, v := range views {
		for _, c := range v.candidates() {
			claim, ok := v.claim(c)
			if !ok {
				continue
			}
			key := claim.Key()
			if n, dup := at[key]; dup {
				merge(&out[n], claim)
				continue
			}
			at[key] = len(out)
			claim.ID = key
			out = append(out, claim)
		}
	}
	return out
}

// merge adds the evidence of the same claim found again.
func merge(into *schema.Claim, c schema.Claim) {
	for _, e := range c.Evidence {
		if !slices.Contains(into.Evidence, e) {
			into.Evidence = append(into.Evidence, e)
		}
	}
	if c.Confidence > into.Confidence {
		into.Confidence, into.Relation, into.Rule = c.Confidence, c.Relation, c.Rule
	}
	if into.Place == nil {
		into.Place = c.Place
	}
	if len(into.Quantities) == 0 {
		into.Quantities = c.Quantities
	}
}

func (a *article) view(s *nlp.Sentence, n int) *view {
	v := &view{sentence: a.sentence(s), art: a, index: n, start: s.Start, end: s.End}
	words := make([]string, len(s.Tokens))
	for i, t := range s.Tokens {
		words[i] = t.Form
	}
	v.times = when.Find(words)
	v.dated = make([]bool, len(words))
	for _, e := range v.times {
		for i := e.Start; i < e.End; i++ {
			v.dated[i] = true
		}
	}
	v.addGroups()
	return v
}

// candidates lists what a sentence claims: by its verbs, then by its nouns.
func (v *view) candidates() []candidate {
	var out []candidate
	for _, c := range v.clauses() {
		out = append(out, v.ofClause(c)...)
	}
	out = append(out, v.ofNouns()...)
	return append(out, v.implications(out)...)
}

// ofClause gives the canonical claims that frames find in a clause, then open ones for the pairs of
// subject and argument that no frame knows.
func (v *view) ofClause(c clause) []candidate {
	st := v.status(c.head)
	slots := v.slots(c, 0)
	var found []schema.Match
	taken := map[[2]int]bool{}
	for _, kl := range v.frameKeys(c) {
		for _, m := range v.vocabulary.Match(schema.Clause{Kind: kl[0], Lemma: kl[1], Slots: slots}) {
			if !taken[[2]int{m.X, m.Y}] && !v.adjunct(m) {
				taken[[2]int{m.X, m.Y}] = true
				found = append(found, m)
			}
		}
	}
	var out []candidate
	for _, m := range found {
		if !v.outdone(m, found) {
			out = append(out, v.canonical(m, c, st))
		}
	}
	return append(out, v.open(c, st, taken)...)
}

// outdone is true of a match whose object another match looks into: who freezes the assets of a firm does not
// also suspend "assets of a firm".
func (v *view) outdone(m schema.Match, found []schema.Match) bool {
	if e := v.actor(m.Y); e >= 0 && v.local(e).Named {
		return false
	}
	return slices.ContainsFunc(found, func(o schema.Match) bool {
		return o.X == m.X && o.Y != m.Y && v.descends(o.Y, m.Y) && !v.coordinated(o.Y, m.Y)
	})
}

// frameKeys are the kinds and lemmas under which a clause may be known.
func (v *view) frameKeys(c clause) [][2]string {
	switch {
	case c.cop < 0:
		keys := [][2]string{{"verb", c.lemma}}
		if plain := v.lemma(c.head); plain != c.lemma {
			keys = append(keys, [2]string{"verb", plain})
		}
		return keys
	case v.adjective(c.head):
		return [][2]string{{"adj", v.lemma(c.head)}}
	}
	return nil // nominal predicates are read with the other nouns
}

// takesTime reports whether a predicate can have a date or a length of time as its object.
func (v *view) takesTime(predicate string) bool {
	p, _ := v.vocabulary.Predicate(predicate)
	return slices.Contains(p.Range, "Value") && !slices.Contains(p.Range, "Agent") // "detains 300" is no date
}

// adjunct is true of a match whose object is only when or where it happened: "took part in a rally in Minsk" is no
// taking part in Minsk.
func (v *view) adjunct(m schema.Match) bool {
	if v.dated[m.Y] && !v.takesTime(m.Predicate) {
		return true
	}
	if !v.isPlace(m.Y) || !placePreposition(v.prepRole(v.preposition(m.Y))) {
		return false
	}
	p, _ := v.vocabulary.Predicate(m.Predicate)
	for _, c := range p.Range {
		if v.vocabulary.IsA(c, "Place") || v.vocabulary.IsA(c, "Agent") && c != "Person" {
			return false
		}
	}
	return true
}

func (v *view) canonical(m schema.Match, c clause, st status) candidate {
	p, _ := v.vocabulary.Predicate(m.Predicate)
	return candidate{
		subj: v.subjectParty(m.X), obj: v.party(m.Y), predicate: m.Predicate, event: p.Event,
		relation: v.relationText(c, m.X, m.Y), head: c.head, status: v.doubted(c, m, st), rule: c.rule, weight: 0.86,
	}
}

// doubted adds what the verb does to its object noun where the frame reads the claim out of that noun:
// who refuses talks with Seoul does not talk with Seoul.
func (v *view) doubted(c clause, m schema.Match, st status) status {
	if !m.Cued {
		return st
	}
	if x, ok := v.cues.governs("V", c.lemma, "obj"); ok {
		st.flags = slices.Clone(st.flags)
		st.flag(x.effect)
	}
	return st
}

// relationText is the words of the article that link the ends: the verb phrase, and the words between
// the verb and an end that hangs deeper ("would provide a loan to").
func (v *view) relationText(c clause, ends ...int) string {
	var toks []int
	suffix := ""
	if o := v.kid(c.head, "obj"); o >= 0 && !c.passive && !v.relative(o) && !slices.ContainsFunc(ends, func(y int) bool { return v.descends(y, o) }) {
		toks = append(toks, v.span(o, func(k int) bool { // "imposed economic sanctions on"
			return v.head(k) == o && !v.is(k, "det", "amod", "compound", "nummod", "fixed")
		})...)
	}
	if len(ends) == 2 && v.coordinated(ends[0], ends[1]) && v.descends(ends[1], c.subj) {
		suffix = " with" // "Xi and Biden held a summit"
	}
	for _, y := range ends {
		if y == c.subj || v.descends(c.subj, y) || v.crossesClause(c.head, y) {
			continue
		}
		toks = append(toks, v.between(c.head, y)...)
		if v.toks[y].Deprel == "nmod:poss" || v.is(y, "amod", "compound") {
			suffix = " of"
		}
	}
	return v.phrase(c.rel, toks) + suffix
}

// crossesClause is true of an end that stands in a clause below the predicate: its words tell another deed.
func (v *view) crossesClause(head, y int) bool {
	for i, n := v.head(y), 0; i >= 0 && i != head && n < 6; i, n = v.head(i), n+1 {
		if v.upos(i) == "VERB" {
			return true
		}
	}
	return false
}

// phrase writes the verb phrase and then the words that follow it, wherever the sentence has them.
func (v *view) phrase(rel, after []int) string {
	after = slices.DeleteFunc(v.order(after), func(k int) bool { return slices.Contains(rel, k) })
	return strings.TrimSpace(v.text(v.order(slices.Clone(rel))) + " " + v.text(after))
}

// between collects the words that tie y to the predicate: its preposition, and the nouns it hangs on.
func (v *view) between(head, y int) []int {
	toks := slices.Clone(v.preposition(y))
	own := len(toks) > 0
	for i, n := v.head(y), 0; i >= 0 && i != head && n < 6; i, n = v.head(i), n+1 {
		if v.is(y, "conj") && i == v.head(y) { // a conjunct shares the first one's preposition
			if !own {
				toks = append(toks, v.preposition(i)...)
			}
			continue
		}
		toks = append(toks, v.preposition(i)...)
		toks = append(toks, v.span(i, func(k int) bool {
			return v.head(k) == i && !v.is(k, "det", "amod", "compound", "mark", "aux", "nummod", "fixed") || v.descends(y, k)
		})...)
	}
	return toks
}

// open gives a claim for each subject and argument that no frame has claimed, named by the words.
func (v *view) open(c clause, st status, taken map[[2]int]bool) []candidate {
	if c.subj < 0 {
		return v.subjectless(c, st, taken)
	}
	var out []candidate
	for _, s := range v.members(c.subj) {
		subj := v.party(s)
		if subj.entity < 0 || v.dated[s] {
			continue
		}
		out = append(out, v.openArgs(c, subj, st, taken)...)
	}
	return out
}

func (v *view) openArgs(c clause, subj party, st status, taken map[[2]int]bool) []candidate {
	if c.cop >= 0 {
		return v.openCopula(c, subj, st)
	}
	var out []candidate
	base := v.openName(c)
	object := ""
	if c.agent >= 0 {
		for _, k := range v.conjuncts(c.agent) {
			if !taken[[2]int{k, subj.head}] {
				out = append(out, v.openClaim(c, v.party(k), subj, snake(c.lemma), v.text(c.rel)+" by", st))
			}
		}
	}
	for _, a := range c.args {
		if a.rel != "obj" && a.rel != "iobj" {
			continue
		}
		for _, k := range v.conjuncts(a.head) {
			if !v.pairTaken(taken, subj.head, k) && !v.lightObject(k, taken) {
				out = append(out, v.openClaim(c, subj, v.party(k), base, v.relationText(c, k), st))
			}
			out = append(out, v.lifted(c, subj, k, base, st, taken)...)
		}
		if a.rel == "obj" {
			object = v.lemma(a.head)
		}
	}
	out = append(out, v.openComplement(c, subj, st)...)
	for _, a := range c.args {
		out = append(out, v.openOblique(c, a, subj, base, object, st, taken)...)
	}
	out = append(out, v.undertakings(c, subj, st)...)
	out = append(out, v.speech(c, subj, st)...)
	if len(out) > 0 || len(taken) > 0 || v.hasContent(c.head) {
		return out
	}
	if out = v.onlyDated(c, subj, st); len(out) == 0 {
		out = v.onlyCounted(c, subj, st)
	}
	return out
}

// onlyCounted gives a clause that has nothing but a number to say of its subject ("At least 23 people were
// killed") that number as its object.
func (v *view) onlyCounted(c clause, subj party, st status) []candidate {
	if subj.head < 0 || subj.head >= v.real || v.upos(c.head) != "VERB" {
		return nil
	}
	q := v.quantities(subj.head)
	if len(q) == 0 || q[0].Unit == "" {
		return nil
	}
	o := party{entity: -1, literal: q[0].Text, head: subj.head}
	return []candidate{v.openClaim(c, subj, o, v.openName(c), v.text(c.rel), st)}
}

// hasContent is true of a predicate with a complement clause or a purpose: that says more of it than its date.
func (v *view) hasContent(i int) bool {
	for _, k := range v.all(i, "xcomp", "ccomp", "advcl") {
		if m := v.kid(k, "mark"); !v.is(k, "advcl") || m >= 0 && v.form(m) == "to" {
			return true
		}
	}
	return false
}

// onlyDated gives a clause that has nothing but a time to say of its subject ("was arrested in June") that time as
// its object.
func (v *view) onlyDated(c clause, subj party, st status) []candidate {
	for _, a := range c.args {
		if e, ok := v.timeAt(a.head); ok && !e.Duration() && strings.HasPrefix(a.rel, "obl") {
			o := party{entity: -1, literal: v.text(indexes(e.Start, e.End)), head: a.head}
			return []candidate{v.openClaim(c, subj, o, snake(v.openName(c), strings.TrimSuffix(a.role, "bare")), v.phrase(c.rel, a.prep), st)}
		}
	}
	return nil
}

// openComplement gives what somebody becomes, remains or is made: "became its chief executive", "elected him
// president".
func (v *view) openComplement(c clause, subj party, st status) []candidate {
	for _, a := range c.args {
		if a.rel != "xcomp" || a.role != "comp" {
			continue
		}
		who := subj
		predicate, relation := snake(c.lemma), v.phrase(c.rel, a.prep)
		if o := v.kid(c.head, "obj"); o >= 0 {
			st = v.called(c, st)
			who = v.party(o)
			predicate, relation = snake("be", v.toks[c.head].Form), "was "+v.toks[c.head].Form
			if who.entity < 0 {
				return nil
			}
		}
		o := party{entity: -1, literal: v.text(v.dropDeterminer(v.span(a.head, func(k int) bool { return v.head(k) == a.head && v.is(k, "case", "mark", "obl", "advcl") }))), head: a.head}
		return []candidate{v.openClaim(c, who, o, predicate, relation, st)}
	}
	return nil
}

// called is the status of what somebody is called: the one who calls him so vouches for it.
func (v *view) called(c clause, st status) status {
	x, ok := v.cues.governs("V", c.lemma, "pred")
	if !ok || x.effect == schema.Asserted {
		return st
	}
	st.flags, st.sources = slices.Clone(st.flags), slices.Clone(st.sources)
	st.flag(x.effect)
	if s := v.source(c.head, x); s != noSource {
		st.sources = append(st.sources, s)
	}
	return st
}

// undertakings gives what somebody offers, plans or tries to do as a claim of its own, with the deed as
// its words: the offer is a fact where the deed is not.
func (v *view) undertakings(c clause, subj party, st status) []candidate {
	cue, ok := v.verbCue(c.head, "xcomp")
	if !ok || c.passive || cue.effect == schema.Asserted || cue.effect == schema.Negated || v.kid(c.head, "obj") >= 0 {
		return nil
	}
	for _, a := range c.args {
		if a.rel != "xcomp" || v.upos(a.head) != "VERB" {
			continue
		}
		o := party{entity: -1, literal: v.text(v.span(a.head, nil)), head: a.head}
		x := v.openClaim(c, subj, o, snake(c.lemma), v.text(c.rel), st)
		x.rule = "undertaking"
		return []candidate{x}
	}
	return nil
}

// pairTaken reports whether a frame has claimed this pair or anything below the argument.
func (v *view) pairTaken(taken map[[2]int]bool, s, o int) bool {
	for p := range taken {
		if p[0] == s && (p[1] == o || v.descends(p[1], o)) || p[1] == s && (p[0] == o || v.descends(p[0], o)) {
			return true
		}
	}
	return false
}

// lightObject is true of an object that a frame has read as part of the relation ("take part in").
func (v *view) lightObject(k int, taken map[[2]int]bool) bool {
	if len(taken) == 0 {
		return false
	}
	e := v.actor(k)
	return e < 0 || !v.local(e).Named
}

// openName is the open predicate of a clause: the lemma, with the governing infinitive chain in front
// ("offer_to_restructure") and "be" for a passive.
func (v *view) openName(c clause) string {
	if c.passive {
		return snake("be", v.toks[c.head].Form)
	}
	return snake(c.lemma)
}

func (v *view) openClaim(c clause, s, o party, predicate, relation string, st status) candidate {
	return candidate{subj: s, obj: o, predicate: predicate, relation: relation, head: c.head, status: st, rule: c.rule, weight: 0.7}
}

func (v *view) openOblique(c clause, a argument, subj party, base, object string, st status, taken map[[2]int]bool) []candidate {
	if !strings.HasPrefix(a.rel, "obl") || a.head == c.agent || len(a.prep) == 0 || v.dated[a.head] || v.upos(a.head) == "ADV" {
		return nil
	}
	if v.isPlace(a.head) && (a.head < c.head || v.kid(c.head, "ccomp") >= 0) {
		return nil // "In Geneva she said": where, not what
	}
	if object != "" && v.isPlace(a.head) && placePreposition(a.role) {
		if o := v.kid(c.head, "obj"); o >= 0 && v.party(o).entity >= 0 {
			return nil // told by the claim's place
		}
	}
	var out []candidate
	for _, k := range v.conjuncts(a.head) {
		if !v.pairTaken(taken, subj.head, k) {
			o := v.party(k)
			if object != "" && o.entity < 0 {
				continue
			}
			out = append(out, v.openClaim(c, subj, o, snake(base, object, a.role), v.relationOblique(c, a), st))
		}
		out = append(out, v.lifted(c, subj, k, snake(base, object, a.role), st, taken)...)
	}
	return out
}

func (v *view) relationOblique(c clause, a argument) string {
	var toks []int
	for _, o := range c.args {
		if o.rel == "obj" && o.head < a.head {
			toks = append(toks, v.shortSpan(o.head)...)
		}
	}
	return v.phrase(c.rel, append(toks, a.prep...))
}

func placePreposition(role string) bool {
	switch role {
	case "in", "at", "near", "outside", "inside", "around", "across", "throughout":
		return true
	}
	return false
}

// lifted gives the claim about the owner of an argument that is no agent itself: who begs for the
// Kremlin's support begs for support of the Kremlin.
func (v *view) lifted(c clause, subj party, k int, base string, st status, taken map[[2]int]bool) []candidate {
	if e := v.actor(k); e >= 0 && (v.local(e).Named || v.vocabulary.IsA(v.local(e).Type, "Agent")) {
		return nil
	}
	return v.owners(c, subj, v.nounSlots(k, 0), snake(base, v.lemma(k)), st, taken, 0)
}

// owners follows "support of", "integration with" from noun to noun until an entity that acts is reached.
func (v *view) owners(c clause, subj party, slots []schema.Slot, base string, st status, taken map[[2]int]bool, depth int) []candidate {
	var out []candidate
	for _, s := range slots {
		role := s.Role
		switch role {
		case "poss", "demonym":
			role = "of"
		case "of", "from", "with", "on", "for", "against", "between", "to", "over", "in":
		default:
			continue
		}
		o := v.party(s.Ref)
		if v.dated[s.Ref] || o.entity == subj.entity && o.entity >= 0 || taken[[2]int{subj.head, s.Ref}] || role == "in" && v.isPlace(s.Ref) {
			continue
		}
		named := o.entity >= 0 && (v.local(o.entity).Named || v.vocabulary.IsA(o.class, "Agent"))
		if !named {
			if depth == 0 {
				out = append(out, v.owners(c, subj, s.Slots, snake(base, role, s.Head), st, taken, 1)...)
			}
			if o.entity < 0 {
				continue
			}
		}
		x := v.openClaim(c, subj, o, snake(base, role), v.relationText(c, s.Ref), st)
		x.weight = 0.6 - 0.08*float64(depth)
		out = append(out, x)
	}
	return out
}

// members are the conjuncts of a subject or, of a group that is spelt out ("Three women - A, B and C -
// were"), the names.
func (v *view) members(i int) []int {
	out := v.conjuncts(i)
	if v.upos(i) != "NOUN" {
		return out
	}
	for _, k := range v.all(i, "appos") {
		if names := v.conjuncts(k); len(names) > 1 && v.upos(k) == "PROPN" {
			return append(out, names...)
		}
	}
	return out
}

// openCopula gives the claims of "X is Y": the description itself, and its complement.
func (v *view) openCopula(c clause, subj party, st status) []candidate {
	var out []candidate
	if v.adjective(c.head) {
		for _, a := range v.obliques(c) {
			if len(a.prep) == 0 || v.dated[a.head] {
				continue
			}
			o := v.party(a.head)
			rel := v.phrase(append(slices.Clone(c.rel), c.head), a.prep)
			out = append(out, v.openClaim(c, subj, o, snake("be", v.lemma(c.head), a.role), rel, st))
		}
	}
	if _, ok := v.infinitiveOf(c); ok && v.adjective(c.head) {
		return out // "is ready to help": the help is the claim
	}
	words := v.predicateNominal(c.head)
	o := party{entity: -1, literal: v.text(v.dropDeterminer(words)), head: c.head}
	rel := slices.DeleteFunc(slices.Clone(c.rel), func(k int) bool { return k == c.head || v.is(k, "advmod") && !v.negator(k) })
	x := v.openClaim(c, subj, o, "is", v.text(rel), st)
	if prep := v.preposition(c.head); len(prep) > 0 { // "were at the forefront of"
		x.obj = v.party(c.head)
		if x.obj.entity < 0 {
			x.obj.literal = v.text(v.dropDeterminer(words))
		}
		x.predicate = snake("be", v.prepRole(prep))
		x.relation = v.phrase(rel, prep)
		if x.obj.entity < 0 {
			c.rel = append(rel, prep...)
			out = append(out, v.owners(c, subj, v.nounSlots(c.head, 0), snake(x.predicate, v.lemma(c.head)), st, nil, 0)...)
		}
	}
	return append(out, x)
}

// speech gives the act of saying as a claim of its own, with what is said as its words.
func (v *view) speech(c clause, subj party, st status) []candidate {
	cue, ok := v.cues.speaks(v.lemma(c.head))
	if !ok || c.passive {
		return nil
	}
	for _, a := range c.args {
		if a.rel != "ccomp" {
			continue
		}
		predicate := snake(c.lemma)
		if cue.effect == schema.Reported {
			predicate = "says"
		}
		o := party{entity: -1, literal: v.text(v.clauseSpan(a.head)), head: a.head}
		x := v.openClaim(c, subj, o, predicate, v.text(c.rel), st)
		x.rule = "speech"
		x.weight = 0.85
		return []candidate{x}
	}
	return nil
}

// subjectless reads a transitive clause whose actor the sentence leaves out ("an attempt to deport her
// to Ukraine") as what befalls its object: nobody is made up to have done it.
func (v *view) subjectless(c clause, st status, taken map[[2]int]bool) []candidate {
	obj := -1
	for _, a := range c.args {
		if a.rel == "obj" {
			obj = a.head
		}
	}
	if obj < 0 || c.cop >= 0 || v.upos(c.head) != "VERB" {
		return nil
	}
	subj := v.party(obj)
	if subj.entity < 0 {
		return nil
	}
	var out []candidate
	for _, a := range c.args {
		if strings.HasPrefix(a.rel, "obl") && len(a.prep) > 0 && !v.dated[a.head] {
			for _, k := range v.conjuncts(a.head) {
				if o := v.party(k); o.entity >= 0 && !taken[[2]int{obj, k}] {
					out = append(out, v.openClaim(c, subj, o, snake("be", pastParticiple(v.lemma(c.head)), a.role), v.text(v.order(append(slices.Clone(c.rel), a.prep...))), st))
				}
			}
		}
	}
	return out
}

// pastParticiple forms the regular participle: open predicates only need one name for one thing.
func pastParticiple(lemma string) string {
	switch {
	case strings.HasSuffix(lemma, "e"):
		return lemma + "d"
	case strings.HasSuffix(lemma, "y") && len(lemma) > 1 && !strings.ContainsRune("aeiou", rune(lemma[len(lemma)-2])):
		return lemma[:len(lemma)-1] + "ied"
	}
	return lemma + "ed"
}

// claim names the ends of a candidate and reads its circumstances; ok is false for what is no claim.
func (v *view) claim(c candidate) (schema.Claim, bool) {
	if c.subj.entity < 0 || c.predicate == "" || c.obj.entity < 0 && strings.TrimSpace(c.obj.literal) == "" {
		return schema.Claim{}, false
	}
	if c.obj.entity == c.subj.entity || c.subj.head >= 0 && c.obj.head >= 0 && v.sameGroup(c.subj.head, c.obj.head) {
		return schema.Claim{}, false
	}
	out := schema.Claim{
		Subject: v.local(c.subj.entity).Entity, Predicate: c.predicate, Relation: c.relation, Event: c.event, Rule: c.rule,
	}
	if c.obj.entity >= 0 {
		e := v.local(c.obj.entity).Entity
		out.Object.Entity = &e
	} else {
		if out.Object.Literal = tidy(c.obj.literal); out.Object.Literal == "" {
			return schema.Claim{}, false
		}
	}
	v.judge(&out, c)
	tense := when.Past
	if c.status.has(schema.Planned) || v.aheadOf(c.head) {
		tense = when.Future
	}
	out.Time = v.time(c, tense)
	out.Place = v.place(c)
	out.Quantities = v.amounts(c)
	out.Confidence = v.confidence(c, out)
	out.Evidence = []schema.Evidence{v.evidence()}
	return out, true
}

// tidy makes the words of a literal fit to stand alone: no mark without its partner at an end, no quotation
// marks around the whole.
func tidy(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) })
	for _, pair := range []string{"‘’", "“”", `""`, "''", "()"} {
		r := []rune(pair)
		inner, ok := strings.CutPrefix(s, string(r[0]))
		closed := strings.HasSuffix(s, string(r[1]))
		switch {
		case ok && closed && !strings.ContainsAny(strings.TrimSuffix(inner, string(r[1])), pair):
			return tidy(strings.TrimSuffix(inner, string(r[1])))
		case ok && !strings.ContainsRune(inner, r[1]):
			return tidy(inner)
		case closed && r[0] != r[1] && !strings.ContainsRune(s, r[0]):
			s = strings.TrimSuffix(s, string(r[1]))
		}
	}
	return s
}

// aheadOf is true of "could cut", "must leave": what may still come, unlike "could have cut".
func (v *view) aheadOf(i int) bool {
	modal := false
	for _, k := range v.all(i, "aux") {
		if v.lemma(k) == "have" {
			return false
		}
		modal = modal || v.toks[k].XPOS == "MD"
	}
	return modal
}

// judge fills factuality, flags and attribution.
func (v *view) judge(out *schema.Claim, c candidate) {
	st := c.status
	for _, end := range []party{c.subj, c.obj} {
		if end.head >= 0 && v.is(end.head, "conj") && slices.ContainsFunc(v.kids[end.head], v.negator) { // "and not with the people"
			st.flags = slices.Clone(st.flags)
			st.flag(schema.Negated)
		}
	}
	for _, s := range st.sources {
		if e := v.actor(s); e >= 0 && v.canSpeak(e) {
			v.attribute(out, e)
		}
	}
	if q := v.art.quoteAt(v.toks[c.head].Start); q >= 0 && len(st.sources) == 0 {
		st.flag(schema.Reported)
		v.attribute(out, v.art.quotes[q].speaker)
	}
	slices.Sort(st.flags)
	out.Flags = st.flags
	out.Factuality = schema.Furthest(st.flags...)
	out.Event = eventOf(out.Event, out.Factuality)
}

// eventOf is the PLOVER event of a claim: to plan to help or to meet is to agree, to plan to give way is to
// concede.
func eventOf(event string, f schema.Factuality) string {
	if f != schema.Planned {
		return event
	}
	switch event {
	case "CONSULT", "SUPPORT", "COOPERATE", "AID":
		return "AGREE"
	case "RETREAT":
		return "CONCEDE"
	}
	return event
}

// canSpeak tells who can vouch for something from things that merely suggest it.
func (v *view) canSpeak(e int) bool {
	l := v.local(e)
	return l.Type == "" || l.Named || v.vocabulary.IsA(l.Type, "Agent") || v.vocabulary.IsA(l.Type, "Document")
}

func (v *view) attribute(out *schema.Claim, e int) {
	if e < 0 {
		return
	}
	who := v.local(e).Entity
	for _, a := range out.Attribution {
		if a.ID == who.ID {
			return
		}
	}
	out.Attribution = append(out.Attribution, who)
}

func (v *view) evidence() schema.Evidence {
	start, end := max(0, v.start), min(v.end, len(v.art.text))
	return schema.Evidence{Document: v.art.doc.ID, Start: start, End: end, Quote: string(v.art.text[start:end])}
}

// time finds when the claim holds: a time expression of its clause, else of its noun ends, else of
// the clause that governs it.
func (v *view) time(c candidate, tense when.Tense) *schema.Time {
	for i, n := c.head, 0; i >= 0 && n < 4; n++ {
		if t := v.timeOf(i, tense); t != nil {
			return t
		}
		if n == 0 {
			for _, noun := range append([]int{c.obj.head, c.subj.head}, v.all(c.head, "obl")...) {
				if t := v.timeOfNoun(noun, c.head, tense); t != nil {
					return t
				}
			}
		}
		if !v.is(i, "xcomp", "advcl", "acl") || v.is(i, "acl:relcl") {
			return nil
		}
		if _, says := v.cues.speaks(v.lemma(max(0, v.head(i)))); says {
			return nil
		}
		if i = v.head(i); i >= 0 && (v.toks[i].XPOS == "VBD" || v.toks[i].XPOS == "VBN") {
			tense = when.Past // the time of "voted on Thursday to reject" is the vote's
		}
	}
	return nil
}

// timeOf finds the time expression that depends on predicate i itself.
func (v *view) timeOf(i int, tense when.Tense) *schema.Time {
	for _, e := range v.times {
		if !e.Duration() && v.hangsOn(e, i) {
			t := e.Resolve(v.art.doc.Published, tense)
			t.Text = v.text(indexes(e.Start, e.End))
			return &t
		}
	}
	return nil
}

// hangsOn reports whether the time expression depends on i with nothing between but itself.
func (v *view) hangsOn(e when.Expr, i int) bool {
	for k := e.Start; k < e.End; k++ {
		h := v.head(k)
		if h == i && (h < e.Start || h >= e.End) && !v.is(k, "nmod:poss", "punct", "case", "mark") {
			return true
		}
	}
	return false
}

func (v *view) timeOfNoun(i, head int, tense when.Tense) *schema.Time {
	if i < 0 || i == head || i >= len(v.toks) {
		return nil
	}
	for _, e := range v.times {
		for k := e.Start; k < e.End && !e.Duration(); k++ {
			if v.head(k) == i && (i < e.Start || i >= e.End) && !v.is(k, "punct", "case") && v.prepRole(v.preposition(k)) != "of" {
				t := e.Resolve(v.art.doc.Published, tense)
				t.Text = v.text(indexes(e.Start, e.End))
				return &t
			}
		}
	}
	return nil
}

func indexes(start, end int) []int {
	out := make([]int, 0, end-start)
	for i := start; i < end; i++ {
		out = append(out, i)
	}
	return out
}

// place finds where the claim holds: a place in a locative phrase of its clause.
func (v *view) place(c candidate) *schema.Entity {
	for _, i := range append(slices.Clone(v.kids[c.head]), v.kids[max(0, c.obj.head)]...) {
		if !v.is(i, "obl", "nmod") || !placePreposition(v.prepRole(v.preposition(i))) || !v.isPlace(i) {
			continue
		}
		e := v.art.ents.At(v.index, i)
		if e != c.subj.entity && e != c.obj.entity {
			out := v.local(e).Entity
			return &out
		}
	}
	return nil
}

// amounts reads the quantities of the ends and of the object of the clause.
func (v *view) amounts(c candidate) []schema.Quantity {
	heads := []int{}
	add := func(i int) {
		if i >= 0 && !slices.Contains(heads, i) {
			heads = append(heads, i)
		}
	}
	if !c.noun {
		add(v.kid(c.head, "obj"))
		for _, k := range v.all(c.head, "obl") {
			if e, ok := v.timeAt(k); ok && e.Duration() {
				add(k)
			}
		}
	}
	for _, p := range []party{c.obj, c.subj} {
		if p.head >= 0 && v.head(p.head) != -1 && v.nominal(p.head) {
			add(p.head)
		}
	}
	var out []schema.Quantity
	for _, h := range heads {
		for _, q := range v.quantities(h) {
			if !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Unit != "" && out[j].Unit == "" })
	return out
}

// confidence guesses how likely the claim is right, from the rule, the parse, how its ends were found
// and how far the article stands from it.
func (v *view) confidence(c candidate, out schema.Claim) float64 {
	p := c.weight * map[string]float64{"svo": 1, "speech": 1, "relcl": 0.93, "conj": 0.92, "title": 1, "appos": 0.97, "acl": 0.9, "xcomp": 0.9, "advcl": 0.85}[c.rule]
	if p == 0 {
		p = c.weight * 0.85
	}
	for _, end := range []party{c.subj, c.obj} {
		if end.entity >= 0 && end.head >= 0 && v.upos(end.head) == "PRON" {
			p *= 0.85
		}
		if end.entity >= 0 && !v.local(end.entity).Named {
			p *= 0.93
		}
	}
	if n := v.end - v.start; n > 180 {
		p *= 0.95
	}
	p *= 0.85 + 0.15*v.margin
	return float64(int(p*1000)) / 1000
}
