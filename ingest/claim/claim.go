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
	weight    float64      // how much to trust the rule
	time      *schema.Time // set where the construction itself tells it
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
	a.anchor = a.anchors(views)
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
	v.times = slices.DeleteFunc(when.Find(words), v.inName) // "the June 5 Movement"
	v.dated = make([]bool, len(words))
	for _, e := range v.times {
		for i := e.Start; i < e.End; i++ {
			v.dated[i] = true
		}
	}
	v.addGroups()
	return v
}

// inName is true of words that look like a time and are part of a name.
func (v *view) inName(e when.Expr) bool {
	m := v.art.ents.Find(v.index, e.Start)
	if m < 0 {
		return false
	}
	x := &v.art.ents.Mentions[m]
	return x.Kind == entity.Name && x.Start <= e.Start && e.End <= x.End && x.End-x.Start > e.End-e.Start
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
	c = v.eachOther(c)
	st := v.status(c.head)
	slots := v.slots(c, 0)
	var found []schema.Match
	taken := map[[2]int]bool{}
	main := map[[2]int]bool{}
	for _, kl := range v.frameKeys(c) {
		for _, m := range v.vocabulary.Match(schema.Clause{Kind: kl[0], Lemma: kl[1], Slots: slots}) {
			if pair := [2]int{m.X, m.Y}; (m.Beside || !main[pair]) && !v.adjunct(m) {
				taken[pair] = true
				main[pair] = main[pair] || !m.Beside
				found = append(found, m)
			}
		}
	}
	var out []candidate
	for _, m := range found {
		if !v.outdone(m, found, c.head) {
			out = append(out, v.canonical(m, c, st))
		}
	}
	out = append(out, v.atRequest(c, st)...)
	return append(out, v.open(c, st, taken)...)
}

// outdone is true of a match whose object another match looks into: who freezes the assets of a firm does not
// also suspend "assets of a firm".
func (v *view) outdone(m schema.Match, found []schema.Match, head int) bool {
	if e := v.actor(m.Y); e >= 0 && v.local(e).Named || v.descends(head, m.Y) { // "the firm whose assets it froze"
		return false
	}
	return slices.ContainsFunc(found, func(o schema.Match) bool {
		return o.X == m.X && o.Y != m.Y && (v.descends(o.Y, m.Y) || v.whose(m.Y) && v.descends(head, o.Y)) && !v.coordinated(o.Y, m.Y)
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
	case len(v.preposition(c.head)) > 0: // "is in charge of", "was at war with"
		return [][2]string{{"verb", "be"}}
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
	if k := v.kid(c.head, "xcomp"); k >= 0 && v.upos(k) == "ADJ" && slices.ContainsFunc(v.kids[k], v.negator) { // "pleaded not guilty to fraud"
		st.flags = slices.Clone(st.flags)
		st.flag(schema.Negated)
	}
	if !m.Cued {
		return st
	}
	if x, ok := v.cues.governs("V", c.lemma, "obj"); ok {
		st.flags = slices.Clone(st.flags)
		st.flag(x.effect)
		if s := v.source(c.head, x); s != noSource && (x.effect == schema.Alleged || x.effect == schema.Reported) {
			st.sources = append(slices.Clone(st.sources), s) // who claims victory says so
		}
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
	if prep := v.preposition(c.head); c.cop >= 0 && len(prep) > 0 && v.nominal(c.head) { // "is in charge of"
		toks = append(append(toks, prep...), c.head)
	}
	for n := range ends {
		ends[n] = v.exampleOf(ends[n])
	}
	if o := v.kid(c.head, "obj"); len(ends) == 2 && v.coordinated(ends[0], ends[1]) && v.descends(ends[1], c.subj) && (o < 0 || v.kid(o, "fixed") < 0) {
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

// claim names the ends of a candidate and reads its circumstances; ok is false for what is no claim.
func (v *view) claim(c candidate) (schema.Claim, bool) {
	if c.subj.entity < 0 || c.predicate == "" || c.obj.entity < 0 && strings.TrimSpace(c.obj.literal) == "" {
		return schema.Claim{}, false
	}
	if v.spelt(c.subj.head) || v.spelt(c.obj.head) {
		return schema.Claim{}, false // each of the two has a claim of its own
	}
	if s, o := c.subj.head, c.obj.head; c.rule != "including" && s >= 0 && o >= 0 && s != o && (v.exampleOf(s) == o || v.exampleOf(o) == s) {
		return schema.Claim{}, false // what five countries do they do not do with one of them
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
	if c.status.has(schema.Planned) && !c.status.has(schema.Attempted) || v.aheadOf(c.head) || v.dueTo(c.head) || v.plannedFor(c.head) {
		tense = when.Future
	}
	out.Time = c.time
	if out.Time == nil {
		out.Time = v.time(c, tense)
	}
	if out.Time == nil {
		out.Time = v.inferred(c, &out)
	}
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

// dueTo is true of "are due to vote", "is set to open": the time is that of what is to come.
func (v *view) dueTo(i int) bool {
	cue, ok := v.verbCue(i, "xcomp")
	return ok && v.upos(i) == "ADJ" && cue.effect == schema.Planned && v.kid(i, "xcomp") >= 0
}

// judge fills factuality, flags and attribution.
func (v *view) judge(out *schema.Claim, c candidate) {
	st := c.status
	for _, end := range []party{c.subj, c.obj} {
		if end.head >= 0 && v.is(end.head, "conj") && slices.ContainsFunc(v.kids[end.head], func(k int) bool { return v.negator(k) || v.instead(k) }) { // "and not with the people"
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
