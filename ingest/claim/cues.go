package claim

import (
	"bufio"
	"fmt"
	"io/fs"
	"strings"

	"newsgraph/schema"
)

// cueFile lists the words that say how far what they govern is from a fact.
const cueFile = "lexicon/factuality.tsv"

// cue is what a word does to the clause in one of its slots.
type cue struct {
	effect schema.Factuality
	source string // "subj", "obj" or "none": who vouches for the content
}

// cues maps "V say ccomp" to its cue; words that govern no slot ("ADV allegedly") stand under "-".
type cues map[string]cue

func cueKey(pos, lemma, slot string) string { return pos + " " + lemma + " " + slot }

// loadCues reads cueFile: lemmas, part of speech, slots, effect, source and example, parted by tabs.
func loadCues(fsys fs.FS) (cues, error) {
	f, err := fsys.Open(cueFile)
	if err != nil {
		return nil, fmt.Errorf("read factuality cues: %w", err)
	}
	defer f.Close()
	c := cues{}
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := c.add(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", cueFile, n, err)
		}
	}
	return c, in.Err()
}

func (c cues) add(line string) error {
	col := strings.Split(line, "\t")
	if len(col) < 6 {
		return fmt.Errorf("%d columns, want 6", len(col))
	}
	effect, ok := schema.ParseFactuality(col[3])
	if !ok {
		return &schema.UnknownError{Kind: "factuality", Name: col[3]}
	}
	for lemma := range strings.SplitSeq(col[0], "|") {
		for slot := range strings.SplitSeq(col[2], ",") {
			c[cueKey(col[1], strings.ReplaceAll(lemma, " ", "_"), strings.TrimSpace(slot))] = cue{effect, col[4]}
		}
	}
	return nil
}

// governs finds what lemma does to its slot.
func (c cues) governs(pos, lemma, slot string) (cue, bool) {
	x, ok := c[cueKey(pos, lemma, slot)]
	return x, ok
}

// speaks reports whether a verb can introduce what somebody says or thinks, and what that makes of it.
func (c cues) speaks(lemma string) (cue, bool) {
	x, ok := c[cueKey("V", lemma, "ccomp")]
	if quotes(lemma) { // what is quoted stands beside the verb, not below it
		return cue{schema.Reported, "subj"}, true
	}
	return x, ok && x.source == "subj"
}

// Speaks reports whether a verb of that lemma can introduce what somebody says or thinks.
func (e *Extractor) Speaks(lemma string) bool {
	_, ok := e.cues.speaks(lemma)
	return ok
}
