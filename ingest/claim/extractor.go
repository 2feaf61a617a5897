// Package claim turns analysed sentences and resolved entities into claims: clauses to subject,
// predicate and object, with factuality, attribution, time, place and quantities, and into open
// tuples. It reads the vocabulary of schema and the lexicon of data; it knows nothing of stores.
package claim

import (
	"io/fs"

	"newsgraph/schema"
)

// Extractor holds the vocabulary and lexicons. It is safe for concurrent use.
type Extractor struct {
	vocabulary *schema.Vocabulary
	cues       cues
	deeds      map[string]implication
	model      Model
	// Trace, where set, is called with each claim that is found and what its confidence is judged by; for calibration.
	Trace func(schema.Claim, Traits)
}

// New loads the lexicons from fsys, which is rooted at the data folder.
func New(fsys fs.FS, v *schema.Vocabulary) (*Extractor, error) {
	c, err := loadCues(fsys)
	if err != nil {
		return nil, err
	}
	i, err := loadImplied(fsys, v)
	if err != nil {
		return nil, err
	}
	m, err := loadModel(fsys)
	if err != nil {
		return nil, err
	}
	return &Extractor{vocabulary: v, cues: c, deeds: i, model: m}, nil
}
