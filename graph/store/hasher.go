package store

import (
	"fmt"
	"hash/maphash"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

// hasher turns quads into hashes for a sorter, and hands it the terms. Terms that it met lately are neither checked nor hashed
// again, nor handed over, as far as it remembers them.
type hasher struct {
	hash func([]byte) uint64
	out  *sorter
	seed maphash.Seed
	last [4]*met
	met  []met
	enc  []byte
}

// met is a term that the hasher met, and its hash.
type met struct {
	term schema.Term // but its value, which stands in value so that its memory can be used again
	text []byte
	hash uint64
}

// metSize is how many terms the hasher remembers, a power of two.
const metSize = 1 << 15

func newHasher(hash func([]byte) uint64, out *sorter) *hasher {
	nothing := &met{}
	return &hasher{hash: hash, out: out, seed: maphash.MakeSeed(), met: make([]met, metSize), last: [4]*met{nothing, nothing, nothing, nothing}}
}

// add takes a quad. Its error is an *rdf.TermError or one of the sorter.
func (h *hasher) add(q *schema.Quad) (err error) {
	if err := rdf.CheckPlaces(q); err != nil {
		return fmt.Errorf("add quad: %w", err)
	}
	var out hashQuad
	for pos, t := range [4]*schema.Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		if t.Kind == schema.NoTerm {
			continue
		}
		if !h.last[pos].is(t) {
			if h.last[pos], err = h.term(t); err != nil {
				return err
			}
		}
		out[pos] = h.last[pos].hash
	}
	return h.out.addQuad(out)
}

// term returns what is remembered of a term from now on.
func (h *hasher) term(t *schema.Term) (*met, error) {
	at := &h.met[(maphash.String(h.seed, t.Value)^uint64(t.Kind)^uint64(len(t.Datatype))<<4^uint64(len(t.Lang))<<8)%metSize]
	if at.is(t) {
		return at, nil
	}
	if err := rdf.CheckTerm(*t); err != nil {
		return nil, fmt.Errorf("add quad: %w", err)
	}
	h.enc = appendTerm(h.enc[:0], canonical(*t))
	at.set(t, max(1, h.hash(h.enc)))
	return at, h.out.addTerm(at.hash, h.enc)
}

func (m *met) is(t *schema.Term) bool {
	return m.hash != 0 && m.term.Kind == t.Kind && string(m.text) == t.Value && m.term.Datatype == t.Datatype && m.term.Lang == t.Lang
}

func (m *met) set(t *schema.Term, hash uint64) {
	m.term = schema.Term{Kind: t.Kind, Datatype: t.Datatype, Lang: t.Lang}
	m.text = append(m.text[:0], t.Value...)
	m.hash = hash
}
