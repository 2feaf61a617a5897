package rdf

import (
	"bytes"
	"io"
	"iter"
	"unicode/utf8"

	"newsgraph/schema"
)

// Reader reads quads from a stream. It holds one line in memory, never more than Options.MaxLine bytes of it, and is
// for one goroutine.
type Reader struct {
	src  io.Reader
	opts Options

	buf        []byte
	start, end int   // unread bytes are buf[start:end]
	srcErr     error // what src said last, io.EOF included
	line       int   // number of the line read last
	cr         bool  // the line read last ended in CR: an LF right after it belongs to it
	err        error // what Read said last

	quick  quick
	lineAt int    // where in buf the line read last stands
	text   string // a copy of buf[at:] up to some byte, of which lines are parts
	at     int
}

// NewReader returns a Reader of r, which holds N-Quads or N-Triples. Quads reads the other formats too.
func NewReader(r io.Reader, o Options) *Reader {
	o = o.withDefaults()
	return &Reader{src: r, opts: o, buf: make([]byte, min(64<<10, o.MaxLine+1))}
}

// Read returns the next quad. At the end it returns io.EOF, where the input breaks the grammar a *ParseError, else the
// error of the underlying reader; after an error it returns the same again. Terms are parts of strings of some KiB that
// neighbouring quads share: who keeps a few of many clones them (strings.Clone).
func (r *Reader) Read() (q schema.Quad, err error) {
	if err = r.ReadTo(&q); err != nil {
		q = schema.Quad{}
	}
	return q, err
}

// ReadTo is Read into a quad that the caller has; what stands in it after an error means nothing.
func (r *Reader) ReadTo(q *schema.Quad) error {
	for r.err == nil {
		line, err := r.nextLine()
		if err != nil {
			r.err = err
			break
		}
		ok, err := r.statement(line, q)
		if err != nil {
			r.err = err
		} else if ok {
			return nil
		}
	}
	return r.err
}

// Line returns the number of the line that Read reached, from 1; 0 before the first Read.
func (r *Reader) Line() int { return r.line }

// All returns the quads that are left; the last pair carries the error if there was one.
func (r *Reader) All() iter.Seq2[schema.Quad, error] {
	return func(yield func(schema.Quad, error) bool) {
		for {
			var q schema.Quad
			err := r.ReadTo(&q)
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(schema.Quad{}, err)
				return
			}
			if !yield(q, nil) {
				return
			}
		}
	}
}

// statement parses one line; ok is false when it holds no statement.
func (r *Reader) statement(line []byte, q *schema.Quad) (ok bool, err error) {
	if !utf8.Valid(line) {
		return false, r.fail(line, invalidAt(line), "not UTF-8")
	}
	s, triples := r.lineText(line), r.opts.Format == NTriples
	if r.quick.statement(s, triples, q) {
		return true, nil
	}
	p := parser{s: s, triples: triples, directions: r.opts.Directions, relative: r.opts.Relative}
	*q, ok = p.statement()
	if p.msg != "" {
		return false, r.fail(line, p.i, p.msg)
	}
	return ok, nil
}

// textSize is how many bytes of the buffer become one string at least: one string a line costs more than reading it.
const textSize = 4 << 10

// lineText returns the line that was read last as a string.
func (r *Reader) lineText(line []byte) string {
	end := r.lineAt + len(line)
	if r.lineAt < r.at || end > r.at+len(r.text) {
		r.at, r.text = r.lineAt, string(r.buf[r.lineAt:max(end, min(r.lineAt+textSize, r.end))])
	}
	return r.text[r.lineAt-r.at : end-r.at]
}

func (r *Reader) fail(line []byte, at int, msg string) error {
	return &ParseError{Line: r.line, Col: utf8.RuneCount(line[:at]) + 1, Msg: msg}
}

// invalidAt returns where the first byte is that is not UTF-8.
func invalidAt(b []byte) int {
	i := 0
	for i < len(b) {
		c, n := utf8.DecodeRune(b[i:])
		if c == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}

// nextLine returns the next line without its end (LF, CR or CR LF), valid until the next call.
func (r *Reader) nextLine() ([]byte, error) {
	seen := 0 // bytes of the line known to hold no end
	r.line++
	for {
		r.skipLF()
		if i := lineEnd(r.buf[r.start+seen : r.end]); i >= 0 {
			line := r.buf[r.start : r.start+seen+i]
			r.lineAt = r.start
			r.start += len(line) + 1
			r.cr = r.buf[r.start-1] == '\r'
			return line, r.tooLong(line)
		}
		seen = r.end - r.start
		if seen > r.opts.MaxLine {
			return nil, r.tooLong(r.buf[r.start:r.end])
		}
		if r.srcErr != nil {
			return r.lastLine()
		}
		r.fill()
	}
}

// lastLine returns what stands after the last line end.
func (r *Reader) lastLine() ([]byte, error) {
	if r.srcErr != io.EOF || r.start == r.end {
		return nil, r.srcErr
	}
	line := r.buf[r.start:r.end]
	r.lineAt, r.start = r.start, r.end
	return line, r.tooLong(line)
}

func (r *Reader) tooLong(line []byte) error {
	if len(line) <= r.opts.MaxLine {
		return nil
	}
	return &ParseError{Line: r.line, Col: 1, Msg: "line is longer than the limit"}
}

// skipLF drops the LF of a CR LF whose CR ended the line before.
func (r *Reader) skipLF() {
	if r.cr && r.start < r.end {
		if r.buf[r.start] == '\n' {
			r.start++
		}
		r.cr = false
	}
}

// fill reads more bytes behind the unread ones, growing the buffer when they fill it.
func (r *Reader) fill() {
	r.text = ""
	if r.start > 0 {
		copy(r.buf, r.buf[r.start:r.end])
		r.start, r.end = 0, r.end-r.start
	}
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, min(len(r.buf), r.opts.MaxLine+1-len(r.buf)))...)
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		r.srcErr = err
		if n > 0 || err != nil {
			return
		}
	}
	r.srcErr = io.ErrNoProgress
}

// lineEnd returns the index of the first LF or CR, or -1.
func lineEnd(b []byte) int {
	i := bytes.IndexByte(b, '\n')
	if i >= 0 {
		b = b[:i]
	}
	if j := bytes.IndexByte(b, '\r'); j >= 0 {
		return j
	}
	return i
}
