// Package conllu reads and writes CoNLL-U (https://universaldependencies.org/format.html) as nlp.Sentence
// values. Comments, multiword tokens, empty nodes, DEPS and MISC are kept as they stand.
package conllu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"newsgraph/nlp"
)

// MaxLine is the greatest length of a line in bytes, MaxWords of a sentence in words.
const (
	MaxLine  = 1 << 20
	MaxWords = 10_000
)

// ErrTooLong tells that a sentence has more than MaxWords words.
var ErrTooLong = errors.New("sentence too long")

// ParseError tells where and why a file is not CoNLL-U.
type ParseError struct {
	Line int // counted from 1
	Msg  string
}

func (e *ParseError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Msg) }

// Sentence is a sentence with all that its lines say.
type Sentence struct {
	nlp.Sentence
	Comments []string // whole lines, "# ..."
	Deps     []string // ninth column of each word
	Misc     []string // tenth column of each word, less NER=
	Extra    []Extra
}

// Extra is a line of a multiword token or an empty node.
type Extra struct {
	Before int // index of the word it stands before; len(Tokens) for the end
	Line   string
}

// Reader reads one sentence after another.
type Reader struct {
	in   *bufio.Scanner
	line int
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 1<<16), MaxLine)
	return &Reader{in: in}
}

// Read returns the next sentence; io.EOF after the last one; a *ParseError for a line that is not CoNLL-U.
func (r *Reader) Read() (*Sentence, error) {
	s := &Sentence{}
	var heads []int
	for r.in.Scan() {
		r.line++
		line := strings.TrimSuffix(r.in.Text(), "\r")
		if line == "" {
			if len(s.Tokens) > 0 {
				break
			}
			continue
		}
		head, word, err := s.add(line)
		if err != nil {
			return nil, &ParseError{r.line, err.Error()}
		}
		if word {
			heads = append(heads, head)
		}
	}
	if err := r.in.Err(); err != nil {
		return nil, &ParseError{r.line + 1, err.Error()}
	}
	if len(s.Tokens) == 0 {
		return nil, io.EOF
	}
	for i, h := range heads {
		if h > len(heads) || h == i+1 {
			return nil, &ParseError{r.line, fmt.Sprintf("word %d: head %d out of range", i+1, h)}
		}
		s.Tokens[i].Head = h - 1
	}
	s.offsets()
	return s, nil
}

// add takes one line in; word says whether it was a word, head is its 1-based head.
func (s *Sentence) add(line string) (head int, word bool, err error) {
	if line[0] == '#' {
		s.Comments = append(s.Comments, line)
		return 0, false, nil
	}
	c := strings.Split(line, "\t")
	if len(c) != 10 {
		return 0, false, fmt.Errorf("%d columns, want 10", len(c))
	}
	if strings.ContainsAny(c[0], "-.") {
		s.Extra = append(s.Extra, Extra{len(s.Tokens), line})
		return 0, false, nil
	}
	n, err := strconv.Atoi(c[0])
	if err != nil || n != len(s.Tokens)+1 {
		return 0, false, fmt.Errorf("word number %q, want %d", c[0], len(s.Tokens)+1)
	}
	if n > MaxWords {
		return 0, false, ErrTooLong
	}
	for k, v := range c {
		if v == "" {
			return 0, false, fmt.Errorf("column %d is empty", k+1)
		}
	}
	if c[6] != "_" {
		if head, err = strconv.Atoi(c[6]); err != nil || head < 0 {
			return 0, false, fmt.Errorf("head %q is no number", c[6])
		}
	}
	s.word(c)
	return head, true, nil
}

func (s *Sentence) word(c []string) {
	ner, misc := splitMisc(c[9])
	s.Tokens = append(s.Tokens, nlp.Token{
		Form: c[1], Lemma: c[2], UPOS: c[3], XPOS: c[4], Feats: c[5], Deprel: c[7], NER: ner,
		SpaceAfter: !has(misc, "SpaceAfter=No"),
	})
	s.Deps = append(s.Deps, c[8])
	s.Misc = append(s.Misc, misc)
}

// join takes the spaces out of multiword tokens ("1-2 don't"), whose line says whether one follows.
func (s *Sentence) join() {
	for _, x := range s.Extra {
		c := strings.Split(x.Line, "\t")
		from, to, ok := strings.Cut(c[0], "-")
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if !ok || err1 != nil || err2 != nil || first < 1 || last < first || last > len(s.Tokens) {
			continue
		}
		for i := first; i < last; i++ {
			s.Tokens[i-1].SpaceAfter = false
		}
		s.Tokens[last-1].SpaceAfter = !has(c[9], "SpaceAfter=No")
	}
}

// offsets sets code-point offsets as the words and SpaceAfter give them.
func (s *Sentence) offsets() {
	s.join()
	at := 0
	for i := range s.Tokens {
		t := &s.Tokens[i]
		t.Start = at
		t.End = at + len([]rune(t.Form))
		at = t.End
		if t.SpaceAfter {
			at++
		}
	}
	s.End = s.Tokens[len(s.Tokens)-1].End
}

func splitMisc(misc string) (ner, rest string) {
	var keep []string
	for _, kv := range strings.Split(misc, "|") {
		if v, ok := strings.CutPrefix(kv, "NER="); ok {
			ner = v
		} else {
			keep = append(keep, kv)
		}
	}
	if len(keep) == 0 {
		return ner, "_"
	}
	return ner, strings.Join(keep, "|")
}

func has(misc, kv string) bool {
	for _, x := range strings.Split(misc, "|") {
		if x == kv {
			return true
		}
	}
	return false
}

// ReadAll returns all sentences of r.
func ReadAll(r io.Reader) ([]*Sentence, error) {
	in := NewReader(r)
	var out []*Sentence
	for {
		s, err := in.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
}
