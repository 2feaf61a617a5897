package claim

import (
	"slices"
	"strings"

	"newsgraph/ingest/when"
	"newsgraph/schema"
)

// time finds when the claim holds: a time expression of its clause, else of its noun ends, else of
// the clause that governs it.
func (v *view) time(c candidate, tense when.Tense) *schema.Time {
	for i, n := c.head, 0; i >= 0 && n < 4; n++ {
		if t := v.timeOf(i, tense); t != nil {
			if v.is(i, "acl") && v.ranked(v.head(i)) && strings.HasSuffix(t.Value, "/") {
				return nil // "the first to visit Tokyo since 2011" says when nobody did
			}
			return t
		}
		if t := v.whenOf(i); t != nil {
			return t
		}
		if n == 0 {
			for _, noun := range append([]int{c.obj.head, c.subj.head}, v.all(c.head, "obl")...) {
				if noun >= 0 && noun < v.real && v.is(noun, "ccomp") { // what is said has a time of its own
					continue
				}
				if t := v.timeOfNoun(noun, c.head, tense); t != nil {
					return t
				}
			}
		}
		if v.is(i, "conj") && v.head(i) >= 0 && v.sharesTime(i, v.head(i)) { // "On Sunday police broke up a rally and arrested two"
			i = v.head(i)
			continue
		}
		if !v.is(i, "xcomp", "advcl", "acl") || v.is(i, "acl:relcl") || v.is(i, "advcl") && v.elsewhen(i) {
			return nil
		}
		if _, says := v.cues.speaks(v.lemma(max(0, v.head(i)))); says {
			return nil
		}
		if i = v.head(i); i >= 0 && (v.toks[i].XPOS == "VBD" || v.toks[i].XPOS == "VBN" || v.nominal(i) && !v.dated[i]) {
			tense = when.Past // the time of "voted on Thursday to reject" is the vote's, that of "the decision in July to go" the decision's
		}
	}
	return nil
}

// whenOf is the time that a relative clause with "when" is about: "on Sunday, when 91 people died".
func (v *view) whenOf(i int) *schema.Time {
	if !v.is(i, "acl:relcl", "advcl", "advcl:relcl") {
		return nil
	}
	for _, k := range v.all(i, "advmod", "mark") {
		for _, e := range v.times {
			if v.form(k) == "when" && !e.Duration() && e.End <= k && k-e.End <= 1 {
				return v.resolve(e, when.Past)
			}
		}
	}
	return nil
}

// elsewhen is true of an adverbial clause that tells what happened at another time than the clause around it: "hours after
// soldiers had arrested him".
func (v *view) elsewhen(i int) bool {
	if m := v.kid(i, "mark", "case"); m >= 0 {
		switch v.form(m) {
		case "after", "before", "since", "until", "once":
			return true
		}
	}
	return v.ownTense(i) == pluperfect
}

// sharesTime is true of a conjunct that takes the time before the first verb: both tell what happened, in one tense.
func (v *view) sharesTime(i, first int) bool {
	if v.upos(i) != "VERB" || v.upos(first) != "VERB" || v.toks[i].XPOS != v.toks[first].XPOS {
		return false
	}
	for _, e := range v.times {
		if !e.Duration() && v.hangsOn(e, first) {
			return e.End <= first
		}
	}
	return false
}

// timeOf finds the time expression that depends on predicate i itself.
func (v *view) timeOf(i int, tense when.Tense) *schema.Time {
	for _, e := range v.times {
		if !e.Duration() && v.hangsOn(e, i) {
			return v.resolve(e, tense)
		}
	}
	return nil
}

// resolve is the time that an expression means, with its words.
func (v *view) resolve(e when.Expr, tense when.Tense) *schema.Time {
	t := e.Resolve(v.art.doc.Published, tense)
	t.Text = v.text(indexes(e.Start, e.End))
	return &t
}

