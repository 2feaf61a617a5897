package store

import "github.com/cockroachdb/pebble/v2"

// memUse keeps account of the engine's memory for what is not in tables yet, so that the store, not the engine, says when it goes
// on to a new log. The engine begins with a small one and doubles it each time that a batch has no room in it. For a batch it sets
// aside more than it takes in the end, and one for which it would set aside half of the most gets a memory of its own. Where the
// account cannot be exact, used is never too little and size never too much.
type memUse struct{ used, size int }

const (
	memoryFirst = 256 << 10
	memoryMost  = 32 << 20
	memoryEmpty = 2 << 10 // what an empty one has used, at most
	entryUsual  = 64      // bytes that an entry takes beside its key and value on average, with something to spare
	entryLeast  = 190     // and those that are set aside for it, as the length of a batch counts a little of them
	entryMost   = 200
)

// full says whether the engine may have no room for the batch.
func (m *memUse) full(b *pebble.Batch) bool {
	return m.used+b.Len()+entryMost*int(b.Count()) > max(m.size, memoryFirst)-memoryEmpty
}

// perhapsOwn says whether the batch may get a memory of its own, surelyOwn whether it does.
func perhapsOwn(b *pebble.Batch) bool {
	return b.Len()+entryMost*int(b.Count()) >= memoryMost/2-memoryEmpty
}

func surelyOwn(b *pebble.Batch) bool { return least(b) >= memoryMost/2 }

func least(b *pebble.Batch) int { return b.Len() + entryLeast*int(b.Count()) - 12 }

// added is called when a batch was applied; moved says that the engine went on to a new log for it.
func (m *memUse) added(b *pebble.Batch, moved bool) {
	if moved {
		m.used, m.size = 0, min(2*max(m.size, memoryFirst), memoryMost)
		for m.size < least(b) && !perhapsOwn(b) {
			m.size *= 2
		}
	}
	if !surelyOwn(b) {
		m.used += b.Len() + entryUsual*int(b.Count())
	}
}

// rotated is called when the engine went on to a new log for another reason.
func (m *memUse) rotated() { m.used = 0 }
