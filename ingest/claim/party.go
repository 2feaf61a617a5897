package claim

import (
	"slices"
	"strings"
	"unicode"

	"newsgraph/ingest/entity"
	"newsgraph/ingest/when"
	"newsgraph/schema"
)

// article is one document under extraction.
type article struct {
	*Extractor
	doc    schema.Document
	text   []rune
	ents   *entity.Doc
	quotes []quotation
	anchor []string // by sentence: see anchors
	// together are those who were named in one breath, in the order of the text, up to the sentence in hand.
	together []company
}

// view is a sentence in its article.
type view struct {
	*sentence
	art   *article
	index int
	start int // code points
	end   int
	times []when.Expr
	dated []bool // token lies in a time expression
	// virtual are the entities that the tokens after the sentence's own stand for.
	virtual []int
}

// party is what fills an end of a claim.
type party struct {
	entity  int // index into the document's entities, -1 for a literal
	literal string
	class   string
	head    int
}

// timeAt returns the time expression that token i heads or lies in.
func (v *view) timeAt(i int) (when.Expr, bool) {
	for _, e := range v.times {
		if i >= e.Start && i < e.End {
			return e, true
		}
	}
	return when.Expr{}, false
}

// actor resolves token i to an entity as one that acts; place as one where things happen.
// A modifier inside an unnamed phrase ("opposition" in "opposition leader") is not what the phrase means: -1.
func (v *view) actor(i int) int {
	if i >= v.real {
		return v.virtual[i-v.real]
	}
	if v.lemma(i) == "one" || v.lemma(i) == "two" { // "arrested one of them, Ann Lee"
		of, k := v.kid(i, "nmod"), v.kid(i, "appos")
		if k < 0 && of >= 0 {
			k = v.kid(of, "appos")
		}
		if k > i && of >= 0 && v.upos(k) == "PROPN" {
			i = k
		}
	}
	m := v.art.ents.Find(v.index, i)
	if m < 0 {
		return -1
	}
	x := &v.art.ents.Mentions[m]
	switch {
	case x.Kind == entity.Nominal && x.Head != i:
		return -1
	case x.Kind == entity.Nominal:
		if e := v.besideName(i, x.Actor); e >= 0 {
			return e
		}
	}
	return x.Actor
}

// besideName is the named entity that noun phrase i means because they stand in apposition ("Kanu, the party that ...", "a
// spokesman, Nouhoum Togo, said"), -1 for none; e is what the phrase alone means.
func (v *view) besideName(i, e int) int {
	if e >= 0 && (v.local(e).Named || v.local(e).Plural) || v.toks[i].XPOS == "NNS" {
		return -1
	}
	near := -1
	if h := v.head(i); v.is(i, "appos") && h >= 0 {
		near = h
	} else if k := v.kid(i, "appos"); k > i {
		near = k
	}
	if near < 0 || v.upos(near) != "PROPN" || len(v.preposition(near)) > 0 && v.is(near, "appos") || len(v.preposition(i)) > 0 && v.is(i, "appos") || v.kid(near, "conj") >= 0 {
		return -1
	}
	m := v.art.ents.Find(v.index, near)
	if m < 0 || v.art.ents.Mentions[m].Kind != entity.Name {
		return -1
	}
	n := v.art.ents.Mentions[m].Actor
	if n < 0 || e >= 0 && !v.vocabulary.IsA(v.local(n).Type, v.local(e).Type) && !v.vocabulary.IsA(v.local(e).Type, v.local(n).Type) && v.local(e).Type != "" && v.local(n).Type != "" {
		return -1
	}
	return n
}

func (v *view) local(e int) *entity.Local { return &v.art.ents.Entities[e] }

// class is the class of what token i means: "Value" for amounts and dates, empty when not known.
func (v *view) class(i int) string {
	if v.dated[i] {
		return "Value"
	}
	if v.upos(i) == "NOUN" && v.amountOf(i) {
		return "Value"
	}
	if e := v.actor(i); e >= 0 {
		return v.local(e).Type
	}
	if v.upos(i) == "NUM" || v.upos(i) == "SYM" {
		return "Value"
	}
	return ""
}

// isPlace reports whether i names a place where things happen.
func (v *view) isPlace(i int) bool {
	e := v.art.ents.At(v.index, i)
	return e >= 0 && v.vocabulary.IsA(v.local(e).Type, "Place")
}

// entityClasses are the classes whose unnamed members are entities of the graph rather than words.
var entityClasses = []string{"Agent", "Place", "Event", "Document", "Agreement"}

