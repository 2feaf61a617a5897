// Package entity finds who and what an article speaks of: the mentions (names, noun phrases,
// pronouns) of analysed sentences, and which of them mean the same thing. Sentences and a gazetteer
// enter; a Doc leaves, with entities whose IDs hold within the article. Canonicalize then joins the
// entities of many articles. It reads no files but the gazetteer, and makes no claims.
package entity

import (
	"io/fs"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// Kind says how a mention names its entity.
type Kind uint8

// The kinds of mentions.
const (
	Name    Kind = iota // "Alexander Lukashenko", "the EU"
	Nominal             // "riot police", "the Belarusian president"
	Pronoun             // "he", "whose"
	Demonym             // the adjective of "Russian troops": it means the country, not the troops
)

// String gives the kind's name in lower case.
func (k Kind) String() string {
	return [...]string{"name", "nominal", "pronoun", "demonym"}[k&3]
}

// Mention is a run of tokens that means an entity.
type Mention struct {
	// Sent is the index of the sentence.
	Sent int `json:"sent"`
	// Start and End are a half-open range of tokens: for a name the name alone, without its title; for
	// a noun phrase the phrase without determiner, pronoun owner and clauses; for a pronoun its token.
	Start int `json:"start"`
	End   int `json:"end"`
	// Head is the token that governs the mention in the tree; it lies in [Start, End).
	Head int  `json:"head"`
	Kind Kind `json:"kind"`
	// Entity is an index into Doc.Entities, -1 when it is not known whom a pronoun means.
	Entity int `json:"entity"`
	// Actor is the entity that acts here, an index into Doc.Entities: Entity, but for a capital that stands for
	// its country ("Moscow said").
	Actor int `json:"actor"`
	// Text is the words of [Start, End), as a label would have them.
	Text string `json:"text"`
}

// Local is an entity of one article.
type Local struct {
	// Entity has an ID that is unique in the article and the same each time; Aliases are the
	// surface forms of names and noun phrases, never pronouns.
	schema.Entity
	// Named is true when some mention is a name.
	Named bool `json:"named,omitempty"`
	// Gazetteer is true when ID is one of the gazetteer.
	Gazetteer bool `json:"gazetteer,omitempty"`
	// Given is true when ID is the canonical one that another graph gave the entity, of which no more is known here.
	Given bool `json:"given,omitempty"`
	// Gender is 'm' or 'f' for a person whose gender shows, else 0.
	Gender byte `json:"gender,omitempty"`
	// Plural is true for "protesters", false for "Russia" and for what is not known.
	Plural bool `json:"plural,omitempty"`
	// Roles are the titles and descriptions that stand beside the name ("President", "opposition leader"),
	// sorted.
	Roles []string `json:"roles,omitempty"`
	// Owner is the entity that the words say it belongs to ("Lukashenko's riot police", "Russian troops"),
	// an index into Doc.Entities, or -1; -1 for people with a name.
	Owner int `json:"owner"`
	// Country is the gazetteer ID of the country that the words tie it to; empty when they do not.
	Country string `json:"country,omitempty"`
	// Event describes a vote or a summit without a name; nil for all else.
	Event *Event `json:"event,omitempty"`
	// Office and OfficeOf are the office that the gazetteer knows somebody to hold when the article came out ("president"),
	// and the gazetteer ID of the country or body; empty for all others.
	Office   string `json:"office,omitempty"`
	OfficeOf string `json:"officeOf,omitempty"`
	// Mentions counts the mentions of all kinds.
	Mentions int `json:"mentions,omitempty"`
}

// Doc is what Resolve found in one article.
type Doc struct {
	// Mentions are in the order of the text.
	Mentions []Mention
	// Entities are in the order of their first mention.
	Entities []Local

	sents []sentIndex
}

// sentIndex maps the tokens of a sentence to mentions; -1 for none.
type sentIndex struct {
	head  []int // the mention that has this token as its head
	cover []int // the mention that names with this token without having it as its head
}

// Find returns the index in d.Mentions of the mention that the token heads or, when it heads none, helps
// to name ("Lukashenko" in "Alexander Lukashenko", "riot" in "riot police"); -1 when there is none.
func (d *Doc) Find(sent, tok int) int {
	if sent < 0 || sent >= len(d.sents) || tok < 0 || tok >= len(d.sents[sent].head) {
		return -1
	}
	if m := d.sents[sent].head[tok]; m >= 0 {
		return m
	}
	return d.sents[sent].cover[tok]
}

// At returns the index in d.Entities of the entity that the token means; -1 when it means none or
// one that is not known.
func (d *Doc) At(sent, tok int) int {
	if m := d.Find(sent, tok); m >= 0 {
		return d.Mentions[m].Entity
	}
	return -1
}

// Actor is At with metonymy resolved by the token's part in its sentence: in "Moscow said" the
// country, in "in Moscow" the city.
func (d *Doc) Actor(sent, tok int) int {
	if m := d.Find(sent, tok); m >= 0 {
		return d.Mentions[m].Actor
	}
	return -1
}

// Resolver finds entities. It holds only what it read from the gazetteer, and is safe for use by
// several goroutines.
type Resolver struct {
	gaz *gazetteer
}

// New reads the gazetteer from fsys, which is rooted at data/ ("gazetteer/entities.tsv" and the others).
// A file that is missing, or a line with too few columns, is an error that names it.
func New(fsys fs.FS) (*Resolver, error) {
	g, err := loadGazetteer(fsys)
	if err != nil {
		return nil, err
	}
	return &Resolver{gaz: g}, nil
}

// Resolve finds the mentions of an article and groups them into entities. The sentences are those of
// doc.Text; doc.ID goes into the IDs of things without a name, and doc.Published decides which
// leaders' terms hold. Resolve changes none of its arguments.
func (r *Resolver) Resolve(doc schema.Document, sents []nlp.Sentence) *Doc {
	a := newArticle(r.gaz, doc, sents)
	a.findMentions()
	a.resolve()
	return a.finish()
}
