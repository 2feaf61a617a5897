package rdf

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// scanner hands out the characters of a stream of UTF-8 one by one and knows where it is. It holds a window of the stream,
// never all of it.
type scanner struct {
	src        io.Reader
	buf        []byte
	start, end int   // unread bytes are buf[start:end]
	srcErr     error // what src said last, io.EOF included

	line, col int // of the next character, from 1
	cr        bool
}

// eof is the character after the last.
const eof rune = -1

func newScanner(r io.Reader) *scanner {
	return &scanner{src: r, buf: make([]byte, 64<<10), line: 1, col: 1}
}

// stop is what ends a parse; the parser panics with it and recovers it at its top.
type stop struct{ err error }

// fail ends the parse with a *ParseError at the next character.
func (s *scanner) fail(format string, args ...any) { s.failAt(s.line, s.col, format, args...) }

func (s *scanner) failAt(line, col int, format string, args ...any) {
	panic(stop{&ParseError{Line: line, Col: col, Msg: fmt.Sprintf(format, args...)}})
}

// have makes at least n bytes unread in the window, fewer only at the end of the stream. An error of the source ends the
// parse.
func (s *scanner) have(n int) bool {
	for s.end-s.start < n && s.srcErr == nil {
		s.fill(n)
	}
	if s.end-s.start < n && s.srcErr != io.EOF {
		panic(stop{s.srcErr})
	}
	return s.end-s.start >= n
}

func (s *scanner) fill(n int) {
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.start, s.end = 0, s.end-s.start
	}
	if n > len(s.buf) {
		s.buf = append(s.buf, make([]byte, n)...)
	}
	for range 100 {
		k, err := s.src.Read(s.buf[s.end:])
		s.end, s.srcErr = s.end+k, err
		if k > 0 || err != nil {
			return
		}
	}
	s.srcErr = io.ErrNoProgress
}

// peek returns the next character, eof at the end.
func (s *scanner) peek() rune {
	if s.start < s.end && s.buf[s.start] < utf8.RuneSelf {
		return rune(s.buf[s.start])
	}
	if !s.have(1) {
		return eof
	}
	c, _ := s.decode()
	return c
}

// decode decodes the next character; one that is not UTF-8 ends the parse.
func (s *scanner) decode() (rune, int) {
	if c := s.buf[s.start]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	s.have(utf8.UTFMax)
	c, n := utf8.DecodeRune(s.buf[s.start:s.end])
	if c == utf8.RuneError && n == 1 {
		s.fail("not UTF-8")
	}
	return c, n
}

// byteAt returns the byte i places after the next, 0 past the end.
func (s *scanner) byteAt(i int) byte {
	if !s.have(i + 1) {
		return 0
	}
	return s.buf[s.start+i]
}

// next consumes a character; there must be one.
func (s *scanner) next() rune {
	c, n := s.decode()
	s.start += n
	switch {
	case c == '\n' && s.cr:
	case c == '\n', c == '\r':
		s.line, s.col = s.line+1, 1
	default:
		s.col++
	}
	s.cr = c == '\r'
	return c
}

// skip consumes n characters.
func (s *scanner) skip(n int) {
	for range n {
		s.next()
	}
}

// space skips white space and comments.
func (s *scanner) space() {
	for {
		switch s.peek() {
		case ' ', '\t', '\r', '\n':
			s.next()
		case '#':
			for c := s.peek(); c != '\n' && c != '\r' && c != eof; c = s.peek() {
				s.next()
			}
		default:
			return
		}
	}
}