// hangsOn reports whether the time expression depends on i with nothing between but itself. Its first word decides: parsers
// part "Peru's president from 2001 to 2006".
func (v *view) hangsOn(e when.Expr, i int) bool {
	for k := e.Start; k < e.End; k++ {
		if h := v.head(k); (h < e.Start || h >= e.End) && !v.is(k, "nmod:poss", "punct", "case", "mark") {
			return h == i
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
				return v.resolve(e, tense)
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

// anchors are the days that the sentences of an article speak of: the last one that a sentence, or one before
// it in its block, names in its main clause; empty for none.
func (a *article) anchors(views []*view) []string {
	out := make([]string, len(views))
	last, block := "", -1
	for n, v := range views {
		if b := a.block(v.start); b != block {
			last, block = "", b
		}
		switch day, ok := v.tells(); {
		case ok:
			last = day
		case v.movesOn(last):
			last = ""
		}
		out[n] = last
	}
	return out
}

// tells returns the day or days that the sentence's main clause names; ok is false when it names no time. A time
// that is longer than a week is no anchor for what follows, and takes away the one before.
func (v *view) tells() (day string, ok bool) {
	for _, e := range v.times {
		if e.Duration() || !v.ofMainClause(e) {
			continue
		}
		t := e.Resolve(v.art.doc.Published, when.Past)
		if t.Value == "" {
			continue
		}
		if ok = true; t.Precision != "day" && !strings.HasSuffix(strings.ToLower(v.toks[e.End-1].Form), "weekend") {
			return "", true
		}
		day = t.Value
	}
	return day, ok
}

// movesOn is true of a sentence that speaks, in whatever clause, of a day after the one the story was at.
func (v *view) movesOn(last string) bool {
	for _, e := range v.times {
		if !e.Duration() && last != "" {
			if t := e.Resolve(v.art.doc.Published, when.Past); t.Precision == "day" && t.Value > last {
				return true
			}
		}
	}
	return false
}

// ofMainClause is true of a time that hangs on the root of its sentence, on a verb joined to it, on one of their nouns, or on a
// clause with "who" that ends the sentence and so carries the story on.
func (v *view) ofMainClause(e when.Expr) bool {
	i := e.Start
	for n := 0; i >= e.Start && i < e.End && n <= e.End-e.Start; n++ {
		i = v.head(i)
	}
	for n := 0; i >= 0 && n < 6; i, n = v.head(i), n+1 {
		if v.predicate(i) || v.head(i) < 0 {
			for v.is(i, "conj") && v.head(i) >= 0 {
				i = v.head(i)
			}
			return (v.head(i) < 0 || v.is(i, "parataxis") || v.carriesOn(i)) && !v.plannedFor(i)
		}
	}
	return false
}

// plannedFor is true of "is planned for Thursday", "was scheduled for May".
func (x *sentence) plannedFor(i int) bool {
	switch x.lemma(i) {
	case "plan", "schedule", "slate", "pencil_in", "timetable":
	default:
		return false
	}
	if x.toks[i].XPOS != "VBN" || x.kid(i, "xcomp", "obj") >= 0 {
		return false
	}
	for _, k := range x.all(i, "obl") {
		if p := x.prepRole(x.preposition(k)); p == "for" || p == "on" || p == "in" {
			return true
		}
	}
	return false
}

// carriesOn is true of a relative clause with "who" after a comma that nothing but a full stop follows.
func (v *view) carriesOn(i int) bool {
	s := v.kid(i, "nsubj")
	if !v.is(i, "acl:relcl") || s < 1 || v.form(s) != "who" || v.form(s-1) != "," || v.ownTense(i) != past {
		return false
	}
	for k := v.real - 1; k > i; k-- {
		if v.upos(k) != "PUNCT" {
			return v.descends(k, i)
		}
	}
	return true
}

// inferred is the time of a claim whose words name none: what holds now, or has come about by now, is dated to the
// day of publication; what happened, to the day that the story is at, or the day of publication where news is told.
// Its Text is empty: no word of the article says it.
func (v *view) inferred(c candidate, out *schema.Claim) *schema.Time {
	published := v.art.doc.Published
	if len(published) < len("2006-01-02") || v.timeless(c, out) || v.afterwards(c.head) {
		return nil
	}
	today := &schema.Time{Value: published[:len("2006-01-02")], Precision: "day"}
	if c.noun && c.rule != "event-noun" { // an office
		if c.rule == "as" || out.Object.Entity != nil && v.bygone(c.head) {
			return nil
		}
		return today
	}
	switch v.tenseOf(c.head) {
	case present, perfect:
		return today
	case past:
		if anchor := v.art.anchor[v.index]; anchor != "" {
			return &schema.Time{Value: anchor, Precision: precisionOf(anchor)}
		}
		if v.news(c) {
			return today
		}
	}
	return nil
}

// bygone is true of an office that is held no more: "the former minister".
func (v *view) bygone(i int) bool {
	for _, k := range v.all(i, "amod", "advmod", "compound") {
		switch v.form(k) {
		case "former", "late", "ex", "ex-", "once", "formerly", "previous", "erstwhile", "onetime", "then":
			return true
		}
	}
	return false
}

// afterwards is true of what happened some time before or after another deed: "murdered two months later".
func (v *view) afterwards(i int) bool {
	for _, e := range v.times {
		if e.Duration() && e.End < len(v.toks) && v.hangsOnChain(e.Start, i) {
			switch v.form(e.End) {
			case "later", "earlier", "afterwards", "before":
				return true
			}
		}
	}
	return false
}

// hangsOnChain is true of a word below predicate i with no other predicate between.
func (v *view) hangsOnChain(k, i int) bool {
	for n := 0; k >= 0 && n < 5; n++ {
		if k = v.head(k); k == i {
			return true
		}
		if k >= 0 && v.predicate(k) {
			return false
		}
	}
	return false
}

func precisionOf(value string) string {
	if strings.Contains(value, "/") {
		return "interval"
	}
	return "day"
}

// timeless is true of what has no date of its own: what may be or never was, and what things are. A plan has one, the day of
// which the article tells it.
func (v *view) timeless(c candidate, out *schema.Claim) bool {
	if out.Factuality == schema.Possible || out.Factuality == schema.Negated && v.tenseOf(c.head) == past {
		return true
	}
	if !c.noun || c.rule == "event-noun" {
		return false
	}
	return v.local(c.subj.entity).Type != "Person" && c.predicate != "belongs_to" // an office is held at a time, a place lies where it lies
}

// news is true of the past of what the article reports as new: an act of speech, or anything told in its first blocks.
func (v *view) news(c candidate) bool {
	head := c.head
	for v.is(head, "advcl", "xcomp") && !v.finite(head) && v.ownTense(head) == noTense { // "condemned him for negotiating"
		head = v.head(head)
	}
	if _, says := v.cues.speaks(v.lemma(head)); says && !c.noun {
		return true
	}
	if len(v.times) > 0 {
		return false // the sentence speaks of another time
	}
	if p, ok := v.vocabulary.Predicate(c.predicate); ok && p.Event != "" && v.ownTense(head) == past {
		return true
	}
	return v.art.block(v.start) < newsBlocks
}

// newsBlocks is how many blocks of an article (its headline and lead) tell its news rather than what came before.
const newsBlocks = 4

// tense is that of a clause's first verb.
type tense uint8

const (
	noTense tense = iota
	present
	perfect
	past
	pluperfect
)

// tenseOf reads the tense of predicate i, or of the clause that it hangs on when it is not finite; a noun takes
// the tense of the clause around it.
func (v *view) tenseOf(i int) tense {
	for n := 0; i >= 0 && n < len(v.toks); n++ {
		if v.predicate(i) {
			if t := v.ownTense(i); t != noTense {
				return t
			}
		}
		i = v.head(i)
	}
	return present // a title, a caption without a verb
}

func (v *view) ownTense(i int) tense {
	verbs := append(v.all(i, "aux", "cop"), i)
	slices.Sort(verbs)
	has := func(x string) bool {
		return slices.ContainsFunc(verbs, func(k int) bool { return v.toks[k].XPOS == x })
	}
	for _, k := range verbs {
		finite := v.toks[k].XPOS
		have := v.lemma(k) == "have" && k != i && has("VBN")
		switch {
		case finite == "VBD" && have:
			return pluperfect
		case (finite == "VBZ" || finite == "VBP") && have:
			return perfect
		case finite == "VBZ" || finite == "VBP" || finite == "MD":
			return present
		case finite == "VBD":
			return past
		}
	}
	return noTense
}