// party resolves an argument: a name or a thing of the graph to its entity, anything else to its words.
func (v *view) party(i int) party {
	p := party{entity: -1, head: i}
	if v.dated[i] {
		p.literal, p.class = v.text(v.shortSpan(i)), "Value"
		return p
	}
	if e := v.actor(i); e >= 0 && v.standsAlone(e) && !v.asRole(i) {
		p.entity, p.class = e, v.local(e).Type
		return p
	}
	if v.upos(i) == "PRON" {
		return p
	}
	span := v.coreSpan(i)
	if v.asRole(i) {
		span = v.trim(slices.DeleteFunc(v.shortSpan(i), func(k int) bool { return v.dated[k] || v.is(k, "case") && v.dated[max(0, v.head(k))] }))
	}
	p.literal = v.text(v.dropDeterminer(span))
	return p
}

// asRole is true of what somebody is: "resigned as Peru's foreign minister" says an office, not whom.
func (v *view) asRole(i int) bool {
	if !v.is(i, "obl") || v.upos(i) != "NOUN" || v.prepRole(v.preposition(i)) != "as" {
		return false
	}
	return v.vocabulary.IsA(v.class(i), "Person")
}

// coreSpan is the words of a noun phrase less what only sets its scene: "hundreds of allegations of torture", not
// "amid the crackdown". The claim's time and place tell that.
func (v *view) coreSpan(i int) []int {
	full := v.nounSpan(i)
	return v.trim(slices.DeleteFunc(slices.Clone(full), func(k int) bool {
		for j := k; j != i && j >= 0; j = v.head(j) {
			if v.head(j) == i && v.is(j, "conj", "cc") && v.listed(i) || v.is(j, "advcl") || v.is(j, "nmod", "obl") && v.toks[j].Deprel != "nmod:poss" && scenic[v.prepRole(v.preposition(j))] || v.is(j, "nmod:unmarked") && v.dated[j] {
				return true
			}
		}
		return false
	}))
}

// listed is true of the first of three things or more, each of which is told by itself: "fraud, theft and perjury".
func (v *view) listed(i int) bool { return len(v.tree.conjuncts(i)) > 2 }

// scenic prepositions set the scene of a noun rather than say what it is.
var scenic = map[string]bool{
	"amid": true, "amidst": true, "during": true, "after": true, "before": true, "since": true, "despite": true, "in": true, "at": true, "as": true,
	"until": true, "including": true, "such_as": true, "among_them": true, "following": true, "under": true, "while": true, "throughout": true, "near": true, "ahead_of": true, "because_of": true,
}

// exampleOf is the noun of which k, or what k is joined to, is an example; k itself where it is none.
func (v *view) exampleOf(k int) int {
	first := k
	if k >= 0 && v.is(k, "conj") && v.head(k) >= 0 {
		first = v.head(k)
	}
	if first >= 0 && first < v.real && v.exemplifies(first) && v.head(first) >= 0 {
		return v.head(first)
	}
	return k
}

// subjectParty is party for the subject of a canonical claim, which must be an entity: the frame has found
// it fit, so a noun phrase of unknown class will do.
func (v *view) subjectParty(i int) party {
	p := v.party(i)
	if e := v.actor(i); p.entity < 0 && e >= 0 && p.class != "Value" {
		p.entity = e
	}
	return p
}

// quantifiers are determiners that a noun phrase would say something else without: "denied any part in it".
var quantifiers = map[string]bool{"no": true, "all": true, "any": true}

func (v *view) dropDeterminer(span []int) []int {
	for len(span) > 1 && (v.is(span[0], "det") && !quantifiers[v.lemma(span[0])] || v.is(span[0], "cc:preconj")) {
		span = span[1:]
	}
	return span
}

// standsAlone tells entities that the graph should know from mere noun phrases.
func (v *view) standsAlone(e int) bool {
	l := v.local(e)
	if l.Named || l.Gazetteer {
		return true
	}
	for _, c := range entityClasses {
		if v.vocabulary.IsA(l.Type, c) {
			return true
		}
	}
	return false
}

// subjects are the subject of a clause and what is joined to it on the same side of the predicate: in "Kim, who proposed the
// decree, and Cho" Cho proposed nothing.
func (v *view) subjects(c clause) []int {
	if c.subj < 0 {
		return nil
	}
	return v.sameSide(v.members(c.subj), c)
}

// sameSide are those of a subject's conjuncts that stand on its side of the predicate; members of a group named elsewhere stay.
func (v *view) sameSide(subjects []int, c clause) []int {
	return slices.DeleteFunc(slices.Clone(subjects), func(k int) bool { return k < v.real && (k < c.head) != (c.subj < c.head) })
}

