package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"newsgraph/nlp/conllu"
)

// MaxBytes is the greatest size of a gold file in bytes, after decompression.
const MaxBytes = 256 << 20

// maxLines is the greatest number of lines between two blank ones.
const maxLines = 2 * conllu.MaxWords

var (
	// ErrTooLarge tells that a file has more than MaxBytes bytes.
	ErrTooLarge = fmt.Errorf("more than %d MiB", MaxBytes>>20)
	// ErrEmpty tells that a file has no sentence.
	ErrEmpty = errors.New("no sentence in it")
)

// LineError tells where and why a file cannot be scored.
type LineError struct {
	Line int // counted from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// Open gives the text of a file that may be gzipped, whatever its name. Reading beyond MaxBytes is ErrTooLarge.
func Open(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	magic, err := in.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return &limited{in, MaxBytes}, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return &limited{z, MaxBytes}, nil
}

// limited is a reader that fails when there is more than left bytes.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p[:min(len(p), l.left+1)])
	if n > l.left {
		return l.left, ErrTooLarge
	}
	l.left -= n
	return n, err
}

// block is a run of lines without a blank one.
type block struct {
	line  int // number of the first, counted from 1
	lines []string
}

// blockReader reads one block after another.
type blockReader struct {
	in   *bufio.Scanner
	line int
}

func newBlockReader(r io.Reader) *blockReader {
	in := bufio.NewScanner(r)
	in.Buffer(nil, conllu.MaxLine)
	return &blockReader{in: in}
}

// next returns io.EOF after the last block, and a *LineError for what cannot be read.
func (r *blockReader) next() (block, error) {
	var b block
	for r.in.Scan() {
		r.line++
		line := strings.TrimSuffix(r.in.Text(), "\r")
		blank := strings.TrimSpace(line) == ""
		switch {
		case blank && len(b.lines) > 0:
			return b, nil
		case blank:
			continue
		case len(b.lines) == 0:
			b.line = r.line
		case len(b.lines) == maxLines:
			return b, &LineError{r.line, conllu.ErrTooLong}
		}
		b.lines = append(b.lines, line)
	}
	if err := r.in.Err(); err != nil {
		return b, &LineError{r.line + 1, err}
	}
	if len(b.lines) == 0 {
		return b, io.EOF
	}
	return b, nil
}

// sentence is a sentence of a treebank and where it was found.
type sentence struct {
	*conllu.Sentence
	line  int // number of its first line
	genre string
}

// lineOf is the line of a word, where all comments stand before the words.
func (s *sentence) lineOf(word int) int {
	line := s.line + len(s.Comments) + word
	for _, e := range s.Extra {
		if e.Before <= word {
			line++
		}
	}
	return line
}

// treebank reads a treebank sentence by sentence.
type treebank struct {
	blocks   *blockReader
	comments []string // that stand before the next sentence, a blank line between
	document string   // id of the document at hand
}

func newTreebank(r io.Reader) *treebank { return &treebank{blocks: newBlockReader(r)} }

// next returns io.EOF after the last sentence, and a *LineError for what is not CoNLL-U.
func (t *treebank) next() (sentence, error) {
	for {
		b, err := t.blocks.next()
		if err != nil {
			return sentence{}, err
		}
		s, err := conllu.NewReader(strings.NewReader(strings.Join(b.lines, "\n"))).Read()
		if errors.Is(err, io.EOF) {
			t.comments = append(t.comments, b.lines...)
			continue
		}
		var parse *conllu.ParseError
		if errors.As(err, &parse) {
			return sentence{}, &LineError{b.line + parse.Line - 1, errors.New(parse.Msg)}
		}
		if err != nil {
			return sentence{}, &LineError{b.line, err}
		}
		line := b.line - len(t.comments)
		s.Comments = append(t.comments, s.Comments...)
		t.comments = nil
		return sentence{s, line, t.genre(s)}, nil
	}
}

// genre is the genre that the sentence's id names, else the one that its document's id names.
func (t *treebank) genre(s *conllu.Sentence) string {
	c := comments(s)
	if c.newDoc {
		t.document = c.id
	}
	if g := Genre(c.sentence); g != "" {
		return g
	}
	return Genre(t.document)
}

// Genre tells the genre from the id of a document or a sentence as the English treebanks form them, empty for
// none: GUM_news_asylum, weblog-example.com_x, n01001 (PUD: n for news, w for Wikipedia).
func Genre(id string) string {
	if corpus, rest, ok := strings.Cut(id, "_"); ok && is(corpus, 'A', 'Z') {
		genre, _, _ := strings.Cut(rest, "_")
		return genre
	}
	if genre, _, ok := strings.Cut(id, "-"); ok && is(genre, 'a', 'z') {
		return genre
	}
	if len(id) >= 6 && is(id[1:], '0', '9') {
		return map[byte]string{'n': "news", 'w': "wikipedia"}[id[0]]
	}
	return ""
}

// is tells whether s is made of letters from first to last, and has some.
func is(s string, first, last rune) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < first || r > last }) < 0
}
