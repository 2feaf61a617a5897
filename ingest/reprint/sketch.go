// Package reprint tells which articles print one text, and which agency an article credits. Texts
// enter as sketches of what they say word for word; groups of articles leave. What it finds depends on the set of
// articles alone. It stores nothing and returns no errors but ErrSketch and those of the file of agencies.
package reprint

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode"

	"newsgraph/schema"
)

// Sketch is the runs of shingle words of a text, each as a hash, sorted, each once.
type Sketch []uint32

// shingle is how many words in a row must be the same to count as shared.
const shingle = 5

// ownWords tells whether a block is no part of the report: a headline, which each publisher makes itself, or a caption.
func ownWords(k schema.BlockKind) bool { return k == schema.Headline || k == schema.Caption }

// Of makes the sketch of an article, without its headline and captions. Case and all signs but letters
// and digits do not count.
func Of(doc schema.Document) Sketch {
	var s Sketch
	var last []uint32
	for _, w := range words(body(doc)) {
		last = append(last, hash(w))
		if len(last) > shingle {
			last = last[1:]
		}
		if len(last) == shingle {
			s = append(s, join(last))
		}
	}
	slices.Sort(s)
	return slices.Compact(s)
}

// body is the text of an article but for headline and captions; all of it when nothing else is there.
func body(doc schema.Document) string {
	text := []rune(doc.Text)
	var b strings.Builder
	for _, k := range doc.Blocks {
		if !ownWords(k.Kind) && 0 <= k.Start && k.Start < k.End && k.End <= len(text) {
			b.WriteString(string(text[k.Start:k.End]))
			b.WriteByte('\n')
		}
	}
	if b.Len() == 0 {
		return doc.Text
	}
	return b.String()
}

// words are the runs of letters and digits, in lower case; apostrophes go.
func words(text string) []string {
	text = strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' || r == '‘' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) })
}

// hash is FNV-1a of 32 bits.
func hash(w string) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return h
}

// join mixes the hashes of words in their order (the finaliser is that of MurmurHash3).
func join(ws []uint32) uint32 {
	h := uint32(0)
	for _, w := range ws {
		h = h*0x9E3779B1 + w
		h ^= h >> 15
	}
	h = (h ^ h>>16) * 0x85EBCA6B
	h = (h ^ h>>13) * 0xC2B2AE35
	return h ^ h>>16
}

// MarshalText gives the sketch as base64 of 4 bytes for each hash, big-endian.
func (s Sketch) MarshalText() ([]byte, error) {
	b := make([]byte, 0, 4*len(s))
	for _, h := range s {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// ErrSketch says that a text is not that of a sketch.
var ErrSketch = errors.New("no sketch of an article")

// UnmarshalText reads what MarshalText gives; ErrSketch for anything else.
func (s *Sketch) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	if err != nil || len(b)%4 != 0 || bytes.ContainsAny(text, "\r\n") {
		return ErrSketch
	}
	out := make(Sketch, 0, len(b)/4)
	for ; len(b) > 0; b = b[4:] {
		h := binary.BigEndian.Uint32(b)
		if len(out) > 0 && h <= out[len(out)-1] {
			return ErrSketch
		}
		out = append(out, h)
	}
	*s = out
	return nil
}

// shared counts the hashes that two sketches have in common.
func shared(a, b Sketch) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// Overlap is how much of the shorter of two texts stands in the other, word for word: 0 to 1; 0 when one of them
// is empty.
func Overlap(a, b Sketch) float64 {
	least := min(len(a), len(b))
	if least == 0 {
		return 0
	}
	return float64(shared(a, b)) / float64(least)
}
