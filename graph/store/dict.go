package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/cockroachdb/pebble/v2"

	"newsgraph/schema"
)

// The dictionary is a hash table in key order. A term stands in the slot that the first 6 bytes of its SHA-256 name, or in
// the next one after it that was free: so a term has the same id in every store, whatever came before it, as long as no two
// terms share those 6 bytes. An emptied slot before a taken one keeps a mark (an empty value), or the search for the term
// behind it would end too early.

// Kinds of terms in the first byte of a slot.
const (
	slotIRI   = 1
	slotBlank = 2
	slotPlain = 3 // a literal without language or datatype
	slotLang  = 4
	slotTyped = 5
)

// hashTerm returns the hash of an encoded term; its upper bits are the slot where the search for the term begins.
func hashTerm(enc []byte) uint64 {
	sum := sha256.Sum256(enc)
	return binary.BigEndian.Uint64(sum[:])
}

// canonical returns the one form in which a term is stored: language tags have no case, and xsd:string and rdf:langString
// say nothing that the literal does not.
func canonical(t schema.Term) schema.Term {
	if t.Kind != schema.Literal {
		return schema.Term{Kind: t.Kind, Value: t.Value}
	}
	if t.Lang != "" {
		t.Lang, t.Datatype = strings.ToLower(t.Lang), ""
	} else if t.Datatype == schema.XSDString {
		t.Datatype = ""
	}
	return t
}

// encodeTerm returns the value of a term's slot; t is canonical.
func encodeTerm(t schema.Term) []byte {
	return appendTerm(make([]byte, 0, 12+len(t.Value)+len(t.Lang)+len(t.Datatype)), t)
}

func appendTerm(b []byte, t schema.Term) []byte {
	switch {
	case t.Kind == schema.IRI:
		b = append(b, slotIRI)
	case t.Kind == schema.Blank:
		b = append(b, slotBlank)
	case t.Lang != "":
		b = binary.AppendUvarint(append(b, slotLang), uint64(len(t.Lang)))
		b = append(b, t.Lang...)
	case t.Datatype != "":
		b = binary.AppendUvarint(append(b, slotTyped), uint64(len(t.Datatype)))
		b = append(b, t.Datatype...)
	default:
		b = append(b, slotPlain)
	}
	return append(b, t.Value...)
}

// decodeTerm is the inverse of encodeTerm.
func decodeTerm(b []byte) (t schema.Term, err error) {
	if len(b) == 0 {
		return t, fmt.Errorf("%w: empty term", ErrCorrupt)
	}
	kind, rest := b[0], b[1:]
	switch kind {
	case slotIRI:
		return schema.Term{Kind: schema.IRI, Value: string(rest)}, nil
	case slotBlank:
		return schema.Term{Kind: schema.Blank, Value: string(rest)}, nil
	case slotPlain:
		return schema.Term{Kind: schema.Literal, Value: string(rest)}, nil
	case slotLang, slotTyped:
		n, k := binary.Uvarint(rest)
		if k <= 0 || n == 0 || n > uint64(len(rest)-k) {
			return t, fmt.Errorf("%w: term is cut short", ErrCorrupt)
		}
		all := string(rest[k:])
		t = schema.Term{Kind: schema.Literal, Value: all[n:]}
		if kind == slotLang {
			t.Lang = all[:n]
		} else {
			t.Datatype = all[:n]
		}
		return t, nil
	}
	return t, fmt.Errorf("%w: term of unknown kind %d", ErrCorrupt, kind)
}

// slot is where the search for a term ended.
type slot struct {
	id    ID
	found bool
	mark  bool // not found, and id has a mark
}

// find searches for a term in its encoded form. When it is not there, the slot is the one to put it into; taken says which
// slots a batch under way has given out.
func (s *Store) find(r pebble.Reader, enc []byte, taken map[ID][]byte) (slot, error) {
	var free slot
	for id := s.home(enc); ; id = next(id) {
		val, ok := taken[id]
		if !ok {
			var err error
			if val, ok, err = s.get(r, termKey(id)); err != nil {
				return slot{}, err
			}
		}
		switch {
		case !ok && free.id == 0:
			return slot{id: id}, nil
		case !ok:
			return free, nil
		case len(val) == 0 && free.id == 0:
			free = slot{id: id, mark: true}
		case bytes.Equal(val, enc):
			return slot{id: id, found: true}, nil
		}
	}
}

// home returns the slot where the search for an encoded term begins.
func (s *Store) home(enc []byte) ID { return homeOf(max(1, s.hash(enc))) }

// next returns the slot after id; after the last one comes 1.
func next(id ID) ID { return max(1, (id+1)&maxID) }

// term returns the term with the id; ok is false when no such term is stored.
func (s *Store) term(r pebble.Reader, id ID) (t schema.Term, ok bool, err error) {
	val, ok, err := s.get(r, termKey(id))
	if err != nil || !ok || len(val) == 0 {
		return t, false, err
	}
	t, err = decodeTerm(val)
	return t, err == nil, err
}

// get returns a copy of the value under key.
func (s *Store) get(r pebble.Reader, key []byte) (val []byte, ok bool, err error) {
	err = guard(func() error {
		v, closer, err := r.Get(key)
		if err != nil {
			return err
		}
		val, ok = append([]byte{}, v...), true
		return closer.Close()
	})
	if err == pebble.ErrNotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read store %s: %w", s.dir, classify(err))
	}
	return val, ok, nil
}
