// Package lemma gives words their lemmas and morphological features from form and tags: what the treebanks
// had for the word, else the change of ending that words with the same ending and tag most often take.
package lemma

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Model gives lemmas and features. Safe for concurrent use.
type Model struct{ t tables }

// tables are what the model file holds.
type tables struct {
	Words  map[string]string // "form TAB tag" -> lemma, where the rules would be wrong; forms in lower case but for names
	Rules  map[string]string // "ending TAB tag" -> "cut TAB add"
	Feats  map[string]string // "form TAB tag" -> features, where the tag's most frequent ones are wrong
	ByTag  map[string]string // tag -> features
	Proper map[string]bool   // tags whose lemmas keep their capitals
}

// MaxEnding is the greatest length of an ending in bytes.
const MaxEnding = 6

// maxFile bounds what Read takes, in bytes.
const maxFile = 64 << 20

// Read reads a model file: gzip around JSON.
func Read(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("lemmas: %w", err)
	}
	m := &Model{}
	if err := json.NewDecoder(io.LimitReader(z, maxFile)).Decode(&m.t); err != nil {
		return nil, fmt.Errorf("lemmas: %w", err)
	}
	return m, nil
}

// Write writes a model file. The same model gives the same bytes.
func (m *Model) Write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(z).Encode(&m.t); err != nil {
		return err
	}
	return z.Close()
}

// Lemma returns the lemma of a word with a tag ("VERB VBD": universal and fine tag).
func (m *Model) Lemma(form, tag string) string {
	if l, ok := ofIrregular(form, tag); ok {
		return l
	}
	key := m.key(form, tag)
	if l, ok := m.t.Words[key+"\t"+tag]; ok {
		return l
	}
	if n := strings.LastIndexByte(key, '-'); n > 0 && n+1 < len(key) && strings.HasPrefix(tag, "VERB ") { // "co-authored"
		return key[:n+1] + m.Lemma(key[n+1:], tag)
	}
	return m.byRule(key, tag)
}

// key is the form that lemmas are looked up by.
func (m *Model) key(form, tag string) string {
	if m.t.Proper[tag] {
		return form
	}
	return strings.ToLower(form)
}

func (m *Model) byRule(key, tag string) string {
	for n := min(MaxEnding, len(key)); n >= 0; n-- {
		start := len(key) - n
		if start < len(key) && !utf8.RuneStart(key[start]) {
			continue
		}
		if r, ok := m.t.Rules[key[start:]+"\t"+tag]; ok {
			cut, add, _ := strings.Cut(r, "\t")
			if stem, ok := strings.CutSuffix(key, cut); ok && stem+add != "" {
				return stem + add
			}
		}
	}
	return key
}

// Feats returns the features of a word with a tag, "_" for none.
func (m *Model) Feats(form, tag string) string {
	if f, ok := m.t.Feats[strings.ToLower(form)+"\t"+tag]; ok {
		return f
	}
	if f, ok := m.t.ByTag[tag]; ok {
		return f
	}
	return "_"
}
