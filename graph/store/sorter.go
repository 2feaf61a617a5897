package store

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// hashQuad is a quad as the hashes of its terms: those of hashTerm in full, of which an id is the upper part. 0 is the
// default graph.
type hashQuad [4]uint64

const (
	hashQuadLen = 32
	runQuads    = 1 << 19 // quads sorted in memory at once: 16 MiB
	runTerms    = 8 << 20 // bytes of terms sorted in memory at once
	fileBuffer  = 128 << 10
)

// sorter sorts quads, in all four orders, and terms by hash, in memory that does not grow: what does not fit goes to files as
// sorted runs, which are merged when they are read. Equal ones come out once.
type sorter struct {
	fs     vfs.FS
	dir    string
	prefix string // of the names of its files

	maxQuads, maxTerms int // runQuads and runTerms, but in tests

	quadBuf, scratch []hashQuad
	spare            []hashQuad // the other of two buffers, while none is being spilled
	termBuf          termRun
	spareTerms       termRun
	quadRuns         int
	termRuns         int
	spilling         chan error // of the one spill under way; nil when there is none
}

func newSorter(fs vfs.FS, dir, prefix string) *sorter {
	return &sorter{fs: fs, dir: dir, prefix: prefix, maxQuads: runQuads, maxTerms: runTerms}
}

func (s *sorter) addQuad(q hashQuad) error {
	if s.quadBuf == nil {
		s.quadBuf = make([]hashQuad, 0, s.maxQuads)
	}
	s.quadBuf = append(s.quadBuf, q)
	if len(s.quadBuf) < s.maxQuads {
		return nil
	}
	return s.spillQuads()
}

func (s *sorter) addTerm(h uint64, enc []byte) error {
	s.termBuf.add(h, enc)
	if len(s.termBuf.text) < s.maxTerms {
		return nil
	}
	return s.spillTerms()
}

// end spills what is left. Nothing can be added after it.
func (s *sorter) end() error {
	err := s.spillQuads()
	if err == nil {
		err = s.spillTerms()
	}
	err = errors.Join(err, s.wait())
	s.quadBuf, s.spare, s.scratch, s.termBuf, s.spareTerms = nil, nil, nil, termRun{}, termRun{}
	return err
}

// stop waits for a spill under way, whatever comes of it.
func (s *sorter) stop() { _ = s.wait() }

func (s *sorter) wait() (err error) {
	if s.spilling != nil {
		err = <-s.spilling
		s.spilling = nil
	}
	return err
}

// spillQuads writes the quads in memory to four files, one for each order, in the background.
func (s *sorter) spillQuads() error {
	if err := s.wait(); err != nil || len(s.quadBuf) == 0 {
		return err
	}
	run, done := s.quadRuns, make(chan error, 1)
	s.quadRuns++
	from := s.quadBuf
	if s.spare != nil {
		s.spare = s.spare[:0]
	}
	s.quadBuf, s.spare = s.spare, from
	s.spilling = done
	go func() { done <- s.writeQuads(run, from) }()
	return nil
}

func (s *sorter) writeQuads(run int, from []hashQuad) error {
	s.scratch = slices.Grow(s.scratch[:0], len(from))[:len(from)]
	for _, x := range []index{spog, gspo, ospg} {
		sortQuads(s.scratch, from, x)
		if err := s.writeSorted(x, run, s.scratch); err != nil {
			return err
		}
	}
	dealByPredicate(from, s.scratch)
	return s.writeSorted(posg, run, from)
}

func (s *sorter) writeSorted(x index, run int, quads []hashQuad) error {
	return s.writeRun(s.quadFile(x, run), func(w *bufio.Writer) error { return writeQuads(w, quads) })
}

// dealByPredicate puts the quads of from, which are sorted by object, subject, predicate and graph, into dst sorted by
// predicate, object, subject and graph. Predicates are few, so dealing is all it takes.
func dealByPredicate(dst, from []hashQuad) {
	count := map[uint64]int{}
	for i := range from {
		count[from[i][2]]++
	}
	at, n := make(map[uint64]*int, len(count)), 0
	for _, p := range slices.Sorted(maps.Keys(count)) {
		start := n
		at[p] = &start
		n += count[p]
	}
	for _, q := range from {
		i := at[q[2]]
		dst[*i] = hashQuad{q[2], q[0], q[1], q[3]}
		*i++
	}
}