// slots gives a clause the form that frames match: passives turned active, conjuncts as slots of one role.
func (v *view) slots(c clause, depth int) []schema.Slot {
	var out []schema.Slot
	subject := "subj"
	if c.passive {
		subject = "obj"
	}
	nouns := min(depth, 1) // inside a noun's own clause its nouns' clauses are left alone
	for _, k := range v.subjects(c) {
		out = append(out, v.slot(subject, k, nouns))
	}
	if c.passive || c.agent >= 0 {
		out = v.addSlots(out, "subj", c.agent, nouns)
	}
	if prep := v.preposition(c.head); c.cop >= 0 && len(prep) > 0 {
		out = append(out, v.slot(v.prepRole(prep), c.head, nouns))
	}
	for _, a := range c.args {
		if a.head == c.agent {
			continue
		}
		switch a.role {
		case "adv":
		case "clause":
			if depth < 2 {
				inner := v.clause(a.head)
				role := "comp"
				if a.rel == "advcl" && (v.ownTense(a.head) != noTense || len(a.prep) == 0) { // "told the crowd as he left" is no order
					continue
				}
				if a.rel == "ccomp" && (v.toks[a.head].XPOS != "VB" || v.kid(a.head, "aux") >= 0 || a.head < c.head) { // "told them that he left" is no order
					role = "that"
				}
				deed := schema.Slot{Role: role, Head: inner.lemma, Ref: a.head, Slots: v.slots(inner, depth+1)}
				out = append(out, deed)
				if a.rel == "advcl" && v.toks[a.head].XPOS == "VBG" && len(a.prep) == 1 {
					deed.Role = v.form(a.prep[0]) + "_doing" // "jailed for taking bribes"
					out = append(out, deed)
				}
			}
		default:
			out = v.addSlots(out, a.role, a.head, nouns)
		}
	}
	return out
}

func (v *view) addSlots(out []schema.Slot, role string, head, depth int) []schema.Slot {
	if head < 0 {
		return out
	}
	for _, k := range v.conjuncts(head) {
		out = append(out, v.slot(role, k, depth))
	}
	return out
}

func (v *view) slot(role string, i, depth int) schema.Slot {
	return schema.Slot{Role: role, Head: v.lemma(i), Class: v.class(i), Ref: i, Slots: v.nounSlots(i, depth)}
}

// nounSlots are the dependents of a noun that frames may ask for.
func (v *view) nounSlots(i, depth int) []schema.Slot {
	if depth > 2 {
		return nil
	}
	var out []schema.Slot
	add := func(role string, k int) {
		for _, j := range v.conjuncts(k) {
			out = append(out, v.slot(role, j, depth+1))
		}
	}
	for _, k := range v.kids[i] {
		switch {
		case v.toks[k].Deprel == "nmod:poss":
			add("poss", v.antecedent(k))
		case v.is(k, "nmod", "obl"):
			add(v.prepRole(v.preposition(k)), k)
		case v.is(k, "amod", "compound"):
			m := v.art.ents.Find(v.index, k)
			switch {
			case m >= 0 && v.art.ents.Mentions[m].Kind == entity.Demonym:
				add("demonym", k)
			case v.is(k, "compound") && v.upos(k) != "PUNCT" && v.class(k) != "Person": // "deputy" in "deputy chief" owns nothing
				add("compound", k)
			case v.is(k, "amod"):
				out = append(out, schema.Slot{Role: "amod", Head: v.lemma(k), Ref: k})
			}
		case v.is(k, "acl") && !v.is(k, "acl:relcl") && v.predicate(k) && depth == 0:
			inner := v.clause(k)
			out = append(out, schema.Slot{Role: "comp", Head: inner.lemma, Ref: k, Slots: v.slots(inner, 2)})
		}
	}
	return out
}

// nounLemmas are the lemmas under which frames may know noun i: with its modifier ("prime_minister")
// first, then alone.
func (v *view) nounLemmas(i int) []string {
	var out []string
	for _, k := range v.all(i, "compound", "amod") {
		if k < i {
			out = append(out, v.lemma(k)+"_"+v.lemma(i))
		}
	}
	return append(out, v.lemma(i))
}

func snake(parts ...string) string {
	var out []string
	for _, p := range parts {
		p = strings.ToLower(strings.TrimSpace(p))
		p = strings.Map(func(r rune) rune {
			switch {
			case r == ' ' || r == '-' || r == '_':
				return '_'
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				return r
			}
			return -1
		}, p)
		if p = strings.Trim(p, "_"); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "_")
}
