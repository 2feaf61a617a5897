package store

import (
	"bytes"
	"fmt"
)

// placer gives the terms of a load their slots. They come sorted by hash, so it walks through the dictionary once: what does
// not find its slot free waits until the walk has passed a free one. That is linear probing, done in order.
type placer struct {
	s     *Store
	known *lookup // nil when the store has no terms
	out   *tables
	fresh int64
	moved map[uint64]ID // hashes of terms that stand elsewhere than in their slot

	now     ID // slot given out last
	waiting []waiting
	lastH   uint64
	lastEnc []byte
}

type waiting struct {
	hash uint64
	enc  []byte
}

// homeOf returns the slot where the search for a term with this hash begins; 0 for none.
func homeOf(h uint64) ID {
	if h == 0 {
		return 0
	}
	return max(1, ID(h>>16))
}

// place takes the next term. Two terms with one hash of 64 bits are more than it can tell apart.
func (p *placer) place(h uint64, enc []byte) error {
	if h == p.lastH && p.lastEnc != nil {
		return fmt.Errorf("the terms %q and %q share a hash: load them with separate calls", p.lastEnc, enc)
	}
	p.lastH, p.lastEnc = h, append(p.lastEnc[:0], enc...)
	home := homeOf(h)
	if err := p.settle(home); err != nil {
		return err
	}
	if p.now != home {
		val, there, err := p.get(home)
		if err != nil {
			return err
		}
		if !there {
			return p.put(home, enc)
		}
		if bytes.Equal(val, enc) {
			return nil
		}
	}
	return p.collide(h, enc)
}

// collide finds a term whose slot is not free in the store, or has it wait.
func (p *placer) collide(h uint64, enc []byte) error {
	at, err := p.s.find(p.s.db, enc, nil)
	if err != nil {
		return err
	}
	if at.found {
		p.moved[h] = at.id
		return nil
	}
	p.waiting = append(p.waiting, waiting{h, bytes.Clone(enc)})
	if at.mark && at.id == homeOf(h) && p.now != at.id {
		return p.settleAt(at.id)
	}
	return nil
}

// settle puts terms that wait into free slots below the slot end.
func (p *placer) settle(end ID) error {
	for id := p.firstFor(end); len(p.waiting) > 0 && id < end; id++ {
		val, there, err := p.get(id)
		if err != nil {
			return err
		}
		if there && len(val) > 0 || id == p.now || id < homeOf(p.waiting[0].hash) {
			continue
		}
		if err := p.settleAt(id); err != nil {
			return err
		}
	}
	return nil
}

// firstFor returns the first slot that a waiting term may take.
func (p *placer) firstFor(end ID) ID {
	if len(p.waiting) == 0 {
		return end
	}
	return max(p.now, homeOf(p.waiting[0].hash))
}

// settleAt puts the first term that waits into the slot.
func (p *placer) settleAt(id ID) error {
	w := p.waiting[0]
	p.waiting = p.waiting[1:]
	if id != homeOf(w.hash) {
		p.moved[w.hash] = id
	}
	return p.put(id, w.enc)
}

// end places what waits still.
func (p *placer) end() error {
	if err := p.settle(maxID); err != nil {
		return err
	}
	if len(p.waiting) > 0 {
		return fmt.Errorf("the dictionary is full at its end")
	}
	return nil
}

func (p *placer) put(id ID, enc []byte) error {
	p.now = id
	p.fresh++
	return p.out.set(termKey(id), enc)
}

func (p *placer) get(id ID) (val []byte, there bool, err error) {
	if p.known == nil {
		return nil, false, nil
	}
	return p.known.get(termKey(id))
}
