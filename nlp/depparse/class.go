package depparse

import "strings"

// Class says what sort of word a word is, by its tags.
type Class uint8

// Classes.
const (
	Plain Class = iota
	Verb        // a finite form
	Noun
	Conj
	Comma
	Mark // other punctuation
	Adjective
	Adverb
	Determiner
	Auxiliary
	Adposition
	Subordinator // "that", "because"
	Pronoun
	Proper
	Relative // "which", "who", "where"
	To       // of an infinitive
	Numeral
	Gerund
	Participle // a past one
	Base       // a verb's base form
	Genitive   // 's
	classes
)

var classOf = map[string]Class{
	"VERB": Verb, "AUX": Auxiliary, "NOUN": Noun, "PROPN": Proper, "PRON": Pronoun, "CCONJ": Conj, "PUNCT": Mark, "ADJ": Adjective,
	"ADV": Adverb, "DET": Determiner, "ADP": Adposition, "SCONJ": Subordinator, "NUM": Numeral,
	"VBG": Gerund, "VBN": Participle, "VB": Base, "POS": Genitive, "TO": To, "WDT": Relative, "WP": Relative, "WP$": Relative, "WRB": Relative,
}

// ClassOf returns the class of a word from its tag ("VERB VBD") and form.
func ClassOf(tag, form string) Class {
	upos, xpos, _ := strings.Cut(tag, " ")
	if form == "," {
		return Comma
	}
	if c := classOf[xpos]; c != 0 && upos != "AUX" {
		return c
	}
	return classOf[upos]
}

// A word's kind is its class, made finer by the children it has so far: nearly the relation it will have. There are
// fewer than 32, so that sets of them fit into the bits of a word.
const (
	withCase   = int(classes) + iota // a nominal with a preposition: oblique or modifier
	possessive                       // a nominal with 's
	withConj                         // anything with a coordinating conjunction: a conjunct
	relative                         // a clause with a relative word
	withMark                         // a clause with "that" or the like
	infinitive                       // a clause with "to"
	clause                           // a clause with a subject and none of these
)

// set is a set of kinds.
type set int32

func (s set) has(k Class) bool { return s>>k&1 != 0 }

func (s set) nominal() bool { return s.has(Noun) || s.has(Pronoun) || s.has(Proper) }

// kind returns the kind of a word in a state.
func (x *sentence) kind(s *state, i int) int {
	w := x.n + 2
	l, r := set(s.mem[colKindsL*w+i]), set(s.mem[colKindsR*w+i])
	c := x.class[i]
	if l == 0 && r == 0 {
		return int(c)
	}
	if l.has(Conj) {
		return withConj
	}
	switch c {
	case Noun, Proper, Pronoun, Numeral:
		return nominalKind(c, l, r)
	case Verb, Gerund, Participle, Base, Adjective:
		return clauseKind(c, l)
	}
	return int(c)
}

func nominalKind(c Class, l, r set) int {
	switch {
	case r.has(Genitive):
		return possessive
	case l.has(Auxiliary):
		return clauseKind(c, l)
	case l.has(Adposition):
		return withCase
	}
	return int(c)
}

func clauseKind(c Class, l set) int {
	switch {
	case l.has(Relative):
		return relative
	case l.has(Subordinator), l.has(Adposition):
		return withMark
	case l.has(To):
		return infinitive
	case l.nominal(), l.has(Auxiliary):
		return clause
	}
	return int(c)
}
