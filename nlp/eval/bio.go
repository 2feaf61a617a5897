package eval

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"newsgraph/nlp/conllu"
)

// NameReader reads words and BIO tags of names sentence by sentence, in one of three forms, which it tells apart:
//
//   - Universal NER: number, word, tag and up to two columns more, a tab between, comments "# ...";
//   - CoNLL columns: the word first and the tag in the last column that is one, a tab between;
//   - the same with spaces between, as CoNLL 2003 and wikigold have it. Lines of -DOCSTART- are left out.
type NameReader struct{ blocks *blockReader }

// NewNameReader returns a NameReader of r.
func NewNameReader(r io.Reader) *NameReader { return &NameReader{newBlockReader(r)} }

// Read returns the words and tags of the next sentence; io.EOF after the last one; a *LineError for a line that has
// no tag.
func (r *NameReader) Read() (forms, tags []string, err error) {
	for len(forms) == 0 {
		b, err := r.blocks.next()
		if err != nil {
			return nil, nil, err
		}
		if forms, tags, err = names(b); err != nil {
			return nil, nil, err
		}
	}
	return forms, tags, nil
}

var errNoTag = errors.New("no word with a BIO tag (O, B-PER, I-LOC, ...)")

// names reads the words and tags of a block.
func names(b block) (forms, tags []string, err error) {
	var rows [][]string
	var lines []int
	for i, line := range b.lines {
		if c := columns(line); c != nil {
			rows, lines = append(rows, c), append(lines, b.line+i)
		}
	}
	if numbered(rows) {
		for i := range rows {
			rows[i] = rows[i][1:3]
		}
	}
	for i, c := range rows {
		form, tag := c[0], lastTag(c[1:])
		if form == "" || tag == "" {
			return nil, nil, &LineError{lines[i], errNoTag}
		}
		if i == conllu.MaxWords {
			return nil, nil, &LineError{lines[i], conllu.ErrTooLong}
		}
		forms, tags = append(forms, form), append(tags, tag)
	}
	return forms, tags, nil
}

// columns splits a line, nil for one that has no word.
func columns(line string) []string {
	c := strings.Split(line, "\t")
	if len(c) == 1 {
		c = strings.Fields(line)
	}
	word := c[0] == "#" && len(c) == 2 && lastTag(c[1:]) != "" // "# O" is no comment
	if c[0] == "-DOCSTART-" || strings.HasPrefix(line, "# ") && !word {
		return nil
	}
	return c
}

// numbered tells whether the first column counts the words, as Universal NER has it.
func numbered(rows [][]string) bool {
	for i, c := range rows {
		if (len(c) != 3 && len(c) != 5) || c[0] != strconv.Itoa(i+1) || lastTag(c[2:3]) == "" {
			return false
		}
	}
	return len(rows) > 0
}

var tag = regexp.MustCompile(`^(O|[BI]-[A-Za-z]+)$`)

// lastTag is the last of the columns that is a BIO tag, empty for none.
func lastTag(columns []string) string {
	for i := len(columns) - 1; i >= 0; i-- {
		if tag.MatchString(columns[i]) {
			return columns[i]
		}
	}
	return ""
}
