package store

import (
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
)

// pointFilter is a Bloom filter for the keys that are looked up one by one: terms, records, quads in the first index. The
// keys of the other indexes, which are only scanned, take no room in it, and may always be there.
type pointFilter struct{ bloom.FilterPolicy }

var _ pebble.FilterPolicy = pointFilter{}

// Name is written into tables, so that nothing else reads the filter.
func (pointFilter) Name() string { return "newsgraph.points" }

// MayContain says no only of keys that are not there.
func (f pointFilter) MayContain(kind pebble.FilterType, filter, key []byte) bool {
	return onlyScanned(key) || f.FilterPolicy.MayContain(kind, filter, key)
}

// NewWriter returns a writer of one filter.
func (f pointFilter) NewWriter(kind pebble.FilterType) pebble.FilterWriter {
	return pointFilterWriter{f.FilterPolicy.NewWriter(kind)}
}

type pointFilterWriter struct{ pebble.FilterWriter }

// AddKey takes a key that is looked up.
func (w pointFilterWriter) AddKey(key []byte) {
	if !onlyScanned(key) {
		w.FilterWriter.AddKey(key)
	}
}

// onlyScanned says whether the key belongs to an index that is never searched for one key.
func onlyScanned(key []byte) bool {
	return len(key) > 0 && (key[0] == posg.tag || key[0] == ospg.tag || key[0] == gspo.tag)
}