func writeQuads(w *bufio.Writer, quads []hashQuad) error {
	var b [hashQuadLen]byte
	for i, q := range quads {
		if i > 0 && q == quads[i-1] {
			continue
		}
		for pos, h := range q {
			binary.BigEndian.PutUint64(b[8*pos:], h)
		}
		if _, err := w.Write(b[:]); err != nil {
			return err
		}
	}
	return nil
}

// sortQuads puts the quads of from into dst, their terms in the order of the index, sorted. Hashes are spread evenly, so the
// quads are dealt into buckets by the first bits first.
func sortQuads(dst, from []hashQuad, x index) {
	const bits = 12
	var start [1<<bits + 1]int
	first := x.order[0]
	for i := range from {
		start[from[i][first]>>(64-bits)+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	at := start
	for i := range from {
		q := &from[i]
		b := q[first] >> (64 - bits)
		dst[at[b]] = hashQuad{q[x.order[0]], q[x.order[1]], q[x.order[2]], q[x.order[3]]}
		at[b]++
	}
	for b := range 1 << bits {
		slices.SortFunc(dst[start[b]:start[b+1]], compareQuads)
	}
}

func compareQuads(a, b hashQuad) int {
	for pos := range a {
		if a[pos] != b[pos] {
			return cmp.Compare(a[pos], b[pos])
		}
	}
	return 0
}

// spillTerms writes the terms in memory to a file, in the background.
func (s *sorter) spillTerms() error {
	if err := s.wait(); err != nil || len(s.termBuf.refs) == 0 {
		return err
	}
	run, done := s.termRuns, make(chan error, 1)
	s.termRuns++
	from := s.termBuf
	s.termBuf, s.spareTerms = s.spareTerms, from
	s.termBuf.reset()
	s.spilling = done
	go func() { done <- s.writeRun(s.termFile(run), from.write) }()
	return nil
}

// termRun is terms in memory.
type termRun struct {
	text []byte
	refs []termRef
}

// termRef is one term of a run: its hash, and where in text it stands in encoded form.
type termRef struct {
	hash       uint64
	start, end int
}

func (r *termRun) reset() { r.text, r.refs = r.text[:0], r.refs[:0] }

func (r *termRun) add(h uint64, enc []byte) {
	start := len(r.text)
	r.text = append(r.text, enc...)
	r.refs = append(r.refs, termRef{h, start, len(r.text)})
}

// write sorts the terms and writes each once: hash, length, term.
func (r *termRun) write(w *bufio.Writer) error {
	slices.SortFunc(r.refs, func(a, b termRef) int {
		if a.hash != b.hash {
			return cmp.Compare(a.hash, b.hash)
		}
		return bytes.Compare(r.text[a.start:a.end], r.text[b.start:b.end])
	})
	var last []byte
	var head []byte
	for i, ref := range r.refs {
		enc := r.text[ref.start:ref.end]
		if i > 0 && r.refs[i-1].hash == ref.hash && bytes.Equal(last, enc) {
			continue
		}
		last = enc
		head = binary.AppendUvarint(binary.BigEndian.AppendUint64(head[:0], ref.hash), uint64(len(enc)))
		if _, err := w.Write(head); err != nil {
			return err
		}
		if _, err := w.Write(enc); err != nil {
			return err
		}
	}
	return nil
}

func (s *sorter) quadFile(x index, run int) string {
	return s.fs.PathJoin(s.dir, fmt.Sprintf("%squads-%c-%d", s.prefix, x.tag, run))
}

func (s *sorter) termFile(run int) string {
	return s.fs.PathJoin(s.dir, fmt.Sprintf("%sterms-%d", s.prefix, run))
}

func (s *sorter) writeRun(name string, write func(*bufio.Writer) error) (err error) {
	f, err := s.fs.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, fileBuffer)
	if err := write(w); err != nil {
		return err
	}
	return w.Flush()
}

// run is a sorted run being read, at one item.
type run[T any] struct {
	file vfs.File
	r    *bufio.Reader
	item T
	read func(*bufio.Reader, *T) error // io.EOF at the end
}

// merged is sorted runs read as one.
type merged[T any] struct {
	runs    []*run[T] // a heap, the least item first
	compare func(a, b *T) int
	started bool
}

func (m *merged[T]) open(fs vfs.FS, name string, read func(*bufio.Reader, *T) error) error {
	f, err := fs.Open(name, vfs.SequentialReadsOption)
	if err != nil {
		return err
	}
	r := &run[T]{file: f, r: bufio.NewReaderSize(f, fileBuffer), read: read}
	m.runs = append(m.runs, r)
	if err := read(r.r, &r.item); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for i := len(m.runs) - 1; i > 0; i = (i - 1) / 2 {
		m.sink((i - 1) / 2)
	}
	return nil
}

// top returns the least item, valid until the next call; nil at the end.
func (m *merged[T]) top() (*T, error) {
	if m.started && len(m.runs) > 0 {
		if err := m.advance(); err != nil {
			return nil, err
		}
	}
	m.started = true
	if len(m.runs) == 0 {
		return nil, nil
	}
	return &m.runs[0].item, nil
}

// advance moves the run with the least item on.
func (m *merged[T]) advance() error {
	r := m.runs[0]
	err := r.read(r.r, &r.item)
	if err == io.EOF {
		err = r.file.Close()
		last := len(m.runs) - 1
		m.runs[0], m.runs = m.runs[last], m.runs[:last]
	}
	m.sink(0)
	return err
}

// sink moves the run at i down to its place in the heap.
func (m *merged[T]) sink(i int) {
	for {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(m.runs) && m.compare(&m.runs[child].item, &m.runs[least].item) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		m.runs[i], m.runs[least] = m.runs[least], m.runs[i]
		i = least
	}
}

// close closes the runs that were not read to their end.
func (m *merged[T]) close() {
	for _, r := range m.runs {
		_ = r.file.Close() // it was only read
	}
}

// quadStream gives sorted quads, each once, their terms in the order of an index.
type quadStream struct {
	merged[hashQuad]
	last hashQuad
	any  bool
}

// quads opens the quads in the order of an index; end came before.
func (s *sorter) quads(x index) (*quadStream, error) {
	q := &quadStream{merged: merged[hashQuad]{compare: func(a, b *hashQuad) int { return compareQuads(*a, *b) }}}
	for run := range s.quadRuns {
		if err := q.open(s.fs, s.quadFile(x, run), readQuad); err != nil {
			q.close()
			return nil, err
		}
	}
	return q, nil
}

func readQuad(r *bufio.Reader, q *hashQuad) error {
	b, err := r.Peek(hashQuadLen)
	if err != nil {
		if err == io.EOF && len(b) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	for pos := range q {
		q[pos] = binary.BigEndian.Uint64(b[8*pos:])
	}
	_, err = r.Discard(hashQuadLen)
	return err
}

// next returns the next quad; ok is false at the end.
func (q *quadStream) next() (out hashQuad, ok bool, err error) {
	for {
		top, err := q.top()
		if err != nil || top == nil {
			return out, false, err
		}
		if q.any && *top == q.last {
			continue
		}
		q.last, q.any = *top, true
		return q.last, true, nil
	}
}

// hashed is a term in a run.
type hashed struct {
	hash uint64
	enc  []byte
}

// termStream gives the terms sorted by hash, each once.
type termStream struct {
	merged[hashed]
	last hashed
	any  bool
}

// terms opens the terms; end came before.
func (s *sorter) terms() (*termStream, error) {
	t := &termStream{merged: merged[hashed]{compare: compareHashed}}
	for run := range s.termRuns {
		if err := t.open(s.fs, s.termFile(run), readTerm); err != nil {
			t.close()
			return nil, err
		}
	}
	return t, nil
}

func compareHashed(a, b *hashed) int {
	if a.hash != b.hash {
		return cmp.Compare(a.hash, b.hash)
	}
	return bytes.Compare(a.enc, b.enc)
}

func readTerm(r *bufio.Reader, t *hashed) error {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return err
	}
	t.hash = binary.BigEndian.Uint64(head[:])
	t.enc = slices.Grow(t.enc[:0], int(n))[:n]
	_, err = io.ReadFull(r, t.enc)
	return err
}

// next returns the next term, encoded; the bytes are valid until the next call. ok is false at the end.
func (t *termStream) next() (h uint64, enc []byte, ok bool, err error) {
	for {
		top, err := t.top()
		if err != nil || top == nil {
			return 0, nil, false, err
		}
		if t.any && top.hash == t.last.hash && bytes.Equal(top.enc, t.last.enc) {
			continue
		}
		t.last.hash, t.last.enc, t.any = top.hash, append(t.last.enc[:0], top.enc...), true
		return t.last.hash, t.last.enc, true, nil
	}
}
