// Package nlp turns text into analysed sentences: sentences and tokens with offsets, tags, lemmas,
// dependency trees (Universal Dependencies 2, English) and named entities. It knows nothing of claims
// or graphs. What method does the work is a Pipeline's own affair.
package nlp

// Token is one word of a sentence.
type Token struct {
	Form  string
	Lemma string
	UPOS  string // Universal part of speech
	XPOS  string // Penn Treebank tag
	Feats string // "Number=Sing|..." sorted, "_" or empty for none
	// Head is the index of the head in the sentence's Tokens, -1 for the root.
	Head   int
	Deprel string
	// NER is a BIO tag ("B-PER", "I-ORG", "O"); empty counts as O.
	NER string
	// Start and End are a half-open range of code points in the text parsed.
	Start, End int
	// SpaceAfter says whether white space follows in the text.
	SpaceAfter bool
}

// Sentence is an analysed sentence.
type Sentence struct {
	Tokens     []Token
	Start, End int // code points in the text parsed
	// Margin tells how sure the parser is of the tree, higher is surer: 0..1.
	Margin float64
	// Speech is set where the whole sentence is said in a turn of a transcript; sentences of one turn share it.
	Speech *Speech
}

// Speech is a turn of a transcript.
type Speech struct {
	// Speaker is where the text names who speaks; empty when it does not.
	Speaker Block
}

// Block is a half-open range of code points that no sentence crosses.
type Block struct{ Start, End int }
